import { describe, expect, it } from 'vitest';
import type { FileFact } from '../change/declared.ts';
import { parseContract } from '../config/contract-file.ts';
import { isTriggered, limitOf, triggersAt } from '../config/rollback-trigger.ts';
import type { Withdrawn } from '../config/withdrawn.ts';
import { digest, validation } from '../evidence/evidence.fixture.ts';
import { barredFindings } from '../policy/target-rule.ts';
import { type Bars, barredProposal, barredVersions } from './barred.ts';
import { after, register, staged } from './registry.fixture.ts';

const data = digest('data of v1');
const read = (...versions: readonly number[]): FileFact<Withdrawn> => ({
  kind: 'read',
  value: { versions: versions.map((version) => ({ version, reason: 'leaks a column', by: 'omar' })) },
});
const bars = (fields: Partial<Bars>): Bars => ({
  model: 'flight-delay',
  withdrawn: { kind: 'missing' },
  revoked: new Map(),
  ...fields,
});
const state = after(() => {
  const command = register('flight-delay', 'v1', 'staging');
  if (command.kind !== 'register') throw new Error('no registration');
  const dataset = {
    dataset: 'flights',
    dataDigest: data,
    contractDigest: data,
    rows: 1,
    record: null,
    source: 's',
  };
  const { record } = command;
  return { ...command, record: { ...record, lineage: { ...record.lineage, datasets: [dataset] } } };
});

describe('what bars a version', () => {
  it('a withdrawal of this version, in a file that can be read', () => {
    expect(barredVersions([1], bars({ withdrawn: read(2) }), state)).toEqual([]);
    expect(barredVersions([1, 1], bars({ withdrawn: read(1) }), state)).toEqual([
      { kind: 'withdrawn', version: 1, path: 'models/flight-delay/withdrawn.yml' },
    ]);
    const unreadable = { kind: 'unreadable', because: 'no YAML' } as const;
    expect(barredVersions([1], bars({ withdrawn: unreadable }), state)).toMatchObject([
      { kind: 'unreadable', version: 1, because: 'no YAML' },
    ]);
    expect(barredVersions([1], bars({}), null)).toEqual([]);
  });

  it('data that was revoked after it was trained on, by digest', () => {
    const revoked = (name: string, ...digests: readonly string[]) =>
      bars({ revoked: new Map([[name, digests]]) });
    expect(barredVersions([1], revoked('flights', digest('other')), state)).toEqual([]);
    // The same rows under another name are the same rows.
    expect(barredVersions([1], revoked('weather', data), state)).toMatchObject([
      { kind: 'revoked', version: 1, dataset: 'weather', path: 'datasets/weather.yml' },
    ]);
    expect(barredVersions([1], revoked('flights', data), state)).toEqual([
      { kind: 'revoked', version: 1, dataset: 'flights', path: 'datasets/flights.yml' },
    ]);
    const [trained] = validation.datasets;
    const own = revoked('flights', trained?.dataDigest ?? '');
    expect(barredProposal(validation, null, own, state)).toMatchObject([{ kind: 'revoked', version: null }]);
    expect(barredProposal(validation, null, revoked('flights', data), state)).toEqual([]);
    expect(barredProposal(null, null, own, state)).toEqual([]);
  });

  it('bytes that were withdrawn, under another number as well', () => {
    const twice = after(staged('same'), staged('same'), staged('other'));
    const withdrawn = bars({ withdrawn: read(1) });
    expect(barredVersions([2, 3], withdrawn, twice)).toEqual([
      { kind: 'withdrawn', version: 2, path: 'models/flight-delay/withdrawn.yml', bytesOf: 1 },
    ]);
    const artifact = twice.versions.get(1)?.record.artifact.digest ?? null;
    const [again, ...more] = barredProposal(null, artifact, withdrawn, twice);
    expect(more).toEqual([]);
    expect(barredFindings(again === undefined ? [] : [again])).toMatchObject([
      { code: 'target/withdrawn', message: expect.stringContaining('What is proposed has the bytes of v1') },
    ]);
    expect(barredProposal(null, artifact, bars({ withdrawn: read(3) }), twice)).toEqual([]);
    expect(barredProposal(null, null, withdrawn, twice)).toEqual([]);
  });

  it('a contract names digests of revoked data', () => {
    const text = (more: string) =>
      `version: 1\ndescription: d\nowner: { users: [omar] }\nfiles: [data/a.csv]\nrows: { min: 1 }\ncolumns: [{ name: a, type: integer }]\naccess: []\nexpires: 2099-01-01\nsource: s\nlegal-basis: l\napproved-by: omar\n${more}`;
    expect(parseContract(text(`revoked: ["${data}"]\n`), 'datasets/a.yml').revoked).toEqual([data]);
    expect(parseContract(text(''), 'datasets/a.yml')).not.toHaveProperty('revoked');
    expect(() => parseContract(text('revoked: [abc]\n'), 'datasets/a.yml')).toThrow();
  });
});

describe('a trigger', () => {
  it('is a finite value beyond a finite limit, and one limit', () => {
    expect(
      [0.021, 0.02, 0, Number.NaN, Number.POSITIVE_INFINITY].map((value) =>
        isTriggered({ above: 0.02 }, value),
      ),
    ).toEqual([...[true, false, false, false, false]]);
    expect([0.7, 0.8, 0.9].map((value) => isTriggered({ below: 0.8 }, value))).toEqual([true, false, false]);
    expect(isTriggered({ above: 1, below: 2 }, 3)).toBe(false);
    expect(isTriggered({}, 3)).toBe(false);
    expect(isTriggered({ above: Number.NaN }, 3)).toBe(false);
    expect(limitOf({ below: 0.8 })).toBe(0.8);
    expect(limitOf({})).toBeNaN();
  });

  it('watches the endpoints that it names, or all', () => {
    const one = { name: 'errors', metric: 'e', above: 1, windowMinutes: 5, endpoints: ['eu'] };
    const all = { name: 'late', metric: 'l', above: 1, windowMinutes: 5 };
    expect(triggersAt([one, all], 'us')).toEqual([all]);
    expect(triggersAt([one, all], 'eu')).toEqual([one, all]);
    expect(triggersAt(undefined, 'eu')).toEqual([]);
  });
});
