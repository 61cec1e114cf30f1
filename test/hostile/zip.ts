import { crc32, deflateRawSync } from 'node:zlib';

/** One file of a zip; what differs from the truth is a lie that the zip tells. */
export interface Packed {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** Name in the local header; absent: the same. */
  readonly localName?: string;
  /** Claimed size; absent: the true one. */
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** Unix mode; absent: a plain file. */
  readonly mode?: number;
  readonly offset?: number;
}

export interface ZipLies {
  readonly comment?: string;
  /** Entries that the end claims. */
  readonly count?: number;
  /** Moves the directory that the end names. */
  readonly shift?: number;
  /** Before the first file. */
  readonly prefix?: Uint8Array;
}

/**
 * Writes a zip that may lie.
 * @see APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16
 */
export function lyingZip(files: readonly Packed[], lies: ZipLies = {}): Uint8Array {
  const parts: Buffer[] = lies.prefix === undefined ? [] : [Buffer.from(lies.prefix)];
  const directory: Buffer[] = [];
  let at = parts[0]?.length ?? 0;
  for (const file of files) {
    const bytes = Buffer.from(file.content);
    const packed = file.method === 0 ? bytes : deflateRawSync(bytes);
    const facts = Buffer.alloc(22);
    facts.writeUInt16LE(file.flags ?? 0, 0);
    facts.writeUInt16LE(file.method ?? 8, 2);
    facts.writeUInt32LE(file.crc ?? crc32(bytes), 8);
    facts.writeUInt32LE(packed.length, 12);
    facts.writeUInt32LE(file.size ?? bytes.length, 16);
    const local = headOf(0x04034b50, [20], facts, file.localName ?? file.name);
    directory.push(entryOf(file, facts, file.offset ?? at));
    parts.push(local, packed);
    at += local.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  return Buffer.concat([...parts, listed, endOf(files.length, listed.length, at, lies)]);
}

function headOf(signature: number, versions: readonly number[], facts: Buffer, name: string): Buffer {
  const start = Buffer.alloc(4 + versions.length * 2);
  start.writeUInt32LE(signature, 0);
  for (const [index, version] of versions.entries()) start.writeUInt16LE(version, 4 + index * 2);
  const text = Buffer.from(name);
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16LE(text.length, 0);
  return Buffer.concat([start, facts.subarray(0, 20), lengths, text]);
}

function entryOf({ name, mode = 0o100644 }: Packed, facts: Buffer, offset: number): Buffer {
  const text = Buffer.from(name);
  const start = Buffer.alloc(8);
  start.writeUInt32LE(0x02014b50, 0);
  start.writeUInt16LE(0x0314, 4);
  start.writeUInt16LE(20, 6);
  const rest = Buffer.alloc(18);
  rest.writeUInt16LE(text.length, 0);
  rest.writeUInt32LE((mode << 16) >>> 0, 10);
  rest.writeUInt32LE(offset, 14);
  return Buffer.concat([start, facts.subarray(0, 20), rest, text]);
}

function endOf(count: number, size: number, start: number, lies: ZipLies): Buffer {
  const comment = Buffer.from(lies.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(lies.count ?? count, 8);
  end.writeUInt16LE(lies.count ?? count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(start + (lies.shift ?? 0), 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, comment]);
}
