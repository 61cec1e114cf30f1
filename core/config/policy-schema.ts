import { z } from 'zod';
import { approvalsSchema } from './approvals.ts';
import { breakGlassRuleSchema } from './break-glass-schema.ts';
import { branch, commit, count, finite, glob, host, login, name, place, team } from './field.ts';
import { gateSchema } from './gate-schema.ts';
import { productionNeeds } from './production-need.ts';
import { parseSealKey, sealKeyForm } from './seal-key.ts';
import { stages } from './stage.ts';
import { freezesSchema, stageOrderSchema, stageRuleShape } from './stage-rule-schema.ts';

/** People of a role, as written. */
export const roleSchema = z
  .strictObject({
    users: z.array(login).max(200).optional().describe('GitHub logins of people, without "@".'),
    teams: z
      .array(team)
      .max(50)
      .optional()
      .describe('Teams as organization/slug; members are read when deciding.'),
  })
  .refine(({ users, teams }) => (users?.length ?? 0) + (teams?.length ?? 0) > 0, {
    error: 'at least one user or team: a role of nobody can approve nothing',
  })
  .describe('Who belongs to it: users, teams, or both.');

export const riskSchema = z.enum(['minimal', 'limited', 'high']);
const approved = z.strictObject({ approvals: approvalsSchema.optional() }).optional();
const stageRule = z.strictObject({ approvals: approvalsSchema.optional(), ...stageRuleShape }).optional();
const stageNames = z.enum(stages);

const conditionSchema = z.strictObject({
  risk: z
    .array(riskSchema)
    .min(1, 'at least one risk class')
    .optional()
    .describe('Only for models of these risk classes.'),
  to: z
    .array(stageNames)
    .min(1, 'at least one stage')
    .optional()
    .describe('Only for moves into these stages.'),
  paths: z
    .array(glob)
    .min(1, 'at least one path')
    .max(50)
    .optional()
    .describe('Only when a file that one of these matches changes.'),
  endpoints: z
    .array(name)
    .min(1, 'at least one endpoint')
    .max(100)
    .optional()
    .describe('Only for moves at these endpoints.'),
  privacy: z
    .array(z.enum(['none', 'personal', 'secret']))
    .min(1, 'at least one privacy class')
    .optional()
    .describe('Only when the data has a column of one of these classes.'),
  approvals: approvalsSchema,
});

const workflowFile = z
  .string()
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\.ya?ml$/,
    'the name of a workflow file, for example judge-model.yml',
  );

const trustedSchema = z
  .strictObject({
    repository: z
      .string()
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/, 'a repository as owner/name')
      .describe('Repository of the trusted workflows: owner/name.'),
    shas: z
      .array(commit)
      .min(1, 'at least one commit id: without one nothing is believed')
      .max(20)
      .describe('Commits of that repository that are believed, in full.'),
    'validate-workflow': workflowFile
      .default('validate-data.yml')
      .describe('File of the workflow that validates data.'),
    'judge-workflow': workflowFile.default('judge-model.yml').describe('File of the workflow that judges.'),
    'monitor-workflow': workflowFile
      .optional()
      .describe('File of the workflow that watches production. Absent: nothing is rolled back by itself.'),
  })
  .describe('Which workflows, at which commits, may say that data is valid and how good a model is.');

const trainingSchema = z
  .strictObject({
    'budget-hours': finite
      .gt(0, 'a number of hours above 0')
      .max(100_000, 'at most 100000 hours')
      .optional()
      .describe(
        'Most hours that the training jobs of one run may take together; the sweeper ends what takes more.',
      ),
    'budget-cost': finite
      .gt(0, 'an amount above 0, in the currency of prices')
      .max(100_000_000, 'at most 100000000')
      .optional()
      .describe('Most that they may cost by prices, in its currency.'),
    'idle-minutes': count(5, 10_080)
      .optional()
      .describe('A runner for training that is idle for longer is told. Absent: 30.'),
  })
  .describe('Limits that the sweeper of training runs keeps.');

const pricesSchema = z
  .strictObject({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'a currency of ISO 4217: three capitals, for example USD')
      .describe('Currency of all prices, for example USD.'),
    hourly: z
      .record(
        z.string().regex(/^[A-Za-z0-9_][\w .:=/-]{0,99}$/, 'a label of a runner'),
        finite.min(0, 'a price of 0 or more').max(1_000_000, 'at most 1000000 an hour'),
      )
      .refine((hourly) => Object.keys(hourly).length > 0 && Object.keys(hourly).length <= 200, {
        error: 'one to 200 labels with the price of one hour, for example { gpu: 2.5 }',
      })
      .describe('Label of a runner to the price of one hour. Of several labels the dearest counts.'),
  })
  .describe('What runners cost: the cost of each training run is told by it. Absent: no cost is told.');

const looks = count(1, 1_000_000);
const budgetSchema = z
  .union([
    looks,
    z
      .strictObject({
        model: looks.optional().describe('Of one model.'),
        labels: looks.optional().describe('Of all models together that name the same labels.'),
        actor: looks.optional().describe('Of one person, over all models.'),
      })
      .refine((budget) => Object.keys(budget).length > 0, {
        error: 'a number, or at least one of model, labels and actor',
      }),
  ])
  .describe(
    'Most different results that one model may get on one held-out set; as { model, labels, actor } also of all models and of one person. Beyond it a governor approves as well. Absent: they are counted, not limited.',
  );

const evidenceSchema = z
  .strictObject({
    'seal-to': z
      .array(z.string().refine((text) => parseSealKey(text) !== null, { error: sealKeyForm }))
      .min(1, 'one key, or two while it is being changed')
      .max(2, 'one key, or two while it is being changed')
      .describe(
        "Public keys of the app: results on held-out labels are sealed to them and seen when the app has counted them. Absent: they stand in the run's summary at once.",
      ),
  })
  .describe('How the judge hands over what it found.');

/** `.github/gatehouse.yml` as people write it. */
export const policySchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    preset: z
      .enum(['small-team', 'team', 'regulated'])
      .describe('A complete policy to start from. The keys below change it; approvals can only be added.'),
    enforce: z
      .boolean()
      .optional()
      .describe(
        'False: the check "gatehouse" reports and holds up no merge. The ledger stays a gate. Absent: true.',
      ),
    branches: z
      .array(branch)
      .max(20)
      .optional()
      .describe('Branches that are governed. Absent: the default branch.'),
    ledger: z
      .strictObject({ branch: branch.optional().describe('Branch that only the app writes.') })
      .optional()
      .describe('Where registry and audit trail are kept.'),
    store: place.describe('Where models and predictions are kept for good.'),
    data: place.describe('The DVC remote that holds the data.'),
    hosts: z
      .array(host)
      .max(50)
      .optional()
      .describe(
        'Hosts that jobs may reach besides those of store and data, exact names. When given, held-out labels lie on one of all these.',
      ),
    'private-hosts': z
      .array(host)
      .max(50)
      .optional()
      .describe(
        'Hosts that may have a private address, for a store inside your network. All others are refused there.',
      ),
    trusted: trustedSchema,
    evidence: evidenceSchema.optional(),
    'judge-runner': z
      .string()
      .regex(/^[A-Za-z0-9][\w .-]{0,99}$/, 'github-hosted, or the name of a runner group')
      .optional()
      .describe('Where judging runs: github-hosted, or the name of a runner group (GHES).'),
    roles: z
      .record(name, roleSchema)
      .describe('Who may approve. "owner" is not written here: each file names its owners.'),
    proposal: z
      .strictObject({
        approvals: approvalsSchema.optional(),
        'on-merge': z
          .enum(['registered', 'staging'])
          .optional()
          .describe('Stage of a new version after the merge.'),
      })
      .optional()
      .describe('A pull request that proposes a new version.'),
    stages: z
      .strictObject({
        staging: stageRule.describe('A version may be tried.'),
        candidate: stageRule.describe('A version may go to production next.'),
        production: stageRule.describe('A version serves at an endpoint.'),
        archived: stageRule.describe('A version stops serving.'),
        rejected: stageRule.describe('A version may never serve.'),
      })
      .optional()
      .describe('What a move into each stage needs.'),
    STAGES: stageOrderSchema.optional(),
    freeze: freezesSchema.optional(),
    production: z
      .strictObject({
        require: z
          .array(z.enum(productionNeeds))
          .max(productionNeeds.length)
          .optional()
          .describe('Added to what the preset requires, never below it.'),
      })
      .optional()
      .describe('What must be declared for a model before one of its versions goes to production.'),
    rollback: approved.describe('A return to the recorded previous version.'),
    'break-glass': breakGlassRuleSchema.optional(),
    configuration: approved.describe('Approvals besides, when configuration or a workflow changes.'),
    defaults: z
      .strictObject({
        gates: z.array(gateSchema).max(50).optional().describe('A floor under the gates of every model.'),
        'minimum-rows': count(1, 1_000_000_000)
          .optional()
          .describe('Fewest held-out rows that a result may rest on.'),
        'held-out-budget': budgetSchema.optional(),
        comparison: z
          .strictObject({
            versus: z.enum(['not-worse', 'better']).optional().describe('Kind of comparison.'),
            margin: finite.min(0, 'a number of 0 or more').optional().describe('In units of the metric.'),
          })
          .optional()
          .describe('What a model without a comparison of its own gets on its first metric.'),
      })
      .optional()
      .describe('What holds for every model.'),
    training: trainingSchema.optional(),
    prices: pricesSchema.optional(),
    'add-when': z
      .array(conditionSchema)
      .max(50)
      .optional()
      .describe('Conditions that add approvals. Nothing takes any away.'),
  })
  .describe('Gatehouse policy: .github/gatehouse.yml');

export type WrittenPolicy = z.infer<typeof policySchema>;
export type WrittenRole = z.infer<typeof roleSchema>;
