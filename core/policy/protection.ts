import type { Change } from '../change/change.ts';
import type { Finding } from '../finding/finding.ts';
import type { DecisionInput } from './decision.ts';
import { type Ruling, rule } from './rule.ts';

/** What rulesets enforce on one branch, as the app may see it. Classic branch protection is not visible to it. */
export interface BranchGuard {
  /** The check `gatehouse` is required, from our app and no other. */
  readonly requiresCheck: boolean;
  readonly requiresPullRequest: boolean;
  readonly blocksForcePush: boolean;
  readonly blocksDeletion: boolean;
  /** Only those whom a ruleset names may update it. */
  readonly restrictsUpdates: boolean;
}

/** What was in force when a promotion was recorded; null: GitHub did not tell. */
export interface Protection {
  readonly base: BranchGuard | null;
  readonly ledger: BranchGuard | null;
}

const baseGaps: readonly (readonly [keyof BranchGuard, string])[] = [
  ['requiresCheck', 'the check "gatehouse" of this app is not required'],
  ['requiresPullRequest', 'pushes without a pull request are not blocked'],
  ['blocksForcePush', 'force-pushes are not blocked'],
];
const ledgerGaps: readonly (readonly [keyof BranchGuard, string])[] = [
  ['restrictsUpdates', 'others than the app may write'],
  ['blocksForcePush', 'force-pushes are not blocked'],
  ['blocksDeletion', 'deletion is not blocked'],
];

/** What was open around a promotion, in words; empty: nothing. */
export function protectionGaps({ base, ledger }: Protection, baseRef: string): readonly string[] {
  return [
    ...gapsOf(base, baseGaps, `base branch ${baseRef}`),
    ...gapsOf(ledger, ledgerGaps, 'ledger branch'),
  ];
}

function gapsOf(guard: BranchGuard | null, asked: typeof baseGaps, branch: string): readonly string[] {
  if (guard === null) return [`${branch}: GitHub does not tell which rules are in force`];
  const open = asked.filter(([name]) => !guard[name]).map(([, words]) => words);
  return open.length === 0 ? [] : [`${branch}: ${open.join(', ')}`];
}

/**
 * Notes what stood around a promotion when it was recorded. It refuses nothing: whoever can open a branch can also close
 * it again before anybody looks, so the decision never rests on it (threat B19).
 * @returns null when nothing was read, or nothing goes to production
 */
export function ruleOnProtection(
  { moves }: Extract<Change, { kind: 'request' }>,
  { protection, baseRef }: DecisionInput,
): Ruling | null {
  if (protection === undefined || !moves.some(({ to }) => to === 'production')) return null;
  const gaps = protectionGaps(protection, baseRef);
  const { result } = rule(
    'protection',
    'met',
    gaps.length === 0
      ? 'Rulesets kept both branches when it was recorded.'
      : `When it was recorded no ruleset kept this: ${gaps.join('; ')}.`,
  );
  return { result, findings: gaps.map(toNote) };
}

const toNote = (gap: string): Finding => ({
  code: 'protection/gap',
  severity: 'note',
  message: `When this was recorded: ${gap}`,
  fix: 'Let rulesets require the check from this app, and let only the app write to the ledger branch; gatehouse doctor says how.',
});
