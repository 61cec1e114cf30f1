/** One file with its size, as a pointer or the tree tells it. */
export interface SizedFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** GitHub allows 256 jobs of one matrix. */
export const mostShards = 256;

/**
 * Deals whole files out to shards of about equal size: the largest file first, always to the smallest shard.
 * The same files give the same shards, so that every job finds its own without being told.
 * @param files in the order of the dataset
 * @param most shards at most, 1 to `mostShards`
 * @returns as many shards as files at most, none empty; files of a shard in the order of the dataset
 */
export function planShards<File extends SizedFile>(
  files: readonly File[],
  most: number,
): readonly (readonly File[])[] {
  const shards = Array.from({ length: Math.min(most, files.length) }, () => ({
    bytes: 0,
    at: [] as number[],
  }));
  const largestFirst = files
    .map((file, at) => ({ at, bytes: Number.isFinite(file.sizeBytes) ? file.sizeBytes : 0 }))
    .sort((a, b) => b.bytes - a.bytes || a.at - b.at);
  for (const { at, bytes } of largestFirst) {
    // By number of files where sizes are equal or unknown: no shard stays empty.
    const smallest = shards.reduce((least, shard) =>
      shard.bytes < least.bytes || (shard.bytes === least.bytes && shard.at.length < least.at.length)
        ? shard
        : least,
    );
    smallest.bytes += bytes;
    smallest.at.push(at);
  }
  return shards.map((shard) => shard.at.sort((a, b) => a - b).map((at) => files[at] as File));
}
