import { expect, test } from 'vitest';
import { stages } from '../config/stage.ts';
import { isAllowedMove as mayAsk } from '../policy/request-rule.ts';
import { isAllowedMove, movesFrom } from './transition.ts';

test('what policy lets a pull request ask for is exactly what the ledger can write', () => {
  for (const from of stages) {
    for (const to of stages)
      expect([from, to, mayAsk(from, to)]).toEqual([from, to, isAllowedMove(from, to)]);
    expect(movesFrom(from)).toEqual(
      stages.filter((to) => isAllowedMove(from, to)).sort(byOrderOf(movesFrom(from))),
    );
  }
});

const byOrderOf = (order: readonly string[]) => (a: string, b: string) => order.indexOf(a) - order.indexOf(b);
