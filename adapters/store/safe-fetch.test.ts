import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkRule } from '../../core/config/network.ts';
import { openClient } from './safe-fetch.ts';

const hello = Buffer.from([0x16]); // The first byte of every TLS connection.
let opened: Buffer[];
let port: number;
/** Takes connections and notes how they begin: whoever connects here was led here. */
const trap = createSocketServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', (data) => {
    opened.push(data);
    socket.destroy();
  });
});
beforeEach(async () => {
  opened = [];
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  port = (trap.address() as AddressInfo).port;
});
afterEach(() => new Promise<void>((resolve) => void trap.close(() => resolve())));

const rule = (hosts: readonly string[], privateHosts: readonly string[] = []): NetworkRule => ({
  hosts,
  privateHosts,
});
const get = (text: string, network: NetworkRule, ...answers: readonly (readonly string[])[]) => {
  const asked: string[] = [];
  let turn = 0;
  const resolve = async (name: string) => {
    asked.push(name);
    const addresses = answers[Math.min(turn, answers.length - 1)] ?? [];
    turn += 1;
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  const client = openClient(network, { resolve, delaysMs: [] });
  const sent = client.send({ method: 'GET', url: new URL(text) }).catch((error: Error) => error);
  return sent.then((outcome) => ({ outcome, asked }));
};

describe('a name', () => {
  it.each([
    ['10.0.0.1'],
    ['192.168.1.1'],
    ['100.64.0.1'],
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['::1'],
    ['fd00::1'],
    ['::ffff:10.0.0.1'],
    ['64:ff9b::a9fe:a9fe'],
    ['0.0.0.0'],
  ])('that means %s is refused before anything connects', async (address) => {
    const host = `store.example:${port}`;
    const { outcome, asked } = await get(`https://${host}/x`, rule([host]), [address]);
    expect(outcome).toMatchObject({
      kind: 'service',
      code: 'ADDRESS_REFUSED',
      hint: expect.stringContaining(host),
    });
    expect(asked).toEqual(['store.example']);
    expect(opened).toEqual([]);
  });

  it('that means a public and a private address is refused as a whole', async () => {
    for (const addresses of [
      ['93.184.216.34', '10.0.0.1'],
      ['10.0.0.1', '93.184.216.34'],
      ['93.184.216.34', '::1'],
    ]) {
      const { outcome } = await get('https://store.example/x', rule(['store.example']), addresses);
      expect(outcome).toMatchObject({ code: 'ADDRESS_REFUSED' });
    }
  });

  it('that means nothing is refused', async () => {
    const { outcome } = await get('https://store.example/x', rule(['store.example']), []);
    expect(outcome).toMatchObject({ code: 'ADDRESS_REFUSED' });
  });

  it('is resolved once a connection: the address that was checked is the one that is connected to', async () => {
    const host = `store.corp:${port}`;
    // A resolver that answers the check with an allowed address and would answer a second question with another one.
    const { asked } = await get(
      `https://${host}/x`,
      rule([host], [host]),
      ['127.0.0.1'],
      ['169.254.169.254'],
    );
    expect(asked).toEqual(['store.corp']);
    expect(opened).toHaveLength(1);
    expect(opened[0]?.subarray(0, 1)).toEqual(hello);
    expect(opened[0]?.toString('latin1')).toContain('store.corp');
  });

  it('inside the network is reached only where the policy says so, by host and port', async () => {
    const host = `store.corp:${port}`;
    for (const privateHosts of [[], ['store.corp'], ['other.corp']]) {
      const { outcome } = await get(`https://${host}/x`, rule([host], privateHosts), ['127.0.0.1']);
      expect(outcome).toMatchObject({ code: 'ADDRESS_REFUSED' });
    }
    expect(opened).toEqual([]);
  });

  it('of a private host still is no metadata service', async () => {
    for (const address of ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '0.0.0.0', 'fe80::1']) {
      const { outcome } = await get('https://store.corp/x', rule(['store.corp'], ['store.corp']), [address]);
      expect(outcome).toMatchObject({ code: 'ADDRESS_REFUSED' });
    }
  });

  it('called localhost is this machine or nothing', async () => {
    const { outcome } = await get(`http://localhost:${port}/x`, rule([`localhost:${port}`]), [
      '93.184.216.34',
    ]);
    expect(outcome).toMatchObject({ code: 'ADDRESS_REFUSED' });
    await get(`http://localhost:${port}/x`, rule([`localhost:${port}`]), ['127.0.0.1']);
    expect(opened.map((data) => data.toString().split('\r\n')[0])).toEqual(['GET /x HTTP/1.1']);
  });
});

describe('an address that is spelled out', () => {
  it.each([
    'https://127.0.0.1',
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://127.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://10.1.2.3',
    'https://169.254.169.254',
    'https://0251.0376.0251.0376',
    'https://[fd00::1]',
    'https://①②⑦.0.0.1',
  ])('%s is refused, also when a list names it', async (text) => {
    const url = new URL(`${text}:${port}/x`);
    const { outcome, asked } = await get(url.href, rule([url.host]), ['93.184.216.34']);
    expect(outcome).toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect([asked, opened]).toEqual([[], []]);
  });
});

describe('a host', () => {
  it.each([
    ['https://other.example/x', 'the policy does not name'],
    ['https://store.example:8443/x', 'the policy does not name'],
    ['https://store.example.evil.example/x', 'the policy does not name'],
    ['https://sub.store.example/x', 'the policy does not name'],
    ['http://store.example/x', 'only https'],
    ['http://169.254.169.254/x', 'only https'],
    ['ftp://store.example/x', 'only https'],
  ])('of %s is not asked for', async (text, why) => {
    const { outcome, asked } = await get(text, rule(['store.example', '169.254.169.254']), ['93.184.216.34']);
    expect(outcome).toMatchObject({ code: 'HOST_REFUSED', message: expect.stringContaining(why) });
    expect(asked).toEqual([]);
  });
});

describe('an answer', () => {
  let server: Server;
  let url: URL;
  let bytes: number;
  beforeEach(async () => {
    bytes = 0;
    server = createServer((request, response) => {
      response.on('error', () => undefined);
      if (request.url === '/endless') {
        const more = () => {
          while (response.write(Buffer.alloc(1000))) bytes += 1000;
        };
        response.on('drain', more);
        more();
      } else response.end(`${request.headers['accept-encoding']} ${request.headers.authorization}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });
  const read = async (path: string, limitBytes?: number) => {
    const answer = await openClient(rule([url.host])).send({
      method: 'GET',
      url: new URL(path, url),
      ...(limitBytes === undefined ? {} : { limitBytes }),
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('is asked for as it is, without anything of this job', async () => {
    expect(await read('/')).toBe('identity undefined');
  });

  it('stops at its limit, and with it the sender', async () => {
    await expect(read('/endless', 10_000)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    const then = bytes;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bytes).toBe(then);
    expect(await read('/', 18)).toBe('identity undefined');
    await expect(read('/', 17)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });
});
