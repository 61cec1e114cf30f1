import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommand } from './command.ts';
import { answerRun, type CommandedPull, shortest } from './run-command.ts';

const head = `9f3c2ab${'1'.repeat(33)}`;
const older = `77aa000${'2'.repeat(33)}`;
const pull: CommandedPull = { isOpen: true, isFork: true, headSha: head, commits: [older, head] };

describe('a command', () => {
  it.each([
    ['/gatehouse run 9f3c2ab', { kind: 'run', commit: '9f3c2ab' }],
    ['please:\r\n/gatehouse  run\t9f3c2ab \r\nthanks', { kind: 'run', commit: '9f3c2ab' }],
    ['/gatehouse run', { kind: 'run', commit: '' }],
    ['/gatehouse run 9f3c2ab and more', { kind: 'run', commit: '9f3c2ab and more' }],
    ['/gatehouse rnu 9f3c2ab', { kind: 'unknown', word: 'rnu', meant: 'run' }],
    ['/gatehouse promote', { kind: 'unknown', word: 'promote', meant: null }],
    ['/gatehouse', { kind: 'look' }],
    ['/gatehouse retry', { kind: 'look' }],
    ['/gatehouse help', { kind: 'help' }],
    ['/gatehouse explain please', { kind: 'explain' }],
    ['/gatehouse request', { kind: 'request' }],
    ['/gatehouse waive auc', { kind: 'waive', asked: null }],
    ['/gatehouse waive until 2026-12-31 because x', { kind: 'waive', asked: null }],
    ['/gatehouse waive auc until because x', { kind: 'waive', asked: null }],
    ['/gatehouse waive auc min 0.6 until 2026-12-31 because', { kind: 'waive', asked: null }],
    [
      '/gatehouse waive auc min 0.6 until 2026-12-31 because Few rows, until May',
      {
        kind: 'waive',
        asked: { gate: 'auc min 0.6', model: null, until: '2026-12-31', reason: 'Few rows, until May' },
      },
    ],
    [
      '/gatehouse waive auc min 0.6 for growth/churn until 2026-12-31 because x',
      {
        kind: 'waive',
        asked: { gate: 'auc min 0.6', model: 'growth/churn', until: '2026-12-31', reason: 'x' },
      },
    ],
    ['/gatehouse rollback eu', { kind: 'rollback', endpoint: 'eu', model: null }],
    ['/gatehouse rollback eu growth/churn', { kind: 'rollback', endpoint: 'eu', model: 'growth/churn' }],
    ['/gatehouse rollback', { kind: 'rollback', endpoint: '', model: null }],
    ['/gatehouse explian', { kind: 'unknown', word: 'explian', meant: 'explain' }],
    ['/gatehouse approve', { kind: 'unknown', word: 'approve', meant: null }],
    ['/gatehouse\nrun 9f3c2ab', { kind: 'look' }],
    ['see /gatehouse run 9f3c2ab', null],
    ['/gatehousekeeper run 9f3c2ab', null],
    ['', null],
  ])('%j is read', (body, command) => {
    expect(parseCommand(body)).toEqual(command);
  });

  it('is read from whatever somebody writes, without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseCommand(`/gatehouse ${text}`)).not.toBeNull();
      }),
    );
  });
});

describe('the answer to /gatehouse run', () => {
  it.each<[string, string, Partial<CommandedPull>, string]>([
    ['the newest commit in full', head, {}, 'take over'],
    ['the newest commit in short, in capitals', '9F3C2AB', {}, 'take over'],
    ['an older commit', older.slice(0, 9), {}, 'old commit'],
    ['a commit of somewhere else', 'abcdef0', {}, 'other commit'],
    ['six digits', '9f3c2a', {}, 'not a commit'],
    ['a branch', 'feature', {}, 'not a commit'],
    ['more than one word', `${head} ${head}`, {}, 'not a commit'],
    ['41 digits', `${head}0`, {}, 'not a commit'],
    ['nothing', '', {}, 'no commit'],
    ['what two commits begin with', '9f3c2ab', { commits: [`9f3c2ab${'0'.repeat(33)}`, head] }, 'ambiguous'],
    ['a pull request that is closed', head, { isOpen: false }, 'closed'],
    ['a branch of the repository', head, { isFork: false }, 'own branch'],
  ])('for %s', (_, commit, own, kind) => {
    expect(answerRun(commit, { ...pull, ...own }).kind).toBe(kind);
  });

  const sha = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 40, maxLength: 40 });
  it('runs the newest commit or nothing, and the short name that it gives itself is understood', () => {
    fc.assert(
      fc.property(
        sha,
        fc.array(sha),
        fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 41 }),
        (headSha, commits, named) => {
          const one = { ...pull, headSha, commits };
          if (answerRun(named, one).kind === 'take over') expect(headSha.startsWith(named)).toBe(true);
          expect(answerRun(shortest(one), one).kind).toBe('take over');
        },
      ),
    );
  });
});
