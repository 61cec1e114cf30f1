import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { FeatureFile } from '../../adapters/dvc/feature-pointer.ts';
import { behaviourText, sharp, writeTable } from '../../core/evaluation/held-out.fixture.ts';
import { checkJudgement } from '../../core/evidence/judgement-check.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { requiredApprovals } from '../../core/policy/requirement.ts';
import { hex256, model, modelText, proposed } from '../../test/memory/flights.ts';
import { type Files, memoryProposal } from '../../test/memory/proposal.ts';
import {
  factsOf,
  flights,
  fullBase,
  fullWorld,
  pack,
  scoreFiles,
  servingChampion,
  suitePath,
} from './full.fixture.ts';
import { readPredictionsArtifact } from './predictions-artifact.ts';
import { codes } from './world.fixture.ts';

const base = fullBase();

describe('a model that base does not know', () => {
  const rulesPath = `models/${model}/model.yml`;
  const pointer = (mark: string) =>
    `outs:\n- md5: ${mark.repeat(32)}\n  size: 9\n  hash: md5\n  path: june.csv\n`;
  const rows = 'data/june.csv.dvc';
  const own = modelText({
    labelsSha256: hex256(flights.labels),
    gates: '[{ metric: auc, min: 0.6 }]',
  }).replace('gates:', 'slices: { declared: [{ column: carrier }], minimum-rows: 60 }\ngates:');
  const { [rulesPath]: _, [suitePath]: _suite, ...unknown } = base;
  /** Another model of base publishes labels, and rows under the same path. */
  const other: Files = {
    ...unknown,
    [rows]: pointer('a'),
    'models/churn/model.yml': own
      .replaceAll('models/flight-delay', 'models/churn')
      .replace('data/held-out.csv', rows),
  };
  const judge = async (before: Files, named: string, text: string, more = '') => {
    const asked: FeatureFile[] = [];
    const written = own.replace('data/held-out.csv', named).replace('slices:', `${more}slices:`);
    const head = {
      ...proposed(before),
      [named]: text,
      'data/vl.csv.dvc': pointer('d'),
      [rulesPath]: written,
    };
    const readRows = async (file: FeatureFile) => {
      asked.push(file);
      return Buffer.from(flights.features);
    };
    const inputs = { featuresDigest: digestBytes(text) };
    const setup = { base: before, head, inputs, deps: { readRows } };
    const files = { 'predictions.csv': scoreFiles(base, sharp)['predictions.csv'] ?? '' };
    const { evidence } = await fullWorld({ ...setup, files }).judge();
    return { evidence, asked };
  };

  it('is judged on rows that another model of base publishes', async () => {
    const { evidence, asked } = await judge(other, rows, pointer('a'));
    expect(asked.map(({ path }) => path)).toEqual([rows]);
    expect(evidence.comparisons[0]?.metrics.some(({ slice }) => slice === 'carrier=AA')).toBe(true);
  });

  it.each([
    ['a pointer that base does not have', 'data/mine.csv.dvc', 'a'],
    ['another pointer under a published path', rows, 'b'],
  ])('fetches nothing for %s: it would bring any object of the remote', async (_, named, mark) => {
    const { evidence, asked } = await judge(other, named, pointer(mark));
    expect(asked).toEqual([]);
    expect(codes(evidence)).toEqual(['judge/held-out-unpublished']);
    expect(evidence).toMatchObject({ verdict: 'not evaluated', comparisons: [], heldOut: { rows: 0 } });
  });

  it('fetches no labels of validation rows that base does not know', async () => {
    const more =
      '  validation: { features: data/v.csv, labels: data/vl.csv.dvc }\ndecision: { choose: f1 }\n';
    const { evidence, asked } = await judge(other, rows, pointer('a'), more);
    expect(asked.map(({ path }) => path)).toEqual([rows]);
    expect(codes(evidence)).toContain('judge/held-out-unpublished');
    expect(evidence.verdict).not.toBe('pass');
  });

  it('fetches nothing for a pointer that base has and no model of it names', async () => {
    const stray = { ...other, 'data/secret.csv.dvc': pointer('c') };
    const { evidence, asked } = await judge(stray, 'data/secret.csv.dvc', pointer('c'));
    expect(asked).toEqual([]);
    expect(codes(evidence)).toEqual(['judge/held-out-unpublished']);
  });
});

describe('a pull request that changes the suite', () => {
  const approvals = (before: Files, head: Files) => {
    const { change, policy, catalogue } = memoryProposal(before, head, null);
    if (change.kind !== 'request') throw new Error(JSON.stringify(change));
    const facts = { pushersKnown: true, modelFields: [] };
    const lines = requiredApprovals(change, policy, catalogue.models.get(model)?.config ?? null, facts);
    return { change, roles: lines.map(({ role, because }) => [role, because.join()]) };
  };
  const { [suitePath]: _, ...without } = base;
  const easy = behaviourText.replaceAll('must-pass: 1', 'must-pass: 0.1');

  it.each<[string, Files, Files]>([
    ['changes it', base, { ...base, [suitePath]: easy }],
    ['deletes it', base, without],
    ['adds it', without, base],
  ])('%s: the owner of base approves, and the model is not proposed by it', (_, before, head) => {
    const { change, roles } = approvals(before, head);
    expect(change.configuration).toEqual([suitePath]);
    expect(change).toMatchObject({ model, proposal: false, moves: [] });
    expect(roles).toEqual([['owner', `a change of ${suitePath}`]]);
  });

  it('is bound to the rules: another suite on base is another digest', async () => {
    const one = await fullWorld({ base }).judge();
    const other = fullBase({ suite: easy });
    expect(checkJudgement(one.evidence, factsOf(one.evidence, { base: other }))).toContainEqual(
      expect.objectContaining({ code: 'receipt/rules' }),
    );
  });

  it('is refused when nobody can read it', () => {
    const broken = { ...proposed(base), [suitePath]: 'groups: [' };
    // Base's suite governs: what the head wrote is mended before it is merged, and judges nothing now.
    expect(memoryProposal(base, broken, null).catalogue.models.get(model)?.config.behaviour).toBeDefined();
    const proposal = memoryProposal(
      { ...base, [suitePath]: 'groups: [' },
      { ...proposed(base), [suitePath]: 'groups: [' },
      null,
    );
    expect(proposal.change.kind).toBe('refused');
  });
});

describe('an artifact of predictions', () => {
  const files = pack(scoreFiles(base, sharp));
  const judge = (more: Readonly<Record<string, Uint8Array>>) =>
    fullWorld({ base, challenger: { ...files, ...more } }).judge();
  const csv = strToU8('key,score\n1,0.5\n');

  it.each([
    ['extra.csv', 'ARCHIVE_REFUSED'],
    ['sets/extra.csv', 'ARCHIVE_REFUSED'],
    ['sets/../predictions.csv', 'ARCHIVE_REFUSED'],
    ['sets/Behaviour.csv', 'ARCHIVE_REFUSED'],
    ['sets/behaviour.csv/x', 'ARCHIVE_REFUSED'],
  ])('with %s beside it is refused whole', async (name, code) => {
    await expect(judge({ [name]: csv })).rejects.toThrow(expect.objectContaining({ code }));
  });

  it('with another file in place of a set is refused', async () => {
    const { 'sets/permuted.csv': _, ...rest } = files;
    const run = fullWorld({ base, challenger: { ...rest, 'permuted.csv': csv } }).judge();
    await expect(run).rejects.toThrow(expect.objectContaining({ code: 'JUDGE_PREDICTIONS_CONTENT' }));
  });

  it('with sets alone is refused', async () => {
    const { 'predictions.csv': _, ...rest } = files;
    const run = fullWorld({ base, challenger: rest }).judge();
    await expect(run).rejects.toThrow(expect.objectContaining({ code: 'JUDGE_PREDICTIONS_CONTENT' }));
  });

  it('with a set that says it is larger than the limit is refused before it is unpacked', async () => {
    const zip = Buffer.from(zipSync({ 'predictions.csv': csv, 'sets/behaviour.csv': csv }));
    const last = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    zip.writeUInt32LE(300 * 1024 * 1024, last + 24);
    const run = readPredictionsArtifact({ id: 1, digest: digestBytes(zip) }, 'challenger', 7, {
      artifact: async () => ({ runId: 7 }) as never,
      artifactZip: async () => zip,
    });
    await expect(run).rejects.toThrow(/behaviour\.csv" has 314572800 bytes/);
  });
});

describe('keys of permuted rows', () => {
  const files = scoreFiles(base, sharp);
  const permuted = files['sets/permuted.csv'] ?? '';
  const [header = '', ...lines] = permuted.trimEnd().split('\n');
  const judge = async (rows: readonly string[]) => {
    const text = `${[header, ...rows].join('\n')}\n`;
    return (await fullWorld({ base, files: { ...files, 'sets/permuted.csv': text } }).judge()).evidence;
  };

  it('are whole numbers of their own, and may come in any order', async () => {
    expect(lines.map((line) => line.split(',')[0])).toEqual(lines.map((_, at) => String(at + 1)));
    const turned = await judge([...lines].reverse());
    const straight = await judge(lines);
    expect(turned.comparisons[0]?.explanation).toEqual(straight.comparisons[0]?.explanation);
  });

  it.each<[string, (rows: readonly string[]) => readonly string[], string]>([
    ['is missing', (rows) => rows.slice(1), 'evaluation/key-missing'],
    ['comes twice', (rows) => [...rows, '1,0.5'], 'evaluation/key-doubled'],
    ['nobody asked for', (rows) => [...rows, '999999,0.5'], 'evaluation/key-unknown'],
    [
      'is another number for the same',
      (rows) => rows.map((row) => row.replace(/^1,/, '01,')),
      'evaluation/key-missing',
    ],
  ])('one that %s costs the explanation, and is no pass', async (_, change, code) => {
    const evidence = await judge(change(lines));
    expect(codes(evidence)).toContain(code);
    expect(evidence.verdict).toBe('not evaluated');
    expect(evidence.comparisons[0]?.explanation).toBeNull();
    expect(evidence.comparisons[0]?.gates[0]?.result).toBe('pass');
  });
});

describe('attributions that the team writes', () => {
  const attributed = fullBase({ explain: 'attributions: models/flight-delay/shap.csv' });
  const path = 'models/flight-delay/shap.csv';
  const table = (distance: number, hour: number) =>
    writeTable(
      ['feature', 'importance'],
      [
        ['distance', String(distance)],
        ['hour', String(hour)],
      ],
    );
  const { state, stored } = servingChampion(attributed);
  const judge = async (own: string | null, theirs: string | null) => {
    const before = theirs === null ? attributed : { ...attributed, [path]: theirs };
    const { [path]: _, ...without } = proposed(before);
    const head = own === null ? without : { ...without, [path]: own };
    return (await fullWorld({ base: before, head, state, stored }).judge()).evidence;
  };

  it('are claimed, and compared with what the code of the champion has', async () => {
    const { verdict, comparisons, findings } = await judge(table(-2, 0.1), table(2, 0.1));
    expect(verdict).toBe('pass');
    expect(comparisons[0]?.explanation).toMatchObject({
      grade: 'claimed',
      features: [{ feature: 'distance', challenger: -2, champion: 2 }, { feature: 'hour' }],
    });
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'explanation/sign-flip warn',
    ]);
  });

  it.each<[string, string | null, string]>([
    ['are absent', null, 'explanation/missing'],
    ['are no table', 'nonsense', 'evaluation/header'],
    ['are not finite', table(Number.NaN, 1), 'evaluation/score-nan'],
  ])('that %s are a warning: nothing rests on them', async (_, own, code) => {
    const { verdict, comparisons, findings } = await judge(own, null);
    expect(verdict).toBe('pass');
    expect(comparisons[0]?.explanation).toBeNull();
    expect(findings).toMatchObject([{ code, severity: 'warn' }]);
  });
});
