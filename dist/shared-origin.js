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

export { describeOrigin as t };