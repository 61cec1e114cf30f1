import { describe, expect, it } from 'vitest';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import { honestWorld, issuedAt, seal, workflowRef } from './receipt.fixture.ts';
import { verifyReceipt } from './receipt.ts';
import { claim, type Row, receive, run, without } from './refusal.fixture.ts';

const rows: readonly Row[] = [
  ['issued after the run had ended', claim({ iat: issuedAt + 3600, exp: issuedAt + 3900 }), 'receipt/time'],
  [
    'issued before the run',
    claim({ iat: issuedAt - 3600, exp: issuedAt - 3300, nbf: issuedAt - 4000 }),
    'receipt/time',
  ],
  ['expires before it was issued', claim({ exp: issuedAt - 1 }), 'receipt/time'],
  ['lives a day', claim({ exp: issuedAt + 86_400 }), 'receipt/time'],
  ['not valid yet when issued', claim({ nbf: issuedAt + 10 }), 'receipt/time'],
  ['nbf that is text', claim({ nbf: 'soon' }), 'receipt/time'],
  ['no time of issue', without('iat'), 'receipt/time'],
  ['no expiry', without('exp'), 'receipt/time'],
  ['time of issue as text', claim({ iat: String(issuedAt) }), 'receipt/time'],
  ['a run without a readable start', run({ startedAt: 'yesterday' }), 'receipt/time'],
  ['a run without a readable end', run({ updatedAt: '2026-02-30T00:00:00Z' }), 'receipt/time'],
  ['another issuer', claim({ iss: 'https://token.evil.example' }), 'receipt/issuer'],
  [
    'an issuer that starts like ours',
    claim({ iss: 'https://token.actions.githubusercontent.com.evil.example' }),
    'receipt/issuer',
  ],
  ['audience of other evidence', claim({ aud: `gatehouse:${digestBytes('{}')}` }), 'receipt/audience'],
  [
    'audience without prefix',
    (world) => claim({ aud: digestBytes(canonicalJson(world.evidence)) })(world),
    'receipt/audience',
  ],
  [
    'audience as a list',
    (world) => claim({ aud: [`gatehouse:${digestBytes(canonicalJson(world.evidence))}`] })(world),
    'receipt/audience',
  ],
  ['no audience', claim({ aud: null }), 'receipt/audience'],
  [
    'evidence changed after signing',
    (world) => ({
      ...world,
      onTheWay: (sealed) => ({
        ...sealed,
        text: sealed.text.replace('"verdict":"pass"', '"verdict":"fail"'),
      }),
    }),
    'receipt/audience',
  ],
  ['token of another repository', claim({ repository_id: '7002' }), 'receipt/repository'],
  ['repository id as a number', claim({ repository_id: 7001 }), 'receipt/repository'],
  ['moved workflow commit', claim({ job_workflow_sha: 'c'.repeat(40) }), 'receipt/workflow-commit'],
  ['shortened workflow commit', claim({ job_workflow_sha: 'b'.repeat(39) }), 'receipt/workflow-commit'],
  ['no workflow commit', without('job_workflow_sha'), 'receipt/workflow-commit'],
  [
    "the caller's own workflow",
    claim({ job_workflow_ref: 'acme/flights/.github/workflows/gatehouse.yml@refs/pull/12/merge' }),
    'receipt/workflow',
  ],
  ['a job of no reusable workflow', without('job_workflow_ref'), 'receipt/workflow'],
  [
    'a path that starts like ours',
    claim({ job_workflow_ref: 'acme/gatehouse/.github/workflows/judge-model.yml.evil.yml@refs/heads/main' }),
    'receipt/workflow',
  ],
  [
    'a file with our path and @ in its name',
    claim({ job_workflow_ref: 'acme/gatehouse/.github/workflows/judge-model.yml@evil.yml@refs/heads/main' }),
    'receipt/workflow',
  ],
  ['our path at the end of another', claim({ job_workflow_ref: `evil/${workflowRef}` }), 'receipt/workflow'],
  [
    'the validating workflow signs a judgement',
    claim({ job_workflow_ref: workflowRef.replace('judge-model', 'validate-data') }),
    'receipt/workflow',
  ],
  ['an event that is not allowed', claim({ event_name: 'workflow_dispatch' }), 'receipt/event'],
  [
    'pull_request_target',
    (world) => run({ event: 'pull_request_target' })(claim({ event_name: 'pull_request_target' })(world)),
    'receipt/event',
  ],
  ['an event that the run did not have', run({ event: 'push' }), 'receipt/event'],
  ['another run', claim({ run_id: '502' }), 'receipt/run'],
  ['run id with a zero in front', claim({ run_id: '0501' }), 'receipt/run'],
  ['an earlier attempt', run({ attempt: 2 }), 'receipt/run-attempt'],
  ['a later attempt than there is', claim({ run_attempt: '2' }), 'receipt/run-attempt'],
  ['self-hosted where hosted is asked for', claim({ runner_environment: 'self-hosted' }), 'receipt/runner'],
  [
    'hosted where a runner group is asked for',
    (world) => ({ ...world, expectations: { ...world.expectations, judgeRunner: 'judges' } }),
    'receipt/runner',
  ],
  ['no runner', without('runner_environment'), 'receipt/runner'],
];

describe('a receipt of another run, workflow or evidence', () => {
  it.each(rows)('%s', (_name, change, code) => {
    const original = honestWorld();
    expect(receive(original)).toEqual([]);
    expect(receive(change(original))).toContain(code);
  });

  it('has each row once', () => {
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  it('returns the claims of a receipt that is believed', () => {
    const world = honestWorld();
    const receipt = verifyReceipt(seal(world), world.keys, world.expectations);
    expect(receipt).toMatchObject({
      claims: { runId: '501', runAttempt: '1', workflowRef, event: 'pull_request', issuedAt },
    });
  });

  it.each([
    ['a branch', 'refs/heads/main'],
    ['a tag', 'refs/tags/v1.2.3'],
    ['a tag with @', 'refs/tags/gatehouse@1'],
    ['a commit', 'b'.repeat(40)],
  ])('leaves the ref part of the workflow free: %s', (_name, ref) => {
    const path = 'acme/gatehouse/.github/workflows/judge-model.yml';
    expect(receive(claim({ job_workflow_ref: `${path}@${ref}` })(honestWorld()))).toEqual([]);
  });

  it('accepts clocks that differ by less than a minute, at both ends of the run', () => {
    const early = claim({ iat: issuedAt - 600 - 59, exp: issuedAt, nbf: issuedAt - 1300 });
    const late = claim({ iat: issuedAt + 300 + 59, exp: issuedAt + 700 });
    expect(receive(early(honestWorld()))).toEqual([]);
    expect(receive(late(honestWorld()))).toEqual([]);
  });

  it('accepts a runner group where the policy names one', () => {
    const world = claim({ runner_environment: 'self-hosted' })(honestWorld());
    expect(receive({ ...world, expectations: { ...world.expectations, judgeRunner: 'judges' } })).toEqual([]);
  });
});
