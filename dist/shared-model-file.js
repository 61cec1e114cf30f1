import { A as count, Ct as strictObject, D as columnName, Et as union, F as prose, Ft as isModelName, I as sha256, L as webAddress, Lt as nameRule, M as finite, N as glob, O as command, P as name, S as roleSchema, St as record, T as driftLimitsSchema, V as toDriftLimits, Zt as toGate, bt as number, ft as array, ht as discriminatedUnion, j as filePath, n as parseFile, nn as toRole, pt as boolean, t as invalid, ut as _enum, vt as literal, wt as string, x as riskSchema, y as gateSchema } from "./shared-parse.js";

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
/** Metrics whose direction is known, as gates name them and as libraries write them. */
const better = {
	auc: "maximize",
	accuracy: "maximize",
	"log-loss": "minimize",
	log_loss: "minimize",
	brier: "minimize"
};
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
	const known = Object.hasOwn(better, metric) ? better[metric] : void 0;
	return known === void 0 || known === goal ? [] : [{
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

// core/config/train.ts
/** Ends of an attempt after which another one may help. `failed` (the command said so itself) is never among them. */
const retryCauses = [
	"lost-runner",
	"killed",
	"out-of-memory",
	"gpu-out-of-memory",
	"out-of-disk",
	"service"
];

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
	metrics: filePath.optional().describe("JSON file with the metrics that the command claims."),
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
		column: columnName.describe("Name of the label column.")
	}).describe("Where the judge gets the labels.")
}).describe("The rows on which every version of this model is judged.");
/** `models/<model>/model.yml` as people write it. */
const modelSchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	task: _enum(["binary-classification"]).default("binary-classification").describe("What the model does."),
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
	gates: array(gateSchema).min(1, "at least one gate").max(50).describe("What a version must reach. Without a comparison the policy adds one on the first metric."),
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
	const { value } = parseFile(text, source, modelSchema);
	const limits = value["drift-limits"];
	const suite = value["production-like"];
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
		heldOut: value["held-out"],
		...suite === void 0 ? {} : { productionLike: suite },
		gates: value.gates.map(toGate),
		endpoints: value.endpoints,
		featureVersion: value["feature-version"],
		servingImage: value["serving-image"],
		fallback: value.fallback
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
		allowed: `${nameRule}; one namespace at most: growth/churn`,
		fix: "Rename the folder: the name of a model is its path under models/."
	};
}

export { countSteps as i, stagesSchema as n, retryCauses as r, parseModelConfig as t };