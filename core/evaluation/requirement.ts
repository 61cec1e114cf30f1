import type { Gate } from '../config/policy.ts';
import type { GateOutcome } from '../evidence/evidence.ts';

interface Named {
  readonly metric: string;
  /** Names the gate in the words of the configuration: `auc min 0.6`. */
  readonly gate: string;
  readonly required: string;
}

/** A bound on the value itself. */
export interface Limit extends Named {
  readonly kind: 'min' | 'max';
  readonly limit: number;
}

/** A bound on the difference to the champion; the margin is in units of the metric. */
export interface Versus extends Named {
  readonly kind: 'not-worse' | 'better';
  readonly margin: number;
}

/** One thing that a gate asks for; `nothing` is a gate that was left empty. */
export type Requirement = Limit | Versus | (Named & { readonly kind: 'nothing' });

export const isComparison = (requirement: Limit | Versus): requirement is Versus =>
  requirement.kind === 'not-worse' || requirement.kind === 'better';

/** What a requirement comes to: result, found, and the sentence why. */
export type Ruling = Pick<GateOutcome, 'result' | 'found' | 'because'>;

/** Everything that one gate of the configuration asks for. */
export function requirementsOf(gate: Gate, champion: string | null): readonly Requirement[] {
  const { metric, min, max, versus, margin = 0 } = gate;
  const all: Requirement[] = [];
  if (min !== undefined) {
    all.push({ kind: 'min', metric, limit: min, gate: `${metric} min ${min}`, required: `at least ${min}` });
  }
  if (max !== undefined) {
    all.push({ kind: 'max', metric, limit: max, gate: `${metric} max ${max}`, required: `at most ${max}` });
  }
  if (versus !== undefined) {
    const name = champion ?? 'the champion';
    const required =
      versus === 'better'
        ? `better than ${name}${by(' by more than', margin)}`
        : `not worse than ${name}${by(' by more than', margin)}`;
    all.push({ kind: versus, metric, margin, gate: `${metric} ${versus}${by('', margin)}`, required });
  }
  return all.length > 0 ? all : [{ kind: 'nothing', metric, gate: metric, required: 'min, max or versus' }];
}

function by(words: string, margin: number): string {
  return margin === 0 ? '' : `${words} ${margin}`;
}
