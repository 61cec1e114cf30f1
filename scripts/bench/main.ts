import process from 'node:process';
import { benchCalls } from './calls.ts';
import { benchData } from './data.ts';
import { benchJudge } from './judge.ts';
import { benchPromotions } from './promotions.ts';
import { benchRegistry } from './registry.ts';
import { benchStart } from './start.ts';
import { benchWebhooks } from './webhooks.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  calls: benchCalls,
  data: benchData,
  judge: benchJudge,
  promotions: benchPromotions,
  registry: benchRegistry,
  start: benchStart,
  webhooks: benchWebhooks,
};

const [name = ''] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(`There is no bench "${name}". Known: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
} else {
  await bench();
}
