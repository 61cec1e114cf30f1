import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { digestBytes } from '../../core/json/canonical.ts';
import { takeModel, takeRows } from './handed-files.ts';

let folder: string;
let to: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handed-'));
  to = join(folder, 'taken');
});
const write = (name: string, bytes: string | Uint8Array) => writeFileSync(join(folder, name), bytes);
const md5 = (bytes: string | Uint8Array) => createHash('md5').update(bytes).digest('hex');
const pointer = (digest: string, more = 'hash: md5') => ({
  path: 'data/held-out.csv.dvc',
  content: Buffer.from(`outs:\n- md5: ${digest}\n  ${more}\n  path: held-out.csv\n`),
});
const code = (text: string) => expect.objectContaining({ code: text });

test('a model or rows with any one byte changed, added or lost are refused and do not stay', async () => {
  const change = fc.tuple(
    fc.uint8Array({ minLength: 1, maxLength: 200 }),
    fc.nat(),
    fc.integer({ min: 1, max: 255 }),
    fc.constantFrom('changed', 'added', 'lost'),
  );
  await fc.assert(
    fc.asyncProperty(change, async ([bytes, at, by, how]) => {
      const index = at % bytes.length;
      const other = [...bytes];
      if (how === 'changed') other[index] = (other[index] ?? 0) ^ by;
      if (how === 'added') other.splice(index, 0, by);
      if (how === 'lost') other.splice(index, 1);
      write('model.bin', Uint8Array.from(other));
      write('features.csv', Uint8Array.from(other));
      await expect(takeModel(folder, digestBytes(bytes), to)).rejects.toThrow(code('PREDICT_HANDED_OTHER'));
      expect(existsSync(to)).toBe(false);
      await expect(takeRows(folder, 'features', pointer(md5(bytes)), to)).rejects.toThrow(
        code('PREDICT_HANDED_OTHER'),
      );
      expect(existsSync(to)).toBe(false);
    }),
    { numRuns: 40 },
  );
});

test('what fits is taken, rows of DVC 2 by its own digest', async () => {
  write('model.bin', 'weights');
  await takeModel(folder, digestBytes('weights'), to);
  expect(readFileSync(to, 'utf8')).toBe('weights');
  write('features.csv', 'row,hour\r\n1,8\r\n');
  const old = `outs:\n- md5: ${md5('row,hour\n1,8\n')}\n  size: 15\n  path: held-out.csv\n`;
  await takeRows(folder, 'features', { path: 'data/held-out.csv.dvc', content: Buffer.from(old) }, to);
  expect(readFileSync(to, 'utf8')).toBe('row,hour\r\n1,8\r\n');
});

test('a size that the pointer does not say of these bytes is refused', async () => {
  write('features.csv', 'rows');
  const wrong = pointer(md5('rows'), 'size: 5\n  hash: md5');
  await expect(takeRows(folder, 'features', wrong, to)).rejects.toThrow(code('PREDICT_HANDED_OTHER'));
});

test('rows that lie in git come from git, whatever the artifact holds', async () => {
  write('features.csv', 'forged');
  await takeRows(folder, 'features', { path: 'data/held-out.csv', content: Buffer.from('row,hour\n') }, to);
  expect(readFileSync(to, 'utf8')).toBe('row,hour\n');
});

test('nothing, a folder and a link are no files', async () => {
  const take = () => takeModel(folder, digestBytes('weights'), to);
  await expect(take()).rejects.toThrow(code('PREDICT_HANDED_MISSING'));
  write('elsewhere', 'weights');
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'model.bin'));
  await expect(take()).rejects.toThrow(code('PREDICT_HANDED_MISSING'));
  mkdirSync(join(folder, 'features.csv'));
  await expect(takeRows(folder, 'features', pointer(md5('x')), to)).rejects.toThrow(
    code('PREDICT_HANDED_MISSING'),
  );
  await expect(takeModel('/nowhere', digestBytes('x'), to)).rejects.toThrow(code('PREDICT_HANDED_MISSING'));
});

test('a folder of DVC is no table of held-out rows', async () => {
  await expect(takeRows(folder, 'features', pointer(`${md5('x')}.dir`), to)).rejects.toThrow(
    code('DVC_UNSUPPORTED'),
  );
});
