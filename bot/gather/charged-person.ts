import type { PullFacts, RunFacts } from '../../adapters/github/reader.ts';
import type { Person } from '../../core/registry/ledger.ts';

/**
 * Who is charged with a look: whoever started the attempt that read it, so that a run which somebody else starts again is
 * not at the cost of its author. A bot has no budget to spend: whoever has one start a run is met in the run or the pull
 * request. GitHub does not name everybody.
 */
export const chargedPerson = (
  { triggeringActor, actor }: Pick<RunFacts, 'triggeringActor' | 'actor'>,
  { author }: Pick<PullFacts, 'author'>,
): Person =>
  [triggeringActor, actor, author].find((each) => each?.kind === 'User') ??
  triggeringActor ??
  actor ??
  author;
