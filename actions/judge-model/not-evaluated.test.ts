import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { baseFiles, hex256, modelText, promoted, stateWith } from '../../test/memory/flights.ts';
import type { Files } from '../../test/memory/proposal.ts';

import {
  base,
  champion,
  codes,
  good,
  judgeIn,
  labelsText,
  modelBytes,
  poor,
  type Setup,
  texts,
  world,
} from './world.fixture.ts';

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

  it('a champion that was scored on rows which governed before', async () => {
    const state = champion(good, { features: digestBytes('other rows') });
    // The challenger is of the ledger and has predictions of the rows that govern now.
    const two = { version: 2, modelBytes, predictions: digestBytes(good), stage: 'staging' } as const;
    const versions = new Map([...state.versions, ...stateWith(two).versions]);
    const setup = { state: { ...state, versions }, head: promoted(base, 2), champion: poor };
    const inputs = { artifactId: null, challengerPredictions: null };
    const fits = await judgeIn({ ...setup, inputs });
    expect(codes(fits.evidence)).toEqual([]);
    const moved = await judgeIn({
      ...setup,
      inputs: { ...inputs, featuresDigest: digestBytes('rows of yesterday') },
    });
    expect([moved.evidence.verdict, codes(moved.evidence)]).toEqual([
      'not evaluated',
      ['judge/held-out-moved'],
    ]);
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
