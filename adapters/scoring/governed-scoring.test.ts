import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { behaviourText, configOf } from '../../core/evaluation/held-out.fixture.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { readGovernedScoring } from './governed-scoring.ts';
import { makeSetInputs } from './set-inputs.ts';

const files: Readonly<Record<string, string>> = {
  'features.csv': 'row,distance,hour,carrier,sex\nf1,100,7,AA,m\nf2,200,8,DL,f\n',
  'v.csv': 'row,distance,hour,carrier,sex\nv1,1,2,AA,f\n',
  'data/recorded.csv': 'hour\n23\n',
};
const gates = '[{ metric: auc, min: 0.6 }]';
const heldOut = '  validation: { features: v.csv, labels: vl.csv }';
const rest = `decision: { choose: f1 }
explain: { permutation: { rows: 100, columns: [hour], repeats: 2 } }
production-like:
  seed: 3
  corruptions:
    - { name: replayed, kind: recorded, columns: [hour], share: 1, file: data/recorded.csv }
    - { name: replayed-again, kind: recorded, columns: [hour], share: 0.5, file: data/recorded.csv }
`;
const config = configOf({
  gates,
  heldOut,
  rest,
  behaviour: behaviourText.replace('sample: 20', 'sample: 1'),
});

function github(own: Readonly<Record<string, string | null>> = {}) {
  const asked: string[] = [];
  const file = async (path: string, commit: string) => {
    asked.push(`${path} at ${commit}`);
    const text = { ...files, ...own }[path] ?? null;
    return text === null ? null : Buffer.from(text);
  };
  return { asked, file };
}

describe('what a model is scored on', () => {
  it('is read at the commit that governs, each file once', async () => {
    const { asked, file } = github();
    const scoring = await readGovernedScoring(config, 'base', { file });
    expect(asked).toEqual(['features.csv at base', 'v.csv at base', 'data/recorded.csv at base']);
    expect(scoring.featuresDigest).toBe(digestBytes(files['features.csv'] ?? ''));
    expect(scoring.validation?.path).toBe('v.csv');
    expect(scoring.sets.map(({ name }) => name)).toEqual([
      'production-like',
      'validation',
      'behaviour',
      'permuted',
    ]);
  });

  it('names other rows when a recorded table changes', async () => {
    const inputs = async (own: Readonly<Record<string, string>>) =>
      (await readGovernedScoring(config, 'base', github(own))).sets.map(({ input }) => input);
    const [before, after] = [await inputs({}), await inputs({ 'data/recorded.csv': 'hour\n22\n' })];
    expect(after.map((input, at) => input === before[at])).toEqual([false, true, true, true]);
  });

  it('is the held-out rows alone where nothing is said', async () => {
    const scoring = await readGovernedScoring(configOf({ gates }), 'base', github());
    expect(scoring).toMatchObject({ validation: null, recorded: new Map(), sets: [] });
  });

  it.each([
    ['features.csv', 'JUDGE_HELD_OUT_MISSING'],
    ['v.csv', 'JUDGE_HELD_OUT_MISSING'],
    ['data/recorded.csv', 'JUDGE_RECORDED_MISSING'],
  ])('is refused without %s', async (path, code) => {
    const run = readGovernedScoring(config, 'base', github({ [path]: null }));
    await expect(run).rejects.toThrow(expect.objectContaining({ code }));
  });
});

describe('the rows of the sets', () => {
  const make = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sets-'));
    const features = join(folder, 'features.csv');
    writeFileSync(features, files['features.csv'] ?? '');
    const scoring = await readGovernedScoring(config, 'base', github());
    const made = await makeSetInputs({ config, scoring, features, handed: folder, folder });
    return Object.fromEntries(made.map(({ name, input }) => [name, readFileSync(input, 'utf8')]));
  };

  it('have the columns of the held-out features and keys that tell what was asked', async () => {
    const made = await make();
    expect(made['production-like']).toBe('row,distance,hour,carrier,sex\nf1,100,23,AA,m\nf2,200,23,DL,f\n');
    expect(made.validation).toBe(files['v.csv']);
    const lines = (name: string) => made[name]?.trimEnd().split('\n') ?? [];
    // One case with a change, one sampled row with a change: each as it was and as it is.
    expect(lines('behaviour')).toHaveLength(1 + 4);
    expect(lines('permuted').map((line) => line.split(',')[0])).toEqual(['row', '1', '2', '3', '4']);
    const hours = lines('permuted')
      .slice(1)
      .map((line) => line.split(',')[2]);
    expect([...hours.slice(0, 2)].sort()).toEqual(['7', '8']);
    for (const name of Object.keys(made)) expect(lines(name)[0]).toBe('row,distance,hour,carrier,sex');
  });

  it('are the same bytes each time', async () => {
    expect(await make()).toEqual(await make());
  });
});
