import { describe, expect, it } from 'vitest';
import { digest, judgementOf, v1AtEu, validation } from '../evidence/evidence.fixture.ts';
import { digestOf } from '../json/canonical.ts';
import { conditionsDigest } from './conditions.ts';
import { promotionInput, proposalInput, requestOf, stageMove } from './decision.fixture.ts';
import { moveSubject, subjectOf } from './subject.ts';

const v3AtUs = { endpoint: 'us', version: 3, artifactDigest: digest('v3 bytes') };
const champions = [v1AtEu, v3AtUs].map((each) => ({ ...each, previous: null }));
const ledger = { ...promotionInput().ledger, champions };

/** The subject of the only move of an input, put together by hand. */
const byHand = (
  input: ReturnType<typeof promotionInput>,
  fields: Partial<Parameters<typeof moveSubject>[0]>,
) => {
  const conditions = conditionsDigest(input);
  const own = moveSubject({
    ...{ repositoryId: input.repositoryId, baseRef: input.baseRef, model: 'flight-delay' },
    ...{ version: 2, artifactDigest: digest('v2 bytes'), from: 'staging', to: 'production', endpoint: 'eu' },
    contentDigest: (input.change as { contentDigest: string }).contentDigest,
    ...{ rulesDigest: input.rulesDigest, champions: [v1AtEu], validationDigest: null },
    resultDigest: input.judgement?.resultDigest ?? null,
    ...(conditions === null ? {} : { conditionsDigest: conditions }),
    ...fields,
  });
  return digestOf({ kind: 'moves', v: 1, moves: [own] });
};

describe('a subject holds what the move is about and nothing else', () => {
  it('a promotion: the champion of its endpoint alone', () => {
    const input = promotionInput({ ledger });
    expect(subjectOf(input)).toBe(byHand(input, {}));
  });

  it('a move down without an endpoint: no champion and no result', () => {
    const move = stageMove({ from: 'staging', to: 'archived', endpoint: null });
    const input = promotionInput({ change: requestOf({ moves: [move] }), ledger });
    const fields = { from: 'staging', to: 'archived', endpoint: null, champions: [], resultDigest: null };
    expect(subjectOf(input)).toBe(byHand(input, fields));
  });

  it('a move up without an endpoint: the champions of all endpoints', () => {
    const move = stageMove({ from: 'registered', to: 'candidate', endpoint: null });
    const input = promotionInput({ change: requestOf({ moves: [move] }), ledger });
    const fields = { from: 'registered', to: 'candidate', endpoint: null, champions: [v1AtEu, v3AtUs] };
    expect(subjectOf(input)).toBe(byHand(input, fields));
  });

  it('a registration: no version, and where it goes', () => {
    const input = proposalInput();
    const { datasets } = validation;
    const fields = {
      ...{ version: null, from: null, to: 'registered', endpoint: null, champions: [] },
      artifactDigest: input.judgement?.artifact.digest ?? digest('none'),
      validationDigest: digestOf(
        datasets.map(({ dataset, contractDigest, inherited, dataDigest, verdict }) => ({
          ...{ dataset, contractDigest, inherited, dataDigest, verdict },
        })),
      ),
    };
    expect(subjectOf(input)).toBe(byHand(input, fields));
  });

  it('a change of configuration alone: content, rules and validation, with a kind of its own', () => {
    const change = requestOf({ configuration: ['gates'] as never });
    const input = proposalInput({ change, model: null, validation: null, judgement: null });
    expect(subjectOf(input)).toBe(
      digestOf({
        ...{ kind: 'configuration', v: 1, repositoryId: 7001, baseRef: 'main', validationDigest: null },
        ...{ contentDigest: change.contentDigest, rulesDigest: input.rulesDigest },
      }),
    );
    for (const other of [{ baseRef: 'release' }, { repositoryId: 1 }, { rulesDigest: digest('other') }]) {
      expect(subjectOf({ ...input, ...other })).not.toBe(subjectOf(input));
    }
  });
});

describe('order', () => {
  it('of the champions is by endpoint', () => {
    const move = stageMove({ from: 'registered', to: 'candidate', endpoint: null });
    const many = [v3AtUs, v1AtEu, { ...v3AtUs, endpoint: 'asia' }].map((each) => ({
      ...each,
      previous: null,
    }));
    const subject = (list: typeof many) =>
      subjectOf(
        promotionInput({ change: requestOf({ moves: [move] }), ledger: { ...ledger, champions: list } }),
      );
    expect(subject(many)).toBe(subject(many.toReversed()));
    expect(subject(many)).toBe(subject([1, 2, 0].map((at) => many[at] as (typeof many)[number])));
  });

  it('of the datasets is by name', () => {
    const [first] = validation.datasets;
    if (first === undefined) throw new Error('no dataset');
    const datasets = ['c', 'a', 'b'].map((dataset) => ({ ...first, dataset }));
    const subject = (names: readonly string[]) =>
      subjectOf(
        proposalInput({
          change: requestOf({ datasets: ['a', 'b', 'c'] }),
          ...{ model: null, judgement: judgementOf() },
          validation: {
            ...validation,
            datasets: names.map((name) => datasets.find(({ dataset }) => dataset === name) as typeof first),
          },
        }),
      );
    const usual = subject(['a', 'b', 'c']);
    expect(usual).not.toBeNull();
    for (const names of [
      ['c', 'b', 'a'],
      ['b', 'c', 'a'],
      ['c', 'a', 'b'],
      ['b', 'a', 'c'],
    ]) {
      expect(subject(names)).toBe(usual);
    }
  });
});
