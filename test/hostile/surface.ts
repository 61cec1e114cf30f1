import type { Answer } from './hostile-file.ts';

/** A real reader of the product, and a file that it takes: a reader that refuses everything would pass, too. */
export interface Surface {
  readonly name: string;
  readonly good: string | Uint8Array;
  readonly read: (bytes: Uint8Array) => Answer | Promise<Answer>;
}
