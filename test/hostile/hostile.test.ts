import { describe, expect, it } from 'vitest';
import { limitBytes, readCorpus } from '../../scripts/soak/hostile-corpus.ts';

// How long each may take is told and held by `npm run soak -- hostile`: time on a busy machine proves nothing.
describe('hostile files', () => {
  it('are refused or neutralised, all of them, by one process of little memory', {
    timeout: 120_000,
  }, async () => {
    const told = await readCorpus();
    const good = told.filter((each) => each.kind === 'good');
    const files = told.filter((each) => each.kind === 'file');
    const [end] = told.filter((each) => each.kind === 'end');
    expect(good.filter(({ isTaken }) => !isTaken)).toEqual([]);
    expect(files.filter(({ isExpected }) => !isExpected)).toEqual([]);
    expect(good.length).toBeGreaterThan(40);
    expect(files.length).toBeGreaterThanOrEqual(200);
    expect(new Set(files.map(({ surface, name }) => `${surface}: ${name}`)).size).toBe(files.length);
    expect(end).toMatchObject({ files: files.length, isPolluted: false });
    expect(end?.peakBytes).toBeLessThan(limitBytes);
  });
});
