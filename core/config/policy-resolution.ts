import { addApprovals, type WrittenApprovals } from './approvals.ts';
import { toBreakGlassRule } from './break-glass-file.ts';
import { toGateList } from './gate-file.ts';
import type { ApprovalLine, ApprovedStage, Condition, Gate, Policy } from './policy.ts';
import type { WrittenPolicy } from './policy-schema.ts';
import { presets } from './preset.ts';
import { presetNeeds, productionNeeds } from './production-need.ts';
import { toRole } from './role.ts';
import { parseSealKey } from './seal-key.ts';
import { toFreeze, toStageRule } from './stage-rule-file.ts';
import { sameValue } from './yaml-node.ts';

const defaultIdleMinutes = 30;

/** Lays a file over its preset. Total: what the schema lets through has a policy, `checkPolicy` judges it. */
export function resolvePolicy(written: WrittenPolicy): Policy {
  const preset = presets[written.preset];
  const { stages } = written;
  const quorum = (
    base: { readonly approvals: readonly ApprovalLine[] },
    own?: { approvals?: WrittenApprovals },
  ) => ({
    approvals: addApprovals(base.approvals, own?.approvals),
  });
  const stage = (name: ApprovedStage) => ({
    ...quorum(preset.stages[name], stages?.[name]),
    ...toStageRule(name, stages?.[name], written.STAGES),
  });
  return {
    version: written.version,
    preset: written.preset,
    ...(written.enforce === false ? { enforce: false } : {}),
    branches: written.branches ?? [],
    ledger: { branch: written.ledger?.branch ?? 'gatehouse-ledger' },
    store: written.store,
    data: written.data,
    hosts: written.hosts ?? [],
    privateHosts: written['private-hosts'] ?? [],
    trusted: resolveTrusted(written.trusted),
    ...resolveEvidence(written),
    judgeRunner: written['judge-runner'] ?? preset.judgeRunner,
    roles: Object.fromEntries(Object.entries(written.roles).map(([name, role]) => [name, toRole(role)])),
    proposal: {
      ...quorum(preset.proposal, written.proposal),
      onMerge: written.proposal?.['on-merge'] ?? preset.proposal.onMerge,
    },
    stages: {
      staging: stage('staging'),
      candidate: stage('candidate'),
      production: stage('production'),
      archived: stage('archived'),
      rejected: stage('rejected'),
    },
    ...(written.freeze === undefined ? {} : { freeze: written.freeze.map(toFreeze) }),
    ...resolveNeeds(written),
    rollback: quorum(preset.rollback, written.rollback),
    ...(written['break-glass'] === undefined ? {} : { breakGlass: toBreakGlassRule(written['break-glass']) }),
    configuration: quorum(preset.configuration, written.configuration),
    defaults: resolveDefaults(written.defaults, preset.defaults),
    training: resolveTraining(written.training),
    ...(written.prices === undefined ? {} : { prices: written.prices }),
    addWhen: addNew(preset.addWhen, (written['add-when'] ?? []).map(toCondition)),
  };
}

function resolveDefaults(written: WrittenPolicy['defaults'], preset: Policy['defaults']): Policy['defaults'] {
  const comparison = {
    versus: written?.comparison?.versus ?? preset.comparison.versus,
    margin: written?.comparison?.margin ?? preset.comparison.margin,
  };
  const own = toGateList(written?.gates ?? []).map((gate) => fillMargin(gate, comparison));
  return {
    gates: addNew(preset.gates, own),
    minimumRows: written?.['minimum-rows'] ?? preset.minimumRows,
    comparison,
    ...resolveBudget(written?.['held-out-budget']),
  };
}

type WrittenBudget = NonNullable<WrittenPolicy['defaults']>['held-out-budget'];

/** A number alone is the budget of one model. */
function resolveBudget(written: WrittenBudget): Pick<Policy['defaults'], 'heldOutBudget' | 'heldOutBudgets'> {
  if (written === undefined) return {};
  const { model, labels, actor } = typeof written === 'number' ? { model: written } : written;
  const shared = { ...(labels === undefined ? {} : { labels }), ...(actor === undefined ? {} : { actor }) };
  return {
    ...(model === undefined ? {} : { heldOutBudget: model }),
    ...(Object.keys(shared).length === 0 ? {} : { heldOutBudgets: shared }),
  };
}

/** The preset's needs and the file's, in one order. */
function resolveNeeds({ preset, production }: WrittenPolicy): Pick<Policy, 'production'> {
  const asked = [...presetNeeds[preset], ...(production?.require ?? [])];
  const require = productionNeeds.filter((need) => asked.includes(need));
  return require.length === 0 ? {} : { production: { require } };
}

/** The schema lets no text through that is no key. */
function resolveEvidence({ evidence }: WrittenPolicy): Pick<Policy, 'evidence'> {
  if (evidence === undefined) return {};
  const keys = evidence['seal-to'].flatMap((text) => parseSealKey(text) ?? []);
  return { evidence: { sealTo: keys } };
}

function resolveTraining(written: WrittenPolicy['training']): Policy['training'] {
  const { 'budget-hours': budgetHours, 'budget-cost': budgetCost } = written ?? {};
  return {
    ...(budgetHours === undefined ? {} : { budgetHours }),
    ...(budgetCost === undefined ? {} : { budgetCost }),
    idleMinutes: written?.['idle-minutes'] ?? defaultIdleMinutes,
  };
}

/** "Not worse" with a margin of 0 would mean better: the policy's own margin is what a team means by it. */
export function fillMargin(gate: Gate, comparison: Policy['defaults']['comparison']): Gate {
  if (gate.versus === undefined || gate.margin !== undefined) return gate;
  return { ...gate, margin: gate.versus === 'not-worse' ? comparison.margin : 0 };
}

function toCondition(written: NonNullable<WrittenPolicy['add-when']>[number]): Condition {
  return {
    ...(written.risk === undefined ? {} : { risk: written.risk }),
    ...(written.to === undefined ? {} : { to: written.to }),
    ...(written.paths === undefined ? {} : { paths: written.paths }),
    ...(written.endpoints === undefined ? {} : { endpoints: written.endpoints }),
    ...(written.privacy === undefined ? {} : { privacy: written.privacy }),
    approvals: addApprovals([], written.approvals),
  };
}

/** A preset printed in full and read again must not double its own lines. */
function addNew<T>(base: readonly T[], own: readonly T[]): readonly T[] {
  return [...base, ...own.filter((item) => !base.some((known) => sameValue(known, item)))];
}

function resolveTrusted(written: WrittenPolicy['trusted']): Policy['trusted'] {
  const workflow = (file: string) => ({
    path: `${written.repository}/.github/workflows/${file}`,
    shas: written.shas,
  });
  return {
    validate: workflow(written['validate-workflow']),
    judge: workflow(written['judge-workflow']),
    ...(written['monitor-workflow'] === undefined ? {} : { monitor: workflow(written['monitor-workflow']) }),
  };
}
