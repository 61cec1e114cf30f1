import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace } from './open-place.ts';

/** A certificate is made anew each time: a key in the repository would be found by every scanner. */
const canMakeOne = spawnSync('openssl', ['version']).status === 0;
if (!canMakeOne) console.log('https is not tried: there is no openssl to make a certificate with');

describe.skipIf(!canMakeOne)('a web server with a certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tls-'));
  const trusted = getCACertificates('default');
  const asked: string[] = [];
  let server: Server;
  let port: number;
  beforeAll(async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
    const subject = ['-subj', '/CN=store.corp', '-addext', 'subjectAltName=DNS:store.corp'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const files = ['-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...files], { stdio: 'ignore' });
    setDefaultCACertificates([...trusted, readFileSync(cert, 'utf8')]);
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      asked.push(`${request.headers.host} ${request.url}`);
      response.end('bytes');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    setDefaultCACertificates(trusted);
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  const open = (name: string) => {
    const host = `${name}:${port}`;
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const network = { hosts: [host], privateHosts: [host] };
    return openPlace(`https://${host}/kept`, 'store', network, { resolve, delaysMs: [] }).open('a');
  };

  it('is reached by its name at the address that was checked', async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await open('store.corp')) ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('bytes');
    expect(asked).toEqual([`store.corp:${port} /kept/a`]);
  });

  it('for another name is refused, and asked for nothing', async () => {
    asked.length = 0;
    await expect(open('other.corp')).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    });
    expect(asked).toEqual([]);
  });
});
