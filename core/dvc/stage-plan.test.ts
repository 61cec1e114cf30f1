import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LockedStage, parseLock } from './lock.ts';
import type { DvcMap } from './node.ts';
import { parseDvcYaml } from './parse-yaml.ts';
import { listStages } from './stage-list.ts';
import { orderStages } from './stage-order.ts';
import { listWanted, planStages } from './stage-plan.ts';

const md5 = (letter: string): string => letter.repeat(32);
const pipeline = `stages:
  train:
    cmd: train
    deps: [data/clean, train.py]
    params: [train.lr]
    outs: [model.pkl]
    metrics: [{m.json: {cache: false}}]
  prepare:
    cmd: prepare
    deps: [data/x.csv]
    outs: [data/clean]
`;
const lock = `schema: '2.0'
stages:
  prepare:
    cmd: prepare
    deps:
    - path: data/x.csv
      hash: md5
      md5: ${md5('a')}
    outs:
    - path: data/clean
      hash: md5
      md5: ${md5('b')}.dir
  train:
    cmd: train
    deps:
    - path: data/clean
      hash: md5
      md5: ${md5('b')}.dir
    - path: train.py
      md5: ${md5('c')}
    params:
      params.yaml:
        train.lr: 0.1
    outs:
    - path: m.json
      hash: md5
      md5: ${md5('d')}
    - path: model.pkl
      hash: md5
      md5: ${md5('e')}
`;
const here: Readonly<Record<string, string>> = {
  'md5 data/x.csv': md5('a'),
  'md5 data/clean': `${md5('b')}.dir`,
  'md5-dos2unix train.py': md5('c'),
  'md5 m.json': md5('d'),
  'md5 model.pkl': md5('e'),
};

interface Change {
  readonly pipeline?: string;
  readonly lock?: string;
  readonly here?: Readonly<Record<string, string | undefined>>;
  readonly params?: string | null;
}

function plan(change: Change = {}) {
  const ordered = orderStages(
    listStages(change.pipeline ?? pipeline, 'dvc.yaml', () => null),
    'dvc.yaml',
  );
  const locked = parseLock(change.lock ?? lock, 'dvc.lock').stages;
  const digests = { ...here, ...change.here };
  const text = change.params === undefined ? 'train: {lr: 1e-1}\n' : change.params;
  return planStages(ordered, locked, {
    digestOf: (at, recipe) => digests[`${recipe} ${at}`] ?? null,
    parametersOf: () => (text === null ? null : (parseDvcYaml(text, 'params.yaml') as DvcMap)),
  });
}
const reasons = (change: Change) =>
  Object.fromEntries(
    plan(change).flatMap(({ name, action, reasons }) => (action === 'run' ? [[name, reasons]] : [])),
  );

describe('the plan', () => {
  it('puts stages behind those they read from, and skips what has not changed', () => {
    expect(plan()).toEqual([
      { name: 'prepare', action: 'skip', reasons: ['nothing changed'], fetch: [] },
      { name: 'train', action: 'skip', reasons: ['nothing changed'], fetch: [] },
    ]);
  });

  const upstream = 'upstream stage prepare runs';
  it.each<[string, Change, Readonly<Record<string, readonly string[]>>]>([
    ['a parameter', { params: 'train: {lr: 0.2}\n' }, { train: ['params.yaml: train.lr 0.1 -> 0.2'] }],
    ['a parameter that is gone', { params: '{}\n' }, { train: ['params.yaml: train.lr is gone'] }],
    ['parameters that are gone', { params: null }, { train: ['params.yaml missing'] }],
    [
      'a file',
      { here: { 'md5 data/x.csv': md5('f') } },
      { prepare: ['deps data/x.csv changed'], train: [upstream] },
    ],
    [
      'a file that is gone',
      { here: { 'md5 data/x.csv': undefined } },
      { prepare: ['deps data/x.csv missing'], train: [upstream] },
    ],
    [
      'a command',
      { pipeline: pipeline.replace('cmd: prepare', 'cmd: prepare -v') },
      { prepare: ['command changed'], train: [upstream] },
    ],
    [
      'a command that is a list now',
      { pipeline: pipeline.replace('cmd: train', 'cmd: [train]') },
      { train: ['command changed'] },
    ],
    [
      'an output that nobody keeps',
      { here: { 'md5 m.json': undefined } },
      { train: ['output m.json missing'] },
    ],
    ['an output', { here: { 'md5 model.pkl': md5('f') } }, { train: ['output model.pkl changed'] }],
    [
      'a new dependency and a new output',
      {
        pipeline: pipeline
          .replace('train.py]', 'train.py, new.py]')
          .replace('[model.pkl]', '[model.pkl, log]'),
      },
      { train: ['deps new.py is new', 'output log is new'] },
    ],
    [
      'a new parameter, of a file that is new',
      {
        pipeline: pipeline.replace('[train.lr]', '[train.lr, seed, {o.yaml: }]'),
        params: 'train: {lr: 0.1}\nseed: 1\n',
      },
      { train: ['params.yaml: seed is new', 'o.yaml is new'] },
    ],
    [
      'a parameter that never was, which says nothing',
      { pipeline: pipeline.replace('[train.lr]', '[train.lr, gone]') },
      {},
    ],
    [
      'a dependency that DVC has not seen',
      { lock: lock.replace(`hash: md5\n      md5: ${md5('a')}`, 'size: 1') },
      { prepare: ['deps data/x.csv is new'], train: [upstream] },
    ],
    [
      'a digest that cannot be compared',
      { lock: lock.replace(`hash: md5\n      md5: ${md5('a')}`, 'etag: abc') },
      { prepare: ['deps data/x.csv cannot be compared (etag)'], train: [upstream] },
    ],
    ['a stage that never ran', { lock: lock.slice(0, lock.indexOf('  train:')) }, { train: ['never run'] }],
    ['no lock', { lock: "schema: '2.0'\n" }, { prepare: ['never run'], train: ['never run', upstream] }],
    [
      'always_changed',
      { pipeline: pipeline.replace('cmd: train', 'cmd: train\n    always_changed: true') },
      { train: ['always runs (always_changed)'] },
    ],
  ])('says why: %s', (_, change, expected) => {
    expect(reasons(change)).toEqual(expected);
  });

  it('fetches outputs that are missing and kept, and goes on behind them', () => {
    const [prepare, train] = plan({ here: { 'md5 data/clean': undefined, 'md5 model.pkl': undefined } });
    expect(prepare).toMatchObject({ action: 'skip', fetch: [{ output: { at: 'data/clean' } }] });
    expect(train).toMatchObject({ action: 'skip', fetch: [{ entry: { path: 'model.pkl' } }] });
    const other = lock.replace(`path: data/clean\n      hash: md5\n      md5: ${md5('b')}`, (found) =>
      found.replace(md5('b'), md5('9')),
    );
    expect(reasons({ lock: other, here: { 'md5 data/clean': undefined } })).toEqual({
      train: ['deps data/clean changed'],
    });
  });

  it('never runs what is frozen, and then nothing behind it for its sake', () => {
    const frozen = pipeline.replace('cmd: prepare', 'cmd: prepare\n    frozen: true');
    const change = { pipeline: frozen, here: { 'md5 data/x.csv': md5('f') } };
    expect(plan(change)).toMatchObject([{ action: 'skip', reasons: ['frozen'] }, { action: 'skip' }]);
  });

  it('runs a stage each time that names nothing, as DVC does', () => {
    const lonely = 'stages: {a: {cmd: x}}\n';
    expect(reasons({ pipeline: lonely, lock: "schema: '2.0'\nstages:\n  a:\n    cmd: x\n" })).toEqual({
      a: ['always runs (it names no dependencies and no outputs)'],
    });
  });

  it('compares whole files of parameters by their own keys, and shows long values short', () => {
    const whole = pipeline.replace('[train.lr]', '[{params.yaml: }]');
    const old = lock.replace('train.lr: 0.1', 'a.b: 1\n        gone: 2\n        many: [1]');
    const params = `a.b: 1\nfresh: 3\nmany: [${'7, '.repeat(60)}7]\n`;
    expect(reasons({ pipeline: whole, lock: old, params })).toEqual({
      train: [
        'params.yaml: fresh is new',
        expect.stringMatching(/^params\.yaml: many \[1\] -> \[7, .{55}…$/),
        'params.yaml: gone is gone',
      ],
    });
    const dates = reasons({
      pipeline: whole,
      lock: lock.replace('train.lr: 0.1', 'a:\n        none: x'),
      params: 'a: [2020-01-01]\nnone: \n',
    });
    expect(dates.train).toEqual(['params.yaml: a null -> list', 'params.yaml: none x -> null']);
  });

  it('asks for the digests that the lock names, by their recipe', () => {
    const ordered = orderStages(
      listStages(pipeline, 'dvc.yaml', () => null),
      'dvc.yaml',
    );
    const wanted = listWanted(ordered, parseLock(lock, 'dvc.lock').stages);
    expect(wanted.map(({ at, recipe }) => `${recipe} ${at}`).sort()).toEqual(
      [...Object.keys(here), 'md5 data/clean'].sort(),
    );
    expect(listWanted(ordered, new Map())).toEqual([]);
  });
});

describe('the order', () => {
  const order = (stages: string) =>
    orderStages(
      listStages(`stages:\n${stages}`, 'dvc.yaml', () => null),
      'dvc.yaml',
    );

  it('knows folders: what reads a file of an output, or an output in a folder, stands behind it', () => {
    const found = order(`  inside: {cmd: x, deps: [out/a/b]}
  around: {cmd: x, deps: [all]}
  folder: {cmd: x, outs: [out]}
  file: {cmd: x, outs: [all/one], params: [{out/p.yaml: }]}
`);
    expect(found.map(({ stage, upstream }) => [stage.name, ...upstream])).toEqual([
      ['folder'],
      ['inside', 'folder'],
      ['file', 'folder'],
      ['around', 'file'],
    ]);
  });

  it.each([
    ['a cycle', '  a: {cmd: x, deps: [b], outs: [a]}\n  b: {cmd: x, deps: [a], outs: [b]}\n', /a, b wait/],
    ['a stage that reads what it writes', '  a: {cmd: x, deps: [o/f], outs: [o]}\n', /a wait/],
    ['one output twice', '  a: {cmd: x, outs: [o]}\n  b: {cmd: x, outs: [o]}\n', /written by a and by b/],
    [
      'an output in another',
      '  a: {cmd: x, outs: [o]}\n  b: {cmd: x, outs: [o/p]}\n',
      /o\/p of b lies in o of a/,
    ],
  ])('refuses %s', (_, stages, message) => {
    expect(() => order(stages)).toThrow(
      expect.objectContaining({ code: 'DVC_PIPELINE', message: expect.stringMatching(message) }),
    );
  });
});

/** Edges go from lower to higher numbers, so there is no cycle. */
const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 }),
    changed: fc.nat(size - 1),
    order: fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size }),
  }),
);

describe('changing one dependency', () => {
  it('runs exactly what lies downstream of it', () => {
    fc.assert(
      fc.property(graphs, ({ size, edges, changed, order }) => {
        const reads = (stage: number): readonly number[] => [
          ...new Set(edges.filter(([a, b]) => a < b && b === stage).map(([a]) => a)),
        ];
        const stages = order.map((n) => {
          const deps = [`src${n}`, ...reads(n).map((from) => `out${from}`)];
          return `  s${n}: {cmd: x, deps: [${deps}], outs: [out${n}]}`;
        });
        const locked = new Map<string, LockedStage>();
        const entry = (path: string) => ({
          ...{ path, hash: { kind: 'md5' as const, value: md5('a') }, sizeBytes: 1, files: null },
          ...{ executable: false, cloud: null, versions: null },
        });
        for (let n = 0; n < size; n += 1) {
          const dependencies = [`src${n}`, ...reads(n).map((from) => `out${from}`)].map(entry);
          locked.set(`s${n}`, {
            command: ['x'],
            dependencies,
            parameters: new Map(),
            outputs: [entry(`out${n}`)],
          });
        }
        const ordered = orderStages(
          listStages(`stages:\n${stages.join('\n')}\n`, 'dvc.yaml', () => null),
          'dvc.yaml',
        );
        const planned = planStages(ordered, locked, {
          digestOf: (at) => md5(at === `src${changed}` ? 'b' : 'a'),
          parametersOf: () => null,
        });
        const closure = new Set([changed]);
        for (let n = 0; n < size; n += 1) if (reads(n).some((from) => closure.has(from))) closure.add(n);
        const ran = planned.filter(({ action }) => action === 'run').map(({ name }) => name);
        expect(new Set(ran)).toEqual(new Set([...closure].map((n) => `s${n}`)));
        const seen = new Set<string>();
        for (const { stage, upstream } of ordered) {
          expect(upstream.every((name) => seen.has(name))).toBe(true);
          seen.add(stage.name);
        }
      }),
      { numRuns: 200 },
    );
  });
});
