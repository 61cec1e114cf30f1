import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerFiles } from '../../adapters/github/reader.ts';
import { renderTransaction } from '../../core/audit/transaction.ts';
import { digestRefusal } from '../../core/dataset/batch.ts';
import { readRecordedProfile } from '../../core/dataset/parse-record.ts';
import type { DatasetValidation } from '../../core/evidence/evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { renderProfile } from '../../core/profile/parse-profile.ts';
import { transactionPath } from '../../core/registry/layout.ts';
import { recordOf, write } from '../../core/registry/registry.fixture.ts';
import { emptyState } from '../../core/registry/stream.ts';
import { contract, type History, MergeBench, noHistory } from './merge.fixture.ts';

/** What comes from before the data, or keeps it from coming: references, refused data, objects that are not there. */

let given: MergeBench;
beforeEach(async () => {
  given = await MergeBench.open();
});
afterEach(() => given.close());

/** 300 rows; delays move by `shift`. */
const table = (shift: number): string =>
  `delay,origin,at\n${Array.from({ length: 300 }, (_, at) => `${((at * 7919) % 101) + shift},JFK,2024-01-01\n`).join('')}`;

/** A ledger with one version that was trained on this data. */
function ledgerOf(validation: DatasetValidation): LedgerFiles {
  const { dataset, dataDigest, contractDigest, rows, record } = validation;
  const version = recordOf('flight-delay', 'first');
  const data = { dataset, dataDigest, contractDigest, rows, record, source: 'a table' };
  const lineage = { ...version.lineage, datasets: [data] };
  const { events } = write(
    emptyState('flight-delay'),
    { kind: 'register', record: { ...version, lineage }, stage: 'staging' },
    1,
  );
  const path = transactionPath('flight-delay', 1);
  const text = renderTransaction({
    ...{ kind: 'AuditTransaction', v: 1, stream: 'model/flight-delay', first: 1, gfirst: 1 },
    ...{ events, decisionInput: null, sealed: [] },
  });
  return {
    head: 'c'.repeat(40),
    listing: new Map([[path, { path, mode: '100644', blob: 'd'.repeat(40) }]]),
    read: async (asked) => (asked === path ? text : null),
  };
}

async function accept(): Promise<History> {
  const { result, record } = await given.inOnePass();
  const text = record ?? '';
  return { ...noHistory, ledger: ledgerOf(result.validation), store: new Map([[digestBytes(text), text]]) };
}

/** Both ways, held against each other. */
async function compare(history: History, most = 3) {
  const whole = await given.inOnePass(history);
  const merged = await given.merge(await given.runShards(most), history);
  expect(merged.validation).toEqual(whole.result.validation);
  expect(merged.record).toBe(whole.record);
  return { ...merged, drift: whole.result.measurement?.drift ?? null };
}
const objectOf = (text: string): string => {
  const md5 = createHash('md5').update(text).digest('hex');
  return join(given.bench.folder, 'remote', 'files', 'md5', md5.slice(0, 2), md5.slice(2));
};
const codesOf = ({ validation }: { readonly validation: DatasetValidation }) =>
  validation.findings.map(({ code }) => code);

describe('drift of a sharded dataset', () => {
  beforeEach(async () => {
    given.bench.commit('datasets/flights.yml', contract('drift: { severity: fail }\n'));
    await given.bench.track('data/3.csv', table(0));
  });

  it("is that of one pass, against the champion's data", async () => {
    const history = await accept();
    expect((await compare(history)).validation.verdict).toBe('pass');
    await given.bench.track('data/3.csv', table(300));
    const moved = await compare(history);
    expect(moved.drift?.reference).toBe('data of flight-delay v1');
    expect(moved.validation.verdict).toBe('data invalid');
    expect(codesOf(moved).some((code) => code.startsWith('data/drift'))).toBe(true);
    expect(moved.summary).toContain('flight-delay v1');
  });

  it('is not evaluated when the recorded bytes cannot be read, as in one pass', async () => {
    const history = await accept();
    const { validation } = await compare({ ...history, store: new Map() });
    expect(validation.verdict).not.toBe('pass');
  });

  it.each([
    ['profile', '{ profile: before.json }', 'before.json'],
    ['file', '{ file: before.csv.dvc }', 'before.csv.dvc'],
  ])('against a stored %s', async (_, reference, path) => {
    const { record } = await given.inOnePass();
    given.bench.commit('before.json', renderProfile(readRecordedProfile(record ?? '', 'r').profile));
    await given.bench.track('before.csv', table(0));
    given.bench.commit(
      'datasets/flights.yml',
      contract(`drift: { reference: ${reference}, severity: fail }\n`),
    );
    const same = await compare(noHistory);
    expect(same.drift?.reference).toBe(path);
    expect(same.validation.verdict).toBe('pass');
    await given.bench.track('data/3.csv', table(300));
    expect((await compare(noHistory)).validation.verdict).toBe('data invalid');
  });
});

it('data that a watch refused stays refused', async () => {
  const { result } = await given.inOnePass();
  const { files, contractDigest } = result.validation;
  const refused = [{ dataset: 'flights', refusal: digestRefusal(files, contractDigest), issue: 7 }];
  const merged = await compare({ ...noHistory, refused });
  expect(merged.validation.verdict).toBe('data invalid');
  expect(codesOf(merged)).toContain('data/batch-refused');
});

describe('tables that the data is compared with are those of the rules', () => {
  const rule = 'rules:\n  - { name: seen, rule: overlap, with: held-out.csv.dvc, columns: [delay] }\n';
  const drift = 'drift: { reference: { file: before.csv.dvc }, severity: fail }\n';
  beforeEach(async () => {
    given.bench.commit('datasets/flights.yml', contract(rule + drift));
    await given.bench.track('data/3.csv', table(300));
    await given.bench.track('before.csv', table(0));
    await given.bench.track('held-out.csv', 'delay\n20\n');
    given.governing = new Map(given.bench.listing);
  });

  it('whatever a pull request puts in their place', async () => {
    await given.bench.track('before.csv', table(300));
    await given.bench.track('held-out.csv', 'delay\n9999\n');
    const changed = await compare(noHistory);
    expect(codesOf(changed)).toContain('data/overlap');
    expect(codesOf(changed).some((code) => code.startsWith('data/drift'))).toBe(true);
    given.bench.listing.delete('held-out.csv.dvc');
    expect(codesOf(await compare(noHistory))).toContain('data/overlap');
  });

  it('and either of two versions that cannot be had is told', async () => {
    await given.bench.track('held-out.csv', 'delay\n9999\n');
    await rm(objectOf('delay\n9999\n'));
    expect(codesOf(await compare(noHistory))).toEqual(['data/dvc-object-missing']);
  });
});

describe('data that cannot be had is told as in one pass', () => {
  const second = 'delay,origin,at\n-3,JFK,2024-01-02\n';
  const first = 'delay,origin,at\n1,LAX,2024-01-01\n20,JFK,\n';

  it.each([1, 3, 4])('objects that are missing or damaged, over %i shards', async (most) => {
    await rm(objectOf(second));
    await writeFile(objectOf(first), first.replace('20,JFK', '21,JFK'));
    const merged = await compare(noHistory, most);
    expect(merged.validation.verdict).toBe('data invalid');
    expect(codesOf(merged)).toEqual(['data/dvc-digest', 'data/dvc-object-missing']);
  });

  it('a remote that is away says nothing about the data', async () => {
    await rm(join(given.bench.folder, 'remote'), { recursive: true });
    const merged = await compare(noHistory);
    expect(merged.validation.verdict).toBe('not evaluated');
  });

  it('a table that a rule or the drift compares with', async () => {
    await given.bench.track('held-out.csv', 'delay\n2\n');
    const rule = 'rules:\n  - { name: seen, rule: overlap, with: held-out.csv.dvc, columns: [delay] }\n';
    given.bench.commit('datasets/flights.yml', contract(rule));
    await rm(objectOf('delay\n2\n'));
    expect(codesOf(await compare(noHistory))).toEqual(['data/dvc-object-missing']);
    const drift = 'drift: { reference: { file: held-out.csv.dvc } }\n';
    given.bench.commit('datasets/flights.yml', contract(drift));
    expect(codesOf(await compare(noHistory))).toEqual(['data/dvc-object-missing']);
    given.bench.listing.delete('held-out.csv.dvc');
    expect((await compare(noHistory)).validation.verdict).not.toBe('pass');
  });

  it('has no verdict while another shard is missing', async () => {
    await rm(objectOf(second));
    const merged = await given.merge(await given.runShards(3, [3]));
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(codesOf(merged)).toEqual(['data/shard-missing']);
  });
});
