import { dirname, join, normalize } from 'node:path';

/** A rule that a source file breaks, in one sentence. */
export interface Violation {
  readonly file: string;
  readonly sentence: string;
}

const importForm =
  /(?:^|[\s;])(?:import|export)\s+(?:type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Which top folders a file of a top folder may import from. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  adapters: ['core', 'adapters'],
  actions: ['core', 'adapters', 'actions'],
  bot: ['core', 'adapters', 'bot'],
  // The command says which version it is.
  cli: ['core', 'adapters', 'cli', 'package.json'],
  sandbox: ['core', 'adapters', 'actions', 'bot', 'cli', 'sandbox', 'scripts'],
  scripts: ['core', 'adapters', 'actions', 'bot', 'cli', 'scripts'],
  test: ['core', 'adapters', 'actions', 'bot', 'cli', 'sandbox', 'scripts', 'test'],
};

/** Layers inside core, lowest first. A folder imports from its own row and from rows above it in this list. */
export const coreLayers: readonly (readonly string[])[] = [
  ['collection', 'finding', 'error', 'json'],
  ['config', 'statistics'],
  ['profile', 'metric'],
  ['behaviour', 'explanation', 'load'],
  [
    'change',
    'dataset',
    'drift',
    'dvc',
    'evaluation',
    'lineage',
    'production-like',
    'search',
    'training',
    'workflow-lint',
  ],
  ['evidence'],
  ['policy'],
  ['registry'],
  ['audit'],
  ['report'],
  ['onboarding'],
];

const pureLibraries = new Set(['zod', 'yaml', 'js-yaml', 'simple-statistics', 'markdown-table', 're2js']);
const impure: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\./, 'reads the clock'],
  [/\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bcrypto\.getRandomValues\b/, 'is random'],
  [/\bprocess\b\s*[.[]|\bglobalThis\b/, 'reads its environment'],
  [/\bfetch\s*\(|\bWebSocket\b|\bXMLHttpRequest\b/, 'uses the network'],
  [/\basync\b|\bawait\b|\bPromise\b|\bsetTimeout\b/, 'is asynchronous'],
  [/\bconsole\./, 'prints'],
];

/** Type names that core may say although a value of the same layer would be too high: types carry no behaviour. */
const isTypeOnly = (statement: string): boolean => /^\s*(?:import|export)\s+type\b/.test(statement);

/** Every rule of the layers that one file breaks. @param file path from the root, @param text its source */
export function findViolations(file: string, text: string): readonly Violation[] {
  const top = file.split('/')[0] ?? '';
  // Fixtures are imported by tests alone; what they import is no part of the product.
  const isTest = /\.(?:test|fixture)\.ts$/.test(file);
  const code = withoutComments(text);
  const imports = [...code.matchAll(importForm)].map((match) => ({
    target: match[1] ?? match[2] ?? '',
    typeOnly: isTypeOnly(match[0].trimStart()),
  }));
  const sentences = imports.flatMap(({ target, typeOnly }) =>
    importSentences(file, top, target, typeOnly, isTest),
  );
  const purity = top === 'core' && !isTest ? impure.filter(([form]) => form.test(withoutText(code))) : [];
  return [...sentences, ...purity.map(([, what]) => `core is pure, and this ${what}`)].map((sentence) => ({
    file,
    sentence,
  }));
}

function importSentences(
  file: string,
  top: string,
  target: string,
  typeOnly: boolean,
  isTest: boolean,
): readonly string[] {
  if (!target.startsWith('.')) return isTest ? [] : packageSentences(top, target);
  const path = normalize(join(dirname(file), target));
  const targetTop = path.split('/')[0] ?? '';
  const allowed = isTest ? Object.keys(mayImport) : (mayImport[top] ?? []);
  if (!allowed.includes(targetTop)) return [`${top} must not import ${path}`];
  if (isTest) return [];
  if (top === 'core') return typeOnly ? [] : coreSentences(file, path);
  if (top === 'actions' && targetTop === 'actions' && path.split('/')[1] !== file.split('/')[1])
    return [`an action must not import another action (${path})`];
  return [];
}

function packageSentences(top: string, target: string): readonly string[] {
  if (top === 'core' && target !== 'node:crypto' && !pureLibraries.has(target))
    return [`core must not import ${target}`];
  const outside = /^@actions\/|^@octokit\/|^@duckdb\//.test(target);
  const atHome = top === 'adapters' || top === 'sandbox' || top === 'test' || top === 'scripts';
  return outside && !atHome ? [`only adapters may touch ${target}`] : [];
}

function coreSentences(file: string, path: string): readonly string[] {
  const level = (place: string) => coreLayers.findIndex((row) => row.includes(place.split('/')[1] ?? ''));
  if (level(file) === -1) return [`core/${file.split('/')[1]} has no layer`];
  return level(path) > level(file)
    ? [`core/${file.split('/')[1]} must not depend on the higher ${path}`]
    : [];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

/** Text in quotes is no code. Template literals stay: they can hold code. */
function withoutText(code: string): string {
  return code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
}
