import { defineConfig } from 'vitest/config';

const report = process.env.GATEHOUSE_TEST_REPORT;

/** Loads an engine that is none, which a process can do once. */
const alone = 'adapters/engine/locate.test.ts';
/**
 * What reads tables keeps a large engine in its process. What starts programs is kept out of such processes: each start
 * copies the page tables of whoever starts it, 25 ms of standing still for 1 GB.
 */
const tables =
  '{adapters/{engine,dataset},actions/{compare-keys,compare-models,merge-shards,profile-shard,validate-dataset,watch-dataset}}/**/*.test.ts';

// Scenario tests start real servers, git and child processes: two workers at most, so that a
// machine with two cores does not time out on its own load.
export default defineConfig({
  test: {
    // CI reads the counts from this file.
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    testTimeout: 20_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['core/**/*.ts'], exclude: ['**/*.test.ts', '**/*.fixture.ts'] },
    projects: [
      // Nothing in core keeps state, so its files share a process: loading it again for each took half the time.
      { extends: true, test: { name: 'core', include: ['core/**/*.test.ts'], isolate: false } },
      // Thin shells over core: the same.
      {
        extends: true,
        test: {
          name: 'thin',
          include: ['{actions,adapters,cli,scripts}/**/*.test.ts'],
          exclude: [tables],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'tables', include: [tables], exclude: [alone], isolate: false } },
      // A hub, the app and the schemas that GitHub's answers are held against cost a process 2 s of CPU before its
      // first test, a file of tests 1 s: every file starts servers of its own, in a folder of its own.
      {
        extends: true,
        test: { name: 'shell', include: ['{bot,sandbox,test}/**/*.test.ts'], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: [alone] } },
    ],
  },
});
