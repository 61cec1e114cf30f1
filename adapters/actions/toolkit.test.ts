import process from 'node:process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { say } from './toolkit.ts';

afterEach(() => vi.restoreAllMocks());

function said(text: string): string {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  say(text);
  return written.join('');
}

/** How the runner finds a command. */
const commandForm = /^\s*::|##\[/m;

describe('say', () => {
  it('lets nobody write a command of the runner by a name', () => {
    for (const name of [
      'a\n::set-output name=folder::/home',
      'a\r\n \t::add-mask::e',
      '##[set-output name=folder]/home',
    ])
      expect(said(`fetching ${name}`)).not.toMatch(commandForm);
  });

  it('changes no other text, and writes commands of ours', () => {
    expect(said('a::b # c\nd: e')).toBe('a::b # c\nd: e\n');
    expect(said('::stop-commands::x')).toBe('::stop-commands::x\n');
  });
});
