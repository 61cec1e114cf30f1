import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest, judgementOf, origin, v1AtEu, validation } from '../evidence/evidence.fixture.ts';
import { promotionInput, proposalInput, registration, requestOf, stageMove } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { type MoveSubject, moveSubject, subjectOf } from './subject.ts';

const v3AtEu = { endpoint: 'eu', version: 3, artifactDigest: digest('v3 bytes') };
const v3AtUs = { ...v3AtEu, endpoint: 'us' };
const ledgerWith = (...champions: readonly (typeof v3AtEu)[]): DecisionInput['ledger'] => ({
  ...promotionInput().ledger,
  champions: champions.map((each) => ({ ...each, previous: null })),
});

describe('what changes the subject of a proposal', () => {
  const before = subjectOf(proposalInput());
  it.each<[string, Partial<DecisionInput>]>([
    ['repository', { repositoryId: 1 }],
    ['base branch', { baseRef: 'release' }],
    ['content', { change: requestOf({ ...proposalInput().change, contentDigest: digest('x') } as never) }],
    ['rules', { rulesDigest: digest('x') }],
    ['artifact and result', { judgement: judgementOf({ artifactDigest: digest('x') }) }],
    ['result alone', { judgement: judgementOf({ auc: 0.66 }) }],
    ['a champion at any endpoint', { ledger: ledgerWith(v3AtUs) }],
    [
      'the data',
      {
        validation: {
          ...validation,
          datasets: validation.datasets.map((each) => ({ ...each, dataDigest: digest('x') })),
        },
      },
    ],
    [
      'what validation said',
      {
        validation: {
          ...validation,
          datasets: validation.datasets.map((each) => ({ ...each, verdict: 'data invalid' as const })),
        },
      },
    ],
  ])('%s', (_, fields) => {
    const after = subjectOf(proposalInput(fields));
    expect(after).not.toBeNull();
    expect(after).not.toBe(before);
  });

  it.each<[string, Partial<DecisionInput>]>([
    [
      'another head and run',
      {
        judgement: {
          ...judgementOf(),
          origin: { ...origin, headSha: '9'.repeat(40), runId: 7, runAttempt: 3 },
        },
      },
    ],
    [
      'another base commit',
      { judgement: { ...judgementOf(), origin: { ...origin, baseSha: '9'.repeat(40) } } },
    ],
    [
      'what training claims',
      { judgement: { ...judgementOf(), claimed: { ...judgementOf().claimed, metrics: { auc: 1 } } } },
    ],
    ['the engine of the validation', { validation: { ...validation, engine: 'duckdb 9' } }],
    ['runs, reviews and exclusions', { runs: [], exclusions: [], reviews: [] }],
    ['who may approve', { canApprove: {} }],
    ['a fork or not', { fork: true }],
  ])('not: %s', (_, fields) => {
    expect(subjectOf(proposalInput(fields))).toBe(before);
  });
});

describe('what changes the subject of a promotion', () => {
  const before = subjectOf(promotionInput());
  it.each<[string, Partial<DecisionInput>]>([
    ['endpoint', { change: requestOf({ moves: [stageMove({ endpoint: 'us' })] }) }],
    ['where it comes from', { change: requestOf({ moves: [stageMove({ from: 'candidate' })] }) }],
    ['where it goes', { change: requestOf({ moves: [stageMove({ to: 'candidate', endpoint: null })] }) }],
    ['version', { change: requestOf({ moves: [stageMove({ version: 1 })] }) }],
    ['one move more', { change: requestOf({ moves: [stageMove(), stageMove({ endpoint: 'us' })] }) }],
    ['the champion that it replaces', { ledger: ledgerWith(v3AtEu) }],
    ['the champion’s bytes', { ledger: ledgerWith({ ...v1AtEu, artifactDigest: digest('y') }) }],
    ['the result', { judgement: judgementOf({ version: 2, champions: [v1AtEu], auc: 0.7 }) }],
  ])('%s', (_, fields) => {
    const after = subjectOf(promotionInput(fields));
    expect(after).not.toBeNull();
    expect(after).not.toBe(before);
  });

  it('not: the champion of another endpoint, nor whom this one replaced before', () => {
    expect(subjectOf(promotionInput({ ledger: ledgerWith(v1AtEu as never, v3AtUs) }))).toBe(before);
    const remembered = promotionInput().ledger.champions.map((each) => ({ ...each, previous: 8 }));
    expect(subjectOf(promotionInput({ ledger: { ...promotionInput().ledger, champions: remembered } }))).toBe(
      before,
    );
  });

  it('not: the order of the moves', () => {
    const moves = [stageMove(), stageMove({ endpoint: 'us' })];
    const one = subjectOf(promotionInput({ change: requestOf({ moves }) }));
    expect(subjectOf(promotionInput({ change: requestOf({ moves: moves.toReversed() }) }))).toBe(one);
  });

  it('not: a judgement, for a rollback, which has none', () => {
    const moves = [stageMove({ from: 'archived', rollback: true })];
    const rollback = promotionInput({ change: requestOf({ moves }), judgement: null });
    expect(subjectOf(rollback)).not.toBeNull();
    expect(subjectOf({ ...rollback, judgement: judgementOf({ auc: 0.99 }) })).toBe(subjectOf(rollback));
  });
});

describe('when there is no subject', () => {
  it.each<[string, DecisionInput]>([
    ['no judgement', proposalInput({ judgement: null })],
    ['no validation', proposalInput({ validation: null })],
    [
      'a dataset that was not validated',
      proposalInput({
        change: requestOf({ proposal: true, moves: [registration], datasets: ['flights', 'weather'] }),
      }),
    ],
    [
      'a dataset of the model that was not validated',
      proposalInput({ model: { ...proposalInput().model, datasets: ['flights', 'weather'] } as never }),
    ],
    ['a promotion without judgement', promotionInput({ judgement: null })],
    ['a version that the ledger does not know', promotionInput({ ledger: { champions: [], artifacts: [] } })],
    ['nothing to decide', proposalInput({ change: { kind: 'nothing', because: '' } })],
    ['a refused change', proposalInput({ change: { kind: 'refused', findings: [] } })],
  ])('%s', (_, input) => {
    expect(subjectOf(input)).toBeNull();
  });
});

describe('moveSubject', () => {
  const base: MoveSubject = {
    repositoryId: 1,
    baseRef: 'main',
    model: 'm',
    version: 2,
    artifactDigest: digest('a'),
    from: 'staging',
    to: 'production',
    endpoint: 'eu',
    contentDigest: digest('c'),
    rulesDigest: digest('r'),
    champions: [v1AtEu, v3AtUs],
    resultDigest: digest('x'),
    validationDigest: null,
  };

  it('has another digest for every other value', () => {
    const others: readonly Partial<MoveSubject>[] = [
      {},
      { repositoryId: 2 },
      { baseRef: 'x' },
      { model: 'x' },
      { version: 3 },
      { version: null },
      { artifactDigest: digest('x') },
      { from: null },
      { to: 'x' },
      { endpoint: null },
      { contentDigest: digest('x') },
      { rulesDigest: digest('x') },
      { champions: [] },
      { champions: [v1AtEu] },
      { champions: [v1AtEu, { ...v3AtUs, version: 4 }] },
      { resultDigest: null },
      { validationDigest: digest('v') },
    ];
    const digests = others.map((fields) => moveSubject({ ...base, ...fields }));
    expect(new Set(digests).size).toBe(others.length);
  });

  it('does not depend on the order of champions or of keys', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Object.entries(base), { minLength: Object.keys(base).length }),
        (entries) => {
          const turned = {
            ...(Object.fromEntries(entries) as unknown as MoveSubject),
            champions: [v3AtUs, v1AtEu],
          };
          expect(moveSubject(turned)).toBe(moveSubject(base));
        },
      ),
    );
  });
});

it('is the same after a look was counted, whoever counted it', () => {
  const input = promotionInput();
  expect(subjectOf({ ...input, heldOutLook: 7 })).toBe(subjectOf(input));
});
