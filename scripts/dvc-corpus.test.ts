import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseLock, updateLock } from '../core/dvc/lock.ts';
import { type CorpusEntry, checkCorpus } from './dvc-corpus.ts';

const root = join(import.meta.dirname, '..');
const own = join(root, 'fixtures', 'dvc', 'corpus');
/** Real files of public repositories, which are not part of this one. */
const real = join(root, '..', 'shared', 'data', 'dvc');
const isHere = existsSync(join(real, 'INDEX.json'));
if (!isHere) console.log('skipped: the corpus of real DVC files is not beside this repository');

describe('the corpus of DVC files', () => {
  it('passes for our own files', () => {
    expect(checkCorpus(own)).toEqual({ passed: 11, failures: [] });
  });

  it.skipIf(!isHere)('passes for real files', () => {
    const { passed, failures } = checkCorpus(real);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(100);
  });

  it.skipIf(!isHere)('has locks whose every stage is written again byte for byte', () => {
    const entries: readonly CorpusEntry[] = JSON.parse(readFileSync(join(real, 'INDEX.json'), 'utf8'));
    const locks = entries.filter((entry) => entry.kind === 'lock' && entry.class === 'machine');
    expect(locks.length).toBeGreaterThan(20);
    for (const { file } of locks) {
      const text = readFileSync(join(real, file), 'utf8');
      const { schema, stages } = parseLock(text, file);
      // DVC writes the locks of DVC 1 anew before it changes them.
      if (schema !== '2.0') continue;
      for (const [name, stage] of stages) {
        expect(updateLock(text, file, name, stage), `${file}, ${name}`).toBe(text);
      }
    }
  });
});

describe('a corpus with a fault', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-corpus-'));
    cpSync(own, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const change = (file: string, edit: (text: string) => string) => {
    const path = join(folder, file);
    writeFileSync(path, edit(readFileSync(path, 'utf8')));
  };

  it.each([
    [
      'a file that DVC would write otherwise',
      'table.csv.dvc',
      (text: string) => text.replace('- md5', '-  md5'),
    ],
    ['a comment in what DVC wrote', 'dvc.lock', (text: string) => `# note\n${text}`],
    [
      'a line that is folded early',
      'dvc.lock',
      (text: string) => text.replace(' --output\n', '\n      --output '),
    ],
    ['an unknown key', 'import.dvc', (text: string) => `${text}evil: 1\n`],
    ['a key twice', 'by-hand.yaml', (text: string) => `${text}stages: {}\n`],
    ['no newline at the end', 'table.csv.dvc', (text: string) => text.trimEnd()],
    ['Windows line ends', 'table.csv.dvc', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', 'table.csv.dvc', (text: string) => `\ufeff${text}`],
  ])('fails for %s, and names the file', (_, file, edit) => {
    change(file, edit);
    const { passed, failures } = checkCorpus(folder);
    expect([passed, failures.length]).toEqual([10, 1]);
    expect(failures[0]).toContain(file);
  });

  it('says where the first difference is', () => {
    change('table.csv.dvc', (text) => text.replace('  size', '  size '));
    expect(checkCorpus(folder).failures[0]).toContain(
      'line 3 is "  size : 14445097", written "  size: 14445097"',
    );
  });

  it.each([
    ['an unknown kind', [{ file: 'dvc.lock', kind: 'evil', class: 'machine' }], 'evil'],
    ['an unknown class', [{ file: 'dvc.lock', kind: 'lock', class: 'robot' }], 'robot'],
    ['a file that is not there', [{ file: 'nowhere', kind: 'lock', class: 'machine' }], 'nowhere'],
    ['no kind', [{ file: 'dvc.lock' }], 'INDEX.json'],
    ['no files', [], 'INDEX.json'],
    ['no list', {}, 'INDEX.json'],
  ])('fails for %s', (_, index, named) => {
    change('INDEX.json', () => JSON.stringify(index));
    const { passed, failures } = checkCorpus(folder);
    expect([passed, failures.length]).toEqual([0, 1]);
    expect(failures[0]).toContain(named);
  });

  it('fails without an index', () => {
    rmSync(join(folder, 'INDEX.json'));
    expect(checkCorpus(folder)).toMatchObject({
      passed: 0,
      failures: [expect.stringContaining('INDEX.json')],
    });
  });
});
