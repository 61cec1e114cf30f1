import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KubernetesServer {
  readonly kubeconfig: string;
  /** Method and path, in order. */
  readonly asked: string[];
  /** What was posted as a Job. */
  readonly created: unknown;
  close(): void;
}

const discovery: Readonly<Record<string, unknown>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [
      {
        name: 'batch',
        versions: [{ groupVersion: 'batch/v1', version: 'v1' }],
        preferredVersion: { groupVersion: 'batch/v1', version: 'v1' },
      },
    ],
  },
  '/apis/batch/v1': listResources('batch/v1', [['jobs', 'Job']]),
  '/api/v1': listResources('v1', [
    ['pods', 'Pod'],
    ['pods/log', 'Pod'],
  ]),
  // Says that this server checks fields itself, as every supported version does.
  '/openapi/v3': { paths: { 'apis/batch/v1': { serverRelativeURL: '/openapi/v3/apis/batch/v1' } } },
  '/openapi/v3/apis/batch/v1': {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1' },
    paths: {
      '/apis/batch/v1/namespaces/{namespace}/jobs/{name}': {
        patch: {
          parameters: [{ name: 'fieldValidation', in: 'query' }],
          'x-kubernetes-group-version-kind': { group: 'batch', version: 'v1', kind: 'Job' },
        },
      },
    },
  },
};

/**
 * As much of a Kubernetes API server as kubectl needs for one Job: discovery, create, get, log, delete.
 * The Job waits, runs with one pod that prints one line, and is complete.
 */
export async function serveKubernetes(name: string): Promise<KubernetesServer> {
  const asked: string[] = [];
  let created: unknown = null;
  const looks = [
    { active: 1, ready: 0 },
    { active: 1, ready: 1 },
    { conditions: [{ type: 'Complete', status: 'True', reason: 'CompletionsReached' }] },
  ];
  let looked = 0;
  const pod = {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'p', namespace: 'ml' },
    spec: { containers: [{ name: 'train' }] },
  };
  const spec = { selector: { matchLabels: { 'batch.kubernetes.io/job-name': name } }, template: {} };
  const jobs = '/apis/batch/v1/namespaces/ml/jobs';
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const [path = ''] = (request.url ?? '').split('?');
    asked.push(`${request.method} ${path}`);
    const send = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (path in discovery) send(discovery[path]);
    else if (request.method === 'POST' && path === jobs) {
      created = JSON.parse(Buffer.concat(parts).toString());
      send(created, 201);
    } else if (request.method === 'DELETE' && path === `${jobs}/${name}`) {
      send({ kind: 'Status', apiVersion: 'v1', status: 'Success' });
    } else if (path === `${jobs}/${name}`) {
      const status = looks[Math.min(looked, looks.length - 1)];
      // Those who ask for the log look at the job too: it goes on only for those who ask how it is.
      if (request.headers['kubectl-command'] === 'kubectl get') looked += 1;
      send({ kind: 'Job', apiVersion: 'batch/v1', metadata: { name, namespace: 'ml' }, spec, status });
    } else if (path === '/api/v1/namespaces/ml/pods') {
      send({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [pod] });
    } else if (path === '/api/v1/namespaces/ml/pods/p') send(pod);
    else if (path === '/api/v1/namespaces/ml/pods/p/log') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('2026-01-01T00:00:00.5Z epoch 1 of 1\n');
    } else send({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 }, 404);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    kubeconfig: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'gpu', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'gpu', context: { cluster: 'gpu', user: 'runner' } }],
      users: [{ name: 'runner', user: {} }],
    }),
    asked,
    get created() {
      return created;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listResources(groupVersion: string, kinds: readonly (readonly [string, string])[]): unknown {
  const verbs = ['create', 'delete', 'get', 'list'];
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: kinds.map(([name, kind]) => ({ name, singularName: '', namespaced: true, kind, verbs })),
  };
}
