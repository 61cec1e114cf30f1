import { describe, expect, it } from 'vitest';
import { digest, v1AtEu } from '../evidence/evidence.fixture.ts';
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
import type { Decision, DecisionInput, LedgerFacts } from './decision.ts';

const facts = (
  artifacts: Partial<LedgerFacts['artifacts'][number]>[],
  previous: number | null = null,
): LedgerFacts => ({
  champions: [{ ...v1AtEu, previous }],
  artifacts: artifacts.map((artifact) => ({ version: 2, artifactDigest: digest('v2 bytes'), ...artifact })),
});

/** Approved by everybody who could be asked, so that only the request itself can stop it. */
function decideApproved(fields: Partial<DecisionInput>): Decision {
  const input = promotionInput(fields);
  return decide({
    ...input,
    reviews: [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'governor'], input)],
  });
}

const codes = (decision: Decision): readonly string[] => decision.findings.map((finding) => finding.code);

describe('requests that are refused', () => {
  it.each<[string, Partial<DecisionInput>, string]>([
    [
      'registered to production',
      {
        change: requestOf({ moves: [stageMove({ from: 'registered' })] }),
        ledger: facts([{ stage: 'registered' }]),
      },
      'request/registered-to-production',
    ],
    [
      'rejected to staging',
      {
        change: requestOf({ moves: [stageMove({ from: 'rejected', to: 'staging', endpoint: null })] }),
        ledger: facts([{ stage: 'rejected' }]),
      },
      'request/move',
    ],
    [
      'candidate to staging',
      {
        change: requestOf({ moves: [stageMove({ from: 'candidate', to: 'staging', endpoint: null })] }),
        ledger: facts([{}]),
      },
      'request/move',
    ],
    ['a version that the ledger does not know', { ledger: facts([]) }, 'request/unknown-version'],
    [
      'a version without a stage',
      { change: requestOf({ moves: [stageMove({ from: null })] }) },
      'request/unknown-version',
    ],
    [
      'a stage that the ledger does not confirm',
      { ledger: facts([{ stage: 'rejected' }]) },
      'request/stale-stage',
    ],
    [
      'an endpoint that the model does not have',
      { change: requestOf({ moves: [stageMove({ endpoint: 'mars' })] }) },
      'request/unknown-endpoint',
    ],
    [
      'the endpoint toString',
      { change: requestOf({ moves: [stageMove({ endpoint: 'toString' })] }) },
      'request/unknown-endpoint',
    ],
    [
      'production without an endpoint',
      { change: requestOf({ moves: [stageMove({ endpoint: null })] }) },
      'request/unknown-endpoint',
    ],
    [
      'a rollback to what is not previous',
      {
        change: requestOf({ moves: [stageMove({ from: 'archived', rollback: true })] }),
        ledger: facts([{ stage: 'archived' }], 5),
      },
      'request/not-previous',
    ],
    [
      'a rollback where no previous is recorded',
      {
        change: requestOf({ moves: [stageMove({ from: 'archived', rollback: true })] }),
        ledger: facts([{ stage: 'archived' }]),
      },
      'request/not-previous',
    ],
    [
      'a rollback where nothing serves',
      {
        change: requestOf({ moves: [stageMove({ from: 'archived', rollback: true, endpoint: 'us' })] }),
        ledger: facts([{ stage: 'archived' }], 2),
      },
      'request/not-previous',
    ],
    [
      'a rollback into staging',
      {
        change: requestOf({
          moves: [stageMove({ from: 'registered', to: 'staging', endpoint: null, rollback: true })],
        }),
        ledger: facts([{}]),
      },
      'request/not-previous',
    ],
    [
      'archived to production where it never served',
      {
        change: requestOf({ moves: [stageMove({ from: 'archived' })] }),
        ledger: facts([{ stage: 'archived', wasInProductionAt: ['us'] }]),
      },
      'request/never-served',
    ],
    [
      'archived to production when nobody knows where it served',
      {
        change: requestOf({ moves: [stageMove({ from: 'archived' })] }),
        ledger: facts([{ stage: 'archived' }]),
      },
      'request/never-served',
    ],
    [
      'out of production where it does not serve',
      {
        change: requestOf({ moves: [stageMove({ from: 'production', to: 'archived' })] }),
        ledger: facts([{ stage: 'production' }]),
      },
      'request/not-serving',
    ],
    [
      'out of production without an endpoint',
      {
        change: requestOf({ moves: [stageMove({ from: 'production', to: 'archived', endpoint: null })] }),
        ledger: facts([{ stage: 'production' }]),
      },
      'request/not-serving',
    ],
    [
      'another model than the request is about',
      { change: requestOf({ moves: [stageMove({ model: 'other' })] }) },
      'request/other-model',
    ],
    [
      'another model than was read',
      { model: { ...promotionInput().model, model: 'other' } as DecisionInput['model'] },
      'request/other-model',
    ],
    ['a model without model.yml', { model: null }, 'request/unknown-model'],
    [
      'a proposal and a move at once',
      { change: requestOf({ proposal: true, moves: [registration, stageMove()] }) },
      'request/mixed',
    ],
    [
      'a proposal that registers nothing',
      { change: requestOf({ proposal: true, moves: [] }) },
      'request/unclear',
    ],
    [
      'a registration that is no proposal',
      { change: requestOf({ moves: [registration] }) },
      'request/unclear',
    ],
    [
      'two registrations',
      { change: requestOf({ proposal: true, moves: [registration, registration] }) },
      'request/doubled',
    ],
    [
      'one endpoint, two versions',
      { change: requestOf({ moves: [stageMove(), stageMove({ version: 3 })] }) },
      'request/doubled',
    ],
    [
      'one version, two stages',
      {
        change: requestOf({
          moves: [
            stageMove({ to: 'candidate', endpoint: null }),
            stageMove({ to: 'rejected', endpoint: null }),
          ],
        }),
      },
      'request/doubled',
    ],
    [
      'one version to production and to candidate',
      { change: requestOf({ moves: [stageMove(), stageMove({ to: 'candidate', endpoint: null })] }) },
      'request/doubled',
    ],
    [
      'a proposal of a model without data',
      { ...proposalInput(), model: { ...proposalInput().model, datasets: [] } as never },
      'request/no-dataset',
    ],
  ])('%s', (_, fields, code) => {
    expect(decideApproved({}).kind).toBe('allowed');
    const decision = decideApproved(fields);
    expect(decision.kind).toBe('refused');
    expect(decision.verdict).toBe('fail');
    expect(codes(decision)).toContain(code);
    expect(decision.subject).toBeNull();
    expect(decision.counted).toEqual([]);
  });

  it('says that registered to production in one move is refused, and what to do', () => {
    const change = requestOf({ moves: [stageMove({ from: 'registered' })] });
    const [finding] = decideApproved({ change, ledger: facts([{ stage: 'registered' }]) }).findings;
    expect(finding?.message).toBe(
      'v2 of flight-delay is only registered: registered to production in one move is refused',
    );
    expect(finding?.fix).toContain('staging first');
  });
});

describe('requests that are possible', () => {
  it.each<[string, Partial<DecisionInput>]>([
    ['staging to production', {}],
    [
      'candidate to production',
      {
        change: requestOf({ moves: [stageMove({ from: 'candidate' })] }),
        ledger: facts([{ stage: 'candidate' }]),
      },
    ],
    [
      'registered to staging',
      {
        change: requestOf({ moves: [stageMove({ from: 'registered', to: 'staging', endpoint: null })] }),
        ledger: facts([{ stage: 'registered' }]),
      },
    ],
    [
      'staging to rejected, without judgement',
      {
        change: requestOf({ moves: [stageMove({ to: 'rejected', endpoint: null })] }),
        judgement: null,
        ledger: facts([{ stage: 'staging' }]),
      },
    ],
    [
      'the champion out of production, without judgement',
      {
        change: requestOf({ moves: [stageMove({ version: 1, from: 'production', to: 'archived' })] }),
        judgement: null,
        ledger: facts([{ version: 1, stage: 'production' }]),
      },
    ],
    [
      'back to the recorded previous, without judgement',
      {
        change: requestOf({ moves: [stageMove({ from: 'archived', rollback: true })] }),
        judgement: null,
        ledger: facts([{ stage: 'archived' }], 2),
      },
    ],
    [
      'back to a previous that serves elsewhere',
      {
        change: requestOf({ moves: [stageMove({ from: 'production', rollback: true })] }),
        judgement: null,
        ledger: facts([{ stage: 'production' }], 2),
      },
    ],
    [
      'back to an older version, judged again',
      {
        change: requestOf({ moves: [stageMove({ from: 'archived' })] }),
        ledger: facts([{ stage: 'archived', wasInProductionAt: ['eu'] }]),
      },
    ],
    [
      'to a second endpoint, where nothing serves',
      {
        change: requestOf({ moves: [stageMove({ from: 'production', endpoint: 'us' })] }),
        ledger: facts([{ stage: 'production' }]),
      },
    ],
    ['a version of which the stage is not told', { ledger: facts([{}]) }],
  ])('%s', (_, fields) => {
    const decision = decideApproved(fields);
    expect(decision.findings).toEqual([]);
    expect(decision.kind).toBe('allowed');
  });
});
