import { isModelName, isName } from '../../core/config/model-name.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { type IncidentsFile, parseIncidentsFile } from '../../core/registry/incidents-file.ts';
import {
  cardPath,
  endpointPath,
  headPath,
  incidentsPath,
  statePath,
  versionPath,
} from '../../core/registry/layout.ts';
import type { LedgerHead, VersionRecord } from '../../core/registry/ledger.ts';
import {
  type EndpointFile,
  parseEndpointFile,
  parseVersionFile,
} from '../../core/registry/registry-files.ts';
import { parseStateFile, type StateFile } from '../../core/registry/state-file.ts';
import { unreadableFile } from '../../core/registry/unreadable-file.ts';
import { findEntry, type GitObject, type ObjectReader, type TreeEntry } from '../git/objects.ts';

/** So many files are asked for at once: git is kept busy, and memory stays small. */
const atOnce = 500;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Canonical JSON: one way to write it. */
const headForm =
  /^\{"frontier":\[["a-z0-9:,]*\],"kind":"AuditHead","root":"(sha256:[0-9a-f]{64})","size":(0|[1-9]\d{0,14}),"v":1\}\n$/;

/** Reads the registry files of one ledger commit, by git alone: no checkout, and of all files only those that are asked for. */
export class RegistryReader {
  private readonly objects: ObjectReader;
  private readonly commit: string;
  private readonly folders = new Map<string, Promise<GitObject>>();

  /** @param commit id of a commit of the ledger */
  constructor(objects: ObjectReader, commit: string) {
    this.objects = objects;
    this.commit = commit;
  }

  /** What the ledger says of its own size; null: it has no entries. @throws InputError LEDGER_FILE_INVALID */
  async head(): Promise<Pick<LedgerHead, 'size' | 'root'> | null> {
    const text = await this.text(headPath);
    return text === null ? null : readHead(text);
  }

  /** @returns null for a model that the ledger does not know */
  async state(model: string): Promise<StateFile | null> {
    if (!isModelName(model)) return null;
    const path = statePath(model);
    const text = await this.text(path);
    return text === null ? null : parseStateFile(text, path, model);
  }

  /**
   * Calls with every model of the ledger, in the order of the names.
   * @param keep `serving`: stays that have ended may be left out
   * @throws InputError LEDGER_FILE_INVALID
   */
  async eachState(keep: 'all' | 'serving', take: (state: StateFile) => void): Promise<void> {
    const files = await this.stateFiles();
    const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
    for (let at = 0; at < sorted.length; at += atOnce) {
      const part = sorted.slice(at, at + atOnce);
      const texts = await Promise.all(part.map(([model, entry]) => this.entryText(entry, statePath(model))));
      part.forEach(([model], index) => {
        take(parseStateFile(texts[index] ?? '', statePath(model), model, keep));
      });
    }
  }

  async record(model: string, version: number): Promise<VersionRecord | null> {
    const path = versionPath(model, version);
    const text = await this.text(path);
    return text === null ? null : parseVersionFile(text, path, model, version);
  }

  async endpoint(endpoint: string, model: string): Promise<EndpointFile | null> {
    if (!isName(endpoint)) return null;
    const path = endpointPath(endpoint, model);
    const text = await this.text(path);
    return text === null ? null : parseEndpointFile(text, path, model, endpoint);
  }

  /** What went past the gate; no such file: nothing ever did. @throws InputError LEDGER_FILE_INVALID */
  async incidents(): Promise<IncidentsFile> {
    const text = await this.text(incidentsPath);
    return text === null ? { incidents: [], corrections: [] } : parseIncidentsFile(text, incidentsPath);
  }

  /** The card as it lies there. */
  async card(model: string): Promise<string | null> {
    return this.text(cardPath(model));
  }

  /** path and text of the transactions of one model in the order of their numbers, a few hundred in memory at once. */
  async *transactions(model: string): AsyncGenerator<readonly [string, string]> {
    const root = `audit/${model}`;
    const folders = [...(await this.tree(root))].filter(
      ([name, { mode }]) => /^\d{3,}$/.test(name) && mode === '40000',
    );
    // By number: a thousand folders on, their names are no longer equally long.
    for (const [folder, { id }] of folders.sort(([a], [b]) => Number(a) - Number(b))) {
      const files = [...(await this.objects.tree(id))].sort(
        ([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10),
      );
      for (let at = 0; at < files.length; at += atOnce) {
        const part = files.slice(at, at + atOnce);
        const paths = part.map(([name]) => `${root}/${folder}/${name}`);
        const texts = await Promise.all(
          part.map(([, entry], index) => this.entryText(entry, paths[index] ?? '')),
        );
        for (const [index, path] of paths.entries()) yield [path, texts[index] ?? ''];
      }
    }
  }

  /** Names of all models, sorted. */
  async models(): Promise<readonly string[]> {
    return [...(await this.stateFiles()).keys()].sort();
  }

  private async stateFiles(): Promise<ReadonlyMap<string, TreeEntry>> {
    const found = new Map<string, TreeEntry>();
    const look = async (prefix: string, folders: ReadonlyMap<string, TreeEntry>): Promise<void> => {
      const trees = [...folders].filter(([name, { mode }]) => mode === '40000' && name !== 'versions');
      await Promise.all(
        trees.map(async ([name, { id }]) => {
          const files = await this.objects.tree(id);
          const [model, state] = [`${prefix}${name}`, files.get('state.yml')];
          if (state !== undefined && !isModelName(model))
            throw unreadableFile(`models/${model}`, 'no model can have this name');
          if (state !== undefined) found.set(model, state);
          // On the default branch other files lie beside the ledger: nobody follows folders deeper than a namespace.
          if (prefix === '' && isName(name)) await look(`${name}/`, files);
        }),
      );
    };
    await look('', await this.tree('models'));
    return found;
  }

  private async tree(path: string): Promise<ReadonlyMap<string, TreeEntry>> {
    const entry = await this.entry(path);
    if (entry === null) return new Map();
    if (entry.mode !== '40000') throw unreadableFile(path, 'it is no folder');
    return this.objects.tree(entry.id);
  }

  private async text(path: string): Promise<string | null> {
    const entry = await this.entry(path);
    return entry === null ? null : this.entryText(entry, path);
  }

  private async entryText({ mode, id }: TreeEntry, path: string): Promise<string> {
    // A link or a program is never what the app writes, wherever it points.
    if (mode !== '100644') throw unreadableFile(path, `git mode ${mode}`);
    const content = await this.objects.read(id, 'blob');
    try {
      return decoder.decode(content);
    } catch {
      throw unreadableFile(path, 'it is not UTF-8 text');
    }
  }

  /** Step by step from the root: that way an object which a clone lacks is no file that was never there. */
  private async entry(path: string): Promise<TreeEntry | null> {
    let entry: TreeEntry = { mode: '40000', id: `${this.commit}^{tree}` };
    for (const name of path.split('/')) {
      if (entry.mode !== '40000') return null;
      const next = findEntry(await this.folderOf(entry.id), name);
      if (next === null) return null;
      entry = next;
    }
    return entry;
  }

  /** The folders above a file are read once. */
  private folderOf(id: string): Promise<GitObject> {
    const known = this.folders.get(id) ?? this.objects.folder(id);
    this.folders.set(id, known);
    return known;
  }
}

/** The two numbers that are shown. The schema of all entries, which comes with the whole reader, takes longer than the answer. */
function readHead(text: string): Pick<LedgerHead, 'size' | 'root'> {
  const [, root, size] = headForm.exec(text) ?? [];
  if (root === undefined) throw unreadableFile(headPath, 'it is no head of a ledger');
  return { size: Number(size), root: root as Digest };
}
