import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { isFailure } from '../finding/finding.ts';
import { parsePolicy, renderPolicy } from './policy-file.ts';
import { minuteOfWeek } from './stage-rule.ts';

const file = '.github/gatehouse.yml';
const start = (preset: string) => `version: 1
preset: ${preset}
roles:
  reviewer: { users: [rita, omar] }
  risk: { users: [rosa, omar] }
  governor: { users: [ada, eve, bea] }
store: file:///srv/store
data: file:///srv/dvc
trusted: { repository: acme/gatehouse, shas: ['${'0'.repeat(40)}'] }
`;
const read = (text: string, preset = 'small-team') => parsePolicy(`${start(preset)}${text}`, file);
const problems = (text: string) => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError)
      return error.findings.filter(isFailure).map(({ where, allowed }) => [where?.pointer, allowed]);
    throw error;
  }
  return [];
};

const everything = `stages:
  production: { soak-hours: 24, expires-days: 14, promotes_from: [candidate, staging] }
STAGES:
  - staging
  - production: { promotes_from: [candidate, archived] }
freeze:
  - { from: 2026-12-20, until: 2027-01-03, reason: holidays }
  - { from: fri 16:00, until: mon 06:00, to: [staging, production], reason: nobody is there }
production: { require: [fallback, risks] }
add-when:
  - { paths: ['src/**'], endpoints: [eu], privacy: [personal, secret], approvals: { risk: 1 } }
`;

describe('time and order in the policy', () => {
  it('reads soak, expiry, order in both shapes, freezes and needs', () => {
    const policy = read(everything);
    expect(policy.stages.production).toMatchObject({
      soakHours: 24,
      expiresDays: 14,
      promotesFrom: ['candidate'],
    });
    expect(policy.stages.staging).toEqual({ approvals: [{ role: 'reviewer', count: 1 }] });
    expect(policy.freeze).toEqual([
      { kind: 'dates', from: '2026-12-20', until: '2027-01-03', to: ['production'], reason: 'holidays' },
      {
        kind: 'weekly',
        from: 'fri 16:00',
        until: 'mon 06:00',
        to: ['staging', 'production'],
        reason: 'nobody is there',
      },
    ]);
    expect(policy.production).toEqual({ require: ['risks', 'fallback'] });
    expect(policy.addWhen.at(-1)).toEqual({
      paths: ['src/**'],
      endpoints: ['eu'],
      privacy: ['personal', 'secret'],
      approvals: [{ role: 'risk', count: 1 }],
    });
  });

  it('prints what it read', () => {
    const policy = read(everything);
    expect(parsePolicy(renderPolicy(policy), file)).toEqual(policy);
    expect(renderPolicy(read('', 'regulated'))).toContain('require:');
  });

  it.each([
    ['small-team', undefined],
    ['team', ['owners', 'fallback']],
    ['regulated', ['readiness', 'risks', 'owners', 'sla', 'sign-offs', 'monitoring', 'fallback']],
  ])('%s requires by itself, and a file only adds', (preset, needs) => {
    expect(read('', preset).production?.require).toEqual(needs);
    const more = read('production: { require: [monitoring] }\n', preset).production?.require ?? [];
    expect(more).toEqual(expect.arrayContaining([...(needs ?? []), 'monitoring']));
  });

  it.each([
    ['freeze: [{ from: fri 16:00, until: 2026-12-20, reason: x }]', '/freeze/0/until'],
    ['freeze: [{ from: 2026-12-20, until: 2026-12-19, reason: x }]', '/freeze/0/until'],
    ['freeze: [{ from: mon 06:00, until: mon 06:00, reason: x }]', '/freeze/0/until'],
    ['freeze: [{ from: fri 24:00, until: mon 06:00, reason: x }]', '/freeze/0/from'],
    ['freeze: [{ from: 2026-02-30, until: 2026-03-01, reason: x }]', '/freeze/0/from'],
    ['stages: { production: { soak-hours: 0 } }', '/stages/production/soak-hours'],
    ['stages: { production: { promotes_from: [prod] } }', '/stages/production/promotes_from/0'],
    ['STAGES: [{ production: { promotes_from: [candidate] }, staging: {} }]', '/STAGES/0'],
    ['STAGES: [dev]', '/STAGES/0'],
    ['production: { require: [luck] }', '/production/require/0'],
    ['rollback: { soak-hours: 1 }', '/rollback/soak-hours'],
  ])('refuses %s and says what is allowed', (text, pointer) => {
    const found = problems(`${text}\n`);
    expect(found.map(([at]) => at)).toContain(pointer);
    expect(found.every(([, allowed]) => typeof allowed === 'string' && allowed !== '')).toBe(true);
  });

  it('counts minutes from Monday', () => {
    expect(minuteOfWeek('mon 00:00')).toBe(0);
    expect(minuteOfWeek('sun 23:59')).toBe(7 * 24 * 60 - 1);
    expect(minuteOfWeek('fri 16:60')).toBeNull();
    expect(minuteOfWeek('Fri 16:00')).toBeNull();
  });
});
