import { n as GatehouseError, r as InputError } from "./shared-error.js";
import { i as isDigest, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { A as literal, E as custom, F as strictObject, I as string, M as number, O as int, P as record, R as union, T as boolean, w as array } from "./shared-js-yaml.js";

// core/search/search-plan.ts
const value = union([
	string().max(200),
	number(),
	boolean()
]);
const whole = (least, most) => int().min(least).max(most);
const trialSchema = strictObject({
	number: whole(1, 1e3),
	rung: whole(0, 60),
	parameters: record(string().min(1).max(100), value),
	resource: number().positive().nullable(),
	resumeFrom: string().regex(/^gatehouse-trial-\d{1,3}-\d{1,4}$/).nullable()
});
const handedSchema = trialSchema.extend({ round: whole(1, 999) });
const schema = strictObject({
	v: literal(1),
	model: string().min(1).max(200),
	searchDigest: custom(isDigest),
	round: whole(1, 999),
	trials: array(trialSchema).max(256)
});
const digestSearch = (search) => digestOf(search);
const renderPlan = (plan) => canonicalJson(plan);
/** 4 Mi UTF-16 code units: 256 trials with 50 long texts each are fewer. */
const maxLength = 4194304;
/**
* Reads what an earlier round planned. It comes from an artifact of the run: whoever edits the workflow can write it.
* @throws InputError SEARCH_PLAN
*/
function parsePlan(text, source) {
	if (text.length > maxLength) throw refuse(source, `it is longer than ${maxLength} characters`);
	const parsed = schema.safeParse(readJson(text, source));
	if (!parsed.success) throw refuse(source, whereOf(parsed.error));
	const numbers = parsed.data.trials.map(({ number }) => number);
	if (new Set(numbers).size < numbers.length) throw refuse(source, "it has a trial twice");
	return parsed.data;
}
/** @throws InputError SEARCH_PLAN */
function parseTrial(text, source) {
	const parsed = handedSchema.safeParse(readJson(text, source));
	if (parsed.success) return parsed.data;
	throw refuse(source, whereOf(parsed.error));
}
function whereOf({ issues }) {
	return `the value at "${(issues[0]?.path ?? []).map((step) => `/${String(step)}`).join("") || "/"}" is not what stands there`;
}
function readJson(text, source) {
	try {
		return parseStrictJson(text, source);
	} catch (cause) {
		if (cause instanceof GatehouseError) throw refuse(source, "it is no strict JSON", cause);
		throw cause;
	}
}
function refuse(source, because, cause) {
	return new InputError("SEARCH_PLAN", `${source} is no plan of a search: ${because}`, {
		hint: "Run the workflow again from its start; only plan-trials writes plans.",
		where: { file: source },
		cause
	});
}

export { renderPlan as i, parsePlan as n, parseTrial as r, digestSearch as t };