import { z } from 'zod';
import { login, name, webAddress } from './field.ts';
import { isMoment } from './moment.ts';

/** A day without a time. */
export const day = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(text), { error: 'a date: 2026-12-31' });

const area = (what: string) =>
  z
    .record(
      name,
      z.strictObject({
        done: day.optional().describe('The day on which it was done. Absent: it is not done yet.'),
        by: login.describe('Who says so, or who works on it.'),
        link: webAddress.optional().describe('Where it can be seen.'),
      }),
    )
    .refine((items) => Object.keys(items).length <= 50, { error: 'at most 50 items' })
    .optional()
    .describe(what);

/** `models/<model>/readiness.yml` as people write it. */
export const readinessSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    model: area('The model itself: versioning, evaluation, fairness, explanations.'),
    data: area('Its data: validation, lineage, legal-basis.'),
    infrastructure: area('What it runs on: rollback, automated-training, canary, load-test.'),
    security: area('access, secrets, threat-model.'),
    monitoring: area('alerting, inference-logging, drift.'),
    team: area('runbook, on-call, human-override.'),
  })
  .describe('Readiness review of one model: models/<model>/readiness.yml');
