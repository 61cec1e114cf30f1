import { c as driftLimitsSchema, i as toDriftLimits, s as parseExpression } from "./shared-drift-file.js";
import { $ as prose, C as parseFile, G as count, H as columnName, J as glob, K as filePath, S as invalid, U as command, X as login, Z as name, et as sha256, f as functions, nt as webAddress, q as finite, tt as team, u as toRole, v as toGateList, w as refuseProblems } from "./shared-policy-resolution.js";
import { n as columnsOf, r as ExpressionError } from "./shared-expression-type.js";
import { i as directionOf, o as isFairness, s as isMeasured, t as checkMetricName } from "./shared-metric-name.js";
import { n as checkMetric, t as checkGates } from "./shared-gate-check.js";
import { A as literal, D as discriminatedUnion, F as strictObject, I as string, M as number, P as record, R as union, S as _enum, T as boolean, f as nameRule$2, l as isModelName, w as array } from "./shared-js-yaml.js";
import { i as gateSchema, n as riskSchema, r as roleSchema } from "./shared-policy-schema.js";
import { t as retryCauses } from "./shared-train.js";

// core/config/duty-file.ts
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
function toDuties(written) {
	const { "quality-owner": quality, "infrastructure-owner": infrastructure } = written;
	const { "service-level": level, monitoring, "sign-offs": signOffs } = written;
	return {
		...quality === void 0 ? {} : { qualityOwner: toRole(quality) },
		...infrastructure === void 0 ? {} : { infrastructureOwner: toRole(infrastructure) },
		...level === void 0 ? {} : { serviceLevel: toServiceLevel(level) },
		...monitoring === void 0 ? {} : { monitoring },
		...signOffs === void 0 ? {} : { signOffs: toSignOffs(signOffs) }
	};
}
function toServiceLevel(written) {
	const latency = written["latency-p95-ms"];
	return {
		availabilityPercent: written["availability-percent"],
		...latency === void 0 ? {} : { latencyP95Ms: latency },
		respondMinutes: written["respond-minutes"],
		restoreMinutes: written["restore-minutes"]
	};
}
const toSignOffs = (written) => Object.fromEntries(functions.flatMap((each) => written[each] === void 0 ? [] : [[each, written[each]]]));

// core/config/criteria-file.ts
const toCriteria = (written) => ({
	metric: written.metric,
	baseline: written.baseline,
	improvement: written.improvement,
	method: written.method,
	windowDays: written["window-days"],
	businessOwner: toRole(written["business-owner"]),
	technicalOwner: toRole(written["technical-owner"])
});

// core/config/custom-metric.ts
/** Sums over the rows that an expression may name besides metrics; the four of two classes need a threshold. */
const aggregateNames = [
	"rows",
	"tp",
	"fp",
	"tn",
	"fn"
];

// core/config/custom-metric-file.ts
/** Reads the metrics of a team's own and holds their expressions against what the task has sums of. */
function readCustomMetrics(written, task) {
	const metrics = [];
	const problems = [];
	for (const [at, { name, expression: text, "higher-is-better": higherIsBetter }] of written.entries()) {
		const path = ["metrics", at];
		if (checkMetricName(name, { task }) === null) problems.push(taken(name, [...path, "name"]));
		const read = readExpression(text, task);
		if (read.kind === "fault") problems.push(toProblem(name, [...path, "expression"], text, read.fault));
		else metrics.push({
			name,
			expression: read.expression,
			higherIsBetter
		});
	}
	return {
		metrics,
		problems
	};
}
const toScorer = (written) => ({
	name: written.name,
	higherIsBetter: written["higher-is-better"],
	range: written.range
});
function readExpression(text, task) {
	const read = parseExpression(text);
	if (read.kind === "fault") return read;
	try {
		if (checkPart(read.expression, task, read.offsets) > 0) return read;
		throw new ExpressionError(0, "nothing that is measured", `a metric or one of ${aggregateNames.join(", ")}`);
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		return {
			kind: "fault",
			fault: error.fault
		};
	}
}
/** Counts the names in a part; everything but arithmetic over them is refused. */
function checkPart(part, task, offsets) {
	const offset = offsets.get(part) ?? 0;
	switch (part.kind) {
		case "number": return 0;
		case "column":
			checkName(part.name, task, offset);
			return 1;
		case "negative": return checkPart(part.of, task, offsets);
		case "arithmetic": return checkPart(part.left, task, offsets) + checkPart(part.right, task, offsets);
		case "call":
			if (part.name === "abs") return checkPart(part.of, task, offsets);
			throw new ExpressionError(offset, `the function "${part.name}"`, "abs, or + - * / and brackets");
		default: throw new ExpressionError(offset, "a condition or a text", "numbers, names, + - * / and brackets");
	}
}
function checkName(name, task, offset) {
	if (name === "rows") return;
	const counted = aggregateNames.includes(name);
	if (counted && task === "binary-classification") return;
	if (counted) throw new ExpressionError(offset, `"${name}", of which there is none`, "two classes for tp, fp, tn and fn");
	if (isFairness(name) || isMeasured(name)) throw new ExpressionError(offset, `"${name}"`, "a metric that the judge computes over all rows");
	const fault = checkMetricName(name, { task });
	if (fault === null) return;
	const meant = fault.meant === null ? aggregateNames.join(", ") : `\`${fault.meant}\``;
	throw new ExpressionError(offset, `the unknown name "${name.slice(0, 40)}"`, `${meant} or another metric of the task, in backticks where it has "-" or "@"`);
}
const taken = (name, path) => ({
	code: "config/value",
	message: `the metric "${name}" exists already: the judge computes it`,
	path,
	found: name,
	allowed: "a name of your own",
	fix: "Give it another name, or leave it out and name the metric in a gate."
});
const toProblem = (name, path, text, fault) => ({
	code: "config/expression",
	message: `the expression of metric "${name}" cannot be used: ${fault.message} at character ${fault.offset + 1}`,
	path,
	within: {
		text,
		offset: fault.offset
	},
	found: fault.message,
	allowed: fault.expected,
	fix: `Write ${fault.expected} at character ${fault.offset + 1}.`
});

// core/config/decision-file.ts
/** The schema lets exactly one of the two through. */
const toDecision = ({ threshold, choose }) => choose === void 0 ? { threshold: threshold ?? NaN } : { choose };

// core/config/explain-file.ts
/** The schema lets exactly one of the two through. */
function toExplain({ permutation, attributions }) {
	if (permutation === void 0) return { attributions: attributions ?? "" };
	const { columns, repeats, rows, seed } = permutation;
	return { permutation: {
		...columns === void 0 ? {} : { columns },
		repeats,
		rows,
		seed
	} };
}

// core/config/judging-check.ts
/** What one key of model.yml alone does not tell: metrics that the task lacks, keys that belong to another task. */
function checkJudging(written) {
	const scope = {
		task: written.task,
		custom: (written.metrics ?? []).map(({ name }) => name),
		scorers: (written.scorers ?? []).map(({ name }) => name)
	};
	const sliced = written.slices?.metrics ?? [];
	const floors = Object.keys(written["noise-floor"] ?? {});
	return [
		...checkGates(written.gates, ["gates"], scope),
		...sliced.flatMap((metric, at) => checkMetric(metric, [
			"slices",
			"metrics",
			at
		], scope)),
		...floors.flatMap((metric) => checkMetric(metric, ["noise-floor", metric], scope)),
		...checkTask(written),
		...checkPrediction(written),
		...checkColumns(written)
	];
}
function checkTask({ task, scorers, decision, "held-out": heldOut }) {
	const scored = task === "scored-examples";
	const choosing = decision?.choose !== void 0;
	return [
		...when(scored && scorers === void 0, [], "scorers", "the columns of your scorers: scored examples need them"),
		...when(!scored && scorers !== void 0, ["scorers"], "scorers", "no scorers: only scored-examples has them"),
		...!scored && heldOut.labels.column === void 0 ? [noColumn] : [],
		...when(task === "ranking" && heldOut.labels.group === void 0, ["held-out", "labels"], "group", "the column that names the query of a row: a ranking is judged query by query"),
		...when(decision !== void 0 && task !== "binary-classification", ["decision"], "decision", "no decision: only binary-classification has a threshold"),
		...choosing && heldOut.validation === void 0 ? [noValidation] : []
	];
}
const noColumn = {
	code: "config/missing-key",
	message: "the key \"column\" is missing in held-out.labels",
	path: ["held-out", "labels"],
	at: "key",
	found: "nothing",
	allowed: "\"column\" is required: only scored-examples have none",
	fix: "Add \"column: ...\": the label column of the file behind held-out.labels.url.",
	missing: "column"
};
const noValidation = {
	code: "config/value",
	message: "decision.choose needs held-out.validation: the rows on which the threshold is chosen",
	path: ["decision", "choose"],
	at: "key",
	allowed: "\"threshold\", or \"choose\" beside held-out.validation",
	fix: "Add validation: { features: valid.csv, labels: valid-labels.csv } to held-out."
};
function checkPrediction({ task, prediction }) {
	const many = task === "multiclass-classification";
	const classes = prediction?.classes;
	const only = (key, belongs, to) => when(!belongs && prediction?.[key] !== void 0, ["prediction", key], key, `no ${key}: only ${to} has it`);
	return [
		...when(many && classes === void 0, prediction === void 0 ? [] : ["prediction"], prediction === void 0 ? "prediction" : "classes", "the classes in the order of their columns: prediction: { classes: [early, on-time, late] }"),
		...only("classes", many, "multiclass-classification"),
		...only("sum-to-one", many, "multiclass-classification"),
		...only("interval", task === "regression", "regression"),
		...only("quantiles", task === "regression", "regression")
	];
}
function checkColumns({ explain, "held-out": { key, labels } }) {
	const columns = explain?.permutation?.columns ?? [];
	const { column, weight, group } = labels;
	const path = ["held-out", "labels"];
	return [
		...when(columns.includes(key), [
			"explain",
			"permutation",
			"columns"
		], "columns", `feature columns: "${key}" names a row`),
		...when(weight !== void 0 && (weight === column || weight === key), [...path, "weight"], "weight", "a column of its own"),
		...when(group !== void 0 && (group === column || group === key), [...path, "group"], "group", "a column of its own")
	];
}
function when(wrong, path, key, allowed) {
	if (!wrong) return [];
	return [{
		code: "config/value",
		message: `"${key}" does not fit the rest of model.yml`,
		path,
		at: "key",
		allowed,
		fix: `Write ${allowed}.`
	}];
}

// core/config/latency-file.ts
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
function toLatency(written) {
	const cost = written["cost-per-hour"];
	return {
		serve: {
			command: written.serve.command,
			ready: written.serve.ready,
			readySeconds: written.serve["ready-seconds"]
		},
		load: {
			request: toRequest(written.request),
			arrival: toArrival(written.arrival),
			warmUpSeconds: written["warm-up-seconds"],
			rounds: written.rounds,
			timeoutMs: written["timeout-ms"],
			seed: written.seed,
			...cost === void 0 ? {} : { costPerHour: cost }
		}
	};
}
function toRequest(written) {
	return {
		path: written.path,
		method: written.method,
		body: toBody(written),
		contentType: written["content-type"],
		expectedStatus: written["expected-status"]
	};
}
function toBody({ body, file, "rows-under": under }) {
	if (body === "file") return {
		kind: "file",
		path: file
	};
	if (body === "none") return { kind: "none" };
	return {
		kind: "rows",
		...under === void 0 ? {} : { under }
	};
}
function toArrival(written) {
	if (written.pattern === "recorded") {
		const { file, column, speed, seconds } = written;
		return {
			kind: "recorded",
			path: file,
			column,
			speed,
			seconds
		};
	}
	const { pattern, rate, seconds } = written;
	return {
		kind: "declared",
		pattern,
		rate,
		seconds
	};
}

// core/config/prediction-file.ts
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
function toPrediction(written) {
	const { classes, range, interval, quantiles, "sum-to-one": sumToOne } = written;
	return {
		...classes === void 0 ? {} : { classes },
		...range === void 0 ? {} : { range: toRange(range) },
		...sumToOne === void 0 ? {} : { sumToOne },
		...interval === void 0 ? {} : { interval },
		...quantiles === void 0 ? {} : { quantiles },
		consumers: written.consumers.map((consumer) => ({
			name: consumer.name,
			...toRole(consumer)
		}))
	};
}
const toRange = ({ min, max }) => ({
	...min === void 0 ? {} : { min },
	...max === void 0 ? {} : { max }
});

// core/config/slices-file.ts
/**
* Reads the slices of a model. Whether their columns are in the held-out features is seen where these are read.
* @param key column that names a row: a slice of it would be a row
*/
function readSlices(written, key) {
	const problems = [];
	const declared = written.declared.flatMap((rule, at) => {
		const path = [
			"slices",
			"declared",
			at
		];
		const read = readRule(rule, path);
		if ("code" in read) {
			problems.push(read);
			return [];
		}
		if (touches(read, key)) problems.push(ofKey(key, path));
		return [read];
	});
	const { search, metrics } = written;
	if (search !== void 0 && search.columns !== "all" && search.columns.includes(key)) problems.push(ofKey(key, [
		"slices",
		"search",
		"columns"
	]));
	return {
		slices: {
			declared,
			pairs: written.pairs,
			search: search === void 0 ? null : {
				columns: search.columns,
				minimumRows: search["minimum-rows"]
			},
			minimumRows: written["minimum-rows"],
			metrics: metrics ?? null
		},
		problems: [...problems, ...doubled(written.declared)]
	};
}
function readRule({ column, values, edges, name, where }, path) {
	if (column === void 0) return readWhere(name ?? "", where ?? "", [...path, "where"]);
	if (edges !== void 0) return {
		kind: "edges",
		column,
		edges
	};
	return {
		kind: "values",
		column,
		values: values?.map(String) ?? null
	};
}
function readWhere(name, text, path) {
	const read = parseExpression(text);
	if (read.kind === "expression" && isCondition(read.expression)) return {
		kind: "where",
		name,
		where: read.expression
	};
	const fault = read.kind === "fault" ? read.fault : {
		offset: 0,
		message: "no condition on a column",
		expected: "a condition, for example hour < 6"
	};
	return {
		code: "config/expression",
		message: `the condition of slice "${name}" cannot be used: ${fault.message} at character ${fault.offset + 1}`,
		path,
		within: {
			text,
			offset: fault.offset
		},
		found: fault.message,
		allowed: fault.expected,
		fix: `Write ${fault.expected} at character ${fault.offset + 1}.`
	};
}
/** True or false of a row; which type a column has is not known here. */
const isCondition = (part) => [
	"logic",
	"comparison",
	"in",
	"presence",
	"not",
	"column"
].includes(part.kind) && columnsOf(part).length > 0;
const touches = (rule, key) => rule.kind === "where" ? columnsOf(rule.where).includes(key) : rule.column === key;
const ofKey = (key, path) => ({
	code: "config/value",
	message: `a slice is cut by "${key}", the column that names a row`,
	path,
	found: key,
	allowed: "a feature column",
	fix: `Take "${key}" out: a slice of it would be a single row.`
});
/** Two slices of one name would be two results of one name. */
function doubled(rules) {
	const seen = /* @__PURE__ */ new Set();
	return rules.flatMap(({ column, name }, at) => {
		const own = column ?? name ?? "";
		if (!seen.has(own)) {
			seen.add(own);
			return [];
		}
		return [{
			code: "config/value",
			message: `"${own}" is declared as a slice twice`,
			path: [
				"slices",
				"declared",
				at
			],
			found: own,
			allowed: "every column and every name once",
			fix: "Join the two, or give one with \"where\" another name."
		}];
	});
}

// core/config/judging-file.ts
/**
* Reads what model.yml says about how versions are judged, besides the gates.
* @returns keys that are absent stay absent: an undefined field has no canonical JSON; and what is wrong with the others
*/
function readJudging(written) {
	const { decision, prediction, scorers, explain, latency, criteria } = written;
	const metrics = readCustomMetrics(written.metrics ?? [], written.task);
	const slices = written.slices && readSlices(written.slices, written["held-out"].key);
	const noiseFloor = written["noise-floor"];
	return {
		judging: {
			...decision === void 0 ? {} : { decision: toDecision(decision) },
			...prediction === void 0 ? {} : { prediction: toPrediction(prediction) },
			...written.metrics === void 0 ? {} : { metrics: metrics.metrics },
			...scorers === void 0 ? {} : { scorers: scorers.map(toScorer) },
			...slices === void 0 ? {} : { slices: slices.slices },
			...explain === void 0 ? {} : { explain: toExplain(explain) },
			...latency === void 0 ? {} : { latency: toLatency(latency) },
			...noiseFloor === void 0 ? {} : { noiseFloor },
			...criteria === void 0 ? {} : { criteria: toCriteria(criteria) }
		},
		problems: [
			...metrics.problems,
			...slices?.problems ?? [],
			...checkJudging(written)
		]
	};
}

// core/config/criteria-schema.ts
/** `criteria` of `models/<model>/model.yml`. */
const criteriaSchema = strictObject({
	metric: prose.describe("What the business measures: missed connections a month."),
	baseline: prose.describe("What it is today, and since when."),
	improvement: prose.describe("What it must become for the model to be worth it."),
	method: prose.describe("How that is found out: an A/B test, a before and after, a sample that people read."),
	"window-days": count(1, 3650).describe("How many days it is measured once a version serves."),
	"business-owner": roleSchema.describe("Who says that this is the right aim."),
	"technical-owner": roleSchema.describe("Who says that it can be measured.")
}).describe("What the model is for, agreed before it serves. Without it nothing goes to production.");

// core/config/custom-metric-schema.ts
const nameRule$1 = "a name in lower case: letters, digits and single \"-\", at most 60 characters";
const customMetricSchema = strictObject({
	name: string().max(60, nameRule$1).regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, nameRule$1).describe("Name under which gates and slices find it."),
	expression: string().min(1, "an expression").max(2e3, "an expression of at most 2,000 characters").describe("Arithmetic over rows, tp, fp, tn, fn and other metrics; names with \"-\" or \"@\" stand in `backticks`."),
	"higher-is-better": boolean().describe("Whether more of it is better: it is never guessed.")
});
/** `metrics` of `models/<model>/model.yml`. */
const customMetricsSchema = array(customMetricSchema).max(20).refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: "every name once" }).describe("Metrics of your own. They see sums over all rows, never a row.");
const scorerSchema = strictObject({
	name: columnName.describe("Column of the predictions; its mean is the metric score:NAME."),
	"higher-is-better": boolean().describe("Whether a higher score is better."),
	range: strictObject({
		min: finite.describe("Lowest score."),
		max: finite.describe("Highest score.")
	}).refine(({ min, max }) => min < max, { error: "\"min\" below \"max\"" }).default({
		min: 0,
		max: 1
	}).describe("Scores that can occur; any other is refused.")
});
/** `scorers` of `models/<model>/model.yml`. */
const scorersSchema = array(scorerSchema).min(1, "at least one scorer").max(50).refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: "every name once" }).describe("Columns in which your own scorers give each example a number.");

// core/config/decision.ts
const thresholdGoals = [
	"f1",
	"balanced-accuracy",
	"mcc",
	"kappa",
	"accuracy"
];

// core/config/decision-schema.ts
/** `decision` of `models/<model>/model.yml`. */
const decisionSchema = strictObject({
	threshold: finite.min(0, "a number from 0 to 1").max(1, "a number from 0 to 1").optional().describe("A score of at least this says class 1."),
	choose: _enum(thresholdGoals).optional().describe("The threshold that is best by this metric on the rows of held-out.validation.")
}).refine(({ threshold, choose }) => threshold === void 0 !== (choose === void 0), { error: "one of \"threshold\" and \"choose\"" }).describe("Which score says class 1. Absent: 0.5. It is never chosen on held-out rows.");

// core/config/duty-schema.ts
const role = (what) => name.optional().describe(`Role whose people speak for ${what}.`);
/** Keys of model.yml about production. */
const dutyShape = {
	"quality-owner": roleSchema.optional().describe("Who answers for how good the model is."),
	"infrastructure-owner": roleSchema.optional().describe("Who answers for what it runs on."),
	"service-level": strictObject({
		"availability-percent": finite.gt(0, "a number above 0").max(100, "at most 100").describe("Share of requests that are answered: 99.9."),
		"latency-p95-ms": finite.gt(0, "a number above 0").optional().describe("95 % are faster than this."),
		"respond-minutes": count(1, 43200).describe("Somebody looks after at most this long."),
		"restore-minutes": count(1, 43200).describe("It works again after at most this long.")
	}).optional().describe("What is promised to those who call it."),
	monitoring: array(strictObject({
		signal: prose.describe("What is watched: psi of distance, p95 latency, share of overrides."),
		limit: prose.describe("When it is too much: above 0.1."),
		owner: login.describe("Who is called."),
		procedure: prose.describe("What that person does, or where it is written.")
	})).min(1, "at least one signal").max(100).optional().describe("What is watched in production, each with limit, owner and procedure."),
	"sign-offs": strictObject({
		engineering: role("how it is built"),
		operations: role("how it is run"),
		data: role("its data"),
		security: role("its security"),
		legal: role("the law"),
		business: role("what it is for")
	}).optional().describe("Function to the role of the policy whose people sign production for it, by reviews.")
};

// core/config/explain-schema.ts
const permutationSchema = strictObject({
	columns: array(columnName).min(1, "at least one column").max(50).refine((names) => new Set(names).size === names.length, { error: "every column once" }).optional().describe("Feature columns that are shuffled. Absent: all, at most 50."),
	repeats: count(1, 20).default(1).describe("Shuffles of each column."),
	rows: count(100, 1e6).default(1e4).describe("Held-out rows that are scored for it."),
	seed: count(0, 4294967295).default(1).describe("Another seed shuffles otherwise.")
}).describe("Each column is shuffled and scored again through the predict command: measured.");
/** `explain` of `models/<model>/model.yml`. */
const explainSchema = strictObject({
	permutation: permutationSchema.optional(),
	attributions: filePath.optional().describe("CSV with columns feature and importance, written by the training: claimed.")
}).refine(({ permutation, attributions }) => permutation === void 0 !== (attributions === void 0), { error: "one of \"permutation\" and \"attributions\"" }).describe("What the version looks at, compared with the champion.");

// core/config/latency-schema.ts
/** Requests a second. One process that sends keeps no schedule beyond it. */
const mostRate = 5e3;
/** Requests of one round: they are held in memory. */
const mostRequests = 2e6;
/** Load on both models in all rounds, starts of the servers left out. */
const mostSeconds = 3600;
const urlPath = string().regex(/^\/[\x21-\x7e]{0,499}$/, "a path that begins with \"/\": printable characters without spaces, at most 500");
const above = (most) => {
	const allowed = `a number above 0, at most ${most}`;
	return number(allowed).refine((value) => value > 0 && value <= most, { error: allowed });
};
const serveSchema = strictObject({
	command: command.describe("Serves GATEHOUSE_MODEL over HTTP on GATEHOUSE_HOST and GATEHOUSE_PORT until it is ended."),
	ready: urlPath.default("/").describe("Path that answers with a status from 200 to 299 once the model is loaded."),
	"ready-seconds": count(1, 600).default(60).describe("It must be ready after this long.")
}).describe("How a version is served.");
const requestSchema = strictObject({
	path: urlPath.describe("Path that predicts."),
	method: _enum([
		"POST",
		"PUT",
		"GET"
	]).default("POST").describe("HTTP method."),
	body: _enum([
		"rows",
		"file",
		"none"
	]).default("rows").describe("rows: held-out rows as JSON objects, without the key; file: lines of a file; none: no body."),
	"rows-under": string().regex(/^[A-Za-z_][\w-]{0,99}$/, "a name of letters, digits, \"_\" and \"-\"").optional().describe("The row goes as a list of one under this name, for example instances."),
	file: filePath.optional().describe("File of the repository with one body a line, for example .jsonl."),
	"content-type": string().regex(/^[\w.+-]{1,100}\/[\w.+-]{1,100}(?:; ?[\w-]+=[\w.-]+)?$/, "a media type such as application/json").default("application/json").describe("Media type of the body."),
	"expected-status": array(count(100, 599)).min(1, "at least one status").max(20).default([200]).describe("Any other status is an error.")
}).superRefine(({ body, file, method, "rows-under": under }, context) => {
	const refuse = (path, message) => context.addIssue({
		code: "custom",
		path: [path],
		message
	});
	if (body === "file" !== (file !== void 0)) refuse("file", "a file exactly where body is \"file\"");
	if (under !== void 0 && body !== "rows") refuse("rows-under", "a name only where body is \"rows\"");
	if (method === "GET" && body !== "none") refuse("body", "\"none\", since a GET has no body");
}).describe("What is asked.");
const rate = above(mostRate).describe("Requests a second.");
const seconds = count(1, 1800).describe("How long each round lasts.");
const arrivalSchema = discriminatedUnion("pattern", [
	strictObject({
		pattern: literal("poisson").describe("Independent users: gaps vary as they do in production."),
		rate,
		seconds
	}),
	strictObject({
		pattern: literal("constant").describe("Every gap is the same."),
		rate,
		seconds
	}),
	strictObject({
		pattern: literal("recorded").describe("As it came in production."),
		file: filePath.describe("CSV file of the repository with one line a request."),
		column: columnName.describe("Column with the time: seconds, or 2026-12-31T23:59:00.250Z."),
		speed: above(1e3).default(1).describe("2: twice as fast as it was recorded."),
		seconds: count(1, 1800).default(60).describe("How much of it is played, after the speed.")
	})
]).describe("When requests arrive. They are sent on time, whether or not earlier ones were answered.");
/** `latency` of `models/<model>/model.yml`. */
const latencySchema = strictObject({
	serve: serveSchema,
	request: requestSchema,
	arrival: arrivalSchema,
	"warm-up-seconds": count(0, 600).default(10).describe("Load before each round that is not counted."),
	rounds: count(3, 30).default(5).describe("How often each model is started and measured, in turns. More rounds: narrower intervals."),
	"timeout-ms": count(10, 6e4).default(2e3).describe("A request that takes longer, or fails, counts as this long."),
	seed: count(0, 4294967295).default(1).describe("Another seed: other random arrivals."),
	"cost-per-hour": above(1e5).optional().describe("Price of the serving machine for an hour: gives the cost of 1,000 predictions.")
}).superRefine((latency, context) => {
	const { arrival, rounds } = latency;
	const total = 2 * rounds * (latency["warm-up-seconds"] + arrival.seconds);
	if (total > mostSeconds) {
		const message = `at most ${mostSeconds} seconds for both models together, 2 x rounds x (warm-up-seconds + seconds); this is ${total}`;
		context.addIssue({
			code: "custom",
			path: ["rounds"],
			message,
			input: rounds
		});
	}
	if (arrival.pattern !== "recorded" && arrival.rate * arrival.seconds > 2e6) {
		const message = `at most ${mostRequests} requests a round`;
		context.addIssue({
			code: "custom",
			path: ["arrival", "rate"],
			message,
			input: arrival.rate
		});
	}
}).describe("How latency is measured, by the action measure-latency.");

// core/config/model.ts
/** What a model does: it decides which truth it is held against, and which metrics exist. */
const tasks = [
	"binary-classification",
	"multiclass-classification",
	"regression",
	"ranking",
	"scored-examples"
];

// core/config/prediction-schema.ts
const labelRule = "a class on one line, at most 200 characters";
const rangeRule = "at least one of \"min\" and \"max\", \"min\" below \"max\"";
/** `min` and `max` of numbers, `min` below `max`. */
const rangeSchema$1 = strictObject({
	min: finite.optional().describe("Lowest value."),
	max: finite.optional().describe("Highest value.")
}).refine(({ min, max }) => (min ?? max) !== void 0 && (min ?? -Infinity) < (max ?? Infinity), { error: rangeRule });
const consumerSchema = strictObject({
	name: prose.max(200, "a name of at most 200 characters").describe("System or team that reads them."),
	users: array(login).max(200).optional().describe("Who acknowledges a breaking change."),
	teams: array(team).max(50).optional().describe("Teams of which anybody acknowledges it.")
}).refine(({ users, teams }) => (users?.length ?? 0) + (teams?.length ?? 0) > 0, { error: "at least one user or team: nobody could acknowledge a breaking change" });
const quantileSchema = strictObject({
	quantile: finite.gt(0, "a number between 0 and 1").lt(1, "a number between 0 and 1").describe("Which quantile, for example 0.9."),
	column: columnName.describe("Column that holds it.")
});
/** `prediction` of `models/<model>/model.yml`. */
const predictionSchema = strictObject({
	classes: array(string().min(1, labelRule).max(200, labelRule)).min(2, "at least two classes").max(50).refine((classes) => new Set(classes).size === classes.length, { error: "every class once" }).optional().describe("Classes in the order of their columns; more than two classes only."),
	range: rangeSchema$1.optional().describe("Every number predicted lies within, ends included."),
	"sum-to-one": finite.min(0, "a tolerance from 0 to 0.1").max(.1, "a tolerance from 0 to 0.1").optional().describe("Probabilities of a row sum to one within this tolerance."),
	interval: strictObject({
		low: columnName.describe("Column with the lower end."),
		high: columnName.describe("Column with the upper end.")
	}).refine(({ low, high }) => low !== high, {
		error: "two different columns",
		path: ["high"]
	}).optional().describe("Columns that bound the value."),
	quantiles: array(quantileSchema).min(1, "at least one quantile").max(99).refine((all) => all.every(({ quantile }, at) => at === 0 || quantile > (all[at - 1]?.quantile ?? 1)) && new Set(all.map(({ column }) => column)).size === all.length, { error: "quantiles ascending, each in a column of its own" }).optional().describe("Column of each quantile."),
	consumers: array(consumerSchema).max(100).refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: "every name once: a consumer is named twice" }).default([]).describe("Who reads the predictions. A change that breaks them needs their word.")
}).describe("What those who read the predictions may count on. A number is never missing.");

// core/config/production-like.ts
/** Ways of writing a value that are right for a person and another value for a program. */
const dateFormats = [
	"day-first",
	"month-first",
	"compact",
	"unix-seconds"
];
const numberFormats = ["decimal-comma", "thousands"];
const textFormats = [
	"upper",
	"lower",
	"spaces"
];

// core/config/production-like-schema.ts
const shareRule = "a number above 0, at most 1";
const columns = array(columnName).min(1, "at least one column").max(1e3).refine((names) => new Set(names).size === names.length, { error: "every column once" });
const frame = {
	name: name.describe("Name of the corruption in the report; with the seed it decides which rows are hit."),
	columns: columns.describe("Columns whose cells change."),
	share: number(shareRule).refine((value) => value > 0 && value <= 1, { error: shareRule }).describe("Share of rows that are hit.")
};
const factorRule = "a finite number, not 0 and not 1";
const corruptionSchema = discriminatedUnion("kind", [
	strictObject({
		...frame,
		kind: literal("missing").describe("Cells become empty.")
	}),
	strictObject({
		...frame,
		kind: literal("format").describe("The same value in another spelling."),
		as: _enum([
			...dateFormats,
			...numberFormats,
			...textFormats
		]).describe("Which spelling; it must fit the type of the columns.")
	}),
	strictObject({
		...frame,
		kind: literal("units").describe("Numbers in another unit."),
		factor: number(factorRule).refine((value) => Number.isFinite(value) && value !== 0 && value !== 1, { error: factorRule }).describe("What the numbers are multiplied by.")
	}),
	strictObject({
		...frame,
		kind: literal("truncate").describe("Texts are cut off."),
		characters: count(0, 1e4).describe("How many characters stay.")
	}),
	strictObject({
		...frame,
		kind: literal("categories").describe("Values become one that nobody knows."),
		value: string().max(200).default("unknown").describe("The unknown value.")
	}),
	strictObject({
		...frame,
		kind: literal("swap").describe("Two columns change places."),
		columns: columns.refine((names) => names.length === 2, { error: "exactly two columns" }).describe("The two columns.")
	}),
	strictObject({
		...frame,
		kind: literal("recorded").describe("Cells of rows that were recorded in production."),
		file: filePath.describe("Table of the repository with the same columns.")
	})
]).describe("One way in which rows arrive otherwise in production.");
/** `production-like` of `models/<model>/model.yml`. */
const productionLikeSchema = strictObject({
	seed: count(0, 4294967295).default(1).describe("Another seed hits other rows."),
	corruptions: array(corruptionSchema).min(1, "at least one corruption").max(50).refine((all) => new Set(all.map((one) => one.name)).size === all.length, { error: "every name once: a corruption is named twice" }).describe("Applied in this order.")
}).describe("How held-out rows are spoiled, so that the judge can measure what that costs.");

// core/config/rollback-trigger-schema.ts
const trigger = strictObject({
	name: name.describe("Name of the trigger: errors."),
	metric: columnName.describe("What is measured, as the workflow that watches names it: error-rate."),
	above: finite.optional().describe("It triggers above this value."),
	below: finite.optional().describe("It triggers below this value."),
	"window-minutes": count(1, 10080).describe("Over how long the value is taken."),
	endpoints: array(name).min(1, "at least one endpoint").max(100).optional().describe("Endpoints that it watches. Absent: all.")
}).refine(({ above, below }) => above === void 0 !== (below === void 0), {
	error: "one of \"above\" and \"below\"",
	path: ["above"]
});
/** `rollback-triggers` of model.yml. */
const rollbackTriggersSchema = array(trigger).min(1, "at least one trigger").max(50).refine((list) => new Set(list.map((each) => each.name)).size === list.length, { error: "every trigger once: a name is used twice" }).describe("When an endpoint returns to the version before by itself: whoever approves a promotion approves this.");
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
const toRollbackTriggers = (written) => written.map(({ name: called, metric, above, below, endpoints, "window-minutes": windowMinutes }) => ({
	name: called,
	metric,
	windowMinutes,
	...above === void 0 ? {} : { above },
	...below === void 0 ? {} : { below },
	...endpoints === void 0 ? {} : { endpoints }
}));

// core/config/slices-schema.ts
const valueRule = "a value of the column: text of at most 200 characters, or a number";
const nameRule = "a name without \"=\", \"&\" and backticks, at most 100 characters";
const declaredSchema = strictObject({
	column: columnName.optional().describe("Feature column that is cut by."),
	values: array(union([
		string().max(200),
		finite,
		boolean()
	], { error: valueRule })).min(1, "at least one value").max(50).refine((values) => new Set(values.map(String)).size === values.length, { error: "every value once" }).optional().describe("One slice a value. Absent: each of the 50 commonest."),
	edges: array(finite).min(1, "at least one edge").max(50).superRefine((edges, context) => {
		const at = edges.findIndex((edge, place) => place > 0 && !(edge > (edges[place - 1] ?? edge)));
		if (at < 0) return;
		const says = `must rise: ${edges[at - 1]} stands before ${edges[at]}`;
		context.addIssue({
			code: "custom",
			message: "numbers ascending",
			params: { says },
			input: edges
		});
	}).optional().describe("One slice between neighbours, and one beyond each end."),
	name: string().regex(/^[\p{L}\p{N} _.:/()+-]{1,100}$/u, nameRule).refine((text) => text.trim() === text, { error: nameRule }).optional().describe("Name of a slice with \"where\"."),
	where: string().min(1, "a condition").max(2e3, "a condition of at most 2,000 characters").optional().describe("Condition on feature columns: hour < 6 and distance > 1000.")
}).superRefine((slice, context) => {
	const has = (key) => slice[key] !== void 0;
	const fault = formFault(has);
	if (fault !== null) context.addIssue({
		code: "custom",
		path: [],
		message: fault,
		input: slice
	});
});
function formFault(has) {
	if (has("column") === has("where")) return "either \"column\", or \"name\" and \"where\"";
	if (has("where") !== has("name")) return "\"name\" exactly where \"where\" is";
	if (has("where") && (has("values") || has("edges"))) return "\"values\" and \"edges\" only beside \"column\"";
	return has("values") && has("edges") ? "one of \"values\" and \"edges\"" : null;
}
const leastRows = count(30, 1e9);
/** `slices` of `models/<model>/model.yml`. */
const slicesSchema = strictObject({
	declared: array(declaredSchema).max(50).default([]).describe("Parts of the rows that matter to you."),
	pairs: boolean().default(false).describe("Pairs of them as well: carrier=AA & distance>=1000."),
	search: strictObject({
		columns: union([literal("all"), array(columnName).min(1).max(200)], { error: "all, or a list of feature columns" }).default("all").describe("Feature columns to look through."),
		"minimum-rows": leastRows.default(200).describe("Smallest segment that is told.")
	}).optional().describe("Looks for the segment in which the version is weakest, corrected for looking often."),
	"minimum-rows": leastRows.default(100).describe("A slice with fewer rows is not evaluated."),
	metrics: array(columnName).min(1, "at least one metric").max(20).optional().describe("Metrics of slices. Absent: those of the gates.")
}).refine(({ declared, search }) => declared.length > 0 || search !== void 0, { error: "at least one declared slice, or a search" }).refine(({ declared, pairs }) => !pairs || declared.length > 1, {
	error: "two declared slices or more for pairs",
	path: ["pairs"]
}).describe("Parts of the held-out rows that are judged by themselves, cut by features.");

// core/config/slurm-option.ts
/**
* Options of sbatch that say what a job needs. All others are refused: `--wrap`, `--output`, `--export`, `--uid`,
* `--prolog`, `--array` and their like say what runs, where it writes and as whom, which is ours to say.
* @see https://slurm.schedmd.com/sbatch.html
*/
const allowed = /* @__PURE__ */ new Set([
	"account",
	"acctg-freq",
	"constraint",
	"contiguous",
	"core-spec",
	"cores-per-socket",
	"cpus-per-gpu",
	"cpus-per-task",
	"distribution",
	"exclude",
	"exclusive",
	"gpu-bind",
	"gpu-freq",
	"gpus",
	"gpus-per-node",
	"gpus-per-socket",
	"gpus-per-task",
	"gres",
	"gres-flags",
	"hint",
	"licenses",
	"mem",
	"mem-bind",
	"mem-per-cpu",
	"mem-per-gpu",
	"mincpus",
	"network",
	"nice",
	"nodelist",
	"nodes",
	"ntasks",
	"ntasks-per-core",
	"ntasks-per-gpu",
	"ntasks-per-node",
	"ntasks-per-socket",
	"oversubscribe",
	"prefer",
	"qos",
	"reservation",
	"sockets-per-node",
	"spread-job",
	"switches",
	"threads-per-core",
	"time-min",
	"tmp",
	"use-min-nodes"
]);
/** No space, quote, slash, percent or dollar: nothing that a shell, a path or a file-name pattern reads. */
const form = /^--([a-z][a-z-]{1,30})(?:=([A-Za-z0-9][A-Za-z0-9_.,:@+*=&|()[\]-]{0,199}))?$/;
const slurmOptionRule = "an option of sbatch about nodes, tasks, memory, GPUs, account or quality of service, written --name=value (not --output, --wrap, --export, --array, --uid and the like)";
/** Reads one option; null: it is not one of those that are passed on. */
function slurmOption(text) {
	const [, name = "", value] = form.exec(text) ?? [];
	return allowed.has(name) ? {
		name,
		value: value ?? null
	} : null;
}

// core/config/cluster-schema.ts
const folder = string().max(200).regex(/^(?!.*\/\.{1,2}(?:\/|$))(?:\/[A-Za-z0-9_.-]+)+$/, "an absolute path such as /mnt/gatehouse: letters, digits, \"_\", \".\", \"-\", without \"..\" or a slash at its end");
const label$1 = (what) => string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, `${what}: a-z, 0-9 and "-" inside, at most 63 characters`);
const word = (what) => string().regex(/^[A-Za-z0-9][\w.:@/-]{0,199}$/, `${what}: letters, digits and . _ - : @ /, at most 200 characters`);
const sharedFields = {
	shared: folder.describe("Folder that runner and engine both have mounted: code and data go in, results come out."),
	"shared-as": folder.optional().describe("Path of that folder on the machines of the engine, where it is another one.")
};
const raySchema = strictObject({
	kind: literal("ray").describe("A Ray cluster, by its Jobs API."),
	address: webAddress.describe("Dashboard of the Ray cluster, which serves the Jobs API."),
	"runtime-env": filePath.optional().describe("File with the runtime environment (YAML or JSON)."),
	...sharedFields
});
const kubernetesSchema = strictObject({
	kind: literal("kubernetes").describe("A Job or RayJob on Kubernetes, by kubectl."),
	manifest: filePath.describe("One Job (batch/v1) or RayJob (ray.io/v1)."),
	namespace: label$1("a namespace").describe("Namespace in which the job runs."),
	context: word("a context").optional().describe("Context of the runner's kubeconfig."),
	...sharedFields
});
const slurmSchema = strictObject({
	kind: literal("slurm").describe("A Slurm cluster, by sbatch."),
	options: array(string().refine((text) => slurmOption(text) !== null, { error: slurmOptionRule })).max(40).refine((options) => new Set(options.map((text) => slurmOption(text)?.name)).size === options.length, { error: "every option once" }).default([]).describe("Options of sbatch that say what the job needs."),
	partition: string().regex(/^[A-Za-z0-9][\w.,-]{0,99}$/, "a partition: letters, digits and . , _ -").optional().describe("Partition, or several with commas."),
	...sharedFields
});
/** `train.cluster` of model.yml, as people write it. */
const clusterSchema = discriminatedUnion("kind", [
	raySchema,
	kubernetesSchema,
	slurmSchema
]).describe("Hands the command to an engine made for work of many machines.");
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
function toCluster(written) {
	const shared = {
		folder: written.shared,
		seenAs: written["shared-as"] ?? written.shared
	};
	switch (written.kind) {
		case "ray": {
			const runtimeEnv = written["runtime-env"];
			return {
				kind: "ray",
				address: written.address.replace(/\/+$/, ""),
				...runtimeEnv === void 0 ? {} : { runtimeEnv },
				shared
			};
		}
		case "kubernetes": {
			const { manifest, namespace, context } = written;
			return {
				kind: "kubernetes",
				manifest,
				namespace,
				...context === void 0 ? {} : { context },
				shared
			};
		}
		case "slurm": {
			const { options, partition } = written;
			return {
				kind: "slurm",
				options,
				...partition === void 0 ? {} : { partition },
				shared
			};
		}
	}
}

// core/config/search.ts
const searchMethods = [
	"grid",
	"random",
	"halving",
	"hyperband",
	"tpe"
];

// core/config/search-check.ts
/** What the shape of the file alone does not tell. */
function searchRuleBreaks(search) {
	const ranges = Object.entries(search.space).flatMap(([name, written]) => "from" in written ? [[name, written]] : []);
	const wrong = ranges.flatMap(([name, range]) => rangeBreaks(range).map(({ path, allowed }) => ({
		path: [
			"space",
			name,
			...path
		],
		allowed
	})));
	return [
		...wrong,
		...search.method === "grid" && wrong.length === 0 ? gridBreaks(search, ranges) : [],
		...resourceBreaks(search),
		...goalBreaks(search)
	];
}
function rangeBreaks({ from, to, scale, step, whole }) {
	const breaks = [];
	const say = (key, allowed) => breaks.push({
		path: [key],
		allowed
	});
	if (from >= to) say("to", `a number above from, which is ${from}`);
	if (scale === "log" && from <= 0) say("from", "a number above 0: the logarithm of 0 and less does not exist");
	if (step !== void 0) {
		if (scale === "log") say("step", "no step with scale: log; write a list of values instead");
		else if (step <= 0 || step > to - from) say("step", "a number above 0, not above to - from");
		else if ((to - from) / step > 1e9) say("step", "a step that divides the range into at most 1,000,000,000");
	}
	if (whole) {
		for (const [key, value] of Object.entries({
			from,
			to,
			step: step ?? 1
		})) if (!Number.isSafeInteger(value)) say(key, "a whole number, because of whole: true");
	}
	return breaks;
}
function gridBreaks({ space, trials }, ranges) {
	const endless = ranges.filter(([, { step, whole }]) => step === void 0 && !whole);
	if (endless.length > 0) return endless.map(([name]) => ({
		path: ["space", name],
		allowed: "a list, or a range with step or whole: a grid cannot try every number between two"
	}));
	const points = Object.values(space).reduce((product, written) => product * ("from" in written ? countSteps(written) : written.length), 1);
	return points <= trials ? [] : [{
		path: ["trials"],
		allowed: `at least ${points}: the grid has ${points} points, or fewer values in space`
	}];
}
/** Values of a range with steps. A hair is added: 0.3 / 0.1 is below 3. */
const countSteps = ({ from, to, step = 1 }) => Math.floor((to - from) / step + 1e-9) + 1;
function resourceBreaks({ method, resource }) {
	const hasRungs = method === "halving" || method === "hyperband";
	if (hasRungs && resource === void 0) return [{
		path: ["resource"],
		allowed: "{ name: epochs, least: 1, most: 27, reduction: 3 }"
	}];
	if (resource === void 0) return [];
	if (!hasRungs) return [{
		path: ["resource"],
		allowed: `no resource with method: ${method}, only halving and hyperband share one out`
	}];
	const { least, most, reduction } = resource;
	return most >= least * reduction ? [] : [{
		path: ["resource", "most"],
		allowed: `at least ${least * reduction}, least times reduction: else there is one rung`
	}];
}
function goalBreaks({ metric, goal }) {
	const direction = directionOf(metric.replaceAll("_", "-"));
	if (direction === null) return [];
	const known = direction === "higher" ? "maximize" : "minimize";
	return known === goal ? [] : [{
		path: ["goal"],
		allowed: `${known}, as ${metric} is read`
	}];
}

// core/config/search-schema.ts
const parameterName = string().regex(/^[A-Za-z][\w.-]{0,99}$/, "a name of letters, digits, \"_\", \"-\" and \".\", at most 100 characters, first a letter");
const searchValue = union([
	string().min(1).max(200).refine((text) => text.isWellFormed()),
	finite,
	boolean()
], { error: "a text of at most 200 characters, a finite number, true or false" });
const listSchema = array(searchValue).min(1, "at least one value").max(200).refine((values) => new Set(values).size === values.length, { error: "every value once" }).describe("The values that are tried.");
const rangeSchema = strictObject({
	from: finite.describe("Lowest value."),
	to: finite.describe("Highest value."),
	scale: _enum(["linear", "log"]).default("linear").describe("log: as many trials from 0.001 to 0.01 as from 0.01 to 0.1."),
	step: finite.optional().describe("Only from, from + step, from + 2 steps ..."),
	whole: boolean().default(false).describe("Whole numbers alone.")
}).describe("Every number between two.");
const dimensionSchema = union([listSchema, rangeSchema], { error: "a list of values, each once, or { from, to, scale: linear or log, step, whole } with numbers from and to" });
const positive = (most, what) => number(`a number above 0, at most ${most}`).refine((value) => value > 0 && value <= most, { error: `a number above 0, at most ${most}` }).describe(what);
const resourceSchema = strictObject({
	name: parameterName.describe("What it is, for the report: epochs, rows, minutes."),
	least: positive(0xe8d4a51000, "What a trial of the first rung gets."),
	most: positive(0xe8d4a51000, "What a trial of the last rung gets."),
	reduction: count(2, 10).default(3).describe("One of so many goes on to the next rung, with so many times the resource.")
}).describe("halving and hyperband: what trials get little of first. Handed over as GATEHOUSE_RESOURCE.");
/** `train.search` of model.yml, as people write it. */
const searchSchema = strictObject({
	method: _enum(searchMethods).describe("How the next trials are chosen."),
	space: record(parameterName, dimensionSchema).refine((space) => Object.keys(space).length >= 1 && Object.keys(space).length <= 50, { error: "1 to 50 parameters" }).describe("What is tried, by the name of the parameter. Reaches the command as the file GATEHOUSE_PARAMETERS."),
	trials: count(1, 1e3).describe("Points of the space that are tried at most."),
	parallel: count(1, 256).default(4).describe("Trainings that run at once."),
	seed: count(0, 4294967295).default(1).describe("Another seed tries other points."),
	metric: prose.max(200, "a name of at most 200 characters").describe("Name in the command's own metrics file, of validation data: never what the judge holds out."),
	goal: _enum(["maximize", "minimize"]).describe("Whether more or less of the metric is better."),
	resource: resourceSchema.optional(),
	budget: strictObject({
		hours: positive(1e6, "Hours of all trials together.").optional(),
		cost: positive(1e9, "Cost of all trials together, in the currency of the policy's prices.").optional()
	}).refine(({ hours, cost }) => hours !== void 0 || cost !== void 0, { error: "at least one of \"hours\" and \"cost\"" }).optional().describe("Ends the search when it is spent.")
}).superRefine((search, context) => {
	for (const { path, allowed } of searchRuleBreaks(search)) context.addIssue({
		code: "custom",
		path: [...path],
		message: allowed,
		input: search
	});
}).describe("Tries many parameters and finds the best on validation data.");

// core/config/train-schema.ts
const label = string().regex(/^[A-Za-z0-9_][\w .:=/-]{0,99}$/, "a label of a runner: letters, digits, \"_\", \"-\", at most 100 characters");
const dotted = string().regex(/^\d{1,4}(?:\.\d{1,4}){0,3}$/, "a version in quotes: numbers and dots, for example \"8.0\" or \"535.104\"");
const gibibytes = (what) => finite.min(0, "a number of 0 or more").max(1e6).describe(what);
/** A variable whose value may stand in a record that everybody reads. */
const variable = string().regex(/^(?!.*(?:TOKEN|SECRET|PASSW|CREDENTIAL|KEY|AUTH))(?!GITHUB_|ACTIONS_|RUNNER_|INPUT_|GATEHOUSE_)[A-Z_][A-Z0-9_]{0,99}$/i, "the name of a variable that holds no secret (none with TOKEN, SECRET, PASSWORD, CREDENTIAL, KEY, AUTH) and is not of the runner");
const needsSchema = strictObject({
	gpus: count(0, 64).default(0).describe("GPUs that the command can see."),
	"gpu-memory-gib": gibibytes("Memory of each GPU, in GiB.").optional(),
	"compute-capability": dotted.optional().describe("Lowest CUDA compute capability of each GPU, for example \"8.0\"."),
	driver: dotted.optional().describe("Lowest version of the GPU driver, for example \"535.104\"."),
	"memory-gib": gibibytes("Main memory of the machine, in GiB.").optional(),
	"disk-gib": gibibytes("Free disk where the job works, in GiB.").optional()
}).describe("What the machine must have: checked in seconds before the command starts.");
const retrySchema = strictObject({
	attempts: count(1, 10).default(1).describe("Attempts in all, the first included."),
	"backoff-seconds": count(0, 3600).default(30).describe("Wait before the second attempt; doubled for each further one."),
	causes: array(_enum(retryCauses)).max(retryCauses.length).default(["lost-runner", "killed"]).describe("Ends after which it is tried again. Bad code is no such end.")
}).describe("When a training that broke off is tried again.");
/** `train` of model.yml, as people write it. */
const trainSchema = strictObject({
	command: command.describe("Trains. Reads the folder GATEHOUSE_DATA."),
	artifact: filePath.describe("The model file that the command writes."),
	metrics: filePath.optional().describe("File or folder with the metrics that the command claims: JSON, YAML, TOML, dvclive, MLflow."),
	"timeout-minutes": count(1, 7200).default(360).describe("Stopped after this long, all attempts together."),
	"runs-on": array(label).max(20).default([]).describe("Labels of the runners it needs, as in the workflow: told when no runner comes."),
	"queue-minutes": count(1, 1440).default(30).describe("Queued longer than this: the check says that no runner comes."),
	image: string().regex(/^[a-z0-9][a-zA-Z0-9._:/-]{0,300}@sha256:[0-9a-f]{64}$/, "an image by digest: registry/name@sha256:<64 hex> (a tag can be moved, a digest cannot)").optional().describe("Container image in which the command runs, by digest."),
	needs: needsSchema.prefault({}),
	parameters: array(filePath).max(20).default([]).describe("Parameter files (JSON or YAML) whose values are recorded."),
	"lock-files": array(filePath).max(20).default([]).describe("Lock files of the environment: their digests are recorded."),
	environment: array(variable).max(50).default([]).describe("Variables that the command gets and the record shows."),
	seed: count(0, 4294967295).optional().describe("Handed over as GATEHOUSE_SEED and recorded."),
	progress: array(filePath).max(10).default([]).describe("Files or folders in which the command writes progress (dvclive, MLflow), besides what it prints."),
	checkpoint: strictObject({
		folder: filePath.describe("Folder in which the command keeps what it needs to go on."),
		"every-minutes": count(1, 1440).default(10).describe("Kept safe at least this often.")
	}).optional().describe("What a further attempt goes on from: handed over as GATEHOUSE_CHECKPOINT."),
	retry: retrySchema.prefault({}),
	"on-newer-push": _enum(["cancel", "finish"]).default("cancel").describe("What happens to a training whose pull request gets a newer commit."),
	cluster: clusterSchema.optional(),
	pipeline: filePath.optional().describe("A dvc.yaml whose stages train: only what changed runs again. The command is then not run."),
	search: searchSchema.optional()
}).refine(({ search, metrics }) => search === void 0 || metrics !== void 0, {
	error: "the JSON file in which the command claims the metric of the search",
	path: ["metrics"]
}).superRefine((train, context) => {
	if (train.cluster === void 0) return;
	for (const key of ["image", "pipeline"]) {
		if (train[key] === void 0) continue;
		const message = `no ${key} beside cluster: the engine's own settings name the image, and it runs train.command`;
		context.addIssue({
			code: "custom",
			path: [key],
			message,
			input: train[key]
		});
	}
}).describe("How it is trained.");

// core/config/model-schema.ts
const heldOutSchema = strictObject({
	features: filePath.describe("A .dvc pointer or a CSV file with the key column and the features, without labels."),
	key: columnName.describe("Column that names a row; it joins features, predictions and labels."),
	labels: strictObject({
		url: webAddress.describe("Answers with CSV (key, label) to the judge and to nobody else."),
		audience: string().regex(/^(?!gatehouse:)[\x21-\x7e]{1,200}$/i, "printable characters without spaces, at most 200, that do not begin with \"gatehouse:\"").describe("Audience of the OIDC token with which the judge asks."),
		sha256: sha256.describe("SHA-256 of the answer: other labels are not believed."),
		column: columnName.optional().describe("Name of the label column; every task but scored-examples needs it."),
		weight: columnName.optional().describe("Column of the label file that says how much a row counts. Absent: all the same."),
		group: columnName.optional().describe("Column of the label file whose rows belong together; of a ranking the query.")
	}).describe("Where the judge gets the labels."),
	validation: strictObject({
		features: filePath.describe("Rows with key and features: a .dvc pointer or a CSV file."),
		labels: filePath.describe("CSV or .dvc pointer with key and label: these are no secret.")
	}).optional().describe("Rows on which a threshold is chosen: never the held-out ones.")
}).describe("The rows on which every version of this model is judged.");
const noiseFloorSchema = record(columnName, finite.gt(0, "a number above 0, in units of the metric")).refine((floor) => Object.keys(floor).length > 0 && Object.keys(floor).length <= 50, { error: "one to 50 metrics, for example { auc: 0.003 }" }).describe("How far two trainings with other seeds lie apart, by metric: a gain must exceed it.");
/** `models/<model>/model.yml` as people write it. */
const modelSchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	task: _enum(tasks).default("binary-classification").describe("What the model does."),
	description: prose.describe("What the model is for: shown on its card."),
	owners: roleSchema.describe("Who answers for the model: the role \"owner\" in approvals."),
	risk: riskSchema.describe("Risk class; the policy may ask for more approvals for a higher one."),
	limitations: prose.describe("Where it must not be trusted: shown on its card, never empty."),
	datasets: array(name).min(1, "at least one dataset").max(50).describe("Datasets it trains on: names of datasets/<name>.yml."),
	"drift-limits": driftLimitsSchema.optional(),
	paths: array(glob).min(1, "at least one path: a model without files could change unseen").max(100).describe("Files that make this model. A change of one of them is a proposal."),
	train: trainSchema,
	predict: strictObject({
		command: command.describe("Scores: reads GATEHOUSE_MODEL and GATEHOUSE_INPUT, writes key,score to GATEHOUSE_OUTPUT."),
		"timeout-minutes": count(1, 360).default(60).describe("Stopped after this long.")
	}).describe("How rows are scored with it."),
	"held-out": heldOutSchema,
	"production-like": productionLikeSchema.optional(),
	decision: decisionSchema.optional(),
	prediction: predictionSchema.optional(),
	metrics: customMetricsSchema.optional(),
	scorers: scorersSchema.optional(),
	slices: slicesSchema.optional(),
	explain: explainSchema.optional(),
	latency: latencySchema.optional(),
	"noise-floor": noiseFloorSchema.optional(),
	gates: array(gateSchema).min(1, "at least one gate").max(50).describe("What a version must reach. Without a comparison the policy adds one on the first metric."),
	criteria: criteriaSchema.optional(),
	"rollback-triggers": rollbackTriggersSchema.optional(),
	...dutyShape,
	endpoints: array(name).max(100).default([]).describe("Where versions can serve."),
	"feature-version": prose.default("unknown").describe("Version of the feature definitions."),
	"serving-image": string().regex(/^(?:unknown|[\x21-\x7e]{1,300}@sha256:[0-9a-f]{64})$/, "unknown, or an image by digest: registry/name@sha256:<64 hex>").default("unknown").describe("Image that serves it, by digest."),
	fallback: prose.default("unknown").describe("What serves when the model does not: a rule, a safe default.")
}).describe("One model: models/<model>/model.yml");
const versionNumber = count(1, 999999);
const versions = array(versionNumber).max(1e3).optional();
/** `models/<model>/stages.yml` as people write it. */
const stagesSchema = strictObject({
	production: record(name, versionNumber).nullish().describe("Endpoint to version, for example { eu: 7 }."),
	staging: versions.describe("Versions in staging."),
	candidate: versions.describe("Versions that may go to production next."),
	archived: versions.describe("Versions out of use."),
	rejected: versions.describe("Versions that may never be used.")
}).describe("Desired stages of one model: models/<model>/stages.yml");

// core/config/parse-once.ts
/** Characters of the texts whose values are kept, for each parser: those of 10,000 models are 15 million. */
const maxChars = 33554432;
/**
* A parser that gives the same value for the same text: every look at a pull request reads the configuration of all
* models, and next to none of it is new. What cannot be parsed is parsed again. Values are frozen, since many share them.
* @param parse pure; what it says depends on the text and the names alone
*/
function parseOnce(parse, most = maxChars) {
	const known = /* @__PURE__ */ new Map();
	let chars = 0;
	return (text, ...names) => {
		const key = [...names, text].join("\n");
		const found = known.get(key);
		const value = found ?? freeze(parse(text, ...names));
		known.delete(key);
		known.set(key, value);
		if (found === void 0) chars += key.length;
		for (const [oldest] of known) {
			if (chars <= most) break;
			known.delete(oldest);
			chars -= oldest.length;
		}
		return value;
	};
}
/** All the way down: plain objects and lists are all that a configuration is made of. */
function freeze(value) {
	if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
	for (const each of Object.values(value)) freeze(each);
	return Object.freeze(value);
}

// core/config/search-file.ts
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
function toSearch(written) {
	const { method, trials, parallel, seed, metric, goal, resource, budget } = written;
	return {
		method,
		trials,
		parallel,
		seed,
		metric,
		goal,
		space: Object.entries(written.space).map(([name, one]) => toDimension(name, one)),
		...resource === void 0 ? {} : { resource },
		...budget === void 0 ? {} : { budget: {
			...budget.hours === void 0 ? {} : { hours: budget.hours },
			...budget.cost === void 0 ? {} : { cost: budget.cost }
		} }
	};
}
function toDimension(name, written) {
	if (!("from" in written)) return {
		kind: "list",
		name,
		values: written
	};
	const { from, to, scale, step, whole } = written;
	return {
		kind: "range",
		name,
		from,
		to,
		scale,
		...step === void 0 ? {} : { step },
		whole
	};
}

// core/config/train-file.ts
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
function toTrain(written) {
	const { metrics, image, seed, checkpoint, cluster, pipeline, search } = written;
	return {
		command: written.command,
		artifact: written.artifact,
		...metrics === void 0 ? {} : { metrics },
		timeoutMinutes: written["timeout-minutes"],
		runsOn: written["runs-on"],
		queueMinutes: written["queue-minutes"],
		...image === void 0 ? {} : { image },
		needs: toNeeds(written.needs),
		parameters: written.parameters,
		lockFiles: written["lock-files"],
		environment: written.environment,
		...seed === void 0 ? {} : { seed },
		progress: written.progress,
		...checkpoint === void 0 ? {} : { checkpoint: {
			folder: checkpoint.folder,
			everyMinutes: checkpoint["every-minutes"]
		} },
		retry: {
			attempts: written.retry.attempts,
			backoffSeconds: written.retry["backoff-seconds"],
			causes: written.retry.causes
		},
		onNewerPush: written["on-newer-push"],
		...cluster === void 0 ? {} : { cluster: toCluster(cluster) },
		...pipeline === void 0 ? {} : { pipeline },
		...search === void 0 ? {} : { search: toSearch(search) }
	};
}
function toNeeds(written) {
	const { driver } = written;
	const [gpuMemoryGib, computeCapability, memoryGib, diskGib] = [
		written["gpu-memory-gib"],
		written["compute-capability"],
		written["memory-gib"],
		written["disk-gib"]
	];
	return {
		gpus: written.gpus,
		...gpuMemoryGib === void 0 ? {} : { gpuMemoryGib },
		...computeCapability === void 0 ? {} : { computeCapability },
		...driver === void 0 ? {} : { driver },
		...memoryGib === void 0 ? {} : { memoryGib },
		...diskGib === void 0 ? {} : { diskGib }
	};
}

// core/config/model-file.ts
/**
* Reads `models/<model>/model.yml`.
* @param modelName the part of the path between `models/` and `/model.yml`: pull-request controlled
* @throws InputError CONFIG_INVALID with every problem as a finding
*/
function parseModelConfig(text, source, modelName) {
	if (!isModelName(modelName)) throw invalid(source, [wrongName(modelName, source)]);
	const { value, source: read } = parseFile(text, source, modelSchema);
	const { judging, problems } = readJudging(value);
	refuseProblems(read, problems);
	const limits = value["drift-limits"];
	const suite = value["production-like"];
	const triggers = value["rollback-triggers"];
	return {
		version: value.version,
		model: modelName,
		task: value.task,
		description: value.description,
		owners: toRole(value.owners),
		risk: value.risk,
		limitations: value.limitations,
		datasets: value.datasets,
		...limits === void 0 ? {} : { driftLimits: toDriftLimits(limits) },
		paths: value.paths,
		train: toTrain(value.train),
		predict: {
			command: value.predict.command,
			timeoutMinutes: value.predict["timeout-minutes"]
		},
		heldOut: toHeldOut(value["held-out"]),
		...suite === void 0 ? {} : { productionLike: suite },
		...judging,
		...toDuties(value),
		gates: toGateList(value.gates),
		endpoints: value.endpoints,
		...triggers === void 0 ? {} : { rollbackTriggers: toRollbackTriggers(triggers) },
		featureVersion: value["feature-version"],
		servingImage: value["serving-image"],
		fallback: value.fallback
	};
}
/** The same, kept: a look reads the files of all models. */
const parseModelOnce = parseOnce(parseModelConfig);
function toHeldOut({ features, key, labels, validation }) {
	const { url, audience, sha256, column, weight, group } = labels;
	return {
		features,
		key,
		labels: {
			url,
			audience,
			sha256,
			...column === void 0 ? {} : { column },
			...weight === void 0 ? {} : { weight },
			...group === void 0 ? {} : { group }
		},
		...validation === void 0 ? {} : { validation }
	};
}
function wrongName(name, source) {
	return {
		code: "config/name",
		severity: "fail",
		message: `"${name.slice(0, 200)}" cannot be the name of a model`,
		where: {
			file: source,
			line: 1,
			column: 1,
			pointer: ""
		},
		found: name.slice(0, 200),
		allowed: `${nameRule$2}; one namespace at most: growth/churn`,
		fix: "Rename the folder: the name of a model is its path under models/."
	};
}

export { countSteps as a, mostRequests as c, stagesSchema as i, parseModelOnce as n, tasks as o, parseOnce as r, mostRate as s, parseModelConfig as t };