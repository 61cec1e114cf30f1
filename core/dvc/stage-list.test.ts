import { describe, expect, it } from 'vitest';
import { listStages } from './stage-list.ts';

const list = (text: string, files: Readonly<Record<string, string>> = {}, file = 'dvc.yaml') =>
  listStages(text, file, (path) => files[path] ?? null);
const commands = (text: string, files: Readonly<Record<string, string>> = {}) =>
  list(text, files).map(({ name, command }) => [name, ...command]);

describe('stages of a dvc.yaml', () => {
  it('have every path in the repository', () => {
    const text = `stages:
  train:
    wdir: src
    cmd: [python train.py, python score.py]
    deps: [train.py, ../data/x.csv]
    params: [train.lr, {other.json: [a.b]}, {all.yaml: }]
    outs: [model.pkl, {keep: {persist: true, push: false}}]
    metrics: [{m.json: {cache: false}}]
    plots: [{p.csv: {remote: other}}]
`;
    expect(list(text, {}, 'sub/dvc.yaml')).toEqual([
      {
        ...{ name: 'train', command: ['python train.py', 'python score.py'], commandIsList: true },
        folder: 'sub/src',
        dependencies: [
          { path: 'train.py', at: 'sub/src/train.py' },
          { path: '../data/x.csv', at: 'sub/data/x.csv' },
        ],
        parameters: [
          { file: 'params.yaml', keys: ['train.lr'], at: 'sub/src/params.yaml' },
          { file: 'other.json', keys: ['a.b'], at: 'sub/src/other.json' },
          { file: 'all.yaml', keys: null, at: 'sub/src/all.yaml' },
        ],
        outputs: [
          { path: 'model.pkl', at: 'sub/src/model.pkl', kept: true, persisted: false },
          { path: 'keep', at: 'sub/src/keep', kept: false, persisted: true },
          { path: 'm.json', at: 'sub/src/m.json', kept: false, persisted: false },
          { path: 'p.csv', at: 'sub/src/p.csv', kept: false, persisted: false },
        ],
        ...{ frozen: false, alwaysChanged: false },
      },
    ]);
  });

  it('have their templates filled in from params.yaml, vars and their own vars', () => {
    const text = `vars: [more.json:seed, {where: {data: raw}, flags: [x, y]}]
stages:
  a:
    vars: [{own: 1_000}]
    cmd: go \${train.lr} \${seed} \${ flags[1] } \${own} \${ok} \${none} \\\${HOME}
    wdir: \${where.data}
    deps: ["\${where.data}/x", "\${flags.0}"]
    frozen: \${ok}
    outs: ["\${seed}.json": {cache: "\${ok}"}]
`;
    const files = {
      'params.yaml': 'train: {lr: 1e-3}\nok: true\nnone:\n',
      'more.json': '{"seed": 7, "train": 2}',
    };
    expect(list(text, files)).toMatchObject([
      {
        command: ['go 0.001 7 y 1000 true None ${HOME}'],
        folder: 'raw',
        dependencies: [{ at: 'raw/raw/x' }, { at: 'raw/x' }],
        outputs: [{ at: 'raw/7.json', kept: true }],
        frozen: true,
      },
    ]);
  });

  it('are spread by foreach and matrix', () => {
    const text = `stages:
  each: {foreach: "\${models}", do: {cmd: "fit \${key} \${item.size}"}}
  list: {foreach: [a, true, 1.50], do: {cmd: "fit \${item}"}}
  maps: {foreach: [{a: 1}, {a: 2}], do: {cmd: "fit \${item.a}"}}
  grid: {matrix: {m: "\${kinds}", n: [1, {z: 2}]}, cmd: "fit \${item.m} \${key}"}
`;
    const files = { 'params.yaml': 'models: {eu: {size: 1}, us: {size: 2}}\nkinds: [x]\nitem: mine\n' };
    expect(commands(text, files)).toEqual([
      ...[
        ['each@eu', 'fit eu 1'],
        ['each@us', 'fit us 2'],
      ],
      ...[
        ['list@a', 'fit a'],
        ['list@true', 'fit true'],
        ['list@1.5', 'fit 1.5'],
      ],
      ...[
        ['maps@0', 'fit 1'],
        ['maps@1', 'fit 2'],
      ],
      ...[
        ['grid@x-1', 'fit x x-1'],
        ['grid@x-n1', 'fit x x-n1'],
      ],
    ]);
  });

  it.each([
    ['a name without a value', 'a: {cmd: "x ${gone}"}', 'DVC_TEMPLATE'],
    ['a name into a number', 'a: {cmd: "x ${train.lr.x}"}', 'DVC_TEMPLATE'],
    ['an expression', 'a: {cmd: "x ${a..b}"}', 'DVC_TEMPLATE'],
    ['options made of a map', 'a: {cmd: "x ${train}"}', 'DVC_TEMPLATE'],
    ['a folder that is a list', 'a: {cmd: x, wdir: [y]}', 'DVC_PIPELINE'],
    ['a list in a text', 'a: {cmd: "x ${list}"}', 'DVC_TEMPLATE'],
    ['a folder that is a map', 'a: {cmd: x, wdir: "${train}"}', 'DVC_TEMPLATE'],
    ['foreach over a number', 'a: {foreach: "${train.lr}", do: {cmd: x}}', 'DVC_TEMPLATE'],
    ['a matrix of no list', 'a: {matrix: {a: 1}, cmd: x}', 'DVC_TEMPLATE'],
    ['a date', 'a: {cmd: "x ${day}"}', 'DVC_TEMPLATE'],
    ['a key that is a map', 'a: {cmd: x, outs: [{"${train}": {}}]}', 'DVC_TEMPLATE'],
    ['a value that is set twice', 'a: {cmd: x, vars: [{day: 1}]}', 'DVC_TEMPLATE'],
    ['the value of foreach set again', 'a: {foreach: [1], do: {cmd: x, vars: [{item: 1}]}}', 'DVC_TEMPLATE'],
    ['a template in vars', 'a: {cmd: x, vars: [{v: ["${day}"]}]}', 'DVC_TEMPLATE'],
    ['a list in vars', 'a: {cmd: x, vars: [[1]]}', 'DVC_TEMPLATE'],
    ['a file of values that is not there', 'a: {cmd: x, vars: [gone.yaml]}', 'DVC_TEMPLATE'],
    ['a file of values outside', 'a: {cmd: x, vars: [../v.yaml]}', 'DVC_TEMPLATE'],
    ['a key that a file of values has not', 'a: {cmd: x, vars: ["other.yaml:gone"]}', 'DVC_TEMPLATE'],
    ['part of a file that is in', 'a: {cmd: x, vars: ["params.yaml:day"]}', 'DVC_TEMPLATE'],
    ['a dependency outside', 'a: {cmd: x, deps: [../../etc/passwd]}', 'DVC_UNSUPPORTED'],
    ['an absolute output', 'a: {cmd: x, outs: [/tmp/x]}', 'DVC_UNSUPPORTED'],
    ['a dependency in a bucket', 'a: {cmd: x, deps: ["s3://b/x"]}', 'DVC_UNSUPPORTED'],
    ['a stage without a command', 'a: {deps: [x]}', 'DVC_PIPELINE'],
    ['an unknown key', 'a: {cmd: x, live: {}}', 'DVC_PIPELINE'],
    ['two stages of one name', 'a: {foreach: [1, "1"], do: {cmd: x}}', 'DVC_PIPELINE'],
    ['too many stages', `a: {foreach: [${'1,'.repeat(10_001)}], do: {cmd: x}}`, 'DVC_PIPELINE'],
  ])('are refused with %s', (_, stage, code) => {
    const files = { 'params.yaml': 'train: {lr: 0.1}\nlist: [1]\nday: 2020-01-01\n', 'other.yaml': 'a: 1\n' };
    expect(() => list(`stages:\n  ${stage}\n`, files)).toThrow(
      expect.objectContaining({ kind: 'input', code, hint: expect.any(String) }),
    );
  });

  it('take a whole file of values more than once, and parts of it that differ', () => {
    const text = `vars: [a.yaml, a.yaml, "b.yaml:x", "b.yaml:y"]
stages: {s: {cmd: "\${one} \${x} \${y}"}}
`;
    expect(commands(text, { 'a.yaml': 'one: 1\n', 'b.yaml': 'x: 2\ny: 3\nz: 4\n' })).toEqual([
      ['s', '1 2 3'],
    ]);
  });

  it('join maps of values, take one map for a list, and an empty folder for their own', () => {
    const text = `vars: [{train: {depth: 3}}, {train: {more: {x: 1}}}]
stages:
  s:
    vars: {train: {own: 2}}
    wdir: "\${empty}"
    cmd: "\${train.lr} \${train.depth} \${train.more.x} \${train.own}"
    plots: [{p.csv: {1: x, y: "\${n}"}}]
    outs: [{model: {push: true, desc: "no: \${n}"}}]
`;
    const [stage] = list(text, { 'params.yaml': 'train: {lr: 1}\nempty: ""\nn: 5\n' });
    expect(stage).toMatchObject({
      ...{ command: ['1 3 1 2'], folder: '' },
      outputs: [{ at: 'model', kept: true }, { at: 'p.csv' }],
    });
    const inside = list('stages: {a: {cmd: x, vars: [x.json]}}\n', { 'sub/x.json': '{}' }, 'sub/dvc.yaml');
    expect(inside[0]?.folder).toBe('sub');
  });

  it('are none in an empty file', () => {
    expect(list('# nothing\n')).toEqual([]);
  });
});
