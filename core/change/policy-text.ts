import { policyPath } from '../config/layout.ts';
import { parsePolicy } from '../config/policy-file.ts';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import type { ReadText } from './catalogue.ts';
import type { TreeListing } from './change.ts';

/**
 * What is wrong with a changed policy. Merged unreadable it would govern nobody, and everything would wait for its repair.
 * A policy that is taken away is a question for the governors, not a fault.
 */
export function brokenPolicy(sides: {
  readonly mergeBase: TreeListing;
  readonly head: TreeListing;
  readonly text: ReadText;
}): readonly Finding[] {
  const after = sides.head.get(policyPath);
  if (after === undefined || after.blob === sides.mergeBase.get(policyPath)?.blob) return [];
  try {
    parsePolicy(sides.text('head', policyPath) ?? '', policyPath);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.findings.filter(({ severity }) => severity === 'fail');
  }
}
