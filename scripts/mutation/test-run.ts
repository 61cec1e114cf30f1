import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  ChaiStyleAssertions,
  chai,
  customMatchers,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from '@vitest/expect';

type Body = (...row: readonly unknown[]) => unknown;
type Hook = () => unknown;

interface Suite {
  readonly outer: Suite | null;
  readonly before: Hook[];
  readonly after: Hook[];
  readonly beforeEach: Hook[];
  readonly afterEach: Hook[];
}

/** One test that a file declared; it can be run many times. */
export interface DeclaredTest {
  readonly title: string;
  readonly run: Hook;
  readonly suite: Suite;
}

/**
 * What a test file imports as `vitest`, for one process and one file at a time: only what the tests of core use, and
 * an error for the rest.
 * @see https://vitest.dev/api/
 */
export class TestRun {
  #suite = newSuite(null);
  #tests: DeclaredTest[] = [];
  /** Folder of the file that runs: expected texts of `toMatchFileSnapshot` lie beside it. */
  #folder = '';

  /** What `import ... from 'vitest'` answers. */
  readonly module = {
    describe: Object.assign((_: unknown, body: Body) => this.#nest(body), {
      each: (rows: readonly unknown[]) => (_: unknown, body: Body) => {
        for (const row of rows) this.#nest(() => spread(body, row));
      },
    }),
    ...{ it: this.#declaring(), test: this.#declaring() },
    beforeAll: (hook: Hook) => this.#suite.before.push(hook),
    afterAll: (hook: Hook) => this.#suite.after.push(hook),
    beforeEach: (hook: Hook) => this.#suite.beforeEach.push(hook),
    afterEach: (hook: Hook) => this.#suite.afterEach.push(hook),
    expect: makeExpect(() => this.#folder),
  };

  /** Loads a file, which declares its tests. */
  declare(folder: string, load: Hook): readonly DeclaredTest[] {
    this.#suite = newSuite(null);
    this.#tests = [];
    this.#folder = folder;
    load();
    return this.#tests;
  }

  #nest(body: Body): void {
    const outer = this.#suite;
    this.#suite = newSuite(outer);
    body();
    this.#suite = outer;
  }

  #declaring() {
    const declare = (title: string, ...rest: readonly unknown[]) => {
      const body = rest.find((each) => typeof each === 'function') as Hook;
      this.#tests.push({ title, run: body, suite: this.#suite });
    };
    const each =
      (rows: readonly unknown[]) =>
      (title: string, ...rest: readonly unknown[]) => {
        const body = rest.find((part) => typeof part === 'function') as Body;
        for (const row of rows) declare(title, () => spread(body, row));
      };
    return Object.assign(declare, { each });
  }
}

/**
 * Runs tests in order until one fails.
 * @param around called before the body of a test, past the hooks of its suites; what it answers, after it
 * @returns the one that failed, or null
 */
export async function runTests(
  tests: readonly DeclaredTest[],
  around: (test: DeclaredTest) => () => void = () => () => undefined,
): Promise<DeclaredTest | null> {
  const open = new Set<Suite>();
  try {
    for (const test of tests) {
      try {
        const suites = chainOf(test.suite);
        for (const suite of suites.filter((each) => !open.has(each))) {
          open.add(suite);
          for (const hook of suite.before) await hook();
        }
        const ended = around(test);
        for (const suite of suites) for (const hook of suite.beforeEach) await hook();
        await test.run();
        for (const suite of suites) for (const hook of suite.afterEach) await hook();
        ended();
      } catch {
        return test;
      }
    }
    return null;
  } finally {
    for (const suite of open) for (const hook of suite.after) await hook();
  }
}

const newSuite = (outer: Suite | null): Suite => ({
  ...{ outer, before: [], after: [], beforeEach: [], afterEach: [] },
});

function chainOf(suite: Suite): readonly Suite[] {
  return suite.outer === null ? [suite] : [...chainOf(suite.outer), suite];
}

const spread = (body: Body, row: unknown): unknown => (Array.isArray(row) ? body(...row) : body(row));

/** @see https://github.com/vitest-dev/vitest/blob/v4.1.11/packages/vitest/src/integrations/chai/index.ts */
function makeExpect(folder: () => string): unknown {
  for (const plugin of [JestExtend, JestChaiExpect, ChaiStyleAssertions, JestAsymmetricMatchers]) {
    chai.use(plugin);
  }
  chai.use((library, utils) => {
    utils.addMethod(
      library.Assertion.prototype,
      'toMatchFileSnapshot',
      function (this: object, file: string) {
        const place = join(folder(), file);
        const expected = existsSync(place) ? readFileSync(place, 'utf8') : null;
        library.assert.strictEqual(utils.flag(this, 'object'), expected);
      },
    );
  });
  const expect = Object.assign(
    (value: unknown, message?: string) => chai.expect(value, message),
    chai.expect,
    (globalThis as unknown as Record<symbol, object>)[ASYMMETRIC_MATCHERS_OBJECT],
    {
      // How many ran is not counted: a test that asserts too little passes here and fails in the suite.
      assertions: () => undefined,
      unreachable: (message = '') => chai.assert.fail(`not to be reached: ${message}`),
    },
  );
  (chai.expect as unknown as { extend(of: object, matchers: object): void }).extend(expect, customMatchers);
  return expect;
}
