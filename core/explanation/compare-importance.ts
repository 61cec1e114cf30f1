import type { Finding } from '../finding/finding.ts';
import { type Importance, type Importances, rankFeatures, sizeOf } from './importance.ts';

/** A feature among these is one that a model leans on. */
const topCount = 5;
/** A feature that was further down than this is new at the top: one place more or less is chance. */
const wasKnown = 10;
/** So many places are told. */
const placesTold = 3;
/** Standard errors beyond which a value is no chance. */
const noiseWidth = 2;
/** Of the largest value, where no standard error says what is dust. */
const dustShare = 0.01;

/** One feature in both models. */
interface Pair {
  readonly feature: string;
  readonly mine: Importance | undefined;
  readonly theirs: Importance | undefined;
  readonly rank: number | null;
  readonly theirRank: number | null;
}

/**
 * Compares what two models lean on. Warnings only: a better model may lean on other things, and somebody should know why.
 * @returns `explanation/sign-flip`, `explanation/newcomer` and `explanation/rank-change`, each with its size; none without a champion
 */
export function compareImportance(challenger: Importances, champion: Importances | null): readonly Finding[] {
  if (champion === null) return [];
  const counts = [clearOf(challenger), clearOf(champion)] as const;
  const pairs = pairUp(challenger, champion).filter(({ rank, theirRank }) => isTop(rank) || isTop(theirRank));
  return pairs.flatMap((pair) => {
    const clear = [counts[0](pair.mine), counts[1](pair.theirs)] as const;
    const finding = findFlip(pair, clear) ?? findNewcomer(pair, clear[0]) ?? findMove(pair, clear);
    return finding === null ? [] : [finding];
  });
}

const isTop = (rank: number | null): boolean => rank !== null && rank <= topCount;

function pairUp(challenger: Importances, champion: Importances): readonly Pair[] {
  const [ranks, theirRanks] = [rankFeatures(challenger), rankFeatures(champion)];
  return [...new Set([...ranks.keys(), ...theirRanks.keys()])].map((feature) => ({
    feature,
    mine: challenger.get(feature),
    theirs: champion.get(feature),
    rank: ranks.get(feature) ?? null,
    theirRank: theirRanks.get(feature) ?? null,
  }));
}

/** Says which values of a model are more than chance, or than dust where the noise is not known. */
function clearOf(of: Importances): (importance: Importance | undefined) => boolean {
  const largest = Math.max(0, ...[...of.values()].map(sizeOf));
  return (importance) => {
    const size = sizeOf(importance);
    const noise = importance?.noise ?? null;
    return size > 0 && (noise === null ? size >= dustShare * largest : size > noiseWidth * noise);
  };
}

type Clear = readonly [mine: boolean, theirs: boolean];

function findFlip(pair: Pair, [mine, theirs]: Clear): Finding | null {
  const product = (pair.mine?.value ?? 0) * (pair.theirs?.value ?? 0);
  if (!mine || !theirs || !(product < 0)) return null;
  return tell(
    'explanation/sign-flip',
    `${name(pair)} pulls the other way than in the champion`,
    pair,
    'Find out why the feature turned its sign: changed units, a swapped column, or another training set.',
  );
}

function findNewcomer(pair: Pair, clear: boolean): Finding | null {
  const unknown = pair.theirRank === null || pair.theirRank > wasKnown;
  if (!isTop(pair.rank) || !unknown || !clear) return null;
  return tell(
    'explanation/newcomer',
    `${name(pair)} is new among the ${topCount} most important features`,
    pair,
    'See whether it is known when the model predicts: a newcomer at the top is often a leak of the answer.',
  );
}

function findMove(pair: Pair, [mine, theirs]: Clear): Finding | null {
  const { rank, theirRank } = pair;
  if ((!mine && !theirs) || theirRank === null) return null;
  if (rank !== null && Math.abs(rank - theirRank) < placesTold) return null;
  const message =
    rank === null ? `${name(pair)} is gone` : `${name(pair)} moved from rank ${theirRank} to ${rank}`;
  return tell('explanation/rank-change', message, pair, 'See whether the change of the model explains it.');
}

const nameLength = 80;
const name = ({ feature }: Pair): string => `The feature "${feature.slice(0, nameLength).toWellFormed()}"`;

function tell(code: string, message: string, pair: Pair, fix: string): Finding {
  return {
    code,
    severity: 'warn',
    message,
    column: pair.feature.slice(0, nameLength).toWellFormed(),
    found: show(pair.mine, pair.rank),
    allowed: `champion: ${show(pair.theirs, pair.theirRank)}`,
    fix,
  };
}

function show(importance: Importance | undefined, rank: number | null): string {
  if (importance === undefined || rank === null) return 'not there';
  return `${Number(importance.value.toPrecision(2))}, rank ${rank}`;
}
