import { groupBy } from '../collection/group.ts';
import { isMeasured } from '../config/metric-form.ts';
import type { Gate } from '../config/policy.ts';
import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import { adjustByHolm } from '../statistics/holm.ts';
import { judgeDifference, type Significance } from './difference-gate.ts';
import { judgeDrop } from './drop-gate.ts';
import { judgeLimit } from './limit-gate.ts';
import {
  comparesWithChampion,
  type Drop,
  placeOf,
  type Requirement,
  type ResultPlace,
  type Ruling,
  requirementsOf,
  ruling,
} from './requirement.ts';
import { judgeSlices } from './slice-gate.ts';

export interface GateContext {
  /** Version of the champion that was compared with; `unnumbered` where no registry numbers it; null when there is none. */
  readonly against: number | 'unnumbered' | null;
  /** Held-out rows that the metrics rest on. */
  readonly rows: number;
  /** The fewest rows that a gate may rest on. */
  readonly minimumRows: number;
}

/**
 * Holds the measured metrics against the gates. Pure: the app computes the same outcomes from the same evidence.
 * One gate of the configuration gives one outcome for each thing it asks for (`min`, `max`, `versus` ...).
 * @param metrics rounded as in evidence: what is shown is what is judged
 * @param gates with the floor of the policy under them (`applicableGates`)
 */
export function evaluateGates(
  metrics: readonly MetricResult[],
  gates: readonly Gate[],
  context: GateContext,
): readonly GateOutcome[] {
  const families = adjustFamilies(metrics, gates);
  const champion = championOf(context);
  return gates.flatMap((gate) => {
    const place = placeOf(gate);
    const result = findResult(metrics, place);
    const judging: Judging = {
      ...{ gate, place, result, metrics, champion, context },
      significance: families.get(keyOf(place)) ?? unknown,
    };
    return requirementsOf(gate, champion ?? 'the champion', result).map((requirement) => ({
      gate: nameOf(requirement),
      ...place,
      // A drop is seen where the rows are spoiled.
      ...(requirement.kind === 'drop' ? { set: 'production-like' as const } : {}),
      required: requirement.required,
      ...rule(requirement, judging),
    }));
  });
}

const mostCharacters = 500;

/** Names of all that gates ask for, as reports and waivers name them: `auc min 0.6`, `auc not-worse 0.01`. */
export const gateNames = (gates: readonly Gate[]): readonly string[] =>
  gates.flatMap((gate) =>
    requirementsOf(gate, 'the champion', undefined).map((requirement) => nameOf(requirement)),
  );

/** Names of slices and columns are the team's: evidence holds at most this much of a name. */
const nameOf = ({ gate }: Requirement): string => gate.slice(0, mostCharacters);

interface Judging {
  readonly gate: Gate;
  readonly place: ResultPlace;
  readonly result: MetricResult | undefined;
  readonly metrics: readonly MetricResult[];
  /** null: there is none. */
  readonly champion: string | null;
  readonly context: GateContext;
  readonly significance: Significance;
}

/** How sentences name the champion; null: there is none. */
function championOf({ against }: GateContext): string | null {
  if (against === null) return null;
  return against === 'unnumbered' ? 'the champion' : `v${against}`;
}

function findResult(
  metrics: readonly MetricResult[],
  { metric, slice, set }: ResultPlace,
): MetricResult | undefined {
  const found = metrics.find((each) => each.metric === metric && each.slice === slice && each.set === set);
  return found && toExact(found);
}

/** The cases of a behaviour suite are all that there are: no other draw of them could have come out otherwise. */
function toExact(result: MetricResult): MetricResult {
  const { metric, challenger, difference } = result;
  if (metric !== 'behaviour-pass-rate' || difference === null) return result;
  const gain = result.higherIsBetter ? difference : -difference;
  return {
    ...result,
    challengerInterval: [challenger, challenger],
    differenceInterval: [difference, difference],
    pWorse: gain < 0 ? 0 : 1,
    pBetter: gain > 0 ? 0 : 1,
  };
}

const keyOf = ({ metric, slice, set }: ResultPlace): string => JSON.stringify([metric, slice, set]);
const unknown: Significance = { worse: Number.NaN, better: Number.NaN, family: 1 };

/** Metrics that gates compare on the same rows are one family: with many of them, one is better by chance (Holm). */
function adjustFamilies(
  metrics: readonly MetricResult[],
  gates: readonly Gate[],
): ReadonlyMap<string, Significance> {
  const places = new Map(
    gates.filter(comparesWithChampion).map((gate) => [keyOf(placeOf(gate)), placeOf(gate)]),
  );
  const families = groupBy(places.values(), ({ slice, set }) => JSON.stringify([slice, set]));
  return new Map(
    [...families.values()].flatMap((family) => {
      const results = family.map((place) => findResult(metrics, place));
      const worse = adjustByHolm(results.map((result) => result?.pWorse ?? Number.NaN));
      const better = adjustByHolm(results.map((result) => result?.pBetter ?? Number.NaN));
      return family.map((place, at): [string, Significance] => [
        keyOf(place),
        { worse: worse[at] ?? Number.NaN, better: better[at] ?? Number.NaN, family: family.length },
      ]);
    }),
  );
}

function rule(requirement: Requirement, judging: Judging): Ruling {
  const { result, champion, context, place } = judging;
  if (requirement.kind === 'nothing') {
    return ruling('fail', '-', `The gate on ${place.metric} asks for nothing: give it min, max or versus`);
  }
  const compares = !['min', 'max', 'drop'].includes(requirement.kind);
  if (compares && champion === null) {
    return ruling('skipped', '-', 'There is no champion to compare with');
  }
  const enough = Number.isFinite(context.rows) && context.rows >= context.minimumRows;
  if (!enough) return tooFew(context);
  if (requirement.kind === 'slices') {
    const slices = slicesOf(judging);
    return refuseAny(slices, judging) ?? judgeSlices(requirement, slices, champion ?? '');
  }
  if (!result) return ruling('fail', '-', describeMissing(place));
  const refused = refuseAny([result], judging);
  if (refused !== null) return refused;
  switch (requirement.kind) {
    case 'min':
    case 'max':
      return judgeLimit(requirement, result);
    case 'drop':
      return judgeDropOf(requirement, result, judging);
    default:
      return judgeDifference(requirement, result, champion ?? '', judging.significance);
  }
}

function judgeDropOf(requirement: Drop, heldOut: MetricResult, judging: Judging): Ruling {
  const place: ResultPlace = { ...judging.place, set: 'production-like' };
  const spoiled = findResult(judging.metrics, place);
  if (!spoiled) return ruling('fail', '-', describeMissing(place));
  return refuseAny([spoiled], judging) ?? judgeDrop(requirement, heldOut, spoiled);
}

const slicesOf = ({ metrics, place }: Judging): readonly MetricResult[] =>
  metrics.filter(({ metric, slice, set }) => metric === place.metric && slice !== null && set === 'held-out');

function tooFew({ rows, minimumRows }: GateContext): Ruling {
  const because = `${rows} held-out rows are too few: at least ${minimumRows} are needed`;
  return ruling('not evaluated', `${rows} rows`, because);
}

function describeMissing({ metric, slice, set }: ResultPlace): string {
  const where = [
    ...(slice === null ? [] : [` on the slice ${slice}`]),
    ...(set === 'held-out' ? [] : [' on production-like rows']),
  ];
  return `The metric ${metric} was not computed${where.join('')}`;
}

/** Why results cannot gate at all: a number that is none, or a grade below what the gate accepts. */
function refuseAny(results: readonly MetricResult[], { gate, place }: Judging): Ruling | null {
  for (const result of results) {
    if (!numbersOf(result).every((value) => value === null || Number.isFinite(value))) {
      const because = Number.isFinite(result.challenger)
        ? `A number of the metric ${place.metric} is not finite, so nothing can be said about it`
        : `${result.challenger} is not a number`;
      return ruling('fail', String(result.challenger), because);
    }
    if (!accepts(gate, place.metric, result.grade)) {
      const because = `The metric ${place.metric} is ${result.grade}, and this gate takes only what is ${acceptedOf(gate, place.metric)}`;
      return ruling('fail', result.grade, because);
    }
  }
  return null;
}

function numbersOf(result: MetricResult): readonly (number | null)[] {
  const { challenger, challengerInterval, champion, difference, differenceInterval } = result;
  const { standardError, pWorse, pBetter } = result;
  const values = [challenger, champion, difference, standardError, pWorse, pBetter];
  return [...values, ...(challengerInterval ?? []), ...(differenceInterval ?? [])];
}

/** What can only be measured is taken so; everything else must be judged, unless the gate says otherwise. */
const acceptedOf = (gate: Gate, metric: string): 'judged' | 'measured' =>
  gate.grade ?? (isMeasured(metric) ? 'measured' : 'judged');

const accepts = (gate: Gate, metric: string, grade: MetricResult['grade']): boolean =>
  grade === 'judged' || (grade === 'measured' && acceptedOf(gate, metric) === 'measured');
