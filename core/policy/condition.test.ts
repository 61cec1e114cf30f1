import { describe, expect, it } from 'vitest';
import type { Condition, Policy } from '../config/policy.ts';
import { model, policy } from '../evidence/evidence.fixture.ts';
import { type Request, registration, requestOf, stageMove } from './decision.fixture.ts';
import { type RequirementFacts, requiredApprovals } from './requirement.ts';

const known: RequirementFacts = { pushersKnown: true, privacy: ['none'], modelFields: [] };

/** Whether a condition asks for its approval. */
function asks(
  condition: Omit<Condition, 'approvals'>,
  change: Request,
  facts = known,
  who: typeof model | null = model,
) {
  const rules: Policy = { ...policy, addWhen: [{ ...condition, approvals: [{ role: 'risk', count: 1 }] }] };
  return requiredApprovals(change, rules, who, facts).some(({ role }) => role === 'risk');
}

const promotion = requestOf({ moves: [stageMove()] });
const proposal = requestOf({
  proposal: true,
  moves: [registration],
  contentPaths: [{ path: 'models/flight-delay/train.mjs', before: 'a', after: 'b', mode: '100644' }],
});
const configured = requestOf({ configuration: ['datasets/flights.yml'] });

describe('a condition', () => {
  it.each<[string, Omit<Condition, 'approvals'>, Request, boolean]>([
    ['on an endpoint meets a move there', { endpoints: ['eu'] }, promotion, true],
    ['on another endpoint does not', { endpoints: ['us'] }, promotion, false],
    ['on an endpoint meets no proposal', { endpoints: ['eu'] }, proposal, false],
    ['on a path meets what changes it', { paths: ['models/*/train.mjs'] }, proposal, true],
    ['on a path meets configuration that moves nothing', { paths: ['datasets/**'] }, configured, true],
    ['on a path and a stage needs a move', { paths: ['datasets/**'], to: ['production'] }, configured, false],
    ['on another path does not', { paths: ['src/**'] }, proposal, false],
    ['on everything at once needs everything', { endpoints: ['eu'], to: ['staging'] }, promotion, false],
    ['on a stage meets the move into it', { endpoints: ['eu'], to: ['production'] }, promotion, true],
    ['without a condition does not speak where nothing moves', {}, configured, false],
  ])('%s', (_, condition, change, expected) => {
    expect(asks(condition, change)).toBe(expected);
  });

  it('on a privacy class meets data that has it, and data that nobody knows', () => {
    const personal = { privacy: ['personal', 'secret'] } as const;
    const { privacy: _, ...unknown } = known;
    expect(asks(personal, proposal)).toBe(false);
    expect(asks(personal, proposal, { ...known, privacy: ['none', 'personal'] })).toBe(true);
    expect(asks(personal, promotion, unknown)).toBe(true);
  });

  it('on a risk class meets a model that nobody can read', () => {
    expect(asks({ risk: ['high'] }, promotion)).toBe(false);
    expect(asks({ risk: ['high'] }, promotion, known, null)).toBe(true);
  });
});

describe('a change of a waiver', () => {
  it('needs the owner of the model and the governors', () => {
    const waiver = requestOf({ configuration: ['waivers/new-region.yml'] });
    expect(requiredApprovals(waiver, policy, model, known).map(({ role, count }) => [role, count])).toEqual([
      ['governor', 1],
      ['owner', 1],
    ]);
  });

  it.each(['readiness', 'risks'])('%s.yml needs the owner alone', (name) => {
    const change = requestOf({ configuration: [`models/flight-delay/${name}.yml`] });
    expect(requiredApprovals(change, policy, model, known).map(({ role }) => role)).toEqual(['owner']);
  });

  it.each(['qualityOwner', 'infrastructureOwner', 'signOffs'])('a change of %s needs governors', (field) => {
    const change = requestOf({ configuration: ['models/flight-delay/model.yml'] });
    const lines = requiredApprovals(change, policy, model, { ...known, modelFields: [field] });
    expect(lines.map(({ role }) => role)).toEqual(['governor', 'owner']);
  });
});
