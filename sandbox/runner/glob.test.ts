import { expect, it } from 'vitest';
import { matchesPatterns } from './glob.ts';
import { isTriggered } from './trigger.ts';

// The examples of GitHub's cheat sheet, and near misses.
it.each([
  ['feature/*', 'feature/a', true],
  ['feature/*', 'feature/a/b', false],
  ['feature/**', 'feature/a/b', true],
  ['**', 'a/b/c', true],
  ['*', 'a/b', false],
  ['v[12].[0-9]+.[0-9]+', 'v1.10.1', true],
  ['v[12].[0-9]+.[0-9]+', 'v3.1.1', false],
  ['*.jsx?', 'page.js', true],
  ['**/*.md', 'readme.md', true],
  ['docs/**/*.md', 'docs/a/b/c.md', true],
  ['models/*/model.yml', 'models/a/model.yml', true],
  ['models/*/model.yml', 'models/a/model_yml', false],
  ['a.b', 'axb', false],
])('%s against %s', (pattern, name, expected) => {
  expect(matchesPatterns(name, [pattern])).toBe(expected);
});

it('lets the last matching pattern win', () => {
  expect(matchesPatterns('releases/10', ['releases/**', '!releases/**-alpha'])).toBe(true);
  expect(matchesPatterns('releases/10-alpha', ['releases/**', '!releases/**-alpha'])).toBe(false);
  expect(matchesPatterns('a', ['!a'])).toBe(false);
});

it('decides whether an event starts a workflow', async () => {
  const happening = (event: string, ref: string, paths: string[] = [], action?: string) => ({
    ...{ event, ref, action, changedPaths: async () => paths },
  });
  const push = (on: object, ref: string, paths?: string[]) =>
    isTriggered({ push: { ...on } }, happening('push', ref, paths));
  expect(await push({}, 'refs/tags/v1')).toBe(true);
  expect(await push({ branches: ['main'] }, 'refs/heads/main')).toBe(true);
  expect(await push({ branches: ['main'] }, 'refs/tags/v1')).toBe(false);
  expect(await push({ 'branches-ignore': ['main'] }, 'refs/heads/main')).toBe(false);
  expect(await push({ paths: ['models/**'] }, 'refs/heads/a', ['readme.md'])).toBe(false);
  expect(await push({ 'paths-ignore': ['**.md'] }, 'refs/heads/a', ['readme.md', 'a.ts'])).toBe(true);
  expect(await push({ 'paths-ignore': ['**.md'] }, 'refs/heads/a', ['readme.md'])).toBe(false);
  const pull = (action: string, on: object = {}) =>
    isTriggered({ pull_request: { ...on } }, happening('pull_request', 'refs/heads/main', [], action));
  expect(await pull('opened')).toBe(true);
  expect(await pull('edited')).toBe(false);
  expect(await pull('edited', { types: ['edited'] })).toBe(true);
  expect(await pull('opened', { branches: ['release'] })).toBe(false);
});
