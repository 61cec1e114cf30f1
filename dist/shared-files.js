import { r as digestOf } from "./shared-canonical.js";
import { s as matchesGlob } from "./shared-policy-file.js";
import { i as maxFileBytes, s as refuseSize } from "./shared-transfer.js";
import { n as parsePointer } from "./shared-remote.js";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

// adapters/dvc/dataset.ts
/**
* Reads what a file of a tree stands for; of a pointer only the pointer is read, not the data.
* @throws InputError DVC_POINTER, DVC_UNSUPPORTED
*/
async function readFacts(listed, readBlob) {
	const { path, blob } = listed;
	if (!path.endsWith(".dvc")) return {
		fact: {
			path,
			md5: null,
			blob,
			sizeBytes: (await readBlob(listed)).byteLength
		},
		dataPath: path,
		pointer: null,
		listed
	};
	const pointer = parsePointer(Buffer.from(await readBlob(listed)).toString("utf8"), path);
	const sizeBytes = pointer.sizeBytes ?? 0;
	return {
		fact: {
			path,
			md5: pointer.md5,
			blob,
			sizeBytes
		},
		dataPath: pointer.path,
		pointer,
		listed
	};
}
/**
* Brings the data of a file to `to`, verified against its pointer.
* @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, FILE_TOO_LARGE; ServiceError when the remote is absent or fails
*/
async function fetchData(facts, to, remote, readBlob) {
	if (facts.pointer !== null) {
		await remote.fetch(facts.pointer, facts.listed.path, to);
		return;
	}
	const bytes = await readBlob(facts.listed);
	if (bytes.byteLength > 2147483648) throw refuseSize(`${facts.listed.path} has ${bytes.byteLength} bytes`);
	await mkdir(dirname(to), { recursive: true });
	await writeFile(to, bytes);
}

// core/dataset/digest.ts
/** The digest that names a version of a dataset: over its files, in contract order. */
function digestDataset(files) {
	return digestOf(files.map(({ path, md5, blob, sizeBytes }) => ({
		path,
		md5,
		blob,
		sizeBytes
	})));
}

// core/dataset/files.ts
/** Finds the files of a contract in a tree, by the same rule by which a change of them is noticed. */
function resolveFiles(contract, listing, positions) {
	const paths = [...listing.keys()].sort();
	const found = /* @__PURE__ */ new Map();
	const findings = contract.files.flatMap((pattern, at) => {
		const matches = matchFiles(pattern, paths);
		for (const path of matches) {
			const file = listing.get(path);
			if (file !== void 0) found.set(path, file);
		}
		return matches.length > 0 ? [] : [toMissing(contract, pattern, at, paths, positions)];
	});
	const files = [...found.values()];
	const odd = files.filter(({ path, mode }) => !/^100(644|755)$/.test(mode) || !tableForm.test(path));
	return {
		files,
		findings: [...findings, ...odd.map((file) => toOdd(file, positions))]
	};
}
const tableForm = /\.(csv|parquet)(\.dvc)?$/;
function matchFiles(pattern, paths) {
	if (paths.includes(pattern)) return [pattern];
	const globs = [pattern];
	return paths.filter((path) => matchesGlob(globs, path) && !/(^|\/)\.gitignore$/.test(path));
}
function toMissing(contract, pattern, at, paths, positions) {
	const pointer = paths.includes(`${pattern}.dvc`) ? `${pattern}.dvc` : null;
	return {
		code: "data/file-missing",
		severity: "fail",
		message: `No file of the repository matches "${pattern}", which the dataset "${contract.dataset}" consists of.`,
		where: positions(`/files/${at}`),
		found: "no file",
		allowed: "at least one .csv, .parquet, or .dvc pointer to one",
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
		allowed: ".csv, .parquet, .csv.dvc or .parquet.dvc, as a plain file",
		fix: isFile ? "Name only tables and their pointers in files of the contract." : "Commit the file itself: links and submodules may lead anywhere."
	};
}

export { readFacts as i, digestDataset as n, fetchData as r, resolveFiles as t };