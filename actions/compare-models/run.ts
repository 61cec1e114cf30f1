import { alignByKey } from '../../core/evaluation/align.ts';
import { compareScores } from '../../core/evaluation/compare-scores.ts';
import { evaluateGates } from '../../core/evaluation/gate.ts';
import { parseLabels } from '../../core/evaluation/labels.ts';
import { parsePredictions } from '../../core/evaluation/predictions.ts';
import { judgementVerdict } from '../../core/evaluation/verdict.ts';
import type { DatasetValidation, GateOutcome, MetricResult } from '../../core/evidence/evidence.ts';
import type { Finding, Verdict } from '../../core/finding/finding.ts';
import { parseGateLines } from './gate-line.ts';

export interface CompareInputs {
  readonly model: string;
  readonly challenger: string;
  /** Empty: there is no champion. */
  readonly champion: string;
  readonly labels: string;
  readonly key: string;
  readonly label: string;
  readonly gates: string;
}

export interface CompareDeps {
  /** @throws InputError FILE_MISSING, FILE_EMPTY */
  readFile(path: string): Promise<Uint8Array>;
  /** Result of the data checks; null: none were asked for. */
  readonly validation: DatasetValidation | null;
}

/** What the root action found. Everything in it ran in one job with the team's code: measured, never judged. */
export interface CompareReport {
  readonly v: 1;
  readonly model: string;
  readonly grade: 'measured';
  readonly verdict: Verdict;
  readonly rows: number;
  readonly metrics: readonly MetricResult[];
  readonly gates: readonly GateOutcome[];
  readonly findings: readonly Finding[];
}

/** Seed of the resampling: a re-run gives the same intervals to the bit. */
const seed = 1;
const minimumRows = 100;

/**
 * Compares two sets of predictions on the same labelled rows and holds the result against the gates.
 * @throws InputError for inputs that cannot be compared: missing, empty, unknown or doubled keys, not finite
 */
export async function runComparison(inputs: CompareInputs, deps: CompareDeps): Promise<CompareReport> {
  // The workflow of the pull request brings labels and predictions: nothing here is judged, and its gates take it so.
  const gates = parseGateLines(inputs.gates).map((gate) => ({ ...gate, grade: 'measured' as const }));
  if (deps.validation !== null && deps.validation.verdict !== 'pass') return stopped(inputs, deps.validation);
  const labels = parseLabels(await deps.readFile(inputs.labels), { key: inputs.key, label: inputs.label });
  const score = async (path: string) => alignByKey(labels, parsePredictions(await deps.readFile(path), path));
  const champion = inputs.champion === '' ? null : await score(inputs.champion);
  const comparison = compareScores({
    labels: labels.values,
    challenger: await score(inputs.challenger),
    champion,
    metrics: gates.map(({ metric }) => metric),
    seed,
  });
  const metrics = comparison.metrics.map((metric) => ({ ...metric, grade: 'measured' as const }));
  const rows = labels.keys.length;
  const against = champion === null ? null : 'unnumbered';
  const outcomes = evaluateGates(metrics, gates, { against, rows, minimumRows });
  const findings = [...(deps.validation?.findings ?? []), ...comparison.findings];
  return {
    v: 1,
    model: inputs.model,
    grade: 'measured',
    verdict: judgementVerdict([{ gates: outcomes }], comparison.findings),
    rows,
    metrics,
    gates: outcomes,
    findings,
  };
}

function stopped(inputs: CompareInputs, validation: DatasetValidation): CompareReport {
  const verdict = validation.verdict;
  return {
    v: 1,
    model: inputs.model,
    grade: 'measured',
    verdict,
    rows: 0,
    metrics: [],
    gates: [],
    findings: validation.findings,
  };
}
