import { checkCorpus } from './dvc-corpus.ts';

// Proves on a folder of real files that DVC's formats are read and written as DVC does: npm run check-dvc-corpus -- FOLDER
const [folder] = process.argv.slice(2);
const { passed, failures } =
  folder === undefined
    ? { passed: 0, failures: ['no folder was named: npm run check-dvc-corpus -- FOLDER'] }
    : checkCorpus(folder);
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
