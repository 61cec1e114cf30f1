import { Zip, ZipPassThrough, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { makePoint, makeProgress } from '../../core/training/progress.fixture.ts';
import { renderProgress } from '../../core/training/progress-file.ts';
import { maxProgressZipBytes, readProgressZip } from './progress-zip.ts';

const progress = makeProgress([makePoint({ epoch: 6, epochs: 20, metrics: { loss: 0.3 } })]);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const honest = bytesOf(renderProgress(progress));

/** As the action packs it: streamed, sizes behind the content. */
function stream(content: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  const zip = new Zip((_, part) => parts.push(part));
  const entry = new ZipPassThrough('progress.json');
  zip.add(entry);
  entry.push(content, true);
  zip.end();
  return Buffer.concat(parts);
}

it('reads a zip with the one file, packed at once or as a stream', () => {
  expect(readProgressZip(zipSync({ 'progress.json': honest }))).toEqual(progress);
  expect(readProgressZip(stream(honest))).toEqual(progress);
});

it.each([
  ['PROGRESS_ZIP', 'nothing', new Uint8Array(0)],
  ['PROGRESS_ZIP', 'another file', zipSync({ 'run.json': honest })],
  ['PROGRESS_ZIP', 'a file more', zipSync({ 'progress.json': honest, 'x.sh': honest })],
  ['PROGRESS_ZIP', 'a path', zipSync({ '../progress.json': honest })],
  ['PROGRESS_ZIP', 'a bomb', zipSync({ 'progress.json': new Uint8Array(2 ** 24) })],
  ['PROGRESS_ZIP', 'too much', new Uint8Array(maxProgressZipBytes + 1)],
  ['PROGRESS_INVALID', 'another shape', zipSync({ 'progress.json': bytesOf('{"v":2}') })],
  ['JSON_INVALID', 'no JSON', zipSync({ 'progress.json': new Uint8Array(0) })],
])('refuses as %s: %s', (code, _, zip) => {
  expect(() => readProgressZip(zip)).toThrow(expect.objectContaining({ code }));
});
