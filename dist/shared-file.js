import { r as InputError } from "./shared-error.js";
import { createReadStream } from "node:fs";
import { createHash } from "node:crypto";

// core/dvc/dos2unix.ts
/** DVC 2 reads files in pieces of this size and judges each for itself. */
const chunkBytes$1 = 1048576;
const headBytes = 512;
/** A head with a larger share of other bytes is no text. */
const maxOtherShare = .3;
const textBytes = /* @__PURE__ */ new Set([
	10,
	13,
	9,
	12,
	8
]);
/**
* The MD5 of DVC 2 (`md5-dos2unix`): CRLF counts as LF in every piece of 1 MiB that looks like text.
* @see https://github.com/iterative/dvc-data hash.py, istextfile.py
*/
var Dos2UnixHash = class {
	hash = createHash("md5");
	chunk = Buffer.alloc(chunkBytes$1);
	filled = 0;
	update(bytes) {
		let at = 0;
		while (at < bytes.byteLength) {
			const taken = Math.min(chunkBytes$1 - this.filled, bytes.byteLength - at);
			this.chunk.set(bytes.subarray(at, at + taken), this.filled);
			this.filled += taken;
			at += taken;
			if (this.filled === chunkBytes$1) this.flush();
		}
		return this;
	}
	/** Lower-case hex; ends the hash. */
	digest() {
		this.flush();
		return this.hash.digest("hex");
	}
	flush() {
		const chunk = this.chunk.subarray(0, this.filled);
		this.hash.update(looksLikeText(chunk) ? toUnix(chunk) : chunk);
		this.filled = 0;
	}
};
/** No NUL, and at most 30 % of the first 512 bytes neither printable ASCII nor one of five controls. */
function looksLikeText(chunk) {
	const head = chunk.subarray(0, headBytes);
	if (head.includes(0)) return false;
	return head.reduce((count, byte) => count + (isText(byte) ? 0 : 1), 0) <= maxOtherShare * head.byteLength;
}
function isText(byte) {
	return byte >= 32 && byte <= 126 || textBytes.has(byte);
}
function toUnix(chunk) {
	const text = chunk.toString("latin1");
	return text.includes("\r\n") ? Buffer.from(text.replaceAll("\r\n", "\n"), "latin1") : chunk;
}

// adapters/dvc/file.ts
const chunkBytes = 1048576;
/**
* Hashes one file as DVC 3 or DVC 2 does, streaming.
* @throws InputError DVC_TREE when it cannot be read
*/
async function digestFile(path, recipe) {
	const raw = createHash("md5");
	const legacy = new Dos2UnixHash();
	let sizeBytes = 0;
	try {
		for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
			(recipe === "md5" ? raw : legacy).update(chunk);
			sizeBytes += chunk.byteLength;
		}
	} catch (cause) {
		const code = cause instanceof Error && "code" in cause ? String(cause.code) : "broken off";
		throw new InputError("DVC_TREE", `${path} cannot be read (${code})`, {
			hint: "Check its rights, and that nothing writes it meanwhile.",
			cause
		});
	}
	return {
		md5: recipe === "md5" ? raw.digest("hex") : legacy.digest(),
		sizeBytes
	};
}

export { Dos2UnixHash as n, digestFile as t };