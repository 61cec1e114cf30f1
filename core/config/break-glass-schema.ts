import { z } from 'zod';
import { approvalsSchema } from './approvals.ts';
import { count, login, name, prose } from './field.ts';
import { isModelName, nameRule } from './model-name.ts';
import { isMoment, momentRule } from './moment.ts';

const model = z.string().refine(isModelName, { error: `the name of a model: ${nameRule}` });

/** `break-glass` of the policy. */
export const breakGlassRuleSchema = z
  .strictObject({
    approvals: approvalsSchema
      .optional()
      .describe('Who must approve, in the place of all other roles. Added to two governors, never below.'),
    hours: count(1, 72).describe('A request holds so long before its end; older approvals do not count.'),
    'max-per-30-days': count(1, 50).describe('Most uses in 30 days, over all models.'),
    'review-within-hours': count(1, 720).describe('Hours after a use until its review must be recorded.'),
  })
  .describe('Moves into production in an emergency, past gates, soak and freeze. Absent: nobody may.');

/** `break-glass/<name>.yml` as people write it. */
export const breakGlassSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    model: model.describe('Model whose version must serve.'),
    production: z
      .record(name, count(1, 999_999))
      .refine((moves) => Object.keys(moves).length > 0 && Object.keys(moves).length <= 100, {
        error: 'an endpoint and a version, for example { eu: 7 }',
      })
      .describe('Endpoint to version: exactly what stages.yml of this pull request asks for.'),
    until: z
      .string()
      .refine(isMoment, { error: momentRule })
      .describe('When it ends. It holds for as many hours before that as the policy says. UTC.'),
    reason: prose.describe('What the emergency is.'),
    by: login.describe('Who asks. He or she cannot approve it.'),
  })
  .describe('A move into production in an emergency: break-glass/<name>.yml');

/** `break-glass/<name>.review.yml` as people write it. */
export const breakGlassReviewSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    model: model.describe('Model whose version was moved.'),
    'pull-request': count(1, 1_000_000_000).describe('Number of the pull request that broke the glass.'),
    found: prose.describe('What happened, whether it was right, what follows.'),
    by: login.describe('Who looked.'),
  })
  .describe('Review of a use of break-glass: break-glass/<name>.review.yml');
