import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  defaultFieldResolver,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { HubError } from '../hub-error.ts';
import type { Answer, Hub, Json } from '../interface.ts';
import type { Caller } from '../world.ts';
import { createCommitOnBranch } from './commit-on-branch.ts';
import { createQuery } from './query.ts';
import { Refusal } from './refusal.ts';

let published: GraphQLSchema | null = null;

/** GitHub's own schema: what it does not know, no query may ask. */
function githubSchema(): GraphQLSchema {
  if (published) return published;
  const file = new URL('../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);
  published = buildSchema(readFileSync(file, 'utf8'), { assumeValid: true, assumeValidSDL: true });
  return published;
}

/** A field that the hub does not serve is an error, never a silent null. */
const strictResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  const known = typeof source === 'object' && source !== null && info.fieldName in source;
  if (known) return defaultFieldResolver(source, args, context, info);
  throw new Refusal(
    'NOT_IMPLEMENTED',
    `The sandbox hub does not serve ${info.parentType.name}.${info.fieldName}.`,
  );
};

function formatError(error: GraphQLError) {
  const { message, locations, path, originalError } = error;
  const type = originalError instanceof Refusal ? { type: originalError.type } : {};
  return { ...type, ...(path ? { path } : {}), ...(locations ? { locations } : {}), message };
}

interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function parseRequest(body: Json): Request {
  if (typeof body.query !== 'string')
    throw new HubError(400, 'A query attribute must be specified and must be a string.');
  const variables = typeof body.variables === 'object' && body.variables !== null ? body.variables : {};
  return { query: body.query, variables: variables as Request['variables'] };
}

type Question = { readonly document: DocumentNode } | { readonly errors: readonly unknown[] };

/** A question is asked again with other values: it is read once. */
const questions = new Map<string, Question>();

function readQuestion(query: string): Question {
  const known = questions.get(query);
  if (known !== undefined) return known;
  const question = parseQuestion(query);
  if (questions.size < 100) questions.set(query, question);
  return question;
}

function parseQuestion(query: string): Question {
  try {
    const document = parse(query);
    const problems = validate(githubSchema(), document);
    return problems.length > 0 ? { errors: problems.map(formatError) } : { document };
  } catch (error) {
    return { errors: [{ message: error instanceof Error ? error.message : String(error) }] };
  }
}

/** POST /api/graphql: errors come inside HTTP 200, as on GitHub. */
export async function serveGraphql(hub: Hub, caller: Caller, body: Json): Promise<Answer> {
  if (caller.kind === 'anonymous' || caller.kind === 'app') {
    throw new HubError(401, 'This endpoint requires you to be authenticated.');
  }
  const { query, variables } = parseRequest(body);
  const schema = githubSchema();
  const question = readQuestion(query);
  if ('errors' in question) return { status: 200, body: { errors: question.errors } };
  const { document } = question;
  const rootValue = {
    ...createQuery(hub, caller),
    createCommitOnBranch: ({ input }: { readonly input: Parameters<typeof createCommitOnBranch>[2] }) =>
      createCommitOnBranch(hub, caller, input),
  };
  const result = await execute({
    schema,
    document,
    rootValue,
    variableValues: variables,
    fieldResolver: strictResolver,
  });
  const data = result.data ?? null;
  return {
    status: 200,
    body: { data, ...(result.errors ? { errors: result.errors.map(formatError) } : {}) },
  };
}
