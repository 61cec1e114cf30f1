import { withoutReserve } from './budget/reserve.ts';
import type { GitHubClient } from './client.ts';
import { requestKey } from './conditional-reads.ts';
import { Kept } from './kept.ts';

type Given = Readonly<Record<string, unknown>> | undefined;

interface Known {
  readonly reads: readonly Read[];
  readonly isApproved: boolean;
}

interface Read {
  readonly key: string;
  readonly route: string;
  readonly given: Given;
}

/** Lists that a look asks for to see whether they changed. Never one that it writes to and reads again. */
const perPull = /\/actions\/runs$|\/actions\/runs\/\{run_id\}\/artifacts$|\/activity$/;
const rules = /\/rules\/branches\/\{branch\}$/;
const maxPulls = 2_000;
/** Of one look: a pull request with many heads asks for the rest as it comes to it. */
const maxReads = 20;

/** One look at a pull request. */
export interface EarlyLook {
  readonly client: GitHubClient;
  /** Asks early, at most once. */
  begin(): void;
  /** @param isApproved somebody approved it: it may be merged when it is looked at next */
  saw(isApproved: boolean): void;
}

/**
 * What the last look at a pull request asked for: the next one asks for it at once, beside its first question, and not in
 * one read after the other. Only what has a tag is asked for early, so that it costs nothing where nothing changed.
 */
export class EarlyReads {
  private readonly pulls = new Kept<Known>(maxPulls);
  /** What merges ask for besides, whichever they are: of the branches that rules were asked for. */
  private readonly merges = new Map<string, Read>();
  private readonly isTagged: (key: string) => boolean;

  constructor(isTagged: (key: string) => boolean) {
    this.isTagged = isTagged;
  }

  /** @param client asks with tags */
  open(pull: number, client: GitHubClient): EarlyLook {
    const before = this.pulls.get(`${pull}`);
    const reads: Read[] = [];
    const early = new Map<string, Promise<unknown>>();
    const request = new Proxy(client.request, {
      apply: async (target, self, [route, given]: [unknown, Given]) => {
        const key = typeof route === 'string' ? requestKey(route, given) : '';
        if (typeof route === 'string') this.note(reads, { key, route, given });
        const answer = early.get(key);
        early.delete(key); // whoever asks again wants to know again
        return (await answer) ?? Reflect.apply(target, self, [route, given]);
      },
    });
    return {
      client: { request, graphql: client.graphql },
      saw: (isApproved) => this.pulls.put(`${pull}`, { reads, isApproved }),
      begin: () => {
        this.pulls.put(`${pull}`, { reads, isApproved: before?.isApproved ?? false });
        const wanted = [...(before?.reads ?? []), ...(before?.isApproved ? this.merges.values() : [])];
        for (const { key, route, given } of wanted) {
          if (early.has(key) || !this.isTagged(key)) continue;
          // What fails is asked again when it is needed, and from what is kept for merges if it is one.
          const asked = withoutReserve(() =>
            client.request(route as 'GET /repos/{owner}/{repo}', given as never),
          );
          early.set(
            key,
            asked.catch(() => undefined),
          );
        }
      },
    };
  }

  private note(reads: Read[], read: Read): void {
    const { route } = read;
    const isOfMerges = rules.test(route) || this.merges.has(read.key);
    if (isOfMerges) this.merges.set(read.key, read);
    else if (perPull.test(route) && reads.length < maxReads) reads.push(read);
  }
}
