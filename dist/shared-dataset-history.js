import { Ht as readGitHub, J as isName, Ut as statusOf, Vt as readAllPages, en as InputError, i as isDigest, t as canonicalJson, tn as ServiceError, vt as parseStrictJson } from "./shared-canonical.js";
import { c as isTransactionPath, t as readModelState } from "./shared-model-state.js";
import { r as networkOf } from "./shared-place.js";
import { t as openStore } from "./shared-store.js";
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
/** Issues by GITHUB_TOKEN are written by this account; nobody can register a name with brackets. */
const actionsBot = "github-actions[bot]";
function openBatchIssues(client, name) {
	return {
		find: async (dataset) => {
			const [first, ...doubles] = (await listOwn(client, name)).filter((issue) => issue.dataset === dataset);
			if (first === void 0) return null;
			for (const double of doubles) await retire(client, name, double.number, first.number);
			return first;
		},
		apply: (plan) => apply(client, name, plan)
	};
}
/**
* Every batch that a watch run refused and none passed since, from open and closed issues: a batch does not become
* better by closing an issue. None where the repository has issues turned off: no watch run can have written one.
* @throws ServiceError GITHUB_READ_FAILED when issues cannot be read; BATCH_STATE when somebody edited one: closed, not open
*/
async function readRefusedBatches(client, name) {
	return (await listOwn(client, name)).flatMap(({ dataset, number, body }) => {
		const state = parseBatchState(body);
		if (state === null) throw edited(number);
		return state.refused.map((refusal) => ({
			dataset,
			refusal,
			issue: number
		}));
	});
}
/** Ours by author and marker, oldest first. The author alone narrows it: labels can be taken away by anybody with triage. */
async function listOwn(client, name) {
	const what = "issues of datasets";
	return (await readGitHub(what, () => readAllPages(what, async (page, perPage) => {
		try {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/issues", {
				...name,
				state: "all",
				creator: actionsBot,
				sort: "created",
				direction: "asc",
				per_page: perPage,
				page
			});
			return {
				items: data,
				link: headers.link
			};
		} catch (error) {
			if (statusOf(error) === 410) return { items: [] };
			throw error;
		}
	}))).flatMap((issue) => {
		const body = issue.body ?? "";
		const dataset = parseBatchMarker(body);
		const ours = issue.user?.login === actionsBot && issue.user.type === "Bot";
		if (dataset === null || !ours || issue.pull_request !== void 0) return [];
		const state = issue.state === "open" ? "open" : "closed";
		return [{
			dataset,
			number: issue.number,
			state,
			body
		}];
	}).sort((a, b) => a.number - b.number);
}
async function apply(client, name, plan) {
	if (plan.kind === "nothing") return "";
	if (plan.kind === "open") {
		const { title, body } = plan;
		const { data } = await write("open the issue", () => client.request("POST /repos/{owner}/{repo}/issues", {
			...name,
			title,
			body,
			request: { retries: 0 }
		}));
		return data.html_url;
	}
	const { number, state, title, body, note } = plan;
	if (note !== null) await postOnce(client, name, number, note);
	const { data } = await write(`edit issue ${number}`, () => client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
		...name,
		issue_number: number,
		title,
		body,
		state,
		...state === "closed" ? { state_reason: "completed" } : {}
	}));
	return data.html_url;
}
/** A run that broke off between comment and edit finds its comment there. */
async function postOnce(client, name, number, note) {
	const what = `comments of issue ${number}`;
	const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
	if ((await readGitHub(what, () => readAllPages(what, async (page, perPage) => {
		const { data, headers } = await client.request(route, {
			...name,
			issue_number: number,
			per_page: perPage,
			page
		});
		return {
			items: data,
			link: headers.link
		};
	}))).some(({ user, body }) => user?.login === actionsBot && firstLine(body ?? "") === firstLine(note))) return;
	await write(`comment on issue ${number}`, () => client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
		...name,
		issue_number: number,
		body: note,
		request: { retries: 0 }
	}));
}
/** Two runs at once opened two: the older one stays, the other says where to look. */
async function retire(client, name, double, kept) {
	await write(`close the doubled issue ${double}`, () => client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
		...name,
		issue_number: double,
		body: `Opened twice: see #${kept}.`,
		state: "closed",
		state_reason: "not_planned"
	}));
}
/** @throws InputError ISSUES_OFF, ServiceError ISSUE_REFUSED */
async function write(what, run) {
	try {
		return await run();
	} catch (cause) {
		const status = statusOf(cause);
		if (status === 410) throw new InputError("ISSUES_OFF", `GitHub did not ${what}: issues are turned off in this repository`, {
			hint: "Turn issues on (Settings, General, Features), or set issues: false in the workflow.",
			cause
		});
		const said = cause instanceof Error ? cause.message : String(cause);
		throw new ServiceError("ISSUE_REFUSED", `GitHub did not ${what} (HTTP ${status ?? "no answer"}): ${said}`, {
			hint: "Grant the calling job permissions: { issues: write }.",
			cause
		});
	}
}
const firstLine = (body) => body.split(/\r?\n/, 1)[0] ?? "";
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

export { emptyBatchState as a, writeBatchMarker as c, readRefusedBatches as i, writeBatchState as l, openRecordStore as n, parseBatchState as o, openBatchIssues as r, subjects as s, readTrainedVersions as t };