import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import { alignByKey } from './align.ts';
import { parseLabels } from './labels.ts';
import { parsePredictions } from './predictions.ts';

const labelsText = 'key,late\n1,0\n2,1\n3,0\n4,1\n';
const columns = { key: 'row', label: 'late' };

function refusalOf(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const codesOf = (error: InputError) => error.findings.map((finding) => finding.code);

/** Processor time of this process: other load on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('parsePredictions', () => {
  it('reads text and bytes, line ends of both kinds, quotes, and a byte order mark', () => {
    const forms = [
      'key,score\na,0.5\nb,1e-3',
      'key,score\r\na,.5\r\nb,0.001\r\n',
      '\uFEFFkey,score\n"a",0.5\n"b","0.001"\n',
    ];
    for (const form of forms) {
      for (const content of [form, new TextEncoder().encode(form)]) {
        const { scores, rowOf } = parsePredictions(content, 'predictions.csv');
        expect([...scores]).toEqual([0.5, 0.001]);
        expect([...rowOf]).toEqual([
          ['a', 0],
          ['b', 1],
        ]);
      }
    }
  });

  it('reads commas, quotes and line breaks inside quotes', () => {
    const { rowOf } = parsePredictions('key,score\n"a,b",0\n"say ""hi""",1\n"two\nlines",0.5\n', 'p.csv');
    expect([...rowOf.keys()]).toEqual(['a,b', 'say "hi"', 'two\nlines']);
  });

  it.each([
    ['', 'evaluation/empty'],
    ['   \n', 'evaluation/empty'],
    ['key,score\n', 'evaluation/empty'],
    ['id,score\na,0.5\n', 'evaluation/header'],
    ['a,0.5\nb,0.5\n', 'evaluation/header'],
    ['key,score,extra\na,0.5,1\n', 'evaluation/header'],
    ['<html>no</html>', 'evaluation/header'],
    ['key,score\na\n', 'evaluation/row-malformed'],
    ['key,score\na,0.5,0.6\n', 'evaluation/row-malformed'],
    ['key,score\n\na,0.5\n', 'evaluation/row-malformed'],
    ['key,score\n"a,0.5\n', 'evaluation/row-malformed'],
    ['key,score\n"a"b,0.5\n', 'evaluation/row-malformed'],
    ['key,score\na,NaN\n', 'evaluation/score-nan'],
    ['key,score\na,nan\n', 'evaluation/score-nan'],
    ['key,score\na,Infinity\n', 'evaluation/score-infinite'],
    ['key,score\na,-inf\n', 'evaluation/score-infinite'],
    ['key,score\na,1e999\n', 'evaluation/score-infinite'],
    ['key,score\na,1.0000001\n', 'evaluation/score-range'],
    ['key,score\na,-0.1\n', 'evaluation/score-range'],
    ['key,score\na,\n', 'evaluation/score-not-number'],
    ['key,score\na, 0.5\n', 'evaluation/score-not-number'],
    ['key,score\na,0x1\n', 'evaluation/score-not-number'],
    ['key,score\na,true\n', 'evaluation/score-not-number'],
    ['key,score\na,0.5\na,0.5\n', 'evaluation/key-doubled'],
    ['key,score\n,0.5\n', 'evaluation/key-empty'],
  ])('refuses %j: %s', (text, code) => {
    const error = refusalOf(() => parsePredictions(text, 'predictions.csv'));
    expect(error.code).toBe('PREDICTIONS_INVALID');
    expect(codesOf(error)).toEqual([code]);
    expect(error.hint).not.toBe('');
    expect(error.where?.file).toBe('predictions.csv');
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(codesOf(refusalOf(() => parsePredictions(Uint8Array.of(0xff, 0xfe, 0x00), 'p')))).toEqual([
      'evaluation/not-text',
    ]);
  });

  it('refuses a file that is too large before it reads it', () => {
    expect(codesOf(refusalOf(() => parsePredictions(new Uint8Array(256 * 1024 * 1024 + 1), 'p')))).toEqual([
      'evaluation/too-large',
    ]);
  });

  it('counts every fault and shows few examples', () => {
    const rows = Array.from({ length: 1_000 }, (_, row) => `k${row},${row % 2 === 0 ? 'NaN' : '7'}`);
    const error = refusalOf(() => parsePredictions(`key,score\n${rows.join('\n')}`, 'p.csv'));
    expect(error.findings).toMatchObject([
      { code: 'evaluation/score-nan', count: 500, total: 1_000, firstRow: 1, examples: ['k0', 'k2', 'k4'] },
      { code: 'evaluation/score-range', count: 500, firstRow: 2, examples: ['7', '7', '7'] },
    ]);
  });

  it('gives findings that always have a canonical form, whatever the file holds', () => {
    const long = `${'x'.repeat(39)}😀`;
    const error = refusalOf(() => parsePredictions(`key,score\n${long},NaN\n`, 'p.csv'));
    expect(() => canonicalJson(error.findings)).not.toThrow();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const refused = refusalOf(() => parsePredictions(`key,score\n${text},x\n`, 'p.csv'));
        expect(() => canonicalJson(refused.findings)).not.toThrow();
      }),
    );
  });

  it('reads back what was written, whatever the keys are', () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(keys, (all) => {
        const lines = all.map((key, row) => `"${key.replaceAll('"', '""')}",${row / 20}`);
        const { rowOf } = parsePredictions(['key,score', ...lines].join('\n'), 'p');
        expect([...rowOf.keys()]).toEqual(all);
      }),
    );
  });

  it('reads and aligns 500,000 rows in seconds', () => {
    const keys = Array.from({ length: 500_000 }, (_, row) => String(row));
    const bytes = new TextEncoder().encode(`key,score\n${keys.map((key) => `${key},0.123456`).join('\n')}\n`);
    const labels = { keys, values: new Uint8Array(keys.length) };
    const start = cpuMs();
    expect(alignByKey(labels, parsePredictions(bytes, 'p'))).toHaveLength(500_000);
    expect(cpuMs() - start).toBeLessThan(6_000);
  });
});

describe('parseLabels', () => {
  it('reads labels; the key column may be called key or by its own name', () => {
    expect(parseLabels(labelsText, columns)).toEqual({
      keys: ['1', '2', '3', '4'],
      values: Uint8Array.of(0, 1, 0, 1),
    });
    expect(parseLabels('row,late\n9,1\n', columns).keys).toEqual(['9']);
  });

  it.each([
    ['key,late\n1,2\n', 'labels/value'],
    ['key,late\n1,\n', 'labels/value'],
    ['key,late\n1,0\n1,0\n', 'labels/key'],
    ['key,late\n,0\n', 'labels/key'],
    ['key,other\n1,0\n', 'evaluation/header'],
    ['', 'evaluation/empty'],
  ])('refuses %j: %s, and shows nothing of a row', (text, code) => {
    const error = refusalOf(() => parseLabels(text, columns));
    expect(error.code).toBe('LABELS_INVALID');
    expect(codesOf(error)).toEqual([code]);
    expect(error.findings[0]).not.toHaveProperty('examples');
    expect(error.findings[0]).not.toHaveProperty('firstRow');
  });
});

describe('alignByKey', () => {
  const labels = parseLabels(labelsText, columns);
  const align = (text: string) =>
    alignByKey(labels, parsePredictions(`key,score\n${text}`, 'predictions.csv'));

  it('puts scores into label order', () => {
    expect([...align('4,0.4\n2,0.2\n1,0.1\n3,0.3\n')]).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it.each([
    ['2,0.2\n3,0.3\n', [{ code: 'evaluation/key-missing', count: 2, total: 4, examples: ['1', '4'] }]],
    [
      '1,0\n2,0\n3,0\n4,0\n5,0\n',
      [{ code: 'evaluation/key-unknown', count: 1, firstRow: 5, examples: ['5'] }],
    ],
    [
      '01,0\n2,0\n3,0\n4,0\n',
      [
        { code: 'evaluation/key-missing', count: 1 },
        { code: 'evaluation/key-unknown', count: 1 },
      ],
    ],
    [
      '__proto__,0\n2,0\n3,0\n4,0\n',
      [{ code: 'evaluation/key-missing' }, { code: 'evaluation/key-unknown' }],
    ],
  ])('refuses %j', (text, findings) => {
    const error = refusalOf(() => align(text));
    expect(error.code).toBe('PREDICTIONS_INVALID');
    expect(error.findings).toMatchObject(findings);
    expect(error.findings).toHaveLength(findings.length);
  });
});
