import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import { type IngestRecord, isBelow, isRepositoryPath, parseIngestRecord } from './ingest-record.ts';

const record: IngestRecord = {
  v: 1,
  grade: 'claimed',
  dataset: 'flights',
  commit: 'c'.repeat(40),
  contractDigest: digestBytes('contract'),
  source: 'https://flights.test',
  command: 'make fetch',
  to: 'data',
  runId: 1,
  runAttempt: 1,
  runner: 'r',
  startedAt: '2026-11-21T06:00:00.000Z',
  endedAt: '2026-11-21T06:01:00.000Z',
  end: { kind: 'done' },
  files: [
    { path: 'data/a.csv', name: '0001.bin', sha256: digestBytes(''), md5: 'd'.repeat(32), sizeBytes: 0 },
  ],
  removed: [],
  log: [],
};
const bytesOf = (value: unknown): Uint8Array => Buffer.from(canonicalJson(value));
const [file] = record.files;

describe('an ingest record', () => {
  it('is read back as it was written', () => {
    expect(parseIngestRecord(bytesOf(record), 'x')).toEqual(record);
  });

  it.each([
    ['another version', { v: 2 }],
    ['a grade of its own', { grade: 'judged' }],
    ['an unknown key', { extra: 1 }],
    ['a path that leaves the repository', { files: [{ ...file, path: 'data/../../x' }] }],
    ["a path into git's folder", { files: [{ ...file, path: '.GIT/hooks/post-checkout' }] }],
    ['a name that is a path', { files: [{ ...file, name: '../1.bin' }] }],
    ['a path twice', { files: [file, { ...file, name: '0002.bin' }] }],
    [
      'a path twice on a disk without cases',
      { files: [file, { ...file, path: 'data/A.csv', name: '0002.bin' }] },
    ],
    ['a time that is none', { startedAt: 'yesterday' }],
    ['a removed path that is absolute', { removed: ['/etc/passwd'] }],
    ['an end that is none', { end: { kind: 'maybe' } }],
  ])('is refused with %s', (_, change) => {
    expect(() => parseIngestRecord(bytesOf({ ...record, ...change }), 'x')).toThrow(
      expect.objectContaining({ code: 'INGEST_RECORD' }),
    );
  });

  it('is refused when it is not UTF-8', () => {
    expect(() => parseIngestRecord(Buffer.from([0xff]), 'x')).toThrow(/not UTF-8/);
  });

  it('law: a path that is accepted stays inside, however it is joined', () => {
    const part = fc.constantFrom('data', '..', '.', '', '.git', 'a b', 'C:', 'x\\y', 'ü', '\u0000');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const path = parts.join('/');
        if (!isRepositoryPath(path)) return;
        const url = new URL(path.split('/').map(encodeURIComponent).join('/'), 'http://x/repository/');
        expect(url.pathname.startsWith('/repository/')).toBe(true);
        expect(isBelow(path, parts[0] ?? '')).toBe(true);
        expect(path).not.toMatch(/\\|\0/);
      }),
    );
    expect(isBelow('database/x', 'data')).toBe(false);
  });
});
