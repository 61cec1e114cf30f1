import { i as remoteUrl } from "./shared-read.js";
import { t as readAnchors } from "./shared-anchors.js";
import { t as createReader } from "./shared-octokit-reader.js";
import { i as parseRepositoryAddress, n as createTokenClient, r as needRepositoryAddress } from "./shared-token-client.js";
import { r as InputError } from "./shared-error.js";

// cli/anchors.ts
/**
* Reads the anchors from the check runs of the app.
* Check runs of any other app are not looked at: every workflow can make one of the same name.
* @returns empty when there is nobody to ask
* @throws InputError GITHUB_ADDRESS, APP_ID_MISSING; ServiceError when GitHub does not answer
*/
const fetchAnchors = async ({ dir, env, github, app }) => {
	const address = github === void 0 ? await implied(dir, env) : needRepositoryAddress(github);
	if (address === null) return [];
	const appId = Number(app ?? env.GATEHOUSE_APP_ID ?? "");
	if (!Number.isSafeInteger(appId) || appId <= 0) {
		if (github === void 0 && app === void 0) return [];
		throw new InputError("APP_ID_MISSING", "it is not known which app makes the anchors", { hint: "Give --app ID or set GATEHOUSE_APP_ID: the number is on the app's page, under General." });
	}
	const reader = createReader(createTokenClient(address.apiUrl, env.GITHUB_TOKEN), address.name, appId);
	return readAnchors(reader, (await reader.repository()).defaultBranch);
};
async function implied(dir, env) {
	const remote = env.GITHUB_TOKEN ? await remoteUrl(dir) : null;
	return remote === null ? null : parseRepositoryAddress(remote);
}

export { fetchAnchors };