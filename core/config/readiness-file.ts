import { parseFile } from './parse.ts';
import { areas } from './production-need.ts';
import type { Readiness } from './readiness.ts';
import { readinessSchema } from './readiness-schema.ts';

/**
 * Reads `models/<model>/readiness.yml`.
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseReadiness(text: string, source: string): Readiness {
  const { value } = parseFile(text, source, readinessSchema);
  return {
    items: areas.flatMap((area) =>
      Object.entries(value[area] ?? {}).map(([item, { done, by, link }]) => ({
        ...{ area, item, by },
        ...(done === undefined ? {} : { done }),
        ...(link === undefined ? {} : { link }),
      })),
    ),
  };
}
