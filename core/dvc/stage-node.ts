import type { CloudVersion, DvcEntryFacts, DvcHash, ListedVersion } from './entry.ts';
import type { LockedStage } from './lock.ts';
import { type DvcEntry, type DvcMap, type DvcNode, textOf, toInteger, toMap, toText } from './node.ts';
import { normalizePlain } from './plain-scalar.ts';
import { compareCodePoints } from './python-json.ts';

const firstParameterFile = 'params.yaml';

/** A stage in the order in which DVC writes it; what is empty is left out. */
export function toStageNode(stage: LockedStage): DvcMap {
  const { command, commandIsList = command.length > 1, dependencies, parameters, outputs } = stage;
  return toMap({
    cmd: toCommand(command, commandIsList),
    deps: toEntries(dependencies),
    params: toParameters(parameters),
    outs: toEntries(outputs),
  });
}

/** An entry of dvc.lock: the path first. */
export function toLockEntry(facts: DvcEntryFacts): DvcMap {
  const { hash, sizeBytes, files, executable, cloud, versions } = facts;
  return toMap({
    path: toText(facts.path),
    ...toHash(hash),
    size: toCount(sizeBytes),
    nfiles: toCount(files),
    isexec: executable ? { kind: 'plain', type: 'bool', text: 'true' } : undefined,
    ...toCloud(cloud),
    files: versions === null ? undefined : { kind: 'list', items: versions.map(toListed) },
  });
}

/** An output of a `.dvc` file: the digest first, `hash: md5` behind the counts. */
export function toPointerEntry(facts: DvcEntryFacts): DvcMap {
  const { hash, ...digest } = toHash(facts.hash);
  return toMap({
    ...digest,
    size: toCount(facts.sizeBytes),
    nfiles: toCount(facts.files),
    hash,
    path: toText(facts.path),
  });
}

function toCommand(lines: readonly string[], isList: boolean): DvcNode | undefined {
  const [first] = lines;
  if (first === undefined) return undefined;
  return isList ? { kind: 'list', items: lines.map(toText) } : toText(first);
}

function toEntries(all: readonly DvcEntryFacts[]): DvcNode | undefined {
  if (all.length === 0) return undefined;
  const sorted = [...all].sort((a, b) => compareCodePoints(a.path, b.path));
  return { kind: 'list', items: sorted.map(toLockEntry) };
}

/** params.yaml stands first, other files by name; the keys of each are sorted, what lies below them is not. */
function toParameters(parameters: LockedStage['parameters']): DvcNode | undefined {
  if (parameters.size === 0) return undefined;
  const rank = (file: string): number => (file === firstParameterFile ? 0 : 1);
  const files = [...parameters].sort(([a], [b]) => rank(a) - rank(b) || compareCodePoints(a, b));
  return {
    kind: 'map',
    entries: files.map(([file, values]) => ({ key: toText(file), value: normalize(sortKeys(values)) })),
  };
}

/** As DVC writes values after reading them: `1_000` becomes `1000`. */
function normalize(node: DvcNode): DvcNode {
  switch (node.kind) {
    case 'text':
      return node;
    case 'plain':
      return normalizePlain(node);
    case 'list':
      return { kind: 'list', items: node.items.map(normalize) };
    case 'map':
      return {
        kind: 'map',
        entries: node.entries.map(({ key, value }) => ({ key, value: normalize(value) })),
      };
  }
}

function sortKeys({ entries }: DvcMap): DvcMap {
  const sorted = [...entries].sort((a: DvcEntry, b: DvcEntry) =>
    compareCodePoints(textOf(a.key), textOf(b.key)),
  );
  return { kind: 'map', entries: sorted };
}

/** DVC 3 says which recipe it is, DVC 2 is known by saying nothing. */
function toHash(hash: DvcHash | null): Readonly<Record<string, DvcNode>> {
  if (hash === null) return {};
  if (hash.kind === 'md5') return { hash: toText('md5'), md5: toText(hash.value) };
  return { [hash.kind === 'md5-dos2unix' ? 'md5' : hash.kind]: toText(hash.value) };
}

function toCount(count: number | null): DvcNode | undefined {
  return count === null ? undefined : toInteger(count);
}

function toCloud(cloud: CloudVersion | null): Readonly<Record<string, DvcNode>> {
  if (cloud === null) return {};
  const { remote, versionId, etag } = cloud;
  const version = {
    ...(etag === null ? {} : { etag: toText(etag) }),
    ...(versionId === null ? {} : { version_id: toText(versionId) }),
  };
  return remote === null ? version : { cloud: toMap({ [remote]: toMap(version) }) };
}

function toListed({ relpath, hash, sizeBytes, cloud }: ListedVersion): DvcMap {
  const { hash: recipe, ...digest } = toHash(hash);
  return toMap({
    relpath: toText(relpath),
    ...digest,
    size: toCount(sizeBytes),
    ...(recipe === undefined ? {} : { hash: recipe }),
    ...toCloud(cloud),
  });
}
