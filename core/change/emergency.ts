import type { BreakGlassRequest, BreakGlassReview } from '../config/break-glass.ts';
import { parseBreakGlass, parseBreakGlassReview } from '../config/break-glass-file.ts';
import { breakGlassOfFile, breakGlassReviewOfFile } from '../config/layout.ts';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import type { Catalogue } from './catalogue.ts';
import type { ChangedPath } from './change.ts';

/** A file that asks to break the glass, or the review of one. */
export const isEmergencyFile = (path: string): boolean => path.startsWith('break-glass/');

type ReadHead = (path: string) => string | null;

export interface EmergencyFiles {
  readonly asked: readonly BreakGlassRequest[];
  readonly reviews: readonly BreakGlassReview[];
}

/**
 * Reads the files that a pull request adds. Nothing of them counts that lies on base already: each is about one pull
 * request, the one that brings it.
 * @param text of a file at head; null when it cannot be read as text
 * @throws InputError CONFIG_INVALID, CONFIG_UNREADABLE: a plan refuses such a change before
 */
export function readEmergencyFiles(changed: readonly ChangedPath[], text: ReadHead): EmergencyFiles {
  const added = changed.filter(({ before, after }) => before === null && after !== null);
  const read = <T>(nameOf: (path: string) => string | null, parse: Parse<T>): readonly T[] =>
    added.flatMap(({ path }) => {
      const name = nameOf(path);
      return name === null ? [] : [parse(text(path) ?? unreadable(path), path, name)];
    });
  return {
    asked: read(breakGlassOfFile, parseBreakGlass),
    reviews: read(breakGlassReviewOfFile, parseBreakGlassReview),
  };
}

type Parse<T> = (text: string, path: string, name: string) => T;

/** @returns the models that they are about, and what stands in the way */
export function readEmergencyChanges(
  changed: readonly ChangedPath[],
  text: (side: 'mergeBase' | 'head', path: string) => string | null,
  catalogue: Catalogue,
): { readonly models: readonly string[]; readonly findings: readonly Finding[] } {
  const own = changed.filter(({ path }) => isEmergencyFile(path));
  const findings = own.flatMap(misplaced);
  if (findings.length > 0) return { models: [], findings };
  try {
    const { asked, reviews } = readEmergencyFiles(own, (path) => text('head', path));
    const models = [...new Set([...asked, ...reviews].map(({ model }) => model))];
    const unknown = models.filter((model) => !catalogue.models.has(model)).map(unknownModel);
    return { models, findings: [...unknown, ...(asked.length > 1 ? [several] : [])] };
  } catch (error) {
    if (error instanceof InputError) return { models: [], findings: error.findings };
    throw error;
  }
}

function misplaced({ path, before, after }: ChangedPath): readonly Finding[] {
  if (breakGlassOfFile(path) === null && breakGlassReviewOfFile(path) === null && after !== null)
    return [
      {
        code: 'break-glass/file-name',
        severity: 'fail',
        message: `${path} is neither a request nor a review`,
        where: { file: path },
        allowed: 'break-glass/<name>.yml or break-glass/<name>.review.yml',
        fix: 'Rename it, or take it out of break-glass.',
      },
    ];
  if (before === null || after === null) return [];
  return [
    {
      code: 'break-glass/edited',
      severity: 'fail',
      message: `${path} is on the base branch already: it was about one pull request`,
      where: { file: path },
      fix: 'Leave it as it is, and add a file of another name.',
    },
  ];
}

function unreadable(path: string): never {
  const message = `${path} could not be read`;
  const fix = 'Make it a regular file of UTF-8 text under 256 KiB.';
  const where = { file: path };
  throw new InputError('CONFIG_UNREADABLE', message, {
    ...{ hint: fix, where },
    findings: [{ code: 'config/unreadable', severity: 'fail', message, where, fix }],
  });
}

const unknownModel = (model: string): Finding => ({
  code: 'break-glass/unknown-model',
  severity: 'fail',
  message: `It is about ${model}, and there is no such model`,
  found: model,
  fix: 'Name a model that has a models/<model>/model.yml.',
});

const several: Finding = {
  code: 'break-glass/several',
  severity: 'fail',
  message: 'It adds more than one request to break the glass',
  fix: 'Open one pull request for each emergency.',
};
