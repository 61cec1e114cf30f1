import { a as finishHeldOutComparison, c as compareInThreads, i as readScoredModel, n as readHeldOutRows, o as planHeldOutComparison, r as truthColumnsOf } from "./shared-held-out-rows.js";
import { r as InputError } from "./shared-error.js";
import { n as readTruth, t as judgementVerdict } from "./shared-verdict.js";
import { t as applicableGates } from "./shared-floor.js";
import { h as policyPath, s as modelOfFile } from "./shared-layout.js";
import { c as isServing, o as isFairness, s as isMeasured, t as checkMetricName } from "./shared-metric-name.js";
import { i as tasks, t as parseModelConfig } from "./shared-model-file.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { resolve } from "node:path";
import { readFile } from "node:fs/promises";

// cli/compare-model.ts
/** Where no policy says anything else. */
const fewestRows = 100;
/**
* Reads the model that two prediction files are about.
* @param features whether held-out features were named: slices and groups are cut by them
* @throws InputError COMPARE_MODEL, COMPARE_OPTION, CONFIG_INVALID
*/
async function readLocalModel(cwd, options, features) {
	const read = options.model === void 0 ? fromOptions(options) : await fromFile(cwd, options.model);
	const columns = {
		...read.config.heldOut,
		...options.key === void 0 ? {} : { key: options.key },
		labels: {
			...read.config.heldOut.labels,
			...options.label === void 0 ? {} : { column: options.label }
		}
	};
	const { behaviour: _cases, explain: _importance, productionLike: _spoiled, ...rest } = read.config;
	const config = {
		...rest,
		heldOut: columns
	};
	const asked = [...read.gates, ...gateOf(options, config.task)];
	const left = asked.flatMap((gate) => {
		const because = whyNotHere(gate, features);
		return because === null ? [] : [{
			gate,
			because
		}];
	});
	return {
		config,
		gates: asked.filter((gate) => left.every((each) => each.gate !== gate)),
		minimumRows: read.minimumRows,
		notes: left.map(({ gate, because }) => `Not judged here: the gate on ${gate.metric} ${because}.`)
	};
}
async function fromFile(cwd, path) {
	const local = resolve(cwd, path).replaceAll("\\", "/");
	const at = local.lastIndexOf("/models/");
	const model = at === -1 ? null : modelOfFile(local.slice(at + 1));
	if (model === null) throw new InputError("COMPARE_MODEL", `${path} is no models/<model>/model.yml`, { hint: "Name the model.yml where it lies in the repository, for example models/churn/model.yml." });
	const config = parseModelConfig(await readFile(local, "utf8").catch(missing(path)), path, model);
	const policy = await readFile(resolve(local.slice(0, at), policyPath), "utf8").catch(() => null);
	if (policy === null) return {
		config,
		gates: config.gates,
		minimumRows: fewestRows
	};
	const { defaults } = parsePolicy(policy, policyPath);
	return {
		config,
		gates: applicableGates(config, defaults),
		minimumRows: defaults.minimumRows
	};
}
/** A file that a person named. @throws InputError FILE_MISSING */
const missing = (path) => (cause) => {
	throw new InputError("FILE_MISSING", `${path} cannot be read`, {
		hint: "Name a file that lies on this machine.",
		where: { file: path },
		cause
	});
};
function fromOptions({ task = tasks[0], key = "key", label = "label" }) {
	const known = tasks.find((each) => each === task);
	if (known === void 0) throw new InputError("COMPARE_OPTION", `There is no task "${task}"`, { hint: `Name one of ${tasks.join(", ")}.` });
	const unknown = "unknown";
	return {
		config: {
			version: 1,
			model: "model",
			task: known,
			description: unknown,
			owners: {
				users: [],
				teams: []
			},
			risk: "limited",
			limitations: unknown,
			datasets: [],
			paths: [],
			train: {
				command: unknown,
				artifact: unknown
			},
			predict: {
				command: unknown,
				timeoutMinutes: 1
			},
			heldOut: {
				features: unknown,
				key,
				labels: {
					url: unknown,
					audience: unknown,
					sha256: "0".repeat(64),
					column: label
				}
			},
			gates: [],
			endpoints: [],
			featureVersion: unknown,
			servingImage: unknown,
			fallback: unknown
		},
		gates: [],
		minimumRows: fewestRows
	};
}
const usual = {
	"binary-classification": "auc",
	"multiclass-classification": "accuracy",
	regression: "mae",
	ranking: "mrr",
	"scored-examples": null
};
/** `--metric` and `--margin` are a gate of their own: not worse than the champion by more than that. */
function gateOf({ metric, margin }, task) {
	if (metric === void 0 && margin === void 0) return [];
	const name = metric ?? usual[task];
	if (name === null || checkMetricName(name, { task }) !== null) throw new InputError("COMPARE_OPTION", `A model of ${task} has no metric "${name ?? ""}"`, { hint: `Name one with --metric, for example ${usual[task] ?? "score:<column>"}.` });
	return [{
		metric: name,
		versus: "not-worse",
		margin: margin ?? 0
	}];
}
function whyNotHere(gate, features) {
	if (isMeasured(gate.metric) || isServing(gate.metric)) return "is measured by running the model";
	if (gate.set !== void 0 || gate.drop !== void 0) return "needs predictions on production-like rows";
	return (gate.slice !== void 0 || gate.slices !== void 0 || isFairness(gate.metric)) && !features ? "needs the held-out features: name them with --features" : null;
}

// cli/compare-files.ts
/**
* Compares two prediction files on the same labels, by the code that judges pull requests.
* @throws InputError FILE_MISSING, LABELS_INVALID, PREDICTIONS_INVALID, FEATURES_INVALID
*/
async function compareFiles(cwd, files, { config, gates, minimumRows, notes }) {
	const read = (path) => readFile(resolve(cwd, path)).catch(missing(path));
	const truth = readTruth(await read(files.labels), truthColumnsOf(config), config.task);
	const features = files.features === null ? null : await read(files.features);
	const rows = readHeldOutRows(truth, features, config, gates);
	const findings = [];
	const score = async (path) => {
		const scored = scoreFile(await read(path), path, config, truth.keys);
		findings.push(...scored.findings);
		return scored.model;
	};
	const champion = await score(files.champion);
	const challenger = await score(files.challenger);
	const plan = planHeldOutComparison({
		config,
		gates,
		minimumRows,
		against: "unnumbered",
		rows,
		challenger,
		champion,
		attributions: null,
		measured: []
	});
	const compared = await Promise.all(plan.compare.map((part) => compareInThreads(part)));
	const { comparison, findings: more } = finishHeldOutComparison(plan, compared);
	findings.push(...more);
	const { gates: outcomes, metrics, ...rest } = comparison;
	return {
		verdict: gates.length === 0 ? "no gates" : judgementVerdict([comparison], findings),
		challenger: files.challenger,
		champion: files.champion,
		labels: files.labels,
		rows: truth.keys.length,
		comparison: {
			...rest,
			outcomes,
			against: null,
			champion: "champion",
			endpoints: [],
			metrics: metrics.map((metric) => ({
				...metric,
				grade: "measured"
			}))
		},
		findings,
		notes
	};
}
/**
* Reads the predictions of one model.
* @param path as it was typed
* @param keys of the labelled rows
* @throws InputError PREDICTIONS_INVALID
*/
function scoreFile(predictions, path, config, keys) {
	const { model, findings } = readScoredModel({
		files: {
			predictions,
			sets: /* @__PURE__ */ new Map()
		},
		who: path,
		config,
		keys,
		sets: [],
		validation: null
	});
	if (model === null) throw refuse(path, findings);
	return {
		model,
		findings
	};
}
/** Each finding says its own fix. */
function refuse(path, findings) {
	const [first, ...rest] = findings;
	return new InputError("PREDICTIONS_INVALID", `${path} cannot be compared`, {
		hint: first?.fix ?? "Write one prediction for every held-out row.",
		...first === void 0 ? {} : { findings: [first, ...rest] }
	});
}

export { readLocalModel as i, scoreFile as n, missing as r, compareFiles as t };