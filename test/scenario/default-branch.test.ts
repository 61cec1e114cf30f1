import { describe } from 'vitest';
import { checkStory } from './story.ts';

describe('the main job, ledger on the default branch', () => checkStory('main'));
