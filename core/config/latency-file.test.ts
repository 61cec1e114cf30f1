import { describe, expect, it } from 'vitest';
import { toLatency } from './latency-file.ts';
import { latencySchema } from './latency-schema.ts';

const least = {
  serve: { command: 'python serve.py' },
  request: { path: '/predict' },
  arrival: { pattern: 'poisson', rate: 50, seconds: 60 },
};
const read = (own: object) => toLatency(latencySchema.parse({ ...least, ...own }));
const messages = (own: object) =>
  latencySchema
    .safeParse({ ...least, ...own })
    .error?.issues.map(({ path, message }) => [path.join('.'), message]);

describe('latency of model.yml', () => {
  it('has defaults for all but the server, the path and the load', () => {
    expect(read({})).toEqual({
      serve: { command: 'python serve.py', ready: '/', readySeconds: 60 },
      load: {
        request: {
          path: '/predict',
          method: 'POST',
          body: { kind: 'rows' },
          contentType: 'application/json',
          expectedStatus: [200],
        },
        arrival: { kind: 'declared', pattern: 'poisson', rate: 50, seconds: 60 },
        warmUpSeconds: 10,
        rounds: 5,
        timeoutMs: 2000,
        seed: 1,
      },
    });
  });

  it('takes a recorded trace, a file of bodies, a name for the rows, and a price', () => {
    const { load } = read({
      request: { path: '/p', body: 'file', file: 'models/m/requests.jsonl' },
      arrival: { pattern: 'recorded', file: 'traces/day.csv', column: 'at', speed: 2 },
      'cost-per-hour': 0.5,
    });
    expect(load.request.body).toEqual({ kind: 'file', path: 'models/m/requests.jsonl' });
    expect(load.arrival).toEqual({
      kind: 'recorded',
      path: 'traces/day.csv',
      column: 'at',
      speed: 2,
      seconds: 60,
    });
    expect(load.costPerHour).toBe(0.5);
    expect(read({ request: { path: '/p', 'rows-under': 'instances' } }).load.request.body).toEqual({
      kind: 'rows',
      under: 'instances',
    });
    expect(read({ request: { path: '/p', method: 'GET', body: 'none' } }).load.request.body).toEqual({
      kind: 'none',
    });
  });

  it.each<readonly [string, object, string]>([
    ['more than an hour', { rounds: 30 }, 'rounds'],
    ['too fast', { arrival: { pattern: 'constant', rate: 5001, seconds: 1 } }, 'arrival.rate'],
    ['too many', { arrival: { pattern: 'constant', rate: 5000, seconds: 500 }, rounds: 3 }, 'arrival.rate'],
    ['no rate', { arrival: { pattern: 'constant', rate: 0, seconds: 1 } }, 'arrival.rate'],
    ['another pattern', { arrival: { pattern: 'burst', rate: 1, seconds: 1 } }, 'arrival.pattern'],
    ['two rounds', { rounds: 2 }, 'rounds'],
    ['a host in the path', { request: { path: 'http://x/' } }, 'request.path'],
    ['a line break in the path', { request: { path: '/a\r\nHost: x' } }, 'request.path'],
    [
      'a line break in the type',
      { request: { path: '/', 'content-type': 'text/plain\r\nx: y' } },
      'request.content-type',
    ],
    ['a file without body: file', { request: { path: '/', file: 'a.jsonl' } }, 'request.file'],
    ['body: file without a file', { request: { path: '/', body: 'file' } }, 'request.file'],
    ['a name for no rows', { request: { path: '/', body: 'none', 'rows-under': 'x' } }, 'request.rows-under'],
    ['a GET with a body', { request: { path: '/', method: 'GET' } }, 'request.body'],
    ['a file outside', { arrival: { pattern: 'recorded', file: '../x.csv', column: 'at' } }, 'arrival.file'],
    ['an unknown key', { warmup: 1 }, ''],
  ])('refuses %s', (_, own, place) => {
    expect(messages(own)?.map(([path]) => path)).toEqual([place]);
  });
});
