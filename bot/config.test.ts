import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const good = { APP_ID: '12', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: '0123456789abcdef0123456789abcdef' };

describe('readConfig', () => {
  it('reads a whole configuration, for github.com and for a server', () => {
    expect(readConfig(good)).toMatchObject({
      appId: 12,
      serverUrl: 'https://github.com',
      apiUrl: null,
      port: 3000,
    });
    expect(readConfig({ ...good, GHE_HOST: 'github.example.com', PORT: '8080' })).toMatchObject({
      serverUrl: 'https://github.example.com',
      apiUrl: 'https://github.example.com/api/v3',
      port: 8080,
    });
  });

  it('reads a key from a file, and one that a host put on one line', () => {
    const { PRIVATE_KEY, ...rest } = good;
    const fromFile = readConfig({ ...rest, PRIVATE_KEY_PATH: 'key.pem' }, () => PRIVATE_KEY);
    const oneLine = readConfig({ ...good, PRIVATE_KEY: PRIVATE_KEY.replaceAll('\n', '\\n') });
    expect(fromFile.privateKey).toBe(PRIVATE_KEY.trim());
    expect(oneLine.privateKey).toBe(PRIVATE_KEY.trim());
  });

  it('reads the key before the current one while it is being changed', () => {
    expect(readConfig(good).earlierPrivateKey).toBeNull();
    const both = readConfig({ ...good, PRIVATE_KEY_PREVIOUS: privateKey.replaceAll('\n', '\\n') });
    expect(both.earlierPrivateKey).toBe(privateKey.trim());
    const fromFile = { ...good, PRIVATE_KEY_PREVIOUS_PATH: 'old.pem' };
    expect(readConfig(fromFile, () => privateKey).earlierPrivateKey).toBe(privateKey.trim());
    expect(() => readConfig(fromFile, () => null)).toThrow(/PRIVATE_KEY_PREVIOUS_PATH/);
  });

  it.each([
    ['no app id', { APP_ID: undefined }, 'BOT_APP_ID'],
    ['an app id in words', { APP_ID: 'gatehouse' }, 'BOT_APP_ID'],
    ['no key', { PRIVATE_KEY: undefined }, 'BOT_PRIVATE_KEY'],
    [
      'a key file that is not there',
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/none' },
      'BOT_PRIVATE_KEY',
    ],
    ['a key that is none', { PRIVATE_KEY: 'secret' }, 'BOT_PRIVATE_KEY'],
    ['a key with a line lost', { PRIVATE_KEY: privateKey.replace(/\n.+\n/, '\n') }, 'BOT_PRIVATE_KEY'],
    ['an earlier key that is none', { PRIVATE_KEY_PREVIOUS: 'secret' }, 'BOT_PRIVATE_KEY'],
    ['no secret', { WEBHOOK_SECRET: undefined }, 'BOT_WEBHOOK_SECRET'],
    ['an empty secret', { WEBHOOK_SECRET: '' }, 'BOT_WEBHOOK_SECRET'],
    ['a short secret', { WEBHOOK_SECRET: 'development' }, 'BOT_WEBHOOK_SECRET'],
    ['a secret of one letter', { WEBHOOK_SECRET: 'a'.repeat(64) }, 'BOT_WEBHOOK_SECRET'],
    ['a weak earlier secret', { WEBHOOK_SECRET_PREVIOUS: 'development' }, 'BOT_WEBHOOK_SECRET'],
    ['a host with a path', { GHE_HOST: 'https://github.example.com/api' }, 'BOT_GHE_HOST'],
    ['a port in words', { PORT: 'http' }, 'BOT_PORT'],
  ])('refuses %s', (_, change, code) => {
    expect(() => readConfig({ ...good, ...change })).toThrow(
      expect.objectContaining({ code, kind: 'input' }),
    );
  });

  it('takes the secret of before as well, so that it can be changed without a lost delivery', () => {
    const next = 'fedcba9876543210fedcba9876543210';
    const { webhookSecrets } = readConfig({
      ...good,
      WEBHOOK_SECRET: next,
      WEBHOOK_SECRET_PREVIOUS: good.WEBHOOK_SECRET,
    });
    expect(webhookSecrets).toEqual([next, good.WEBHOOK_SECRET]);
    expect(readConfig({ ...good, WEBHOOK_SECRET_PREVIOUS: '' }).webhookSecrets).toEqual([
      good.WEBHOOK_SECRET,
    ]);
  });

  it('never shows key or secret in a message', () => {
    const secret = 'tooShortSecret';
    expect(() => readConfig({ ...good, WEBHOOK_SECRET: secret })).not.toThrow(secret);
  });
});

describe('npm run bot', () => {
  it('ends with code 2, the reason and the fix', () => {
    const { status, stderr } = spawnSync('node_modules/.bin/node', ['bot/main.ts'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect(stderr).toBe(
      "BOT_APP_ID: APP_ID is not set\nSet APP_ID to the number on the app's settings page, under General.\n",
    );
    expect(status).toBe(2);
  });
});
