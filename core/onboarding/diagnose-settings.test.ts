import { describe, expect, it } from 'vitest';
import { renderText } from '../report/text.ts';
import { diagnoseActions, diagnosePeople } from './diagnose-actions.ts';
import { diagnoseApp } from './diagnose-app.ts';
import { diagnoseBranches } from './diagnose-branches.ts';
import { diagnoseRunners } from './diagnose-runners.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosisBlocks } from './diagnosis-blocks.ts';
import { appId, goodSettings, gpu, hidden, ledger, main, read } from './settings.fixture.ts';
import type { BranchSettings, RunnerGroupSettings, Settings } from './settings.ts';

const uses = [{ file: 'models/a/model.yml', labels: ['self-hosted', 'gpu'] }];

function diagnose(
  change: Partial<Settings> = {},
  own: { readonly enforced?: boolean; readonly ledgerOnBase?: boolean; readonly judgeGroup?: string } = {},
): readonly Diagnosis[] {
  const settings = { ...goodSettings, ...change };
  return [
    ...diagnoseBranches(settings, {
      enforced: own.enforced ?? true,
      ledgerOnBase: own.ledgerOnBase ?? false,
    }),
    ...diagnoseActions(settings, { trustedRepository: 'acme/gatehouse', keySecrets: ['MY_KEY'] }),
    ...diagnoseRunners(settings, uses, own.judgeGroup ?? null),
    ...diagnosePeople(settings),
    ...diagnoseApp(settings),
  ];
}

const worst = (diagnoses: readonly Diagnosis[]): readonly string[] =>
  diagnoses.filter(({ health }) => health !== 'ok').map(({ health, code }) => `${health} ${code}`);

const without = (branch: BranchSettings, type: string): BranchSettings => ({
  ...branch,
  rules:
    branch.rules.kind === 'read'
      ? read(branch.rules.value.filter((rule) => rule.type !== type))
      : branch.rules,
});
const check = (id: number | null): BranchSettings => ({
  ...without(main, 'required_status_checks'),
  protection: read({
    checks: [{ context: 'gatehouse', appId: id }],
    ...{ pullRequests: true, forcePushes: false, deletions: false, admins: true },
  }),
});
const appWith = (permissions: Readonly<Record<string, string>>): Settings['app'] =>
  goodSettings.app.kind === 'read' && goodSettings.app.value !== null
    ? read({
        suspended: false,
        permissions: { ...goodSettings.app.value.permissions, ...permissions },
      })
    : hidden;
const group = (own: Partial<RunnerGroupSettings>): Pick<Settings, 'groups'> => ({
  groups: read([
    {
      name: 'gpus',
      visibility: 'selected',
      publicRepositories: false,
      restrictedToWorkflows: true,
      workflows: [],
      runners: read([gpu]),
      ...own,
    },
  ]),
});
const bypass = (id: number, type: string, actor: number | null): Pick<Settings, 'rulesets'> => ({
  rulesets: goodSettings.rulesets.map((reading) =>
    reading.kind === 'read' && reading.value.id === id
      ? read({
          ...reading.value,
          bypass: [...(reading.value.bypass ?? []), { type, id: actor, mode: 'always' }],
        })
      : reading,
  ),
});

describe('settings', () => {
  it('are all well where the README was followed', () => {
    expect(worst(diagnose())).toEqual([]);
    expect(diagnose().length).toBeGreaterThan(12);
  });

  it.each<readonly [string, Partial<Settings>, readonly string[]]>([
    [
      'no required check',
      { governed: [without(main, 'required_status_checks')] },
      ['mend branch/required-check'],
    ],
    ['the check from any source', { governed: [check(null)] }, ['mend branch/required-check']],
    ['the check from another app', { governed: [check(15_368)] }, ['mend branch/required-check']],
    ['classic protection does as well', { governed: [check(appId)] }, []],
    [
      'nobody said which app',
      { appId: null, app: hidden },
      ['not checked branch/required-check', 'not checked ledger/writers', 'not checked app/installed'],
    ],
    ['the app is not installed', { app: read(null) }, ['mend app/installed']],
    ['the app sleeps', { app: read({ suspended: true, permissions: {} }) }, ['mend app/installed']],
    ['the app lacks checks', { app: appWith({ checks: 'read' }) }, ['mend app/permissions']],
    ['the app may change secrets', { app: appWith({ secrets: 'read' }) }, ['mend app/permissions']],
    ['force pushes', { governed: [without(main, 'non_fast_forward')] }, ['mend branch/force-push']],
    ['deletion', { governed: [without(main, 'deletion')] }, ['mend branch/deletion']],
    ['direct pushes', { governed: [without(main, 'pull_request')] }, ['mend branch/pull-requests']],
    ['an admin may pass by', bypass(1, 'OrganizationAdmin', null), ['advice branch/bypass']],
    ['the ledger is open', { ledger: without(ledger, 'update') }, ['mend ledger/writers']],
    ['the ledger can be made by anybody', { ledger: without(ledger, 'creation') }, ['mend ledger/writers']],
    ['the ledger can be removed', { ledger: without(ledger, 'deletion') }, ['mend ledger/deletion']],
    [
      'the ledger can be rewritten',
      { ledger: without(ledger, 'non_fast_forward') },
      ['mend ledger/force-push'],
    ],
    ['a team writes the ledger', bypass(2, 'Team', 4), ['mend ledger/writers']],
    ['another app writes the ledger', bypass(2, 'Integration', 4), ['mend ledger/writers']],
    [
      'the app may not write the ledger',
      { rulesets: [goodSettings.rulesets[0] ?? hidden, read({ id: 2, name: 'ledger', bypass: [] })] },
      ['mend ledger/writers'],
    ],
    ['Actions are off', { actions: read({ enabled: false, allowed: 'all' }) }, ['mend actions/enabled']],
    [
      'tokens write',
      { token: read({ write: true, approves: true }) },
      ['mend actions/token', 'advice actions/approvals'],
    ],
    [
      'forks run at once',
      { forks: read({ approval: 'none', writeTokens: false, secrets: false }) },
      ['mend actions/forks'],
    ],
    [
      'forks of known people run',
      { forks: read({ approval: 'first-time', writeTokens: false, secrets: false }) },
      ['mend actions/forks'],
    ],
    [
      'forks get secrets',
      { forks: read({ approval: 'all', writeTokens: false, secrets: true }) },
      ['mend actions/forks'],
    ],
    ['the key is a secret', { repositorySecrets: read(['GATEHOUSE_PRIVATE_KEY']) }, ['mend key/repository']],
    [
      'the key is a secret that a workflow hands on',
      { repositorySecrets: read(['MY_KEY']) },
      ['mend key/repository'],
    ],
    [
      'the key is a secret of all',
      { organizationSecrets: read(['APP_PRIVATE_KEY']) },
      ['mend key/organization'],
    ],
    ['no runner', group({ runners: read([]) }), ['mend runner/labels']],
    ['a runner that sleeps', group({ runners: read([{ ...gpu, online: false }]) }), ['mend runner/labels']],
    [
      'a runner without the label',
      group({ runners: read([{ ...gpu, labels: ['self-hosted'] }]) }),
      ['mend runner/labels'],
    ],
    [
      'a runner that is too old',
      group({ runners: read([{ ...gpu, version: '2.327.0' }]) }),
      ['mend runner/version'],
    ],
    [
      'a runner of a strange version',
      group({ runners: read([{ ...gpu, version: 'x' }]) }),
      ['mend runner/version'],
    ],
    [
      'a runner of no version',
      group({ runners: read([{ ...gpu, version: null }]) }),
      ['not checked runner/version'],
    ],
    ['a group for all', group({ visibility: 'all' }), ['mend runner/group']],
    ['a group for every workflow', group({ restrictedToWorkflows: false }), ['advice runner/group']],
    ['a runner at the repository', { repositoryRunners: read([gpu]) }, ['advice runner/group']],
  ])('%s', (_, change, expected) => {
    const diagnoses = diagnose(change);
    expect(worst(diagnoses)).toEqual(expected);
    for (const { health, why, fix } of diagnoses) if (health !== 'ok') expect([why, fix]).not.toContain('');
  });

  it('somebody who does not exist approves nothing', () => {
    const people = [
      { name: 'nobody', exists: read(false) },
      { name: 'acme/hidden', exists: hidden },
    ];
    expect(worst(diagnose({ people }))).toEqual(['mend policy/people', 'not checked policy/people']);
  });

  it('a check that is not required is advice as long as the policy only reports', () => {
    const change = { governed: [without(main, 'required_status_checks')] };
    expect(worst(diagnose(change, { enforced: false }))).toEqual(['advice branch/required-check']);
  });

  it('a ledger on the governed branch has no rules of its own', () => {
    expect(worst(diagnose({ ledger: main }, { ledgerOnBase: true }))).toEqual([]);
  });

  it('the group of the judge lets in nothing else', () => {
    expect(worst(diagnose({}, { judgeGroup: 'gpus' }))).toEqual(['mend runner/judge']);
    expect(worst(diagnose({}, { judgeGroup: 'none' }))).toEqual(['mend runner/judge']);
    const own = group({ workflows: [`acme/gatehouse/.github/workflows/judge-model.yml@${'a'.repeat(40)}`] });
    expect(worst(diagnose(own, { judgeGroup: 'gpus' }))).toEqual([]);
  });
});

describe('what a token may not read', () => {
  const blind: Settings = {
    ...goodSettings,
    app: hidden,
    governed: [{ name: 'main', rules: hidden, protection: hidden }],
    ledger: { name: 'gatehouse-ledger', rules: hidden, protection: hidden },
    rulesets: [],
    ...{ actions: hidden, token: hidden, forks: hidden, groups: hidden },
    ...{ repositorySecrets: hidden, organizationSecrets: hidden, repositoryRunners: hidden },
    people: [{ name: 'ada', exists: hidden }],
  };

  it('is never ok', () => {
    const diagnoses = diagnose(blind, { judgeGroup: 'gpus' });
    expect(diagnoses.length).toBeGreaterThan(10);
    expect(new Set(diagnoses.map(({ health }) => health))).toEqual(new Set(['not checked']));
  });

  it.each(Object.keys(blind).filter((key) => blind[key as keyof Settings] === hidden))(
    '%s alone is not ok',
    (key) => {
      expect(worst(diagnose({ [key]: hidden })).join()).toContain('not checked');
    },
  );

  it('runners of a group that are hidden are not called absent', () => {
    expect(new Set(worst(diagnose(group({ runners: hidden }))))).toEqual(
      new Set(['not checked runner/labels', 'not checked runner/group']),
    );
  });

  it('a rule that is hidden in classic protection is not called missing', () => {
    const change = { governed: [{ ...without(main, 'deletion'), protection: hidden }] };
    expect(worst(diagnose(change))).toEqual(['not checked branch/deletion']);
  });

  it('a bypass list that is hidden is not called empty', () => {
    const rulesets = goodSettings.rulesets.map((reading) =>
      reading.kind === 'read' ? read({ ...reading.value, bypass: null }) : reading,
    );
    expect(worst(diagnose({ rulesets }))).toEqual([
      'not checked branch/bypass',
      'not checked ledger/writers',
    ]);
    expect(worst(diagnose({ rulesets: [hidden, hidden] }))).toEqual([
      'not checked branch/bypass',
      'not checked ledger/writers',
    ]);
  });
});

it('the answer begins with the worst, and shows names as text', () => {
  const text = renderText(
    diagnosisBlocks(diagnose({ ...group({ name: 'a\u001b[31m\nb', visibility: 'all' }), appId: null })),
  );
  expect(text).toMatch(/^❌ 1 to mend: \d+ ok, 0 to consider, 2 not checked\n\n❌ mend runner\/group: /);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
  expect(text).not.toMatch(/\u001b/);
});
