import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { cell, code, plainText } from './cell.ts';
import { renderMarkdown } from './markdown.ts';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

const parse = (markdown: string): Node =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;

const flatten = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(flatten)];
const dangerous = new Set([
  'link',
  'linkReference',
  'image',
  'imageReference',
  'html',
  'footnoteReference',
  'definition',
  'emphasis',
  'strong',
  'delete',
  'heading',
  'list',
  'blockquote',
  'thematicBreak',
]);

/** What GitHub's own filters would turn into a link, looked for in text that is no code. */
const references = [
  /(?:^|[^\w`])@[a-z0-9]/i,
  /(?:^|\W)#\d/,
  /\bGH-\d/i,
  /\b[A-Z]{2,}-\d/,
  /\b[0-9a-f]{7,40}\b/,
  /https?:\/\//i,
  /www\./i,
  /:[a-z0-9_+-]+:/,
];

const pieces = [
  ...'|\\<>&*_[]~@#`!:$^{}()-+=.1aB7 \t\n\r\0\u2028\u202e\u200f\u2066\ufeff'.split(''),
  ...[
    '-->',
    '<!--',
    '<b>',
    '</td>',
    '<script>',
    '@octocat',
    '@acme/team',
    '#123',
    'GH-1',
    'acme/flights#7',
    '&#124;',
    '&lt;',
  ],
  ...[
    'https://evil.example',
    'http://a.b',
    'www.evil.example',
    '_www.evil.example',
    'a@b.example',
    'mailto:a@b.example',
  ],
  ...[
    '9f3c2ab',
    '0123456789abcdef0123456789abcdef01234567',
    '![x](y)',
    '[x](javascript:1)',
    '[^1]',
    '~~x~~',
    '**x**',
    '$x$',
  ],
  ...[
    '```',
    '~~~',
    '---',
    '# h',
    '1. x',
    '- x',
    '> x',
    ':tada:',
    'ünï',
    '日本',
    '🚀',
    '\ud800',
    '\\|',
    '\\\\|',
    '`|`',
    '=====',
    ':--:',
  ],
];
const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

const shapes: readonly (readonly [string, (text: string) => string])[] = [
  ['cell', cell],
  ['code', code],
  ['a sentence of a report', (text) => renderMarkdown([{ kind: 'paragraph', text: [text] }]) || '–'],
];

describe.each(shapes)('%s', (_name, write) => {
  it('keeps a table of three columns a table of three columns, and everything in it text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = write(text);
        const tree = parse(`| a | b | c |\n|:--|:--|:--|\n| x | ${shown} | z |\n\nafter`);
        const rows = flatten(tree).filter(({ type }) => type === 'tableRow');
        expect(rows.map(({ children }) => children?.length)).toEqual([3, 3]);
        expect(flatten(tree).filter(({ type }) => dangerous.has(type))).toEqual([]);
        const texts = flatten(tree).flatMap(({ type, value }) => (type === 'text' ? [value ?? ''] : []));
        for (const reference of references) expect(texts.join('')).not.toMatch(reference);
        expect(shown).not.toMatch(/-->|<[!/?a-z]|\n|\r/i);
      }),
      { numRuns: 800, seed: 21 },
    );
  });

  it('is plain text at the start of a block and in a list as well', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const alone = flatten(parse(write(text))).map(({ type }) => type);
        expect(alone.filter((type) => dangerous.has(type) || type === 'code' || type === 'table')).toEqual(
          [],
        );
        const item = parse(`- ${write(text)}\n- next`);
        expect(item.children?.[0]?.children?.length).toBe(2);
        expect(flatten(item).filter(({ type }) => type === 'list')).toHaveLength(1);
      }),
      { numRuns: 500, seed: 22 },
    );
  });
});

describe('what raw names would do', () => {
  it('shows that the property can fail: without the escape most of them break the table or become live', () => {
    const samples = fc.sample(hostile, { numRuns: 500, seed: 23 });
    const broken = samples.filter((text) => {
      const nodes = flatten(parse(`| a | b |\n|:--|:--|\n| ${text} | z |`));
      const row = nodes.filter(({ type }) => type === 'tableRow')[1];
      return row?.children?.length !== 2 || nodes.some(({ type }) => dangerous.has(type));
    });
    expect(broken.length).toBeGreaterThan(150);
  });
});

describe('cell', () => {
  it.each([
    ['plain_name', 'plain\\_name'],
    ['', '–'],
    [' \n\t ', '–'],
    ['a|b', 'a&vert;b'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['line\nbreak', 'line break'],
    ['abc\u202Edef', 'abcdef'],
  ])('writes %j as %j', (text, shown) => {
    expect(cell(text)).toBe(shown);
  });

  it.each([
    '0.0000167',
    'McNemar exact p 7.4e-34',
    '2001-04-30 23:59:00',
    'Restore these bytes at file:///srv/store from a backup',
    '1,978,941 rows meet the contract.',
  ])('leaves a number, a time and a path of files whole: %s', (text) => {
    expect(cell(text)).toBe(text);
  });

  it.each(['1978941', '0.9f3c2ab', 'TEAM1e-34', 'http://a.b', ':tada:', 'a:100:b'])(
    'still splits what GitHub would link: %s',
    (text) => {
      expect(cell(text)).toContain('\u200B');
    },
  );

  it('shows the words of a name unchanged to a reader', () => {
    const [paragraph] = parse(cell('delay <= 15 & a_b|c #4 @omar *x* [y]')).children ?? [];
    const text = flatten(paragraph ?? { type: '' })
      .map(({ value }) => value ?? '')
      .join('');
    expect(text.replaceAll('\u200B', '')).toBe('delay <= 15 & a_b|c #4 @omar *x* [y]');
  });

  it('reads no more of a megabyte than it shows, and says that there was more', () => {
    expect(cell('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(cell(`a${' '.repeat(1_000_000)}b`, 10)).toBe('a …');
    expect(cell(`${'\u200b'.repeat(640)}hidden`, 10)).toBe('…');
    expect(cell(`${'\u200b'.repeat(600)}shown`, 10)).toBe('shown');
  });

  it('caps at the number of characters that it is given, whole characters only', () => {
    expect([...plainText('🚀'.repeat(200), 80)]).toHaveLength(80);
    expect(cell('x'.repeat(81))).toBe(`${'x'.repeat(79)}…`);
    expect(cell('x'.repeat(80))).toBe('x'.repeat(80));
  });
});

describe('code', () => {
  const spanIn = (markdown: string) =>
    flatten(parse(markdown)).flatMap(({ type, value }) => (type === 'inlineCode' ? [value ?? ''] : []));

  it('law: holds every text unchanged that has no backtick, no pipe and no HTML', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(!/[`|]|<[!/?a-z]|-->/i.test(plainText(text)) && plainText(text).trim() !== '');
        const shown = code(text);
        expect(shown).toBe(`\`${plainText(text).trim()}\``);
        const held = plainText(text).trim();
        for (const place of [shown, `| a | b |\n|:--|:--|\n| ${shown} | z |`]) {
          expect(spanIn(place)).toEqual([held]);
        }
        const link = { link: text, to: 'https://x.example', code: true };
        const nodes = flatten(parse(renderMarkdown([{ kind: 'paragraph', text: [link] }])));
        expect(nodes.map(({ type }) => type)).not.toContain('definition');
        const words = nodes.flatMap(({ type, value }) =>
          type === 'inlineCode' || type === 'text' ? [value] : [],
        );
        expect(words.join('').replaceAll('\u200B', '').trim()).toBe(held);
      }),
      { numRuns: 800, seed: 24 },
    );
  });

  it.each([
    '1978941',
    'gpu-1',
    `sha256:${'0123456789abcdef'.repeat(4)}`,
    'file:///srv/gatehouse/store',
    'acme/gatehouse/.github/workflows/judge-model.yml@refs/tags/v1',
    'C:\\data\\',
  ])('can be copied: %s', (text) => {
    expect(code(text)).toBe(`\`${text}\``);
    expect(spanIn(code(text))).toEqual([text]);
  });

  it('keeps names readable, and gives up the span where a span could be closed', () => {
    expect(code('origin_airport')).toBe('`origin_airport`');
    expect(code('a`b')).toBe('a\\`b');
    expect(code('a|b')).toBe('a&vert;b');
    expect(code('500<=distance<1500 & hour<6')).toBe('`500<=distance<1500 & hour<6`');
    expect(code('a<b')).toBe('a&lt;b');
    expect(code('')).toBe('–');
  });
});
