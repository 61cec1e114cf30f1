import { describe, expect, it } from 'vitest';
import type { Condition, Policy } from '../config/policy.ts';
import type { RollbackTrigger } from '../config/rollback-trigger.ts';
import { digest, judgementOf, model, policy } from '../evidence/evidence.fixture.ts';
import { ruleOnAcknowledgements } from './acknowledgement-rule.ts';
import { tallyApprovals } from './approval-rule.ts';
import { emergency } from './break-glass.fixture.ts';
import { meetsCondition, meetsWithoutMove } from './condition.ts';
import { conditionsDigest } from './conditions.ts';
import { approvalsForContract } from './contract-change.ts';
import { ruleOnCriteria } from './criteria-rule.ts';
import {
  omar,
  promotionInput,
  type Request,
  registration,
  requestOf,
  reviewOf,
  stageMove,
  withReviews,
} from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { breakGlassNoteOf, preApprovedTriggers } from './emergency-note.ts';
import { evidenceNeed, isComplete } from './evidence-need.ts';
import { ruleOnFeatures } from './feature-rule.ts';
import { ruleOnGates } from './gate-rule.ts';
import { ruleOnProductionNeeds } from './production-rule.ts';
import { subjectOf } from './subject.ts';

/** What a whole decision never comes to, as another rule refuses before: each rule holds by itself as well. */
const input = promotionInput();
const promotion = input.change as Request;
const nobody = tallyApprovals(promotion, null, input);
const { criteria: _, ...uncriticised } = model;

describe('a rule alone', () => {
  it('criteria: the worst of several moves speaks, wherever it stands', () => {
    const moves = [registration, stageMove()];
    for (const order of [moves, moves.toReversed()]) {
      const ruling = ruleOnCriteria(requestOf({ moves: order }), { ...input, model: uncriticised });
      expect(ruling.result.state).toBe('refused');
      expect(ruling.findings.map(({ severity, code }) => [severity, code])).toEqual([
        ['fail', 'criteria/missing'],
      ]);
    }
    expect(ruleOnCriteria(promotion, { ...input, model: null }).result.because).toBe('No model is read.');
  });

  it('features: no model, no rule', () => {
    expect(ruleOnFeatures(promotion, { ...input, model: null })).toBeNull();
  });

  it('consumers: nothing changes where nothing was compared', () => {
    expect(ruleOnAcknowledgements(nobody, input)).toMatchObject({ result: { state: 'met' }, findings: [] });
  });

  it('production: no model, no rule', () => {
    const asked = { ...policy, production: { require: ['sla'] as const } };
    expect(ruleOnProductionNeeds({ ...input, policy: asked, model: null })).toBeNull();
    expect(ruleOnProductionNeeds({ ...input, policy: asked })?.result).toMatchObject({
      rule: 'production',
      state: 'refused',
    });
  });

  it('a contract alone asks its owner, and governors where it is new; nothing is unknown about it', () => {
    const lines = (isNew: boolean) =>
      approvalsForContract(policy, 'flights', isNew).map(({ role, count }) => [role, count]);
    expect(lines(false)).toEqual([['owner', 1]]);
    expect(lines(true)).toEqual([['governor', 1]]);
  });

  it('gates: a judgement without a comparison, or with another one, is no pass', () => {
    for (const against of [[], [7]]) {
      const judgement = judgementOf({ version: 2, against });
      const ruling = ruleOnGates(promotion, judgement, input);
      expect(ruling.result).toMatchObject({ rule: 'gates', state: 'refused' });
      expect(ruling.result.children.map(({ rule, state }) => [rule, state])).toEqual([
        ['gates against v1', 'refused'],
        ['grade', 'met'],
      ]);
      expect(ruling.findings.map(({ code }) => code)).toEqual(['gate/nothing-measured']);
    }
  });
});

describe('evidence that is needed', () => {
  it('none where nothing is asked; no data of a model that cannot be read', () => {
    const nothing = { kind: 'nothing', because: '' } as const;
    expect(evidenceNeed({ change: nothing, model })).toEqual({ datasets: [], judgement: false });
    const proposal = requestOf({ proposal: true, datasets: ['b'], newDatasets: ['a', 'b'] });
    expect(evidenceNeed({ change: proposal, model: null })).toEqual({
      datasets: ['a', 'b'],
      judgement: true,
    });
    expect(evidenceNeed({ change: proposal, model })).toEqual({
      datasets: ['a', 'b', 'flights'],
      judgement: true,
    });
    const two = requestOf({ moves: [stageMove({ to: 'rejected', endpoint: null }), stageMove()] });
    expect(evidenceNeed({ change: two, model })).toEqual({ datasets: [], judgement: true });
    expect(isComplete({ ...input, change: requestOf({ datasets: ['flights'] }) })).toBe(false);
    expect(isComplete(input)).toBe(true);
    expect(isComplete({ ...input, judgement: null })).toBe(false);
  });
});

describe('what an emergency leaves behind', () => {
  it('is written only where one was asked for, allowed, timed and decided', () => {
    const asked = emergency();
    const decided = { passedOver: ['judgement'] };
    expect(breakGlassNoteOf(asked, decided)).not.toBeNull();
    expect(breakGlassNoteOf(asked, {})).toBeNull();
    expect(breakGlassNoteOf({ ...asked, policy }, decided)).toBeNull();
    expect(breakGlassNoteOf({ ...asked, now: 'soon' }, decided)).toBeNull();
    expect(breakGlassNoteOf({ ...asked, breakGlass: { uses: [] } }, decided)).toBeNull();
  });

  it('triggers are approved before only where a workflow is trusted to watch', () => {
    const trigger: RollbackTrigger = { name: 'errors', metric: 'error-rate', above: 0.1, windowMinutes: 10 };
    const eu = { ...trigger, name: 'eu', endpoints: ['eu'] };
    const watched = { ...input, model: { ...model, rollbackTriggers: [trigger, eu] } };
    const monitor = { path: 'acme/gatehouse/.github/workflows/watch-model.yml', shas: [] };
    const trusted = { ...watched, policy: { ...policy, trusted: { ...policy.trusted, monitor } } };
    expect(preApprovedTriggers(watched, 'eu')).toEqual([]);
    expect(preApprovedTriggers(trusted, 'eu')).toEqual([trigger, eu]);
    expect(preApprovedTriggers(trusted, 'us')).toEqual([trigger]);
    expect(preApprovedTriggers({ ...trusted, model: null }, 'eu')).toEqual([]);
  });
});

describe('a condition alone', () => {
  const facts = { change: promotion, model };
  const condition = (fields: Partial<Condition>): Condition => ({ approvals: [], ...fields });

  it('one of its stages is enough, of those that the move enters', () => {
    const to = condition({ to: ['staging', 'production'] });
    expect(meetsCondition(to, stageMove(), ['production'], facts)).toBe(true);
    expect(meetsCondition(to, registration, ['registered', 'staging'], facts)).toBe(true);
    expect(meetsCondition(to, registration, ['registered'], facts)).toBe(false);
    expect(meetsCondition(condition({ to: [] }), stageMove(), ['production'], facts)).toBe(false);
  });

  it('an endpoint and a path need both; without a move neither stage nor endpoint speaks', () => {
    const configured = { ...facts, change: requestOf({ configuration: ['datasets/a.yml', 'src/b.py'] }) };
    const paths = ['datasets/*'];
    expect(meetsWithoutMove(condition({ paths }), configured)).toBe(true);
    expect(meetsWithoutMove(condition({ paths, endpoints: ['eu'] }), configured)).toBe(false);
    expect(meetsWithoutMove(condition({ paths, to: ['production'] }), configured)).toBe(false);
    expect(meetsWithoutMove(condition({ endpoints: [] }), configured)).toBe(false);
    expect(
      meetsCondition(condition({ paths, endpoints: ['us'] }), stageMove(), ['production'], configured),
    ).toBe(false);
    expect(meetsCondition(condition({ paths, endpoints: ['us', 'eu'] }), stageMove(), [], configured)).toBe(
      true,
    );
  });

  it('one class of data of several is enough', () => {
    const privacy = condition({ privacy: ['personal', 'secret'] as never });
    const held = (...classes: readonly string[]) =>
      meetsCondition(privacy, stageMove(), [], { ...facts, privacy: classes as never });
    expect([held('none', 'personal'), held('none'), held(), held('secret')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('two moves at once', () => {
  const archived = stageMove({ version: 1, from: 'production', to: 'archived', endpoint: 'us' });
  const limited = (production: number, archive: number): Policy => ({
    ...policy,
    stages: {
      ...policy.stages,
      production: { ...policy.stages.production, expiresDays: production },
      archived: { ...policy.stages.archived, expiresDays: archive },
    },
  });
  const moving = (days: readonly [number, number], ...moves: Request['moves']): DecisionInput =>
    promotionInput({ change: requestOf({ moves }), policy: limited(...days), now: '2026-11-24T10:00:00Z' });

  it('rest on the same conditions in either order', () => {
    const digests = [
      [stageMove(), archived],
      [archived, stageMove()],
    ].map((moves) => conditionsDigest(moving([7, 1], ...moves)));
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(conditionsDigest(moving([7, 1], archived)));
    expect(digests[0]).not.toBe(digest('none'));
    expect(conditionsDigest(promotionInput())).toBeNull();
  });

  it('approvals get old by the shorter of two spans', () => {
    const counted = (days: readonly [number, number]) => {
      const asked = moving(days, stageMove(), archived);
      const given = withReviews(asked, reviewOf(omar, ['owner'], asked));
      return tallyApprovals(given.change as Request, subjectOf(given), given).counted.length;
    };
    expect([counted([7, 7]), counted([7, 1]), counted([1, 7]), counted([3, 4])]).toEqual([1, 0, 0, 1]);
  });
});
