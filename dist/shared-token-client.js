import { i as Octokit$1, n as legacyRestEndpointMethods, t as paginateRest } from "./shared-dist-bundle.js";
import { r as InputError } from "./shared-error.js";

// node_modules/@octokit/plugin-request-log/dist-src/version.js
const VERSION$1 = "6.0.0";

// node_modules/@octokit/plugin-request-log/dist-src/index.js
function requestLog(octokit) {
	octokit.hook.wrap("request", (request, options) => {
		octokit.log.debug("request", options);
		const start = Date.now();
		const requestOptions = octokit.request.endpoint.parse(options);
		const path = requestOptions.url.replace(options.baseUrl, "");
		return request(options).then((response) => {
			const requestId = response.headers["x-github-request-id"];
			octokit.log.info(`${requestOptions.method} ${path} - ${response.status} with id ${requestId} in ${Date.now() - start}ms`);
			return response;
		}).catch((error) => {
			const requestId = error.response?.headers["x-github-request-id"] || "UNKNOWN";
			octokit.log.error(`${requestOptions.method} ${path} - ${error.status} with id ${requestId} in ${Date.now() - start}ms`);
			throw error;
		});
	});
}
requestLog.VERSION = VERSION$1;

// node_modules/@octokit/rest/dist-src/version.js
const VERSION = "22.0.1";

// node_modules/@octokit/rest/dist-src/index.js
const Octokit = Octokit$1.plugin(requestLog, legacyRestEndpointMethods, paginateRest).defaults({ userAgent: `octokit-rest.js/${VERSION}` });

// adapters/github/token-client.ts
/** A client for reading with a token, as a laptop or a job has one. Without a token public repositories can be read. */
const createTokenClient = (apiUrl, token) => new Octokit({
	baseUrl: apiUrl,
	userAgent: "gatehouse",
	...token ? { auth: token } : {}
});
/** The same for whoever asks what may be refused: a refusal is an answer, and no warning. */
const createQuietClient = (apiUrl, token) => {
	const silent = () => void 0;
	return new Octokit({
		baseUrl: apiUrl,
		userAgent: "gatehouse",
		...token ? { auth: token } : {},
		log: {
			debug: silent,
			info: silent,
			warn: silent,
			error: silent
		}
	});
};
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