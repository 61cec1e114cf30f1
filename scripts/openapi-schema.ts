type Json = Readonly<Record<string, unknown>>;

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

function convertProperties(properties: Json, reference: (name: string) => string): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, toJsonSchema(schema, reference)]),
  );
}

/**
 * A schema of OpenAPI 3.0 as JSON Schema, without prose.
 * @param reference told the name of each component; returns where it will lie
 */
export function toJsonSchema(schema: unknown, reference: (name: string) => string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => toJsonSchema(item, reference));
  if (!isRecord(schema)) return schema;
  if (typeof schema.$ref === 'string')
    return { $ref: reference(schema.$ref.slice('#/components/schemas/'.length)) };
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isRecord(value)) converted[key] = convertProperties(value, reference);
    else if (key === 'enum' || key === 'required') converted[key] = value;
    else if (!prose.has(key) && !key.startsWith('x-')) converted[key] = toJsonSchema(value, reference);
  }
  return allowNull(converted);
}
