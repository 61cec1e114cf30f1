import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { renderSchemas } from './generate-schemas.ts';

const root = join(import.meta.dirname, '..');
const schemas = renderSchemas();
const schemaOf = (name: string): Record<string, unknown> =>
  JSON.parse(schemas.get(`schemas/${name}.schema.json`) ?? '{}');

/** Places where an object has a property without a description: an editor would show nothing there. */
function undescribed(schema: unknown, path = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, ...others } = schema as {
    readonly properties?: Record<string, { description?: string }>;
  };
  const own = Object.entries(properties).flatMap(([key, value]) => [
    ...(value.description === undefined ? [`${path}/${key}`] : []),
    ...undescribed(value, `${path}/${key}`),
  ]);
  return [...own, ...Object.values(others).flatMap((value) => undescribed(value, path))];
}

const examples: readonly (readonly [string, string])[] = [
  ['gatehouse', 'fixtures/flights/.github/gatehouse.yml'],
  ['model', 'fixtures/flights/models/flight-delay/model.yml'],
  ['contract', 'fixtures/flights/datasets/flights.yml'],
  ['stages', 'fixtures/flights/models/flight-delay/stages.yml'],
];

describe.each(examples)('schema of %s', (name, example) => {
  it('is what is committed', () => {
    expect(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')).toBe(
      schemas.get(`schemas/${name}.schema.json`),
    );
  });

  it('describes every property, for the completion of editors', () => {
    expect(undescribed(schemaOf(name))).toEqual([]);
  });

  it('takes the example repository and refuses a misspelt key in it', () => {
    const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: true }).compile(schemaOf(name));
    // Two of the examples hold words that the demo replaces by addresses and digests.
    const text = readFileSync(join(root, example), 'utf8')
      .replace('__LABELS_SHA256__', 'a'.repeat(64))
      .replace(/__\w+__/g, 'https://store.example/x')
      .replace(/\[0{40}\]/, "['0000000000000000000000000000000000000000']");
    const value = load(text) as Record<string, unknown>;
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...value, vresion: 1 })).toBe(false);
  });
});
