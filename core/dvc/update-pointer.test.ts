import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { parseDvcFile } from './dvc-file.ts';
import type { DvcHash } from './entry.ts';
import { parseLock } from './lock.ts';
import { listMetrics, parseParameters } from './parameters.ts';
import { parsePipeline } from './pipeline.ts';
import { digestStage, updatePointer } from './update-pointer.ts';

const read = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../fixtures/dvc/corpus', name), 'utf8');
const raw = (value: string): DvcHash => ({ kind: 'md5', value });
const md5 = 'acbd18db4cc2f85cedef654fccc4a4d8';

describe('updatePointer', () => {
  it('changes digest and size of what DVC wrote', () => {
    const text = read('table.csv.dvc');
    expect(updatePointer(text, 'table.csv.dvc', { hash: raw(md5), sizeBytes: 3, files: null })).toBe(
      text.replace('22a1a2931c8370d3aeedd7183606fd7f', md5).replace('14445097', '3'),
    );
  });

  it("keeps a person's comments, quotes and indents", () => {
    const text = read('by-hand.dvc');
    expect(updatePointer(text, 'x.dvc', { hash: raw(md5), sizeBytes: 3, files: null })).toBe(
      text.replace('22a1a2931c8370d3aeedd7183606fd7f', md5).replace('14445097', '3'),
    );
  });

  it('quotes a digest that would be a number, and takes the quotes away again', () => {
    const text = read('table.csv.dvc');
    const digits = '81720000000000000000000000000e45';
    const changed = updatePointer(text, 'x.dvc', { hash: raw(digits), sizeBytes: 14_445_097, files: null });
    expect(changed).toBe(text.replace('22a1a2931c8370d3aeedd7183606fd7f', `'${digits}'`));
    const back = { hash: raw('22a1a2931c8370d3aeedd7183606fd7f'), sizeBytes: 14_445_097, files: null };
    expect(updatePointer(changed, 'x.dvc', back)).toBe(text);
  });

  it('turns a file into a folder and back', () => {
    const text = read('table.csv.dvc');
    const folder = updatePointer(text, 'x.dvc', { hash: raw(`${md5}.dir`), sizeBytes: 6, files: 2 });
    expect(folder).toBe(`outs:\n- md5: ${md5}.dir\n  size: 6\n  nfiles: 2\n  hash: md5\n  path: table.csv\n`);
    const back = { hash: raw('22a1a2931c8370d3aeedd7183606fd7f'), sizeBytes: 14_445_097, files: null };
    expect(updatePointer(folder, 'x.dvc', back)).toBe(text);
  });

  it('computes the digest of an import anew, as DVC does', () => {
    const text = read('import.dvc');
    const { document, md5: own } = parseDvcFile(text, 'import.dvc');
    // Computed by Python's json.dumps and hashlib from the same file.
    expect(own).toBe('035b8ebf970c889e32d875f769ac4aa6');
    expect(digestStage(document)).toBe(own);
    const changed = updatePointer(text, 'x.dvc', { hash: raw(md5), sizeBytes: 3, files: null });
    const after = parseDvcFile(changed, 'x.dvc');
    expect(after.md5).not.toBe(own);
    expect(digestStage(after.document)).toBe(after.md5);
    const back = { hash: raw('22a1a2931c8370d3aeedd7183606fd7f'), sizeBytes: 14_445_097, files: null };
    expect(updatePointer(changed, 'x.dvc', back)).toBe(text);
  });

  it('changes nothing but digits, whatever stands around them', () => {
    const line = fc.constantFrom('', '# md5: 1', '   # size: 3', '#');
    const quote = fc.constantFrom('', "'", '"');
    const end = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(line, line, quote, end, fc.nat({ max: 4 }), (above, behind, mark, eol, indent) => {
        const pad = ' '.repeat(indent);
        const old = '22a1a2931c8370d3aeedd7183606fd7f';
        const lines = [
          above,
          'outs:',
          `${pad}- path: a.csv`,
          `${pad}  md5: ${mark}${old}${mark}${behind === '' ? '' : ` ${behind}`}`,
          `${pad}  size: 7`,
        ];
        const text = `${lines.join(eol)}${eol}`;
        const output = { hash: { kind: 'md5-dos2unix', value: md5 }, sizeBytes: 8, files: null } as const;
        expect(updatePointer(text, 'x.dvc', output)).toBe(
          text.replace(old, md5).replace('size: 7', 'size: 8'),
        );
      }),
    );
  });

  it.each([
    ['a folder in braces has no line of its own', `outs: [{md5: ${md5}, path: a}]\n`],
    ['a size that stands on the line of the digest', `outs:\n- {md5: ${md5}, hash: md5,\n   path: a}\n`],
    ['a count with a note', `outs:\n- md5: ${md5}\n  size: 3\n  nfiles: 2 # two\n  hash: md5\n  path: a\n`],
    ['an alias', `desc: &d ${md5}\nouts:\n- md5: *d\n  hash: md5\n  path: a\n`],
  ])('refuses what it cannot change in place: %s', (_, text) => {
    const hash: DvcHash = {
      kind: text.includes('hash:') ? 'md5' : 'md5-dos2unix',
      value: md5.replace('a', 'b'),
    };
    expect(() => updatePointer(text, 'x.dvc', { hash, sizeBytes: 1, files: null })).toThrow(
      expect.objectContaining({ code: 'DVC_HANDWRITTEN' }),
    );
  });

  it('refuses another recipe, and several outputs', () => {
    const text = read('table.csv.dvc');
    const old = { hash: { kind: 'md5-dos2unix', value: md5 }, sizeBytes: 1, files: null } as const;
    expect(() => updatePointer(text, 'x.dvc', old)).toThrow(/md5-dos2unix/);
    expect(() =>
      updatePointer(text + text.slice(6), 'x.dvc', { hash: raw(md5), sizeBytes: 1, files: null }),
    ).toThrow(expect.objectContaining({ code: 'DVC_POINTER' }));
  });
});

describe('whatever is read', () => {
  const files = ['import.dvc', 'cloud.dvc', 'dvc.lock', 'by-hand.yaml', 'params.yaml', 'metrics.json'];
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 12 }),
    text: fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('\n', '- ', ': ', '{', '[', '&a ', '*a', '<<: ', '"', '0x_', '!!str ', '? ', '|', '\t'),
    ),
  });

  it.each([
    ['a pointer', parseDvcFile],
    ['a lock', parseLock],
    ['a pipeline', parsePipeline],
    ['parameters', (text: string) => listMetrics(parseParameters(text, 'p.yaml'))],
    ['JSON', (text: string) => listMetrics(parseParameters(text, 'p.json'))],
    ['an update', (text: string) => updatePointer(text, 'x', { hash: raw(md5), sizeBytes: 1, files: null })],
  ])('%s is read or refused as input of the user, never anything else', (_, parse) => {
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { maxLength: 5 }), (file, edits) => {
        const text = edits.reduce((before, { at, length, text: piece }) => {
          const start = Math.floor(at * before.length);
          return before.slice(0, start) + piece + before.slice(start + length);
        }, read(file));
        try {
          parse(text, 'x');
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
