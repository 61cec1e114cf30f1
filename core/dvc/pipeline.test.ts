import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePipeline } from './pipeline.ts';

const byHand = readFileSync(join(import.meta.dirname, '../../fixtures/dvc/corpus/by-hand.yaml'), 'utf8');
const namesOf = (body: string) =>
  parsePipeline(`stages:\n  train:\n    ${body.replaceAll('\n', '\n    ')}\n`, 'dvc.yaml').stages[0]?.names;

describe('dvc.yaml', () => {
  it('is read as a person writes it, templates as text', () => {
    const { stages, unknownKeys } = parsePipeline(byHand, 'dvc.yaml');
    expect(unknownKeys).toEqual([]);
    expect(stages[0]).toMatchObject({
      ...{ name: 'prepare', names: ['prepare'], command: ['python src/prepare.py --seed ${seed}'] },
      dependencies: ['data/raw', 'src/prepare.py'],
      parameters: [
        { file: 'params.yaml', keys: ['prepare.seed'] },
        { file: 'other.yaml', keys: null },
      ],
      outputs: [{ path: 'data/prepared', cached: false }],
    });
    expect(stages[1]).toMatchObject({ names: ['train@1', 'train@2'], command: ['python train.py ${item}'] });
    expect(stages[2]?.names).toEqual(['fit@cnn-1', 'fit@cnn-2.0', 'fit@rnn-1', 'fit@rnn-2.0']);
  });

  it('names what foreach and matrix stand for', () => {
    expect(namesOf('foreach: [a, 1.50, true, null]\ndo: {cmd: x}')).toEqual([
      ...['train@a', 'train@1.5', 'train@true', 'train@None'],
    ]);
    expect(namesOf('foreach: [a, {b: 1}]\ndo: {cmd: x}')).toEqual(['train@0', 'train@1']);
    expect(namesOf('foreach: {eu: {x: 1}, us: 2}\ndo: {cmd: x}')).toEqual(['train@eu', 'train@us']);
    expect(namesOf('matrix: {model: [cnn], set: [{a: 1}, [2]]}\ncmd: x')).toEqual([
      ...['train@cnn-set0', 'train@cnn-set1'],
    ]);
    for (const body of ['foreach: ${list}\ndo: {cmd: x}', 'matrix: {a: "${x}"}\ncmd: x']) {
      expect(namesOf(body)).toBeNull();
    }
    expect(namesOf('foreach: ["\\\\${a}"]\ndo: {cmd: x}')).toEqual(['train@\\${a}']);
  });

  it('knows metrics, plots, artifacts, and what DVC does not know', () => {
    const pipeline = parsePipeline(
      `params: [a.yaml]
metrics: [m.json]
plots:
- p.csv
- ROC: {x: fpr, y: {roc.json: tpr}}
artifacts:
  model: {path: model.pkl, type: model, labels: [nlp]}
stages:
  a: {cmd: [x, y], wdir: src, live: {}, metrics: [{m.json: {cache: false}}], plots: [p.csv], frozen: true}
`,
      'dvc.yaml',
    );
    expect(pipeline).toMatchObject({
      ...{ parameterFiles: ['a.yaml'], metricFiles: ['m.json'], unknownKeys: ['stages.a.live'] },
      plots: [{ name: 'p.csv', settings: null }, { name: 'ROC' }],
      artifacts: [{ name: 'model', path: 'model.pkl', type: 'model', labels: ['nlp'] }],
      stages: [{ command: ['x', 'y'], workingFolder: 'src', frozen: true, metrics: [{ cached: false }] }],
    });
    expect(parsePipeline('# nothing yet\n', 'dvc.yaml').stages).toEqual([]);
  });

  it.each([
    ['a list', '- a\n'],
    ['a stage of text', 'stages: {a: b}\n'],
    ['dependencies that are maps', 'stages: {a: {cmd: x, deps: [{b: c}]}}\n'],
    ['a flag that is text', 'stages: {a: {cmd: x, frozen: maybe}}\n'],
    ['foreach without do', 'stages: {a: {foreach: [1]}}\n'],
    ['an artifact without a path', 'artifacts: {a: {type: model}}\n'],
    [
      'a matrix of a billion stages',
      `stages: {a: {cmd: x, matrix: {${'abcdefghi'
        .split('')
        .map((key) => `${key}: [1,2,3,4,5,6,7,8,9,10]`)
        .join(', ')}}}}\n`,
    ],
  ])('is refused with %s', (_, broken) => {
    expect(() => parsePipeline(broken, 'dvc.yaml')).toThrow(
      expect.objectContaining({ kind: 'input', code: 'DVC_PIPELINE' }),
    );
  });
});
