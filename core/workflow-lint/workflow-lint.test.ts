import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkout, other, plants, reads, safe, sha, step } from './planted.fixture.ts';
import { rules } from './rules.ts';
import { lintWorkflow } from './workflow-lint.ts';

/** `rule:line` of everything that is found. */
const found = (text: string, isPublic = false): readonly string[] =>
  lintWorkflow(text, 'w.yml', { isPublic }).map(
    ({ code, where }) => `${code.replace('workflow/', '')}:${where?.line}`,
  );

describe('planted violations', () => {
  it('break nothing before they are planted', () => {
    expect(found(safe)).toEqual([]);
  });

  for (const [rule, what, from, to, more = []] of plants) {
    it(`${rule}: ${what}`, () => {
      const text = safe.replace(from, to);
      expect(text).not.toBe(safe);
      expect([...new Set(found(text))].sort()).toEqual([...new Set([rule, ...more])].sort());
    });
  }

  it('are there for the audits of zizmor that matter here, under its names where they mean the same', () => {
    const names = [
      ...['artipacked', 'bot-conditions', 'cache-poisoning', 'concurrency-limits', 'dangerous-triggers'],
      ...['excessive-permissions', 'github-env', 'hardcoded-credentials', 'insecure-commands'],
      ...['overprovisioned-secrets', 'secrets-inherit', 'self-hosted-runner', 'template-injection'],
      ...['undocumented-permissions', 'unpinned-uses', 'unsound-condition', 'unsound-contains'],
    ];
    expect(rules.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });

  it('are there for every rule', () => {
    expect([...new Set(plants.map(([rule]) => rule.replace(/:\d+$/, '')))].sort()).toEqual(
      rules.map(({ name }) => name).sort(),
    );
  });
});

describe('what is no violation', () => {
  it.each([
    ['an input as GitHub reads it, as text', 'credentials: false', "credentials: 'false'"],
    ['a list', '- env', `- if: contains(fromJSON('["main"]'), github.ref)\n        env`],
    ['a block without a last line break', '- env', '- if: >-\n          ${{ false }}\n        env'],
    ['a condition in one expression', '- env', '- if: ${{ false }}\n        env'],
    ['writing, with its reason above', reads, '# Tells the result.\n    permissions: { checks: write }'],
    ['a call in the same repository', /runs-on[\s\S]*/, `uses: ./.github/workflows/x.yml\n    ${reads}\n`],
    ['a comment that checks out nothing', /\[pull_request\]([\s\S]*) {6}- uses.*\n.*\n/, 'issue_comment$1'],
    [
      'a cache where nothing is written and no secret is near',
      '      - env',
      `      - uses: actions/cache@${other} # v4.0.0\n      - env`,
    ],
    ['an image by its digest', '- env', `- uses: docker://alpine@sha256:${'0'.repeat(64)}\n      - env`],
    ['writing, with its reason behind', '{ contents: read }', '{ checks: write } # tells the result'],
    [
      'writing, with its reason in between',
      '{ contents: read }',
      '\n      # Tells the result.\n      checks: write',
    ],
    [
      'a group by the branch whose runs wait for each other',
      'jobs:',
      'concurrency: { group: "${{ github.head_ref }}", cancel-in-progress: false }\njobs:',
    ],
    ['a container without credentials', '    timeout', '    container: {}\n    timeout'],
    ['an old runner by its version', 'ubuntu-latest', 'ubuntu-24.04'],
  ] as const)('%s', (_, from, to) => {
    const text = safe.replace(from, to);
    expect(text).not.toBe(safe);
    expect(found(text)).toEqual([]);
  });
});

describe('a workflow that others call', () => {
  const called = (runsOn: string, rest = '') =>
    safe
      .replace(
        '[pull_request]',
        '{ workflow_call: { inputs: { hosted: { default: ubuntu-latest }, own: { default: gpu }, list: { default: \'["ubuntu-latest"]\' } } } }',
      )
      .replace('ubuntu-latest\n', `${runsOn}\n`)
      .replace('inputs.name', rest === '' ? 'inputs.name' : rest)
      .replace(checkout, '');

  it('runs where an input says, and with a secret only on what is hosted unless the caller says otherwise', () => {
    expect(found(called('${{ inputs.own }}'), true)).toEqual([]);
    expect(found(called('gpu'), true)).toEqual(['self-hosted-runner:6']);
    expect(found(called("${{ inputs.own || 'gpu' }}"), true)).toEqual(['self-hosted-runner:6']);
    const uses = (text: string) =>
      text.replace(step, `uses: gatehouse/gatehouse/actions/watch-dataset@${sha}`);
    expect(found(uses(called('${{ inputs.hosted }}', 'secrets.key')), true)).toEqual([]);
    expect(found(uses(called('${{ fromJSON(inputs.list) }}', 'secrets.key')), true)).toEqual([]);
    expect(found(uses(called('${{ inputs.none }}', 'secrets.key')), true)).toEqual(['self-hosted-runner:6']);
    expect(found(uses(called('${{ inputs.own }}', 'secrets.key')), true)).toEqual(['self-hosted-runner:6']);
  });

  it('gives the secrets of its caller to actions of ours alone', () => {
    expect(found(called('ubuntu-latest', 'secrets.key'), true)).toEqual(['exposed-secrets:10']);
    expect(found(called('ubuntu-latest', 'secrets.key'))).toEqual([]);
  });
});

describe('the job that leaves an anchor in a release', () => {
  const writes = 'permissions: { contents: write } # the release';
  const anchor = `uses: gatehouse/gatehouse/actions/anchor-ledger@${sha} # v1.0.0`;
  const anchoring = (more = '') =>
    safe
      .replace(checkout, more)
      .replace(reads, writes)
      .replace(step, anchor)
      .replace(/- env.*\n +/, '- ');

  it('may write contents, alone and through the workflow that has it', () => {
    expect(found(anchoring())).toEqual([]);
    const call = `uses: gatehouse/gatehouse/.github/workflows/anchor-ledger.yml@${sha} # v1.0.0`;
    const calling = safe.replace(/runs-on[\s\S]*/, `${call}\n    ${writes}\n`);
    const serial = calling.replace('jobs:', 'concurrency: { group: a, cancel-in-progress: false }\njobs:');
    expect(found(serial)).toEqual([]);
    expect(found(serial.replace('anchor-ledger', 'judge-model'))).toContain('excessive-permissions:8');
  });

  it('may not beside anything else, or by another name', () => {
    expect(found(anchoring('      - run: make\n'))).toEqual(['excessive-permissions:8']);
    expect(found(anchoring().replace('actions/anchor-ledger', 'anchor-ledger'))).toEqual([
      'excessive-permissions:8',
    ]);
  });
});

describe('an action', () => {
  const composite = (run: string) =>
    `name: x\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: ${run}\n`;

  it('is held to the rules of steps', () => {
    expect(found(composite('echo "$NAME"'))).toEqual([]);
    expect(found(composite('echo ${{ inputs.name }}'))).toEqual(['template-injection:6']);
    expect(found('name: x\nruns: { using: node24, main: index.js }\n')).toEqual([]);
    expect(found('name: x\nruns: { using: docker, image: Dockerfile }\n')).toEqual([]);
    expect(found('name: x\nruns: { using: docker, image: "docker://alpine" }\n')).toEqual([
      'unpinned-uses:2',
    ]);
  });
});

describe('what cannot be judged', () => {
  it.each([
    ['no YAML', 'jobs: [', 'config/syntax:1'],
    ['neither kind', 'name: x\n', 'shape:1'],
    ['a list of jobs', 'on: push\njobs: [a]\n', 'shape:1'],
    [
      'an anchor, which another reader may follow elsewhere',
      'on: push\njobs: &a\n  x: *a\n',
      'config/alias:3',
    ],
    ['a key twice', `${safe}on: push\n`, 'config/duplicate-key:14'],
  ])('is refused: %s', (_, text, first) => {
    expect(found(text)).toContain(first);
  });

  it('never shows a key that stands in the file', () => {
    const key = `ghp_${'a1B2'.repeat(9)}`;
    expect(JSON.stringify(lintWorkflow(safe.replace(step, `run: echo ${key}`), 'w.yml'))).not.toContain(key);
  });

  it('never throws, and points into the file', () => {
    const lines = safe.split('\n');
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('jobs:', '    steps: {}', '  - uses: 1', 'on:', '    if: 1'),
    );
    fc.assert(
      fc.property(fc.nat(lines.length - 1), part, (at, text) => {
        for (const { where } of lintWorkflow(lines.with(at, text).join('\n'), 'w.yml')) {
          expect(where?.line).toBeGreaterThan(0);
          expect(where?.line).toBeLessThanOrEqual(lines.length + 1);
        }
      }),
      { numRuns: 100 },
    );
  });
});
