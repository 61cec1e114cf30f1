import { checkName } from '../../adapters/github/anchors.ts';
import type { PullFacts } from '../../adapters/github/reader.ts';
import { readPolicy } from '../../adapters/proposal/read-proposal.ts';
import { InputError } from '../../core/error/error.ts';
import type { BotDeps } from '../deps.ts';
import type { MergeFacts } from '../gather/facts.ts';
import { withLastPolicy } from '../gather/last-policy.ts';
import { gatherMerge, placeOf, type Sources } from '../gather.ts';
import { isRecorded } from '../record/commands.ts';
import { orderOf } from '../record/ledger-job.ts';
import { readGovernedChange } from './governed-read.ts';
import { finalId, leaveMark, openMark } from './marks.ts';
import { codesOf, type Note, writeNotes } from './notes.ts';

/**
 * Notes a merge that the app cannot read as it must be: of 250 commits or more, for example. Who merges past the gate chooses
 * what is merged, so what nobody can judge must be as much of an incident as what was judged and refused.
 */
export async function recordUnreadable(...given: Parameters<typeof note>): Promise<void> {
  try {
    await note(...given);
  } catch (error) {
    // Where neither policy nor ledger can be read there is nowhere to write it: that is told elsewhere.
    if (!(error instanceof InputError)) throw error;
  }
}

async function note(deps: BotDeps, sources: Sources, pull: PullFacts, fault: InputError): Promise<void> {
  // A policy that was broken meanwhile must hide nothing: the last one that could be read speaks.
  const reader = withLastPolicy(sources.reader);
  const merge = await gatherMerge({ ...sources, reader }, pull);
  const { base, merge: commit } = merge.commits;
  if (commit === null || isRecorded(merge)) return;
  const runs = await reader.checkRuns(commit, checkName);
  if (runs.some(({ externalId }) => externalId === finalId(pull.number))) return;
  const policy = await readPolicy(reader, base);
  if (policy.enforce === false) return;
  const { changed, model } = await readGovernedChange(reader, base, commit);
  if (changed.length === 0) return;
  const place = placeOf(policy.ledger.branch, pull.base.ref);
  const headline = `Note pull request ${pull.number}: merged, not recorded`;
  const where = { place, headline, url: pull.url, order: orderOf(pull), anchorOn: commit };
  await writeNotes(deps, where, [toNote(merge, model, fault, commit)]);
  const because = `${fault.message}. ${fault.hint}`;
  await leaveMark(deps, openMark(pull.number), {
    ...{ reason: 'not evaluated', because, by: pull.mergedBy?.login ?? null, baseRef: pull.base.ref },
    ...{ commit, model, serving: null, helpers: [] },
  });
}

function toNote(
  { pull, commits, repository }: MergeFacts,
  model: string | null,
  { code }: InputError,
  commit: string,
): Note {
  return {
    command: {
      kind: 'open-incident',
      reason: 'not evaluated',
      ...{ model, baseRef: pull.base.ref, base: commits.base },
      codes: codesOf([{ code: `merge/${code.toLowerCase().replaceAll('_', '-')}` }]),
    },
    at: pull.mergedAt ?? pull.updatedAt,
    by: pull.mergedBy ?? pull.author,
    source: {
      ...{ repositoryId: repository.id, pullRequest: pull.number },
      ...{ headSha: commits.head, mergeSha: commit },
    },
  };
}
