import { z } from 'zod';
import { count, login, prose } from './field.ts';

/** `models/<model>/withdrawn.yml` as people write it. */
export const withdrawnSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    versions: z
      .array(
        z.strictObject({
          version: count(1, 999_999).describe('Version that must not serve any more.'),
          reason: prose.describe('Why: what is wrong with it.'),
          by: login.describe('Who answers for that.'),
        }),
      )
      .min(1, 'at least one version: without one there is no need of this file')
      .max(1000)
      .describe('No move up is possible for them, a rollback and an emergency included.'),
  })
  .describe('Withdrawn versions of one model: models/<model>/withdrawn.yml');
