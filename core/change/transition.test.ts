import { describe, expect, it } from 'vitest';
import { type Stage, stages } from '../config/stage.ts';
import { isAllowedMove, movesFrom } from './transition.ts';

const allowed: readonly string[] = [
  'registered -> staging',
  'registered -> archived',
  'registered -> rejected',
  'staging -> candidate',
  'staging -> production',
  'staging -> archived',
  'staging -> rejected',
  'candidate -> production',
  'candidate -> archived',
  'candidate -> rejected',
  'production -> production',
  'production -> archived',
  'archived -> production',
];

describe('isAllowedMove', () => {
  const pairs = stages.flatMap((from) => stages.map((to) => [from, to] as const));

  it.each(pairs)('%s -> %s', (from: Stage, to: Stage) => {
    expect(isAllowedMove(from, to)).toBe(allowed.includes(`${from} -> ${to}`));
  });

  it.each([...stages])('a version that the ledger does not know cannot move to %s', (to) => {
    expect(isAllowedMove(null, to)).toBe(false);
  });

  it('says where a version may go from where it is', () => {
    for (const from of stages)
      expect([...movesFrom(from)].sort()).toEqual(stages.filter((to) => isAllowedMove(from, to)).sort());
    expect(movesFrom(null)).toEqual([]);
  });

  it('knows no stage but those six', () => {
    expect(isAllowedMove('constructor' as Stage, 'production')).toBe(false);
    expect(isAllowedMove('staging', '__proto__' as Stage)).toBe(false);
  });
});
