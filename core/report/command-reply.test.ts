import { describe, expect, it } from 'vitest';
import { answerRun, type CommandedPull } from '../training/run-command.ts';
import { renderRunReply, renderUnknown, replyMarker } from './command-reply.ts';

const head = `9f3c2ab${'1'.repeat(33)}`;
const pull: CommandedPull = { isOpen: true, isFork: true, headSha: head, commits: [head] };
const place = { number: 7, comment: 55, repositoryUrl: 'https://github.test/acme/flights', baseRef: 'main' };
const replyTo = (commit: string, own: Partial<CommandedPull> = {}) => {
  const one = { ...pull, ...own };
  return renderRunReply(answerRun(commit, one), commit, one, place);
};

describe('a reply', () => {
  it('says how to take over exactly the commit that was named', () => {
    const reply = replyTo('9f3c2ab');
    expect(reply.split('\n')[0]).toBe(replyMarker(55));
    expect(reply).toContain('git fetch https://github.test/acme/flights refs/pull/7/head');
    expect(reply).toContain(
      `git push https://github.test/acme/flights ${head}:refs/heads/take-over/7-9f3c2ab11111\n`,
    );
    expect(reply).toContain(
      'https://github.test/acme/flights/compare/main...take-over%2F7-9f3c2ab11111?expand=1',
    );
    expect(reply).toContain('cannot approve it');
  });

  it.each([
    ['', 'Name the commit that you have read'],
    ['main', '`main` is no commit'],
    ['abcdef0', 'is no commit of this pull request'],
  ])('to %j says what is wrong and what to write', (commit, part) => {
    const reply = replyTo(commit);
    expect(reply).toContain(part);
    expect(reply).toContain('`/gatehouse run 9f3c2ab`');
    expect(reply).not.toContain('git push');
  });

  it('asks for more digits when two commits begin alike', () => {
    const twin = `9f3c2ab${'0'.repeat(33)}`;
    const reply = replyTo('9f3c2ab', { commits: [twin, head] });
    expect(reply).toContain('More than one commit');
    expect(reply).toContain('`/gatehouse run 9f3c2ab1`');
  });

  it('to an old commit gives no way to run it', () => {
    const old = `77aa000${'2'.repeat(33)}`;
    const reply = replyTo('77aa000', { commits: [old, head] });
    expect(reply).toContain('is not the newest commit');
    expect(reply).not.toContain('git push');
  });

  it.each([
    [{ isOpen: false }, 'is closed'],
    [{ isFork: false }, 'trains by itself'],
  ])('says when nothing is to do: %j', (own, part) => {
    expect(replyTo(head, own)).toContain(part);
  });

  it('to a typo asks what was meant', () => {
    const reply = renderUnknown({ kind: 'unknown', word: 'rnu', meant: 'run' }, place);
    expect(reply).toContain('There is no command `rnu`. Did you mean "run"?');
    expect(renderUnknown({ kind: 'unknown', word: 'deploy', meant: null }, place)).not.toContain(
      'Did you mean',
    );
  });

  it('shows what somebody wrote as text', () => {
    const evil = '<img> @acme/all [x](javascript:1) `';
    for (const reply of [replyTo(evil), renderUnknown({ kind: 'unknown', word: evil, meant: null }, place)])
      expect(reply).not.toMatch(/<img|@acme|(?<!\\)\]\(javascript/);
  });
});
