import type { ClientOptions } from './safe-fetch.ts';

/** Which key of the policy names the place: its credentials have the same name. */
export type PlaceUse = 'store' | 'data';

/** A file of this machine, and what it was found to be: what a place holds in the end is compared with it. */
export interface HashedFile {
  readonly file: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Where bytes are kept under names that say what they are. What it gives is never trusted, only verified. */
export interface Place {
  /** As in the policy, without credentials: for messages. */
  readonly address: string;
  /**
   * @param path relative, with "/"
   * @returns null when nothing lies there
   * @throws ServiceError STORE_MISSING when the folder itself is not there, STORE_FAILED, HOST_REFUSED, ADDRESS_REFUSED
   */
  open(path: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** True when something lies there. */
  has(path: string): Promise<boolean>;
  /**
   * Writes a file where nothing lies yet, whole or not at all. What lies there already is never replaced.
   * @returns `taken` when something lies there: whoever writes compares it with what it should be
   */
  put(path: string, file: HashedFile): Promise<'written' | 'taken'>;
  /** @throws ServiceError STORE_MISSING when the folder itself is not there */
  require(): Promise<void>;
}

export interface PlaceOptions extends ClientOptions {
  /** Where credentials are read from: `process.env` where nothing is said. */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
}
