/**
 * Cuts the operations and webhooks that the sandbox hub speaks out of GitHub's OpenAPI description.
 * The package is about 400 MB unpacked, so it is fetched into a temporary folder and never becomes a dependency.
 * Usage: node scripts/refresh-openapi-slice.ts [path to api.github.com.json]
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from './openapi-schema.ts';

const PACKAGE = '@octokit/openapi@23.0.2';
const MEMBER = 'package/generated/api.github.com.json';

type Json = Readonly<Record<string, unknown>>;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'fixtures', 'openapi');

function readDescription(): Json {
  const given = process.argv[2];
  if (given) return JSON.parse(readFileSync(given, 'utf8')) as Json;
  const temporary = mkdtempSync(path.join(tmpdir(), 'openapi-'));
  try {
    execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: temporary });
    const archive = readdirSync(temporary).find((name) => name.endsWith('.tgz')) ?? '';
    execFileSync('tar', ['xzf', archive, MEMBER], { cwd: temporary });
    return JSON.parse(readFileSync(path.join(temporary, MEMBER), 'utf8')) as Json;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value);

/** Follows a `#/components/...` reference one step, as far as it goes. */
function follow(description: Json, value: unknown): unknown {
  const reference = at(value, '$ref');
  if (typeof reference !== 'string') return value;
  return follow(description, at(description, ...reference.slice(2).split('/')));
}

function jsonSchemaOf(description: Json, response: unknown): unknown {
  return at(follow(description, response), 'content', 'application/json', 'schema') ?? null;
}

const description = readDescription();
const wanted = JSON.parse(readFileSync(path.join(folder, 'wanted.json'), 'utf8')) as {
  readonly operations: readonly string[];
  readonly webhooks: Readonly<Record<string, string>>;
};

const reached = new Set<string>();
const queue: string[] = [];
const components = {
  read: (name: string) => at(description, 'components', 'schemas', name),
  refer(name: string) {
    if (!reached.has(name)) queue.push(name);
    reached.add(name);
    return `github#/definitions/${name}`;
  },
};
const convert = (schema: unknown): unknown => toJsonSchema(schema, components);

const shapes: Record<string, unknown> = {};

/** Webhooks spell out the same users and repositories over and over: each shape is kept once, under its digest. */
function share(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(share);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, share(value)]));
  if (Object.keys((inner.properties as Json | undefined) ?? {}).length < 8) return inner;
  const name = `shape-${createHash('sha256').update(JSON.stringify(inner)).digest('hex').slice(0, 12)}`;
  shapes[name] = inner;
  return { $ref: `github#/definitions/${name}` };
}

const operations: Record<string, Record<string, unknown>> = {};
for (const name of wanted.operations) {
  const [method = '', route = ''] = name.split(' ');
  const responses = at(description, 'paths', route, method.toLowerCase(), 'responses');
  if (!responses) throw new Error(`${name} is not in the description`);
  operations[name] = {};
  for (const [status, response] of Object.entries(responses)) {
    const schema = jsonSchemaOf(description, response);
    operations[name][status] = schema === null ? null : share(convert(schema));
  }
}

const webhooks: Record<string, unknown> = {};
for (const [event, name] of Object.entries(wanted.webhooks)) {
  const schema = at(
    description,
    'x-webhooks',
    name,
    'post',
    'requestBody',
    'content',
    'application/json',
    'schema',
  );
  if (!schema) throw new Error(`the webhook ${name} is not in the description`);
  webhooks[event] = share(convert(schema));
}

const definitions: Record<string, unknown> = {};
for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
  definitions[name] = share(convert(components.read(name)));
}

const sorted = Object.fromEntries(
  Object.entries({ ...definitions, ...shapes }).sort(([a], [b]) => (a < b ? -1 : 1)),
);
const slice = {
  source: `${PACKAGE} generated/api.github.com.json (MIT)`,
  operations,
  webhooks,
  definitions: sorted,
};
const text = `${JSON.stringify(slice)}\n`;
writeFileSync(path.join(folder, 'slice.json'), text);
process.stdout.write(
  `${Object.keys(operations).length} operations, ${Object.keys(webhooks).length} webhooks, ` +
    `${Object.keys(definitions).length} definitions, ${(text.length / 1e6).toFixed(2)} MB\n`,
);
