import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runRecord } from '../../test/memory/flights.ts';
import { canonicalJson } from '../json/canonical.ts';
import { maxRunRecordBytes, parseRunRecord } from './run-record.ts';

const record = runRecord('model');
const parse = (value: unknown) => parseRunRecord(JSON.stringify(value), 'run.json');
const invalid = expect.objectContaining({ code: 'RUN_RECORD_INVALID' });

describe('parseRunRecord', () => {
  it('reads what train-model writes, as text and as bytes', () => {
    expect(parse(record)).toEqual(record);
    expect(parseRunRecord(Buffer.from(JSON.stringify(record)), 'run.json')).toEqual(record);
  });

  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['another version', { ...record, v: 2 }],
    ['a better grade', { ...record, grade: 'judged' }],
    ['an unknown key', { ...record, verdict: 'pass' }],
    ['a short commit', { ...record, commit: 'abc' }],
    ['a run that is no whole number', { ...record, runId: 1.5 }],
    ['a time that is none', { ...record, startedAt: 'yesterday' }],
    ['a metric as text', { ...record, metrics: { auc: '0.9' } }],
    ['a digest that is none', { ...record, artifact: { ...record.artifact, digest: 'sha256:x' } }],
    ['an empty name', { ...record, artifact: { ...record.artifact, name: '' } }],
    ['half a surrogate pair', { ...record, cpu: '\ud800' }],
    [
      'too many parameters',
      { ...record, parameters: Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`p${at}`, at])) },
    ],
    ['a text without end', { ...record, gpu: 'x'.repeat(2_001) }],
  ])('refuses %s', (_, value) => expect(() => parse(value)).toThrow(invalid));

  it('refuses too many bytes, bytes that are no text, and doubled keys', () => {
    expect(() => parseRunRecord('x'.repeat(maxRunRecordBytes + 1), 'run.json')).toThrow(invalid);
    expect(() => parseRunRecord(Uint8Array.of(0xff), 'run.json')).toThrow(invalid);
    expect(() => parseRunRecord(Buffer.from('{"v":1,"v":1}'), 'run.json')).toThrow(
      expect.objectContaining({ kind: 'input' }),
    );
  });

  it('gives a value with a canonical form, or refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.double(), (text, value) => {
        const changed = { ...record, cpu: text, parameters: { [text]: value } };
        let parsed: unknown = null;
        try {
          parsed = parse(changed);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'input' });
        }
        expect(() => canonicalJson(parsed)).not.toThrow();
      }),
    );
  });
});
