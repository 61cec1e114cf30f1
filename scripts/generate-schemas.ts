import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { behaviourSuiteSchema } from '../core/config/behaviour-schema.ts';
import { breakGlassReviewSchema, breakGlassSchema } from '../core/config/break-glass-schema.ts';
import { contractSchema } from '../core/config/contract-schema.ts';
import { modelSchema, stagesSchema } from '../core/config/model-schema.ts';
import { policySchema } from '../core/config/policy-schema.ts';
import { readinessSchema } from '../core/config/readiness-schema.ts';
import { risksSchema } from '../core/config/risks-schema.ts';
import { waiverSchema } from '../core/config/waiver-schema.ts';
import { withdrawnSchema } from '../core/config/withdrawn-schema.ts';

const files: readonly (readonly [string, string, z.ZodType])[] = [
  ['gatehouse', 'Gatehouse policy', policySchema],
  ['model', 'Gatehouse model', modelSchema],
  ['behaviour', 'Gatehouse behaviour suite', behaviourSuiteSchema],
  ['contract', 'Gatehouse dataset contract', contractSchema],
  ['stages', 'Gatehouse desired stages', stagesSchema],
  ['readiness', 'Gatehouse readiness review', readinessSchema],
  ['risks', 'Gatehouse risk register', risksSchema],
  ['waiver', 'Gatehouse waiver', waiverSchema],
  ['break-glass', 'Gatehouse request to break the glass', breakGlassSchema],
  ['break-glass-review', 'Gatehouse review of a broken glass', breakGlassReviewSchema],
  ['withdrawn', 'Gatehouse withdrawn versions', withdrawnSchema],
];

/**
 * JSON Schemas of the configuration files, for completion in editors. They describe what people write.
 * @returns path from the root -> text
 */
export function renderSchemas(): ReadonlyMap<string, string> {
  return new Map(
    files.map(([name, title, schema]) => {
      const body = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'throw' });
      return [`schemas/${name}.schema.json`, `${JSON.stringify({ title, ...body }, null, 2)}\n`];
    }),
  );
}

/** Writes every schema under `root`. */
export function writeSchemas(root: string): void {
  mkdirSync(join(root, 'schemas'), { recursive: true });
  for (const [path, text] of renderSchemas()) writeFileSync(join(root, path), text);
}

if (import.meta.main) writeSchemas(join(import.meta.dirname, '..'));
