const maxEntries = 20_000;
const maxEntryBytes = 64 * 1024;

/** Keeps small file contents by git id: configuration and ledger entries are read again at every look. */
export class BlobCache {
  private readonly kept = new Map<string, Uint8Array>();

  async read(sha: string, load: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.kept.get(sha);
    if (known !== undefined) return known;
    const bytes = await load();
    if (bytes.byteLength <= maxEntryBytes) this.kept.set(sha, bytes);
    if (this.kept.size > maxEntries) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    return bytes;
  }
}
