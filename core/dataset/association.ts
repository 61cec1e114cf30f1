import type { Association as Whole } from './measured.ts';

type Association = Pick<Whole, 'cells' | 'ordered'>;

/**
 * How much a feature alone tells of a label: 0 nothing, 1 everything.
 *
 * The larger of two measures, both zero on average when feature and label have nothing to do with each other, however
 * many values the feature has and however few rows there are:
 * - Goodman and Kruskal's tau, leave-one-out: how much more often a row's label is drawn from the other rows with its
 *   value than from all other rows. A value that occurs once tells nothing, so a row number or an id is 0 and not 1,
 *   as it would be with mutual information or Cramer's V.
 * - for an ordered feature and two labels, the Gini coefficient |2 AUC - 1|, less what chance alone makes of its square.
 *   It sees a measurement of which no value occurs twice.
 * @returns NaN when the counts are no counts; 0 when all rows have one label
 * @see Goodman and Kruskal 1954, Measures of Association for Cross Classifications, section 9 (tau)
 * @see Mann and Whitney 1947 (variance under the null hypothesis, corrected for ties)
 */
export function associate(association: Association): number {
  const table = readTable(association);
  if (table === null) return Number.NaN;
  const gini = association.ordered && table.labels.size === 2 ? computeGini(table) : 0;
  return Math.min(1, Math.max(0, computeTau(table), gini));
}

interface CountTable {
  readonly rows: number;
  /** Rows by label, and by value and label. */
  readonly labels: ReadonlyMap<number, number>;
  readonly values: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

function readTable({ cells }: Association): CountTable | null {
  const labels = new Map<number, number>();
  const values = new Map<number, Map<number, number>>();
  let rows = 0;
  for (const [value, label, count] of cells) {
    if (!Number.isSafeInteger(count) || count < 0) return null;
    if (count === 0) continue;
    rows += count;
    labels.set(label, (labels.get(label) ?? 0) + count);
    const row = values.get(value) ?? new Map<number, number>();
    row.set(label, (row.get(label) ?? 0) + count);
    values.set(value, row);
  }
  return { rows, labels, values };
}

function computeTau({ rows, labels, values }: CountTable): number {
  if (rows < 2 || labels.size < 2) return 0;
  const base = drawSame([...labels.values()], rows) / rows;
  const same = [...values.values()].reduce((sum, row) => {
    const counts = [...row.values()];
    const total = counts.reduce((all, count) => all + count, 0);
    // Nobody else has this value: all that is known of its label is what is known of any.
    return sum + (total === 1 ? base : drawSame(counts, total));
  }, 0);
  return base < 1 ? (same / rows - base) / (1 - base) : 0;
}

/** Expected number of rows whose label another row, drawn at random from the same ones, also has. */
function drawSame(counts: readonly number[], total: number): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / (total - 1), 0);
}

function computeGini({ rows, labels, values }: CountTable): number {
  const [first = 0] = labels.keys();
  const positives = labels.get(first) ?? 0;
  const negatives = rows - positives;
  let below = 0;
  let wins = 0;
  let ties = 0;
  for (const [, row] of [...values].sort(([a], [b]) => a - b)) {
    const positive = row.get(first) ?? 0;
    const total = [...row.values()].reduce((sum, count) => sum + count, 0);
    wins += positive * (below + (total - positive) / 2);
    below += total - positive;
    ties += (total - 1) * total * (total + 1);
  }
  const gini = (2 * wins) / (positives * negatives) - 1;
  const spread = rows + 1 - ties / (rows * (rows - 1));
  const chance = spread / (3 * positives * negatives);
  // One row of a label among few: chance alone could make it perfect.
  return chance >= 1 ? 0 : Math.sqrt(Math.max(0, (gini ** 2 - chance) / (1 - chance)));
}
