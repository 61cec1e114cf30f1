import type { BehaviourCheck, BehaviourSuite, SuiteCase } from '../config/behaviour.ts';
import { InputError } from '../error/error.ts';
import { digestOf } from '../json/canonical.ts';
import { sampleRows } from '../statistics/sample-rows.ts';

/** One case with the rows that it is about: a sample of held-out rows is as many cases. */
export interface PlannedCase {
  /** Place of its group in the suite. */
  readonly group: number;
  /** `short flight`, `another carrier #3`. */
  readonly name: string;
  /** Key of the row whose output is judged. */
  readonly key: string;
  /** Key of the same row without the changes; null: there are none. */
  readonly before: string | null;
  /** The held-out row that it is made from; null: the row is written in the suite. */
  readonly heldOutRow: number | null;
  readonly source: SuiteCase;
  readonly expect: readonly BehaviourCheck[];
}

/**
 * Lays out the cases of a suite: which row has which key. Keys are whole numbers from 1, which commands read that take keys
 * for numbers as well as those that take them for text.
 * @param heldOutRows how many rows the held-out features have
 * @throws InputError BEHAVIOUR_SAMPLE when a sample is larger than that
 */
export function planCases(suite: BehaviourSuite, heldOutRows: number): readonly PlannedCase[] {
  let keys = 0;
  const planOne = (
    group: number,
    source: SuiteCase,
    name: string,
    heldOutRow: number | null,
  ): PlannedCase => {
    const before = source.change.length > 0 ? String(++keys) : null;
    return { group, name, key: String(++keys), before, heldOutRow, source, expect: source.expect };
  };
  return suite.groups.flatMap(({ cases }, group) =>
    cases.flatMap((source): readonly PlannedCase[] => {
      if (source.input.kind === 'row') return [planOne(group, source, source.name, null)];
      const rows = drawRows(suite, source.name, source.input.sample, heldOutRows);
      return Array.from(rows, (row, at) => planOne(group, source, `${source.name} #${at + 1}`, row));
    }),
  );
}

/** Which rows are drawn depends on the seed and the name of the case alone: other cases may come and go. */
function drawRows(suite: BehaviourSuite, name: string, sample: number, rows: number): Uint32Array {
  if (sample > rows) {
    throw new InputError(
      'BEHAVIOUR_SAMPLE',
      `The case "${name}" samples ${sample} held-out rows, and there are ${rows}`,
      { hint: `Write "sample: ${Math.max(1, rows)}" or less in behaviour.yml.` },
    );
  }
  const digest = digestOf({ seed: suite.seed, case: name });
  return sampleRows(rows, sample, Number.parseInt(digest.slice('sha256:'.length, 'sha256:'.length + 8), 16));
}
