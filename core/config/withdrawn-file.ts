import { parseFile } from './parse.ts';
import type { Withdrawn } from './withdrawn.ts';
import { withdrawnSchema } from './withdrawn-schema.ts';

/**
 * Reads `models/<model>/withdrawn.yml`.
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseWithdrawn(text: string, source: string): Withdrawn {
  return { versions: parseFile(text, source, withdrawnSchema).value.versions };
}
