import { t as openPlace } from "./shared-open-place.js";
import { r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { a as quotePython, i as compareCodePoints } from "./shared-pointer.js";
import { a as hashFile, i as hashBytes, n as copyHashed, o as maxFileBytes, s as refuseSize } from "./shared-safe-fetch.js";
import { n as Dos2UnixHash, t as digestFile } from "./shared-file.js";
import { n as matchesGlob } from "./shared-glob.js";
import { createReadStream } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Worker } from "node:worker_threads";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { availableParallelism, tmpdir } from "node:os";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";

// core/dvc/manifest.ts
/** More files than this belong into fewer, larger tables. */
const maxManifestFiles = 1e5;
/** 100,000 entries with long paths, each character of them escaped. */
const maxManifestBytes = 67108864;
/** The bytes of a `.dir` manifest, exactly as DVC writes them. */
function writeManifest(entries) {
	return `[${[...entries].sort((a, b) => compareCodePoints(a.relpath, b.relpath)).map(({ md5, relpath }) => `{"md5": "${md5}", "relpath": ${quotePython(relpath)}}`).join(", ")}]`;
}
/** What names a folder in pointers: the MD5 of its manifest and `.dir`. */
function digestManifest(entries) {
	return `${createHash("md5").update(writeManifest(entries)).digest("hex")}.dir`;
}
/**
* Reads a `.dir` manifest.
* @param text what the remote holds, its MD5 already verified; whoever pushed it chose the names
* @param source path of the pointer, for messages
* @returns entries by relpath in code-point order, whose paths stay below the folder and do not stand in each other's way
* @throws InputError DVC_MANIFEST
*/
function parseManifest(text, source) {
	const list = readJson(text, source);
	if (!Array.isArray(list)) throw refuse(source, "it is no list");
	if (list.length > 1e5) throw refuse(source, `it names ${list.length} files, ${maxManifestFiles} are allowed`);
	const entries = list.map((value) => readEntry(value, source));
	entries.sort((a, b) => compareCodePoints(a.relpath, b.relpath));
	requireDistinct(entries, source);
	return entries;
}
function readJson(text, source) {
	try {
		return parseStrictJson(text, source);
	} catch (cause) {
		throw refuse(source, "it is no JSON", cause);
	}
}
function readEntry(value, source) {
	if (typeof value !== "object" || value === null) throw refuse(source, "an entry is no map");
	const { md5, relpath, ...rest } = value;
	const [extra] = Object.keys(rest);
	if (extra !== void 0) throw refuse(source, `an entry has the unknown key ${JSON.stringify(extra)}`);
	if (typeof md5 !== "string" || !/^[0-9a-f]{32}$/.test(md5)) throw refuse(source, "an md5 is not 32 hex characters");
	if (typeof relpath !== "string" || !isBelow(relpath)) throw refuse(source, `the path ${JSON.stringify(relpath ?? null).slice(0, 200)} leads out of the folder`);
	return {
		relpath,
		md5
	};
}
/** Whether a path names something below a folder on every system: no "..", no root, drive, backslash or control. */
function isBelow(relpath) {
	if (!relpath.isWellFormed() || /[\\\p{Cc}]|^[a-zA-Z]:/u.test(relpath)) return false;
	return relpath.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
function requireDistinct(entries, source) {
	const files = new Set(entries.map(({ relpath }) => relpath));
	if (files.size < entries.length) throw refuse(source, "a path stands twice");
	for (const { relpath } of entries) for (let at = relpath.indexOf("/"); at !== -1; at = relpath.indexOf("/", at + 1)) {
		const parent = relpath.slice(0, at);
		if (files.has(parent)) throw refuse(source, `${JSON.stringify(parent)} is a file and a folder`);
	}
}
function refuse(source, why, cause) {
	return new InputError("DVC_MANIFEST", `The list of files that ${source} names is not valid: ${why}`, {
		hint: "Write it again with \"dvc add\" and \"dvc push\".",
		where: { file: source },
		cause
	});
}

// adapters/dvc/object.ts
/** Where DVC 3 keeps an object below the root of a remote, and where DVC 2 kept it. */
function locateObject({ hash, md5 }) {
	const path = `${md5.slice(0, 2)}/${md5.slice(2)}`;
	return hash === "md5" ? `files/md5/${path}` : path;
}
/**
* Copies one object to a local file; what is not what its digest and size say is removed again.
* @returns its size in bytes
* @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, FILE_TOO_LARGE; ServiceError STORE_MISSING, STORE_FAILED
*/
async function fetchObject(place, wanted, to) {
	const { md5, path, sizeBytes, maxBytes = maxFileBytes } = wanted;
	if (sizeBytes !== null && sizeBytes > maxBytes) throw refuseSize(`${path} has ${sizeBytes} bytes`);
	const bytes = await place.open(locateObject(wanted));
	if (bytes === null) throw refuseMissing(place, wanted);
	const legacy = wanted.hash === "md5-dos2unix" ? new Dos2UnixHash() : null;
	const copied = await copyHashed(legacy === null ? bytes : tap(bytes, legacy), to, "md5", maxBytes);
	const found = legacy?.digest() ?? copied.hex;
	const sameSize = sizeBytes === null || sizeBytes === copied.sizeBytes;
	if (found === md5.slice(0, 32) && sameSize) return copied.sizeBytes;
	await rm(to, { force: true });
	throw refuseDigest(wanted, sameSize ? `MD5 ${found}` : `${copied.sizeBytes} bytes, the pointer says ${sizeBytes}`);
}
async function* tap(bytes, hash) {
	for await (const chunk of bytes) {
		hash.update(chunk);
		yield chunk;
	}
}
function refuseMissing(place, { source, path, imported }) {
	return new InputError("DVC_OBJECT_MISSING", `The data of ${source} is not in the remote ${place.address}`, {
		hint: imported ? `DVC does not push imported data: take ${path} over with "dvc add" and "dvc push ${source}", and start the job again.` : `Run "dvc push ${source}" and start the job again.`,
		where: { file: source }
	});
}
function refuseDigest({ source, path }, found) {
	return new InputError("DVC_DIGEST", `What the remote holds for ${source} is not what the pointer names: ${found}`, {
		hint: `Remove the damaged object from the remote, run "dvc add ${path}" and "dvc push ${source}" again.`,
		where: { file: source }
	});
}

// adapters/dvc/folder.ts
/** Files that are fetched at the same time: small ones wait for the remote, not for this machine. */
const parallelFetches = 8;
/** A folder without a size could fill every disk. */
const maxFolderBytes = 32 * maxFileBytes;
/**
* Copies every file of a folder that lies in a remote, each verified by its MD5, the list of them by the pointer's.
* @param name where each file goes; the names in a manifest are pull-request controlled, and stay below the folder
* @returns files by relpath in code-point order
* @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, DVC_MANIFEST, FILE_TOO_LARGE; ServiceError
*/
async function fetchFolder(place, pointer, source, name) {
	const limit = pointer.sizeBytes ?? maxFolderBytes;
	if (limit > maxFolderBytes) throw refuseSize(`the folder ${pointer.path} has ${pointer.sizeBytes} bytes`);
	const entries = await fetchManifest(place, pointer, source);
	if (pointer.files !== null && pointer.files !== entries.length) throw refuseDigest({
		source,
		path: pointer.path
	}, `${entries.length} files, nfiles is ${pointer.files}`);
	const found = new Array(entries.length);
	let sizeBytes = 0;
	await inParallel(entries, async (entry, index) => {
		const path = `${pointer.path}/${entry.relpath}`;
		const local = name(entry, index);
		const wanted = {
			...toWanted(pointer, source),
			md5: entry.md5,
			path,
			sizeBytes: null
		};
		const copied = await fetchObject(place, wanted, local);
		sizeBytes += copied;
		found[index] = {
			path,
			local
		};
		if (sizeBytes > limit) throw refuseSum(pointer, source, `more than ${limit} bytes`);
	});
	if (pointer.sizeBytes !== null && pointer.sizeBytes !== sizeBytes) throw refuseSum(pointer, source, `${sizeBytes} bytes in all, the pointer says ${pointer.sizeBytes}`);
	return found;
}
async function fetchManifest(place, pointer, source) {
	const scratch = await mkdtemp(join(tmpdir(), "gatehouse-dvc-"));
	try {
		const file = join(scratch, "manifest");
		const wanted = {
			...toWanted(pointer, source),
			sizeBytes: null,
			maxBytes: maxManifestBytes
		};
		await fetchObject(place, wanted, file);
		return parseManifest(await readFile(file, "utf8"), source);
	} finally {
		await rm(scratch, {
			recursive: true,
			force: true
		});
	}
}
function toWanted({ hash, md5, path, imported }, source) {
	return {
		hash,
		md5,
		path,
		source,
		imported: imported !== null
	};
}
function refuseSum(pointer, source, found) {
	return refuseDigest({
		source,
		path: pointer.path
	}, found);
}
/** Stops at the first failure; what is under way then is waited for, so that nothing is written afterwards. */
async function inParallel(items, work) {
	let next = 0;
	let failed = false;
	const run = async () => {
		while (!failed && next < items.length) {
			const index = next++;
			try {
				await work(items[index], index);
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	};
	const broken = (await Promise.allSettled(Array.from({ length: parallelFetches }, run))).find((outcome) => outcome.status === "rejected");
	if (broken !== void 0) throw broken.reason;
}

// adapters/dvc/ignore.ts
const fileName = ".dvcignore";
/**
* Reads the `.dvcignore` files that hold for a folder: its own and those above it, up to the root of the repository.
* The last rule that matches decides, as in `.gitignore`.
* @throws InputError DVC_UNSUPPORTED for a file inside the data, as DVC refuses it, and for backslashes and braces
*/
async function readIgnoreRules(folder) {
	const top = resolve(folder);
	const rules = [];
	for (const place of await listPlaces(top)) {
		const text = await readFile(join(place, fileName), "utf8").catch(() => "");
		const below = relative(place, top).split(sep).join("/");
		rules.push(...parseRules(text, below === "" ? "" : `${below}/`, join(place, fileName)));
	}
	return (relpath, isFolder) => {
		if (relpath === fileName || relpath.endsWith(`/${fileName}`)) throw refuseInside(join(top, relpath));
		const last = rules.findLast(({ globs, foldersOnly, prefix }) => (isFolder || !foldersOnly) && matchesGlob(globs, `${prefix}${relpath}`));
		return last !== void 0 && !last.restores;
	};
}
/** Folders from the root of the repository down to the parent of the data; the parent alone outside of any repository. */
async function listPlaces(folder) {
	const places = [];
	for (let place = dirname(folder);; place = dirname(place)) {
		places.unshift(place);
		if (await isRoot(place)) return places;
		if (place === dirname(place)) return [dirname(folder)];
	}
}
async function isRoot(place) {
	return (await Promise.all([".dvc", ".git"].map((name) => stat(join(place, name)).catch(() => null)))).some((entry) => entry !== null);
}
function parseRules(text, prefix, file) {
	return text.split(/\r?\n/).flatMap((line, at) => {
		const rule = line.trimEnd();
		if (rule === "" || rule.startsWith("#")) return [];
		if (/[\\{}]/.test(rule)) throw refuseRule(file, at + 1);
		const restores = rule.startsWith("!");
		const pattern = restores ? rule.slice(1) : rule;
		const body = pattern.replace(/\/$/, "");
		if (body === "") return [];
		const glob = body.includes("/") ? body.replace(/^\//, "") : `**/${body}`;
		return [{
			globs: [glob.endsWith("/**") ? `${glob}/*` : glob],
			foldersOnly: pattern.endsWith("/"),
			restores,
			prefix
		}];
	});
}
function refuseInside(file) {
	return new InputError("DVC_UNSUPPORTED", `${file} lies inside the data`, { hint: "Move its rules to the .dvcignore at the root of the repository: DVC refuses it here, too." });
}
function refuseRule(file, line) {
	return new InputError("DVC_UNSUPPORTED", `${file} has a rule with a backslash or a brace`, {
		hint: "Write the rule without them: folders are not hashed while it is not sure what belongs to them.",
		where: {
			file,
			line
		}
	});
}

// adapters/dvc/tree-worker.ts
/**
* Hashes files until none is left. Runs in several threads: its text is sent to them, so it names nothing outside itself.
* Synchronous on purpose: for small files a promise costs more than the read.
*/
function hashBatches(batch) {
	const { closeSync, openSync, readSync } = process.getBuiltinModule("node:fs");
	const { createHash } = process.getBuiltinModule("node:crypto");
	const filesPerTurn = 64;
	const buffer = Buffer.allocUnsafe(1048576);
	const next = new Int32Array(batch.next);
	const done = [];
	const hash = (path) => {
		const md5 = createHash("md5");
		let sizeBytes = 0;
		const file = openSync(path, "r");
		try {
			for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
				md5.update(buffer.subarray(0, read));
				sizeBytes += read;
			}
		} finally {
			closeSync(file);
		}
		return {
			md5: md5.digest("hex"),
			sizeBytes,
			error: null
		};
	};
	for (;;) {
		const start = Atomics.add(next, 0, filesPerTurn);
		if (start >= batch.paths.length) return done;
		for (let at = start; at < Math.min(start + filesPerTurn, batch.paths.length); at += 1) try {
			done.push({
				at,
				file: hash(batch.paths[at] ?? "")
			});
		} catch (error) {
			const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
			done.push({
				at,
				file: {
					md5: "",
					sizeBytes: 0,
					error: code
				}
			});
		}
	}
}

// adapters/dvc/tree.ts
/** Below this number of files a second thread costs more than it gives. */
const filesForThreads = 500;
/** Reading and hashing wait for each other: more threads than this gave nothing. */
const maxThreads = 4;
/** Folders of version control that DVC never takes for data. */
const never = /* @__PURE__ */ new Set([
	".git",
	".hg",
	".dvc"
]);
/**
* Hashes a folder as `dvc add` does. Empty folders do not count; a file that changes meanwhile gets the digest of what was
* read of it.
* @param folder absolute
* @param hash the recipe: of DVC 3, or of DVC 2
* @throws InputError DVC_UNSUPPORTED for links and special files, which may lead anywhere, DVC_TREE for names that no
* manifest can hold and files that cannot be read
*/
async function digestTree(folder, hash = "md5") {
	const relpaths = await listFiles(folder);
	const paths = relpaths.map((relpath) => join(folder, relpath));
	const entries = (hash === "md5" ? await hashAll(paths) : await hashAllLegacy(paths)).map(({ md5, sizeBytes }, at) => ({
		relpath: relpaths[at] ?? "",
		md5,
		sizeBytes
	}));
	return {
		md5: digestManifest(entries),
		sizeBytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0),
		entries
	};
}
async function listFiles(folder) {
	const ignored = await readIgnoreRules(folder);
	const files = [];
	const waiting = [""];
	for (let below = waiting.pop(); below !== void 0; below = waiting.pop()) {
		for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
			const relpath = below === "" ? entry.name : `${below}/${entry.name}`;
			if (never.has(entry.name) || ignored(relpath, entry.isDirectory())) continue;
			if (entry.isDirectory()) waiting.push(relpath);
			else files.push(requirePlain(relpath, entry.isFile(), folder));
		}
		if (files.length > 1e5) throw refuseCount(folder);
	}
	return files;
}
function requirePlain(relpath, isFile, folder) {
	if (!isFile) throw new InputError("DVC_UNSUPPORTED", `${join(folder, relpath)} is a link or a special file`, { hint: "Put the file itself there: a link may lead anywhere." });
	if (isBelow(relpath)) return relpath;
	throw new InputError("DVC_TREE", `${JSON.stringify(relpath)} in ${folder} is no name for data`, { hint: "Rename it, without backslashes, control characters and drive letters." });
}
function refuseCount(folder) {
	return new InputError("DVC_TREE", `${folder} holds more than ${maxManifestFiles} files`, { hint: "Join the data into fewer, larger tables." });
}
/** One after the other: data of DVC 2 is read here and there, and never written. */
async function hashAllLegacy(paths) {
	const all = [];
	for (const path of paths) all.push({
		...await digestFile(path, "md5-dos2unix"),
		error: null
	});
	return all;
}
async function hashAll(paths) {
	const threads = paths.length < filesForThreads ? 1 : Math.min(maxThreads, availableParallelism());
	const shared = {
		paths,
		next: new SharedArrayBuffer(4)
	};
	const parts = await Promise.all([...Array.from({ length: threads - 1 }, () => runWorker(shared)), Promise.resolve().then(() => hashBatches(shared))]);
	const all = new Array(paths.length);
	for (const { at, file } of parts.flat()) all[at] = file;
	const broken = all.findIndex((file) => file.error !== null);
	if (broken === -1) return all;
	throw new InputError("DVC_TREE", `${paths[broken]} cannot be read (${all[broken]?.error})`, { hint: "Check its rights, and that nothing writes the folder meanwhile." });
}
/** The code travels as text, so that a bundle needs no second file. */
function runWorker(batch) {
	const code = `const { workerData, parentPort } = require('node:worker_threads');
parentPort.postMessage((${hashBatches.toString()})(workerData));`;
	return new Promise((resolve, reject) => {
		const worker = new Worker(code, {
			eval: true,
			workerData: batch
		});
		worker.once("message", resolve);
		worker.once("error", reject);
		worker.once("exit", () => reject(/* @__PURE__ */ new Error("a hashing thread ended without an answer")));
	});
}

// adapters/dvc/push.ts
/**
* Copies a file or folder into the remote; a folder's manifest last, so that what is named is there.
* @throws InputError DVC_UNSUPPORTED for trees with links, DVC_DIGEST when data changes on the way or when other bytes lie
* there already; ServiceError STORE_MISSING, STORE_FAILED
*/
async function push(place, path) {
	await place.require();
	const keep = place.address.startsWith("file:") ? keepInFolder(fileURLToPath(place.address)) : keepIn(place);
	return (await stat(path)).isDirectory() ? pushFolder(keep, path) : pushFile(keep, path);
}
/** On a server or in a bucket, where nothing is ever replaced: what lies there must be what is pushed. */
function keepIn(place) {
	return async (file, md5, sizeBytes) => {
		const path = locateObject({
			hash: "md5",
			md5
		});
		const { hex: sha256 } = await hashFile(file, "sha256");
		if (await place.put(path, {
			file,
			sha256,
			sizeBytes
		}) === "written") return;
		const bytes = await place.open(path);
		if ((bytes === null ? null : (await hashBytes(bytes, "md5")).hex) === md5.slice(0, 32)) return;
		throw new InputError("DVC_DIGEST", `The remote ${place.address} holds other bytes as ${path}`, { hint: "Remove this damaged object from the remote and push again." });
	};
}
async function pushFile(keep, file) {
	const { hex, sizeBytes } = await hashFile(file, "md5");
	await keep(file, hex, sizeBytes);
	return {
		md5: hex,
		sizeBytes,
		files: null
	};
}
async function pushFolder(keep, folder) {
	const tree = await digestTree(folder);
	for (const { relpath, md5, sizeBytes } of tree.entries) await keep(join(folder, relpath), md5, sizeBytes);
	const scratch = await mkdtemp(join(tmpdir(), "gatehouse-dvc-"));
	try {
		const manifest = join(scratch, "manifest");
		const text = writeManifest(tree.entries);
		await writeFile(manifest, text);
		await keep(manifest, tree.md5, Buffer.byteLength(text));
	} finally {
		await rm(scratch, {
			recursive: true,
			force: true
		});
	}
	return {
		md5: tree.md5,
		sizeBytes: tree.sizeBytes,
		files: tree.entries.length
	};
}
function keepInFolder(root) {
	return async (file, md5, sizeBytes) => {
		const target = join(root, locateObject({
			hash: "md5",
			md5
		}));
		const taken = await stat(target).catch(() => null);
		if (taken !== null && taken.size === sizeBytes) return;
		if ((await copyHashed(createReadStream(file), target, "md5")).hex === md5.slice(0, 32)) return;
		await rm(target, { force: true });
		throw new InputError("DVC_DIGEST", `${file} changed while it was pushed`, { hint: "Push it again." });
	};
}

// adapters/dvc/remote.ts
/**
* Opens a remote by its address; a folder that is not there is told when it is first used.
* @param network what base's policy lets the job reach; without it the remote's own host at a public address
* @throws InputError STORE_URL
*/
function openRemote(url, network, options) {
	const place = openPlace(url, "data", network, options);
	return {
		fetch: ({ hash, md5, sizeBytes, path, imported }, source, to) => fetchObject(place, {
			hash,
			md5,
			sizeBytes,
			path,
			source,
			imported: imported !== null
		}, to),
		fetchFolder: (pointer, source, name) => fetchFolder(place, pointer, source, name),
		push: (path) => push(place, path)
	};
}

export { writeManifest as a, parseManifest as i, digestTree as n, digestManifest as r, openRemote as t };