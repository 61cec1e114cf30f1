import { i as toAnchors, r as readSignedAnchors, t as openReleases } from "./shared-releases.js";
import { i as remoteUrl } from "./shared-read.js";
import { E as readAnchors, t as createReader } from "./shared-octokit-reader.js";
import { i as parseRepositoryAddress, n as createTokenClient, r as needRepositoryAddress } from "./shared-token-client.js";
import { n as issuerOf, t as fetchKeys } from "./shared-jwks.js";
import { t as readPolicy } from "./shared-read-proposal.js";
import { n as anchorWorkflowOf } from "./shared-signed-anchor.js";
import { r as InputError } from "./shared-error.js";

// cli/anchors.ts
/**
* Reads the anchors: check runs of the app, and what GitHub signed in the releases.
* Check runs of any other app are not looked at: every workflow can make one of the same name.
* @returns empty when there is nobody to ask
* @throws InputError GITHUB_ADDRESS, APP_ID_MISSING; ServiceError when GitHub does not answer
*/
const fetchAnchors = async (query) => {
	const { env, github, app } = query;
	const address = await addressOf(query);
	if (address === null) return [];
	const appId = Number(app ?? env.GATEHOUSE_APP_ID ?? "");
	if (!Number.isSafeInteger(appId) || appId <= 0) {
		if (github === void 0 && app === void 0) return [];
		throw new InputError("APP_ID_MISSING", "it is not known which app makes the anchors", { hint: "Give --app ID or set GATEHOUSE_APP_ID: the number is on the app's page, under General." });
	}
	const client = createTokenClient(address.apiUrl, env.GITHUB_TOKEN);
	const reader = createReader(client, address.name, appId);
	const anchors = await readAnchors(reader, (await reader.repository()).defaultBranch);
	const issuer = issuerAt(address);
	const signed = await readSignedAnchors([openReleases(client, address.name)], () => expectationsOf(reader, issuer), issuer.keys);
	for (const finding of signed.refused) query.tell?.(finding);
	return [...anchors, ...toAnchors(signed.believed)];
};
/** Who signs for the repository, where it may be asked; null: nobody is asked from here. */
async function findIssuer(query) {
	const address = await addressOf(query);
	return address === null ? null : issuerAt(address);
}
function issuerAt({ apiUrl }) {
	const server = apiUrl === "https://api.github.com" ? "https://github.com" : new URL(apiUrl).origin;
	const issuer = issuerOf(server);
	return {
		issuer,
		keys: () => fetchKeys(issuer)
	};
}
async function expectationsOf(reader, { issuer }) {
	const { id, defaultBranch } = await reader.repository();
	const { trusted, judgeRunner } = await readPolicy(reader, await reader.branchHead(defaultBranch) ?? defaultBranch);
	const workflow = anchorWorkflowOf(trusted);
	return {
		issuer,
		repositoryId: id,
		ref: `refs/heads/${defaultBranch}`,
		workflow,
		runner: judgeRunner
	};
}
async function addressOf({ dir, env, github }) {
	if (github !== void 0) return needRepositoryAddress(github);
	const remote = env.GITHUB_TOKEN ? await remoteUrl(dir) : null;
	return remote === null ? null : parseRepositoryAddress(remote);
}

export { fetchAnchors, findIssuer };