import { describe, expect, it } from 'vitest';
import { retryCauses } from '../config/train.ts';
import type { Attempt, AttemptOutcome } from '../training/attempt.ts';
import { later } from '../training/progress.fixture.ts';
import { renderMarkdown } from './markdown.ts';
import { attemptTable, outcomeBlocks, outcomeHeadline } from './training-outcome.ts';

const ended = (outcome: AttemptOutcome, own: Partial<Attempt> = {}): Attempt => ({
  ...{ number: 1, runAttempt: 1, runner: 'gpu-a100-2', startedAt: later(0), durationMs: 720_000 },
  ...{ outcome, how: 'signal SIGKILL', resumedFrom: null },
  ...own,
});
const infrastructure: readonly AttemptOutcome[] = ['cancelled', 'timed-out', ...retryCauses];
const render = (attempt: Attempt, own: Partial<Parameters<typeof outcomeBlocks>[0]> = {}) =>
  renderMarkdown(outcomeBlocks({ attempt, attempts: 2, again: false, lines: [], ...own }));

describe('the end of an attempt', () => {
  it('is told apart, and says nothing about the model unless the command said it', () => {
    const headlines = infrastructure.map((outcome) => outcomeHeadline(ended(outcome)));
    expect(new Set(headlines).size).toBe(infrastructure.length);
    for (const line of headlines) {
      expect(line).toMatch(/^⚠️ Not evaluated: .+ after 12 min\. This says nothing about the model$/);
      expect(line.length).toBeLessThanOrEqual(120);
    }
    expect(outcomeHeadline(ended('failed'))).toBe(
      '❌ Fail: the training command said that it failed after 12 min. This is about the code',
    );
    expect(outcomeHeadline(ended('done'))).toBe('✅ Pass: the training ended well after 12 min');
  });

  it('says where it was, how it ended and what comes next', () => {
    const text = render(ended('lost-runner'), { again: true });
    expect(text).toContain(
      'Attempt 1 of 2 on runner `gpu-a100-2`: signal SIGKILL. Attempt 2 of 2 starts by itself.',
    );
    const resumed = ended('out-of-disk', { number: 2, resumedFrom: `sha256:${'a'.repeat(64)}` });
    expect(render(resumed)).toContain('which went on from a checkpoint');
    expect(render(resumed)).toContain('Free the disk');
    expect(render(resumed)).not.toContain('not tried again');
    expect(render(ended('failed'))).toContain(
      'It is not tried again after such an end. Read the lines below',
    );
    expect(render(ended('done'))).toContain('Nothing to do.');
  });

  it('shows the last 20 lines of the log, and none as none', () => {
    const lines = Array.from({ length: 50 }, (_, at) => `line ${at} \`\`\` <b>`);
    const text = render(ended('killed'), { lines });
    expect(text).toContain('line 49');
    expect(text).toContain('line 30 ');
    expect(text).not.toContain('line 29 ');
    expect(text).toContain('````text');
    expect(render(ended('killed'))).not.toContain('Last lines');
  });
});

it('lists attempts, and what each began at', () => {
  const attempts = [ended('killed'), ended('done', { number: 2, resumedFrom: `sha256:${'a'.repeat(64)}` })];
  const lines = renderMarkdown([attemptTable(attempts)]).split('\n');
  expect(lines[2]).toMatch(/killed from outside \(signal SIGKILL\) +\| the beginning \|$/);
  expect(lines[3]).toMatch(/a checkpoint +\|$/);
});
