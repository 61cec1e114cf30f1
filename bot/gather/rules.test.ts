import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import type { Role } from '../../core/config/policy.ts';
import { policy } from '../../core/evidence/evidence.fixture.ts';
import { person, requestOf } from '../../core/policy/decision.fixture.ts';
import { readHolders } from './roles.ts';
import { readRules } from './rules.ts';

const path = 'models/flight-delay/model.yml';
const example = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'flights', path), 'utf8')
  .replace('__LABELS__', 'https://labels.example.test/june.csv')
  .replace('__LABELS_SHA256__', 'a'.repeat(64));
const promising = (max: number, login: string) =>
  `${example}\nprediction:\n  range: { min: 0, max: ${max} }\n  consumers:\n    - { name: crew planning, users: [${login}] }\n`;

/** Rules of a pull request that changes model.yml of base to another text; null: it deletes it. */
function rulesOf(base: string, head: string | null) {
  const entry = (text: string) => new Map([[path, { path, mode: '100644', blob: text }]]);
  const config = parseModelConfig(base, path, 'flight-delay');
  const governed = {
    // As the catalogue reads it: with the gates of the suite beside it.
    config: { ...config, gates: [...config.gates, { metric: 'behaviour-pass-rate', min: 1 }] },
    from: 'base',
    path,
    text: base,
  } as const;
  const proposal = {
    policy,
    catalogue: { models: new Map([['flight-delay', governed]]), datasets: new Map(), findings: [] },
    trees: { mergeBase: entry(base), base: entry(base), head: head === null ? new Map() : entry(head) },
    commits: { baseRef: 'main', base: 'b', head: 'h', mergeBase: 'b' },
  } as unknown as Proposal;
  const reader = { file: async () => (head === null ? null : Buffer.from(head)) } as unknown as GitHubReader;
  return readRules(reader, proposal, requestOf({ configuration: [path] }));
}

it('reads what a changed model.yml takes from consumers, and asks those of base', async () => {
  const { prediction, modelFields } = await rulesOf(promising(1, 'cleo'), promising(2, 'mallory'));
  expect(modelFields).toEqual(['prediction']);
  expect(prediction).toMatchObject({
    findings: [{ code: 'prediction/breaking', severity: 'warn' }],
    consumers: [{ name: 'crew planning', users: ['cleo'] }],
  });
  const membersOf = async ({ users }: Role) => users.map((login, at) => person(at + 50, login));
  const holders = await readHolders({ membersOf }, policy, [], prediction?.consumers);
  expect(holders.get('consumer: crew planning')).toMatchObject([{ login: 'cleo' }]);
});

it.each([
  ['nothing', promising(1, 'cleo'), promising(1, 'cleo'), null],
  ['less than was promised', promising(2, 'cleo'), promising(1, 'cleo'), null],
  ['a promise where none was', example, promising(1, 'cleo'), null],
  ['no readable text', promising(1, 'cleo'), 'version: [', 'prediction/not-compared'],
  ['no file any more', promising(1, 'cleo'), null, 'prediction/breaking'],
])('of a change to %s', async (_, base, head, code) => {
  const { prediction } = await rulesOf(base, head);
  expect(prediction?.findings[0]?.code ?? null).toBe(code);
});

it.each([
  ['the suite and a contract', 'models/flight-delay/behaviour.yml', ['mona', 'cora']],
  ['a contract alone', 'datasets/flights.yml', ['cora']],
])('asks the owner of every file that changed: %s', async (_, changed, users) => {
  const config = {
    ...parseModelConfig(example, path, 'flight-delay'),
    owners: { users: ['mona'], teams: [] },
  };
  const governed = { config, from: 'base', path, text: example } as const;
  const contract = 'datasets/flights.yml';
  const owned = { config: { owner: { users: ['cora'], teams: [] }, from: [] }, from: 'base', path: contract };
  const same = new Map([[path, { path, mode: '100644', blob: 'b' }]]);
  const proposal = {
    policy,
    catalogue: {
      models: new Map([['flight-delay', governed]]),
      datasets: new Map([['flights', owned]]),
      findings: [],
    },
    trees: { mergeBase: same, base: same, head: same },
    commits: { baseRef: 'main', base: 'b', head: 'h', mergeBase: 'b' },
  } as unknown as Proposal;
  const change = requestOf({ configuration: [...new Set([contract, changed])].sort() });
  const { owners } = await readRules({} as GitHubReader, proposal, change);
  expect(owners.flatMap((owner) => owner.users)).toEqual(users);
});
