import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyAddress, isLoopback } from './address.ts';

describe('an address', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::1',
    '2001:4860:4860::8888',
  ])('%s is public', (address) => expect(classifyAddress(address)).toBe('public'));

  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fc00::1',
    'fd12:3456::1',
  ])('%s is private', (address) => expect(classifyAddress(address)).toBe('private'));

  it.each([
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '169.254.169.254',
      '100.100.100.200',
      '224.0.0.1',
      '239.1.1.1',
      '255.255.255.255',
    ],
    ...['240.0.0.1', '192.0.0.1', '198.18.0.1', '203.0.113.9', '::', 'fe80::1', 'fe80::1%eth0', 'ff02::1'],
    ...['::ffff:8.8.8.8', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '::8.8.8.8'],
    ...['64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '2002:a9fe:a9fe::1', '2001::1', '2001:db8::1', 'fd00:ec2::254'],
    ...['fec0::1', '100::1', '', 'localhost', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '1.2.3.4 '],
  ])('%j is never a store', (address) => expect(classifyAddress(address)).toBe('forbidden'));

  it('is never public inside another one: mapped, translated, 6to4', () => {
    fc.assert(
      fc.property(fc.ipV4(), (inner) => {
        const hex = inner
          .split('.')
          .map((part) => Number(part).toString(16).padStart(2, '0'))
          .join('')
          .replace(/(.{4})(.{4})/, '$1:$2');
        for (const outer of [`::ffff:${inner}`, `::ffff:${hex}`, `64:ff9b::${hex}`, `2002:${hex}::`]) {
          expect(classifyAddress(outer)).not.toBe('public');
        }
      }),
    );
  });

  it('of this machine is known by itself', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1'].every(isLoopback)).toBe(true);
    expect(['128.0.0.1', '::2', '10.0.0.1', 'localhost', ''].some(isLoopback)).toBe(false);
  });
});
