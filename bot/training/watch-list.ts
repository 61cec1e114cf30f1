import { freshState, type LookState } from './light-look.ts';
import type { TrainingWatch } from './watch.ts';

const minuteMs = 60_000;
/** Ten light looks a minute in all: 2,400 calls an hour at most, half of what GitHub gives an installation. */
const spacingMs = 6_000;

interface Watched<T> {
  readonly context: T;
  readonly watch: TrainingWatch;
  readonly state: LookState;
  /** Milliseconds since 1970-01-01. */
  readonly dueAt: number;
}

/** The pull requests that train, and when each is due for a light look. Nothing of it survives: a reconcile fills it. */
export class WatchList<T> {
  private readonly watched = new Map<string, Watched<T>>();

  /** After a look at the whole pull request, which may have written the check. @param watch null: nothing trains */
  put(key: string, context: T, watch: TrainingWatch | null, nowMs: number): void {
    const known = this.watched.get(key);
    if (watch === null) {
      this.watched.delete(key);
      return;
    }
    const same = known?.watch.run.id === watch.run.id && known.watch.run.attempt === watch.run.attempt;
    const state = same ? { ...known.state, shown: null } : freshState;
    this.watched.set(key, { context, watch, state, dueAt: known?.dueAt ?? nowMs });
  }

  /** Who is due, with what its look starts from; each comes again after a minute, or later when many train. */
  takeDue(nowMs: number): readonly (readonly [string, Watched<T>])[] {
    const due = [...this.watched].filter(([, { dueAt }]) => dueAt <= nowMs);
    const dueAt = nowMs + Math.max(minuteMs, this.watched.size * spacingMs);
    for (const [key, each] of due) this.watched.set(key, { ...each, dueAt });
    return due;
  }

  /** After a light look. A look at the whole pull request that came in between knows better. */
  looked(key: string, before: TrainingWatch, state: LookState): void {
    const known = this.watched.get(key);
    if (known?.watch === before) this.watched.set(key, { ...known, state });
  }
}
