import type { DriftRules } from './drift-rules.ts';

/** The block `drift` of a contract with its defaults; the parser of the block is still to come. */
export function toDriftRules(_written: undefined): DriftRules {
  return {
    reference: { kind: 'champion' },
    severity: 'warn',
    schema: 'warn',
    minRows: 200,
    alpha: 0.05,
    ignore: [],
    columns: {},
  };
}
