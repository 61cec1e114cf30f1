import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bench, startBench } from './testing.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

let bench: Bench;
let receiver: Server;
let ada = '';
let status = 200;
const received: Received[] = [];
const repo = '/repos/acme/flights';

const bodies = () =>
  received.map(({ text }) => JSON.parse(text) as { action: string; issue: { title: string } });
const titles = () => bodies().map(({ issue }) => issue.title);
const open = (title: string) => bench.call(ada, 'POST', `${repo}/issues`, { title });

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ headers: request.headers, text: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  bench = await startBench();
  const { hub } = bench;
  ada = hub.createUser('ada').token;
  hub.createOrganization('acme');
  await hub.createRepository('acme/flights');
  await hub.createRepository('acme/elsewhere');
  for (const name of ['acme/flights', 'acme/elsewhere']) hub.addCollaborator(name, 'ada', 'admin');
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const app = { permissions: { issues: 'read' }, webhookUrl, webhookSecret: 'sésame' } as const;
  hub.installApp(hub.createApp({ ...app, slug: 'gatehouse', events: ['issues'] }).id, 'acme/flights');
  hub.installApp(hub.createApp({ ...app, slug: 'deaf', events: ['push'] }).id, 'acme/flights');
});

afterAll(async () => {
  await bench.close();
  receiver.close();
});

beforeEach(async () => {
  bench.hub.setFaults({});
  await bench.hub.settle();
  received.length = 0;
  status = 200;
});

test('a delivery is signed over its exact bytes and goes to subscribed apps of that repository only', async () => {
  await open('Größe');
  await bench.call(ada, 'POST', '/repos/acme/elsewhere/issues', { title: 'not installed here' });
  await bench.hub.settle();
  expect(titles()).toEqual(['Größe']);
  const [delivery] = received;
  const expected = createHmac('sha256', 'sésame')
    .update(delivery?.text ?? '')
    .digest('hex');
  expect(delivery?.headers).toMatchObject({
    'x-hub-signature-256': `sha256=${expected}`,
    'x-github-event': 'issues',
  });
  expect(JSON.parse(delivery?.text ?? '')).toMatchObject({
    action: 'opened',
    repository: { full_name: 'acme/flights' },
    organization: { login: 'acme' },
    sender: { login: 'ada' },
    installation: { id: expect.any(Number) },
  });
  expect(bench.hub.world.deliveries.at(-1)).toMatchObject({ status: 200, attempts: 1 });
});

test('deliveries keep their order, and can be lost, doubled, late or turned around', async () => {
  for (const title of ['1', '2', '3']) await open(title);
  await bench.hub.settle();
  expect(titles()).toEqual(['1', '2', '3']);
  const about = (title: string) => (delivery: { payload: object }) =>
    JSON.stringify(delivery.payload).includes(`"title":"${title}"`);
  bench.hub.setFaults({
    drop: about('lost'),
    duplicate: about('twice'),
    delayMs: (d) => (about('late')(d) ? 150 : 0),
  });
  for (const title of ['late', 'lost', 'twice', 'last']) await open(title);
  await bench.hub.settle();
  expect(
    titles()
      .slice(3)
      .filter((title) => title !== 'late'),
  ).toEqual(['twice', 'twice', 'last']);
  expect(titles().slice(3).indexOf('late')).toBeGreaterThan(0);
  bench.hub.setFaults({ reorder: 3 });
  for (const title of ['a', 'b', 'c', 'd']) await open(title);
  await bench.hub.settle();
  expect(titles().slice(7)).toEqual(['c', 'b', 'a', 'd']);
});

test('a doubled delivery has the same id; a refused one is recorded, not repeated, and can be sent again', async () => {
  bench.hub.setFaults({ duplicate: () => true });
  await open('twin');
  await bench.hub.settle();
  expect(new Set(received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(1);
  expect(received).toHaveLength(2);
  bench.hub.setFaults({});
  status = 500;
  await open('refused');
  await bench.hub.settle();
  const delivery = bench.hub.world.deliveries.at(-1);
  expect(delivery).toMatchObject({ status: 500, attempts: 1 });
  status = 200;
  if (delivery) bench.hub.redeliver(delivery);
  await bench.hub.settle();
  expect(delivery).toMatchObject({ status: 200, attempts: 2 });
});

test('an unreachable receiver costs nothing but the delivery', async () => {
  const [app] = [...bench.hub.world.apps.values()].filter(({ slug }) => slug === 'gatehouse');
  if (!app) throw new Error('no app');
  const url = app.webhookUrl;
  app.webhookUrl = 'http://127.0.0.1:1/';
  await open('nobody listens');
  await bench.hub.settle();
  app.webhookUrl = url;
  expect(bench.hub.world.deliveries.at(-1)).toMatchObject({ status: 0 });
});
