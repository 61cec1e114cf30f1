import { describe, expect, it } from 'vitest';
import { behaviourText, configOf, rowsOf, setsNamed, writeTable } from './held-out.fixture.ts';
import { readScoredModel, type ScoredFiles, type ScoredModelInput } from './scored-model.ts';
import type { ScoringSetName } from './scoring-set.ts';

const gates = '[{ metric: f1, min: 0.1 }]';
const config = configOf({
  ...{ gates, rest: 'decision: { choose: f1 }', behaviour: behaviourText },
  heldOut: '  validation: { features: v.csv, labels: vl.csv }',
});
const keys = ['a', 'b', 'c', 'd'];
const table = (scores: readonly (number | string)[], names = keys) =>
  Buffer.from(
    writeTable(
      ['key', 'score'],
      scores.map((score, at) => [names[at] ?? '', String(score)]),
    ),
  );
const files = (own: Partial<Record<ScoringSetName, Uint8Array>>, predictions = table([0, 0.2, 0.4, 1])) =>
  ({ predictions, sets: new Map(Object.entries(own)) }) as ScoredFiles;
/** Late above 0.25: the best cut of the validation rows, and a bad one of the held-out ones. */
const validationKeys = ['v1', 'v2', 'v3', 'v4'];
const labels = writeTable(
  ['key', 'late'],
  [0, 1, 1, 1].map((late, at) => [`v${at + 1}`, String(late)]),
);
const { truth: validation } = rowsOf(config, labels, null);
const chosen = table([0.1, 0.3, 0.6, 0.9], validationKeys);

const read = (own: Partial<ScoredModelInput>) =>
  readScoredModel({
    ...{ files: files({}), who: 'challenger', config, keys, sets: setsNamed('validation'), validation },
    ...own,
  });

describe('the threshold', () => {
  it('is chosen on the validation rows alone, and says so', () => {
    const { model, findings } = read({ files: files({ validation: chosen }) });
    expect(findings).toEqual([]);
    expect(model?.threshold).toBeCloseTo(0.3);
    expect(model?.thresholdText).toBe('0.3, best f1 on 4 validation rows');
  });

  it('is the same whatever the model says of the held-out rows', () => {
    const one = read({ files: files({ validation: chosen }) }).model;
    const other = read({ files: files({ validation: chosen }, table([1, 0.9, 0.8, 0.7])) }).model;
    expect(other?.threshold).toBe(one?.threshold);
    expect(other?.predicted).not.toEqual(one?.predicted);
  });

  it.each([
    ['decision: { threshold: 0.37 }', 0.37, '0.37, as model.yml says'],
    ['', 0.5, '0.5, since model.yml names none'],
  ])('is that of model.yml: %s', (rest, threshold, thresholdText) => {
    const fixed = configOf({ gates, rest });
    expect(read({ config: fixed, sets: [], validation: null }).model).toMatchObject({
      threshold,
      thresholdText,
    });
  });

  it('is none of a task without classes', () => {
    const task = configOf({
      task: 'ranking',
      gates: '[{ metric: mrr, min: 0.1 }]',
      labels: ', group: query',
    });
    expect(read({ config: task, sets: [] }).model?.thresholdText).toBeNull();
  });

  it.each([
    ['no metric', { choose: 'nonsense' as 'f1' }, ['judge/threshold-metric']],
    ['a fixed threshold', { threshold: 0.2 }, []],
  ])('with %s to choose by is not chosen', (_, decision, codes) => {
    const own = read({ config: { ...config, decision }, files: files({ validation: chosen }) });
    expect(own.findings.map(({ code }) => code)).toEqual(codes);
    expect(own.model?.threshold).toBe('threshold' in decision ? 0.2 : 0.5);
  });

  it('says that it was to be chosen where it could not be', () => {
    const { model } = read({});
    expect(model?.thresholdText).toBe('0.5, since none could be chosen');
    expect(read({ files: files({ validation: chosen }), validation: null }).model?.thresholdText).toBe(
      '0.5, since none could be chosen',
    );
  });

  it.each(['challenger', 'v3'])('fails closed when the rows to choose it on are not there: %s', (who) => {
    expect(read({ who }).findings).toMatchObject([{ code: 'judge/set-not-scored', severity: 'fail' }]);
    const gap = table([0.1, 0.3], validationKeys);
    expect(read({ who, files: files({ validation: gap }) }).findings).toMatchObject([
      { code: 'evaluation/key-missing', severity: 'fail' },
    ]);
  });
});

describe('a set', () => {
  const sets = setsNamed('production-like', 'behaviour', 'permuted');
  const bare = { ...config, decision: { threshold: 0.5 } };

  it('that a challenger did not score is missing, one that a champion did not is told', () => {
    const own = read({ config: bare, sets });
    expect(own.model).toMatchObject({ productionLike: null, behaviour: null, permuted: null });
    expect(own.findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(
      sets.map(() => 'judge/set-not-scored fail'),
    );
    expect(own.findings[0]?.message).toContain('of the challenger did not score the set behaviour');
    const old = read({ config: bare, sets, who: 'v3' });
    expect(old.findings.map(({ severity }) => severity)).toEqual(sets.map(() => 'warn'));
    expect(old.findings[0]?.message).toContain('champion v3 has no predictions of the set behaviour');
  });

  it('that nobody asked for is not read', () => {
    const extra = files({ 'production-like': Buffer.from('nonsense') });
    expect(read({ config: bare, sets: [], files: extra })).toMatchObject({
      model: { productionLike: null },
      findings: [],
    });
  });

  it.each<[string, ScoringSetName, Buffer, string]>([
    ['no table', 'production-like', Buffer.from('nonsense'), 'evaluation/header'],
    ['a row too few', 'production-like', table([0.1, 0.2, 0.3]), 'evaluation/key-missing'],
    ['a row too many', 'production-like', table([0, 0, 0, 0, 0], [...keys, 'e']), 'evaluation/key-unknown'],
    ['a key twice', 'permuted', table([0, 0], ['1', '1']), 'evaluation/key-doubled'],
    ['a score that is none', 'permuted', table(['NaN']), 'evaluation/score-nan'],
    ['bytes that are no text', 'permuted', Buffer.from([0xff, 0xfe, 0]), 'evaluation/not-text'],
  ])('with %s costs itself alone', (_, name, content, code) => {
    const others = { 'production-like': table([0, 0, 0, 0]), permuted: table([0], ['1']) };
    const broken = files({ ...others, [name]: content });
    const asked = { config: bare, sets: setsNamed('production-like', 'permuted'), files: broken };
    const own = read(asked);
    expect(own.findings).toMatchObject([{ code, severity: 'fail' }]);
    expect(own.model?.predicted.kind).toBe('score');
    expect(own.model?.productionLike === null).toBe(name === 'production-like');
    expect(own.model?.permuted === null).toBe(name === 'permuted');
    expect(read({ ...asked, who: 'v3' }).findings).toMatchObject([{ code, severity: 'warn' }]);
  });

  it('of behaviour loses only the rows that are malformed', () => {
    const content = table([0.5, 2, 0.7], ['c1', 'c2', 'c3']);
    const { model, findings } = read({ config: bare, sets, files: files({ behaviour: content }) });
    expect([...(model?.behaviour?.keys() ?? [])]).toEqual(['c1', 'c3']);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'evaluation/score-range', severity: 'warn' }),
    );
  });
});

it.each(['challenger', 'v3'])('without predictions of the held-out rows there is nothing: %s', (who) => {
  const { model, findings } = read({ who, files: files({ validation: chosen }, table([0.5])) });
  expect(model).toBeNull();
  expect(findings).toMatchObject([{ code: 'evaluation/key-missing', severity: 'fail' }]);
  expect(findings[0]?.where?.file).toBe(`predictions.csv (${who})`);
});

it('a fault of ours is no finding about the model', () => {
  const broken = files({}, null as unknown as ReturnType<typeof table>);
  expect(() => read({ files: broken, sets: [] })).toThrow(TypeError);
});
