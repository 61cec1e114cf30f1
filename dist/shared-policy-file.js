import { $ as array, A as roleSchema, B as filePath, D as gateSchema, F as driftLimitsSchema, G as sha256, H as glob, I as columnName, K as webAddress, L as command, O as policySchema, T as toDriftLimits, U as name, V as finite, W as prose, Y as nameRule, Z as _enum, _ as dump, a as refuseProblems, bt as suggest, ct as strictObject, f as sameValue, i as parseFile, it as literal, k as riskSchema, lt as string, n as toRole, nt as discriminatedUnion, o as nameOf, ot as number, q as isModelName, r as invalid, st as record, z as count } from "./shared-contract-file.js";

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
	pipeline: filePath.optional().describe("A dvc.yaml whose stages train: only what changed runs again. The command is then not run.")
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

// core/config/preset.ts
const quorum$1 = (lines) => ({ approvals: Object.entries(lines).map(([role, count]) => ({
	role,
	count
})) });
const notWorse = (margin) => ({
	versus: "not-worse",
	margin
});
/** Half is what tossing a coin reaches. */
const betterThanChance = [{
	metric: "auc",
	min: .5
}];
const highRisk = {
	risk: ["high"],
	to: ["production"],
	...quorum$1({ governor: 1 })
};
/** A few people who know each other: one pair of eyes for a version, an owner for production. */
const smallTeam = {
	judgeRunner: "github-hosted",
	proposal: {
		...quorum$1({ reviewer: 1 }),
		onMerge: "staging"
	},
	stages: {
		staging: quorum$1({ reviewer: 1 }),
		candidate: quorum$1({ reviewer: 1 }),
		production: quorum$1({ owner: 1 }),
		archived: quorum$1({ owner: 1 }),
		rejected: quorum$1({ reviewer: 1 })
	},
	rollback: quorum$1({ owner: 1 }),
	configuration: quorum$1({ governor: 1 }),
	defaults: {
		gates: [],
		minimumRows: 100,
		comparison: notWorse(.01)
	},
	addWhen: [highRisk]
};
/** Several teams on one repository: a reviewer and an owner agree on production. */
const team = {
	...smallTeam,
	stages: {
		...smallTeam.stages,
		production: quorum$1({
			reviewer: 1,
			owner: 1
		}),
		archived: quorum$1({ owner: 1 })
	},
	defaults: {
		gates: betterThanChance,
		minimumRows: 500,
		comparison: notWorse(.005)
	}
};
/** Somebody outside asks who decided: two reviewers for a version, risk signs production, two governors the rules. */
const regulated = {
	judgeRunner: "github-hosted",
	proposal: {
		...quorum$1({ reviewer: 2 }),
		onMerge: "registered"
	},
	stages: {
		staging: quorum$1({ reviewer: 1 }),
		candidate: quorum$1({
			reviewer: 1,
			risk: 1
		}),
		production: quorum$1({
			reviewer: 1,
			owner: 1,
			risk: 1
		}),
		archived: quorum$1({
			owner: 1,
			risk: 1
		}),
		rejected: quorum$1({ reviewer: 1 })
	},
	rollback: quorum$1({ owner: 1 }),
	configuration: quorum$1({ governor: 2 }),
	defaults: {
		gates: betterThanChance,
		minimumRows: 1e3,
		comparison: notWorse(.002)
	},
	addWhen: [highRisk]
};
const presets = {
	"small-team": smallTeam,
	team,
	regulated
};
const approvedStages = [
	"staging",
	"candidate",
	"production",
	"archived",
	"rejected"
];

// core/config/policy-resolution.ts
/** Lays a file over its preset. Total: what the schema lets through has a policy, `checkPolicy` judges it. */
function resolvePolicy(written) {
	const preset = presets[written.preset];
	const { stages } = written;
	const quorum = (base, own) => ({ approvals: addApprovals(base.approvals, own?.approvals) });
	return {
		version: written.version,
		preset: written.preset,
		branches: written.branches ?? [],
		ledger: { branch: written.ledger?.branch ?? "gatehouse-ledger" },
		store: written.store,
		data: written.data,
		hosts: written.hosts ?? [],
		privateHosts: written["private-hosts"] ?? [],
		trusted: resolveTrusted(written.trusted),
		judgeRunner: written["judge-runner"] ?? preset.judgeRunner,
		roles: Object.fromEntries(Object.entries(written.roles).map(([name, role]) => [name, toRole(role)])),
		proposal: {
			...quorum(preset.proposal, written.proposal),
			onMerge: written.proposal?.["on-merge"] ?? preset.proposal.onMerge
		},
		stages: {
			staging: quorum(preset.stages.staging, stages?.staging),
			candidate: quorum(preset.stages.candidate, stages?.candidate),
			production: quorum(preset.stages.production, stages?.production),
			archived: quorum(preset.stages.archived, stages?.archived),
			rejected: quorum(preset.stages.rejected, stages?.rejected)
		},
		rollback: quorum(preset.rollback, written.rollback),
		configuration: quorum(preset.configuration, written.configuration),
		defaults: resolveDefaults(written.defaults, preset.defaults),
		addWhen: addNew(preset.addWhen, (written["add-when"] ?? []).map(toCondition))
	};
}
function resolveDefaults(written, preset) {
	const comparison = {
		versus: written?.comparison?.versus ?? preset.comparison.versus,
		margin: written?.comparison?.margin ?? preset.comparison.margin
	};
	const own = (written?.gates ?? []).map((gate) => fillMargin(toGate(gate), comparison));
	return {
		gates: addNew(preset.gates, own),
		minimumRows: written?.["minimum-rows"] ?? preset.minimumRows,
		comparison
	};
}
/** Role by role the larger number: a file can ask for more people than its preset, and for other roles besides. */
function addApprovals(base, own) {
	const lines = new Map(base.map(({ role, count }) => [role, count]));
	for (const [role, count] of Object.entries(own ?? {})) lines.set(role, Math.max(count, lines.get(role) ?? 0));
	return [...lines].map(([role, count]) => ({
		role,
		count
	}));
}
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
function toGate(written) {
	return {
		metric: written.metric,
		...written.min === void 0 ? {} : { min: written.min },
		...written.max === void 0 ? {} : { max: written.max },
		...written.versus === void 0 ? {} : { versus: written.versus },
		...written.margin === void 0 ? {} : { margin: written.margin }
	};
}
/** "Not worse" with a margin of 0 would mean better: the policy's own margin is what a team means by it. */
function fillMargin(gate, comparison) {
	if (gate.versus === void 0 || gate.margin !== void 0) return gate;
	return {
		...gate,
		margin: gate.versus === "not-worse" ? comparison.margin : 0
	};
}
function toCondition(written) {
	return {
		...written.risk === void 0 ? {} : { risk: written.risk },
		...written.to === void 0 ? {} : { to: written.to },
		approvals: addApprovals([], written.approvals)
	};
}
/** A preset printed in full and read again must not double its own lines. */
function addNew(base, own) {
	return [...base, ...own.filter((item) => !base.some((known) => sameValue(known, item)))];
}
function resolveTrusted(written) {
	const workflow = (file) => ({
		path: `${written.repository}/.github/workflows/${file}`,
		shas: written.shas
	});
	return {
		validate: workflow(written["validate-workflow"]),
		judge: workflow(written["judge-workflow"])
	};
}

// core/config/train-file.ts
/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
function toTrain(written) {
	const { metrics, image, seed, checkpoint, pipeline } = written;
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
		...pipeline === void 0 ? {} : { pipeline }
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

// core/config/policy-check.ts
/** `owner` is read from model.yml or the contract, whichever is at stake. */
const ownerRole = "owner";
/** What the schema cannot see: roles that exist nowhere, fewer approvals than the preset. */
function checkPolicy(written, policy) {
	const quorums = quorumsOf(written, policy);
	return [
		...Object.hasOwn(written.roles, "owner") ? [writtenOwner] : [],
		...quorums.flatMap(belowPreset),
		...unknownRoles(quorums, policy)
	];
}
const writtenOwner = {
	code: "config/owner-role",
	message: "the role \"owner\" is not written here",
	path: ["roles", ownerRole],
	at: "key",
	found: "roles.owner",
	allowed: "owners in models/<model>/model.yml, owner in datasets/<dataset>.yml",
	fix: "Remove it: an approval of \"owner\" needs whom the file at stake names."
};
function quorumsOf(written, policy) {
	const preset = presets[written.preset];
	const named = (key) => ({
		path: [key, "approvals"],
		preset: preset[key].approvals,
		resolved: policy[key].approvals,
		written: written[key]?.approvals
	});
	return [
		named("proposal"),
		...approvedStages.map((stage) => ({
			path: [
				"stages",
				stage,
				"approvals"
			],
			preset: preset.stages[stage].approvals,
			resolved: policy.stages[stage].approvals,
			written: written.stages?.[stage]?.approvals
		})),
		named("rollback"),
		named("configuration"),
		...policy.addWhen.map(({ approvals }, at) => {
			const own = at - (policy.addWhen.length - (written["add-when"]?.length ?? 0));
			return {
				path: [
					"add-when",
					own,
					"approvals"
				],
				preset: [],
				resolved: approvals,
				written: written["add-when"]?.[own]?.approvals
			};
		})
	];
}
/** A smaller number in the file would read as if it held. It does not, so it must not stand there. */
function belowPreset(quorum) {
	return quorum.preset.flatMap(({ role, count }) => {
		const own = quorum.written?.[role];
		if (own === void 0 || own >= count) return [];
		return [{
			code: "config/below-preset",
			message: `${nameOf(quorum.path)} asks for ${own} of role "${role}", the preset for ${count}`,
			path: [...quorum.path, role],
			found: String(own),
			allowed: `${count} or more`,
			fix: `Write ${count} or more, leave the line out, or choose a smaller preset.`
		}];
	});
}
/** One problem a role: a role that a preset needs is missing at one place, however many quorums name it. */
function unknownRoles(quorums, policy) {
	const known = [...Object.keys(policy.roles), ownerRole];
	const seen = /* @__PURE__ */ new Set();
	return quorums.flatMap((quorum) => quorum.resolved.flatMap(({ role }) => {
		if (known.includes(role)) return [];
		if (quorum.written !== void 0 && Object.hasOwn(quorum.written, role)) return [unknownRole([...quorum.path, role], role, known)];
		if (seen.has(role)) return [];
		seen.add(role);
		return [missingRole(role, policy.preset, nameOf(quorum.path))];
	}));
}
function unknownRole(path, role, known) {
	const meant = suggest(role, known);
	return {
		code: "config/unknown-role",
		message: `no role "${role}" is defined${meant === null ? "" : `. Did you mean "${meant}"?`}`,
		path,
		at: "key",
		found: role,
		allowed: known.join(", "),
		fix: meant === null ? `Define roles.${role} or use one of the roles above.` : `Write "${meant}".`
	};
}
function missingRole(role, preset, where) {
	return {
		code: "config/missing-role",
		message: `the preset "${preset}" needs a role "${role}" (${where}), and none is defined`,
		path: ["roles"],
		at: "key",
		allowed: `roles.${role} with at least one user or team`,
		fix: `Add to roles: ${role}: { users: [login] }`
	};
}

// core/config/policy-file.ts
/**
* Reads `.github/gatehouse.yml` and resolves its preset: every field of the answer is there.
* @param source path of the file, for messages
* @throws InputError CONFIG_INVALID with every problem as a finding: position, what is allowed, the fix
*/
function parsePolicy(text, source) {
	const parsed = parseFile(text, source, policySchema);
	const policy = resolvePolicy(parsed.value);
	refuseProblems(parsed.source, checkPolicy(parsed.value, policy));
	return policy;
}
/**
* Prints a policy in full, with its preset resolved, in the written form.
* @returns YAML; `parsePolicy` of it gives the same policy again.
*/
function renderPolicy(policy) {
	const written = {
		version: policy.version,
		preset: policy.preset,
		...policy.branches.length === 0 ? {} : { branches: [...policy.branches] },
		ledger: { ...policy.ledger },
		store: policy.store,
		data: policy.data,
		...policy.hosts.length === 0 ? {} : { hosts: [...policy.hosts] },
		...policy.privateHosts.length === 0 ? {} : { "private-hosts": [...policy.privateHosts] },
		trusted: renderTrusted(policy.trusted),
		"judge-runner": policy.judgeRunner,
		roles: Object.fromEntries(Object.entries(policy.roles).map(([name, role]) => [name, renderRole(role)])),
		proposal: {
			...quorum(policy.proposal),
			"on-merge": policy.proposal.onMerge
		},
		stages: {
			staging: quorum(policy.stages.staging),
			candidate: quorum(policy.stages.candidate),
			production: quorum(policy.stages.production),
			archived: quorum(policy.stages.archived),
			rejected: quorum(policy.stages.rejected)
		},
		rollback: quorum(policy.rollback),
		configuration: quorum(policy.configuration),
		defaults: {
			gates: policy.defaults.gates.map((gate) => ({ ...gate })),
			"minimum-rows": policy.defaults.minimumRows,
			comparison: { ...policy.defaults.comparison }
		},
		"add-when": policy.addWhen.map(({ risk, to, approvals }) => ({
			...risk === void 0 ? {} : { risk: [...risk] },
			...to === void 0 ? {} : { to: [...to] },
			...quorum({ approvals })
		}))
	};
	return dump(written, {
		noRefs: true,
		lineWidth: -1
	});
}
const quorum = ({ approvals }) => ({ approvals: Object.fromEntries(approvals.map(({ role, count }) => [role, count])) });
const renderRole = (role) => ({
	...role.users.length === 0 ? {} : { users: [...role.users] },
	...role.teams.length === 0 ? {} : { teams: [...role.teams] }
});
function renderTrusted(trusted) {
	const [owner, repository] = trusted.judge.path.split("/");
	const fileOf = (workflow) => workflow.path.split("/").at(-1) ?? "";
	return {
		repository: `${owner}/${repository}`,
		shas: [...trusted.judge.shas],
		"validate-workflow": fileOf(trusted.validate),
		"judge-workflow": fileOf(trusted.judge)
	};
}

export { fillMargin as a, parseModelConfig as i, renderPolicy as n, stagesSchema as o, ownerRole as r, parsePolicy as t };