import type { Finding } from '../finding/finding.ts';
import {
  acceptAllowed,
  acceptLength,
  acceptNulls,
  acceptPattern,
  acceptRange,
  acceptRows,
  acceptUnique,
} from './accept-cells.ts';
import { acceptDrift, acceptMissingRate, acceptShare, acceptStatistic } from './accept-statistics.ts';
import { acceptMissing, acceptTableSize, acceptUnknown, askType } from './accept-structure.ts';
import { type Accept, type Acceptance, type AcceptFacts, refused } from './acceptance.ts';

/** What may be accepted at all; everything else stays with people. */
const byCode: Readonly<Record<string, Accept>> = {
  'data/nulls': acceptNulls,
  'data/range': acceptRange,
  'data/length': acceptLength,
  'data/allowed': acceptAllowed,
  'data/pattern': acceptPattern,
  'data/type': (finding, facts) => (facts.tolerate ? acceptRows(finding, facts) : askType(finding)),
  'data/unique': acceptUnique,
  'data/rows': acceptTableSize,
  'data/column-missing': acceptMissing,
  'data/column-unknown': acceptUnknown,
  'data/missing': acceptMissingRate,
  'data/duplicates': acceptShare,
  'data/mean': acceptStatistic,
  'data/standard-deviation': acceptStatistic,
  'data/quantile': acceptStatistic,
  'data/distinct': acceptStatistic,
  'data/class-ratio': acceptStatistic,
  'data/expression': acceptRows,
  'data/label-conflicts': acceptRows,
  'data/overlap': acceptRows,
  'data/drift': acceptDrift,
};

const governance =
  'Who may use data, for how long and on what ground is no property of the data: ask the owner of the dataset.';
const others: Readonly<Record<string, string>> = {
  'data/access': governance,
  'data/expired': governance,
  'data/leakage':
    'A feature that gives the label away stays out of the data: drop it, or name the features without it.',
  'data/freshness': 'Fetch newer data, or change max-age-hours of the contract by hand.',
};

/** True when a change of the contract can let such a finding pass. */
export const isAcceptable = (code: string): boolean => Object.hasOwn(byCode, code);

/**
 * Turns a finding into the change of the contract that lets the data pass. Decides nothing: whoever owns the contract
 * has to approve the change (configuration under judgement).
 * @returns `refused` for governance, for what no rule can hold, and for values of private columns
 */
export function acceptFinding(finding: Finding, facts: AcceptFacts): Acceptance {
  const accept = isAcceptable(finding.code) ? byCode[finding.code] : undefined;
  if (accept !== undefined) return accept(finding, facts);
  return refused('no rule of a contract would let it pass', others[finding.code] ?? finding.fix);
}
