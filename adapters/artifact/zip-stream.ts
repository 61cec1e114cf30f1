import { createReadStream } from 'node:fs';
import { Zip, ZipPassThrough } from 'fflate';

/** One file of an artifact: of this machine, or a text made here. */
export type ArtifactFile =
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  | { readonly kind: 'text'; readonly name: string; readonly text: string };

const readBytes = 1024 * 1024;
// The first moment that a zip can name: equal files make equal archives.
const firstMoment = new Date(1980, 0, 1);

/**
 * Streams a zip of files as they are: models and checkpoints hardly become smaller, and packing would hold up the job.
 * At most one piece of one file is in memory. No entry may reach 4 GiB.
 * @see APPNOTE.TXT 6.3.10, section 4.3
 */
export async function* streamZip(files: readonly ArtifactFile[]): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    made.push(chunk);
  });
  for (const file of files) {
    const entry = new ZipPassThrough(file.name);
    entry.mtime = firstMoment;
    zip.add(entry);
    for await (const chunk of readFile(file)) {
      entry.push(chunk);
      yield* made.splice(0);
    }
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* made.splice(0);
}

async function* readFile(file: ArtifactFile): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (file.kind === 'text') yield new TextEncoder().encode(file.text);
  else {
    for await (const chunk of createReadStream(file.path, { highWaterMark: readBytes })) {
      yield chunk as Uint8Array<ArrayBuffer>;
    }
  }
}
