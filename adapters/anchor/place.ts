import { maxAnchorBytes } from '../../core/audit/signed-anchor.ts';
import { incomplete } from '../github/failure.ts';

/** A file that says it is an anchor. Whoever may write to the place controls it. */
export interface AnchorFile {
  /** Where it lies, as a person finds it: `release gatehouse-ledger-12-20261121`. */
  readonly source: string;
  readonly text: string;
}

/** Where anchors are kept out of reach of the app's key. */
export interface AnchorPlace {
  /** For messages: `releases of acme/flights`. */
  readonly name: string;
  /** The newest few, newest first. @throws ServiceError when the place does not answer */
  read(): Promise<readonly AnchorFile[]>;
  /** @param stamp name of the anchor, of letters that every place takes @throws ServiceError */
  put(stamp: string, text: string): Promise<void>;
}

/** One a week: a month of them. */
export const newestAnchors = 4;

/** Begins the tag of every release that holds an anchor. */
export const stampPrefix = 'gatehouse-ledger-';

/** @param at ISO 8601 UTC @returns `gatehouse-ledger-000000000012-20261121`: names sort as the ledgers grew */
export const stampOf = (size: number, at: string): string =>
  `${stampPrefix}${String(size).padStart(12, '0')}-${at.slice(0, 10).replaceAll('-', '')}`;

/** Reads a body up to what an anchor may have. @throws ServiceError GITHUB_ANSWER_INCOMPLETE beyond it */
export async function readAnchorText(body: unknown, what: string): Promise<string> {
  if (!(body instanceof ReadableStream)) throw incomplete(what, 'there is no body');
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as ReadableStream<Uint8Array>) {
    size += part.byteLength;
    if (size > maxAnchorBytes) throw incomplete(what, `it has more than ${maxAnchorBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
