/** A file of a tar archive. */
export interface TarFile {
  /** As the archive writes it. */
  readonly path: string;
  /** Of git: `100644`, `100755`, `120000`. */
  readonly mode: string;
  /** Of a link: where it points. null: more bytes than were asked for. */
  readonly bytes: Uint8Array | null;
}

const blockBytes = 512;
/** Names that do not fit into a header stand in records before it. */
const maxRecordBytes = 64 * 1024;

/**
 * Reads the files of a tar archive as `git archive` writes it, one after the other.
 * @param maxFileBytes of a larger file only the name is given
 * @throws Error for whatever is not such an archive
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_01
 */
export async function* readTarFiles(
  chunks: AsyncIterable<Uint8Array>,
  maxFileBytes: number,
): AsyncGenerator<TarFile> {
  const source = new ByteSource(chunks);
  try {
    yield* readFrom(source, maxFileBytes);
  } finally {
    await source.close();
  }
}

async function* readFrom(source: ByteSource, maxFileBytes: number): AsyncGenerator<TarFile> {
  let records: ReadonlyMap<string, string> = new Map();
  for (;;) {
    const header = await source.take(blockBytes);
    // Two empty blocks end an archive.
    if (header.every((byte) => byte === 0)) return;
    const sizeBytes = parseOctal(header, 124, 12);
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x') {
      if (sizeBytes > maxRecordBytes) throw new Error('a name without end');
      records = parseRecords(await source.take(sizeBytes));
    } else {
      const file = toFile(header, type, records);
      const isWanted = file !== null && sizeBytes <= maxFileBytes;
      const bytes = isWanted ? await source.take(sizeBytes) : await source.skip(sizeBytes);
      if (file !== null) yield file.mode === '120000' ? file : { ...file, bytes };
      if (type !== 'g') records = new Map();
    }
    await source.skip((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
  }
}

/** null: a folder, or what is said of the whole archive. */
function toFile(header: Buffer, type: string, records: ReadonlyMap<string, string>): TarFile | null {
  if (type === '5' || type === 'g') return null;
  if (records.has('size')) throw new Error('a size that no header holds');
  const [name, start] = [textAt(header, 0, 100), textAt(header, 345, 155)];
  const path = records.get('path') ?? (start === '' ? name : `${start}/${name}`);
  if (type === '2') {
    const target = records.get('linkpath') ?? textAt(header, 157, 100);
    return { path, mode: '120000', bytes: Buffer.from(target, 'utf8') };
  }
  if (type !== '0' && type !== '\0') throw new Error(`an entry of type ${JSON.stringify(type)}`);
  return { path, mode: (parseOctal(header, 100, 8) & 0o100) === 0 ? '100644' : '100755', bytes: null };
}

function textAt(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

function parseOctal(block: Buffer, at: number, length: number): number {
  const text = textAt(block, at, length).trim();
  if (!/^[0-7]+$/.test(text)) throw new Error('a number that is none');
  return Number.parseInt(text, 8);
}

/** `<length> <key>=<value>\n`, where the length is that of all of it. */
function parseRecords(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString('latin1', at, space));
    const record = bytes.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (space < 0 || !Number.isInteger(length) || length < 5 || at + length > bytes.length || equals < 0)
      throw new Error('a record that is none');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

/** Gives bytes in the portions that are asked for. */
class ByteSource {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = length;
    for (;;) {
      const part = this.rest.subarray(0, missing);
      this.rest = this.rest.subarray(part.length);
      missing -= part.length;
      if (parts.length === 0 && missing === 0) return part;
      parts.push(part);
      if (missing === 0) return Buffer.concat(parts);
      await this.next();
    }
  }

  async skip(length: number): Promise<null> {
    for (let missing = length; ; ) {
      const skipped = Math.min(missing, this.rest.length);
      this.rest = this.rest.subarray(skipped);
      missing -= skipped;
      if (missing === 0) return null;
      await this.next();
    }
  }

  /** Whoever sends them need not go on. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }

  private async next(): Promise<void> {
    const { done, value } = await this.chunks.next();
    if (done === true) throw new Error('the archive ends too early');
    this.rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}
