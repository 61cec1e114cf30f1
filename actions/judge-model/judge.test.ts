import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/error/error.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import {
  baseFiles,
  hex256,
  model,
  modelText,
  promoted,
  proposed,
  runId,
  stateWith,
} from '../../test/memory/flights.ts';
import { headSha } from '../../test/memory/proposal.ts';

import {
  base,
  champion,
  good,
  judgeIn,
  labelsText,
  modelBytes,
  poor,
  predict,
  record,
  rows,
  texts,
  world,
} from './world.fixture.ts';

describe('a proposal', () => {
  it('passes without a champion on its absolute gates, and is sealed', async () => {
    const { judge, audiences, sealed, store } = world({});
    const { verdict, evidence, evidenceFolder } = await judge();
    expect(verdict).toBe('pass');
    expect(evidenceFolder).toBe('/evidence');
    expect(evidence).toMatchObject({
      kind: 'judgement',
      model,
      version: null,
      artifactId: 500,
      artifact: { digest: digestBytes(modelBytes), name: 'model.json' },
      champions: [],
      heldOut: { rows, labelsDigest: `sha256:${hex256(labelsText)}` },
      origin: { repositoryId: 7, pullRequest: 3, headSha, baseRef: 'main', runId, runAttempt: 1 },
      predictions: { challenger: digestBytes(good), champions: {}, sets: [] },
      verdict: 'pass',
      findings: [],
      claimed: { grade: 'claimed', metrics: { auc: 0.99 } },
    });
    expect(evidence.comparisons).toHaveLength(1);
    expect(evidence.comparisons[0]?.gates.map(({ result }) => result)).toEqual(['pass', 'skipped']);
    expect(sealed).toEqual([
      { text: canonicalJson(evidence), token: `token for gatehouse:${digestBytes(canonicalJson(evidence))}` },
    ]);
    expect(audiences).toEqual(['gatehouse-labels', `gatehouse:${digestBytes(canonicalJson(evidence))}`]);
    expect(store.has(digestBytes(good))).toBe(true);
  });

  it('is compared with the champion by its stored predictions', async () => {
    const { evidence } = await judgeIn({ state: champion(poor) });
    expect(evidence.verdict).toBe('pass');
    expect(evidence.comparisons).toMatchObject([{ against: 1 }]);
    expect(evidence.predictions.champions).toEqual({ 1: digestBytes(poor) });
    expect(evidence.champions).toEqual([
      { endpoint: 'eu', version: 1, artifactDigest: digestBytes('old model') },
    ]);
  });

  it('fails when it is worse', async () => {
    const { evidence } = await judgeIn({ state: champion(good), challenger: poor });
    expect(evidence.verdict).toBe('fail');
    expect(evidence.comparisons[0]?.gates.at(-1)?.because).toMatch(
      /^0\.\d+ is 0\.\d+ below v1 \(95 % interval/,
    );
  });

  it('is compared with the champion of every endpoint, and one failure fails', async () => {
    const state = stateWith(
      {
        version: 1,
        modelBytes: 'old model',
        predictions: digestBytes(poor),
        stage: 'production',
        endpoints: ['us'],
      },
      { version: 2, modelBytes, predictions: digestBytes(good), stage: 'production', endpoints: ['eu'] },
    );
    const middling = predict(0.9);
    const { evidence } = await judgeIn({
      state,
      challenger: middling,
      stored: [modelBytes, record, good, poor, 'old model'],
    });
    expect(evidence.comparisons.map(({ against }) => against)).toEqual([1, 2]);
    const verdicts = evidence.comparisons.map(({ gates }) => gates.at(-1)?.result);
    expect(verdicts).toEqual(['pass', 'fail']);
    expect(evidence.verdict).toBe('fail');
  });

  it('is compared with a champion that was scored again, when its stored predictions are of other rows', async () => {
    const state = champion(poor, { features: digestBytes('other rows') });
    const { evidence } = await judgeIn({ state, champion: poor });
    expect(evidence.verdict).toBe('pass');
    expect(evidence.predictions.champions).toEqual({ 1: digestBytes(poor) });
  });

  it('gives the same evidence when the run is repeated', async () => {
    const first = await judgeIn({ state: champion(poor) });
    const again = await judgeIn({ state: champion(poor), inputs: { runAttempt: 2 } });
    expect(again.evidence.resultDigest).toBe(first.evidence.resultDigest);
    expect(again.evidence).toEqual({
      ...first.evidence,
      origin: { ...first.evidence.origin, runAttempt: 2 },
    });
  });

  it('holds the floor of the policy against a model with weaker gates', async () => {
    const weak = { ...texts, gates: '[{ metric: auc, min: 0.1 }]' };
    const files = baseFiles(weak);
    const policy = `${files['.github/gatehouse.yml']}defaults: { gates: [{ metric: auc, min: 0.99 }] }\n`;
    const { evidence } = await judgeIn({ base: { ...files, '.github/gatehouse.yml': policy } });
    expect(evidence.verdict).toBe('fail');
  });

  it('takes gates from base, whatever the branch says', async () => {
    const strict = baseFiles({ ...texts, gates: '[{ metric: auc, min: 0.99 }]' });
    const head = {
      ...proposed(strict),
      'models/flight-delay/model.yml': modelText({ ...texts, gates: '[{ metric: auc, min: 0.1 }]' }),
    };
    const { evidence } = await judgeIn({ base: strict, head });
    expect(evidence.verdict).toBe('fail');
  });

  it('says nothing of a row in its evidence', async () => {
    const { evidence } = await judgeIn({ state: champion(poor) });
    const text = canonicalJson({ ...evidence, claimed: null });
    for (const line of good.split('\n').slice(1, 50)) expect(text).not.toContain(line);
    const digits = evidence.comparisons.flatMap(({ metrics }) =>
      metrics.map(({ challenger }) => String(challenger).length),
    );
    expect(Math.max(...digits)).toBeLessThanOrEqual(6);
  });
});

describe('a promotion request', () => {
  const registered = (predictions: string, more = {}) =>
    ({ version: 2, modelBytes, predictions: digestBytes(predictions), stage: 'staging', ...more }) as const;
  const noArtifact = {
    artifactId: null,
    artifactDigest: null,
    recordDigest: null,
    challengerPredictions: null,
  };

  it('is judged from stored bytes alone', async () => {
    const { evidence } = await judgeIn({
      head: promoted(base, 2),
      state: stateWith(registered(good)),
      inputs: noArtifact,
    });
    expect(evidence).toMatchObject({
      verdict: 'pass',
      version: 2,
      artifactId: null,
      artifact: { digest: digestBytes(modelBytes) },
    });
  });

  it('meets the champion that serves now', async () => {
    const state = stateWith(
      {
        version: 1,
        modelBytes: 'old model',
        predictions: digestBytes(good),
        stage: 'production',
        endpoints: ['eu'],
      },
      registered(poor),
    );
    const { evidence } = await judgeIn({ head: promoted(base, 2), state, inputs: noArtifact });
    expect(evidence).toMatchObject({ verdict: 'fail', comparisons: [{ against: 1 }] });
  });

  it('refuses an artifact beside it', async () => {
    const run = judgeIn({ head: promoted(base, 2), state: stateWith(registered(good)) });
    await expect(run).rejects.toThrow(expect.objectContaining({ code: 'JUDGE_ARTIFACT_UNWANTED' }));
  });

  it('refuses a version that the ledger does not know', async () => {
    const run = judgeIn({ head: promoted(base, 9), state: stateWith(registered(good)), inputs: noArtifact });
    await expect(run).rejects.toThrow(InputError);
  });

  it('needs stored predictions or fresh ones', async () => {
    const state = stateWith(registered(good, { features: digestBytes('other rows') }));
    const run = judgeIn({ head: promoted(base, 2), state, inputs: noArtifact });
    await expect(run).rejects.toThrow(expect.objectContaining({ code: 'JUDGE_PREDICTIONS_MISSING' }));
  });
});
