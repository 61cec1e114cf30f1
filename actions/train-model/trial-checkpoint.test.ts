import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../core/config/model.ts';
import { makeTrain } from '../../core/config/train.fixture.ts';
import type { TrainingInputs } from './training.ts';
import { leaveTrialCheckpoint } from './trial-checkpoint.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'trial-checkpoint-'));
  for (const folder of ['work', 'output', 'outside/keep']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'outside', 'keep', 'key'), 'secret');
});
afterEach(() => rmSync(root, { recursive: true }));

const leave = () =>
  leaveTrialCheckpoint({
    workspace: join(root, 'work'),
    outputFolder: join(root, 'output'),
    model: { train: makeTrain({ checkpoint: { folder: 'models/keep', everyMinutes: 10 } }) } as ModelConfig,
    trial: { round: 1, number: 1, rung: 0, parameters: {}, resource: 3, resumeFrom: null },
  } as Partial<TrainingInputs> as TrainingInputs);

describe('leaveTrialCheckpoint', () => {
  it('leaves plain files for the rung above', async () => {
    mkdirSync(join(root, 'work', 'models', 'keep'), { recursive: true });
    writeFileSync(join(root, 'work', 'models', 'keep', 'epoch'), '3');
    symlinkSync(join(root, 'outside', 'keep', 'key'), join(root, 'work', 'models', 'keep', 'link'));
    await leave();
    expect(readFileSync(join(root, 'output', 'checkpoint', 'epoch'), 'utf8')).toBe('3');
    expect(existsSync(join(root, 'output', 'checkpoint', 'link'))).toBe(false);
  });

  it('brings nothing along that lies behind a link on the way to the folder', async () => {
    symlinkSync(join(root, 'outside'), join(root, 'work', 'models'));
    await leave();
    expect(existsSync(join(root, 'output', 'checkpoint'))).toBe(false);
  });
});
