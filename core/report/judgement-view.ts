import type { GateOutcome, JudgementEvidence } from '../evidence/evidence.ts';
import { type Waiving, waivedGates } from '../policy/waiver-rule.ts';
import type { Phrase } from './block.ts';
import { counted, grouped, type ShownComparison, waivedUntil } from './facts.ts';
import { isOpen } from './gate-advice.ts';
import { verdictWords } from './icon.ts';

/**
 * The comparisons of evidence as reports show them: gates as the judge ruled on them.
 * @param waiving absent: no waiver is known, and what fails is shown as a failure
 */
export function shownComparisons(
  { model, comparisons, champions }: JudgementEvidence,
  waiving?: Waiving,
): readonly ShownComparison[] {
  return comparisons.map(({ gates, ...comparison }) => ({
    ...comparison,
    outcomes: gates,
    ...(waiving === undefined ? {} : { waived: waivedGates(gates, comparison.metrics, model, waiving) }),
    endpoints: champions
      .filter(({ version }) => version === comparison.against)
      .map(({ endpoint }) => endpoint),
  }));
}

/** What the verdict of a judgement is told by. */
export interface JudgedOutcome extends Pick<JudgementEvidence, 'model' | 'version' | 'verdict'> {
  readonly comparisons: readonly Pick<JudgementEvidence['comparisons'][number], 'gates'>[];
  readonly heldOut: Pick<JudgementEvidence['heldOut'], 'rows'>;
}

/** The verdict of a judgement in one line, without its icon. */
export function judgementText(judgement: JudgedOutcome): Phrase {
  const { model, version, verdict, comparisons, heldOut } = judgement;
  const outcomes = comparisons.flatMap(({ gates }) => gates);
  const count = (wanted: GateOutcome['result']) => outcomes.filter(({ result }) => result === wanted).length;
  const skipped = count('skipped') === 0 ? '' : `, ${count('skipped')} skipped`;
  const name = { code: version === null ? model : `${model} v${version}` };
  if (outcomes.length === 0 && verdict !== 'not evaluated')
    return [name, ' was judged, and held against no gate'];
  if (verdict === 'pass') return [name, ` passes ${counted(count('pass'), 'gate')}${skipped}`];
  if (verdict === 'fail') return [name, ` fails ${count('fail')} of ${counted(outcomes.length, 'gate')}`];
  const open = outcomes.filter(isOpen);
  if (open.length === 0) return [name, ' was not judged. This says nothing about the model'];
  const needed = Math.max(...open.map(({ rowsNeeded }) => rowsNeeded ?? 0));
  const would = needed === 0 ? '' : `, about ${grouped(needed)} would`;
  return [
    name,
    `: ${counted(open.length, 'gate')} cannot be decided on ${grouped(heldOut.rows)} held-out rows${would}`,
  ];
}

/** The verdict with its icon. A failure that waivers let pass is told as the comment tells it: waived, and no pass. */
export function judgementHeadline(
  judgement: JudgementEvidence,
  comparisons: readonly ShownComparison[] = shownComparisons(judgement),
): Phrase {
  const { model, version, verdict } = judgement;
  const { failing, waived, all } = countWaived(comparisons);
  if (verdict !== 'fail' || waived === 0) return [`${verdictWords[verdict]}: `, ...judgementText(judgement)];
  const name = { code: version === null ? model : `${model} v${version}` };
  if (isWaivedWhole(judgement, comparisons))
    return ['⚠️ Waived: ', name, ` fails ${waived} of ${counted(all, 'gate')}, which may fail for now`];
  const more = `, and ${waived} more that may fail for now`;
  return [`${verdictWords.fail}: `, name, ` fails ${failing - waived} of ${counted(all, 'gate')}${more}`];
}

/** True where nothing but waivers stands between a judgement and a pass. */
export function isWaivedWhole(
  { verdict }: JudgementEvidence,
  comparisons: readonly ShownComparison[],
): boolean {
  const { failing, waived, open } = countWaived(comparisons);
  return verdict === 'fail' && waived > 0 && waived === failing && open === 0;
}

function countWaived(comparisons: readonly ShownComparison[]) {
  const all = comparisons.flatMap((comparison) =>
    comparison.outcomes.map((outcome) => ({ outcome, until: waivedUntil(comparison, outcome) })),
  );
  return {
    all: all.length,
    failing: all.filter(({ outcome }) => outcome.result === 'fail').length,
    open: all.filter(({ outcome }) => outcome.result === 'not evaluated').length,
    waived: all.filter(({ until }) => until !== null).length,
  };
}
