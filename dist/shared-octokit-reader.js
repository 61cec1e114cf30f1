import { i as statusOf, n as readGitHub, r as readOptional, t as incomplete } from "./shared-failure.js";
import { t as toId } from "./shared-id.js";
import { n as nextCursor, r as readAllPages, t as hasNext } from "./shared-paging.js";
import "./shared-facts.js";
import "./shared-marker.js";
import { h as policyPath } from "./shared-layout.js";
import { i as ServiceError, r as InputError } from "./shared-error.js";
import { t as isModelName } from "./shared-model-name.js";
import { i as isDigest, t as canonicalJson } from "./shared-canonical.js";
import { C as strictObject, S as record, b as number, f as array, g as int, m as custom, v as literal, w as string } from "./shared-schemas.js";
import { t as datetime } from "./shared-iso.js";
import { t as isMetricName } from "./shared-progress-point.js";
import { createHash } from "node:crypto";

// adapters/github/blob-cache.ts
const maxEntries = 2e4;
const maxEntryBytes = 65536;
/** Keeps small file contents by git id: configuration and ledger entries are read again at every look. */
var BlobCache = class {
	kept = /* @__PURE__ */ new Map();
	async read(sha, load) {
		const known = this.kept.get(sha);
		if (known !== void 0) return known;
		const bytes = await load();
		if (bytes.byteLength <= maxEntryBytes) this.kept.set(sha, bytes);
		if (this.kept.size > maxEntries) {
			const [oldest] = this.kept.keys();
			if (oldest !== void 0) this.kept.delete(oldest);
		}
		return bytes;
	}
};

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
		text: data.output.text ?? ""
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

// adapters/github/comments.ts
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
		by: toPersonOrGhost(event.actor)
	};
}
function isDismissal(event) {
	return "event" in event && event.event === "review_dismissed" && "dismissed_review" in event && typeof event.dismissed_review === "object" && event.dismissed_review !== null && "state" in event.dismissed_review && typeof event.dismissed_review.state === "string" && "review_id" in event.dismissed_review;
}

// adapters/github/git-objects.ts
/** @throws ServiceError GITHUB_ANSWER_INCOMPLETE for a tree over 100,000 entries or 7 MB: GitHub cuts it */
async function readTree(client, name, sha) {
	return readGitHub(`tree of ${sha}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
			...name,
			tree_sha: sha,
			recursive: "1"
		});
		if (data.truncated) throw incomplete(`tree of ${sha}`, "it has more files than GitHub lists at once");
		const files = /* @__PURE__ */ new Map();
		for (const { path, mode, type, sha: blob } of data.tree) {
			if (type === "tree") continue;
			if (!path || !mode || !blob) throw incomplete(`tree of ${sha}`, "an entry without path, mode or id");
			files.set(path, {
				path,
				mode,
				blob
			});
		}
		return files;
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

// adapters/github/people.ts
/**
* Who holds a role at this moment, by id.
* @throws InputError ROLE_UNKNOWN for a login or team that does not exist: an unknown team approves nothing
*/
async function readMembers(client, role, account) {
	const people = /* @__PURE__ */ new Map();
	for (const login of role.users) {
		const person = await account(login);
		if (person === null) throw unknownRole(`the user ${login}`);
		people.set(person.id, person);
	}
	for (const team of role.teams) for (const person of await readTeam(client, team)) people.set(person.id, person);
	return [...people.values()];
}
/** null: there is no such account. */
async function readAccount(client, login) {
	return readOptional(`account ${login}`, async () => {
		const { data } = await client.request("GET /users/{username}", { username: login });
		return toPerson(data);
	});
}
/** @param team `organization/slug` */
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
			found.push(...data.map(toPull));
			if (data.length < 100 && !hasNext(headers.link)) break;
		}
		return found.slice(0, limit);
	});
}
/** @throws InputError PULL_REQUEST_TOO_LARGE when GitHub may have left commits out */
async function readCommitsOfPull(client, name, number) {
	const commits = await readPullCommits(client, name, number);
	if (commits.length < commitCap) return commits;
	throw new InputError("PULL_REQUEST_TOO_LARGE", `Pull request ${number} has ${commitCap} commits or more; GitHub lists no more, so its authors cannot all be known`, { hint: "Split the change, or squash the branch to fewer commits." });
}
async function readPullsOfCommit(client, name, sha) {
	return readAllPages(`pull requests of commit ${sha}`, async (page, perPage) => {
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
		updatedAt: data.updated_at,
		requestedReviewers: (data.requested_reviewers ?? []).map((reviewer) => reviewer.login),
		url: data.html_url
	};
}

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
const progressArtifactName = ({ runAttempt, number }) => `gatehouse-progress-${runAttempt}-${number}`;
/** @returns null for the name of any other artifact */
function parseProgressArtifactName(name) {
	const [, runAttempt, number] = /^gatehouse-progress-([1-9]\d{0,4})-([1-9]\d{0,3})$/.exec(name) ?? [];
	return runAttempt === void 0 ? null : {
		runAttempt: Number(runAttempt),
		number: Number(number)
	};
}

// adapters/github/runs.ts
async function readRunsFor(client, name, headSha) {
	const what = `workflow runs of ${headSha}`;
	return readGitHub(what, async () => {
		return (await readAllPages(what, async (page, perPage) => {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/actions/runs", {
				...name,
				head_sha: headSha,
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
/**
* Reads one repository through Octokit. Git objects, accounts and the repository's own facts are kept for the life of
* the reader: make one for each look at a pull request.
* @param appId our app, whose check runs are read; 0 in an action, which sees none
* @param cache contents by git id, shared by the readers of one process: an id never changes its content
*/
function createReader(client, name, appId, cache = new BlobCache()) {
	const tree = keep((sha) => readTree(client, name, sha));
	const blob = keep((sha) => cache.read(sha, () => readBlob(client, name, sha)));
	const file = async (path, sha) => {
		const found = (await tree(sha)).get(path);
		return found === void 0 ? null : blob(found.blob);
	};
	const repository = keepAny(() => readRepository(client, name));
	const account = keepAny((login) => readAccount(client, login));
	const mergeBase = keepAny((range) => {
		const [base = "", head = ""] = range.split(" ");
		return readMergeBase(client, name, base, head);
	});
	return {
		repository: () => repository("facts"),
		tree,
		blob,
		file,
		commit: keep((sha) => readCommit(client, name, sha)),
		mergeBase: (base, head) => mergeBase(`${base} ${head}`),
		pull: (number) => readPull(client, name, number),
		pullCommits: (number) => readCommitsOfPull(client, name, number),
		pulls: (query) => listPulls(client, name, query),
		pullsOfCommit: (sha) => readPullsOfCommit(client, name, sha),
		comment: (id) => readComment(client, name, id),
		reviews: (number) => readReviews(client, name, number),
		checkRuns: (sha, checkName) => readCheckRuns(client, name, appId, sha, checkName),
		runsFor: (headSha) => readRunsFor(client, name, headSha),
		run: (id) => readRun(client, name, id),
		runAttempt: (id, attempt) => readRunAttempt(client, name, id, attempt),
		runNotes: (runId) => readRunNotes(client, name, runId),
		jobs: (runId) => readJobs(client, name, runId),
		runners: () => readRunners(client, name),
		newestProgress: (runId, attempt) => findProgress(client, name, runId, attempt),
		artifacts: (runId) => readArtifacts(client, name, runId),
		artifact: (id) => readArtifact(client, name, id),
		artifactZip: (id, maxBytes) => downloadArtifact(client, name, id, maxBytes),
		pushes: (branch) => readPushes(client, name, branch),
		dismissals: (number) => readDismissals(client, name, number),
		account,
		membersOf: (role) => readMembers(client, role, account),
		permission: (login) => readPermission(client, name, login),
		branchHead: (branch) => readBranchHead(client, name, branch),
		commitsOf: async (ref, limit, path) => readCommits(client, name, await toCommitId(client, name, ref), limit, path),
		ledgerFiles: async (branch) => {
			const head = await readBranchHead(client, name, branch);
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
async function toCommitId(client, name, ref) {
	if (/^[0-9a-f]{40}$/.test(ref)) return ref;
	const head = await readBranchHead(client, name, ref);
	if (head === null) throw incomplete(`commits of ${ref}`, "there is no such branch");
	return head;
}
/** A branch name moves, a full id does not. */
function keep(read) {
	const kept = keepAny(read);
	return (sha) => /^[0-9a-f]{40}$/.test(sha) ? kept(sha) : read(sha);
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

export { addFilePoints as a, endOfJob as c, renderProgress as i, progressArtifactName as n, addPoint as o, progressFileName as r, startProgress as s, createReader as t };