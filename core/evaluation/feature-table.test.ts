import { describe, expect, it } from 'vitest';
import { readFeatureTable } from './feature-table.ts';

const text = 'row,carrier,distance\n1,AA,100\n2,"B,B",\n3,CC,7\n';

describe('feature table', () => {
  it('has the wanted columns as text, without the key', () => {
    const all = readFeatureTable(text, 'held-out.csv', 'row', 'all');
    expect(all.keys).toEqual(['1', '2', '3']);
    expect([...all.columns]).toEqual([
      ['carrier', ['AA', 'B,B', 'CC']],
      ['distance', ['100', '', '7']],
    ]);
    const some = readFeatureTable(text, 'held-out.csv', 'row', ['distance', 'absent', 'row']);
    expect([...some.columns.keys()]).toEqual(['distance']);
    const lines = '{"row":1,"late":true,"distance":null}\n{"row":2,"late":false,"distance":2.5}\n';
    expect([...readFeatureTable(lines, 'held-out.jsonl', 'row', 'all').columns]).toEqual([
      ['late', ['true', 'false']],
      ['distance', ['', '2.5']],
    ]);
  });

  it.each([
    ['row,a\n1,x\n1,y\n', 'features/key-doubled'],
    ['row,a\n,x\n', 'features/key'],
    ['a,b\n1,x\n', 'evaluation/header'],
    ['row,a\n', 'evaluation/empty'],
  ])('is refused: %j', (content, code) => {
    expect(() => readFeatureTable(content, 'held-out.csv', 'row', 'all')).toThrow(
      expect.objectContaining({ findings: [expect.objectContaining({ code })] }),
    );
  });
});
