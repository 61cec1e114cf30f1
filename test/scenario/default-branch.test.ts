import { describe } from 'vitest';
import { checkStory } from './story.ts';

/** Whole by `npm run soak -- stories`; `npm test` goes as far as the first version in production. */
describe('the main job, ledger on the default branch', () =>
  checkStory('main', { short: process.env.GATEHOUSE_LONG !== '1' }));
