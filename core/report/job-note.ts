import type { JobEnd } from '../training/job-end.ts';

/** Ends of a job that say nothing about the model, as a sentence and what to do. */
const notes: Partial<Record<JobEnd, string>> = {
  'lost runner':
    'The runner was lost. Fix: See whether the machine is on and reaches GitHub, then re-run the failed jobs; with train.retry in model.yml that happens by itself.',
  'timed out':
    'The job was stopped at its time limit. Fix: Raise the limit of the job and train.timeout-minutes in model.yml, or train less.',
  cancelled: 'The job was cancelled. Fix: Re-run the workflow if that was not meant.',
};

/** What to say of a job that its machine, a limit or a person ended; null: it says itself what stopped it. */
export const jobNote = (end: JobEnd): string | null => notes[end] ?? null;
