import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from '../runner/bench.ts';
import type { Artifact, Run } from './run.ts';

describe('artifacts', () => {
  let bench: Bench;
  let artifact: Artifact | undefined;
  let run: Run | undefined;
  const job = (repository: string, permissions: Readonly<Record<string, 'read' | 'write'>>) =>
    bench.hub.issueToken({ kind: 'job', repositoryId: bench.hub.repository(repository).id, permissions });

  beforeAll(async () => {
    bench = await openBench();
    const upload = (steps: string) => `
on: push
jobs:
  up:
    runs-on: ubuntu-latest
    steps:
      - run: echo one > a.txt
${steps}`;
    await bench.repository(
      'one',
      {
        '.github/workflows/up.yml': upload(`
      - { id: first, uses: actions/upload-artifact@v5, with: { name: model, path: a.txt } }
      - { id: again, continue-on-error: true, uses: actions/upload-artifact@v5, with: { name: model, path: a.txt } }
      - run: echo "again \${{ steps.again.outcome }}"
      - { id: over, uses: actions/upload-artifact@v5, with: { name: model, path: a.txt, overwrite: true } }
      - run: echo "ids \${{ steps.first.outputs.artifact-id }} \${{ steps.over.outputs.artifact-id }}"
      - { uses: actions/download-artifact@v5, with: { artifact-ids: '\${{ steps.over.outputs.artifact-id }}', path: got } }
      - run: echo "got $(cat got/a.txt)"
`),
      },
      { private: true },
    );
    await bench.repository('two', { 'a.txt': 'a' }, { private: true });
    run = (await bench.settle())[0];
    artifact = bench.actions.service.artifacts.list()[0];
  });
  afterAll(() => bench.close());

  it('are immutable: the same name is refused, overwrite makes a new id and removes the old', () => {
    const log = bench.log('up');
    expect(log).toContain('again failure');
    expect(log).toContain('got one');
    const [, first, over] = /ids (\d+) (\d+)/.exec(log) ?? [];
    expect(first).not.toBe(over);
    expect(bench.actions.service.artifacts.list().map(({ id }) => String(id))).toEqual([over]);
  });

  it("are found by id only below their own repository and with that repository's token", async () => {
    const path = (name: string, id: number) => `/repos/acme/${name}/actions/artifacts/${id}`;
    const get = async (url: string, token: string) => (await bench.request('GET', url, token)).status;
    const id = artifact?.id ?? 0;
    expect(await get(path('one', id), job('acme/one', { actions: 'read' }))).toBe(200);
    expect(await get(path('one', id), job('acme/two', { actions: 'read' }))).toBe(404);
    expect(await get(path('two', id), job('acme/two', { actions: 'read' }))).toBe(404);
    expect(await get(path('one', id), job('acme/one', { contents: 'read' }))).toBe(403);
    expect(await get(path('one', id + 1), job('acme/one', { actions: 'read' }))).toBe(404);
    expect(await get(path('one', id), '')).toBe(404);
  });

  it('are downloaded through a link whose bytes have the digest that the API names', async () => {
    const token = job('acme/one', { actions: 'read' });
    const url = `/repos/acme/one/actions/artifacts/${artifact?.id}`;
    const reply = await bench.request('GET', `${url}/zip`, token);
    expect(reply.status).toBe(302);
    const bytes = await (await fetch(reply.headers.get('location') ?? '')).arrayBuffer();
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
    expect((await bench.request('GET', url, token)).body.digest).toBe(`sha256:${digest}`);
    expect((await fetch(`${bench.hub.url}/_services/blobs/guess`)).status).toBe(403);
  });

  it('are listed with their run', async () => {
    const token = job('acme/one', { actions: 'read' });
    const { body } = await bench.request('GET', `/repos/acme/one/actions/runs/${run?.id}/artifacts`, token);
    expect(body.total_count).toBe(1);
    const jobs = await bench.request('GET', `/repos/acme/one/actions/runs/${run?.id}/jobs`, token);
    expect(jobs.body.total_count).toBe(1);
    const runs = await bench.request(
      'GET',
      `/repos/acme/one/actions/runs?event=push&head_sha=${run?.headSha}`,
      token,
    );
    expect(runs.body.total_count).toBe(1);
    expect(
      (
        await bench.request(
          'GET',
          `/repos/acme/two/actions/runs/${run?.id}`,
          job('acme/two', { actions: 'read' }),
        )
      ).status,
    ).toBe(404);
    expect(bench.hub.violations).toEqual([]);
  });
});
