import { dump } from 'js-yaml';
import { digestBytes } from '../json/canonical.ts';
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

/**
 * Writes `waivers/<name>.yml` so that it can be read back.
 * @throws InputError CONFIG_INVALID when a value is none that a waiver may have: nothing of it need be checked before
 */
export function renderWaiver({ name, model, gate, until, reason, by }: Waiver, source: string): string {
  const text = dump({ version: 1, model, gate, until, reason, by }, { lineWidth: -1 });
  parseWaiver(text, source, name);
  return text;
}

const mostOfWords = 48;

/** Name of the waiver of one gate of one model: the same for the same, and readable. */
export function waiverNameOf(model: string, gate: string): string {
  const words = `${model} ${gate}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const short = words.slice(0, mostOfWords).replaceAll(/^-+|-+$/g, '');
  const digest = digestBytes(Buffer.from(`${model}\n${gate}`, 'utf8')).slice('sha256:'.length);
  return `${short}-${digest.slice(0, 8)}`;
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
