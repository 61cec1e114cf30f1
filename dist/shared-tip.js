import { n as readProposal } from "./shared-read-proposal.js";

// adapters/proposal/tip.ts
/**
* Reads a pull request at the tip of its base branch, which governs; the event may name an older commit.
* @throws InputError BASE_NOT_GOVERNED, POLICY_MISSING, CONFIG_INVALID
*/
async function readAtTip(reader, commits) {
	const tip = await reader.branchHead(commits.baseRef);
	return readProposal(reader, {
		...commits,
		base: tip ?? commits.base
	});
}

export { readAtTip as t };