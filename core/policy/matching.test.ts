import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignApprovers } from './matching.ts';
import type { RequiredLine } from './requirement.ts';

describe('assignApprovers', () => {
  const roles = ['a', 'b', 'c'];
  const lines = fc.array(
    fc.record({ anyOf: fc.subarray(roles, { minLength: 1 }), count: fc.integer({ min: 1, max: 2 }) }),
    { maxLength: 3 },
  );
  const approvers = fc
    .array(fc.subarray(roles), { maxLength: 5 })
    .map((list) => list.map((held, at) => ({ id: at + 1, roles: held })));

  it('fills as many places as any assignment could, and gives nobody two', () => {
    fc.assert(
      fc.property(lines, approvers, (some, people) => {
        const asked: RequiredLine[] = some.map((line) => ({ ...line, role: line.anyOf.join(), because: [] }));
        const filled = assignApprovers(asked, people);
        const seated = filled.flat();
        expect(new Set(seated).size).toBe(seated.length);
        filled.forEach((ids, at) => {
          expect(ids.length).toBeLessThanOrEqual(asked[at]?.count ?? 0);
          for (const id of ids) {
            const held = people.find((each) => each.id === id)?.roles ?? [];
            expect(held.some((role) => asked[at]?.anyOf.includes(role))).toBe(true);
          }
        });
        expect(seated.length).toBe(mostPlaces(asked, people));
        expect(assignApprovers(asked, people.toReversed())).toEqual(filled);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Tries every assignment: slow and plainly right. */
function mostPlaces(
  lines: readonly RequiredLine[],
  people: readonly { readonly roles: readonly string[] }[],
  free: readonly number[] = lines.map((line) => line.count),
): number {
  const [first, ...rest] = people;
  if (!first) return 0;
  const without = mostPlaces(lines, rest, free);
  const withFirst = lines.flatMap((line, at) =>
    (free[at] ?? 0) > 0 && line.anyOf.some((role) => first.roles.includes(role))
      ? [
          1 +
            mostPlaces(
              lines,
              rest,
              free.map((count, index) => (index === at ? count - 1 : count)),
            ),
        ]
      : [],
  );
  return Math.max(without, ...withFirst);
}
