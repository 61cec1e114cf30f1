import type { Carried } from '../lineage/entity.ts';
import type { UnfitVersion } from '../lineage/expired.ts';
import type { Trace, TraceLine } from '../lineage/trace.ts';
import { plainText } from './cell.ts';
import { type TextOptions, toAscii } from './text.ts';

/** Digests and commands fit, a pasted file does not. */
const longest = 300;
const headings = { up: 'Made from:', down: 'Went into:' } as const;

/** A lineage as a tree for a terminal: each entity with what binds it, and where that comes from. */
export function renderLineageTree(
  traces: readonly Trace[],
  unfit: readonly UnfitVersion[],
  options: TextOptions = {},
): string {
  const [first] = traces;
  if (first === undefined) return '';
  const { entity, carried } = first;
  const text = [
    plain(headOf(entity)),
    ...entity.facts.map(([name, value]) => `  ${plain(`${name}: ${value}`)}`),
    ...carriedLines(carried.get(entity.id) ?? [], entity.id).map((line) => `  ${line}`),
    ...traces.flatMap(treeOf),
    ...(unfit.length === 0 ? [] : ['', ...unfit.map(describeUnfit)]),
  ].join('\n');
  return options.ascii === true ? toAscii(text) : text;
}

/** One sentence: which version, why it should not be used, and where it serves. */
export function describeUnfit({ version, because, from, value, serves }: UnfitVersion): string {
  const why = {
    retention: `was trained on ${from}, whose retention ended on ${value}`,
    access: `was trained on ${from}, which its model may not use now (access: ${value})`,
    unknown: `was trained on ${from}, and nobody knows what binds it: ${value}`,
  }[because];
  const where = serves.length === 0 ? 'It serves nowhere' : `It serves at ${serves.join(', ')}`;
  return plain(`⚠️ ${version} ${why}. ${where}.`);
}

function treeOf({ direction, lines, carried, entity }: Trace): readonly string[] {
  if (lines.length === 0) return ['', `${headings[direction]} nothing that is known`];
  const closed: boolean[] = [];
  const rows = lines.flatMap((line) => {
    closed[line.depth] = line.last;
    const bars = Array.from({ length: line.depth - 1 }, (_, at) => (closed[at + 1] ? '   ' : '│  ')).join('');
    const inner = `${bars}${line.last ? '   ' : '│  '}`;
    const bound = line.cut ? [] : carriedLines(carried.get(line.entity.id) ?? [], line.entity.id);
    const facts = line.cut ? [] : line.entity.facts.map(([name, value]) => plain(`${name}: ${value}`));
    return [
      `${bars}${line.last ? '└─ ' : '├─ '}${plain(lineOf(line, entity.id))}`,
      ...[...facts, ...bound].map((text) => `${inner}  ${text}`),
    ];
  });
  return ['', headings[direction], ...rows];
}

function lineOf({ entity, edge, past, cut }: TraceLine, root: string): string {
  const notes = [edge, cut && !past ? (entity.id === root ? 'a circle' : 'see above') : ''].filter(
    (note) => note !== '',
  );
  return `${headOf(entity)}${notes.length === 0 ? '' : `; ${notes.join('; ')}`}`;
}

/** Its id says what it is, except where a label tells more. */
const headOf = ({ id, label, kind }: TraceLine['entity']): string =>
  kind === 'source' ? id : `${id} (${label})`;

/** One line for each entity that binds it; its own line says so. */
function carriedLines(carried: readonly Carried[], own: string): readonly string[] {
  const from = new Map<string, string[]>();
  for (const { kind, value, from: origin } of carried) {
    from.set(origin, [...(from.get(origin) ?? []), `${kind} ${value}`]);
  }
  return [...from].map(([origin, parts]) =>
    plain(origin === own ? `binds: ${parts.join('; ')}` : `carries from ${origin}: ${parts.join('; ')}`),
  );
}

const plain = (text: string): string => plainText(text, longest);
