import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobIdOf } from '../../core/change/tree-id.ts';
import { ObjectFolder } from './object-folder.ts';
import { renderRecord } from './object-record.ts';

describe('ObjectFolder', () => {
  let folder: string;
  let warnings: string[];
  let opened: ObjectFolder[] = [];
  const open = (maxBytes?: number) => {
    const warn = (_: object, message: string) => void warnings.push(message);
    const objects = new ObjectFolder({ folder, warn, ...(maxBytes === undefined ? {} : { maxBytes }) });
    opened.push(objects);
    return objects;
  };
  const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
  const idOf = (text: string) => blobIdOf(bytesOf(text));
  const keep = async (objects: ObjectFolder, ...texts: readonly string[]) => {
    for (const text of texts) await objects.keep(idOf(text), bytesOf(text));
    await objects.flush();
  };
  const read = async (objects: ObjectFolder, ...texts: readonly string[]) =>
    Promise.all(
      texts.map(async (text) => {
        const bytes = await objects.read('blob', idOf(text));
        return bytes === undefined ? null : Buffer.from(bytes).toString();
      }),
    );
  const files = () => readdirSync(folder).sort();
  const only = () => path.join(folder, files()[0] ?? '');

  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'object-folder-')), 'ledger');
    warnings = [];
  });
  afterEach(async () => {
    for (const objects of opened) await objects.close();
    opened = [];
    rmSync(path.dirname(folder), { recursive: true });
  });

  it('gives what it keeps, to a later process as well, for whoever owns it alone', async () => {
    const objects = open();
    await keep(objects, 'one', '');
    await keep(objects, 'two\n', 'one');
    const texts = ['one', '', 'two\n', 'three'];
    expect(await read(objects, ...texts)).toEqual(['one', '', 'two\n', null]);
    expect(await read(open(), ...texts)).toEqual(['one', '', 'two\n', null]);
    expect([statSync(only()).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
    expect([warnings, files().length]).toEqual([[], 1]);
  });

  it('believes nothing but what has the id that it is asked by, and keeps it anew', async () => {
    await keep(open(), 'one', 'two', 'three');
    writeFileSync(only(), readFileSync(only(), 'latin1').replace('two', 'TWO'));
    const objects = open();
    expect(await read(objects, 'one', 'two', 'three')).toEqual(['one', null, 'three']);
    await keep(objects, 'two');
    expect(await read(open(), 'one', 'two', 'three')).toEqual(['one', 'two', 'three']);
    expect(await open().read('tree', idOf('one'))).toBeUndefined();
  });

  it('reads whatever a disk makes of it without a throw, and gives nothing that is not right', async () => {
    const texts = ['one', 'two', 'x'.repeat(60_000), 'four'];
    const whole = Buffer.concat(texts.map((text) => renderRecord(idOf(text), bytesOf(text))));
    mkdirSync(folder);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length }),
        fc.uint8Array({ maxLength: 80 }),
        fc.boolean(),
        async (at, noise, cut) => {
          const rest = cut ? [] : [whole.subarray(at + noise.length)];
          writeFileSync(
            path.join(folder, '1.objects'),
            Buffer.concat([whole.subarray(0, at), noise, ...rest]),
          );
          const objects = open();
          const found = await read(objects, ...texts);
          await objects.close();
          expect(found.filter((text, index) => text !== null && text !== texts[index])).toEqual([]);
          let end = 0;
          for (const [index, text] of texts.entries()) {
            end += renderRecord(idOf(text), bytesOf(text)).length;
            if (end <= at) expect(found[index]).toBe(text);
          }
        },
      ),
      { numRuns: 60, seed: 30 },
    );
  });

  it('leaves alone what is no file of its own: a link, a pipe, a folder, what has no end', async () => {
    mkdirSync(folder);
    const right = path.join(path.dirname(folder), 'right');
    writeFileSync(right, renderRecord(idOf('one'), bytesOf('one')));
    symlinkSync(right, path.join(folder, '1.objects'));
    execFileSync('mkfifo', [path.join(folder, '2.objects')]);
    mkdirSync(path.join(folder, '3.objects'));
    writeFileSync(path.join(folder, '4.objects'), renderRecord(idOf('two'), bytesOf('two'.padEnd(3000))));
    writeFileSync(path.join(folder, 'note.txt'), 'not ours');
    const objects = open(2_000);
    expect(await read(objects, 'one', 'two')).toEqual([null, null]);
    await keep(open(), 'one');
    expect(await read(open(), 'one')).toEqual(['one']);
    expect([existsSync(right), existsSync(path.join(folder, 'note.txt'))]).toEqual([true, true]);
  });

  it('loses what it cannot write and nothing else, says so once, and goes on when it can', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const objects = open();
    await keep(objects, 'one', 'two');
    expect([await read(objects, 'one'), warnings]).toEqual([
      [null],
      ['what was read of GitHub cannot be kept on the disk'],
    ]);
    rmSync(folder);
    await keep(objects, 'one');
    rmSync(folder, { recursive: true });
    await keep(objects, 'lost with the folder');
    await keep(objects, 'two');
    expect([await read(objects, 'one', 'two'), warnings.length]).toEqual([['one', 'two'], 1]);
  });

  it('leaves the disk to others when little of it is left', async () => {
    let free = 128 * 1024 * 1024 + 100;
    const warn = (_: object, message: string) => void warnings.push(message);
    const objects = new ObjectFolder({ folder, warn, freeBytes: async () => free });
    opened.push(objects);
    await keep(objects, 'one');
    await keep(objects, 'x'.repeat(200));
    free = Number.NaN;
    await keep(objects, 'two');
    expect(await read(objects, 'one', 'x'.repeat(200), 'two')).toEqual(['one', null, null]);
    free = 1024 ** 3;
    await keep(objects, 'two');
    expect([await read(open(), 'one', 'two'), warnings.length]).toEqual([['one', 'two'], 1]);
  });

  it('stays below its size: the oldest goes, and what is new is found', async () => {
    const texts = Array.from({ length: 64 }, (_, at) => String(at).padStart(900));
    const maxBytes = 16_000;
    const objects = open(maxBytes);
    for (const text of texts) {
      await keep(objects, text);
      const bytes = files().reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
      expect(bytes).toBeLessThanOrEqual(maxBytes);
    }
    const found = await read(open(maxBytes), ...texts);
    expect(found.slice(-10)).toEqual(texts.slice(-10));
    expect(found.slice(0, 40)).toEqual(found.slice(0, 40).map(() => null));
  });

  it('begins no more files than a process may hold open, however often it starts', async () => {
    mkdirSync(folder);
    for (let at = 10; at < 80; at += 1)
      writeFileSync(path.join(folder, `${at}.objects`), renderRecord(idOf(`${at}`), bytesOf(`${at}`)));
    await keep(open(), 'new');
    expect(files()).toHaveLength(64);
    expect(await read(open(), 'new', '79', '10')).toEqual(['new', '79', null]);
  });

  it('reads what several processes wrote, each to files of its own, one of them not to the end', async () => {
    const [first, second] = [open(), open()];
    await keep(first, 'one');
    appendFileSync(only(), `${idOf('torn')} 400\nhalf of it`);
    await keep(second, 'two');
    expect(await read(open(), 'one', 'two', 'torn')).toEqual(['one', 'two', null]);
    expect(files()).toHaveLength(2);
  });
});
