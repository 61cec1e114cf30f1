import type { Routes } from '../interface.ts';
import { mountAccounts } from './account.ts';
import { mountArchives } from './archive.ts';
import { mountChecks } from './check.ts';
import { mountCommits, mountSingleCommit } from './commit.ts';
import { mountGitData } from './git-data.ts';
import { mountIssues } from './issue.ts';
import { mountPulls } from './pull.ts';
import { mountReactions } from './reaction.ts';
import { mountReleases } from './release.ts';
import { mountRepositories } from './repository.ts';
import { mountReviews } from './review.ts';

/** Every REST route of the hub; the first that fits answers, so paths with a rest come last. */
export function mountRest(routes: Routes): void {
  mountAccounts(routes);
  mountGitData(routes);
  mountArchives(routes);
  mountPulls(routes);
  mountReviews(routes);
  mountReactions(routes);
  mountIssues(routes);
  mountChecks(routes);
  mountCommits(routes);
  mountReleases(routes);
  mountRepositories(routes);
  mountSingleCommit(routes);
}
