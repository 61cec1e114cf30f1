import { afterEach, describe, expect, it } from 'vitest';
import { parseRuntimeEnv } from '../../core/config/runtime-env-file.ts';
import { makeClock, makeJob } from './cluster.fixture.ts';
import { openRay } from './ray.ts';
import { type RayAnswer, type RayServer, serveRay } from './ray-server.fixture.ts';
import { runOnCluster } from './run-on-cluster.ts';

const { name } = makeJob();
const handle = { name, id: name };
const details = (status: string, more = {}) => ({
  status: 200,
  body: { type: 'SUBMISSION', entrypoint: 'x', submission_id: name, status, ...more },
});
const submitted: RayAnswer = { status: 200, body: { job_id: name, submission_id: name } };
const stopped: RayAnswer = { status: 200, body: { stopped: true } };

let server: RayServer | null = null;
afterEach(() => server?.close());

/** The last answer of a list goes on for good. */
async function open(answers: Readonly<Record<string, readonly RayAnswer[]>>, runtimeEnv = '') {
  const turns = new Map(Object.entries(answers).map(([key, list]) => [key, [...list]]));
  server = await serveRay((operation) => {
    const list = turns.get(operation) ?? [];
    const [first] = list.length > 1 ? list.splice(0, 1) : list;
    return first ?? { status: 404, body: 'Job does not exist' };
  });
  const { host, origin } = server;
  const network = { hosts: [host], privateHosts: [] };
  const config = { kind: 'ray', address: origin, shared: { folder: '/s', seenAs: '/s' } } as const;
  const engine = openRay(config, parseRuntimeEnv(runtimeEnv, 'ray.yml'), network, makeClock(0.01));
  return { engine, server, config };
}
const ops = ({ asked }: RayServer) => asked.map(({ operation }) => operation);
const state = 'GET /api/jobs/{submission_id}';
const logs = 'GET /api/jobs/{submission_id}/logs';
const stop = 'POST /api/jobs/{submission_id}/stop';

describe('a job for Ray', () => {
  it('is handed over under our name, with its command, environment and needs', async () => {
    const { engine, server: ray } = await open(
      { 'POST /api/jobs': [submitted] },
      'pip: [torch==2.4.0]\nenv_vars: { NCCL_DEBUG: INFO }\n',
    );
    const job = makeJob({ command: `echo 'it''s' && x`, gpus: 2, memoryGib: 1.5 });
    expect(await engine.submit(job)).toEqual(handle);
    expect(ray.asked).toEqual([
      {
        operation: 'POST /api/jobs',
        body: {
          submission_id: name,
          entrypoint: `cd '/shared/g/work' && exec timeout -k 30 600 bash -eo pipefail -c 'echo '\\''it'\\'''\\''s'\\'' && x'`,
          runtime_env: {
            pip: ['torch==2.4.0'],
            env_vars: { NCCL_DEBUG: 'INFO', GATEHOUSE_DATA: '/shared/g/data' },
          },
          metadata: { job_name: name },
          entrypoint_num_gpus: 2,
          entrypoint_memory: 1_610_612_736,
        },
      },
    ]);
    expect(ray.violations).toEqual([]);
  });

  it('is followed to its end, log and all, and then stopped', async () => {
    const { engine, server: ray } = await open({
      'POST /api/jobs': [submitted],
      [state]: [details('PENDING'), details('RUNNING'), details('RUNNING'), details('SUCCEEDED')],
      [logs]: [
        { status: 200, body: { logs: 'epoch 1\nepo' } },
        { status: 200, body: { logs: 'epoch 1\nepoch 2\nlast' } },
      ],
      [stop]: [stopped],
    });
    const lines: string[] = [];
    const end = await runOnCluster(
      {
        engine,
        job: makeJob(),
        log: (line) => lines.push(line),
        cancel: new AbortController().signal,
      },
      makeClock(0.01),
    );
    expect(end).toMatchObject({ outcome: 'done', how: 'SUCCEEDED' });
    const printed = lines.slice(1, -1).filter((line) => !line.startsWith('cluster: '));
    expect(printed).toEqual([`handed over as ${name}`, 'epoch 1', 'epoch 2', 'last']);
    expect(ops(ray).at(-1)).toBe(stop);
    expect(ray.violations).toEqual([]);
  });

  it.each([
    [400, 'input', 'CLUSTER_REFUSED', 'Ray did not take the job: Invalid runtime_env: pip'],
    [500, 'service', 'CLUSTER_FAILED', 'Ray did not take the job (HTTP 500): Invalid runtime_env: pip'],
  ])('that is answered with %i: %s, asked once', async (status, kind, code, message) => {
    const { engine, server: ray } = await open({
      'POST /api/jobs': [{ status, body: 'Invalid runtime_env:\n\u0007 pip' }],
    });
    const refusal = await engine.submit(makeJob()).catch((error: Error) => error);
    expect(refusal).toMatchObject({ kind, code });
    // On one line, without what colours a terminal.
    expect(String(refusal)).toContain(message);
    expect(ops(ray)).toEqual(['POST /api/jobs']);
  });

  it('that another name was given to is not ours', async () => {
    const { engine } = await open({ 'POST /api/jobs': [{ status: 200, body: { submission_id: 'x' } }] });
    await expect(engine.submit(makeJob())).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
  });

  it('is stopped; one that is not there is no error, one that cannot be stopped is', async () => {
    const { engine } = await open({
      [stop]: [stopped, { status: 404, body: 'x' }, { status: 500, body: 'x' }],
    });
    await engine.cancel(handle);
    await engine.cancel(handle);
    await expect(engine.cancel(handle)).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
  });

  it('has no state where Ray does not know it, or says what nobody understands', async () => {
    const { engine } = await open({
      [state]: [
        { status: 404, body: 'Job does not exist' },
        { status: 200, body: { status: 'NEW' } },
      ],
    });
    await expect(engine.state(handle)).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
    expect(await engine.state(handle)).toBeNull();
  });
});

describe('a Ray cluster', () => {
  it('that the policy does not name is not reached', async () => {
    const { config, server: ray } = await open({});
    const engine = openRay(config, { env_vars: {} }, { hosts: [], privateHosts: [] }, makeClock());
    for (const asked of [engine.submit(makeJob()), engine.state(handle), engine.cancel(handle)])
      await expect(asked).rejects.toMatchObject({ code: 'HOST_REFUSED' });
    expect(ray.asked).toEqual([]);
  });
});
