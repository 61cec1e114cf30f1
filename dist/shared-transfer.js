import { Tt as ServiceError, wt as InputError } from "./shared-canonical.js";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { createHash, randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createReadStream } from "node:fs";

// adapters/store/transfer.ts
/** No model or data file is larger: GitHub artifacts and git hosts get slow far below it. */
const maxFileBytes = 2147483648;
/**
* Reads where bytes are kept: `file:///absolute/folder` or `https://host/path`; plain http only on this machine.
* @throws InputError STORE_URL for anything else, credentials in the address included: they would reach logs
*/
function parsePlace(url, what) {
	const place = URL.canParse(url) ? new URL(url) : null;
	const local = place?.protocol === "http:" && [
		"127.0.0.1",
		"localhost",
		"[::1]"
	].includes(place.hostname);
	const known = place?.protocol === "file:" || place?.protocol === "https:" || local;
	if (place === null || !known || place.username !== "" || place.password !== "" || place.search !== "") throw new InputError("STORE_URL", `The ${what} "${place === null ? url : place.protocol}" is not supported`, { hint: `Set ${what} in .github/gatehouse.yml to file:///absolute/folder or https://host/path, without user, password or query.` });
	return place;
}
/**
* Opens the bytes at `path` below a place.
* @returns null when there is nothing at this path
* @throws ServiceError STORE_MISSING when the folder itself is not there, STORE_FAILED when the place does not answer
*/
async function openBytes(place, path) {
	if (place.protocol === "file:") return openLocal(fileURLToPath(place), path);
	const answer = await request(place, path, {
		redirect: "error",
		signal: AbortSignal.timeout(36e5)
	});
	if (answer.status === 404) return null;
	if (!answer.ok || answer.body === null) throw fail(place, `HTTP ${answer.status} for ${path}`);
	return answer.body;
}
/** Sends one request to a place; a place that does not answer is a ServiceError STORE_FAILED. */
async function request(place, path, init) {
	try {
		return await fetch(`${place.href.replace(/\/$/, "")}/${path}`, init);
	} catch (cause) {
		throw fail(place, `no answer for ${path}`, cause);
	}
}
async function openLocal(root, path) {
	await requireFolder(root);
	const file = `${root}/${path}`;
	const found = await stat(file).catch((error) => {
		if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
		throw fail(new URL(`file://${root}`), `${path} cannot be read (${error.code})`, error);
	});
	if (found === null) return null;
	if (!found.isFile()) throw fail(new URL(`file://${root}`), `${path} is not a file`);
	return createReadStream(file, { highWaterMark: 1 << 20 });
}
/** @throws ServiceError STORE_MISSING when a folder place is not there */
async function requireFolder(root) {
	if ((await stat(root).catch(() => null))?.isDirectory()) return;
	throw new ServiceError("STORE_MISSING", `The folder ${root} is not there`, { hint: `Create ${root} (or mount it) on this runner, or correct store and data in .github/gatehouse.yml.` });
}
/**
* Copies bytes into a new file while hashing them: what was hashed is what lies there, complete or not at all.
* @param maxBytes stops and removes the copy as soon as one byte more arrives
* @throws InputError FILE_TOO_LARGE, ServiceError STORE_FAILED when reading or writing breaks off
*/
async function copyHashed(bytes, to, algorithm, maxBytes = maxFileBytes) {
	await mkdir(dirname(to), { recursive: true });
	const draft = `${to}.${randomUUID()}`;
	const file = await open(draft, "wx");
	try {
		const copied = await pump(bytes, file, algorithm, maxBytes);
		await file.close();
		await rename(draft, to);
		return copied;
	} catch (error) {
		await file.close().catch(() => void 0);
		await rm(draft, { force: true });
		throw toTransferError(error, to);
	}
}
async function pump(bytes, file, algorithm, maxBytes) {
	const hash = createHash(algorithm);
	let sizeBytes = 0;
	for await (const chunk of bytes) {
		sizeBytes += chunk.byteLength;
		if (sizeBytes > maxBytes) throw refuseSize(`more than ${maxBytes} bytes arrived`);
		hash.update(chunk);
		await file.writev([chunk]);
	}
	return {
		hex: hash.digest("hex"),
		sizeBytes
	};
}
/** Hashes a file that lies on this machine, streaming. */
async function hashFile(path, algorithm) {
	const { size } = await stat(path);
	if (size > 2147483648) throw refuseSize(`${path} has ${size} bytes`);
	const hash = createHash(algorithm);
	let sizeBytes = 0;
	for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
		hash.update(chunk);
		sizeBytes += chunk.length;
	}
	return {
		hex: hash.digest("hex"),
		sizeBytes
	};
}
/** The one refusal of files over 2 GiB. */
function refuseSize(what) {
	return new InputError("FILE_TOO_LARGE", `A file is too large: ${what}, at most ${maxFileBytes} (2 GiB) are allowed`, { hint: "Split the data into several files, or make the model smaller (leave optimiser state and checkpoints out)." });
}
function toTransferError(error, to) {
	if (error instanceof InputError || error instanceof ServiceError) return error;
	const code = error instanceof Error && "code" in error ? String(error.code) : "broken off";
	return new ServiceError("STORE_FAILED", `Copying to ${to} failed (${code})`, {
		hint: "Check disk space, rights and the connection of the runner, then run the job again.",
		cause: error
	});
}
/** A place that answers in no documented way. The path never holds a secret; the address has no credentials. */
function fail(place, what, cause) {
	return new ServiceError("STORE_FAILED", `${place.href} failed: ${what}`, {
		hint: "Check that the runner reaches it and may read and write it, then run the job again.",
		cause
	});
}

export { openBytes as a, request as c, maxFileBytes as i, requireFolder as l, fail as n, parsePlace as o, hashFile as r, refuseSize as s, copyHashed as t };