import { n as Octokit, t as quietLog } from "./shared-quiet-log.js";
import { r as InputError } from "./shared-error.js";

// adapters/github/token-client.ts
/** A client for reading with a token, as a laptop or a job has one. Without a token public repositories can be read. */
const createTokenClient = (apiUrl, token) => new Octokit({
	baseUrl: apiUrl,
	userAgent: "gatehouse",
	...token ? { auth: token } : {}
});
/** The same for whoever asks what may be refused: a refusal is an answer, and no warning. */
const createQuietClient = (apiUrl, token) => new Octokit({
	baseUrl: apiUrl,
	userAgent: "gatehouse",
	log: quietLog,
	...token ? { auth: token } : {}
});
/**
* Reads the address of a repository in any form that git takes.
* @returns null when it is no address of a server, for example a folder
*/
function parseRepositoryAddress(address) {
	const scp = /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(address);
	const url = scp ? `https://${scp[1]}/${scp[2]}` : address.replace(/^ssh:\/\/(?:[^@/]+@)?([^/:]+)(?::\d+)?/, "https://$1");
	if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return null;
	const { origin, hostname, pathname } = new URL(url);
	const [, owner, repo] = /^\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(pathname) ?? [];
	if (!owner || !repo) return null;
	return {
		apiUrl: hostname === "github.com" ? "https://api.github.com" : `${origin}/api/v3`,
		name: {
			owner,
			repo
		}
	};
}
/** @throws InputError GITHUB_ADDRESS */
function needRepositoryAddress(address) {
	const parsed = parseRepositoryAddress(address);
	if (parsed !== null) return parsed;
	throw new InputError("GITHUB_ADDRESS", `"${address}" is no address of a repository`, { hint: "Write it like https://github.com/acme/flights." });
}

export { parseRepositoryAddress as i, createTokenClient as n, needRepositoryAddress as r, createQuietClient as t };