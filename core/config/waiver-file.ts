import { isName, nameRule } from './model-name.ts';
import { invalid, parseFile } from './parse.ts';
import type { Waiver } from './waiver.ts';
import { waiverSchema } from './waiver-schema.ts';

/**
 * Reads `waivers/<name>.yml`.
 * @param name the part of the path between `waivers/` and `.yml`: pull-request controlled
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseWaiver(text: string, source: string, name: string): Waiver {
  if (!isName(name)) throw invalid(source, [wrongName(name, source)]);
  const { version: _, ...waiver } = parseFile(text, source, waiverSchema).value;
  return { name, ...waiver };
}

function wrongName(name: string, source: string) {
  return {
    code: 'config/name',
    severity: 'fail',
    message: `"${name.slice(0, 200)}" cannot be the name of a waiver`,
    where: { file: source, line: 1, column: 1, pointer: '' },
    found: name.slice(0, 200),
    allowed: nameRule,
    fix: 'Rename the file.',
  } as const;
}
