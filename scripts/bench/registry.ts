import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { build } from '../build.ts';
import { ModelPattern } from './registry-ledger.ts';

const defaultModels = 10_000;
const modelsPerCommit = 10;
/** The least of so many runs: what else runs on the machine only ever adds. */
const repeats = 7;
const branch = 'refs/heads/gatehouse-ledger';

interface Question {
  readonly name: string;
  readonly args: readonly string[];
  /** Seconds that it may take. */
  readonly target?: number;
  readonly repeats?: number;
}

/**
 * Asks a ledger of 10,000 models and 1,000,000 events, each question in a process of its own, with the bundle that people
 * run. `npm run bench -- registry [MODELS]` takes another number of models.
 */
export async function benchRegistry(): Promise<void> {
  const models = Number(process.argv[3] ?? defaultModels);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-registry-'));
  try {
    const [bundle, repository] = [join(folder, 'bundle'), join(folder, 'ledger.git')];
    await build(bundle);
    const start = performance.now();
    const events = await writeLedger(repository, models);
    const seconds = (performance.now() - start) / 1000;
    const size = execFileSync('du', ['-sm', repository], { encoding: 'utf8' }).split('\t')[0];
    const processor = `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown processor'}`;
    console.log(
      `Node.js ${process.version}, ${execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()}, ${processor}`,
    );
    console.log(`${models} models, ${events} events; written in ${seconds.toFixed(0)} s, ${size} MiB\n`);
    for (const question of questions(models)) ask(question, join(bundle, 'gatehouse.js'), repository);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function questions(models: number): readonly Question[] {
  const model = `model-${String(Math.floor(models / 2)).padStart(5, '0')}`;
  return [
    { name: 'an empty Node.js process', args: [] },
    { name: 'gatehouse --help', args: ['--help'], target: 0.2 },
    { name: 'registry show MODEL', args: ['registry', 'show', model], target: 0.2 },
    {
      name: 'registry show MODEL@v3 --json',
      args: ['registry', 'show', `${model}@v3`, '--json'],
      target: 0.2,
    },
    { name: 'registry who ENDPOINT/MODEL', args: ['registry', 'who', `eu/${model}`], target: 0.2 },
    { name: 'registry diff MODEL v3 v7', args: ['registry', 'diff', model, 'v3', 'v7'] },
    { name: 'registry history MODEL', args: ['registry', 'history', model] },
    { name: 'registry at INSTANT MODEL', args: ['registry', 'at', '2026-11-21T10:30:00Z', model] },
    { name: 'card MODEL', args: ['card', model] },
    { name: 'registry list', args: ['registry', 'list'], target: 2 },
    { name: 'registry list --json', args: ['registry', 'list', '--json'], target: 2 },
    { name: 'registry who ENDPOINT', args: ['registry', 'who', 'eu'], target: 2 },
    { name: 'registry at INSTANT', args: ['registry', 'at', '2026-11-21T10:30:00Z'], target: 2 },
    { name: 'export --model MODEL', args: ['export', '--model', model] },
    { name: 'export', args: ['export'], repeats: 1 },
  ];
}

/** Wall and processor seconds of one run; those of git count too. */
interface Timed {
  readonly wall: number;
  readonly processor: number;
}

function ask(question: Question, bundle: string, cwd: string): void {
  const { name, args, target, repeats: times = repeats } = question;
  const script = args.length === 0 ? ['-e', '0'] : [bundle, ...args];
  const runs = Array.from({ length: times }, () => time([process.execPath, ...script], cwd));
  const least = (pick: (timed: Timed) => number): number => Math.min(...runs.map(pick));
  const [wall, processor] = [least((run) => run.wall), least((run) => run.processor)];
  const verdict = target === undefined ? '' : `   at most ${target} s: ${wall <= target ? 'yes' : 'NO'}`;
  console.log(`${name.padEnd(32)} ${wall.toFixed(2)} s, ${processor.toFixed(2)} processor s${verdict}`);
}

/** Node.js does not say what its children took: the shell does. */
function time(command: readonly string[], cwd: string): Timed {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null';
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], { cwd, encoding: 'utf8' });
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`);
  return { wall, processor: user + system };
}

/** @returns number of events */
async function writeLedger(repository: string, models: number): Promise<number> {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository]);
  const child = spawn('git', ['-c', 'core.compression=1', 'fast-import', '--quiet'], {
    cwd: repository,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const closed = once(child, 'close');
  const pattern = new ModelPattern();
  for (let from = 0; from < models; from += modelsPerCommit) {
    const parts = [
      `commit ${branch}\ncommitter app <app@example.test> ${1_790_000_000 + from} +0000\ndata 5\nwrite\n`,
    ];
    for (let index = from; index < Math.min(models, from + modelsPerCommit); index += 1) {
      for (const [path, text] of pattern.filesOf(index)) parts.push(fileChange(path, text));
    }
    if (from + modelsPerCommit >= models) parts.push(fileChange(...pattern.head()));
    if (!child.stdin.write(parts.join(''))) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = await closed;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  return models * pattern.eventsPerModel;
}

const fileChange = (path: string, text: string): string =>
  `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
