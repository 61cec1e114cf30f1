import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ArtifactFacts, PullFacts } from '../../adapters/github/reader.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { Digest, JudgementEvidence } from '../../core/evidence/evidence.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { seedGenerator } from '../../core/statistics/mulberry32.ts';
import {
  baseFiles,
  featuresPath,
  hex256,
  type ModelTexts,
  model,
  modelText,
  promoted,
  proposed,
  runId,
  runRecord,
  stateWith,
} from '../../test/memory/flights.ts';
import { type Files, headSha, memoryProposal } from '../../test/memory/proposal.ts';
import type { JudgeDeps, JudgeInputs } from './deps.ts';
import { run } from './run.ts';

const rows = 1_200;
const next = seedGenerator(3);
const truth = Array.from({ length: rows }, () => 0.05 + 0.9 * next());
const answers = truth.map((p) => (next() < p ? 1 : 0));
const labelsText = `key,late\n${answers.map((label, row) => `${row + 1},${label}`).join('\n')}\n`;

/** Predictions of a model that sees the truth through this much noise. */
function predict(noise: number): string {
  const score = (p: number) => Math.min(1, Math.max(0, p + noise * (next() - 0.5))).toFixed(4);
  return `key,score\n${truth.map((p, row) => `${row + 1},${score(p)}`).join('\n')}\n`;
}

const good = predict(0.2);
const poor = predict(1.6);
const texts: ModelTexts = { labelsSha256: hex256(labelsText) };
const base = baseFiles(texts);
const modelBytes = '{"weights":[1,2]}';
const record = JSON.stringify(runRecord(modelBytes));

interface Setup {
  readonly base: Files;
  readonly head: Files;
  readonly state: ModelState | null;
  readonly inputs: Partial<JudgeInputs>;
  readonly challenger: string | Zippable;
  readonly champion: string | null;
  readonly labels: string;
  readonly stored: readonly string[];
  readonly artifacts: Readonly<Record<number, Partial<ArtifactFacts>>>;
  readonly pull: Partial<PullFacts>;
  readonly deps: Partial<JudgeDeps>;
}

/** One world of fakes for everything outside: GitHub, store, token service, label server. */
function world(setup: Partial<Setup>) {
  const zips = new Map([
    [
      501,
      zipSync(
        typeof setup.challenger === 'object'
          ? setup.challenger
          : { 'predictions.csv': strToU8(setup.challenger ?? good) },
      ),
    ],
    [502, zipSync({ 'predictions.csv': strToU8(setup.champion ?? good) })],
  ]);
  const store = new Map<string, Uint8Array>();
  const put = (text: string | Uint8Array): Digest => {
    const bytes = Buffer.from(text);
    store.set(digestBytes(bytes), bytes);
    return digestBytes(bytes);
  };
  for (const text of setup.stored ?? [modelBytes, record, good, poor, 'old model']) put(text);
  const proposal = memoryProposal(
    setup.base ?? base,
    setup.head ?? proposed(setup.base ?? base),
    setup.state ?? null,
  );
  const audiences: string[] = [];
  const sealed: { text: string; token: string }[] = [];
  const pull = {
    number: 3,
    head: { sha: headSha, ref: 'better', repositoryId: 7 },
    base: { sha: 'b'.repeat(40), ref: 'main' },
    ...setup.pull,
  };
  const deps: JudgeDeps = {
    github: {
      pull: async () => pull as PullFacts,
      file: proposal.file,
      artifact: async (id) => ({
        id,
        name: 'x',
        sizeBytes: 1,
        expired: false,
        digest: null,
        createdAt: '',
        runId,
        ...setup.artifacts?.[id],
      }),
      artifactZip: async (id) => zips.get(id) ?? new Uint8Array(0),
    },
    proposal: async () => proposal,
    store: {
      get: async (digest) => {
        const bytes = store.get(digest);
        if (!bytes)
          throw new ServiceError('STORE_MISSING', `The store has no ${digest}`, { hint: 'Push it.' });
        return bytes;
      },
      sizeOf: async (digest) => store.get(digest)?.length ?? null,
      putBytes: async (bytes) => put(bytes),
    },
    idToken: async (audience) => {
      audiences.push(audience);
      return `token for ${audience}`;
    },
    fetchLabels: async () => Buffer.from(setup.labels ?? labelsText),
    writeEvidence: async (written) => {
      sealed.push(written);
      return '/evidence';
    },
    ...setup.deps,
  };
  const hand = (id: number) => ({
    id,
    digest: digestBytes(zips.get(id) ?? new Uint8Array(0)).slice('sha256:'.length),
  });
  const inputs: JudgeInputs = {
    model,
    artifactId: 500,
    artifactDigest: digestBytes(modelBytes),
    recordDigest: digestBytes(record),
    challengerPredictions: hand(501),
    championPredictions: setup.champion === undefined ? null : hand(502),
    pull: { number: 3, headSha, fork: false },
    runId,
    runAttempt: 1,
    ...setup.inputs,
  };
  return { judge: () => run(inputs, deps), audiences, sealed, store };
}

const judgeIn = (setup: Partial<Setup>) => world(setup).judge();
const codes = (evidence: JudgementEvidence) => evidence.findings.map((finding) => finding.code);
const champion = (predictions: string, more = {}) =>
  stateWith({
    version: 1,
    modelBytes: 'old model',
    predictions: digestBytes(predictions),
    stage: 'production',
    endpoints: ['eu'],
    ...more,
  });

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
      predictions: { challenger: digestBytes(good), champions: {} },
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

describe('what is refused before anything is judged', () => {
  const other = (change: object) => {
    const text = JSON.stringify({ ...runRecord(modelBytes), ...change });
    return { stored: [modelBytes, text], inputs: { recordDigest: digestBytes(text) } };
  };
  const unpublishedBase = (): Files => {
    const { 'models/flight-delay/model.yml': _, ...rest } = base;
    return rest;
  };

  it.each<readonly [string, Partial<Setup>, string]>([
    ['a pull request from a fork', { inputs: { pull: { number: 3, headSha, fork: true } } }, 'JUDGE_FORK'],
    [
      'a fork that the event hides',
      { pull: { head: { sha: headSha, ref: 'x', repositoryId: 8 } } },
      'JUDGE_FORK',
    ],
    ['another model than the pull request changes', { inputs: { model: 'churn' } }, 'JUDGE_OTHER_MODEL'],
    ['a traversal in the model name', { inputs: { model: '../../etc' } }, 'JUDGE_OTHER_MODEL'],
    [
      'a pull request that changes nothing',
      { head: { ...base, 'notes.txt': 'x' } },
      'JUDGE_NOTHING_TO_JUDGE',
    ],
    ['no artifact', { inputs: { artifactId: null } }, 'JUDGE_ARTIFACT_MISSING'],
    ['an artifact of another run', { artifacts: { 500: { runId: 1 } } }, 'JUDGE_ARTIFACT_FOREIGN'],
    [
      'an artifact that is not there',
      { deps: {}, artifacts: { 500: { runId: null } } },
      'JUDGE_ARTIFACT_FOREIGN',
    ],
    ['no digests', { inputs: { recordDigest: null } }, 'JUDGE_ARTIFACT_NOT_STORED'],
    ['a digest that is none', { inputs: { artifactDigest: 'sha256:..' } }, 'JUDGE_ARTIFACT_NOT_STORED'],
    ['an artifact of another model', other({ model: 'churn' }), 'JUDGE_ARTIFACT_OTHER_MODEL'],
    ['an artifact of another commit', other({ commit: 'f'.repeat(40) }), 'JUDGE_ARTIFACT_OTHER_MODEL'],
    ['a record of another run', other({ runId: 1 }), 'JUDGE_ARTIFACT_OTHER_MODEL'],
    [
      'a record of other bytes',
      other({ artifact: { digest: digestBytes('x'), sizeBytes: 1, name: 'm' } }),
      'JUDGE_ARTIFACT_OTHER_MODEL',
    ],
    ['a record with a metric that is no number', other({ metrics: { auc: 'high' } }), 'RUN_RECORD_INVALID'],
    ['a record that names itself judged', other({ grade: 'judged' }), 'RUN_RECORD_INVALID'],
    ['model bytes that are not in the store', { stored: [record] }, 'JUDGE_ARTIFACT_NOT_STORED'],
    ['a store without the record', { stored: [modelBytes] }, 'STORE_MISSING'],
    ['no predictions', { inputs: { challengerPredictions: null } }, 'JUDGE_PREDICTIONS_MISSING'],
    ['predictions of another run', { artifacts: { 501: { runId: 1 } } }, 'JUDGE_PREDICTIONS_FOREIGN'],
    [
      'predictions that somebody replaced',
      { inputs: { challengerPredictions: { id: 501, digest: 'f'.repeat(64) } } },
      'JUDGE_PREDICTIONS_REPLACED',
    ],
    [
      'predictions without a digest',
      { inputs: { challengerPredictions: { id: 501, digest: '' } } },
      'JUDGE_PREDICTIONS_REPLACED',
    ],
    [
      'a zip with more beside the predictions',
      { challenger: { 'predictions.csv': strToU8(good), 'evidence.json': strToU8('{}') } },
      'ARCHIVE_REFUSED',
    ],
    [
      'a zip without predictions',
      { challenger: { 'scores.csv': strToU8(good) } },
      'JUDGE_PREDICTIONS_CONTENT',
    ],
    [
      'a zip that climbs out of its folder',
      { challenger: { '../predictions.csv': strToU8(good) } },
      'ARCHIVE_REFUSED',
    ],
    [
      'held-out features that are not there',
      { base: { ...base, [featuresPath]: '' } },
      'JUDGE_HELD_OUT_MISSING',
    ],
    [
      'a model that nobody knows',
      { base: unpublishedBase(), head: { ...unpublishedBase(), 'models/x/y': '' } },
      'JUDGE_NOTHING_TO_JUDGE',
    ],
  ])('%s', async (_, setup, code) => {
    const { judge, sealed } = world(setup);
    await expect(judge()).rejects.toThrow(expect.objectContaining({ code }));
    expect(sealed).toEqual([]);
  });

  it('a base that is not governed: the error of the reading passes', async () => {
    const proposal = async () => {
      throw new InputError('BASE_NOT_GOVERNED', 'no', { hint: 'x' });
    };
    await expect(judgeIn({ deps: { proposal } })).rejects.toThrow(
      expect.objectContaining({ code: 'BASE_NOT_GOVERNED' }),
    );
  });

  it('store bytes that are not those of their digest', async () => {
    const wrong = async () => Buffer.from(record.replace('gpu-1', 'gpu-2'));
    const store = {
      get: wrong,
      sizeOf: async () => Buffer.byteLength(modelBytes),
      putBytes: async (bytes: Uint8Array) => digestBytes(bytes),
    };
    await expect(judgeIn({ deps: { store } })).rejects.toThrow(
      expect.objectContaining({ code: 'JUDGE_ARTIFACT_NOT_STORED' }),
    );
  });

  it('a token service that does not answer: nothing is sealed', async () => {
    const idToken = async () => {
      throw new ServiceError('OIDC_TOKEN', 'no token', { hint: 'id-token: write' });
    };
    const { judge, sealed } = world({ deps: { idToken } });
    await expect(judge()).rejects.toThrow(expect.objectContaining({ code: 'OIDC_TOKEN' }));
    expect(sealed).toEqual([]);
  });
});

describe('what leaves evidence that says "not evaluated"', () => {
  const badRows = (change: (lines: string[]) => string[]) => change(good.trim().split('\n')).join('\n');

  it.each<readonly [string, Partial<Setup>, string]>([
    ['labels of another digest', { labels: `${labelsText}9999,1\n` }, 'judge/labels-other'],
    [
      'labels that are no CSV',
      { base: baseFiles({ labelsSha256: hex256('<html>') }), labels: '<html>' },
      'evaluation/header',
    ],
    ['empty labels', { base: baseFiles({ labelsSha256: hex256('') }), labels: '' }, 'evaluation/empty'],
    [
      'a sealing audience',
      { base: baseFiles({ ...texts, audience: `gatehouse:sha256:${'0'.repeat(64)}` }) },
      'judge/labels-audience',
    ],
    ['NaN', { challenger: good.replace(/\n1,[\d.]+/, '\n1,NaN') }, 'evaluation/score-nan'],
    ['an infinite score', { challenger: good.replace(/\n1,[\d.]+/, '\n1,inf') }, 'evaluation/score-infinite'],
    ['a missing key', { challenger: badRows((lines) => lines.slice(0, -1)) }, 'evaluation/key-missing'],
    ['a doubled key', { challenger: badRows((lines) => [...lines, '1,0.5']) }, 'evaluation/key-doubled'],
    ['an unknown key', { challenger: badRows((lines) => [...lines, '99999,0.5']) }, 'evaluation/key-unknown'],
    ['an empty file of predictions', { challenger: '' }, 'evaluation/empty'],
    ['a champion without predictions', { state: champion('never stored') }, 'judge/store-missing'],
    [
      'a champion that was to be scored and was not',
      { state: champion(poor, { features: digestBytes('other') }) },
      'judge/champion-not-scored',
    ],
    [
      'champion predictions with a gap',
      { state: champion(poor, { features: digestBytes('other') }), champion: 'key,score\n1,0.5\n' },
      'evaluation/key-missing',
    ],
  ])('%s', async (_, setup, code) => {
    const { judge, sealed } = world(setup);
    const { verdict, evidence } = await judge();
    expect(verdict).toBe('not evaluated');
    expect(codes(evidence)).toEqual([code]);
    expect(evidence.findings[0]?.fix).not.toBe('');
    expect(sealed).toHaveLength(1);
  });

  it('a label server that refuses', async () => {
    const fetchLabels = async () => {
      throw new ServiceError('LABELS_REFUSED', 'The label server answered 403 \ud800', {
        hint: 'Allow the workflow.',
      });
    };
    const { evidence } = await judgeIn({ deps: { fetchLabels } });
    expect(evidence).toMatchObject({ verdict: 'not evaluated', comparisons: [], heldOut: { rows: 0 } });
    expect(codes(evidence)).toEqual(['judge/labels-refused']);
  });

  it('a store that takes nothing: no bytes, no entry', async () => {
    const { store } = world({});
    const deps = {
      store: {
        get: async (digest: Digest) => store.get(digest) ?? new Uint8Array(0),
        sizeOf: async (digest: Digest) => store.get(digest)?.length ?? null,
        putBytes: async () => {
          throw new ServiceError('STORE_FULL', 'no space', { hint: 'Make room.' });
        },
      },
    };
    const { evidence } = await judgeIn({ deps });
    expect(evidence.comparisons[0]?.gates[0]?.result).toBe('pass');
    expect(evidence.verdict).toBe('not evaluated');
  });

  it('one of two champions without predictions: the other is compared, and it is no pass', async () => {
    const state = stateWith(
      {
        version: 1,
        modelBytes: 'old model',
        predictions: digestBytes(poor),
        stage: 'production',
        endpoints: ['us'],
      },
      { version: 2, modelBytes, predictions: digestBytes('lost'), stage: 'production', endpoints: ['eu'] },
    );
    const { evidence } = await judgeIn({ state });
    expect(evidence.comparisons.map(({ against }) => against)).toEqual([1]);
    expect(evidence.verdict).toBe('not evaluated');
  });

  it('held-out rows of one class, too few rows', async () => {
    const oneClass = labelsText.replaceAll(/,[01]\n/g, ',0\n').replace('key,late', 'key,late');
    const { evidence } = await judgeIn({
      base: baseFiles({ labelsSha256: hex256(oneClass) }),
      labels: oneClass,
    });
    expect(evidence.verdict).toBe('fail');
    expect(codes(evidence)).toEqual(['evaluation/metric-undefined']);
    const few = labelsText.split('\n').slice(0, 21).join('\n');
    const scores = good.split('\n').slice(0, 21).join('\n');
    const small = await judgeIn({
      base: baseFiles({ labelsSha256: hex256(few) }),
      labels: few,
      challenger: scores,
    });
    expect(small.evidence.verdict).toBe('not evaluated');
    expect(small.evidence.comparisons[0]?.gates[0]?.because).toContain('at least 100 are needed');
  });
});

describe('labels of a model that base does not know', () => {
  const { 'models/flight-delay/model.yml': _, ...without } = base;
  const asking = async (head: Files, files: Files) => {
    const built = world({ base: files, head });
    return { ...(await built.judge()), audiences: built.audiences };
  };

  it('are not asked for: no token goes where a proposer says', async () => {
    const evil = modelText({ ...texts, url: 'https://evil.test/', audience: 'gatehouse-labels' });
    const { evidence, audiences } = await asking(
      { ...without, 'models/flight-delay/model.yml': evil, 'models/flight-delay/params.json': 'x' },
      without,
    );
    expect(evidence.verdict).toBe('not evaluated');
    expect(codes(evidence)).toEqual(['judge/labels-unpublished']);
    expect(audiences.filter((audience) => !audience.startsWith('gatehouse:sha256:'))).toEqual([]);
  });

  it('are used when base publishes the same with another model', async () => {
    const files = {
      ...without,
      'models/published/model.yml': modelText(texts).replace('models/flight-delay/**', 'models/published/**'),
    };
    const { evidence } = await asking(
      { ...files, 'models/flight-delay/model.yml': modelText(texts), 'models/flight-delay/params.json': 'x' },
      files,
    );
    expect(evidence.verdict).toBe('pass');
  });
});
