import { n as makeFolder } from "./shared-job.js";
import { Tt as ServiceError, i as isDigest, n as digestBytes, wt as InputError } from "./shared-canonical.js";
import { t as refuse } from "./shared-refusal.js";
import { n as readProposal } from "./shared-read-proposal.js";
import { a as openBytes, c as request, i as maxFileBytes, l as requireFolder, n as fail, o as parsePlace, r as hashFile, s as refuseSize, t as copyHashed } from "./shared-transfer.js";
import { chmod, copyFile, link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createReadStream, openAsBlob } from "node:fs";
import { tmpdir } from "node:os";

// adapters/store/store.ts
/**
* Opens the store of a policy: `<root>/sha256/<2 hex>/<62 hex>`.
* @throws InputError STORE_URL; ServiceError STORE_MISSING when its folder is not there
*/
async function openStore(url) {
	const place = parsePlace(url, "store");
	if (place.protocol === "file:") await requireFolder(fileURLToPath(place));
	const putFile = place.protocol === "file:" ? putLocal : putRemote;
	return {
		putFile: (file) => putFile(place, file),
		putBytes: (bytes) => withTemporary(bytes, (file) => putFile(place, file)),
		get: (digest, folder) => get(place, digest, folder),
		has: (digest) => has(place, digest)
	};
}
function locate(digest) {
	if (!isDigest(digest)) throw new InputError("STORE_DIGEST", `"${String(digest).slice(0, 80)}" is no digest`, { hint: "A digest is sha256: followed by 64 lower-case hex characters." });
	const hex = digest.slice(7);
	return `sha256/${hex.slice(0, 2)}/${hex.slice(2)}`;
}
async function putLocal(place, file) {
	const root = fileURLToPath(place);
	await requireFolder(root);
	await requireSize(file);
	const draft = join(root, "incoming", randomUUID());
	const { hex, sizeBytes } = await copyHashed(createReadStream(file), draft, "sha256");
	const digest = `sha256:${hex}`;
	const target = join(root, locate(digest));
	try {
		await chmod(draft, 292);
		await mkdir(dirname(target), { recursive: true });
		await link(draft, target).catch((error) => acceptTaken(error, target, digest));
	} catch (error) {
		if (error instanceof ServiceError) throw error;
		throw fail(place, `${locate(digest)} could not be written`, error);
	} finally {
		await rm(draft, { force: true });
	}
	return {
		digest,
		sizeBytes
	};
}
async function acceptTaken(error, target, digest) {
	if (error.code !== "EEXIST") throw error;
	const { hex } = await hashFile(target, "sha256");
	if (`sha256:${hex}` !== digest) throw corrupt(digest, target);
}
async function putRemote(place, file) {
	await requireSize(file);
	const { hex, sizeBytes } = await hashFile(file, "sha256");
	const digest = `sha256:${hex}`;
	const answer = await request(place, locate(digest), {
		method: "PUT",
		headers: {
			"if-none-match": "*",
			"content-type": "application/octet-stream"
		},
		body: await openAsBlob(file),
		redirect: "error"
	});
	if (!answer.ok && answer.status !== 412) throw fail(place, `HTTP ${answer.status} for PUT ${locate(digest)}`);
	return {
		digest,
		sizeBytes
	};
}
async function get(place, digest, folder) {
	const path = locate(digest);
	const bytes = await openBytes(place, path);
	if (bytes === null) throw new InputError("STORE_ABSENT", `The store ${place.href} does not have ${digest}`, { hint: "Run the job that made these bytes again, or restore them into the store: nothing is promoted without its bytes." });
	const target = join(folder, path.replaceAll("/", "-"));
	const { hex } = await copyHashed(bytes, target, "sha256");
	if (`sha256:${hex}` === digest) return target;
	await rm(target, { force: true });
	throw corrupt(digest, place.href);
}
async function has(place, digest) {
	const path = locate(digest);
	if (place.protocol === "file:") {
		const root = fileURLToPath(place);
		await requireFolder(root);
		return stat(join(root, path)).then((found) => found.isFile(), () => false);
	}
	const answer = await request(place, path, {
		method: "HEAD",
		redirect: "error"
	});
	if (!answer.ok && answer.status !== 404) throw fail(place, `HTTP ${answer.status} for HEAD ${path}`);
	return answer.ok;
}
async function requireSize(file) {
	const found = await stat(file);
	if (found.size > 2147483648) throw refuseSize(`${file} has ${found.size} bytes`);
}
async function withTemporary(bytes, use) {
	const file = join(tmpdir(), `gatehouse-${randomUUID()}`);
	await writeFile(file, bytes, { mode: 384 });
	try {
		return await use(file);
	} finally {
		await rm(file, { force: true });
	}
}
function corrupt(digest, where) {
	return new ServiceError("STORE_CORRUPT", `The store holds other bytes than their digest says: ${digest.slice(0, 19)}…`, { hint: `Restore these bytes at ${where} from a backup and find out who can write to the store: it must be write-once.` });
}

// adapters/actions/governed-store.ts
function openGovernedStore(reader) {
	const folder = makeFolder("store");
	let url = null;
	let opened = null;
	const store = () => {
		if (url === null) throw notRead();
		opened ??= openStore(url);
		return opened;
	};
	return {
		proposal: async (commits) => {
			const tip = await reader.branchHead(commits.baseRef);
			const proposal = await readProposal(reader, {
				...commits,
				base: tip ?? commits.base
			});
			url = proposal.policy.store;
			return proposal;
		},
		get: async (digest) => new Uint8Array(await readFile(await (await store()).get(digest, folder))),
		sizeOf: async (digest) => sizeOf(await store(), digest, folder),
		putFile: async (file) => (await (await store()).putFile(file)).digest,
		putBytes: async (bytes) => (await (await store()).putBytes(bytes)).digest,
		copyFromStore: async (digest, file) => copyFile(await (await store()).get(digest, folder), file)
	};
}
async function sizeOf(store, digest, folder) {
	try {
		return (await stat(await store.get(digest, folder))).size;
	} catch (error) {
		if (error instanceof InputError && error.code === "STORE_ABSENT") return null;
		throw error;
	}
}
function notRead() {
	return new ServiceError("STORE_UNKNOWN", "The store was asked for before the policy was read", { hint: "Report this: it is a fault of Gatehouse." });
}

// core/evidence/held-out-features.ts
/**
* Names the held-out rows that a model is scored on: the digest of the file that the governing model.yml points to, a
* `.dvc` pointer or the rows themselves. Anybody can compute it from git alone.
* @param content of that file at the governing commit; null: it is not there
* @throws InputError JUDGE_HELD_OUT_MISSING
*/
function digestFeatures(path, content) {
	if (content === null || content.length === 0) throw refuse("judge/held-out-missing", `The held-out features ${path} are ${content === null ? "not there" : "empty"} at the commit that governs`, "Publish the held-out set first, in a pull request of its own, and name it in model.yml under held-out.", { where: { file: path } });
	return digestBytes(content);
}

export { openGovernedStore as n, digestFeatures as t };