import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { authenticate } from './access.ts';
import { tagged } from './call-log.ts';
import type { Contract } from './contract.ts';
import { parseGitPath, serveGit } from './git-http.ts';
import { serveGraphql } from './graphql/endpoint.ts';
import { HubError, notFound } from './hub-error.ts';
import type { Answer, Call, Hub, Json } from './interface.ts';
import type { Router } from './router.ts';
import type { ApiCall, Traffic } from './traffic.ts';
import type { Caller } from './world.ts';

const API = '/api/v3';

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseBody(bytes: Buffer): Json {
  if (bytes.length === 0) return {};
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    throw new HubError(400, 'Problems parsing JSON');
  }
  throw new HubError(400, 'Body should be a JSON object');
}

export function errorAnswer(error: unknown): Answer {
  const documentation_url = 'https://docs.github.com/rest';
  if (error instanceof HubError) {
    const { status, message, errors } = error;
    return {
      status,
      body: { message, ...(errors ? { errors } : {}), documentation_url, status: String(status) },
    };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { message, documentation_url, status: '500' } };
}

function send(response: ServerResponse, answer: Answer): void {
  const { body } = answer;
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const headers: Record<string, string> = {
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    ...(body === undefined || raw ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...answer.headers,
  };
  response.writeHead(answer.status, headers);
  response.end(body === undefined ? undefined : raw ? body : JSON.stringify(body));
}

interface Parts {
  readonly hub: Hub;
  readonly router: Router;
  readonly contract: Contract | null;
  readonly traffic: Traffic;
}

function createCall(
  { hub }: Parts,
  request: IncomingMessage,
  url: URL,
  path: string,
  params: Call['params'],
  bytes: Buffer,
  caller: Caller,
): Call {
  return {
    hub,
    method: request.method ?? 'GET',
    path,
    params,
    query: url.searchParams,
    headers: request.headers,
    bytes,
    caller,
    json: () => parseBody(bytes),
    repository() {
      const repository = hub.repository(`${params.owner}/${params.repo}`);
      hub.authorize(caller, repository, { scope: 'metadata', level: 'read' });
      return repository;
    },
  };
}

async function answerCall(parts: Parts, request: IncomingMessage, url: URL, bytes: Buffer): Promise<Answer> {
  const { hub, router, contract } = parts;
  const method = request.method ?? 'GET';
  const rest = url.pathname.startsWith(`${API}/`);
  const path = rest ? url.pathname.slice(API.length) : `/${url.pathname}`;
  const match = router.match(method, path);
  if (!match) {
    if (!rest) throw notFound();
    throw new HubError(501, `The sandbox hub does not implement ${method} ${path}.`);
  }
  const run = async (): Promise<Answer> => {
    // Pages beside the API (issuer, labels, blobs) have credentials of their own, which the hub does not know.
    const caller: Caller = rest
      ? authenticate(hub.world, request.headers.authorization)
      : { kind: 'anonymous' };
    const call = createCall(parts, request, url, path, match.params, bytes, caller);
    if (match.access) hub.authorize(caller, call.repository(), match.access);
    return match.handler(call);
  };
  const whole = await run().catch(errorAnswer);
  if (rest && contract) contract.checkResponse(method, path, whole);
  return rest && method === 'GET' ? tagged(whole, request.headers) : whole;
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', parts.hub.url);
  const bytes = await readBody(request);
  const target = parseGitPath(url.pathname, url.searchParams);
  if (target) {
    if (target.push && request.method === 'POST') await parts.hub.lag.beforeWrite();
    const caller = authenticate(parts.hub.world, request.headers.authorization);
    await serveGit(parts.hub, target, caller, request, response, bytes);
  } else if (url.pathname === '/api/graphql' && request.method === 'POST') {
    const body = parseBody(bytes);
    const mutates = /^\s*mutation\b/.test(String(body.query));
    const answer = await pass(parts, { ...toCall(request, '/graphql'), mutates }, async (hub) => {
      const caller = authenticate(parts.hub.world, request.headers.authorization);
      return serveGraphql(hub, caller, body);
    });
    send(response, answer);
  } else {
    const carryOut = (hub = parts.hub) => answerCall({ ...parts, hub }, request, url, bytes);
    const isApi = url.pathname.startsWith(`${API}/`);
    const call = toCall(request, url.pathname.slice(API.length));
    send(response, await (isApi ? pass(parts, call, carryOut) : carryOut()));
  }
}

async function pass(
  { hub, traffic }: Parts,
  call: ApiCall,
  carryOut: (hub: Hub) => Promise<Answer>,
): Promise<Answer> {
  const answer = await traffic.pass(call, async () => {
    if (call.mutates) await hub.lag.beforeWrite();
    return carryOut(hub.lag.view(call));
  });
  const caller = hub.world.tokens.get(call.token)?.kind ?? 'anonymous';
  hub.log.add({ ...call, status: answer.status, caller });
  return answer;
}

function toCall(request: IncomingMessage, path: string): ApiCall {
  const method = request.method ?? 'GET';
  const [, token = ''] = (request.headers.authorization ?? '').split(' ');
  return { method, path, mutates: method !== 'GET' && method !== 'HEAD', token };
}

/** Tells git to ask for a password, as GitHub does. */
const challenge = (answer: Answer): Answer =>
  answer.status === 401 ? { ...answer, headers: { 'www-authenticate': 'Basic realm="GitHub"' } } : answer;

export function createHubServer(parts: Parts): Server {
  return createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, challenge(errorAnswer(error)));
    });
  });
}
