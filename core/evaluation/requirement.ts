import { metricKey } from '../config/metric-name.ts';
import type { Gate } from '../config/policy.ts';
import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import { showNumber } from './number.ts';

/** Where the result of a gate is found among those of a comparison. */
export interface ResultPlace {
  /** As results name it, the column of groups included. */
  readonly metric: string;
  readonly slice: string | null;
  readonly set: MetricResult['set'];
}

interface Named {
  /** Names the gate in the words of the configuration: `auc min 0.6`, `recall min 0.7 on carrier=AA`. */
  readonly gate: string;
  readonly required: string;
}

/** A bound on the value itself, or on the bad end of its interval. */
export interface Limit extends Named {
  readonly kind: 'min' | 'max';
  readonly limit: number;
  readonly at: 'value' | 'bound';
}

/** A bound on the difference to the champion. */
export interface Versus extends Named {
  readonly kind: 'not-worse' | 'better';
  /** In units of the metric; NaN where it cannot be told. */
  readonly margin: number;
  /** How far two trainings of the same thing lie apart: what is better must exceed it. 0: not known. */
  readonly noise: number;
}

/** No slice falls by more than the margin, in units of the metric. */
export interface SliceGuard extends Named {
  readonly kind: 'slices';
  readonly margin: number;
}

/** The production-like set is worse by at most this, in units of the metric. */
export interface Drop extends Named {
  readonly kind: 'drop';
  readonly most: number;
}

/** One thing that a gate asks for; `nothing` is a gate that was left empty. */
export type Requirement = Limit | Versus | SliceGuard | Drop | (Named & { readonly kind: 'nothing' });

/** What a requirement comes to: result, found, the sentence why, and what a comparison answers. */
export type Ruling = Pick<GateOutcome, 'result' | 'found' | 'because' | 'answer' | 'rowsNeeded'>;

/** A ruling that compares with nobody. */
export const ruling = (result: Ruling['result'], found: string, because: string): Ruling => ({
  result,
  found,
  because,
  answer: null,
  rowsNeeded: null,
});

export const placeOf = (gate: Gate): ResultPlace => ({
  metric: metricKey(gate),
  slice: gate.slice ?? null,
  set: gate.set ?? 'held-out',
});

export const comparesWithChampion = (gate: Gate): boolean =>
  gate.versus !== undefined || gate.ratio !== undefined;

/**
 * Everything that one gate of the configuration asks for.
 * @param champion as sentences name it
 * @param result on which the gate rests: a margin that is a share is one of its champion's value
 */
export function requirementsOf(
  gate: Gate,
  champion: string,
  result: MetricResult | undefined,
): readonly Requirement[] {
  const key = metricKey(gate);
  const where = whereOf(gate);
  const name = (what: string) => `${key} ${what}${where}`;
  const all: Requirement[] = [...limitsOf(gate, name)];
  if (gate.versus !== undefined) all.push(versusOf(gate, gate.versus, name, champion, result));
  if (gate.ratio !== undefined) all.push(ratioOf(gate, gate.ratio, name, champion, result));
  if (gate.slices !== undefined) {
    const { margin } = gate.slices;
    const required = `no slice worse than ${champion}${by(' by more than', margin)}`;
    all.push({ kind: 'slices', margin, gate: name(`slices ${margin}`), required });
  }
  if (gate.drop !== undefined) {
    const required = `no more than ${gate.drop} worse on production-like rows than on the held-out ones`;
    all.push({
      kind: 'drop',
      most: gate.drop,
      gate: `${name(`drop ${gate.drop}`)} on production-like rows`,
      required,
    });
  }
  if (all.length > 0) return all;
  return [{ kind: 'nothing', gate: `${key}${where}`, required: 'min, max, versus or another limit' }];
}

function whereOf({ slice, set }: Gate): string {
  const parts = [
    ...(slice === undefined ? [] : [slice]),
    ...(set === undefined ? [] : ['production-like rows']),
  ];
  return parts.length === 0 ? '' : ` on ${parts.join(', ')}`;
}

function limitsOf({ min, max, at = 'value' }: Gate, name: (what: string) => string): readonly Limit[] {
  const limitOf = (kind: Limit['kind'], limit: number): Limit => {
    const bound = at === 'bound' ? ', by the whole interval' : '';
    return {
      kind,
      limit,
      at,
      gate: name(`${kind} ${limit}${at === 'bound' ? ' at bound' : ''}`),
      required: `at ${kind === 'min' ? 'least' : 'most'} ${limit}${bound}`,
    };
  };
  return [
    ...(min === undefined ? [] : [limitOf('min', min)]),
    ...(max === undefined ? [] : [limitOf('max', max)]),
  ];
}

function versusOf(
  gate: Gate,
  kind: Versus['kind'],
  name: (what: string) => string,
  champion: string,
  result: MetricResult | undefined,
): Versus {
  const { margin: written = 0, relative, noise = 0 } = gate;
  const words = kind === 'better' ? `better than ${champion}` : `not worse than ${champion}`;
  if (relative === undefined) {
    const required = `${words}${by(' by more than', written)}`;
    return { kind, margin: written, noise, gate: name(`${kind}${by('', written)}`), required };
  }
  // Of a negative champion (r2, mcc) a share is still a distance.
  const margin = written * Math.abs(result?.champion ?? Number.NaN);
  const share = `${showNumber(written * 100)} %`;
  const amount = Number.isFinite(margin) ? `: by more than ${showNumber(margin)}` : '';
  const required = `${words} by more than ${share} of its value${amount}`;
  return { kind, margin, noise, gate: name(`${kind} ${share}`), required };
}

/** A ratio bounds the difference by a share of the champion's value: 1.1 times as slow is 10 % of it worse. */
function ratioOf(
  { noise = 0 }: Gate,
  ratio: number,
  name: (what: string) => string,
  champion: string,
  result: MetricResult | undefined,
): Versus {
  const value = result?.champion ?? Number.NaN;
  const higher = result?.higherIsBetter === true;
  // The least gain that keeps the ratio; a champion at 0 or below it has none.
  const least = value > 0 ? (higher ? ratio - 1 : 1 - ratio) * value : Number.NaN;
  const required = `no ${higher ? 'less' : 'more'} than ${ratio} times ${champion}`;
  const named = { gate: name(`ratio ${ratio}`), required };
  return least > 0
    ? { kind: 'better', margin: least, noise, ...named }
    : { kind: 'not-worse', margin: Math.abs(least), noise, ...named };
}

function by(words: string, margin: number): string {
  return margin === 0 ? '' : `${words} ${margin}`;
}
