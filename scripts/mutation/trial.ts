import type { Coverage, FileCoverage } from './coverage.ts';
import type { Mutant } from './mutant.ts';
import type { Switchboard } from './switchboard.ts';
import { runTests } from './test-run.ts';
import type { World } from './world.ts';

/** How one mutant ended; `null`: no test objected. */
export interface TrialOutcome {
  readonly killedBy: string | null;
  /** False: no test passes it at all. */
  readonly reached: boolean;
}

interface Step {
  readonly file: string;
  /** File and part of the file. */
  readonly name: string;
  /** Positions in the file. */
  readonly tests: ReadonlySet<number>;
  /** Time of the processor that it took without a mutant. */
  readonly ms: number;
}

/** Passes of a loop beyond what the tests need together: it does not end any more. */
const mostHits = { times: 20, more: 100_000 };

/** Above what a file can kill: `approval.ts` has `approval-rule.test.ts` beside it. */
const ownRank = 1_000_000;

/** Puts mutants in force, one after the other, and runs the tests that pass them until one fails. */
export class Trials {
  readonly #world: World;
  readonly #board: Switchboard;
  readonly #coverage: Coverage;
  readonly #budgetMs: number;
  readonly #atLoad: ReadonlySet<string>;
  readonly #passes: ReadonlyMap<string, readonly Step[]>;
  /** How many mutants of a source file each test file killed: what killed one kills its neighbours. */
  readonly #kills = new Map<string, number>();

  /** @param budgetMs a mutant that outlives tests of this length is taken to survive */
  constructor(world: World, board: Switchboard, coverage: Coverage, budgetMs: number) {
    this.#world = world;
    this.#board = board;
    this.#coverage = coverage;
    this.#budgetMs = budgetMs;
    this.#atLoad = new Set(coverage.atLoad);
    this.#passes = stepsByMutant(coverage.files);
  }

  async try(mutant: Mutant): Promise<TrialOutcome> {
    const steps = this.#stepsOf(mutant);
    if (steps.length === 0) return { killedBy: null, reached: false };
    const isFresh = this.#atLoad.has(mutant.id);
    this.#board.activeMutant = mutant.id;
    this.#board.hitCount = 0;
    this.#board.hitLimit = (this.#coverage.hits[mutant.id] ?? 0) * mostHits.times + mostHits.more;
    this.#world.forget(isFresh);
    try {
      let spentMs = 0;
      for (const step of steps) {
        if (spentMs > 0 && spentMs + step.ms > this.#budgetMs) continue;
        spentMs += step.ms;
        const killedBy = await this.#run(step);
        if (killedBy !== null || this.#board.hitCount > this.#board.hitLimit) {
          const key = `${mutant.file} ${step.name}`;
          this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1);
          return { killedBy: killedBy ?? step.file, reached: true };
        }
      }
      return { killedBy: null, reached: true };
    } finally {
      this.#board.activeMutant = undefined;
      this.#board.hitCount = undefined;
      if (isFresh) this.#world.forget(true);
    }
  }

  async #run({ file, tests }: Step): Promise<string | null> {
    try {
      const declared = this.#world.declare(file);
      const failed = await runTests(declared.filter((_, at) => tests.has(at)));
      return failed === null ? null : `${file}: ${failed.title}`;
    } catch {
      return file;
    }
  }

  /** Its own test files first, then whatever killed its neighbours most, then the quickest. */
  #stepsOf({ id, file }: Mutant): readonly Step[] {
    const passing = this.#atLoad.has(id)
      ? this.#coverage.files.filter(({ reach }) => reach.includes(file)).flatMap(wholeOf)
      : (this.#passes.get(id) ?? []);
    const own = file.replace(/\.ts$/, '');
    const rank = (step: Step) =>
      (step.file.startsWith(own) ? ownRank : 0) + (this.#kills.get(`${file} ${step.name}`) ?? 0);
    return [...passing].sort((one, other) => {
      const [first, second] = [rank(one), rank(other)];
      return first === second ? one.ms - other.ms : second - first;
    });
  }
}

function stepsByMutant(files: readonly FileCoverage[]): ReadonlyMap<string, readonly Step[]> {
  const all = new Map<string, Step[]>();
  for (const file of files) {
    const parts = partsOf(file);
    const positions = new Map<string, number[]>();
    file.tests.forEach(({ passes }, at) => {
      for (const id of passes) positions.set(id, [...(positions.get(id) ?? []), at]);
    });
    const steps = new Map([...positions].map(([id, tests]) => [id, stepsOf(file, parts, tests)]));
    for (const id of file.load) steps.set(id, wholeOf(file));
    for (const [id, own] of steps) all.set(id, [...(all.get(id) ?? []), ...own]);
  }
  return all;
}

const wholeOf = (file: FileCoverage): readonly Step[] => stepsOf(file, partsOf(file), [...file.tests.keys()]);

/** Tests of about this length are one step: long enough that loading the file does not weigh. */
const partMs = 50;

/** For each test of a file the part that it belongs to. */
function partsOf({ loadMs, tests }: FileCoverage): readonly number[] {
  const most = Math.max(partMs, loadMs * 4);
  const parts: number[] = [];
  let [part, ms] = [0, 0];
  for (const test of tests) {
    if (ms > 0 && ms + test.ms > most) [part, ms] = [part + 1, 0];
    ms += test.ms;
    parts.push(part);
  }
  return parts;
}

function stepsOf(
  { file, loadMs, tests }: FileCoverage,
  parts: readonly number[],
  chosen: readonly number[],
): readonly Step[] {
  return [...new Set(chosen.map((at) => parts[at] ?? 0))].map((part) => {
    const own = chosen.filter((at) => parts[at] === part);
    const ms = own.reduce((sum, at) => sum + (tests[at]?.ms ?? 0), loadMs);
    return { file, name: `${file}#${part}`, tests: new Set(own), ms };
  });
}
