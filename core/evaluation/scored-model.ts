import type { ModelOutputs } from '../behaviour/model-output.ts';
import type { ModelConfig } from '../config/model.ts';
import { findingsOf, InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { findMetric } from '../metric/metric-table.ts';
import type { Predicted } from '../metric/sample.ts';
import { chooseThreshold } from '../metric/threshold.ts';
import { alignPredicted } from './align-predicted.ts';
import { readBehaviourOutputs } from './behaviour-outputs.ts';
import { defaultThreshold } from './comparison-input.ts';
import { type PredictionFile, shapeOf } from './predicted-shape.ts';
import { readPredicted } from './read-predicted.ts';
import type { HeldOutTruth } from './read-truth.ts';
import { refuse } from './refusal.ts';
import type { ScoringSet, ScoringSetName } from './scoring-set.ts';

/** Files in which one model says what it was asked. Pull-request controlled. */
export interface ScoredFiles {
  /** Of the held-out rows. */
  readonly predictions: Uint8Array;
  /** Of the other sets; one that the command could not score is missing. */
  readonly sets: ReadonlyMap<ScoringSetName, Uint8Array>;
}

/** What one model says, in the order of the held-out rows. */
export interface ScoredModel {
  readonly predicted: Predicted;
  /** A score of at least this says class 1. */
  readonly threshold: number;
  /** Where it comes from; null: the task has none. */
  readonly thresholdText: string | null;
  /** null: no such set, or the model did not score it. */
  readonly productionLike: Predicted | null;
  readonly behaviour: ModelOutputs | null;
  readonly permuted: PredictionFile | null;
}

export interface ScoredModelInput {
  readonly files: ScoredFiles;
  /** `challenger`, or `v3`: named in findings. */
  readonly who: string;
  readonly config: ModelConfig;
  /** Keys of the held-out rows. */
  readonly keys: readonly string[];
  /** What it was asked to score besides. */
  readonly sets: readonly ScoringSet[];
  /** Labels of the validation rows; null: no threshold is chosen. */
  readonly validation: HeldOutTruth | null;
}

export interface ScoredModelOutcome {
  /** null: it cannot be compared, and the findings say why. */
  readonly model: ScoredModel | null;
  readonly findings: readonly Finding[];
}

/** Reads what one model scored. What the held-out rows lack is refused; what another set lacks costs that set alone. */
export function readScoredModel(input: ScoredModelInput): ScoredModelOutcome {
  const findings: Finding[] = [];
  const attempt = <Value>(severity: Finding['severity'], read: () => Value): Value | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      findings.push(...findingsOf('judge', error).map((finding) => ({ ...finding, severity })));
      return null;
    }
  };
  const { files, who, config, keys } = input;
  const shape = shapeOf(config);
  const read = (content: Uint8Array, name: string) => readPredicted(content, `${name}.csv (${who})`, shape);
  const predicted = attempt('fail', () => alignPredicted(keys, read(files.predictions, 'predictions')));
  if (predicted === null) return { model: null, findings };
  const ofSet = <Value>(name: ScoringSetName, take: (content: Uint8Array) => Value): Value | null => {
    if (!input.sets.some((set) => set.name === name)) return null;
    const content = files.sets.get(name);
    const severity = severityOf(name, who);
    if (content !== undefined) return attempt(severity, () => take(content));
    findings.push({ ...notScored(name, who), severity });
    return null;
  };
  const cut =
    ofSet('validation', (content) => choose(read(content, 'validation'), input)) ?? fixedThreshold(config);
  const behaviour = ofSet('behaviour', (content) =>
    readBehaviourOutputs(content, `behaviour.csv (${who})`, shape),
  );
  findings.push(...(behaviour?.findings ?? []));
  const model: ScoredModel = {
    predicted,
    threshold: cut.threshold,
    thresholdText: config.task === 'binary-classification' ? cut.text : null,
    productionLike: ofSet('production-like', (content) =>
      alignPredicted(keys, read(content, 'production-like')),
    ),
    behaviour: behaviour?.outputs ?? null,
    permuted: ofSet('permuted', (content) => read(content, 'permuted')),
  };
  return { model, findings };
}

interface Cut {
  readonly threshold: number;
  readonly text: string;
}

function fixedThreshold({ decision }: ModelConfig): Cut {
  if (decision !== undefined && 'threshold' in decision)
    return { threshold: decision.threshold, text: `${decision.threshold}, as model.yml says` };
  const why = decision === undefined ? 'model.yml names none' : 'none could be chosen';
  return { threshold: defaultThreshold, text: `${defaultThreshold}, since ${why}` };
}

const shownDigits = 4;

/** On validation rows alone. @throws InputError PREDICTIONS_INVALID, THRESHOLD_UNDEFINED */
function choose(file: PredictionFile, { config, validation }: ScoredModelInput): Cut {
  const { decision, task } = config;
  if (decision === undefined || !('choose' in decision) || validation === null) return fixedThreshold(config);
  const predicted = alignPredicted(validation.keys, file);
  const metric = findMetric(decision.choose, { task });
  if (metric === null)
    throw refuse('judge/threshold-metric', `There is no metric ${decision.choose}`, thresholdFix);
  const rows = validation.keys.length;
  const sample = { truth: validation.truth, predicted, rows, threshold: defaultThreshold };
  const { threshold } = chooseThreshold(sample, metric);
  const shown = Number(threshold.toPrecision(shownDigits));
  return { threshold, text: `${shown}, best ${decision.choose} on ${rows} validation rows` };
}

const thresholdFix = 'Name one of the goals that decision.choose of model.yml allows.';

/**
 * What a challenger did not score is missing: no pass. A champion may have been registered before the set was asked for;
 * but a champion without its own threshold would be compared at one that does not suit it, and look worse than it is.
 */
const severityOf = (name: ScoringSetName, who: string): Finding['severity'] =>
  who === 'challenger' || name === 'validation' ? 'fail' : 'warn';

/** A set that broke the command is a result about the model: what rests on it is missing, and nothing passes without it. */
function notScored(name: ScoringSetName, who: string): Omit<Finding, 'severity'> {
  const own = who === 'challenger';
  return {
    code: 'judge/set-not-scored',
    message: own
      ? `The predict command of the challenger did not score the set ${name}`
      : `The champion ${who} has no predictions of the set ${name}`,
    fix: 'See the log of its predict job: the command must score rows with missing and strange values as well, or say so in its output.',
  };
}
