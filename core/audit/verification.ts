import type { Digest } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import type { Decision } from '../policy/decision.ts';
import type { LedgerLayout } from '../registry/layout.ts';
import type { LedgerEvent, LedgerHead, ModelState } from '../registry/ledger.ts';
import type { LedgerRenderers } from '../registry/render.ts';
import type { Remembered } from './remembered-check.ts';

/** path -> content. Whoever can push the branch controls it. */
export type LedgerFiles = ReadonlyMap<string, Uint8Array | string>;

export interface VerifyOptions {
  readonly layout: LedgerLayout;
  readonly renderers: LedgerRenderers;
  /** `decide` of core/policy: the same evaluator that decided then decides again now. */
  readonly replay: (decisionInput: unknown) => Pick<Decision, 'kind' | 'moves' | 'counted' | 'passedOver'>;
  /**
   * What to say of entries after the newest anchor. `refuse`: a failure, as every reader wants it. `report`: a warning,
   * for the app, which knows its own commits and anchors them next.
   */
  readonly tail: 'refuse' | 'report';
  /** The ledger as this reader saw it proven before. Absent: it never did. */
  readonly remembered?: readonly Remembered[];
}

/** What a reader of the ledger may believe, and the first thing that is wrong with it. */
export interface LedgerVerification {
  readonly verdict: 'pass' | 'fail';
  /** In order: entries as they were written, then head and anchors, then files. The first one is the first bad entry. */
  readonly findings: readonly Finding[];
  readonly entries: number;
  readonly transactions: number;
  /** How many entries from the beginning an anchor covers. */
  readonly anchored: number;
  /** Recomputed from the entries, whatever HEAD.json says. */
  readonly head: LedgerHead;
  readonly root: Digest;
  readonly states: ReadonlyMap<string, ModelState>;
  readonly events: readonly LedgerEvent[];
}

/** A failed check of the ledger. */
export function ledgerFinding(
  code: string,
  file: string,
  message: string,
  facts: { readonly found?: string; readonly allowed?: string; readonly fix?: string } = {},
): Finding {
  const { found, allowed, fix = restore } = facts;
  return {
    code: `ledger/${code}`,
    severity: 'fail',
    message,
    where: { file },
    ...(found === undefined ? {} : { found }),
    ...(allowed === undefined ? {} : { allowed }),
    fix,
  };
}

const restore =
  'Promote nothing. Find who pushed to the ledger branch, and put the tree of the last anchored commit back by a new commit.';
