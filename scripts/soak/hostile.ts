import { limitBytes, limitMs, readCorpus } from './hostile-corpus.ts';
import type { SoakOutcome } from './main.ts';

/**
 * Every hostile file against its reader: refused or neutralised, within 250 ms of work, all of them in one process that
 * never has more than 256 MB. Prints what each cost, the dearest first.
 */
export async function soakHostile(): Promise<SoakOutcome> {
  const told = await readCorpus();
  const files = told.filter((each) => each.kind === 'file').sort((a, b) => b.cpuMs - a.cpuMs);
  const [end] = told.filter((each) => each.kind === 'end');
  for (const { surface, name, isExpected, cpuMs, answer } of files) {
    const word = isExpected ? (cpuMs < limitMs ? 'ok' : 'SLOW') : 'FAILED';
    console.log(
      `  ${cpuMs.toFixed(1).padStart(7)} ms ${word} ${surface}: ${name}${isExpected ? '' : ` ${answer}`}`,
    );
  }
  const refusedGood = told.filter((each) => each.kind === 'good' && !each.isTaken).length;
  const isSmall = end !== undefined && end.peakBytes < limitBytes && !end.isPolluted;
  console.log(`  ${((end?.peakBytes ?? 0) / 1024 ** 2).toFixed(0)} MB at most, of ${limitBytes / 1024 ** 2}`);
  const failed = files.filter(({ isExpected, cpuMs }) => !(isExpected && cpuMs < limitMs)).length;
  return { passed: files.length - failed, failed: failed + refusedGood + (isSmall ? 0 : 1) };
}
