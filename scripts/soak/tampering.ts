import { findLastWriter, findRewrittenFiles } from '../../adapters/git/append-only.ts';
import { LedgerRepository } from '../../adapters/git/ledger-repository.fixture.ts';
import { readFiles } from '../../adapters/git/read.ts';
import type { Anchor } from '../../core/audit/anchor.ts';
import { blamesWriter, checkAppendOnly } from '../../core/audit/append-only.ts';
import { forge, transactionsOf } from '../../core/audit/forgery.fixture.ts';
import type { Story } from '../../core/audit/ledger.fixture.ts';
import {
  type Draw,
  drawFrom,
  type Files,
  type Mutation,
  mutations,
  tellRandomStory,
} from '../../core/audit/mutation.fixture.ts';
import { type Finding, isFailure } from '../../core/finding/finding.ts';
import { proveLedger } from '../../core/report/ledger-proof.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import type { SoakOutcome } from './main.ts';

const pages = ledgerRenderersFor('own');
/** Ledgers, and mutations of each kind on each of them. */
const [stories, perStory] = [16, 12];
/** Ledgers that are pushed to a repository of git and read back from it, once for each kind. */
const repositories = 4;

/** What became of one kind. */
interface Tally {
  tried: number;
  /** By the newest anchor alone. */
  anchored: number;
  /** With the place of the first bad entry or file. */
  placed: number;
  /** With nothing from outside: what the hashes alone would have found. */
  alone: number;
  /** By what a reader saw before, though the app's key made anchors that agree with the tampered ledger. */
  remembered: number;
  /** Pushed on top of a real repository and read back; and the commit at fault was named. */
  pushed: number;
  named: number;
}

/**
 * Tampers with ledgers of real decisions in every way there is, and counts what is found. A mutation that is not found, or
 * a ledger that nobody touched and that is refused, is a failure.
 */
export async function soakTampering(): Promise<SoakOutcome> {
  const tallies = new Map(Object.keys(mutations).map((kind) => [kind, newTally()]));
  const outcomes: boolean[] = [];
  for (let seed = 1; seed <= stories; seed += 1) {
    const draw = drawFrom(seed);
    const story = tellRandomStory(draw, 4 + draw(6), pages);
    outcomes.push(findingsOf(story.files, story.anchors.slice(-1)).length === 0);
    for (const [kind, mutation] of Object.entries(mutations)) {
      for (let turn = 0; turn < perStory; turn += 1)
        outcomes.push(tamper(story, mutation, drawFrom(seed * 1000 + turn), tallies.get(kind) ?? newTally()));
    }
    if (seed <= repositories) outcomes.push(...(await tamperInGit(story, seed, tallies)));
  }
  print(tallies);
  const passed = outcomes.filter((isFine) => isFine).length;
  return { passed, failed: outcomes.length - passed };
}

const newTally = (): Tally => ({
  ...{ tried: 0, anchored: 0, placed: 0, alone: 0, remembered: 0, pushed: 0, named: 0 },
});

const findingsOf = (
  files: Files,
  anchors: readonly Anchor[],
  seen: readonly Anchor[] = [],
): readonly Finding[] =>
  proveLedger(
    files,
    anchors,
    'own',
    'refuse',
    seen.map((anchor) => ({ ...anchor, commit: 'c'.repeat(40), at: '2026-11-21T10:00:00Z' })),
  ).findings.filter(isFailure);

function tamper(story: Story, mutation: Mutation, draw: Draw, tally: Tally): boolean {
  const files = mutation(story.files, draw, pages);
  const anchors = story.anchors.slice(-1);
  const [first] = findingsOf(files, anchors);
  // Whoever has the app's key leaves an anchor that agrees with whatever he wrote.
  const { head } = proveLedger(files, [], 'own', 'refuse');
  const forged = [{ size: head.size, root: head.root }];
  const remembered = findingsOf(files, forged, anchors).length > 0;
  tally.tried += 1;
  if (first !== undefined) tally.anchored += 1;
  if (first?.where?.file !== undefined) tally.placed += 1;
  if (findingsOf(files, forged).length > 0) tally.alone += 1;
  if (remembered) tally.remembered += 1;
  return first?.where?.file !== undefined && remembered;
}

/** A history of real commits, and one on top of it by somebody else. */
async function tamperInGit(
  story: Story,
  seed: number,
  tallies: ReadonlyMap<string, Tally>,
): Promise<readonly boolean[]> {
  const repository = new LedgerRepository();
  try {
    const transactions = transactionsOf(story.files);
    const trees = transactions.map((_, at) => forge(transactions.slice(0, at + 1), pages));
    const tip = repository.history(trees).at(-1) ?? '';
    const outcomes: boolean[] = [];
    for (const [kind, mutation] of Object.entries(mutations)) {
      const files = mutation(story.files, drawFrom(seed), pages);
      const commit = repository.commit(files, [tip], 'eve');
      const named = await namesCommit(repository.dir, commit, story.anchors.slice(-1));
      const tally = tallies.get(kind) ?? newTally();
      tally.pushed += 1;
      if (named) tally.named += 1;
      outcomes.push(named);
    }
    return outcomes;
  } finally {
    repository.remove();
  }
}

/** True when the ledger is refused and the commit is told: by history, or as the last to write what is at fault. */
async function namesCommit(dir: string, commit: string, anchors: readonly Anchor[]): Promise<boolean> {
  const proven = proveLedger(await readFiles(dir, commit), anchors, 'own', 'refuse');
  const [first] = proven.findings.filter(isFailure);
  if (first === undefined) return false;
  const history = checkAppendOnly((await findRewrittenFiles(dir, commit)) ?? [], proven);
  if (history.some(({ message }) => message.includes(commit.slice(0, 12)))) return true;
  const writer = blamesWriter(first) ? await findLastWriter(dir, commit, first.where?.file ?? '') : null;
  return writer?.commit === commit;
}

function print(tallies: ReadonlyMap<string, Tally>): void {
  const head = [
    'kind',
    'tried',
    'found',
    'placed',
    'key stolen, remembered',
    'key stolen, alone',
    'pushed',
    'commit named',
  ];
  const rows = [...tallies].map(([kind, { tried, anchored, placed, remembered, alone, pushed, named }]) =>
    [kind, tried, anchored, placed, remembered, alone, pushed, named].map(String),
  );
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  '),
    );
}
