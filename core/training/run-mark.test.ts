import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeOwner, parseRunMark, type RunMark, renderRunMark } from './run-mark.ts';

const mark: RunMark = { runId: 12, runAttempt: 2, boot: 'ab12', space: '4026531836', pid: 77, start: '9000' };
const host = (start: string | null | undefined, own: Partial<RunMark> = {}) => ({
  boot: own.boot ?? mark.boot,
  space: own.space ?? mark.space,
  startOf: (pid: number) => (pid === mark.pid ? start : null),
});

describe('run mark', () => {
  it('is read as it was written, and nothing else is', () => {
    expect(renderRunMark(mark)).toBe('12.2.ab12.4026531836.77.9000');
    expect(parseRunMark('12.2.ab12.4026531836.77.9000')).toEqual(mark);
    for (const text of [
      '',
      '12',
      '12.2.ab12.4026531836.77.-1',
      '12.2.XY.1.7.9',
      `${renderRunMark(mark)}\n`,
      '1.2.ab.3.4.5.6',
    ])
      expect(parseRunMark(text)).toBeNull();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parseRunMark(text);
        if (read !== null)
          expect(Number.isSafeInteger(read.runId) && Number.isSafeInteger(read.pid)).toBe(true);
      }),
    );
  });

  it('proves the end of its owner only by another boot, or by the absence of that very process', () => {
    expect(judgeOwner(mark, host('9000'))).toBe('alive');
    expect(judgeOwner(mark, host(null))).toBe('ended');
    expect(judgeOwner(mark, host('9001'))).toBe('ended');
    expect(judgeOwner(mark, host('9000', { boot: 'cd34' }))).toBe('ended');
  });

  it('proves nothing across containers, without a start, and where the system does not tell', () => {
    expect(judgeOwner(mark, host(null, { space: '1' }))).toBe('unknown');
    expect(judgeOwner(mark, host(undefined))).toBe('unknown');
    expect(judgeOwner({ ...mark, start: '0' }, host(null))).toBe('unknown');
    expect(judgeOwner({ ...mark, boot: '0' }, host(null))).toBe('unknown');
    expect(judgeOwner(mark, host(null, { boot: '0' }))).toBe('unknown');
    expect(judgeOwner(mark, host(null, { space: '0' }))).toBe('unknown');
  });
});
