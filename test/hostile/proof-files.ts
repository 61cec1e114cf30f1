import { filesFor, type HostileFile, type Row } from './hostile-file.ts';
import { ledgerText, runRecordText, sealed, statePath, transactionPath, twoFiles } from './proof-surfaces.ts';
import { honestWorld, issuerKeys, sealWith, signToken, signWithSecret } from './receipt-forms.ts';
import { lyingZip, type Packed, type ZipLies } from './zip.ts';

const [evidence, receipt] = twoFiles;
const zip = (files: readonly Packed[], lies?: ZipLies) => () => lyingZip(files, lies);
const bomb = () => Buffer.alloc(24 * 1024 * 1024);

const zips = (file: Packed, rest: readonly Packed[], code: string): readonly Row[] => [
  ['a name that climbs', zip([{ ...file, name: '../../etc/passwd' }, ...rest]), code],
  ['a name from the root', zip([{ ...file, name: '/etc/passwd' }, ...rest]), code],
  ['a name with backslashes', zip([{ ...file, name: '..\\..\\x' }, ...rest]), code],
  ['a name of a drive', zip([{ ...file, name: 'C:x' }, ...rest]), code],
  ['a name with a NUL', zip([{ ...file, name: `${file.name}\0.txt` }, ...rest]), code],
  ['a name read from right to left', zip([{ ...file, name: '\u202enosj.x' }, ...rest]), code],
  ['a folder', zip([{ ...file, name: `${file.name}/` }, ...rest]), code],
  ['a link', zip([{ ...file, mode: 0o120777 }, ...rest]), code],
  ['one file twice', zip([file, file, ...rest]), code],
  [
    'another name in the local header',
    zip([{ ...file, localName: 'x'.repeat(file.name.length) }, ...rest]),
    code,
  ],
  ['a size that is a lie', zip([{ ...file, size: 3 }, ...rest]), code],
  ['a size of four gigabytes', zip([{ ...file, size: 0xffffffff }, ...rest]), code],
  ['a checksum that is a lie', zip([{ ...file, crc: 1 }, ...rest]), code],
  ['a place behind the end', zip([{ ...file, offset: 0xfffffff0 }, ...rest]), code],
  ['a file inside another one', zip([{ ...file, offset: 7 }, ...rest]), code],
  ['an encrypted file', zip([{ ...file, flags: 1 }, ...rest]), code],
  ['a method of its own', zip([{ ...file, method: 99 }, ...rest]), code],
  ['24 MiB in 24 kilobytes', zip([{ ...file, content: bomb() }, ...rest]), code],
  ['24 MiB that say they are small', zip([{ ...file, content: bomb(), size: 100 }, ...rest]), code],
  ['a comment behind the end', zip([file, ...rest], { comment: 'PK\u0005\u0006' }), code],
  ['65,535 entries that are not there', zip([file, ...rest], { count: 65_535 }), code],
  ['a directory somewhere else', zip([file, ...rest], { shift: 9 }), code],
  ['no zip', 'PK', code],
  ['nothing', '', code],
];

const strict = (good: string, wrong: string, half = wrong): readonly Row[] => [
  ['one key twice', good.replace(/^\{"(\w+)":/, '{"$1":0,"$1":'), 'JSON_INVALID'],
  ['a number beyond doubles', good.replace(/:\d+/, ':1e999'), 'JSON_INVALID'],
  ['NaN', good.replace(/:\d+/, ':NaN'), 'JSON_INVALID'],
  ['a key that reaches the prototype', good.replace('{', '{"__proto__":{"polluted":1},'), 'JSON_INVALID'],
  ['nesting without an end', () => '['.repeat(100_000), 'JSON_INVALID'],
  ['an unknown key', good.replace('{', '{"0":1,'), wrong],
  ['half a character', good.replace('{', '{"0":"\\ud800",'), half],
  ['a list', '[]', wrong],
];

const json: readonly HostileFile[] = [
  ...filesFor('evidence', [
    ...strict(sealed.text, 'EVIDENCE_INVALID', 'CANONICAL_JSON'),
    ['white space that changes nothing', `${sealed.text} `, 'EVIDENCE_INVALID'],
    ['nine megabytes', () => `{"a":"${'x'.repeat(9_000_000)}"}`, 'EVIDENCE_INVALID'],
    ['minus zero', sealed.text.replace(/"rows":\d+/, '"rows":-0'), 'EVIDENCE_INVALID'],
  ]),
  ...filesFor('run record', strict(runRecordText, 'RUN_RECORD_INVALID')),
  ...filesFor(
    'transaction',
    strict(ledgerText(transactionPath), 'LEDGER_ENTRY_INVALID').map(
      ([name, content]): Row => [name, content, 'LEDGER_ENTRY_INVALID'],
    ),
  ),
  ...filesFor('ledger head', [
    [
      'a size that is none',
      ledgerText('audit/HEAD.json').replace(/"size":\d+/, '"size":-1'),
      'LEDGER_ENTRY_INVALID',
    ],
    [
      'a size beyond integers',
      ledgerText('audit/HEAD.json').replace(/"size":\d+/, '"size":1e300'),
      'LEDGER_ENTRY_INVALID',
    ],
  ]),
  ...filesFor('envelope', [
    ['no envelope', '{}', 'EVIDENCE_ENVELOPE'],
    ['nine megabytes', () => `{"a":"${'x'.repeat(9_000_000)}"}`, 'EVIDENCE_ENVELOPE'],
    ['one key twice', '{"iv":"a","iv":"b"}', 'JSON_INVALID'],
  ]),
  ...filesFor('anchor', [
    ['no anchor', '{}', 'ANCHOR_INVALID'],
    ['a hundred kilobytes', () => `{"a":"${'x'.repeat(100_000)}"}`, 'ANCHOR_INVALID'],
    ['a number beyond doubles', '{"v":1e999}', 'JSON_INVALID'],
  ]),
];

/** Stays of a state file that stand for a hundred million approvals. */
const aliasStays = () => {
  const stay = `{version: 1, endpoint: eu, from: a, until: serving, pullRequest: 1, how: promoted, approvals: *b}`;
  const approvals = Array(10_000).fill('*a').join(',');
  const stays = Array(10_000).fill('*c').join(',');
  return `v: 1
model: flight-delay
x: &a {id: 1, login: a, role: b, submittedAt: c}
y: &b [${approvals}]
z: &c ${stay}
stages: {'1': production}
deployments: [${stays}]
lastEvent: {seq: 1, hash: 'sha256:${'a'.repeat(64)}', at: a}
`;
};

const state = ledgerText(statePath);
const ledger = filesFor('state file', [
  ['stays that stand for a hundred million', aliasStays, 'LEDGER_FILE_INVALID'],
  ['an anchor that holds itself', 'deployments: &a [*a]\n', 'LEDGER_FILE_INVALID'],
  ['another model', state.replace('flight-delay', 'churn'), 'LEDGER_FILE_INVALID'],
  [
    'a version called __proto__',
    state.replace(/stages:/, 'stages:\n  __proto__: production'),
    'neutralised: no version has such a name, and the bytes are compared with the refolded ones',
  ],
  ['brackets all the way', () => '['.repeat(200_000), 'LEDGER_FILE_INVALID'],
]);

const world = honestWorld();
const [head = '', claims = ''] = sealed.token.split('.');
const sign = (payload: string) =>
  signToken(head, Buffer.from(payload).toString('base64url'), issuerKeys.privateKey);
const plain = Buffer.from(claims, 'base64url').toString();
const receipts = filesFor('receipt', [
  ['no algorithm', sealWith({ ...world.header, alg: 'none' }, claims, ''), 'receipt/signature'],
  [
    'the key as a secret',
    () => signWithSecret(sealWith({ ...world.header, alg: 'HS256' }), claims, issuerKeys.publicKey),
    'receipt/signature',
  ],
  ['two parts', `${head}.${claims}`, 'receipt/signature'],
  ['a thousand parts', () => '.'.repeat(1000), 'receipt/signature'],
  ['a megabyte', () => 'a'.repeat(1_048_576), 'receipt/signature'],
  ['padding', sealed.token.replace('.', '=.'), 'receipt/signature'],
  ['a claim twice', () => sign(plain.replace('{', '{"aud":"x",')), 'receipt/signature'],
  [
    'a claim that reaches the prototype',
    () => sign(plain.replace('{', '{"__proto__":{},')),
    'receipt/signature',
  ],
  ['a time beyond doubles', () => sign(plain.replace(/"exp":\d+/, '"exp":1e999')), 'receipt/signature'],
  [
    'an extension that must be known',
    sealWith({ ...world.header, crit: ['b64'], b64: false }, claims, 'AAAA'),
    'receipt/signature',
  ],
  [
    'a key in the header',
    sealWith({ alg: 'RS256', jwk: world.keys[0] }, claims, 'AAAA'),
    'receipt/signature',
  ],
  ['a line break behind it', `${sealed.token}\n`, 'receipt/signature'],
]);

export const proofFiles: readonly HostileFile[] = [
  ...filesFor('evidence zip', zips(evidence, [receipt], 'EVIDENCE_ZIP')),
  ...filesFor('evidence zip', [
    ['a third file', zip([evidence, receipt, { name: 'x', content: '' }]), 'EVIDENCE_ZIP'],
    [
      'text that is not UTF-8',
      zip([{ ...evidence, content: Buffer.from([0xff, 0xfe]) }, receipt]),
      'EVIDENCE_ZIP',
    ],
    [
      'bytes before the first file',
      zip([evidence, receipt], { prefix: Buffer.from('#!/bin/sh\n') }),
      'neutralised: read by its directory alone, and nothing runs',
    ],
  ]),
  ...filesFor('artifact zip', zips({ name: 'model.json', content: '{}' }, [], 'ARCHIVE_REFUSED')),
  ...json,
  ...ledger,
  ...receipts,
];
