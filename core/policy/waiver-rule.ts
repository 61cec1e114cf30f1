import { waiverPath } from '../config/layout.ts';
import { endOfMoment } from '../config/moment.ts';
import type { Waiver } from '../config/waiver.ts';
import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { Finding } from '../finding/finding.ts';
import type { DecisionInput } from './decision.ts';
import type { Ruling } from './rule.ts';

/**
 * The waiver that lets one gate fail now: of this model, of exactly this gate, before its end. It needs a time to hold
 * at, and it says nothing about a gate that was not evaluated, a grade that is too weak, or data.
 * @param gate as the report names it
 */
export function findWaiver(gate: string, { now, model, declared }: DecisionInput): Waiver | null {
  if (now === undefined || model === null) return null;
  return activeWaiver(gate, model.model, { waivers: declared?.waivers ?? [], now });
}

/** Waivers as base has them, and the moment at which they are asked. */
export interface Waiving {
  readonly waivers: readonly Waiver[];
  /** RFC 3339. */
  readonly now: string;
}

function activeWaiver(gate: string, model: string, { waivers, now }: Waiving): Waiver | null {
  const moment = parseInstant(now);
  if (moment === null) return null;
  const active = waivers.filter(
    (waiver) => waiver.model === model && waiver.gate === gate && moment < endOfMoment(waiver.until),
  );
  return [...active].sort((a, b) => (a.name < b.name ? -1 : 1))[0] ?? null;
}

/** Gates that fail and are let fail, by their names, each with the last day of it: as a decision would rule at that moment. */
export function waivedGates(
  outcomes: readonly GateOutcome[],
  metrics: readonly MetricResult[],
  model: string,
  waiving: Waiving,
): ReadonlyMap<string, string> {
  const found = outcomes.flatMap((outcome): readonly (readonly [string, string])[] => {
    const waiver = isMissed(outcome, metrics) ? activeWaiver(outcome.gate, model, waiving) : null;
    return waiver === null ? [] : [[outcome.gate, waiver.until]];
  });
  return new Map(found);
}

/** What a gate has found where it had no number to hold against its limit: nothing, or a grade that it does not take. */
const noNumber: readonly string[] = ['-', 'claimed', 'measured', 'judged'];

/**
 * True when a gate failed because its number misses the limit: evidence that is missing, weak or no number fails it as
 * well, and that is nobody's to waive.
 */
export function isMissed(outcome: GateOutcome, metrics: readonly MetricResult[]): boolean {
  const results = metrics.filter(({ metric }) => metric === outcome.metric);
  // A gate on the end of an interval has nothing to hold against its limit where there is no interval.
  const needsInterval = outcome.gate.includes(' at bound');
  return (
    outcome.result === 'fail' &&
    !noNumber.includes(outcome.found) &&
    results.length > 0 &&
    results.every((result) => hasNumbers(result) && (!needsInterval || result.challengerInterval !== null))
  );
}

function hasNumbers(result: MetricResult): boolean {
  const { challenger, challengerInterval, champion, difference, differenceInterval } = result;
  const all = [
    challenger,
    champion,
    difference,
    ...(challengerInterval ?? []),
    ...(differenceInterval ?? []),
  ];
  return all.every((value) => value === null || Number.isFinite(value));
}

/** What a failing gate says while it is waived: neither pass nor fail. */
export function ruleOnWaived(gate: string, because: string, waiver: Waiver): Ruling {
  const said = `waived until ${waiver.until}: ${waiver.reason}`;
  return {
    result: { rule: gate, state: 'waived', because: `${gate} fails and is ${said}`, children: [] },
    findings: [{ ...toFinding(gate, because, waiver), message: `${gate} fails and is ${said}` }],
  };
}

const toFinding = (gate: string, because: string, { name, by }: Waiver): Omit<Finding, 'message'> => ({
  code: 'gate/waived',
  severity: 'warn',
  where: { file: waiverPath(name) },
  found: because,
  allowed: `nothing less than ${gate}, but for the waiver ${name} by ${by}`,
  fix: 'Improve the model before the waiver ends: it ends by itself.',
});
