import { n as readWorkTree } from "./shared-work-tree.js";
import { t as requireVerified } from "./shared-resolve2.js";
import { t as parseContract } from "./shared-contract-file.js";
import { s as datasetOfFile } from "./shared-layout.js";
import { n as GatehouseError, r as InputError } from "./shared-error.js";
import { n as showGpus } from "./shared-lineage-section.js";
import { t as suggest } from "./shared-suggestion.js";
import { n as renderLineageMermaid } from "./shared-lineage-mermaid.js";
import { i as plainText } from "./shared-cell.js";
import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { r as toAscii } from "./shared-text.js";
import { n as readProvenLedger } from "./shared-ledger.js";

// core/lineage/reach.ts
/** Edges that leave an entity in one direction, by entity. */
function edgesBy(lineage, direction) {
	const found = /* @__PURE__ */ new Map();
	for (const edge of lineage.edges) {
		const at = direction === "up" ? edge.to : edge.from;
		const list = found.get(at);
		if (list === void 0) found.set(at, [edge]);
		else list.push(edge);
	}
	return found;
}
/** The other end of an edge. */
const farEnd = (edge, direction) => direction === "up" ? edge.from : edge.to;
/**
* Every entity in one direction, each once, nearest first; a circle ends where it began. What is over is not followed.
* @param edges those of the direction
* @returns ids without the beginning itself
*/
function reach(edges, id, direction) {
	const found = /* @__PURE__ */ new Set([id]);
	for (const at of found) for (const edge of edges.get(at) ?? []) if (!edge.past) found.add(farEnd(edge, direction));
	found.delete(id);
	return [...found];
}

// core/lineage/constraint.ts
/** What the contract of a dataset binds its users to. Names of columns are shown, never values. */
function constraintsOf(contract) {
	const { access, expires, legalBasis, approvedBy } = contract;
	return [
		{
			kind: "approver",
			value: approvedBy
		},
		{
			kind: "legal basis",
			value: legalBasis
		},
		{
			kind: "retention",
			value: expires
		},
		{
			kind: "access",
			value: access.length === 0 ? "no model" : access.join(", ")
		},
		...["secret", "personal"].flatMap((privacy) => {
			const names = contract.columns.filter((column) => column.privacy === privacy).map(({ name }) => name);
			return names.length === 0 ? [] : [{
				kind: "privacy",
				value: `${privacy}: ${names.join(", ")}`
			}];
		})
	];
}
/**
* Everything that binds an entity: its own constraints and those of whatever it was made from.
* @param up edges of the lineage by what they lead to, when the caller has them already
* @returns its own first, then by distance; each with the entity that it comes from
*/
function carriedBy(lineage, id, up = edgesBy(lineage, "up")) {
	return [id, ...reach(up, id, "up")].flatMap((from) => (lineage.entities.get(from)?.constraints ?? []).map((constraint) => ({
		...constraint,
		from
	})));
}

// core/lineage/entity.ts
const sourceId = (text) => `source:"${text}"`;
const datasetId = (name) => `dataset:${name}`;
/** @param digest `sha256:` and 64 hex characters */
const datasetVersionId = (name, digest) => `dataset:${name}@${digest}`;
const transformationId = (name) => `transformation:${name}`;
const runId = (run) => `run:${run}`;
const versionId = (model, version) => `${model}@v${version}`;
const endpointId = (endpoint, model) => `endpoint:${endpoint}/${model}`;

// core/lineage/build.ts
/** Joins what the contracts of today say with what the ledger recorded. The same sources give the same lineage. */
function buildLineage({ contracts, unreadable = [], states }) {
	const draft = new Draft();
	for (const contract of contracts) addContract(draft, contract);
	for (const dataset of unreadable) addUnknown(draft, dataset, "its contract cannot be read");
	for (const parent of contracts.flatMap(({ derivedFrom }) => derivedFrom)) if (!draft.entities.has(datasetId(parent))) addUnknown(draft, parent, "it has no contract here");
	for (const state of states) {
		for (const version of state.versions.values()) addVersion(draft, version);
		for (const { endpoint, champion, since, fallback } of state.endpoints.values()) draft.add({
			id: endpointId(endpoint, state.model),
			kind: "endpoint",
			label: `endpoint ${endpoint} of ${state.model}`,
			facts: [["champion", champion === null ? `none, the fallback serves: ${fallback}` : `v${champion}`], ["since", since]],
			constraints: []
		});
	}
	return draft;
}
var Draft = class {
	entities = /* @__PURE__ */ new Map();
	edges = [];
	#joined = /* @__PURE__ */ new Set();
	/** The first one that names an entity describes it. */
	add(entity) {
		if (!this.entities.has(entity.id)) this.entities.set(entity.id, entity);
	}
	join(from, to, label = "", past = false) {
		const key = JSON.stringify([
			from,
			to,
			label
		]);
		if (this.#joined.has(key)) return;
		this.#joined.add(key);
		this.edges.push({
			from,
			to,
			label,
			past
		});
	}
};
function addContract(draft, contract) {
	const { dataset, source, derivedFrom, description, files } = contract;
	const id = datasetId(dataset);
	draft.add({
		id,
		kind: "dataset",
		label: `dataset ${dataset}`,
		facts: [["what", description], ["files", files.join(", ")]],
		constraints: constraintsOf(contract)
	});
	addSource(draft, source);
	draft.join(sourceId(source), id);
	if (derivedFrom.length === 0) return;
	const step = transformationId(dataset);
	draft.add({
		id: step,
		kind: "transformation",
		label: `what makes ${dataset} from ${derivedFrom.join(", ")}`,
		facts: contract.ingest === void 0 ? [] : [["command", contract.ingest.command]],
		constraints: []
	});
	draft.join(step, id);
	for (const parent of derivedFrom) draft.join(datasetId(parent), step);
}
function addSource(draft, source) {
	draft.add({
		id: sourceId(source),
		kind: "source",
		label: source,
		facts: [],
		constraints: []
	});
}
function addUnknown(draft, dataset, because) {
	draft.add({
		id: datasetId(dataset),
		kind: "dataset",
		label: `dataset ${dataset}`,
		facts: [],
		constraints: [{
			kind: "unknown",
			value: because
		}]
	});
}
function addVersion(draft, { record, stage, since, deployments }) {
	const id = versionId(record.model, record.version);
	const run = addRun(draft, record);
	draft.add({
		id,
		kind: "version",
		label: `model ${record.model} v${record.version}`,
		facts: [
			["stage", `${stage} since ${since}`],
			["artifact", record.artifact.digest],
			["pull request", `#${record.lineage.pullRequest}`],
			["code", record.lineage.codeCommit],
			["held-out features", record.lineage.heldOut.featuresDigest]
		],
		constraints: []
	});
	draft.join(run, id);
	for (const deployment of deployments) addDeployment(draft, id, record.model, deployment);
}
function addRun(draft, { lineage }) {
	const { trainedBy, run, datasets } = lineage;
	const id = runId(trainedBy.runId);
	draft.add({
		id,
		kind: "run",
		label: `run ${trainedBy.runId}`,
		facts: [
			["attempt", String(trainedBy.runAttempt)],
			["command (claimed)", run.command],
			["machine (claimed)", `${run.runner}, GPU ${showGpus(run.machine)}`]
		],
		constraints: []
	});
	for (const { dataset, dataDigest, contractDigest, rows, source, record } of datasets) {
		const data = datasetVersionId(dataset, dataDigest);
		draft.add({
			id: data,
			kind: "dataset-version",
			label: `data of ${dataset}`,
			facts: [
				["rows", rows === null ? "unknown" : String(rows)],
				["contract then", contractDigest],
				["record in the store", record ?? "none"]
			],
			constraints: []
		});
		if (!draft.entities.has(datasetId(dataset))) addUnknown(draft, dataset, "it has no contract here any more");
		addSource(draft, source);
		draft.join(datasetId(dataset), data);
		draft.join(sourceId(source), data, "as recorded then");
		draft.join(data, id);
	}
	return id;
}
function addDeployment(draft, version, model, deployment) {
	const { endpoint, from, until } = deployment;
	const label = until === null ? `serves since ${from}` : `served from ${from} to ${until}`;
	draft.join(version, endpointId(endpoint, model), label, until !== null);
}

// core/lineage/expired.ts
/**
* Lists every version that was trained on data past its retention, or on data that its model may not use (any more),
* whatever stands between the data and the version.
* @param today ISO date, UTC; anything else expires everything
* @returns sorted by version as the ledger has them
*/
function unfitVersions(lineage, today) {
	const up = edgesBy(lineage, "up");
	const down = edgesBy(lineage, "down");
	return [...lineage.entities.values()].filter(({ kind }) => kind === "version").flatMap(({ id }) => {
		const model = id.slice(0, id.lastIndexOf("@"));
		const serves = (down.get(id) ?? []).filter(({ past }) => !past).map(({ to }) => to);
		return carriedBy(lineage, id, up).flatMap(({ kind, value, from }) => {
			if (kind === "retention" && isKept(value, today)) return [];
			if (kind === "access" && mayUse(value, model)) return [];
			if (kind !== "retention" && kind !== "access" && kind !== "unknown") return [];
			return [{
				version: id,
				because: kind,
				from,
				value,
				serves
			}];
		});
	});
}
/** Names hold no comma: the display text is the list. */
function mayUse(access, model) {
	const named = access.split(", ");
	return named.includes("*") || named.includes(model);
}
/** Dates of equal form compare as text; anything else is no date and never counts as kept. */
const isKept = (expires, today) => isDate(expires) && isDate(today) && today <= expires;
function isDate(text) {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

// core/lineage/find-entity.ts
/** Fewest hex characters by which a digest is known. */
const shortestDigest = 7;
/**
* Finds what somebody typed: an id as it is, a digest by its beginning, a source without its quotes (a shell eats them).
* @throws InputError LINEAGE_UNKNOWN with what was probably meant, LINEAGE_AMBIGUOUS for a beginning of two digests
*/
function findEntity(lineage, text) {
	const exact = lineage.entities.get(text) ?? lineage.entities.get(text.replace(/^source:(.*)$/s, "source:\"$1\""));
	if (exact !== void 0) return exact;
	const begun = new RegExp(`@sha256:[0-9a-f]{${shortestDigest},63}$`).test(text) ? [...lineage.entities.values()].filter(({ id }) => id.startsWith(text)) : [];
	const [only, second] = begun;
	if (only !== void 0 && second === void 0) return only;
	if (only !== void 0 && second !== void 0) throw new InputError("LINEAGE_AMBIGUOUS", `"${text}" is the beginning of ${begun.length} digests`, { hint: `Give more of it: ${only.id} or ${second.id}.` });
	throw unknown(lineage, text);
}
function unknown(lineage, text) {
	const ids = [...lineage.entities.keys()];
	const near = suggest(text, ids);
	const named = ids.find((id) => id === `dataset:${text}` || id.startsWith(`${text}@v`) || id.endsWith(`:${text}`));
	const meant = near ?? named ?? null;
	const forms = "flight-delay@v7, dataset:flights, endpoint:eu/flight-delay, source:\"...\", run:123";
	const some = ids.slice(0, 5).join(", ");
	return new InputError("LINEAGE_UNKNOWN", `neither contracts nor ledger know "${text}"`, { hint: meant === null ? `Write it as one of ${forms}. Known here: ${some === "" ? "nothing yet" : some}.` : `Did you mean "${meant}"?` });
}

// core/lineage/trace.ts
/** Follows an entity to everything it was made from. @param id of an entity that the lineage has */
const traceUp = (lineage, id) => trace(lineage, id, "up");
/** Follows an entity to everything that was made from it. @param id of an entity that the lineage has */
const traceDown = (lineage, id) => trace(lineage, id, "down");
function trace(lineage, id, direction) {
	const entity = entityOf(lineage, id);
	const edges = edgesBy(lineage, direction);
	const lines = [];
	const seen = /* @__PURE__ */ new Set([id]);
	const next = (at, depth) => {
		const found = [...edges.get(at) ?? []].sort((a, b) => Number(a.past) - Number(b.past));
		return found.map((edge, index) => ({
			edge,
			depth,
			last: index === found.length - 1
		})).reverse();
	};
	const open = next(id, 1);
	for (let item = open.pop(); item !== void 0; item = open.pop()) {
		const { edge, depth, last } = item;
		const far = farEnd(edge, direction);
		const reached = entityOf(lineage, far);
		const cut = edge.past || seen.has(far);
		lines.push({
			depth,
			entity: reached,
			edge: edge.label,
			past: edge.past,
			cut,
			last
		});
		if (cut) continue;
		seen.add(far);
		open.push(...next(far, depth + 1));
	}
	const ids = /* @__PURE__ */ new Set([id, ...lines.map((line) => line.entity.id)]);
	const up = edgesBy(lineage, "up");
	return {
		entity,
		direction,
		lines,
		carried: new Map([...ids].map((each) => [each, carriedBy(lineage, each, up)]))
	};
}
function entityOf(lineage, id) {
	const entity = lineage.entities.get(id);
	if (entity === void 0) throw new TypeError(`the lineage has no ${id}`);
	return entity;
}

// core/report/lineage-tree.ts
/** Digests and commands fit, a pasted file does not. */
const longest = 300;
const headings = {
	up: "Made from:",
	down: "Went into:"
};
/** A lineage as a tree for a terminal: each entity with what binds it, and where that comes from. */
function renderLineageTree(traces, unfit, options = {}) {
	const [first] = traces;
	if (first === void 0) return "";
	const { entity, carried } = first;
	const text = [
		plain(headOf(entity)),
		...entity.facts.map(([name, value]) => `  ${plain(`${name}: ${value}`)}`),
		...carriedLines(carried.get(entity.id) ?? [], entity.id).map((line) => `  ${line}`),
		...traces.flatMap(treeOf),
		...unfit.length === 0 ? [] : ["", ...unfit.map(describeUnfit)]
	].join("\n");
	return options.ascii === true ? toAscii(text) : text;
}
/** One sentence: which version, why it should not be used, and where it serves. */
function describeUnfit({ version, because, from, value, serves }) {
	const why = {
		retention: `was trained on ${from}, whose retention ended on ${value}`,
		access: `was trained on ${from}, which its model may not use now (access: ${value})`,
		unknown: `was trained on ${from}, and nobody knows what binds it: ${value}`
	}[because];
	const where = serves.length === 0 ? "It serves nowhere" : `It serves at ${serves.join(", ")}`;
	return plain(`⚠️ ${version} ${why}. ${where}.`);
}
function treeOf({ direction, lines, carried, entity }) {
	if (lines.length === 0) return ["", `${headings[direction]} nothing that is known`];
	const closed = [];
	const rows = lines.flatMap((line) => {
		closed[line.depth] = line.last;
		const bars = Array.from({ length: line.depth - 1 }, (_, at) => closed[at + 1] ? "   " : "│  ").join("");
		const inner = `${bars}${line.last ? "   " : "│  "}`;
		const bound = line.cut ? [] : carriedLines(carried.get(line.entity.id) ?? [], line.entity.id);
		const facts = line.cut ? [] : line.entity.facts.map(([name, value]) => plain(`${name}: ${value}`));
		return [`${bars}${line.last ? "└─ " : "├─ "}${plain(lineOf(line, entity.id))}`, ...[...facts, ...bound].map((text) => `${inner}  ${text}`)];
	});
	return [
		"",
		headings[direction],
		...rows
	];
}
function lineOf({ entity, edge, past, cut }, root) {
	const notes = [edge, cut && !past ? entity.id === root ? "a circle" : "see above" : ""].filter((note) => note !== "");
	return `${headOf(entity)}${notes.length === 0 ? "" : `; ${notes.join("; ")}`}`;
}
/** Its id says what it is, except where a label tells more. */
const headOf = ({ id, label, kind }) => kind === "source" ? id : `${id} (${label})`;
/** One line for each entity that binds it; its own line says so. */
function carriedLines(carried, own) {
	const from = /* @__PURE__ */ new Map();
	for (const { kind, value, from: origin } of carried) from.set(origin, [...from.get(origin) ?? [], `${kind} ${value}`]);
	return [...from].map(([origin, parts]) => plain(origin === own ? `binds: ${parts.join("; ")}` : `carries from ${origin}: ${parts.join("; ")}`));
}
const plain = (text) => plainText(text, longest);

// cli/commands/lineage.ts
/** `gatehouse lineage`: what an entity was made from, what was made from it, and what binds it. */
const lineageCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("lineage").description("Follows a dataset, source, run, version or endpoint to its origins and to what uses it").argument("[entity]", "flight-delay@v7, dataset:flights, endpoint:eu/flight-delay, source:\"...\", run:123").option("--up", "only what it was made from").option("--down", "only what was made from it").option("--unfit", "list every version whose data is past its retention or not for its model any more").option("--format <form>", "text or mermaid", "text");
	withLedgerOptions(command).action((entity, options) => context.run(async () => {
		const { lineage, notes } = await readLineage(context, options, fetchAnchors);
		for (const note of notes) context.complain(`note: ${note}`);
		const unfit = unfitVersions(lineage, context.now().slice(0, 10));
		if (options.unfit === true) return printUnfit(unfit, options, context);
		if (entity === void 0) throw noEntity();
		return printTraces(lineage, tracesOf(lineage, entity, options), unfit, options, context);
	}));
};
async function readLineage(context, options, fetchAnchors) {
	const tree = await readWorkTree(context.cwd, (path) => datasetOfFile(path) !== null);
	const contracts = [];
	const unreadable = tree.links.flatMap((path) => datasetOfFile(path) ?? []);
	for (const [path, text] of tree.texts) try {
		contracts.push(parseContract(text, path));
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		unreadable.push(datasetOfFile(path) ?? path);
	}
	const notes = unreadable.map((name) => `the contract of ${name} cannot be read: run gatehouse check.`);
	const states = await readStates(context, options, fetchAnchors);
	if (states === null) notes.push("there is no ledger in this clone: runs, versions and endpoints are not known.");
	return {
		lineage: buildLineage({
			contracts,
			unreadable,
			states: states ?? []
		}),
		notes
	};
}
/** @returns null when there is no ledger branch yet, which is no fault before the first merge of a proposal */
async function readStates(context, options, fetchAnchors) {
	try {
		const proven = await readProvenLedger(context, options, fetchAnchors);
		requireVerified(proven);
		return [...proven.states.values()];
	} catch (error) {
		if (error instanceof InputError && error.code === "LEDGER_NOT_FOUND" && options.ledger === void 0) return null;
		throw error;
	}
}
function tracesOf(lineage, text, { up, down }) {
	const { id } = findEntity(lineage, text);
	const both = up === true === (down === true);
	return [...both || up === true ? [traceUp(lineage, id)] : [], ...both || down === true ? [traceDown(lineage, id)] : []];
}
function printTraces(lineage, traces, all, options, context) {
	const ids = new Set(traces.flatMap(({ carried }) => [...carried.keys()]));
	const unfit = all.filter(({ version }) => ids.has(version));
	if (options.json === true) context.print(JSON.stringify(toJson(lineage, traces, unfit), null, 2));
	else if (options.format === "mermaid") context.print(renderLineageMermaid(traces, lineage));
	else if (options.format === "text") context.print(renderLineageTree(traces, unfit));
	else throw new InputError("FORMAT_UNKNOWN", `there is no format "${options.format}"`, { hint: "Use --format text or --format mermaid, or --json." });
	return 0;
}
function toJson(lineage, traces, unfit) {
	const carried = new Map(traces.flatMap((trace) => [...trace.carried]));
	return {
		entity: traces[0]?.entity.id ?? null,
		directions: traces.map(({ direction }) => direction),
		entities: [...carried].flatMap(([id, each]) => {
			const entity = lineage.entities.get(id);
			return entity === void 0 ? [] : [{
				...entity,
				carried: each
			}];
		}),
		edges: lineage.edges.filter(({ from, to }) => carried.has(from) && carried.has(to)),
		unfit
	};
}
/** A version that should not be used any more is a gate that is shut, also when it serves since long. */
function printUnfit(unfit, { json }, context) {
	const text = unfit.length === 0 ? "Every version was trained on data that is kept and that its model may use." : unfit.map(describeUnfit).join("\n");
	context.print(json === true ? JSON.stringify(unfit, null, 2) : text);
	return unfit.length === 0 ? 0 : 1;
}
const noEntity = () => new InputError("LINEAGE_ENTITY", "it is not said what to follow", { hint: "Name it: gatehouse lineage dataset:flights. Or list versions whose data has expired: gatehouse lineage --unfit." });

export { lineageCommand };