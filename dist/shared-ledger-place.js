import { i as ServiceError, r as InputError } from "./shared-error.js";
import { i as isDigest } from "./shared-canonical.js";
import { x as policyPath } from "./shared-layout.js";
import { c as startFailure, l as startGit, o as gitText, s as runGit, t as defaultBranch } from "./shared-read.js";
import { dirname, isAbsolute, join } from "node:path";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";

// adapters/git/objects.ts
const longestHeader = 4096;
/**
* Reads objects of a repository by one git process that stays open, bare repositories too. Starting git once for each
* of ten thousand files would take minutes. What a partial clone lacks, git fetches.
* @see https://git-scm.com/docs/git-cat-file#_batch_output
*/
var ObjectReader = class {
	child;
	waiting = [];
	next = 0;
	rest = Buffer.alloc(0);
	stderr = "";
	failure = null;
	constructor(dir) {
		this.child = startGit(dir, ["cat-file", "--batch"]);
		this.child.stdout.on("data", (chunk) => this.take(chunk));
		this.child.stderr.on("data", (chunk) => {
			this.stderr += chunk.toString();
		});
		this.child.stdin.on("error", () => void 0);
		this.child.on("error", (cause) => this.fail(startFailure(dir, cause)));
		this.child.on("close", () => this.fail(ended(dir, this.stderr.trim())));
	}
	/**
	* Finds one object by any name that git knows: an id, `HEAD^{commit}`, a ref.
	* @returns null when there is none of that name
	* @throws InputError GIT_NO_REPOSITORY, GIT_FOLDER; ServiceError GIT_OBJECT_MISSING, GIT_START
	*/
	find(name) {
		if (this.failure !== null) return Promise.reject(this.failure);
		if (/[\n\r\0]/.test(name) || name.length > longestHeader) return Promise.resolve(null);
		return new Promise((resolve, reject) => {
			this.waiting.push({
				name,
				resolve,
				reject
			});
			this.child.stdin.write(`${name}\n`);
		});
	}
	/** Reads an object that another one names. @throws ServiceError GIT_OBJECT_MISSING: the clone is incomplete */
	async read(id, kind) {
		const found = await this.find(id);
		if (found !== null && found.kind === kind) return found.content;
		throw missing(id, found === null ? "" : `it is a ${found.kind}`);
	}
	/** A folder, named by its id or in any other way. @throws ServiceError GIT_OBJECT_MISSING */
	async folder(name) {
		const found = await this.find(name);
		if (found?.kind === "tree") return found;
		throw missing(name, found === null ? "" : `it is a ${found.kind}`);
	}
	/** Entries of a folder by their names. @throws ServiceError GIT_OBJECT_MISSING */
	async tree(name) {
		return parseTree(await this.folder(name));
	}
	/** Ends git. Whatever was asked for and not answered fails. */
	close() {
		this.child.stdin.end();
	}
	take(chunk) {
		this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
		let at = 0;
		while (this.next < this.waiting.length) {
			const end = this.rest.indexOf(10, at);
			if (end < 0) break;
			const header = this.rest.toString("utf8", at, end);
			const [, id = "", kind = "", size = ""] = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(header) ?? [];
			if (id === "") {
				this.answer(null);
				at = end + 1;
				continue;
			}
			const last = end + 1 + Number(size);
			if (this.rest.length < last + 1) break;
			const content = this.rest.subarray(end + 1, last);
			this.answer({
				id,
				kind,
				content
			});
			at = last + 1;
		}
		this.rest = this.rest.subarray(at);
	}
	answer(found) {
		this.waiting[this.next]?.resolve(found);
		this.next += 1;
		if (this.next < this.waiting.length) return;
		this.waiting.length = 0;
		this.next = 0;
	}
	fail(error) {
		this.failure ??= error;
		for (const { reject } of this.waiting.slice(this.next)) reject(this.failure);
		this.waiting.length = 0;
		this.next = 0;
	}
};
/** Where the entries of a folder begin, where their names do, and where those end: it is a row of `mode name\0id`, the id in bytes. */
function* entriesOf(content, id) {
	const idBytes = id.length / 2;
	let at = 0;
	while (at < content.length) {
		const space = content.indexOf(32, at);
		const end = content.indexOf(0, space);
		if (space < 0 || end < 0 || end + idBytes >= content.length) throw missing(id, "it is cut off");
		yield [
			at,
			space,
			end
		];
		at = end + 1 + idBytes;
	}
}
/**
* Finds one entry of a folder without making a list of the others: a folder of ten thousand is half a megabyte.
* @returns null when there is none of that name
*/
function findEntry(folder, name) {
	const wanted = Buffer.from(name);
	for (const [from, space, end] of entriesOf(folder.content, folder.id)) {
		if (end - space - 1 !== wanted.length) continue;
		if (wanted.compare(folder.content, space + 1, end) === 0) return entryAt(folder, from, space, end);
	}
	return null;
}
const entryAt = ({ content, id }, from, space, end) => ({
	mode: content.toString("latin1", from, space),
	id: content.toString("hex", end + 1, end + 1 + id.length / 2)
});
function parseTree(folder) {
	const { content, id } = folder;
	const entries = /* @__PURE__ */ new Map();
	for (const [from, space, end] of entriesOf(content, id)) entries.set(content.toString("utf8", space + 1, end), entryAt(folder, from, space, end));
	return entries;
}
function ended(dir, stderr) {
	if (/not a git repository|dubious ownership/.test(stderr)) return new InputError("GIT_NO_REPOSITORY", `${dir} is no git repository that git will read: ${stderr}`, { hint: "Run this inside a clone of the repository, or name one." });
	return new ServiceError("GIT_OBJECT_MISSING", `git stopped before it had read everything: ${stderr}`, { hint: "The clone is incomplete: run \"git fsck\", then fetch again." });
}
function missing(id, why) {
	const message = `git object ${id} could not be read${why === "" ? "" : `: ${why}`}`;
	return new ServiceError("GIT_OBJECT_MISSING", message, { hint: "The clone is incomplete: run \"git fsck\", then fetch again." });
}

// adapters/git/proof-note.ts
function isNote(value) {
	if (typeof value !== "object" || value === null) return false;
	const { of, commit, size, root, anchored, at } = value;
	const texts = [of, at].every((text) => typeof text === "string") && isDigest(root);
	const counts = [size, anchored].every((count) => Number.isSafeInteger(count) && Number(count) >= 0);
	return texts && counts && typeof commit === "string" && /^[0-9a-f]{40,64}$/.test(commit);
}
/** Where git keeps what belongs to this clone alone: it is never pushed. */
async function noteFile(dir) {
	const folder = await gitText(dir, ["rev-parse", "--git-common-dir"], "say where its folder is");
	return join(isAbsolute(folder) ? folder : join(dir, folder), "gatehouse", "proven.json");
}
/** Every note of this clone; none is no fault, and a broken one counts for nothing. */
async function readProofNotes(dir) {
	try {
		const value = JSON.parse(await readFile(await noteFile(dir), "utf8"));
		return Array.isArray(value) ? value.filter(isNote) : [];
	} catch {
		return [];
	}
}
/** Remembers a proof in place of the last one of that ledger; a clone that cannot be written to remembers nothing. */
async function writeProofNote(dir, note) {
	const others = (await readProofNotes(dir)).filter((each) => each.of !== note.of);
	try {
		const file = await noteFile(dir);
		await mkdir(dirname(file), { recursive: true });
		const draft = `${file}.${process.pid}`;
		await writeFile(draft, `${JSON.stringify([...others, note].slice(-20), null, 2)}\n`);
		await rename(draft, file);
	} catch {}
}
/**
* Says how the ledger's commit stands to the proven one. A ledger grows: any other change of it is a rewritten history.
* @returns `unknown` where the clone lacks the commits between them
*/
async function compareCommits(dir, proven, now) {
	if (proven === now) return "same";
	const { code, stdout } = await runGit(dir, [
		"merge-base",
		proven,
		now
	]);
	if (code === 0) {
		const base = stdout.toString().trim();
		return base === proven ? "newer" : base === now ? "older" : "apart";
	}
	if (code !== 1) return "unknown";
	return (await runGit(dir, ["rev-parse", "--is-shallow-repository"])).stdout.toString().trim() === "false" ? "apart" : "unknown";
}

// cli/ledger-place.ts
/**
* Finds the ledger of a clone.
* @param named `--ledger` as a person typed it; absent: what the policy on the default branch says
* @param shared `--shared`
* @throws InputError LEDGER_NOT_FOUND, GIT_NO_REPOSITORY, and what makes a policy unreadable
*/
async function findLedger(dir, objects, { ledger: named, shared }) {
	const main = await defaultBranch(dir);
	const name = named ?? await configuredBranch(objects, main);
	const fetched = `refs/remotes/origin/${name}`;
	const order = named === void 0 ? [fetched, name] : [name, fetched];
	for (const ref of [...order, `refs/remotes/${name}`]) {
		const commit = await commitOf(objects, ref);
		if (commit !== null) return {
			ref,
			commit,
			layout: layoutOf(ref, main, shared === true)
		};
	}
	throw new InputError("LEDGER_NOT_FOUND", `there is no ledger branch "${name}" in this clone`, { hint: `Fetch it: git fetch origin ${name}. Before the first merge of a proposal there is none.` });
}
/** What the policy on the default branch says, else the default name. */
async function configuredBranch(objects, main) {
	for (const ref of main === null ? ["HEAD"] : [`refs/remotes/origin/${main}`, main]) {
		if (await commitOf(objects, ref) === null) continue;
		const found = await objects.find(`${ref}:${policyPath}`);
		const text = found?.kind === "blob" ? found.content.toString("utf8") : "";
		if (/ledger|\\/.test(text)) {
			const { parsePolicy } = await import("./shared-policy-file2.js");
			return parsePolicy(text, policyPath).ledger.branch;
		}
	}
	return "gatehouse-ledger";
}
const commitOf = async (objects, ref) => {
	const found = await objects.find(`${ref}^{commit}`);
	return found?.kind === "commit" ? found.id : null;
};
/** On the default branch people's files lie beside the ledger; anywhere else every file is the ledger's. */
function layoutOf(ref, main, shared) {
	const name = ref.replace(/^refs\/(?:remotes\/origin|heads)\//, "").replace(/^origin\//, "");
	return shared || main !== null && name === main ? "shared" : "own";
}
/** Under which name a proof of this ledger is remembered. */
const noteName = (ref, layout) => `${ref} ${layout}`;

export { writeProofNote as a, readProofNotes as i, noteName as n, ObjectReader as o, compareCommits as r, findEntry as s, findLedger as t };