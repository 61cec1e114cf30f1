import { expect, it } from 'vitest';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import { modelYaml } from '../../core/change/declared.fixture.ts';
import type { Contract } from '../../core/config/contract.ts';
import type { Policy } from '../../core/config/policy.ts';
import { model, policy } from '../../core/evidence/evidence.fixture.ts';
import { requestOf, stageMove } from '../../core/policy/decision.fixture.ts';
import { readRules } from './rules.ts';

const waiver = `version: 1
model: flight-delay
gate: auc min 0.6
until: '2026-12-01'
reason: few rows
by: omar
`;

/** Rules of a promotion onto a base with these files; head has more of them, which nobody reads. */
function rulesOn(
  files: Readonly<Record<string, string>>,
  from: 'base' | 'head' = 'base',
  rules: Policy = policy,
) {
  const tree = (texts: Readonly<Record<string, string>>) =>
    new Map(Object.entries(texts).map(([path, text]) => [path, { path, mode: '100644', blob: text }]));
  const contract = { columns: [{ name: 'row', privacy: 'personal' }] } as unknown as Contract;
  const governed = {
    config: model,
    from,
    path: 'models/flight-delay/model.yml',
    text: modelYaml('flight-delay'),
  };
  const proposal = {
    policy: rules,
    catalogue: {
      models: new Map([['flight-delay', governed]]),
      datasets: new Map([['flights', { config: contract, from, path: 'datasets/flights.yml', text: '' }]]),
      findings: [],
    },
    trees: {
      mergeBase: tree(files),
      base: tree(files),
      head: tree({ ...files, 'waivers/own.yml': waiver.replace('0.6', '0.5') }),
    },
    commits: { baseRef: 'main', base: 'b', head: 'h', mergeBase: 'b' },
  } as unknown as Proposal;
  const reader = { blob: async (blob: string) => Buffer.from(blob) } as unknown as GitHubReader;
  return readRules(reader, proposal, requestOf({ moves: [stageMove()] }));
}

it('reads what base declares about the model, and nothing that the pull request brings', async () => {
  const { declared } = await rulesOn({
    'waivers/region.yml': waiver,
    'waivers/other.yml': waiver.replace('flight-delay', 'churn'),
    'models/flight-delay/risks.yml': 'version: 1\n',
  });
  expect(declared?.waivers.map(({ name, gate }) => [name, gate])).toEqual([['region', 'auc min 0.6']]);
  expect(declared).toMatchObject({ readiness: { kind: 'missing' }, risks: { kind: 'unreadable' } });
  expect((await rulesOn({})).declared).toBeNull();
  expect((await rulesOn({ 'waivers/region.yml': waiver }, 'head')).declared).toBeNull();
});

it('reads privacy classes only where a condition asks for them', async () => {
  expect((await rulesOn({})).privacy).toBeNull();
  const addWhen = [{ privacy: ['personal'], approvals: [{ role: 'risk', count: 1 }] }] as const;
  expect((await rulesOn({}, 'base', { ...policy, addWhen })).privacy).toEqual(['personal']);
});
