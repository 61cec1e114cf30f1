import { describe, expect, it } from 'vitest';
import type { ModelState } from '../registry/ledger.ts';
import { findRollbackTargets } from '../registry/rollback-target.ts';
import { renderRollback, renderRollbackPull } from './rollback-reply.ts';

const place = { number: 7, comment: 55, repositoryUrl: 'https://github.test/acme/flights', baseRef: 'main' };
const target = { model: 'churn', endpoint: 'eu', from: 3, to: 2 };

describe('what a rollback may return to', () => {
  const serving = (champion: number | null, previous: number | null) =>
    ({ endpoints: new Map([['eu', { champion, previous }]]) }) as unknown as ModelState;
  const states = new Map([
    ['z', serving(3, 2)],
    ['a', serving(9, 8)],
    ['first', serving(1, null)],
    ['gone', serving(null, null)],
  ]);

  it.each([
    ['eu', null, ['a', 'z']],
    ['eu', 'z', ['z']],
    ['eu', 'first', []],
    ['eu', 'gone', []],
    ['us', null, []],
  ])('at %s, of %s', (endpoint, model, names) => {
    expect(findRollbackTargets(states, endpoint, model).map((one) => one.model)).toEqual(names);
  });

  it('is the recorded previous version alone', () => {
    expect(findRollbackTargets(states, 'eu', 'z')).toEqual([{ model: 'z', endpoint: 'eu', from: 3, to: 2 }]);
  });
});

describe('the reply to a rollback', () => {
  it.each([
    [{ kind: 'opened', target, pull: 12 } as const, '(https://github.test/acme/flights/pull/12)'],
    [{ kind: 'no endpoint' } as const, '`/gatehouse rollback ENDPOINT`'],
    [{ kind: 'no target', endpoint: 'eu', model: null } as const, 'No model has a version recorded'],
    [
      { kind: 'no target', endpoint: 'eu', model: 'churn' } as const,
      'The model `churn` has no version recorded',
    ],
    [{ kind: 'several', endpoint: 'eu', models: ['a', 'b'] } as const, '`/gatehouse rollback eu b`'],
    [{ kind: 'no file', path: 'models/churn/stages.yml' } as const, 'cannot be read'],
  ])('%j', (answer, part) => {
    expect(renderRollback(answer, place)).toContain(part);
  });

  it('shows what somebody wrote as a name, not as Markdown', () => {
    const reply = renderRollback({ kind: 'no target', endpoint: '@acme/all', model: '</details>`x' }, place);
    expect(reply).toContain('`@acme/all`');
    expect(reply).not.toMatch(/(?<!`)<\/details>/);
  });

  it('names in the pull request who asked, and why it is not judged again', () => {
    const { title, body } = renderRollbackPull(target, 'ben', place);
    expect(title).toBe('Roll back churn at eu from v3 to v2');
    expect(body).toContain('`ben` asked for this');
    expect(body).toContain('cannot approve it');
  });
});
