import type { AppIdentity, RepositoryName } from '../adapters/github/client.ts';
import { keepAny } from '../adapters/github/octokit-reader.ts';
import type { GitHubReader } from '../adapters/github/reader.ts';
import type { GitHubWriter } from '../adapters/github/writer.ts';
import type { PublishedKey } from '../adapters/oidc/jwks.ts';
import type { Store } from '../adapters/store/store.ts';
import type { NetworkRule } from '../core/config/network.ts';
import type { Sources } from './gather.ts';
import type { LedgerBook } from './ledger/ledger-book.ts';
import type { Log } from './log.ts';

/** Everything that the bot needs for one repository: plain values, so that a test hands in its own. */
export interface BotDeps {
  readonly name: RepositoryName;
  /** A fresh reader for each look: it keeps what it read. */
  newReader(): GitHubReader;
  readonly writer: GitHubWriter;
  readonly identity: AppIdentity;
  readonly book: LedgerBook;
  readonly issuer: string;
  fetchKeys(issuer: string): Promise<readonly PublishedKey[]>;
  openStore(url: string, network: NetworkRule): Promise<Pick<Store, 'has'>>;
  /** ISO 8601 UTC. What a merge records is decided at GitHub's time of the merge; before it this clock speaks. */
  now(): string;
  readonly log: Log;
}

/** A look sees every branch at one moment, however often it asks; what moved meanwhile is met when it writes. */
function atOneMoment(reader: GitHubReader): GitHubReader {
  return { ...reader, branchHead: keepAny((branch) => reader.branchHead(branch)) };
}

/** Sources of one look: a fresh reader, and keys that are fetched at most once. */
export function openSources(deps: BotDeps): Sources {
  let keys: Promise<readonly PublishedKey[]> | null = null;
  return {
    reader: atOneMoment(deps.newReader()),
    identity: deps.identity,
    book: deps.book,
    issuer: deps.issuer,
    keys: () => {
      keys ??= deps.fetchKeys(deps.issuer);
      return keys;
    },
    openStore: deps.openStore,
    now: deps.now,
  };
}
