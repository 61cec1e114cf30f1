import { z } from 'zod';
import { isDigest } from '../json/canonical.ts';

const name = z.string().min(1).max(500);
const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

const both = <Shape extends z.ZodType>(shape: Shape) =>
  z.strictObject({ challenger: shape, champion: shape.nullable() });

const curve = z.array(z.tuple([share, share])).max(52);
const bins = z.array(z.strictObject({ predicted: share, found: share, rows: count })).max(20);
const matrix = z.array(z.array(count).max(50)).max(50);

/** Shapes of the pictures of a judgement. No finer than they may be: fifty quantiles and the two ends. */
export const detailSchema = z.strictObject({
  roc: both(curve).nullable(),
  precisionRecall: both(curve).nullable(),
  calibration: both(bins).nullable(),
  distribution: z
    .strictObject({
      edges: z.array(z.number()).max(51),
      challenger: z.array(count).max(50),
      champion: z.array(count).max(50).nullable(),
    })
    .nullable(),
  confusion: z
    .strictObject({ classes: z.array(name).max(50), challenger: matrix, champion: matrix.nullable() })
    .nullable(),
  threshold: z.string().max(500).nullable(),
});

export const explanationSchema = z.strictObject({
  grade: z.enum(['measured', 'claimed']),
  metric: name.nullable(),
  features: z
    .array(
      z.strictObject({
        feature: name,
        rank: z.int().positive(),
        challenger: z.number(),
        champion: z.number().nullable(),
        championRank: z.int().positive().nullable(),
      }),
    )
    .max(50),
});

export const behaviourSchema = z.strictObject({
  grade: z.literal('measured'),
  suiteDigest: z.custom<`sha256:${string}`>(isDigest, { error: 'sha256: and 64 lower-case hex characters' }),
  groups: z
    .array(
      z.strictObject({
        name,
        kind: name,
        cases: count,
        passed: count,
        required: share,
        championPassed: count.nullable(),
        failed: z.array(name).max(5),
      }),
    )
    .max(200),
});
