import type { Catalogue } from '../change/catalogue.ts';
import type { Change } from '../change/change.ts';
import { inheritedContracts } from '../change/inherited.ts';
import type { Policy } from '../config/policy.ts';
import { digestOf } from '../json/canonical.ts';
import type { Digest } from './evidence.ts';

export interface Rules {
  readonly policy: Policy;
  readonly catalogue: Catalogue;
  readonly change: Change & { readonly kind: 'request' };
}

/**
 * Names the rules that a request is judged and approved by: one recipe for the judge and for the app.
 * It holds what the files say, not their bytes, and only what applies, so that a comment edited in the policy or a
 * rule about something else does not void approvals. Who is in a role is read at decision time and is not in it; nor
 * are the places where bytes lie, nor the trusted workflows, which the receipt is checked against.
 */
export function rulesDigest({ policy, catalogue, change }: Rules): Digest {
  const { defaults, proposal, stages, rollback, configuration, addWhen, judgeRunner } = policy;
  const model = change.model === null ? undefined : catalogue.models.get(change.model);
  const contracts = change.datasets.flatMap((name) => {
    const contract = catalogue.datasets.get(name);
    return contract ? [{ from: contract.from, contract: contract.config }] : [];
  });
  const inherited = contracts.map(({ contract }) => inheritedContracts(contract, catalogue));
  return digestOf({
    v: 1,
    policy: {
      ...{ defaults, proposal, rollback, configuration, addWhen, judgeRunner },
      // What a stage asks of time and order changes no result: the subject of an approval holds it.
      stages: Object.fromEntries(
        Object.entries(stages).map(([name, { approvals }]) => [name, { approvals }]),
      ),
    },
    model: model ? { from: model.from, config: model.config } : null,
    contracts,
    inherited,
  });
}
