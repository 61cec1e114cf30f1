import type { ParameterValue } from '../evidence/evidence.ts';

/** Parameter files are written by people; one that says more is recorded up to here. */
const most = { values: 300, nodes: 20_000, depth: 20 } as const;

export interface FlatParameters {
  /** In the order of the file. */
  readonly values: Readonly<Record<string, ParameterValue>>;
  /** False when there were more values, or deeper ones, than are recorded. */
  readonly complete: boolean;
}

/**
 * Flattens the values of a parameter file: `optimizer: { lr: 0.1 }` is `optimizer.lr`; a list of plain values is one
 * value, as JSON; the items of any other list are numbered. Visits no more than it records: YAML aliases can make a
 * small file endless.
 * @param value what was read from JSON or YAML; pull-request controlled
 */
export function flattenParameters(value: unknown): FlatParameters {
  const found: [string, ParameterValue][] = [];
  const left = { nodes: most.nodes, complete: true };
  visit(value, [], found, left);
  return { values: Object.fromEntries(found), complete: left.complete };
}

function visit(
  value: unknown,
  way: readonly string[],
  found: [string, ParameterValue][],
  left: { nodes: number; complete: boolean },
): void {
  if (found.length >= most.values || left.nodes <= 0 || way.length > most.depth) {
    left.complete = false;
    return;
  }
  left.nodes -= 1;
  const members = membersOf(value);
  if (members === null) {
    found.push([way.join('.') || 'value', toValue(value)]);
    return;
  }
  for (const [name, member] of members) {
    if (!left.complete) return;
    visit(member, [...way, name], found, left);
  }
}

/** null: a value of its own. */
function membersOf(value: unknown): readonly (readonly [string, unknown])[] | null {
  if (Array.isArray(value)) {
    return value.every(isPlain) ? null : value.map((item, at): [string, unknown] => [String(at), item]);
  }
  if (typeof value !== 'object' || value === null) return null;
  return Object.entries(value);
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** JSON has no word for NaN and infinity; YAML has. */
function toValue(value: unknown): ParameterValue {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (!Array.isArray(value)) return String(value);
  const items = value
    .slice(0, 200)
    .map((item) => (typeof item === 'string' ? JSON.stringify(item) : String(item)));
  return `[${items.join(', ')}${value.length > 200 ? ', …' : ''}]`;
}
