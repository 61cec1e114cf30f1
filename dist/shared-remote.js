import { _ as YAMLException, g as FAILSAFE_SCHEMA, wt as InputError, y as load } from "./shared-canonical.js";
import { a as openBytes, i as maxFileBytes, l as requireFolder, o as parsePlace, r as hashFile, s as refuseSize, t as copyHashed } from "./shared-transfer.js";
import { rm, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { createReadStream } from "node:fs";

// adapters/dvc/pointer.ts
const maxPointerBytes = 262144;
const topKeys = "desc md5 cmd wdir frozen locked deps outs always_changed meta".split(" ");
const outKeys = "md5 etag checksum size nfiles isexec cloud hash path fs_config desc type labels meta cache metric plot persist remote push files".split(" ");
/**
* Reads a `.dvc` pointer of DVC 3 for a single file.
* @param text pull-request controlled
* @param source path of the pointer in the repository; the data must lie in the same repository
* @throws InputError DVC_POINTER when it is no valid pointer, DVC_UNSUPPORTED for a valid one of another kind
* @see https://github.com/iterative/dvc dvc/schema.py SINGLE_STAGE_SCHEMA
*/
function parsePointer(text, source) {
	const top = readMap(parseYaml(text, source), topKeys, source, "the pointer");
	const outs = top.get("outs");
	if (!Array.isArray(outs) || outs.length === 0) throw refuse(source, "it has no outs");
	if (outs.length > 1) throw refuseKind(source, `${outs.length} outs`, "one pointer for each file (dvc add <file>)");
	if (top.has("deps")) throw refuseKind(source, "an import (deps)", "dvc add, so that the bytes lie in your own remote");
	const out = readMap(outs[0], outKeys, source, "outs[0]");
	refuseOtherKinds(out, source);
	const name = readText(out, "path", source);
	const md5 = readText(out, "md5", source).toLowerCase();
	if (!/^[0-9a-f]{32}$/.test(md5)) throw refuse(source, "md5 is not 32 hex characters");
	return {
		out: name,
		path: resolveData(source, top.has("wdir") ? readText(top, "wdir", source) : ".", name),
		md5,
		sizeBytes: readSize(out, source)
	};
}
/** Every scalar as text: an md5 of digits and one "e" must never become a number on the way. */
function parseYaml(text, source) {
	if (Buffer.byteLength(text) > maxPointerBytes) throw refuse(source, "it is over 256 KiB, which is no pointer");
	try {
		return load(text, {
			schema: FAILSAFE_SCHEMA,
			filename: source,
			maxAliases: 0
		});
	} catch (cause) {
		const line = cause instanceof YAMLException ? cause.mark?.line : void 0;
		throw refuse(source, "it is not YAML", line === void 0 ? void 0 : line + 1, cause);
	}
}
function readMap(value, keys, source, what) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse(source, `${what} is no map`);
	const map = new Map(Object.entries(value));
	const unknown = [...map.keys()].find((key) => !keys.includes(key));
	if (unknown !== void 0) throw refuse(source, `${what} has the unknown key "${unknown}"`);
	return map;
}
function refuseOtherKinds(out, source) {
	const md5 = out.get("md5");
	if (typeof md5 === "string" && md5.endsWith(".dir") || out.has("nfiles")) throw refuseKind(source, "a folder", "dvc add for each file of the folder");
	for (const key of [
		"etag",
		"checksum",
		"cloud",
		"files",
		"remote",
		"fs_config"
	]) if (out.has(key)) throw refuseKind(source, `"${key}"`, "a plain remote that is not versioned by the cloud");
	for (const key of ["cache", "push"]) if (out.get(key) === "false") throw refuseKind(source, `${key}: false`, `${key}: true, so that dvc push keeps the bytes`);
	if (!out.has("hash")) throw refuseKind(source, "a pointer of DVC 2 (no hash)", "dvc cache migrate --dvc-files");
	if (out.get("hash") !== "md5") throw refuse(source, "hash is not md5");
}
function readText(map, key, source) {
	const value = map.get(key);
	if (typeof value === "string" && value !== "") return value;
	throw refuse(source, `${key} is missing`);
}
function readSize(out, source) {
	const text = out.get("size");
	if (text === void 0) return null;
	const size = typeof text === "string" && /^\d+$/.test(text) ? Number(text) : NaN;
	if (!Number.isSafeInteger(size)) throw refuse(source, "size is no number of bytes");
	return size;
}
/** The pointer names the data relative to itself; it may not name anything outside the repository. */
function resolveData(source, wdir, name) {
	const path = posix.normalize(posix.join(posix.dirname(source), wdir, name));
	const foreign = [wdir, name].some((part) => posix.isAbsolute(part) || /[\\\0]|^[a-zA-Z]:|:\/\//.test(part));
	const noFile = [
		".",
		"..",
		""
	].includes(posix.basename(name)) || name.endsWith("/");
	if (foreign || noFile || path === ".." || path.startsWith("../")) throw refuse(source, "its path leaves the repository or names no file");
	return path;
}
function refuse(source, why, line, cause) {
	return new InputError("DVC_POINTER", `${source} is no valid DVC pointer: ${why}`, {
		hint: `Write it again with "dvc add" and commit the result.`,
		where: {
			file: source,
			...line === void 0 ? {} : { line }
		},
		cause
	});
}
function refuseKind(source, what, instead) {
	return new InputError("DVC_UNSUPPORTED", `${source} holds ${what}, which is not supported`, {
		hint: `Use ${instead}.`,
		where: { file: source }
	});
}

// adapters/dvc/remote.ts
/** Opens a remote by its address; a folder that is not there is told when it is first used. */
function openRemote(url) {
	const place = parsePlace(url, "data");
	return {
		fetch: (pointer, source, to) => fetchObject(place, pointer, source, to),
		push: (file) => push(place, file)
	};
}
function locate(md5) {
	return `files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`;
}
async function fetchObject(place, pointer, source, to) {
	if (pointer.sizeBytes !== null && pointer.sizeBytes > 2147483648) throw refuseSize(`${pointer.path} has ${pointer.sizeBytes} bytes`);
	const bytes = await openBytes(place, locate(pointer.md5));
	if (bytes === null) throw new InputError("DVC_OBJECT_MISSING", `The data of ${source} is not in the remote ${place.href}`, {
		hint: `Run "dvc push ${source}" and start the job again.`,
		where: { file: source }
	});
	const { hex, sizeBytes } = await copyHashed(bytes, to, "md5");
	const sameSize = pointer.sizeBytes === null || pointer.sizeBytes === sizeBytes;
	if (hex === pointer.md5 && sameSize) return sizeBytes;
	await rm(to, { force: true });
	const found = hex === pointer.md5 ? `${sizeBytes} bytes, the pointer says ${pointer.sizeBytes}` : `MD5 ${hex}`;
	throw new InputError("DVC_DIGEST", `What the remote holds for ${source} is not what the pointer names: ${found}`, {
		hint: `Remove the damaged object from the remote, run "dvc add ${pointer.path}" and "dvc push ${source}" again.`,
		where: { file: source }
	});
}
async function push(place, file) {
	if (place.protocol !== "file:") throw new InputError("DVC_UNSUPPORTED", `Nothing is pushed to ${place.href} by Gatehouse`, { hint: "Run \"dvc push\" with your own credentials." });
	const root = fileURLToPath(place);
	await requireFolder(root);
	const { hex, sizeBytes } = await hashFile(file, "md5");
	const target = join(root, locate(hex));
	const taken = await stat(target).catch(() => null);
	if (taken === null || taken.size !== sizeBytes) {
		if ((await copyHashed(createReadStream(file), target, "md5")).hex !== hex) {
			await rm(target, { force: true });
			throw new InputError("DVC_DIGEST", `${file} changed while it was pushed`, { hint: "Push it again." });
		}
	}
	return {
		md5: hex,
		sizeBytes
	};
}

export { parsePointer as n, openRemote as t };