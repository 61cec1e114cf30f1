import { digestRefusal } from '../dataset/batch.ts';
import type { Finding } from '../finding/finding.ts';
import type { DatasetValidation, Digest, ValidationEvidence } from './evidence.ts';

/** A batch that a watch run refused and that no later one passed. */
export interface RefusedBatch {
  readonly dataset: string;
  /** `digestRefusal` of its files and its contract. */
  readonly refusal: Digest;
  readonly issue: { readonly number: number; readonly url: string };
}

/**
 * Adds to a validation what watch runs know: a batch that one of them refused stays refused under the same contract,
 * although a rule on age or drift may not notice it today.
 */
export function refuseKnownBatches(
  evidence: ValidationEvidence,
  refused: readonly RefusedBatch[],
): ValidationEvidence {
  return { ...evidence, datasets: evidence.datasets.map((dataset) => refuseKnown(dataset, refused)) };
}

function refuseKnown(dataset: DatasetValidation, refused: readonly RefusedBatch[]): DatasetValidation {
  const own = digestRefusal(dataset.files, dataset.contractDigest);
  const known = refused.find((each) => each.dataset === dataset.dataset && each.refusal === own);
  if (known === undefined || dataset.files.length === 0) return dataset;
  // "Not evaluated" stays: it stops training as well, and somebody must look at the machinery first.
  const verdict = dataset.verdict === 'pass' ? 'data invalid' : dataset.verdict;
  return { ...dataset, verdict, findings: [...dataset.findings, toFinding(dataset, known)] };
}

function toFinding(dataset: DatasetValidation, { issue }: RefusedBatch): Finding {
  return {
    code: 'data/batch-refused',
    severity: 'fail',
    message: `This batch of the dataset "${dataset.dataset}" was refused by a watch run (issue ${issue.number}).`,
    where: { file: dataset.contractPath },
    found: issue.url,
    allowed: 'a batch that no watch run refused under this contract',
    fix: `Train on a mended batch. If the rule is wrong, change ${dataset.contractPath} with its owner's approval; if the watch run met a fault that is gone, run it again.`,
  };
}
