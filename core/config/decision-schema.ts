import { z } from 'zod';
import { thresholdGoals } from './decision.ts';
import { finite } from './field.ts';

/** `decision` of `models/<model>/model.yml`. */
export const decisionSchema = z
  .strictObject({
    threshold: finite
      .min(0, 'a number from 0 to 1')
      .max(1, 'a number from 0 to 1')
      .optional()
      .describe('A score of at least this says class 1.'),
    choose: z
      .enum(thresholdGoals)
      .optional()
      .describe('The threshold that is best by this metric on the rows of held-out.validation.'),
  })
  .refine(({ threshold, choose }) => (threshold === undefined) !== (choose === undefined), {
    error: 'one of "threshold" and "choose"',
  })
  .describe('Which score says class 1. Absent: 0.5. It is never chosen on held-out rows.');

export type WrittenDecision = z.infer<typeof decisionSchema>;
