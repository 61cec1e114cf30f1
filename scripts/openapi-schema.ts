type Json = Readonly<Record<string, unknown>>;

/** Where the components of the description lie, and where they will lie. */
export interface Components {
  /** The component as the description has it. */
  read(name: string): unknown;
  /** What `$ref` says in the slice; called once for every mention. */
  refer(name: string): string;
}

const PREFIX = '#/components/schemas/';

/** Words for people: they decide nothing about validity. */
const prose = new Set([
  'description',
  'example',
  'examples',
  'title',
  'externalDocs',
  'deprecated',
  'default',
]);

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** OpenAPI 3.0 says `nullable: true` where JSON Schema lists null among the types. */
function allowNull(schema: Json): Json {
  const { nullable, ...rest } = schema;
  if (nullable !== true) return rest;
  if (Array.isArray(rest.enum) && !rest.enum.includes(null)) {
    return { ...rest, enum: [...rest.enum, null], ...(rest.type ? { type: [rest.type, 'null'] } : {}) };
  }
  if (typeof rest.type === 'string') return { ...rest, type: [rest.type, 'null'] };
  return { anyOf: [{ type: 'null' }, rest] };
}

function convertProperties(properties: Json, components: Components): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, toJsonSchema(schema, components)]),
  );
}

/** Objects that list their members and leave open what else may come: GitHub documents what it sends. */
function closeObject(schema: Record<string, unknown>): void {
  const open = schema.additionalProperties !== undefined || schema.anyOf || schema.oneOf;
  if (isRecord(schema.properties) && !open) schema.additionalProperties = false;
}

/** `allOf` of objects as one object, so that what is not documented in any part can be refused. */
function mergeParts(schema: Json, components: Components): Json {
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...rest } = schema;
  const parts = [...allOf, rest].map((part: unknown): Json => {
    if (!isRecord(part)) return {};
    const whole = typeof part.$ref === 'string' ? components.read(part.$ref.slice(PREFIX.length)) : part;
    return isRecord(whole) ? mergeParts(whole, components) : {};
  });
  const merged = Object.assign({}, ...parts) as Json;
  const lists = parts.map(({ required }) => (Array.isArray(required) ? required : []));
  return {
    ...merged,
    type: 'object',
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: [...new Set(lists.flat())],
  };
}

/**
 * A schema of OpenAPI 3.0 as JSON Schema, without prose. Members that are not documented are refused, so that the
 * hub cannot say what GitHub does not.
 */
export function toJsonSchema(schema: unknown, components: Components): unknown {
  if (Array.isArray(schema)) return schema.map((item) => toJsonSchema(item, components));
  if (!isRecord(schema)) return schema;
  if (typeof schema.$ref === 'string') return { $ref: components.refer(schema.$ref.slice(PREFIX.length)) };
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(mergeParts(schema, components))) {
    if (key === 'properties' && isRecord(value)) converted[key] = convertProperties(value, components);
    else if (key === 'enum' || key === 'required') converted[key] = value;
    else if (!prose.has(key) && !key.startsWith('x-')) converted[key] = toJsonSchema(value, components);
  }
  closeObject(converted);
  return allowNull(converted);
}
