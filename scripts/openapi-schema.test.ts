import { expect, test } from 'vitest';
import { toJsonSchema } from './openapi-schema.ts';

const components = {
  read: (name: string): unknown =>
    name === 'base' ? { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] } : {},
  refer: (name: string) => `there/${name}`,
};

const convert = (schema: unknown) => toJsonSchema(schema, components);

test('nullable becomes null among the types, the values, or the alternatives', () => {
  expect(convert({ type: 'string', nullable: true })).toEqual({ type: ['string', 'null'] });
  expect(convert({ type: 'string', enum: ['a'], nullable: true })).toEqual({
    type: ['string', 'null'],
    enum: ['a', null],
  });
  expect(convert({ anyOf: [{ type: 'string' }], nullable: true })).toEqual({
    anyOf: [{ type: 'null' }, { anyOf: [{ type: 'string' }] }],
  });
});

test('prose goes, members that are called like prose stay', () => {
  const schema = {
    type: 'object',
    description: 'words',
    properties: { title: { type: 'string', example: 'x' } },
  };
  expect(convert(schema)).toEqual({
    type: 'object',
    properties: { title: { type: 'string' } },
    additionalProperties: false,
  });
});

test('what is not documented is refused, except where the description leaves it open', () => {
  expect(convert({ type: 'object' })).toEqual({ type: 'object' });
  const open = { type: 'object', properties: {}, additionalProperties: { type: 'string' } };
  expect(convert(open)).toEqual(open);
});

test('parts of allOf become one object', () => {
  const parts = [
    { $ref: '#/components/schemas/base' },
    { properties: { name: { type: 'string' } }, required: ['name'] },
  ];
  expect(convert({ allOf: parts })).toEqual({
    type: 'object',
    properties: { id: { type: 'integer' }, name: { type: 'string' } },
    required: ['id', 'name'],
    additionalProperties: false,
  });
});

test('references lead to the slice', () => {
  expect(convert({ items: { $ref: '#/components/schemas/base' } })).toEqual({
    items: { $ref: 'there/base' },
  });
});
