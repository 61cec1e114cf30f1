import { linkCommit } from './address.ts';
import type { Inline, Phrase, Section } from './block.ts';
import { chunksOf } from './chunk.ts';
import { counted } from './facts.ts';
import type { Report } from './report.ts';
import { showTime } from './time-text.ts';

export { showTime };

const namesShown = 10;

/** Approvals: what is missing and who can give it, which counted, and which did not and why. */
export function approvalSections(report: Report): readonly Section[] {
  return [...missingSection(report), ...countedSection(report), ...uncountedSections(report)];
}

/** `rita, mei or 3 more`, as names and never as mentions. */
export function namesOf(logins: readonly string[]): Phrase {
  if (logins.length === 0) return ['nobody who may approve this'];
  const shown = logins.slice(0, namesShown);
  const more = logins.length - shown.length;
  const parts: Inline[] = shown.flatMap((login, at): Inline[] => {
    const isLast = at === shown.length - 1 && more === 0;
    return [at === 0 ? '' : isLast ? ' or ' : ', ', { code: login }];
  });
  return more === 0 ? parts : [...parts, ` or ${more} more`];
}

function missingSection({ decision }: Report): readonly Section[] {
  // Before a result is allowed nobody can help by approving.
  const helps = decision.kind === 'waiting' || decision.kind === 'allowed';
  if (!helps || decision.missing.length === 0) return [];
  const rows = decision.missing.map(({ role, count, candidates }): readonly Phrase[] => [
    [{ code: role }],
    [String(count)],
    namesOf(candidates),
  ]);
  const table = {
    kind: 'table',
    head: ['Role', 'Missing', 'Who can approve'],
    align: ['l', 'r', 'l'],
    rows,
  } as const;
  const title = { kind: 'paragraph', text: [{ strong: 'Approvals that are missing' }] } as const;
  return [{ name: 'who can approve', rank: 2, blocks: [title, table] }];
}

function countedSection(report: Report): readonly Section[] {
  const { counted: approvals } = report.decision;
  if (approvals.length === 0) return [];
  const rows = approvals.map(({ reviewer, role, commit, submittedAt }): readonly Phrase[] => [
    [{ code: reviewer.login }],
    [{ code: role }],
    [linkCommit(report, commit)],
    [showTime(submittedAt)],
  ]);
  const title = { kind: 'paragraph', text: [{ strong: 'Approvals that count' }] } as const;
  const head = ['Reviewer', 'As', 'On commit', 'Given'];
  const table = { kind: 'table', head, rows } as const;
  return [{ name: 'approvals that count', rank: 4, blocks: [title, table] }];
}

/** An approval that does not count and nobody says why is the commonest complaint about such gates. */
function uncountedSections(report: Report): readonly Section[] {
  const { uncounted } = report.decision;
  const head = ['Reviewer', 'Given', 'Why not'];
  return chunksOf(uncounted).map(({ rows: part }): Section => {
    const title: Phrase = [
      { strong: 'Approvals that do not count' },
      ` (${counted(uncounted.length, 'review')})`,
    ];
    const rows = part.map(({ reviewer, commit, submittedAt, because }): readonly Phrase[] => [
      [{ code: reviewer.login }],
      [showTime(submittedAt), ' on ', linkCommit(report, commit)],
      [because],
    ]);
    const table = { kind: 'table', head, rows } as const;
    return {
      name: 'approvals that do not count',
      rank: 3,
      blocks: [{ kind: 'paragraph', text: title }, table],
    };
  });
}
