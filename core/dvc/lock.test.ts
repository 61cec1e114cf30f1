import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LockedStage, parseLock, updateLock } from './lock.ts';
import { type DvcMap, textOf } from './node.ts';
import { parseDvcYaml } from './parse-yaml.ts';

const text = readFileSync(join(import.meta.dirname, '../../fixtures/dvc/corpus/dvc.lock'), 'utf8');
const entry = (path: string, value: string): LockedStage['outputs'][number] => ({
  ...{ path, hash: { kind: 'md5', value }, sizeBytes: 3, files: null },
  ...{ executable: false, cloud: null, versions: null },
});
const md5 = 'acbd18db4cc2f85cedef654fccc4a4d8';

describe('dvc.lock', () => {
  it('is read stage by stage, values as they are written', () => {
    const { schema, stages } = parseLock(text, 'dvc.lock');
    expect(schema).toBe('2.0');
    expect([...stages.keys()]).toEqual(['prepare', "it's"]);
    const stage = stages.get('prepare');
    expect(stage?.command).toEqual([
      'python src/prepare.py --input data/raw/flights-of-the-first-quarter.csv --output data/prepared --seed 17',
    ]);
    expect(stage?.dependencies[0]).toMatchObject({
      ...{ path: 'data/raw', sizeBytes: 6, files: 2 },
      hash: { kind: 'md5', value: '5ea40360f5b4ec688df672a4db9c17d1.dir' },
    });
    const parameters = stage?.parameters.get('params.yaml');
    expect(parameters?.entries.map(({ key }) => textOf(key))).toEqual(['prepare.seed', 'train']);
  });

  it('is written byte for byte, every stage in its place', () => {
    for (const [name, stage] of parseLock(text, 'dvc.lock').stages) {
      expect(updateLock(text, 'dvc.lock', name, stage)).toBe(text);
    }
  });

  it('takes a new stage at its end, sorted as DVC sorts', () => {
    const parameters = new Map([
      ['a.yaml', parseDvcYaml('z: 1\nb: {y: 1.0, x: 2}\n', 'a') as DvcMap],
      ['params.yaml', parseDvcYaml('seed: 1_000\n', 'p') as DvcMap],
    ]);
    const stage: LockedStage = {
      command: ['make a', 'make b'],
      dependencies: [entry('src/z.py', md5), entry('src/a.py', md5)],
      parameters,
      outputs: [{ ...entry('data', `${md5}.dir`), files: 2 }],
    };
    expect(updateLock(text, 'dvc.lock', 'train', stage)).toBe(`${text}  train:
    cmd:
    - make a
    - make b
    deps:
    - path: src/a.py
      hash: md5
      md5: ${md5}
      size: 3
    - path: src/z.py
      hash: md5
      md5: ${md5}
      size: 3
    params:
      params.yaml:
        seed: 1000
      a.yaml:
        b:
          y: 1.0
          x: 2
        z: 1
    outs:
    - path: data
      hash: md5
      md5: ${md5}.dir
      size: 3
      nfiles: 2
`);
  });

  it('begins with its schema', () => {
    const stage = { command: ['make'], dependencies: [], parameters: new Map(), outputs: [] };
    expect(updateLock(null, 'dvc.lock', 'a', stage)).toBe("schema: '2.0'\nstages:\n  a:\n    cmd: make\n");
    expect(updateLock("schema: '2.0'\n", 'dvc.lock', 'a', stage)).toBe(
      "schema: '2.0'\nstages:\n  a:\n    cmd: make\n",
    );
  });

  it('is not written anew when a person has edited it, or DVC 1 wrote it', () => {
    const stage = { command: ['make'], dependencies: [], parameters: new Map(), outputs: [] };
    expect(() => updateLock(`# note\n${text}`, 'dvc.lock', 'a', stage)).toThrow(
      expect.objectContaining({ code: 'DVC_HANDWRITTEN' }),
    );
    const old = `train:\n  cmd: make\n  deps:\n  - path: a\n    md5: ${md5}\n`;
    expect(parseLock(old, 'dvc.lock')).toMatchObject({ schema: '1.0' });
    expect(parseLock(old, 'dvc.lock').stages.get('train')?.dependencies[0]?.hash?.kind).toBe('md5-dos2unix');
    expect(() => updateLock(old, 'dvc.lock', 'a', stage)).toThrow(
      expect.objectContaining({ code: 'DVC_LOCK' }),
    );
  });

  it.each([
    ['an unknown schema', "schema: '3.0'\n"],
    ['an unknown key', "schema: '2.0'\nevil: 1\n"],
    ['an unknown key of a stage', "schema: '2.0'\nstages:\n  a:\n    evil: 1\n"],
    ['a digest that is none', "schema: '2.0'\nstages:\n  a:\n    outs:\n    - path: b\n      md5: xyz\n"],
    ['an output without a path', `schema: '2.0'\nstages:\n  a:\n    outs:\n    - md5: ${md5}\n`],
    [
      'a size that is a fraction',
      "schema: '2.0'\nstages:\n  a:\n    outs:\n    - path: b\n      size: 1.5\n",
    ],
    ['a list of stages', "schema: '2.0'\nstages:\n- a\n"],
    ['two remotes', "schema: '2.0'\nstages:\n  a:\n    outs:\n    - path: b\n      cloud: {x: {}, y: {}}\n"],
    ['text', 'hello'],
  ])('is refused with %s', (_, broken) => {
    expect(() => parseLock(broken, 'dvc.lock')).toThrow(
      expect.objectContaining({ kind: 'input', code: 'DVC_LOCK' }),
    );
  });
});
