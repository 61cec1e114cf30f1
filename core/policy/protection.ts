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
  ['requiresPullRequest', 'direct pushes are open'],
  ['blocksForcePush', 'force-pushes are open'],
];
const ledgerGaps: readonly (readonly [keyof BranchGuard, string])[] = [
  ['restrictsUpdates', 'others than the app may write'],
  ['blocksForcePush', 'force-pushes are open'],
  ['blocksDeletion', 'deletion is open'],
];

/** What was open around a promotion, in words; empty: nothing. */
export function protectionGaps({ base, ledger }: Protection, baseRef: string): readonly string[] {
  return [
    ...gapsOf(base, baseGaps, `base branch ${baseRef}`),
    ...gapsOf(ledger, ledgerGaps, 'ledger branch'),
  ];
}

function gapsOf(guard: BranchGuard | null, asked: typeof baseGaps, branch: string): readonly string[] {
  if (guard === null) return [`${branch} (GitHub does not tell which rules are in force)`];
  const open = asked.filter(([name]) => !guard[name]).map(([, words]) => words);
  return open.length === 0 ? [] : [`${branch} (${open.join(', ')})`];
}

/**
 * Notes what stood around a promotion when it was recorded. It refuses nothing: whoever can open a branch can also close
 * it again before anybody looks, so the decision never rests on it (threat B19). Hence what is open is not asked for
 * here, and only what is closed is met.
 * @returns null when nothing was read, or nothing goes to production
 */
export function ruleOnProtection(
  { moves }: Extract<Change, { kind: 'request' }>,
  { protection, baseRef }: DecisionInput,
): Ruling | null {
  if (protection === undefined || !moves.some(({ to }) => to === 'production')) return null;
  const gaps = protectionGaps(protection, baseRef);
  if (gaps.length === 0) return rule('protection', 'met', 'Rulesets keep both branches.');
  const { result } = rule(
    'protection',
    'skipped',
    `Decides nothing, only noted. Not kept by rulesets: ${gaps.join(', ')}.`,
  );
  return { result, findings: [toNote(gaps)] };
}

/** One note, however many branches: they are closed in one place. */
const toNote = (gaps: readonly string[]): Finding => ({
  code: 'protection/gap',
  severity: 'note',
  message: `Not kept by rulesets: ${gaps.join(', ')}. It is noted and decides nothing`,
  fix: 'Let rulesets require the check from this app, and let only the app write to the ledger branch; gatehouse doctor says how.',
});
