import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The functions that read an input; the name is their first argument. */
export const readers = ['input', 'needInput', 'inputLines', 'inputNumber', 'inputDigest'] as const;

const call = new RegExp(`(?<![\\w.])(?:${readers.join('|')})\\(([^()]*)\\)`, 'g');
const mention = new RegExp(`(?<![\\w.-])(?:${readers.join('|')})\\b(?!\\s*[(:'"]|-)`);

/** A piece of source: a function of ours, or a whole file. */
interface Piece {
  readonly name: string;
  readonly text: string;
}

/** Top-level functions of a module, each with its own text. */
export function splitFunctions(source: string): readonly Piece[] {
  const form = /^(?:export )?(?:async )?(?:function (\w+)|const (\w+) =)/gm;
  const starts = [...source.matchAll(form)].map((match) => ({
    name: match[1] ?? match[2] ?? '',
    at: match.index,
  }));
  return starts.map(({ name, at }, index) => ({ name, text: source.slice(at, starts[index + 1]?.at) }));
}

/**
 * Names of the inputs that a piece of source reads itself.
 * @param calls text in which calls of the piece are looked for, when a name is a template over its parameter
 * @throws Error when a reader is called with something that no text can tell
 */
export function namesRead(piece: Piece, calls: string): readonly string[] {
  return [...piece.text.matchAll(call)].flatMap(([whole, argument = '']) => {
    const literal = /^'([\w-]+)'$/.exec(argument)?.[1];
    if (literal !== undefined) return [literal];
    const [, parameter, rest] = /^`\$\{(\w+)\}([\w-]+)`$/.exec(argument) ?? [];
    if (parameter === undefined || !piece.text.includes(`${piece.name}(${parameter}:`)) {
      throw new Error(`${piece.name}: ${whole} names no input that its text tells`);
    }
    const given = [...calls.matchAll(new RegExp(`(?<!function )\\b${piece.name}\\(([^()]*)\\)`, 'g'))];
    return given.map(([use, value = '']) => {
      const word = /^'([\w-]+)'$/.exec(value)?.[1];
      if (word === undefined) throw new Error(`${use} names no input that its text tells`);
      return `${word}${rest}`;
    });
  });
}

/**
 * Every input that an action reads: by itself, and by the functions of `adapters/actions` that it calls.
 * @param index source of its index.ts
 */
export function inputsRead(index: string, adapters: readonly Piece[]): readonly string[] {
  const code = withoutImports(index);
  if (mention.test(code)) throw new Error(`a reader is handed on: ${mention.exec(code)?.[0]}`);
  const own = splitFunctions(code);
  const head = own.length === 0 ? code : code.slice(0, code.indexOf(own[0]?.text ?? ''));
  const names = new Set([...own, { name: 'index', text: head }].flatMap((piece) => namesRead(piece, code)));
  const seen = new Set<string>();
  const visit = (text: string): void => {
    for (const piece of adapters) {
      if (seen.has(piece.name) || !new RegExp(`(?<!\\w)(?<![\\w)\\]]\\.)${piece.name}\\b`).test(text))
        continue;
      seen.add(piece.name);
      // A reader's own text names its parameter, no input.
      if ((readers as readonly string[]).includes(piece.name)) continue;
      for (const name of namesRead(piece, piece.text)) names.add(name);
      visit(piece.text.slice(piece.text.indexOf(piece.name) + piece.name.length));
    }
  };
  visit(code);
  return [...names].sort();
}

/** Keys of every object that is given to `setOutputs`, sorted. @throws Error for anything but an object in braces */
export function outputsSet(index: string): readonly string[] {
  const code = withoutImports(index);
  const uses = [...code.matchAll(/setOutputs\(/g)].map(({ index: at }) =>
    code.slice(at + 'setOutputs('.length),
  );
  return uses.flatMap((text) => keysOf(text)).sort();
}

function keysOf(text: string): readonly string[] {
  if (!text.startsWith('{'))
    throw new Error(`setOutputs is given ${text.slice(0, 30)}, not an object in braces`);
  const entries: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if ('{[('.includes(character)) depth += 1;
    if ('}])'.includes(character)) depth -= 1;
    if (depth === 0) break;
    if (character === ',' && depth === 1) entries.push('');
    else if (depth > 1 || character !== '{') entries[entries.length - 1] += character;
  }
  return entries.flatMap((entry) => {
    const text_ = entry.trim();
    if (text_ === '') return [];
    const key = /^(?:'([\w-]+)'\s*:|(\w+)\s*(?::|$))/.exec(text_);
    if (key === null) throw new Error(`${text_} gives no key that its text tells`);
    return [key[1] ?? key[2] ?? ''];
  });
}

const withoutImports = (source: string): string => source.replace(/^import [\s\S]*?;$/gm, '');

/** Functions of `adapters/actions`, and of the adapters beside them that are given no inputs. */
export function readAdapterFunctions(root: string): readonly Piece[] {
  const folder = join(root, 'adapters', 'actions');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => splitFunctions(withoutImports(readFileSync(join(folder, name), 'utf8'))));
}
