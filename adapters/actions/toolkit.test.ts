import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askIdentityToken, say } from './toolkit.ts';

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

describe('askIdentityToken', () => {
  it('hides a digest before the toolkit writes down the address that it asks', async () => {
    const server = createServer((_, response) => response.end('{"value":"a.b.c"}'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', `http://127.0.0.1:${port}/token?v=1`);
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'asks');
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    const digest = 'ab'.repeat(32);
    const token = await askIdentityToken(`gatehouse:sha256:${digest}`);
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await new Promise((done) => server.close(done));
    expect(token).toBe('a.b.c');
    const lines = written.join('').split('\n');
    expect(lines.filter((line) => line.includes(digest)).length).toBeGreaterThan(1);
    expect(lines.find((line) => line.includes(digest))).toBe(`::add-mask::${digest}`);
  });
});
