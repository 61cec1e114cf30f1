import { z } from 'zod';

const text = z.string().max(20_000);
const name = z.string().min(1).max(500);
const id = z.int().positive();

const position = z.strictObject({
  // Longer than a policy or contract can name: a glob finds whatever git holds.
  file: z.string().min(1).max(4096),
  line: id.optional(),
  column: id.optional(),
  pointer: text.optional(),
});

const exampleRow = z.strictObject({
  row: id,
  cells: z.array(z.tuple([text, text.nullable()])).max(20),
});

/** The shape of a finding that another job wrote, closed. Every number is finite. */
export const findingSchema = z.strictObject({
  code: name,
  severity: z.enum(['fail', 'warn', 'note']),
  message: text,
  where: position.optional(),
  column: text.optional(),
  rule: text.optional(),
  found: text.optional(),
  allowed: text.optional(),
  count: z.number().optional(),
  total: z.number().optional(),
  firstRow: id.optional(),
  excerpt: text.optional(),
  examples: z.array(text).max(100).optional(),
  rows: z.array(exampleRow).max(20).optional(),
  reason: text.optional(),
  fix: text,
});
