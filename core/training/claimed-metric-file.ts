import { listMetrics } from '../dvc/parameters.ts';
import { parseDvcYaml } from '../dvc/parse-yaml.ts';
import { type ClaimedLeaf, type ClaimedMetrics, refuseClaimed, toClaimedMetrics } from './claimed-metric.ts';
import { listJsonMetrics } from './claimed-metric-json.ts';
import { listDvcliveHistory, listLastEpoch, listMlflowHistory } from './claimed-metric-table.ts';
import { listTomlValues } from './toml-values.ts';

/**
 * Reads a metrics file that a team has already: JSON, YAML or TOML of DVC and dvclive, the JSON of ml-ci-action or of an
 * MLflow run, one history of dvclive or of MLflow's file store, or a table with a line for each epoch. What it says is
 * claimed: shown and compared, and no gate ever reads it.
 * @param source path of the file: its ending says the format, JSON's content says whose it is
 * @throws InputError CLAIMED_METRICS, JSON_INVALID with the place
 */
export const parseClaimedMetricFile = (text: string, source: string): ClaimedMetrics =>
  toClaimedMetrics(listLeaves(text, source), source);

function listLeaves(text: string, source: string): readonly ClaimedLeaf[] {
  const name = source.split('/').at(-1) ?? source;
  switch (/\.[^.]+$/.exec(name)?.[0].toLowerCase()) {
    case '.json':
      return listJsonMetrics(text, source);
    case '.yaml':
    case '.yml':
      return listYaml(text, source);
    case '.toml':
      return listTomlValues(text, source);
    case '.tsv':
      return listDvcliveHistory(dvcliveName(source), text, source);
    case '.csv':
      return listLastEpoch(text, source);
    default:
      return listUnnamed(text, source);
  }
}

/** Without a known ending: a metric of MLflow's file store by where it lies, else JSON by how it begins. */
function listUnnamed(text: string, source: string): readonly ClaimedLeaf[] {
  const [, name] = storedMetric.exec(source) ?? [];
  if (name !== undefined) return listMlflowHistory(name, text, source);
  if (text.trimStart().startsWith('{')) return listJsonMetrics(text, source);
  throw refuseClaimed(source, 'the format of this file is not known by its name');
}

function listYaml(text: string, source: string): readonly ClaimedLeaf[] {
  const node = parseDvcYaml(text, source, 'CLAIMED_METRICS');
  if (node.kind === 'plain' && node.type === 'null') return [];
  if (node.kind !== 'map') throw refuseClaimed(source, 'it is no map of names and values', { line: 1 });
  return listMetrics(node).map(({ name, value }) => ({ path: [name], value }));
}

const storedMetric = /(?:^|\/)[0-9a-f]{32}\/metrics\/(.+)$/;
const dvcliveName = (path: string): string =>
  path.replace(/^(?:.*\/)?plots\/metrics\//, '').replace(/\.tsv$/i, '');

/** True for a file of a folder that `parseClaimedMetricFolder` reads. @param path below the folder */
export const isMetricOfFolder = (path: string): boolean =>
  path === 'metrics.json' || /^(?:.*\/)?plots\/metrics\/.+\.tsv$/.test(path) || storedMetric.test(`/${path}`);

/**
 * Reads the folder of dvclive (its summary, else its histories) or MLflow's file store (of several runs the one that was
 * written to last).
 * @param files path below the folder -> text, of `isMetricOfFolder` only
 * @param source path of the folder
 * @throws InputError CLAIMED_METRICS, JSON_INVALID with the place
 */
export function parseClaimedMetricFolder(files: ReadonlyMap<string, string>, source: string): ClaimedMetrics {
  const summary = files.get('metrics.json');
  if (summary !== undefined) return parseClaimedMetricFile(summary, `${source}/metrics.json`);
  const histories = [...files].filter(([path]) => path.endsWith('.tsv') && !storedMetric.test(`/${path}`));
  const chosen = histories.length > 0 ? histories : newestRun(files);
  if (chosen.length === 0) throw refuseClaimed(source, 'this folder holds no metrics of dvclive or MLflow');
  const leaves = chosen.flatMap(([path, text]) => listInFolder(path, text, `${source}/${path}`));
  return toClaimedMetrics(leaves, source);
}

function listInFolder(path: string, text: string, source: string): readonly ClaimedLeaf[] {
  const [, name] = storedMetric.exec(`/${path}`) ?? [];
  return name === undefined
    ? listDvcliveHistory(dvcliveName(path), text, source)
    : listMlflowHistory(name, text, source);
}

/** A store may hold every run of the machine. Which one is newest is told by its own times, not by the file system's. */
function newestRun(files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const runs = new Map<string, { newest: number; readonly files: (readonly [string, string])[] }>();
  for (const [path, text] of files) {
    const [id = ''] = /^(?:.*\/)?[0-9a-f]{32}(?=\/metrics\/)/.exec(path) ?? [];
    const run = runs.get(id) ?? { newest: 0, files: [] };
    for (const line of text.split('\n')) run.newest = Math.max(run.newest, Number.parseInt(line, 10) || 0);
    run.files.push([path, text]);
    runs.set(id, run);
  }
  const sorted = [...runs].sort(([a, x], [b, y]) => y.newest - x.newest || (a < b ? -1 : 1));
  return sorted[0]?.[1].files ?? [];
}
