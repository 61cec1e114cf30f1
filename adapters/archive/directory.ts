import { InputError } from '../../core/error/error.ts';
import type { ArchiveSource } from './source.ts';

/** One file in a zip, as its central directory tells. */
export interface ArchiveEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly offset: number;
}

export interface ArchiveLimits {
  readonly entries: number;
  /** Of one file, unpacked. */
  readonly entryBytes: number;
  /** The only names that may lie in a folder, whole: `sets/behaviour.csv`. None when absent. */
  readonly inFolders?: readonly string[];
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endLength = 22;
const longestDirectory = 64 * 1024;

/**
 * Lists the files of a zip that pull-request code may have written. Nothing is unpacked and no name becomes a path:
 * names are compared, never joined.
 * @throws InputError ARCHIVE_REFUSED for anything but a few plain files with plain names, each once
 * @see APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.3.16
 */
export async function listArchive(
  source: ArchiveSource,
  limits: ArchiveLimits,
): Promise<readonly ArchiveEntry[]> {
  const end = await source.read(source.sizeBytes - endLength, endLength);
  // Only a directory that ends with the file is accepted: readers disagree on what a trailing comment hides.
  if (end.length !== endLength || end.readUInt32LE(0) !== endSignature) {
    throw refuseArchive('it is not a zip, or has a comment at its end');
  }
  const count = end.readUInt16LE(10);
  const size = end.readUInt32LE(12);
  const start = end.readUInt32LE(16);
  if (end.readUInt16LE(4) !== 0 || end.readUInt16LE(8) !== count) throw refuseArchive('it is split');
  if (count > limits.entries)
    throw refuseArchive(`it has ${count} entries, at most ${limits.entries} are allowed`);
  if (size > longestDirectory || start + size !== source.sizeBytes - endLength) {
    throw refuseArchive('its directory is not where it says');
  }
  const entries = readEntries(await source.read(start, size), count);
  for (const entry of entries) checkEntry(entry, start, limits);
  const names = new Set(entries.map((entry) => entry.name.toLowerCase()));
  if (names.size !== entries.length) throw refuseArchive('it has two files of one name');
  return entries;
}

interface RawEntry extends ArchiveEntry {
  readonly flags: number;
  readonly mode: number;
}

function readEntries(directory: Buffer, count: number): readonly RawEntry[] {
  const entries: RawEntry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== entrySignature) {
      throw refuseArchive('its directory is broken');
    }
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push(toEntry(directory, at, nameLength));
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  if (at !== directory.length) throw refuseArchive('its directory has bytes that belong to no entry');
  return entries;
}

function toEntry(directory: Buffer, at: number, nameLength: number): RawEntry {
  return {
    name: directory.toString('utf8', at + 46, at + 46 + nameLength),
    flags: directory.readUInt16LE(at + 8),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packedBytes: directory.readUInt32LE(at + 20),
    sizeBytes: directory.readUInt32LE(at + 24),
    // Upper half of the external attributes: the Unix mode.
    mode: directory.readUInt16LE(at + 40),
    offset: directory.readUInt32LE(at + 42),
  };
}

function checkEntry(entry: RawEntry, directoryStart: number, limits: ArchiveLimits): void {
  const shown = showName(entry.name);
  // Slashes of both kinds, drive letters, dots alone: whatever could leave a folder.
  const plain = /^[A-Za-z0-9_][A-Za-z0-9._+@=, ()-]{0,199}$/.test(entry.name);
  if (!plain && !limits.inFolders?.includes(entry.name))
    throw refuseArchive(`${shown} is no plain file name`);
  const kind = entry.mode & 0o170000;
  if (kind !== 0 && kind !== 0o100000) throw refuseArchive(`${shown} is a link or a special file`);
  if ((entry.flags & 1) !== 0) throw refuseArchive(`${shown} is encrypted`);
  if (entry.method !== 0 && entry.method !== 8)
    throw refuseArchive(`${shown} is packed by method ${entry.method}`);
  if (entry.sizeBytes > limits.entryBytes) {
    throw refuseArchive(`${shown} has ${entry.sizeBytes} bytes, at most ${limits.entryBytes} are allowed`);
  }
  if (entry.offset + entry.packedBytes > directoryStart)
    throw refuseArchive(`${shown} runs into the directory`);
}

/** Names are pull-request controlled: short, quoted and without control characters. */
export function showName(name: string): string {
  return JSON.stringify(name.slice(0, 60).toWellFormed());
}

export function refuseArchive(why: string, cause?: unknown): InputError {
  return new InputError('ARCHIVE_REFUSED', `The artifact is refused: ${why}`, {
    hint: 'Upload with the Gatehouse actions, which put exactly the expected files into the artifact.',
    cause,
  });
}
