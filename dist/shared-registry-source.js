import { i as readProofNotes, n as noteName, o as ObjectReader, r as compareCommits, s as findEntry, t as findLedger } from "./shared-ledger-place.js";
import { A as literal, I as string, L as tuple, M as number, N as object, O as int, P as record, R as union, S as _enum, j as looseObject, l as isModelName, s as load, u as isName, w as array } from "./shared-js-yaml.js";
import { i as incidentEnds, o as incidentReasons } from "./shared-incident.js";
import { t as stages } from "./shared-stage.js";
import { r as InputError } from "./shared-error.js";
import { a as headPath, f as versionPath, l as statePath, n as cardPath, o as incidentsPath, r as endpointPath } from "./shared-layout2.js";
import { t as suggest } from "./shared-suggestion.js";

// core/registry/unreadable-file.ts
/** The app never wrote such a file: whatever it says is not believed. */
function unreadableFile(path, why) {
	return new InputError("LEDGER_FILE_INVALID", `${path} is not what the app writes: ${why}`, {
		hint: "Run gatehouse verify: it names the first bad entry and what should stand there.",
		where: { file: path }
	});
}

// core/registry/ledger.ts
/** How a version came to an endpoint. */
const stayKinds = [
	"promoted",
	"rolled back",
	"promoted by break-glass",
	"rolled back by break-glass",
	"rolled back by trigger"
];

// core/registry/state-quick.ts
/** Exactly the bytes that `renderModelFiles` writes: the key order, the quotes, the spaces. */
const start = /^v: 1\nmodel: ([a-z][a-z0-9-]*(?:\/[a-z][a-z0-9-]*)?)\nstages:((?:\n {2}'[1-9]\d{0,8}': [a-z]+)+)\n/;
const stageLine = /'(\d+)': (registered|staging|candidate|production|archived|rejected)$/gm;
const stayLines = / {2}- version: ([1-9]\d{0,8})\n {4}endpoint: ([a-z][a-z0-9-]*)\n {4}approvals:( \[\]|(?:\n {6}.+|\n {8}.+)+)\n {4}from: '([ -&(-~]*)'\n {4}how: ((?:promoted|rolled back)(?: by (?:break-glass|trigger))?)\n {4}pullRequest: (\d{1,9})\n {4}until: (?:(serving)|'([ -&(-~]*)')\n/y;
const approvalLines = /\n {6}- id: ([1-9]\d{0,14})\n {8}login: ([A-Za-z][A-Za-z0-9-]*)\n {8}role: ([a-z][a-z0-9-]*)\n {8}submittedAt: '([ -&(-~]*)'/y;
const end = /(?:heldOut:\n(?: {2}- labels: sha256:[0-9a-f]{64}\n {4}lastAt: '[ -&(-~]*'\n {4}looks: \d{1,9}\n)+)?lastEvent:\n {2}at: '([ -&(-~]*)'\n {2}hash: (sha256:[0-9a-f]{64})\n {2}seq: (\d{1,15})\n$/y;
/** A stay that has ended, by its form alone: `test` makes no strings of it. */
const endedStay = / {2}- version: [1-9]\d{0,8}\n {4}endpoint: [a-z][a-z0-9-]*\n {4}approvals:(?: \[\]|(?:\n {6}- id: [1-9]\d{0,14}\n {8}login: [A-Za-z][A-Za-z0-9-]*\n {8}role: [a-z][a-z0-9-]*\n {8}submittedAt: '[ -&(-~]*')+)\n {4}from: '[ -&(-~]*'\n {4}how: (?:promoted|rolled back)(?: by (?:break-glass|trigger))?\n {4}pullRequest: \d{1,9}\n {4}until: '(?!serving')[ -&(-~]*'\n/y;
/** Words that YAML takes for something else than a text. */
const noText = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
/**
* Reads a state file in the one form in which the app writes it, without a reader of YAML.
* @param keep `serving`: stays that have ended are passed over, which are nearly all of them
* @returns null for every other form: a reader of YAML must say what it means
*/
function readStateQuickly(text, keep = "all") {
	const head = start.exec(text);
	if (head === null) return null;
	const [whole, model = "", lines = ""] = head;
	const stages = /* @__PURE__ */ new Map();
	let last = 0;
	for (const [, version, stage] of lines.matchAll(stageLine)) {
		if (Number(version) <= last) return null;
		last = Number(version);
		stages.set(last, stage);
	}
	const stays = readStays(text, whole.length, keep);
	if (stages.size !== lines.split("\n").length - 1 || stays === null || isNoText(model)) return null;
	end.lastIndex = stays.at;
	const [, at = "", hash, seq] = end.exec(text) ?? [];
	if (hash === void 0) return null;
	const lastEvent = {
		seq: Number(seq),
		hash,
		at
	};
	return {
		model,
		stages,
		deployments: stays.deployments,
		lastEvent
	};
}
function readStays(text, from, keep) {
	if (text.startsWith("deployments: []\n", from)) return {
		deployments: [],
		at: from + 16
	};
	if (!text.startsWith("deployments:\n", from)) return null;
	const deployments = [];
	const first = from + 13;
	let at = first;
	while (text.startsWith("  - ", at)) {
		endedStay.lastIndex = at;
		if (keep === "serving" && endedStay.test(text)) {
			at = endedStay.lastIndex;
			continue;
		}
		stayLines.lastIndex = at;
		const [whole, version, endpoint = "", people = "", since = "", how, pullRequest, serving, until = ""] = stayLines.exec(text) ?? [];
		const approvals = readApprovals(people);
		if (whole === void 0 || approvals === null || isNoText(endpoint)) return null;
		if (serving === void 0 && until === "serving") return null;
		at += whole.length;
		deployments.push({
			version: Number(version),
			endpoint,
			from: since,
			until: serving === void 0 ? until : null,
			pullRequest: Number(pullRequest),
			how,
			approvals
		});
	}
	return at === first ? null : {
		deployments,
		at
	};
}
function readApprovals(people) {
	if (people === " []") return [];
	const approvals = [];
	for (let at = 0; at < people.length;) {
		approvalLines.lastIndex = at;
		const [whole, id, login = "", role = "", submittedAt = ""] = approvalLines.exec(people) ?? [];
		if (whole === void 0 || isNoText(login) || isNoText(role)) return null;
		at += whole.length;
		approvals.push({
			id: Number(id),
			login,
			role,
			submittedAt
		});
	}
	return approvals;
}
const isNoText = (word) => noText.test(word);

// core/registry/state-file.ts
const approval$1 = object({
	id: int(),
	login: string(),
	role: string(),
	submittedAt: string()
});
const form$1 = looseObject({
	v: literal(1),
	model: string(),
	stages: record(string().regex(/^[1-9]\d{0,8}$/), _enum(stages)),
	deployments: array(object({
		version: int().positive(),
		endpoint: string(),
		from: string(),
		until: string(),
		pullRequest: int(),
		how: _enum(stayKinds),
		approvals: array(approval$1)
	})),
	lastEvent: object({
		seq: int().nonnegative(),
		hash: string().regex(/^sha256:[0-9a-f]{64}$/),
		at: string()
	})
});
/**
* Reads the state file of a model. What the app wrote is read twenty times as fast as YAML; anything else as YAML.
* @param text whoever can push the branch controls it
* @param keep `serving`: stays that have ended may be left out
* @throws InputError LEDGER_FILE_INVALID for what is no state file, or that of another model
*/
function parseStateFile(text, path, model, keep = "all") {
	const state = readStateQuickly(text, keep) ?? readStateSlowly(text, path);
	if (state.model !== model) throw unreadableFile(path, `it is about another model, ${state.model}`);
	return state;
}
/** The same by a reader of YAML: tests hold the two together. @throws InputError LEDGER_FILE_INVALID */
function readStateSlowly(text, path) {
	const { model, stages, deployments, lastEvent } = readForm(text, path, form$1);
	const byVersion = Object.entries(stages).map(([version, stage]) => [Number(version), stage]);
	return {
		model,
		stages: new Map(byVersion),
		deployments: deployments.map(({ until, ...stay }) => ({
			...stay,
			until: until === "serving" ? null : until
		})),
		lastEvent: {
			...lastEvent,
			hash: lastEvent.hash
		}
	};
}
/** Reads YAML of the ledger by a schema. @throws InputError LEDGER_FILE_INVALID */
function readForm(text, path, schema) {
	let value;
	try {
		value = load(text, { maxAliases: 0 });
	} catch (error) {
		throw unreadableFile(path, error instanceof Error ? error.message.split("\n", 1)[0] ?? "" : "no YAML");
	}
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw unreadableFile(path, `${issue?.message ?? "wrong shape"} at /${issue?.path.join("/") ?? ""}`);
}

// core/registry/incidents-file.ts
const count = int().nonnegative();
const commit = string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const codes = array(string());
const form = looseObject({
	v: literal(1),
	incidents: array(object({
		number: count,
		at: string(),
		by: object({
			id: int(),
			login: string()
		}),
		reason: _enum(incidentReasons),
		model: string().nullable(),
		pullRequest: int().nullable(),
		commit,
		baseRef: string(),
		base: commit,
		codes,
		closed: union([literal("open"), object({
			at: string(),
			because: _enum(incidentEnds)
		})])
	})),
	corrections: array(object({
		number: count,
		at: string(),
		restored: commit,
		size: count,
		found: commit,
		foreign: array(commit),
		codes
	}))
});
/**
* Reads what went past the gate.
* @param text whoever can push the branch controls it
* @throws InputError LEDGER_FILE_INVALID
*/
function parseIncidentsFile(text, path) {
	const { incidents, corrections } = readForm(text, path, form);
	return {
		incidents: incidents.map(({ closed, by, ...incident }) => ({
			...incident,
			by: {
				...by,
				kind: "User"
			},
			closed: closed === "open" ? null : closed
		})),
		corrections
	};
}

// core/registry/registry-files.ts
const digest = string().regex(/^sha256:[0-9a-f]{64}$/);
const version = int().positive();
const endpointForm = looseObject({
	v: literal(1),
	model: string(),
	endpoint: string(),
	champion: version.nullable(),
	previous: version.nullable(),
	artifactDigest: digest.nullable(),
	since: string(),
	by: looseObject({ pullRequest: int() }),
	fallback: string()
});
const interval = tuple([number(), number()]).nullable();
const approval = looseObject({
	reviewer: looseObject({
		id: int(),
		login: string()
	}),
	role: string(),
	submittedAt: string()
});
/** What is shown of a record is checked, so that no forged one can break the page; the rest is passed on as it is. */
const recordForm = looseObject({
	v: literal(1),
	model: string(),
	version,
	registeredAt: string(),
	artifact: looseObject({
		digest,
		name: string(),
		sizeBytes: number()
	}),
	lineage: looseObject({
		repository: string(),
		pullRequest: int(),
		codeCommit: string(),
		datasets: array(looseObject({
			dataset: string(),
			dataDigest: digest,
			rows: number().nullable(),
			source: string()
		})),
		heldOut: looseObject({ rows: number() }),
		run: looseObject({
			durationMs: number(),
			runner: string()
		}),
		trainedBy: looseObject({
			runId: int(),
			runAttempt: int()
		})
	}),
	metrics: array(looseObject({
		metric: string(),
		slice: string().nullish(),
		challenger: number(),
		challengerInterval: interval,
		grade: string()
	})),
	gates: array(looseObject({
		gate: string(),
		against: number().nullish(),
		result: string(),
		found: string(),
		required: string()
	})),
	validation: array(looseObject({
		dataset: string(),
		verdict: string(),
		warnings: number()
	})),
	quality: string(),
	task: string(),
	owners: looseObject({
		users: array(string()),
		teams: array(string())
	}),
	risk: string(),
	description: string(),
	limitations: string(),
	featureVersion: string(),
	servingImage: string(),
	fallback: string(),
	approvals: array(approval)
});
/** Reads who serves at an endpoint. @throws InputError LEDGER_FILE_INVALID */
function parseEndpointFile(text, path, model, endpoint) {
	const file = readForm(text, path, endpointForm);
	if (file.model !== model || file.endpoint !== endpoint) throw unreadableFile(path, `it is about ${file.model} at ${file.endpoint}`);
	const { champion, previous, since, fallback, by } = file;
	return {
		endpoint,
		champion,
		previous,
		artifactDigest: file.artifactDigest,
		since,
		pullRequest: by.pullRequest,
		fallback
	};
}
/** Reads the record of a version. @throws InputError LEDGER_FILE_INVALID */
function parseVersionFile(text, path, model, number) {
	const record = readForm(text, path, recordForm);
	if (record.model !== model || record.version !== number) throw unreadableFile(path, `it is about ${record.model} v${record.version}`);
	return record;
}

// adapters/registry/registry-reader.ts
/** So many files are asked for at once: git is kept busy, and memory stays small. */
const atOnce = 500;
const decoder = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** Canonical JSON: one way to write it. */
const headForm = /^\{"frontier":\[["a-z0-9:,]*\],"kind":"AuditHead","root":"(sha256:[0-9a-f]{64})","size":(0|[1-9]\d{0,14}),"v":1\}\n$/;
/** Reads the registry files of one ledger commit, by git alone: no checkout, and of all files only those that are asked for. */
var RegistryReader = class {
	objects;
	commit;
	folders = /* @__PURE__ */ new Map();
	/** @param commit id of a commit of the ledger */
	constructor(objects, commit) {
		this.objects = objects;
		this.commit = commit;
	}
	/** What the ledger says of its own size; null: it has no entries. @throws InputError LEDGER_FILE_INVALID */
	async head() {
		const text = await this.text(headPath);
		return text === null ? null : readHead(text);
	}
	/** @returns null for a model that the ledger does not know */
	async state(model) {
		if (!isModelName(model)) return null;
		const path = statePath(model);
		const text = await this.text(path);
		return text === null ? null : parseStateFile(text, path, model);
	}
	/**
	* Calls with every model of the ledger, in the order of the names.
	* @param keep `serving`: stays that have ended may be left out
	* @throws InputError LEDGER_FILE_INVALID
	*/
	async eachState(keep, take) {
		const sorted = [...await this.stateFiles()].sort(([a], [b]) => a < b ? -1 : 1);
		for (let at = 0; at < sorted.length; at += atOnce) {
			const part = sorted.slice(at, at + atOnce);
			const texts = await Promise.all(part.map(([model, entry]) => this.entryText(entry, statePath(model))));
			part.forEach(([model], index) => {
				take(parseStateFile(texts[index] ?? "", statePath(model), model, keep));
			});
		}
	}
	async record(model, version) {
		const path = versionPath(model, version);
		const text = await this.text(path);
		return text === null ? null : parseVersionFile(text, path, model, version);
	}
	async endpoint(endpoint, model) {
		if (!isName(endpoint)) return null;
		const path = endpointPath(endpoint, model);
		const text = await this.text(path);
		return text === null ? null : parseEndpointFile(text, path, model, endpoint);
	}
	/** What went past the gate; no such file: nothing ever did. @throws InputError LEDGER_FILE_INVALID */
	async incidents() {
		const text = await this.text(incidentsPath);
		return text === null ? {
			incidents: [],
			corrections: []
		} : parseIncidentsFile(text, incidentsPath);
	}
	/** The card as it lies there. */
	async card(model) {
		return this.text(cardPath(model));
	}
	/** path and text of the transactions of one model in the order of their numbers, a few hundred in memory at once. */
	async *transactions(model) {
		const root = `audit/${model}`;
		const folders = [...await this.tree(root)].filter(([name, { mode }]) => /^\d{3,}$/.test(name) && mode === "40000");
		for (const [folder, { id }] of folders.sort(([a], [b]) => Number(a) - Number(b))) {
			const files = [...await this.objects.tree(id)].sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
			for (let at = 0; at < files.length; at += atOnce) {
				const part = files.slice(at, at + atOnce);
				const paths = part.map(([name]) => `${root}/${folder}/${name}`);
				const texts = await Promise.all(part.map(([, entry], index) => this.entryText(entry, paths[index] ?? "")));
				for (const [index, path] of paths.entries()) yield [path, texts[index] ?? ""];
			}
		}
	}
	/** Names of all models, sorted. */
	async models() {
		return [...(await this.stateFiles()).keys()].sort();
	}
	async stateFiles() {
		const found = /* @__PURE__ */ new Map();
		const look = async (prefix, folders) => {
			const trees = [...folders].filter(([name, { mode }]) => mode === "40000" && name !== "versions");
			await Promise.all(trees.map(async ([name, { id }]) => {
				const files = await this.objects.tree(id);
				const [model, state] = [`${prefix}${name}`, files.get("state.yml")];
				if (state !== void 0 && !isModelName(model)) throw unreadableFile(`models/${model}`, "no model can have this name");
				if (state !== void 0) found.set(model, state);
				if (prefix === "" && isName(name)) await look(`${name}/`, files);
			}));
		};
		await look("", await this.tree("models"));
		return found;
	}
	async tree(path) {
		const entry = await this.entry(path);
		if (entry === null) return /* @__PURE__ */ new Map();
		if (entry.mode !== "40000") throw unreadableFile(path, "it is no folder");
		return this.objects.tree(entry.id);
	}
	async text(path) {
		const entry = await this.entry(path);
		return entry === null ? null : this.entryText(entry, path);
	}
	async entryText({ mode, id }, path) {
		if (mode !== "100644") throw unreadableFile(path, `git mode ${mode}`);
		const content = await this.objects.read(id, "blob");
		try {
			return decoder.decode(content);
		} catch {
			throw unreadableFile(path, "it is not UTF-8 text");
		}
	}
	/** Step by step from the root: that way an object which a clone lacks is no file that was never there. */
	async entry(path) {
		let entry = {
			mode: "40000",
			id: `${this.commit}^{tree}`
		};
		for (const name of path.split("/")) {
			if (entry.mode !== "40000") return null;
			const next = findEntry(await this.folderOf(entry.id), name);
			if (next === null) return null;
			entry = next;
		}
		return entry;
	}
	/** The folders above a file are read once. */
	folderOf(id) {
		const known = this.folders.get(id) ?? this.objects.folder(id);
		this.folders.set(id, known);
		return known;
	}
};
/** The two numbers that are shown. The schema of all entries, which comes with the whole reader, takes longer than the answer. */
function readHead(text) {
	const [, root, size] = headForm.exec(text) ?? [];
	if (root === void 0) throw unreadableFile(headPath, "it is no head of a ledger");
	return {
		size: Number(size),
		root
	};
}

// cli/registry-source.ts
const mostKnown = 10;
/**
* Opens the ledger of the clone, works with it, and closes it.
* With `--prove`, or an anchor to prove it by, the whole ledger is verified first; without, the answer says what is known.
* @throws InputError LEDGER_NOT_FOUND, LEDGER_UNVERIFIED, LEDGER_REWRITTEN
*/
async function withRegistry(context, options, fetchAnchors, work) {
	const { prove, anchor, github, app } = options;
	if (prove === true || anchor.length > 0 || github !== void 0 || app !== void 0) {
		const [{ readProvenLedger }, { requireVerified }] = await Promise.all([import("./shared-ledger2.js"), import("./shared-resolve.js")]);
		requireVerified(await readProvenLedger(context, options, fetchAnchors));
	}
	const objects = new ObjectReader(context.cwd);
	try {
		const [place, notes] = await Promise.all([findLedger(context.cwd, objects, options), readProofNotes(context.cwd)]);
		const reader = new RegistryReader(objects, place.commit);
		return await work({
			reader,
			place,
			trust: await trustOf(context.cwd, reader, place, notes)
		});
	} finally {
		objects.close();
	}
}
async function trustOf(dir, reader, { ref, commit, layout }, notes) {
	const head = await reader.head();
	const read = {
		ref,
		commit,
		size: head?.size ?? 0,
		root: head?.root ?? null
	};
	const note = notes.find(({ of }) => of === noteName(ref, layout));
	const descent = note === void 0 ? "unknown" : await compareCommits(dir, note.commit, commit);
	if (note === void 0 || descent === "unknown") return {
		...read,
		proof: "none",
		proven: null
	};
	const proven = {
		commit: note.commit,
		size: note.size,
		anchored: note.anchored,
		at: note.at
	};
	if (descent === "apart") throw new InputError("LEDGER_REWRITTEN", `the ledger at ${commit.slice(0, 12)} does not follow the one that was proven here on ${note.at}, ${note.commit.slice(0, 12)}`, { hint: "Its history was rewritten: promote nothing, and run gatehouse verify with an anchor." });
	return {
		...read,
		proof: descent === "same" ? "proven" : descent === "newer" ? "outgrown" : "none",
		proven
	};
}
/** Refuses a model that the ledger does not know, and says which one was probably meant. */
async function unknownModel(reader, model) {
	const known = await reader.models();
	const near = suggest(model, known);
	const listed = known.slice(0, mostKnown).join(", ") || "none";
	const left = known.length - mostKnown;
	const all = `Known: ${listed}${left > 0 ? ` and ${left} more: gatehouse registry list` : ""}.`;
	return new InputError("LEDGER_UNKNOWN_MODEL", `the ledger knows no model ${JSON.stringify(model.slice(0, 130))}`, { hint: near === null ? all : `Did you mean ${near}? ${all}` });
}
/** Reads `churn`, `growth/churn@v7` and `churn@7`. @throws InputError LEDGER_UNKNOWN_VERSION */
function parseModelVersion(text) {
	const [model = "", ...rest] = text.split("@");
	if (rest.length === 0) return {
		model,
		version: null
	};
	return {
		model,
		version: parseVersion(model, rest.join("@"))
	};
}
/** Reads `v7` and `7`. @throws InputError LEDGER_UNKNOWN_VERSION */
function parseVersion(model, text) {
	const number = Number(/^v?([1-9]\d{0,8})$/.exec(text)?.[1] ?? NaN);
	if (Number.isSafeInteger(number)) return number;
	throw unknownVersion(model, text, []);
}
/** @param known versions of the model, ascending */
function unknownVersion(model, text, known) {
	const newest = [...known].reverse().slice(0, mostKnown).map((version) => `v${version}`);
	const left = known.length - newest.length;
	return new InputError("LEDGER_UNKNOWN_VERSION", `${model} has no version ${JSON.stringify(text.slice(0, 40))}`, { hint: newest.length === 0 ? "Write it as v7 or 7." : `Name one of ${newest.join(", ")}${left > 0 ? ` and ${left} older ones` : ""}.` });
}

export { withRegistry as a, parseStateFile as c, unknownVersion as i, unreadableFile as l, parseVersion as n, parseEndpointFile as o, unknownModel as r, parseVersionFile as s, parseModelVersion as t };