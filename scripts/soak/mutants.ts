import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { runMutants, type Verdict } from '../mutation/run-mutants.ts';
import type { SoakOutcome } from './main.ts';

/** A mutant that does the same as the code: no test can tell them apart. */
interface Equivalent {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly because: string;
}

/** Part of the mutants of a folder that a test must see. */
const leastScore = 0.9;
/** Survivors cost this much each; what only a slower test would see counts as not seen. */
const budgetMs = 2_000;
const progressMs = 60_000;
const folders = ['core/policy', 'core/registry'];

/**
 * Changes the gate and the registry in thousands of small ways and looks whether a test objects to each. Words to
 * people are not tried; of everything else nine in ten must be seen, in each folder.
 * GATEHOUSE_ONLY: beginnings of the files to look at, with commas between them; all where it is not set.
 * GATEHOUSE_EVERY: 10 tries each tenth mutant, for an estimate within minutes.
 */
export async function soakMutants(): Promise<SoakOutcome> {
  const only = (process.env.GATEHOUSE_ONLY ?? '').split(',').filter((start) => start !== '');
  const equivalents = readEquivalents();
  let saidAt = performance.now();
  const every = Number(process.env.GATEHOUSE_EVERY ?? 1);
  if (!Number.isInteger(every) || every < 1)
    throw new Error('GATEHOUSE_EVERY is to be a whole number from 1');
  let [seen, texts] = [0, 0];
  const { verdicts, red } = await runMutants({
    sources: folders.map((folder) => `${folder}/**/*.ts`),
    testFiles: [
      'core/{policy,registry,audit,report,change,evidence}/**/*.test.ts',
      'scripts/mutation/cases.ts',
    ],
    chosen: ({ file, isText }) => {
      if (only.length > 0 && !only.some((start) => file.startsWith(start))) return false;
      seen += 1;
      if (seen % every !== 0) return false;
      if (isText) texts += 1;
      return !isText;
    },
    ...{ budgetMs, workers: Math.min(2, availableParallelism()) },
    progress: (done, all, survived, latest) => {
      // Said as it is found: a run of hours that is broken off leaves what it knew.
      if (latest.killedBy === null) console.log(`  ${stateOf(latest, equivalents)} ${nameOf(latest)}`);
      if (performance.now() - saidAt < progressMs) return;
      saidAt = performance.now();
      console.log(`  ${done} of ${all} tried, ${survived} not seen`);
    },
  });
  for (const each of red) console.error(`  fails without any mutant: ${each}`);
  console.log(`  ${texts} texts for people are not tried`);
  const failed = report(verdicts, equivalents) + red.length;
  const killed = verdicts.filter(({ killedBy }) => killedBy !== null).length;
  return { passed: killed, failed };
}

/** @returns how many folders are below the least score */
function report(verdicts: readonly Verdict[], equivalents: readonly Equivalent[]): number {
  const counted = verdicts.filter(
    (each) => each.killedBy !== null || reasonOf(each, equivalents) === undefined,
  );
  for (const file of new Set(counted.map((each) => each.file))) print(file, counted);
  console.log(`  ${verdicts.length - counted.length} mutants that do the same are not counted`);
  return folders.filter((folder) => {
    const score = print(`${folder}/`, counted);
    return Number.isNaN(score) ? false : !(score >= leastScore);
  }).length;
}

const reasonOf = ({ file, original, replacement }: Verdict, equivalents: readonly Equivalent[]) =>
  equivalents.find(
    (each) => each.file === file && each.original === original && each.replacement === replacement,
  )?.because;

function stateOf(verdict: Verdict, equivalents: readonly Equivalent[]): string {
  const reason = reasonOf(verdict, equivalents);
  if (reason !== undefined) return `DOES THE SAME (${reason})`;
  return verdict.reached ? 'NOT SEEN' : 'NOT REACHED';
}

const nameOf = ({ file, line, original, replacement }: Verdict): string =>
  `${file}:${line}: ${short(original)} -> ${short(replacement)}`;

/** @returns part that was killed; NaN: nothing was tried */
function print(start: string, verdicts: readonly Verdict[]): number {
  const own = verdicts.filter(({ file }) => file.startsWith(start));
  const killed = own.filter(({ killedBy }) => killedBy !== null).length;
  const score = killed / own.length;
  if (own.length > 0) console.log(`  ${(score * 100).toFixed(1)} % ${start}: ${killed} of ${own.length}`);
  return score;
}

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 90)}…` : line;
};

function readEquivalents(): readonly Equivalent[] {
  const file = path.join(import.meta.dirname, '..', 'mutation', 'equivalent.json');
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Equivalent[];
}
