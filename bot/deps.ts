import type { KeyObject } from 'node:crypto';
import type { AppIdentity, RepositoryName } from '../adapters/github/client.ts';
import { keepAny } from '../adapters/github/octokit-reader.ts';
import type { GitHubReader } from '../adapters/github/reader.ts';
import type { GitHubWriter } from '../adapters/github/writer.ts';
import type { PublishedKey } from '../adapters/oidc/jwks.ts';
import type { Store } from '../adapters/store/store.ts';
import type { NetworkRule } from '../core/config/network.ts';
import { openEnvelope } from '../core/evidence/open-envelope.ts';
import type { Sources } from './gather.ts';
import type { LedgerBook } from './ledger/ledger-book.ts';
import type { Log } from './log.ts';
import type { LedgerWriter } from './record/ledger-writer.ts';

/** Everything that the bot needs for one repository: plain values, so that a test hands in its own. */
export interface BotDeps {
  readonly name: RepositoryName;
  /**
   * A fresh reader for each look: it keeps what it read.
   * @param pull the pull request that is looked at: what can change about it is then read by one question
   */
  newReader(pull?: number): GitHubReader;
  readonly writer: GitHubWriter;
  readonly identity: AppIdentity;
  readonly book: LedgerBook;
  /** The one writer of this repository's ledger in this process. */
  readonly ledgerWriter: LedgerWriter;
  readonly issuer: string;
  fetchKeys(issuer: string): Promise<readonly PublishedKey[]>;
  openStore(url: string, network: NetworkRule): Promise<Pick<Store, 'has'>>;
  /** Private keys of the app, which open what was sealed to it: the current one, and the one before it. */
  readonly keys: readonly KeyObject[];
  /** Told after each decision when to look again though nothing is heard; milliseconds since 1970, null: not by itself. */
  lookAgainAt?(number: number, atMs: number | null): void;
  /** ISO 8601 UTC. What a merge records is decided at GitHub's time of the merge; before it this clock speaks. */
  now(): string;
  readonly log: Log;
}

/** A look sees every branch and its pushes at one moment, however often it asks; what moved meanwhile is met when it writes. */
function atOneMoment(reader: GitHubReader): GitHubReader {
  return {
    ...reader,
    branchHead: keepAny((branch) => reader.branchHead(branch)),
    pushes: keepAny((branch) => reader.pushes(branch)),
    moves: keepAny((branch) => reader.moves(branch)),
  };
}

/**
 * Sources of one look: a fresh reader, and keys that are fetched at most once.
 * @param pull the pull request that is looked at, where it is about one
 */
export function openSources(deps: BotDeps, pull?: number): Sources {
  let keys: Promise<readonly PublishedKey[]> | null = null;
  return {
    reader: atOneMoment(deps.newReader(pull)),
    identity: deps.identity,
    book: deps.book,
    issuer: deps.issuer,
    keys: () => {
      keys ??= deps.fetchKeys(deps.issuer);
      return keys;
    },
    openStore: deps.openStore,
    open: (text) => openEnvelope(text, deps.keys),
    now: deps.now,
  };
}
