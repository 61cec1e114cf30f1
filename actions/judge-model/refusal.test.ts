import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { baseFiles, featuresPath, runRecord } from '../../test/memory/flights.ts';
import { type Files, headSha } from '../../test/memory/proposal.ts';

import { base, good, judgeIn, modelBytes, record, type Setup, texts, world } from './world.fixture.ts';

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
    [
      'labels whose token would be a receipt',
      { base: baseFiles({ ...texts, audience: `gatehouse:sha256:${'0'.repeat(64)}` }) },
      'JUDGE_CHANGE_REFUSED',
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
    ['predictions of unknown rows', { inputs: { featuresDigest: null } }, 'JUDGE_HELD_OUT_MOVED'],
    [
      'predictions of rows that governed before',
      { inputs: { featuresDigest: digestBytes('rows of yesterday') } },
      'JUDGE_HELD_OUT_MOVED',
    ],
    [
      'predictions without a digest',
      { inputs: { challengerPredictions: { id: 501, digest: '' } } },
      'JUDGE_PREDICTIONS_REPLACED',
    ],
    [
      'a zip with more beside the predictions',
      { challenger: { 'predictions.csv': strToU8(good), 'evidence.json': strToU8('{}') } },
      'JUDGE_PREDICTIONS_CONTENT',
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
