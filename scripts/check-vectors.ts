import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseVectors, type VectorFile } from './vectors/file.ts';
import { runVectors } from './vectors/run.ts';

// Proves on a file of reference vectors that the statistics say what scipy, scikit-learn and statsmodels say:
// npm run check-vectors -- FILE

function readVectors(path: string | undefined): VectorFile | string {
  if (path === undefined) return 'no file was named: npm run check-vectors -- FILE';
  try {
    // npm starts a script in the root of the project, wherever it was called.
    return parseVectors(readFileSync(resolve(process.env.INIT_CWD ?? '.', path), 'utf8'));
  } catch (error) {
    return `${path} is no file of vectors: ${(error as Error).message}`;
  }
}

const file = readVectors(process.argv[2]);
if (typeof file === 'string') {
  console.error(file);
  process.exitCode = 2;
} else {
  const { passed, failures } = runVectors(file);
  for (const failure of failures) console.log(`FAILED ${failure}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
