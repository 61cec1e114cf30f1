import { isCommandList, readCommand } from './entry.ts';
import { FieldReader, isNull } from './field-reader.ts';
import { type DvcMap, type DvcNode, textOf } from './node.ts';
import { parseDvcYaml } from './parse-yaml.ts';
import { expandNames } from './stage-name.ts';

/** A `dvc.yaml`, which people write: it is read here and never written. Templates (`${...}`) stay text. */
export interface Pipeline {
  readonly stages: readonly PipelineStage[];
  /** Files of parameters, metrics and plots that belong to no stage. */
  readonly parameterFiles: readonly string[];
  readonly metricFiles: readonly string[];
  readonly plots: readonly PipelinePlot[];
  readonly artifacts: readonly PipelineArtifact[];
  readonly vars: readonly DvcNode[];
  /** Keys that today's DVC does not know, as `stages.train.live`: it would refuse the file. */
  readonly unknownKeys: readonly string[];
  readonly document: DvcMap;
}

export interface PipelineStage {
  readonly name: string;
  /** Names of the stages it stands for (`foreach`, `matrix`); null when a template decides them. */
  readonly names: readonly string[] | null;
  readonly command: readonly string[];
  /** A list, even of one line. */
  readonly commandIsList: boolean;
  readonly workingFolder: string;
  readonly dependencies: readonly string[];
  readonly parameters: readonly ParameterUse[];
  readonly outputs: readonly PipelineOutput[];
  readonly metrics: readonly PipelineOutput[];
  readonly plots: readonly PipelineOutput[];
  readonly vars: readonly DvcNode[];
  readonly frozen: boolean;
  readonly alwaysChanged: boolean;
  readonly description: string | null;
  readonly meta: DvcNode | null;
}

export interface ParameterUse {
  readonly file: string;
  /** Dotted keys; null for the whole file. */
  readonly keys: readonly string[] | null;
}

export interface PipelineOutput {
  readonly path: string;
  readonly cached: boolean;
  readonly persisted: boolean;
  /** desc, type, labels, x, y, template and what else stands there. */
  readonly settings: DvcMap | null;
}

export interface PipelinePlot {
  readonly name: string;
  readonly settings: DvcMap | null;
}

export interface PipelineArtifact {
  readonly name: string;
  readonly path: string;
  readonly description: string | null;
  readonly type: string | null;
  readonly labels: readonly string[];
  readonly meta: DvcNode | null;
}

const code = 'DVC_PIPELINE';
const topKeys = 'vars stages params metrics plots artifacts datasets'.split(' ');
const stageKeys =
  'cmd wdir deps params vars outs metrics plots frozen always_changed desc meta matrix foreach do'.split(' ');

/**
 * Reads a `dvc.yaml`.
 * @param text pull-request controlled
 * @throws InputError DVC_PIPELINE
 * @see https://github.com/iterative/dvc dvc/schema.py MULTI_STAGE_SCHEMA
 */
export function parsePipeline(text: string, file: string): Pipeline {
  const document = parseDvcYaml(text, file, code);
  const empty: DvcMap = { kind: 'map', entries: [] };
  const top = new FieldReader(isNull(document) ? empty : document, { file, code });
  const unknownKeys = findUnknown(top, topKeys);
  const stages = top.children('stages').map(([name, reader]) => readStage(name, reader, unknownKeys));
  return {
    stages,
    parameterFiles: top.texts('params'),
    metricFiles: readOutputs(top, 'metrics').map(({ path }) => path),
    plots: readPlots(top),
    artifacts: top.children('artifacts').map(([name, reader]) => readArtifact(name, reader)),
    vars: readVars(top),
    unknownKeys,
    document: top.map,
  };
}

function findUnknown(reader: FieldReader, known: readonly string[]): string[] {
  return reader
    .keys()
    .filter((key) => !known.includes(key))
    .map((key) => reader.name(key));
}

/** @param unknownKeys takes the keys that DVC does not know */
export function readStage(name: string, reader: FieldReader, unknownKeys: string[]): PipelineStage {
  unknownKeys.push(...findUnknown(reader, stageKeys));
  const body = reader.child('do') ?? reader;
  if (reader.has('foreach') !== reader.has('do')) throw reader.refuse(`${name} has foreach or do alone`);
  if (body !== reader) unknownKeys.push(...findUnknown(body, stageKeys));
  return {
    name,
    names: expandNames(name, reader),
    command: readCommand(body),
    commandIsList: isCommandList(body),
    workingFolder: body.text('wdir') ?? '.',
    dependencies: body.texts('deps'),
    parameters: readParameters(body),
    outputs: readOutputs(body, 'outs'),
    metrics: readOutputs(body, 'metrics'),
    plots: readOutputs(body, 'plots'),
    vars: readVars(body),
    frozen: readFlag(body, 'frozen'),
    alwaysChanged: readFlag(body, 'always_changed'),
    description: body.text('desc'),
    meta: body.get('meta') ?? null,
  };
}

/** A template may stand where DVC wants true or false after filling it in: then it is not known to be set. */
function readFlag(reader: FieldReader, key: string, whenAbsent = false): boolean {
  const value = reader.get(key);
  return value?.kind === 'text' && value.value.includes('${') ? whenAbsent : reader.flag(key, whenAbsent);
}

/** Files, and maps of values; a single map counts as a list of one. */
function readVars(reader: FieldReader): readonly DvcNode[] {
  const value = reader.get('vars');
  return value?.kind === 'map' ? [value] : reader.list('vars');
}

/** A text is a key of params.yaml, or a template for one; a map names keys of other files. */
function readParameters(reader: FieldReader): readonly ParameterUse[] {
  const uses = new Map<string, string[] | null>();
  const add = (file: string, keys: readonly string[] | null): void => {
    const known = uses.get(file);
    uses.set(file, keys === null || known === null ? null : [...(known ?? []), ...keys]);
  };
  for (const item of reader.list('params')) {
    if (item.kind !== 'map') add('params.yaml', [textOf(reader.scalar(item, 'params'))]);
    else {
      const files = reader.at(item, 'params');
      for (const file of files.keys()) add(file, readKeys(files, file));
    }
  }
  return [...uses].map(([file, keys]) => ({ file, keys }));
}

/** null for the whole file: nothing behind its name, or an empty list. */
function readKeys(files: FieldReader, file: string): readonly string[] | null {
  const value = files.get(file);
  if (value?.kind === 'text') return [value.value];
  const keys = files.texts(file);
  return keys.length === 0 ? null : keys;
}

/** A list of paths, of maps of one path to its settings, or (plots of DVC 2) one map of all. */
function readOutputs(reader: FieldReader, key: string): readonly PipelineOutput[] {
  const value = reader.get(key);
  if (value?.kind === 'text') return [toOutput(value.value, null)];
  const items = value?.kind === 'map' ? [value] : reader.list(key);
  return items.flatMap((item) => {
    if (item.kind !== 'map') return [toOutput(textOf(reader.scalar(item, key)), null)];
    const paths = reader.at(item, key);
    return paths.map.entries.map(({ key: path, value: settings }) =>
      toOutput(textOf(path), isNull(settings) ? null : paths.at(settings, textOf(path))),
    );
  });
}

function toOutput(path: string, settings: FieldReader | null): PipelineOutput {
  return {
    path,
    cached: settings === null || readFlag(settings, 'cache', true),
    persisted: settings !== null && readFlag(settings, 'persist'),
    settings: settings?.map ?? null,
  };
}

function readPlots(top: FieldReader): readonly PipelinePlot[] {
  return readOutputs(top, 'plots').map(({ path, settings }) => ({ name: path, settings }));
}

function readArtifact(name: string, reader: FieldReader): PipelineArtifact {
  return {
    name,
    path: reader.requireText('path'),
    description: reader.text('desc'),
    type: reader.text('type'),
    labels: reader.texts('labels'),
    meta: reader.get('meta') ?? null,
  };
}
