import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepLastLines, readLines } from './line-stream.ts';

async function read(chunks: readonly Uint8Array[]): Promise<readonly string[]> {
  const lines: string[] = [];
  await readLines(Readable.from(chunks, { objectMode: true }), (line) => lines.push(line));
  return lines;
}

describe('readLines', () => {
  it('gives the same lines wherever the output is cut', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '🙂', '\n', '\r', '\r\n', ' '))
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (some, size) => {
        const bytes = Buffer.from(some);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        const lines = some.split(/\r\n|\r|\n/);
        if (lines.at(-1) === '') lines.pop();
        expect(await read(chunks)).toEqual(lines);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts a line that never ends', async () => {
    const lines = await read([Buffer.alloc(150_000, 'x'), Buffer.from('\ny\n')]);
    expect(lines.map((line) => line.length)).toEqual([65_536, 65_536, 18_928, 1]);
  });

  it('ends with a stream that fails', async () => {
    const stream = new PassThrough();
    const lines: string[] = [];
    const done = readLines(stream, (line) => lines.push(line));
    stream.write('half');
    setImmediate(() => stream.destroy(new Error('cut')));
    await done;
    expect(lines).toEqual(['half']);
  });
});

describe('keepLastLines', () => {
  it('keeps as many as asked for', () => {
    const last = keepLastLines(2);
    for (const line of ['a', 'b', 'c']) last.add(line);
    expect(last.list()).toEqual(['b', 'c']);
  });
});
