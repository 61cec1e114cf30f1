import { A as count, Ct as strictObject, Pt as isDigest, Tt as tuple, ft as array, gt as int, jt as canonicalJson, mt as custom, vt as literal, wt as string } from "./shared-parse.js";
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