import type { IncidentEnd, IncidentReason } from '../registry/incident.ts';

/** What went past the gate, and who mends it how. The same words in check, comment, front page and terminal. */
export interface IncidentWords {
  readonly what: string;
  /** Roles of the policy. */
  readonly who: string;
  readonly how: string;
}

const askAgain =
  'Ask again in a new pull request with the approvals that were missing, or take the change back. For stages.yml Gatehouse opens a pull request that brings the file in line.';

const words: Readonly<Record<IncidentReason, IncidentWords>> = {
  refused: {
    what: 'merged although a rule refused it',
    who: 'the governors and the owner',
    how: askAgain,
  },
  waiting: {
    what: 'merged before it was approved, or before its time',
    who: 'the governors and the owner',
    how: askAgain,
  },
  'not evaluated': {
    what: 'merged while nobody could judge it',
    who: 'the owner',
    how: 'Have the run of the merged head repeated: when its result comes, Gatehouse decides by itself. Else ask again in a new pull request.',
  },
  'policy unreadable': {
    what: 'merged onto a policy that cannot be read',
    who: 'the governors',
    how: 'Mend .github/gatehouse.yml in a pull request that changes nothing else: the last readable policy judges it. What was merged meanwhile is asked for again in a new pull request.',
  },
  'governors unknown': {
    what: 'merged past the check while the governors could not be told',
    who: 'an administrator of the repository, then the governors',
    how: 'Name governors that GitHub knows in .github/gatehouse.yml. An administrator merges that past the check; this record closes when they are known.',
  },
  'pushed past': {
    what: 'pushed to the base branch without a pull request',
    who: 'the governors and whoever pushed',
    how: 'Revert the commit in a pull request, or propose the same change in one so that it is judged. Require pull requests on the branch.',
  },
};

export const incidentWords = (reason: IncidentReason): IncidentWords => words[reason];

const ends: Readonly<Record<IncidentEnd, string>> = {
  recorded: 'the ledger holds it now',
  'taken back': 'it no longer stands on the base branch',
  aligned: 'the file says what the ledger says',
  mended: 'policy and governors can be read again',
};

export const incidentEndWords = (end: IncidentEnd): string => ends[end];
