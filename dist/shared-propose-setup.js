import { r as InputError } from "./shared-error.js";
import { o as contractPath, w as stagesPath, x as policyPath, y as modelPath } from "./shared-layout.js";
import { u as isName } from "./shared-js-yaml.js";
import { K as filePath } from "./shared-policy-resolution.js";
import { t as parseContract } from "./shared-contract-file.js";
import { n as matchesGlob } from "./shared-glob.js";
import { t as parsePipeline } from "./shared-pipeline.js";
import { a as findOwners, c as callerPath, d as readMetrics, l as callerText, m as noCommit, o as findRemote, p as isNowhere, s as findRunners, u as proposeGate } from "./shared-onboarding.js";
import { t as writeYaml } from "./shared-yaml-write.js";
import { t as readRepositoryConfig } from "./shared-repository.js";
import { t as checkRepositoryConfig } from "./shared-check.js";

// core/onboarding/policy-text.ts
/** A role in the written form: an empty list is left out. */
const toRoleValue = ({ users, teams }) => ({
	...users.length === 0 ? {} : { users },
	...teams.length === 0 ? {} : { teams }
});
/**
* Where an editor finds the schema of a file: in the copy of Gatehouse, at the pinned commit.
* @returns no line while no commit is known
* @see https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
*/
const schemaLine = ({ pin }, schema) => pin.sha === noCommit ? [] : [`# yaml-language-server: $schema=https://raw.githubusercontent.com/${pin.repository}/${pin.sha}/schemas/${schema}.schema.json`];
const meaning = {
	"small-team": "one reviewer for a version, an owner for production",
	team: "a reviewer and an owner for production, AUC at least 0.5",
	regulated: "two reviewers for a version, the role risk for production, two governors for rules"
};
const sealLines = ({ sealTo }) => ["# Public key of the app: results on held-out labels are sealed to it, and seen when the app has counted them.", ...sealTo === void 0 ? [
	"# The log of the app names it when it starts. Without it they stand in the summary of the run at once.",
	"# evidence:",
	"#   seal-to: [MIIBIjANBg...]"
] : ["evidence:", `  seal-to: ["${sealTo}"]`]];
/** `.github/gatehouse.yml`, report-only. */
function policyText(answers) {
	const { preset, pin, reviewers, governors, store, data } = answers;
	const risk = preset === "regulated" ? [`  risk: ${writeYaml(toRoleValue(governors))}`] : [];
	const enough = (people) => preset === "regulated" && people.teams.length === 0 && people.users.length < 2 ? {
		users: people.users,
		teams: [`${pin.repository.split("/")[0]}/gatehouse`]
	} : people;
	return [
		...schemaLine(answers, "gatehouse"),
		"# Rules of Gatehouse, proposed by \"gatehouse init\". From its merge on this file judges every change, of itself too.",
		"# \"gatehouse check --print-policy\" prints it with the preset in full.",
		"version: 1",
		"",
		`# ${preset}: ${meaning[preset]}. The other presets: ${Object.keys(meaning).filter((name) => name !== preset).join(", ")}.`,
		`preset: ${preset}`,
		"",
		"# Report only: the check says what it would do and holds up no merge. The ledger takes only what is allowed in any case.",
		"# Take this line out when you have seen enough.",
		"enforce: false",
		"",
		"roles:",
		...reviewers.guessed === true || governors.guessed === true ? ["  # TODO: name people or teams. These are a guess: a name that does not exist approves nothing."] : [],
		"  # Who may approve a new version. Nobody approves what he or she wrote, so name more people than are asked for.",
		`  reviewer: ${writeYaml(toRoleValue(enough(reviewers)))}`,
		"  # Who approves changes of these rules, of workflows, and new models and datasets.",
		`  governor: ${writeYaml(toRoleValue(enough(governors)))}`,
		...risk,
		"",
		"# Where models, predictions and records are kept for good, by digest. Only Gatehouse writes there; never the training.",
		...isNowhere(store) ? ["# TODO: nobody has said where. This address answers nobody."] : [],
		`store: ${writeYaml(store)}`,
		"# The DVC remote with the data.",
		...isNowhere(data) ? ["# TODO: no remote of DVC was found that can be named here."] : [],
		`data: ${writeYaml(data)}`,
		"",
		"# Whose workflows are believed, at which commits. A tag could be moved, a commit cannot.",
		"trusted:",
		`  repository: ${pin.repository}`,
		...pin.sha === noCommit ? ["  # TODO: the commit of your copy of Gatehouse, here and in .github/workflows/gatehouse.yml."] : [],
		`  shas: ["${pin.sha}"]`,
		"",
		...sealLines(answers),
		""
	].join("\n");
}

// core/onboarding/contract-text.ts
/** Days after which a proposed contract ends: whoever has not stated a legal basis by then trains on nothing. */
const contractDays = 90;
/**
* Fills the lines that `inferContract` leaves empty with words that say what is missing. The date is near, so that
* they cannot stay.
* @param inferred text of `inferContract`
* @param expires ISO date
* @param models that may train on it
*/
function contractText(inferred, answers, { expires, models }) {
	const values = {
		description: "TODO: what one row is",
		owner: toRoleValue(answers.governors),
		source: "TODO: where the data comes from",
		"legal-basis": "TODO: what allows its use",
		"approved-by": "TODO: who approved its use",
		expires,
		access: models
	};
	const lines = inferred.split("\n").map((line) => {
		const [, key = ""] = /^([a-z-]+): # TODO /.exec(line) ?? [];
		if (Object.hasOwn(values, key)) return `${key}: ${writeYaml(values[key] ?? "")}`;
		return line.startsWith("# TODO: fill in these seven lines.") ? `# Say these yourself. Nothing may train on it after the day of "expires", ${90} days from now.` : line;
	});
	return [...schemaLine(answers, "contract"), ...lines].join("\n");
}

// core/onboarding/slug.ts
/** Words that name a place or a step, not a model. */
const generic = new Set("model models train training trainer fit src source scripts script artifacts artifact output outputs out data dataset datasets best final checkpoint checkpoints latest pipeline pipelines notebooks notebook ml lib app bin weights saved saved-models save code main run dist build raw processed interim features file files table tables".split(" "));
/** A legal name made of a text; null when nothing of it is left. */
function toSlug(text) {
	const slug = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "");
	return isName(slug) ? slug : null;
}
/** The word of a file name that says what it is about: `train_churn.py` is about `churn`; null: it says only what it does. */
function topicOf(stem) {
	const name = toSlug(stem.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^(?:train(?:ing|er)?|fit)-|-(?:train(?:ing|er)?|fit|models?)$/g, ""));
	return name === null || generic.has(name) ? null : name;
}
/** The nearest word of a path that says what it is about. */
function topicOfPath(path) {
	const parts = path.split("/");
	const stem = (parts.pop() ?? "").replace(/\.dvc$/, "").replace(/\.[^.]+$/, "");
	return [...parts, stem].reverse().reduce((found, part) => found ?? topicOf(part), null);
}

// core/onboarding/survey.ts
const surveyed = [
	/^\.github\/(?:gatehouse|workflows\/[^/]+)\.ya?ml$/,
	/^(?:datasets\/[^/]+|models\/.+\/(?:model|behaviour|stages))\.ya?ml$/,
	/^(?:|docs\/|\.github\/)CODEOWNERS$/,
	/^\.dvc\/config$/,
	/(?:^|\/)dvc\.yaml$/,
	/(?:^|\/)(?:metrics|eval|evaluation|scores)(?:\/[^/]+)?\.json$/
];
/** Folders that hold no work of the team. */
const foreign = /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|\.venv|venv|__pycache__|\.git)\//;
/** Longest path that is looked at: no rule can name a longer one. */
const longestPath = 400;
/** True for a file whose text tells how the team works. */
const isSurveyed = (path) => !isForeign(path) && surveyed.some((form) => form.test(path));
/** True for what is passed over: the work of others, and names that no configuration file can hold. */
const isForeign = (path) => path.length > longestPath || foreign.test(path);
const tableEnding = /\.(?:csv|jsonl|ndjson|parquet)$/;
/** The table behind a path: of a `.dvc` pointer what it points to; null: no table. */
function tableOf(path) {
	const table = path.replace(/\.dvc$/, "");
	return tableEnding.test(table) && !isForeign(path) ? table : null;
}

// core/onboarding/find-datasets.ts
/** Tables that are no training data: made by a model, kept from training, or there for tests. */
const other = /(?:^|\/)(?:tests?|fixtures?|examples?|docs?|samples?)\/|(?:^|[/._-])(?:predictions?|preds|submissions?|scores?|results?|labels?|truth|held-?out|holdout|test|valid(?:ation)?|metrics|plots?)(?=[/._-])/i;
const mostDatasets = 10;
/** True for a table whose name says that training must not see it. */
const isHeldOut = (path) => /(?:held-?out|holdout|(?:^|[/._-])test(?=[/._-]))/i.test(path);
/** Tables that a training may read, each group of numbered files as one. @param known globs of contracts that are there */
function findDatasets(survey, known) {
	const groups = /* @__PURE__ */ new Map();
	const pointers = new Set(survey.paths.filter((path) => path.endsWith(".dvc")));
	for (const path of survey.paths) {
		const table = tableOf(path);
		if (table === null || other.test(table) || !filePath.safeParse(path).success) continue;
		if (path === table && pointers.has(`${table}.dvc`)) continue;
		if (matchesGlob(known, path) || matchesGlob(known, table)) continue;
		const key = table.replace(/(?:[-_.]?\d+)+(?=\.[^./]+$)/, "");
		groups.set(key, [...groups.get(key) ?? [], path]);
	}
	const taken = /* @__PURE__ */ new Set();
	return [...groups].slice(0, mostDatasets).flatMap(([key, files]) => {
		const name = freeName(toSlug(stemOf(key)) ?? topicOfPath(key) ?? "data", taken);
		const local = files.map((file) => file.replace(/\.dvc$/, ""));
		return [{
			name,
			files,
			local,
			atHand: local.every((path) => survey.tables.has(path))
		}];
	});
}
const stemOf = (path) => (path.split("/").at(-1) ?? "").replace(/\.[^.]+$/, "");
function freeName(base, taken) {
	let name = base;
	for (let at = 2; taken.has(name); at += 1) name = `${base}-${at}`;
	taken.add(name);
	return name;
}

// core/onboarding/find-models.ts
const modelEnding = /\.(?:pkl|pickle|joblib|onnx|pt|pth|safetensors|h5|keras|cbm|ubj|gguf|mlmodel|tflite|rds|bst)$/i;
const trainScript = /(?:^|\/)(?:train(?:ing)?(?:[_-][\w-]+)?|[\w-]+[_-]train|fit)\.(py|r|jl|js|mjs|ts|sh)$/i;
const metricsFile = /(?:^|\/)(?:metrics|eval|evaluation|scores)(?:\/[^/]+)?\.json$/;
const mostModels = 20;
/**
* Finds models by the stages of `dvc.yaml`, by model files and their pointers, and by training scripts.
* @param set models that are set up: what one of them owns is no find
*/
function findModels(survey, set, fallback) {
	const paths = survey.paths.filter((path) => !isForeign(path) && filePath.safeParse(path).success);
	const signs = [
		...stageSigns(survey),
		...fileSigns(paths),
		...scriptSigns(paths)
	].filter((sign) => !set.some((model) => owns(model, sign)));
	const joined = /* @__PURE__ */ new Map();
	for (const sign of signs) {
		const name = [...joined].find(([, other]) => isSame(other, sign))?.[0] ?? sign.name ?? fallback;
		const before = joined.get(name);
		joined.set(name, before === void 0 ? sign : join(before, sign));
	}
	const metrics = paths.filter((path) => metricsFile.test(path));
	const taken = new Set(set.map(({ model }) => model));
	return [...joined].filter(([name]) => !taken.has(name)).slice(0, mostModels).map(([name, sign]) => ({
		...sign,
		name,
		predict: sign.predict ?? predictBeside(sign, paths),
		metrics: metricsOf(sign, metrics, survey, joined.size)
	}));
}
const isSame = (a, b) => a.artifact !== null && a.artifact === b.artifact || a.script !== null && a.script === b.script || a.name !== null && a.name === b.name || a.name === null && b.name === null;
const join = (a, b) => ({
	name: a.name ?? b.name,
	artifact: a.artifact ?? b.artifact,
	script: a.script ?? b.script,
	command: a.command ?? b.command,
	predict: a.predict ?? b.predict,
	reads: a.reads.length > 0 ? a.reads : b.reads,
	metrics: a.metrics ?? b.metrics,
	from: [.../* @__PURE__ */ new Set([...a.from, ...b.from])]
});
function owns({ paths, train }, { artifact, script, from }) {
	return [
		artifact,
		script,
		...from
	].filter((path) => path !== null && !path.endsWith("dvc.yaml")).some((path) => path !== null && (matchesGlob(paths, path) || train.artifact === path || train.command.includes(path)));
}
function stageSigns({ texts }) {
	return [...texts].flatMap(([file, text]) => {
		if (!/(?:^|\/)dvc\.yaml$/.test(file)) return [];
		return readStages(text, file).flatMap((stage) => {
			const at = (path) => resolvePath(file, stage.workingFolder, path);
			const outputs = stage.outputs.flatMap(({ path }) => at(path) ?? []);
			const artifact = outputs.find((path) => modelEnding.test(path)) ?? null;
			const trains = /(?:^|[_-])(?:train|fit)/i.test(stage.name);
			if (artifact === null && !trains) return [];
			const reads = stage.dependencies.flatMap((path) => at(path) ?? []);
			const script = reads.find((path) => /\.(?:py|r|jl|js|mjs|ts|sh)$/i.test(path)) ?? null;
			const folder = resolvePath(file, stage.workingFolder, ".");
			const command = [...folder === null || folder === "." ? [] : [`cd ${folder}`], ...stage.command].join(" && ");
			return [{
				name: topicOf(stage.name) ?? (artifact === null ? null : topicOfPath(artifact)),
				artifact: artifact ?? outputs.find((path) => !/\.(?:csv|parquet|jsonl?)$/.test(path)) ?? null,
				script,
				command: isCommand(command) ? command : null,
				predict: null,
				reads,
				metrics: stage.metrics.flatMap(({ path }) => at(path) ?? [])[0] ?? null,
				from: [file]
			}];
		});
	});
}
function readStages(text, file) {
	try {
		return parsePipeline(text, file).stages;
	} catch (error) {
		if (error instanceof InputError) return [];
		throw error;
	}
}
/** Templates (`${...}`) and what leaves the repository have no path here. */
function resolvePath(file, folder, path) {
	const parts = [];
	for (const part of [
		...file.split("/").slice(0, -1),
		...folder.split("/"),
		...path.split("/")
	]) {
		if (part === ".." && parts.pop() === void 0) return null;
		if (part !== ".." && part !== "." && part !== "") parts.push(part);
	}
	const whole = parts.join("/");
	if (whole === "") return ".";
	return filePath.safeParse(whole).success && !whole.includes("$") ? whole : null;
}
const isCommand = (command) => command !== "" && command.length <= 4e3 && !command.includes("${") && !/[\r\n]/.test(command);
const nothing = {
	script: null,
	command: null,
	predict: null,
	reads: [],
	metrics: null
};
const fileSigns = (paths) => paths.flatMap((path) => {
	const artifact = path.replace(/\.dvc$/, "");
	return modelEnding.test(artifact) ? [{
		...nothing,
		name: topicOfPath(artifact),
		artifact,
		from: [path]
	}] : [];
});
const scriptSigns = (paths) => paths.flatMap((script) => trainScript.test(script) && !/(?:^|\/)tests?\//.test(script) ? [{
	...nothing,
	name: topicOfPath(script),
	artifact: null,
	script,
	command: runOf(script),
	from: [script]
}] : []);
const runners = [
	[/\.py$/i, "python"],
	[/\.r$/i, "Rscript"],
	[/\.jl$/i, "julia"],
	[/\.sh$/i, "bash"],
	[/./, "node"]
];
/** Runs a script; a path with a space in it is left to a person. */
function runOf(script) {
	const runner = runners.find(([ending]) => ending.test(script))?.[1];
	return /^[\w./-]+$/.test(script) && runner !== void 0 ? `${runner} ${script}` : null;
}
function predictBeside({ script, artifact }, paths) {
	const folders = [script, artifact].flatMap((path) => path === null ? [] : [path.split("/").slice(0, -1).join("/")]);
	const found = paths.find((path) => /(?:^|\/)(?:predict|score|inference|infer)\.(?:py|r|jl|js|mjs|ts|sh)$/i.test(path) && folders.includes(path.split("/").slice(0, -1).join("/")));
	return found === void 0 ? null : runOf(found);
}
function metricsOf({ metrics, script, artifact }, files, { texts }, models) {
	const folders = [script, artifact].flatMap((path) => path === null ? [] : [path.split("/").slice(0, -1).join("/")]);
	const near = files.find((file) => folders.some((folder) => folder !== "" && file.startsWith(`${folder}/`)));
	const path = metrics ?? near ?? (models === 1 ? files[0] : void 0);
	return path === void 0 ? null : readMetrics(path, texts.get(path));
}

// core/onboarding/find-setup.ts
const ownFile = /^(?:\.github\/gatehouse\.ya?ml|\.github\/workflows\/gatehouse\.ya?ml|datasets\/[^/]+\.ya?ml|models\/.+\/(?:model|behaviour|stages)\.ya?ml)$/;
/** Reads what of Gatehouse is there; a file with a mistake stays as it is, and is there. */
function findExisting({ texts, paths }) {
	const config = readRepositoryConfig(new Map(texts));
	return {
		policy: config.policy?.value ?? null,
		models: [...config.models.values()].map(({ value }) => value),
		contracts: [...config.contracts.values()].map(({ value }) => value),
		paths: new Set(paths.filter((path) => ownFile.test(path)))
	};
}
/** Finds what a repository has that Gatehouse can govern. Pure: the same files give the same finds, in the same order. */
function findSetup(survey, existing = findExisting(survey)) {
	const fallback = toSlug(survey.repository?.split("/")[1] ?? "") ?? toSlug(survey.folder) ?? "first";
	const known = existing.contracts.flatMap(({ files }) => files);
	const datasets = findDatasets(survey, known).filter(({ name }) => !existing.paths.has(contractPath(name)));
	return {
		repository: survey.repository,
		fallbackName: fallback,
		models: findModels(survey, existing.models, fallback).filter(({ name }) => !existing.paths.has(`models/${name}/model.yml`)),
		datasets,
		runners: findRunners(survey),
		owners: findOwners(survey),
		remote: findRemote(survey),
		kept: [...existing.paths].sort((a, b) => a === ".github/gatehouse.yml" ? -1 : b === ".github/gatehouse.yml" ? 1 : a.localeCompare(b, "en"))
	};
}

// core/onboarding/model-text.ts
const noDigest = "0".repeat(64);
const labelNames = /^(?:label|target|y|class|outcome|churned|is_fraud)$/i;
/** `models/<model>/model.yml` with what was found, and a TODO at each line that only the team can say. */
function modelText(parts, answers) {
	const { model, contracts, paths } = parts;
	const columns = contracts.flatMap((contract) => contract.columns);
	const key = columns.find(({ unique }) => unique)?.name ?? "id";
	const label = columns.find(({ name }) => labelNames.test(name))?.name ?? "label";
	const gate = proposeGate(model.metrics);
	return [
		...schemaLine(answers, "model"),
		`# The model "${model.name}", proposed by "gatehouse init" from ${clean(model.from.join(", "))}.`,
		"# Guesses and gaps are marked: \"gatehouse doctor\" names those that are left.",
		"version: 1",
		`task: ${gate?.task ?? "binary-classification"}`,
		"description: \"TODO: what it predicts, for what\"",
		"limitations: \"TODO: where it must not be trusted\"",
		"# Who answers for it: the role \"owner\" in approvals.",
		`owners: ${writeYaml(toRoleValue(answers.governors))}`,
		"# minimal, limited or high: a higher class asks for more approvals.",
		"risk: limited",
		`datasets: ${writeYaml(contracts.map(({ dataset }) => dataset))}`,
		"# A change of one of these files is a proposal of a new version.",
		`paths: ${writeYaml([`models/${model.name}/**`, ...paths])}`,
		"",
		...trainLines(model, answers),
		"",
		"# Reads GATEHOUSE_MODEL and GATEHOUSE_INPUT, writes CSV with key,score to GATEHOUSE_OUTPUT.",
		...model.predict === null ? ["# TODO: this command is a guess."] : [],
		`predict: { command: ${writeYaml(model.predict ?? `python models/${model.name}/predict.py`)} }`,
		"",
		...heldOutLines(parts, key, label),
		"",
		...gateLines(parts),
		"",
		"# Where versions can serve; each endpoint has one champion.",
		"endpoints: [main]",
		""
	].join("\n");
}
function trainLines({ command, artifact, metrics, name }, { labels }) {
	return [
		"# The command runs in the repository, reads the folder GATEHOUSE_DATA and writes the artifact.",
		"train:",
		...command === null ? ["  # TODO: nothing was found that trains it."] : [],
		`  command: ${writeYaml(command ?? `python models/${name}/train.py`)}`,
		...artifact === null ? ["  # TODO: the file that the command writes."] : [],
		`  artifact: ${writeYaml(artifact ?? `models/${name}/out/model.bin`)}`,
		...metrics === null ? [] : ["  # What the command claims: shown beside the judged numbers, gates nothing.", `  metrics: ${writeYaml(metrics.path)}`],
		`  runs-on: ${writeYaml(labels)}`
	];
}
function heldOutLines({ model, heldOut }, key, label) {
	const labels = {
		url: `https://labels.invalid/${model.name}.csv`,
		audience: "gatehouse-labels",
		sha256: noDigest,
		column: label
	};
	return [
		"# TODO: the rows on which every version is judged, and where the judge alone gets their labels (README, \"Labels\").",
		"# Until the digest is right nothing is judged.",
		...heldOut === null ? [] : [`# ${clean(heldOut)} looks like such rows; they need the key column, and no labels.`],
		"held-out:",
		`  features: ${writeYaml(`data/${model.name}-held-out.csv`)}`,
		`  key: ${writeYaml(key)}`,
		`  labels: ${writeYaml(labels)}`
	];
}
function gateLines({ model }) {
	const gate = proposeGate(model.metrics);
	const why = gate === null ? "# TODO: no metric was found that Gatehouse knows; this is no more than better than chance." : `# ${clean(model.metrics?.path ?? "")} says ${gate.metric} ${gate.today} today; there is some room below.`;
	const written = gate === null ? {
		metric: "auc",
		min: .5
	} : {
		metric: gate.metric,
		...gate.limit
	};
	return [
		"# What a version must reach on the held-out rows, measured by the judge. A comparison with the champion comes from the policy.",
		why,
		"gates:",
		`  - ${writeYaml(written)}`
	];
}
/** A path in a comment: a line of its own must not begin in it. */
const clean = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ").slice(0, 300);

// core/onboarding/propose-setup.ts
/** Makes the files of a setup. Pure: the same input gives the same bytes. */
function proposeSetup(input) {
	const { found, existing, answers, survey } = input;
	const wanted = found.datasets.filter(({ name }) => input.inferred.has(name));
	const readers = found.models.map((model) => ({
		model,
		datasets: datasetsOf(model, wanted, found.models.length)
	}));
	const contracts = wanted.map((dataset) => {
		const models = readers.filter(({ datasets }) => datasets.includes(dataset)).map(({ model }) => model.name);
		const text = contractText(input.inferred.get(dataset.name) ?? "", answers, {
			expires: input.expires,
			models
		});
		return {
			path: contractPath(dataset.name),
			text,
			contract: parseContract(text, contractPath(dataset.name))
		};
	});
	const models = modelFiles(input, readers, contracts.map(({ contract }) => contract));
	const first = found.models[0]?.name ?? existing.models[0]?.model ?? found.fallbackName;
	const files = [
		{
			path: policyPath,
			text: policyText(answers)
		},
		...callsGatehouse(survey) ? [] : [{
			path: callerPath,
			text: callerText(answers, first)
		}],
		...contracts.map(({ path, text }) => ({
			path,
			text
		})),
		...models
	].filter(({ path }) => !isThere(path, survey, existing));
	const after = new Map(survey.paths.map((path) => [path, survey.texts.get(path) ?? ""]));
	for (const { path, text } of files) after.set(path, text);
	return {
		files,
		notes: notesOn(input, files),
		findings: checkRepositoryConfig(after)
	};
}
/** Also under the ending that nobody reads: a second file beside it would be one too many. */
function isThere(path, { paths }, { paths: own }) {
	return paths.includes(path) || own.has(path.replace(/\.yml$/, ".yaml"));
}
const callsGatehouse = ({ texts }) => [...texts].some(([path, text]) => path.startsWith(".github/workflows/") && /\/\.github\/workflows\/(?:validate-data|propose-model)\.yml@/.test(text));
/** What its stage reads; else what has its name; else, for the only model, everything. */
function datasetsOf(model, all, models) {
	const read = all.filter(({ local, files }) => [...local, ...files].some((path) => model.reads.some((each) => path === each || path.startsWith(`${each}/`))));
	if (read.length > 0) return read;
	const named = all.filter(({ name, files }) => name.includes(model.name) || files.some((path) => path.includes(model.name)));
	return named.length > 0 ? named : models === 1 || all.length === 1 ? all : [];
}
function modelFiles({ found, existing, answers, survey }, readers, contracts) {
	const heldOut = survey.paths.find((path) => tableOf(path) !== null && isHeldOut(path)) ?? null;
	const taken = existing.models.flatMap(({ paths }) => paths);
	const claimed = /* @__PURE__ */ new Set();
	return readers.flatMap(({ model, datasets }) => {
		const own = [...contracts, ...existing.contracts].filter(({ dataset, access }) => datasets.some(({ name }) => name === dataset) || datasets.length === 0 && (access.includes("*") || access.includes(model.name)));
		if (own.length === 0) return [];
		const folder = `models/${model.name}/`;
		const free = [model.script, ...found.models.length === 1 ? datasets.flatMap(({ files }) => files) : []].filter((path) => path !== null && !path.startsWith(folder) && !claimed.has(path) && !matchesGlob(taken, path));
		const paths = [...new Set(free)].slice(0, 90);
		for (const path of paths) claimed.add(path);
		return [{
			path: modelPath(model.name),
			text: modelText({
				model,
				contracts: own,
				paths,
				heldOut
			}, answers)
		}, {
			path: stagesPath(model.name),
			text: stagesText(answers)
		}];
	});
}
const stagesText = (answers) => [
	...schemaLine(answers, "stages"),
	"# What should serve where. A pull request that changes this file asks for it; the ledger says what is.",
	"production: {}",
	""
].join("\n");
function notesOn({ found, inferred }, written) {
	return [...found.datasets.filter(({ name }) => !inferred.has(name)).map(({ name, files, atHand }) => atHand ? `No contract could be written for ${name}: try gatehouse data infer ${files[0]?.replace(/\.dvc$/, "")} --name ${name}, which says why.` : `The data of ${name} is not here: run dvc pull ${files[0]}, then gatehouse init again; it adds what is missing and changes nothing.`), ...found.models.filter(({ name }) => !written.some(({ path }) => path === modelPath(name))).map(({ name }) => `No table was read that ${name} trains on: write its contract with gatehouse data infer FILE --name NAME, then run gatehouse init again.`)];
}

export { tableOf as a, isSurveyed as i, findExisting as n, findSetup as r, proposeSetup as t };