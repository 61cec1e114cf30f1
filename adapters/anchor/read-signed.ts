import type { Anchor } from '../../core/audit/anchor.ts';
import {
  type AnchorExpectations,
  parseSignedAnchor,
  type SignedAnchor,
  verifySignedAnchor,
} from '../../core/audit/signed-anchor.ts';
import { findingsOf, InputError } from '../../core/error/error.ts';
import type { Jwk } from '../../core/evidence/jwk.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { AnchorFile, AnchorPlace } from './place.ts';

/** An anchor that GitHub signed, as it was found. */
export interface BelievedAnchor extends SignedAnchor {
  readonly source: string;
  /** The file, word for word: to be copied to another place. */
  readonly text: string;
}

export interface SignedAnchors {
  /** By size, the largest last. */
  readonly believed: readonly BelievedAnchor[];
  /** Files that are no anchor, as warnings: whoever may write there can leave one, and can take a good one away. */
  readonly refused: readonly Finding[];
}

/**
 * Reads the signed anchors of some places and believes those that the trusted workflow signed.
 * @param expectations of the repository, and `keys` of the issuer: asked for only where there is something to check
 * @throws ServiceError when a place or the issuer does not answer: that is not the same as no anchor
 */
export async function readSignedAnchors(
  places: readonly AnchorPlace[],
  expectations: () => Promise<AnchorExpectations>,
  keys: () => Promise<readonly Jwk[]>,
): Promise<SignedAnchors> {
  const files: AnchorFile[] = [];
  for (const place of places) files.push(...(await place.read()));
  if (files.length === 0) return { believed: [], refused: [] };
  const [expected, published] = [await expectations(), await keys()];
  const outcomes = files.map((file) => believe(file, expected, published));
  const believed = outcomes.flatMap((outcome) => ('token' in outcome ? [outcome] : []));
  return {
    believed: believed.sort(
      (a, b) => a.statement.size - b.statement.size || (a.statement.at < b.statement.at ? -1 : 1),
    ),
    refused: outcomes.flatMap((outcome) => ('token' in outcome ? [] : [outcome])),
  };
}

function believe(
  { source, text }: AnchorFile,
  expected: AnchorExpectations,
  keys: readonly Jwk[],
): BelievedAnchor | Finding {
  try {
    const signed = parseSignedAnchor(text, source);
    const wrong = verifySignedAnchor(signed, keys, expected, source);
    return wrong === null ? { ...signed, source, text } : { ...wrong, severity: 'warn' };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...findingsOf('ledger', error)[0], severity: 'warn' };
  }
}

export const toAnchors = (believed: readonly BelievedAnchor[]): readonly Anchor[] =>
  believed.map(({ statement: { size, root }, source }) => ({ size, root, from: source }));
