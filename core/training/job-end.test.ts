import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfJob, type JobFacts, type SweptStep } from './job-end.ts';

const ended = (conclusion: string): SweptStep => ({ status: 'completed', conclusion });
const cut: SweptStep = { status: 'in_progress', conclusion: null };
const job = (own: Partial<JobFacts>): JobFacts => ({
  status: 'completed',
  conclusion: 'failure',
  steps: [],
  notes: [],
  ...own,
});

const lostText =
  'The self-hosted runner: gpu-1 lost communication with the server. Verify the machine is running and has a healthy network connection.';
const shutdownText =
  'The runner has received a shutdown signal. This can happen when the runner service is stopped, or a manually started runner is canceled.';
const limitText = 'The job running on runner gpu-1 has exceeded the maximum execution time of 60 minutes.';
const stopText = 'The operation was canceled.';
const codeText = 'Process completed with exit code 1.';

describe('the end of a job', () => {
  it.each<[string, Partial<JobFacts>, string]>([
    ['a step that never ended', { steps: [ended('success'), cut], notes: [lostText] }, 'lost runner'],
    ['no step at all', { notes: [lostText] }, 'lost runner'],
    [
      'a shutdown, its step marked as failed',
      { steps: [ended('failure'), ended('cancelled')], notes: [shutdownText, stopText] },
      'lost runner',
    ],
    [
      'a shutdown that only says it was stopped',
      { steps: [ended('cancelled')], notes: [stopText] },
      'lost runner',
    ],
    ['a machine that said nothing any more', { steps: [ended('success'), cut] }, 'lost runner'],
    [
      'a cancelled job whose machine went away',
      { conclusion: 'cancelled', notes: [lostText] },
      'lost runner',
    ],
    ['a command that failed', { steps: [ended('failure'), ended('success')], notes: [codeText] }, 'failed'],
    ['a job that failed without a step', { notes: ['Can not find runner image'] }, 'failed'],
    [
      'a time limit, which looks like a loss',
      { steps: [ended('cancelled')], notes: [limitText, stopText] },
      'timed out',
    ],
    ['a time limit by conclusion', { conclusion: 'timed_out', notes: null }, 'timed out'],
    [
      'a person',
      { conclusion: 'cancelled', notes: ['The run was canceled by @ada.', lostText] },
      'cancelled',
    ],
    [
      'a newer push',
      {
        conclusion: 'cancelled',
        notes: ["Canceling since a higher priority waiting request for 'x' exists"],
      },
      'cancelled',
    ],
    ['a cancel that says nothing', { conclusion: 'cancelled', steps: [ended('cancelled')] }, 'cancelled'],
    ['annotations that could not be read', { steps: [cut], notes: null }, 'unknown'],
    ['success', { conclusion: 'success', notes: null }, 'done'],
    ['a job that was skipped', { conclusion: 'skipped', notes: null }, 'done'],
    ['a job that goes on', { status: 'in_progress', conclusion: null }, 'open'],
  ])('is told from %s', (_, own, end) => {
    expect(endOfJob(job(own))).toBe(end);
  });

  it('is never a lost runner when a step failed and all ended in order, whatever the job printed', () => {
    const texts = fc.constantFrom(lostText, shutdownText, stopText, codeText);
    const steps = fc.array(fc.constantFrom('success', 'skipped', 'failure').map(ended));
    fc.assert(
      fc.property(steps, fc.array(fc.oneof(texts, fc.string())), (before, notes) => {
        const end = endOfJob(job({ steps: [...before, ended('failure')], notes }));
        expect(['failed', 'timed out', 'cancelled']).toContain(end);
      }),
    );
  });

  it('is never a lost runner while its annotations are not known', () => {
    const step = fc.record({
      status: fc.constantFrom('completed', 'in_progress', 'queued'),
      conclusion: fc.constantFrom('success', 'failure', 'cancelled', null),
    });
    fc.assert(
      fc.property(
        fc.array(step),
        fc.constantFrom('failure', 'cancelled', 'success', null),
        (steps, conclusion) => {
          expect(endOfJob(job({ steps, conclusion, notes: null }))).not.toBe('lost runner');
        },
      ),
    );
  });
});
