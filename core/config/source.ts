import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { LineCounter, parseDocument } from 'yaml';
import type { Finding } from '../finding/finding.ts';
import { lintNodes } from './yaml-lint.ts';
import { excerptOf, restoreDigests, type Source } from './yaml-node.ts';

/** Measured: a file at these limits is read in under 250 ms. A contract of 1,000 columns stays below them. */
export const limits = { bytes: 256 * 1024, lines: 8000, depth: 20, values: 10_000 } as const;

export type SourceResult =
  | { readonly kind: 'read'; readonly source: Source; readonly findings: readonly Finding[] }
  | { readonly kind: 'unreadable'; readonly findings: readonly Finding[] };

/**
 * Reads one YAML document of a user's repository. The text is pull-request controlled: size, depth and number of values
 * are capped before the position parser sees it, and aliases, anchors, tags and merge keys are refused.
 */
export function readSource(raw: string, file: string): SourceResult {
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw;
  const lines = text.split(/\r\n|\n|\r/);
  const tooLarge = checkSize(text, lines, file);
  if (tooLarge) return { kind: 'unreadable', findings: [tooLarge] };
  const loaded = loadValue(text, file, lines);
  if (loaded.kind === 'unreadable') return loaded;
  if (countValues(loaded.value) > limits.values) {
    const message = `${file} holds more than ${limits.values} values`;
    return { kind: 'unreadable', findings: [oversize(file, message, `${limits.values} values`)] };
  }
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: 'core', uniqueKeys: false });
  const value = restoreDigests(document.contents, loaded.value);
  const source: Source = { file, lines, value, document, counter };
  return { kind: 'read', source, findings: lintNodes(source) };
}

function checkSize(text: string, lines: readonly string[], file: string): Finding | null {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > limits.bytes) {
    return oversize(file, `${file} has ${bytes} bytes`, `${limits.bytes} bytes (256 KiB)`);
  }
  if (lines.length > limits.lines) {
    return oversize(file, `${file} has ${lines.length} lines`, `${limits.lines} lines`);
  }
  return null;
}

function oversize(file: string, message: string, most: string): Finding {
  return {
    code: 'config/too-large',
    severity: 'fail',
    message,
    where: { file, line: 1, column: 1, pointer: '' },
    allowed: `at most ${most}`,
    fix: 'Configuration is written by people: move data out of this file.',
  };
}

type LoadResult =
  | { readonly kind: 'loaded'; readonly value: unknown }
  | Extract<SourceResult, { kind: 'unreadable' }>;

function loadValue(text: string, file: string, lines: readonly string[]): LoadResult {
  // Only comments and blank lines: no value, which each file's schema judges.
  if (lines.every((line) => /^\s*(?:#.*)?$/.test(line))) return { kind: 'loaded', value: null };
  try {
    // `json` lets doubled keys through here so that the node walk can report every one of them with its line.
    const options = { schema: CORE_SCHEMA, maxAliases: 0, maxDepth: limits.depth, json: true };
    return { kind: 'loaded', value: load(text, options) };
  } catch (error) {
    return { kind: 'unreadable', findings: [syntaxFinding(error, file, lines)] };
  }
}

function syntaxFinding(error: unknown, file: string, lines: readonly string[]): Finding {
  const mark = error instanceof YAMLException ? error.mark : undefined;
  const reason = error instanceof YAMLException ? error.reason : 'this is not YAML';
  const line = (mark?.line ?? 0) + 1;
  return {
    code: /alias/.test(reason) ? 'config/alias' : 'config/syntax',
    severity: 'fail',
    message: `${file} cannot be read: ${reason}`,
    where: { file, line, column: (mark?.column ?? 0) + 1, pointer: '' },
    excerpt: excerptOf(lines, line),
    fix: fixFor(reason),
  };
}

const fixes: readonly (readonly [RegExp, string])[] = [
  [/alias/, 'Write the value out: anchors and aliases (&name, *name) are not read here.'],
  [/tab/, 'Indent with two spaces instead of tabs.'],
  [/maxDepth/, `Nest at most ${limits.depth} levels.`],
  [/single document/, 'Keep one document: remove the line "---" and what follows it.'],
  [/tag/, 'Remove the tag (!!name): write the plain value.'],
];
const fixFor = (reason: string): string =>
  fixes.find(([pattern]) => pattern.test(reason))?.[1] ??
  'Mend the YAML at this line; look for a missing quote, colon or bracket.';

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1);
}
