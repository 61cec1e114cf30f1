import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelNetwork, networkOf, ownNetwork } from './network.ts';
import { hostOf, parsePlaceAddress } from './place-address.ts';
import type { Policy } from './policy.ts';

describe('the address of a place', () => {
  it.each([
    ['file:///srv/store', { kind: 'folder', url: 'file:///srv/store' }, null],
    ['file:///srv/a%20b', { kind: 'folder', url: 'file:///srv/a%20b' }, null],
    ['https://Store.Example/kept/', { kind: 'http', url: 'https://store.example/kept' }, 'store.example'],
    ['http://127.0.0.1:9/x', { kind: 'http', url: 'http://127.0.0.1:9/x' }, '127.0.0.1:9'],
    ['s3://models', { kind: 's3', endpoint: null, bucket: 'models', prefix: '' }, 's3.amazonaws.com'],
    [
      's3://my.models/a/b%20c/',
      { kind: 's3', endpoint: null, bucket: 'my.models', prefix: 'a/b c' },
      's3.amazonaws.com',
    ],
    [
      's3+https://minio.corp:9000/models/pre',
      { kind: 's3', endpoint: 'https://minio.corp:9000', bucket: 'models', prefix: 'pre' },
      'minio.corp:9000',
    ],
    [
      's3+http://localhost:9000/models',
      { kind: 's3', endpoint: 'http://localhost:9000', bucket: 'models', prefix: '' },
      'localhost:9000',
    ],
  ])('%s', (text, address, host) => {
    const parsed = parsePlaceAddress(text);
    expect(parsed).toEqual(address);
    expect(parsed && hostOf(parsed)).toBe(host);
  });

  it.each([
    'http://example.test/x',
    's3+http://minio.corp/models',
    's3+http://10.0.0.1/models',
    'https://user:pass@host/x',
    's3://key:secret@models/x',
    's3+https://key:secret@host/models',
    's3+https://host',
    's3+https://host/Upper',
    's3://192.168.0.1/x',
    's3://a',
    's3://models//x',
    's3://models/../other',
    's3://models/%2e%2e/other',
    's3://models/%zz',
    's3://models/a?versionId=1',
    's3://models.evil.example%2f/x',
    'https://host/x#part',
    'https://host/a/../b',
    'file:///',
    'file://host/share',
    'file:///srv/../etc',
    'ftp://host/x',
    'gs://bucket/x',
    'relative',
    '',
    `https://host/${'x'.repeat(500)}`,
    'https://höst/x',
  ])('refuses %s', (text) => {
    expect(parsePlaceAddress(text)).toBeNull();
  });

  it('never throws, and never takes credentials, whatever it is given', () => {
    const scheme = fc.constantFrom('https://', 's3://', 's3+https://', 'file:///', 'http://localhost', '');
    fc.assert(
      fc.property(scheme, fc.string({ unit: 'binary', maxLength: 60 }), (start, rest) => {
        const parsed = parsePlaceAddress(start + rest);
        if (parsed !== null) expect(JSON.stringify(parsed)).not.toMatch(/@.*@|\?|#/);
        if (parsed?.kind === 'http') expect(new URL(parsed.url).username).toBe('');
      }),
    );
  });
});

describe('what a job may reach', () => {
  const policy = (over: Partial<Policy>) =>
    ({ store: 's3://models', data: 'https://dvc.example/x', hosts: [], privateHosts: [], ...over }) as Policy;

  it('are the hosts of store and data, and those that the policy lists', () => {
    expect(networkOf(policy({})).hosts).toEqual(['s3.amazonaws.com', 'dvc.example']);
    const listed = networkOf(policy({ hosts: ['cdn.example'], privateHosts: ['minio.corp:9000'] }));
    expect(listed).toEqual({
      hosts: ['s3.amazonaws.com', 'dvc.example', 'cdn.example', 'minio.corp:9000'],
      privateHosts: ['minio.corp:9000'],
    });
    expect(networkOf(policy({ store: 'file:///a', data: 'file:///b' })).hosts).toEqual([]);
  });

  it('is without a policy the place itself', () => {
    expect(ownNetwork('s3+https://minio.corp:9000/models')).toEqual({
      hosts: ['minio.corp:9000'],
      privateHosts: [],
    });
    expect(ownNetwork('file:///a').hosts).toEqual([]);
  });

  it('are for labels their own host, unless the policy has listed all hosts', () => {
    const url = 'https://labels.example/june.csv';
    expect(labelNetwork(policy({}), url).hosts).toContain('labels.example');
    expect(labelNetwork(policy({ hosts: ['cdn.example'] }), url).hosts).not.toContain('labels.example');
  });
});
