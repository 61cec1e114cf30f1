import { expect, it } from 'vitest';
import { createLog } from './log.ts';

const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----';
const secret = 'a"b\\c0123456789abcdef0123456789';

function linesOf(say: (log: ReturnType<typeof createLog>) => void): readonly string[] {
  const lines: string[] = [];
  say(
    createLog({
      write: (line) => lines.push(line),
      now: () => '2026-01-05T10:00:00.000Z',
      secrets: [key, secret],
    }),
  );
  return lines;
}

it('writes one JSON object a line, whatever stands in a fact', () => {
  const [line = ''] = linesOf((log) => log.warn({ key: 'acme/flights#7', error: 'a\nb' }, 'look failed'));
  expect(line.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(line)).toEqual({
    time: '2026-01-05T10:00:00.000Z',
    level: 'warn',
    message: 'look failed',
    key: 'acme/flights#7',
    error: 'a\nb',
  });
});

it.each([
  ['the key', key, 'MIIEowIBAAKCAQEA'],
  ['a webhook secret', secret, '0123456789abcdef0123456789'],
  ['a token of an installation', `ghs_${'a'.repeat(36)}`, 'aaaaaaaa'],
  ['a token of a person', `github_pat_${'b'.repeat(60)}`, 'bbbbbbbb'],
  ['the token of a job', `eyJhbGciOiJSUzI1NiJ9.${'c'.repeat(40)}.${'d'.repeat(40)}`, 'cccccccc'],
  ['somebody else’s key', '-----BEGIN PRIVATE KEY-----\nZZZZZZZZ\n-----END PRIVATE KEY-----', 'ZZZZZZZZ'],
])('never shows %s, in an error of a library either', (_, text, part) => {
  const said = linesOf((log) => log.warn({ error: `request with ${text} failed` }, 'failed')).join('');
  expect(said).not.toContain(part);
  expect(said).toContain('[hidden]');
  expect(() => JSON.parse(said)).not.toThrow();
});

it('does not write pages', () => {
  const [line = ''] = linesOf((log) => log.info({ body: 'x'.repeat(100_000) }, 'long'));
  expect(line.length).toBeLessThan(200);
  expect(JSON.parse(line)).toMatchObject({ message: 'long' });
});
