import { describe, expect, it } from 'vitest';
import type { ApprovalLine, Policy } from '../config/policy.ts';
import { policy } from '../evidence/evidence.fixture.ts';
import { decide } from './decide.ts';
import { ada, ben, omar, promotionInput, proposalInput, reviewOf, rita, rosa } from './decision.fixture.ts';
import type { DecisionInput, Review } from './decision.ts';

const asking = (...approvals: readonly ApprovalLine[]): Policy => ({
  ...policy,
  addWhen: [],
  proposal: { approvals, onMerge: 'registered' },
});
const line = (role: string, count = 1): ApprovalLine => ({ role, count });
const approvalsOf = (input: DecisionInput) => decide(input).rules.find((each) => each.rule === 'approvals');

describe('roles that the policy asks for', () => {
  it.each([
    ['a role that it does not define', asking(line('legal')), 'approval/unknown-role'],
    ['the role constructor', asking(line('constructor')), 'approval/unknown-role'],
    ['the role __proto__', asking(line('__proto__')), 'approval/unknown-role'],
    ['a count of none', asking(line('reviewer', 0)), 'approval/count'],
    ['half a person', asking(line('reviewer', 0.5)), 'approval/count'],
    ['fewer than none', asking(line('reviewer', -1)), 'approval/count'],
    ['no number', asking(line('reviewer', Number.NaN)), 'approval/count'],
    [
      'a role with nobody in it',
      { ...asking(line('risk')), roles: { ...policy.roles, risk: { users: [], teams: [] } } },
      'approval/nobody',
    ],
  ])('%s: refused, with the fix', (_, rules, code) => {
    const input = proposalInput({ policy: rules, canApprove: {} });
    const decision = decide({
      ...input,
      reviews: [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner'], input)],
    });
    expect(decision.kind).toBe('refused');
    expect(decision.findings.map((finding) => finding.code)).toContain(code);
    expect(decision.findings.every((finding) => finding.fix !== '')).toBe(true);
  });

  it('refuses a role in which nobody is left who may approve this', () => {
    const decision = decide(proposalInput({ canApprove: { reviewer: [] } }));
    expect(decision.findings[0]).toMatchObject({ code: 'approval/nobody' });
    expect(decision.kind).toBe('refused');
  });

  it('does not mind an empty role whose line is filled already', () => {
    const input = proposalInput({ canApprove: { reviewer: [] } });
    expect(decide({ ...input, reviews: [reviewOf(rita, ['reviewer'], input)] }).kind).toBe('allowed');
  });

  it('waits for a role that is a team, and for owners, of whom nobody told the names', () => {
    const teams = {
      ...asking(line('risk'), line('owner')),
      roles: { ...policy.roles, risk: { users: [], teams: ['acme/risk'] } },
    };
    const decision = decide(proposalInput({ policy: teams, canApprove: {} }));
    expect(decision.kind).toBe('waiting');
    expect(decision.missing).toEqual([
      { role: 'owner', count: 1, candidates: [] },
      { role: 'risk', count: 1, candidates: [] },
    ]);
  });
});

describe('the tree of approvals', () => {
  it('has a line for each part of the quorum, with who filled it or what is missing', () => {
    const input = promotionInput();
    const tree = approvalsOf({ ...input, reviews: [reviewOf(omar, ['owner'], input)] });
    expect(tree?.children).toEqual([
      { rule: '1 × owner', state: 'met', because: 'Approved by omar.', children: [] },
      {
        rule: '1 × reviewer',
        state: 'waiting',
        because: '0 of 1: asked for by the policy for production.',
        children: [],
      },
    ]);
    expect(tree?.state).toBe('waiting');
  });

  it('says when nobody is asked', () => {
    expect(approvalsOf(proposalInput({ policy: asking() }))).toMatchObject({
      state: 'met',
      because: 'The policy asks for no approval here.',
    });
    expect(decide(proposalInput({ policy: asking() })).kind).toBe('allowed');
  });

  it('asks for one more when the pushers are unknown, whoever holds a role', () => {
    const input = proposalInput({ pushersKnown: false });
    const one = { ...input, reviews: [reviewOf(rita, ['reviewer'], input)] };
    expect(decide(one)).toMatchObject({ kind: 'waiting', missing: [{ role: 'any role', count: 1 }] });
    const two = { ...input, reviews: [...one.reviews, reviewOf(omar, ['owner'], input)] };
    expect(decide(two).kind).toBe('allowed');
  });

  it('names who could help, each once, sorted', () => {
    const input = proposalInput({
      pushersKnown: false,
      canApprove: { reviewer: ['rosa', 'rita'], owner: ['rita', 'omar'] },
    });
    expect(decide(input).missing.find((each) => each.role === 'any role')?.candidates).toEqual([
      'omar',
      'rita',
      'rosa',
    ]);
  });
});

describe('change requests', () => {
  const approvedAnd = (...more: readonly Partial<Review>[]) => {
    const input = proposalInput();
    const objections = more.map((fields) =>
      reviewOf(rosa, ['reviewer'], input, { state: 'CHANGES_REQUESTED', ...fields }),
    );
    return decide({ ...input, reviews: [reviewOf(rita, ['reviewer'], input), ...objections] });
  };

  it('stops what is approved otherwise, and says whom to ask', () => {
    const decision = approvedAnd({});
    expect(decision.kind).toBe('refused');
    expect(decision.verdict).toBe('fail');
    expect(decision.findings[0]).toMatchObject({
      code: 'approval/changes-requested',
      message: 'rosa asked for changes on aaaaaaa, and that stands',
    });
  });

  it('does not go away when somebody without the right dismisses it', () => {
    const decision = approvedAnd({ state: 'DISMISSED', stateBeforeDismissal: 'CHANGES_REQUESTED' });
    expect(decision.findings[0]?.message).toContain('was dismissed, but not by a governor');
  });

  it('goes away when a governor dismisses it', () => {
    const dismissal = {
      state: 'DISMISSED',
      stateBeforeDismissal: 'CHANGES_REQUESTED',
      dismissedByGovernor: true,
    } as const;
    expect(approvedAnd(dismissal).kind).toBe('allowed');
  });

  it('of somebody outside the roles blocks nothing', () => {
    expect(approvedAnd({ roles: [] }).kind).toBe('allowed');
  });
});

describe('contributors of a version', () => {
  it('do not approve its way to production, and may approve anything else', () => {
    const exclusions = [{ person: rita, because: 'contributor' }] as const;
    const promotion = promotionInput({ exclusions });
    const decision = decide({
      ...promotion,
      reviews: [reviewOf(rita, ['reviewer'], promotion), reviewOf(omar, ['owner'], promotion)],
    });
    expect(decision.kind).toBe('waiting');
    expect(decision.uncounted[0]?.because).toBe(
      'rita is a contributor of this version: nobody approves work of their own.',
    );
    const proposal = proposalInput({ exclusions });
    expect(decide({ ...proposal, reviews: [reviewOf(rita, ['reviewer'], proposal)] }).kind).toBe('allowed');
  });

  it('one person is never two: owner and reviewer in one are still one', () => {
    const input = promotionInput();
    const both = reviewOf(ada, ['reviewer', 'owner'], input);
    expect(decide({ ...input, reviews: [both] })).toMatchObject({ kind: 'waiting', missing: [{ count: 1 }] });
    expect(decide({ ...input, reviews: [both, reviewOf(rita, ['reviewer'], input)] }).kind).toBe('allowed');
    expect(decide({ ...input, reviews: [both, reviewOf(ben, ['reviewer'], input)] }).kind).toBe('waiting');
  });
});
