import { InputError } from '../error/error.ts';
import { parseStrictJson } from '../json/strict.ts';
import { type FaultKind, FaultTally } from './fault.ts';
import { KeyColumn, predictionKeyFaults } from './key-column.ts';
import { type OpenedTable, placeOf } from './prediction-sink.ts';
import { refuseInput } from './refusal.ts';
import { showCell } from './table-cell.ts';
import { scanTable, type TableForm } from './table-rows.ts';
import type { TableFile } from './table-text.ts';

/** What a generative model or an agent said and did, in the order of its file. */
export interface GeneratedTexts {
  readonly source: string;
  readonly keys: readonly string[];
  readonly outputs: readonly string[];
  /** Names of the actions that it took, in order; null: the file has no such column. */
  readonly actions: readonly (readonly string[])[] | null;
}

/** Longest output and most actions of one row: behaviour patterns are held against all of it. */
export const textLimits = { characters: 20_000, actions: 1_000, actionCharacters: 200 } as const;

const notText: FaultKind = {
  code: 'evaluation/output-not-text',
  message: 'have an output that is no text',
  fix: 'Write the output as text; an empty answer is the empty text.',
};
const tooLong: FaultKind = {
  code: 'evaluation/output-too-long',
  message: `have an output of more than ${textLimits.characters} characters`,
  fix: 'Limit how much the model writes.',
};
const notActions: FaultKind = {
  code: 'evaluation/actions-malformed',
  message: 'have actions that are no list of names',
  fix: 'Write a JSON list of names, for example ["search","answer"]; [] where nothing was done.',
};

/**
 * Reads texts of a model, CSV or JSON Lines: `key,output[,actions]`; other columns are scorers' and not looked at. The file
 * is pull-request controlled.
 * @param source path, as shown in findings
 * @throws InputError PREDICTIONS_INVALID with one finding a kind of fault
 */
export function readTexts(content: Uint8Array | string, source: string): GeneratedTexts {
  const faults = new FaultTally(source);
  const file: TableFile = { source, code: 'PREDICTIONS_INVALID', header: textHeader, faults };
  const keys = new KeyColumn(faults, predictionKeyFaults);
  let sink: TextSink | null = null;
  const rows = scanTable(content, file, (names, form) => {
    const opened = openTexts({ names, file, form });
    const key = placeOf({ names, file }, 'key');
    sink = opened;
    return (cells, row) => {
      keys.add(cells[key], row);
      opened.visit(cells, row);
    };
  });
  keys.checkDoubled();
  const [first, ...rest] = faults.toFindings(rows);
  if (first) throw refuseInput('PREDICTIONS_INVALID', [first, ...rest]);
  return { source, keys: keys.keys, ...(sink as unknown as TextSink).finish() };
}

/** How a table of texts begins. */
export const textHeader = 'key,output';

/** Takes texts and actions row by row. */
export interface TextSink {
  visit(cells: readonly unknown[], row: number): void;
  finish(): Pick<GeneratedTexts, 'outputs' | 'actions'>;
}

/** Opens a table of texts. @throws InputError PREDICTIONS_INVALID without the columns `key` and `output` */
export function openTexts({ names, file, form }: Pick<OpenedTable, 'names' | 'file' | 'form'>): TextSink {
  const { faults } = file;
  const [key, output] = [placeOf({ names, file }, 'key'), placeOf({ names, file }, 'output')];
  const action = names.indexOf('actions');
  const outputs: string[] = [];
  const actions: (readonly string[])[] = [];
  return {
    visit(cells, row) {
      const text = cells[output];
      if (typeof text !== 'string') faults.add(notText, row, showCell(cells[key]));
      else if (text.length > textLimits.characters) faults.add(tooLong, row, showCell(cells[key]));
      outputs.push(typeof text === 'string' ? text : '');
      if (action < 0) return;
      const done = readActions(cells[action], form);
      if (done === null) faults.add(notActions, row, showCell(cells[key]));
      actions.push(done ?? []);
    },
    finish: () => ({ outputs, actions: action < 0 ? null : actions }),
  };
}

function readActions(cell: unknown, form: TableForm): readonly string[] | null {
  const list = form === 'csv' ? parseList(cell as string) : cell;
  if (!Array.isArray(list) || list.length > textLimits.actions) return null;
  return list.every(isActionName) ? list : null;
}

const isActionName = (name: unknown): name is string =>
  typeof name === 'string' && name !== '' && name.length <= textLimits.actionCharacters;

function parseList(text: string): unknown {
  try {
    return parseStrictJson(text, 'actions');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}
