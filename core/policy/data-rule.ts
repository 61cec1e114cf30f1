import type { Change } from '../change/change.ts';
import { contractPath } from '../config/layout.ts';
import { showCount } from '../evaluation/number.ts';
import type { DatasetValidation } from '../evidence/evidence.ts';
import { isFailure } from '../finding/finding.ts';
import type { DecisionInput } from './decision.ts';
import { evidenceNeed } from './evidence-need.ts';
import { ruleOnMissing } from './missing-evidence.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

/** Every dataset that the request touches or trains on must have passed its contract, for exactly this content. */
export function ruleOnData(change: Request, input: DecisionInput): Ruling {
  const { datasets } = evidenceNeed(input);
  if (datasets.length === 0) return rule('data', 'skipped', 'It touches and trains on no dataset.');
  const { validation } = input;
  if (validation === null) return ruleOnMissing('validation', input);
  const { origin } = validation;
  if (
    origin.repositoryId !== input.repositoryId ||
    origin.baseRef !== input.baseRef ||
    origin.contentDigest !== change.contentDigest
  ) {
    return refuse('data', otherContent);
  }
  const rulings = datasets.map((dataset) => ruleOnDataset(dataset, change, validation.datasets));
  return gather('data', rulings, rule('data', 'met', 'No dataset is asked for.'));
}

function ruleOnDataset(dataset: string, change: Request, all: readonly DatasetValidation[]): Ruling {
  // A new or changed contract: head's own result decides, base's is shown, and base's owner approves besides.
  const changed =
    change.newDatasets.includes(dataset) || change.configuration.includes(contractPath(dataset));
  const side = changed ? 'head' : 'base';
  const results = all.filter((each) => each.dataset === dataset && each.contractFrom === side);
  if (results.length === 0) return refuse(dataset, notValidated(dataset, side));
  return gather(dataset, results.map(ruleOnResult), rule(dataset, 'met', ''));
}

function ruleOnResult(result: DatasetValidation): Ruling {
  const name = result.dataset;
  const failures = result.findings.filter(isFailure);
  if (result.verdict === 'not evaluated') {
    const because = failures[0]?.message ?? 'The data could not be read.';
    return { ...rule(name, 'not evaluated', because), findings: failures };
  }
  if (result.verdict === 'pass' && failures.length === 0) {
    if (result.rows === null) return refuse(name, unread(name));
    return rule(name, 'met', `${showCount(result.rows)} rows meet the contract.`);
  }
  const because = failures[0]?.message ?? 'The data does not meet its contract.';
  return { ...rule(name, 'refused', because), findings: failures };
}

const unread = (dataset: string) => ({
  code: 'validation/unread',
  message: `${dataset} is said to pass, but no row of it was read`,
  fix: 'Run the workflow again; if it stays, read the log of validate-data.yml.',
});

const otherContent = {
  code: 'validation/other-content',
  message: 'The data was validated for other content than this pull request has now',
  fix: 'Run the workflow again on the newest commit.',
};

const notValidated = (dataset: string, side: string) => ({
  code: 'validation/dataset-missing',
  message: `${dataset} was not validated against its contract of the ${side} branch`,
  fix: 'Run the workflow again; validate-data.yml validates every dataset that the change needs.',
});
