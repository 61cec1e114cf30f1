import { nameOfPair } from '../config/slice-name.ts';
import type { SliceConfig } from '../config/slices.ts';
import type { Finding } from '../finding/finding.ts';
import type { Slice } from './comparison-input.ts';
import type { FeatureColumns } from './feature-columns.ts';
import { type Cut, cutByRule } from './slice-rule.ts';

export interface SlicesMade {
  readonly slices: readonly Slice[];
  readonly findings: readonly Finding[];
}

/** More slices than this make no report, and a long judgement. */
const mostSlices = 500;
/** Evidence holds so many numbers of slices; it has room for others besides. */
const mostSliceMetrics = 4000;

/**
 * Cuts the held-out rows by the declared rules, and by pairs of them where asked: features alone decide.
 * @param metrics that each slice will have
 */
export function makeSlices(config: SliceConfig, table: FeatureColumns, metrics = 1): SlicesMade {
  const most = Math.min(mostSlices, Math.floor(mostSliceMetrics / Math.max(1, metrics)));
  const outcomes = config.declared.map((rule) => cutByRule(rule, table));
  const cuts = outcomes.filter((outcome): outcome is Cut => 'ofRow' in outcome);
  const findings = outcomes.filter((outcome): outcome is Finding => 'code' in outcome);
  const pairs = config.pairs
    ? cuts.flatMap((first, at) => cuts.slice(at + 1).map((second) => crossCuts(first, second)))
    : [];
  const slices = [
    ...cuts.flatMap((cut) => gatherRows(cut, 0)),
    // A pair of few rows is no slice that anybody asked for.
    ...pairs.flatMap((cut) => gatherRows(cut, Math.max(1, config.minimumRows))),
  ];
  const { all, ambiguous } = nameOnce(slices);
  return {
    slices: all.slice(0, most),
    findings: [
      ...findings,
      ...foundAmbiguous(ambiguous),
      ...foundMany(all.length, most),
      ...foundUnread(table),
    ],
  };
}

/** One slice a name. A cell may spell out the name of another slice: a gate on it would be answered by the rows of that cell. */
function nameOnce(slices: readonly Slice[]): {
  readonly all: readonly Slice[];
  readonly ambiguous: readonly string[];
} {
  const known = new Map<string, Slice>();
  const ambiguous = new Set<string>();
  for (const slice of slices) {
    const other = known.get(slice.name);
    if (other === undefined) known.set(slice.name, slice);
    else if (!haveSameRows(slice, other)) ambiguous.add(slice.name);
  }
  return { all: [...known.values()].filter(({ name }) => !ambiguous.has(name)), ambiguous: [...ambiguous] };
}

const haveSameRows = (one: Slice, other: Slice): boolean =>
  one.rows.length === other.rows.length && one.rows.every((row, at) => row === other.rows[at]);

const mostExamples = 5;

function foundAmbiguous(names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return [];
  const stand = names.length === 1 ? 'name stands' : 'names stand';
  return [
    {
      code: 'evaluation/slice-ambiguous',
      severity: 'warn',
      message: `${names.length} ${stand} for other rows in two slices: neither is judged`,
      count: names.length,
      examples: names.slice(0, mostExamples).map((name) => name.slice(0, 200).toWellFormed()),
      fix: 'Look in the held-out features for values that are written like a condition, or differ after 120 characters only.',
    },
  ];
}

/** Pieces of both cuts at once. */
export function crossCuts(first: Cut, second: Cut): Cut {
  const width = second.names.length;
  return {
    names: first.names.flatMap((one) => second.names.map((other) => nameOfPair(one, other))),
    ofRow: first.ofRow.map((piece, row) => {
      const other = second.ofRow[row] as number;
      return piece < 0 || other < 0 ? -1 : piece * width + other;
    }),
  };
}

/** Row numbers of every piece that has at least so many rows. */
export function gatherRows({ names, ofRow }: Cut, least: number): readonly Slice[] {
  const counts = new Uint32Array(names.length);
  for (const piece of ofRow) if (piece >= 0) counts[piece] = (counts[piece] as number) + 1;
  const rows = Array.from(counts, (count) => (count >= least ? new Uint32Array(count) : null));
  counts.fill(0);
  for (let row = 0; row < ofRow.length; row++) {
    const piece = ofRow[row] as number;
    const into = piece < 0 ? null : rows[piece];
    if (!into) continue;
    const at = counts[piece] as number;
    into[at] = row;
    counts[piece] = at + 1;
  }
  return names.flatMap((name, piece) => {
    const of = rows[piece];
    return of ? [{ name, rows: of }] : [];
  });
}

function foundMany(slices: number, most: number): readonly Finding[] {
  if (slices <= most) return [];
  return [
    {
      code: 'evaluation/slices-many',
      severity: 'warn',
      message: `${slices} slices are declared; the first ${most} are judged`,
      found: String(slices),
      allowed: String(most),
      fix: 'Name the values that matter, or declare fewer pairs or fewer metrics.',
    },
  ];
}

function foundUnread({ missingRows, rows }: FeatureColumns): readonly Finding[] {
  if (missingRows === 0) return [];
  return [
    {
      code: 'evaluation/features-missing',
      severity: 'warn',
      message: `${missingRows} of ${rows} held-out rows have no features, and are in no slice`,
      count: missingRows,
      total: rows,
      fix: 'Publish features and labels of the held-out set together, with the same keys.',
    },
  ];
}
