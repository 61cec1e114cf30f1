import { z } from 'zod';
import { login, name, prose } from './field.ts';
import { day } from './readiness-schema.ts';

const riskEntry = z.strictObject({
  name: name.describe('Short name: wrong-alarms.'),
  kind: name.describe('Kind of risk: bias, security, privacy, quality, legal, operations.'),
  severity: z.enum(['low', 'medium', 'high']).describe('How bad it would be.'),
  status: z.enum(['open', 'controlled']).describe('Whether what is done against it works.'),
  control: prose.describe('What is done against it.'),
  owner: login.describe('Who answers for it.'),
  'review-by': day.describe('Last day on which this entry holds: look again before it.'),
});

/** `models/<model>/risks.yml` as people write it. */
export const risksSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    risks: z
      .array(riskEntry)
      .min(1, 'at least one risk: a model without any was not looked at')
      .max(200)
      .refine((risks) => new Set(risks.map((risk) => risk.name)).size === risks.length, {
        error: 'a name of its own for each risk',
      })
      .describe('What could go wrong, each with what is done against it.'),
  })
  .describe('Risk register of one model: models/<model>/risks.yml');
