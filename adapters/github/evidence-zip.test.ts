import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { maxEvidenceZipBytes, readEvidenceFile, readEvidenceZip } from './evidence-zip.ts';

const evidence = '{"kind":"judgement"}';
const token = 'a.b.c';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const honest = { 'evidence.json': bytesOf(evidence), 'receipt.jwt': bytesOf(token) };
const good = (): Buffer => Buffer.from(zipSync(honest));

/** Replaces bytes everywhere: names in both headers, or a field found by its place. */
function replaceAll(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}
function directoryOf(zip: Buffer): number {
  return zip.readUInt32LE(zip.length - 6);
}
function edit(change: (zip: Buffer) => void): Buffer {
  const zip = good();
  change(zip);
  return zip;
}

const malicious: readonly (readonly [string, () => Uint8Array])[] = [
  ['nothing at all', () => new Uint8Array(0)],
  ['no zip', () => bytesOf('{"kind":"judgement"} and some more text')],
  ['an empty zip', () => zipSync({})],
  ['only the evidence', () => zipSync({ 'evidence.json': honest['evidence.json'] })],
  ['a third file', () => zipSync({ ...honest, 'run.sh': bytesOf('echo') })],
  [
    'a hundred files',
    () => zipSync(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, bytesOf('x')]))),
  ],
  [
    'a path upwards',
    () => zipSync({ '../evidence.json': honest['evidence.json'], 'receipt.jwt': honest['receipt.jwt'] }),
  ],
  [
    'an absolute path',
    () => zipSync({ '/evidence.json': honest['evidence.json'], 'receipt.jwt': honest['receipt.jwt'] }),
  ],
  [
    'a backslash path',
    () => zipSync({ '..\\evidence.json': honest['evidence.json'], 'receipt.jwt': honest['receipt.jwt'] }),
  ],
  [
    'a folder',
    () =>
      zipSync({
        evidence: { 'evidence.json': honest['evidence.json'] },
        'receipt.jwt': honest['receipt.jwt'],
      }),
  ],
  [
    'another case',
    () => zipSync({ 'Evidence.json': honest['evidence.json'], 'receipt.jwt': honest['receipt.jwt'] }),
  ],
  ['a name with a null byte', () => replaceAll(good(), 'receipt.jwt', 'receipt\0jwt')],
  [
    'the same name twice',
    () =>
      replaceAll(
        Buffer.from(zipSync({ 'evidence.json': bytesOf(evidence), 'evidencf.json': bytesOf(evidence) })),
        'evidencf.json',
        'evidence.json',
      ),
  ],
  [
    'a symbolic link',
    () =>
      zipSync({
        'evidence.json': [bytesOf('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }],
        'receipt.jwt': honest['receipt.jwt'],
      }),
  ],
  [
    'a device',
    () =>
      zipSync({
        'evidence.json': [bytesOf('x'), { os: 3, attrs: (0o020666 << 16) >>> 0 }],
        'receipt.jwt': honest['receipt.jwt'],
      }),
  ],
  [
    'a bomb',
    () =>
      zipSync({ 'evidence.json': new Uint8Array(64 * 1024 * 1024), 'receipt.jwt': honest['receipt.jwt'] }),
  ],
  [
    'a bomb that claims to be small',
    () => {
      const zip = Buffer.from(
        zipSync({ 'evidence.json': new Uint8Array(64 * 1024 * 1024), 'receipt.jwt': honest['receipt.jwt'] }),
      );
      zip.writeUInt32LE(20, directoryOf(zip) + 24);
      return zip;
    },
  ],
  ['more than the cap', () => new Uint8Array(maxEvidenceZipBytes + 1)],
  ['an encrypted entry', () => edit((zip) => zip.writeUInt16LE(1, directoryOf(zip) + 8))],
  [
    'an unknown packing',
    () =>
      edit((zip) => {
        zip.writeUInt16LE(99, directoryOf(zip) + 10);
        zip.writeUInt16LE(99, 8);
      }),
  ],
  ['a wrong checksum', () => edit((zip) => zip.writeUInt32LE(1, directoryOf(zip) + 16))],
  ['a wrong size', () => edit((zip) => zip.writeUInt32LE(3, directoryOf(zip) + 24))],
  ['local and central names that differ', () => edit((zip) => zip.write('Evidence.json', 30, 'latin1'))],
  ['an entry outside the file', () => edit((zip) => zip.writeUInt32LE(0x7fffffff, directoryOf(zip) + 42))],
  ['a directory outside the file', () => edit((zip) => zip.writeUInt32LE(0x7fffffff, zip.length - 6))],
  [
    'more entries than there are',
    () =>
      edit((zip) => {
        zip.writeUInt16LE(3, zip.length - 12);
        zip.writeUInt16LE(3, zip.length - 14);
      }),
  ],
  [
    'fewer entries than there are',
    () =>
      edit((zip) => {
        zip.writeUInt16LE(1, zip.length - 12);
        zip.writeUInt16LE(1, zip.length - 14);
      }),
  ],
  ['a second zip behind it', () => Buffer.concat([good(), good()])],
  [
    'a comment at the end',
    () => {
      const zip = Buffer.concat([good(), Buffer.from('hi')]);
      zip.writeUInt16LE(2, zip.length - 4);
      return zip;
    },
  ],
  ['several disks', () => edit((zip) => zip.writeUInt16LE(1, zip.length - 18))],
  [
    'text that is not UTF-8',
    () => zipSync({ 'evidence.json': new Uint8Array([0xff, 0xfe]), 'receipt.jwt': honest['receipt.jwt'] }),
  ],
  [
    'empty evidence',
    () => zipSync({ 'evidence.json': new Uint8Array(0), 'receipt.jwt': honest['receipt.jwt'] }),
  ],
  [
    'a broken stream',
    () => {
      const zip = Buffer.from(
        zipSync({ 'evidence.json': bytesOf('a'.repeat(1000)), 'receipt.jwt': honest['receipt.jwt'] }),
      );
      zip.fill(0xff, 43, 50);
      return zip;
    },
  ],
];

describe('readEvidenceZip', () => {
  it('reads the two files, packed or stored', () => {
    expect(readEvidenceZip(good())).toEqual({ text: evidence, token });
    expect(readEvidenceZip(zipSync(honest, { level: 0 }))).toEqual({ text: evidence, token });
  });

  it.each(malicious)('refuses %s in less than a quarter of a second', (_, make) => {
    const zip = make();
    const before = performance.now();
    expect(() => readEvidenceZip(zip)).toThrow(expect.objectContaining({ code: 'EVIDENCE_ZIP' }));
    expect(performance.now() - before).toBeLessThan(250);
  });

  it('stops unpacking a bomb at the size that is allowed', () => {
    const [, make] = malicious.find(([name]) => name === 'a bomb that claims to be small') ?? [];
    expect(() => readEvidenceZip(make?.() ?? good())).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }) }),
    );
  });

  it('never accepts a zip with one changed byte as other content', () => {
    const zip = good();
    for (let at = 0; at < zip.length; at += 1) {
      const changed = Buffer.from(zip);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      let read: unknown = null;
      try {
        read = readEvidenceZip(changed);
      } catch (error) {
        expect(error).toMatchObject({ code: 'EVIDENCE_ZIP' });
        continue;
      }
      expect(read).toEqual({ text: evidence, token });
    }
  });
});

describe('readEvidenceFile', () => {
  it('takes evidence that everybody can read, or one envelope', () => {
    expect(readEvidenceFile(good())).toEqual({ kind: 'open', sealed: { text: evidence, token } });
    const sealed = zipSync({ 'evidence.jwe': bytesOf('{}') });
    expect(readEvidenceFile(sealed)).toEqual({ kind: 'envelope', text: '{}' });
  });

  it.each([
    ['both', { ...honest, 'evidence.jwe': bytesOf('{}') }],
    ['an envelope and more', { 'evidence.jwe': bytesOf('{}'), 'report.html': bytesOf('x') }],
    ['an empty envelope', { 'evidence.jwe': bytesOf('') }],
  ])('refuses %s', (_, files) => {
    expect(() => readEvidenceFile(zipSync(files))).toThrow(expect.objectContaining({ code: 'EVIDENCE_ZIP' }));
  });
});
