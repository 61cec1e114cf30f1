import type { RequiredLine } from './requirement.ts';

/** Somebody whose approval is valid, with every role that he or she holds. */
export interface Approver {
  readonly id: number;
  readonly roles: readonly string[];
}

/**
 * Gives each approver at most one place in a quorum, so that as many places as possible are filled: nobody counts for
 * two lines, and no assignment that exists is missed.
 * @returns for each line the ids of those who fill it, ascending; the same for every order of `approvers`
 * @see augmenting paths (Kuhn's algorithm) for bipartite matching
 */
export function assignApprovers(
  lines: readonly RequiredLine[],
  approvers: readonly Approver[],
): readonly (readonly number[])[] {
  const people = new Map(approvers.map((approver) => [approver.id, approver]));
  const filled: number[][] = lines.map(() => []);
  const fits = (id: number, at: number) =>
    lines[at]?.anyOf.some((role) => people.get(id)?.roles.includes(role)) === true;
  const place = (id: number, tried: Set<number>): boolean => {
    for (const [at, line] of lines.entries()) {
      if (tried.has(at) || !fits(id, at)) continue;
      tried.add(at);
      const seats = filled[at] ?? [];
      if (seats.length < line.count) {
        seats.push(id);
        return true;
      }
      const mover = seats.findIndex((seated) => place(seated, tried));
      if (mover >= 0) {
        seats[mover] = id;
        return true;
      }
    }
    return false;
  };
  for (const id of [...people.keys()].sort((a, b) => a - b)) place(id, new Set());
  return filled.map((ids) => ids.toSorted((a, b) => a - b));
}
