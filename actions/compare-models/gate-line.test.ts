import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/error/error.ts';
import { parseGateLines } from './gate-line.ts';

describe('parseGateLines', () => {
  it('reads limits and comparisons, past empty lines, comments and Windows line ends', () => {
    const text =
      '\r\n# quality\r\nauc >= 0.6\r\nlog-loss<=0.5\n  brier <= 1  \nauc not-worse 0.002\naccuracy better';
    expect(parseGateLines(text)).toEqual([
      { metric: 'auc', min: 0.6 },
      { metric: 'log-loss', max: 0.5 },
      { metric: 'brier', max: 1 },
      { metric: 'auc', versus: 'not-worse', margin: 0.002 },
      { metric: 'accuracy', versus: 'better', margin: 0 },
    ]);
  });

  it('reads a comparison in words', () => {
    expect(parseGateLines('auc better than champion 0.01')).toEqual([
      { metric: 'auc', versus: 'better', margin: 0.01 },
    ]);
  });

  it.each([
    ['', /names no gate/],
    ['# auc >= 0.6', /names no gate/],
    ['auc > 0.6', /Line 1/],
    ['auc >= 0.6\nauc = 1', /Line 2/],
    ['auc >= ', /Line 1/],
    ['auc >= NaN', /Line 1/],
    ['auc >= Infinity', /Line 1/],
    ['auc >= 1e-3', /Line 1/],
    ['auc >= 0.6 or true', /Line 1/],
    ['auc not-worse -0.1', /Line 1/],
    ['auc not-worse', null],
    ['f1 >= 0.5', null],
    ['f-beta@2 better 0.01', null],
    ['f-beta >= 0.5', /the metric "f-beta"/],
    ['latency-p99 <= 20', /the metric "latency-p99"/],
    ['disparate-impact-ratio >= 0.8', /the metric "disparate-impact-ratio"/],
    ['auc worse 0.1', /Line 1/],
    ['AUC >= 0.6', /Line 1/],
    ['acu >= 0.6', /the metric "acu"/],
    ['constructor >= 0.6', /the metric "constructor"/],
    [`auc <= ${'9'.repeat(400)}`, /no finite number/],
    [`auc not-worse ${'9'.repeat(400)}`, /no finite number/],
    ['auc >= 0.6\u0000', /Line 1/],
  ])('%j is taken or refused with its line and a fix', (text, why) => {
    if (why === null) {
      expect(parseGateLines(text)).toHaveLength(1);
      return;
    }
    const read = () => parseGateLines(text);
    expect(read).toThrow(why);
    expect(read).toThrow(InputError);
    try {
      read();
    } catch (error) {
      expect(error).toMatchObject({ code: 'GATES_INVALID', hint: expect.stringMatching(/\w{4}/) });
    }
  });

  it('answers at once for a line that is made to be slow', () => {
    const started = performance.now();
    expect(() => parseGateLines(`auc better${' '.repeat(50_000)}x`)).toThrow(InputError);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
