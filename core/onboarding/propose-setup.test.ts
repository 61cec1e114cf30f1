import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../finding/finding.ts';
import { parsePin, questions } from './answers.ts';
import { callerText } from './caller-text.ts';
import { merge, type Setup, setUp, surveyOf } from './survey.fixture.ts';

const dvcYaml = `stages:
  train:
    cmd: python src/train.py
    deps: [src/train.py, data/train.csv]
    outs: [models/churn.pkl]
    metrics: [{ metrics.json: { cache: false } }]
`;
const project: Readonly<Record<string, string>> = {
  'dvc.yaml': dvcYaml,
  'src/train.py': '',
  'data/train.csv.dvc': '',
  'data/test.csv.dvc': '',
  'metrics.json': '{"test":{"roc_auc":0.849}}',
  '.dvc/config': '[core]\n    remote = main\n[\'remote "main"\']\n    url = s3://acme-dvc/churn/\n',
  '.github/CODEOWNERS': '# who\n/docs/ @zoe\n* @acme/ml @ada mail@example.test # all\n',
  '.github/workflows/ci.yml':
    'jobs:\n  a: { runs-on: ubuntu-latest }\n  b: { runs-on: [self-hosted, gpu] }\n',
};

const failures = ({ proposal }: Setup) => proposal.findings.filter(isFailure);
const textOf = ({ proposal }: Setup, path: string): string =>
  proposal.files.find((file) => file.path === path)?.text ?? '';
const pathsOf = ({ proposal }: Setup): readonly string[] => proposal.files.map(({ path }) => path);

describe('what is proposed', () => {
  it('for a DVC project: model, data, people, runner and remote as they are', () => {
    const setup = setUp(surveyOf(project));
    expect(failures(setup)).toEqual([]);
    expect(pathsOf(setup)).toEqual([
      '.github/gatehouse.yml',
      '.github/workflows/gatehouse.yml',
      'datasets/train.yml',
      'models/churn/model.yml',
      'models/churn/stages.yml',
    ]);
    const policy = textOf(setup, '.github/gatehouse.yml');
    expect(policy).toContain('\npreset: team\n');
    expect(policy).toContain('\nenforce: false\n');
    expect(policy).toContain('reviewer: { users: [ada], teams: [acme/ml] }');
    expect(policy).toContain('data: "s3://acme-dvc/churn"');
    const model = textOf(setup, 'models/churn/model.yml');
    expect(model).toContain('command: python src/train.py\n');
    expect(model).toContain('artifact: models/churn.pkl\n');
    expect(model).toContain('{ metric: auc, min: 0.81 }');
    expect(model).toContain('runs-on: [self-hosted, gpu]');
    expect(model).toContain('paths: ["models/churn/**", src/train.py, data/train.csv.dvc]');
    expect(model).toContain('# data/test.csv.dvc looks like such rows');
    expect(textOf(setup, 'datasets/train.yml')).toContain('access: [churn]\n');
  });

  it('for plain scripts: a model for each of them, the data of the one that names it', () => {
    const setup = setUp(
      surveyOf({
        'fraud/train.py': '',
        'fraud/predict.py': '',
        'churn/train.R': '',
        'data/fraud-01.csv': '',
        'data/fraud-02.csv': '',
      }),
    );
    expect(failures(setup)).toEqual([]);
    expect(setup.found.datasets).toMatchObject([
      { name: 'fraud', files: ['data/fraud-01.csv', 'data/fraud-02.csv'] },
    ]);
    expect(textOf(setup, 'models/fraud/model.yml')).toContain(
      'predict: { command: python fraud/predict.py }',
    );
    // Of several models and one table every model may read it.
    expect(textOf(setup, 'models/churn/model.yml')).toContain('command: Rscript churn/train.R');
    expect(textOf(setup, 'datasets/fraud.yml')).toContain('access: [churn, fraud]');
  });

  it('for an empty repository: policy and workflow, with nothing believed', () => {
    const setup = setUp(surveyOf({ 'README.md': '' }, { repository: null, folder: 'Empty one' }));
    expect(failures(setup)).toEqual([]);
    expect(pathsOf(setup)).toEqual(['.github/gatehouse.yml', '.github/workflows/gatehouse.yml']);
    expect(textOf(setup, '.github/gatehouse.yml')).toContain('store: "https://storage.invalid/store"');
    expect(textOf(setup, '.github/workflows/gatehouse.yml')).toContain("inputs.model || 'empty-one'");
  });

  it('data that is not here gives no contract, no model that has none, and the command that helps', () => {
    const setup = setUp(surveyOf(project, { tables: new Set() }));
    expect(failures(setup)).toEqual([]);
    expect(pathsOf(setup)).toHaveLength(2);
    expect(setup.proposal.notes.join('\n')).toContain(
      'run dvc pull data/train.csv.dvc, then gatehouse init again',
    );
    expect(setup.proposal.notes.join('\n')).toContain('No table was read that churn trains on');
  });

  it.each(['small-team', 'team', 'regulated'] as const)(
    'passes the check with preset %s and one known person',
    (preset) => {
      const setup = setUp(surveyOf(project, { texts: new Map() }), (answers) => ({ ...answers, preset }));
      expect(failures(setup)).toEqual([]);
    },
  );

  it('is nothing when it was merged, whatever was found first', () => {
    const again = setUp(merge(setUp(surveyOf(project))));
    expect(again.proposal.files).toEqual([]);
    expect(failures(again)).toEqual([]);
  });

  it('keeps what is there: a policy says what the new files are pinned to', () => {
    const first = merge(
      setUp(surveyOf({}), (answers) => ({
        ...answers,
        pin: { repository: 'corp/gate', sha: 'a'.repeat(40) },
      })),
    );
    const left = first.paths.filter((path) => path !== '.github/workflows/gatehouse.yml');
    const files = Object.fromEntries(left.map((path) => [path, first.texts.get(path) ?? '']));
    const setup = setUp(surveyOf(files));
    expect(pathsOf(setup)).toEqual(['.github/workflows/gatehouse.yml']);
    expect(textOf(setup, '.github/workflows/gatehouse.yml')).toContain(
      `corp/gate/actions/train-model@${'a'.repeat(40)}`,
    );
  });

  it('takes a file under an ending that nobody reads for one that is there', () => {
    const setup = setUp(surveyOf({ '.github/gatehouse.yaml': 'version: 1\n' }));
    expect(pathsOf(setup)).not.toContain('.github/gatehouse.yml');
  });

  it('names a schema for editors once the commit is known', () => {
    const pin = { repository: 'acme/gatehouse', sha: 'b'.repeat(40) };
    const setup = setUp(surveyOf(project), (answers) => ({ ...answers, pin }));
    for (const path of pathsOf(setup).filter((each) => !each.includes('workflows'))) {
      expect(textOf(setup, path)).toMatch(
        /^# yaml-language-server: \$schema=https:\/\/raw\.githubusercontent\.com\/acme\/gatehouse\/b{40}\/schemas\/\w+\.schema\.json\n/,
      );
    }
    expect(failures(setup)).toEqual([]);
  });
});

describe('laws', () => {
  const part = fc.constantFrom(
    'train.py',
    'train_a.py',
    'models',
    'a.pkl',
    'a.csv',
    'b.parquet.dvc',
    'c/d',
    'x y',
    'con',
    'ü',
    "q'o",
    '2001.csv',
    'x.csv',
    '$(id)',
    'a#b.csv',
    'model.onnx',
  );
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));

  it('whatever lies in a repository: all of it passes the check, and merged it proposes nothing more', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 8 }), (paths) => {
        const setup = setUp(surveyOf(Object.fromEntries(paths.map((each) => [each, '']))));
        expect(failures(setup)).toEqual([]);
        expect(setUp(merge(setup)).proposal.files).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});

it('the workflow is that of the example, with the names filled in', () => {
  const example = readFileSync(
    join(import.meta.dirname, '../../fixtures/flights/.github/workflows/gatehouse.yml'),
    'utf8',
  );
  const answers = {
    pin: { repository: 'acme/gatehouse', sha: '0'.repeat(40) },
    labels: ['self-hosted', 'gpu'],
  };
  expect(callerText(answers, 'flight-delay')).toBe(example);
});

describe('answers', () => {
  const { answers } = setUp(surveyOf(project));

  it.each([
    ['a preset that is none', 0, 'strict'],
    ['a tag', 1, 'acme/gatehouse@v1'],
    ['a name with a space', 2, 'ada @!'],
    ['nobody', 3, ','],
    ['a label with a bracket', 4, 'gpu]'],
    ['an address with a password', 5, 'https://a:b@store.example'],
    ['a folder that is relative', 6, './data'],
  ])('refuses %s', (_, at, text) => {
    expect(questions[at]?.apply(answers, text)).toBeNull();
  });

  it('takes what can stand in a file, and what is shown is an answer', () => {
    for (const question of questions)
      expect(question.apply(answers, question.shown(answers))).toEqual(answers);
    expect(questions[2]?.apply(answers, '@rita, acme/ml')?.reviewers).toEqual({
      users: ['rita'],
      teams: ['acme/ml'],
    });
    expect(parsePin(`a/b@${'1'.repeat(40)}`)).toEqual({ repository: 'a/b', sha: '1'.repeat(40) });
  });
});
