import { describe, expect, it } from 'vitest';
import type { Contract } from '../config/contract.ts';
import type { Severity } from '../finding/finding.ts';
import { judgeGovernance, mayRead } from './governance.ts';

const contract = {
  dataset: 'flights',
  access: ['flight-delay'],
  expires: '2030-01-01',
  derivedFrom: [],
  columns: [],
  legalBasis: 'contract 7',
  approvedBy: 'omar',
} as Partial<Contract>;
const of = (fields: Partial<Contract>) => ({ ...contract, ...fields }) as Contract;
const knownOf = (...contracts: readonly Contract[]) => new Map(contracts.map((each) => [each.dataset, each]));
const judge = (
  model: string | null,
  today: string,
  fields: Partial<Contract> = {},
  known: ReadonlyMap<string, Contract> = new Map(),
) =>
  judgeGovernance(of(fields), known, model, today, (pointer) => ({
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

describe('constraints of ancestors', () => {
  const today = '2029-12-31';
  const raw = of({ dataset: 'raw', access: ['*'] });
  const clean = of({ dataset: 'clean', derivedFrom: ['raw'], access: ['*'] });
  const derived = { derivedFrom: ['clean'] };
  const column = (privacy: 'none' | 'personal' | 'secret', name = 'who') =>
    ({ name, privacy }) as Contract['columns'][number];

  it('change nothing where they are no stricter', () => {
    expect(judge('flight-delay', today, derived, knownOf(raw, clean))).toEqual([]);
  });

  it('refuse a model that one of them refuses, and say which and on what basis', () => {
    const strict = of({ dataset: 'raw', access: ['churn'] });
    expect(judge('flight-delay', today, derived, knownOf(strict, clean))).toMatchObject([
      {
        code: 'data/access',
        severity: 'fail',
        message: expect.stringContaining(
          '"raw", which does not allow it (legal basis: contract 7; approved by omar)',
        ),
        allowed: 'no model',
        fix: expect.stringContaining('owner of "raw"'),
      },
    ]);
    expect(judge(null, today, derived, knownOf(strict, clean))).toEqual([]);
  });

  it('end with the first of them', () => {
    const short = of({ dataset: 'raw', access: ['*'], expires: '2029-01-01' });
    expect(judge('flight-delay', today, derived, knownOf(short, clean))).toMatchObject([
      {
        code: 'data/expired',
        message: expect.stringContaining('"raw", from which "flights" was made, ended on 2029-01-01'),
        where: { pointer: '/derived-from' },
      },
    ]);
    expect(codes('flight-delay', today, derived, knownOf(of({ ...short, expires: 'never' }), clean))).toEqual(
      ['data/expired'],
    );
  });

  it.each([
    ['personal', 'none', ['data/privacy-inherited']],
    ['secret', 'personal', ['data/privacy-inherited']],
    ['personal', 'personal', []],
    ['personal', 'secret', []],
    ['none', 'none', []],
  ] as const)('keep a column at least as private: %s upstream, %s here', (upstream, here, expected) => {
    const known = knownOf(
      of({ ...raw, columns: [column(upstream), column('secret', 'other')] }),
      of({ ...clean, columns: [column('none')] }),
    );
    expect(codes('flight-delay', today, { ...derived, columns: [column(here)] }, known)).toEqual(expected);
  });

  it('take the highest class of all, in whatever order', () => {
    const known = knownOf(
      of({ ...raw, columns: [column('secret')] }),
      of({ ...clean, columns: [column('personal')] }),
    );
    const [finding] = judge('flight-delay', today, { ...derived, columns: [column('personal')] }, known);
    expect(finding).toMatchObject({
      allowed: 'privacy: secret',
      column: 'who',
      where: { pointer: '/columns/who/privacy' },
    });
  });

  it('fail where a contract is missing, near or far', () => {
    expect(judge('flight-delay', today, { derivedFrom: ['gone'] })).toMatchObject([
      { code: 'data/ancestor-missing', severity: 'fail', where: { pointer: '/derived-from/0' } },
    ]);
    expect(judge('flight-delay', today, derived, knownOf(clean))).toMatchObject([
      { code: 'data/ancestor-missing', message: expect.stringContaining('"raw", over others') },
    ]);
  });

  it('fail in a circle, and end', () => {
    const circle = knownOf(of({ ...raw, derivedFrom: ['flights'] }), clean, of(derived));
    expect(codes('flight-delay', today, derived, circle)).toEqual(['data/ancestor-circular']);
    expect(mayRead(judge('flight-delay', today, derived, circle))).toBe(false);
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
