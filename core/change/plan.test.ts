import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textPaths } from './catalogue.ts';
import type { Change, TreeListing } from './change.ts';
import type { LedgerView } from './moves.ts';
import { planChange } from './plan.ts';

const example = (path: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'flights', path), 'utf8')
    .replace('__LABELS__', 'https://labels.example.test/june.csv')
    .replace('__LABELS_SHA256__', 'a'.repeat(64));

const policyText = example('.github/gatehouse.yml')
  .replace('__STORE__', 'file:///srv/store')
  .replace('__DATA__', 'file:///srv/data');

type Files = Readonly<Record<string, string>>;

const base: Files = {
  'README.md': 'flights',
  '.github/gatehouse.yml': 'policy',
  '.github/workflows/gatehouse.yml': 'caller',
  'datasets/flights.yml': example('datasets/flights.yml'),
  'data/flights-2001-01.csv.dvc': 'pointer',
  'models/flight-delay/model.yml': example('models/flight-delay/model.yml'),
  'models/flight-delay/stages.yml': 'production: {}\n',
  'models/flight-delay/train.mjs': 'train',
  'models/flight-delay/NOTES.md': 'declared by the glob of the model',
  'src/other.ts': 'other',
};

function treeOf(files: Files, modes: Files = {}): TreeListing {
  return new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      { path, mode: modes[path] ?? '100644', blob: createHash('sha1').update(text).digest('hex') },
    ]),
  );
}

const withdrawn = `version: 1
versions:
  - { version: 5, reason: it learned from the label, by: omar }
`;

const waiver = `version: 1
model: flight-delay
gate: auc min 0.6
until: '2026-12-01'
reason: few rows
by: omar
`;

const noLedger: LedgerView = { versions: new Map(), champions: new Map() };

interface World {
  readonly mergeBase?: Files;
  readonly base?: Files;
  readonly head: Files;
  readonly ledger?: LedgerView;
  readonly ledgerOnBase?: boolean;
  readonly modes?: Files;
}

function plan(world: World): Change {
  const sides = {
    mergeBase: world.mergeBase ?? base,
    base: world.base ?? world.mergeBase ?? base,
    head: world.head,
  };
  const trees = {
    mergeBase: treeOf(sides.mergeBase),
    base: treeOf(sides.base),
    head: treeOf(sides.head, world.modes),
  };
  const known = new Set(textPaths(trees).map(({ side, path }) => `${side}:${path}`));
  return planChange({
    ...trees,
    // Only what textPaths announced may be asked for: a shell has read nothing else.
    text: (side, path) => (known.has(`${side}:${path}`) ? (sides[side][path] ?? null) : null),
    ledger: () => world.ledger ?? noLedger,
    ledgerOnBase: world.ledgerOnBase ?? false,
  });
}

function request(world: World): Extract<Change, { kind: 'request' }> {
  const change = plan(world);
  if (change.kind !== 'request') throw new Error(`not a request: ${JSON.stringify(change)}`);
  return change;
}

const codes = (change: Change): readonly string[] =>
  change.kind === 'refused' ? change.findings.map(({ code }) => code) : [];
const digest = (world: World): string => request(world).contentDigest;

describe('what a pull request asks for', () => {
  it.each([
    ['no change', base],
    ['a README', { ...base, 'README.md': 'more' }],
    ['code that no model declares', { ...base, 'src/other.ts': 'changed' }],
  ])('is nothing: %s', (_, head) => {
    expect(plan({ head }).kind).toBe('nothing');
  });

  it.each([
    ['models/flight-delay/model.yml', 'paths: [nothing to read'],
    ['datasets/flights.yml', 'version: 7'],
  ])('is refused, never nothing, while base cannot be read: %s', (path, text) => {
    const broken = { ...base, [path]: text };
    const change = plan({ mergeBase: broken, head: { ...broken, 'models/flight-delay/train.mjs': 'new' } });
    expect(change).toMatchObject({ kind: 'refused' });
    if (change.kind === 'refused') expect(change.findings[0]?.where?.file).toBe(path);
  });

  it('can be mended: a governing file that base cannot read is taken from a head that can, as if it were new', () => {
    const broken = { ...base, 'models/flight-delay/model.yml': 'version: [' };
    expect(request({ mergeBase: broken, head: base })).toMatchObject({
      model: 'flight-delay',
      newModel: true,
    });
    const contract = { ...base, 'datasets/flights.yml': 'version: [' };
    expect(request({ mergeBase: contract, head: base })).toMatchObject({
      newDatasets: ['flights'],
      configuration: ['datasets/flights.yml'],
    });
    expect(plan({ mergeBase: broken, head: { ...broken, 'README.md': 'x' } }).kind).toBe('refused');
  });

  it('is refused when a governing file is listed and cannot be read', () => {
    const trees = { mergeBase: treeOf(base), base: treeOf(base), head: treeOf({ ...base, 'x.txt': 'new' }) };
    const none = { text: () => null, ledger: () => noLedger, ledgerOnBase: false };
    const change = planChange({ ...trees, ...none });
    expect(change).toMatchObject({ kind: 'refused' });
    if (change.kind !== 'refused') return;
    expect(change.findings.map(({ code, where }) => [code, where?.file])).toEqual([
      ['config/unreadable', 'models/flight-delay/model.yml'],
      ['config/unreadable', 'datasets/flights.yml'],
    ]);
  });

  it('is a proposal when a declared path changes, with the datasets that it trains on', () => {
    expect(request({ head: { ...base, 'models/flight-delay/train.mjs': 'better' } })).toMatchObject({
      model: 'flight-delay',
      proposal: true,
      newModel: false,
      datasets: ['flights'],
      newDatasets: [],
      moves: [{ kind: 'registration', model: 'flight-delay', to: 'registered' }],
      configuration: [],
    });
  });

  it('is a proposal when Markdown that the model declares changes', () => {
    expect(request({ head: { ...base, 'models/flight-delay/NOTES.md': 'more' } }).proposal).toBe(true);
  });

  it('is a proposal of a new model when base does not know it', () => {
    const { 'models/flight-delay/model.yml': _, ...without } = base;
    expect(request({ mergeBase: without, head: base })).toMatchObject({
      newModel: true,
      model: 'flight-delay',
    });
  });

  it('checks a dataset whose pointer changes', () => {
    const change = request({ head: { ...base, 'data/flights-2001-01.csv.dvc': 'damaged' } });
    expect(change).toMatchObject({ datasets: ['flights'], proposal: true });
  });

  it('is configuration when a workflow, the policy, a contract or a gate changes', () => {
    const head = {
      ...base,
      '.github/workflows/gatehouse.yml': 'other',
      '.github/gatehouse.yml': policyText,
      CODEOWNERS: '* @eve',
      'datasets/flights.yml': `${base['datasets/flights.yml']}# comment\n`,
    };
    const change = request({ head });
    expect(change.configuration).toEqual([
      '.github/gatehouse.yml',
      '.github/workflows/gatehouse.yml',
      'CODEOWNERS',
      'datasets/flights.yml',
    ]);
    expect(change).toMatchObject({ model: null, proposal: false, datasets: ['flights'], moves: [] });
  });

  it.each([
    ['cannot be read', `${policyText}quorum: none\n`, 'refused'],
    ['is no text of ours at all', 'weaker', 'refused'],
    ['is taken away', undefined, 'request'],
  ])('a policy that %s', (_, policy, kind) => {
    const { '.github/gatehouse.yml': __, ...rest } = base;
    const head: Files = policy === undefined ? rest : { ...rest, '.github/gatehouse.yml': policy };
    const change = plan({ head });
    expect(change.kind).toBe(kind);
    if (change.kind === 'refused')
      expect(change.findings[0]?.where).toMatchObject({
        file: '.github/gatehouse.yml',
        line: expect.any(Number),
      });
    // One that nobody touches is not what this pull request is about.
    expect(plan({ mergeBase: head, head: { ...head, 'src/other.ts': 'mine' } }).kind).toBe('nothing');
  });

  it('is a promotion request when stages.yml changes: from comes from the ledger', () => {
    const ledger: LedgerView = { versions: new Map([[1, 'staging']]), champions: new Map() };
    const head = { ...base, 'models/flight-delay/stages.yml': 'production: { eu: 1 }\n' };
    expect(request({ head, ledger })).toMatchObject({
      proposal: false,
      moves: [
        { kind: 'stage', version: 1, from: 'staging', to: 'production', endpoint: 'eu', rollback: false },
      ],
    });
  });

  it('takes moves against the merge base: what others promoted meanwhile is no wish of this one', () => {
    const promoted = { ...base, 'models/flight-delay/stages.yml': 'production: { eu: 1 }\n' };
    const head = { ...base, 'models/flight-delay/train.mjs': 'better' };
    expect(request({ mergeBase: base, base: promoted, head }).moves).toEqual([
      { kind: 'registration', model: 'flight-delay', to: 'registered' },
    ]);
  });
});

describe('what it refuses', () => {
  it('two models in one pull request', () => {
    const model = base['models/flight-delay/model.yml'] ?? '';
    const other = model.replaceAll('models/flight-delay', 'models/churn').replace(/, "data[^"]*"/, '');
    const both = { ...base, 'models/churn/model.yml': other, 'models/churn/train.mjs': 'x' };
    const head = { ...both, 'models/churn/train.mjs': 'y', 'models/flight-delay/train.mjs': 'y' };
    expect(codes(plan({ mergeBase: both, head }))).toEqual(['change/several-models']);
  });

  it.each(['120000', '160000'])('a link in a governed place (mode %s)', (mode) => {
    const path = 'models/flight-delay/train.mjs';
    expect(codes(plan({ head: { ...base, [path]: '/etc/passwd' }, modes: { [path]: mode } }))).toEqual([
      'change/link',
    ]);
  });

  it('nobody for what the app writes beside the model, which is no content of it either', () => {
    const counted = { ...base, 'models/flight-delay/state.yml': 'looks: 1', 'audit/HEAD.json': '{}' };
    const mine = { ...base, 'models/flight-delay/train.mjs': 'mine' };
    const updated = { ...counted, 'models/flight-delay/train.mjs': 'mine' };
    const shared = { mergeBase: base, base: counted, head: mine, ledgerOnBase: true };
    const after = { mergeBase: counted, base: counted, head: updated, ledgerOnBase: true };
    expect(request(after).contentDigest).toBe(request(shared).contentDigest);
    // Where the ledger has a branch of its own, such a file is the team's.
    expect(codes(plan({ ...shared, ledgerOnBase: false }))).toEqual(['change/behind']);
  });

  it('a model that base changed after the branch left it, until the branch is updated', () => {
    const moved = { ...base, 'models/flight-delay/train.mjs': 'changed on base' };
    const mine = { ...base, 'models/flight-delay/NOTES.md': 'mine' };
    expect(codes(plan({ mergeBase: base, base: moved, head: mine }))).toEqual(['change/behind']);
    const updated = { ...moved, 'models/flight-delay/NOTES.md': 'mine' };
    expect(plan({ mergeBase: moved, base: moved, head: updated }).kind).toBe('request');
  });

  it.each([
    ['a waiver', 'waivers/slow.yml', waiver],
    ['withdrawn versions', 'models/flight-delay/withdrawn.yml', withdrawn],
  ])('not %s for what base changed: nothing of the model is proposed by it', (_, path, text) => {
    const moved = { ...base, 'models/flight-delay/train.mjs': 'changed on base' };
    const mine = { ...base, [path]: text };
    expect(plan({ mergeBase: base, base: moved, head: mine })).toMatchObject({
      ...{ kind: 'request', model: 'flight-delay', proposal: false, moves: [] },
    });
    // Beside what makes, judges or places the model it is what it always was.
    for (const own of ['train.mjs', 'stages.yml', 'model.yml'].map((name) => `models/flight-delay/${name}`)) {
      const text = own.endsWith('stages.yml') ? 'staging: [1]\n' : `${base[own]}\n`;
      const behind = plan({ mergeBase: base, base: moved, head: { ...mine, [own]: text } });
      expect(codes(behind)).toEqual(['change/behind']);
    }
  });

  it.each([
    ['a waiver', 'waivers/slow.yml', waiver, waiver.replace('min 0.6', 'min 0.7')],
    ['the policy', '.github/gatehouse.yml', policyText, `${policyText}# of somebody else`],
    ['a table', 'data/flights-2001-01.csv.dvc', 'pointer', 'another pointer'],
    ['what else it is approved for', 'src/other.ts', 'other', 'changed on base'],
  ])(
    '%s that base changed as well: git would merge the two into what nobody approved',
    (_, path, old, theirs) => {
      const left = { ...base, 'waivers/mine.yml': waiver, [path]: old };
      const mine = { ...left, 'waivers/mine.yml': waiver.replace('few', 'very few'), [path]: `${old}# mine` };
      const later = { ...left, [path]: theirs };
      const change = plan({ mergeBase: left, base: later, head: mine });
      expect(change).toMatchObject({
        kind: 'refused',
        findings: [{ code: 'change/behind', where: { file: path } }],
      });
      expect(plan({ mergeBase: later, base: later, head: { ...mine, [path]: `${theirs}# mine` } }).kind).toBe(
        'request',
      );
      // Both wrote the same: nothing is put together.
      expect(plan({ mergeBase: left, base: { ...left, [path]: `${old}# mine` }, head: mine }).kind).toBe(
        'request',
      );
    },
  );

  it('not a page or stages that base changed as well: neither is content that is approved', () => {
    const left = { ...base, 'README.md': 'a' };
    const mine = { ...left, 'README.md': 'b', 'src/other.ts': 'mine', 'waivers/slow.yml': waiver };
    expect(plan({ mergeBase: left, base: { ...left, 'README.md': 'c' }, head: mine }).kind).toBe('request');
  });

  it('of rules of a model alone, under the comment that it had before: only stages.yml asks for a stage', () => {
    const byHand = { 'endpoints/eu/flight-delay.yml': 'champion: 9' };
    const refusedAs = (path: string, text: string) =>
      plan({ head: { ...base, ...byHand, [path]: text }, ledgerOnBase: true });
    const about = (proposal: boolean) => ({ kind: 'refused', about: { model: 'flight-delay', proposal } });
    expect(refusedAs('models/flight-delay/withdrawn.yml', withdrawn)).toMatchObject(about(true));
    expect(refusedAs('models/flight-delay/stages.yml', 'staging: [1]\n')).toMatchObject(about(false));
  });

  it('a configuration that cannot be read, with its position', () => {
    const head = { ...base, 'models/flight-delay/stages.yml': 'prodction: { eu: 1 }\n' };
    const change = plan({ head });
    expect(change.kind === 'refused' && change.findings[0]).toMatchObject({
      where: { file: 'models/flight-delay/stages.yml', line: 1 },
    });
  });

  it('files of the ledger, when it lies on the same branch', () => {
    const head = { ...base, 'endpoints/eu/flight-delay.yml': 'champion: 9' };
    expect(codes(plan({ head, ledgerOnBase: true }))).toEqual(['change/ledger-path']);
    expect(plan({ head, ledgerOnBase: false }).kind).toBe('nothing');
  });
});

describe('the content digest', () => {
  const change = { ...base, 'models/flight-delay/train.mjs': 'better' };

  it('stays for a README and for code that nobody declares on base', () => {
    const updated = { ...base, 'src/other.ts': 'moved on' };
    expect(digest({ head: { ...change, 'README.md': 'polished' } })).toBe(digest({ head: change }));
    expect(
      digest({
        mergeBase: updated,
        base: updated,
        head: { ...updated, 'models/flight-delay/train.mjs': 'better' },
      }),
    ).toBe(digest({ head: change }));
  });

  it.each([
    ['a byte of the model', { 'models/flight-delay/train.mjs': 'better!' }],
    ['Markdown that the model declares', { 'models/flight-delay/NOTES.md': 'more' }],
    ['other code', { 'src/other.ts': 'changed' }],
    ['the caller workflow', { '.github/workflows/gatehouse.yml': 'changed' }],
    ['a move', { 'models/flight-delay/stages.yml': 'production: { eu: 1 }\n' }],
  ])('changes with %s', (_, more) => {
    expect(digest({ head: { ...change, ...more } })).not.toBe(digest({ head: change }));
  });

  it('is about moves, not about the bytes of stages.yml', () => {
    const moved = { ...base, 'models/flight-delay/stages.yml': 'production: { eu: 1 }\n' };
    const commented = { ...base, 'models/flight-delay/stages.yml': '# please\nproduction: { eu: 1 }\n' };
    expect(digest({ head: moved })).toBe(digest({ head: commented }));
  });

  it('changes with a file of the model that this pull request does not touch', () => {
    const moved = { ...base, 'models/flight-delay/NOTES.md': 'from base' };
    expect(
      digest({
        mergeBase: moved,
        base: moved,
        head: { ...moved, 'models/flight-delay/train.mjs': 'better' },
      }),
    ).not.toBe(digest({ head: change }));
  });
});
