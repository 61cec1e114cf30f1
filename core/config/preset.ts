import type { ApprovedStage, Condition, Gate, Policy, PresetName } from './policy.ts';

/** A complete policy but for people and places: those only the team knows. */
export type Preset = Pick<
  Policy,
  'proposal' | 'stages' | 'rollback' | 'configuration' | 'defaults' | 'addWhen' | 'judgeRunner'
>;

const quorum = (lines: Readonly<Record<string, number>>) => ({
  approvals: Object.entries(lines).map(([role, count]) => ({ role, count })),
});

const notWorse = (margin: number) => ({ versus: 'not-worse', margin }) as const;
/** Half is what tossing a coin reaches. */
const betterThanChance: readonly Gate[] = [{ metric: 'auc', min: 0.5 }];
const highRisk: Condition = { risk: ['high'], to: ['production'], ...quorum({ governor: 1 }) };

/** A few people who know each other: one pair of eyes for a version, an owner for production. */
const smallTeam: Preset = {
  judgeRunner: 'github-hosted',
  proposal: { ...quorum({ reviewer: 1 }), onMerge: 'staging' },
  stages: {
    staging: quorum({ reviewer: 1 }),
    candidate: quorum({ reviewer: 1 }),
    production: quorum({ owner: 1 }),
    archived: quorum({ owner: 1 }),
    rejected: quorum({ reviewer: 1 }),
  },
  rollback: quorum({ owner: 1 }),
  configuration: quorum({ governor: 1 }),
  defaults: { gates: [], minimumRows: 100, comparison: notWorse(0.01) },
  addWhen: [highRisk],
};

/** Several teams on one repository: a reviewer and an owner agree on production. */
const team: Preset = {
  ...smallTeam,
  stages: {
    ...smallTeam.stages,
    production: quorum({ reviewer: 1, owner: 1 }),
    archived: quorum({ owner: 1 }),
  },
  defaults: { gates: betterThanChance, minimumRows: 500, comparison: notWorse(0.005) },
};

/** Somebody outside asks who decided: two reviewers for a version, risk signs production, two governors the rules. */
const regulated: Preset = {
  judgeRunner: 'github-hosted',
  proposal: { ...quorum({ reviewer: 2 }), onMerge: 'registered' },
  stages: {
    staging: quorum({ reviewer: 1 }),
    candidate: quorum({ reviewer: 1, risk: 1 }),
    production: quorum({ reviewer: 1, owner: 1, risk: 1 }),
    archived: quorum({ owner: 1, risk: 1 }),
    rejected: quorum({ reviewer: 1 }),
  },
  rollback: quorum({ owner: 1 }),
  configuration: quorum({ governor: 2 }),
  defaults: { gates: betterThanChance, minimumRows: 1000, comparison: notWorse(0.002) },
  addWhen: [highRisk],
};

export const presets: Readonly<Record<PresetName, Preset>> = { 'small-team': smallTeam, team, regulated };

export const approvedStages: readonly ApprovedStage[] = [
  'staging',
  'candidate',
  'production',
  'archived',
  'rejected',
];
