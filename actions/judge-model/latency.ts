import { listArchive } from '../../adapters/archive/directory.ts';
import { readWhole } from '../../adapters/archive/entry.ts';
import { fromBytes } from '../../adapters/archive/source.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { ArtifactFact, MetricResult } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { digestBytes, digestOf, isDigest } from '../../core/json/canonical.ts';
import { evaluateLatency } from '../../core/load/latency-metrics.ts';
import {
  type LatencyRecord,
  maxLatencyRecordBytes,
  parseLatencyRecord,
} from '../../core/load/latency-record.ts';
import type { Challenger } from './challenger.ts';
import type { JudgeDeps, JudgeInputs } from './deps.ts';

export interface MeasuredLatency {
  /** null: not measured, or not to be used. */
  readonly record: LatencyRecord | null;
  /** Why. A gate on latency then has no result, and fails. */
  readonly findings: readonly Finding[];
}

const again =
  'Let the job that measures latency measure what this run trained, and pass its artifact id and digest.';

/**
 * Reads what a job of this run measured: measured, never judged, since code of the pull request ran beside it. Whatever is
 * wrong with it costs the latency alone.
 */
export async function readLatency(
  challenger: Pick<Challenger, 'artifact' | 'version'>,
  config: ModelConfig,
  inputs: JudgeInputs,
  { github }: { readonly github: Pick<JudgeDeps['github'], 'artifact' | 'artifactZip'> },
): Promise<MeasuredLatency> {
  const { latency: handed, runId, model } = inputs;
  if (handed === null) return { record: null, findings: [] };
  try {
    const facts = await github.artifact(handed.id);
    if (facts === null || facts.runId !== runId) throw other(`artifact ${handed.id} is not of this run`);
    const zip = await github.artifactZip(handed.id, maxLatencyRecordBytes);
    const wanted = handed.digest.startsWith('sha256:') ? handed.digest : `sha256:${handed.digest}`;
    if (!isDigest(wanted) || digestBytes(zip) !== wanted)
      throw other('its bytes are not those that were handed over');
    const source = fromBytes(zip);
    const [entry] = await listArchive(source, { entries: 1, entryBytes: maxLatencyRecordBytes });
    if (entry?.name !== 'latency.json') throw other('the artifact does not hold exactly latency.json');
    const record = parseLatencyRecord(await readWhole(source, entry), 'latency.json');
    const same =
      record.model === model &&
      record.runId === runId &&
      record.challenger.artifactDigest === challenger.artifact.digest &&
      // The one number of a record that is known from elsewhere.
      record.challenger.sizeBytes === challenger.artifact.sizeBytes &&
      record.challenger.version === challenger.version;
    if (!same) throw other('it is of another model, version or run');
    if (config.latency !== undefined && record.configDigest !== digestOf(config.latency.load)) {
      throw other('it was measured under another load than model.yml of the base branch declares');
    }
    return { record, findings: [] };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return { record: null, findings: findingsOf('judge', error).map(asWarning) };
  }
}

/**
 * What of a record says something about one comparison: the champion that was measured beside it, or none.
 * @param champion whom the challenger meets, and its bytes as the ledger names them; null: nobody
 */
export function latencyAgainst(
  { record }: MeasuredLatency,
  champion: {
    readonly version: number;
    readonly artifact: Pick<ArtifactFact, 'digest' | 'sizeBytes'>;
  } | null,
): { readonly metrics: readonly MetricResult[]; readonly findings: readonly Finding[] } {
  if (record === null) return { metrics: [], findings: [] };
  const served = record.champion;
  // How large it is says the ledger, not the machine that measured.
  const sizeBytes = champion?.artifact.sizeBytes ?? served?.sizeBytes;
  const { metrics, findings } = evaluateLatency(
    served === null || sizeBytes === undefined ? record : { ...record, champion: { ...served, sizeBytes } },
  );
  const same = served?.version === champion?.version && served?.artifactDigest === champion?.artifact.digest;
  return { metrics: same ? metrics : metrics.map(withoutChampion), findings };
}

const withoutChampion = (metric: MetricResult): MetricResult => ({
  ...metric,
  champion: null,
  difference: null,
  differenceInterval: null,
  standardError: null,
  pWorse: null,
  pBetter: null,
});

const asWarning = (finding: Finding): Finding => ({ ...finding, severity: 'warn' });

const other = (why: string) =>
  refuse('judge/latency-other', `The measured latency is not used: ${why}`, again);
