import { InputError } from '../error/error.ts';
import { dumpDvcYaml } from './dump.ts';
import { type DvcEntryFacts, entryKeys, isCommandList, readCommand, readEntry } from './entry.ts';
import { FieldReader } from './field-reader.ts';
import { type DvcEntry, type DvcMap, textOf, toMap, toText } from './node.ts';
import { parseDvcYaml } from './parse-yaml.ts';
import { toStageNode } from './stage-node.ts';

/** What a stage was when it last ran. */
export interface LockedStage {
  readonly command: readonly string[];
  /** Written as a list, even of one line. */
  readonly commandIsList?: boolean;
  readonly dependencies: readonly DvcEntryFacts[];
  /** By file, as read: each key with its value, dotted keys flat (`train.lr`). */
  readonly parameters: ReadonlyMap<string, DvcMap>;
  readonly outputs: readonly DvcEntryFacts[];
}

export interface DvcLock {
  /** `1.0` for the lock files of DVC 1, which do not say. */
  readonly schema: string;
  /** In the order of the file: the order in which they first ran. */
  readonly stages: ReadonlyMap<string, LockedStage>;
  readonly document: DvcMap;
}

const code = 'DVC_LOCK';
const topKeys = ['schema', 'stages', 'datasets'];
const stageKeys = ['cmd', 'deps', 'params', 'outs'];
const lockedKeys = [...entryKeys, 'repo', 'db', 'dataset'];
const currentSchema = '2.0';

/**
 * Reads a `dvc.lock`.
 * @param text pull-request controlled
 * @throws InputError DVC_LOCK
 * @see https://github.com/iterative/dvc dvc/schema.py LOCKFILE_STAGES_SCHEMA
 */
export function parseLock(text: string, file: string): DvcLock {
  const top = new FieldReader(parseDvcYaml(text, file, code), { file, code });
  const schema = top.text('schema');
  if (schema === null) return { schema: '1.0', stages: readStages(top), document: top.map };
  if (schema !== currentSchema) throw top.refuse(`its schema is ${schema}, not ${currentSchema}`);
  const stages = top.only(topKeys).child('stages');
  return { schema, stages: stages === null ? new Map() : readStages(stages), document: top.map };
}

function readStages(stages: FieldReader): ReadonlyMap<string, LockedStage> {
  return new Map(
    stages.map.entries.map(({ key, value }) => [textOf(key), readStage(stages.at(value, textOf(key)))]),
  );
}

function readStage(reader: FieldReader): LockedStage {
  reader.only(stageKeys);
  return {
    command: readCommand(reader),
    ...(isCommandList(reader) ? { commandIsList: true } : {}),
    dependencies: reader.maps('deps').map((dep) => readEntry(dep.only(lockedKeys))),
    parameters: new Map(reader.children('params').map(([file, { map }]) => [file, map])),
    outputs: reader.maps('outs').map((out) => readEntry(out.only(lockedKeys))),
  };
}

/**
 * Writes one stage into a lock file, as DVC does after running it: in its place, or behind all others.
 * @param text the lock file as it stands, null when there is none yet
 * @throws InputError DVC_LOCK, DVC_HANDWRITTEN when a person has edited the file: it is not written anew
 */
export function updateLock(text: string | null, file: string, name: string, stage: LockedStage): string {
  const entry: DvcEntry = { key: toText(name), value: toStageNode(stage) };
  if (text === null) {
    const stages: DvcMap = { kind: 'map', entries: [entry] };
    return dumpDvcYaml(toMap({ schema: toText(currentSchema), stages }));
  }
  const { schema, document } = parseLock(text, file);
  if (schema !== currentSchema) throw refuseOld(file);
  requireMachineWritten(text, document, file);
  const entries = document.entries.map((top) =>
    textOf(top.key) === 'stages' ? { ...top, value: putStage(top.value, entry) } : top,
  );
  if (!entries.some(({ key }) => textOf(key) === 'stages')) {
    entries.push({ key: toText('stages'), value: { kind: 'map', entries: [entry] } });
  }
  return dumpDvcYaml({ kind: 'map', entries });
}

function putStage(stages: DvcEntry['value'], entry: DvcEntry): DvcMap {
  const old = stages.kind === 'map' ? stages.entries : [];
  const at = old.findIndex(({ key }) => textOf(key) === textOf(entry.key));
  return { kind: 'map', entries: at === -1 ? [...old, entry] : old.with(at, entry) };
}

/**
 * Refuses a file that would lose a person's comments or layout when written anew.
 * @throws InputError DVC_HANDWRITTEN
 */
export function requireMachineWritten(text: string, document: DvcMap, file: string): void {
  if (dumpDvcYaml(document) === text) return;
  throw new InputError('DVC_HANDWRITTEN', `${file} is not as DVC writes it, so it is not written anew`, {
    hint: 'Somebody edited it by hand. Let DVC write it ("dvc repro", "dvc commit"), or change it by hand.',
    where: { file },
  });
}

function refuseOld(file: string): InputError {
  return new InputError('DVC_LOCK', `${file} is of DVC 1`, {
    hint: 'Let DVC write it anew: "dvc repro" or "dvc commit".',
    where: { file },
  });
}
