import { attack } from './attacks.ts';
import { damageData, promoteBetter, proposeBetter, proposeWorse, tightenPolicy } from './challengers.ts';
import { proposeFirst, setUp } from './first-version.ts';
import type { Stage } from './stage.ts';
import { rollBack, tamper } from './tampering.ts';

/** The story of one model, in order; each step starts where the one before it ended. */
export const story: readonly ((stage: Stage) => Promise<void>)[] = [
  setUp,
  proposeFirst,
  damageData,
  proposeWorse,
  tightenPolicy,
  proposeBetter,
  promoteBetter,
  attack,
  tamper,
  rollBack,
];
