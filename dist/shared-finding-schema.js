import { F as strictObject, I as string, L as tuple, M as number, O as int, S as _enum, w as array } from "./shared-js-yaml.js";

// core/finding/finding-schema.ts
const text = string().max(2e4);
const name = string().min(1).max(500);
const id = int().positive();
const position = strictObject({
	file: string().min(1).max(4096),
	line: id.optional(),
	column: id.optional(),
	pointer: text.optional()
});
const exampleRow = strictObject({
	row: id,
	cells: array(tuple([text, text.nullable()])).max(20)
});
/** The shape of a finding that another job wrote, closed. Every number is finite. */
const findingSchema = strictObject({
	code: name,
	severity: _enum([
		"fail",
		"warn",
		"note"
	]),
	message: text,
	where: position.optional(),
	column: text.optional(),
	rule: text.optional(),
	found: text.optional(),
	allowed: text.optional(),
	count: number().optional(),
	total: number().optional(),
	firstRow: id.optional(),
	excerpt: text.optional(),
	examples: array(text).max(100).optional(),
	rows: array(exampleRow).max(20).optional(),
	reason: text.optional(),
	fix: text
});

export { findingSchema as t };