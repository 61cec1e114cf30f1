import type { ShardPlan } from '../../core/dataset/shard.ts';
import { InputError } from '../../core/error/error.ts';
import type { GitHubReader } from '../github/reader.ts';
import { type RunFacts, readPullRequestEvent } from './event.ts';

/**
 * Says at which commits a run looks at a dataset: a pull request's data by its base's rules, else both at the commit of the
 * run.
 * @throws InputError RUN_FACTS, EVENT_UNREADABLE; ServiceError
 */
export async function readShardCommits(
  run: Pick<RunFacts, 'event'>,
  reader: Pick<GitHubReader, 'pull' | 'branchHead'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Pick<ShardPlan, 'rulesAt' | 'dataAt'>> {
  if (run.event === 'pull_request') {
    const { number, headSha } = readPullRequestEvent(env);
    const { base } = await reader.pull(number);
    return { rulesAt: (await reader.branchHead(base.ref)) ?? base.sha, dataAt: headSha };
  }
  const commit = env.GITHUB_SHA ?? '';
  if (/^[0-9a-f]{40}$/.test(commit)) return { rulesAt: commit, dataAt: commit };
  throw new InputError('RUN_FACTS', 'GITHUB_SHA names no commit', {
    hint: 'Run this as a step of a GitHub Actions job; do not set GITHUB_SHA yourself.',
  });
}
