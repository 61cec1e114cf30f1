import { o as maxFileBytes, s as refuseSize } from "./shared-safe-fetch.js";
import { n as matchesGlob, t as hasWildcard } from "./shared-glob.js";
import { t as parsePointer } from "./shared-pointer.js";
import { dirname, join } from "node:path";
import { mkdir, writeFile } from "node:fs/promises";

// core/dataset/files.ts
/** Finds the files of a contract in a tree, by the same rule by which a change of them is noticed. */
function resolveFiles(contract, listing, positions) {
	const paths = [...listing.keys()].sort();
	const found = /* @__PURE__ */ new Map();
	const findings = contract.files.flatMap((pattern, at) => {
		const matches = matchFiles(pattern, paths, listing);
		for (const path of matches) {
			const file = listing.get(path);
			if (file !== void 0) found.set(path, file);
		}
		return matches.length > 0 ? [] : [toMissing(contract, pattern, at, listing, positions)];
	});
	const files = [...found.values()];
	const odd = files.filter(({ path, mode }) => !/^100(644|755)$/.test(mode) || !tableForm.test(path));
	return {
		files,
		findings: [...findings, ...odd.map((file) => toOdd(file, positions))]
	};
}
/** What a pointer stands for only its text tells: a folder of tables has no ending. */
const tableForm = /\.(?:(?:csv|jsonl|ndjson)(?:\.(?:gz|zst))?|parquet|dvc)$/;
const tableForms = ".csv, .jsonl or .ndjson (each also with .gz or .zst), or .parquet; or a .dvc pointer to one or to a folder of them";
function matchFiles(pattern, paths, listing) {
	if (listing.has(pattern)) return [pattern];
	if (!hasWildcard(pattern)) return [];
	const globs = [pattern];
	return paths.filter((path) => matchesGlob(globs, path) && !/(^|\/)\.gitignore$/.test(path));
}
function toMissing(contract, pattern, at, listing, positions) {
	const pointer = listing.has(`${pattern}.dvc`) ? `${pattern}.dvc` : null;
	return {
		code: "data/file-missing",
		severity: "fail",
		message: `No file of the repository matches "${pattern}", which the dataset "${contract.dataset}" consists of.`,
		where: positions(`/files/${at}`),
		found: "no file",
		allowed: `at least one ${tableForms}`,
		fix: pointer === null ? `Commit the data or its .dvc pointer (dvc add), or correct the path in the contract.` : `Name the pointer "${pointer}" in the contract instead.`
	};
}
function toOdd({ path, mode }, positions) {
	const isFile = /^100(644|755)$/.test(mode);
	return {
		code: "data/file-kind",
		severity: "fail",
		message: `${path} is ${isFile ? "no table" : "no plain file of the repository"}.`,
		where: positions("/files"),
		found: isFile ? path : `git mode ${mode}`,
		allowed: `${tableForms}, as a plain file`,
		fix: isFile ? "Name only tables and their pointers in files of the contract." : "Commit the file itself: links and submodules may lead anywhere."
	};
}

// adapters/dvc/dataset.ts
/**
* Reads what a file of a tree stands for; of a pointer only the pointer is read, not the data: git alone answers it.
* @throws InputError DVC_POINTER, DVC_UNSUPPORTED
*/
async function readFacts(listed, readBlob) {
	const { path, blob } = listed;
	const bytes = await readBlob(listed);
	if (!path.endsWith(".dvc")) return {
		fact: {
			path,
			md5: null,
			blob,
			sizeBytes: bytes.byteLength
		},
		dataPath: path,
		pointer: null,
		source: null,
		listed
	};
	const pointer = parsePointer(Buffer.from(bytes).toString("utf8"), path);
	return {
		fact: {
			path,
			md5: pointer.md5,
			blob,
			sizeBytes: pointer.sizeBytes ?? 0
		},
		dataPath: pointer.path,
		pointer,
		source: pointer.imported,
		listed
	};
}
/**
* Brings the data of a file or folder here, verified against its pointer.
* @param to where a single file goes; a folder's files go below it
* @returns one entry for a file, one for each file of a folder by its path in code-point order
* @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, DVC_MANIFEST, FILE_TOO_LARGE; ServiceError when the remote is absent
* or fails
*/
async function fetchData(facts, to, remote, readBlob, names = "repository") {
	const { pointer, dataPath, listed } = facts;
	if (pointer?.kind === "folder") return remote.fetchFolder(pointer, listed.path, ({ relpath }, index) => join(to, names === "numbers" ? `${index + 1}` : relpath));
	if (pointer !== null) await remote.fetch(pointer, listed.path, to);
	else await copyBlob(await readBlob(listed), listed.path, to);
	return [{
		path: dataPath,
		local: to
	}];
}
async function copyBlob(bytes, path, to) {
	if (bytes.byteLength > 2147483648) throw refuseSize(`${path} has ${bytes.byteLength} bytes`);
	await mkdir(dirname(to), { recursive: true });
	await writeFile(to, bytes);
}

export { readFacts as n, resolveFiles as r, fetchData as t };