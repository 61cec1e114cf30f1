import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { writeSample } from './judge-data.ts';
import type { JudgePart } from './judge-part.ts';

const run = promisify(execFile);
const rows = 1_000_000;
const resamples = 2000;
/** The peer would take half a day for all of them: it does these, and its time is scaled. */
const peerResamples = 2;
const pythons = ['python3', '/usr/bin/python3'];

interface Row {
  readonly what: string;
  readonly part: JudgePart;
  readonly note: string;
}

/**
 * Judges two models on a million held-out rows by every metric of two classes, all rows and 50 slices, 2,000 paired
 * resamples; and the same with scikit-learn. `npm run bench -- judge [RESAMPLES]` does fewer, and scales.
 */
export async function benchJudge(): Promise<void> {
  const own = Number(process.argv[3] ?? resamples);
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-judge-'));
  const threads = availableParallelism();
  try {
    writeSample(folder, rows);
    const judge = await measureOwn('judge', folder, own, threads);
    const bootstrap = await measureOwn('bootstrap', folder, own, threads);
    const peer = await measurePeer(folder);
    const processor = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`;
    console.log(`Node.js ${process.version}, ${processor}; ${rows} rows, 15 metrics, 50 slices\n`);
    const found: Row[] = [
      { what: 'as the judge does it', part: judge, note: 'closed forms where there are, the rest resampled' },
      { what: 'everything resampled', part: bootstrap, note: `${threads} threads` },
    ];
    if (peer !== null)
      found.push({ what: 'everything resampled, scikit-learn', part: peer, note: peer.version });
    for (const row of found) print(row);
    if (peer === null) console.log('\nscikit-learn is not installed: not compared');
    else printRatios(peer, bootstrap);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureOwn(
  what: 'judge' | 'bootstrap',
  folder: string,
  count: number,
  threads: number,
): Promise<JudgePart> {
  const script = join(import.meta.dirname, 'judge-part.ts');
  const { stdout } = await run(process.execPath, [script, what, folder, String(count), String(threads)]);
  return JSON.parse(stdout) as JudgePart;
}

type Peer = JudgePart & { readonly version: string };

async function measurePeer(folder: string): Promise<Peer | null> {
  for (const python of pythons) {
    const isThere = await run(python, ['-c', 'import sklearn']).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    const script = join(import.meta.dirname, 'judge-sklearn.py');
    const { stdout } = await run(python, [script, folder, String(peerResamples)]);
    return JSON.parse(stdout) as Peer;
  }
  return null;
}

/** Time of all resamples; those that were not drawn are taken to be like those that were. */
const scale = (seconds: number, part: JudgePart): number => (seconds * resamples) / part.resamples;

function print({ what, part, note }: Row): void {
  const scaled = part.resamples === resamples ? '' : `, scaled from ${part.resamples} resamples`;
  const [wall, processor] = [scale(part.seconds, part), scale(part.processorSeconds, part)];
  console.log(
    `${what}: ${wall.toFixed(0)} s, ${processor.toFixed(0)} processor s, peak ${part.peakMiB.toFixed(0)} MiB (${note}${scaled})`,
  );
}

function printRatios(peer: Peer, own: JudgePart): void {
  const wall = scale(peer.seconds, peer) / scale(own.seconds, own);
  const processor = scale(peer.processorSeconds, peer) / scale(own.processorSeconds, own);
  const apart = Object.keys(peer.values).filter(
    (name) => !(Math.abs((peer.values[name] ?? 0) - (own.values[name] ?? 9)) < 0.001),
  );
  const same = apart.length === 0 ? 'the same values' : `other values, do not compare: ${apart.join(', ')}`;
  console.log(
    `\nscikit-learn takes ${wall.toFixed(0)} times as long (${processor.toFixed(0)} times the processor time) and finds ${same}`,
  );
}
