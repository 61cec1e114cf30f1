import { t as parseAnchor } from "./shared-anchor.js";
import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { a as statusOf, i as readOptional, n as makeOnce, o as writeGitHub, r as readGitHub, t as incomplete } from "./shared-failure.js";
import { n as nextCursor, r as readAllPages, t as hasNext } from "./shared-paging.js";
import { t as toId } from "./shared-id.js";
import { t as paragraph } from "./shared-block.js";
import { u as short$1 } from "./shared-facts.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { a as writeState, i as writeMarker, n as parseMarker, r as parseState, t as bodyDigest } from "./shared-marker.js";
import { x as policyPath } from "./shared-layout.js";
import { t as datetime } from "./shared-iso.js";
import { A as literal, E as custom, F as strictObject, I as string, M as number, O as int, P as record, l as isModelName, w as array } from "./shared-js-yaml.js";
import { i as isDigest, t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { t as isMetricName } from "./shared-progress-point.js";
import { Readable, pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { createHash } from "node:crypto";
import { AsyncLocalStorage } from "node:async_hooks";

// core/report/progress-overlay.ts
/** Nothing that is shown can hold these: every `<` of a text is escaped. */
const [opening, closing] = ["<!-- gatehouse:progress -->", "<!-- /gatehouse:progress -->"];
/** Beside the 60,000 characters of a summary, of 65,000 that a check takes. */
const longestPart = 4500;
/** Puts how far a training is above what the check says, in place of what stood there before. */
function withProgress(summary, parts) {
	const part = parts.find(({ length }) => length <= longestPart) ?? "";
	return `${opening}\n${part}\n${closing}\n\n${withoutProgress(summary)}`;
}
/** What the check says by itself. */
function withoutProgress(summary) {
	const end = summary.indexOf(`${closing}\n\n`);
	return summary.startsWith(`${opening}\n`) && end > 0 ? summary.slice(end + closing.length + 2) : summary;
}

// adapters/github/check-annotations.ts
/** GitHub takes 50 annotations a request and adds them to those that are there. */
const batchSize = 50;
/** Nobody reads more; each further batch is a write. */
const mostShown = 200;
/** What a check shows of its annotations: the worst, which come first. */
const shownOf = (annotations) => annotations.slice(0, mostShown);
/** As GitHub takes them: one batch for each request, and at least one, which may be empty. */
function batchesOf(annotations) {
	const batches = [];
	for (let from = 0; from === 0 || from < annotations.length; from += batchSize) batches.push(annotations.slice(from, from + batchSize).map(toAnnotation));
	return batches;
}
/**
* Which annotations a check run does not show yet.
* @returns null: it shows one that is not wanted any more, and GitHub takes none away
*/
async function missingOn(client, name, runId, wanted) {
	const what = `annotations of check run ${runId}`;
	const found = await readGitHub(what, () => readAllPages(what, async (page, perPage) => {
		const { data, headers } = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", {
			...name,
			check_run_id: runId,
			per_page: perPage,
			page
		});
		return {
			items: data,
			link: headers.link
		};
	}));
	const shown = new Set(found.map((one) => keyOf({
		...one,
		title: one.title ?? "",
		message: one.message ?? ""
	})));
	const keys = new Set(wanted.map((one) => keyOf(toAnnotation(one))));
	return [...shown].some((key) => !keys.has(key)) ? null : wanted.filter((one) => !shown.has(keyOf(toAnnotation(one))));
}
function toAnnotation(annotation) {
	return {
		path: annotation.path,
		start_line: annotation.startLine,
		end_line: annotation.endLine,
		annotation_level: annotation.level,
		title: annotation.title,
		message: annotation.message
	};
}
const keyOf = (one) => JSON.stringify([
	one.path,
	one.start_line,
	one.end_line,
	one.title,
	one.message
]);

// adapters/github/check-runs.ts
/** Check runs of one name made by our own app; anybody else can make one with the same name. */
async function readCheckRuns(client, name, appId, sha, checkName) {
	const what = `check runs "${checkName}" of ${sha}`;
	return readGitHub(what, async () => {
		return (await readAllPages(what, async (page, perPage) => {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
				...name,
				ref: sha,
				check_name: checkName,
				filter: "all",
				app_id: appId,
				per_page: perPage,
				page
			});
			return {
				items: data.check_runs,
				total: data.total_count,
				link: headers.link
			};
		})).filter((run) => run.app?.id === appId && run.name === checkName).map(toCheckRun).sort((a, b) => a.id - b.id);
	});
}
function toCheckRun(data) {
	return {
		id: toId(data.id),
		name: data.name,
		headSha: data.head_sha,
		status: data.status,
		conclusion: data.conclusion,
		externalId: data.external_id ?? "",
		startedAt: data.started_at,
		completedAt: data.completed_at,
		title: data.output.title ?? "",
		summary: data.output.summary ?? "",
		text: data.output.text ?? "",
		annotations: data.output.annotations_count ?? 0
	};
}

// adapters/github/person.ts
/** GitHub's stand-in for deleted accounts. */
const ghost = {
	id: 10137,
	login: "ghost",
	kind: "User"
};
/** Anything that is not an ordinary user is a bot: it never approves. */
function toPerson(account) {
	return {
		id: toId(account.id),
		login: account.login,
		kind: account.type === "User" ? "User" : "Bot"
	};
}
function toPersonOrGhost(account) {
	return account == null ? ghost : toPerson(account);
}
/** GitHub answers `{}` or null where an e-mail address belongs to no account. */
function toPersonOrNull(account) {
	if (account?.id === void 0 || account.login === void 0) return null;
	return toPerson({
		id: toId(account.id),
		login: account.login,
		type: account.type ?? "User"
	});
}

// adapters/github/look-facts.ts
const decisionName = "gatehouse";
const evidenceName = "gatehouse evidence";
const markKey = (sha, name) => `${sha} ${name}`;
/**
* @param ledgerBranch the branch that was asked for
* @param appId our app: anybody else can make check runs of our names
*/
function toLookFacts({ repository }, ledgerBranch, appId) {
	const { pullRequest: pull, ledger, defaultBranchRef } = repository;
	const head = pull.head.nodes.find(({ commit }) => commit.oid === pull.headRefOid)?.commit ?? null;
	const tips = [
		defaultBranchRef,
		pull.baseRef,
		ledger
	].flatMap((ref) => ref?.target ?? []);
	const commits = wholeOf(pull.commits, ({ commit }) => toCommitOrNull(commit));
	const merge = pull.mergeCommit === null ? null : toCommitOrNull(pull.mergeCommit);
	return {
		repository: toRepository(repository),
		pull: toPull$1(pull),
		branches: new Map([
			[ledgerBranch, ledger?.target.oid ?? null],
			...defaultBranchRef === null ? [] : [[defaultBranchRef.name, defaultBranchRef.target.oid]],
			[pull.baseRefName, pull.baseRef?.target.oid ?? null]
		]),
		commits,
		reviews: toReviews(pull),
		dismissals: toDismissals(pull),
		pulls: new Map([head, ...pull.mergeCommit?.origin.nodes ?? []].flatMap((commit) => commit === null ? [] : toNumbers(commit, repository.databaseId))),
		marks: toMarks(pull, head, appId),
		decision: head === null ? null : toRuns(head.decision, head.oid, appId, toRun$1),
		history: {
			shas: pull.baseRef?.target.history.nodes.map(({ oid }) => oid) ?? [],
			whole: pull.baseRef?.target.history.pageInfo.hasNextPage === false
		},
		botComments: toBotComments(pull),
		merge,
		places: [...tips.map(({ oid, tree }) => ({
			sha: oid,
			tree: tree.oid,
			parents: null
		})), ...[
			...pull.commits.nodes.map(({ commit }) => commit),
			...pull.baseRef?.target.marked.nodes ?? [],
			...pull.mergeCommit === null ? [] : [pull.mergeCommit, ...pull.mergeCommit.line.nodes]
		].map(toPlace)]
	};
}
const toPlace = ({ oid, tree, parents }) => ({
	sha: oid,
	tree: tree.oid,
	parents: wholeOf(parents, (parent) => parent.oid)
});
function toRepository(repository) {
	if (repository.defaultBranchRef === null) return null;
	return {
		id: repository.databaseId,
		fullName: repository.nameWithOwner,
		defaultBranch: repository.defaultBranchRef.name,
		url: repository.url
	};
}
function toPull$1(pull) {
	const author = toActor(pull.author);
	const mergedBy = pull.mergedBy === null ? null : toActor(pull.mergedBy);
	const requested = wholeOf(pull.reviewRequests, ({ requestedReviewer }) => requestedReviewer ?? void 0);
	const isMerged = pull.state === "MERGED";
	const isPartial = isMerged !== (pull.mergedAt !== null) || isMerged && pull.mergeCommit === null;
	if (author === null || requested === null || isPartial || pull.mergedBy !== null && mergedBy === null) return null;
	return {
		number: pull.number,
		state: pull.state === "OPEN" ? "open" : "closed",
		draft: pull.isDraft,
		title: pull.title,
		body: pull.body,
		author,
		head: {
			sha: pull.headRefOid,
			ref: pull.headRefName,
			repositoryId: pull.headRepository?.databaseId ?? null
		},
		base: {
			sha: pull.baseRefOid,
			ref: pull.baseRefName
		},
		merged: isMerged,
		mergeCommit: isMerged ? pull.mergeCommit?.oid ?? null : null,
		mergedAt: pull.mergedAt,
		mergedBy,
		createdAt: pull.createdAt,
		updatedAt: pull.updatedAt,
		requestedReviewers: requested.flatMap(({ __typename, login }) => __typename === "User" && login !== void 0 ? [login] : []),
		url: pull.url
	};
}
/** null: somebody whom GitHub names without an id, or a kind that REST would tell otherwise. */
function toActor(actor) {
	if (actor === null) return ghost;
	const { __typename: kind, login, databaseId } = actor;
	if (databaseId == null) return null;
	if (kind === "User") return {
		id: databaseId,
		login,
		kind: "User"
	};
	if (kind === "Bot") return {
		id: databaseId,
		login: `${login}[bot]`,
		kind: "Bot"
	};
	return null;
}
const toUser = ({ databaseId, login }) => ({
	id: databaseId,
	login,
	kind: "User"
});
/** GraphQL names no bot as author of a commit: where it names nobody, REST is asked. */
function toCommitOrNull(commit) {
	const { author, committer } = commit;
	const parents = wholeOf(commit.parents, ({ oid }) => oid);
	if (author?.user == null || committer?.user == null || parents === null) return null;
	return {
		sha: commit.oid,
		tree: commit.tree.oid,
		parents,
		author: toUser(author.user),
		committer: toUser(committer.user),
		authorEmail: author.email ?? "",
		message: commit.message,
		committedAt: commit.committedDate,
		verified: commit.signature?.isValid === true
	};
}
function toReviews(pull) {
	const { pageInfo, nodes } = pull.reviews;
	return wholeOf({
		pageInfo,
		nodes: nodes.filter(({ state }) => state !== "PENDING")
	}, (review) => {
		const reviewer = toActor(review.author);
		if (reviewer === null || review.state === "PENDING") return null;
		if (review.commit === null || review.submittedAt === null) return null;
		const { fullDatabaseId: id, state, submittedAt, commit } = review;
		return {
			id,
			reviewer,
			state,
			commit: commit.oid,
			submittedAt
		};
	});
}
function toDismissals(pull) {
	const states = [
		"APPROVED",
		"CHANGES_REQUESTED",
		"COMMENTED"
	];
	return wholeOf(pull.timelineItems, ({ createdAt, previousReviewState, actor, review }) => {
		const state = states.find((known) => known === previousReviewState);
		const by = actor === void 0 ? null : toActor(actor);
		if (state === void 0 || by === null || review == null || createdAt === void 0) return null;
		return {
			reviewId: review.fullDatabaseId,
			state,
			by,
			at: createdAt
		};
	});
}
function toNumbers(commit, repositoryId) {
	const own = wholeOf(commit.associatedPullRequests, (pull) => pull)?.filter(({ baseRepository }) => baseRepository?.databaseId === repositoryId);
	return own === void 0 ? [] : [[commit.oid, own.map(({ number }) => number)]];
}
function toMarks(pull, head, appId) {
	const { baseRef, mergeCommit, reviews } = pull;
	const reviewed = reviews.nodes.flatMap(({ commit }) => commit ?? []);
	const seen = [
		...(baseRef?.target.marked.nodes ?? []).map((each) => [
			each.oid,
			decisionName,
			each.checkSuites
		]),
		...mergeCommit === null ? [] : [[
			mergeCommit.oid,
			decisionName,
			mergeCommit.checkSuites
		]],
		...reviewed.map((each) => [
			each.oid,
			evidenceName,
			each.evidence
		]),
		...head === null ? [] : [[
			head.oid,
			evidenceName,
			head.evidence
		]],
		...head === null ? [] : [[
			head.oid,
			decisionName,
			head.decision
		]]
	];
	return new Map(seen.flatMap(([sha, name, suites]) => {
		const runs = toMarksOf(suites, sha, name, appId);
		return runs === null ? [] : [[markKey(sha, name), runs]];
	}));
}
/** Our check runs of one name on a commit, oldest first; null: a suite or a run is on a next page. */
function toMarksOf(suites, sha, name, appId) {
	return toRuns(suites, sha, appId, toMark)?.filter((run) => run.name === name) ?? null;
}
/** Oldest first; null: a suite or a run is on a next page. */
function toRuns(suites, sha, appId, convert) {
	const pages = wholeOf(suites, ({ app, checkRuns }) => app?.databaseId === appId ? wholeOf(checkRuns, (run) => convert(run, sha)) : []);
	return pages === null ? null : pages.flat().sort((a, b) => a.id - b.id);
}
const toMark = (run, headSha) => ({
	id: run.databaseId,
	name: run.name,
	headSha,
	status: run.status.toLowerCase(),
	conclusion: run.conclusion?.toLowerCase() ?? null,
	externalId: run.externalId ?? "",
	startedAt: run.startedAt,
	completedAt: run.completedAt
});
const toRun$1 = (run, headSha) => ({
	...toMark(run, headSha),
	title: run.title ?? "",
	summary: run.summary ?? "",
	text: run.text ?? "",
	annotations: run.annotations?.totalCount ?? 0
});
function toBotComments(pull) {
	const bots = wholeOf(pull.comments, (comment) => comment)?.filter(({ author }) => author?.__typename === "Bot");
	if (bots === void 0) return null;
	return bots.flatMap(({ fullDatabaseId: id, body, author }) => author?.databaseId == null ? [] : [{
		id,
		authorId: author.databaseId,
		body
	}]).sort((a, b) => a.id - b.id);
}
/** null when there is a next page, or one entry that cannot be told as REST tells it. */
function wholeOf(page, convert) {
	const found = page.nodes.map(convert);
	if (page.pageInfo.hasNextPage || found.some((each) => each == null)) return null;
	return found;
}

// adapters/github/checks.ts
/** GitHub takes 65,535 characters of summary and of text. */
const maxText = 65e3;
/** Prefix of the external id of an anchor, which shares the name `gatehouse` and is never touched. */
const anchorPrefix = "anchor:";
/** The same for the mark on a merge commit that ends a merge which promoted nothing. */
const finalPrefix = "not-promoted:";
/** The same for the marks that something went past the gate, and that this is over. */
const incidentPrefix = "incident-";
/** True for a check that is left once and never updated, beside the decision's own. */
const isFixed = (externalId) => [
	anchorPrefix,
	finalPrefix,
	incidentPrefix
].some((prefix) => externalId.startsWith(prefix));
/**
* Brings the decision's check of a commit to the given content, editing the newest one in place.
* A completed check is not reopened, since GitHub does not document that it can be: a new one takes its place.
*/
async function upsertCheck(client, name, identity, check, fresh) {
	const { headSha } = check;
	const read = async () => fresh.withMadeChecks(headSha, check.name, await readCheckRuns(client, name, identity.appId, headSha, check.name));
	const seen = fresh.checks(headSha, check.name);
	let runs = seen ?? await read();
	let plan = planCheck(runs, check);
	if (plan.kind === "create" && seen !== void 0) {
		runs = await read();
		plan = planCheck(runs, check);
	}
	const hasEnded = await endOlder(client, name, runs);
	if (hasEnded) fresh.forgetChecks(headSha, check.name);
	if (plan.kind === "unchanged") {
		if (seen === void 0 && !hasEnded) fresh.putChecks(headSha, check.name, runs);
		return "unchanged";
	}
	fresh.forgetChecks(headSha, check.name);
	if (plan.kind === "create") {
		const made = await createCheck(client, name, identity, check);
		if (made !== null) fresh.addMadeCheck(made);
		if (made !== null) fresh.putChecks(headSha, check.name, [...runs, made]);
		return "created";
	}
	const { current } = plan;
	const wanted = shownOf(check.output.annotations);
	const missing = current.annotations === 0 ? wanted : await missingOn(client, name, current.id, wanted);
	if (missing === null) return replaceCheck(client, name, identity, current, check, fresh);
	const now = await editCheck(client, name, current.id, check, missing);
	if (now?.id === current.id) fresh.putChecks(headSha, check.name, [...runs.filter(({ id }) => id !== now.id), now].sort(byId));
	return "updated";
}
/** @param annotations those that it does not show yet @returns null: GitHub did not say all of what it wrote */
async function editCheck(client, name, runId, check, annotations) {
	let now = null;
	for (const batch of batchesOf(annotations)) {
		const { data } = await writeGitHub(`update the check of ${check.headSha}`, () => client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
			...name,
			check_run_id: runId,
			external_id: check.externalId,
			...state(check),
			output: {
				...toOutput(check.output),
				annotations: batch
			},
			actions: [...check.buttons ?? []]
		}));
		now = parseWritten(data);
	}
	return now;
}
/** An annotation cannot be taken away: a new check takes the place of the one that shows what is mended. */
async function replaceCheck(client, name, identity, old, check, fresh) {
	if (old.status !== "completed") await endCheck(client, name, old);
	const made = await createCheck(client, name, identity, check);
	if (made !== null) fresh.addMadeCheck(made);
	return "created";
}
/**
* Two processes may have opened one each, while GitHub did not show the other's yet: the newest is the decision's, and
* what is older waits for nothing.
* @returns true: something was ended
*/
async function endOlder(client, name, runs) {
	const open = runs.filter(({ externalId }) => !isFixed(externalId)).slice(0, -1).filter(({ status }) => status !== "completed");
	for (const run of open) await endCheck(client, name, run);
	return open.length > 0;
}
async function endCheck(client, name, { id, headSha }) {
	await writeGitHub(`end the check of ${headSha}`, () => client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
		...name,
		check_run_id: id,
		status: "completed",
		conclusion: "cancelled"
	}));
}
const byId = (a, b) => a.id - b.id;
function planCheck(runs, check) {
	const current = runs.filter((run) => !isFixed(run.externalId)).at(-1);
	const hidden = runs.at(-1) !== current;
	if (current !== void 0 && !hidden && isSame$1(current, check)) return { kind: "unchanged" };
	const reopened = current?.status === "completed" && !("conclusion" in check);
	return current === void 0 || hidden || reopened ? { kind: "create" } : {
		kind: "update",
		current
	};
}
/** For checks that say what was there at one moment: evidence and anchors. */
async function createFixedCheck(client, name, identity, check, fresh) {
	const { headSha, externalId } = check;
	const isThere = (runs) => runs.some((run) => run.externalId === externalId && run.status === "completed");
	const key = markKey(headSha, check.name);
	let marks = fresh.checks(headSha, check.name) ?? fresh.marks(key);
	if (marks !== void 0 && isThere(marks)) return "unchanged";
	if (marks === void 0 || !externalId.startsWith("anchor:")) {
		const runs = await readCheckRuns(client, name, identity.appId, headSha, check.name);
		marks = fresh.withMadeChecks(headSha, check.name, runs);
		if (isThere(marks)) return "unchanged";
	}
	fresh.forgetChecks(headSha, check.name);
	const made = await createCheck(client, name, identity, check);
	if (made !== null) fresh.addMadeCheck(made);
	if (made !== null) fresh.putMarks(key, [...marks, made]);
	return "created";
}
async function createCheck(client, name, { appId }, check) {
	const [first = [], ...more] = batchesOf(shownOf(check.output.annotations));
	const post = async () => {
		const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
			...name,
			name: check.name,
			head_sha: check.headSha,
			external_id: check.externalId,
			...state(check),
			output: {
				...toOutput(check.output),
				annotations: first
			},
			actions: [...check.buttons ?? []],
			request: { retries: 0 }
		});
		return {
			id: toId(data.id),
			made: parseWritten(data)
		};
	};
	const find = async () => {
		const made = (await readCheckRuns(client, name, appId, check.headSha, check.name)).findLast((run) => isMade(run, check));
		return made === void 0 ? null : {
			id: made.id,
			made
		};
	};
	const { id, made } = await makeOnce(`create the check of ${check.headSha}`, post, find);
	if (more.length === 0) return made;
	return editCheck(client, name, id, check, shownOf(check.output.annotations).slice(first.length));
}
const isMade = (run, check) => run.externalId === check.externalId && run.status === state(check).status;
/** What GitHub says it wrote; null: it does not say all of it, so it is read before the next write. */
function parseWritten(data) {
	const { id, name, head_sha, status, output } = data ?? {};
	if (!id || !name || !head_sha || !status || !output) return null;
	return toCheckRun({
		conclusion: null,
		external_id: null,
		started_at: null,
		completed_at: null,
		...data,
		id,
		name,
		head_sha,
		status,
		output
	});
}
function state(check) {
	return "conclusion" in check ? {
		status: "completed",
		conclusion: check.conclusion
	} : { status: check.status };
}
/** A check that GitHub refuses for its length would leave an older one standing, which may be a success. */
const short = (text) => text.length <= maxText ? text : `${text.slice(0, maxText).toWellFormed()}…`;
function isSame$1(found, check) {
	const wanted = state(check);
	const current = "keepsProgress" in check && check.keepsProgress ? asDecided(found, check) : found;
	return current.status === wanted.status && (current.conclusion ?? void 0) === ("conclusion" in wanted ? wanted.conclusion : void 0) && current.externalId === check.externalId && current.title === check.output.title && current.summary === short(check.output.summary) && current.text === short(check.output.text) && current.annotations === shownOf(check.output.annotations).length;
}
/** The check as the decision left it, below what a training's progress put above it. */
function asDecided(current, { output }) {
	const summary = withoutProgress(current.summary);
	return summary === current.summary ? current : {
		...current,
		summary,
		title: output.title
	};
}
function toOutput(output) {
	return {
		title: output.title,
		summary: short(output.summary),
		text: short(output.text)
	};
}

// adapters/github/anchors.ts
/** Name of the decision's check and of the anchor beside it. */
const checkName = "gatehouse";
/** How far back the newest anchor is looked for; it is renewed long before. */
const maxCommits = 100;
/** Pull requests, by their last change, whose merges are looked at where no anchor is found so. */
const maxMerges = 50;
/** Two merges may be recorded in the other order: look a little past the first anchor found. */
const beyond = 10;
/** Commits that are asked for at once, after the first ones, which are always asked for. */
const atOnce = 40;
/**
* Looks for the newest anchors: check runs of our app on the commits of the base branch, which whoever may push to the
* ledger cannot make.
* @param branch a governed base branch
* @param hints commits that the ledger itself names; they only add anchors, they cannot hide one
* @returns newest commit first; empty when there is none within 100 commits, nor on one of the last merges
*/
async function readAnchors(reader, branch, hints = []) {
	const commits = await reader.history(branch, maxCommits);
	const found = [];
	let last = commits.length;
	for (let at = 0, size = 11; at < commits.length && at <= last; at += size, size = atOnce) {
		const some = commits.slice(at, Math.min(at + size, last + 1));
		const marks = await Promise.all(some.map((commit) => anchorsAt(reader, commit)));
		for (const [index, commit] of some.entries()) {
			const distance = at + index;
			const here = marks[index] ?? [];
			if (distance > last || here.length === 0) continue;
			last = Math.min(last, distance + beyond);
			found.push(...here.map((anchor) => ({
				...anchor,
				commit,
				distance
			})));
		}
	}
	const seen = new Set(found.map(({ commit }) => commit));
	const merges = found.length > 0 ? [] : await mergesInto(reader, branch);
	const others = [.../* @__PURE__ */ new Set([...hints, ...merges])].filter((commit) => !seen.has(commit));
	for (const [at, here] of (await Promise.all(others.map((commit) => anchorsAtHint(reader, commit)))).entries()) found.push(...here.map((anchor) => ({
		...anchor,
		commit: others[at] ?? "",
		distance: commits.length
	})));
	return found;
}
/** A job that reads the ledger alone may not list pull requests: it finds fewer anchors, and proves less. */
async function mergesInto(reader, branch) {
	try {
		return (await reader.pulls({
			state: "closed",
			base: branch,
			limit: maxMerges
		})).flatMap(({ mergedAt, mergeCommit }) => mergedAt === null ? [] : mergeCommit ?? []);
	} catch (error) {
		if (isAnswered(error, [403, 404])) return [];
		throw error;
	}
}
function isAnswered(error, statuses) {
	const cause = error instanceof ServiceError ? error.cause : null;
	return statuses.includes(statusOf(cause) ?? 0);
}
/** Whoever wrote to the ledger may have named a commit that is none: it carries no anchor, and stops nobody. */
async function anchorsAtHint(reader, commit) {
	try {
		return await anchorsAt(reader, commit);
	} catch (error) {
		if (isAnswered(error, [404, 422])) return [];
		throw error;
	}
}
async function anchorsAt(reader, commit) {
	return (await reader.checkRuns(commit, checkName)).filter((run) => run.externalId.startsWith("anchor:") && run.status === "completed").map((run) => ({
		...parseAnchor(run.externalId),
		completedAt: run.completedAt ?? ""
	}));
}

// adapters/github/branch-guard.ts
/**
* What the rulesets of a branch enforce, read with the permission that every app has. Classic branch protection takes
* `administration`, which the app never holds: what it enforces is not seen.
* @returns null when GitHub does not tell: the plan has no rulesets, or the server is older than they are
* @see https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
*/
async function readBranchGuard(client, name, appId, branch) {
	const what = `rules of ${branch}`;
	return readGitHub(what, async () => {
		try {
			const rules = await readAllPages(what, async (page, per_page) => {
				const { data, headers } = await client.request("GET /repos/{owner}/{repo}/rules/branches/{branch}", {
					...name,
					branch,
					page,
					per_page
				});
				return {
					items: data,
					link: headers.link
				};
			});
			const has = (type) => rules.some((rule) => rule.type === type);
			return {
				requiresCheck: rules.some((rule) => rule.type === "required_status_checks" && rule.parameters?.required_status_checks.some(({ context, integration_id }) => context === "gatehouse" && integration_id === appId)),
				requiresPullRequest: has("pull_request"),
				blocksForcePush: has("non_fast_forward"),
				blocksDeletion: has("deletion"),
				restrictsUpdates: has("update")
			};
		} catch (error) {
			if ([
				403,
				404,
				410,
				422
			].includes(statusOf(error) ?? 0)) return null;
			throw error;
		}
	});
}

// adapters/github/branch-tips.ts
const maxTips = 200;
/** Where this process saw branches point to, in the order in which it did. */
var BranchTips = class {
	seen = /* @__PURE__ */ new Map();
	see(branch, sha) {
		const tips = this.seen.get(branch) ?? [];
		this.seen.set(branch, tips);
		if (sha === null || tips.includes(sha)) return;
		tips.push(sha);
		if (tips.length > maxTips) tips.shift();
	}
	/** The last one before this commit was seen there; null: none was. */
	before(branch, commit) {
		const tips = this.seen.get(branch) ?? [];
		const at = tips.indexOf(commit);
		return (at < 0 ? tips.at(-1) : tips[at - 1]) ?? null;
	}
};
/** Pages of 100 moves of the branch that are looked through, and moves of which it is asked what they brought. */
const maxPages = 3;
const maxAsked = 20;
/** A merge queue merges no more at once. */
const maxGroup = 50;
/**
* Reads what a branch pointed to before a commit came to it. Git alone does not say: whoever may push makes a merge
* himself and chooses its first parent.
* @param likely what it was if the commit was made by GitHub: right where several were merged in one move
* @see https://docs.github.com/en/rest/repos/repos#list-repository-activities
*/
async function readTipBefore(client, name, git, { branch, commit, likely }) {
	const moves = [];
	let after = null;
	for (let page = 0; page < maxPages; page += 1) {
		const read = await readMoves(client, name, branch, after);
		if (read === null) return { kind: "not told" };
		moves.push(...read.moves);
		const exact = read.moves.find((move) => move.after === commit);
		if (exact !== void 0) return {
			kind: "told",
			sha: exact.before
		};
		after = read.next;
		if (after === null) break;
	}
	for (const move of moves.slice(0, maxAsked)) {
		if (!await holds(git, move.after, commit)) break;
		if (await holds(git, move.before, commit)) continue;
		return {
			kind: "told",
			sha: await follows(git, likely, move.before) ? likely : move.before
		};
	}
	return { kind: "not listed" };
}
/**
* Reads by whom a branch was moved of late. Who is author of a commit is anybody's text, also where GitHub signed it; who
* moved the branch is GitHub's word.
* @returns null: GitHub does not say
* @see https://docs.github.com/en/rest/repos/repos#list-repository-activities
*/
async function readBranchMoves(client, name, branch) {
	const moves = [];
	let after = null;
	for (let page = 0; page < maxPages; page += 1) {
		const read = await readMoves(client, name, branch, after);
		if (read === null) return null;
		for (const { actor, before, after: to, timestamp = "" } of read.moves) moves.push({
			by: toPersonOrNull(actor),
			before,
			after: to,
			at: timestamp
		});
		after = read.next;
		if (after === null) return {
			moves,
			whole: true
		};
	}
	return {
		moves,
		whole: false
	};
}
async function readMoves(client, name, branch, after) {
	return readGitHub(`what moved branch ${branch}`, async () => {
		try {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/activity", {
				...name,
				ref: `refs/heads/${branch}`,
				per_page: 100,
				...after === null ? {} : { after }
			});
			return {
				moves: data,
				next: nextCursor(headers.link)
			};
		} catch (error) {
			if ([
				403,
				404,
				410
			].includes(statusOf(error) ?? 0)) return null;
			throw error;
		}
	});
}
const noCommit = /^0+$/;
async function holds({ mergeBase }, tip, commit) {
	if (noCommit.test(tip)) return false;
	try {
		return await mergeBase(tip, commit) === commit;
	} catch (error) {
		if (error instanceof GatehouseError && error.kind === "service") return false;
		throw error;
	}
}
/** Do first parents lead from one to the other? */
async function follows({ firstParent }, from, to) {
	let at = from;
	for (let steps = 0; at !== null && steps < maxGroup; steps += 1) {
		if (at === to) return true;
		at = await firstParent(at);
	}
	return false;
}

// core/report/banner.ts
const banner = /^> ⏳ \*\*Out of date\.\*\*.*\n\n/u;
/**
* Marks a comment out of date: what it says is about an older commit than the head.
* @param body the comment as it stands, one of ours
* @param head full id of the new head
* @returns the comment with one banner above its headline; unchanged when it is about that head already
* @throws InputError MARKER when the body is none of our comments
*/
function markOutOfDate$1(body, head) {
	const marker = parseMarker(body);
	const state = parseState(body);
	if (marker === null || state === null) throw new InputError("MARKER", "this comment has no marker or no state", { hint: "Write the report anew." });
	if (state.head === head) return body;
	const text = body.replaceAll("\r\n", "\n");
	const inner = text.slice(text.indexOf("\n") + 1, text.lastIndexOf("\n<!-- gatehouse:state")).replace(banner, "");
	const shown = `> ${renderMarkdown([paragraph("⏳ ", { strong: "Out of date." }, " This is the result for ", { code: short$1(state.head) }, ". The head is now ", { code: short$1(head) }, " and is being judged.")])}\n\n${inner}`;
	return [
		writeMarker(marker),
		shown,
		writeState({
			...state,
			body: bodyDigest(shown)
		})
	].join("\n");
}

// adapters/github/comments.ts
/**
* Keeps one comment of each kind and model: edited in place, never posted twice.
* A comment is ours when the first line is exactly the marker AND our app wrote it; anybody can paste a marker.
* When there are several (a lost answer made the write twice) the oldest stays.
*/
async function upsertComment(client, name, identity, pull, text, fresh) {
	const write = typeof text === "string" ? () => text : text;
	const parsed = parseMarker(write(null));
	if (parsed === null) throw noMarker();
	const marker = writeMarker(parsed);
	const find = (ours) => ours.filter((comment) => firstLine(comment.body) === marker);
	let own = find(seenOf(identity, pull, fresh) ?? []);
	if (own.length === 0) own = find(await findOurs(client, name, identity, pull, fresh));
	const [kept, ...doubles] = own;
	const body = write(kept?.body ?? null);
	for (const double of doubles) {
		fresh.forgetComments(pull);
		await deleteComment(client, name, double.id);
		fresh.forgetMadeComment(pull, double.id);
	}
	if (kept === void 0) {
		await postComment(client, name, identity, pull, body, fresh);
		return "created";
	}
	const [there, next] = [parseState(kept.body), parseState(body)];
	if (there !== null && next !== null) {
		if (there.head === next.head && there.body === next.body) return "unchanged";
		if (isNewer(there, next)) return "newer kept";
	} else if (sameText(kept.body, body)) return "unchanged";
	const before = doubles.length > 0 ? void 0 : fresh.comments(pull);
	fresh.forgetComments(pull);
	await writeGitHub(`edit the comment on pull request ${pull}`, () => client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
		...name,
		comment_id: kept.id,
		body
	}));
	if (before !== void 0) fresh.putComments(pull, before.map((comment) => comment.id === kept.id ? {
		...comment,
		body
	} : comment));
	return "updated";
}
async function postComment(client, name, identity, pull, body, fresh) {
	fresh.forgetComments(pull);
	const isThere = async () => {
		return (await findOurs(client, name, identity, pull, fresh)).some((comment) => firstLine(comment.body) === firstLine(body)) || null;
	};
	const post = async () => {
		const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			...name,
			issue_number: pull,
			body,
			request: { retries: 0 }
		});
		const { id } = data ?? {};
		if (id !== void 0) fresh.addMadeComment(pull, {
			id: toId(id),
			authorId: identity.botId,
			body
		});
		return true;
	};
	await makeOnce(`post the comment on pull request ${pull}`, post, isThere);
}
/** A comment as GitHub holds it now; null: it is gone. */
async function readComment(client, name, id) {
	return readOptional(`comment ${id}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", {
			...name,
			comment_id: id
		});
		const issue = /\/issues\/(\d+)$/.exec(data.issue_url)?.[1];
		return {
			issue: Number(issue ?? 0),
			author: toPersonOrGhost(data.user),
			body: data.body ?? "",
			edited: data.updated_at !== data.created_at
		};
	});
}
/**
* Posts a reply once: an event that comes twice, or an answer of GitHub that was lost, makes no second one.
* @param marker its first line
* @param write carries out what was asked for and says what came of it; not called when the reply is there
*/
async function answerComment(client, name, identity, pull, marker, write, fresh) {
	if ((await findOurs(client, name, identity, pull, fresh)).some(({ body }) => firstLine(body) === marker)) return "unchanged";
	const reply = await write();
	if (firstLine(reply) !== marker) throw noMarker();
	await postComment(client, name, identity, pull, reply, fresh);
	return "created";
}
/** Puts a banner on every comment of ours that is about an older head than this one. */
async function markOutOfDate(client, name, identity, pull, head, fresh) {
	const ours = seenOf(identity, pull, fresh) ?? await findOurs(client, name, identity, pull, fresh);
	for (const { id, body } of ours) {
		if (parseMarker(body) === null || parseState(body) === null) continue;
		const marked = markOutOfDate$1(body, head);
		if (marked === body) continue;
		fresh.forgetComments(pull);
		await writeGitHub(`mark comment ${id} out of date`, () => client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
			...name,
			comment_id: id,
			body: marked
		}));
	}
}
/** Our comments as a look has just read them, oldest first; undefined: nobody did. */
const seenOf = ({ botId }, pull, fresh) => fresh.comments(pull)?.filter(({ authorId }) => authorId === botId);
/** Our comments, oldest first. */
async function findOurs(client, name, identity, pull, fresh) {
	const what = `comments of pull request ${pull}`;
	const ours = (await readGitHub(what, () => readAllPages(what, async (page, perPage) => {
		const { data, headers } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			...name,
			issue_number: pull,
			per_page: perPage,
			page
		});
		return {
			items: data,
			link: headers.link
		};
	}))).filter((comment) => isOurs(identity, comment)).map((comment) => ({
		id: toId(comment.id),
		authorId: identity.botId,
		body: comment.body ?? ""
	}));
	return fresh.withMadeComments(pull, ours).toSorted((a, b) => a.id - b.id);
}
/** By the account that wrote it: `performed_via_github_app` is also set when a person acts through our app. */
function isOurs(identity, comment) {
	return comment.user !== null && toId(comment.user.id) === identity.botId;
}
async function deleteComment(client, name, id) {
	await writeGitHub(`delete the doubled comment ${id}`, () => client.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
		...name,
		comment_id: id
	}));
}
const firstLine = (body) => body.split(/\r?\n/, 1)[0] ?? "";
/**
* True when a comment shows a later attempt of the same run. Between different runs the larger id is not the better
* one: evidence of an earlier run is carried over while a later one trains nothing.
*/
function isNewer(there, ours) {
	return there.head === ours.head && there.run === ours.run && there.attempt > ours.attempt;
}
/** GitHub may give line ends back as CRLF. */
function sameText(a, b) {
	return a.replaceAll("\r\n", "\n").trimEnd() === b.replaceAll("\r\n", "\n").trimEnd();
}
function noMarker() {
	return new ServiceError("COMMENT_WITHOUT_MARKER", "A comment without our marker in its first line was about to be posted", { hint: "Report this: it is a fault of Gatehouse." });
}

// adapters/github/conditional-reads.ts
/** Kept as what they are, not as answers: objects of git by id, and bytes. */
const immutable = /\/git\/(?:trees|blobs)\/|\{archive_format\}|\/tarball\//;
/**
* The same for every pull request, and never written by us: who asks while somebody else's answer is on its way is given
* that one, so that merges which are looked at together ask once.
*/
const shared = /\/rules\/branches\/\{branch\}$|\/activity$/;
/** What tells one read from another. */
const requestKey = (route, given) => `${route} ${JSON.stringify(Object.entries(given ?? {}).sort())}`;
/**
* A client that asks for what it has already read only whether it changed. GitHub answers 304 then, which costs nothing
* of the hourly budget; the answer from before is given to whoever asked. Tags belong to one token: after GitHub gave
* out a new one (every hour) each first answer comes whole again.
* @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
* @see https://github.com/eclipse-csi/otterdog/issues/201 tags are specific to a token
*/
function withConditionalReads(client, { answers, underway }) {
	return {
		request: new Proxy(client.request, { apply: async (target, self, [route, given]) => {
			const send = (parameters) => Reflect.apply(target, self, [route, parameters]);
			if (typeof route !== "string" || !route.startsWith("GET ") || immutable.test(route)) return send(given);
			const key = requestKey(route, given);
			const running = underway.get(key);
			if (running !== void 0) return running;
			const answer = readTagged(send, key, given, answers);
			if (!shared.test(route)) return answer;
			underway.set(key, answer);
			return answer.finally(() => underway.delete(key));
		} }),
		graphql: client.graphql
	};
}
async function readTagged(send, key, given, answers) {
	const known = answers.get(key);
	const headers = {
		...given?.headers,
		"if-none-match": known?.etag
	};
	try {
		const response = await send(known === void 0 ? given : {
			...given,
			headers
		});
		const { etag } = response.headers;
		const chars = JSON.stringify(response.data ?? null).length;
		if (typeof etag === "string") answers.put(key, {
			etag,
			chars,
			response
		});
		else answers.delete(key);
		return response;
	} catch (error) {
		if (known !== void 0 && statusOf(error) === 304) return known.response;
		throw error;
	}
}

// adapters/github/dismissals.ts
/**
* Who dismissed which review, from the pull request's events: the review itself only says that it was dismissed.
* @returns null when there are no events to read; the caller then takes every dismissed review for a change request
*/
async function readDismissals(client, name, number) {
	const what = `events of pull request ${number}`;
	return readOptional(what, async () => {
		return (await readAllPages(what, async (page, perPage) => {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/events", {
				...name,
				issue_number: number,
				per_page: perPage,
				page
			});
			return {
				items: data,
				link: headers.link
			};
		})).flatMap((event) => toDismissal(event) ?? []);
	});
}
const states$1 = [
	"APPROVED",
	"CHANGES_REQUESTED",
	"COMMENTED"
];
function toDismissal(event) {
	if (!isDismissal(event)) return null;
	const state = states$1.find((known) => known === event.dismissed_review.state.toUpperCase());
	if (state === void 0) return null;
	return {
		reviewId: toId(event.dismissed_review.review_id),
		state,
		by: toPersonOrGhost(event.actor),
		at: event.created_at
	};
}
function isDismissal(event) {
	return "event" in event && event.event === "review_dismissed" && "created_at" in event && typeof event.created_at === "string" && "dismissed_review" in event && typeof event.dismissed_review === "object" && event.dismissed_review !== null && "state" in event.dismissed_review && typeof event.dismissed_review.state === "string" && "review_id" in event.dismissed_review;
}

// adapters/github/git-objects.ts
/** @param recursive false: one folder alone, which is not cut */
async function readTreeAnswer(client, name, sha, recursive) {
	return readGitHub(`tree of ${sha}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
			...name,
			tree_sha: sha,
			...recursive ? { recursive: "1" } : {}
		});
		const [files, folders] = [[], []];
		for (const { path, mode, type, sha: id } of data.tree) {
			if (!path || !mode || !id) throw incomplete(`tree of ${sha}`, "an entry without path, mode or id");
			if (type !== "tree") files.push({
				path,
				mode,
				blob: id
			});
			else if (!recursive) folders.push({
				path,
				id
			});
		}
		return {
			files,
			folders,
			isCut: data.truncated
		};
	});
}
/** @throws ServiceError GITHUB_ANSWER_INCOMPLETE when the bytes are not those of the id */
async function readBlob(client, name, blobSha) {
	return readGitHub(`file content ${blobSha}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
			...name,
			file_sha: blobSha
		});
		const bytes = Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
		const id = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
		if (id !== blobSha) throw incomplete(`file content ${blobSha}`, `the bytes have the id ${id}`);
		return new Uint8Array(bytes);
	});
}
async function readCommit(client, name, sha) {
	return readGitHub(`commit ${sha}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}", {
			...name,
			ref: sha,
			per_page: 1
		});
		return toCommit(data);
	});
}
/** Newest first. */
async function readCommits(client, name, ref, limit, path) {
	return readGitHub(`commits of ${ref}`, async () => {
		const found = [];
		for (let page = 1; found.length < limit; page += 1) {
			const { data } = await client.request("GET /repos/{owner}/{repo}/commits", {
				...name,
				sha: ref,
				...path === void 0 ? {} : { path },
				per_page: 100,
				page
			});
			found.push(...data.map(toCommit));
			if (data.length < 100) break;
		}
		return found.slice(0, limit);
	});
}
async function readMergeBase(client, name, base, head) {
	return readGitHub(`merge base of ${base} and ${head}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
			...name,
			basehead: `${base}...${head}`,
			per_page: 1
		});
		return data.merge_base_commit.sha;
	});
}
async function readBranchHead(client, name, branch) {
	return readOptional(`head of branch ${branch}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
			...name,
			ref: `heads/${branch}`
		});
		return data.object.sha;
	});
}
async function readPullCommits(client, name, number) {
	return readAllPages(`commits of pull request ${number}`, async (page, perPage) => {
		const { data, headers } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", {
			...name,
			pull_number: number,
			per_page: perPage,
			page
		});
		return {
			items: data.map(toCommit),
			link: headers.link
		};
	});
}
function toCommit(data) {
	return {
		sha: data.sha,
		tree: data.commit.tree.sha,
		parents: data.parents.map((parent) => parent.sha),
		author: toPersonOrNull(data.author),
		committer: toPersonOrNull(data.committer),
		authorEmail: data.commit.author?.email ?? "",
		message: data.commit.message,
		committedAt: data.commit.committer?.date ?? "",
		verified: data.commit.verification?.verified === true
	};
}

// adapters/github/jobs.ts
/**
* Reads the jobs of a run's newest attempt: the first 100, which is enough to show and never to decide.
* @see https://docs.github.com/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run
*/
async function readJobs(client, name, runId) {
	return readGitHub(`jobs of run ${runId}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs", {
			...name,
			run_id: runId,
			filter: "latest",
			per_page: 100
		});
		return data.jobs.map(toJob);
	});
}
const toJob = (data) => ({
	id: toId(data.id),
	name: data.name,
	status: data.status,
	conclusion: data.conclusion,
	labels: data.labels,
	createdAt: data.created_at,
	runner: data.runner_name
});

// core/change/tree-id.ts
/**
* The git id of the tree that holds exactly these files, 40 hex characters: whoever finds the id that a commit names has
* found its files. A tree with a folder that holds nothing has another id than this one.
* @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects
*/
function treeIdOf(listing) {
	return idOf(toFolder(listing)).toString("hex");
}
/**
* The git objects of all folders of a listing, by id: what `git cat-file tree` gives.
* @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects
*/
function treeObjectsOf(listing) {
	const objects = /* @__PURE__ */ new Map();
	idOf(toFolder(listing), (id, content) => objects.set(id, content));
	return objects;
}
/** @returns null: no object of a folder, or a name in it that is not UTF-8 */
function parseTreeObject(content) {
	const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	const entries = [];
	for (let at = 0; at < bytes.length;) {
		const [space, end] = [bytes.indexOf(32, at), bytes.indexOf(0, at)];
		if (space < 0 || end < space || end + 21 > bytes.length) return null;
		const raw = bytes.subarray(space + 1, end);
		const name = raw.toString("utf8");
		if (!Buffer.from(name, "utf8").equals(raw)) return null;
		const mode = bytes.toString("latin1", at, space);
		entries.push({
			name,
			mode,
			id: bytes.toString("hex", end + 1, end + 21)
		});
		at = end + 21;
	}
	return entries;
}
/** The git id of an object of this kind, 40 hex characters. */
const objectIdOf = (kind, content) => objectId(kind, content).toString("hex");
function toFolder(listing) {
	const root = newFolder();
	for (const file of listing.values()) {
		const names = file.path.split("/");
		const last = names.pop() ?? "";
		let folder = root;
		for (const name of names) {
			const next = folder.folders.get(name) ?? newFolder();
			folder.folders.set(name, next);
			folder = next;
		}
		folder.files.set(last, file);
	}
	return root;
}
/** The git id of a content, 40 hex characters. */
function blobIdOf(content) {
	return objectIdOf("blob", content);
}
/**
* Files of a merge where no file changed on both sides. Git may do otherwise (it follows renames), so the result is only
* worth something when its id is the one that git gave.
* @returns null when a path changed on both sides, each in its own way
*/
function mergeTrees(base, ours, theirs) {
	const merged = /* @__PURE__ */ new Map();
	for (const path of /* @__PURE__ */ new Set([
		...base.keys(),
		...ours.keys(),
		...theirs.keys()
	])) {
		const [old, our, their] = [
			base.get(path),
			ours.get(path),
			theirs.get(path)
		];
		if (!isSame(old, our) && !isSame(old, their) && !isSame(our, their)) return null;
		const file = isSame(old, our) ? their : our;
		if (file !== void 0) merged.set(path, file);
	}
	return merged;
}
const newFolder = () => ({
	files: /* @__PURE__ */ new Map(),
	folders: /* @__PURE__ */ new Map()
});
const isSame = (a, b) => a?.blob === b?.blob && a?.mode === b?.mode;
function idOf(folder, see) {
	const parts = [...[...folder.files].map(([name, { mode, blob }]) => ({
		name: Buffer.from(name),
		mode: mode.replace(/^0+/, ""),
		id: Buffer.from(blob, "hex"),
		key: Buffer.from(/^0*40000$/.test(mode) ? `${name}/` : name)
	})), ...[...folder.folders].map(([name, inner]) => ({
		name: Buffer.from(name),
		mode: "40000",
		id: idOf(inner, see),
		key: Buffer.from(`${name}/`)
	}))].sort((a, b) => Buffer.compare(a.key, b.key)).flatMap(({ name, mode, id }) => [...[Buffer.from(`${mode} `), name], ...[Buffer.from([0]), id]]);
	const content = Buffer.concat(parts);
	const id = objectId("tree", content);
	see?.(id.toString("hex"), content);
	return id;
}
const objectId = (type, content) => createHash("sha1").update(`${type} ${content.byteLength}\0`).update(content).digest();

// adapters/github/tar-files.ts
const blockBytes = 512;
/** Names that do not fit into a header stand in records before it. */
const maxRecordBytes = 65536;
/**
* Reads the files of a tar archive as `git archive` writes it, one after the other.
* @param maxFileBytes of a larger file only the name is given
* @throws Error for whatever is not such an archive
* @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_01
*/
async function* readTarFiles(chunks, maxFileBytes) {
	const source = new ByteSource(chunks);
	try {
		yield* readFrom(source, maxFileBytes);
	} finally {
		await source.close();
	}
}
async function* readFrom(source, maxFileBytes) {
	let records = /* @__PURE__ */ new Map();
	for (;;) {
		const header = await source.take(blockBytes);
		if (header.every((byte) => byte === 0)) return;
		const sizeBytes = parseOctal(header, 124, 12);
		const type = String.fromCharCode(header[156] ?? 0);
		if (type === "x") {
			if (sizeBytes > maxRecordBytes) throw new Error("a name without end");
			records = parseRecords(await source.take(sizeBytes));
		} else {
			const file = toFile(header, type, records);
			const bytes = file !== null && sizeBytes <= maxFileBytes ? await source.take(sizeBytes) : await source.skip(sizeBytes);
			if (file !== null) yield file.mode === "120000" ? file : {
				...file,
				bytes
			};
			if (type !== "g") records = /* @__PURE__ */ new Map();
		}
		await source.skip((blockBytes - sizeBytes % blockBytes) % blockBytes);
	}
}
/** null: a folder, or what is said of the whole archive. */
function toFile(header, type, records) {
	if (type === "5" || type === "g") return null;
	if (records.has("size")) throw new Error("a size that no header holds");
	const [name, start] = [textAt(header, 0, 100), textAt(header, 345, 155)];
	const path = records.get("path") ?? (start === "" ? name : `${start}/${name}`);
	if (type === "2") {
		const target = records.get("linkpath") ?? textAt(header, 157, 100);
		return {
			path,
			mode: "120000",
			bytes: Buffer.from(target, "utf8")
		};
	}
	if (type !== "0" && type !== "\0") throw new Error(`an entry of type ${JSON.stringify(type)}`);
	return {
		path,
		mode: (parseOctal(header, 100, 8) & 64) === 0 ? "100644" : "100755",
		bytes: null
	};
}
function textAt(block, at, length) {
	const field = block.subarray(at, at + length);
	const end = field.indexOf(0);
	return field.toString("utf8", 0, end < 0 ? length : end);
}
function parseOctal(block, at, length) {
	const text = textAt(block, at, length).trim();
	if (!/^[0-7]+$/.test(text)) throw new Error("a number that is none");
	return Number.parseInt(text, 8);
}
/** `<length> <key>=<value>\n`, where the length is that of all of it. */
function parseRecords(bytes) {
	const records = /* @__PURE__ */ new Map();
	for (let at = 0; at < bytes.length;) {
		const space = bytes.indexOf(32, at);
		const length = Number(bytes.toString("latin1", at, space));
		const record = bytes.toString("utf8", space + 1, at + length - 1);
		const equals = record.indexOf("=");
		if (space < 0 || !Number.isInteger(length) || length < 5 || at + length > bytes.length || equals < 0) throw new Error("a record that is none");
		records.set(record.slice(0, equals), record.slice(equals + 1));
		at += length;
	}
	return records;
}
/** Gives bytes in the portions that are asked for. */
var ByteSource = class {
	chunks;
	rest = Buffer.alloc(0);
	constructor(chunks) {
		this.chunks = chunks[Symbol.asyncIterator]();
	}
	async take(length) {
		const parts = [];
		let missing = length;
		for (;;) {
			const part = this.rest.subarray(0, missing);
			this.rest = this.rest.subarray(part.length);
			missing -= part.length;
			if (parts.length === 0 && missing === 0) return part;
			parts.push(part);
			if (missing === 0) return Buffer.concat(parts);
			await this.next();
		}
	}
	async skip(length) {
		for (let missing = length;;) {
			const skipped = Math.min(missing, this.rest.length);
			this.rest = this.rest.subarray(skipped);
			missing -= skipped;
			if (missing === 0) return null;
			await this.next();
		}
	}
	/** Whoever sends them need not go on. */
	async close() {
		await this.chunks.return?.();
	}
	async next() {
		const { done, value } = await this.chunks.next();
		if (done === true) throw new Error("the archive ends too early");
		this.rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	}
};

// adapters/github/commit-archive.ts
/** No file of a ledger is larger: of one that is, only the name is given. */
const maxFileBytes = 8388608;
/** Of all files together: more is a repository of something else, or made to fill a disk. */
const maxArchiveBytes = 4294967296;
/**
* Streams the files of a commit from its archive: one call for all of them. It is what `git archive` gives, so attributes
* of the tree may leave files out or change them: whoever reads it compares ids.
* @throws Error also after some files were given, when the archive does not come whole
* @see https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar
* @see https://git-scm.com/docs/git-archive#ATTRIBUTES
*/
async function* readCommitArchive(client, name, commit) {
	const { data } = await client.request("GET /repos/{owner}/{repo}/tarball/{ref}", {
		...name,
		ref: commit,
		request: { parseSuccessResponseBody: false }
	});
	const body = data;
	if (!(body instanceof ReadableStream)) throw incomplete(`archive of ${commit}`, "there is no body");
	const unpack = createGunzip();
	pipeline(Readable.fromWeb(body), unpack, () => void 0);
	for await (const file of readTarFiles(capped(unpack), maxFileBytes)) {
		const start = file.path.indexOf("/");
		yield {
			...file,
			path: file.path.slice(start + 1)
		};
	}
}
async function* capped(chunks) {
	let sizeBytes = 0;
	for await (const chunk of chunks) {
		sizeBytes += chunk.byteLength;
		if (sizeBytes > maxArchiveBytes) throw new Error(`the archive has more than ${maxArchiveBytes} bytes`);
		yield chunk;
	}
}

// adapters/github/many-contents.ts
/** Contents that are asked for at once: GraphQL tells so many by one question. */
const parallel = 40;
/** More than these come by one archive: by questions they would take five calls, each after the other. */
const manyContents = 200;
/** Files that are opened at once. */
const parallelFiles = 32;
/**
* Reads many contents of one commit: those that this process or this machine keeps, then the commit's archive where many
* are missing, then whatever is missing still by questions. Each is held against its id, wherever it came from.
* @param take is given each content once, as it comes
* @throws ServiceError GITHUB_READ_FAILED, GITHUB_ANSWER_INCOMPLETE
*/
async function readManyContents(source, commit, blobs, take) {
	const { memory } = source;
	const missing = new Set(blobs);
	await inLanes([...missing], parallelFiles, async (blob) => {
		const bytes = memory.blobs.get(blob) ?? await memory.folder?.read("blob", blob);
		if (bytes === void 0) return;
		missing.delete(blob);
		take(blob, bytes);
	});
	if (missing.size > manyContents) await readFromArchive(source, commit, missing, take);
	await inLanes([...missing], parallel, async (blob) => {
		const bytes = await source.read(blob);
		take(blob, bytes);
		await memory.folder?.keep(blob, bytes);
	});
}
async function readFromArchive({ client, name, memory }, commit, missing, take) {
	try {
		for await (const { bytes } of readCommitArchive(client, name, commit)) {
			const blob = bytes === null ? "" : blobIdOf(bytes);
			if (bytes === null || !missing.has(blob)) continue;
			take(blob, bytes);
			missing.delete(blob);
			if (memory.folder === null) memory.blobs.put(blob, new Uint8Array(bytes));
			else await memory.folder.keep(blob, bytes);
		}
	} catch {}
}
/** Works some at a time: all at once would meet limits of GitHub, or of open files. */
async function inLanes(all, lanes, work) {
	const rest = [...all].reverse();
	const lane = async () => {
		for (let each = rest.pop(); each !== void 0; each = rest.pop()) await work(each);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}

// adapters/github/people.ts
/**
* Who holds a role at this moment, by id.
* @throws InputError ROLE_UNKNOWN for a login or team that does not exist: an unknown team approves nothing
*/
async function readMembers(role, account, team) {
	const people = /* @__PURE__ */ new Map();
	for (const login of role.users) {
		const person = await account(login);
		if (person === null) throw unknownRole(`the user ${login}`);
		people.set(person.id, person);
	}
	for (const path of role.teams) for (const person of await team(path)) people.set(person.id, person);
	return [...people.values()];
}
/** null: there is no such account. */
async function readAccount(client, login) {
	return readOptional(`account ${login}`, async () => {
		const { data } = await client.request("GET /users/{username}", { username: login });
		return toPerson(data);
	});
}
/**
* Members of a team and of those below it.
* @param team `organization/slug`
* @throws InputError ROLE_UNKNOWN
*/
async function readTeam(client, team) {
	const [org = "", slug = ""] = team.split("/");
	const found = await readOptional(`team ${team}`, async () => {
		const { data } = await client.request("GET /orgs/{org}/teams/{team_slug}", {
			org,
			team_slug: slug
		});
		const members = await readAllPages(`members of team ${team}`, async (page, perPage) => {
			const answer = await client.request("GET /orgs/{org}/teams/{team_slug}/members", {
				org,
				team_slug: slug,
				per_page: perPage,
				page
			});
			return {
				items: answer.data,
				link: answer.headers.link
			};
		});
		if ((await client.request("GET /orgs/{org}/teams/{team_slug}", {
			org,
			team_slug: slug
		})).data.id !== data.id) throw unknownRole(`the team ${team}, which changed while it was read,`);
		return members.map(toPerson);
	});
	if (found === null) throw unknownRole(`the team ${team}`);
	return found;
}
/** Highest permission of a login on the repository. */
async function readPermission(client, name, login) {
	const found = await readOptional(`permission of ${login}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
			...name,
			username: login
		});
		return data.permission;
	});
	if (found === "admin" || found === "write" || found === "read") return found;
	return "none";
}
/**
* Every push to a branch, by id of who did it; null when GitHub does not tell (no such endpoint, no right to see it, or a
* branch without a single recorded push): the caller then asks for one approval more.
*/
async function readPushes(client, name, branch) {
	return readGitHub(`pushes to branch ${branch}`, async () => {
		try {
			return await readActivity(client, name, branch);
		} catch (error) {
			if ([
				403,
				404,
				410
			].includes(statusOf(error) ?? 0)) return null;
			throw error;
		}
	});
}
async function readActivity(client, name, branch) {
	const pushes = [];
	let after = null;
	let unknown = false;
	do {
		const { data, headers } = await readPage(client, name, branch, after);
		for (const { actor, before, after: commit } of data) {
			const by = toPersonOrNull(actor);
			if (by === null) unknown = true;
			else pushes.push({
				by,
				before,
				after: commit
			});
		}
		after = nextCursor(headers.link);
	} while (after !== null);
	return unknown || pushes.length === 0 ? null : pushes;
}
function readPage(client, name, branch, after) {
	return client.request("GET /repos/{owner}/{repo}/activity", {
		...name,
		ref: `refs/heads/${branch}`,
		per_page: 100,
		...after === null ? {} : { after }
	});
}
function unknownRole(what) {
	return new InputError("ROLE_UNKNOWN", `The policy names ${what} but GitHub does not know it`, {
		hint: "Correct the role in .github/gatehouse.yml. Until then nobody can approve in it.",
		where: {
			file: policyPath,
			pointer: "/roles"
		}
	});
}

// adapters/github/pulls.ts
/** GitHub lists no more commits of a pull request than these, and does not say that there are more. */
const commitCap = 250;
async function readPull(client, name, number) {
	return readGitHub(`pull request ${number}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
			...name,
			pull_number: number
		});
		return {
			...toPull(data),
			merged: data.merged,
			mergedBy: toPersonOrNull(data.merged_by)
		};
	});
}
/** Merged and by whom are told only for one pull request: listed ones say merged when they have a time of merge. */
async function listPulls(client, name, query) {
	const limit = query.limit ?? Number.POSITIVE_INFINITY;
	return readGitHub(`list of ${query.state} pull requests`, async () => {
		const found = [];
		for (let page = 1; found.length < limit; page += 1) {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/pulls", {
				...name,
				state: query.state,
				sort: "updated",
				direction: "desc",
				per_page: 100,
				page,
				...query.base === void 0 ? {} : { base: query.base },
				...query.head === void 0 ? {} : { head: query.head }
			});
			const fresh = data.filter(({ updated_at }) => updated_at >= (query.updatedSince ?? ""));
			found.push(...fresh.map(toPull));
			if (fresh.length < data.length || data.length < 100 && !hasNext(headers.link)) break;
		}
		return found.slice(0, limit);
	});
}
/** @throws InputError PULL_REQUEST_TOO_LARGE when GitHub may have left commits out */
async function readCommitsOfPull(client, name, number) {
	const commits = await readGitHub(`commits of pull request ${number}`, () => readPullCommits(client, name, number));
	if (commits.length < commitCap) return commits;
	throw new InputError("PULL_REQUEST_TOO_LARGE", `Pull request ${number} has ${commitCap} commits or more; GitHub lists no more, so its authors cannot all be known`, { hint: "Split the change, or squash the branch to fewer commits." });
}
async function readPullsOfCommit(client, name, sha) {
	const what = `pull requests of commit ${sha}`;
	const read = () => readAllPages(what, async (page, perPage) => {
		const { data, headers } = await client.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
			...name,
			commit_sha: sha,
			per_page: perPage,
			page
		});
		return {
			items: data.map((pull) => pull.number),
			link: headers.link
		};
	});
	return readGitHub(what, read);
}
/** Submitted reviews, oldest first. */
async function readReviews(client, name, number) {
	const what = `reviews of pull request ${number}`;
	return readGitHub(what, async () => {
		return (await readAllPages(what, async (page, perPage) => {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
				...name,
				pull_number: number,
				per_page: perPage,
				page
			});
			return {
				items: data,
				link: headers.link
			};
		})).filter((review) => review.state !== "PENDING").map((review) => {
			if (!review.submitted_at) throw incomplete(what, `review ${review.id} has no time`);
			return {
				id: toId(review.id),
				reviewer: toPersonOrGhost(review.user),
				state: toState(what, review.state),
				commit: review.commit_id ?? "",
				submittedAt: review.submitted_at
			};
		});
	});
}
const states = [
	"APPROVED",
	"CHANGES_REQUESTED",
	"DISMISSED",
	"COMMENTED"
];
function toState(what, state) {
	const known = states.find((candidate) => candidate === state.toUpperCase());
	if (known === void 0) throw incomplete(what, `the unknown state ${state}`);
	return known;
}
function toPull(data) {
	const merged = data.merged_at !== null;
	return {
		number: data.number,
		state: data.state === "open" ? "open" : "closed",
		draft: data.draft === true,
		title: data.title,
		body: data.body ?? "",
		author: toPersonOrGhost(data.user),
		head: {
			sha: data.head.sha,
			ref: data.head.ref,
			repositoryId: data.head.repo === null ? null : toId(data.head.repo.id)
		},
		base: {
			sha: data.base.sha,
			ref: data.base.ref
		},
		merged,
		mergeCommit: merged ? data.merge_commit_sha : null,
		mergedAt: data.merged_at,
		mergedBy: null,
		createdAt: data.created_at,
		updatedAt: data.updated_at,
		requestedReviewers: (data.requested_reviewers ?? []).map((reviewer) => reviewer.login),
		url: data.html_url
	};
}

// core/change/commit-graph.ts
/** Commits that are followed from one side at most: further back GitHub is asked. */
const maxSteps = 2e3;
/**
* The best common ancestor of two commits, told from the commits that are known alone.
* It is told only where those that are not known cannot change it: whatever is reached from either side ends at it, or is
* known to the last commit.
* @returns null: not told. There may be one, several, or none
* @see https://git-scm.com/docs/git-merge-base
*/
function findMergeBase(graph, one, other) {
	const ofOne = reach(graph, one);
	const ofOther = reach(graph, other);
	if (ofOther.seen.has(one)) return one;
	if (ofOne.seen.has(other)) return other;
	const common = new Set([...ofOne.seen].filter((sha) => ofOther.seen.has(sha)));
	const parents = new Set([...common].flatMap((sha) => graph.parentsOf(sha) ?? []));
	const [best, ...more] = [...common].filter((sha) => !parents.has(sha));
	if (best === void 0 || more.length > 0) return null;
	return [...ofOne.open, ...ofOther.open].every((sha) => common.has(sha)) ? best : null;
}
function reach(graph, from) {
	const seen = /* @__PURE__ */ new Set([from]);
	const open = [];
	let steps = 0;
	for (const sha of seen) {
		steps += 1;
		const parents = steps > maxSteps ? void 0 : graph.parentsOf(sha);
		if (parents === void 0) open.push(sha);
		for (const parent of parents ?? []) seen.add(parent);
	}
	return {
		seen,
		open
	};
}

// adapters/github/budget/reserve.ts
const reserved = new AsyncLocalStorage();
/**
* Lets every call that `work` makes, also later and in turn, use the fifth of the budget that is kept for writing down
* what was merged: a flood of looks must not keep a promotion out of the ledger (GATE.md rule 25).
*/
const withReserve = (work) => reserved.run(true, work);
/** Whether the call that is made now may use what is kept. */
const hasReserve = () => reserved.getStore() === true;
/** The same without it: for what is asked in good time, and asked again if it was not answered. */
const withoutReserve = (work) => reserved.run(false, work);

// adapters/github/kept.ts
/**
* Keeps what cannot change, up to a weight: whatever was used longest ago goes first. A key that is being read is not
* read twice; what failed is read again.
*/
var Kept = class {
	values = /* @__PURE__ */ new Map();
	reading = /* @__PURE__ */ new Map();
	maxWeight;
	weigh;
	weight = 0;
	/** @param weigh weight of one value, in the unit of `maxWeight`; what weighs over half of it is not kept */
	constructor(maxWeight, weigh = () => 1) {
		this.maxWeight = maxWeight;
		this.weigh = weigh;
	}
	get(key) {
		const known = this.values.get(key);
		if (known === void 0) return void 0;
		this.values.delete(key);
		this.values.set(key, known);
		return known.value;
	}
	put(key, value) {
		this.delete(key);
		const weight = this.weigh(value);
		if (!(weight * 2 <= this.maxWeight)) return;
		this.values.set(key, {
			value,
			weight
		});
		this.weight += weight;
		for (const [oldest] of this.values) {
			if (this.weight <= this.maxWeight) return;
			this.delete(oldest);
		}
	}
	delete(key) {
		this.weight -= this.values.get(key)?.weight ?? 0;
		this.values.delete(key);
	}
	/** @param isFinal false: given to whoever asks now, and not kept */
	read(key, load, isFinal = () => true) {
		const known = this.get(key);
		if (known !== void 0) return Promise.resolve(known);
		const running = this.reading.get(key);
		if (running !== void 0) return running;
		const reading = load().then((value) => {
			if (isFinal(value)) this.put(key, value);
			return value;
		}).finally(() => this.reading.delete(key));
		this.reading.set(key, reading);
		return reading;
	}
};

// adapters/github/early-reads.ts
/** Lists that a look asks for to see whether they changed. Never one that it writes to and reads again. */
const perPull = /\/actions\/runs$|\/actions\/runs\/\{run_id\}\/artifacts$|\/activity$/;
const rules = /\/rules\/branches\/\{branch\}$/;
const maxPulls = 2e3;
/** Of one look: a pull request with many heads asks for the rest as it comes to it. */
const maxReads = 20;
/**
* What the last look at a pull request asked for: the next one asks for it at once, beside its first question, and not in
* one read after the other. Only what has a tag is asked for early, so that it costs nothing where nothing changed.
*/
var EarlyReads = class {
	pulls = new Kept(maxPulls);
	/** What merges ask for besides, whichever they are: of the branches that rules were asked for. */
	merges = /* @__PURE__ */ new Map();
	isTagged;
	constructor(isTagged) {
		this.isTagged = isTagged;
	}
	/** @param client asks with tags */
	open(pull, client) {
		const before = this.pulls.get(`${pull}`);
		const reads = [];
		const early = /* @__PURE__ */ new Map();
		return {
			client: {
				request: new Proxy(client.request, { apply: async (target, self, [route, given]) => {
					const key = typeof route === "string" ? requestKey(route, given) : "";
					if (typeof route === "string") this.note(reads, {
						key,
						route,
						given
					});
					const answer = early.get(key);
					early.delete(key);
					return await answer ?? Reflect.apply(target, self, [route, given]);
				} }),
				graphql: client.graphql
			},
			saw: (isApproved) => this.pulls.put(`${pull}`, {
				reads,
				isApproved
			}),
			begin: () => {
				this.pulls.put(`${pull}`, {
					reads,
					isApproved: before?.isApproved ?? false
				});
				const wanted = [...before?.reads ?? [], ...before?.isApproved ? this.merges.values() : []];
				for (const { key, route, given } of wanted) {
					if (early.has(key) || !this.isTagged(key)) continue;
					const asked = withoutReserve(() => client.request(route, given));
					early.set(key, asked.catch(() => void 0));
				}
			}
		};
	}
	note(reads, read) {
		const { route } = read;
		if (rules.test(route) || this.merges.has(read.key)) this.merges.set(read.key, read);
		else if (perPull.test(route) && reads.length < maxReads) reads.push(read);
	}
};

// adapters/github/fresh-facts.ts
/** A look takes seconds; whatever is older is read again before something is written. */
const freshForMs = 3e4;
/** GitHub may not list yet what this process made so lately, in whatever is read. */
const unlistedForMs = 6e4;
const maxEntries$1 = 500;
/**
* What a look has just read and a writer is about to change: with it, the writer need not read it once more. Each write
* of this process is put in as well, and a write whose answer was lost takes out what it was about. Another process may
* have written since, so nothing is made on the strength of it that is only there once: whoever finds nothing here to
* change reads again before he makes it. What this process made a moment ago is in every list that is given from here,
* whether GitHub lists it yet or not: nothing is made twice because a list is a moment late.
*/
var FreshFacts = class {
	seen = /* @__PURE__ */ new Map();
	made = /* @__PURE__ */ new Map();
	nowMs;
	constructor(nowMs = () => performance.now()) {
		this.nowMs = nowMs;
	}
	checks(sha, name) {
		const runs = this.get(`checks ${sha} ${name}`);
		return runs && this.withMadeChecks(sha, name, runs);
	}
	putChecks(sha, name, runs) {
		this.put(`checks ${sha} ${name}`, runs);
	}
	/** @param key `sha name` */
	marks(key) {
		const runs = this.get(`marks ${key}`);
		return runs && this.withMade(`checks ${key}`, runs);
	}
	putMarks(key, runs) {
		this.put(`marks ${key}`, runs);
	}
	comments(pull) {
		const comments = this.get(`comments ${pull}`);
		return comments && this.withMadeComments(pull, comments);
	}
	putComments(pull, comments) {
		this.put(`comments ${pull}`, comments);
	}
	addMadeCheck(run) {
		this.add(`checks ${run.headSha} ${run.name}`, run);
	}
	withMadeChecks(sha, name, runs) {
		return this.withMade(`checks ${sha} ${name}`, runs);
	}
	addMadeComment(pull, comment) {
		this.add(`comments ${pull}`, comment);
	}
	withMadeComments(pull, comments) {
		return this.withMade(`comments ${pull}`, comments);
	}
	/** It is gone: this process took it away. */
	forgetMadeComment(pull, id) {
		const left = this.madeAt(`comments ${pull}`).filter(({ value }) => value.id !== id);
		this.made.set(`comments ${pull}`, left);
	}
	forgetChecks(sha, name) {
		this.seen.delete(`checks ${sha} ${name}`);
		this.seen.delete(`marks ${sha} ${name}`);
	}
	forgetComments(pull) {
		this.seen.delete(`comments ${pull}`);
	}
	add(key, value) {
		const made = [...this.madeAt(key), {
			value,
			atMs: this.nowMs()
		}];
		this.made.delete(key);
		this.made.set(key, made);
		const [oldest] = this.made.keys();
		if (this.made.size > maxEntries$1 && oldest !== void 0) this.made.delete(oldest);
	}
	madeAt(key) {
		return (this.made.get(key) ?? []).filter(({ atMs }) => this.nowMs() - atMs < unlistedForMs);
	}
	/** Only what is listed nowhere is added: of what GitHub tells, it tells better. Each key holds one kind of thing. */
	withMade(key, listed) {
		const known = new Set(listed.map(({ id }) => id));
		const unlisted = this.madeAt(key).flatMap(({ value }) => known.has(value.id) ? [] : [value]);
		return unlisted.length === 0 ? listed : [...listed, ...unlisted].sort((a, b) => a.id - b.id);
	}
	get(key) {
		const seen = this.seen.get(key);
		if (seen === void 0 || !(this.nowMs() - seen.atMs < freshForMs)) return void 0;
		return seen.value;
	}
	put(key, value) {
		this.seen.delete(key);
		this.seen.set(key, {
			value,
			atMs: this.nowMs()
		});
		const [oldest] = this.seen.keys();
		if (this.seen.size > maxEntries$1 && oldest !== void 0) this.seen.delete(oldest);
	}
};

// adapters/github/look-guesses.ts
const maxLogins = 50;
const maxTeams = 10;
/** Logins of people: GraphQL knows bots and organizations in other ways, and one unknown name spoils the answer. */
const personLogin = /^[a-z0-9][a-z0-9-]*$/i;
/** What looks at one repository asked for, so that the next one asks for it in its first question. */
var LookGuesses = class {
	logins = /* @__PURE__ */ new Set();
	teams = /* @__PURE__ */ new Set();
	ledgerBranch = "gatehouse-ledger";
	current() {
		return {
			ledgerBranch: this.ledgerBranch,
			logins: [...this.logins].slice(-50),
			teams: [...this.teams].slice(-10)
		};
	}
	setLedgerBranch(branch) {
		this.ledgerBranch = branch;
	}
	/** @param login of a person that GitHub knows */
	addLogin(login) {
		if (personLogin.test(login)) addLast(this.logins, login, maxLogins);
	}
	/** @param team `organization/slug` of a team that GitHub knows */
	addTeam(team) {
		addLast(this.teams, team, maxTeams);
	}
	/** Somebody of them may be gone: they are asked for one by one again. */
	forgetPeople() {
		this.logins.clear();
		this.teams.clear();
	}
};
function addLast(set, value, max) {
	set.delete(value);
	set.add(value);
	const [oldest] = set;
	if (set.size > max && oldest !== void 0) set.delete(oldest);
}

// adapters/github/whole-tree.ts
/** Folders that are asked for one by one; of more, all are found by the commit's archive. */
const fewFolders = 40;
/**
* Lists every file of a commit or a tree. GitHub cuts a list that is long; it is then put together from its folders:
* those that this machine keeps, and the others one by one, or all at once by the commit's archive. Each folder is
* believed only under the id that the one above it names.
* @param sha full id of a commit, or a tree
* @throws ServiceError GITHUB_READ_FAILED, GITHUB_ANSWER_INCOMPLETE
* @throws InputError TREE_AMBIGUOUS when two files cannot be told apart
*/
async function readWholeTree(source, sha) {
	const { client, name } = source;
	const answer = await readTreeAnswer(client, name, sha, true);
	if (!answer.isCut) return toListing(answer.files);
	const found = await new TreeParts(source, fewFolders).list(sha) ?? await fromArchive(source, sha) ?? await new TreeParts(source, Number.POSITIVE_INFINITY).list(sha);
	if (found === null) throw incomplete(`tree of ${sha}`, "its folders cannot be listed");
	await keepFolders(source.folder, found);
	return found;
}
/** Puts a long list together from the lists of its folders. */
var TreeParts = class {
	source;
	files = [];
	calls;
	/** @param calls so often GitHub is asked at most */
	constructor(source, calls) {
		this.source = source;
		this.calls = calls;
	}
	/** @returns null: it would take more calls */
	async list(sha) {
		return await this.readLevel(sha, "", null) ? toListing(this.files) : null;
	}
	/** @param id what the folder must be; null: the commit's own */
	async readFolder(id, path) {
		const kept = await this.readKept(id);
		if (kept !== null) return this.addAll(kept, path);
		if (!this.mayCall()) return false;
		const { client, name } = this.source;
		const answer = await readTreeAnswer(client, name, id, true);
		if (answer.isCut) return this.readLevel(id, path, id);
		requireId(answer.files, id);
		this.files.push(...answer.files.map((file) => ({
			...file,
			path: path + file.path
		})));
		return true;
	}
	async readLevel(sha, path, id) {
		if (!this.mayCall()) return false;
		const { client, name } = this.source;
		const { files, folders, isCut } = await readTreeAnswer(client, name, sha, false);
		if (isCut) throw incomplete(`tree of ${sha}`, "one folder has more files than GitHub lists at once");
		const below = folders.map((folder) => ({
			path: folder.path,
			mode: "40000",
			blob: folder.id
		}));
		if (id !== null) requireId([...files, ...below], id);
		return this.addAll([...files, ...below].map(({ path: name, mode, blob }) => ({
			name,
			mode,
			id: blob
		})), path);
	}
	async addAll(entries, path) {
		for (const { name, mode, id } of entries) if (mode !== "40000") this.files.push({
			path: path + name,
			mode,
			blob: id
		});
		else if (!await this.readFolder(id, `${path}${name}/`)) return false;
		return true;
	}
	async readKept(id) {
		const content = await this.source.folder?.read("tree", id);
		return content === void 0 ? null : parseTreeObject(content);
	}
	mayCall() {
		this.calls -= 1;
		return this.calls >= 0;
	}
};
/** One folder or more, which may stand in it as a file of mode 40000: the id is made the same way. */
function requireId(files, id) {
	const found = treeIdOf(toListing(files));
	if (found !== id) throw incomplete(`tree of ${id}`, `its files have the id ${found}`);
}
/** @returns null: the archive does not come, or leaves something out */
async function fromArchive({ client, name, folder }, sha) {
	try {
		const { tree } = await readCommit(client, name, sha);
		const listing = /* @__PURE__ */ new Map();
		for await (const { path, mode, bytes } of readCommitArchive(client, name, sha)) {
			if (bytes === null) return null;
			const blob = blobIdOf(bytes);
			listing.set(path, {
				path,
				mode,
				blob
			});
			await folder?.keep(blob, bytes);
		}
		return treeIdOf(listing) === tree ? listing : null;
	} catch {
		return null;
	}
}
/** The next start finds the folders of a list here that GitHub cuts. */
async function keepFolders(folder, listing) {
	if (folder === null) return;
	for (const [id, content] of treeObjectsOf(listing)) await folder.keep(id, content);
}
/**
* Git takes any bytes for a name, and an answer in JSON has characters: where two names come as one, a change of the first
* file would be seen by nobody.
*/
function toListing(files) {
	const listing = /* @__PURE__ */ new Map();
	for (const file of files) {
		if (listing.has(file.path)) throw sameName(file.path);
		listing.set(file.path, file);
	}
	return listing;
}
const sameName = (path) => new InputError("TREE_AMBIGUOUS", `Two files have a name that GitHub writes as ${path}`, {
	hint: "Rename them: names are to be UTF-8, so that whoever reads them can tell one from the other.",
	where: { file: path }
});

// adapters/github/reader-memory.ts
const maxBlobBytes = 33554432;
const maxZipBytes = 16777216;
const maxAnswerChars = 16777216;
/** Files of all trees together; GitHub lists no tree of over 100,000. */
const maxTreeFiles = 2e5;
const maxEntries = 2e4;
/** GitHub cuts a list of 100,000 entries or 7 MB, and does not say of what: an entry has some 300 bytes of JSON. */
const longList = 1e4;
/** Merges on top of each other whose files are found at once. */
const maxLine = 100;
/**
* What one process knows of one repository. What is kept cannot go out of date: it is named by what it holds (git objects,
* artifacts), it has ended (attempts of runs), or GitHub is asked each time whether it still holds (tagged answers).
* Guesses only say what to ask for, and fresh facts are of the last seconds. Serves one repository as one caller sees it: two callers may see different things.
*/
var ReaderMemory = class {
	blobs = new Kept(maxBlobBytes, (bytes) => bytes.byteLength + 100);
	zips = new Kept(maxZipBytes, (bytes) => bytes.byteLength + 100);
	/** By range: `base head`. */
	mergeBases = new Kept(maxEntries);
	commits = new Kept(maxEntries);
	histories = new Kept(maxEntries, (commits) => commits.length + 1);
	attempts = new Kept(maxEntries);
	answers = new Kept(maxAnswerChars, ({ chars }) => chars + 200);
	/** Answers on their way that whoever asks meanwhile may share. */
	underway = /* @__PURE__ */ new Map();
	early = new EarlyReads((key) => this.answers.get(key) !== void 0);
	tips = new BranchTips();
	guess = new LookGuesses();
	fresh = new FreshFacts();
	/** What this machine keeps of the ledger from one start to the next; null: nothing. */
	folder;
	trees = new Kept(maxTreeFiles, (listing) => listing.size + 1);
	treeIds = new Kept(maxEntries);
	parents = new Kept(maxEntries);
	reading = /* @__PURE__ */ new Map();
	constructor(folder = null) {
		this.folder = folder;
	}
	/** Files of a commit or a tree, read once. @param sha full id */
	readTree(sha, load) {
		const known = this.knownTree(sha);
		if (known !== void 0) return Promise.resolve(known);
		const running = this.reading.get(sha);
		if (running !== void 0) return running;
		const reading = load().then((listing) => {
			this.putTree(sha, listing);
			return listing;
		}).finally(() => this.reading.delete(sha));
		this.reading.set(sha, reading);
		return reading;
	}
	/** Files of a commit or a tree, if they were met. */
	treeOf(sha) {
		return this.trees.get(this.treeIds.get(sha) ?? sha);
	}
	/** Remembers the files of a commit or a tree, found by the id of the tree from then on. */
	putTree(sha, listing) {
		const id = treeIdOf(listing);
		this.trees.put(id, listing);
		this.treeIds.put(sha, id);
	}
	/** Takes in what GitHub told of a commit beside its words. */
	learnPlace({ sha, tree, parents }) {
		this.treeIds.put(sha, tree);
		if (parents !== null) this.parents.put(sha, parents);
	}
	/** The best common ancestor: told from the commits that are known, or read. @param base, head full ids */
	readMergeBase(base, head, load) {
		const found = this.mergeBaseOf(base, head);
		return found === void 0 ? this.mergeBases.read(`${base} ${head}`, load) : Promise.resolve(found);
	}
	/**
	* Remembers what a commit holds that we have just had made: the files of the one before it with ours written over.
	* It is found by the id of the tree that GitHub gave, so a mistake here is never found.
	* @param before null: it has no parents
	*/
	learnCommit(sha, tree, before, files) {
		this.learnPlace({
			sha,
			tree,
			parents: before === null ? [] : [before]
		});
		const written = files.map(({ path, content }) => [path, this.learnContent(content)]);
		const known = before === null ? /* @__PURE__ */ new Map() : this.treeOf(before);
		if (known === void 0) return;
		const listing = new Map(known);
		for (const [path, blob] of written) {
			listing.delete(path);
			if (blob !== null) listing.set(path, {
				path,
				mode: known.get(path)?.mode ?? "100644",
				blob
			});
		}
		const id = treeIdOf(listing);
		this.trees.put(id, listing);
		if (id === tree && listing.size >= longList) keepFolders(this.folder, listing);
	}
	learnContent(content) {
		if (content === null) return null;
		const bytes = new Uint8Array(Buffer.from(content, "utf8"));
		const blob = blobIdOf(bytes);
		this.blobs.put(blob, bytes);
		this.folder?.keep(blob, bytes);
		return blob;
	}
	/** Finds the files of a merge without reading them, where the files that were merged are known and git merged as we do. */
	learnMerge({ sha, tree, parents }, head) {
		this.learnPlace({
			sha,
			tree,
			parents
		});
		if (this.knownTree(sha) === void 0) this.tryMerge(sha, parents[0] ?? "", head);
	}
	mergeBaseOf(base, head) {
		const key = `${base} ${head}`;
		const known = this.mergeBases.get(key);
		if (known !== void 0) return known;
		const found = findMergeBase({ parentsOf: (sha) => this.parents.get(sha) }, base, head);
		if (found !== null) this.mergeBases.put(key, found);
		return found ?? void 0;
	}
	/** Files of a commit that were met, or that are found by merging again what was merged since the last that were met. */
	knownTree(sha) {
		const line = [];
		let at = sha;
		while (this.treeOf(at) === void 0) {
			const [onto, head, ...more] = this.parents.get(at) ?? [];
			if (onto === void 0 || head === void 0 || more.length > 0 || line.length >= maxLine) return void 0;
			line.push([
				at,
				onto,
				head
			]);
			at = onto;
		}
		for (const merge of line.reverse()) if (!this.tryMerge(...merge)) return void 0;
		return this.treeOf(sha);
	}
	/** @returns false: what was merged is not known, or git merged otherwise */
	tryMerge(sha, onto, head) {
		const [ours, theirs] = [this.treeOf(onto), this.treeOf(head)];
		const base = ours && theirs && this.treeOf(this.mergeBaseOf(onto, head) ?? "");
		if (!base || !ours || !theirs) return false;
		const merged = mergeTrees(base, ours, theirs);
		const id = merged === null ? null : treeIdOf(merged);
		if (merged === null || id === null || this.treeIds.get(sha) !== id) return false;
		this.trees.put(id, merged);
		return true;
	}
};

// core/report/job-note.ts
/** Ends of a job that say nothing about the model, as a sentence and what to do. */
const notes = {
	"lost runner": "The runner was lost. Fix: See whether the machine is on and reaches GitHub, then re-run the failed jobs; with train.retry in model.yml that happens by itself.",
	"timed out": "The job was stopped at its time limit. Fix: Raise the limit of the job and train.timeout-minutes in model.yml, or train less.",
	cancelled: "The job was cancelled. Fix: Re-run the workflow if that was not meant."
};
/** What to say of a job that its machine, a limit or a person ended; null: it says itself what stopped it. */
const jobNote = (end) => notes[end] ?? null;

// core/training/job-end.ts
const timeLimit = /exceeded the maximum execution time/i;
const askedFor = /\b(?:run|job) was cancell?ed by\b|^canceling since\b/i;
const lost = /lost communication with the server|has received a shutdown signal/i;
/** The runner itself says it of a step that it was told to stop: by a person, a limit, or its own machine. */
const stopped = /^the operation was cancell?ed\.?$/i;
/**
* Tells how a job ended. A lost machine leaves a step that never ended, or one cut off; a command that fails leaves a
* failed step and all others ended in order, whatever its annotations say. A time limit looks like a lost machine but
* for its annotation, so without annotations nothing is told.
* @see https://github.com/actions/runner/issues/2624 "lost communication with the server"
* @see https://github.com/actions/runner/issues/2427 "has received a shutdown signal", then "The operation was canceled."
*/
function endOfJob({ status, conclusion, steps, notes }) {
	if (status !== "completed") return "open";
	if (conclusion === "timed_out") return "timed out";
	if (conclusion !== "failure" && conclusion !== "cancelled") return "done";
	if (notes === null) return "unknown";
	if (notes.some((note) => timeLimit.test(note))) return "timed out";
	if (notes.some((note) => askedFor.test(note.trim()))) return "cancelled";
	if (endedInOrder(steps)) return "failed";
	if (notes.some((note) => lost.test(note))) return "lost runner";
	if (conclusion === "cancelled") return "cancelled";
	if (steps.length > 0 && steps.every((step) => step.conclusion !== "failure") || notes.some((note) => stopped.test(note.trim()))) return "lost runner";
	return "failed";
}
/** Every step ended, none was cut off, and one failed. */
function endedInOrder(steps) {
	return steps.every(({ status, conclusion }) => status === "completed" && conclusion !== null && conclusion !== "cancelled") && steps.some(({ conclusion }) => conclusion === "failure");
}

// adapters/github/run-notes.ts
const mostJobs = 5;
const mostNotes = 3;
const ends = /* @__PURE__ */ new Set([
	"failure",
	"cancelled",
	"timed_out"
]);
/** The runner's own last word on a failed step says nothing. */
const empty = /^Process completed with exit code \d+\.?$/;
/**
* Reads what ended the newest attempt of a run, so that a person need not open its log: a lost runner, a time limit and a
* person who cancelled it are told apart from what a job says itself.
* @returns at most three notes, first job first
*/
async function readRunNotes(client, name, runId) {
	return readGitHub(`failed jobs of run ${runId}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs", {
			...name,
			run_id: runId,
			filter: "latest",
			per_page: 100
		});
		const stopped = data.jobs.filter(({ conclusion }) => ends.has(conclusion ?? "")).slice(0, mostJobs);
		const notes = [];
		for (const job of stopped) {
			const messages = await readFailures(client, name, toId(job.id));
			const end = endOfJob({
				...job,
				steps: job.steps ?? [],
				notes: messages
			});
			const own = jobNote(end);
			const said = own === null ? messages.filter((text) => !empty.test(text)) : [own];
			notes.push(...said.map((message) => ({
				job: job.name,
				message
			})));
		}
		return notes.slice(0, mostNotes);
	});
}
/** Messages of the failures that a job pointed out. */
async function readFailures(client, name, job) {
	const { data } = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", {
		...name,
		check_run_id: job
	});
	return data.filter(({ annotation_level }) => annotation_level === "failure").map(({ message }) => message ?? "");
}

// adapters/github/runners.ts
/**
* Reads the self-hosted runners of the organization that owns a repository: the first 100, to be shown.
* @returns null when the app may not see them (an installation that did not accept the permission), or when a person
* owns the repository
* @see https://docs.github.com/rest/actions/self-hosted-runners#list-self-hosted-runners-for-an-organization
*/
async function readRunners(client, { owner }) {
	return readGitHub(`runners of ${owner}`, async () => {
		try {
			const { data } = await client.request("GET /orgs/{org}/actions/runners", {
				org: owner,
				per_page: 100
			});
			return data.runners.map(({ name, labels, status, busy }) => ({
				name,
				labels: labels.map((label) => label.name),
				online: status === "online",
				busy
			}));
		} catch (error) {
			if (statusOf(error) === 403 || statusOf(error) === 404) return null;
			throw error;
		}
	});
}

// core/training/progress-log.ts
/** Points that a progress keeps. */
const maxPoints = 200;
/** The progress of an attempt that said nothing yet. */
function startProgress(start) {
	const { model, commit, runId, runAttempt, attempt, attempts, startedAt } = start;
	return {
		v: 1,
		model,
		commit,
		runId,
		runAttempt,
		attempt,
		attempts,
		startedAt,
		updatedAt: startedAt,
		points: [],
		checkpoint: null
	};
}
/** Takes one point in. What is said about the same epoch and step in several lines is one point. */
function addPoint(progress, point) {
	const last = progress.points.at(-1);
	const joined = last !== void 0 && isSamePlace(last, point) ? join(last, point) : null;
	const points = joined === null ? thinOnce([...progress.points, point]) : [...progress.points.slice(0, -1), joined];
	return {
		...progress,
		points,
		updatedAt: point.at
	};
}
/**
* Takes in what is new of points that are read from files again and again, whole each time.
* @param points in order of their steps
* @returns the same value when nothing is new
*/
function addFilePoints(progress, points) {
	return points.filter((point) => isLater(point, progress.points)).reduce(addPoint, progress);
}
/**
* At most so many of the rows, evenly chosen, the first and the last always.
* @param most 2 or more
*/
function chooseEvenly(rows, most) {
	if (rows.length <= most) return rows;
	const stride = (rows.length - 1) / (most - 1);
	return Array.from({ length: most }, (_, at) => rows[Math.round(at * stride)]);
}
const isSamePlace = (a, b) => (a.epoch !== null || a.step !== null) && a.epoch === b.epoch && a.step === b.step;
/** What says a value that is known for its place says nothing new: a file that did not change changes nothing. */
function isLater(point, all) {
	const key = point.step === null ? "epoch" : "step";
	const place = point[key];
	const known = all.findLast((each) => each[key] !== null);
	if (place === null || known === void 0) return place !== null;
	const news = Object.entries(point.metrics).some(([name, value]) => known.metrics[name] !== value);
	return place > Number(known[key]) || place === known[key] && news;
}
function join(last, point) {
	const metrics = Object.entries({
		...last.metrics,
		...point.metrics
	}).slice(0, 20);
	return {
		...point,
		epochs: point.epochs ?? last.epochs,
		steps: point.steps ?? last.steps,
		metrics: Object.fromEntries(metrics)
	};
}
/** Leaves out the point whose neighbours are nearest to each other: what stays is even, whenever it came. */
function thinOnce(points) {
	if (points.length <= 200) return points;
	const places = placesOf(points);
	const gaps = places.slice(2).map((place, at) => Math.abs(place - Number(places[at])));
	const leave = gaps.indexOf(Math.min(...gaps)) + 1;
	return points.filter((_, at) => at !== leave);
}
/** By step where every point has one, else by epoch, else by time. */
function placesOf(points) {
	for (const key of ["step", "epoch"]) {
		const places = points.flatMap((point) => point[key] ?? []);
		if (places.length === points.length) return places;
	}
	return points.map(({ at }) => Date.parse(at));
}

// core/training/progress-file.ts
/** 200 points with 20 metrics each take less. */
const maxProgressBytes = 524288;
/** The one file of a progress artifact. */
const progressFileName = "progress.json";
const count = number().min(0).nullable();
const id = int().positive();
const instant = datetime();
const point = strictObject({
	at: instant,
	epoch: count,
	epochs: count,
	step: count,
	steps: count,
	metrics: record(string().refine(isMetricName), number()).refine((metrics) => Object.keys(metrics).length <= 20)
});
const schema = strictObject({
	v: literal(1),
	model: string().refine(isModelName),
	commit: string().regex(/^[0-9a-f]{40}$/),
	runId: id,
	runAttempt: id,
	attempt: id.max(1e3),
	attempts: id.max(1e3),
	startedAt: instant,
	updatedAt: instant,
	points: array(point).max(200),
	checkpoint: custom(isDigest).nullable()
});
/** The progress as it lies in its artifact: equal progress gives equal bytes. */
const renderProgress = (progress) => canonicalJson(progress);
/**
* Reads what a training job says about how far it is.
* @param text of a job that runs pull-request code: claimed, whatever it says
* @throws InputError PROGRESS_INVALID, JSON_INVALID
*/
function parseProgress(text) {
	if (text.length > 524288) throw refuse(`it has more than ${maxProgressBytes} characters`);
	const parsed = schema.safeParse(parseStrictJson(text, progressFileName));
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw refuse(`at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
}
const progressArtifactName = ({ runAttempt, number }) => `gatehouse-progress-${runAttempt}-${number}`;
/** @returns null for the name of any other artifact */
function parseProgressArtifactName(name) {
	const [, runAttempt, number] = /^gatehouse-progress-([1-9]\d{0,4})-([1-9]\d{0,3})$/.exec(name) ?? [];
	return runAttempt === void 0 ? null : {
		runAttempt: Number(runAttempt),
		number: Number(number)
	};
}
function refuse(why) {
	return new InputError("PROGRESS_INVALID", `${progressFileName} is not believed: ${why}`, { hint: "Leave it to the action to write progress: the command only prints lines or writes its own files." });
}

// adapters/github/runs.ts
async function readRunsFor(client, name, headSha) {
	const what = `workflow runs of ${headSha}`;
	return readGitHub(what, async () => {
		return (await readAllPages(what, async (page, perPage) => {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/actions/runs", {
				...name,
				head_sha: headSha,
				exclude_pull_requests: true,
				per_page: perPage,
				page
			});
			return {
				items: data.workflow_runs,
				total: data.total_count,
				link: headers.link
			};
		})).map(toRun);
	});
}
/** What is looked at when production is watched: a run an hour makes more than a day of them. */
const newestScheduled = 30;
/**
* Newest runs that a schedule started on a branch. A schedule runs on the default branch alone.
* @see https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
*/
async function readScheduledRuns(client, name, branch) {
	return readGitHub(`scheduled workflow runs of ${branch}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs", {
			...name,
			branch,
			event: "schedule",
			status: "completed",
			per_page: newestScheduled
		});
		return data.workflow_runs.map(toRun);
	});
}
async function readRun(client, name, id) {
	return readOptional(`workflow run ${id}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", {
			...name,
			run_id: id
		});
		return toRun(data);
	});
}
async function readRunAttempt(client, name, id, attempt) {
	return readOptional(`attempt ${attempt} of workflow run ${id}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}", {
			...name,
			run_id: id,
			attempt_number: attempt
		});
		return toRun(data);
	});
}
async function readArtifacts(client, name, runId) {
	const what = `artifacts of workflow run ${runId}`;
	return readGitHub(what, async () => {
		return (await readAllPages(what, async (page, perPage) => {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", {
				...name,
				run_id: runId,
				per_page: perPage,
				page
			});
			return {
				items: data.artifacts,
				total: data.total_count,
				link: headers.link
			};
		})).map(toArtifact);
	});
}
/**
* Finds the newest progress that an attempt of a run left. GitHub does not say in which order it lists artifacts, so of
* a long list both ends are read: what is missed in the middle is shown a minute later.
*/
async function findProgress(client, name, runId, runAttempt) {
	return readGitHub(`artifacts of workflow run ${runId}`, async () => {
		const readPage = async (page) => {
			const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", {
				...name,
				run_id: runId,
				per_page: 100,
				page
			});
			return data;
		};
		const first = await readPage(1);
		const last = Math.ceil(first.total_count / 100);
		const newest = [...first.artifacts, ...last > 1 ? (await readPage(last)).artifacts : []].flatMap((artifact) => {
			const found = parseProgressArtifactName(artifact.name);
			return found?.runAttempt === runAttempt ? [{
				artifact,
				number: found.number
			}] : [];
		}).sort((a, b) => b.number - a.number)[0]?.artifact;
		return newest === void 0 ? null : toArtifact(newest);
	});
}
async function readArtifact(client, name, id) {
	return readOptional(`artifact ${id}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}", {
			...name,
			artifact_id: id
		});
		return toArtifact(data);
	});
}
/**
* Downloads an artifact into memory and stops at the cap, whatever size the listing claims.
* @throws ServiceError ARTIFACT_TOO_LARGE
*/
async function downloadArtifact(client, name, id, maxBytes) {
	return readGitHub(`bytes of artifact ${id}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}", {
			...name,
			artifact_id: id,
			archive_format: "zip",
			request: { parseSuccessResponseBody: false }
		});
		const body = data;
		if (!(body instanceof ReadableStream)) throw incomplete(`bytes of artifact ${id}`, "there is no body");
		return readCapped(body, id, maxBytes);
	});
}
async function readCapped(body, id, maxBytes) {
	const parts = [];
	let size = 0;
	for await (const part of body) {
		size += part.byteLength;
		if (size > maxBytes) throw new ServiceError("ARTIFACT_TOO_LARGE", `Artifact ${id} has more than ${maxBytes} bytes`, { hint: "Evidence is small. Upload only what the action wrote." });
		parts.push(part);
	}
	return new Uint8Array(Buffer.concat(parts));
}
function toRun(data) {
	return {
		id: toId(data.id),
		attempt: data.run_attempt ?? 1,
		event: data.event,
		status: data.status ?? "unknown",
		conclusion: data.conclusion,
		headSha: data.head_sha,
		headBranch: data.head_branch,
		headRepositoryId: data.head_repository == null ? null : toId(data.head_repository.id),
		repositoryId: toId(data.repository.id),
		path: data.path,
		calls: (data.referenced_workflows ?? []).map(({ path }) => path.split("@")[0] ?? path),
		startedAt: data.run_started_at ?? data.created_at,
		updatedAt: data.updated_at,
		actor: toPersonOrNull(data.actor),
		triggeringActor: toPersonOrNull(data.triggering_actor),
		url: data.html_url
	};
}
function toArtifact(data) {
	return {
		id: toId(data.id),
		name: data.name,
		sizeBytes: data.size_in_bytes,
		expired: data.expired,
		digest: data.digest ?? null,
		createdAt: data.created_at ?? "",
		runId: data.workflow_run?.id === void 0 ? null : toId(data.workflow_run.id)
	};
}

// adapters/github/octokit-reader.ts
const nothingKnown = {
	account: async () => void 0,
	team: async () => void 0,
	branchHead: async () => void 0,
	blob: async () => void 0,
	marks: async () => void 0,
	client: (client) => client
};
/**
* Reads one repository through Octokit. Accounts and the repository's own facts are kept for the life of the reader: make
* one for each look at a pull request.
* @param appId our app, whose check runs are read; 0 in an action, which sees none
* @param memory what cannot change, shared by the readers of one process
*/
function createReader(plain, name, appId, memory = new ReaderMemory(), known = nothingKnown) {
	const client = known.client(withConditionalReads(plain, memory));
	const tree = (sha) => {
		const read = () => readWholeTree({
			client,
			name,
			folder: memory.folder
		}, sha);
		return isFullId(sha) ? memory.readTree(sha, read) : read();
	};
	const blob = (sha) => memory.blobs.read(sha, async () => await memory.folder?.read("blob", sha) ?? await known.blob(sha) ?? readBlob(client, name, sha));
	const file = async (path, sha) => {
		const found = (await tree(sha)).get(path);
		return found === void 0 ? null : blob(found.blob);
	};
	const repository = keepAny(() => readRepository(client, name));
	const headOf = async (branch) => {
		const told = await known.branchHead(branch);
		const head = told === void 0 ? await readBranchHead(client, name, branch) : told;
		memory.tips.see(branch, head);
		return head;
	};
	const commitsOf = async (ref, limit, path) => {
		const sha = await toCommitId(ref, headOf);
		const read = () => readCommits(client, name, sha, limit, path);
		return memory.histories.read(`${sha} ${limit} ${path ?? ""}`, read, (all) => all.every(isSettled));
	};
	const readOne = (sha) => {
		const read = () => readCommit(client, name, sha);
		return isFullId(sha) ? memory.commits.read(sha, read, isSettled) : read();
	};
	const mergeBase = (base, head) => {
		const read = () => readMergeBase(client, name, base, head);
		return isFullId(base) && isFullId(head) ? memory.readMergeBase(base, head, read) : read();
	};
	const account = keepAny(async (login) => {
		const person = await known.account(login) ?? await readAccount(client, login);
		if (person?.kind === "User") memory.guess.addLogin(login);
		return person;
	});
	const team = keepAny(async (path) => {
		const members = await known.team(path) ?? await readTeam(client, path);
		memory.guess.addTeam(path);
		return members;
	});
	return {
		repository: () => repository("facts"),
		tree,
		blob,
		file,
		contents: (commit, blobs, take) => readManyContents({
			client,
			name,
			memory,
			read: blob
		}, commit, blobs, take),
		commit: readOne,
		mergeBase,
		pull: (number) => readPull(client, name, number),
		pullCommits: (number) => readCommitsOfPull(client, name, number),
		pulls: (query) => listPulls(client, name, query),
		pullsOfCommit: (sha) => readPullsOfCommit(client, name, sha),
		comment: (id) => readComment(client, name, id),
		reviews: (number) => readReviews(client, name, number),
		checkRuns: async (sha, checkName) => (isFullId(sha) ? await known.marks(sha, checkName) : void 0) ?? readCheckRuns(client, name, appId, sha, checkName),
		runsFor: (headSha) => readRunsFor(client, name, headSha),
		scheduledRuns: (branch) => readScheduledRuns(client, name, branch),
		run: (id) => readRun(client, name, id),
		runAttempt: (id, attempt) => readKnownAttempt(client, name, memory, id, attempt),
		runNotes: (runId) => readRunNotes(client, name, runId),
		jobs: (runId) => readJobs(client, name, runId),
		runners: () => readRunners(client, name),
		newestProgress: (runId, attempt) => findProgress(client, name, runId, attempt),
		artifacts: (runId) => readArtifacts(client, name, runId),
		artifact: (id) => readArtifact(client, name, id),
		artifactZip: (id, maxBytes) => memory.zips.read(`${id} ${maxBytes}`, () => downloadArtifact(client, name, id, maxBytes)),
		branchGuard: (branch) => readBranchGuard(client, name, appId, branch),
		tipBefore: async (branch, commit, likely) => {
			if (memory.tips.before(branch, commit) === likely) return {
				kind: "told",
				sha: likely
			};
			return readTipBefore(client, name, {
				mergeBase,
				firstParent: async (sha) => (await readOne(sha)).parents[0] ?? null
			}, {
				branch,
				commit,
				likely
			});
		},
		moves: (branch) => readBranchMoves(client, name, branch),
		pushes: (branch) => readPushes(client, name, branch),
		dismissals: (number) => readDismissals(client, name, number),
		account,
		membersOf: (role) => readMembers(role, account, team),
		permission: (login) => readPermission(client, name, login),
		branchHead: headOf,
		headNow: (branch) => readBranchHead(client, name, branch),
		commitsOf,
		history: async (ref, limit) => (await commitsOf(ref, limit)).map(({ sha }) => sha),
		ledgerFiles: async (branch) => {
			memory.guess.setLedgerBranch(branch);
			const head = await headOf(branch);
			return head === null ? null : toLedgerFiles(head, await tree(head), blob);
		}
	};
}
/** Files of one commit, as the ledger readers want them: UTF-8 text by path. */
function toLedgerFiles(head, listing, blob) {
	const decoder = new TextDecoder("utf-8", { fatal: true });
	return {
		head,
		listing,
		read: async (path) => {
			const found = listing.get(path);
			if (found === void 0) return null;
			return readGitHub(`ledger file ${path}`, async () => decoder.decode(await blob(found.blob)));
		}
	};
}
async function readRepository(client, name) {
	return readGitHub(`repository ${name.owner}/${name.repo}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}", { ...name });
		return {
			id: toId(data.id),
			fullName: data.full_name,
			defaultBranch: data.default_branch,
			url: data.html_url
		};
	});
}
/** GitHub takes a name for a tag first: whoever may push one would choose what a list of commits starts from. */
async function toCommitId(ref, headOf) {
	if (isFullId(ref)) return ref;
	const head = await headOf(ref);
	if (head === null) throw incomplete(`commits of ${ref}`, "there is no such branch");
	return head;
}
/** A branch name moves, a full id does not. */
const isFullId = (sha) => /^[0-9a-f]{40}$/.test(sha);
/**
* What GitHub says beside git may still change for the better: an address gets an account, and a signature that could not
* be verified at the moment can be later. Such commits are asked for again.
*/
const isSettled = ({ author, committer, verified }) => author !== null && committer !== null && verified;
/** An attempt that ended does not begin again: the next one has a number of its own. */
async function readKnownAttempt(client, name, memory, id, attempt) {
	const known = memory.attempts.get(`${id} ${attempt}`);
	if (known !== void 0) return known;
	const run = await readRunAttempt(client, name, id, attempt);
	if (run?.status === "completed") memory.attempts.put(`${id} ${attempt}`, run);
	return run;
}
/** Reads once for each key; what failed is read again. */
function keepAny(read) {
	const kept = /* @__PURE__ */ new Map();
	return (key) => {
		const known = kept.get(key);
		if (known !== void 0) return known;
		const reading = read(key);
		kept.set(key, reading);
		reading.catch(() => kept.delete(key));
		return reading;
	};
}

export { isFixed as A, withoutProgress as B, markOutOfDate as C, createFixedCheck as D, readAnchors as E, toMarksOf as F, toUser as I, ghost as L, decisionName as M, markKey as N, finalPrefix as O, toLookFacts as P, readCheckRuns as R, answerComment as S, checkName as T, hasReserve as _, downloadArtifact as a, readBranchHead as b, progressArtifactName as c, addFilePoints as d, addPoint as f, ReaderMemory as g, endOfJob as h, nothingKnown as i, upsertCheck as j, incidentPrefix as k, progressFileName as l, startProgress as m, isSettled as n, maxProgressBytes as o, chooseEvenly as p, keepAny as r, parseProgress as s, createReader as t, renderProgress as u, withReserve as v, upsertComment as w, withConditionalReads as x, blobIdOf as y, withProgress as z };