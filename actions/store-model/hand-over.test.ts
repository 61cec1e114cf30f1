import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGovernedScoring } from '../../adapters/scoring/governed-scoring.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { planJudgement } from '../../core/registry/judgement-plan.ts';
import {
  baseFiles,
  featuresPath,
  featuresText,
  model,
  modelText,
  proposed,
} from '../../test/memory/flights.ts';
import { type Files, memoryProposal } from '../../test/memory/proposal.ts';
import { handOver, type ToScore } from './hand-over.ts';

const labelsSha256 = 'f'.repeat(64);
const pointerPath = `${featuresPath}.dvc`;
const modelFile = 'models/flight-delay/model.yml';
const pointerOf = (rows: string) =>
  `outs:\n- md5: ${createHash('md5').update(rows).digest('hex')}\n  size: ${rows.length}\n  hash: md5\n  path: held-out.csv\n`;
const text = modelText({ labelsSha256 }).replace(featuresPath, pointerPath);
const { [featuresPath]: _, [modelFile]: __, ...others } = baseFiles({ labelsSha256 });
const unknown: Files = { ...others, [pointerPath]: pointerOf(featuresText) };
const known: Files = { ...unknown, [modelFile]: text };

async function handOverIn(base: Files, head: Files, models: readonly ToScore['who'][]) {
  const proposal = memoryProposal(base, head, null);
  const plan = planJudgement({ model, artifactId: 500, ...proposal });
  const scoring = await readGovernedScoring(plan.model.config, proposal.commits[plan.model.from], proposal);
  const folder = mkdtempSync(join(tmpdir(), 'hand-over-'));
  writeFileSync(join(folder, 'model.bin'), 'of this run');
  const fetched: string[] = [];
  const folders = handOver(
    models.map((who) => ({
      who,
      digest: digestBytes(who),
      file: who === 'challenger' ? join(folder, 'model.bin') : null,
    })),
    { plan, scoring, proposal },
    {
      github: { file: proposal.file },
      copyFromStore: async (digest, file) => {
        fetched.push(digest);
        writeFileSync(file, 'of the store');
      },
      copyFeatures: async (features, data, file) => {
        fetched.push(`${features.path} from ${data}: ${Buffer.from(features.content)}`);
        writeFileSync(file, featuresText);
      },
      folder,
    },
  );
  return { folders: folders.catch((error: unknown) => ({ error })), fetched };
}

const filesOf = (folder: string | null | undefined) =>
  folder &&
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe('what the storing job hands over', () => {
  it('is model and rows for each, and the rows are fetched once by the pointer of base', async () => {
    const head = { ...proposed(known), [pointerPath]: pointerOf('rows of the proposer') };
    const { folders, fetched } = await handOverIn(known, head, ['challenger', 'champion']);
    expect(await folders).toEqual({ challenger: expect.any(String), champion: expect.any(String) });
    const { challenger, champion } = (await folders) as Record<string, string>;
    expect(filesOf(challenger)).toEqual({ 'model.bin': 'of this run', 'features.csv': featuresText });
    expect(filesOf(champion)).toEqual({ 'model.bin': 'of the store', 'features.csv': featuresText });
    expect(fetched).toEqual([
      `${pointerPath} from file:///srv/dvc: ${pointerOf(featuresText)}`,
      digestBytes('champion'),
    ]);
  });

  it('is nothing when nobody is scored: nothing is fetched', async () => {
    const { folders, fetched } = await handOverIn(known, proposed(known), []);
    expect([await folders, fetched]).toEqual([{ challenger: null, champion: null }, []]);
  });
});

describe('rows of a model that base does not know', () => {
  const secret = pointerOf('any object of the remote, by its digest');
  const published = text.replace('models/flight-delay/**', 'models/published/**');
  const other: Files = { ...unknown, 'models/published/model.yml': published };

  it.each<readonly [string, Files, Files]>([
    ['nobody named', unknown, { ...unknown, [modelFile]: text }],
    ['a pointer of its own', unknown, { ...unknown, [modelFile]: text, [pointerPath]: secret }],
    ['a published path with another pointer', other, { ...other, [modelFile]: text, [pointerPath]: secret }],
    [
      'data of base that no model is judged on',
      { ...other, 'data/salaries.csv.dvc': secret },
      {
        ...other,
        [modelFile]: text.replace(pointerPath, 'data/salaries.csv.dvc'),
        'data/salaries.csv.dvc': secret,
      },
    ],
  ])('are not fetched with the keys of this job: %s', async (_, base, head) => {
    const { folders, fetched } = await handOverIn(base, proposed(head), ['challenger']);
    expect(await folders).toEqual({ error: expect.objectContaining({ code: 'JUDGE_HELD_OUT_UNPUBLISHED' }) });
    expect(fetched).toEqual([]);
  });

  it('are fetched when a model of base is judged on the same', async () => {
    const { folders, fetched } = await handOverIn(other, proposed({ ...other, [modelFile]: text }), [
      'challenger',
    ]);
    expect(await folders).toMatchObject({ challenger: expect.any(String) });
    expect(fetched).toHaveLength(1);
  });

  it('on which a threshold is chosen are fetched beside them, and no more blindly', async () => {
    const validated = (named: string) =>
      text.replace(
        'gates:',
        `  validation: { features: ${named}, labels: data/vl.csv }\ndecision: { choose: f1 }\ngates:`,
      );
    const rows = 'data/v.csv.dvc';
    const withRows: Files = { ...known, [rows]: secret, [modelFile]: validated(rows) };
    const { folders, fetched } = await handOverIn(withRows, proposed(withRows), ['challenger']);
    const { challenger } = (await folders) as Record<string, string>;
    expect(Object.keys(filesOf(challenger) ?? {}).sort()).toEqual([
      'features.csv',
      'model.bin',
      'validation.csv',
    ]);
    expect(fetched).toHaveLength(2);
    const head = { ...other, [modelFile]: validated(rows), [rows]: secret };
    const blind = await handOverIn(other, proposed(head), ['challenger']);
    expect(await blind.folders).toEqual({
      error: expect.objectContaining({ code: 'JUDGE_HELD_OUT_UNPUBLISHED' }),
    });
    expect(blind.fetched.every((each) => !each.includes(secret))).toBe(true);
  });
});
