import { type Finding, isFailure } from '../finding/finding.ts';
import { belongsToLedger } from '../registry/layout.ts';
import type { LedgerHead, ModelState } from '../registry/ledger.ts';
import type { Anchor } from './anchor.ts';
import { checkAnchors } from './anchor-check.ts';
import { checkChain } from './chain.ts';
import { checkCharges } from './charge-check.ts';
import { checkDecision } from './decision-check.ts';
import { type Entry, readEntries } from './entries.ts';
import { checkFiles } from './files-check.ts';
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
  const { entries, findings: unreadable } = readEntries(files);
  const chain = checkChain(entries, (entry, before) => checkDecision(entry, before, options.replay));
  const anchored = checkAnchors(chain.hashes, anchors, entries, options.tail);
  const seen = checkRemembered(chain.hashes, options.remembered ?? [], entries);
  const isEmpty =
    entries.length === 0 && ![...files.keys()].some((path) => belongsToLedger(path, options.layout));
  const refolded = isEmpty ? [] : tryCheckFiles(files, entries, chain.states, anchored.head, options);
  const findings = [
    ...unreadable,
    ...chain.findings,
    ...checkCharges(entries),
    ...anchored.findings,
    ...seen,
    ...refolded,
  ];
  return {
    verdict: findings.some(isFailure) ? 'fail' : 'pass',
    findings,
    entries: chain.events.length,
    transactions: entries.length,
    anchored: anchored.anchored,
    head: anchored.head,
    root: anchored.head.root,
    states: chain.states,
    events: chain.events,
  };
}

function tryCheckFiles(
  files: LedgerFiles,
  entries: readonly Entry[],
  states: ReadonlyMap<string, ModelState>,
  head: LedgerHead,
  options: VerifyOptions,
): readonly Finding[] {
  try {
    return checkFiles(files, entries, states, head, options);
  } catch (error) {
    // A forged record may lack what a renderer reads: then nothing about the files is proven.
    const what = error instanceof Error ? error.message : 'unknown';
    const message = `the registry files cannot be rendered from the entries: ${what}`;
    return [ledgerFinding('file-unrendered', entries[0]?.path ?? 'audit', message)];
  }
}
