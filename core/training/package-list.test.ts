import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleMachine } from '../evidence/run-record.fixture.ts';
import { showGpus } from './gpu-text.ts';
import { parseCondaFile, parsePythonFacts, parseRFacts, sortPackages } from './package-list.ts';

describe('parsePythonFacts', () => {
  it('takes the last line, and packages that have a name', () => {
    const packages = [['b', '2'], ['', '1'], [3, '1'], 'x', ['a']];
    expect(parsePythonFacts(`hello\n${JSON.stringify({ version: '3.12.1', packages })}\n`)).toEqual({
      version: '3.12.1',
      packages: [
        ['b', '2'],
        ['a', 'unknown'],
      ],
    });
    expect(parsePythonFacts('{"version": "2.7.18"}')).toEqual({ version: '2.7.18', packages: [] });
    expect(parsePythonFacts('{"version": "3", "packages": {}}')).toEqual({ version: '3', packages: [] });
  });

  it.each(['', 'Python 3.12', 'null', '[]', '3', '{}', '{"version": ""}', '{"version": 3}'])(
    'takes no %j',
    (text) => {
      expect(parsePythonFacts(text)).toBeNull();
    },
  );

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parsePythonFacts(text)));
  });
});

describe('parseCondaFile', () => {
  it.each([
    ['python-3.12.1-h_0.json', ['conda:python', '3.12.1']],
    ['ca-certificates-2024.7.4-hbcca054_0.json', ['conda:ca-certificates', '2024.7.4']],
    ['history', null],
    ['a-1.json', null],
    ['.json', null],
  ])('%s', (file, expected) => {
    expect(parseCondaFile(file)).toEqual(expected);
  });
});

describe('parseRFacts', () => {
  it('reads version and packages, and nothing that is neither', () => {
    expect(parseRFacts('4.4.1 \r\nrpart\t4.1\r\nno tab\n')).toEqual({
      version: '4.4.1',
      packages: [['r:rpart', '4.1']],
    });
    for (const text of ['', 'Error in f', 'R 4.4']) expect(parseRFacts(text)).toBeNull();
  });
});

it('sortPackages lists each once, by name and version, whatever the order', () => {
  const pair = fc.tuple(fc.constantFrom('a', 'b', 'A-b'), fc.constantFrom('1', '10', '2'));
  fc.assert(
    fc.property(fc.array(pair), (packages) => {
      const sorted = sortPackages(packages);
      expect(new Set(sorted.map(String)).size).toBe(sorted.length);
      expect(new Set(sorted.map(String))).toEqual(new Set(packages.map(String)));
      expect(sortPackages(packages.toReversed())).toEqual(sorted);
    }),
  );
  expect(
    sortPackages([
      ['b', '1'],
      ['a', '2'],
      ['a', '1'],
    ]),
  ).toEqual([
    ['a', '1'],
    ['a', '2'],
    ['b', '1'],
  ]);
});

it('showGpus counts equal ones, and tells none from unknown', () => {
  const gpu = { name: 'A100', memoryMib: null, usedMib: null, capability: null };
  const show = (gpus: readonly (typeof gpu | (typeof sampleMachine.gpus)[0])[]) =>
    showGpus({ ...sampleMachine, gpus });
  expect(show([gpu, gpu, ...sampleMachine.gpus])).toBe('2 x A100, NVIDIA H100 (81559 MiB)');
  expect(show([])).toBe('none');
  expect(showGpus({ ...sampleMachine, gpus: [], gpuTool: null })).toBe('unknown');
});
