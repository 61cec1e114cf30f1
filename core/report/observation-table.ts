import type { Observation } from '../dataset/observation.ts';
import { type Block, type Phrase, paragraph, type Section, type Table } from './block.ts';
import { chunksOf, rangeOf } from './chunk.ts';
import { counted, grouped } from './facts.ts';

/** An icon never stands alone: the word says it to whoever sees no colour. */
function resultText({ code, result, severity }: Observation): string {
  switch (result) {
    case 'kept':
      return '✅ kept';
    case 'broken':
      if (severity === 'note') return '⚪ broken, a note';
      return severity === 'fail' ? '❌ broken' : '⚠️ broken, warning only';
    case 'not enough rows':
      return '⏳ not enough rows';
    case 'not measured':
      // As in the table of drift: a contract that ignores a column is no reason to worry.
      return code === 'data/drift' ? '⚪ not compared' : '⚠️ not measured';
  }
}

/** What every rule and comparison came to, also where nothing is wrong: folded, at most a hundred lines in a fold. */
export function observationSections(observations: readonly Observation[]): readonly Section[] {
  return chunksOf(observations).map(({ from, rows }): Section => {
    const range = rangeOf(from, rows.length, observations.length, 'measurements');
    const title = rows.length === observations.length ? `What was measured: ${range.toLowerCase()}` : range;
    return { name: title.toLowerCase(), rank: 7, blocks: [{ kind: 'fold', title, blocks: [toTable(rows)] }] };
  });
}

/** The same for a terminal: how a number was computed stands below the table, once for all columns that share it. */
export function observationBlocks(observations: readonly Observation[]): readonly Block[] {
  if (observations.length === 0) return [];
  const methods = new Map<string, string[]>();
  for (const { method, code, rule, column } of observations) {
    if (method === undefined) continue;
    methods.set(method, [...(methods.get(method) ?? []), column ?? rule ?? code]);
  }
  const table = toTable(observations.map(({ method: _, ...observation }) => observation));
  const items = [...methods].map(
    ([method, columns]): Phrase => [{ prose: `${[...new Set(columns)].join(', ')}: ${method}` }],
  );
  return [
    paragraph(`What was measured: ${counted(observations.length, 'measurement')}`),
    table,
    ...(items.length === 0
      ? []
      : [paragraph('How it was computed:'), { kind: 'list', items } satisfies Block]),
  ];
}

function toTable(observations: readonly Observation[]): Table {
  const told = observations.some(({ method }) => method !== undefined);
  return {
    kind: 'table',
    head: ['Result', 'Rule', 'Column', 'Found', 'Allowed', 'Rows', ...(told ? ['How'] : [])],
    align: ['l', 'l', 'l', 'l', 'l', 'r', 'l'],
    rows: observations.map((observation): readonly Phrase[] => [
      [resultText(observation)],
      nameRule(observation),
      observation.column === undefined ? ['–'] : [{ code: observation.column }],
      [groupWhole(observation.found)],
      [groupWhole(observation.allowed)],
      [grouped(observation.rows)],
      ...(told ? [[observation.method ?? '–']] : []),
    ]),
  };
}

/** Numbers of more than four digits in groups of three: `1 to 1978941` as `1 to 1,978,941`. */
const groupWhole = (text: string): string =>
  /^(?:at (?:least|most) )?-?\d{1,15}(?: to -?\d{1,15})?$/.test(text)
    ? text.replace(/\d{5,}/g, (digits) => (digits.startsWith('0') ? digits : grouped(Number(digits))))
    : text;

/** The code of a finding, and the name of the rule in the contract where it has one. */
export function nameRule({ code, rule }: { readonly code: string; readonly rule?: string }): Phrase {
  return rule === undefined ? [{ code }] : [{ code }, ' ', { strong: rule }];
}
