import type { ModelConfig } from '../core/config/model.ts';
import { InputError } from '../core/error/error.ts';
import { FaultTally } from '../core/evaluation/fault.ts';
import { truthColumnsOf } from '../core/evaluation/held-out-rows.ts';
import { readText } from '../core/evaluation/table-cell.ts';
import { scanTable } from '../core/evaluation/table-rows.ts';
import type { Finding } from '../core/finding/finding.ts';

/**
 * What is wrong with a file of predictions that lies on this machine: nothing of it is a secret, so the first row is named.
 * @param path as it was typed
 * @param source as the findings name it
 */
export function predictionFault(
  path: string,
  source: string,
  content: Uint8Array,
  findings: readonly Finding[],
): InputError {
  const text = new TextDecoder().decode(content);
  const local = findings.map((finding): Finding => {
    const { firstRow, examples = [], message, allowed, ...rest } = finding;
    const line = firstRow === undefined ? null : lineOf(text, firstRow);
    const key = firstRow === undefined ? undefined : keyOf(content, firstRow);
    const [example] = examples;
    const place = [
      line === null ? '' : `in line ${line}`,
      key === undefined
        ? firstRow === undefined && example !== undefined
          ? `"${example}"`
          : ''
        : `with the key "${key}"`,
    ].filter((part) => part !== '');
    const first = place.length === 0 ? '' : `, first ${place.join(', ')}`;
    const may = allowed === undefined ? '' : ` (allowed: ${allowed})`;
    return {
      ...rest,
      message: `${message.replaceAll(source, path)}${first}${may}`,
      where: { file: path, ...(line === null ? {} : { line }) },
    };
  });
  return asError('PREDICTIONS_INVALID', `${path} cannot be compared`, local);
}

/** One says everything by itself; of several each says its own fix. */
function asError(code: string, title: string, findings: readonly Finding[]): InputError {
  const [first] = findings;
  if (first === undefined) return new InputError(code, title, { hint: 'Mend the file.' });
  return findings.length === 1
    ? new InputError(code, first.message, { hint: first.fix })
    : new InputError(code, title, { hint: first.fix, findings });
}

/** A quoted cell may hold line breaks: the line is then not known. */
function lineOf(text: string, row: number): number | null {
  if (/^\uFEFF?\{/.test(text)) return row;
  return text.includes('"') ? null : row + 1;
}

function keyOf(content: Uint8Array, wanted: number): string | undefined {
  let key: string | undefined;
  const file = { source: '', code: 'FILE', header: '', faults: new FaultTally('') };
  scanTable(content, file, (names) => {
    const at = names.indexOf('key');
    return (cells, row) => {
      if (row === wanted) key = readText(cells[at]) ?? undefined;
    };
  });
  return key === '' ? undefined : key;
}

/**
 * What is wrong with the label file, in terms of the options of the command line.
 * @param path as it was typed
 * @param model path of model.yml, where one is named
 */
export function labelFault(
  error: InputError,
  path: string,
  config: ModelConfig,
  model: string | undefined,
): InputError {
  const findings = error.findings.map((finding): Finding => {
    const message = finding.message.replace(/^labels\b/, path);
    const local = { ...finding, message, where: { file: path } };
    if (finding.code === 'evaluation/header') return headerFault(local, path, config, model);
    if (finding.code !== 'labels/value' || model !== undefined) return local;
    return { ...local, fix: `Mend the labels, or name what the models do with --task (now ${config.task}).` };
  });
  return asError(error.code, `${path} cannot be read as labels`, findings);
}

function headerFault(
  { found, allowed: _, ...finding }: Finding,
  path: string,
  config: ModelConfig,
  model: string | undefined,
): Finding {
  const { key, label, query } = truthColumnsOf(config);
  const has = found === undefined ? '' : `; it has ${found}`;
  const said = (name: string) => (model === undefined ? '' : `, or ${name} of ${model}`);
  const wantsQuery = config.task === 'ranking' && finding.message.endsWith(`"${query ?? 'query'}"`);
  if (wantsQuery) {
    return {
      ...finding,
      message: `The query of a row is missing: ${path} has no column "${query ?? 'query'}"${has}`,
      fix: `A ranking is judged query by query: name the column of the query with --group${said('held-out.labels.group')}.`,
    };
  }
  return {
    ...finding,
    message: `${finding.message}${has}`,
    fix: `Name the columns of ${path} with --key (now ${key}) and --label (now ${label})${said('held-out.key and held-out.labels.column')}.`,
  };
}
