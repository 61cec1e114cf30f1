import { G as count } from "./shared-policy-resolution.js";
import { A as literal, E as custom, F as strictObject, I as string, L as tuple, O as int, w as array } from "./shared-js-yaml.js";
import { i as isDigest, t as canonicalJson } from "./shared-canonical.js";
import { a as readShardText, i as planSchema } from "./shared-shard.js";

// core/dataset/shard-answers.ts
const rows = int().nonnegative();
const answer = strictObject({
	name: string().min(1).max(2e3),
	rows,
	count: rows,
	distinct: rows,
	first: array(tuple([rows, int().positive()])).max(20)
}).refine((one) => one.count <= one.rows && one.distinct <= one.rows && one.first.length <= one.count).refine((one) => one.count === 0 === (one.first.length === 0));
const schema = strictObject({
	v: literal(1),
	plan: planSchema,
	partition: count(1, 4),
	contractDigest: custom(isDigest),
	engine: string().min(1).max(200),
	answers: array(answer).max(2e4)
});
function renderAnswers(answers) {
	return canonicalJson(answers);
}
/** @throws InputError SHARD_INVALID */
function parseAnswers(text, source) {
	return readShardText(schema, text, source);
}

export { renderAnswers as n, parseAnswers as t };