import { expect, it } from 'vitest';
import { readStateSlowly } from './state-file.ts';
import { readStateQuickly } from './state-quick.ts';

const hash = (digit: string) => `sha256:${digit.repeat(64)}`;
const person = (login: string, role: string) => `
      - id: 31
        login: ${login}
        role: ${role}
        submittedAt: '2026-01-01T00:00:30Z'`;
const stay = (version: number, endpoint: string, approvals: string, how: string, until: string) =>
  `  - version: ${version}
    endpoint: ${endpoint}
    approvals:${approvals}
    from: '2026-01-01T00:01:00.123Z'
    how: ${how}
    pullRequest: 120
    until: ${until}
`;
const two = person('rita-B7', 'owner-2') + person('o', 'r');
const ended = "'2026-01-01T00:02:00Z'";
const stays = [
  stay(12, 'eu-west-2', two, 'promoted by break-glass', ended),
  stay(1, 'e', ' []', 'rolled back by trigger', ended),
  stay(123_456_789, 'us', person('ada', 'risk'), 'rolled back', 'serving'),
  stay(2, 'asia', ' []', 'rolled back by break-glass', 'serving'),
  stay(2, 'x9', ' []', 'promoted', ended),
];
const labels = (digit: string, looks: number) =>
  `  - labels: ${hash(digit)}\n    lastAt: '2026-01-01T00:03:00Z'\n    looks: ${looks}\n`;
const stages = ['registered', 'staging', 'candidate', 'production', 'archived', 'rejected'];
const stageLines = stages.map((stage, at) => `  '${at + 1}': ${stage}\n`).join('');
const last = `lastEvent:\n  at: '2026-01-01T00:04:00Z'\n  hash: ${hash('a')}\n  seq: 120\n`;
const head = (model: string) => `v: 1\nmodel: ${model}\nstages:\n${stageLines}  '123456789': production\n`;
const text = `${head('growth-2/churn-3')}deployments:\n${stays.join('')}heldOut:\n${labels('b', 12)}${labels('c', 3)}${last}`;

it('every form that the app writes is read as YAML reads it', () => {
  const quick = readStateQuickly(text);
  expect(quick).toEqual(readStateSlowly(text, 'x'));
  expect(quick?.deployments.map(({ version }) => version)).toEqual([12, 1, 123_456_789, 2, 2]);
  expect(quick?.deployments[0]?.approvals).toEqual([
    { id: 31, login: 'rita-B7', role: 'owner-2', submittedAt: '2026-01-01T00:00:30Z' },
    { id: 31, login: 'o', role: 'r', submittedAt: '2026-01-01T00:00:30Z' },
  ]);
  expect([...(quick?.stages.values() ?? [])]).toEqual([...stages, 'production']);
  const serving = quick?.deployments.filter(({ until }) => until === null);
  expect(readStateQuickly(text, 'serving')).toEqual({ ...quick, deployments: serving });
  for (const model of ['m', 'm/n', 'a1-b']) {
    const bare = `${head(model)}deployments: []\n${last}`;
    expect(readStateQuickly(bare)).toEqual(readStateSlowly(bare, 'x'));
    expect(readStateQuickly(bare)?.model).toBe(model);
  }
});

it('stays that have ended are passed over by their form alone, one by one', () => {
  for (const each of stays) {
    const one = `${head('m')}deployments:\n${each}${last}`;
    const quick = readStateQuickly(one);
    expect(quick).toEqual(readStateSlowly(one, 'x'));
    expect(readStateQuickly(one, 'serving')?.deployments).toEqual(
      each.includes('until: serving') ? quick?.deployments : [],
    );
  }
});

it.each<readonly [string | RegExp, string]>([
  ['v: 1', 'v: 2'],
  [/^v/, '\nv'],
  ['model: growth', 'model: Growth'],
  ['model: growth-2/churn-3', 'model: growth/Churn'],
  ['model: growth-2/churn-3', 'model: a/b/c'],
  ['model: growth-2/churn-3', 'model: on'],
  ["'1': reg", "'0': reg"],
  ["'2': staging", "'2': staging now"],
  ["'2': staging", "'2': stagingx"],
  ["'2': staging", "'2': xstaging"],
  ["'2': staging", "'1': staging"],
  ["'3': candidate", "'2': candidate"],
  ["'2': staging", "'10': staging"],
  ["'123456789': production\n", "'1234567890': production\n"],
  [/deployments:\n(?: .*\n)+heldOut/, 'deployments:\nheldOut'],
  ['deployments:', 'deployment:'],
  ['version: 12\n', 'version: 012\n'],
  ['version: 12\n', 'version: 1234567890\n'],
  ['version: 12\n', 'version: 12 # x\n'],
  ['endpoint: us', 'endpoint: Us'],
  ['endpoint: us', 'endpoint: off'],
  ['endpoint: us', 'endpoint: null'],
  ['approvals: []', 'approvals: [] # x'],
  ['id: 31', 'id: 0x31'],
  ['id: 31', 'id: 031'],
  ['id: 31', `id: ${'1'.repeat(16)}`],
  ['login: ada', 'login: 7da'],
  ['login: ada', 'login: YES'],
  ['login: ada', 'login: ada # x'],
  ['role: risk', 'role: Risk'],
  ['role: risk', 'role: y'],
  ["Z'\n    from: '2026", "'Z'\n    from: '2026"],
  ["from: '2026", 'from: 2026'],
  ["from: '2026", "from: 'é2026"],
  ['how: promoted\n', 'how: demoted\n'],
  ['how: promoted\n', 'how: promoted by trigger by trigger\n'],
  ['pullRequest: 120', 'pullRequest: 0x120'],
  ['pullRequest: 120', 'pullRequest: 1234567890'],
  ['until: serving', 'until: servings'],
  ["until: '2026-01-01T00:02:00Z'", "until: 'serving'"],
  ['heldOut:\n', 'heldOut: \n'],
  ['looks: 12', 'looks: 1234567890'],
  ['looks: 12', 'looks: x'],
  [`labels: ${hash('b')}`, 'labels: sha256:b'],
  [`hash: ${hash('a')}`, `hash: ${hash('a')}0`],
  [`hash: ${hash('a')}`, `hash: ${hash('A')}`],
  ['seq: 120\n', 'seq: 120'],
  ['seq: 120\n', 'seq: 120\nmore: 1\n'],
  ['seq: 120\n', `seq: ${'1'.repeat(16)}\n`],
  ['seq: 120\n', 'seq: -1\n'],
  ['lastEvent:', 'x: 1\nlastEvent:'],
  ["  at: '2026", "  at: 'é2026"],
])('%s as %s is left to the reader of YAML', (from, to) => {
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  expect(readStateQuickly(edited)).toBeNull();
});

it('only a stay that has ended is passed over when those that serve are asked for', () => {
  const forged = [
    ['version: 12\n', 'version: 012\n'],
    ['endpoint: eu-west-2', 'endpoint: Eu'],
    ['login: rita-B7', 'login: 7'],
    ['role: owner-2', 'role: 2'],
    ['how: promoted by break-glass', 'how: demoted'],
    ["until: '2026-01-01T00:02:00Z'", "until: 'serving'"],
    ["until: '2026-01-01T00:02:00Z'", 'until: soon'],
    ['pullRequest: 120', 'pullRequest: x'],
    ['id: 31', 'id: 031'],
    ["from: '2026", "from: 'é"],
    ["submittedAt: '2026", "submittedAt: 'é"],
  ] as const;
  for (const [from, to] of forged) {
    expect(text).toContain(from);
    expect(readStateQuickly(text.replace(from, to), 'serving')).toBeNull();
  }
});
