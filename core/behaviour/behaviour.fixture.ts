import type { BehaviourCheck, BehaviourSuite, SuiteCase, SuiteGroup } from '../config/behaviour.ts';
import type { HeldOutFeatures } from './behaviour-rows.ts';

/** Held-out features of flights: key, distance, carrier. Row 3 has no distance. */
export const features: HeldOutFeatures = {
  columns: ['row', 'distance', 'carrier'],
  key: 'row',
  rows: 100,
  rowAt: (row) => [`r${row}`, row === 3 ? '' : String(100 + row), row % 2 === 0 ? 'AA' : 'DL'],
};

/** A case on one written row. */
export function caseOf(
  name: string,
  expect: readonly BehaviourCheck[],
  more: Partial<SuiteCase> = {},
): SuiteCase {
  return { name, input: { kind: 'row', cells: { distance: '100' } }, change: [], expect, ...more };
}

export function groupOf(
  name: string,
  cases: readonly SuiteCase[],
  more: Partial<SuiteGroup> = {},
): SuiteGroup {
  return { name, kind: 'edge', mustPass: 1, cases, ...more };
}

export function suiteOf(...groups: readonly SuiteGroup[]): BehaviourSuite {
  return { version: 1, seed: 1, defaults: { carrier: 'AA' }, groups };
}
