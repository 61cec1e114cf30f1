import { lockText, manifestText, pipelineText, pointerText } from './data-surfaces.ts';
import { filesFor, type HostileFile, type Row } from './hostile-file.ts';

/** Six lines that stand for nine to the sixth values. */
const aliasBomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghi'
    .split('')
    .map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(', ')}]`),
].join('\n');

const pointer: readonly Row[] = [
  ['an alias bomb', aliasBomb, 'DVC_POINTER'],
  ['a path that climbs', pointerText.replace('f.csv', '../../../etc/passwd'), 'DVC_POINTER'],
  ['a path from the root', pointerText.replace('f.csv', '/etc/passwd'), 'DVC_POINTER'],
  ['a path at an address', pointerText.replace('f.csv', 's3://bucket/x'), 'DVC_POINTER'],
  ['a path with backslashes', pointerText.replace('f.csv', '..\\..\\x'), 'DVC_POINTER'],
  ['a path with a NUL', pointerText.replace('f.csv', '"f\\0.csv"'), 'DVC_POINTER'],
  ['a folder as working folder', `wdir: ../../..\n${pointerText}`, 'DVC_POINTER'],
  ['a digest that climbs', pointerText.replace(/a{32}/, '../../../../../../../../etc/passwd'), 'DVC_POINTER'],
  [
    'a digest in capitals',
    pointerText.replace(/a{32}/, 'A'.repeat(32)),
    'neutralised: read in small letters, as DVC does',
  ],
  ['a size that is no number', pointerText.replace('size: 3', 'size: .nan'), 'DVC_POINTER'],
  ['a size below zero', pointerText.replace('size: 3', 'size: -1'), 'DVC_POINTER'],
  ['one key twice', pointerText.replace('size: 3', 'size: 3\n  size: 4'), 'DVC_POINTER'],
  ['half a megabyte', () => `${pointerText}# ${'x'.repeat(524_288)}`, 'DVC_POINTER'],
];

const manifest: readonly Row[] = [
  ['a path that climbs', manifestText.replace('x.csv', '../x.csv'), 'DVC_MANIFEST'],
  ['a path from the root', manifestText.replace('x.csv', '/x.csv'), 'DVC_MANIFEST'],
  ['a path of a drive', manifestText.replace('x.csv', 'C:x'), 'DVC_MANIFEST'],
  ['a path with a line break', manifestText.replace('x.csv', 'x\\ny'), 'DVC_MANIFEST'],
  ['half a character', manifestText.replace('x.csv', '\\ud800'), 'DVC_MANIFEST'],
  ['one path twice', manifestText.replace(']', `, ${manifestText.slice(1, -1)}]`), 'DVC_MANIFEST'],
  [
    'a file that is a folder, too',
    manifestText.replace(']', `, ${manifestText.slice(1, -1).replace('x.csv', 'x.csv/y')}]`),
    'DVC_MANIFEST',
  ],
  ['a key that reaches the prototype', manifestText.replace('{', '{"__proto__": 1, '), 'DVC_MANIFEST'],
  ['a hundred thousand brackets', () => '['.repeat(100_000), 'DVC_MANIFEST'],
];

const tables = (code: string): readonly Row[] => [
  ['not a number', 'key,score\na,NaN\nb,1\n', code],
  ['infinity', 'key,score\na,Infinity\nb,1\n', code],
  ['beyond doubles', 'key,score\na,1e999\nb,1\n', code],
  ['hexadecimal', 'key,score\na,0x1\nb,1\n', code],
  ['a probability of two', 'key,score\na,2\nb,1\n', code],
  ['one key twice', 'key,score\na,0.1\na,0.9\n', code],
  ['a column twice', 'key,score,score\na,0.1,0.9\n', code],
  ['a quote that never ends', () => `key,score\n"a,${'x,'.repeat(100_000)}`, code],
  ['a row that is short', 'key,score\na\n', code],
  [
    'a megabyte in one cell',
    () => `key,score\n${'x'.repeat(1_048_576)},0.5\n`,
    'neutralised: a key like any other, that no label has',
  ],
  ['half a million commas', () => `key,score\n${','.repeat(500_000)}\n`, code],
  ['bytes that are not UTF-8', () => Buffer.from([0x6b, 0x65, 0x79, 0x2c, 0xff, 0xfe, 0x0a]), code],
  ['UTF-16', () => Buffer.from('key,score\na,0.5\n', 'utf16le'), code],
  [
    'JSON Lines with one key twice',
    '{"key":"a","score":0.1,"score":0.9}\n',
    'neutralised: one reader reads it, in every job alike, and the last counts',
  ],
  ['JSON Lines with a prototype', '{"key":"a","score":0.1,"__proto__":{"polluted":1}}\n', code],
  ['JSON Lines beyond doubles', '{"key":"a","score":1e999}\n', code],
  ['JSON Lines with a list', '["a",0.5]\n', code],
  ['nothing', '', code],
];

const metrics: readonly HostileFile[] = [
  ...filesFor('metrics.json', [
    ['one key twice', '{"auc":0.1,"auc":0.9}', 'JSON_INVALID'],
    ['beyond doubles', '{"auc":1e999}', 'JSON_INVALID'],
    ['a key that reaches the prototype', '{"__proto__":{"auc":1}}', 'JSON_INVALID'],
    ['nesting without an end', () => '{"a":'.repeat(50_000), 'JSON_INVALID'],
    [
      'twenty thousand metrics',
      () => `{${Array.from({ length: 20_000 }, (_, at) => `"m${at}":1`).join(',')}}`,
      'CLAIMED_METRICS',
    ],
  ]),
  ...filesFor('metrics.yaml', [
    ['an alias bomb', aliasBomb, 'CLAIMED_METRICS'],
    ['an anchor that holds itself', 'a: &a [*a]', 'CLAIMED_METRICS'],
    ['a tag for code', "a: !!js/function 'x'", 'CLAIMED_METRICS'],
    ['brackets all the way', () => '['.repeat(100_000), 'CLAIMED_METRICS'],
  ]),
  ...filesFor('metrics.toml', [
    ['a key that reaches the prototype', '__proto__ = 1\n', 'CLAIMED_METRICS'],
    ['brackets all the way', () => `a = ${'['.repeat(100_000)}`, 'CLAIMED_METRICS'],
    ['one key twice', 'auc = 0.1\nauc = 0.9\n', 'CLAIMED_METRICS'],
  ]),
  ...filesFor('metrics.csv', [
    ['a quote that never ends', () => `epoch,auc\n"0,${'x'.repeat(200_000)}`, 'CLAIMED_METRICS'],
    [
      'a hundred thousand columns',
      () => `${'a,'.repeat(100_000)}b\n${'1,'.repeat(100_000)}1\n`,
      'CLAIMED_METRICS',
    ],
  ]),
];

const harmless = 'neutralised: matched in linear time';
const patterns: readonly HostileFile[] = [
  ...filesFor('pattern', [
    ['repeats of repeats', '(a+)+$', harmless],
    ['choices of the same', '(a|a)*$', harmless],
    ['a choice within a repeat', '(a|aa)+$', harmless],
    ['many stars', () => `${'.*'.repeat(100)}b`, harmless],
    ['optional ones', () => `${'a?'.repeat(100)}${'a'.repeat(100)}$`, harmless],
    ['a thousand at least', 'a{1000}$', harmless],
  ]),
  ...filesFor('glob', [
    ['many stars', () => `${'*a'.repeat(200)}b`, harmless],
    ['many folders', () => `${'**/'.repeat(300)}b`, harmless],
    ['braces in braces', () => `${'{a,'.repeat(200)}b${'}'.repeat(200)}`, harmless],
    ['choices behind choices', () => `models/${'{a,aa}'.repeat(60)}b`, harmless],
    ['a class that never ends', () => `[${'a-z'.repeat(2000)}`, harmless],
  ]),
  ...filesFor('expression', [
    ['parentheses all the way', () => '('.repeat(1900), 'expression'],
    ['not, not, not', () => `${'not '.repeat(450)}a`, 'expression'],
    ['a text that never ends', () => `a = '${"''".repeat(900)}`, 'expression'],
    ['a megabyte', () => 'a and '.repeat(170_000), 'expression'],
    ['a call of the engine', "read_csv('/etc/passwd')", 'expression'],
    ['a second statement', "a = 1; copy t to '/tmp/x'", 'expression'],
  ]),
];

export const dataFiles: readonly HostileFile[] = [
  ...filesFor('DVC pointer', pointer),
  ...filesFor('DVC manifest', manifest),
  ...filesFor('DVC pipeline', [
    ['an alias bomb', aliasBomb, 'DVC_PIPELINE'],
    ['a tag of Python', 'stages: !!python/object/apply:os.system ["id"]', 'DVC_PIPELINE'],
    ['one stage twice', `${pipelineText}  train:\n    cmd: x\n`, 'DVC_PIPELINE'],
  ]),
  ...filesFor('DVC lock', [
    ['an alias bomb', aliasBomb, 'DVC_LOCK'],
    ['a digest that climbs', lockText.replace(/a{32}/, '../../../../../../../../etc/passwd'), 'DVC_LOCK'],
  ]),
  ...filesFor('predictions', tables('PREDICTIONS_INVALID')),
  ...filesFor('labels', [
    ['a label that is neither', 'row,late\na,2\nb,0\n', 'LABELS_INVALID'],
    ['a label that is no number', 'row,late\na,NaN\nb,0\n', 'LABELS_INVALID'],
    ['one key twice', 'row,late\na,1\na,0\n', 'LABELS_INVALID'],
  ]),
  ...metrics,
  ...patterns,
];
