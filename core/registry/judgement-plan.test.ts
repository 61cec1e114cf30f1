import { describe, expect, it } from 'vitest';
import {
  baseFiles,
  featuresDigest,
  model,
  promoted,
  proposed,
  stateWith,
} from '../../test/memory/flights.ts';
import { memoryProposal } from '../../test/memory/proposal.ts';
import type { Change, Move } from '../change/change.ts';
import { digestBytes } from '../json/canonical.ts';
import { championsOf, planScoring } from './champion.ts';
import { planJudgement } from './judgement-plan.ts';
import { emptyState } from './stream.ts';

const base = baseFiles({ labelsSha256: 'f'.repeat(64) });
const one = { version: 1, modelBytes: 'one', predictions: digestBytes('p1'), stage: 'production' } as const;
const two = { version: 2, modelBytes: 'two', predictions: digestBytes('p2'), stage: 'production' } as const;
const three = { version: 3, modelBytes: 'three', predictions: digestBytes('p3'), stage: 'staging' } as const;
const state = stateWith({ ...one, endpoints: ['us'] }, { ...two, endpoints: ['eu'] }, three);
const other = digestBytes('other rows');
const proposal = memoryProposal(base, proposed(base), state);
const request = proposal.change as Change & { kind: 'request' };
const input = { model, artifactId: 5, change: proposal.change, catalogue: proposal.catalogue, state };
const refused = (code: string) => expect.objectContaining({ code });
const staged = (version: number): Move => ({
  kind: 'stage',
  model,
  version,
  from: 'registered',
  to: 'staging',
  endpoint: null,
  rollback: false,
});

describe('planJudgement', () => {
  it('meets every champion with a proposal', () => {
    const plan = planJudgement(input);
    expect(plan.promoted).toBeNull();
    expect(plan.against).toEqual([1, 2]);
    expect(plan.champions.map(({ endpoint, version }) => [endpoint, version])).toEqual([
      ['eu', 2],
      ['us', 1],
    ]);
    expect(planJudgement({ ...input, state: null }).against).toEqual([null]);
  });

  it('meets the champion that a promotion replaces', () => {
    const { change } = memoryProposal(base, promoted(base, 3, 'us'), state);
    const plan = planJudgement({ ...input, change, artifactId: null });
    expect(plan.promoted?.version).toBe(3);
    expect(plan.against).toEqual([1]);
  });

  it.each<readonly [string, object, string]>([
    [
      'a refused change',
      { change: { kind: 'refused', findings: [{ code: 'x/y', severity: 'fail', message: 'm', fix: 'f' }] } },
      'JUDGE_CHANGE_REFUSED',
    ],
    [
      'a refused change without a reason',
      { change: { kind: 'refused', findings: [] } },
      'JUDGE_NOTHING_TO_JUDGE',
    ],
    ['nothing', { change: { kind: 'nothing', because: '' } }, 'JUDGE_NOTHING_TO_JUDGE'],
    ['configuration alone', { change: { ...request, model: null } }, 'JUDGE_NOTHING_TO_JUDGE'],
    ['no move up', { change: { ...request, moves: [] } }, 'JUDGE_NOTHING_TO_JUDGE'],
    ['another model', { model: 'churn' }, 'JUDGE_OTHER_MODEL'],
    [
      'a model without a file',
      { catalogue: { ...proposal.catalogue, models: new Map() } },
      'JUDGE_MODEL_UNKNOWN',
    ],
    ['two versions', { change: { ...request, moves: [staged(2), staged(3)] } }, 'JUDGE_SEVERAL_VERSIONS'],
    [
      'a new version and an old one',
      { change: { ...request, moves: [...request.moves, staged(3)] } },
      'JUDGE_SEVERAL_VERSIONS',
    ],
    ['a proposal without artifact', { artifactId: null }, 'JUDGE_ARTIFACT_MISSING'],
    [
      'a promotion with an artifact',
      { change: { ...request, moves: [staged(3)] } },
      'JUDGE_ARTIFACT_UNWANTED',
    ],
    [
      'an unknown version',
      { change: { ...request, moves: [staged(9)] }, artifactId: null },
      'JUDGE_VERSION_UNKNOWN',
    ],
  ])('refuses %s', (_, change, code) => {
    expect(() => planJudgement({ ...input, ...change })).toThrow(refused(code));
  });
});

describe('planScoring', () => {
  it('uses stored predictions of the same rows', () => {
    const plan = planScoring(state, [null, 1, 2], featuresDigest, []);
    expect(plan.stored.map(({ version }) => version)).toEqual([1, 2]);
    expect([plan.toScore, plan.left]).toEqual([null, []]);
  });

  it('scores one again whose predictions are of other sets', () => {
    const set = { name: 'behaviour', input: digestBytes('suite') } as const;
    const plan = planScoring(state, [1], featuresDigest, [set]);
    expect([plan.stored, plan.toScore?.version]).toEqual([[], 1]);
  });

  it('compares another that lacks only a set by what it has', () => {
    const set = { name: 'behaviour', input: digestBytes('suite') } as const;
    const plan = planScoring(state, [1, 2], featuresDigest, [set]);
    expect(plan.toScore?.version).toBe(1);
    expect(plan.stored.map(({ version }) => version)).toEqual([2]);
    expect(plan.left).toEqual([]);
  });

  it('scores one again and says which are left, unknown ones included', () => {
    const plan = planScoring(state, [1, 2, 8], other, []);
    expect(plan.stored).toEqual([]);
    expect(plan.toScore?.version).toBe(1);
    expect(plan.left).toEqual([2, 8]);
  });
});

describe('championsOf', () => {
  it('leaves out endpoints without a champion', () => {
    expect(championsOf(emptyState(model))).toEqual([]);
    const [eu] = [...state.endpoints.values()];
    if (!eu) throw new Error('no endpoint');
    const vacant = new Map([['eu', { ...eu, champion: null, artifactDigest: null }]]);
    expect(championsOf({ ...state, endpoints: vacant })).toEqual([]);
  });
});
