import type { BehaviourSuite, SuiteGroup } from '../config/behaviour.ts';
import type { MetricResult } from '../evidence/evidence.ts';
import type { BehaviourFact, BehaviourGroup } from '../evidence/judgement-detail.ts';
import type { Finding } from '../finding/finding.ts';
import { digestOf } from '../json/canonical.ts';
import { behaviourMetric, groupSlice } from './behaviour-gates.ts';
import { breaks } from './judge-case.ts';
import type { ModelOutputs, OutputReading } from './model-output.ts';
import { type PlannedCase, planCases } from './plan-cases.ts';

/** What one model said of the rows of a suite. */
export interface JudgedModel {
  readonly outputs: ModelOutputs;
  readonly reading: OutputReading;
}

export interface BehaviourJudgement {
  readonly fact: BehaviourFact;
  /** `behaviour-pass-rate` of all cases, and of each group with the slice `group NAME`. */
  readonly metrics: readonly MetricResult[];
  /** One for each group below its share, and a warning for cases that the champion passes and the challenger does not. */
  readonly findings: readonly Finding[];
}

/**
 * Holds what two models said against a suite. Every case counts: one without an output has failed.
 * @param heldOutRows as the rows were made from
 * @param champion null: there is none, or it was not asked
 * @throws InputError BEHAVIOUR_SAMPLE
 */
export function judgeBehaviour(
  suite: BehaviourSuite,
  heldOutRows: number,
  challenger: JudgedModel,
  champion: JudgedModel | null,
): BehaviourJudgement {
  const planned = planCases(suite, heldOutRows);
  const mine = judgeCases(planned, challenger);
  const theirs = champion && judgeCases(planned, champion);
  const groups = suite.groups.map((group, at) => {
    const here = planned.flatMap((one, place) => (one.group === at ? [place] : []));
    return { group, here, ...countGroup(group, here, planned, mine, theirs) };
  });
  const all = planned.map((_, place) => place);
  return {
    fact: { grade: 'measured', suiteDigest: digestOf(suite), groups: groups.map(({ fact }) => fact) },
    metrics: [
      toMetric(null, all, mine, theirs),
      ...groups.map(({ group, here }) => toMetric(groupSlice(group.name), here, mine, theirs)),
    ],
    findings: [
      ...groups.flatMap(({ fact, here }) => findGroup(fact, here, planned, mine)),
      ...findRegressions(all, planned, mine, theirs),
    ],
  };
}

/** By place in the plan: null where the case passed, else why it did not. */
type Results = readonly (string | null)[];

function judgeCases(planned: readonly PlannedCase[], { outputs, reading }: JudgedModel): Results {
  // A row of a sample has a made name, which a written case may have as well.
  const written = planned.filter(({ heldOutRow }) => heldOutRow === null);
  const keyOf = new Map(written.map(({ name, key }) => [name, key]));
  const get = (key: string | null | undefined) => (key == null ? null : (outputs.get(key) ?? null));
  return planned.map(({ key, before, heldOutRow, expect }) => {
    const now = get(key);
    if (now === null) return 'no output, or a malformed one';
    const beside = { now, before: get(before), of: (name: string) => get(keyOf.get(name)) };
    for (const check of expect) {
      const broken = breaks(check, beside, reading);
      if (broken === null) continue;
      // What a model says of a held-out row is told of no single row.
      const found = heldOutRow === null && broken.found !== null ? `found ${broken.found}, ` : '';
      return `${found}required ${broken.required}`;
    }
    return null;
  });
}

const failedShown = 5;
const nameLength = 200;

function countGroup(
  { name, kind, mustPass }: SuiteGroup,
  here: readonly number[],
  planned: readonly PlannedCase[],
  mine: Results,
  theirs: Results | null,
): { readonly fact: BehaviourGroup } {
  const failed = here.filter((place) => mine[place] !== null);
  return {
    fact: {
      name,
      kind,
      cases: here.length,
      passed: here.length - failed.length,
      required: mustPass,
      championPassed: theirs && countPassed(here, theirs),
      failed: failed.slice(0, failedShown).map((place) => nameAt(planned, place)),
    },
  };
}

const nameAt = (planned: readonly PlannedCase[], place: number): string =>
  (planned[place]?.name ?? '').slice(0, nameLength).toWellFormed();

const countPassed = (here: readonly number[], results: Results): number =>
  here.filter((place) => results[place] === null).length;

/** Four decimals, downward: as many as `must-pass` may have, so that what is shown decides alike. */
const shareOf = (passed: number, cases: number): number => Math.floor((passed * 10_000) / cases) / 10_000;

function toMetric(
  slice: string | null,
  here: readonly number[],
  mine: Results,
  theirs: Results | null,
): MetricResult {
  const passed = countPassed(here, mine);
  const challenger = shareOf(passed, here.length);
  const champion = theirs && shareOf(countPassed(here, theirs), here.length);
  return {
    metric: behaviourMetric,
    slice,
    set: 'held-out',
    rows: 0,
    higherIsBetter: true,
    grade: 'measured',
    challenger,
    challengerInterval: null,
    champion,
    difference: champion === null ? null : Math.round((challenger - champion) * 10_000) / 10_000,
    differenceInterval: null,
    standardError: null,
    pWorse: null,
    pBetter: null,
    method: `${passed} of ${here.length} cases`,
  };
}

const examplesShown = 3;

function findGroup(
  { name, kind, cases, passed, required }: BehaviourGroup,
  here: readonly number[],
  planned: readonly PlannedCase[],
  mine: Results,
): readonly Finding[] {
  const share = shareOf(passed, cases);
  if (Number.isFinite(share) && share >= required) return [];
  const failed = here.filter((place) => mine[place] !== null).slice(0, examplesShown);
  return [
    {
      code: 'behaviour/group',
      severity: 'fail',
      message: `The behaviour group "${name}" (${kind}) passed ${passed} of ${cases} cases`,
      found: String(share),
      allowed: `at least ${required}`,
      count: cases - passed,
      total: cases,
      examples: failed.map((place) =>
        `${nameAt(planned, place)}: ${mine[place]}`.slice(0, 400).toWellFormed(),
      ),
      fix: 'Mend the model for these cases; a case that asks for the wrong thing is corrected in behaviour.yml, whose owner approves that.',
    },
  ];
}

function findRegressions(
  all: readonly number[],
  planned: readonly PlannedCase[],
  mine: Results,
  theirs: Results | null,
): readonly Finding[] {
  const lost = theirs === null ? [] : all.filter((place) => mine[place] !== null && theirs[place] === null);
  if (lost.length === 0) return [];
  return [
    {
      code: 'behaviour/regression',
      severity: 'warn',
      message: `${lost.length} behaviour ${lost.length === 1 ? 'case fails' : 'cases fail'} that the champion passes`,
      count: lost.length,
      total: all.length,
      examples: lost.slice(0, examplesShown).map((place) => nameAt(planned, place)),
      fix: 'See whether users rely on them before the challenger takes over.',
    },
  ];
}
