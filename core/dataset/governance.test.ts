import { describe, expect, it } from 'vitest';
import type { Contract } from '../config/contract.ts';
import type { Severity } from '../finding/finding.ts';
import { judgeGovernance, mayRead } from './governance.ts';

const contract = { dataset: 'flights', access: ['flight-delay'], expires: '2030-01-01' } as Partial<Contract>;
const judge = (model: string | null, today: string, fields: Partial<Contract> = {}) =>
  judgeGovernance({ ...contract, ...fields } as Contract, model, today, (pointer) => ({
    file: 'datasets/flights.yml',
    pointer,
  }));
const codes = (...input: Parameters<typeof judge>) => judge(...input).map(({ code }) => code);

describe('judgeGovernance', () => {
  it.each([
    ['its model, on the last day', 'flight-delay', '2030-01-01', []],
    ['no model', null, '2029-12-31', []],
    ['another model', 'churn', '2029-12-31', ['data/access']],
    ['the day after', 'flight-delay', '2030-01-02', ['data/expired']],
    ['a day that is none', 'flight-delay', '2029-13-01', ['data/expired']],
    ['no day', 'churn', '', ['data/access', 'data/expired']],
  ])('answers for %s', (_, model, today, expected) => {
    expect(codes(model, today)).toEqual(expected);
  });

  it('says who may, also when nobody may', () => {
    expect(judge('churn', '2029-12-31')[0]).toMatchObject({ allowed: 'flight-delay', found: 'churn' });
    expect(judge('churn', '2029-12-31', { access: [] })[0]).toMatchObject({ allowed: 'no model' });
    expect(codes('churn', '2029-12-31', { access: ['*'] })).toEqual([]);
    expect(codes('churn', '2029-12-31', { expires: 'never' })).toContain('data/expired');
  });
});

describe('mayRead', () => {
  const found = (...severities: readonly Severity[]) =>
    severities.map((severity) => ({ code: 'data/access', severity, message: 'x', fix: 'y' }));

  it('lets warnings and notes pass, and stops at one failure among them', () => {
    expect(mayRead([])).toBe(true);
    expect(mayRead(found('warn', 'note'))).toBe(true);
    expect(mayRead(found('warn', 'fail', 'note'))).toBe(false);
  });

  it('stops at what governance refuses', () => {
    expect(mayRead(judge('churn', '2029-12-31'))).toBe(false);
    expect(mayRead(judge('flight-delay', '2029-12-31'))).toBe(true);
  });
});
