import { Et as literal, Ht as isDigest, Mt as string, Nt as tuple, St as custom, bt as array, jt as strictObject, m as count, wt as int, zt as canonicalJson } from "./shared-parse.js";
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