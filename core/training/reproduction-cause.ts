import type { RunRecord } from '../evidence/evidence.ts';
import type { Machine } from './machine.ts';
import type { Rerun } from './reproduction.ts';

/** One thing that can make a training come out otherwise. */
export interface Cause {
  /** `differs`: it is another one now. `unpinned`: nobody can tell, since nothing holds it. */
  readonly kind: 'differs' | 'unpinned';
  /** In words: code, data, image, seed ... */
  readonly about: string;
  /** Display texts; empty when there is nothing to say of that side. */
  readonly was: string;
  readonly is: string;
}

const mostNames = 5;
const nothing = 'none';

/** What differs between a run and its repetition, and what the record does not hold, what matters most first. */
export function listCauses(then: RunRecord, now: Rerun): readonly Cause[] {
  return [
    ...listCode(then),
    ...differing('data', toMap(then.datasets, dataOf), toMap(now.datasets, dataOf)),
    ...listImage(then, now),
    ...differing('lock file', toMap(then.lockFiles, lockOf), toMap(now.lockFiles, lockOf)),
    ...listPackages(then, now),
    ...differing('runtime', new Map(Object.entries(then.runtimes)), new Map(Object.entries(now.runtimes))),
    ...differing(
      'variable',
      new Map(Object.entries(then.environment)),
      new Map(Object.entries(now.environment)),
    ),
    ...differing('parameter', valuesOf(then), valuesOf(now)),
    ...listSeed(then, now),
    ...listMachine(then.machine, now.machine),
    ...listAttempts(then),
  ];
}

const dataOf = ({ dataset, dataDigest }: RunRecord['datasets'][number]) => [dataset, dataDigest] as const;
const lockOf = ({ path, digest }: RunRecord['lockFiles'][number]) => [path, digest] as const;
const valuesOf = ({ parameters }: Pick<RunRecord, 'parameters'>) =>
  new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)]));

function toMap<T>(
  items: readonly T[],
  entryOf: (item: T) => readonly [string, string],
): ReadonlyMap<string, string> {
  return new Map(items.map(entryOf));
}

/** Files that were changed and not committed are gone. */
function listCode({ changedFiles }: RunRecord): readonly Cause[] {
  if (changedFiles.length === 0) return [];
  return [unlike('code', `changed and not committed: ${showNames(changedFiles)}`, 'as committed')];
}

function listImage(then: RunRecord, now: Rerun): readonly Cause[] {
  if (then.image === null && now.image === null) return [unpinned('image', 'no container image is recorded')];
  return then.image === now.image ? [] : [unlike('image', then.image ?? nothing, now.image ?? 'ran without')];
}

function listPackages(then: RunRecord, now: Rerun): readonly Cause[] {
  if (then.packages.length === 0)
    return then.image === null ? [unpinned('packages', 'none are recorded')] : [];
  const [before, after] = [new Map(then.packages), new Map(now.packages)];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  if (names.length === 0) return [];
  const show = (side: ReadonlyMap<string, string>): string =>
    showNames(names.map((name) => `${name} ${side.get(name) ?? nothing}`));
  return [unlike('packages', show(before), show(after))];
}

function listSeed(then: RunRecord, now: Rerun): readonly Cause[] {
  if (then.seed === null) return [unpinned('seed', 'none is recorded')];
  return then.seed === now.seed ? [] : [unlike('seed', String(then.seed), String(now.seed ?? nothing))];
}

function listMachine(then: Machine, now: Machine): readonly Cause[] {
  const gpus = ({ gpus }: Machine): string => gpus.map(({ name }) => name).join(', ') || nothing;
  const facts: readonly (readonly [string, string, string])[] = [
    ['operating system', then.os, now.os],
    ['CPU', then.cpu, now.cpu],
    ['CPUs, and so threads', String(then.cpus), String(now.cpus)],
    ['GPU', gpus(then), gpus(now)],
    ['GPU driver', then.gpuDriver ?? nothing, now.gpuDriver ?? nothing],
    ['CUDA or ROCm', then.gpuRuntime ?? nothing, now.gpuRuntime ?? nothing],
  ];
  return facts.flatMap(([about, was, is]) => (was === is ? [] : [unlike(about, was, is)]));
}

/** A training that went on from a checkpoint is not the training that runs through. */
function listAttempts({ attempts }: RunRecord): readonly Cause[] {
  const resumed = attempts.filter(({ resumedFrom }) => resumedFrom !== null).length;
  if (resumed === 0) return [];
  return [
    unlike('attempts', `${attempts.length}, ${resumed} of them from a checkpoint`, '1, from the beginning'),
  ];
}

/** One cause for each name that differs; many of a kind in one. */
function differing(
  about: string,
  then: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly Cause[] {
  const names = [...new Set([...then.keys(), ...now.keys()])].filter(
    (name) => then.get(name) !== now.get(name),
  );
  const causes = names
    .slice(0, mostNames)
    .map((name) => unlike(`${about} ${name}`, then.get(name) ?? nothing, now.get(name) ?? nothing));
  const left = names.length - mostNames;
  return left > 0 ? [...causes, unlike(about, `${left} more`, '')] : causes;
}

function showNames(names: readonly string[]): string {
  const left = names.length - mostNames;
  return `${names.slice(0, mostNames).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

function unlike(about: string, was: string, is: string): Cause {
  return { kind: 'differs', about, was, is };
}

function unpinned(about: string, was: string): Cause {
  return { kind: 'unpinned', about, was, is: '' };
}
