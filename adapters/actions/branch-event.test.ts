import { expect, it } from 'vitest';
import { readBranchEvent } from './branch-event.ts';

const env = { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/release/2001', GITHUB_SHA: 'a'.repeat(40) };

it('names the branch and the commit that a run is on', () => {
  expect(readBranchEvent(env)).toEqual({ branch: 'release/2001', commit: 'a'.repeat(40) });
});

it.each([
  ['a pull request, whose merge commit nobody approved', { GITHUB_REF: 'refs/pull/3/merge' }],
  ['a tag, which anybody may move', { GITHUB_REF: 'refs/tags/v1' }],
  ['a ref that is named like a branch only at its end', { GITHUB_REF: 'refs/notes/refs/heads/main' }],
  ['no commit', { GITHUB_SHA: 'main' }],
  ['nothing', { GITHUB_REF: '' }],
])('refuses %s', (_, change) => {
  expect(() => readBranchEvent({ ...env, ...change })).toThrow(
    expect.objectContaining({ code: 'EVENT_NOT_SUPPORTED' }),
  );
});
