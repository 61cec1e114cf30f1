import { describe, expect, it } from 'vitest';
import type { ApprovalLine, Policy } from '../config/policy.ts';
import { presets } from '../config/preset.ts';
import { judgementOf, model, policy } from '../evidence/evidence.fixture.ts';
import { type Request, registration, requestOf, stageMove } from './decision.fixture.ts';
import { changedModelFields, type RequirementFacts, requiredApprovals } from './requirement.ts';

const line = (role: string, count = 1): ApprovalLine => ({ role, count });
const stagesWith = (fields: Partial<Policy['stages']>): Policy => ({
  ...policy,
  addWhen: [],
  stages: { ...policy.stages, ...fields },
});

/** `reviewer 2, any role 1` */
function ask(
  change: Request,
  rules: Policy = policy,
  facts: RequirementFacts = { pushersKnown: true },
  who = model,
) {
  return requiredApprovals(change, rules, who, facts)
    .map(({ role, count }) => `${role} ${count}`)
    .join(', ');
}

const proposal = requestOf({ proposal: true, moves: [registration], datasets: ['flights'] });
const promotion = requestOf({ moves: [stageMove()] });
const rollback = requestOf({ moves: [stageMove({ version: 1, from: 'archived', rollback: true })] });

describe('requiredApprovals: moves', () => {
  it.each([
    ['a proposal', proposal, 'reviewer 1'],
    [
      'a move to staging',
      requestOf({ moves: [stageMove({ from: 'registered', to: 'staging', endpoint: null })] }),
      'reviewer 1',
    ],
    [
      'a move to candidate',
      requestOf({ moves: [stageMove({ to: 'candidate', endpoint: null })] }),
      'reviewer 1',
    ],
    ['a move to production', promotion, 'owner 1, reviewer 1'],
    ['a rollback', rollback, 'owner 1'],
    ['a demotion', requestOf({ moves: [stageMove({ from: 'production', to: 'archived' })] }), 'owner 1'],
    ['a rejection', requestOf({ moves: [stageMove({ to: 'rejected', endpoint: null })] }), 'reviewer 1'],
    ['nothing', requestOf(), ''],
  ])('asks for %s what the policy says', (_, change, expected) => {
    expect(ask(change)).toBe(expected);
  });

  it('asks nothing of a change that is nothing or refused', () => {
    expect(requiredApprovals({ kind: 'nothing', because: '' }, policy, model)).toEqual([]);
    expect(requiredApprovals({ kind: 'refused', findings: [] }, policy, model)).toEqual([]);
  });

  it('meets every move of one request: the larger count of each role', () => {
    const rules = stagesWith({
      production: { approvals: [line('reviewer', 2)] },
      archived: { approvals: [line('reviewer'), line('risk')] },
    });
    const moves = [
      stageMove(),
      stageMove({ version: 1, from: 'production', to: 'archived', endpoint: 'us' }),
    ];
    expect(ask(requestOf({ moves }), rules)).toBe('reviewer 2, risk 1');
    expect(ask(requestOf({ moves: moves.toReversed() }), rules)).toBe('reviewer 2, risk 1');
  });

  it('adds up lines of one role inside one requirement', () => {
    const rules = stagesWith({ production: { approvals: [line('reviewer'), line('reviewer')] } });
    expect(ask(promotion, rules)).toBe('reviewer 2');
  });

  it('covers staging in a proposal that a merge puts into staging', () => {
    const rules = {
      ...stagesWith({ staging: { approvals: [line('reviewer'), line('risk')] } }),
      proposal: { approvals: [line('reviewer', 2)], onMerge: 'staging' as const },
    };
    expect(ask(proposal, rules)).toBe('reviewer 2, risk 1');
    expect(ask(proposal, { ...rules, proposal: { ...rules.proposal, onMerge: 'registered' } })).toBe(
      'reviewer 2',
    );
  });

  it('never lets production be entered or left on nobody’s word', () => {
    const rules = {
      ...stagesWith({
        production: { approvals: [] },
        archived: { approvals: [] },
        candidate: { approvals: [] },
      }),
      rollback: { approvals: [] },
    };
    expect(ask(promotion, rules)).toBe('any role 1');
    expect(ask(rollback, rules)).toBe('any role 1');
    expect(ask(requestOf({ moves: [stageMove({ from: 'production', to: 'archived' })] }), rules)).toBe(
      'any role 1',
    );
    expect(ask(requestOf({ moves: [stageMove({ to: 'candidate', endpoint: null })] }), rules)).toBe('');
  });
});

describe('requiredApprovals: conditions', () => {
  const withCondition = (condition: Policy['addWhen'][number]): Policy => ({
    ...policy,
    addWhen: [condition],
  });

  it.each([
    ['risk matches', { risk: ['limited'] }, 'owner 1, reviewer 1, risk 1'],
    ['risk does not match', { risk: ['high'] }, 'owner 1, reviewer 1'],
    ['target matches', { to: ['production'] }, 'owner 1, reviewer 1, risk 1'],
    ['target does not match', { to: ['staging'] }, 'owner 1, reviewer 1'],
    ['both match', { risk: ['limited'], to: ['production'] }, 'owner 1, reviewer 1, risk 1'],
    ['one of two does not match', { risk: ['high'], to: ['production'] }, 'owner 1, reviewer 1'],
    ['no condition at all', {}, 'owner 1, reviewer 1, risk 1'],
  ] as const)('%s', (_, condition, expected) => {
    expect(ask(promotion, withCondition({ ...condition, approvals: [line('risk')] }))).toBe(expected);
  });

  it('adds to a line of the same role, and to a rollback', () => {
    const rules = withCondition({ to: ['production'], approvals: [line('owner')] });
    expect(ask(promotion, rules)).toBe('owner 2, reviewer 1');
    expect(ask(rollback, rules)).toBe('owner 2');
  });

  it('meets conditions on registered and on the stage that a merge leads to', () => {
    const on = (to: 'registered' | 'staging' | 'production') =>
      ask(proposal, withCondition({ to: [to], approvals: [line('risk')] }));
    expect(on('registered')).toBe('reviewer 1, risk 1');
    expect(on('staging')).toBe('reviewer 1, risk 1');
    expect(on('production')).toBe('reviewer 1');
  });

  it('holds for the stricter of base and head where the risk class changes', () => {
    const when: Policy = {
      ...policy,
      addWhen: [{ risk: ['high'], to: ['registered'], approvals: [{ role: 'risk', count: 1 }] }],
    };
    const rolesFor = (fields: Partial<Request>, facts: { readonly modelFields?: readonly string[] }) =>
      requiredApprovals(
        requestOf({ proposal: true, moves: [registration], configuration: [file], ...fields }),
        when,
        model,
        { pushersKnown: true, ...facts },
      ).map(({ role }) => role);
    const file = 'models/flight-delay/model.yml';
    expect(rolesFor({}, { modelFields: ['gates'] })).not.toContain('risk');
    expect(rolesFor({}, { modelFields: ['risk'] })).toContain('risk');
    expect(rolesFor({}, {})).toContain('risk');
    expect(rolesFor({ configuration: [] }, {})).not.toContain('risk');
    expect(rolesFor({ newModel: true }, { modelFields: ['risk'] })).not.toContain('risk');
  });

  it('takes an unknown risk class for every one', () => {
    const rules = withCondition({ risk: ['high'], approvals: [line('risk')] });
    const lines = requiredApprovals(promotion, rules, null, { pushersKnown: true });
    expect(lines.map((each) => each.role)).toContain('risk');
  });
});

describe('requiredApprovals: configuration', () => {
  const changing = (...configuration: readonly string[]) => requestOf({ configuration });

  it.each([
    ['the policy', changing('.github/gatehouse.yml'), ['x'], 'governor 1'],
    ['a workflow', changing('.github/workflows/gatehouse.yml'), ['x'], 'governor 1'],
    ['CODEOWNERS', changing('CODEOWNERS'), ['x'], 'governor 1'],
    ['a contract', changing('datasets/flights.yml'), [], 'owner 1'],
    ['a gate', changing('models/flight-delay/model.yml'), ['gates'], 'owner 1'],
    ['owners', changing('models/flight-delay/model.yml'), ['owners'], 'governor 1, owner 1'],
    ['the risk class', changing('models/flight-delay/model.yml'), ['risk'], 'governor 1, owner 1'],
    ['the held-out set', changing('models/flight-delay/model.yml'), ['heldOut'], 'governor 1, owner 1'],
    ['the predict command', changing('models/flight-delay/model.yml'), ['predict'], 'governor 1, owner 1'],
    ['declared paths', changing('models/flight-delay/model.yml'), ['paths'], 'governor 1, owner 1'],
    ['no field at all', changing('models/flight-delay/model.yml'), [], 'owner 1'],
    [
      'policy and contract',
      changing('.github/gatehouse.yml', 'datasets/flights.yml'),
      [],
      'governor 1, owner 1',
    ],
    [
      'a new model',
      requestOf({ newModel: true, configuration: ['models/flight-delay/model.yml'] }),
      [],
      'governor 1',
    ],
    [
      'a new dataset',
      requestOf({ newDatasets: ['flights'], configuration: ['datasets/flights.yml'] }),
      [],
      'governor 1',
    ],
    [
      'a new and an old dataset',
      requestOf({ newDatasets: ['flights'], configuration: ['datasets/flights.yml', 'datasets/old.yml'] }),
      [],
      'governor 1, owner 1',
    ],
  ])('%s', (_, change, modelFields, expected) => {
    expect(ask(change, policy, { pushersKnown: true, modelFields })).toBe(expected);
  });

  it('names fields by their keys in model.yml', () => {
    const lines = requiredApprovals(changing('models/flight-delay/model.yml'), policy, model, {
      pushersKnown: true,
      modelFields: ['heldOut', 'featureVersion', 'gates'],
    });
    const said = lines.map(({ because }) => because).join(' ');
    expect(said).toContain('held-out');
    expect(said).not.toMatch(/heldOut|featureVersion/);
  });

  it('asks the governors when nobody compared the fields of model.yml', () => {
    expect(ask(changing('models/flight-delay/model.yml'))).toBe('governor 1, owner 1');
  });

  it('comes on top of what the move asks for', () => {
    const change = { ...promotion, configuration: ['.github/gatehouse.yml'] };
    const rules = stagesWith({ production: { approvals: [line('governor')] } });
    expect(ask(change, rules)).toBe('governor 2');
  });

  it('asks anybody with a role when the policy names nobody for configuration', () => {
    const rules = { ...policy, configuration: { approvals: [] } };
    expect(ask(changing('.github/gatehouse.yml'), rules)).toBe('any role 1');
    expect(ask({ ...proposal, newModel: true }, rules)).toBe('reviewer 1, any role 1');
  });

  it('says what asks for each line', () => {
    const [governor] = requiredApprovals(changing('a', 'b', 'c', 'd'), policy, model);
    expect(governor?.because).toEqual(['a change of a, b, c and 1 more']);
  });
});

describe('requiredApprovals: what is not known', () => {
  it('asks for one approval more when the pushers are unknown, and one when a bot opened it', () => {
    expect(ask(proposal, policy, { pushersKnown: false })).toBe('reviewer 1, any role 1');
    expect(ask(proposal, policy, { pushersKnown: true, openedByBot: true })).toBe('reviewer 1, any role 1');
    expect(ask(proposal, policy, { pushersKnown: false, openedByBot: true })).toBe('reviewer 1, any role 2');
  });

  it('lets everybody with a role give it, owners included', () => {
    const extra = requiredApprovals(proposal, policy, model, { pushersKnown: false }).find(
      (each) => each.role === 'any role',
    );
    expect(extra?.anyOf).toEqual(['governor', 'owner', 'reviewer', 'risk']);
  });
});

describe('presets', () => {
  it.each(Object.entries(presets))(
    '%s asks somebody for production, rollback and configuration',
    (_, preset) => {
      const rules = { ...policy, ...preset };
      for (const change of [promotion, rollback, requestOf({ configuration: ['.github/gatehouse.yml'] })]) {
        expect(ask(change, rules)).toMatch(/\d/);
        expect(ask(change, rules)).not.toContain('any role');
      }
    },
  );
});

describe('changedModelFields', () => {
  it('names the fields that differ, sorted, and none when nothing does', () => {
    expect(changedModelFields(model, structuredClone(model))).toEqual([]);
    expect(changedModelFields(model, { ...model, risk: 'high', description: 'x' })).toEqual([
      'description',
      'risk',
    ]);
  });

  it('names every field when one side is missing', () => {
    expect(changedModelFields(null, model)).toEqual(Object.keys(model).sort());
    expect(changedModelFields(model, null)).toContain('owners');
    expect(changedModelFields(null, null)).toEqual([]);
  });
});

describe('requiredApprovals: looks at the held-out set', () => {
  const rules: Policy = { ...policy, defaults: { ...policy.defaults, heldOutBudget: 5 } };
  const facts = (fields: Partial<RequirementFacts>): RequirementFacts => ({
    pushersKnown: true,
    judgement: judgementOf(),
    ...fields,
  });

  it.each<readonly [string, Request, Partial<RequirementFacts>, string]>([
    ['the first look', proposal, { heldOutLook: 1 }, 'reviewer 1'],
    ['the last look of the budget', proposal, { heldOutLook: 5 }, 'reviewer 1'],
    ['the look after it', proposal, { heldOutLook: 6 }, 'governor 1, reviewer 1'],
    ['a promotion on the look after it', promotion, { heldOutLook: 6 }, 'governor 1, owner 1, reviewer 1'],
    ['a look that nobody could count', proposal, {}, 'governor 1, reviewer 1'],
    ['a look that is no number', proposal, { heldOutLook: Number.NaN }, 'governor 1, reviewer 1'],
    ['a look that is none', proposal, { heldOutLook: 0 }, 'governor 1, reviewer 1'],
    ['no judgement yet', proposal, { judgement: null, heldOutLook: 6 }, 'reviewer 1'],
    ['a judgement that read nothing', proposal, { judgement: { comparisons: [] } }, 'reviewer 1'],
    ['a rollback, which is not judged', rollback, { heldOutLook: 6 }, 'owner 1'],
  ])('%s', (_, change, fields, expected) => {
    expect(ask(change, rules, facts(fields))).toBe(expected);
  });

  it('asks for one governor more than a change of the rules does', () => {
    const change = requestOf({ ...proposal, configuration: ['.github/gatehouse.yml'] });
    expect(ask(change, rules, facts({ heldOutLook: 5 }))).toBe('governor 1, reviewer 1');
    expect(ask(change, rules, facts({ heldOutLook: 6 }))).toBe('governor 2, reviewer 1');
  });

  it('asks anybody with a role where there are no governors, and nobody where there is no budget', () => {
    const { governor: _, ...roles } = rules.roles;
    expect(ask(proposal, { ...rules, roles }, facts({ heldOutLook: 6 }))).toBe('reviewer 1, any role 1');
    expect(ask(proposal, policy, facts({ heldOutLook: 600 }))).toBe('reviewer 1');
  });

  it('says which look it is', () => {
    const [line_] = requiredApprovals(proposal, rules, model, facts({ heldOutLook: 6 }));
    expect(line_?.because).toEqual(['look 6 on this held-out set, after the 5 that the policy allows']);
  });
});
