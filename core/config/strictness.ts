import { directionOf, isMeasured } from './metric-form.ts';
import { metricKey } from './metric-name.ts';
import type { Gate } from './policy.ts';

/** A gate that asks for less than a floor of its own form. */
export interface Weaker {
  /** Key of the gate. */
  readonly key: 'min' | 'max' | 'versus' | 'ratio' | 'slices' | 'drop';
  readonly found: string;
  readonly allowed: string;
}

/** One way in which a gate may ask for something, and how two of the kind compare. */
interface Form {
  readonly key: Weaker['key'];
  /** True when the gate asks for at least what the floor asks; null: these two cannot be compared. */
  readonly isAsStrict: (gate: Gate, floor: Gate) => boolean | null;
  readonly show: (gate: Gate) => string;
  readonly showAllowed: (floor: Gate) => string;
}

const both = (
  a: number | undefined,
  b: number | undefined,
  compare: (a: number, b: number) => boolean,
): boolean | null => (a === undefined || b === undefined ? null : compare(a, b));

const isBound = ({ at }: Gate): boolean => at === 'bound';
const inPercent = ({ margin = 0, relative }: Gate): string =>
  `${margin}${relative === true ? ' of its value' : ''}`;
const describe = (gate: Gate): string => `${gate.versus} by margin ${inPercent(gate)}`;
const withBound = (gate: Gate): string => (isBound(gate) ? ' by the whole interval' : '');

const forms: readonly Form[] = [
  {
    key: 'min',
    isAsStrict: (gate, floor) => limitIsAsStrict(gate, floor, gate.min, floor.min, (a, b) => a >= b),
    show: (gate) => `${gate.min}${withBound(gate)}`,
    showAllowed: (floor) => `${floor.min} or more${withBound(floor)}`,
  },
  {
    key: 'max',
    isAsStrict: (gate, floor) => limitIsAsStrict(gate, floor, gate.max, floor.max, (a, b) => a <= b),
    show: (gate) => `${gate.max}${withBound(gate)}`,
    showAllowed: (floor) => `${floor.max} or less${withBound(floor)}`,
  },
  {
    key: 'versus',
    isAsStrict: (gate, floor) =>
      gate.versus === undefined || floor.versus === undefined || gate.relative !== floor.relative
        ? null
        : lead(gate) >= lead(floor),
    show: describe,
    showAllowed: describe,
  },
  {
    key: 'ratio',
    isAsStrict: (gate, floor) => both(gate.ratio, floor.ratio, (a, b) => ratioIsAsStrict(gate.metric, a, b)),
    show: ({ ratio }) => `${ratio}`,
    showAllowed: ({ ratio }) => `${ratio}, or a stricter ratio`,
  },
  {
    key: 'slices',
    isAsStrict: (gate, floor) => both(gate.slices?.margin, floor.slices?.margin, (a, b) => a <= b),
    show: ({ slices }) => `margin ${slices?.margin}`,
    showAllowed: ({ slices }) => `margin ${slices?.margin} or less`,
  },
  {
    key: 'drop',
    isAsStrict: (gate, floor) => both(gate.drop, floor.drop, (a, b) => a <= b),
    show: ({ drop }) => `${drop}`,
    showAllowed: ({ drop }) => `${drop} or less`,
  },
];

/** The end of an interval is worse than its value: a limit on it is stricter than the same one on the value, never laxer. */
function limitIsAsStrict(
  gate: Gate,
  floor: Gate,
  own: number | undefined,
  least: number | undefined,
  compare: (a: number, b: number) => boolean,
): boolean | null {
  const holds = both(own, least, compare);
  if (holds === null || isBound(gate) === isBound(floor)) return holds;
  return isBound(gate) && holds ? true : null;
}

/** How far ahead of the champion the lower end of the interval must lie. */
const lead = ({ versus, margin }: Gate): number => (versus === 'better' ? (margin ?? 0) : -(margin ?? 0));

function ratioIsAsStrict(metric: string, own: number, floor: number): boolean {
  const direction = directionOf(metric);
  if (direction === null) return own === floor;
  return direction === 'higher' ? own >= floor : own <= floor;
}

const isAlike = (gate: Gate, floor: Gate): boolean =>
  metricKey(gate) === metricKey(floor) && gate.slice === floor.slice && gate.set === floor.set;

/** A gate that takes measured numbers where the floor wants judged ones is another gate. */
const acceptsMore = (gate: Gate, floor: Gate): boolean => takesMeasured(gate) && !takesMeasured(floor);
const takesMeasured = ({ metric, grade }: Gate): boolean =>
  (grade ?? (isMeasured(metric) ? 'measured' : 'judged')) === 'measured';

const asks = (floor: Gate, key: Weaker['key']): boolean => floor[key] !== undefined;

/**
 * True when gates together ask for at least what a floor asks, each form by one of its own kind. What cannot be
 * compared holds nothing: the floor then stands beside it.
 */
export function isHeld(floor: Gate, gates: readonly Gate[]): boolean {
  const alike = gates.filter((gate) => isAlike(gate, floor) && !acceptsMore(gate, floor));
  return forms
    .filter(({ key }) => asks(floor, key))
    .every(({ isAsStrict }) => alike.some((gate) => isAsStrict(gate, floor) === true));
}

/** What a gate asks for that is less than the floor asks in the same form. */
export function findWeaker(gate: Gate, floor: Gate): readonly Weaker[] {
  if (!isAlike(gate, floor)) return [];
  return forms
    .filter(({ isAsStrict }) => isAsStrict(gate, floor) === false)
    .map(({ key, show, showAllowed }) => ({ key, found: show(gate), allowed: showAllowed(floor) }));
}
