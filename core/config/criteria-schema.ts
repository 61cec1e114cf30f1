import { z } from 'zod';
import { count, prose } from './field.ts';
import { roleSchema } from './policy-schema.ts';

/** `criteria` of `models/<model>/model.yml`. */
export const criteriaSchema = z
  .strictObject({
    metric: prose.describe('What the business measures: missed connections a month.'),
    baseline: prose.describe('What it is today, and since when.'),
    improvement: prose.describe('What it must become for the model to be worth it.'),
    method: prose.describe(
      'How that is found out: an A/B test, a before and after, a sample that people read.',
    ),
    'window-days': count(1, 3650).describe('How many days it is measured once a version serves.'),
    'business-owner': roleSchema.describe('Who says that this is the right aim.'),
    'technical-owner': roleSchema.describe('Who says that it can be measured.'),
  })
  .describe('What the model is for, agreed before it serves. Without it nothing goes to production.');

export type WrittenCriteria = z.infer<typeof criteriaSchema>;
