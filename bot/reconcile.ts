import type { BotDeps } from './deps.ts';
import { openSources } from './deps.ts';

/** Merges older than this are not looked at again by themselves. */
const recentDays = 30;
const maxMerges = 50;

/**
 * Numbers of the pull requests to look at: everything merged lately, oldest first, then everything open. What is done
 * already is found done; so after a crash or lost events one reconcile brings everything to where it belongs.
 */
export async function listLooks(deps: BotDeps): Promise<readonly number[]> {
  const { reader } = openSources(deps);
  const closed = await reader.pulls({ state: 'closed', limit: maxMerges });
  const since = new Date(Date.parse(deps.now()) - recentDays * 86_400_000).toISOString();
  const merged = closed
    .filter(({ mergedAt }) => mergedAt !== null && mergedAt >= since)
    .sort((a, b) => ((a.mergedAt ?? '') < (b.mergedAt ?? '') ? -1 : 1));
  const open = await reader.pulls({ state: 'open' });
  return [...merged, ...[...open].reverse()].map(({ number }) => number);
}
