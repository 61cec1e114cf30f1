import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  listAncestors,
  listFamily,
  type ProcessFact,
  parseProcessStat,
  parseProcessStatus,
} from './process-table.ts';

const line = (name: string) =>
  `4242 (${name}) S 77 4200 4200 0 -1 4194304 95 0 0 0 0 0 0 0 20 0 1 0 123456 2330624 204 18446744073709551615 1 1`;
const fact = (pid: number, parent: number, group = pid): ProcessFact => ({
  pid,
  parent,
  group,
  name: 'a',
  state: 'S',
  start: '1',
});

describe('process table', () => {
  it('reads a process, whatever it calls itself', () => {
    for (const name of ['python', 'a) R 1 1 (b', ') (', 'x\ny', ''])
      expect(parseProcessStat(line(name))).toEqual({
        pid: 4242,
        name,
        state: 'S',
        parent: 77,
        group: 4200,
        start: '123456',
      });
    for (const text of ['', '1 (a', '1 a S', '1 (a) S 1 2', 'x (a) S 1 2 3'])
      expect(parseProcessStat(text)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void parseProcessStat(text)));
  });

  it('reads memory in MiB', () => {
    expect(parseProcessStatus('Name:\ta\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n')).toEqual({
      nowMib: 100,
      peakMib: 200,
    });
    expect(parseProcessStatus('Name:\tkthreadd\n')).toEqual({ nowMib: null, peakMib: null });
  });

  it('finds the group and all that descends from it, once, also in a circle', () => {
    const table = [
      fact(1, 0),
      fact(10, 1),
      fact(11, 10, 10),
      fact(12, 11),
      fact(13, 12),
      fact(14, 1, 10),
      fact(15, 14),
      fact(20, 1),
    ];
    expect([...listFamily(table, 10)].sort()).toEqual([10, 11, 12, 13, 14, 15]);
    expect([...listFamily(table, 99)]).toEqual([]);
    // The leader has ended, its group lives on.
    expect(
      [
        ...listFamily(
          table.filter(({ pid }) => pid !== 10),
          10,
        ),
      ].sort(),
    ).toEqual([11, 12, 13, 14, 15]);
    expect([...listFamily([fact(5, 6), fact(6, 5)], 5)].sort()).toEqual([5, 6]);
    expect([...listAncestors(table, 13)]).toEqual([13, 12, 11, 10, 1, 0]);
    expect([...listAncestors([fact(5, 6), fact(6, 5)], 5)]).toEqual([5, 6]);
  });
});
