import { configFiles } from './config-files.ts';
import { configSurfaces } from './config-surfaces.ts';
import { dataFiles } from './data-files.ts';
import { dataSurfaces } from './data-surfaces.ts';
import type { Answer, HostileFile } from './hostile-file.ts';
import { proofFiles } from './proof-files.ts';
import { proofSurfaces, strictSurfaces } from './proof-surfaces.ts';
import { reportFiles } from './report-files.ts';
import { reportSurfaces } from './report-surfaces.ts';
import type { Surface } from './surface.ts';

/** Every hostile file, in the order in which they are read. */
export const corpus: readonly HostileFile[] = [...configFiles, ...proofFiles, ...dataFiles, ...reportFiles];

/** Surfaces with a file that they must take. */
export const openSurfaces: readonly Surface[] = [
  ...configSurfaces,
  ...proofSurfaces,
  ...dataSurfaces,
  ...reportSurfaces,
];

const readers = new Map([...openSurfaces, ...strictSurfaces].map(({ name, read }) => [name, read]));

/** Hands a file to the reader of its surface. */
export async function readHostile(file: HostileFile, bytes: Uint8Array): Promise<Answer> {
  const read = readers.get(file.surface);
  if (read === undefined) throw new Error(`no surface is called ${file.surface}`);
  return read(bytes);
}

/** True when what had to happen to a file has happened. */
export const isAsExpected = ({ expected }: HostileFile, answer: Answer): boolean =>
  expected.kind === 'refused'
    ? answer.kind === 'refused' && answer.codes.includes(expected.code)
    : answer.kind === 'taken' && answer.harm.length === 0;
