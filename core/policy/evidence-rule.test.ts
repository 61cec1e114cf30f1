import { describe, expect, it } from 'vitest';
import { resultDigest } from '../evaluation/result-digest.ts';
import { digest, judgementOf, policy, v1AtEu, validation } from '../evidence/evidence.fixture.ts';
import type { DatasetValidation, JudgementEvidence } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { decide } from './decide.ts';
import {
  omar,
  promotionInput,
  proposalInput,
  registration,
  requestOf,
  reviewOf,
  rita,
  stageMove,
} from './decision.fixture.ts';
import type { Decision, DecisionInput, RuleResult } from './decision.ts';

/** Approved by everybody who could be asked, so that only evidence can stop it. */
function decideApproved(input: DecisionInput): Decision {
  return decide({
    ...input,
    reviews: [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'governor'], input)],
  });
}
const ruleOf = (decision: Decision, name: string): RuleResult | undefined =>
  decision.rules.find((each) => each.rule === name);
const codes = (decision: Decision): readonly string[] => decision.findings.map((finding) => finding.code);
const failure: Finding = {
  code: 'data/nulls',
  severity: 'fail',
  message: '12 rows have no delay',
  fix: 'Fill them.',
};

function validated(fields: Partial<DatasetValidation>): DecisionInput['validation'] {
  return { ...validation, datasets: validation.datasets.map((each) => ({ ...each, ...fields })) };
}

describe('data', () => {
  it.each<[string, Partial<DecisionInput>, Decision['kind'], Decision['verdict']]>([
    ['passed', {}, 'allowed', 'pass'],
    [
      'invalid',
      { validation: validated({ verdict: 'data invalid', findings: [failure] }), judgement: null },
      'refused',
      'data invalid',
    ],
    [
      'invalid without a finding',
      { validation: validated({ verdict: 'data invalid' }), judgement: null },
      'refused',
      'data invalid',
    ],
    [
      'passed with a failure in its findings',
      { validation: validated({ findings: [failure] }) },
      'refused',
      'data invalid',
    ],
    [
      'passed with a warning',
      { validation: validated({ findings: [{ ...failure, severity: 'warn' }] }) },
      'allowed',
      'pass',
    ],
    [
      'not evaluated',
      { validation: validated({ verdict: 'not evaluated' }) },
      'not evaluated',
      'not evaluated',
    ],
    [
      'an unknown verdict',
      { validation: validated({ verdict: 'fine' as never }) },
      'refused',
      'data invalid',
    ],
    ['another dataset', { validation: validated({ dataset: 'other' }) }, 'refused', 'data invalid'],
    [
      'the contract of the wrong side',
      { validation: validated({ contractFrom: 'head' }) },
      'refused',
      'data invalid',
    ],
    ['no dataset', { validation: { ...validation, datasets: [] } }, 'refused', 'data invalid'],
    [
      'other content',
      { validation: { ...validation, origin: { ...validation.origin, contentDigest: digest('x') } } },
      'refused',
      'data invalid',
    ],
    [
      'another repository',
      { validation: { ...validation, origin: { ...validation.origin, repositoryId: 1 } } },
      'refused',
      'data invalid',
    ],
    [
      'another base',
      { validation: { ...validation, origin: { ...validation.origin, baseRef: 'weak' } } },
      'refused',
      'data invalid',
    ],
  ])('%s', (_, fields, kind, verdict) => {
    expect(decideApproved(proposalInput(fields))).toMatchObject({ kind, verdict });
  });

  it('shows the findings of the data, and does not look at the model', () => {
    const decision = decide(
      proposalInput({
        validation: validated({ verdict: 'data invalid', findings: [failure] }),
        judgement: null,
      }),
    );
    expect(decision.findings).toEqual([failure]);
    expect(ruleOf(decision, 'judgement')).toMatchObject({ state: 'skipped' });
  });

  it('lets head’s own result decide about a changed contract, and about a new one', () => {
    const [dataset] = validation.datasets;
    if (!dataset) throw new Error('no dataset');
    const both = {
      ...validation,
      datasets: [
        { ...dataset, contractFrom: 'base' as const, verdict: 'data invalid' as const, findings: [failure] },
        { ...dataset, contractFrom: 'head' as const },
      ],
    };
    const changed = requestOf({
      model: null,
      datasets: ['flights'],
      configuration: ['datasets/flights.yml'],
    });
    const input = proposalInput({ change: changed, model: null, validation: both, judgement: null });
    expect(decideApproved(input).kind).toBe('allowed');
    const added = { ...input, change: { ...changed, newDatasets: ['flights'] } };
    expect(decideApproved(added).kind).toBe('allowed');
    expect(decideApproved({ ...input, change: { ...changed, configuration: [] } }).verdict).toBe(
      'data invalid',
    );
  });
});

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

  it('says which champion it was judged against and which one serves', () => {
    const ledger = {
      ...promotionInput().ledger,
      champions: [{ endpoint: 'eu', version: 3, artifactDigest: digest('v3 bytes'), previous: 1 }],
    };
    expect(decide(promotionInput({ ledger })).findings[0]?.message).toBe(
      'Judged against v1, but production at eu now serves v3: judge again',
    );
  });

  it('takes a measured number below production', () => {
    const input = promotionInput({
      change: requestOf({ moves: [stageMove({ to: 'candidate', endpoint: null })] }),
      judgement: withMetric({ grade: 'measured' }),
    });
    expect(decideApproved(input).kind).toBe('allowed');
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

describe('evidence that is not there', () => {
  const run = (status: string, conclusion: string | null) => [
    { id: 8, status, conclusion, url: 'https://example.test' },
  ];
  it.each<[string, Partial<DecisionInput>, Decision['kind'], string]>([
    ['no run yet', { runs: [] }, 'waiting', 'The workflow has not started yet.'],
    ['a run that is queued', { runs: run('queued', null) }, 'waiting', 'Run 8 is queued.'],
    ['a run in progress', { runs: run('in_progress', null) }, 'waiting', 'Run 8 is in progress.'],
    [
      'a run that waits for approval',
      { runs: run('completed', 'action_required') },
      'waiting',
      'Run 8 waits for a maintainer to approve it.',
    ],
    [
      'a run that failed',
      { runs: run('completed', 'failure') },
      'not evaluated',
      'Run 8 ended (failure) without judgement. This says nothing about the model.',
    ],
    [
      'a run that was cancelled',
      { runs: run('completed', 'cancelled') },
      'not evaluated',
      'Run 8 ended (cancelled) without judgement. This says nothing about the model.',
    ],
    [
      'a run that says success',
      { runs: run('completed', 'success') },
      'not evaluated',
      'Run 8 ended (success) without judgement. This says nothing about the model.',
    ],
    [
      'a run without conclusion',
      { runs: run('completed', null) },
      'not evaluated',
      'Run 8 ended (no conclusion) without judgement. This says nothing about the model.',
    ],
    [
      'evidence that is not believed',
      { refusals: [failure] },
      'refused',
      'Evidence was found and is not believed: 12 rows have no delay',
    ],
    [
      'a fork',
      { fork: true },
      'refused',
      'It comes from a fork, which reaches no GPU runner, no secret and no held-out labels',
    ],
  ])('%s', (_, fields, kind, because) => {
    const decision = decideApproved(proposalInput({ judgement: null, ...fields }));
    expect(decision.kind).toBe(kind);
    expect(ruleOf(decision, 'judgement')?.because).toBe(because);
    expect(decision.subject).toBeNull();
    expect(decision.counted).toEqual([]);
  });

  it('names the newest of several runs that ended', () => {
    const runs = [
      ...run('completed', 'failure'),
      { id: 9, status: 'completed', conclusion: 'timed_out', url: '' },
    ];
    expect(ruleOf(decide(proposalInput({ judgement: null, runs })), 'judgement')?.because).toContain('Run 9');
  });

  it('tells a fork what a maintainer can do', () => {
    const decision = decide(proposalInput({ validation: null, judgement: null, fork: true }));
    expect(
      decision.findings.some((finding) => finding.fix.startsWith('A maintainer who has read the diff')),
    ).toBe(true);
  });

  it('is no obstacle to what needs none: a rollback from a fork waits for people only', () => {
    const rollback = stageMove({ version: 2, from: 'archived', rollback: true });
    const input = promotionInput({
      fork: true,
      change: requestOf({ moves: [rollback] }),
      judgement: null,
      ledger: {
        champions: [{ ...v1AtEu, previous: 2 }],
        artifacts: [{ version: 2, artifactDigest: digest('v2 bytes') }],
      },
    });
    expect(decide(input).kind).toBe('waiting');
    expect(decideApproved(input).kind).toBe('allowed');
  });

  it('does not let refused evidence stop what other evidence shows', () => {
    expect(decideApproved(promotionInput({ refusals: [failure] })).kind).toBe('allowed');
  });

  it('keeps waiting for the judgement while validation waits', () => {
    const change = requestOf({ proposal: true, moves: [registration], datasets: ['flights'] });
    const decision = decide(proposalInput({ change, validation: null, judgement: null, runs: [] }));
    expect(decision).toMatchObject({ kind: 'waiting', verdict: 'waiting', subject: null });
  });
});
