import { r as InputError } from "./shared-error.js";
import { i as isDigest, t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { A as literal, D as discriminatedUnion, E as custom, F as strictObject, I as string, L as tuple, M as number, O as int, P as record, S as _enum, T as boolean, w as array } from "./shared-js-yaml.js";
import { r as scoringSetNames } from "./shared-scoring-set.js";
import { t as findingSchema } from "./shared-finding-schema.js";
import { t as claimedRunSchema } from "./shared-run-record-schema.js";

// core/evidence/judgement-detail-schema.ts
const name$1 = string().min(1).max(500);
const count$1 = int().nonnegative();
const share$1 = number().min(0).max(1);
const both = (shape) => strictObject({
	challenger: shape,
	champion: shape.nullable()
});
const curve = array(tuple([share$1, share$1])).max(52);
const bins = array(strictObject({
	predicted: share$1,
	found: share$1,
	rows: count$1
})).max(20);
const matrix = array(array(count$1).max(50)).max(50);
/** Shapes of the pictures of a judgement. No finer than they may be: fifty quantiles and the two ends. */
const detailSchema = strictObject({
	roc: both(curve).nullable(),
	precisionRecall: both(curve).nullable(),
	calibration: both(bins).nullable(),
	distribution: strictObject({
		edges: array(number()).max(51),
		challenger: array(count$1).max(50),
		champion: array(count$1).max(50).nullable()
	}).nullable(),
	confusion: strictObject({
		classes: array(name$1).max(50),
		challenger: matrix,
		champion: matrix.nullable()
	}).nullable(),
	threshold: string().max(500).nullable()
});
const explanationSchema = strictObject({
	grade: _enum(["measured", "claimed"]),
	metric: name$1.nullable(),
	features: array(strictObject({
		feature: name$1,
		rank: int().positive(),
		challenger: number(),
		champion: number().nullable(),
		championRank: int().positive().nullable()
	})).max(50)
});
const behaviourSchema = strictObject({
	grade: literal("measured"),
	suiteDigest: custom(isDigest, { error: "sha256: and 64 lower-case hex characters" }),
	groups: array(strictObject({
		name: name$1,
		kind: name$1,
		cases: count$1,
		passed: count$1,
		required: share$1,
		championPassed: count$1.nullable(),
		failed: array(name$1).max(5)
	})).max(200)
});

// core/evidence/evidence-schema.ts
/** Shapes of evidence, closed: a key that is not named here is refused. Every number is finite. */
const digest = custom(isDigest, { error: "sha256: and 64 lower-case hex characters" });
const hex40 = string().regex(/^[0-9a-f]{40}$/);
/** A directory of DVC is named by its manifest: `<md5>.dir`. */
const md5 = string().regex(/^[0-9a-f]{32}(?:\.dir)?$/);
const text = string().max(2e4);
const name = string().min(1).max(500);
/** Longer than a policy or contract can name: a glob finds whatever git holds. */
const path = string().min(1).max(4096);
const id = int().positive();
const count = int().nonnegative();
const interval = tuple([number(), number()]).refine(([low, high]) => low <= high, { error: "low before high" });
const origin = strictObject({
	repositoryId: id,
	repository: name,
	pullRequest: id,
	headSha: hex40,
	baseRef: name,
	baseSha: hex40,
	runId: id,
	runAttempt: id,
	contentDigest: digest
});
const dataset = strictObject({
	dataset: name,
	contractPath: name,
	contractDigest: digest,
	contractFrom: _enum(["base", "head"]),
	inherited: array(strictObject({
		dataset: name,
		contractDigest: digest
	})).max(1e3),
	files: array(strictObject({
		path,
		md5: md5.nullable(),
		blob: hex40,
		sizeBytes: count
	})).max(1e4),
	dataDigest: digest,
	rows: count.nullable(),
	verdict: _enum([
		"pass",
		"data invalid",
		"not evaluated"
	]),
	findings: array(findingSchema).max(1e4),
	record: digest.nullable()
});
const validationSchema = strictObject({
	kind: literal("validation"),
	v: literal(1),
	origin,
	engine: name,
	datasets: array(dataset).max(1e3)
});
const share = number().min(0).max(1);
const metric = strictObject({
	metric: name,
	slice: name.nullable(),
	set: _enum(["held-out", "production-like"]),
	rows: count,
	higherIsBetter: boolean(),
	grade: _enum([
		"judged",
		"measured",
		"claimed"
	]),
	challenger: number(),
	challengerInterval: interval.nullable(),
	champion: number().nullable(),
	difference: number().nullable(),
	differenceInterval: interval.nullable(),
	standardError: number().min(0).nullable(),
	pWorse: share.nullable(),
	pBetter: share.nullable(),
	method: text
});
const gate = strictObject({
	gate: name,
	metric: name,
	slice: name.nullable(),
	set: _enum(["held-out", "production-like"]),
	result: _enum([
		"pass",
		"fail",
		"not evaluated",
		"skipped"
	]),
	found: text,
	required: text,
	because: text,
	answer: _enum([
		"better",
		"not worse",
		"worse",
		"not enough rows"
	]).nullable(),
	rowsNeeded: count.nullable()
});
const artifact = strictObject({
	digest,
	sizeBytes: count,
	name
});
const version = id.nullable();
const unique = (key) => [(list) => new Set(list.map(key)).size === list.length, { error: "each one once" }];
const judgementSchema = strictObject({
	kind: literal("judgement"),
	v: literal(1),
	origin,
	model: name,
	version,
	artifact,
	artifactId: id.nullable(),
	runRecordDigest: digest,
	rulesDigest: digest,
	champions: array(strictObject({
		endpoint: name,
		version: id,
		artifactDigest: digest
	})).max(1e3).refine(...unique((champion) => champion.endpoint)),
	heldOut: strictObject({
		featuresDigest: digest,
		labelsDigest: digest,
		rows: count
	}),
	predictions: strictObject({
		challenger: digest,
		champions: record(name, digest),
		sets: array(strictObject({
			name: _enum(scoringSetNames),
			input: digest,
			digest
		})).max(scoringSetNames.length).refine(...unique((set) => set.name))
	}),
	comparisons: array(strictObject({
		against: version,
		metrics: array(metric).max(5e3).refine(...unique(({ metric, slice, set }) => JSON.stringify([
			metric,
			slice,
			set
		]))),
		gates: array(gate).max(1e3),
		detail: detailSchema.nullable(),
		explanation: explanationSchema.nullable(),
		behaviour: behaviourSchema.nullable()
	})).max(1e3).refine(...unique((comparison) => comparison.against)),
	resultDigest: digest,
	verdict: _enum([
		"pass",
		"fail",
		"not evaluated"
	]),
	findings: array(findingSchema).max(1e4),
	claimed: claimedRunSchema
});
const evidenceSchema = discriminatedUnion("kind", [validationSchema, judgementSchema]);

// core/evidence/parse-evidence.ts
/** Evidence of a large dataset is some hundred kilobytes. */
const maximumLength = 8e6;
/**
* Reads evidence as a run left it. The text must be its own canonical JSON, byte for byte, so that one digest stands for
* one evidence.
* @param text from an artifact: whoever runs a workflow can have written it
* @throws InputError JSON_INVALID when it is not strict JSON; EVIDENCE_INVALID when it is not canonical, has an unknown
* or missing key, or a value outside its range
*/
function parseEvidence(text) {
	if (text.length > maximumLength) throw invalid(`is longer than ${maximumLength} characters`);
	const value = parseStrictJson(text, "evidence.json");
	if (canonicalJson(value) !== text) throw invalid("is not canonical JSON");
	const parsed = evidenceSchema.safeParse(value);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw invalid(`at /${issue?.path.map(String).join("/")}: ${issue?.message}`);
}
function invalid(what) {
	return new InputError("EVIDENCE_INVALID", `The evidence ${what}`, {
		hint: "Run the workflow again with the trusted workflows at a commit that the policy lists.",
		where: { file: "evidence.json" }
	});
}

export { parseEvidence as t };