import process from 'node:process';
import type { Switchboard } from './switchboard.ts';
import { type DeclaredTest, runTests } from './test-run.ts';
import type { World } from './world.ts';

/** What one test file passes, without any mutant in force. */
export interface FileCoverage {
  readonly file: string;
  /** Mutants passed while the file and its fixtures load, and in hooks of suites: they may bear on every test. */
  readonly load: readonly string[];
  /** Time of the processor, not of the clock, here and below. */
  readonly loadMs: number;
  /** In the order of the file; its position is its name. */
  readonly tests: readonly TestCoverage[];
  /** Files that it imports, directly or not. */
  readonly reach: readonly string[];
}

interface TestCoverage {
  readonly title: string;
  readonly ms: number;
  readonly passes: readonly string[];
}

export interface Coverage {
  readonly files: readonly FileCoverage[];
  /** Mutants passed while the code itself loads: tables and schemas. The code is loaded again for each of them. */
  readonly atLoad: readonly string[];
  /** How often all tests together pass each mutant. */
  readonly hits: Readonly<Record<string, number>>;
  /** Tests that fail without any mutant: they would kill everything and prove nothing. */
  readonly red: readonly string[];
}

const codeId = 'the code itself';

/** The hook of a world: what a module of the code passes while it loads is noted apart. */
export const noteLoading =
  (board: Switchboard) =>
  (file: string): (() => void) => {
    const outer = board.currentTestId;
    if (/^core\/.*(?<!\.test|\.fixture)\.ts$/.test(file)) board.currentTestId = codeId;
    return () => {
      board.currentTestId = outer;
    };
  };

/** Runs every test once and notes which mutants each passes. */
export async function measureCoverage(
  world: World,
  board: Switchboard,
  files: readonly string[],
): Promise<Coverage> {
  const found: FileCoverage[] = [];
  const red: string[] = [];
  for (const file of files) {
    const { coverage, failed } = await measureFile(world, board, file);
    if (failed === null) found.push(coverage);
    else red.push(`${file}: ${failed}`);
  }
  board.currentTestId = undefined;
  const atLoad = Object.keys(board.mutantCoverage.perTest[codeId] ?? {});
  return { files: found, atLoad, hits: sum(Object.values(board.mutantCoverage.perTest)), red };
}

async function measureFile(
  world: World,
  board: Switchboard,
  file: string,
): Promise<{ readonly coverage: FileCoverage; readonly failed: string | null }> {
  world.forget(false);
  board.currentTestId = file;
  const startedAt = spentMs();
  const tests = declareSafely(world, file);
  const loadMs = spentMs() - startedAt;
  const times: number[] = [];
  const failed = await runTests(tests ?? [], () => {
    const beganAt = spentMs();
    board.currentTestId = `${file}#${times.length}`;
    return () => {
      times.push(spentMs() - beganAt);
      board.currentTestId = file;
    };
  });
  const passed = (id: string) => Object.keys(board.mutantCoverage.perTest[id] ?? {});
  const measured = (tests ?? []).map(({ title }, at) => ({
    ...{ title, ms: times[at] ?? 0, passes: passed(`${file}#${at}`) },
  }));
  const reach = [...world.reachOf(file)];
  return {
    coverage: { file, load: passed(file), loadMs, tests: measured, reach },
    failed: tests === null ? 'does not load' : (failed?.title ?? null),
  };
}

function declareSafely(world: World, file: string): readonly DeclaredTest[] | null {
  try {
    return world.declare(file);
  } catch {
    return null;
  }
}

/** Another process that keeps the machine busy does not count. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function sum(all: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const hits of all) for (const id of Object.keys(hits)) total[id] = (total[id] ?? 0) + (hits[id] ?? 0);
  return total;
}
