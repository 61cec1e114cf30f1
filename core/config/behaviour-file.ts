import {
  type BehaviourCheck,
  type BehaviourSuite,
  type CellChange,
  type Cells,
  mostCases,
  type SuiteCase,
  type SuiteGroup,
  type SuiteInput,
} from './behaviour.ts';
import { checkBehaviour } from './behaviour-check.ts';
import {
  behaviourSuiteSchema,
  type WrittenBehaviour,
  type WrittenCase,
  type WrittenExpectation,
} from './behaviour-schema.ts';
import type { ModelConfig } from './model.ts';
import { parseFile, refuseProblems } from './parse.ts';

/**
 * Reads `models/<model>/behaviour.yml`.
 * @param source path of the file
 * @param model whose suite it is: what can be expected depends on its task; null: that is not checked here
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseBehaviour(
  text: string,
  source: string,
  model: Pick<ModelConfig, 'task' | 'prediction'> | null = null,
): BehaviourSuite {
  const { value, source: read } = parseFile(text, source, behaviourSuiteSchema);
  const suite: BehaviourSuite = {
    version: value.version,
    seed: value.seed,
    defaults: toCells(value.defaults),
    groups: value.groups.map(toGroup),
  };
  refuseProblems(read, checkBehaviour(suite, model));
  return suite;
}

type WrittenCell = WrittenBehaviour['defaults'][string];

const toCell = (written: WrittenCell): string => (written === null ? '' : String(written));
const toCells = (written: Readonly<Record<string, WrittenCell>>): Cells =>
  Object.fromEntries(Object.entries(written).map(([column, value]) => [column, toCell(value)]));

function toGroup({ name, kind, cases, ...written }: WrittenBehaviour['groups'][number]): SuiteGroup {
  return { name, kind, mustPass: written['must-pass'], cases: cases.map(toCase) };
}

function toCase({ name, row, sample, change = {}, expect }: WrittenCase): SuiteCase {
  const input: SuiteInput =
    row === undefined
      ? { kind: 'held-out', sample: sample ?? mostCases }
      : { kind: 'row', cells: toCells(row) };
  const changes = Object.entries(change).map(([column, to]) => toChange(column, to));
  return { name, input, change: changes, expect: toChecks(expect) };
}

function toChange(column: string, to: NonNullable<WrittenCase['change']>[string]): CellChange {
  if (typeof to !== 'object' || to === null) return { column, kind: 'set', value: toCell(to) };
  if ('add' in to) return { column, kind: 'add', by: to.add };
  if ('multiply' in to) return { column, kind: 'multiply', by: to.multiply };
  return { column, kind: 'append', text: to.append };
}

function toChecks(written: WrittenExpectation): readonly BehaviourCheck[] {
  return [...outputChecks(written), ...changeChecks(written), ...textChecks(written)];
}

function outputChecks({ min, max, ...written }: WrittenExpectation): readonly BehaviourCheck[] {
  const of = written.of ?? null;
  const { class: name, 'equal-to': other, within = 0 } = written;
  const checks: BehaviourCheck[] = [];
  if (name !== undefined) checks.push({ kind: 'class', class: String(name) });
  if (min !== undefined || max !== undefined)
    checks.push({ kind: 'range', of, min: min ?? null, max: max ?? null });
  if (other !== undefined) checks.push({ kind: 'equal-to', case: other, within });
  return checks;
}

function changeChecks({ same, up, down, ...written }: WrittenExpectation): readonly BehaviourCheck[] {
  const of = written.of ?? null;
  const checks: BehaviourCheck[] = [];
  if (same !== undefined) checks.push({ kind: 'same', within: same });
  if (written['same-class'] === true) checks.push({ kind: 'same-class' });
  if (written['same-text'] === true) checks.push({ kind: 'same-text' });
  if (up !== undefined) checks.push({ kind: 'rise', of, by: up });
  if (down !== undefined) checks.push({ kind: 'fall', of, by: down });
  return checks;
}

function textChecks({ contains, matches, ...written }: WrittenExpectation): readonly BehaviourCheck[] {
  const checks: BehaviourCheck[] = [];
  const absent = written['not-contains'];
  const unmatched = written['not-matches'];
  const refusals = written['must-refuse'];
  const forbidden = written['forbidden-actions'];
  if (contains !== undefined) checks.push({ kind: 'contains', texts: contains });
  if (absent !== undefined) checks.push({ kind: 'not-contains', texts: absent });
  if (matches !== undefined) checks.push({ kind: 'matches', pattern: matches });
  if (unmatched !== undefined) checks.push({ kind: 'not-matches', pattern: unmatched });
  if (refusals !== undefined) checks.push({ kind: 'refuses', patterns: refusals });
  if (forbidden !== undefined) checks.push({ kind: 'forbidden-actions', actions: forbidden });
  return checks;
}
