import { i as ServiceError, n as GatehouseError } from "./shared-error.js";

// adapters/github/failure.ts
/** HTTP status of an Octokit error, null when GitHub did not answer at all. */
function statusOf(error) {
	if (typeof error !== "object" || error === null || !("status" in error)) return null;
	return typeof error.status === "number" ? error.status : null;
}
/**
* Runs one read and turns every failure into a coded error, so that no caller ever decides on a partial answer.
* @param what what was read, for the message: `reviews of pull request 7`
* @throws ServiceError GITHUB_READ_FAILED
*/
async function readGitHub(what, read) {
	try {
		return await read();
	} catch (cause) {
		if (cause instanceof GatehouseError) throw cause;
		throw new ServiceError("GITHUB_READ_FAILED", `GitHub did not give the ${what}${describe(cause)}`, {
			hint: hintFor(statusOf(cause)),
			cause
		});
	}
}
/** Like `readGitHub`, with null for "404: there is none". */
async function readOptional(what, read) {
	return readGitHub(what, async () => {
		try {
			return await read();
		} catch (error) {
			if (statusOf(error) === 404) return null;
			throw error;
		}
	});
}
/** @throws ServiceError GITHUB_WRITE_FAILED */
async function writeGitHub(what, write) {
	try {
		return await write();
	} catch (cause) {
		if (cause instanceof GatehouseError) throw cause;
		throw new ServiceError("GITHUB_WRITE_FAILED", `GitHub did not ${what}${describe(cause)}`, {
			hint: hintFor(statusOf(cause)),
			cause
		});
	}
}
/**
* Makes something that must be there once. When the answer was lost, nobody knows whether it was made: it is looked for,
* and has failed only where it is not found. A double made by that error is met by the next look, which looks first.
* @param find what the write leaves; null: it is not there
* @throws ServiceError GITHUB_WRITE_FAILED, GITHUB_READ_FAILED
*/
async function makeOnce(what, make, find) {
	return writeGitHub(what, async () => {
		try {
			return await make();
		} catch (error) {
			if (!isAnswerLost(error)) throw error;
			const found = await find();
			if (found === null) throw error;
			return found;
		}
	});
}
/** A server on the way gave up, or the connection did: GitHub may have done it all the same. */
const isAnswerLost = (error) => (statusOf(error) ?? 0) >= 500;
/** An answer that does not have the documented shape, or is not whole. */
function incomplete(what, why) {
	return new ServiceError("GITHUB_ANSWER_INCOMPLETE", `GitHub's answer for the ${what} is not whole: ${why}`, { hint: "Nothing was decided on a part. Look again later; if it stays, split the change or report it." });
}
function describe(cause) {
	const status = statusOf(cause);
	const message = cause instanceof Error ? cause.message : String(cause);
	return status === null ? `: ${message}` : ` (HTTP ${status}): ${message}`;
}
function hintFor(status) {
	if (status === 401) return "Check the app id and private key; the token was not accepted.";
	if (status === 403 || status === 429) return "Check the permissions of the app installation, or wait for the rate limit to reset.";
	if (status === 404) return "Check that the app is installed on this repository and may read it.";
	return "Nothing was decided. The next look at this pull request tries again.";
}

export { statusOf as a, readOptional as i, makeOnce as n, writeGitHub as o, readGitHub as r, incomplete as t };