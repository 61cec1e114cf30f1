import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dumpDvcYaml } from './dump.ts';
import { type DvcMap, type DvcNode, type DvcScalar, toInteger, toMap, toText } from './node.ts';
import { parseDvcYaml } from './parse-yaml.ts';
import { formatDouble, normalizePlain, resolvePlain, toNumber } from './plain-scalar.ts';
import { quotePython, writePythonJson } from './python-json.ts';

/** Documents made at random, and what ruamel.yaml 0.17.21, the writer of DVC, wrote for each. */
const written = readFileSync(join(import.meta.dirname, '../../fixtures/dvc/ruamel.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): { node: DvcMap; yaml: string } => JSON.parse(line));

describe('dumpDvcYaml', () => {
  it('writes what ruamel.yaml writes, byte for byte', () => {
    expect(written.length).toBeGreaterThan(300);
    for (const { node, yaml } of written) expect(dumpDvcYaml(node)).toBe(yaml);
  });

  it('reads back every document that it writes', () => {
    // Four line breaks of YAML 1.1 are two kinds of reader's business: docs/decisions/0010-dvc-writer.md.
    const text = fc
      .oneof(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.string({ unit: fc.constantFrom(...' :#-\'"\n\tab1e_.[{&*!%@`~<=?|>,é\u{1f600}'), maxLength: 120 }),
      )
      .filter((value) => value.isWellFormed() && !/[\u0085\u2028\u2029]/.test(value));
    const scalar: fc.Arbitrary<DvcScalar> = fc.oneof(
      text.map(toText),
      fc.bigInt().map(toInteger),
      fc.double().map((value): DvcScalar => ({ kind: 'plain', type: 'float', text: formatDouble(value) })),
      fc.boolean().map((value): DvcScalar => ({ kind: 'plain', type: 'bool', text: String(value) })),
    );
    const { map } = fc.letrec<{ node: DvcNode; map: DvcMap }>((tie) => ({
      map: fc
        .uniqueArray(fc.tuple(text, tie('node')), { selector: ([key]) => key, maxLength: 3 })
        .map((pairs) => ({
          kind: 'map' as const,
          entries: pairs.map(([key, value]) => ({ key: toText(key), value })),
        })),
      node: fc.oneof(
        { maxDepth: 2 },
        scalar,
        fc.constant<DvcNode>({ kind: 'plain', type: 'null', text: '' }),
        tie('map'),
        fc.array(tie('node'), { maxLength: 3 }).map((items) => ({ kind: 'list' as const, items })),
      ),
    }));
    fc.assert(
      fc.property(map, (node) => {
        const yaml = dumpDvcYaml(node);
        const again = parseDvcYaml(yaml, 'x.yaml');
        expect(withoutPlaces(again)).toEqual(node);
        expect(dumpDvcYaml(again as DvcMap)).toBe(yaml);
      }),
      { numRuns: 120 },
    );
  });

  it('keeps numbers as they are written', () => {
    const text = 'a: 1.0\nb: 1e-05\nc: 0.10\nd: 36893488147419103232\ne: 1_000\nf: 2020-01-01\ng:\nh: ~\n';
    expect(dumpDvcYaml(parseDvcYaml(text, 'x') as DvcMap)).toBe(text);
  });
});

describe('plain scalars', () => {
  it.each([
    ...[
      ['1_000', 'int', '1000'],
      ['0b11', 'int', '3'],
      ['-0x1', 'int', '-1'],
      ['0x1_F', 'int', '31'],
    ],
    ...[
      ['017', 'int', '17'],
      ['0o17', 'int', '15'],
      ['+5', 'int', '5'],
      ['1e3', 'float', '1000.0'],
    ],
    ...[
      ['1e-5', 'float', '1e-05'],
      ['1E+16', 'float', '1e+16'],
      ['.5', 'float', '0.5'],
      ['1.', 'float', '1.0'],
    ],
    ...[
      ['.inf', 'float', '.inf'],
      ['-.INF', 'float', '-.inf'],
      ['.NaN', 'float', '.nan'],
      ['-0.0', 'float', '-0.0'],
    ],
    ...[
      ['True', 'bool', 'true'],
      ['Null', 'null', ''],
      ['~', 'null', ''],
      ['', 'null', ''],
    ],
    ['81720000000000000000000000000e45', 'float', '8.172e+73'],
    ['2020-01-01', 'time', '2020-01-01'],
  ])('reads %j as DVC does: %s %s', (text, type, normal) => {
    expect(resolvePlain(text)).toBe(type);
    expect(normalizePlain({ kind: 'plain', type: type as 'int', text }).text).toBe(normal);
  });

  it.each(['.5e3', 'yes', 'no', 'on', 'y', '1e', '0b12', '_1', 'tRue', '1.2.3', '1:30', '0x', '12e03a'])(
    'leaves %j a text',
    (text) => {
      expect(resolvePlain(text)).toBeNull();
    },
  );

  it.each(['0x_', '0b_', '-_', '0o_', '-0x_', '._'])(
    'takes %j for no number, where DVC breaks off',
    (text) => {
      const type = resolvePlain(text) as 'int';
      expect(toNumber({ kind: 'plain', type, text })).toBeNaN();
    },
  );

  it('writes doubles as Python does', () => {
    const doubles = JSON.stringify(written).match(/"type":"float","text":"[^"]+"/g) ?? [];
    expect(doubles.length).toBeGreaterThan(50);
    for (const found of doubles) {
      const text = found.slice('"type":"float","text":"'.length, -1);
      expect(normalizePlain({ kind: 'plain', type: 'float', text }).text).toBe(text);
    }
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatDouble(value))).toBe(value);
      }),
    );
  });
});

describe('parseDvcYaml', () => {
  it('unfolds aliases and merges, own keys winning', () => {
    const node = parseDvcYaml('a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n', 'x') as DvcMap;
    expect(writePythonJson(node)).toBe(
      '{"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}, "c": {"x": 1, "y": 2}}',
    );
  });

  it.each([
    ['a key twice', 'a: 1\na: 2\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['a key that is a list', '? [a]\n: 1\n'],
    ['an unknown tag', 'a: !!python/object x\n'],
    ['an unknown anchor', 'a: *b\n'],
    ['a loop', 'a: &a\n- *a\n'],
    ['a merge of no map', 'a: {<<: 1}\n'],
    ['a deep nest', `${'['.repeat(101)}${']'.repeat(101)}`],
    ['too many levels of maps', Array.from({ length: 120 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
  ])('refuses %s', (_, text) => {
    expect(() => parseDvcYaml(text, 'dvc.yaml')).toThrow(
      expect.objectContaining({ kind: 'input', code: 'DVC_YAML' }),
    );
  });

  it('refuses few lines that stand for billions of values, at once', () => {
    const lines = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);
    const started = performance.now();
    expect(() => parseDvcYaml(`a0: &a0 x\n${lines.join('\n')}\n`, 'x')).toThrow(/1000000 values/);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('says in which line', () => {
    expect(() => parseDvcYaml('a: 1\nb: 2\nb: 3\n', 'dvc.lock')).toThrow(
      expect.objectContaining({ where: { file: 'dvc.lock', line: 3 } }),
    );
  });
});

describe('writePythonJson', () => {
  it('writes as json.dumps(sort_keys=True)', () => {
    const node = toMap({
      '\u{1f600}': toText('é\u007f\u{1f600}"\\\n'),
      '\uffff': { kind: 'list', items: [toInteger(1), { kind: 'plain', type: 'float', text: '1e-5' }] },
      a: { kind: 'plain', type: 'null', text: '' },
    });
    expect(writePythonJson(node)).toBe(
      '{"a": null, "\\uffff": [1, 1e-05], "\\ud83d\\ude00": "\\u00e9\u007f\\ud83d\\ude00\\"\\\\\\n"}',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(quotePython(text))).toBe(text);
      }),
    );
  });
});

function withoutPlaces(node: DvcNode): DvcNode {
  switch (node.kind) {
    case 'map':
      return {
        kind: 'map',
        entries: node.entries.map(({ key, value }) => ({
          key: withoutPlaces(key) as DvcScalar,
          value: withoutPlaces(value),
        })),
      };
    case 'list':
      return { kind: 'list', items: node.items.map(withoutPlaces) };
    default: {
      const { at, ...rest } = node;
      return rest;
    }
  }
}
