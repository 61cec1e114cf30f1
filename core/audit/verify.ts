import type { Digest } from '../evidence/evidence.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import { belongsToLedger } from '../registry/layout.ts';
import type { LedgerEvent, LedgerHead, ModelState } from '../registry/ledger.ts';
import { finish, type Steps } from '../registry/steps.ts';
import type { Anchor } from './anchor.ts';
import { checkAnchors } from './anchor-check.ts';
import { checkEachLink } from './chain.ts';
import { checkCharges } from './charge-check.ts';
import { checkDecision } from './decision-check.ts';
import { type Entry, readEachEntry } from './entries.ts';
import { checkFiles } from './files-check.ts';
import { headAndRoots } from './merkle.ts';
import { checkRemembered } from './remembered-check.ts';
import {
  type LedgerFiles,
  type LedgerVerification,
  ledgerFinding,
  type VerifyOptions,
} from './verification.ts';

/**
 * Proves a ledger from its files alone: every hash and number, every move legal, every decision repeated, every file
 * what the entries say, and all of it what outsiders and this reader remember.
 * @param files every file of the ledger's tree; whoever can push controls them
 * @param anchors what the app's check runs say; none is a failure for a ledger of more than one transaction
 * @returns verdict `pass` only when no finding has severity `fail`
 */
export function verifyLedger(
  files: LedgerFiles,
  anchors: readonly Anchor[],
  options: VerifyOptions,
): LedgerVerification {
  return holdAgainst(finish(checkEachFile(files, options)), anchors, options);
}

/** What the files of a ledger say, held against each other: whether it is the ledger that outsiders saw is not asked yet. */
export interface CheckedLedger {
  readonly entries: readonly Entry[];
  readonly hashes: readonly Digest[];
  readonly states: ReadonlyMap<string, ModelState>;
  readonly events: readonly LedgerEvent[];
  /** Recomputed from the entries. */
  readonly head: LedgerHead;
  readonly ofEntries: readonly Finding[];
  readonly ofFiles: readonly Finding[];
}

/** The part of the proof that takes long, in steps. */
export function* checkEachFile(
  files: LedgerFiles,
  options: Pick<VerifyOptions, 'layout' | 'renderers' | 'replay'>,
): Steps<CheckedLedger> {
  const { entries, findings: unreadable } = yield* readEachEntry(files);
  const chain = yield* checkEachLink(entries, (entry, before) =>
    checkDecision(entry, before, options.replay),
  );
  const { states, hashes, events } = chain;
  const { head } = headAndRoots(hashes, []);
  const isEmpty =
    entries.length === 0 && ![...files.keys()].some((path) => belongsToLedger(path, options.layout));
  const ofFiles = isEmpty ? [] : yield* tryCheckFiles(files, entries, states, head, options);
  const ofEntries = [...unreadable, ...chain.findings, ...checkCharges(entries)];
  return { entries, hashes, states, events, head, ofEntries, ofFiles };
}

/** The rest of the proof: is it the ledger that outsiders and this reader remember? */
export function holdAgainst(
  { entries, hashes, states, events, head, ofEntries, ofFiles }: CheckedLedger,
  anchors: readonly Anchor[],
  { tail, remembered = [] }: Pick<VerifyOptions, 'tail' | 'remembered'>,
): LedgerVerification {
  const { findings: ofAnchors, anchored } = checkAnchors(hashes, anchors, entries, tail);
  const seen = checkRemembered(hashes, remembered, entries);
  const findings = [...ofEntries, ...ofAnchors, ...seen, ...ofFiles];
  return {
    verdict: findings.some(isFailure) ? 'fail' : 'pass',
    ...{ findings, entries: events.length, transactions: entries.length, anchored },
    ...{ head, root: head.root, states, events },
  };
}

function* tryCheckFiles(
  files: LedgerFiles,
  entries: readonly Entry[],
  states: ReadonlyMap<string, ModelState>,
  head: LedgerHead,
  options: Pick<VerifyOptions, 'layout' | 'renderers'>,
): Steps<readonly Finding[]> {
  try {
    return yield* checkFiles(files, entries, states, head, options);
  } catch (error) {
    // A forged record may lack what a renderer reads: then nothing about the files is proven.
    const what = error instanceof Error ? error.message : 'unknown';
    const message = `the registry files cannot be rendered from the entries: ${what}`;
    return [ledgerFinding('file-unrendered', entries[0]?.path ?? 'audit', message)];
  }
}
