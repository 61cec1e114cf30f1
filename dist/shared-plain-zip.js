import { crc32, inflateRawSync } from "node:zlib";

// adapters/github/plain-zip.ts
/**
* Reads a small zip in memory; nothing is ever written to disk. It is written by a job that a pull request may have
* replaced, so only the exact shape is accepted: plain files with the expected names, once each, all UTF-8.
* @param zip pull-request controlled
* @returns texts by name
* @throws InputError the rule's own
* @see APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16
*/
function readPlainZip(zip, rule) {
	const { names: expected, maxBytes, refuse } = rule;
	if (zip.byteLength > maxBytes) throw refuse(`it has more than ${maxBytes} bytes`);
	const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
	const entries = readDirectory(bytes, rule);
	const names = entries.map((entry) => entry.name).sort();
	if (names.length !== expected.length || names.some((name, at) => name !== expected[at])) throw refuse(`it holds ${names.length === 0 ? "nothing" : names.slice(0, 5).map(show).join(", ")}`);
	return new Map(entries.map((entry) => [entry.name, readEntry(bytes, entry, rule)]));
}
function readDirectory(bytes, { refuse }) {
	const end = findEnd(bytes, refuse);
	const count = bytes.readUInt16LE(end + 10);
	const size = bytes.readUInt32LE(end + 12);
	const start = bytes.readUInt32LE(end + 16);
	if (bytes.readUInt16LE(end + 4) !== 0 || bytes.readUInt16LE(end + 8) !== count) throw refuse("it is split over several disks");
	if (count > 4) throw refuse(`it has ${count} entries`);
	if (start + size !== end) throw refuse("its directory is not where it says");
	const entries = [];
	let at = start;
	for (let index = 0; index < count; index += 1) {
		if (at + 46 > end || bytes.readUInt32LE(at) !== 33639248) throw refuse("its directory is broken");
		const nameLength = bytes.readUInt16LE(at + 28);
		entries.push(toEntry(bytes, at, nameLength));
		at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
	}
	if (at !== end) throw refuse("its directory has bytes that belong to no entry");
	return entries;
}
function toEntry(bytes, at, nameLength) {
	return {
		flags: bytes.readUInt16LE(at + 8),
		method: bytes.readUInt16LE(at + 10),
		crc: bytes.readUInt32LE(at + 16),
		packed: bytes.readUInt32LE(at + 20),
		size: bytes.readUInt32LE(at + 24),
		mode: bytes.readUInt16LE(at + 40),
		offset: bytes.readUInt32LE(at + 42),
		name: bytes.toString("latin1", at + 46, at + 46 + nameLength)
	};
}
/** Only a directory that ends with the file is accepted: readers disagree on what a trailing comment hides. */
function findEnd(bytes, refuse) {
	const end = bytes.length - 22;
	if (end < 0 || bytes.readUInt32LE(end) !== 101010256) throw refuse("it is not a zip, or has a comment");
	return end;
}
function readEntry(bytes, entry, rule) {
	const { maxBytes, refuse } = rule;
	const kind = entry.mode & 61440;
	if (kind !== 0 && kind !== 32768) throw refuse(`${show(entry.name)} is not a plain file`);
	if ((entry.flags & 1) !== 0) throw refuse(`${show(entry.name)} is encrypted`);
	if (entry.size > maxBytes) throw refuse(`${show(entry.name)} claims ${entry.size} bytes`);
	const content = unpack(locate(bytes, entry, refuse), entry, rule);
	if (content.length !== entry.size || crc32(content) !== entry.crc) throw refuse(`${show(entry.name)} is not the content that the directory names`);
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(content);
	} catch {
		throw refuse(`${show(entry.name)} is not UTF-8`);
	}
}
/** The local header must tell the same name: two readers must not see two files. */
function locate(bytes, entry, refuse) {
	const at = entry.offset;
	if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== 67324752) throw refuse(`${show(entry.name)} is not where the directory says`);
	const nameLength = bytes.readUInt16LE(at + 26);
	if (bytes.toString("latin1", at + 30, at + 30 + nameLength) !== entry.name || bytes.readUInt16LE(at + 8) !== entry.method) throw refuse(`${show(entry.name)} is described in two ways`);
	const start = at + 30 + nameLength + bytes.readUInt16LE(at + 28);
	if (start + entry.packed > bytes.length) throw refuse(`${show(entry.name)} runs over the end`);
	return bytes.subarray(start, start + entry.packed);
}
function unpack(packed, entry, { maxBytes, refuse }) {
	if (entry.method === 0) return packed;
	if (entry.method !== 8) throw refuse(`${show(entry.name)} is packed by method ${entry.method}`);
	try {
		return inflateRawSync(packed, { maxOutputLength: maxBytes });
	} catch (cause) {
		throw refuse(`${show(entry.name)} does not unpack`, cause);
	}
}
function show(name) {
	return JSON.stringify(name.slice(0, 60));
}

export { readPlainZip as t };