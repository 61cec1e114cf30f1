export const sha = '8e8c483db84b4bee98b60c0593521ed34d9990e8';
export const other = '330a01c490aca151604b8cf639adc76d48f6c5d4';

/** Line 1 is its first line: planted findings are told with their lines. */
export const safe = `name: safe
on: [pull_request]
permissions: {}
jobs:
  score:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: { contents: read }
    steps:
      - uses: actions/checkout@${sha} # v6.0.1
        with: { persist-credentials: false }
      - env: { NAME: "\${{ inputs.name }}" }
        run: echo "$NAME"
`;

/** Which rule finds it on which line, what it is, what replaces what in the safe workflow, and what else is found. */
export type Plant = readonly [
  rule: string,
  what: string,
  from: string | RegExp,
  to: string,
  more?: readonly string[],
];
export const checkout = `      - uses: actions/checkout@${sha} # v6.0.1\n        with: { persist-credentials: false }\n`;
export const reads = 'permissions: { contents: read }';
export const step = 'run: echo "$NAME"';

/** Each changes the safe workflow in one place. The first word is the rule and the line that must be found. */
export const plants: readonly Plant[] = [
  ['artipacked:10', 'a checkout that keeps the token', ' persist-credentials: false ', ' fetch-depth: 1 '],
  ['artipacked:10', 'one that says so', 'credentials: false', 'credentials: true'],
  ['bot-conditions:12', 'an actor', '- env', "- if: github.actor == 'dependabot[bot]'\n        env"],
  [
    'bot-conditions:12',
    'an actor by index, in capitals',
    '- env',
    "- if: contains(GitHub['triggering_actor'], 'x')\n        env",
  ],
  [
    'cache-poisoning:12',
    'a cache in a job that writes',
    /permissions: \{ contents: read \}([\s\S]*)- env/,
    `permissions: { contents: read, checks: write } # results$1- uses: actions/cache@${other} # v4.0.0\n      - env`,
  ],
  [
    'cache-poisoning:12',
    'a cache that setup-node takes on its own, in a release',
    /pull_request([\s\S]*)- env/,
    `release$1- uses: actions/setup-node@${other} # v5.0.0\n      - env`,
  ],
  [
    'cache-poisoning:12',
    'a cache that setup-python is asked for, where a tag is pushed',
    /\[pull_request\]([\s\S]*)- env/,
    `{ push: { tags: ['v*'] } }$1- { uses: actions/setup-python@${other}, with: { cache: pip } } # v6.0.0\n      - env`,
  ],
  ['concurrency-limits:5', 'a machine of the team', 'ubuntu-latest', '[self-hosted, gpu]'],
  [
    'concurrency-limits:5',
    'writes on schedule',
    /\[pull_request\]([\s\S]*)\{ contents: read \}/,
    "{ schedule: [{ cron: '0 3 * * *' }] }$1{ contents: read, issues: write } # the one issue",
  ],
  [
    'concurrency-limits:4',
    'the name of a fork in the group',
    'jobs:',
    'concurrency: { group: "${{ github.head_ref }}", cancel-in-progress: true }\njobs:',
  ],
  ['concurrency-limits:4', 'what happens to the older run is left open', 'jobs:', 'concurrency: one\njobs:'],
  ['dangerous-triggers:2', 'pull_request_target', '[pull_request]', 'pull_request_target'],
  ['dangerous-triggers:2', 'workflow_run', '[pull_request]', '{ workflow_run: { workflows: [x] } }'],
  [
    'dangerous-triggers:11',
    'a comment that checks out',
    /\[pull_request\]([\s\S]*)false/,
    '{ issue_comment: {} }$1false, ref: "refs/pull/1/merge"',
  ],
  [
    'dangerous-triggers:6',
    'a comment that starts a machine of the team',
    /\[pull_request\]([\s\S]*)ubuntu-latest/,
    '[issue_comment]$1[self-hosted, gpu]',
    ['concurrency-limits:5'],
  ],
  ['excessive-permissions:1', 'none at the top', 'permissions: {}\n', '', ['excessive-permissions:1']],
  ['excessive-permissions:3', 'all at the top', 'permissions: {}', 'permissions: write-all'],
  ['excessive-permissions:5', 'none at the job', `    ${reads}\n`, ''],
  ['excessive-permissions:8', 'all at the job', reads, 'permissions: read-all'],
  ['excessive-permissions:8', 'contents', reads, 'permissions: { contents: write } # tags'],
  ['exposed-secrets:12', 'a secret beside code of the pull request', 'inputs.name', 'secrets.KEY'],
  ['exposed-secrets:12', 'the same in capitals', 'inputs.name', "SECRETS['KEY']"],
  [
    'exposed-secrets:10',
    'a secret beside code that a script brings in',
    / {6}- uses.*\n.*\n([\s\S]*)inputs.name([\s\S]*)echo/,
    '$1secrets.KEY$2gh pr checkout "$NUMBER" && ./test.sh',
  ],
  ['github-env:13', 'GITHUB_ENV', step, `run: echo "NAME=$NAME" >> "$GITHUB_ENV"`],
  ['github-env:14', 'GITHUB_PATH on a later line', step, `run: |\n          echo "$NAME" >> $GITHUB_PATH`],
  ['hardcoded-credentials:12', 'a password', '{ NAME:', '{ DB_PASSWORD: hunter2, NAME:'],
  ['hardcoded-credentials:13', 'a token by its form', step, `run: echo ghp_${'a1B2'.repeat(9)}`],
  [
    'hardcoded-credentials:7',
    'credentials of a container',
    '    timeout',
    `    container: { image: "a@sha256:${'0'.repeat(64)}", credentials: { username: u, password: p } }\n    timeout`,
  ],
  [
    'hardcoded-credentials:8',
    'credentials of a service',
    '    timeout',
    `    services:\n      db: { image: "a@sha256:${'0'.repeat(64)}", credentials: { username: u, password: 1234 } }\n    timeout`,
  ],
  [
    'insecure-commands:4',
    'the old commands',
    'jobs:',
    'env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: true }\njobs:',
  ],
  ['insecure-commands:13', 'one of them', step, `run: echo "::set-env name=NAME::$NAME"`],
  [
    'overprovisioned-secrets:4',
    'a secret for every job',
    'jobs:',
    'env: { KEY: "${{ secrets.KEY }}" }\njobs:',
  ],
  [
    'overprovisioned-secrets:7',
    'a secret for every step',
    '    timeout',
    '    env: { KEY: "${{ secrets.KEY }}" }\n    timeout',
  ],
  ['overprovisioned-secrets:12', 'all secrets', 'inputs.name', 'toJSON(secrets)', ['exposed-secrets:12']],
  [
    'overprovisioned-secrets:12',
    'one by a computed name',
    'inputs.name',
    'secrets[inputs.name]',
    ['exposed-secrets:12'],
  ],
  ['ref-confusion:11', 'a branch by name', 'false }', 'false, ref: "${{ github.head_ref }}" }'],
  [
    'ref-confusion:12',
    'one action at two commits',
    '      - env',
    `${checkout.replace(sha, other)}      - env`,
  ],
  [
    'secrets-inherit:7',
    'secrets: inherit',
    /runs-on[\s\S]*/,
    `uses: ./.github/workflows/x.yml\n    secrets: inherit\n    ${reads}\n`,
  ],
  [
    'self-hosted-runner:6',
    'a machine of the team that writes',
    /ubuntu-latest([\s\S]*)\{ contents: read \}/,
    'gpu-box$1{ contents: read, checks: write } # results',
    ['concurrency-limits:5'],
  ],
  [
    'self-hosted-runner:6',
    'a machine of which only an expression knows',
    /ubuntu-latest([\s\S]*)\{ contents: read \}/,
    '${{ matrix.on }}$1{ contents: read, checks: write } # results',
    ['concurrency-limits:5'],
  ],
  [
    'signer-isolation:10',
    'a tool beside an identity',
    /\{ contents: read \}([\s\S]*) {6}- uses.*\n.*\n/,
    `{ id-token: write } # proves the run$1      - { uses: actions/setup-python@${other} } # v6.0.0\n`,
  ],
  [
    'signer-isolation:5',
    'an identity on a machine without a name',
    / {4}runs-on.*\n([\s\S]*)\{ contents: read \}([\s\S]*) {6}- uses.*\n.*\n/,
    '$1{ id-token: write } # proves the run$2',
    ['self-hosted-runner:5', 'concurrency-limits:5'],
  ],
  [
    'signer-isolation:10',
    'a checkout beside an identity, and a program',
    /\{ contents: read \}([\s\S]*)echo "\$NAME"/,
    '{ id-token: write } # proves the run$1node score.mjs',
    ['signer-isolation:13'],
  ],
  [
    'signer-isolation:6',
    'an identity on a machine of the team',
    /ubuntu-latest([\s\S]*)\{ contents: read \}([\s\S]*) {6}- uses.*\n.*\n/,
    '[self-hosted]$1{ id-token: write } # proves the run$2',
    ['self-hosted-runner:6', 'concurrency-limits:5'],
  ],
  ['template-injection:13', 'an expression in run', step, 'run: echo ${{ inputs.name }}'],
  [
    'template-injection:15',
    'on a later line',
    step,
    'run: |\n          set -e\n          echo "${{ inputs.name }}"',
  ],
  [
    'template-injection:12',
    'in a script of an action',
    '      - env',
    `      - { uses: actions/github-script@${other}, with: { script: "x(\${{ inputs.name }})" } } # v8.0.0\n      - env`,
  ],
  ['time-limits:5', 'no time limit', '    timeout-minutes: 5\n', ''],
  ['undocumented-permissions:8', 'writing without a word', '{ contents: read }', '{ checks: write }'],
  ['unpinned-uses:10', 'a tag', `@${sha}`, '@v6'],
  ['unpinned-uses:10', 'a commit cut short', sha, sha.slice(0, 12)],
  ['unpinned-uses:10', 'nothing', `@${sha}`, ''],
  ['unpinned-uses:10', 'a commit without its version', ' # v6.0.1', ''],
  ['unpinned-uses:7', 'an image by tag', '    timeout', '    container: node:24\n    timeout'],
  [
    'unpinned-uses:8',
    'an image of a service',
    '    timeout',
    '    services:\n      db: { image: postgres }\n    timeout',
  ],
  ['unpinned-uses:12', 'an image as a step', '- env', '- uses: docker://alpine:3\n      - env'],
  [
    'unredacted-secrets:12',
    'a part of a secret',
    'inputs.name',
    'fromJSON(secrets.KEY).name',
    ['exposed-secrets:12'],
  ],
  ['unsound-condition:12', 'a line break', '- env', '- if: |\n          ${{ false }}\n        env'],
  ['unsound-condition:12', 'two expressions', '- env', '- if: ${{ true }} && ${{ false }}\n        env'],
  [
    'unsound-contains:12',
    'a text as a list',
    '- env',
    "- if: contains('main develop', github.ref)\n        env",
  ],
];
