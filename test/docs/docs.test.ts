import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseContract } from '../../core/config/contract-file.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { parseStages } from '../../core/config/stages-file.ts';
import { anchorsOf, fencesOf, listPages, localLinks, withoutCode } from './markdown.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = listPages(root);
const readme = read('README.md');
const yamlOf = (page: string): readonly string[] =>
  fencesOf(page).flatMap(({ language, text }) => (language === 'yaml' ? [text] : []));

/** Links of one page that lead to no file, or to no heading of it. */
function brokenLinks(path: string, text: string): readonly string[] {
  return localLinks(text).filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : normalize(join(dirname(path), file));
    if (target.startsWith('..') || !existsSync(join(root, target))) return true;
    if (anchor === undefined) return false;
    return statSync(join(root, target)).isDirectory() || !anchorsOf(read(target)).includes(anchor);
  });
}

describe('every page', () => {
  it('is found, and not only a few', () => {
    expect(pages).toEqual(
      expect.arrayContaining(['README.md', 'docs/guarantees.md', 'actions/judge-model/README.md']),
    );
  });

  it.each(pages)('%s links to what is there', (path) => {
    expect(brokenLinks(path, read(path))).toEqual([]);
  });

  // The README says: "a repository that your workflows may call, here `acme/gatehouse`".
  it.each([...pages, 'bot/app.yml', 'fixtures/callers/reconcile.yml', 'fixtures/callers/reproduce.yml'])(
    '%s calls the copy of Gatehouse by the one name of the README',
    (path) => {
      const named = [...read(path).matchAll(/\b([\w-]+)\/gatehouse(?=[/@\s])/g)].map(([, owner]) => owner);
      expect(named.filter((owner) => owner === 'gatehouse')).toEqual([]);
    },
  );

  it.each(pages)('%s names no path of a machine', (path) => {
    expect(read(path)).not.toMatch(/(?:^|[\s("'`])\/(?:work|tmp|home|root|Users)\//m);
  });

  it.each(pages)('%s tells people only to run scripts that there are', (path) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(path).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    // npx would fetch a stranger's package of that name: nothing of ours is published.
    expect(read(path)).not.toMatch(/npx gatehouse/);
  });
});

describe('the checks of pages see what they are for', () => {
  it.each([
    ['a file that is not there', 'See [it](docs/nothing.md).', ['docs/nothing.md']],
    [
      'a heading that is not there',
      'See [it](docs/guarantees.md#no-such-part).',
      ['docs/guarantees.md#no-such-part'],
    ],
    ['a file outside of the project', 'See [it](../other.md).', ['../other.md']],
    ['what is there', 'See [it](docs/guarantees.md#what-an-anchor-proves) and [a](https://a.example).', []],
    ['code', '`[x](y)`\n```\n[x](y)\n```\n', []],
  ])('%s', (_, text, broken) => {
    expect(brokenLinks('README.md', text)).toEqual(broken);
  });
});

describe('examples in pages', () => {
  const examples = pages.flatMap((path) => yamlOf(read(path)).map((text) => ({ path, text })));

  it('are YAML, all of them', () => {
    expect(examples.length).toBeGreaterThan(7);
    for (const { path, text } of examples) expect(() => load(text), path).not.toThrow();
  });

  it('that are contracts can be read', () => {
    const contracts = examples.filter(({ text }) => /^columns:$/m.test(text) && /^legal-basis:/m.test(text));
    expect(contracts.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['README.md', 'docs/datasets.md']),
    );
    for (const { path, text } of contracts)
      expect(() => parseContract(text, 'datasets/flights.yml'), path).not.toThrow();
  });

  it('pass our actions the inputs that they need, and no others', () => {
    const steps = examples.flatMap(({ path, text }) => stepsIn(load(text)).map((step) => ({ path, step })));
    const ours = steps.flatMap(({ path, step }) => {
      const match = /^[a-z]+\/gatehouse(?:\/(actions\/[a-z-]+))?@/.exec(step.uses ?? '');
      return match === null ? [] : [{ path, given: Object.keys(step.with ?? {}), folder: match[1] ?? '.' }];
    });
    expect(ours.length).toBeGreaterThan(4);
    for (const { path, given, folder } of ours) {
      const { inputs = {} } = load(read(`${folder}/action.yml`)) as {
        inputs?: Record<string, { required?: boolean }>;
      };
      const needed = Object.keys(inputs).filter((name) => inputs[name]?.required === true);
      expect(given, `${path} ${folder}`).toEqual(expect.arrayContaining(needed));
      expect(Object.keys(inputs), `${path} ${folder}`).toEqual(expect.arrayContaining(given));
    }
  });
});

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** Steps anywhere in a workflow, or in a part of one. */
function stepsIn(value: unknown): readonly Step[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key === 'steps' && Array.isArray(below) ? (below as Step[]) : stepsIn(below),
  );
}

describe('README', () => {
  const [, policy = '', model = '', contract = '', stages = '', caller = ''] = yamlOf(readme);
  const lines = (text: string): number => text.trimEnd().split('\n').length;

  it('shows a policy that works, in under 15 lines', () => {
    expect(parsePolicy(policy, 'README.md')).toMatchObject({ preset: 'small-team' });
    expect(lines(policy)).toBeLessThan(15);
  });

  it('shows a model that works, in under 25 lines', () => {
    expect(parseModelConfig(model, 'README.md', 'flight-delay')).toMatchObject({ endpoints: ['eu'] });
    expect(lines(model)).toBeLessThan(25);
  });

  it('shows a contract and stages that work', () => {
    expect(parseContract(contract, 'datasets/flights.yml')).toMatchObject({ access: ['flight-delay'] });
    expect(parseStages(stages, 'README.md')).toMatchObject({ production: {} });
  });

  it('shows the workflow that the example repository runs', () => {
    expect(load(caller)).toEqual(load(read('fixtures/flights/.github/workflows/gatehouse.yml')));
  });

  it('names every action and every public workflow', () => {
    for (const name of readdirSync(join(root, 'actions'))) {
      expect(readme).toContain(`](actions/${name}/README.md)`);
    }
    for (const name of readdirSync(join(root, 'reusable-workflows')))
      expect(readme).toContain(`| \`${name}\``);
  });

  it('lists the inputs and outputs that the workflows have', () => {
    for (const name of readdirSync(join(root, 'reusable-workflows'))) {
      const { on } = load(read(`reusable-workflows/${name}`)) as {
        on: { workflow_call: { inputs?: object; outputs?: object } };
      };
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      const [, , inputs = '', outputs = ''] = row.split('|');
      const named = (cell: string) => [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, word = '']) => word);
      expect(named(inputs), name).toEqual(Object.keys(on.workflow_call.inputs ?? {}));
      expect(named(outputs), name).toEqual(Object.keys(on.workflow_call.outputs ?? {}));
    }
  });

  it('asks for the permissions and events of the manifest', () => {
    const manifest = load(read('bot/app.yml')) as {
      default_permissions: Record<string, string>;
      default_events: string[];
    };
    const names: Readonly<Record<string, string>> = {
      pull_requests: 'Pull requests',
      members: 'Members (organisation)',
      organization_self_hosted_runners: 'Self-hosted runners (organisation)',
    };
    for (const [scope, level] of Object.entries(manifest.default_permissions)) {
      const name = names[scope] ?? `${scope[0]?.toUpperCase()}${scope.slice(1)}`;
      expect(readme).toContain(`| ${name} | ${level} |`);
    }
    expect(readme).toContain(
      `Events: ${manifest.default_events.map((name) => name.replaceAll('_', ' ')).join(', ')}.`,
    );
  });

  it('names every variable that the app reads', () => {
    const read_ = [...read('bot/config.ts').matchAll(/environment\.([A-Z_]+)/g)].map(([, name = '']) => name);
    expect(read_.length).toBeGreaterThan(5);
    for (const name of read_) expect(readme).toContain(`\`${name}\``);
  });
});

describe('docs/requirements.md', () => {
  const rows = withoutCode(read('docs/requirements.md'))
    .split('\n')
    .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

  it('has every row once, each with a state', () => {
    expect(rows).toHaveLength(82);
    expect(new Set(rows.map(([id]) => id)).size).toBe(82);
    for (const row of rows) expect(row.at(-1)).toMatch(/^\*\*(?:holds|partly|not yet)\*\*/);
  });

  it('says what runs and which test shows it for whatever holds, and what is missing for the rest of it', () => {
    const claimed = rows.filter((row) => !row.at(-1)?.startsWith('**not yet**'));
    for (const [id, , runs, tests, code, state] of claimed) {
      expect(runs, id).not.toBe('');
      expect(tests, id).toMatch(/\.test\.ts\)/);
      expect(code, id).toContain('](../');
      expect(state, id).toMatch(/^\*\*holds\*\*|^\*\*partly\*\*: ./);
    }
  });

  it('counts them right', () => {
    const count = (state: string) => rows.filter((row) => row.at(-1)?.startsWith(`**${state}**`)).length;
    expect(read('docs/requirements.md')).toContain(
      `Of ${rows.length} rows ${count('holds')} hold, ${count('partly')} hold partly, ${count('not yet')} do not hold yet.`,
    );
  });
});
