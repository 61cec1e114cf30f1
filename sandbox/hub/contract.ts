import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Answer, Json } from './interface.ts';

/** The part of GitHub's OpenAPI description that the hub meets; see scripts/refresh-openapi-slice.ts. */
export interface Slice {
  readonly source: string;
  /** `GET /repos/{owner}/{repo}` -> status -> JSON Schema of the body, or null where there is none. */
  readonly operations: Readonly<Record<string, Readonly<Record<string, Json | null>>>>;
  /** `pull_request.opened`, `push` -> JSON Schema of the payload. */
  readonly webhooks: Readonly<Record<string, Json>>;
  readonly definitions: Readonly<Record<string, Json>>;
}

export interface Contract {
  readonly violations: string[];
  /** Operations and webhooks that were met, as named in the slice. */
  readonly met: Set<string>;
  checkResponse(method: string, path: string, answer: Answer): void;
  checkWebhook(event: string, action: string | undefined, payload: Json): void;
}

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly segments: readonly string[];
}

/** Every operation may answer these, whether or not its own page says so. 5xx is a bug of the hub. */
const everywhere: readonly number[] = [400, 401, 403, 404, 422];

/**
 * Where the description is wrong itself: it asks the account of an installation to be user and enterprise in one
 * (name and slug), which its own schema `installation` does not.
 */
const mistaken = (key: string, problem: ErrorObject): boolean =>
  key === 'GET /app/installations 200' &&
  problem.instancePath.endsWith('/account') &&
  problem.keyword === 'required';

let slice: Slice | null = null;
let validators: Map<string, ValidateFunction> | null = null;
let ajv: Ajv | null = null;

function loadSlice(): Slice {
  slice ??= JSON.parse(
    readFileSync(new URL('../../fixtures/openapi/slice.json', import.meta.url), 'utf8'),
  ) as Slice;
  return slice;
}

function createAjv(): Ajv {
  // The description is written for people: it has keywords that are no JSON Schema, and unknown formats.
  const created = new Ajv({ strict: false, allErrors: true, validateFormats: true, inlineRefs: false });
  formats.default(created, ['date-time', 'date', 'uuid']);
  // Bots have brackets in their addresses, which the common check takes for a mistake.
  created.addFormat('email', /^\S+@\S+$/);
  created.addFormat('uri', (text: string) => URL.canParse(text.replace(/\{[^}]*\}/g, 'x')));
  for (const name of [
    'binary',
    'int64',
    'timestamp',
    'ip/cidr',
    'repo.nwo',
    'ssh',
    'float',
    'uri-template',
  ]) {
    created.addFormat(name, true);
  }
  created.addSchema({ $id: 'github', definitions: loadSlice().definitions });
  return created;
}

function validatorOf(key: string, schema: Json): ValidateFunction {
  validators ??= new Map();
  ajv ??= createAjv();
  const known = validators.get(key) ?? ajv.compile(schema);
  validators.set(key, known);
  return known;
}

const toOperation = (name: string): Operation => {
  const [method = '', path = ''] = name.split(' ');
  return { name, method, segments: path.split('/').filter((part) => part !== '') };
};

const isParameter = (part: string | undefined): boolean => part?.startsWith('{') ?? false;

/** Parameters that may hold slashes, and stand last. */
const tails: readonly (string | undefined)[] = ['{ref}', '{path}', '{basehead}', '{branch}'];

/** Fixed words of a path beat parameters; the root folder is an empty `{path}`. */
function findOperation(operations: readonly Operation[], method: string, path: string): Operation | null {
  const parts = path.split('/').filter((part) => part !== '');
  const fits = operations.filter((operation) => {
    const { segments } = operation;
    const extra = parts.length - segments.length;
    const fitting =
      extra === 0 ||
      (extra > 0 && tails.includes(segments.at(-1))) ||
      (extra === -1 && segments.at(-1) === '{path}');
    return (
      operation.method === method &&
      fitting &&
      segments.every((part, index) => isParameter(part) || part === parts[index])
    );
  });
  const fixed = (operation: Operation) => operation.segments.filter((part) => !isParameter(part)).length;
  return fits.sort((a, b) => fixed(b) - fixed(a) || b.segments.length - a.segments.length)[0] ?? null;
}

/** GitHub repeats the HTTP status in the body of errors, and its description does not say so. */
function withoutStatus(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'status'));
}

/** Compares what the hub says with what GitHub documents; `violations` names every difference. */
export function loadContract(): Contract {
  const { operations, webhooks } = loadSlice();
  const known = Object.keys(operations).map(toOperation);
  const violations: string[] = [];
  const met = new Set<string>();

  const check = (key: string, schema: Json, value: unknown): void => {
    met.add(key);
    const validate = validatorOf(key, schema);
    // What is sent counts: undefined members vanish on the way.
    if (validate(JSON.parse(JSON.stringify(value ?? null)))) return;
    const problems = (validate.errors ?? []).filter((problem) => !mistaken(key, problem));
    for (const problem of problems.slice(0, 8)) {
      violations.push(
        `${key}: ${problem.instancePath || '/'} ${problem.message} ${JSON.stringify(problem.params)}`,
      );
    }
  };

  return {
    violations,
    met,
    checkResponse(method, path, answer) {
      const operation = findOperation(known, method, path);
      if (!operation) {
        violations.push(`${method} ${path}: no such operation in the slice`);
        return;
      }
      const documented = operations[operation.name] ?? {};
      const key = `${operation.name} ${answer.status}`;
      if (!Object.hasOwn(documented, String(answer.status))) {
        if (!everywhere.includes(answer.status)) violations.push(`${key}: the status is not documented`);
        return;
      }
      const schema = documented[String(answer.status)];
      const raw = Buffer.isBuffer(answer.body) || typeof answer.body === 'string';
      if (schema && !raw) check(key, schema, answer.status < 400 ? answer.body : withoutStatus(answer.body));
    },
    checkWebhook(event, action, payload) {
      const key = action === undefined ? event : `${event}.${action}`;
      const schema = Object.hasOwn(webhooks, key) ? webhooks[key] : undefined;
      if (schema) check(key, schema, payload);
      else violations.push(`${key}: no such webhook in the slice`);
    },
  };
}
