import type { Contract } from '../config/contract.ts';
import type { Digest } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import type { Positions } from './positions.ts';

/** Data that a watch refused and none has passed since, and the issue that says why. */
export interface RefusedBatch {
  readonly dataset: string;
  /** `digestRefusal` of its files and of the contract that it broke. */
  readonly refusal: Digest;
  /** Number of the issue. */
  readonly issue: number;
}

interface Trained {
  readonly model: string;
  readonly version: number;
  readonly champion: boolean;
}

const shownVersions = 20;

/**
 * Judges data by what is known of it from before: whether a watch refused this very data, and which versions were
 * trained on it when it may be used no longer.
 * @param refusal `digestRefusal` of this data
 * @param trained asked for only where the dataset has expired
 */
export function judgeHistory(
  contract: Contract,
  refusal: Digest,
  refused: readonly RefusedBatch[],
  trained: readonly Trained[],
  positions: Positions,
): readonly Finding[] {
  const same = refused.filter((each) => each.dataset === contract.dataset && each.refusal === refusal);
  return [
    ...same.map(({ issue }) => toRefused(contract, issue, positions)),
    ...(trained.length === 0 ? [] : [toTrained(contract, trained, positions)]),
  ];
}

function toRefused({ dataset }: Contract, issue: number, positions: Positions): Finding {
  return {
    code: 'data/batch-refused',
    severity: 'fail',
    message: `This data of "${dataset}" was refused when it came in: see issue ${issue}.`,
    where: positions('/files'),
    found: `refused in issue ${issue}`,
    allowed: 'data that no watch has refused under this contract',
    fix: `Mend the data as issue ${issue} says. If a rule is wrong, its owner changes the contract; if the fault lay elsewhere, run the watch again on this data.`,
  };
}

function toTrained({ dataset }: Contract, trained: readonly Trained[], positions: Positions): Finding {
  const names = trained.map(
    ({ model, version, champion }) => `${model} v${version}${champion ? ' (in production)' : ''}`,
  );
  const more = names.length - shownVersions;
  return {
    code: 'data/expired-versions',
    severity: 'warn',
    message: `${names.length === 1 ? 'One version was' : `${names.length} versions were`} trained on "${dataset}", whose retention has ended.`,
    where: positions('/expires'),
    found: `${names.slice(0, shownVersions).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    allowed: 'no version in use that was trained on expired data',
    fix: 'Retrain these versions on data that is still kept, then archive them; or ask the owner of the dataset to renew it.',
  };
}
