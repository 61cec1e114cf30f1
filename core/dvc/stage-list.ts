import { InputError } from '../error/error.ts';
import { FieldReader } from './field-reader.ts';
import { type DvcMap, type DvcNode, textOf } from './node.ts';
import { folderOf, joinPath } from './path.ts';
import { type ParameterUse, type PipelineOutput, parsePipeline, readStage } from './pipeline.ts';
import { expandStage } from './stage-name.ts';
import { fillTemplates, refuse as refuseTemplate } from './template.ts';
import { addValues, type ReadText, readGlobalValues, type TemplateValues } from './template-values.ts';

/** A file or folder that a stage names. */
export interface StagePath {
  /** As written, templates filled in: dvc.lock names it so. */
  readonly path: string;
  /** In the repository. */
  readonly at: string;
}

export interface StageOutput extends StagePath {
  /** False: no remote has a copy of it. */
  readonly kept: boolean;
  /** Not removed before the stage runs. */
  readonly persisted: boolean;
}

/** One stage of a dvc.yaml with every template filled in. */
export interface RunnableStage {
  readonly name: string;
  readonly command: readonly string[];
  readonly commandIsList: boolean;
  /** Where its command runs and its paths begin; empty is the root of the repository. */
  readonly folder: string;
  readonly dependencies: readonly StagePath[];
  readonly parameters: readonly (ParameterUse & { readonly at: string })[];
  /** Outputs, metrics and plots. */
  readonly outputs: readonly StageOutput[];
  readonly frozen: boolean;
  readonly alwaysChanged: boolean;
}

const code = 'DVC_PIPELINE';
/** Each of them is a process at least. */
const maxStages = 10_000;

/**
 * Reads a dvc.yaml and fills in what makes its stages: `${...}`, `foreach`, `matrix` and `vars`.
 * What it does not understand it refuses.
 * @param text pull-request controlled
 * @param file its path in the repository
 * @returns stages in the order of the file
 * @throws InputError DVC_PIPELINE, DVC_TEMPLATE, DVC_PARAMETERS, DVC_UNSUPPORTED
 */
export function listStages(text: string, file: string, read: ReadText): readonly RunnableStage[] {
  const { document, unknownKeys, vars } = parsePipeline(text, file);
  const top = new FieldReader(document, { file, code });
  requireKnown(unknownKeys, file);
  const global = readGlobalValues(top, vars, read);
  const stages = top.children('stages').flatMap(([name, reader]) => listOne(name, reader, global, read));
  if (stages.length > maxStages) throw top.refuse(`it stands for more than ${maxStages} stages`);
  const names = new Set<string>();
  for (const { name } of stages) {
    if (names.has(name)) throw top.refuse(`two stages are called ${name}`);
    names.add(name);
  }
  return stages;
}

/** The stages that one entry stands for. */
function listOne(
  name: string,
  reader: FieldReader,
  global: TemplateValues,
  read: ReadText,
): readonly RunnableStage[] {
  const at = { file: reader.subject.file, place: reader.place };
  const spread = new Set(['foreach', 'matrix']);
  const entries = reader.map.entries.map(({ key, value }) => ({
    key,
    value: spread.has(textOf(key)) ? fillTemplates(value, global.values, at) : value,
  }));
  const filled = new FieldReader({ kind: 'map', entries }, reader.subject, reader.place);
  const named = expandStage(name, filled);
  if (named === null) throw refuseTemplate(at, 'foreach or matrix stands for no list');
  const body = reader.child('do') ?? reader;
  return named.map((one) => {
    const values = { ...global, values: setValues(global.values, one.values) };
    return fillStage(one.name, body, values, read);
  });
}

/** `item` and `key` stand before what else has their name. */
function setValues(values: DvcMap, own: DvcMap): DvcMap {
  const names = new Set(own.entries.map(({ key }) => textOf(key)));
  const rest = values.entries.filter(({ key }) => !names.has(textOf(key)));
  return { kind: 'map', entries: [...rest, ...own.entries] };
}

function fillStage(name: string, body: FieldReader, known: TemplateValues, read: ReadText): RunnableStage {
  const { file } = body.subject;
  const at = { file, place: `stages.${name}` };
  const wdir = body.get('wdir');
  const folder = resolve(wdir === undefined ? '.' : fillToText(wdir, known.values, at), folderOf(file), at);
  const vars = body.get('vars');
  const list = vars?.kind === 'map' ? [vars] : body.list('vars');
  const { values } = addValues(known, list, folder, read, at);
  const own = body.map.entries.filter(({ key }) => !outside.has(textOf(key)));
  const map = fillTemplates({ kind: 'map', entries: own }, values, at);
  const unknown: string[] = [];
  const stage = readStage(name, new FieldReader(map, body.subject, at.place), unknown);
  requireKnown(unknown, file);
  if (stage.command.length === 0) throw refuse(file, `${at.place}.cmd is missing`);
  const place = (path: string): StagePath => ({ path, at: resolve(path, folder, at) });
  return {
    name,
    command: stage.command,
    commandIsList: stage.commandIsList,
    folder,
    dependencies: stage.dependencies.map(place),
    parameters: stage.parameters.map((use) => ({ ...use, at: resolve(use.file, folder, at) })),
    outputs: [...stage.outputs, ...stage.metrics, ...stage.plots].map((out) => ({
      ...place(out.path),
      kept: isKept(out),
      persisted: out.persisted,
    })),
    frozen: stage.frozen,
    alwaysChanged: stage.alwaysChanged,
  };
}

/** Keys of the entry itself, filled in before or not at all. */
const outside = new Set(['vars', 'foreach', 'do', 'matrix']);

/** `remote` names another remote than ours. */
function isKept({ cached, settings }: PipelineOutput): boolean {
  const says = (key: string, text: string): boolean =>
    settings?.entries.some(({ key: name, value }) => textOf(name) === key && isPlain(value, text)) ?? false;
  const elsewhere = settings?.entries.some(({ key }) => textOf(key) === 'remote') ?? false;
  return cached && !elsewhere && !says('push', 'false');
}

function isPlain(node: DvcNode, text: string): boolean {
  return node.kind === 'plain' && node.text.toLowerCase() === text;
}

function fillToText(node: DvcNode, values: DvcMap, at: { file: string; place: string }): string {
  const filled = fillTemplates(node, values, at);
  if (filled.kind === 'text' || filled.kind === 'plain') return textOf(filled) || '.';
  throw refuseTemplate(at, 'wdir is no text');
}

function resolve(path: string, folder: string, at: { file: string; place: string }): string {
  const found = joinPath(folder, path);
  if (found !== null) return found;
  throw new InputError('DVC_UNSUPPORTED', `${at.place} of ${at.file} names ${JSON.stringify(path)}`, {
    hint: 'Name files of the repository: what lies elsewhere is neither kept nor verified.',
    where: { file: at.file },
  });
}

function requireKnown(unknownKeys: readonly string[], file: string): void {
  const [first] = unknownKeys;
  if (first !== undefined) throw refuse(file, `the key ${first} is not known`);
}

function refuse(file: string, why: string): InputError {
  return new InputError(code, `${file} is no pipeline that DVC 3 runs: ${why}`, {
    hint: 'Correct it: "dvc repro --dry" says the same.',
    where: { file },
  });
}
