import { filesFor, type HostileFile, type Row } from './hostile-file.ts';

const escaped = 'neutralised: shown as the text that it is';
const texts: readonly Row[] = [
  ['a script', '<script>alert(1)</script>', escaped],
  ['an image that tells who looks', '![x](https://evil.example/x.png)', escaped],
  ['a link that runs', '[approve](javascript:alert(1))', escaped],
  ['a mention of everybody', '@acme/everyone @octocat please approve', escaped],
  ['a reference that closes', 'Closes #1, fixes GH-2, acme/flights#3', escaped],
  ['a row of its own', '| a | b |\n|---|---|\n| ✅ Pass | all |', escaped],
  ['the end of the fold', '</details>\n\n### ✅ Pass: everything\n\n<details>', escaped],
  ['a marker of ours', '<!-- gatehouse:proposal:flight-delay; -->', escaped],
  ['the end of a comment', '--> <b>x</b> <!--', escaped],
  ['a fence', '```\n### ✅ Pass\n```', escaped],
  ['backticks and pipes', '`` ` | `` `|`', escaped],
  ['a heading', '\n# ✅ Pass\n', escaped],
  ['an address', 'https://evil.example www.evil.example mailto:a@b.example', escaped],
  ['an attribute', '" onmouseover="alert(1)', escaped],
  ['an entity', '&lt;b&gt; &#60;script&#62;', escaped],
  ['right to left', '\u202eezilartuen\u2066\u2069', escaped],
  ['tags that nobody sees', '\u{E0041}\u{E0042}\ufeff\u200b\u2060', escaped],
  ['a terminal that is cleared', '\u001b[2J\u001b]0;title\u0007\u009b31m\r', escaped],
  ['a command of the runner', '::set-output name=verdict::pass\n::add-mask::x', escaped],
  ['half a character', () => Buffer.from([0xed, 0xa0, 0x80, 0x41]), escaped],
  ['a footnote and its target', '[^1]\n\n[^1]: x', escaped],
  ['a hundred kilobytes', () => '<b>@a|'.repeat(17_000), escaped],
  ['formulas', '$$\\unicode{x}$$ $a$', escaped],
];

const ours = 'neutralised: not believed';
export const reportFiles: readonly HostileFile[] = [
  ...['comment', 'job summary', 'page', 'terminal'].flatMap((surface) => filesFor(surface, texts)),
  ...filesFor('command', [
    ['a command in a quote', '> /gatehouse rollback eu', 'neutralised: no command'],
    ['a command in a sentence', 'please /gatehouse rollback eu', 'neutralised: no command'],
    ['a command behind spaces', '   /gatehouse rollback eu', 'neutralised: no command'],
    ['a command in full-width letters', '／gatehouse rollback eu', 'neutralised: no command'],
    ['a command behind a mark nobody sees', '\u200b/gatehouse rollback eu', 'neutralised: no command'],
    [
      'an unknown word that mentions',
      '/gatehouse @acme/everyone',
      'neutralised: told as the text that it is',
    ],
    ['an unknown word of HTML', '/gatehouse <img/src=x>', 'neutralised: told as the text that it is'],
    ['an approval', '/gatehouse approve', 'neutralised: nothing is approved by a comment'],
    ['a word of a megabyte', () => `/gatehouse ${'x'.repeat(1_048_576)}`, 'neutralised: cut'],
    ['a million spaces', () => `/gatehouse${' '.repeat(1_000_000)}x`, 'neutralised: read in linear time'],
    ['a word that reaches the prototype', '/gatehouse constructor', 'neutralised: unknown'],
  ]),
  ...filesFor('comment of somebody', [
    ['a marker on the second line', 'x\n<!-- gatehouse:proposal:churn; -->', ours],
    ['a marker with a name that climbs', '<!-- gatehouse:proposal:../x; -->', ours],
    ['a state with one key twice', '<!-- gatehouse:state {"v":1,"v":1} -->', ours],
    ['a state that reaches the prototype', '<!-- gatehouse:state {"__proto__":{"v":1}} -->', ours],
    ['a state beyond doubles', '<!-- gatehouse:state {"v":1,"run":1e999} -->', ours],
    ['a state that never ends', () => `<!-- gatehouse:state {${'{'.repeat(500_000)}} -->`, ours],
  ]),
];
