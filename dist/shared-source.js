import { r as InputError } from "./shared-error.js";
import { Readable, pipeline } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { open } from "node:fs/promises";

// adapters/archive/directory.ts
const endSignature = 101010256;
const entrySignature = 33639248;
const endLength = 22;
const longestDirectory = 65536;
/**
* Lists the files of a zip that pull-request code may have written. Nothing is unpacked and no name becomes a path:
* names are compared, never joined.
* @throws InputError ARCHIVE_REFUSED for anything but a few plain files with plain names, each once
* @see APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.3.16
*/
async function listArchive(source, limits) {
	const end = await source.read(source.sizeBytes - endLength, endLength);
	if (end.length !== endLength || end.readUInt32LE(0) !== endSignature) throw refuseArchive("it is not a zip, or has a comment at its end");
	const count = end.readUInt16LE(10);
	const size = end.readUInt32LE(12);
	const start = end.readUInt32LE(16);
	if (end.readUInt16LE(4) !== 0 || end.readUInt16LE(8) !== count) throw refuseArchive("it is split");
	if (count > limits.entries) throw refuseArchive(`it has ${count} entries, at most ${limits.entries} are allowed`);
	if (size > longestDirectory || start + size !== source.sizeBytes - endLength) throw refuseArchive("its directory is not where it says");
	const entries = readEntries(await source.read(start, size), count);
	for (const entry of entries) checkEntry(entry, start, limits);
	if (new Set(entries.map((entry) => entry.name.toLowerCase())).size !== entries.length) throw refuseArchive("it has two files of one name");
	return entries;
}
function readEntries(directory, count) {
	const entries = [];
	let at = 0;
	while (entries.length < count) {
		if (at + 46 > directory.length || directory.readUInt32LE(at) !== entrySignature) throw refuseArchive("its directory is broken");
		const nameLength = directory.readUInt16LE(at + 28);
		entries.push(toEntry(directory, at, nameLength));
		at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
	}
	if (at !== directory.length) throw refuseArchive("its directory has bytes that belong to no entry");
	return entries;
}
function toEntry(directory, at, nameLength) {
	return {
		name: directory.toString("utf8", at + 46, at + 46 + nameLength),
		flags: directory.readUInt16LE(at + 8),
		method: directory.readUInt16LE(at + 10),
		crc: directory.readUInt32LE(at + 16),
		packedBytes: directory.readUInt32LE(at + 20),
		sizeBytes: directory.readUInt32LE(at + 24),
		mode: directory.readUInt16LE(at + 40),
		offset: directory.readUInt32LE(at + 42)
	};
}
function checkEntry(entry, directoryStart, limits) {
	const shown = showName(entry.name);
	if (!/^[A-Za-z0-9_][A-Za-z0-9._+@=, ()-]{0,199}$/.test(entry.name) && !limits.inFolders?.includes(entry.name)) throw refuseArchive(`${shown} is no plain file name`);
	const kind = entry.mode & 61440;
	if (kind !== 0 && kind !== 32768) throw refuseArchive(`${shown} is a link or a special file`);
	if ((entry.flags & 1) !== 0) throw refuseArchive(`${shown} is encrypted`);
	if (entry.method !== 0 && entry.method !== 8) throw refuseArchive(`${shown} is packed by method ${entry.method}`);
	if (entry.sizeBytes > limits.entryBytes) throw refuseArchive(`${shown} has ${entry.sizeBytes} bytes, at most ${limits.entryBytes} are allowed`);
	if (entry.offset + entry.packedBytes > directoryStart) throw refuseArchive(`${shown} runs into the directory`);
}
/** Names are pull-request controlled: short, quoted and without control characters. */
function showName(name) {
	return JSON.stringify(name.slice(0, 60).toWellFormed());
}
function refuseArchive(why, cause) {
	return new InputError("ARCHIVE_REFUSED", `The artifact is refused: ${why}`, {
		hint: "Upload with the Gatehouse actions, which put exactly the expected files into the artifact.",
		cause
	});
}

// adapters/archive/entry.ts
const chunkBytes = 1048576;
/**
* Streams one file of a zip, unpacked. The stream fails, after the bytes but before its end, when size or checksum are
* not what the directory says: use the bytes only after it has ended.
* @throws InputError ARCHIVE_REFUSED
* @see APPNOTE.TXT 6.3.10, section 4.3.7
*/
async function* readEntry(source, entry) {
	const start = await locate(source, entry);
	let size = 0;
	let crc = 0;
	for await (const chunk of unpack(source, entry, start)) {
		size += chunk.length;
		if (size > entry.sizeBytes) throw refuseArchive(`${showName(entry.name)} is larger than it says`);
		crc = crc32(chunk, crc);
		yield chunk;
	}
	if (size !== entry.sizeBytes || crc !== entry.crc) throw refuseArchive(`${showName(entry.name)} is not the content that the directory names`);
}
/** Reads one small file whole. */
async function readWhole(source, entry) {
	const chunks = [];
	for await (const chunk of readEntry(source, entry)) chunks.push(chunk);
	return Buffer.concat(chunks);
}
/** The local header must tell the same name: two readers must not see two files. */
async function locate(source, entry) {
	const header = await source.read(entry.offset, 30);
	if (header.length !== 30 || header.readUInt32LE(0) !== 67324752) throw refuseArchive(`${showName(entry.name)} is not where the directory says`);
	const nameLength = header.readUInt16LE(26);
	if ((await source.read(entry.offset + 30, nameLength)).toString("utf8") !== entry.name || header.readUInt16LE(8) !== entry.method) throw refuseArchive(`${showName(entry.name)} is described in two ways`);
	return entry.offset + 30 + nameLength + header.readUInt16LE(28);
}
async function* unpack(source, entry, start) {
	const packed = readPacked(source, start, entry.packedBytes);
	if (entry.method === 0) {
		yield* packed;
		return;
	}
	const inflate = createInflateRaw();
	pipeline(Readable.from(packed), inflate, () => void 0);
	try {
		for await (const chunk of inflate) yield chunk;
	} catch (cause) {
		throw refuseArchive(`${showName(entry.name)} does not unpack`, cause);
	}
}
async function* readPacked(source, start, length) {
	for (let at = 0; at < length; at += chunkBytes) yield await source.read(start + at, Math.min(chunkBytes, length - at));
}

// adapters/archive/source.ts
function fromBytes(bytes) {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return {
		sizeBytes: buffer.length,
		read: async (offset, length) => buffer.subarray(offset, offset + length)
	};
}
/** Opens a file for the time of `use`. */
async function withFile(path, use) {
	const handle = await open(path, "r");
	try {
		const { size } = await handle.stat();
		return await use({
			sizeBytes: size,
			read: async (offset, length) => {
				if (offset < 0) return Buffer.alloc(0);
				const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
				const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
				return buffer.subarray(0, bytesRead);
			}
		});
	} finally {
		await handle.close();
	}
}

export { listArchive as a, readWhole as i, withFile as n, readEntry as r, fromBytes as t };