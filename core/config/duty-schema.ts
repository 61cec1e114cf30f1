import { z } from 'zod';
import { count, finite, login, name, prose } from './field.ts';
import { roleSchema } from './policy-schema.ts';

const role = (what: string) => name.optional().describe(`Role whose people speak for ${what}.`);

/** Keys of model.yml about production. */
export const dutyShape = {
  'quality-owner': roleSchema.optional().describe('Who answers for how good the model is.'),
  'infrastructure-owner': roleSchema.optional().describe('Who answers for what it runs on.'),
  'service-level': z
    .strictObject({
      'availability-percent': finite
        .gt(0, 'a number above 0')
        .max(100, 'at most 100')
        .describe('Share of requests that are answered: 99.9.'),
      'latency-p95-ms': finite.gt(0, 'a number above 0').optional().describe('95 % are faster than this.'),
      'respond-minutes': count(1, 43_200).describe('Somebody looks after at most this long.'),
      'restore-minutes': count(1, 43_200).describe('It works again after at most this long.'),
    })
    .optional()
    .describe('What is promised to those who call it.'),
  monitoring: z
    .array(
      z.strictObject({
        signal: prose.describe('What is watched: psi of distance, p95 latency, share of overrides.'),
        limit: prose.describe('When it is too much: above 0.1.'),
        owner: login.describe('Who is called.'),
        procedure: prose.describe('What that person does, or where it is written.'),
      }),
    )
    .min(1, 'at least one signal')
    .max(100)
    .optional()
    .describe('What is watched in production, each with limit, owner and procedure.'),
  'sign-offs': z
    .strictObject({
      engineering: role('how it is built'),
      operations: role('how it is run'),
      data: role('its data'),
      security: role('its security'),
      legal: role('the law'),
      business: role('what it is for'),
    })
    .optional()
    .describe('Function to the role of the policy whose people sign production for it, by reviews.'),
};
