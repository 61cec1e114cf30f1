import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listTomlValues } from './toml-values.ts';

const read = (text: string) =>
  Object.fromEntries(listTomlValues(text, 'm.toml').map(({ path, value }) => [path.join('/'), value]));

describe('the part of TOML that metrics are written in', () => {
  it('reads tables, dotted and quoted keys, comments, and every form of a number', () => {
    const text = [
      '# of the evaluation',
      'a = 1 # one',
      'b.c = -0.5e-1',
      '"d e" = +1_000',
      "'f' = 0xFF",
      '[train . loss]',
      'last = 3.25',
      'ok = true',
      "name = 'r\\f'",
      'text = "a\\tb \\u00e9 \\U0001F600"',
      'at = 1979-05-27 07:32:00Z',
      'list = [ 1, [2, "x"], # inside',
      '  { y = 2 }, ]',
      'point = { x = 1.5, y = { z = 2 } }',
      'none = {}',
      '[[runs]]',
      'auc = 0.9',
      '[[runs]]',
      'auc = 0.8',
      '[train]',
      'rows = 7',
    ];
    const values = {
      ...{ a: 1, 'b/c': -0.05, 'd e': 1000, f: 255 },
      ...{ 'train/loss/last': 3.25, 'train/loss/ok': true, 'train/loss/name': 'r\\f' },
      ...{
        'train/loss/text': 'a\tb é 😀',
        'train/loss/point/x': 1.5,
        'train/loss/point/y/z': 2,
        'train/rows': 7,
      },
    };
    expect(read(text.join('\n'))).toEqual(values);
    expect(read(text.join('\r\n'))).toEqual(values);
    expect(listTomlValues('\n\na = 1', 'm.toml')).toEqual([{ path: ['a'], value: 1, line: 3 }]);
  });

  it.each([
    ['a', 1, 'a name without "="'],
    ['a = ', 1, 'a name without a value'],
    ['a = 1 b = 2', 1, 'after the end'],
    ['a = 1\na = 2', 2, 'twice'],
    ['a.b = 1\n[a.b]', 2, 'twice'],
    ['[a]\n[b]\n[a]', 3, 'twice'],
    ['a = 1\na.b = 2', 2, 'below a value'],
    ['a = { b = 1 }\n[a]', 2, 'twice'],
    ['a = { b = 1 }\na.c = 2', 2, 'below a value'],
    ['a = [1]\na = 2', 2, 'twice'],
    ['a = { b = 1, b = 2 }', 1, 'twice'],
    ['a = { b = 1', 1, 'does not end'],
    ['a = [1 2]', 1, 'does not end'],
    ['a = "x', 1, 'does not end'],
    ['a = """\nx"""', 1, 'several lines'],
    ['a = "\\x41"', 1, 'escape'],
    ['a = "\\UFFFFFFFF"', 1, 'escape'],
    ['a = 01', 1, 'the value 01'],
    ['a = 1__0', 1, 'the value'],
    ['a = .5', 1, 'the value'],
    ['a = yes', 1, 'the value yes'],
    ['[a', 1, 'does not end'],
    ['= 1', 1, 'no name'],
    [`a = ${'['.repeat(60)}`, 1, 'nesting'],
  ])('refuses %j and says where', (text, line, what) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'CLAIMED_METRICS',
        message: expect.stringContaining(what),
        where: { file: 'm.toml', line },
      }),
    );
  });

  it('reads what was written, in whatever of its forms', () => {
    const key = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9_-]{1,6}$/),
      fc.string({ minLength: 1, maxLength: 5 }),
    );
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const table = fc.dictionary(key, number, { minKeys: 1, maxKeys: 5 });
    const tree = fc.dictionary(key, fc.oneof(number, table), { maxKeys: 5 });
    const quote = (text: string) => (/^[A-Za-z0-9_-]+$/.test(text) ? text : JSON.stringify(text));
    const write = (value: number) =>
      Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : value.toExponential();
    fc.assert(
      fc.property(tree, fc.constantFrom('header', 'dotted', 'inline'), (value, form) => {
        const plain: string[] = [];
        const below: string[] = [];
        const expected: [string[], number][] = [];
        for (const [name, member] of Object.entries(value)) {
          if (typeof member === 'number') {
            plain.push(`${quote(name)} = ${write(member)}`);
            expected.push([[name], member]);
            continue;
          }
          const pairs = Object.entries(member).map(([inner, each]) => [quote(inner), write(each)] as const);
          for (const [inner, each] of Object.entries(member)) expected.push([[name, inner], each]);
          if (form === 'dotted')
            plain.push(...pairs.map(([inner, each]) => `${quote(name)}.${inner} = ${each}`));
          else if (form === 'inline')
            plain.push(`${quote(name)} = { ${pairs.map((pair) => pair.join(' = ')).join(', ')} }`);
          else below.push(`[${quote(name)}]`, ...pairs.map((pair) => pair.join(' = ')));
        }
        const found = listTomlValues([...plain, ...below].join('\n'), 'm.toml');
        const sorted = (list: readonly (readonly [readonly string[], unknown])[]) =>
          list.map((each) => JSON.stringify(each)).sort();
        expect(sorted(found.map(({ path, value: each }) => [path, each]))).toEqual(
          sorted(expected.map(([path, each]) => [path, each === 0 ? 0 : each])),
        );
      }),
      { numRuns: 300 },
    );
  });
});
