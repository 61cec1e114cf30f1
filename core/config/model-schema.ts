import { z } from 'zod';
import { criteriaSchema } from './criteria-schema.ts';
import { customMetricsSchema, scorersSchema } from './custom-metric-schema.ts';
import { decisionSchema } from './decision-schema.ts';
import { driftLimitsSchema } from './drift-schema.ts';
import { dutyShape } from './duty-schema.ts';
import { explainSchema } from './explain-schema.ts';
import {
  columnName,
  command,
  count,
  filePath,
  finite,
  glob,
  name,
  prose,
  sha256,
  webAddress,
} from './field.ts';
import { gateSchema } from './gate-schema.ts';
import { latencySchema } from './latency-schema.ts';
import { tasks } from './model.ts';
import { riskSchema, roleSchema } from './policy-schema.ts';
import { predictionSchema } from './prediction-schema.ts';
import { productionLikeSchema } from './production-like-schema.ts';
import { rollbackTriggersSchema } from './rollback-trigger-schema.ts';
import { slicesSchema } from './slices-schema.ts';
import { trainSchema } from './train-schema.ts';

/** An audience that begins with `gatehouse:` is a signature under evidence: a token of that kind leaves the judge to nobody. */
const labelsAudience = /^(?!gatehouse:)[\x21-\x7e]{1,200}$/i;

const heldOutSchema = z
  .strictObject({
    features: filePath.describe(
      'A .dvc pointer or a CSV file with the key column and the features, without labels.',
    ),
    key: columnName.describe('Column that names a row; it joins features, predictions and labels.'),
    labels: z
      .strictObject({
        url: webAddress.describe('Answers with CSV (key, label) to the judge and to nobody else.'),
        audience: z
          .string()
          .regex(
            labelsAudience,
            'printable characters without spaces, at most 200, that do not begin with "gatehouse:"',
          )
          .describe('Audience of the OIDC token with which the judge asks.'),
        sha256: sha256.describe('SHA-256 of the answer: other labels are not believed.'),
        column: columnName
          .optional()
          .describe('Name of the label column; every task but scored-examples needs it.'),
        weight: columnName
          .optional()
          .describe('Column of the label file that says how much a row counts. Absent: all the same.'),
        group: columnName
          .optional()
          .describe('Column of the label file whose rows belong together; of a ranking the query.'),
      })
      .describe('Where the judge gets the labels.'),
    validation: z
      .strictObject({
        features: filePath.describe('Rows with key and features: a .dvc pointer or a CSV file.'),
        labels: filePath.describe('CSV or .dvc pointer with key and label: these are no secret.'),
      })
      .optional()
      .describe('Rows on which a threshold is chosen: never the held-out ones.'),
  })
  .describe('The rows on which every version of this model is judged.');

const noiseFloorSchema = z
  .record(columnName, finite.gt(0, 'a number above 0, in units of the metric'))
  .refine((floor) => Object.keys(floor).length > 0 && Object.keys(floor).length <= 50, {
    error: 'one to 50 metrics, for example { auc: 0.003 }',
  })
  .describe('How far two trainings with other seeds lie apart, by metric: a gain must exceed it.');

/** `models/<model>/model.yml` as people write it. */
export const modelSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    task: z.enum(tasks).default('binary-classification').describe('What the model does.'),
    description: prose.describe('What the model is for: shown on its card.'),
    owners: roleSchema.describe('Who answers for the model: the role "owner" in approvals.'),
    risk: riskSchema.describe('Risk class; the policy may ask for more approvals for a higher one.'),
    limitations: prose.describe('Where it must not be trusted: shown on its card, never empty.'),
    datasets: z
      .array(name)
      .min(1, 'at least one dataset')
      .max(50)
      .describe('Datasets it trains on: names of datasets/<name>.yml.'),
    'drift-limits': driftLimitsSchema.optional(),
    paths: z
      .array(glob)
      .min(1, 'at least one path: a model without files could change unseen')
      .max(100)
      .describe('Files that make this model. A change of one of them is a proposal.'),
    train: trainSchema,
    predict: z
      .strictObject({
        command: command.describe(
          'Scores: reads GATEHOUSE_MODEL and GATEHOUSE_INPUT, writes key,score to GATEHOUSE_OUTPUT.',
        ),
        'timeout-minutes': count(1, 360).default(60).describe('Stopped after this long.'),
      })
      .describe('How rows are scored with it.'),
    'held-out': heldOutSchema,
    'production-like': productionLikeSchema.optional(),
    decision: decisionSchema.optional(),
    prediction: predictionSchema.optional(),
    metrics: customMetricsSchema.optional(),
    scorers: scorersSchema.optional(),
    slices: slicesSchema.optional(),
    explain: explainSchema.optional(),
    latency: latencySchema.optional(),
    'noise-floor': noiseFloorSchema.optional(),
    gates: z
      .array(gateSchema)
      .min(1, 'at least one gate')
      .max(50)
      .describe('What a version must reach. Without a comparison the policy adds one on the first metric.'),
    criteria: criteriaSchema.optional(),
    'rollback-triggers': rollbackTriggersSchema.optional(),
    ...dutyShape,
    endpoints: z.array(name).max(100).default([]).describe('Where versions can serve.'),
    'feature-version': prose.default('unknown').describe('Version of the feature definitions.'),
    'serving-image': z
      .string()
      .regex(
        /^(?:unknown|[\x21-\x7e]{1,300}@sha256:[0-9a-f]{64})$/,
        'unknown, or an image by digest: registry/name@sha256:<64 hex>',
      )
      .default('unknown')
      .describe('Image that serves it, by digest.'),
    fallback: prose
      .default('unknown')
      .describe('What serves when the model does not: a rule, a safe default.'),
  })
  .describe('One model: models/<model>/model.yml');

export type WrittenModel = z.infer<typeof modelSchema>;

const versionNumber = count(1, 999_999);
const versions = z.array(versionNumber).max(1000).optional();

/** `models/<model>/stages.yml` as people write it. */
export const stagesSchema = z
  .strictObject({
    production: z
      .record(name, versionNumber)
      .nullish()
      .describe('Endpoint to version, for example { eu: 7 }.'),
    staging: versions.describe('Versions in staging.'),
    candidate: versions.describe('Versions that may go to production next.'),
    archived: versions.describe('Versions out of use.'),
    rejected: versions.describe('Versions that may never be used.'),
  })
  .describe('Desired stages of one model: models/<model>/stages.yml');

export type WrittenStages = z.infer<typeof stagesSchema>;
