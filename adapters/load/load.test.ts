import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LoadConfig, RequestConfig } from '../../core/config/latency.ts';
import { fillHistogram } from '../../core/load/histogram.ts';
import { scheduleArrivals } from '../../core/load/schedule.ts';
import { readQuantile } from '../../core/load/summary.ts';
import { driveLoad, type LoadRun } from './driver.ts';
import { measureRounds, type ServedSide } from './measure-rounds.ts';
import { type ModelServer, startServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-'));
const script = join(folder, 'server.mjs');
/** Answers after DELAY ms; stalls for STALL ms in every second; GATEHOUSE_MODEL is part of each answer's work. */
writeFileSync(
  script,
  `import { createServer } from 'node:http';
import { appendFileSync, readFileSync } from 'node:fs';
const { DELAY = '0', STALL = '0', LOADING = '0', DIES = '', STATUS = '200', LOG } = process.env;
const model = process.env.GATEHOUSE_MODEL ? readFileSync(process.env.GATEHOUSE_MODEL, 'utf8') : '';
const start = performance.now();
const stalled = () => { const at = (performance.now() - start) % 1000; return at < Number(STALL) ? Number(STALL) - at : 0; };
const server = createServer((request, answer) => {
  if (request.url === '/health') { answer.statusCode = performance.now() - start < Number(LOADING) ? 503 : 200; return answer.end(); }
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    if (LOG) appendFileSync(LOG, model + ' ' + request.method + ' ' + request.headers['content-type'] + ' ' + body + '\\n');
    if (DIES) process.exit(Number(DIES));
    answer.statusCode = Number(STATUS);
    setTimeout(() => answer.end('{"score":0.5}'), Number(DELAY) + stalled());
  });
});
server.listen(Number(process.env.GATEHOUSE_PORT), process.env.GATEHOUSE_HOST);
`,
);
const command = `exec "${process.execPath}" "${script}"`;
const request: RequestConfig = {
  path: '/predict',
  method: 'POST',
  body: { kind: 'rows' },
  contentType: 'application/json',
  expectedStatus: [200],
};
const lines: string[] = [];

interface Serving {
  readonly env?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly readySeconds?: number;
}

const serveWith = ({ text = command, readySeconds = 10 }: Serving) => ({
  command: text,
  ready: '/health',
  readySeconds,
});
const start = (serving: Serving): Promise<ModelServer> =>
  startServer({
    name: 'challenger, round 1',
    serve: serveWith(serving),
    workspace: folder,
    env: { PATH: process.env.PATH, ...serving.env },
    mostMs: 15_000,
    print: (line) => lines.push(line),
  });

interface Driving {
  readonly rate: number;
  readonly seconds: number;
  readonly warmUpSeconds?: number;
  readonly timeoutMs?: number;
  readonly expectedStatus?: readonly number[];
}

async function drive(serving: Serving, driving: Driving): Promise<LoadRun> {
  const { rate, seconds, warmUpSeconds = 0, timeoutMs = 2000, expectedStatus = [200] } = driving;
  const server = await start(serving);
  const arrival = { kind: 'declared', pattern: 'constant', rate, seconds } as const;
  const schedule = scheduleArrivals({
    arrival,
    warmUpSeconds,
    seed: 1,
    round: 1,
    trace: new Float64Array(0),
  });
  try {
    return await driveLoad({
      port: server.port,
      request: { ...request, expectedStatus },
      bodies: [Buffer.from('{"a":1}')],
      schedule,
      timeoutMs,
      stop: server.gone,
    });
  } finally {
    await server.stop();
  }
}

const p = (run: LoadRun, share: number): number =>
  readQuantile(fillHistogram(run.latenciesMs), share) ?? Number.NaN;
const refused = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('load on a real server', () => {
  // Other tests run beside these on the same cores: one that starves server or client says nothing of them.
  it('measures a known delay, its throughput, and leaves the warm-up out', { retry: 3 }, async () => {
    const run = await drive({ env: { DELAY: '20' } }, { rate: 250, seconds: 0.4, warmUpSeconds: 0.1 });
    expect(run.latenciesMs).toHaveLength(100);
    expect(p(run, 0.5)).toBeGreaterThanOrEqual(20);
    expect(p(run, 0.5)).toBeLessThan(40);
    expect([run.errors, run.timeouts]).toEqual([0, 0]);
    expect(run.seconds).toBeGreaterThanOrEqual(0.4);
    expect(run.seconds).toBeLessThan(0.8);
  });

  it('shows a stall to everybody who comes meanwhile, which a closed loop would show once', {
    retry: 3,
  }, async () => {
    // For 300 ms of each second nobody is answered: 30 % of arrivals wait, half of them 150 ms or more.
    const run = await drive({ env: { STALL: '300', DELAY: '1' } }, { rate: 200, seconds: 1 });
    const waiting = run.latenciesMs.filter((ms) => ms > 100).length / run.latenciesMs.length;
    expect(waiting).toBeGreaterThan(0.1);
    expect(waiting).toBeLessThan(0.4);
    expect(p(run, 0.5)).toBeLessThan(60);
    expect(p(run, 0.95)).toBeGreaterThan(200);
    // One connection that waits for each answer would send the next after the stall, and see it once.
    expect(run.latenciesMs).toHaveLength(200);
  });

  it('counts what is not answered in time, or otherwise than expected, as the timeout', async () => {
    const slow = await drive({ env: { DELAY: '400' } }, { rate: 100, seconds: 0.1, timeoutMs: 100 });
    expect([slow.timeouts, slow.errors]).toEqual([10, 0]);
    expect([...slow.latenciesMs]).toEqual(new Array(10).fill(100));
    // Refused at once: fast failures must not look like fast answers.
    const wrong = await drive({ env: { STATUS: '500' } }, { rate: 100, seconds: 0.1 });
    expect([wrong.timeouts, wrong.errors]).toEqual([0, 10]);
    expect([...wrong.latenciesMs]).toEqual(new Array(10).fill(2000));
    const meant = await drive(
      { env: { STATUS: '404' } },
      { rate: 100, seconds: 0.05, expectedStatus: [200, 404] },
    );
    expect(meant.errors).toBe(0);
  });
});

describe('connections', () => {
  /** Answers `perConnection` requests on each connection, and breaks it off at the next one. */
  async function breaking(
    perConnection: number,
  ): Promise<{ readonly run: LoadRun; readonly connections: number }> {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      let seen = 0;
      socket.on('error', () => undefined);
      socket.on('data', () => {
        seen += 1;
        if (seen > perConnection) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const arrival = { kind: 'declared', pattern: 'constant', rate: 100, seconds: 0.1 } as const;
    const schedule = scheduleArrivals({
      arrival,
      warmUpSeconds: 0,
      seed: 1,
      round: 1,
      trace: new Float64Array(0),
    });
    const none = { ...request, method: 'GET', body: { kind: 'none' } } as const;
    const stop = new AbortController().signal;
    const run = await driveLoad({ port, request: none, bodies: [], schedule, timeoutMs: 500, stop });
    server.close();
    return { run, connections };
  }

  it('are kept and used again', async () => {
    const { run, connections } = await breaking(100);
    expect(run.errors).toBe(0);
    expect(connections).toBeLessThan(8);
  });

  it('that the server closes while idle cost one more try, not an error', async () => {
    const { run, connections } = await breaking(1);
    expect([run.errors, run.timeouts]).toEqual([0, 0]);
    expect(connections).toBeGreaterThanOrEqual(5);
  });

  it('that break off a first request are errors', async () => {
    const { run } = await breaking(0);
    expect(run.errors).toBe(10);
  });
});

describe('the server', () => {
  it('is waited for until it is ready, and everything of it ends', async () => {
    const server = await start({ env: { LOADING: '300' }, text: `sleep 30 & ${command}` });
    expect(server.readyMs).toBeGreaterThanOrEqual(300);
    expect(await server.readPeakMemoryMib()).toBeGreaterThan(20);
    await server.stop();
    await expect(fetch(`http://127.0.0.1:${server.port}/health`)).rejects.toThrow();
  });

  it('that never gets ready is ended, and told', async () => {
    await expect(start({ env: { LOADING: '60000' }, readySeconds: 0.3 })).rejects.toThrow(
      refused(
        'LATENCY_SERVER_NOT_READY',
        /challenger, round 1\) was not ready after 0.3 seconds: GET \/health/,
      ),
    );
  });

  it('that ends before it is ready is told with its end', async () => {
    await expect(start({ text: 'echo no such model >&2; exit 3' })).rejects.toThrow(
      refused('LATENCY_SERVER_ENDED', /challenger, round 1\) ended by itself: exit code 3/),
    );
    expect(lines).toContain('no such model');
  });

  it('that prints a lot is cut short, and its last lines are shown when it ends by itself', async () => {
    lines.length = 0;
    await expect(start({ text: 'seq 1 5000; echo ::error::x; exit 4' })).rejects.toThrow(/exit code 4/);
    expect(lines.length).toBeLessThan(200);
    expect(lines).toContain('100');
    expect(lines).not.toContain('101');
    expect(lines.slice(-3, -1)).toEqual(['5000', '::error::x']);
    // Twice taken for text by the runner, and twice let go.
    const words = lines.flatMap((line) => /^::stop-commands::(.+)$/.exec(line)?.[1] ?? []);
    expect(words).toHaveLength(2);
    for (const word of words) expect(lines).toContain(`::${word}::`);
    expect(lines.at(-1)).toBe(`::${words[1]}::`);
  });
});

describe('rounds', () => {
  const load: LoadConfig = {
    request,
    arrival: { kind: 'declared', pattern: 'poisson', rate: 100, seconds: 0.15 },
    warmUpSeconds: 0.05,
    rounds: 2,
    timeoutMs: 500,
    seed: 1,
  };
  const log = join(folder, 'requests.log');
  const side = (who: ServedSide['who'], text = command): ServedSide => ({
    who,
    serve: serveWith({ text }),
    workspace: folder,
    layModel: async () => {
      const file = join(folder, `${who}.bin`);
      writeFileSync(file, who);
      return file;
    },
  });
  const measure = (sides: readonly ServedSide[]) =>
    measureRounds({
      sides,
      load,
      bodies: [Buffer.from('{"a":1}'), Buffer.from('{"a":2}')],
      trace: new Float64Array(0),
      env: { PATH: process.env.PATH, LOG: log },
      print: () => undefined,
    });

  it('alternate, and give both models the same requests at the same times', async () => {
    const facts = await measure([side('challenger'), side('champion')]);
    expect(facts.map(({ round, turn, who }) => `${round}.${turn} ${who}`)).toEqual([
      '1.1 challenger',
      '1.2 champion',
      '2.1 champion',
      '2.2 challenger',
    ]);
    const requests = readFileSync(log, 'utf8').trim().split('\n');
    const of = (who: string) =>
      requests
        .filter((line) => line.startsWith(`${who} POST application/json `))
        .map((line) => line.split(' ').at(-1))
        .sort();
    expect(of('challenger').length).toBeGreaterThan(15);
    expect(of('challenger')).toEqual(of('champion'));
    expect(new Set(of('champion'))).toEqual(new Set(['{"a":1}', '{"a":2}']));
    expect(facts.every(({ errors, timeouts, readyMs }) => errors + timeouts === 0 && readyMs > 0)).toBe(true);
  });

  it('stop at once when a server ends by itself under load', async () => {
    const dying = side('champion', `export DIES=7; ${command}`);
    await expect(measure([dying])).rejects.toThrow(
      refused('LATENCY_SERVER_ENDED', /champion, round 1\) ended by itself: exit code 7/),
    );
  });
});
