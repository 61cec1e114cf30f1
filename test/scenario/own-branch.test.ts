import { describe } from 'vitest';
import { checkStory } from './story.ts';

describe('the main job, ledger on a branch of its own', () => checkStory(undefined));
