import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const texts = ['search.yml', 'search-round.yml'].map((name) =>
  read(`fixtures/flights/.github/workflows/${name}`),
);

interface Job {
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly steps?: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[];
}
const jobsOf = (text = ''): readonly (readonly [string, Job])[] =>
  Object.entries((load(text) as { jobs: Record<string, Job> }).jobs);

it('rounds of a search follow each other, and each knows how many there are', () => {
  const jobs = jobsOf(texts[0]);
  const rounds = jobs.filter(([name]) => name.startsWith('round-'));
  expect(rounds.map(([, job]) => [job.needs, job.with?.round, job.with?.rounds, job.uses])).toEqual(
    rounds.map((_, at) => [
      at === 0 ? undefined : `round-${at}`,
      String(at + 1),
      String(rounds.length),
      './.github/workflows/search-round.yml',
    ]),
  );
  const collect = jobs.find(([name]) => name === 'collect')?.[1];
  expect(collect?.needs).toEqual(rounds.map(([name]) => name));
});

it('its jobs pass actions of ours only inputs that they declare', () => {
  const steps = texts.flatMap((text) => jobsOf(text).flatMap(([, { steps: own = [] }]) => own));
  const names = steps.flatMap(({ uses = '', with: given = {} }) => {
    const name = /^acme\/gatehouse\/(actions\/[^@]+)@/.exec(uses)?.[1];
    if (name === undefined) return [];
    const { inputs = {} } = load(read(`${name}/action.yml`)) as { inputs?: object };
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    return [name];
  });
  expect(names.sort()).toEqual(['actions/collect-trials', 'actions/plan-trials', 'actions/train-model']);
});
