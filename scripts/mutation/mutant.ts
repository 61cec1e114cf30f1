import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

/** One small change of the source; it is in force while its number is the active one. */
export interface Mutant {
  readonly id: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** A sentence for people: see `isSentence`. */
  readonly isText: boolean;
}

export interface Instrumented {
  readonly mutants: readonly Mutant[];
  /** Source text with every mutant in it, by file from the root. */
  readonly texts: ReadonlyMap<string, string>;
}

const quiet = () => undefined;
const silence = {
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
  ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
};

/**
 * Every source file that the globs name, with all of its mutants in it and none in force; tests and fixtures are left out.
 * @see https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators/
 */
export async function plantMutants(root: string, globs: readonly string[]): Promise<Instrumented> {
  const sources = new Map<string, string>();
  for (const file of globSync([...globs], { cwd: root }).sort()) {
    if (!/\.(test|fixture)\.ts$/.test(file)) sources.set(file, readFileSync(join(root, file), 'utf8'));
  }
  const whole = [...sources.values()].join('\n');
  const { files, mutants } = await new Instrumenter(silence).instrument(
    [...sources].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  return {
    texts: new Map(files.map(({ name, content }) => [name, content])),
    mutants: mutants.map(({ id, fileName, location, mutatorName, replacement }) => {
      const original = cut(sources.get(fileName) ?? '', location);
      return {
        ...{ id, file: fileName, line: location.start.line + 1, mutator: mutatorName, original, replacement },
        isText: mutatorName === 'StringLiteral' && isSentence(original, whole),
      };
    }),
  };
}

/**
 * True for words to people: a text with a word and a blank in it, outside of its placeholders, that stands once in all
 * sources or reads as a sentence. A state such as `'not evaluated'` stands in its type as well, a key such as
 * `` `${model} ${version}` `` has no word, and a condition inside a template is a mutant of its own.
 */
function isSentence(original: string, whole: string): boolean {
  const words = original.slice(1, -1).replace(/\$\{[^}]*\}+/g, '');
  if (!/[a-z]{2}/.test(words) || !/\s/.test(words)) return false;
  return whole.split(original).length === 2 || /^[A-Z`$].*\.$/s.test(original.slice(1, -1));
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function cut(text: string, { start, end }: { readonly start: Place; readonly end: Place }): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  return lines
    .map((line, at) => line.slice(at === 0 ? start.column : 0, at === last ? end.column : undefined))
    .join('\n');
}
