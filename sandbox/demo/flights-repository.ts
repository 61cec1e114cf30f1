import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writePointer } from '../../adapters/dvc/pointer.ts';
import { openRemote } from '../../adapters/dvc/remote.ts';
import type { Edit } from './checkout.ts';
import type { FlightFiles } from './flights-data.ts';

const example = join(import.meta.dirname, '..', '..', 'fixtures', 'flights');
const noSha = '0'.repeat(40);

export interface FlightsSettings {
  /** Folder that becomes DVC remote and store. */
  readonly folder: string;
  readonly labelsUrl: string;
  readonly gatehouseSha: string;
  readonly ledgerBranch: string | null;
  /** The app's public key, as a policy names it. */
  readonly sealTo: string;
}

/** Puts the tables into a DVC remote. @returns pointer texts by repository path */
export async function pushData(files: FlightFiles, remoteFolder: string): Promise<Record<string, string>> {
  mkdirSync(remoteFolder, { recursive: true });
  const remote = openRemote(pathToFileURL(remoteFolder).href);
  const pointers: Record<string, string> = {};
  for (const file of [...files.months, files.heldOutFeatures]) {
    const name = file.split('/').at(-1) ?? '';
    pointers[`data/${name}.dvc`] = writePointer({ out: name, ...(await remote.push(file)) });
  }
  return pointers;
}

/** The pointer of another table under an existing name, as somebody who runs `dvc add` on the wrong file makes it. */
export async function pointTo(file: string, name: string, remoteFolder: string): Promise<string> {
  const pushed = await openRemote(pathToFileURL(remoteFolder).href).push(file);
  return writePointer({ out: name, ...pushed });
}

/** Files of the example repository with the places of this run filled in. */
export function exampleFiles(settings: FlightsSettings, files: FlightFiles): Edit {
  const labels = createHash('sha256').update(readFileSync(files.heldOutLabels)).digest('hex');
  const places: readonly (readonly [string, string])[] = [
    ['__STORE__', pathToFileURL(join(settings.folder, 'store')).href],
    ['__DATA__', pathToFileURL(join(settings.folder, 'dvc-remote')).href],
    ['__LABELS__', settings.labelsUrl],
    ['__LABELS_SHA256__', labels],
    [noSha, settings.gatehouseSha],
  ];
  const paths = readdirSync(example, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const texts = paths.map((path) => {
    const text = places.reduce(
      (sofar, [mark, value]) => sofar.replaceAll(mark, value),
      readFileSync(path, 'utf8'),
    );
    return [path.slice(example.length + 1), text] as const;
  });
  const edit = Object.fromEntries(texts);
  const policy = edit['.github/gatehouse.yml'] ?? '';
  const sealed = `${policy}evidence:\n  seal-to: [${settings.sealTo}]\n`;
  const ledger = settings.ledgerBranch === null ? '' : `ledger: { branch: ${settings.ledgerBranch} }\n`;
  return { ...edit, '.github/gatehouse.yml': `${sealed}${ledger}` };
}
