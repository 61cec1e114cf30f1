import { expect, it } from 'vitest';
import { readWaivers } from './read-waivers.ts';

const waiver = (model: string) =>
  `version: 1\nmodel: ${model}\ngate: auc min 0.6\nuntil: '2026-12-31'\nreason: few rows\nby: omar\n`;
const treeOf = (texts: Readonly<Record<string, string>>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, { path, mode: '100644', blob: text }]));
const trees = {
  mergeBase: treeOf({}),
  base: treeOf({
    'waivers/region.yml': waiver('churn'),
    'waivers/other.yml': waiver('weather'),
    'waivers/broken.yml': 'version: 2',
    'models/churn/model.yml': 'never asked for',
  }),
  // What the pull request brings waives nothing.
  head: treeOf({ 'waivers/own.yml': waiver('churn').replace('0.6', '0.5') }),
} as unknown as Parameters<typeof readWaivers>[1]['trees'];

it('reads the waivers of one model at base, and nothing else', async () => {
  const asked: string[] = [];
  const blob = async (text: string) => {
    asked.push(text);
    return Buffer.from(text);
  };
  const found = await readWaivers({ blob }, { trees }, 'churn');
  expect(found.map(({ name, gate }) => [name, gate])).toEqual([['region', 'auc min 0.6']]);
  expect(asked).toHaveLength(3);
});

it('has none where nothing answers: a page is no reason to lose a judgement', async () => {
  const blob = async () => Promise.reject(new Error('502'));
  expect(await readWaivers({ blob }, { trees }, 'churn')).toEqual([]);
});
