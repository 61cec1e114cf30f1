import type { Finding, Sample } from '../finding/finding.ts';
import { type Block, paragraph, type Section } from './block.ts';

/** Of a model that declares nothing yet, all there is fits in. */
const mostSamples = 10;

/** What to write, to copy: one block a file, in the order in which it was missed. */
export function sampleSections(findings: readonly Finding[]): readonly Section[] {
  const samples = mergeSamples(findings.flatMap(({ sample }) => sample ?? []));
  return samples.slice(0, mostSamples).map(({ file, lines }) => ({
    name: `what to write into ${file}`,
    rank: 1,
    blocks: [
      paragraph({ strong: 'To write' }, ' into ', { code: file }, ':'),
      { kind: 'fence', language: 'yaml', lines } satisfies Block,
    ],
  }));
}

/** Several samples of one file are one; under a key that stands there already, only what is new is added. */
export function mergeSamples(samples: readonly Sample[]): readonly Sample[] {
  const files = new Map<string, readonly string[]>();
  for (const { file, lines } of samples) files.set(file, addLines(files.get(file) ?? [], lines));
  return [...files].map(([file, lines]) => ({ file, lines }));
}

function addLines(known: readonly string[], lines: readonly string[]): readonly string[] {
  const [head = '', ...rest] = lines;
  const at = known.indexOf(head);
  if (at < 0) return [...known, ...lines];
  const next = known.findIndex((line, index) => index > at && !line.startsWith(' '));
  const end = next < 0 ? known.length : next;
  const body = new Set(known.slice(at + 1, end));
  return [...known.slice(0, end), ...rest.filter((line) => !body.has(line)), ...known.slice(end)];
}
