import { type Finding, isFailure } from '../finding/finding.ts';
import { digestOf } from '../json/canonical.ts';
import { disagreements, refusal, rerun } from './disagreement.ts';
import type { DatasetValidation, ValidationEvidence } from './evidence.ts';
import type { ValidationFacts } from './facts.ts';
import { checkOrigin } from './origin-check.ts';

type DatasetFact = ValidationFacts['datasets'][number];

/**
 * Compares every bound value of a validation with what the app found by itself.
 * @returns a finding for each disagreement; empty: everything that can be derived again agrees
 */
export function checkValidation(evidence: ValidationEvidence, facts: ValidationFacts): readonly Finding[] {
  return [
    ...checkOrigin(evidence.origin, facts),
    ...disagreements([
      {
        check: 'datasets',
        what: 'list of datasets',
        said: evidence.datasets.map(keyOf).sort(),
        found: facts.datasets.map(keyOf).sort(),
        fix: rerun,
      },
    ]),
    ...evidence.datasets.flatMap((dataset) => {
      const fact = facts.datasets.find((each) => keyOf(each) === keyOf(dataset));
      return fact ? checkDataset(dataset, fact) : [];
    }),
  ];
}

const keyOf = ({ dataset, contractFrom }: Pick<DatasetFact, 'dataset' | 'contractFrom'>): string =>
  `${dataset} by the contract of ${contractFrom}`;

function checkDataset(said: DatasetValidation, fact: DatasetFact): readonly Finding[] {
  const bind = (check: string, what: string, one: unknown, other: unknown) => ({
    check,
    what: `${what} of ${said.dataset}`,
    said: one,
    found: other,
    fix: rerun,
  });
  return [
    ...disagreements([
      bind('contract-path', 'contract path', said.contractPath, fact.contractPath),
      bind('contract', 'contract', said.contractDigest, fact.contractDigest),
      bind('inherited', 'contracts that it inherits from', said.inherited, fact.inherited),
      bind('files', 'list of files', said.files, fact.files),
      bind('record', 'stored dataset record', said.record, fact.record),
      bind('data', 'data digest', said.dataDigest, fact.dataDigest),
      bind('data', 'data digest', said.dataDigest, digestOf(said.files)),
    ]),
    ...checkVerdict(said),
  ];
}

/** A verdict that its own findings or row count contradict was edited, or made by something that is not our validator. */
function checkVerdict({ dataset, verdict, findings, rows, record }: DatasetValidation): readonly Finding[] {
  const failures = findings.filter(isFailure).length;
  // A pass without a record would leave nothing to compare the next data with.
  const measured = rows !== null && record !== null;
  const agrees = verdict === 'pass' ? failures === 0 && measured : failures > 0;
  if (agrees) return [];
  return [
    refusal('verdict', `The verdict on ${dataset} is ${verdict}, which its ${failures} failures contradict`, {
      found: verdict,
      fix: rerun,
    }),
  ];
}
