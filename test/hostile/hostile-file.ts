/** What must happen to a file: it is refused under a code, or taken and can do no harm where it is shown or used. */
export type Expected =
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'neutralised'; readonly how: string };

/** One file that somebody wrote to do harm, made by code so that nobody has to keep it. */
export interface HostileFile {
  readonly name: string;
  /** Which reader it is handed to: a name of `surfaces`. */
  readonly surface: string;
  readonly bytes: () => Uint8Array;
  readonly expected: Expected;
}

/** What a surface made of a file. */
export type Answer =
  /** Codes of the error and of every finding in it. */
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  /** What of it would still do harm; empty: nothing. */
  | { readonly kind: 'taken'; readonly harm: readonly string[] };

/** A name, what it holds, and the code under which it is refused; `neutralised: ...` says how it is made harmless. */
export type Row = readonly [name: string, content: string | (() => string | Uint8Array), expected: string];

const prefix = 'neutralised: ';

export const filesFor = (surface: string, rows: readonly Row[]): readonly HostileFile[] =>
  rows.map(([name, content, expected]) => ({
    name,
    surface,
    bytes: () => toBytes(typeof content === 'string' ? content : content()),
    expected: expected.startsWith(prefix)
      ? { kind: 'neutralised', how: expected.slice(prefix.length) }
      : { kind: 'refused', code: expected },
  }));

const toBytes = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content;
