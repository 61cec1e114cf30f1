import type { Block, Section } from './block.ts';
import { grouped } from './facts.ts';

/** One count of results, and the bound that the policy sets for it. */
export interface LookCount {
  /** This one included. */
  readonly look: number;
  /** Looks that the policy allows; null: it sets no bound. */
  readonly budget: number | null;
}

/** How often results of this held-out set were looked at: who tunes against it fools oneself. */
export interface HeldOutLooks extends LookCount {
  /** By all models that name the same labels; absent: nobody counted them. */
  readonly labels?: LookCount;
  /** By whoever started the run, on the same labels. */
  readonly actor?: LookCount;
  /** Different results that were counted in this pull request, this one included; absent: unknown. */
  readonly here?: number;
}

const nearlySpent = 0.8;

/** Runs can be deleted; what the ledger counted stays told: nobody gets a lucky result without its number. */
export function attemptSections({ labels, actor, here, ...own }: HeldOutLooks): readonly Section[] {
  if (!isCount(own.look)) return [];
  const spent = [own, labels, actor].filter((count) => count !== undefined && isNearlySpent(count));
  const over = spent.some((count) => count !== undefined && isSpent(count));
  const advice =
    spent.length > 0
      ? ` Collect new held-out rows${over ? '' : ' before it is spent'}: what was looked at often no longer says how a model does on unseen rows.`
      : '';
  const start = over ? '⚠️ Spent: this' : spent.length > 0 ? '⚠️ Nearly spent: this' : 'This';
  const text = [
    `${start} is look ${ofBudget(own)} on this held-out set.`,
    ...shared(own, labels, (count) => `Of all models that read these labels it is look ${ofBudget(count)}.`),
    ...shared(own, actor, (count) => `Of whoever started the run it is look ${ofBudget(count)}.`),
    ...(here !== undefined && isCount(here) && here > 1
      ? [
          `Different results that this pull request was judged with: ${grouped(here)}. Runs that are deleted stay counted.`,
        ]
      : []),
  ].join(' ');
  const block: Block = { kind: 'paragraph', text: [`${text}${advice}`] };
  return [{ name: 'looks on the held-out set', rank: spent.length > 0 ? 1 : 3, blocks: [block] }];
}

/** Said where it says something: another number than the model's own, or a bound of its own. */
function shared(
  own: LookCount,
  count: LookCount | undefined,
  say: (count: LookCount) => string,
): readonly string[] {
  if (count === undefined || !isCount(count.look)) return [];
  return count.look === own.look && count.budget === null ? [] : [say(count)];
}

const isCount = (look: number): boolean => Number.isSafeInteger(look) && look >= 1;
const ofBudget = ({ look, budget }: LookCount): string =>
  `${grouped(look)}${budget === null ? '' : ` of ${grouped(budget)}`}`;
const isNearlySpent = ({ look, budget }: LookCount): boolean =>
  budget !== null && look > nearlySpent * budget;
const isSpent = ({ look, budget }: LookCount): boolean => budget !== null && look > budget;
