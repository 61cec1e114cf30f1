import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Task } from '../config/model.ts';
import { InputError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import { writeRecord } from '../production-like/csv-reader.ts';
import { alignPredicted } from './align-predicted.ts';
import { readTexts, textLimits } from './generated-text.ts';
import { type PredictedShape, shapeOf as shapeOfModel } from './predicted-shape.ts';
import { readPredicted } from './read-predicted.ts';

const classes = ['a', 'b', 'c'];
const shapeOf = (task: Task, contract: PredictedShape['contract'] = null): PredictedShape => ({
  task,
  classes: task === 'multiclass-classification' ? classes : [],
  contract,
  scorers: [],
});
const read = (task: Task, text: string, contract: PredictedShape['contract'] = null) =>
  readPredicted(text, 'p.csv', shapeOf(task, contract));

function refusalOf(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('was not refused');
}
const codesOf = (run: () => unknown) => refusalOf(run).findings.map(({ code }) => code);

describe('readPredicted', () => {
  it('reads each task from CSV and from JSON Lines alike', () => {
    const forms: readonly (readonly [Task, string, string, unknown])[] = [
      [
        'binary-classification',
        'key,score\n1,0.5',
        '{"key":1,"score":0.5}',
        { kind: 'score', values: [0.5] },
      ],
      [
        'multiclass-classification',
        'b,key,a,c\n0.25,x,0.5,0.25',
        '{"key":"x","b":0.25,"a":0.5,"c":0.25}\n',
        { kind: 'probabilities', columns: [[0.5], [0.25], [0.25]] },
      ],
      [
        'multiclass-classification',
        'key,class\nx,c\n',
        '{"class":"c","key":"x"}',
        { kind: 'class', values: [2] },
      ],
      ['ranking', 'key,score\nx,-1e9\n', '{"key":"x","score":-1e9}', { kind: 'score', values: [-1e9] }],
      [
        'regression',
        'key,prediction\nx,.5\n',
        '{"key":"x","prediction":0.5}\n',
        { kind: 'number', values: [0.5], low: null, high: null },
      ],
      [
        'regression',
        'key,prediction,low,high\nx,3,2,4\n',
        '{"key":"x","prediction":3,"low":2,"high":4}\n',
        { kind: 'number', values: [3], low: [2], high: [4] },
      ],
    ];
    for (const [task, csv, json, want] of forms) {
      for (const text of [csv, json]) {
        const { keys, predicted } = read(task, text);
        expect(keys).toHaveLength(1);
        expect(JSON.parse(JSON.stringify(predicted, plainArrays))).toEqual(want);
      }
    }
  });

  it.each<readonly [Task, string, string]>([
    ['multiclass-classification', 'key,a,b\nx,0.5,0.5\n', 'evaluation/header'],
    ['multiclass-classification', 'key,a,b,c,d\nx,0.5,0.5,0,0\n', 'evaluation/header'],
    ['multiclass-classification', 'key,a,a,b,c\nx,1,1,0,0\n', 'evaluation/header'],
    ['multiclass-classification', 'key,class\nx,d\n', 'evaluation/class-unknown'],
    ['multiclass-classification', 'key,class\nx,__proto__\n', 'evaluation/class-unknown'],
    ['multiclass-classification', 'key,a,b,c\nx,0.5,0.5,0.1\n', 'evaluation/sum-not-one'],
    ['multiclass-classification', 'key,a,b,c\nx,-0.5,1.5,0\n', 'evaluation/score-range'],
    ['multiclass-classification', 'key,a,b,c\nx,NaN,NaN,1\n', 'evaluation/score-nan'],
    ['multiclass-classification', 'key,a,b,c\nx,1,0\n', 'evaluation/row-malformed'],
    ['regression', 'key,prediction,low\nx,1,1\n', 'evaluation/header'],
    ['regression', 'key,prediction,low,high\nx,1,2,1\n', 'evaluation/interval-order'],
    ['regression', 'key,prediction,low,high\nx,1,inf,1\n', 'evaluation/score-infinite'],
    ['regression', 'key,score\nx,1\n', 'evaluation/header'],
    ['ranking', 'key,score\nx,\n', 'evaluation/score-not-number'],
    ['ranking', 'key,score\nx,1\nx,1\n', 'evaluation/key-doubled'],
    ['scored-examples', 'key\nx\n', 'evaluation/header'],
    ['scored-examples', 'key,output\nx,hello\n', 'evaluation/header'],
    ['scored-examples', 'key,a\nx,Infinity\n', 'evaluation/score-infinite'],
    ['ranking', '{"key":"x","score":"1"}\n', 'evaluation/score-not-number'],
    ['ranking', '{"key":"x","score":null}\n', 'evaluation/score-not-number'],
    ['ranking', '{"key":"x","score":NaN}\n{"key":"y","score":1}\n', 'evaluation/header'],
    ['ranking', '{"key":"x","score":1}\n{"key":"y","score":NaN}\n', 'evaluation/score-nan'],
    ['ranking', '{"key":"x","score":1e999}\n', 'evaluation/score-infinite'],
    ['ranking', '{"key":1.5,"score":1}\n', 'evaluation/key-empty'],
    ['ranking', '{"key":null,"score":1}\n', 'evaluation/key-empty'],
    ['ranking', '{"key":"x","score":1}\n\n', 'evaluation/row-malformed'],
    ['ranking', '{"key":"x","score":1}\n[1]\n', 'evaluation/row-malformed'],
    ['ranking', '{"key":"x","score":1}\n{"key":"y"}\n', 'evaluation/row-malformed'],
    ['ranking', '{"key":"x","score":1}\n{"key":"y","other":1}\n', 'evaluation/row-malformed'],
    ['ranking', '{"key":"x","constructor":1}\n', 'evaluation/header'],
    ['ranking', '{"key":"x"\n', 'evaluation/header'],
    ['ranking', '{}\n', 'evaluation/header'],
    ['ranking', `${'c,'.repeat(3_000)}key\n`, 'evaluation/header'],
    ['ranking', 'key,score\nx,"1\n', 'evaluation/row-malformed'],
    ['ranking', 'key,score\nx,"1"2\n', 'evaluation/row-malformed'],
    ['ranking', 'key,score\na"b,1\n', 'evaluation/row-malformed'],
  ])('refuses %s %j: %s', (task, text, code) => {
    const error = refusalOf(() => read(task, text));
    expect(error.code).toBe('PREDICTIONS_INVALID');
    expect(error.findings.map((finding) => finding.code)).toEqual([code]);
    expect(error.hint).not.toBe('');
  });

  it('holds values against the prediction contract', () => {
    const within = { range: { min: 0, max: 10 } };
    expect(codesOf(() => read('regression', 'key,prediction\nx,-1\ny,11\nz,5\n', within))).toEqual([
      'evaluation/score-range',
    ]);
    for (const [range, words] of [
      [{ max: 10 }, 'at most 10'],
      [{ min: 20 }, 'at least 20'],
      [{ min: 0, max: 10 }, '0 to 10'],
    ] as const) {
      const [finding] = refusalOf(() => read('ranking', 'key,score\nx,11\n', { range })).findings;
      expect(finding?.message).toContain(words);
    }
    expect(read('regression', 'key,prediction\nx,10\n', within).keys).toEqual(['x']);
    const sums = 'key,a,b,c\nx,0.33,0.33,0.33\n';
    expect(codesOf(() => read('multiclass-classification', sums))).toEqual(['evaluation/sum-not-one']);
    expect(read('multiclass-classification', sums, { sumToOne: 0.02 }).keys).toEqual(['x']);
  });

  it('takes intervals and quantiles from the columns that the contract names', () => {
    const contract = {
      interval: { low: 'p05', high: 'p95' },
      quantiles: [{ quantile: 0.5, column: 'p50' }],
    };
    const text = 'key,prediction,p05,p50,p95\nx,3,1,3,5\n';
    expect(read('regression', text, contract).predicted).toMatchObject({
      low: Float64Array.of(1),
      high: Float64Array.of(5),
    });
    for (const [bad, code] of [
      ['key,prediction\nx,1\n', 'evaluation/header'],
      ['key,prediction,low,high\nx,1,1,1\n', 'evaluation/header'],
      ['key,prediction,p05,p95\nx,1,1,1\n', 'evaluation/header'],
      ['key,prediction,p05,p50,p95\nx,1,1,nan,1\n', 'evaluation/score-nan'],
    ] as const) {
      expect(codesOf(() => read('regression', bad, contract))).toEqual([code]);
    }
  });

  it('reads the scorers that model.yml declares, each within its range, and no others', () => {
    const scorers = [{ name: 'helpful', higherIsBetter: true, range: { min: 0, max: 1 } }];
    const shape = shapeOfModel({ task: 'scored-examples', scorers });
    const { predicted } = readPredicted('key,note,helpful\nx,free text,0.5\n', 'p', shape);
    expect(predicted).toEqual({ kind: 'columns', columns: new Map([['helpful', Float64Array.of(0.5)]]) });
    expect(codesOf(() => readPredicted('key,note\nx,1\n', 'p', shape))).toEqual(['evaluation/header']);
    expect(codesOf(() => readPredicted('key,helpful\nx,2\n', 'p', shape))).toEqual([
      'evaluation/score-range',
    ]);
    expect(
      shapeOfModel({ task: 'multiclass-classification', prediction: { classes, consumers: [] } }),
    ).toMatchObject({
      classes,
      scorers: [],
    });
  });

  it('counts faulty rows once, and names the column of an example', () => {
    const error = refusalOf(() => read('scored-examples', 'key,a,b\nx,1,no\ny,nope,no\nz,1,1\n'));
    expect(error.findings).toMatchObject([
      {
        code: 'evaluation/score-not-number',
        count: 2,
        total: 3,
        firstRow: 1,
        examples: ['b: no', 'a: nope', 'b: no'],
      },
    ]);
  });

  it('leaves texts and actions beside scorers alone', () => {
    const { predicted } = read('scored-examples', 'key,output,helpful,actions\nx,"hi, you",0.5,[]\n');
    expect(predicted).toEqual({ kind: 'columns', columns: new Map([['helpful', Float64Array.of(0.5)]]) });
  });

  it('finds doubled keys in any order, and none where there are none', () => {
    expect(codesOf(() => read('ranking', 'key,score\nb,1\na,1\nb,1\n'))).toEqual(['evaluation/key-doubled']);
    expect(read('ranking', 'key,score\n9,1\n10,1\n8,1\n').keys).toEqual(['9', '10', '8']);
  });

  it('throws nothing but InputError, with findings that have canonical JSON, whatever the file holds', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('\ud800', '\u0000', '\uFEFF', '😀', '\u2028', '__proto__'),
      fc.constantFrom(
        'key',
        'score',
        ',',
        '\n',
        '"',
        '""',
        '\r\n',
        '1',
        '0.5',
        '{',
        '}',
        '{"key":',
        '1}\n',
        'NaN',
      ),
    );
    const tasks = fc.constantFrom<Task>(
      'binary-classification',
      'multiclass-classification',
      'regression',
      'scored-examples',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), tasks, fc.boolean(), (pieces, task, headed) => {
        const text = `${headed ? 'key,score\n' : ''}${pieces.join('')}`;
        try {
          const { keys } = read(task, text);
          expect(new Set(keys).size).toBe(keys.length);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(() => canonicalJson(error.findings)).not.toThrow();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads back what was written, whatever keys and numbers are', () => {
    const rows = fc.uniqueArray(
      fc.record({
        key: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
        value: fc.double({ noNaN: true, noDefaultInfinity: true }),
      }),
      { selector: ({ key }) => key, minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        // A lone CR at an end of line is no text that this writer can keep apart; it quotes it.
        const csv = [
          'key,prediction\n',
          ...all.map(({ key, value }) => writeRecord([key, String(value)])),
        ].join('');
        const json = all.map(({ key, value }) => JSON.stringify({ key, prediction: value })).join('\n');
        for (const text of [csv, json]) {
          const { keys, predicted } = read('regression', text);
          expect(keys).toEqual(all.map(({ key }) => key));
          expect(predicted.kind === 'number' && [...predicted.values].map((value) => value + 0)).toEqual(
            all.map(({ value }) => value + 0),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('alignPredicted', () => {
  it('puts any kind of prediction into the order of the keys', () => {
    const tables: readonly (readonly [Task, string])[] = [
      ['multiclass-classification', 'key,a,b,c\n1,1,0,0\n2,0,1,0\n'],
      ['multiclass-classification', 'key,class\n1,a\n2,b\n'],
      ['regression', 'key,prediction,low,high\n1,1,0,2\n2,5,4,6\n'],
      ['scored-examples', 'key,s\n1,1\n2,2\n'],
    ];
    for (const [task, text] of tables) {
      const file = read(task, text);
      expect(alignPredicted(['1', '2'], file)).toBe(file.predicted);
      const turned = alignPredicted(['2', '1'], file);
      const back = alignPredicted(['2', '1'], { ...file, predicted: turned });
      expect(turned).not.toEqual(file.predicted);
      expect(back).toEqual(file.predicted);
    }
  });

  it('refuses missing and unknown keys with counts', () => {
    const file = read('ranking', 'key,score\n1,1\n2,2\n3,3\n');
    expect(refusalOf(() => alignPredicted(['1', '4'], file)).findings).toMatchObject([
      { code: 'evaluation/key-missing', count: 1, total: 2, examples: ['4'] },
      { code: 'evaluation/key-unknown', count: 2, firstRow: 2 },
    ]);
  });
});

describe('readTexts', () => {
  it('reads texts and actions', () => {
    const csv = 'key,output,actions\nx,"hi, ""you""\nthere","[""search"",""answer""]"\ny,,[]\n';
    const json =
      '{"key":"x","output":"hi, \\"you\\"\\nthere","actions":["search","answer"]}\n{"key":"y","output":"","actions":[]}';
    for (const text of [csv, json]) {
      expect(readTexts(text, 't.csv')).toEqual({
        source: 't.csv',
        keys: ['x', 'y'],
        outputs: ['hi, "you"\nthere', ''],
        actions: [['search', 'answer'], []],
      });
    }
    expect(readTexts('key,output,helpful\nx,hi,0.5\n', 't').actions).toBeNull();
  });

  it.each([
    ['key,output,actions\nx,hi,search\n', 'evaluation/actions-malformed'],
    ['key,output,actions\nx,hi,"[1]"\n', 'evaluation/actions-malformed'],
    ['key,output,actions\nx,hi,"{""a"":1}"\n', 'evaluation/actions-malformed'],
    ['key,output,actions\nx,hi,"[""""]"\n', 'evaluation/actions-malformed'],
    ['{"key":"x","output":"hi","actions":"[]"}', 'evaluation/actions-malformed'],
    ['{"key":"x","output":3}', 'evaluation/output-not-text'],
    [`key,output\nx,${'y'.repeat(textLimits.characters + 1)}\n`, 'evaluation/output-too-long'],
    ['key,score\nx,1\n', 'evaluation/header'],
    ['key,output\nx,a\nx,b\n', 'evaluation/key-doubled'],
  ])('refuses %.60j: %s', (text, code) => {
    expect(codesOf(() => readTexts(text, 't'))).toEqual([code]);
  });
});

function plainArrays(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
}
