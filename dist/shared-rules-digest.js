import { n as digestBytes, r as digestOf } from "./shared-canonical.js";
import { t as traceAncestry } from "./shared-ancestry.js";

// adapters/proposal/origin.ts
/** What evidence of either kind says about where it comes from. */
function describeOrigin({ pull, runId, runAttempt }, { repository, commits }, contentDigest) {
	return {
		repositoryId: repository.id,
		repository: repository.fullName,
		pullRequest: pull.number,
		headSha: pull.headSha,
		baseRef: commits.baseRef,
		baseSha: commits.base,
		runId,
		runAttempt,
		contentDigest
	};
}

// core/change/inherited.ts
/** The contracts that a dataset inherits constraints from, by name: the job that checks data and the app agree by this. */
function inheritedContracts(contract, { datasets }) {
	const known = new Map([...datasets].map(([name, { config }]) => [name, config]));
	return traceAncestry(contract, known).ancestors.flatMap(({ dataset }) => {
		const governed = datasets.get(dataset);
		return governed === void 0 ? [] : [{
			dataset,
			contractDigest: digestBytes(governed.text)
		}];
	});
}

// core/evidence/rules-digest.ts
/**
* Names the rules that a request is judged and approved by: one recipe for the judge and for the app.
* It holds what the files say, not their bytes, and only what applies, so that a comment edited in the policy or a
* rule about something else does not void approvals. Who is in a role is read at decision time and is not in it; nor
* are the places where bytes lie, nor the trusted workflows, which the receipt is checked against.
*/
function rulesDigest({ policy, catalogue, change }) {
	const { defaults, proposal, stages, rollback, configuration, addWhen, judgeRunner } = policy;
	const model = change.model === null ? void 0 : catalogue.models.get(change.model);
	const contracts = change.datasets.flatMap((name) => {
		const contract = catalogue.datasets.get(name);
		return contract ? [{
			from: contract.from,
			contract: contract.config
		}] : [];
	});
	const inherited = contracts.map(({ contract }) => inheritedContracts(contract, catalogue));
	return digestOf({
		v: 1,
		policy: {
			defaults,
			proposal,
			rollback,
			configuration,
			addWhen,
			judgeRunner,
			stages: Object.fromEntries(Object.entries(stages).map(([name, { approvals }]) => [name, { approvals }]))
		},
		model: model ? {
			from: model.from,
			config: model.config
		} : null,
		contracts,
		inherited
	});
}

export { describeOrigin as n, rulesDigest as t };