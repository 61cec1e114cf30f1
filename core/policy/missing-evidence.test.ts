import { describe, expect, it } from 'vitest';
import { digest, v1AtEu } from '../evidence/evidence.fixture.ts';
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
const failure: Finding = {
  code: 'data/nulls',
  severity: 'fail',
  message: '12 rows have no delay',
  fix: 'Fill them.',
};

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

  it.each(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'stale', 'startup_failure'])(
    'a run that ended as %s is no evidence: GitHub takes some of these for a pass',
    (conclusion) => {
      for (const missing of [{ judgement: null }, { validation: null, judgement: null }]) {
        const decision = decideApproved(proposalInput({ ...missing, runs: run('completed', conclusion) }));
        expect(decision.kind).toBe('not evaluated');
      }
    },
  );

  it('names the newest of several runs that ended', () => {
    const runs = [
      ...run('completed', 'failure'),
      { id: 9, status: 'completed', conclusion: 'timed_out', url: '' },
    ];
    expect(ruleOf(decide(proposalInput({ judgement: null, runs })), 'judgement')?.because).toContain('Run 9');
  });

  it('tells a fork what a maintainer can do', () => {
    const decision = decide(proposalInput({ validation: null, judgement: null, fork: true }));
    expect(decision.findings).toHaveLength(1);
    expect(decision.findings[0]?.fix).toMatch(/^A maintainer who has read the diff/);
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
