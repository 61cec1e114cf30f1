import { z } from 'zod';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { LedgerEvent } from '../registry/ledger.ts';
import type { Anchor } from './anchor.ts';
import { digest } from './anchor-statement.ts';
import { hashEvent } from './hash.ts';
import { headAndRoots } from './merkle.ts';
import { proveInclusion, type SizedRoot, verifyInclusion } from './proof.ts';
import { ledgerFinding } from './verification.ts';

/** One entry for somebody who must not see the others: that it is in the ledger follows from an anchor alone. */
export interface EntryProof extends SizedRoot {
  readonly kind: 'EntryProof';
  readonly v: 1;
  readonly event: LedgerEvent;
  /** Sibling nodes from the leaf up: 20 of them at a million entries. */
  readonly proof: SizedRoot['root'][];
}

const schema = z.strictObject({
  kind: z.literal('EntryProof'),
  v: z.literal(1),
  // Its hash binds all of it; only what is looked at is checked here.
  event: z.looseObject({
    gseq: z.int().nonnegative(),
    seq: z.int().nonnegative(),
    stream: z.string(),
    hash: digest,
  }),
  size: z.int().positive(),
  root: digest,
  proof: z.array(digest).max(64),
});

/**
 * Proves that one entry is in a ledger.
 * @param events of a ledger that is proven, in order
 * @param gseq number of the entry in the whole ledger, from 0
 * @throws InputError ENTRY_UNKNOWN
 */
export function proveEntry(events: readonly LedgerEvent[], gseq: number): EntryProof {
  const event = events[gseq];
  if (event === undefined) {
    throw new InputError('ENTRY_UNKNOWN', `the ledger has no entry ${gseq}`, {
      hint: events.length === 0 ? 'It is empty.' : `Name one of 0 to ${events.length - 1}.`,
    });
  }
  const hashes = events.map(({ hash }) => hash);
  const { size, root } = headAndRoots(hashes, []).head;
  return { kind: 'EntryProof', v: 1, event, size, root, proof: [...proveInclusion(hashes, gseq)] };
}

export const renderEntryProof = (proof: EntryProof): string => `${canonicalJson(proof)}\n`;

/** @param text of a file that somebody handed over @throws InputError ENTRY_PROOF_INVALID, JSON_INVALID */
export function parseEntryProof(text: string, source: string): EntryProof {
  const { success, data } = schema.safeParse(parseStrictJson(text, source));
  if (success) return data as unknown as EntryProof;
  throw new InputError('ENTRY_PROOF_INVALID', `${source} is no proof of an entry`, {
    hint: 'Make one with gatehouse export --entry NUMBER.',
  });
}

/**
 * Checks an entry without the ledger that it is from.
 * @param anchors what outsiders say of the ledger; one of them must be of the size that the proof was made for
 * @returns no finding when the entry is what it was and where it was
 */
export function checkEntryProof(
  { event, size, root, proof }: EntryProof,
  anchors: readonly Anchor[],
  source: string,
): readonly Finding[] {
  const name = `entry ${event.gseq}`;
  const hash = hashEvent(event);
  if (hash !== event.hash) {
    const facts = { found: hash, allowed: event.hash, fix };
    return [
      ledgerFinding('entry-hash', source, `${name} was edited: its content hashes to something else`, facts),
    ];
  }
  if (!verifyInclusion(hash, event.gseq, size, proof, root)) {
    return [
      ledgerFinding('proof-broken', source, `the proof does not lead from ${name} to the root ${root}`, {
        fix,
      }),
    ];
  }
  const anchor = anchors.find((each) => each.size === size);
  if (anchor?.root === root) return [];
  const allowed = anchor === undefined ? `an anchor of ${size} entries` : `${size}:${anchor.root}`;
  const message =
    anchor === undefined
      ? `no anchor of ${size} entries was given: anybody can make a ledger that contains ${name}`
      : `${name} is of another ledger than the anchor`;
  return [ledgerFinding('proof-unanchored', source, message, { found: `${size}:${root}`, allowed, fix })];
}

const fix =
  'Believe nothing of it. Ask for a new proof, and get the anchor from the check run or the release yourself.';
