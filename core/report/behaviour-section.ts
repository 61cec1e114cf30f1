import type { BehaviourGroup } from '../evidence/judgement-detail.ts';
import type { Block, Inline, Phrase, Section } from './block.ts';
import { championOf, grouped, type ShownComparison } from './facts.ts';

/** Fails closed: a share that is not a number is not enough. */
export const groupPasses = ({ cases, passed, required }: BehaviourGroup): boolean =>
  cases > 0 && Number.isFinite(required) && passed >= required * cases - 1e-9;

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;

/** What the suite of cases came to, group by group; groups that fall short first, each with names of failed cases. */
export function behaviourSections(comparison: ShownComparison): readonly Section[] {
  const groups = [...(comparison.behaviour?.groups ?? [])].sort(
    (a, b) => Number(groupPasses(a)) - Number(groupPasses(b)),
  );
  if (groups.length === 0) return [];
  const failed = groups.filter((group) => !groupPasses(group)).length;
  const champion = championOf(comparison) ?? 'champion';
  const table: Block = {
    kind: 'table',
    head: ['Group', 'Kind', 'Passed', `${champion} passed`, 'Required', 'Result', 'Failed cases'],
    align: ['l', 'l', 'r', 'r', 'r', 'l', 'l'],
    rows: groups.map(toRow),
  };
  const title =
    failed === 0
      ? `Behaviour: ${groups.length} of ${groups.length} groups pass`
      : `Behaviour: ${failed} of ${groups.length} groups fall short`;
  return [
    { name: 'behaviour', rank: failed === 0 ? 5 : 3, blocks: [{ kind: 'fold', title, blocks: [table] }] },
  ];
}

function toRow(group: BehaviourGroup): readonly Phrase[] {
  const { name, kind, cases, passed, championPassed, required, failed } = group;
  const cells: readonly Inline[] = failed.flatMap((each, at): readonly Inline[] =>
    at === 0 ? [{ code: each }] : [', ', { code: each }],
  );
  const more = cases - passed - failed.length;
  return [
    [{ code: name }],
    [kind],
    [`${grouped(passed)} of ${grouped(cases)}`],
    [championPassed === null ? '–' : `${grouped(championPassed)} of ${grouped(cases)}`],
    [`at least ${percent(required)}`],
    [groupPasses(group) ? '✅ pass' : '❌ fail'],
    more > 0 && failed.length > 0 ? [...cells, ` and ${grouped(more)} more`] : cells,
  ];
}
