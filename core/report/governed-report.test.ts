import { describe, expect, it } from 'vitest';
import type { Waiver } from '../config/waiver.ts';
import { judgementOf, policy } from '../evidence/evidence.fixture.ts';
import { byGovernors, emergency } from '../policy/break-glass.fixture.ts';
import { decide } from '../policy/decide.ts';
import {
  omar,
  promotionInput,
  proposalInput,
  reviewOf,
  rita,
  withReviews,
} from '../policy/decision.fixture.ts';
import type { DecisionInput } from '../policy/decision.ts';
import { renderCheck } from './check.ts';
import { renderComment } from './comment.ts';
import { renderHtmlReport } from './html/report.ts';
import type { Report } from './report.ts';
import { sampleReport } from './sample.fixture.ts';
import { renderSummary } from './summary.ts';

/** What people read when time, a waiver or a declaration decides. */
function reportOf(input: DecisionInput): Report {
  const approved = withReviews(
    input,
    reviewOf(rita, ['reviewer'], input),
    reviewOf(omar, ['owner', 'governor'], input),
  );
  return { ...sampleReport(), input: approved, decision: decide(approved) };
}
const now = '2026-12-24T12:00:00Z';
const waiver: Waiver = {
  ...{ name: 'region', model: 'flight-delay', gate: 'auc min 0.6', until: '2026-12-31' },
  ...{ reason: 'Few rows <b>yet</b> @everyone', by: 'omar' },
};

describe('the check', () => {
  it('calls waived what is waived, never a pass, and escapes the reason', () => {
    const report = reportOf(
      proposalInput({
        now,
        judgement: judgementOf({ auc: 0.58 }),
        declared: { readiness: { kind: 'missing' }, risks: { kind: 'missing' }, waivers: [waiver] },
      }),
    );
    const { title, summary, text, conclusion } = renderCheck(report);
    expect(conclusion).toBe('success');
    expect(title).toMatch(/^⚠️ Waived: merging this pull request registers/);
    expect(`${title}${summary}`).not.toContain('✅ Pass');
    expect(text).toContain('⚠️ waived | auc min 0.6 fails and is waived until 2026-12-31: Few rows');
    for (const page of [summary, text, renderComment(report)]) {
      expect(page).not.toContain('<b>yet');
      expect(page).not.toMatch(/(?<!\\|`)@everyone/);
    }
    const comment = renderComment(report);
    expect(comment).toContain('⚠️ Waived');
    expect(comment).toMatch(/\| `auc min 0\.6` \|.*\| ⚠️ waived until 2026-12-31, short by 0\.02/);
    expect(comment).toMatch(/1 waived/);
    expect(comment).not.toContain('❌ fail');
  });

  it('is told alike in the job summary, on the page and in the comment', () => {
    const judgement = judgementOf({ auc: 0.58 });
    const failing = judgement.comparisons.flatMap(({ gates }) =>
      gates.filter(({ result }) => result === 'fail'),
    );
    expect(failing.map(({ gate }) => gate)).toEqual(['auc min 0.6']);
    const waiving = { waivers: [waiver], now };
    const summary = renderSummary(judgement, [], waiving);
    const page = renderHtmlReport(judgement, { waiving });
    for (const text of [summary, page]) {
      expect(text).toMatch(/⚠️ Waived: .*fails 1 of \d gates, which may fail for now/);
      expect(text).toContain('⚠️ waived until 2026-12-31, short by 0.02');
      expect(text).not.toMatch(/❌/);
    }
    expect(page).not.toContain('class="verdict fail"');
    for (const others of [
      { waivers: [], now },
      { waivers: [waiver], now: '2027-01-02T00:00:00Z' },
      { waivers: [{ ...waiver, model: 'churn' }], now },
      { waivers: [waiver], now: 'soon' },
    ]) {
      expect(renderSummary(judgement, [], others)).toContain('❌ fail, short by 0.02');
      expect(renderHtmlReport(judgement, { waiving: others })).toContain('class="verdict fail"');
    }
  });

  it('counts what fails beside what is waived', () => {
    const judgement = judgementOf({ auc: 0.58 });
    const comparisons = judgement.comparisons.map((comparison) => ({
      ...comparison,
      gates: comparison.gates.map((gate, at) =>
        gate.result === 'fail' || at > 0 ? { ...gate, result: 'fail' as const } : gate,
      ),
    }));
    const more =
      comparisons.flatMap(({ gates }) => gates.filter(({ result }) => result === 'fail')).length - 1;
    expect(more).toBeGreaterThan(0);
    const summary = renderSummary({ ...judgement, comparisons }, [], { waivers: [waiver], now });
    expect(summary).toContain(`fails ${more} of`);
    expect(summary).toContain('and 1 more that may fail for now');
    expect(summary).toMatch(/### ❌ Fail: /);
  });

  it('takes no gate for waived after the last day of the waiver', () => {
    const comment = renderComment(
      reportOf(
        proposalInput({
          now: '2027-01-02T00:00:00Z',
          judgement: judgementOf({ auc: 0.58 }),
          declared: { readiness: { kind: 'missing' }, risks: { kind: 'missing' }, waivers: [waiver] },
        }),
      ),
    );
    expect(comment).not.toMatch(/waived/i);
    expect(comment).toContain('| ❌ fail, short by 0.02');
  });

  it('says until when a freeze holds a promotion up, and that nothing is to be done', () => {
    const freeze = {
      kind: 'dates',
      from: '2026-12-20',
      until: '2027-01-03',
      to: ['production'],
      reason: 'Holidays',
    } as const;
    const { title, summary, status } = renderCheck(
      reportOf(promotionInput({ now, policy: { ...policy, freeze: [freeze] } })),
    );
    expect(status).toBe('in_progress');
    expect(title).toBe('⏳ Waiting: Moves into production wait until 2027-01-04 00:00 UTC: Holidays');
    expect(summary).toContain('This page follows by itself.');
    expect(summary).not.toContain('no result yet');
  });

  it('shows the review of an emergency as lines to copy, once it is let through', () => {
    const input = byGovernors(emergency());
    const text = renderComment({ ...sampleReport(), input, decision: decide(input) });
    expect(text).toContain('a pull request that adds `break-glass/outage.review.yml`, approved by governors');
    expect(text).toContain('```yaml\nversion: 1\nmodel: flight-delay\npull-request: 12\n');
    const asked = emergency();
    expect(renderComment({ ...sampleReport(), input: asked, decision: decide(asked) })).not.toContain(
      '```yaml',
    );
  });

  it('says what to write where something is not declared', () => {
    const input = promotionInput({ now, policy: { ...policy, production: { require: ['risks', 'sla'] } } });
    const { summary, text } = renderCheck(reportOf(input));
    expect(text).toContain('There is no models/flight-delay/risks.yml on the base branch');
    // The file is not there to be linked; model.yml is.
    expect(text).toMatch(/\| `models\/flight-delay\/risks\.yml` \| Add /);
    expect(text).toMatch(/\[models\/flight-delay\/model\.yml\]\(https/);
    expect(summary).toContain('Add models/flight-delay/risks.yml in a pull request of its own');
    expect(summary).toContain('Add what is missing to models/flight-delay/model.yml');
    expect(text).toContain('```yaml\nservice-level:\n  availability-percent: 99.9\n');
  });
});
