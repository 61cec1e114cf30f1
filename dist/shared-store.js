import { i as ServiceError, r as InputError } from "./shared-error.js";
import { i as isDigest } from "./shared-canonical.js";
import { t as openPlace } from "./shared-open-place.js";
import { a as hashFile, i as hashBytes, n as copyHashed } from "./shared-safe-fetch.js";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { rm, writeFile } from "node:fs/promises";

// adapters/store/store.ts
/**
* Opens the store of a policy: `<root>/sha256/<2 hex>/<62 hex>` in a folder, on a web server or in a bucket.
* @param network what base's policy lets the job reach (`networkOf`); absent: the store's own host, at a public address
* @throws InputError STORE_URL; ServiceError STORE_MISSING when its folder is not there
*/
async function openStore(url, network, options) {
	const place = openPlace(url, "store", network, options);
	await place.require();
	return {
		putFile: (file) => putFile(place, file),
		putBytes: (bytes) => withTemporary(bytes, (file) => putFile(place, file)),
		get: (digest, folder) => get(place, digest, folder),
		has: (digest) => place.has(locate(digest))
	};
}
function locate(digest) {
	if (!isDigest(digest)) throw new InputError("STORE_DIGEST", `"${String(digest).slice(0, 80)}" is no digest`, { hint: "A digest is sha256: followed by 64 lower-case hex characters." });
	const hex = digest.slice(7);
	return `sha256/${hex.slice(0, 2)}/${hex.slice(2)}`;
}
async function putFile(place, file) {
	const { hex, sizeBytes } = await hashFile(file, "sha256");
	const digest = `sha256:${hex}`;
	const hashed = {
		file,
		sha256: hex,
		sizeBytes
	};
	if (await place.put(locate(digest), hashed) === "taken") await requireSame(place, digest);
	return {
		digest,
		sizeBytes
	};
}
/** Somebody was first. What lies there is read: it would else be found damaged when it is needed, and too late. */
async function requireSame(place, digest) {
	const bytes = await place.open(locate(digest));
	if (`sha256:${bytes === null ? null : (await hashBytes(bytes, "sha256")).hex}` !== digest) throw corrupt(digest, place.address);
}
async function get(place, digest, folder) {
	const path = locate(digest);
	const bytes = await place.open(path);
	if (bytes === null) throw new InputError("STORE_ABSENT", `The store ${place.address} does not have ${digest}`, { hint: "Run the job that made these bytes again, or restore them into the store: nothing is promoted without its bytes." });
	const target = join(folder, path.replaceAll("/", "-"));
	const { hex } = await copyHashed(bytes, target, "sha256");
	if (`sha256:${hex}` === digest) return target;
	await rm(target, { force: true });
	throw corrupt(digest, place.address);
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

export { openStore as t };