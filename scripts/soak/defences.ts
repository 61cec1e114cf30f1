import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { SoakOutcome } from './main.ts';

/** One defence and the edit that takes it away: one of the files in test/security/breaks. */
interface Break {
  /** What it closes: threats of docs/threats.md, clauses of docs/gate-rules.md. */
  readonly ids: readonly string[];
  readonly file: string;
  /** Stands once in the file. */
  readonly find: string;
  readonly put: string;
  /** The test that must fail then, and words of its title. */
  readonly test: string;
  readonly red: string;
}

interface Ran {
  readonly passed: number;
  /** Full titles. */
  readonly failed: readonly string[];
}

const root = path.join(import.meta.dirname, '..', '..');
/** A defence that is gone may leave a test that never ends. */
const longestMs = 600_000;

/**
 * Takes every defence away, one at a time and in a copy of the tree, and looks whether the test that is named for it fails.
 * GATEHOUSE_ONLY: the ids to look at, with commas between them; all where it is not set.
 */
export async function soakDefences(): Promise<SoakOutcome> {
  const only = (process.env.GATEHOUSE_ONLY ?? '').split(',').filter((id) => id !== '');
  const breaks = readBreaks().filter(({ ids }) => only.length === 0 || ids.some((id) => only.includes(id)));
  const copy = mkdtempSync(path.join(tmpdir(), 'gatehouse-defences-'));
  try {
    copyTree(copy);
    const sound = await runTests(copy, [...new Set(breaks.map(({ test }) => test))]);
    for (const title of sound.failed) console.error(`  fails with every defence in place: ${title}`);
    // Tests that did not run say nothing about any defence.
    let failed = sound.passed === 0 ? 1 : sound.failed.length;
    for (const each of breaks) {
      const fault = await tryBreak(copy, each);
      console.log(
        `  ${fault === null ? 'seen' : 'NOT SEEN'} ${each.ids.join(' ')} ${each.file}: ${fault ?? each.red}`,
      );
      if (fault !== null) failed += 1;
    }
    return { passed: breaks.length - Math.min(breaks.length, failed), failed };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function readBreaks(): readonly Break[] {
  const folder = path.join(root, 'test', 'security', 'breaks');
  return ['evidence', 'approvals', 'ledger', 'inputs', 'rules'].flatMap(
    (name) => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as readonly Break[],
  );
}

/** Everything that git follows, as it lies there now. */
function copyTree(to: string): void {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  for (const file of stdout.split('\0').filter((name) => name !== '')) {
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    // A file that was deleted and is still followed is not there.
    cpSync(path.join(root, file), path.join(to, file), { force: true, errorOnExist: false });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(to, 'node_modules'));
}

/** @returns null: the named test failed; else the sentence why that cannot be said */
async function tryBreak(copy: string, { file, find, put, test, red }: Break): Promise<string | null> {
  const place = path.join(copy, file);
  const text = readFileSync(place, 'utf8');
  if (text.split(find).length !== 2) return 'the edit does not fit the file any more';
  writeFileSync(
    place,
    text.replace(find, () => put),
  );
  try {
    const { failed, passed } = await runTests(copy, [test]);
    if (failed.some((title) => title.includes(red))) return null;
    if (failed.length > 0) return `another test failed: ${failed[0]}`;
    return passed > 0 ? 'no test failed' : 'no test ran';
  } finally {
    writeFileSync(place, text);
  }
}

async function runTests(copy: string, files: readonly string[]): Promise<Ran> {
  const answer = path.join(copy, 'answer.json');
  rmSync(answer, { force: true });
  const vitest = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...files,
      '--reporter=json',
      `--outputFile=${answer}`,
      '--testTimeout=120000',
    ],
    { cwd: copy, stdio: 'ignore', timeout: longestMs * files.length },
  );
  await once(vitest, 'exit');
  if (!existsSync(answer)) return { passed: 0, failed: [] };
  const { testResults } = JSON.parse(readFileSync(answer, 'utf8')) as VitestAnswer;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  };
}

interface VitestAnswer {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}
