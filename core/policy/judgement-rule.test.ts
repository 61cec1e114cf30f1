import { describe, expect, it } from 'vitest';
import { resultDigest } from '../evaluation/result-digest.ts';
import { digest, judgementOf, policy, v1AtEu, validation } from '../evidence/evidence.fixture.ts';
import type { JudgementEvidence } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { decide } from './decide.ts';
import {
  omar,
  promotionInput,
  proposalInput,
  requestOf,
  reviewOf,
  rita,
  stageMove,
} from './decision.fixture.ts';
import type { Decision, DecisionInput } from './decision.ts';

/** Approved by everybody who could be asked, so that only evidence can stop it. */
function decideApproved(input: DecisionInput): Decision {
  return decide({
    ...input,
    reviews: [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'governor'], input)],
  });
}
const codes = (decision: Decision): readonly string[] => decision.findings.map((finding) => finding.code);
const failure: Finding = {
  code: 'data/nulls',
  severity: 'fail',
  message: '12 rows have no delay',
  fix: 'Fill them.',
};

const champion = { ...v1AtEu, previous: null };
const rejudged = (fields: Partial<JudgementEvidence>): JudgementEvidence => {
  const judgement = { ...judgementOf({ version: 2, champions: [v1AtEu] }), ...fields };
  const { artifact, heldOut, comparisons } = judgement;
  return {
    ...judgement,
    resultDigest: resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons }),
  };
};
const withMetric = (fields: Partial<JudgementEvidence['comparisons'][number]['metrics'][number]>) => {
  const { comparisons } = judgementOf({ version: 2, champions: [v1AtEu] });
  return rejudged({
    comparisons: comparisons.map((each) => ({
      ...each,
      metrics: each.metrics.map((metric) => ({ ...metric, ...fields })),
    })),
  });
};

describe('judgement', () => {
  it.each<[string, Partial<DecisionInput>, Decision['kind'], string | null]>([
    ['passes', {}, 'allowed', null],
    [
      'a gate fails',
      { judgement: judgementOf({ version: 2, champions: [v1AtEu], auc: 0.55 }) },
      'refused',
      'gate/failed',
    ],
    [
      'worse than the champion',
      { judgement: judgementOf({ version: 2, champions: [v1AtEu], auc: 0.62 }) },
      'refused',
      'gate/failed',
    ],
    [
      'outcomes edited to pass',
      {
        judgement: rejudged({
          comparisons: judgementOf({ version: 2, champions: [v1AtEu], auc: 0.55 }).comparisons.map(
            (each) => ({ ...each, gates: each.gates.map((gate) => ({ ...gate, result: 'pass' as const })) }),
          ),
          verdict: 'pass',
        }),
      },
      'refused',
      'gate/failed',
    ],
    ['another model', { judgement: rejudged({ model: 'other' }) }, 'refused', 'judgement/other-model'],
    ['another version', { judgement: rejudged({ version: 3 }) }, 'refused', 'judgement/other-versions'],
    [
      'a proposal’s judgement',
      { judgement: judgementOf({ champions: [v1AtEu] }) },
      'refused',
      'judgement/other-versions',
    ],
    [
      'another artifact',
      { judgement: judgementOf({ version: 2, champions: [v1AtEu], artifactDigest: digest('x') }) },
      'refused',
      'judgement/other-artifact',
    ],
    [
      'other rules',
      { judgement: rejudged({ rulesDigest: digest('old') }) },
      'refused',
      'judgement/other-rules',
    ],
    [
      'other content',
      { judgement: rejudged({ origin: { ...validation.origin, contentDigest: digest('x') } }) },
      'refused',
      'judgement/other-content',
    ],
    [
      'another repository',
      { judgement: rejudged({ origin: { ...validation.origin, repositoryId: 1 } }) },
      'refused',
      'judgement/other-repository',
    ],
    [
      'another base',
      { judgement: rejudged({ origin: { ...validation.origin, baseRef: 'weak' } }) },
      'refused',
      'judgement/other-base-branch',
    ],
    [
      'another result digest',
      { judgement: { ...rejudged({}), resultDigest: digest('x') } },
      'refused',
      'judgement/other-result',
    ],
    [
      'a metric that is not a number',
      { judgement: { ...rejudged({}), comparisons: withMetricNaN() } },
      'refused',
      'judgement/other-result',
    ],
    [
      'judged against v1, but v3 serves now',
      {
        ledger: {
          ...promotionInput().ledger,
          champions: [{ endpoint: 'eu', version: 3, artifactDigest: digest('v3 bytes'), previous: 1 }],
        },
      },
      'refused',
      'judgement/champion-moved',
    ],
    [
      'the champion’s bytes are others',
      { ledger: { ...promotionInput().ledger, champions: [{ ...champion, artifactDigest: digest('y') }] } },
      'refused',
      'judgement/champion-moved',
    ],
    [
      'nothing serves any more',
      { ledger: { ...promotionInput().ledger, champions: [] } },
      'refused',
      'judgement/champion-moved',
    ],
    [
      'judged without champion, but v1 serves now',
      { judgement: judgementOf({ version: 2 }) },
      'refused',
      'judgement/champion-moved',
    ],
    [
      'the champion is named but not compared with',
      { judgement: judgementOf({ version: 2, champions: [v1AtEu], against: [null] }) },
      'refused',
      'judgement/not-compared',
    ],
    [
      'no comparison at all',
      { judgement: rejudged({ comparisons: [] }) },
      'refused',
      'judgement/not-compared',
    ],
    ['a claimed metric', { judgement: withMetric({ grade: 'claimed' }) }, 'refused', 'gate/grade'],
    [
      'a measured metric into production',
      { judgement: withMetric({ grade: 'measured' }) },
      'refused',
      'gate/grade',
    ],
    ['a metric that no gate names', { judgement: withMetric({ metric: 'brier' }) }, 'refused', 'gate/failed'],
    [
      'a failure in its findings',
      { judgement: { ...rejudged({}), findings: [failure] } },
      'not evaluated',
      'data/nulls',
    ],
    [
      'too few rows',
      { policy: { ...policy, defaults: { ...policy.defaults, minimumRows: 1_000_000 } } },
      'not evaluated',
      null,
    ],
    [
      'a floor above what it reached',
      { policy: { ...policy, defaults: { ...policy.defaults, gates: [{ metric: 'auc', min: 0.7 }] } } },
      'refused',
      'gate/failed',
    ],
  ])('%s', (_, fields, kind, code) => {
    const decision = decideApproved(promotionInput(fields));
    expect(decision.kind).toBe(kind);
    if (code !== null) expect(codes(decision)).toContain(code);
  });

  it('is not evaluated when the judge could not compare, whatever is missing from it', () => {
    const judgement = rejudged({ verdict: 'not evaluated', comparisons: [], findings: [failure] });
    expect(decideApproved(promotionInput({ judgement }))).toMatchObject({
      kind: 'not evaluated',
      verdict: 'not evaluated',
      findings: [failure],
    });
  });

  it('derives the verdict by itself: what the evidence says of it changes nothing', () => {
    const passing = rejudged({});
    const failing = judgementOf({ version: 2, champions: [v1AtEu], auc: 0.55 });
    for (const judgement of [passing, failing, { ...passing, findings: [failure] }]) {
      const kinds = (['pass', 'fail', 'not evaluated'] as const).map(
        (verdict) => decideApproved(promotionInput({ judgement: { ...judgement, verdict } })).kind,
      );
      expect(new Set(kinds).size).toBe(1);
    }
  });

  it('says which champion it was judged against and which one serves', () => {
    const ledger = {
      ...promotionInput().ledger,
      champions: [{ endpoint: 'eu', version: 3, artifactDigest: digest('v3 bytes'), previous: 1 }],
    };
    expect(decide(promotionInput({ ledger })).findings[0]?.message).toBe(
      'Judged against v1, but production at eu now serves v3: judge again',
    );
  });

  it('takes a measured number of quality below production where every gate on it says so', () => {
    const { model: own, policy } = promotionInput();
    const candidate = requestOf({ moves: [stageMove({ to: 'candidate', endpoint: null })] });
    const input = promotionInput({ change: candidate, judgement: withMetric({ grade: 'measured' }) });
    expect(decideApproved(input).kind).toBe('refused');
    const lax = {
      model: own && { ...own, gates: own.gates.map((gate) => ({ ...gate, grade: 'measured' as const })) },
      policy: { ...policy, defaults: { ...policy.defaults, gates: [] } },
    };
    expect(decideApproved({ ...input, ...lax }).kind).toBe('allowed');
    const production = promotionInput({ judgement: withMetric({ grade: 'measured' }) });
    expect(decideApproved({ ...production, ...lax }).kind).toBe('refused');
  });

  it('does not let a champion elsewhere decide about an endpoint', () => {
    const elsewhere = { endpoint: 'us', version: 3, artifactDigest: digest('v3 bytes'), previous: null };
    const ledger = { ...promotionInput().ledger, champions: [champion, elsewhere] };
    expect(decideApproved(promotionInput({ ledger })).kind).toBe('allowed');
  });

  it('takes absolute gates alone where nothing serves, from any comparison', () => {
    const change = requestOf({ moves: [stageMove({ endpoint: 'us' })] });
    expect(decideApproved(promotionInput({ change })).kind).toBe('allowed');
  });

  it('refuses when every gate compares with a champion and there is none', () => {
    const { model } = proposalInput();
    const relative = { ...model, gates: [{ metric: 'auc', versus: 'better' }] } as DecisionInput['model'];
    const rules = { ...policy, defaults: { ...policy.defaults, gates: [] } };
    expect(codes(decideApproved(proposalInput({ model: relative, policy: rules })))).toContain(
      'gate/none-applies',
    );
  });

  it('refuses one judgement for two versions', () => {
    const moves = [stageMove(), stageMove({ version: 1, from: 'production', endpoint: 'us' })];
    expect(codes(decideApproved(promotionInput({ change: requestOf({ moves }) })))).toContain(
      'judgement/other-versions',
    );
  });
});

function withMetricNaN(): JudgementEvidence['comparisons'] {
  return rejudged({}).comparisons.map((each) => ({
    ...each,
    metrics: each.metrics.map((metric) => ({ ...metric, challenger: Number.NaN })),
  }));
}
