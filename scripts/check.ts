import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const withoutTests = process.argv.includes('--without-tests');

/** One step of the proof: what it is called, and what runs. */
const steps: readonly (readonly [string, string, readonly string[]])[] = [
  ['types', bin('tsc'), ['--noEmit']],
  ['lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ...(withoutTests ? [] : [['tests', bin('vitest'), ['run']] as const]),
  ['generated files', process.execPath, [join(root, 'scripts', 'generate.ts')]],
];

for (const [name, program, args] of steps) {
  const started = performance.now();
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (status !== 0) {
    console.error(`check: ${name} failed after ${seconds} s`);
    process.exit(1);
  }
  console.log(`check: ${name} passed in ${seconds} s`);
}

// What was just generated must be what is committed (or about to be): dist, workflow copies, README tables, schemas.
const generated = [
  'dist',
  '.github/workflows',
  'actions/*/README.md',
  'README.md',
  'schemas',
  'adapters/engine',
];
const difference = execFileSync('git', ['status', '--porcelain', '--', ...generated], {
  cwd: root,
  encoding: 'utf8',
});
if (difference !== '') {
  console.error(
    `check: generated files differ from what is committed:\n${difference}Run "npm run generate" and commit the result.`,
  );
  process.exit(1);
}
console.log('check: no difference');
