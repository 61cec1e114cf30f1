import { $t as GatehouseError, T as isFailure, d as locate, n as digestBytes, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { t as traceAncestry } from "./shared-ancestry.js";
import { t as digestDataset } from "./shared-digest.js";
import { r as resolveFiles } from "./shared-dataset.js";
import { n as mayRead, t as judgeGovernance } from "./shared-governance.js";
import { a as toDatasetRecord, n as acceptKnown, r as toFailure, t as Tables } from "./shared-tables.js";
import { t as measureDataset } from "./shared-measure.js";

// core/dataset/batch.ts
/**
* What the rows of a batch are, whatever its files are called: other names, another order or a comment in a pointer make
* no other batch. (`dataDigest` names a version; it changes with every byte of a pointer.)
*/
function digestBatch(files) {
	return digestOf(files.map(({ md5, blob }) => md5 === null ? `git:${blob}` : `md5:${md5}`).sort());
}
/**
* Under what a refused batch is remembered: the batch and the contract that it broke. A changed contract, which its owner
* approves, judges anew.
*/
function digestRefusal(files, contractDigest) {
	return digestOf({
		batch: digestBatch(files),
		contract: contractDigest
	});
}

// core/dataset/history.ts
const shownVersions = 20;
/**
* Judges data by what is known of it from before: whether a watch refused this very data, and which versions were
* trained on it when it may be used no longer.
* @param refusal `digestRefusal` of this data
* @param trained asked for only where the dataset has expired
*/
function judgeHistory(contract, refusal, refused, trained, positions) {
	return [...refused.filter((each) => each.dataset === contract.dataset && each.refusal === refusal).map(({ issue }) => toRefused(contract, issue, positions)), ...trained.length === 0 ? [] : [toTrained(contract, trained, positions)]];
}
function toRefused({ dataset }, issue, positions) {
	return {
		code: "data/batch-refused",
		severity: "fail",
		message: `This data of "${dataset}" was refused when it came in: see issue ${issue}.`,
		where: positions("/files"),
		found: `refused in issue ${issue}`,
		allowed: "data that no watch has refused under this contract",
		fix: `Mend the data as issue ${issue} says. If a rule is wrong, its owner changes the contract; if the fault lay elsewhere, run the watch again on this data.`
	};
}
function toTrained({ dataset }, trained, positions) {
	const names = trained.map(({ model, version, champion }) => `${model} v${version}${champion ? " (in production)" : ""}`);
	const more = names.length - shownVersions;
	return {
		code: "data/expired-versions",
		severity: "warn",
		message: `${names.length === 1 ? "One version was" : `${names.length} versions were`} trained on "${dataset}", whose retention has ended.`,
		where: positions("/expires"),
		found: `${names.slice(0, shownVersions).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
		allowed: "no version in use that was trained on expired data",
		fix: "Retrain these versions on data that is still kept, then archive them; or ask the owner of the dataset to renew it."
	};
}

// adapters/dataset/validate.ts
/**
* Checks the data of a pull request by its contracts. Runs no code of the pull request.
* @returns evidence sorted by dataset and side: what could not be checked is a failing finding in it, never a pass
*/
async function runValidation(inputs, deps) {
	const engine = await deps.openEngine().catch(acceptKnown);
	const { dataUrl, network, workdir } = inputs;
	const job = {
		inputs,
		deps,
		engine,
		tables: new Tables({
			dataUrl,
			network,
			workdir,
			readBlob: deps.readBlob,
			...deps.openRemote ? { openRemote: deps.openRemote } : {}
		})
	};
	try {
		const results = [];
		for (const text of sortContracts(inputs.contracts)) results.push(await validate(job, text));
		const version = engine instanceof GatehouseError ? "unknown" : engine.version;
		const datasets = results.map(({ validation }) => validation);
		return {
			evidence: {
				kind: "validation",
				v: 1,
				origin: inputs.origin,
				engine: version,
				datasets
			},
			results
		};
	} finally {
		if (!(engine instanceof GatehouseError)) engine.close();
	}
}
async function validate(job, text) {
	const { contract } = text;
	const positions = (pointer) => locate(text.text, pointer, text.path);
	const { files, findings } = resolveFiles(contract, job.inputs.listing, positions);
	const read = await job.tables.readFacts(files);
	const facts = read.facts.map(({ fact }) => fact);
	const dataDigest = digestDataset(facts);
	const contractDigest = digestBytes(text.text);
	const before = [
		...await judgeRules(job, text, digestRefusal(facts, contractDigest), positions),
		...findings,
		...read.findings
	];
	const outcome = (mayRead(before) ? await measure(job, text, read.facts, positions) : null) ?? {
		findings: [],
		observations: [],
		measurement: null,
		evaluated: read.evaluated
	};
	const all = [...before, ...outcome.findings];
	const inherited = inheritedBy(contract, job.inputs);
	return store(job, text, {
		validation: {
			dataset: contract.dataset,
			contractPath: text.path,
			contractDigest,
			contractFrom: text.from,
			inherited,
			files: facts,
			dataDigest,
			rows: outcome.measurement?.measured.rows ?? null,
			verdict: toVerdict(all, outcome.evaluated),
			findings: all,
			record: null
		},
		observations: outcome.observations,
		measurement: outcome.measurement
	});
}
/** What is decided before any data is read: governance, and what is known of this very data. */
async function judgeRules({ inputs, deps }, { contract }, refusal, positions) {
	const known = new Map([...inputs.known].map(([name, each]) => [name, each.contract]));
	const governance = judgeGovernance(contract, known, inputs.model?.model ?? null, inputs.now.slice(0, 10), positions);
	const trained = governance.some(({ code }) => code === "data/expired") ? await deps.references?.trainedVersions(contract.dataset) ?? [] : [];
	return [...governance, ...judgeHistory(contract, refusal, deps.refused, trained, positions)];
}
async function measure(job, text, facts, positions) {
	const { inputs, deps, engine, tables } = job;
	if (engine instanceof GatehouseError) return {
		...toFailure([engine]),
		observations: [],
		measurement: null
	};
	const { onProgress } = deps;
	return measureDataset({
		contract: text.contract,
		facts,
		positions,
		engine,
		tables,
		now: inputs.now,
		listing: inputs.listing,
		limits: inputs.model?.driftLimits?.[text.contract.dataset] ?? {},
		references: deps.references,
		...onProgress ? { onProgress: (progress) => onProgress(text.contract.dataset, progress) } : {}
	});
}
/** Only what passed is kept: a record is what later data is compared with. */
async function store(job, text, result) {
	const { validation, observations, measurement } = result;
	const profile = measurement?.measured.profile ?? null;
	if (validation.verdict !== "pass" || profile === null || job.deps.putRecord === null) return result;
	const { contractDigest, dataDigest, files } = validation;
	const given = {
		contractDigest,
		dataDigest,
		files,
		engine: job.engine instanceof GatehouseError ? "unknown" : job.engine.version,
		observations,
		profile
	};
	try {
		const record = await job.deps.putRecord(canonicalJson(toDatasetRecord(text.contract, given)));
		return {
			...result,
			validation: {
				...validation,
				record
			}
		};
	} catch (error) {
		const { findings } = toFailure([acceptKnown(error)]);
		return {
			...result,
			validation: {
				...validation,
				verdict: "not evaluated",
				findings
			}
		};
	}
}
function inheritedBy(contract, { known }) {
	const contracts = new Map([...known].map(([name, each]) => [name, each.contract]));
	return traceAncestry(contract, contracts).ancestors.map(({ dataset }) => ({
		dataset,
		contractDigest: digestBytes(known.get(dataset)?.text ?? "")
	}));
}
function toVerdict(findings, evaluated) {
	if (!evaluated) return "not evaluated";
	return findings.some(isFailure) ? "data invalid" : "pass";
}
function sortContracts(contracts) {
	const key = ({ contract, from }) => `${contract.dataset} ${from}`;
	return [...contracts].sort((a, b) => key(a) < key(b) ? -1 : 1);
}

export { digestRefusal as n, runValidation as t };