import process from 'node:process';
import { peakMemoryBytes } from '../../scripts/peak-memory.ts';
import type { Told } from '../../scripts/soak/hostile-corpus.ts';
import { corpus, isAsExpected, openSurfaces, readHostile } from './corpus.ts';
import type { HostileFile } from './hostile-file.ts';

const print = (told: Told): void => {
  process.stdout.write(`${JSON.stringify(told)}\n`);
};

/** Measured once more. */
const slowMs = 100;

async function measure(file: HostileFile, bytes: Uint8Array) {
  const started = process.cpuUsage();
  const answer = await readHostile(file, bytes).catch((error: unknown) => `thrown: ${String(error)}`);
  const { user, system } = process.cpuUsage(started);
  return { answer, cpuMs: (user + system) / 1000 };
}

const prototypeKeys = Reflect.ownKeys(Object.prototype).length;

// A reader that refuses everything would pass as well; this also compiles the code before anything is measured.
for (const { name, good, read } of openSurfaces) {
  const answer = await read(Buffer.from(good));
  const isTaken = answer.kind === 'taken' && answer.harm.length === 0;
  print({ kind: 'good', surface: name, isTaken, answer: JSON.stringify(answer).slice(0, 300) });
}
for (const file of corpus) {
  const bytes = file.bytes();
  const { answer, cpuMs } = await measure(file, bytes);
  const isExpected = typeof answer !== 'string' && isAsExpected(file, answer);
  print({
    kind: 'file',
    surface: file.surface,
    name: file.name,
    isExpected,
    answer: JSON.stringify(answer).slice(0, 300),
    // The first reading of its kind compiles as well: the second one tells what the file costs.
    cpuMs: cpuMs < slowMs ? cpuMs : Math.min(cpuMs, (await measure(file, bytes)).cpuMs),
  });
}
print({
  kind: 'end',
  files: corpus.length,
  peakBytes: peakMemoryBytes(),
  isPolluted: Reflect.ownKeys(Object.prototype).length !== prototypeKeys,
});
