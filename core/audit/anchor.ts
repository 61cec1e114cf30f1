import { InputError } from '../error/error.ts';
import { isDigest } from '../json/canonical.ts';
import type { SizedRoot } from './proof.ts';

/** Size and root of the ledger as somebody outside of it remembers them: an app-owned check run on a merge commit. */
export interface Anchor extends SizedRoot {
  /** Where it lies, when it is no check run: a release, the file that somebody kept. */
  readonly from?: string;
}

/** External id of the check run that carries an anchor. */
export const renderAnchor = ({ size, root }: SizedRoot): string => `anchor:${size}:${root}`;

/**
 * Reads an anchor.
 * @param text `anchor:<size>:sha256:<hex>` (external id of a check run) or `<size>:sha256:<hex>` (typed by a person)
 * @throws InputError ANCHOR_INVALID
 */
export function parseAnchor(text: string): Anchor {
  const [, digits, root] = /^(?:anchor:)?(\d{1,15}):(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  if (digits === undefined || !isDigest(root)) {
    throw new InputError('ANCHOR_INVALID', `"${text.slice(0, 120)}" is no anchor`, {
      hint: 'Write it as size:root, for example 12:sha256:0123... (64 hex digits), from the check run on the merge commit.',
    });
  }
  return { size: Number(digits), root };
}
