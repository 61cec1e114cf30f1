import type { GateOutcome, JudgementEvidence } from '../evidence/evidence.ts';
import type { Phrase } from './block.ts';
import { counted, grouped, type ShownComparison } from './facts.ts';
import { isOpen } from './gate-advice.ts';
import { verdictWords } from './icon.ts';

/** The comparisons of evidence as reports show them: gates as the judge ruled on them. */
export function shownComparisons({ comparisons, champions }: JudgementEvidence): readonly ShownComparison[] {
  return comparisons.map(({ gates, ...comparison }) => ({
    ...comparison,
    outcomes: gates,
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

export const judgementHeadline = (judgement: JudgementEvidence): Phrase => [
  `${verdictWords[judgement.verdict]}: `,
  ...judgementText(judgement),
];
