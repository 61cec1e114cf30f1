import { a as resolveRef, t as defaultBranch } from "./shared-read.js";
import { r as InputError } from "./shared-error.js";

// cli/base.ts
const remote = "refs/remotes/origin/";
/**
* The branch to compare with: the one that is named, else the default branch of the remote as it was fetched.
* @param given `--base` as a person typed it
* @returns null when none is named and the clone knows no default branch
* @throws InputError BASE_NOT_FOUND for one that is named and not there
*/
async function findBase(dir, given) {
	if (given === void 0) return findDefault(dir);
	for (const ref of [given, `${remote}${given}`]) {
		const commit = await resolveRef(dir, ref);
		if (commit !== null) return {
			ref: given,
			branch: branchOf(given),
			commit
		};
	}
	throw new InputError("BASE_NOT_FOUND", `there is no branch, tag or commit "${given}" in this clone`, { hint: `Fetch it: git fetch origin ${branchOf(given)}. Or name another one with --base.` });
}
async function findDefault(dir) {
	const known = await resolveRef(dir, `${remote}HEAD`) === null ? null : await defaultBranch(dir);
	for (const branch of known === null ? ["main", "master"] : [known]) {
		const commit = await resolveRef(dir, `${remote}${branch}`);
		if (commit !== null) return {
			ref: `origin/${branch}`,
			branch,
			commit
		};
	}
	return null;
}
const branchOf = (ref) => ref.replace(/^(?:refs\/remotes\/origin|refs\/heads|origin)\//, "");

export { findBase as t };