import { describe, expect, it } from 'vitest';
import type { LedgerCommand } from './command.ts';
import { type Incident, repositoryBook } from './incident.ts';
import type { ModelState } from './ledger.ts';
import { artifactOf, move, recordOf, staged, after as stateAfter } from './registry.fixture.ts';
import { cardVersion, renderLedgerFiles, renderModelFiles } from './render.ts';
import { emptyState } from './stream.ts';

const measured = (): LedgerCommand => {
  const metric = (name: string, challenger: number, grade: string) => ({ metric: name, challenger, grade });
  const metrics = [
    metric('auc', 0.6, 'judged'),
    metric('loss', 0.3, 'claimed'),
    metric('auc', 0.7, 'judged'),
  ];
  const record = { ...recordOf('flight-delay', 'b'), metrics: metrics as never };
  return { kind: 'register', stage: 'staging', record };
};
const look = (labels: string, result: string) => (): LedgerCommand => ({
  ...{ kind: 'use-held-out', heldOut: artifactOf(labels), result: artifactOf(result) },
});
const told = stateAfter(
  ...[staged('a'), measured, staged('c'), move({ version: 1, endpoint: 'us' })],
  ...[move({ version: 2, endpoint: 'eu' }), move({ version: 3, endpoint: 'us' })],
  ...[move({ version: 3, endpoint: 'asia' }), move({ version: 3, endpoint: 'asia', to: 'archived' })],
  ...[look('june', 'r1'), look('april', 'r2'), look('june', 'r3')],
);
const reviewer = { id: 3, login: 'rita', kind: 'User' } as const;
const approval = { reviewId: 1, reviewer, role: 'owner', commit: 'c', submittedAt: '2026-01-01T00:03:00Z' };
const checked = { ...approval, checkRunId: 2, checkCompletedAt: '2026-01-01T00:02:00Z' };
/** The same facts, in whatever order they came. */
const state: ModelState = {
  ...told,
  versions: new Map(
    [...told.versions]
      .reverse()
      .map(([number, each]) => [
        number,
        { ...each, deployments: each.deployments.map((stay) => ({ ...stay, approvals: [checked] })) },
      ]),
  ),
};
const renderers = { modelCard: (of: ModelState, version: number) => `${of.model} v${version}` };
const file = (path: string, of = state) => renderModelFiles(of, renderers).get(path) ?? '';
const stayText = (version: number, endpoint: string, from: number, until: string) => `
  - version: ${version}
    endpoint: ${endpoint}
    approvals:
      - id: 3
        login: rita
        role: owner
        submittedAt: '2026-01-01T00:03:00Z'
    from: '2026-01-01T00:0${from}:00.000Z'
    how: promoted
    pullRequest: ${from}
    until: ${until}`;

describe('files of a model', () => {
  it('are its versions, its endpoints, its state, its status and its card', () => {
    const paths = ['versions/0003.yml', 'versions/0002.yml', 'versions/0001.yml'].map(
      (each) => `models/flight-delay/${each}`,
    );
    expect([...renderModelFiles(state, renderers).keys()]).toEqual([
      ...paths,
      ...['us', 'eu', 'asia'].map((endpoint) => `endpoints/${endpoint}/flight-delay.yml`),
      ...['state.yml', 'status.yml', 'MODEL_CARD.md'].map((each) => `models/flight-delay/${each}`),
    ]);
    expect(file('models/flight-delay/MODEL_CARD.md')).toBe('flight-delay v2');
  });

  it('state: stages and stays by version, sets of labels by name', () => {
    expect(file('models/flight-delay/state.yml')).toBe(`v: 1
model: flight-delay
stages:
  '1': archived
  '2': production
  '3': production
deployments:${stayText(1, 'us', 4, "'2026-01-01T00:06:00.000Z'")}${stayText(2, 'eu', 5, 'serving')}${stayText(3, 'us', 6, 'serving')}${stayText(3, 'asia', 7, "'2026-01-01T00:08:00.000Z'")}
heldOut:
  - labels: ${artifactOf('april')}
    lastAt: '2026-01-01T00:10:00.000Z'
    looks: 1
  - labels: ${artifactOf('june')}
    lastAt: '2026-01-01T00:11:00.000Z'
    looks: 2
lastEvent:
  at: '2026-01-01T00:11:00.000Z'
  hash: ${told.lastHash}
  seq: 14
`);
  });

  it('status: what serves by endpoint, with the last value of each metric', () => {
    const unmeasured = '\n    drift: not measured\n    live: not measured';
    expect(file('models/flight-delay/status.yml')).toBe(`v: 1
model: flight-delay
asOf: '2026-01-01T00:11:00.000Z'
endpoints:
  - endpoint: asia
    champion: none
    since: '2026-01-01T00:08:00.000Z'
    metrics: []${unmeasured}
  - endpoint: eu
    champion: 2
    since: '2026-01-01T00:05:00.000Z'
    metrics:
      - metric: auc
        grade: judged
        measuredAt: '2026-11-21T10:00:00Z'
        value: 0.7
      - metric: loss
        grade: claimed
        measuredAt: '2026-11-21T10:00:00Z'
        value: 0.3${unmeasured}
  - endpoint: us
    champion: 3
    since: '2026-01-01T00:06:00.000Z'
    metrics: []${unmeasured}
`);
  });

  it('endpoint: who serves, what before, since when and by whom', () => {
    const digest = artifactOf('c');
    const text = (version: string, previous: string, bytes: string, minute: number, seq: number) =>
      `champion: ${version}\nprevious: ${previous}\nsince: '2026-01-01T00:0${minute}:00.000Z'\nartifactDigest: ${bytes}\nby:\n  mergedBy:\n    id: 1\n    login: ada\n    kind: User\n  pullRequest: ${minute}\n  seq: ${seq}\nfallback: previous\nrollout: all\n`;
    const head = (endpoint: string) => `v: 1\nmodel: flight-delay\nendpoint: ${endpoint}\n`;
    expect(file('endpoints/us/flight-delay.yml')).toBe(`${head('us')}${text('3', '1', digest, 6, 8)}`);
    expect(file('endpoints/asia/flight-delay.yml')).toBe(
      `${head('asia')}${text('null', 'null', 'null', 8, 11)}`,
    );
  });

  it('a champion whose record is not there has no metrics, and a model without a version no card', () => {
    const lost = { ...state, versions: new Map() };
    expect(file('models/flight-delay/status.yml', lost)).toContain('champion: 2\n');
    expect(file('models/flight-delay/status.yml', lost)).not.toContain('auc');
    const empty = renderModelFiles(emptyState('m'), renderers);
    expect([...empty.keys()]).toEqual(['models/m/state.yml', 'models/m/status.yml']);
    expect(empty.get('models/m/state.yml')).not.toContain('heldOut');
  });

  it('the card is of what serves first by name, else of the newest', () => {
    expect(cardVersion(state)).toBe(2);
    const [us, eu, asia] = [...state.endpoints];
    for (const order of [
      [eu, us, asia],
      [eu, asia, us],
      [asia, eu, us],
    ] as never[])
      expect(cardVersion({ ...state, endpoints: new Map(order) })).toBe(2);
    expect(emptyState('m').lastAt).toBe('unknown');
    const vacant = { ...state, endpoints: new Map() };
    expect(cardVersion(vacant)).toBe(3);
    expect(cardVersion({ ...told, endpoints: new Map() })).toBe(3);
    expect(cardVersion(emptyState('m'))).toBeNull();
  });
});

describe('files of the repository itself', () => {
  const incident: Omit<Incident, 'closed'> = {
    ...{ number: 0, at: '2026-01-01T00:00:00Z', by: reviewer, reason: 'waiting', model: null },
    ...{ pullRequest: null, commit: 'c1', baseRef: 'main', base: 'b1', codes: ['gate/failed'] },
  };
  const closed = { at: '2026-01-02T00:00:00Z', because: 'mended' } as const;
  const opened = (number: number, end: Incident['closed']): [number, Incident] => [
    number,
    { ...incident, number, closed: end },
  ];
  const book: ModelState = {
    ...emptyState(repositoryBook),
    ...{ lastSeq: 4, lastAt: '2026-01-03T00:00:00Z' },
    incidents: new Map([opened(0, null), opened(1, closed)]),
  };

  it('are the incidents, without a word of people', () => {
    const line = `
    at: '2026-01-01T00:00:00Z'
    base: b1
    baseRef: main
    by:
      id: 3
      login: rita`;
    expect([...renderModelFiles(book, renderers)]).toEqual([
      [
        'audit/incidents.yml',
        `v: 1
corrections: []
incidents:
  - model: null${line}
    closed: open
    codes:
      - gate/failed
    commit: c1
    number: 0
    pullRequest: null
    reason: waiting
  - model: null${line}
    closed:
      at: '2026-01-02T00:00:00Z'
      because: mended
    codes:
      - gate/failed
    commit: c1
    number: 1
    pullRequest: null
    reason: waiting
lastEvent:
  at: '2026-01-03T00:00:00Z'
  hash: ${book.lastHash}
  seq: 4
`,
      ],
    ]);
    const { incidents: _, ...bare } = book;
    expect(renderModelFiles(bare, renderers).get('audit/incidents.yml')).toContain('incidents: []');
  });
});

describe('files of the whole ledger', () => {
  const models = (['zeta', 'alpha', 'mid'] as const).map((model) => emptyState(model));
  const readme = (states: readonly ModelState[]) => states.map(({ model }) => model).join(' ');

  it.each([models, [...models].reverse()])('come by path, the models on the front page by name', (...all) => {
    const files = renderLedgerFiles(all, 'own', { ...renderers, readme });
    const each = ['alpha', 'mid', 'zeta'].flatMap((model) => [
      ...[`models/${model}/state.yml`, `models/${model}/status.yml`],
    ]);
    expect([...files.keys()]).toEqual(['README.md', ...each]);
    expect(files.get('README.md')).toBe('alpha mid zeta');
    const shared = renderLedgerFiles(all, 'shared', { ...renderers, readme });
    expect([...shared.keys()]).toEqual(['audit/README.md', ...each]);
  });
});
