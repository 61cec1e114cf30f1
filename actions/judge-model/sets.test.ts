import { describe, expect, it } from 'vitest';
import { behaviourText, type RowModel, sharp } from '../../core/evaluation/held-out.fixture.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import { checkJudgement } from '../../core/evidence/judgement-check.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import { proposed } from '../../test/memory/flights.ts';
import {
  factsOf,
  fullBase,
  fullWorld,
  pack,
  plannedSets,
  scoreFiles,
  servingChampion,
  suitePath,
  withSets,
} from './full.fixture.ts';
import { codes } from './world.fixture.ts';

const base = fullBase();
const serving = servingChampion(base);
const { state, stored } = serving;
const gatesOf = ({ comparisons }: JudgementEvidence) =>
  Object.fromEntries(comparisons.flatMap(({ gates }) => gates.map(({ gate, result }) => [gate, result])));

describe('a judgement of all that model.yml can ask for', () => {
  const run = fullWorld({ base, state, stored });

  it('passes, is parsed by the app, and the app computes the same gates from its metrics', async () => {
    const { evidence, verdict } = await run.judge();
    expect(verdict).toBe('pass');
    expect(evidence.findings.filter(({ severity }) => severity === 'fail')).toEqual([]);
    const text = canonicalJson(evidence);
    expect(parseEvidence(text)).toEqual(evidence);
    const facts = factsOf(evidence, { base, state });
    expect(checkJudgement(evidence, facts)).toEqual([]);
    const [comparison] = evidence.comparisons;
    expect(comparison?.detail?.threshold).toMatch(/^0\.\d+, best f1 on 150 validation rows$/);
    expect(comparison?.explanation).toMatchObject({ grade: 'measured', metric: 'auc' });
    expect(comparison?.behaviour?.groups.map(({ passed, cases }) => [passed, cases])).toEqual([
      [1, 1],
      [20, 20],
    ]);
    const behaviourGates = Object.keys(gatesOf(evidence)).filter((gate) => gate.includes('group '));
    expect(behaviourGates).toHaveLength(2);
    expect(evidence.predictions.sets.map(({ name, input }) => ({ name, input }))).toEqual(plannedSets(base));
    // The next champion must not be scored again: all that it said is kept.
    for (const { digest } of evidence.predictions.sets) expect(run.store.has(digest)).toBe(true);

    for (const forge of forgeries(evidence)) {
      expect(checkJudgement(forge, facts).map(({ code }) => code)).not.toEqual([]);
    }
  });

  it('tells nothing of a row: no key, no score, no label', async () => {
    const { evidence } = await run.judge();
    const text = canonicalJson({ ...evidence, claimed: null });
    expect(text).not.toMatch(/"f\d{2,}"/);
    const scores = scoreFiles(base, sharp)['predictions.csv']?.split('\n').slice(1, 60) ?? [];
    for (const line of scores) expect(text).not.toContain(line.split(',')[1] || '-');
  });
});

/** Outcomes, numbers and cases that somebody made better than they are. */
function forgeries(evidence: JudgementEvidence): readonly JudgementEvidence[] {
  const [comparison] = evidence.comparisons;
  if (comparison === undefined) throw new Error('no comparison');
  const changed = (own: Partial<typeof comparison>): JudgementEvidence => ({
    ...evidence,
    comparisons: [{ ...comparison, ...own }],
  });
  const { gates, metrics } = comparison;
  return [
    ...gates.map((gate, at) => changed({ gates: gates.with(at, { ...gate, result: 'skipped' }) })),
    changed({ gates: gates.slice(1) }),
    changed({ metrics: metrics.filter(({ metric }) => metric !== 'behaviour-pass-rate') }),
    changed({
      metrics: metrics.map((one) =>
        one.metric === 'behaviour-pass-rate' ? { ...one, challenger: 0.01 } : one,
      ),
    }),
    changed({ metrics: metrics.map((one) => ({ ...one, grade: 'judged' })) }),
  ];
}

describe('a group of cases below its share', () => {
  /** Says the same of every distance. */
  const flat: RowModel = ({ hour }) => Number(hour) / 24;
  const steep: RowModel = (cells) =>
    cells.distance === '900' || cells.distance === '300' ? 0.5 : sharp(cells);

  it('fails the judgement, though model.yml has no gate for it', async () => {
    const { evidence } = await fullWorld({ base, files: scoreFiles(base, steep) }).judge();
    expect(evidence.verdict).toBe('fail');
    const failed = Object.entries(gatesOf(evidence)).filter(([, result]) => result === 'fail');
    expect(failed.map(([gate]) => gate)).toEqual([expect.stringContaining('group distance')]);
    // A fail, and not a want of evidence: the app refuses it by its gate.
    expect(evidence.findings.filter(({ severity }) => severity === 'fail')).toEqual([]);
    expect(checkJudgement(evidence, factsOf(evidence, { base }))).toEqual([]);
  });

  it('is judged by the suite of base, whatever the pull request does to it', async () => {
    const files = scoreFiles(base, flat);
    const easy = behaviourText.replaceAll('up: 0.1', 'up: 0').replaceAll('must-pass: 1', 'must-pass: 0.1');
    const { [suitePath]: _, ...without } = proposed(base);
    for (const head of [{ ...proposed(base), [suitePath]: easy }, without]) {
      const { evidence } = await fullWorld({ base, head, files }).judge();
      expect(evidence.verdict).toBe('fail');
      expect(Object.entries(gatesOf(evidence))).toContainEqual([
        expect.stringContaining('group distance'),
        'fail',
      ]);
      expect(checkJudgement(evidence, factsOf(evidence, { base, head }))).toEqual([]);
    }
  });

  it('of a suite that only the head has judges nothing yet', async () => {
    const bare = fullBase({ suite: null });
    const head = { ...proposed(bare), [suitePath]: behaviourText };
    const { evidence } = await fullWorld({ base: bare, head }).judge();
    expect(evidence.comparisons[0]?.behaviour).toBeNull();
    expect(Object.keys(gatesOf(evidence)).some((gate) => gate.includes('group'))).toBe(false);
  });
});

describe('a set that is missing or malformed', () => {
  const files = scoreFiles(base, sharp);
  const without = (name: string) =>
    Object.fromEntries(Object.entries(files).filter(([file]) => file !== `sets/${name}.csv`));

  it.each(['production-like', 'validation', 'behaviour', 'permuted'])(
    'of the challenger is no pass: %s',
    async (name) => {
      const { evidence } = await fullWorld({ base, files: without(name) }).judge();
      expect(evidence.verdict).not.toBe('pass');
      expect(codes(evidence)).toContain('judge/set-not-scored');
      expect(evidence.predictions.sets.map((set) => set.name)).not.toContain(name);
      expect(checkJudgement(evidence, factsOf(evidence, { base }))).toEqual([]);
    },
  );

  it('costs itself alone: the held-out rows are judged', async () => {
    const broken = { ...files, 'sets/production-like.csv': 'key,score\n1,NaN\n' };
    const { evidence } = await fullWorld({ base, files: broken }).judge();
    expect(evidence.verdict).not.toBe('pass');
    const [comparison] = evidence.comparisons;
    expect(comparison?.metrics.some(({ set }) => set === 'production-like')).toBe(false);
    expect(comparison?.behaviour).not.toBeNull();
    expect(comparison?.gates[0]?.result).toBe('pass');
  });

  it('of a champion that was scored again is told, and fails what compares with it', async () => {
    const old = withSets(state, []);
    const { 'sets/behaviour.csv': _, ...theirs } = serving.files;
    const { evidence } = await fullWorld({ base, state: old, stored, champion: pack(theirs) }).judge();
    expect(evidence.verdict).toBe('pass');
    expect(evidence.findings).toContainEqual(
      expect.objectContaining({ code: 'judge/set-not-scored', severity: 'warn' }),
    );
    expect(evidence.comparisons[0]?.behaviour?.groups[0]?.championPassed).toBeNull();
  });
});

describe('the champion', () => {
  it('is read from the store, or scored again with the same outcome', async () => {
    const fromStore = (await fullWorld({ base, state, stored }).judge()).evidence;
    const again = withSets(state, []);
    const scored = (await fullWorld({ base, state: again, champion: pack(serving.files) }).judge()).evidence;
    expect(scored.comparisons).toEqual(fromStore.comparisons);
    expect(scored.resultDigest).toBe(fromStore.resultDigest);
  });

  it.each([
    ['made from other rows', { input: digestBytes('other') }],
    ['of another name', { name: 'permuted' as const }],
  ])('whose stored set is %s must be scored again', async (_, own) => {
    const sets = plannedSets(base).map((set) => ({ ...set, ...own, digest: digestBytes('x') }));
    const { evidence } = await fullWorld({ base, state: withSets(state, sets), stored }).judge();
    expect(evidence).toMatchObject({ verdict: 'not evaluated', comparisons: [] });
    expect(codes(evidence)).toEqual(['judge/champion-not-scored']);
  });

  it('whose stored set was replaced is no champion to compare with', async () => {
    const { digest } = (state.versions.get(1)?.record.predictions.sets ?? [])[0] ?? { digest: null };
    const { judge, store } = fullWorld({ base, state, stored });
    store.set(String(digest), Buffer.from('other bytes'));
    const { evidence } = await judge();
    expect(evidence.verdict).toBe('not evaluated');
    expect(codes(evidence)).toEqual(['judge/predictions-replaced']);
  });

  it('has a threshold of its own, chosen like that of the challenger', async () => {
    const { 'sets/validation.csv': _, ...theirs } = serving.files;
    const again = withSets(state, []);
    const { evidence } = await fullWorld({ base, state: again, champion: pack(theirs) }).judge();
    expect(evidence.verdict).toBe('not evaluated');
    expect(evidence.findings.find(({ code }) => code === 'judge/set-not-scored')?.severity).toBe('fail');
  });
});
