import { defineConfig } from 'vitest/config';

const report = process.env.GATEHOUSE_TEST_REPORT;

// Scenario tests start real servers, git and child processes: two workers at most, so that a
// machine with two cores does not time out on its own load.
export default defineConfig({
  test: {
    include: ['{core,adapters,actions,bot,cli,sandbox,scripts,test}/**/*.test.ts'],
    // CI reads the counts from this file.
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    testTimeout: 20_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['core/**/*.ts'], exclude: ['**/*.test.ts', '**/*.fixture.ts'] },
  },
});
