import { expect, it } from 'vitest';
import { jobNote } from './job-note.ts';

it('says of each end that is not about the model what it was and what to do, and leaves the others their own words', () => {
  const said = (['lost runner', 'timed out', 'cancelled'] as const).map((end) => jobNote(end) ?? '');
  expect(new Set(said).size).toBe(3);
  for (const note of said) expect(note).toMatch(/^.+\. Fix: .+\.$/);
  for (const end of ['open', 'done', 'failed', 'unknown'] as const) expect(jobNote(end)).toBeNull();
});
