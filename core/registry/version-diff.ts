import type { VersionRecord } from './ledger.ts';

/** One fact of two versions, side by side. */
export interface VersionFact {
  /** Part of the record: `metrics`, `lineage`, `owners` ... */
  readonly part: string;
  /** Within the part; empty when the part is one fact. */
  readonly name: string;
  /** null: it does not have it. */
  readonly values: readonly [string | null, string | null];
  readonly differs: boolean;
}

/** What differs first in a reader's mind; the other parts follow by name. */
const order = [
  'artifact',
  'metrics',
  'gates',
  'lineage',
  'validation',
  'approvals',
  'contributors',
  'owners',
];
/** What every version has of its own. */
const identity = new Set(['v', 'model', 'version']);
/** Fields that tell one item of a list from the next, wherever it stands. */
const keys = ['metric', 'gate', 'dataset', 'set', 'slice', 'login', 'role'];

/** Lays the records of two versions side by side: every fact that either of them has. */
export function diffVersions(a: VersionRecord, b: VersionRecord): readonly VersionFact[] {
  const [left, right] = [factsOf(a), factsOf(b)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names
    .map((path): VersionFact => {
      const [part = '', ...rest] = path.split('\0');
      const values = [left.get(path) ?? null, right.get(path) ?? null] as const;
      return { part, name: rest.join('.'), values, differs: values[0] !== values[1] };
    })
    .sort((one, other) => rankOf(one.part) - rankOf(other.part) || compareText(one.part, other.part));
}

/** path -> value, in the order of the record. */
function factsOf(record: VersionRecord): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  for (const [part, value] of Object.entries(record)) {
    if (!identity.has(part)) collect(part, value, facts);
  }
  return facts;
}

function collect(path: string, value: unknown, facts: Map<string, string>): void {
  if (Array.isArray(value)) collectList(path, value, facts);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) collect(`${path}\0${name}`, member, facts);
  } else if (value !== null && value !== undefined) facts.set(path, String(value));
}

function collectList(path: string, items: readonly unknown[], facts: Map<string, string>): void {
  if (items.every((item) => typeof item !== 'object' || item === null)) {
    if (items.length > 0) facts.set(path, items.map(String).join(', '));
    return;
  }
  const seen = new Map<string, number>();
  items.forEach((item, at) => {
    const name = nameOf(item) || String(at + 1);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    collect(`${path}\0${count === 1 ? name : `${name} (${count})`}`, item, facts);
  });
}

function nameOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return '';
  const fields = { ...item, ...('reviewer' in item ? (item.reviewer as object) : {}) } as Record<
    string,
    unknown
  >;
  return keys
    .flatMap((key) => {
      const value = fields[key];
      return typeof value === 'string' && !(key === 'set' && value === 'held-out') ? [value] : [];
    })
    .join(' ');
}

function rankOf(part: string): number {
  const at = order.indexOf(part);
  return at < 0 ? order.length : at;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
