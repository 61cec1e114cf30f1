import { i as ServiceError, r as InputError } from "./shared-error.js";
import { spawn } from "node:child_process";

// adapters/git/git.ts
/**
* Runs git in a repository for reading. Nothing of the user's or the repository's configuration may change what is
* read: replace references are off, output is untranslated, nothing asks for a password.
* @throws ServiceError GIT_START; InputError GIT_FOLDER when folder or git is not there
*/
function runGit(dir, args, input = "") {
	return new Promise((resolve, reject) => {
		const child = startGit(dir, args);
		const stdout = [];
		const stderr = [];
		child.stdout.on("data", (chunk) => stdout.push(chunk));
		child.stderr.on("data", (chunk) => stderr.push(chunk));
		child.on("error", (cause) => reject(startFailure(dir, cause)));
		child.on("close", (code) => resolve({
			code: code ?? 1,
			stdout: Buffer.concat(stdout),
			stderr: Buffer.concat(stderr).toString().trim()
		}));
		child.stdin.on("error", () => void 0);
		child.stdin.end(input);
	});
}
/** Starts git as `runGit` does, for whoever talks to it; errors come as the events of the process. */
function startGit(dir, args) {
	return spawn("git", [...[
		"--no-replace-objects",
		"-c",
		"core.fsmonitor=false"
	], ...args], {
		cwd: dir,
		env: environment()
	});
}
function environment() {
	const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, ...env } = process.env;
	return {
		...env,
		LC_ALL: "C",
		GIT_TERMINAL_PROMPT: "0",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_NO_REPLACE_OBJECTS: "1"
	};
}
/** What it means that git could not be started. */
function startFailure(dir, cause) {
	if (cause.code === "ENOENT" || cause.code === "ENOTDIR") return new InputError("GIT_FOLDER", `git cannot be started in ${dir}`, {
		hint: "Give a folder that exists, and install git 2.38 or newer so that it is on the PATH.",
		cause
	});
	return new ServiceError("GIT_START", `git could not be started: ${cause.message}`, {
		hint: "Run \"git --version\" to see what is wrong.",
		cause
	});
}
/** Runs git and wants success. @throws ServiceError GIT_FAILED with git's own words */
async function gitText(dir, args, what) {
	const { code, stdout, stderr } = await runGit(dir, args);
	if (code === 0) return stdout.toString().trim();
	throw new ServiceError("GIT_FAILED", `git could not ${what}: ${stderr || `exit code ${code}`}`, { hint: "Run \"git fsck\" in the repository; fetch it again when objects are missing." });
}

// adapters/git/read.ts
/** Reads commits of a local repository, bare or not, without touching a working tree. */
/**
* Commit id of a ref; null when there is no such ref.
* @param ref branch, tag or commit as a person typed it; may begin with a dash
* @throws InputError GIT_NO_REPOSITORY, GIT_FOLDER
*/
async function resolveRef(dir, ref) {
	const { code, stdout, stderr } = await runGit(dir, [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		`${ref}^{commit}`
	]);
	if (code === 0) return stdout.toString().trim();
	if (/not a git repository|dubious ownership/.test(stderr)) throw noRepository(dir, stderr);
	return null;
}
/**
* Lists every file of a commit.
* @throws InputError GIT_NO_REPOSITORY, GIT_NO_REF; ServiceError GIT_FAILED when objects are missing
*/
async function readTree(dir, ref) {
	const commit = await needCommit(dir, ref);
	const files = (await gitText(dir, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		commit
	], `list ${ref}`)).split("\0").filter((line) => line !== "");
	return new Map(files.map((line) => {
		const tab = line.indexOf("	");
		const [mode = "", , blob = ""] = line.slice(0, tab).split(" ");
		const path = line.slice(tab + 1);
		return [path, {
			path,
			mode,
			blob
		}];
	}));
}
/**
* Reads the files of a commit whose path begins with `prefix` ('' is all of them), in one git process.
* @returns path -> bytes. What is not a plain file (a link, a submodule, an executable) gives its mode instead of
* content, so that nobody takes what it points to for what was committed.
*/
async function readFiles(dir, ref, prefix = "", accept = () => true) {
	const wanted = [...(await readTree(dir, ref)).values()].filter(({ path }) => path.startsWith(prefix) && accept(path));
	const contents = await readBlobs(dir, wanted.filter(({ mode }) => mode === "100644").map(({ blob }) => blob));
	return new Map(wanted.map(({ path, mode, blob }) => {
		const content = mode === "100644" ? contents.get(blob) : Buffer.from(`git mode ${mode}\n`);
		if (content === void 0) throw missing(blob);
		return [path, content];
	}));
}
/** Contents by blob id. */
async function readBlobs(dir, ids) {
	const unique = [...new Set(ids)];
	if (unique.length === 0) return /* @__PURE__ */ new Map();
	const { stdout } = await runGit(dir, ["cat-file", "--batch"], `${unique.join("\n")}\n`);
	const blobs = /* @__PURE__ */ new Map();
	let at = 0;
	for (const id of unique) {
		const end = stdout.indexOf(10, at);
		const [found, type, size] = stdout.subarray(at, end < 0 ? at : end).toString().split(" ");
		const length = Number(size);
		if (found !== id || type !== "blob" || !Number.isSafeInteger(length)) throw missing(id);
		const content = stdout.subarray(end + 1, end + 1 + length);
		if (content.length !== length) throw missing(id);
		blobs.set(id, content);
		at = end + 1 + length + 1;
	}
	return blobs;
}
/** Name of the default branch: what the remote says, else the branch that is checked out; null when neither is known. */
async function defaultBranch(dir) {
	for (const ref of ["refs/remotes/origin/HEAD", "HEAD"]) {
		const { code, stdout } = await runGit(dir, [
			"symbolic-ref",
			"--quiet",
			"--short",
			ref
		]);
		const name = stdout.toString().trim();
		if (code === 0 && name !== "") return name.replace(/^origin\//, "");
	}
	return null;
}
/** Address of the remote `origin`; null when there is none. */
async function remoteUrl(dir) {
	const { code, stdout } = await runGit(dir, [
		"config",
		"--get",
		"remote.origin.url"
	]);
	return code === 0 ? stdout.toString().trim() : null;
}
async function needCommit(dir, ref) {
	const commit = await resolveRef(dir, ref);
	if (commit !== null) return commit;
	throw new InputError("GIT_NO_REF", `there is no branch, tag or commit "${ref}" in ${dir}`, { hint: `Fetch it first: git fetch origin ${ref}` });
}
function noRepository(dir, stderr) {
	return new InputError("GIT_NO_REPOSITORY", `${dir} is no git repository that git will read: ${stderr}`, { hint: "Run this inside a clone of the repository, or name one." });
}
function missing(id) {
	return new ServiceError("GIT_OBJECT_MISSING", `git object ${id} could not be read`, { hint: "The clone is incomplete: run \"git fsck\", then fetch again." });
}

export { resolveRef as a, startFailure as c, remoteUrl as i, startGit as l, readFiles as n, gitText as o, readTree as r, runGit as s, defaultBranch as t };