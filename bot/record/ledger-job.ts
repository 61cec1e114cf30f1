import type { PullFacts } from '../../adapters/github/reader.ts';
import type { GroupMember } from '../../core/audit/record-group.ts';
import type { LedgerPlace, ProvenLedger } from '../ledger/ledger-book.ts';
import { countHeadline } from '../look.ts';

/** Something that wants to be in the ledger, decided and ready to be written. */
export interface LedgerJob extends GroupMember {
  readonly place: LedgerPlace;
  /** First line of a commit that holds nothing else. No text of people. */
  readonly headline: string;
  /** Where people read about it. */
  readonly url: string;
  /** What was merged first is written first (`orderOf`). Absent: it waits for nobody. */
  readonly order?: string;
  /** Commit of the base branch that carries the anchor when this is the last of its commit. */
  readonly anchorOn: string;
}

/** Sorts merges as GitHub dates them, to the second, and then by number. */
export const orderOf = ({ mergedAt, number }: Pick<PullFacts, 'mergedAt' | 'number'>): string =>
  `${mergedAt ?? ''} ${String(number).padStart(12, '0')}`;

/** What became of a job. */
export interface Written {
  /** Commit that holds it; null: it was in the ledger before. */
  readonly commit: string | null;
  /** The ledger with it, proven and anchored. */
  readonly ledger: ProvenLedger;
}

/** Headline and body of one commit for all of them. */
export function describeJobs(jobs: readonly Pick<LedgerJob, 'headline' | 'url'>[]): {
  readonly headline: string;
  readonly body: string;
} {
  // Pushes that only count looks make nobody look again: one with more in it must not begin like them.
  const first = jobs.find(({ headline }) => !headline.startsWith(countHeadline)) ?? jobs[0];
  const more = jobs.length > 1 ? ` and ${jobs.length - 1} more` : '';
  const lines = jobs.map(({ headline, url }) => (jobs.length > 1 ? `- ${headline}: ${url}` : url));
  const body =
    jobs.length > 1
      ? `Written by Gatehouse.\n\n${lines.join('\n')}`
      : `Written by Gatehouse. ${lines.join('')}`;
  return { headline: `${first?.headline ?? ''}${more}`, body };
}
