import { z } from 'zod';
import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { parseInstant } from '../evidence/instant.ts';
import { canonicalJson, isDigest } from '../json/canonical.ts';
import type { LedgerHead } from '../registry/ledger.ts';
import { rootOf } from './merkle.ts';
import { type SizedRoot, verifyConsistency } from './proof.ts';

/** What a workflow that GitHub signs for says of the ledger, to be kept where the app's key does not reach. */
export interface AnchorStatement extends SizedRoot {
  readonly kind: 'LedgerAnchor';
  readonly v: 1;
  readonly repository: string;
  readonly repositoryId: number;
  /** Branch of the ledger, and its commit. */
  readonly branch: string;
  readonly commit: string;
  /** Roots of the full subtrees: whoever holds it can go on from here without the older entries. */
  readonly frontier: readonly Digest[];
  /** ISO 8601 UTC. */
  readonly at: string;
  /**
   * The statement before it, and the proof that this ledger contains that one unchanged: so that somebody with the
   * statements alone, as a witness is, can follow them. null: it is the first.
   */
  readonly previous: (SizedRoot & { readonly proof: readonly Digest[] }) | null;
}

/** Forms of what a statement and a memory of a ledger hold. */
export const digest = z.custom<Digest>(isDigest);
export const objectId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
export const instant = z.string().refine((text) => parseInstant(text) !== null);
/** No tree of entries is as high as this. */
const highest = 64;
export const subtrees = z.array(digest).max(highest);

const schema = z.strictObject({
  kind: z.literal('LedgerAnchor'),
  v: z.literal(1),
  repository: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  repositoryId: z.int().positive(),
  branch: z.string().min(1).max(255),
  commit: objectId,
  size: z.int().positive(),
  root: digest,
  frontier: subtrees,
  at: instant,
  previous: z
    .strictObject({ size: z.int().positive(), root: digest, proof: z.array(digest).max(2 * highest) })
    .nullable(),
});

/** The bytes that are signed: canonical JSON and one line feed. */
export const renderStatement = (statement: AnchorStatement): string => `${canonicalJson(statement)}\n`;

/** There is one full subtree for each 1 in the binary form of the size, and together they give the root. */
export const frontierFits = ({
  frontier,
  size,
  root,
}: Pick<LedgerHead, 'frontier' | 'size' | 'root'>): boolean =>
  frontier.length === size.toString(2).replaceAll('0', '').length && rootOf(frontier) === root;

/**
 * Says why a statement contradicts itself; null when it does not.
 * Its root must follow from its frontier, and the ledger before it must be the beginning of this one.
 */
function contradictionOf({ frontier, size, root, previous }: AnchorStatement): string | null {
  if (!frontierFits({ frontier, size, root })) return 'its frontier gives another root';
  if (previous === null || verifyConsistency(previous, { size, root }, previous.proof)) return null;
  return `it does not contain the ledger of ${previous.size} entries that it says it follows`;
}

/**
 * Reads a statement. Its signature is over its canonical form: another spelling of the same says the same.
 * @throws InputError ANCHOR_INVALID, for a statement that contradicts itself too
 */
export function readStatement(value: unknown, source: string): AnchorStatement {
  const { success, data } = schema.safeParse(value);
  if (!success) throw noAnchor(source, 'it has another form');
  const contradiction = contradictionOf(data);
  if (contradiction !== null) throw noAnchor(source, contradiction);
  return data;
}

export function noAnchor(source: string, why: string): InputError {
  return new InputError('ANCHOR_INVALID', `${source} is no anchor of a ledger: ${why}`, {
    hint: 'Use the file as anchor-ledger.yml left it in a release or with the witness, every byte of it.',
  });
}
