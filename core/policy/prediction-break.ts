import type { ModelConfig } from '../config/model.ts';
import type { Consumer, PredictionPromise } from '../config/prediction.ts';
import { consumersOf, predictionFindings } from '../config/prediction-change.ts';
import type { Finding } from '../finding/finding.ts';

/** model.yml of head: as it is at base, not to be read, or what it says; null: it is gone. */
export type HeadModel =
  | { readonly kind: 'same' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'read'; readonly config: ModelConfig | null };

export interface PredictionBreaks {
  /** Warnings: who reads the predictions may agree. */
  readonly findings: readonly Finding[];
  readonly consumers: readonly Consumer[];
}

/**
 * Says what a pull request takes from those who read a model's predictions, and who they are. The governed model.yml is
 * what the champion promises; a new model has promised nobody anything.
 * @param before the governed model.yml; null: base knows no such model
 * @param file path of model.yml
 * @returns null when nothing is taken
 */
export function findPredictionChange(
  before: ModelConfig | null,
  head: HeadModel,
  file: string,
): PredictionBreaks | null {
  if (before === null || head.kind === 'same') return null;
  const promised = promiseOf(before);
  const after: PredictionPromise =
    head.kind === 'read' && head.config !== null
      ? promiseOf(head.config)
      : { task: before.task, contract: null };
  const consumers = consumersOf(promised, after);
  const unreadable = head.kind === 'unreadable' && consumers.length > 0;
  const findings = unreadable ? [notCompared(file)] : predictionFindings(promised, after, file);
  if (findings.length === 0) return null;
  return { findings: findings.map((finding) => ({ ...finding, severity: 'warn' })), consumers };
}

const promiseOf = ({ task, prediction }: ModelConfig): PredictionPromise => ({
  task,
  contract: prediction ?? null,
});

/** What cannot be read may promise nothing any more. */
const notCompared = (file: string): Finding => ({
  code: 'prediction/not-compared',
  severity: 'warn',
  message: `What ${file} promises of the predictions cannot be compared: its new text cannot be read`,
  where: { file },
  fix: 'Mend model.yml, then push again.',
});
