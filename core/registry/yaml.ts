import { dump } from 'js-yaml';

/** Keys that a reader looks for first; all others follow by name, so that equal values give equal text. */
const first = [
  'v',
  'model',
  'version',
  'dataset',
  'gate',
  'metric',
  'endpoint',
  'champion',
  'previous',
  'id',
  'login',
  'registeredAt',
  'description',
  'stage',
  'stages',
  'since',
  'artifact',
  'lineage',
  'metrics',
  'gates',
];
const rank = new Map(first.map((key, at) => [key, at]));

/** Writes plain data as YAML: the same text for equal data, whatever order its keys were made in. */
export function renderYaml(value: unknown): string {
  return dump(ordered(value), { noRefs: true, lineWidth: 110 });
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
      .map(([key, member]) => [key, ordered(member)]),
  );
}

const rankOf = (key: string): number => rank.get(key) ?? first.length;
