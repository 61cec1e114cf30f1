import { limits } from '../../core/config/source.ts';
import { modelText, policyText } from '../../core/report/sample.fixture.ts';
import { contractText, suiteText, waiverText } from './config-surfaces.ts';
import { filesFor, type HostileFile, type Row } from './hostile-file.ts';

const letters = 'abcdefghij';
/** Ten lines that stand for nine to the tenth values. */
const aliasBomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...letters.slice(1)].map(
    (key, at) => `${key}: &${key} [${Array(9).fill(`*${letters[at]}`).join(', ')}]`,
  ),
].join('\n');
const large = limits.bytes - 16;

const yaml: readonly Row[] = [
  ['an alias bomb', aliasBomb, 'config/alias'],
  ['an anchor that holds itself', 'a: &a [*a]', 'config/alias'],
  ['an alias of nobody', 'a: *nobody', 'config/alias'],
  ['a merge key', 'a: &a { x: 1 }\nb: { <<: *a }', 'config/alias'],
  ['a merge key without an anchor', 'version: 1\n<<: { preset: small-team }', 'config/merge-key'],
  ['merges of merges', `a: &a {<<: {<<: {<<: {x: 1}}}}`, 'config/alias'],
  ['a tag for code', "a: !!js/function 'function(){}'", 'config/syntax'],
  ['a tag of Python', 'a: !!python/object/apply:os.system ["id"]', 'config/syntax'],
  [
    'maps 300 deep',
    Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
    'config/syntax',
  ],
  ['brackets all the way', () => '['.repeat(large), 'config/syntax'],
  ['braces all the way', () => '{a: '.repeat(large / 4), 'config/syntax'],
  ['a scalar of a megabyte', () => `a: ${'x'.repeat(1_048_576)}`, 'config/too-large'],
  ['a comment of ten megabytes', () => `# ${'x'.repeat(10_485_760)}`, 'config/too-large'],
  ['lines without an end', () => 'a: 1\n'.repeat(limits.lines + 1), 'config/too-large'],
  ['values without an end', () => `a: [${'1,'.repeat(limits.values + 1)}]`, 'config/too-large'],
  ['one key 7,000 times', () => 'a: 1\n'.repeat(7000), 'config/duplicate-key'],
  ['a key that reaches the prototype', '__proto__: { enforce: false }', 'config/refused-key'],
  ['a constructor', 'constructor: { prototype: { polluted: 1 } }', 'config/refused-key'],
  ['two documents', 'version: 1\n---\nversion: 1', 'config/syntax'],
  ['a NUL', 'version: 1\0', 'config/syntax'],
  ['half a character', 'version: "\\ud800"', 'config/text'],
];

const policy: readonly Row[] = [
  [
    'a gate that no number misses',
    `${policyText}defaults: { gates: [{ metric: auc, min: .nan }] }`,
    'config/not-finite',
  ],
  [
    'a gate at minus infinity',
    `${policyText}defaults: { gates: [{ metric: auc, min: -.inf }] }`,
    'config/not-finite',
  ],
  [
    'a gate beyond doubles',
    `${policyText}defaults: { gates: [{ metric: auc, min: 1e999 }] }`,
    'config/not-finite',
  ],
  ['a role called __proto__', policyText.replace('reviewer:', '__proto__:'), 'config/refused-key'],
  ['a role called constructor', policyText.replace('reviewer:', 'constructor:'), 'config/refused-key'],
  ['a login with a line break', policyText.replace('rita', '"rita\\nomar"'), 'config/value'],
  ['a login that mentions', policyText.replace('rita', '"@acme/everyone"'), 'config/value'],
  ['a login read from right to left', policyText.replace('rita', '"\\u202eatir"'), 'config/value'],
  [
    'a store in a folder of the system',
    policyText.replace('file:///srv/dvc', 'file:///../etc'),
    'config/value',
  ],
  ['a store with a password', policyText.replace('file:///srv/dvc', 'https://u:p@host/x'), 'config/value'],
  ['a store by another protocol', policyText.replace('file:///srv/dvc', 'gopher://host/x'), 'config/value'],
  ['a commit in capitals', policyText.replace(/\[0123.*\]/, `[${'A'.repeat(40)}]`), 'config/value'],
];

const model: readonly Row[] = [
  ['a path that climbs', modelText.replace('models/flight-delay/**', '../../etc/**'), 'config/value'],
  ['a path from the root', modelText.replace('models/flight-delay/**', '/etc/**'), 'config/value'],
  [
    'a path with backslashes',
    modelText.replace('models/flight-delay/**', 'models\\..\\..\\x'),
    'config/value',
  ],
  ['an artifact outside', modelText.replace('out/model.json', '../../../etc/passwd'), 'config/value'],
  ['an artifact in .git', modelText.replace('out/model.json', '.git/hooks/post-checkout'), 'config/value'],
  ['features outside', modelText.replace('data/held-out.csv.dvc', '../x.csv.dvc'), 'config/value'],
  ['an endpoint that climbs', modelText.replace('[eu]', '["../eu"]'), 'config/value'],
  ['an endpoint called constructor', modelText.replace('[eu]', '[constructor]'), 'config/value'],
  ['labels on this machine', modelText.replace('https://labels.example', 'file:///etc'), 'config/value'],
  ['a gate as text', modelText.replace('min: 0.6', "min: '0.6'"), 'config/wrong-type'],
  ['a gate as a list', modelText.replace('min: 0.6', 'min: [0.6]'), 'config/wrong-type'],
  ['a gate of nothing', modelText.replace('min: 0.6', 'min: null'), 'config/wrong-type'],
  [
    'a command of half a megabyte',
    () => modelText.replace('node train.mjs', 'x'.repeat(524_288)),
    'config/too-large',
  ],
];

const contract: readonly Row[] = [
  [
    'a pattern with a look back',
    contractText.replace('type: integer', "type: text, pattern: '(?<=a)b'"),
    'config/value',
  ],
  [
    'a pattern with a back reference',
    contractText.replace('type: integer', "type: text, pattern: '(a)\\1'"),
    'config/value',
  ],
  [
    'repeats of repeats',
    contractText.replace('type: integer', "type: text, pattern: '((a{1000}){1000}){1000}'"),
    'config/value',
  ],
  ['a file outside', contractText.replace('data/f.csv', '../f.csv'), 'config/value'],
  ['a file at an address', contractText.replace('data/f.csv', 'https://evil.example/f.csv'), 'config/value'],
  ['rows without an end', contractText.replace('min: 1', 'min: .inf'), 'config/not-finite'],
  [
    'a column of control characters',
    contractText.replace('name: row', 'name: "a\\u0007\\u001b[2J"'),
    'config/value',
  ],
  [
    'one column twice',
    contractText.replace('type: integer }', 'type: integer }, { name: row, type: text }'),
    'config/value',
  ],
];

const others: Readonly<Record<string, readonly Row[]>> = {
  stages: [
    ['a version of half', 'production: { eu: 1.5 }', 'config/wrong-type'],
    ['a version beyond integers', 'production: { eu: 9007199254740993 }', 'config/inexact'],
    ['a version in base 60', 'staging: [12:30:45]', 'config/ambiguous'],
    ['a version that is Norway', 'production: { no: 7 }', 'config/ambiguous'],
    ['a version twice', 'staging: [7, 7]', 'config/two-stages'],
    ['an endpoint that reaches the prototype', 'production: { __proto__: 7 }', 'config/refused-key'],
  ],
  waiver: [
    ['a waiver for ever', waiverText.replace('2030-01-01', '9999-99-99'), 'config/value'],
    ['a waiver until infinity', waiverText.replace('"2030-01-01"', '.inf'), 'config/not-finite'],
    ['a waiver of all models', waiverText.replace('churn', '"*"'), 'config/value'],
    [
      'a waiver with a gate of two lines',
      waiverText.replace('auc min 0.6', '"auc\\nmin 0.6"'),
      'neutralised: no gate has such a name, so nothing is waived',
    ],
    [
      'a waiver with a reason of a hundred kilobytes',
      () => waiverText.replace('few rows', 'x'.repeat(100_000)),
      'config/value',
    ],
  ],
  readiness: [
    ['an area that reaches the prototype', 'version: 1\n__proto__: { x: { by: ben } }', 'config/refused-key'],
    ['an item called constructor', 'version: 1\nteam: { constructor: { by: ben } }', 'config/refused-key'],
    [
      'a link that runs',
      'version: 1\nteam: { runbook: { by: ben, link: "javascript:alert(1)" } }',
      'config/value',
    ],
  ],
  risks: [['risks without an end', () => `version: 1\nrisks: [${'{},'.repeat(9999)}]`, 'config/too-large']],
  withdrawn: [
    ['a version below one', 'version: 1\nversions: [{ version: -1, reason: x, by: omar }]', 'config/value'],
  ],
  'break-glass': [
    [
      'an endpoint with a slash',
      'version: 1\nmodel: churn\nproduction: { "a/../b": 7 }\nuntil: "2030-01-01"\nreason: x\nby: omar\n',
      'config/name',
    ],
    [
      'no end',
      'version: 1\nmodel: churn\nproduction: { eu: 7 }\nreason: x\nby: omar\n',
      'config/missing-key',
    ],
  ],
  suite: [
    ['a pattern with a back reference', suiteText.replace('max: 1', "matches: '(a)\\1'"), 'config/value'],
    ['a billion samples', suiteText.replace('row: { carrier: AA }', 'sample: 1000000000'), 'config/value'],
    ['a bound that is no number', suiteText.replace('max: 1', 'max: .nan'), 'config/not-finite'],
  ],
  workflow: [
    ['an alias bomb', aliasBomb, 'config/alias'],
    ['jobs that hold themselves', 'on: push\njobs: &a\n  x: *a\n', 'config/alias'],
    ['brackets all the way', () => '['.repeat(large), 'config/syntax'],
    [
      'a job called __proto__',
      'on: push\npermissions: {}\njobs: { __proto__: { runs-on: x } }',
      'config/refused-key',
    ],
    [
      'a title of an issue in a script',
      'on: issues\njobs: { a: { steps: [{ run: "echo ${{ github.event.issue.title }}" }] } }',
      'workflow/template-injection',
    ],
  ],
  path: [
    ['a model that climbs', 'models/../../etc/model.yml', 'config/name'],
    ['a model in capitals', 'models/Churn/model.yml', 'config/name'],
    ['a model called constructor', 'models/constructor/model.yml', 'config/name'],
    ['a model called __proto__', 'models/__proto__/model.yml', 'config/name'],
    ['a model of a device', 'models/con/model.yml', 'config/name'],
    ['a model read from right to left', 'models/\u202enruhc/model.yml', 'config/name'],
    ['a model in Cyrillic', 'models/\u0441hurn/model.yml', 'config/name'],
    ['a model with a line break', 'models/ch\nurn/model.yml', 'neutralised: it is the file of no model'],
    ['a model that steers a terminal', 'models/\u001b[2Jx/model.yml', 'config/name'],
    ['a model of a thousand folders', `models/${'a/'.repeat(1000)}model.yml`, 'config/name'],
    ['a model that ends an HTML comment', 'models/a-->/model.yml', 'config/name'],
    ['a waiver with a mark of Markdown', 'waivers/**x**.yml', 'config/name'],
    ['a dataset that reaches the prototype', 'datasets/__proto__.yml', 'config/name'],
    ['a file that differs by case alone', 'datasets/FLIGHTS.yml', 'config/case-clash'],
  ],
};

export const configFiles: readonly HostileFile[] = [
  ...filesFor('policy', [...yaml, ...policy]),
  ...filesFor('model', model),
  ...filesFor('contract', contract),
  ...Object.entries(others).flatMap(([surface, rows]) => filesFor(surface, rows)),
];
