import { a as viewOf, d as textPaths, n as readMovedStates, o as planChange, t as readModelState, u as readCatalogue } from "./shared-model-state.js";
import { x as policyPath } from "./shared-layout.js";
import { r as parseOnce } from "./shared-model-file.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { r as InputError } from "./shared-error.js";
import { c as emptyState } from "./shared-rollback-trigger.js";

// adapters/proposal/read-proposal.ts
/**
* Reads everything that says what a pull request asks for.
* @throws InputError BASE_NOT_GOVERNED when the default branch's policy does not name the base branch: a weaker branch
* must not become a way around; POLICY_MISSING, CONFIG_INVALID for a policy that cannot be read
*/
async function readProposal(reader, commits) {
	const repository = await reader.repository();
	await requireGoverned(reader, repository, commits.baseRef);
	const mergeBase = await reader.mergeBase(commits.base, commits.head);
	const [policy, base, head, fork] = await Promise.all([
		readPolicy(reader, commits.base),
		reader.tree(commits.base),
		reader.tree(commits.head),
		reader.tree(mergeBase)
	]);
	const trees = {
		mergeBase: fork,
		base,
		head
	};
	const text = await readTexts(reader, trees);
	const ledger = await reader.ledgerFiles(policy.ledger.branch);
	const states = await readMovedStates(ledger, trees);
	const change = planChange({
		...trees,
		text,
		ledger: (model) => viewOf(states.get(model) ?? emptyState(model)),
		ledgerOnBase: policy.ledger.branch === commits.baseRef
	});
	return {
		repository,
		commits: {
			...commits,
			mergeBase
		},
		trees,
		policy,
		catalogue: readCatalogue(base, head, text),
		change,
		ledger,
		state: change.kind === "request" && change.model !== null ? await readModelState(ledger, change.model) : null
	};
}
/** @throws InputError BASE_NOT_GOVERNED, CONFIG_INVALID */
async function requireGoverned(reader, repository, baseRef) {
	const head = await reader.branchHead(repository.defaultBranch);
	const policy = head === null ? null : await readPolicy(reader, head);
	const governed = policy === null ? [] : policy.branches.length > 0 ? policy.branches : [repository.defaultBranch];
	if (governed.includes(baseRef)) return;
	throw new InputError("BASE_NOT_GOVERNED", `The base branch "${baseRef}" is not governed by Gatehouse`, { hint: `Open the pull request against ${governed.join(" or ") || "a governed branch"}, or have the governors add the branch to "branches" in ${policyPath} on ${repository.defaultBranch}.` });
}
/** A look reads the same policy several times. */
const parsePolicyOnce = parseOnce(parsePolicy);
/** @throws InputError POLICY_MISSING, CONFIG_INVALID */
async function readPolicy(reader, commit) {
	const bytes = await reader.file(policyPath, commit);
	if (bytes === null) throw new InputError("POLICY_MISSING", `${policyPath} is not there at ${commit.slice(0, 7)}`, {
		hint: "Add the file in a pull request by an admin; the README shows one of ten lines.",
		where: { file: policyPath }
	});
	return parsePolicyOnce(new TextDecoder().decode(bytes), policyPath);
}
const readsAtOnce = 20;
/** Texts by content id: base, merge base and head mostly hold the same files. */
async function readTexts(reader, trees) {
	const wanted = textPaths(trees);
	const blobs = /* @__PURE__ */ new Map();
	const ids = [...new Set(wanted.map(({ blob }) => blob))];
	const read = async () => {
		for (let id = ids.pop(); id !== void 0; id = ids.pop()) blobs.set(id, new TextDecoder().decode(await reader.blob(id)));
	};
	await Promise.all(Array.from({ length: readsAtOnce }, read));
	const texts = new Map(wanted.map(({ side, path, blob }) => [`${side}:${path}`, blobs.get(blob) ?? null]));
	return (side, path) => texts.get(`${side}:${path}`) ?? null;
}

export { readProposal as n, requireGoverned as r, readPolicy as t };