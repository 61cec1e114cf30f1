import { unzipSync } from 'fflate';
import { countedJudgements } from '../../core/audit/counted-judgement.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { readArtifact } from '../../sandbox/actions-service/artifact-shelf.ts';
import type { World } from '../../sandbox/demo/world.ts';

/** Where a text stands that everybody may read before the app has counted anything. */
export interface Shown {
  readonly where: string;
  readonly text: string;
}

/** Made by jobs that never saw a label: a score among thousands may look like a metric. */
const withoutLabels = /^gatehouse-(?:model|scoring-|predictions-|checkpoint-|progress-)/;

/**
 * Everything that the runs of a world left on the run's own pages: logs, summaries, artifacts.
 * @param without runs whose code copied what was public by then
 */
export function shownByRuns({ actions }: World, without: ReadonlySet<number>): readonly Shown[] {
  const shown: Shown[] = [];
  for (const { id } of actions.runs.values()) {
    if (without.has(id)) continue;
    for (const [job, text] of actions.logsOf(id)) shown.push({ where: `log of ${job} in ${id}`, text });
    shown.push({ where: `summary of ${id}`, text: actions.summaryOf(id) });
  }
  for (const artifact of actions.service.artifacts.list()) {
    if (without.has(artifact.run.id) || withoutLabels.test(artifact.name)) continue;
    for (const [name, bytes] of Object.entries(unzipSync(readArtifact(artifact))))
      shown.push({
        where: `${artifact.name}/${name} of ${artifact.run.id}`,
        text: Buffer.from(bytes).toString('latin1'),
      });
  }
  return shown;
}

/** Judgements that the ledger counted for any pull request of a world. */
export async function judgementsOf(world: World): Promise<readonly JudgementEvidence[]> {
  const { transactions } = await world.ledger();
  return countedJudgements(transactions, () => true).map(({ evidence }) => evidence);
}

/** Texts that give a result away: its numbers, as evidence has them, and the digests that would confirm a guess. */
export function secretsOf(judgement: JudgementEvidence, text: string): readonly string[] {
  const numbers = judgement.comparisons.flatMap(({ metrics }) =>
    metrics
      .filter(({ grade }) => grade === 'judged')
      .flatMap((each) => [
        ...[each.challenger, each.champion, each.difference, each.standardError],
        ...(each.challengerInterval ?? []),
        ...(each.differenceInterval ?? []),
      ]),
  );
  const digests = [judgement.resultDigest, digestBytes(text)].map((digest) => digest.replace(/^sha256:/, ''));
  // A short number stands anywhere by chance; what belongs to it does not.
  return [
    ...new Set(
      numbers.flatMap((number) => {
        const shown = number === null ? '' : String(Math.abs(number));
        return shown.replace(/^0\.0*/, '').length >= 4 ? [shown] : [];
      }),
    ),
    ...digests,
  ];
}
