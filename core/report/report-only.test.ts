import { describe, expect, it } from 'vitest';
import type { Decision } from '../policy/decision.ts';
import { renderCheck } from './check.ts';
import { renderComment } from './comment.ts';
import { headlineOf } from './headline.ts';
import type { Report } from './report.ts';
import { phraseText } from './text.ts';
import { verdictReports } from './verdict-sample.fixture.ts';

const reports = verdictReports(1);
const reportOnly = (report: Report): Report => ({
  ...report,
  input: { ...report.input, policy: { ...report.input.policy, enforce: false } },
});
const held = ['fail', 'data invalid', 'not evaluated', 'waiting'] as const satisfies Decision['verdict'][];

describe('a policy that only reports', () => {
  it.each(held)('concludes neutral for %s, and says so first', (verdict) => {
    const strict = renderCheck(reports[verdict]);
    const loose = renderCheck(reportOnly(reports[verdict]));
    expect(strict.conclusion).not.toBe('neutral');
    expect(strict.title).not.toContain('Report only');
    expect(loose).toMatchObject({ status: 'completed', conclusion: 'neutral' });
    expect(loose.title).toBe(`Report only: ${strict.title}`.slice(0, 120));
    expect(loose.summary).toContain('holds up no merge');
    // The same rules, reasons and annotations.
    expect([loose.text, loose.annotations]).toEqual([strict.text, strict.annotations]);
  });

  it.each(held)('has the same line in the comment, and it stays short for %s', (verdict) => {
    const report = reportOnly(reports[verdict]);
    expect(renderComment(report)).toContain('### Report only: ');
    expect(phraseText(headlineOf(report)).length).toBeLessThanOrEqual(120);
  });

  it('keeps success for what is allowed: it is the same under any policy', () => {
    expect(renderCheck(reportOnly(reports.pass))).toEqual(renderCheck(reports.pass));
    expect(renderCheck(reports.pass).conclusion).toBe('success');
  });
});
