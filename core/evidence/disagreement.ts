import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical.ts';

/** One bound value: what the evidence says and what the app found by itself. */
export interface BoundValue {
  /** Last part of the finding's code: `head`, `base-commit`. */
  readonly check: string;
  /** In words, for the sentence: `head commit`. */
  readonly what: string;
  readonly said: unknown;
  readonly found: unknown;
  readonly fix: string;
}

export const rerun = 'Run the workflow again on the newest commit.';

/** A finding for each bound value on which evidence and app disagree. Values are compared as canonical JSON. */
export function disagreements(values: readonly BoundValue[]): readonly Finding[] {
  return values
    .filter(({ said, found }) => textOf(said) !== textOf(found))
    .map(({ check, what, said, found, fix }) =>
      refusal(check, `The evidence says another ${what}: ${show(said)}; found: ${show(found)}`, {
        found: show(said),
        allowed: show(found),
        fix,
      }),
    );
}

export function refusal(
  check: string,
  message: string,
  more: { readonly found?: string; readonly allowed?: string; readonly fix: string },
): Finding {
  return { code: `receipt/${check}`, severity: 'fail', message, ...more };
}

// What has no canonical form (NaN) is unequal to everything, itself included.
function textOf(value: unknown): string | symbol {
  try {
    return canonicalJson(value);
  } catch {
    return Symbol('no canonical form');
  }
}

const show = (value: unknown): string => {
  if (value === null || value === undefined) return 'none';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
};
