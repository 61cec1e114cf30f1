import type { WrittenApprovals } from './approvals.ts';
import { leastGovernors } from './break-glass.ts';
import { checkGates } from './gate-check.ts';
import type { ApprovalLine, Policy } from './policy.ts';
import type { WrittenPolicy } from './policy-schema.ts';
import type { Path } from './position.ts';
import { approvedStages, presets } from './preset.ts';
import { nameOf, type Problem } from './problem.ts';
import { suggest } from './suggestion.ts';

/** `owner` is read from model.yml or the contract, whichever is at stake. */
export const ownerRole = 'owner';

interface Quorum {
  readonly path: Path;
  readonly preset: readonly ApprovalLine[];
  readonly resolved: readonly ApprovalLine[];
  readonly written: WrittenApprovals | undefined;
}

/** What the schema cannot see: roles that exist nowhere, fewer approvals than the preset. */
export function checkPolicy(written: WrittenPolicy, policy: Policy): readonly Problem[] {
  const quorums = quorumsOf(written, policy);
  return [
    ...(Object.hasOwn(written.roles, ownerRole) ? [writtenOwner] : []),
    ...quorums.flatMap(belowPreset),
    ...(written.training?.['budget-cost'] !== undefined && written.prices === undefined
      ? [budgetWithoutPrices]
      : []),
    ...checkGates(written.defaults?.gates ?? [], ['defaults', 'gates'], { task: null }),
    ...unknownRoles(quorums, policy),
  ];
}

const writtenOwner: Problem = {
  code: 'config/owner-role',
  message: 'the role "owner" is not written here',
  path: ['roles', ownerRole],
  at: 'key',
  found: 'roles.owner',
  allowed: 'owners in models/<model>/model.yml, owner in datasets/<dataset>.yml',
  fix: 'Remove it: an approval of "owner" needs whom the file at stake names.',
};

const budgetWithoutPrices: Problem = {
  code: 'config/budget-without-prices',
  message: 'a budget in money needs prices, and there are none',
  path: ['training', 'budget-cost'],
  at: 'key',
  allowed: 'prices with the hourly price of the labels of your runners',
  fix: 'Add to the policy: prices: { currency: USD, hourly: { gpu: 2.5 } }, or write budget-hours.',
};

function quorumsOf(written: WrittenPolicy, policy: Policy): readonly Quorum[] {
  const preset = presets[written.preset];
  const named = (key: 'proposal' | 'rollback' | 'configuration'): Quorum => ({
    path: [key, 'approvals'],
    preset: preset[key].approvals,
    resolved: policy[key].approvals,
    written: written[key]?.approvals,
  });
  return [
    named('proposal'),
    ...approvedStages.map((stage) => ({
      path: ['stages', stage, 'approvals'],
      preset: preset.stages[stage].approvals,
      resolved: policy.stages[stage].approvals,
      written: written.stages?.[stage]?.approvals,
    })),
    named('rollback'),
    named('configuration'),
    ...(policy.breakGlass === undefined
      ? []
      : [
          {
            path: ['break-glass', 'approvals'],
            preset: leastGovernors,
            resolved: policy.breakGlass.approvals,
            written: written['break-glass']?.approvals,
          },
        ]),
    ...policy.addWhen.map(({ approvals }, at) => {
      const own = at - (policy.addWhen.length - (written['add-when']?.length ?? 0));
      return {
        path: ['add-when', own, 'approvals'],
        preset: [],
        resolved: approvals,
        written: written['add-when']?.[own]?.approvals,
      };
    }),
  ];
}

/** A smaller number in the file would read as if it held. It does not, so it must not stand there. */
function belowPreset(quorum: Quorum): readonly Problem[] {
  return quorum.preset.flatMap(({ role, count }) => {
    const own = quorum.written?.[role];
    if (own === undefined || own >= count) return [];
    return [
      {
        code: 'config/below-preset',
        message: `${nameOf(quorum.path)} asks for ${own} of role "${role}", the preset for ${count}`,
        path: [...quorum.path, role],
        found: String(own),
        allowed: `${count} or more`,
        fix: `Write ${count} or more, leave the line out, or choose a smaller preset.`,
      },
    ];
  });
}

/** One problem a role: a role that a preset needs is missing at one place, however many quorums name it. */
function unknownRoles(quorums: readonly Quorum[], policy: Policy): readonly Problem[] {
  const known = [...Object.keys(policy.roles), ownerRole];
  const seen = new Set<string>();
  return quorums.flatMap((quorum) =>
    quorum.resolved.flatMap(({ role }): readonly Problem[] => {
      if (known.includes(role)) return [];
      const isWritten = quorum.written !== undefined && Object.hasOwn(quorum.written, role);
      if (isWritten) return [unknownRole([...quorum.path, role], role, known)];
      if (seen.has(role)) return [];
      seen.add(role);
      return [missingRole(role, policy.preset, nameOf(quorum.path))];
    }),
  );
}

function unknownRole(path: Path, role: string, known: readonly string[]): Problem {
  const meant = suggest(role, known);
  return {
    code: 'config/unknown-role',
    message: `no role "${role}" is defined${meant === null ? '' : `. Did you mean "${meant}"?`}`,
    path,
    at: 'key',
    found: role,
    allowed: known.join(', '),
    fix: meant === null ? `Define roles.${role} or use one of the roles above.` : `Write "${meant}".`,
  };
}

function missingRole(role: string, preset: string, where: string): Problem {
  return {
    code: 'config/missing-role',
    message: `the preset "${preset}" needs a role "${role}" (${where}), and none is defined`,
    path: ['roles'],
    at: 'key',
    allowed: `roles.${role} with at least one user or team`,
    fix: `Add to roles: ${role}: { users: [login] }`,
  };
}
