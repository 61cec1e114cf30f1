import { i as ServiceError, r as InputError } from "./shared-error.js";
import { s as runGit } from "./shared-read.js";
import { join } from "node:path";
import { lstat, readFile } from "node:fs/promises";

// adapters/git/work-tree.ts
/**
* Reads files of the working tree.
* @param dir the clone or a folder in it
* @param wanted whose text is read
* @throws InputError GIT_NO_WORK_TREE, GIT_FOLDER
*/
async function readWorkTree(dir, wanted) {
	const root = await rootOf(dir);
	const listed = await listPaths(root, [
		"ls-files",
		"-z",
		"--cached",
		"--others",
		"--exclude-standard"
	]);
	const status = await listPaths(root, [
		"status",
		"--porcelain",
		"-z",
		"--no-renames",
		"-uall"
	]);
	const paths = [];
	const links = [];
	const texts = /* @__PURE__ */ new Map();
	for (const path of [...new Set(listed)].sort()) {
		const facts = await lstat(join(root, path)).catch(() => null);
		if (facts === null) continue;
		paths.push(path);
		if (!wanted(path)) continue;
		if (facts.isFile()) texts.set(path, await readFile(join(root, path), "utf8"));
		else links.push(path);
	}
	return {
		root,
		paths,
		texts,
		links,
		uncommitted: status.map((line) => line.slice(3)).sort()
	};
}
/** Newest commit that both have; null when they share none, or the clone is too shallow to tell. */
async function findMergeBase(dir, a, b) {
	const { code, stdout } = await runGit(dir, [
		"merge-base",
		"--end-of-options",
		a,
		b
	]);
	return code === 0 ? stdout.toString().trim() : null;
}
async function listPaths(root, args) {
	const { code, stdout, stderr } = await runGit(root, args);
	if (code === 0) return stdout.toString().split("\0").filter((path) => path !== "");
	throw new ServiceError("GIT_FAILED", `git could not list the working tree: ${stderr}`, { hint: "Run \"git status\" in the clone to see what is wrong." });
}
async function rootOf(dir) {
	const { code, stdout, stderr } = await runGit(dir, ["rev-parse", "--show-toplevel"]);
	if (code === 0) return stdout.toString().replace(/\r?\n$/, "");
	throw new InputError("GIT_NO_WORK_TREE", `${dir} is no working tree of a git repository: ${stderr}`, { hint: "Run this inside a clone of the repository that has its files checked out." });
}

export { readWorkTree as n, findMergeBase as t };