/** One file with its size, as a pointer or the tree tells it. */
export interface SizedFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** A part of a file: the records that begin in the n-th of `of` equal runs of bytes. */
export interface Slice {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** What one machine measures in one go; slice null: the whole file. */
export interface ShardUnit extends SizedFile {
  readonly slice: Slice | null;
}

/** Every slice is fetched as a whole file: below 256 MiB cutting does not pay. */
export const leastSliceBytes = 256 * 1024 ** 2;

/**
 * Cuts files that are larger than a fair share of a machine.
 * @param files in the order of the dataset; `isCuttable` for those whose records can be told apart
 * @param most shards at most
 * @param leastBytes of a slice
 */
export function cutFiles(
  files: readonly (SizedFile & { readonly isCuttable: boolean })[],
  most: number,
  leastBytes: number = leastSliceBytes,
): readonly ShardUnit[] {
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const share = Math.max(leastBytes, total / most);
  return files.flatMap(({ path, sizeBytes, isCuttable }): readonly ShardUnit[] => {
    const of = isCuttable ? Math.min(most, Math.ceil(sizeBytes / share)) : 1;
    if (!(of > 1)) return [{ path, sizeBytes, slice: null }];
    const slices = Array.from({ length: of }, (_, at): Slice => ({ number: at + 1, of }));
    return slices.map((slice) => ({ path, sizeBytes: sizeBytes / of, slice }));
  });
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
