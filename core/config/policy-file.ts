import { dump } from 'js-yaml';
import { renderBreakGlassRule } from './break-glass-file.ts';
import { parseFile, refuseProblems } from './parse.ts';
import type { ApprovalLine, Policy, TrustedWorkflow } from './policy.ts';
import { checkPolicy } from './policy-check.ts';
import { resolvePolicy } from './policy-resolution.ts';
import { policySchema, type WrittenPolicy } from './policy-schema.ts';
import { renderFreeze, renderStageRule } from './stage-rule-file.ts';

/**
 * Reads `.github/gatehouse.yml` and resolves its preset: every field of the answer is there.
 * @param source path of the file, for messages
 * @throws InputError CONFIG_INVALID with every problem as a finding: position, what is allowed, the fix
 */
export function parsePolicy(text: string, source: string): Policy {
  const parsed = parseFile(text, source, policySchema);
  const policy = resolvePolicy(parsed.value);
  refuseProblems(parsed.source, checkPolicy(parsed.value, policy));
  return policy;
}

/**
 * Prints a policy in full, with its preset resolved, in the written form.
 * @returns YAML; `parsePolicy` of it gives the same policy again.
 */
export function renderPolicy(policy: Policy): string {
  const written: WrittenPolicy = {
    version: policy.version,
    preset: policy.preset,
    ...(policy.enforce === false ? { enforce: false } : {}),
    ...(policy.branches.length === 0 ? {} : { branches: [...policy.branches] }),
    ledger: { ...policy.ledger },
    store: policy.store,
    data: policy.data,
    ...(policy.hosts.length === 0 ? {} : { hosts: [...policy.hosts] }),
    ...(policy.privateHosts.length === 0 ? {} : { 'private-hosts': [...policy.privateHosts] }),
    trusted: renderTrusted(policy.trusted),
    ...(policy.evidence === undefined
      ? {}
      : { evidence: { 'seal-to': policy.evidence.sealTo.map(({ spki }) => spki) } }),
    'judge-runner': policy.judgeRunner,
    roles: Object.fromEntries(Object.entries(policy.roles).map(([name, role]) => [name, renderRole(role)])),
    proposal: { ...quorum(policy.proposal), 'on-merge': policy.proposal.onMerge },
    stages: {
      staging: stage(policy.stages.staging),
      candidate: stage(policy.stages.candidate),
      production: stage(policy.stages.production),
      archived: stage(policy.stages.archived),
      rejected: stage(policy.stages.rejected),
    },
    ...(policy.freeze === undefined ? {} : { freeze: policy.freeze.map(renderFreeze) }),
    ...(policy.production === undefined ? {} : { production: { require: [...policy.production.require] } }),
    rollback: quorum(policy.rollback),
    ...(policy.breakGlass === undefined ? {} : { 'break-glass': renderBreakGlassRule(policy.breakGlass) }),
    configuration: quorum(policy.configuration),
    defaults: {
      gates: policy.defaults.gates.map((gate) => ({ ...gate })),
      'minimum-rows': policy.defaults.minimumRows,
      comparison: { ...policy.defaults.comparison },
      ...renderBudget(policy.defaults),
    },
    training: {
      ...(policy.training.budgetHours === undefined ? {} : { 'budget-hours': policy.training.budgetHours }),
      ...(policy.training.budgetCost === undefined ? {} : { 'budget-cost': policy.training.budgetCost }),
      'idle-minutes': policy.training.idleMinutes,
    },
    ...(policy.prices === undefined
      ? {}
      : { prices: { currency: policy.prices.currency, hourly: { ...policy.prices.hourly } } }),
    'add-when': policy.addWhen.map(({ risk, to, paths, endpoints, privacy, approvals }) => ({
      ...(risk === undefined ? {} : { risk: [...risk] }),
      ...(to === undefined ? {} : { to: [...to] }),
      ...(paths === undefined ? {} : { paths: [...paths] }),
      ...(endpoints === undefined ? {} : { endpoints: [...endpoints] }),
      ...(privacy === undefined ? {} : { privacy: [...privacy] }),
      ...quorum({ approvals }),
    })),
  };
  return dump(written, { noRefs: true, lineWidth: -1 });
}

function renderBudget({ heldOutBudget: model, heldOutBudgets }: Policy['defaults']) {
  if (heldOutBudgets === undefined) return model === undefined ? {} : { 'held-out-budget': model };
  return { 'held-out-budget': { ...(model === undefined ? {} : { model }), ...heldOutBudgets } };
}

type Quorum = { readonly approvals: readonly ApprovalLine[] };

const quorum = ({ approvals }: Quorum) => ({
  approvals: Object.fromEntries(approvals.map(({ role, count }) => [role, count])),
});

const stage = (rule: Policy['stages']['production']) => ({ ...quorum(rule), ...renderStageRule(rule) });

const renderRole = (role: Policy['roles'][string]) => ({
  ...(role.users.length === 0 ? {} : { users: [...role.users] }),
  ...(role.teams.length === 0 ? {} : { teams: [...role.teams] }),
});

function renderTrusted(trusted: Policy['trusted']): WrittenPolicy['trusted'] {
  const [owner, repository] = trusted.judge.path.split('/');
  const fileOf = (workflow: TrustedWorkflow) => workflow.path.split('/').at(-1) ?? '';
  return {
    repository: `${owner}/${repository}`,
    shas: [...trusted.judge.shas],
    'validate-workflow': fileOf(trusted.validate),
    'judge-workflow': fileOf(trusted.judge),
    ...(trusted.monitor === undefined ? {} : { 'monitor-workflow': fileOf(trusted.monitor) }),
  };
}
