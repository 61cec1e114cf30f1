import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { listArchive } from './directory.ts';
import { readEntry, readWhole } from './entry.ts';
import { fromBytes, withFile } from './source.ts';

const limits = { entries: 2, entryBytes: 1000 };
const zip = (files: Zippable) => zipSync(files);
const refused = expect.objectContaining({ code: 'ARCHIVE_REFUSED' });

/** Changes bytes of the first record that starts with this signature. */
function patch(bytes: Uint8Array, signature: number, change: (record: Buffer) => void): Uint8Array {
  const copy = Buffer.from(bytes);
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signature);
  change(copy.subarray(copy.indexOf(mark)));
  return copy;
}

const directory = 0x02014b50;
const local = 0x04034b50;
const end = 0x06054b50;
const plain = zip({ 'model.json': strToU8('{"a":1}') });

async function read(bytes: Uint8Array): Promise<string> {
  const source = fromBytes(bytes);
  const [entry] = await listArchive(source, limits);
  if (!entry) throw new Error('no entry');
  return (await readWhole(source, entry)).toString();
}

describe('a zip of plain files', () => {
  it('reads packed and stored files, from memory and from disk', async () => {
    expect(await read(plain)).toBe('{"a":1}');
    expect(await read(zip({ 'model.json': [strToU8('stored'), { level: 0 }] }))).toBe('stored');
    const file = join(mkdtempSync(join(tmpdir(), 'archive-')), 'a.zip');
    writeFileSync(file, plain);
    const names = await withFile(file, async (source) =>
      (await listArchive(source, limits)).map((entry) => entry.name),
    );
    expect(names).toEqual(['model.json']);
  });

  it('reads files larger than one chunk', async () => {
    const content = Buffer.alloc(3_000_000, 'abcdefg');
    const source = fromBytes(zip({ big: [content, { level: 0 }] }));
    const [entry] = await listArchive(source, { entries: 1, entryBytes: 4_000_000 });
    if (!entry) throw new Error('no entry');
    expect((await readWhole(source, entry)).equals(content)).toBe(true);
  });
});

describe('files in folders', () => {
  const files = zip({ 'a.csv': strToU8('a'), 'sets/b.csv': strToU8('b') });

  it('are read where their whole name was expected, and nowhere else', async () => {
    const source = fromBytes(files);
    const entries = await listArchive(source, { ...limits, inFolders: ['sets/b.csv'] });
    expect(entries.map(({ name }) => name)).toEqual(['a.csv', 'sets/b.csv']);
    expect((await readWhole(source, entries[1] as (typeof entries)[number])).toString()).toBe('b');
    for (const inFolders of [[], ['b.csv'], ['sets/'], ['sets/b'], ['SETS/b.csv']]) {
      await expect(listArchive(source, { ...limits, inFolders })).rejects.toThrow(refused);
    }
  });
});

describe('what is refused', () => {
  it.each([
    '../model.json',
    '/etc/passwd',
    'folder/model.json',
    'folder\\model.json',
    'C:model.json',
    '.hidden',
    '..',
    'a\nb',
    'a\u0000b',
    'modèle',
    'x'.repeat(201),
    '',
  ])('the name %j', async (name) => {
    await expect(listArchive(fromBytes(zip({ [name]: strToU8('x') })), limits)).rejects.toThrow(refused);
  });

  it.each<readonly [string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['text', strToU8('this is not a zip at all, whatever its name says')],
    ['a comment at the end', Buffer.concat([plain, Buffer.from('x')])],
    ['something before it', Buffer.concat([Buffer.from('x'), plain])],
    ['too many files', zip({ a: strToU8('1'), b: strToU8('2'), c: strToU8('3') })],
    ['two names that differ in case alone', zip({ 'run.json': strToU8('1'), 'RUN.json': strToU8('2') })],
    ['a file that is too large', zip({ a: new Uint8Array(1001) })],
    ['a symbolic link', zip({ a: [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] })],
    ['a folder', zip({ a: [new Uint8Array(0), { os: 3, attrs: 0o040755 << 16 }] })],
    ['encryption', patch(plain, directory, (record) => record.writeUInt16LE(1, 8))],
    ['another packing', patch(plain, directory, (record) => record.writeUInt16LE(12, 10))],
    [
      'data that runs into the directory',
      patch(plain, directory, (record) => record.writeUInt32LE(5000, 20)),
    ],
    ['several disks', patch(plain, end, (record) => record.writeUInt16LE(1, 4))],
    ['counts that disagree', patch(plain, end, (record) => record.writeUInt16LE(2, 8))],
    ['a directory elsewhere', patch(plain, end, (record) => record.writeUInt32LE(3, 16))],
    ['a broken directory', patch(plain, directory, (record) => record.writeUInt32LE(1, 0))],
    [
      'entries beyond the directory',
      patch(plain, end, (record) => {
        record.writeUInt16LE(0, 8);
        record.writeUInt16LE(0, 10);
      }),
    ],
  ])('%s', async (_, bytes) => {
    await expect(listArchive(fromBytes(bytes), limits)).rejects.toThrow(refused);
  });

  it.each<readonly [string, Uint8Array]>([
    ['a local header with another name', patch(plain, local, (record) => record.write('M', 30))],
    ['a local header with another packing', patch(plain, local, (record) => record.writeUInt16LE(0, 8))],
    ['no local header', patch(plain, local, (record) => record.writeUInt32LE(1, 0))],
    ['a checksum of other bytes', patch(plain, directory, (record) => record.writeUInt32LE(7, 16))],
    ['a size that is too small', patch(plain, directory, (record) => record.writeUInt32LE(1, 24))],
    ['a size that is too large', patch(plain, directory, (record) => record.writeUInt32LE(900, 24))],
    ['bytes that do not unpack', patch(plain, local, (record) => record.fill(0xff, 40, 44))],
  ])('%s, when it is read', async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(refused);
  });

  it('a file on disk that is shorter than the end of a zip', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'archive-')), 'a.zip');
    for (const text of ['', 'x']) {
      writeFileSync(file, text);
      await expect(withFile(file, (source) => listArchive(source, limits))).rejects.toThrow(refused);
    }
  });

  it('a bomb: it stops at the size that was claimed', async () => {
    const bomb = patch(zip({ a: new Uint8Array(50_000_000) }), directory, (record) =>
      record.writeUInt32LE(10, 24),
    );
    const source = fromBytes(bomb);
    const [entry] = await listArchive(source, limits);
    let given = 0;
    const reading = async (): Promise<void> => {
      if (entry) for await (const chunk of readEntry(source, entry)) given += chunk.length;
    };
    await expect(reading()).rejects.toThrow(refused);
    expect(given).toBeLessThanOrEqual(10);
  });

  it('any damage is refused or leaves the content as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(plain.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Uint8Array.from(plain);
        bytes[at] = (bytes[at] as number) ^ flip;
        const outcome = await read(bytes).catch((error: unknown) => {
          expect(error).toEqual(refused);
          return '{"a":1}';
        });
        expect(outcome).toBe('{"a":1}');
      }),
    );
  });
});
