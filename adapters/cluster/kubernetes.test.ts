import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KubernetesConfig } from '../../core/config/cluster.ts';
import { jobManifest, rayJobManifest } from '../../core/training/manifest.fixture.ts';
import { parseManifest } from '../../core/training/manifest.ts';
import { makeClock, makeJob, writeTools } from './cluster.fixture.ts';
import { openKubernetes } from './kubernetes.ts';
import { serveKubernetes } from './kubernetes-server.fixture.ts';
import { makeLineFilter } from './log-time.ts';
import { runOnCluster } from './run-on-cluster.ts';
import { toolEnvironment } from './tool.ts';

const config: KubernetesConfig = {
  kind: 'kubernetes',
  manifest: 'k8s/train.yml',
  namespace: 'ml',
  context: 'gpu',
  shared: { folder: '/mnt/gatehouse', seenAs: '/shared/gatehouse' },
};
const { name } = makeJob();
const handle = { name, id: name };
const manifest = parseManifest(jobManifest(), config);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-kubernetes-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** @param body what stands in for kubectl does; `$1` is its verb */
async function open(body: string, one = manifest) {
  const { env, calls } = await writeTools(folder, { kubectl: body });
  const asked = async () => (await readFile(calls, 'utf8')).trim().split('\n');
  return { engine: openKubernetes(config, one, env, makeClock()), asked };
}
const where = '--context=gpu --namespace=ml --request-timeout=30s';

describe('a job for Kubernetes', () => {
  it('is created from the filled manifest, in the namespace and context of model.yml', async () => {
    const { engine, asked } = await open('tee created');
    expect(await engine.submit(makeJob())).toEqual(handle);
    expect(await asked()).toEqual([`kubectl create --filename=- --output=json ${where}`]);
    expect(JSON.parse(await readFile(join(folder, 'created'), 'utf8'))).toMatchObject({
      kind: 'Job',
      metadata: { name, namespace: 'ml' },
      spec: { activeDeadlineSeconds: 600 },
    });
  });

  it.each([
    ['Error from server (Forbidden): jobs.batch is forbidden', 'input', 'CLUSTER_REFUSED'],
    ['error: no matches for kind "RayJob" in version "ray.io/v1"', 'input', 'CLUSTER_REFUSED'],
    ['Unable to connect to the server: dial tcp: i/o timeout', 'service', 'CLUSTER_FAILED'],
  ])('that is answered with %j: %s', async (said, kind, code) => {
    const { engine } = await open(`echo '${said}' >&2; exit 1`);
    await expect(engine.submit(makeJob())).rejects.toMatchObject({ kind, code });
  });

  it('has the state that its conditions say, and is lost once somebody has deleted it', async () => {
    const { engine, asked } = await open('cat state 2>/dev/null || true');
    expect(await engine.state(handle)).toMatchObject({ state: 'lost', outcome: 'lost-runner' });
    await writeFile(join(folder, 'state'), JSON.stringify({ kind: 'Job', status: { active: 1, ready: 1 } }));
    expect(await engine.state(handle)).toMatchObject({ state: 'running' });
    await writeFile(join(folder, 'state'), 'no JSON');
    expect(await engine.state(handle)).toBeNull();
    expect((await asked())[0]).toBe(
      `kubectl get jobs.batch/${name} --ignore-not-found --output=json ${where}`,
    );
    const failing = await open('exit 1');
    await expect(failing.engine.state(handle)).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
  });

  it('that failed is explained by its pods', async () => {
    const { engine, asked } = await open('if [ "$2" = pods ]; then cat pods; else cat state; fi');
    const conditions = [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }];
    await writeFile(join(folder, 'state'), JSON.stringify({ kind: 'Job', status: { conditions } }));
    const state = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
    const items = [{ status: { containerStatuses: [{ state }] } }];
    await writeFile(join(folder, 'pods'), JSON.stringify({ items }));
    expect(await engine.state(handle)).toMatchObject({ outcome: 'out-of-memory', exitCode: 137 });
    expect((await asked())[1]).toBe(
      `kubectl get pods --selector=app.kubernetes.io/instance=${name} --output=json ${where}`,
    );
  });

  it('is deleted; where its kind is not known there is none', async () => {
    const rayJob = parseManifest(rayJobManifest, config);
    const { engine, asked } = await open(
      `echo "error: the server doesn't have a resource type \\"rayjobs\\"" >&2; exit 1`,
      rayJob,
    );
    await engine.cancel(handle);
    expect(await asked()).toEqual([
      `kubectl delete rayjobs.ray.io/${name} --ignore-not-found --wait=false --cascade=background ${where}`,
    ]);
    const failing = await open('echo "i/o timeout" >&2; exit 1');
    await expect(failing.engine.cancel(handle)).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
  });
});

describe('the log', () => {
  it('that breaks off is taken up where it was, no line twice, and read once more at the end', async () => {
    const t = '2026-01-01T00:00:0';
    const { engine, asked } = await open(`
      case "$*" in
        *since-time=${t}2*) printf '${t}2Z two\\n${t}3Z three\\n' ;;
        *since-time=${t}3*) printf '${t}3Z three\\n${t}4Z last' ;;
        *) printf '${t}1.5Z one\\n${t}2Z two\\n${t}3Z thr' ;;
      esac`);
    const lines: string[] = [];
    const ended = new AbortController();
    await engine.followLog(
      handle,
      (line) => {
        lines.push(line);
        if (line === 'three') ended.abort();
      },
      ended.signal,
    );
    expect(lines).toEqual(['one', 'two', 'three', 'last']);
    const args = `kubectl logs jobs.batch/${name} --timestamps --context=gpu --namespace=ml`;
    expect(await asked()).toEqual([
      `${args} --follow`,
      `${args} --since-time=${t}2Z --follow`,
      `${args} --since-time=${t}3Z --request-timeout=30s`,
    ]);
  });

  it('needs no longer than the job: a stream that never ends is ended', async () => {
    const { engine } = await open('case "$*" in *--follow*) exec sleep 30 ;; esac');
    const ended = new AbortController();
    const following = engine.followLog(handle, () => undefined, ended.signal);
    setTimeout(() => ended.abort(), 50);
    await following;
  }, 5_000);

  it('keeps lines of one moment, and lines without a time', () => {
    const lines: string[] = [];
    const filter = makeLineFilter((line) => lines.push(line));
    for (const line of [
      '2026-01-01T00:00:00.25Z a',
      '2026-01-01T00:00:00.25Z a',
      'x',
      '2026-01-01T00:00:00.3Z ',
    ])
      filter.take(line);
    expect(filter.since()).toBe('2026-01-01T00:00:00.3Z');
    for (const line of [
      '2026-01-01T00:00:00.25Z a',
      '2026-01-01T00:00:00.3Z ',
      '2026-01-01T00:00:00.300000001Z b',
    ])
      filter.take(line);
    expect(lines).toEqual(['a', 'a', 'x', '', 'b']);
  });
});

const hasKubectl = (() => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore', env: { PATH: process.env.PATH } });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasKubectl)('the real kubectl', () => {
  it('creates, follows and deletes a Job at an API server that knows what it asks', async () => {
    const server = await serveKubernetes(name);
    const path = join(folder, 'kubeconfig');
    await writeFile(path, server.kubeconfig);
    const env = toolEnvironment({ PATH: process.env.PATH, HOME: folder, KUBECONFIG: path, SECRET: 'x' });
    const engine = openKubernetes(config, manifest, env, makeClock(0.01));
    const log: string[] = [];
    const cancel = new AbortController().signal;
    const job = makeJob();
    try {
      const end = await runOnCluster({ engine, job, log: (line) => log.push(line), cancel }, makeClock(0.01));
      expect({ end, asked: server.asked }).toMatchObject({
        end: { outcome: 'done', how: 'Complete: CompletionsReached' },
      });
      expect(log).toContain('epoch 1 of 1');
      expect(server.created).toMatchObject({ kind: 'Job', metadata: { name, namespace: 'ml' } });
      expect(server.asked).toContain(`DELETE /apis/batch/v1/namespaces/ml/jobs/${name}`);
      expect(server.asked.filter((one) => one.startsWith('POST '))).toEqual([
        'POST /apis/batch/v1/namespaces/ml/jobs',
      ]);
    } finally {
      server.close();
    }
  });
});
