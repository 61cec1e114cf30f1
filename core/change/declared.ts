import {
  modelOfReadiness,
  modelOfRisks,
  modelOfWithdrawn,
  modelPath,
  readinessPath,
  risksPath,
  waiverOfFile,
  withdrawnPath,
} from '../config/layout.ts';
import type { Readiness } from '../config/readiness.ts';
import { parseReadiness } from '../config/readiness-file.ts';
import type { RiskRegister } from '../config/risks.ts';
import { parseRisks } from '../config/risks-file.ts';
import type { Waiver } from '../config/waiver.ts';
import { parseWaiver } from '../config/waiver-file.ts';
import type { Withdrawn } from '../config/withdrawn.ts';
import { parseWithdrawn } from '../config/withdrawn-file.ts';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import type { Catalogue } from './catalogue.ts';
import type { ChangedPath, TreeListing } from './change.ts';
import { isEmergencyFile, readEmergencyChanges } from './emergency.ts';

/** A file that may be missing: one with a mistake must not read like one that is not there. */
export type FileFact<T> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly because: string }
  | { readonly kind: 'read'; readonly value: T };

/** What people declared about one model in files of their own, as base says. */
export interface Declared {
  readonly readiness: FileFact<Readiness>;
  readonly risks: FileFact<RiskRegister>;
  /** Sorted by name. One that cannot be read waives nothing. */
  readonly waivers: readonly Waiver[];
  /** Absent: there is no such file. */
  readonly withdrawn?: FileFact<Withdrawn>;
}

/** Paths that `readDeclared` asks for. */
export function declaredPaths(base: TreeListing, model: string): readonly string[] {
  const own = [readinessPath(model), risksPath(model), withdrawnPath(model)].filter((path) => base.has(path));
  return [...own, ...[...base.keys()].filter((path) => waiverOfFile(path) !== null)].sort();
}

/** @param text of a file at base; null when it cannot be read as text */
export function readDeclared(
  base: TreeListing,
  model: string,
  text: (path: string) => string | null,
): Declared {
  const read = <T>(path: string, parse: (content: string, path: string) => T): FileFact<T> => {
    if (!base.has(path)) return { kind: 'missing' };
    try {
      return { kind: 'read', value: parse(text(path) ?? unreadable(path), path) };
    } catch (error) {
      if (error instanceof InputError) return { kind: 'unreadable', because: error.message };
      throw error;
    }
  };
  const waivers = declaredPaths(base, model).flatMap((path) => {
    const name = waiverOfFile(path);
    if (name === null) return [];
    const fact = read(path, (content) => parseWaiver(content, path, name));
    return fact.kind === 'read' && fact.value.model === model ? [fact.value] : [];
  });
  return {
    readiness: read(readinessPath(model), parseReadiness),
    risks: read(risksPath(model), parseRisks),
    waivers,
    ...(base.has(withdrawnPath(model)) ? { withdrawn: read(withdrawnPath(model), parseWithdrawn) } : {}),
  };
}

/** True for a file that `readDeclaredChanges` reads at both sides of a change. */
export const isDeclaredFile = (path: string): boolean =>
  waiverOfFile(path) !== null || ownerOf(path) !== null || isEmergencyFile(path);

const ownerOf = (path: string): string | null =>
  modelOfReadiness(path) ?? modelOfRisks(path) ?? modelOfWithdrawn(path);

interface Sides {
  readonly head: TreeListing;
  readonly text: (side: 'mergeBase' | 'head', path: string) => string | null;
}

/**
 * Reads what a pull request changes in such files: they must be readable before they govern anything.
 * @returns the models whose waivers change, and what stands in the way
 */
export function readDeclaredChanges(
  changed: readonly ChangedPath[],
  { head, text }: Sides,
  catalogue: Catalogue,
): { readonly models: readonly string[]; readonly findings: readonly Finding[] } {
  const emergency = readEmergencyChanges(changed, text, catalogue);
  const models: string[] = [...emergency.models];
  const findings: Finding[] = [...emergency.findings];
  for (const { path, before, after } of changed) {
    const waiver = waiverOfFile(path);
    const owner = ownerOf(path);
    if (waiver !== null) {
      const [old, now] = [
        before === null ? [] : tryRead(() => parseWaiver(text('mergeBase', path) ?? '', path, waiver)),
        after === null
          ? []
          : tryRead(() => parseWaiver(text('head', path) ?? unreadable(path), path, waiver)),
      ];
      // What base had and nobody could read waived nothing: only what is there now must be readable.
      for (const side of [old, now]) if (!isProblem(side)) models.push(...side.map(({ model }) => model));
      if (isProblem(now)) findings.push(...now.findings);
      else
        findings.push(
          ...now.flatMap(({ model }) => (catalogue.models.has(model) ? [] : [unknown(path, model)])),
        );
    } else if (owner !== null && after === null && head.has(modelPath(owner))) {
      findings.push(deleted(path));
    } else if (owner !== null && after !== null) {
      const read = tryRead<unknown>(() => parserOf(path)(text('head', path) ?? unreadable(path), path));
      if (isProblem(read)) findings.push(...read.findings);
    }
  }
  return { models: [...new Set(models)].filter((model) => catalogue.models.has(model)), findings };
}

function parserOf(path: string): (text: string, path: string) => unknown {
  if (modelOfReadiness(path) !== null) return parseReadiness;
  return modelOfRisks(path) !== null ? parseRisks : parseWithdrawn;
}

interface Problem {
  readonly findings: readonly Finding[];
}

const isProblem = (read: readonly unknown[] | Problem): read is Problem => 'findings' in read;

function tryRead<T>(parse: () => T): readonly T[] | Problem {
  try {
    return [parse()];
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function unreadable(path: string): never {
  throw new InputError('CONFIG_UNREADABLE', `${path} could not be read`, {
    hint: 'Make it a regular file of UTF-8 text under 256 KiB.',
    where: { file: path },
    findings: [
      {
        code: 'config/unreadable',
        severity: 'fail',
        message: `${path} could not be read`,
        where: { file: path },
        fix: 'Make it a regular file of UTF-8 text under 256 KiB.',
      },
    ],
  });
}

const unknown = (path: string, model: string): Finding => ({
  code: 'waiver/unknown-model',
  severity: 'fail',
  message: `${path} waives a gate of ${model}, and there is no such model`,
  where: { file: path, pointer: '/model' },
  found: model,
  fix: 'Name a model that has a models/<model>/model.yml.',
});

const deleted = (path: string): Finding => ({
  code: 'change/declared-deleted',
  severity: 'fail',
  message: `This pull request deletes ${path}`,
  where: { file: path },
  fix: 'Bring it back: what was declared can be changed, and goes only together with its model.',
});
