import { z } from 'zod';
import { login, prose } from './field.ts';
import { isModelName, nameRule } from './model-name.ts';
import { isMoment, momentRule } from './moment.ts';

/** `waivers/<name>.yml` as people write it. */
export const waiverSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    model: z
      .string()
      .refine(isModelName, { error: `the name of a model: ${nameRule}` })
      .describe('Model whose gate it is.'),
    gate: z
      .string()
      .min(1, 'the gate as a report names it, for example auc min 0.6')
      .max(500, 'the gate as a report names it, at most 500 characters')
      .describe('The gate as a report names it, for example auc min 0.6.'),
    until: z
      .string()
      .refine(isMoment, { error: momentRule })
      .describe('Last day on which it holds, or the time at which it ends. UTC.'),
    reason: prose.describe('Why it may fail until then: shown with every decision that rests on it.'),
    by: login.describe('Who answers for it.'),
  })
  .describe('One gate of one model that may fail for a while: waivers/<name>.yml');
