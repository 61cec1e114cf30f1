import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';

interface Description {
  readonly operations: Readonly<Record<string, Readonly<Record<string, object | null>>>>;
  readonly definitions: object;
}

export interface RayAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface RayServer {
  readonly origin: string;
  readonly host: string;
  /** Operation and parsed body of each request, in order. */
  readonly asked: { readonly operation: string; readonly body: unknown }[];
  /** Where questions or answers are not as Ray's description has them. */
  readonly violations: string[];
  close(): void;
}

const description = JSON.parse(
  readFileSync(new URL('../../fixtures/openapi/ray-jobs.json', import.meta.url), 'utf8'),
) as Description;

/**
 * A Ray cluster played by its published description: what is asked and what is answered is held against it.
 * @param answer by operation, for example `GET /api/jobs/{submission_id}`
 */
export async function serveRay(answer: (operation: string) => RayAnswer): Promise<RayServer> {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema({ $id: 'ray', definitions: description.definitions });
  const asked: RayServer['asked'] = [];
  const violations: string[] = [];
  const check = (what: string, schema: object | null | undefined, body: unknown): void => {
    if (schema === undefined) violations.push(`${what} is not described`);
    else if (schema === null ? typeof body !== 'string' : !ajv.validate(schema, body))
      violations.push(`${what}: ${ajv.errorsText()}`);
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const path = (request.url ?? '')
      .replace(/\/$/, '')
      .replace(/(?<=^\/api\/jobs\/)[^/]+/, '{submission_id}');
    const operation = `${request.method} ${path}`;
    const described = description.operations[operation];
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    asked.push({ operation, body });
    if (described === undefined) violations.push(`${operation} is not described`);
    if (described?.request) check(`${operation} request`, described.request, body);
    const { status, body: said } = answer(operation);
    check(`${operation} ${status}`, described?.[status], said);
    const json = typeof said !== 'string' || described?.[status] !== null;
    response.writeHead(status, { 'content-type': json ? 'application/json' : 'text/plain' });
    response.end(json ? JSON.stringify(said) : String(said));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    asked,
    violations,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
