import type { Change } from '../change/change.ts';
import { endOfMoment } from '../config/moment.ts';
import type { Digest } from '../evidence/evidence.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { BreakGlassUse } from '../registry/break-glass.ts';
import type { DecisionInput } from './decision.ts';

/** `break-glass/<name>.yml` of a pull request. The reason is kept by its digest: no text of people gets into the chain. */
export interface BreakGlassAsk {
  readonly name: string;
  readonly model: string;
  readonly production: Readonly<Record<string, number>>;
  readonly until: string;
  readonly by: string;
  readonly reason: Digest;
}

/** What a decision knows of emergencies: what this pull request adds, and what the ledger holds. */
export interface BreakGlassFacts {
  /** Absent: nobody asks for one. */
  readonly asked?: BreakGlassAsk;
  /** Reviews that this pull request adds. */
  readonly reviews?: readonly {
    readonly name: string;
    readonly model: string;
    readonly pullRequest: number;
    readonly digest: Digest;
  }[];
  /** Uses of the last 30 days, and older ones that nobody reviewed; by time. */
  readonly uses: readonly BreakGlassUse[];
}

type Request = Change & { readonly kind: 'request' };

export const windowDays = 30;
export const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Time of the decision in milliseconds; null: it is not known. */
export const nowOf = ({ now }: Pick<DecisionInput, 'now'>): number | null =>
  now === undefined ? null : parseInstant(now);

/** The window in which a request holds: it ends when it says, and begins so many hours before as the policy lets it. */
export function windowOf(
  { until }: Pick<BreakGlassAsk, 'until'>,
  hours: number,
): { readonly from: number; readonly to: number } {
  const to = endOfMoment(until);
  return { from: to - hours * hourMs, to };
}

/** Pull requests that used it in the 30 days before, oldest first: one that moved two endpoints is one use. */
export function recentUses(uses: readonly BreakGlassUse[], now: number): readonly number[] {
  const times = new Map<string, number>();
  for (const use of uses) {
    const at = parseInstant(use.at);
    // A time that cannot be read is taken for now: it counts.
    if (at === null || now - at < windowDays * dayMs) times.set(`${use.model} ${use.pullRequest}`, at ?? now);
  }
  return [...times.values()].sort((a, b) => a - b);
}

/** When one use more is possible, in milliseconds; null: now. */
export function freeAt(uses: readonly BreakGlassUse[], most: number, now: number): number | null {
  const recent = recentUses(uses, now);
  if (recent.length < most) return null;
  return (recent[recent.length - most] ?? now) + windowDays * dayMs;
}

/** Uses that nobody reviewed in time. An unreadable time is late. */
export const overdueUses = (uses: readonly BreakGlassUse[], now: number): readonly BreakGlassUse[] =>
  uses.filter(({ reviewed, reviewBy }) => !reviewed && !(now <= (parseInstant(reviewBy) ?? 0)));

/** What a pull request asks for in an emergency; null: it asks the usual way. */
export const askOf = ({ breakGlass }: Pick<DecisionInput, 'breakGlass'>): BreakGlassAsk | null =>
  breakGlass?.asked ?? null;

/** True when the moves are exactly those that the file names. */
export function coversMoves({ production }: BreakGlassAsk, change: Request): boolean {
  const asked = new Map(Object.entries(production));
  return (
    change.moves.length === asked.size &&
    change.moves.every(
      (move) =>
        move.kind === 'stage' &&
        move.to === 'production' &&
        move.endpoint !== null &&
        asked.get(move.endpoint) === move.version,
    )
  );
}
