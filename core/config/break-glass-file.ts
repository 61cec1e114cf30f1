import type { z } from 'zod';
import { addApprovals } from './approvals.ts';
import {
  type BreakGlassRequest,
  type BreakGlassReview,
  type BreakGlassRule,
  leastGovernors,
} from './break-glass.ts';
import { breakGlassReviewSchema, type breakGlassRuleSchema, breakGlassSchema } from './break-glass-schema.ts';
import { isName, nameRule } from './model-name.ts';
import { invalid, parseFile } from './parse.ts';

/**
 * Reads `break-glass/<name>.yml`.
 * @param name part of the path before the ending: pull-request controlled
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseBreakGlass(text: string, source: string, name: string): BreakGlassRequest {
  if (!isName(name)) throw invalid(source, [wrongName(name, source)]);
  const { version: _, ...request } = parseFile(text, source, breakGlassSchema).value;
  return { name, ...request };
}

/**
 * Reads `break-glass/<name>.review.yml`.
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseBreakGlassReview(text: string, source: string, name: string): BreakGlassReview {
  if (!isName(name)) throw invalid(source, [wrongName(name, source)]);
  const { value } = parseFile(text, source, breakGlassReviewSchema);
  const { model, found, by, 'pull-request': pullRequest } = value;
  return { name, model, pullRequest, found, by };
}

type Written = z.infer<typeof breakGlassRuleSchema>;

/** Two governors stand under whatever the file asks for. */
export const toBreakGlassRule = (written: Written): BreakGlassRule => ({
  approvals: addApprovals(leastGovernors, written.approvals),
  hours: written.hours,
  maxPer30Days: written['max-per-30-days'],
  reviewWithinHours: written['review-within-hours'],
});

export const renderBreakGlassRule = (rule: BreakGlassRule): Written => ({
  approvals: Object.fromEntries(rule.approvals.map(({ role, count }) => [role, count])),
  hours: rule.hours,
  'max-per-30-days': rule.maxPer30Days,
  'review-within-hours': rule.reviewWithinHours,
});

function wrongName(name: string, source: string) {
  return {
    code: 'config/name',
    severity: 'fail',
    message: `"${name.slice(0, 200)}" cannot be the name of a file under break-glass`,
    where: { file: source, line: 1, column: 1, pointer: '' },
    found: name.slice(0, 200),
    allowed: nameRule,
    fix: 'Rename the file.',
  } as const;
}
