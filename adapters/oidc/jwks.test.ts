import { describe, expect, it } from 'vitest';
import { fetchKeys, issuerOf } from './jwks.ts';

const answering = (body: string, status = 200) =>
  (async () => new Response(body, { status })) as unknown as typeof fetch;

describe('issuerOf', () => {
  it.each([
    ['https://github.com', 'https://token.actions.githubusercontent.com'],
    ['https://github.com/', 'https://token.actions.githubusercontent.com'],
    ['https://github.example.com', 'https://github.example.com/_services/token'],
    ['https://github.com.example.com', 'https://github.com.example.com/_services/token'],
  ])('of %s is %s', (server, issuer) => {
    expect(issuerOf(server)).toBe(issuer);
  });
});

describe('fetchKeys', () => {
  it('reads keys, text fields only, and never follows a redirect', async () => {
    let options: RequestInit | undefined;
    const request = (async (_: string, init: RequestInit) => {
      options = init;
      return new Response('{"keys":[{"kty":"RSA","kid":"a","n":"n","e":"AQAB","x5c":["y"],"uses":3}]}');
    }) as unknown as typeof fetch;
    expect(await fetchKeys('https://issuer', request)).toEqual([{ kty: 'RSA', kid: 'a', n: 'n', e: 'AQAB' }]);
    expect(options?.redirect).toBe('error');
  });

  it.each([
    ['an error', answering('', 500)],
    ['no JSON', answering('<html>')],
    ['doubled keys', answering('{"keys":[],"keys":[]}')],
    ['no list', answering('{"keys":{}}')],
    ['a key without type', answering('{"keys":[{"kid":"a"}]}')],
    ['something huge', answering(`{"keys":[],"x":"${'y'.repeat(300_000)}"}`)],
    ['no network', (() => Promise.reject(new Error('down'))) as unknown as typeof fetch],
  ])('answers %s with a coded error: no receipt verifies then', async (_, request) => {
    await expect(fetchKeys('https://issuer', request)).rejects.toMatchObject({
      code: 'OIDC_KEYS',
      kind: 'service',
    });
  });
});
