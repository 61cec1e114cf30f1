import type { Block, Section } from './block.ts';
import { grouped } from './facts.ts';

/** How often results of this held-out set were looked at: who tunes against it fools oneself. */
export interface HeldOutLooks {
  /** This one included. */
  readonly look: number;
  /** Looks that the policy allows; null: it sets no bound. */
  readonly budget: number | null;
}

const nearlySpent = 0.8;

export function attemptSections({ look, budget }: HeldOutLooks): readonly Section[] {
  if (!Number.isSafeInteger(look) || look < 1) return [];
  const of = budget === null ? '' : ` of ${grouped(budget)}`;
  const spent = budget !== null && look > nearlySpent * budget;
  const over = budget !== null && look > budget;
  const advice = spent
    ? ` Collect new held-out rows${over ? '' : ' before it is spent'}: what was looked at often no longer says how a model does on unseen rows.`
    : '';
  const block: Block = {
    kind: 'paragraph',
    text: [
      `${over ? '⚠️ Spent: this' : spent ? '⚠️ Nearly spent: this' : 'This'} is look ${grouped(look)}${of} on this held-out set.${advice}`,
    ],
  };
  return [{ name: 'looks on the held-out set', rank: spent ? 1 : 3, blocks: [block] }];
}
