import { describe, expect, it } from 'vitest';
import type { Declared } from '../change/declared.ts';
import type { ModelConfig } from '../config/model.ts';
import { areas, type ProductionNeed, productionNeeds, requiredItems } from '../config/production-need.ts';
import type { Readiness } from '../config/readiness.ts';
import type { Risk } from '../config/risks.ts';
import { digest, model, policy } from '../evidence/evidence.fixture.ts';
import { decide } from './decide.ts';
import {
  ada,
  omar,
  promotionInput,
  proposalInput,
  requestOf,
  reviewOf,
  rita,
  rosa,
  stageMove,
  withReviews,
} from './decision.fixture.ts';
import type { Decision, DecisionInput, RuleResult } from './decision.ts';
import { requiredApprovals } from './requirement.ts';
import { subjectOf } from './subject.ts';

const now = '2026-11-21T12:00:00Z';
const role = (...users: readonly string[]) => ({ users, teams: [] });
const risk: Risk = {
  ...{ name: 'wrong-alarms', kind: 'quality', severity: 'medium', status: 'controlled' },
  ...{ control: 'A second look', owner: 'omar', reviewBy: '2026-12-31' },
};
const done: Readiness = {
  items: areas.flatMap((area) =>
    requiredItems.limited[area].map((item) => ({ area, item, done: '2026-11-01', by: 'ada' })),
  ),
};
const declared: Declared = {
  readiness: { kind: 'read', value: done },
  risks: { kind: 'read', value: { risks: [risk] } },
  waivers: [],
};
const duties: ModelConfig = {
  ...model,
  qualityOwner: role('omar'),
  infrastructureOwner: role('ada'),
  serviceLevel: { availabilityPercent: 99.9, respondMinutes: 60, restoreMinutes: 240 },
  monitoring: [{ signal: 'p95 latency', limit: 'above 200 ms', owner: 'ada', procedure: 'docs/runbook.md' }],
  signOffs: { engineering: 'reviewer', operations: 'governor' },
};
const owners = {
  qualityOwner: { members: ['omar'], absent: [] },
  infrastructureOwner: { members: ['ada'], absent: [] },
};

const promotion = (require: readonly ProductionNeed[], fields: Partial<DecisionInput> = {}): DecisionInput =>
  promotionInput({
    now,
    model: duties,
    declared,
    owners,
    policy: { ...policy, production: { require } },
    ...fields,
  });
const decideApproved = (input: DecisionInput): Decision =>
  decide(
    withReviews(
      input,
      reviewOf(rita, ['reviewer'], input),
      reviewOf(rosa, ['reviewer'], input),
      reviewOf(omar, ['owner'], input),
      reviewOf(ada, ['governor'], input),
    ),
  );
const find = (rules: readonly RuleResult[], name: string): RuleResult | undefined =>
  rules.flatMap((each) => (each.rule === name ? [each] : (find(each.children, name) ?? [])))[0];

describe('what production needs', () => {
  it('is met when everything is declared, and every line says what', () => {
    const decision = decideApproved(promotion(productionNeeds));
    expect(decision.kind).toBe('allowed');
    expect(find(decision.rules, 'production')?.children.map(({ rule, state }) => [rule, state])).toEqual(
      ['readiness', 'risks', 'owners', 'service level', 'sign-offs', 'monitoring', 'fallback'].map((name) => [
        name,
        'met',
      ]),
    );
    expect(find(decision.rules, 'monitoring')?.because).toMatch(/alerting \(ada\)|p95 latency/);
  });

  it.each<[ProductionNeed, Partial<ModelConfig>, string]>([
    ['owners', { qualityOwner: undefined as never }, 'quality-owner'],
    ['owners', { infrastructureOwner: undefined as never }, 'infrastructure-owner'],
    ['sla', { serviceLevel: undefined as never }, 'service-level'],
    ['monitoring', { monitoring: [] }, 'monitoring'],
    ['fallback', { fallback: 'unknown' }, 'fallback'],
    ['sign-offs', { signOffs: { engineering: 'reviewer' } }, '  operations: ROLE'],
  ])('%s: what is missing says what to write', (need, fields, key) => {
    const decision = decideApproved(promotion([need], { model: { ...duties, ...fields } }));
    expect(decision.kind).toBe('refused');
    expect(decision.findings).toMatchObject([
      { code: 'production/missing', severity: 'fail', where: { file: 'models/flight-delay/model.yml' } },
    ]);
    expect(decision.findings[0]?.sample).toMatchObject({
      file: 'models/flight-delay/model.yml',
      lines: expect.arrayContaining([expect.stringMatching(new RegExp(`^${key}\\b`))]),
    });
    expect(decideApproved(promotion([], { model: { ...duties, ...fields } })).kind).toBe('allowed');
  });

  it.each([
    ['an owner who left', { members: [], absent: ['omar'] }, 'refused'],
    ['one of two who left', { members: ['ada'], absent: ['omar'] }, 'refused'],
    ['a team of nobody', { members: [], absent: [] }, 'refused'],
    ['an owner whom nobody looked for', undefined, 'not evaluated'],
  ] as const)('%s', (_, qualityOwner, kind) => {
    const { infrastructureOwner } = owners;
    const found =
      qualityOwner === undefined ? { infrastructureOwner } : { qualityOwner, infrastructureOwner };
    expect(decideApproved(promotion(['owners'], { owners: found })).kind).toBe(kind);
  });

  it('asks nothing of a proposal, of staging, or of a rollback', () => {
    const without = {
      model: { ...model, fallback: 'unknown' },
      policy: promotion(productionNeeds).policy,
      now,
    };
    const staging = stageMove({ to: 'candidate', endpoint: null });
    const rollback = stageMove({ version: 3, from: 'archived', rollback: true });
    for (const input of [
      proposalInput(without),
      promotionInput({ ...without, change: requestOf({ moves: [staging] }) }),
      promotionInput({ ...without, change: requestOf({ moves: [rollback] }) }),
    ]) {
      expect(find(decide(input).rules, 'production')).toBeUndefined();
    }
  });
});

describe('a readiness review', () => {
  const reviewed = (readiness: Declared['readiness'], fields: Partial<DecisionInput> = {}) =>
    decideApproved(promotion(['readiness'], { declared: { ...declared, readiness }, ...fields }));
  const items = (edit: (item: Readiness['items'][number]) => Readiness['items'][number]) =>
    ({ kind: 'read', value: { items: done.items.map(edit) } }) as const;

  it('that is missing or unreadable refuses, each in its words', () => {
    expect(reviewed({ kind: 'missing' }).findings).toMatchObject([
      { code: 'readiness/missing', where: { file: 'models/flight-delay/readiness.yml' } },
    ]);
    expect(reviewed({ kind: 'unreadable', because: 'line 3' }).findings).toMatchObject([
      { code: 'readiness/unreadable', message: 'line 3' },
    ]);
    const { declared: _, ...nothing } = promotion(['readiness']);
    expect(decideApproved(nothing).findings).toMatchObject([{ code: 'readiness/missing' }]);
  });

  it('names the items that are open, by area', () => {
    const open = reviewed(
      items((item) => (item.item === 'canary' ? { area: item.area, item: item.item, by: 'ada' } : item)),
    );
    expect(open.findings).toMatchObject([
      {
        code: 'readiness/open',
        message: 'flight-delay is of limited risk, and in infrastructure is not done: canary',
      },
    ]);
    expect(open.findings[0]?.sample).toEqual({
      file: 'models/flight-delay/readiness.yml',
      lines: ['infrastructure:', "  canary: { done: 'YYYY-MM-DD', by: LOGIN }"],
    });
  });

  it('does not believe a day to come, nor any day at an unknown time', () => {
    expect(reviewed(items((item) => ({ ...item, done: '2026-11-22' }))).kind).toBe('refused');
    expect(reviewed(items((item) => ({ ...item, done: '2026-11-21' }))).kind).toBe('allowed');
    expect(
      reviewed(
        items((item) => item),
        { now: 'today' },
      ).kind,
    ).toBe('refused');
  });

  it('asks for more of a higher risk', () => {
    expect(
      reviewed(
        items((item) => item),
        { model: { ...duties, risk: 'minimal' } },
      ).kind,
    ).toBe('allowed');
    expect(
      reviewed(
        items((item) => item),
        { model: { ...duties, risk: 'high' } },
      ).kind,
    ).toBe('refused');
  });
});

describe('a risk register', () => {
  const registered = (fields: Partial<Risk>, at = now) =>
    decideApproved(
      promotion(['risks'], {
        now: at,
        declared: { ...declared, risks: { kind: 'read', value: { risks: [{ ...risk, ...fields }] } } },
      }),
    );

  it.each([
    [{ severity: 'high', status: 'open' }, 'risks/open'],
    [{ reviewBy: '2026-11-20' }, 'risks/review'],
    [{ reviewBy: 'later' }, 'risks/review'],
  ] as const)('%j blocks', (fields, code) => {
    expect(registered(fields)).toMatchObject({
      kind: 'refused',
      findings: [{ code, where: { file: 'models/flight-delay/risks.yml' } }],
    });
  });

  it.each([
    [{ severity: 'high', status: 'controlled' }],
    [{ severity: 'medium', status: 'open' }],
    [{ reviewBy: '2026-11-21' }],
  ] as const)('%j does not', (fields) => {
    expect(registered(fields).kind).toBe('allowed');
  });

  it('without a risk, a file or a time says nothing', () => {
    const empty = { ...declared, risks: { kind: 'read', value: { risks: [] } } } as const;
    expect(decideApproved(promotion(['risks'], { declared: empty })).findings).toMatchObject([
      { code: 'risks/empty' },
    ]);
    const missing = { ...declared, risks: { kind: 'missing' } } as const;
    expect(decideApproved(promotion(['risks'], { declared: missing })).findings).toMatchObject([
      { code: 'risks/missing' },
    ]);
    expect(registered({}, 'now').kind).toBe('refused');
  });

  it('is what was approved: another one voids approvals, and only where it is asked for', () => {
    const changed = {
      ...declared,
      risks: { kind: 'read', value: { risks: [{ ...risk, control: 'None' }] } },
    } as const;
    const subject = (require: readonly ProductionNeed[], at: Declared) =>
      subjectOf(promotion(require, { declared: at }));
    expect(subject(['risks'], changed)).not.toBe(subject(['risks'], declared));
    expect(subject(['fallback'], changed)).toBe(subject(['fallback'], declared));
    expect(subject([], changed)).toBe(subject([], declared));
  });
});

describe('sign-offs', () => {
  it('are lines of the quorum, a person each', () => {
    const input = promotion(['sign-offs']);
    const lines = requiredApprovals(input.change, input.policy, input.model, input);
    expect(lines.map(({ role: name, count }) => [name, count])).toEqual([
      ['governor', 1],
      ['owner', 1],
      ['reviewer', 2],
    ]);
    expect(lines.find(({ role: name }) => name === 'governor')?.because).toEqual(['sign-off by operations']);
    const alone = decide(
      withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner'], input)),
    );
    expect(alone).toMatchObject({ kind: 'waiting', missing: [{ role: 'governor' }, { role: 'reviewer' }] });
  });

  it('of a role that is not there refuse', () => {
    const signOffs = { engineering: 'reviewer', operations: 'sre' };
    const decision = decideApproved(promotion(['sign-offs'], { model: { ...duties, signOffs } }));
    expect(decision.kind).toBe('refused');
    expect(decision.findings.map(({ code }) => code)).toContain('production/unknown-role');
  });
});

describe('feature definitions', () => {
  const serving = (recorded: string | undefined, served: string, rollback = false) => {
    const input = promotionInput({
      model: { ...model, featureVersion: served },
      change: requestOf({ moves: [rollback ? stageMove({ from: 'archived', rollback }) : stageMove()] }),
    });
    const [v1] = input.ledger.artifacts;
    const v2 = {
      ...{
        version: 2,
        artifactDigest: digest('v2 bytes'),
        stage: rollback ? ('archived' as const) : ('staging' as const),
      },
      ...{ wasInProductionAt: ['eu'], ...(recorded === undefined ? {} : { featureVersion: recorded }) },
    };
    const champions = input.ledger.champions.map((each) => ({ ...each, previous: 2 }));
    return decideApproved({ ...input, ledger: { champions, artifacts: v1 === undefined ? [v2] : [v1, v2] } });
  };

  it('must be those of the version', () => {
    expect(serving('v3', 'v3').kind).toBe('allowed');
    expect(serving('v3', 'v4')).toMatchObject({
      kind: 'refused',
      findings: [{ code: 'features/other-version', found: 'v4', allowed: 'v3' }],
    });
    expect(serving('v3', 'unknown').kind).toBe('refused');
    expect(serving('unknown', 'v4').kind).toBe('refused');
    expect(serving('unknown', 'unknown').kind).toBe('allowed');
    expect(serving(undefined, 'v4').kind).toBe('allowed');
  });

  it('hold up no rollback, and are told there', () => {
    expect(serving('v3', 'v4', true)).toMatchObject({
      kind: 'allowed',
      findings: [{ code: 'features/other-version', severity: 'warn' }],
    });
  });
});
