import { describe, expect, it } from 'vitest';
import type { Task } from '../config/model.ts';
import { InputError } from '../error/error.ts';
import { readTruth, type TruthColumns } from './read-truth.ts';

const columns: TruthColumns = {
  key: 'row',
  label: 'y',
  weight: null,
  group: null,
  query: null,
  classes: ['a', 'b'],
};

function refusalOf(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('readTruth', () => {
  it.each<readonly [Task, string, unknown]>([
    ['binary-classification', 'row,y\n1,0\n2,1\n', { kind: 'binary', values: Uint8Array.of(0, 1) }],
    [
      'binary-classification',
      '{"key":1,"y":0}\n{"key":2,"y":1}',
      { kind: 'binary', values: Uint8Array.of(0, 1) },
    ],
    [
      'multiclass-classification',
      'row,y\n1,b\n2,a\n',
      { kind: 'class', classes: ['a', 'b'], values: Uint16Array.of(1, 0) },
    ],
    ['regression', 'y,row,other\n-1.5,1,x\n2,2,x\n', { kind: 'number', values: Float64Array.of(-1.5, 2) }],
    [
      'ranking',
      'row,y,query\n1,0,q\n2,3,p\n',
      { kind: 'relevance', values: Float64Array.of(0, 3), queries: Uint32Array.of(0, 1) },
    ],
    ['scored-examples', 'row\n1\n2\n', { kind: 'none' }],
  ])('%s %j', (task, text, truth) => {
    const read = readTruth(text, columns, task);
    expect(read.truth).toEqual(truth);
    expect(read.keys).toEqual(['1', '2']);
    expect([read.weights, read.groups]).toEqual([null, null]);
  });

  it('reads weights, and numbers groups', () => {
    const named = { ...columns, weight: 'w', group: 'patient' };
    const read = readTruth(
      'row,y,w,patient\n1,0,0,p9\n2,1,2.5,p1\n3,1,1,p9\n',
      named,
      'binary-classification',
    );
    expect(read.weights).toEqual(Float64Array.of(0, 2.5, 1));
    expect(read.groups).toEqual(Uint32Array.of(0, 1, 0));
  });

  const withAll = { ...columns, weight: 'w', group: 'g', query: 'q' };
  it.each<readonly [Task, string, string]>([
    ['multiclass-classification', 'row,y,w,g\n1,c,1,g\n', 'labels/value'],
    ['regression', 'row,y,w,g\n1,NaN,1,g\n', 'labels/value'],
    ['regression', 'row,y,w,g\n1,inf,1,g\n', 'labels/value'],
    ['regression', 'row,y,w,g\n1,1,-1,g\n2,1,1,g\n', 'labels/weight'],
    ['regression', 'row,y,w,g\n1,1,0,g\n', 'labels/weight'],
    ['regression', 'row,y,w,g\n1,1,1,\n', 'labels/group'],
    ['ranking', 'row,y,w,g,q\n1,1,1,g,\n', 'labels/query'],
    ['ranking', 'row,y,w,g,q\n1,-1,1,g,q\n', 'labels/value'],
    ['ranking', 'row,y,w,g\n1,1,1,g\n', 'evaluation/header'],
    ['regression', 'row,y,w\n1,1,1\n', 'evaluation/header'],
    ['regression', 'row,y,w,g\n1,1,1\n', 'evaluation/row-malformed'],
    ['regression', 'row,y,w,g\n1,1,1,g\n1,1,1,g\n', 'labels/key'],
  ])('refuses %s %j: %s, and shows nothing of a row', (task, text, code) => {
    const error = refusalOf(() => readTruth(text, withAll, task));
    expect(error.code).toBe('LABELS_INVALID');
    expect(error.findings.map((finding) => finding.code)).toEqual([code]);
    expect(error.findings[0]).not.toHaveProperty('examples');
    expect(error.findings[0]).not.toHaveProperty('firstRow');
  });
});
