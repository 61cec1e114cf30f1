import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { i as isDigest, n as digestBytes, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { u as isName } from "./shared-js-yaml.js";
import { k as openLocator } from "./shared-policy-resolution.js";
import { t as isFailure } from "./shared-finding.js";
import { s as isTransactionPath } from "./shared-layout2.js";
import { t as readModelState } from "./shared-model-state.js";
import { t as traceAncestry } from "./shared-ancestry.js";
import { n as mayRead, r as privacyRank, t as judgeGovernance } from "./shared-governance.js";
import { r as networkOf } from "./shared-open-place.js";
import { t as openStore } from "./shared-store.js";
import { n as listKeptIssues, r as retireIssue, t as applyIssuePlan } from "./shared-kept-issues.js";
import { r as resolveFiles } from "./shared-dataset.js";
import { c as toDatasetRecord, d as acceptKnown, f as toFailure, n as measureDataset, u as Tables } from "./shared-measure.js";
import { t as digestDataset } from "./shared-digest.js";
import { readFile } from "node:fs/promises";

// core/report/batch-state.ts
/** What an issue can be open for: the data on the branch, a batch that was to come in, a retention that ends soon. */
const subjects = [
	"repository",
	"ingest",
	"retention"
];
const emptyBatchState = (dataset) => ({
	v: 1,
	dataset,
	changes: 0,
	seen: {
		repository: 0,
		ingest: 0,
		retention: 0
	},
	causes: {},
	refused: []
});
/**
* Writes the first line of the issue.
* @throws InputError MARKER for a name that is no dataset's
*/
function writeBatchMarker(dataset) {
	if (isName(dataset)) return `<!-- gatehouse:dataset:${dataset}; -->`;
	throw new InputError("MARKER", "The name of the dataset cannot stand in a hidden comment", { hint: "Report this: names are checked before a report is made." });
}
/** Reads the marker in the first line of an issue; null unless the line is exactly one. Anybody can paste one. */
function parseBatchMarker(body) {
	const line = body.split(/\r?\n/, 1)[0] ?? "";
	const name = /^<!-- gatehouse:dataset:([^;]+); -->$/.exec(line)?.[1];
	return isName(name) ? name : null;
}
/** Writes the last line of the issue. Whatever could end the HTML comment is written as JSON escapes. */
function writeBatchState(state) {
	return `<!-- gatehouse:batch ${canonicalJson(state).replace(/[<>-]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16).padStart(2, "0")}`)} -->`;
}
/** Reads the last line of an issue; null unless it is exactly a state: somebody edited the issue. */
function parseBatchState(body) {
	const line = body.trimEnd().split(/\r?\n/).at(-1) ?? "";
	const text = /^<!-- gatehouse:batch (\{[^<>-]*\}) -->$/.exec(line)?.[1];
	return text === void 0 ? null : readState(text);
}
function readState(text) {
	const { v, dataset, changes, seen, causes, refused } = asObject(readJson(text));
	if (v !== 1 || !isName(dataset) || !isCount(changes)) return null;
	if (!Array.isArray(refused) || !refused.every(isDigest)) return null;
	const runs = asObject(seen);
	const found = asObject(causes);
	if (!subjects.every((subject) => isCount(runs[subject]))) return null;
	if (!Object.entries(found).every(([name, cause]) => subjects.some((one) => one === name) && isCause(cause))) return null;
	return {
		v,
		dataset,
		changes,
		seen: runs,
		causes: found,
		refused
	};
}
function isCause(value) {
	const { since, looks, run, key, rules } = asObject(value);
	const texts = Array.isArray(rules) && rules.every((rule) => typeof rule === "string");
	return typeof since === "string" && isCount(looks) && isCount(run) && isDigest(key) && texts;
}
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const asObject = (value) => typeof value === "object" && value !== null ? value : {};
function readJson(text) {
	try {
		return parseStrictJson(text, "issue");
	} catch {
		return null;
	}
}

// adapters/actions/batch-issues.ts
function openBatchIssues(client, name) {
	return {
		find: async (dataset) => {
			const [first, ...doubles] = (await listOwn(client, name)).filter(({ marker }) => marker === dataset);
			if (first === void 0) return null;
			for (const double of doubles) await retireIssue(client, name, double.number, first.number);
			return first;
		},
		apply: (plan) => applyIssuePlan(client, name, plan)
	};
}
/**
* Every batch that a watch run refused and none passed since, from open and closed issues: a batch does not become
* better by closing an issue. None where the repository has issues turned off: no watch run can have written one.
* @throws ServiceError GITHUB_READ_FAILED when issues cannot be read; BATCH_STATE when somebody edited one: closed, not open
*/
async function readRefusedBatches(client, name) {
	return (await listOwn(client, name)).flatMap(({ marker: dataset, number, body }) => {
		const state = parseBatchState(body);
		if (state === null) throw edited(number);
		return state.refused.map((refusal) => ({
			dataset,
			refusal,
			issue: number
		}));
	});
}
/** Ours by author and marker, oldest first. */
const listOwn = (client, name) => listKeptIssues(client, name, "issues of datasets", parseBatchMarker);
function edited(number) {
	return new ServiceError("BATCH_STATE", `Issue ${number} was edited: which batches it refuses can no longer be read`, { hint: "Run the watch workflow again: it writes the issue anew. Nothing trains until then." });
}

// adapters/dataset/record-store.ts
/** Opens the store of a policy for records. @param folder an empty folder of ours */
async function openRecordStore(policy, folder) {
	const store = await openStore(policy.store, networkOf(policy));
	return {
		get: async (digest) => new Uint8Array(await readFile(await store.get(digest, folder))),
		put: async (text) => (await store.putBytes(text)).digest
	};
}

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

// core/dataset/privacy-floor.ts
/**
* Makes the columns of a contract as private as they are in others: those that govern the same data. A pull request
* that calls a personal column open would else be answered with its values before anybody approved it.
* @param others contracts of the base branch over the same files
*/
function raisePrivacy(contract, others) {
	const floor = /* @__PURE__ */ new Map();
	for (const { name, privacy } of others.flatMap(({ columns }) => columns)) if (privacyRank[privacy] > privacyRank[floor.get(name) ?? "none"]) floor.set(name, privacy);
	const columns = contract.columns.map((column) => {
		const least = floor.get(column.name) ?? "none";
		return privacyRank[least] > privacyRank[column.privacy] ? {
			...column,
			privacy: least
		} : column;
	});
	return {
		...contract,
		columns
	};
}
/** True when a contract has something to hide. */
const hasPrivateColumns = ({ columns }) => columns.some(({ privacy }) => privacy !== "none");

// core/evidence/bound-findings.ts
/** Findings of one dataset that evidence lists: nobody mends more of them at once. */
const mostFindings = 1e3;
/** Characters of one text. A list of 5,000 allowed values or a header cell of a megabyte would make evidence unreadable. */
const mostCharacters = 1e3;
/** Bytes of one finding with its example rows. */
const mostBytesEach = 5e4;
/** Bytes of all findings of one evidence together: the app reads 5 MiB, and the names of files need their part. */
const mostTogether = 15e5;
/** However many datasets there are, one finding of each. */
const leastEach = mostBytesEach;
/**
* Cuts findings to what evidence may hold, so that what a validation found can always be read back: texts of data and of
* the pull request have any length and number. Failures are kept before warnings, warnings before notes.
* @param datasets validations that share the room of one evidence
* @returns in the same order, at least one failure where there was one; a last note says how many are left out
*/
function boundFindings(findings, datasets = 1) {
	const cut = findings.map(cutFinding).map(withoutRows);
	const room = {
		findings: mostFindings,
		bytes: Math.max(leastEach, mostTogether / datasets)
	};
	const kept = /* @__PURE__ */ new Set();
	for (const finding of [...cut].sort((a, b) => rankOf(a) - rankOf(b))) {
		const bytes = sizeOf(finding);
		if (room.findings === 0 || bytes > room.bytes) continue;
		room.findings -= 1;
		room.bytes -= bytes;
		kept.add(finding);
	}
	const shown = cut.filter((finding) => kept.has(finding));
	const left = cut.filter((finding) => !kept.has(finding));
	return left.length === 0 ? shown : [...shown, toRest(left)];
}
const sizeOf = (finding) => new TextEncoder().encode(JSON.stringify(finding)).length;
const rank = {
	fail: 0,
	warn: 1,
	note: 2
};
const rankOf = ({ severity }) => rank[severity];
function toRest(left) {
	const failures = left.filter(isFailure).length;
	return {
		code: "data/more-findings",
		severity: "note",
		message: `${left.length} more findings are not listed, ${failures} of them failures.`,
		found: `${left.length} more findings`,
		fix: "Mend what is listed, then run the check again; \"gatehouse data check\" lists all of them."
	};
}
/** Example rows of a wide table of long texts are the first to go. */
function withoutRows(finding) {
	if (sizeOf(finding) <= mostBytesEach) return finding;
	const { rows: _, examples: __, ...rest } = finding;
	return rest;
}
/** Only texts are cut: the numbers of a finding stay true. */
function cutFinding(finding) {
	const { message, fix, column, found, allowed, excerpt, reason, examples, rows } = finding;
	return {
		...finding,
		message: cutText(message),
		fix: cutText(fix),
		...column === void 0 ? {} : { column: cutText(column) },
		...found === void 0 ? {} : { found: cutText(found) },
		...allowed === void 0 ? {} : { allowed: cutText(allowed) },
		...excerpt === void 0 ? {} : { excerpt: cutText(excerpt) },
		...reason === void 0 ? {} : { reason: cutText(reason) },
		...examples === void 0 ? {} : { examples: examples.slice(0, mostExamples).map(cutText) },
		...rows === void 0 ? {} : { rows: rows.slice(0, mostExamples).map(cutRow) }
	};
}
/** Example cells, example rows, and cells of one of them. */
const mostExamples = 20;
const cutRow = ({ row, cells }) => ({
	row,
	cells: cells.slice(0, mostExamples).map(([name, cell]) => [cutText(name), cell === null ? null : cutText(cell)])
});
/** Cutting can part a surrogate pair, and half a pair has no canonical JSON. */
const cutText = (text) => (text.length <= mostCharacters ? text : `${text.slice(0, 999)}…`).toWellFormed();

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
	const positions = openLocator(text.text, text.path);
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
	const shown = await hidePrivate(job, text, files, facts);
	const outcome = (mayRead(before) ? await measure(job, shown, read.facts, positions) : null) ?? {
		findings: [],
		observations: [],
		measurement: null,
		evaluated: read.evaluated
	};
	const all = [...before, ...outcome.findings];
	const inherited = inheritedBy(contract, job.inputs);
	return store(job, shown, {
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
			findings: boundFindings(all, job.inputs.contracts.length),
			record: null
		},
		observations: outcome.observations,
		measurement: outcome.measurement
	});
}
/**
* A contract that nobody has approved yet shows nothing that a contract of base over the same data hides: of the same
* dataset, or with a file of the same path, content or digest.
*/
async function hidePrivate({ inputs, tables }, text, files, facts) {
	if (text.from === "base") return text;
	const own = /* @__PURE__ */ new Set([...files.flatMap(({ path, blob }) => [path, blob]), ...facts.flatMap(({ md5 }) => md5 ?? [])]);
	const others = [];
	for (const { contract } of inputs.known.values()) {
		if (!hasPrivateColumns(contract)) continue;
		const listed = resolveFiles(contract, inputs.listing, () => ({ file: text.path })).files;
		if (contract.dataset === text.contract.dataset || listed.some(({ path, blob }) => own.has(path) || own.has(blob)) || (await tables.readFacts(listed)).facts.some(({ fact }) => fact.md5 !== null && own.has(fact.md5))) others.push(contract);
	}
	return {
		...text,
		contract: raisePrivacy(text.contract, others)
	};
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
		governing: governingFor(text, inputs),
		limits: inputs.model?.driftLimits?.[text.contract.dataset] ?? {},
		references: referencesFor(text, deps.references),
		...onProgress ? { onProgress: (progress) => onProgress(text.contract.dataset, progress) } : {}
	});
}
/** A new or changed contract may bring the tables that it compares with; where base has them, they are base's. */
function governingFor({ from }, { governing, listing }) {
	if (governing === void 0) return null;
	return from === "base" ? governing : new Map([...listing, ...governing]);
}
const referencesFor = ({ from }, references) => references && {
	...references,
	readFile: (path) => references.readFile(path, from)
};
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

// adapters/proposal/dataset-history.ts
/**
* Lists the versions that were trained on a dataset, newest first; champions first of all.
* @param models whose versions are asked for; null: every model of the ledger
*/
async function readTrainedVersions(ledger, dataset, models = null) {
	if (ledger === null) return [];
	const found = [];
	for (const model of models ?? listModels(ledger)) found.push(...versionsOf(await readModelState(ledger, model), dataset));
	return found.sort((a, b) => Number(b.champion) - Number(a.champion) || b.version - a.version);
}
function listModels({ listing }) {
	const names = [...listing.keys()].flatMap((path) => isTransactionPath(path) ? path.split("/").slice(1, -2).join("/") : []);
	return [...new Set(names)].sort();
}
function versionsOf(state, dataset) {
	const champions = new Set([...state.endpoints.values()].map(({ champion }) => champion));
	return [...state.versions].flatMap(([version, { record }]) => record.lineage.datasets.filter((data) => data.dataset === dataset).map((data) => ({
		model: state.model,
		version,
		champion: champions.has(version),
		data
	})));
}

export { openBatchIssues as a, parseBatchState as c, writeBatchState as d, openRecordStore as i, subjects as l, runValidation as n, readRefusedBatches as o, digestRefusal as r, emptyBatchState as s, readTrainedVersions as t, writeBatchMarker as u };