import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import type { ApprovalLine, Policy } from './policy.ts';
import { parsePolicy, renderPolicy } from './policy-file.ts';
import { approvedStages, presets } from './preset.ts';

const file = '.github/gatehouse.yml';
const small = `version: 1
preset: small-team
roles:
  reviewer: { users: [rita, omar] }
  governor: { users: [ada] }
store: file:///srv/gatehouse/store
data: file:///srv/dvc
trusted:
  repository: acme/gatehouse          # workflows validate-data.yml and judge-model.yml of it
  shas: [0123456789012345678901234567890123456789]
`;
const full = `version: 1
preset: regulated
enforce: false
branches: [main, release]
ledger: { branch: audit }
store: https://store.example/gatehouse
data: s3+https://minio.corp:9000/dvc/cache
hosts: [labels.example]
private-hosts: ['minio.corp:9000']
trusted: { repository: acme/gatehouse, shas: [${'a'.repeat(40)}], judge-workflow: judge.yml }
judge-runner: judges
roles:
  reviewer: { users: [rita, omar], teams: [acme/ml] }
  risk: { teams: [acme/risk] }
  governor: { users: [ada, eve] }
proposal: { approvals: { reviewer: 3 }, on-merge: staging }
stages:
  production: { approvals: { governor: 1, risk: 2 } }
rollback: { approvals: { reviewer: 1 } }
configuration: { approvals: { governor: 2 } }
defaults: { gates: [{ metric: auc, min: 0.7 }], minimum-rows: 10, comparison: { margin: 0.03 } }
training: { budget-hours: 12.5, budget-cost: 99, idle-minutes: 10 }
prices: { currency: EUR, hourly: { gpu: 2.5, 'H100 x8': 40 } }
add-when:
  - { risk: [limited], to: [candidate], approvals: { risk: 1 } }
`;

const findingsOf = (text: string) => {
  try {
    parsePolicy(text, file);
  } catch (error) {
    if (error instanceof InputError) return error.findings;
    throw error;
  }
  return [];
};
const count = (lines: readonly ApprovalLine[], role: string) =>
  lines.find((line) => line.role === role)?.count ?? 0;

describe('parsePolicy', () => {
  it('keeps limits for the sweeper of trainings, with none on hours unless one is written', () => {
    expect(parsePolicy(full, file).training).toEqual({
      ...{ budgetHours: 12.5, budgetCost: 99, idleMinutes: 10 },
    });
    expect(parsePolicy(small, file).training).toEqual({ idleMinutes: 30 });
    const pointersOf = (training: string) =>
      findingsOf(`${small}training: ${training}\n`).map(({ where }) => where?.pointer);
    expect(pointersOf('{ budget-hours: 0 }')).toEqual(['/training/budget-hours']);
    expect(pointersOf('{ budget-cost: 5 }')).toEqual(['/training/budget-cost']);
    expect(pointersOf('{ idle-minutes: 4 }')).toEqual(['/training/idle-minutes']);
    expect(pointersOf('{ idle-minutes: .inf, budget-hours: .nan }')).toHaveLength(2);
  });

  it('knows what runners cost where it is written, and makes nothing up where it is not', () => {
    expect(parsePolicy(full, file).prices).toEqual({ currency: 'EUR', hourly: { gpu: 2.5, 'H100 x8': 40 } });
    expect(parsePolicy(small, file)).not.toHaveProperty('prices');
    const pointersOf = (prices: string) =>
      findingsOf(`${small}prices: ${prices}\n`).map(({ where }) => where?.pointer);
    expect(pointersOf('{ currency: usd, hourly: { gpu: 1 } }')).toEqual(['/prices/currency']);
    expect(pointersOf('{ currency: USD, hourly: {} }')).toEqual(['/prices/hourly']);
    for (const price of ['-1', '.inf', '.nan', '"2"'])
      expect(pointersOf(`{ currency: USD, hourly: { gpu: ${price} } }`)).toEqual(['/prices/hourly/gpu']);
  });

  it('makes a complete policy of ten lines', () => {
    const policy = parsePolicy(small, file);
    expect(small.trim().split('\n').length).toBeLessThan(15);
    expect(policy.trusted.judge).toEqual({
      path: 'acme/gatehouse/.github/workflows/judge-model.yml',
      shas: ['0123456789012345678901234567890123456789'],
    });
    expect(policy.ledger.branch).toBe('gatehouse-ledger');
    expect(policy.stages.production.approvals).toEqual([{ role: 'owner', count: 1 }]);
    expect(policy.proposal).toEqual({ approvals: [{ role: 'reviewer', count: 1 }], onMerge: 'staging' });
    expect(policy.roles.reviewer).toEqual({ users: ['rita', 'omar'], teams: [] });
  });

  it('lays a file over its preset key by key, approvals and gates on top', () => {
    const policy = parsePolicy(full, file);
    expect(policy.stages.production.approvals).toEqual([
      { role: 'reviewer', count: 1 },
      { role: 'owner', count: 1 },
      { role: 'risk', count: 2 },
      { role: 'governor', count: 1 },
    ]);
    expect(policy.proposal).toEqual({ approvals: [{ role: 'reviewer', count: 3 }], onMerge: 'staging' });
    expect(policy.defaults).toEqual({
      gates: [
        { metric: 'auc', min: 0.5 },
        { metric: 'auc', min: 0.7 },
      ],
      minimumRows: 10,
      comparison: { versus: 'not-worse', margin: 0.03 },
    });
    expect(policy.addWhen).toHaveLength(2);
    expect(policy.trusted.validate.path).toBe('acme/gatehouse/.github/workflows/validate-data.yml');
    expect(policy.trusted.judge.path).toBe('acme/gatehouse/.github/workflows/judge.yml');
  });

  it.each([small, full])('is printed in full and read again as the same policy', (text) => {
    const policy = parsePolicy(text, file);
    const printed = renderPolicy(policy);
    expect(parsePolicy(printed, file)).toEqual(policy);
    expect(renderPolicy(parsePolicy(printed, file))).toBe(printed);
  });
});

const replace = (from: string, to: string) => {
  expect(small).toContain(from);
  return small.replace(from, to);
};

describe('what a policy may not say', () => {
  it.each([
    [
      'a misspelt key',
      () => replace('preset', 'prest'),
      'config/unknown-key',
      2,
      1,
      'Write "preset" instead of "prest".',
    ],
    [
      'a missing key',
      () => replace('data: file:///srv/dvc\n', ''),
      'config/missing-key',
      1,
      1,
      'Add "data: ...".',
    ],
    [
      'an unknown preset',
      () => replace('small-team', 'smal-team'),
      'config/value',
      2,
      9,
      'Write small-team.',
    ],
    [
      'a list that is a text',
      () => replace('[ada]', 'ada'),
      'config/wrong-type',
      5,
      22,
      'Write a list: users: [ada]',
    ],
    [
      'a number where text belongs',
      () => replace('[ada]', '[7]'),
      'config/wrong-type',
      5,
      23,
      'Put quotes around it: - "7"',
    ],
    ['a quoted number', () => replace('version: 1', 'version: "1"'), 'config/value', 1, 10, 'Write 1.'],
    ['a doubled key', () => `${small}preset: team\n`, 'config/duplicate-key', 11, 1, 'Keep one of the two'],
    ['a bot as reviewer', () => replace('[ada]', '["ada[bot]"]'), 'config/value', 5, 23, 'a GitHub login'],
    ['a mention', () => replace('[ada]', '["@ada"]'), 'config/value', 5, 23, 'without "@"'],
    [
      'a role of nobody',
      () => replace('{ users: [ada] }', '{ users: [] }'),
      'config/value',
      5,
      13,
      'at least one user or team',
    ],
    [
      'a short commit',
      () => replace('0123456789012345678901234567890123456789', 'v1'),
      'config/value',
      10,
      10,
      'a full commit id',
    ],
    [
      'no commit',
      () => replace('[0123456789012345678901234567890123456789]', '[]'),
      'config/value',
      10,
      9,
      'at least one commit',
    ],
    [
      'a password in a place',
      () => replace('file:///srv/dvc', 'https://me:pw@dvc.example'),
      'config/value',
      7,
      7,
      'without user',
    ],
    [
      'plain http to elsewhere',
      () => replace('file:///srv/dvc', 'http://dvc.example/x'),
      'config/value',
      7,
      7,
      'http only to this machine',
    ],
    [
      'a place that climbs',
      () => replace('file:///srv/dvc', 'file:///srv/../etc'),
      'config/value',
      7,
      7,
      'Write file:///',
    ],
    [
      'an empty quorum',
      () => `${small}stages: { production: { approvals: {} } }\n`,
      'config/value',
      11,
      36,
      'at least one role',
    ],
    [
      'a quorum of none',
      () => `${small}stages: { production: { approvals: { owner: 0 } } }\n`,
      'config/value',
      11,
      45,
      'from 1 to 20',
    ],
    [
      'quorums as a list',
      () => `${small}rollback: { approvals: [owner] }\n`,
      'config/wrong-type',
      11,
      24,
      'Write a map',
    ],
    [
      'an unknown role',
      () => `${small}rollback: { approvals: { reviwer: 1 } }\n`,
      'config/unknown-role',
      11,
      26,
      'Write "reviewer".',
    ],
    [
      'the owner as a role',
      () => replace('governor: { users: [ada] }', 'governor: { users: [ada] }\n  owner: { users: [ada] }'),
      'config/owner-role',
      6,
      3,
      'Remove it',
    ],
    [
      'a role that the preset needs',
      () => replace('  governor: { users: [ada] }\n', ''),
      'config/missing-role',
      3,
      1,
      'governor: { users: [login] }',
    ],
    [
      'infinity',
      () => `${small}defaults: { gates: [{ metric: auc, min: .inf }] }\n`,
      'config/not-finite',
      11,
      41,
      'finite',
    ],
    [
      'not a number',
      () => `${small}defaults: { comparison: { margin: .nan } }\n`,
      'config/not-finite',
      11,
      35,
      'finite',
    ],
    [
      'a whole number that would be rounded',
      () => `${small}defaults: { gates: [{ metric: auc, min: -9007199254740993 }] }\n`,
      'config/inexact',
      11,
      41,
      '2^53',
    ],
    [
      'a gate without limit',
      () => `${small}defaults: { gates: [{ metric: auc }] }\n`,
      'config/value',
      11,
      21,
      'Add min, max, versus, ratio, slices, drop or preset.',
    ],
    ['an empty file', () => '', 'config/empty', 1, 1, 'required keys'],
    ['a list', () => '[1]', 'config/wrong-type', 1, 1, 'Write a map of keys.'],
  ])('%s', (_name, text, code, line, column, fix) => {
    const found = findingsOf(text());
    const finding = found.find((each) => each.code === code);
    expect(found.map((each) => each.code)).toContain(code);
    expect(finding?.where).toMatchObject({ file, line, column });
    expect(finding?.fix).toContain(fix);
    expect(finding?.excerpt).toBe(text().split('\n')[line - 1]);
  });

  it('names a smaller number than the preset, and every problem at once', () => {
    const text = full
      .replace('reviewer: 3', 'reviewer: 1')
      .replace('risk: 2', 'risk: 1')
      .replace('[main, release]', '[7, "*"]');
    expect(findingsOf(text).map(({ code, where }) => [code, where?.line])).toEqual([
      ['config/wrong-type', 4],
      ['config/value', 4],
    ]);
    expect(
      findingsOf(full.replace('reviewer: 3', 'reviewer: 1')).map(({ code, allowed }) => [code, allowed]),
    ).toEqual([['config/below-preset', '2 or more']]);
  });

  it('tells all of it in the message of the error as well', () => {
    expect(() => parsePolicy(replace('preset', 'prest').replace('[ada]', 'ada'), file)).toThrow(
      '.github/gatehouse.yml:2:1 unknown key "prest". Did you mean "preset"? (and 1 more)',
    );
  });
});

/** Every path to a key or item of a value. */
function pathsOf(
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
  const own = Object.entries(value).flatMap(([key, item]) =>
    pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? own : [path, ...own];
}

function mutate(
  value: unknown,
  path: readonly (string | number)[],
  replacement: { readonly value: unknown } | null,
): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return replacement?.value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, at) => (at === head ? mutate(item, rest, replacement) : item));
    return rest.length === 0 && replacement === null ? value.filter((_, at) => at !== head) : items;
  }
  const entries = Object.entries(value as object).flatMap(
    ([key, item]: [string, unknown]): [string, unknown][] =>
      key !== String(head)
        ? [[key, item]]
        : rest.length === 0 && replacement === null
          ? []
          : [[key, mutate(item, rest, replacement)]],
  );
  return Object.fromEntries(entries);
}

/** The approvals of a policy that its preset promises, stage by stage. */
function belowPreset(policy: Policy): readonly string[] {
  const preset = presets[policy.preset];
  const pairs = [
    ...approvedStages.map((stage) => [policy.stages[stage], preset.stages[stage]] as const),
    [policy.proposal, preset.proposal] as const,
    [policy.rollback, preset.rollback] as const,
    [policy.configuration, preset.configuration] as const,
  ];
  return pairs.flatMap(([own, least]) =>
    least.approvals
      .filter(({ role, count: needed }) => !(count(own.approvals, role) >= needed))
      .map(({ role }) => role),
  );
}

describe('hosts of a policy', () => {
  it.each(['*.example.com', 'https://a.example', 'A.example', 'a.example/x', '0x7f.1', 'me@a.example', ''])(
    'are exact names: %j is none',
    (host) => {
      for (const key of ['hosts', 'private-hosts']) {
        const [finding, ...others] = findingsOf(`${small}${key}: [${JSON.stringify(host)}]\n`);
        expect(others).toEqual([]);
        expect(finding).toMatchObject({ code: 'config/value', where: { line: 11 } });
        expect(finding?.fix).toContain('the exact name of a host');
      }
    },
  );
});

describe('law: no text that parses asks for fewer approvals than its preset', () => {
  const parsed = [small, full].map((text) =>
    load(text.replace('[0123456789', "['0123456789").replace('6789]', "6789']")),
  );
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      0,
      -1,
      1,
      99,
      '',
      '0',
      {},
      [],
      [''],
      true,
      'owner',
      'team',
      'regulated',
      { owner: 0 },
      { reviewer: 1 },
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const mutation = fc
    .constantFrom(...parsed.flatMap((value) => pathsOf(value).map((path) => ({ value, path }))))
    .chain(({ value, path }) =>
      fc
        .option(junk)
        .map((replacement) => ({ value, path, to: replacement === null ? null : { value: replacement } })),
    );

  it('holds for every deleted or changed key, for every stage and role; an unchanged preset stays', () => {
    let accepted = 0;
    fc.assert(
      fc.property(mutation, ({ value, path, to }) => {
        const text = dump(mutate(value, path, to), { noRefs: true });
        let policy: Policy;
        try {
          policy = parsePolicy(text, file);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
          return;
        }
        accepted += 1;
        expect(belowPreset(policy)).toEqual([]);
        expect(policy.stages.production.approvals.reduce((sum, line) => sum + line.count, 0)).toBeGreaterThan(
          0,
        );
        for (const { role } of [
          ...approvedStages.flatMap((stage) => policy.stages[stage].approvals),
          ...policy.rollback.approvals,
        ]) {
          const members = policy.roles[role];
          expect(
            role === 'owner' || (members !== undefined && members.users.length + members.teams.length > 0),
          ).toBe(true);
        }
        if (path[0] !== 'preset') expect(policy.preset).toBe((value as { preset: string }).preset);
      }),
      { numRuns: 500, seed: 7 },
    );
    // The law would hold for a parser that refuses everything.
    expect(accepted).toBeGreaterThan(40);
  });

  it('would see a preset that is undercut', () => {
    const policy = parsePolicy(full, file);
    const undercut = {
      ...policy,
      stages: { ...policy.stages, production: { approvals: [{ role: 'risk', count: 1 }] } },
    };
    expect(belowPreset(undercut)).toEqual(['reviewer', 'owner']);
  });
});
