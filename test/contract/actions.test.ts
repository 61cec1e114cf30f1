import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { entries } from '../../scripts/build.ts';
import { actionFileOf, fillTables, readAction } from '../../scripts/generate-readmes.ts';
import { inputsRead, outputsSet, readAdapterFunctions, readers, splitFunctions } from './action-source.ts';

const root = join(import.meta.dirname, '..', '..');
const names = readdirSync(join(root, 'actions'));
const adapters = readAdapterFunctions(root);

interface ActionYml {
  readonly name?: string;
  readonly description?: string;
  readonly inputs?: Readonly<Record<string, { readonly description?: string; readonly default?: unknown }>>;
  readonly outputs?: Readonly<Record<string, { readonly description?: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

describe.each(names)('action %s', (name) => {
  const file = actionFileOf(root, name);
  const action = load(readFileSync(file, 'utf8')) as ActionYml;
  const index = readFileSync(join(root, 'actions', name, 'index.ts'), 'utf8');

  it('declares exactly the inputs that it reads', () => {
    expect(Object.keys(action.inputs ?? {}).sort()).toEqual(inputsRead(index, adapters));
  });

  it('declares exactly the outputs that it sets, and the verdict that every error sets', () => {
    const set = new Set([...outputsSet(index), 'verdict']);
    expect(Object.keys(action.outputs ?? {}).sort()).toEqual([...set].sort());
  });

  it('says what it, each input and each output is', () => {
    const all = [action, ...Object.values(action.inputs ?? {}), ...Object.values(action.outputs ?? {})];
    expect(all.filter(({ description }) => (description ?? '').length < 5)).toEqual([]);
    expect(action.name).toMatch(/^Gatehouse/);
  });

  it('gives every default as text, as GitHub wants it', () => {
    const defaults = Object.values(action.inputs ?? {}).flatMap((input) =>
      input.default === undefined ? [] : [input.default],
    );
    expect(defaults.filter((value) => typeof value !== 'string')).toEqual([]);
  });

  it('runs on Node 24 from a bundle that is built and is there', () => {
    expect(action.runs.using).toBe('node24');
    const main = join(dirname(file), action.runs.main);
    expect(relative(root, main)).toBe(join('dist', `${name}.js`));
    expect(Object.keys(entries())).toContain(name);
    expect(existsSync(main)).toBe(true);
  });

  it('has a README whose tables are what action.yml says', () => {
    const readme = readFileSync(join(root, 'actions', name, 'README.md'), 'utf8');
    expect(readme).toBe(fillTables(readme, readAction(file)));
    for (const input of Object.keys(action.inputs ?? {})) expect(readme).toContain(`| \`${input}\``);
  });
});

describe('inputs are read in one place', () => {
  const sources = globSync('{actions,adapters,core}/**/*.ts', { cwd: root }).filter(
    (path) => !/\.(?:test|fixture)\.ts$/.test(path),
  );
  const text = (path: string) => readFileSync(join(root, path), 'utf8');

  it('asks the toolkit for inputs in adapters/actions/toolkit.ts alone', () => {
    expect(sources.filter((path) => /\bgetInput\(/.test(text(path)))).toEqual([
      'adapters/actions/toolkit.ts',
    ]);
    expect(
      sources.filter((path) => /getBooleanInput|getMultilineInput|env\.INPUT|\['INPUT/.test(text(path))),
    ).toEqual([]);
  });

  it('reads them in index.ts and adapters/actions, nowhere deeper', () => {
    const importing = sources.filter((path) =>
      new RegExp(`import [^;]*\\b(?:${readers.join('|')})\\b[^;]*actions/(?:toolkit|input)\\.ts'`).test(
        text(path),
      ),
    );
    expect(importing.filter((path) => !/^actions\/[^/]+\/index\.ts$/.test(path))).toEqual([]);
  });
});

describe('what this test sees', () => {
  const functions = splitFunctions(`export function openThing() {\n  return needInput('token');\n}
async function post() {\n  const { run } = openThing();\n}\nexport const other = () => input('never');\n`);

  it('finds names in functions that are called, through others, and in templates', () => {
    const index = `import { input } from './x.ts';
function handed(who: 'a' | 'b') {\n  return inputNumber(\`\${who}-id\`);\n}
await run(() => [post(), handed('a'), handed('b'), inputLines('data')]);`;
    expect(inputsRead(index, functions)).toEqual(['a-id', 'b-id', 'data', 'token']);
  });

  it('refuses a name that only a run could tell', () => {
    expect(() => inputsRead('await run(() => input(name));', functions)).toThrow(/names no input/);
    expect(() => inputsRead("await run(() => ['a'].map(input));", functions)).toThrow(/handed on/);
    const template = 'function f(who: string) {\n  return input(`$' + '{who}-id`);\n}\nf(x);';
    expect(() => inputsRead(template, [])).toThrow(/names no input/);
  });

  it('reads the keys of outputs, and refuses what is no object in braces', () => {
    expect(outputsSet("setOutputs({ a, 'b-c': String(f(1, 2)), d: x ? { y: 1 }.y : '' });")).toEqual([
      'a',
      'b-c',
      'd',
    ]);
    expect(() => outputsSet('setOutputs(outputs);')).toThrow(/not an object/);
    expect(() => outputsSet('setOutputs({ ...outputs });')).toThrow(/gives no key/);
  });
});
