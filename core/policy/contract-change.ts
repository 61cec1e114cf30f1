import { contractPath } from '../config/layout.ts';
import type { Policy } from '../config/policy.ts';
import { type RequiredLine, requiredApprovals } from './requirement.ts';

/**
 * The approvals that a pull request needs which changes nothing but one contract, by the same rules as every other one.
 * @param isNew base does not know the dataset: governors approve, since nobody owns it there yet
 */
export function approvalsForContract(
  policy: Policy,
  dataset: string,
  isNew: boolean,
): readonly RequiredLine[] {
  const change = {
    kind: 'request',
    model: null,
    proposal: false,
    newModel: false,
    datasets: [dataset],
    newDatasets: isNew ? [dataset] : [],
    moves: [],
    configuration: [contractPath(dataset)],
    contentPaths: [],
    contentDigest: '',
  } as const;
  return requiredApprovals(change, policy, null);
}
