import { a as input, c as say, d as parseRepositoryName, i as hide, l as setOutputs, m as runAction, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { i as openReader } from "./shared-job.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { n as listKeptIssues, r as retireIssue, t as applyIssuePlan } from "./shared-kept-issues.js";
import { a as statusOf, i as readOptional, r as readGitHub } from "./shared-failure.js";
import { r as readAllPages } from "./shared-paging.js";
import { i as ServiceError, r as InputError } from "./shared-error.js";
import { n as createTokenClient } from "./shared-token-client.js";
import { n as readProposal, t as readPolicy } from "./shared-read-proposal.js";
import { t as counted } from "./shared-count-text.js";
import "./shared-approval-sections.js";
import { t as paragraph } from "./shared-block.js";
import { n as fitSections, t as bodyLimit } from "./shared-budget.js";
import "./shared-facts.js";
import { a as verdictWords, r as severityWords } from "./shared-icon.js";
import { n as showTime } from "./shared-time-text.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { t as priceRun } from "./shared-cost.js";
import { h as endOfJob } from "./shared-octokit-reader.js";
import { b as namesIn, f as modelOfFile, y as modelPath } from "./shared-layout.js";
import { t as parseModelConfig } from "./shared-model-file.js";

// core/training/sweep-facts.ts
const emptyMemory = {
	seen: "",
	idle: {},
	asked: []
};

// core/report/sweep-state.ts
const emptySweepState = {
	v: 1,
	changes: 0,
	causes: [],
	memory: emptyMemory
};
const unreadable = /* @__PURE__ */ new Set([
	"__proto__",
	"prototype",
	"constructor"
]);
/** First line of the issue. */
const sweepMarker = "<!-- gatehouse:training-runners; -->";
/** True when the first line of an issue is our marker. Anybody can paste one. */
const hasSweepMarker = (body) => body.split(/\r?\n/, 1)[0] === "<!-- gatehouse:training-runners; -->" ? true : null;
/** Writes the last line of the issue. Whatever could end the HTML comment is written as JSON escapes. */
function writeSweepState(state) {
	const { memory } = state;
	const idle = Object.fromEntries(Object.entries(memory.idle).filter(([name]) => !unreadable.has(name)));
	return `<!-- gatehouse:sweep ${canonicalJson({
		...state,
		memory: {
			...memory,
			idle
		}
	}).replace(/[<>-]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16).padStart(2, "0")}`)} -->`;
}
/** Reads the last line of an issue; null unless it is exactly a state: somebody edited the issue, and nothing is remembered. */
function parseSweepState(body) {
	const line = body.trimEnd().split(/\r?\n/).at(-1) ?? "";
	const text = /^<!-- gatehouse:sweep (\{[^<>-]*\}) -->$/.exec(line)?.[1];
	const { v, changes, causes, memory } = asObject(text === void 0 ? null : readJson(text));
	const { seen, idle, asked } = asObject(memory);
	if (v !== 1 || !isCount(changes) || !isTexts(causes) || typeof seen !== "string") return null;
	if (!isTexts(Object.values(asObject(idle))) || !Array.isArray(asked) || !asked.every(isAsked)) return null;
	return {
		v,
		changes,
		causes,
		memory: {
			seen,
			idle: asObject(idle),
			asked
		}
	};
}
function isAsked(value) {
	const { run, attempt, what, at } = asObject(value);
	return isCount(run) && isCount(attempt) && (what === "cancel" || what === "re-run") && typeof at === "string";
}
const isTexts = (value) => Array.isArray(value) && value.every((one) => typeof one === "string");
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const asObject = (value) => typeof value === "object" && value !== null ? value : {};
function readJson(text) {
	try {
		return parseStrictJson(text, "issue");
	} catch {
		return null;
	}
}

// adapters/actions/sweep-issue.ts
function openSweepIssue(client, name) {
	return {
		find: async () => {
			const [first, ...doubles] = await listKeptIssues(client, name, "issues of sweeps", hasSweepMarker);
			if (first === void 0) return null;
			for (const double of doubles) await retireIssue(client, name, double.number, first.number);
			return first;
		},
		apply: (plan) => applyIssuePlan(client, name, plan)
	};
}

// adapters/actions/swept-runners.ts
/**
* Self-hosted runners of the repository and of its organization.
* @returns null when the token may list neither: GITHUB_TOKEN never may. `Administration: read` of the repository tells
* the first, `Self-hosted runners: read` of the organization the second
* @see https://docs.github.com/en/rest/actions/self-hosted-runners#list-self-hosted-runners-for-a-repository
*/
async function readSweptRunners(client, name) {
	const own = await readOrNull("runners of the repository", async (page, perPage) => {
		const { data, headers } = await client.request("GET /repos/{owner}/{repo}/actions/runners", {
			...name,
			per_page: perPage,
			page
		});
		return {
			items: data.runners,
			link: headers.link
		};
	});
	const shared = await readOrNull("runners of the organization", async (page, perPage) => {
		const { data, headers } = await client.request("GET /orgs/{org}/actions/runners", {
			org: name.owner,
			per_page: perPage,
			page
		});
		return {
			items: data.runners,
			link: headers.link
		};
	});
	if (own === null && shared === null) return null;
	return [...new Map([...own ?? [], ...shared ?? []].map((runner) => [runner.id, runner])).values()].map(({ name: runner, status, busy, labels }) => ({
		name: runner,
		online: status === "online",
		busy,
		labels: labels.map((label) => label.name)
	}));
}
/** null: not told. */
async function readOrNull(what, read) {
	return readGitHub(what, async () => {
		try {
			return await readAllPages(what, read);
		} catch (error) {
			if ([403, 404].includes(statusOf(error) ?? 0)) return null;
			throw error;
		}
	});
}

// adapters/actions/swept-runs.ts
/** Runs that failed are looked at for so long. A run can be tried again for 30 days, but nobody waits for it. */
const failedHours = 24;
const hourMs = 36e5;
/**
* Runs of workflows that go on, and those that failed lately; each once.
* @param workflows names of their files; one that is not there has no runs
* @param now ISO 8601 UTC
* @throws InputError WORKFLOW_MISSING when none of them is there: nothing would be looked after
*/
async function readSweptRuns(client, name, workflows, now) {
	const lists = [];
	for (const workflow of workflows) lists.push(await readRunsOf(client, name, workflow, now));
	if (lists.every((list) => list === null)) throw noWorkflow(workflows);
	return lists.flatMap((list) => list ?? []);
}
/** null: there is no such workflow. */
async function readRunsOf(client, name, workflow, now) {
	const since = (/* @__PURE__ */ new Date(Date.parse(now) - 168 * hourMs)).toISOString().slice(0, 10);
	return readOptional(`runs of ${workflow}`, async () => {
		const list = (filter) => listRuns(client, name, workflow, filter);
		const open = [...await list({ status: "in_progress" }), ...await list({ status: "queued" })];
		const failed = (await list({
			status: "failure",
			created: `>=${since}`
		})).filter(({ updatedAt }) => Date.parse(now) - Date.parse(updatedAt) <= failedHours * hourMs);
		return [...new Map([...open, ...failed].map((run) => [run.id, run])).values()];
	});
}
const listRuns = (client, name, workflow, filter) => readAllPages(`runs of ${workflow}`, async (page, perPage) => {
	const { data, headers } = await client.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs", {
		...name,
		workflow_id: workflow,
		...filter,
		per_page: perPage,
		page
	});
	return {
		items: data.workflow_runs.map(toListed),
		link: headers.link
	};
});
const toListed = (data) => ({
	id: Number(data.id),
	attempt: data.run_attempt ?? 1,
	event: data.event,
	status: data.status ?? "unknown",
	conclusion: data.conclusion,
	headSha: data.head_sha,
	url: data.html_url,
	updatedAt: data.updated_at
});
/** Jobs of a run, of all attempts, that train: by the last part of their name, and what a matrix adds to it. */
async function readTrainingJobs(client, name, run, jobNames) {
	const what = `jobs of run ${run.id}`;
	const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs";
	const all = await readGitHub(what, () => readAllPages(what, async (page, perPage) => {
		const { data, headers } = await client.request(route, {
			...name,
			run_id: run.id,
			filter: "all",
			per_page: perPage,
			page
		});
		return {
			items: data.jobs,
			link: headers.link
		};
	}));
	const jobs = [];
	for (const job of all) {
		if (!isNamed(job.name, jobNames)) continue;
		const attempt = job.run_attempt ?? 1;
		const failed = job.conclusion === "failure" || job.conclusion === "cancelled";
		jobs.push({
			name: job.name,
			attempt,
			labels: job.labels,
			runner: job.runner_name === "" ? null : job.runner_name,
			status: job.status,
			conclusion: job.conclusion,
			steps: (job.steps ?? []).map(({ status, conclusion }) => ({
				status,
				conclusion
			})),
			notes: failed && attempt === run.attempt ? await readNotes(client, name, Number(job.id)) : [],
			createdAt: job.created_at,
			startedAt: job.started_at,
			completedAt: job.completed_at
		});
	}
	return jobs;
}
/** `train`, `train (a, 1)` and `round 2 / trial 3` are jobs of these names. */
function isNamed(job, names) {
	const own = job.split(" / ").at(-1) ?? job;
	return names.some((name) => own === name || own.startsWith(`${name} `));
}
/** Failure annotations of a job, which is a check run of the same id; null: the token may not read them. */
async function readNotes(client, name, job) {
	return readGitHub(`annotations of job ${job}`, async () => {
		try {
			const { data } = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", {
				...name,
				check_run_id: job,
				per_page: 100
			});
			return data.flatMap(({ annotation_level, message }) => annotation_level === "failure" && message ? [message] : []);
		} catch (error) {
			if ([403, 404].includes(statusOf(error) ?? 0)) return null;
			throw error;
		}
	});
}
/**
* Asks GitHub for what a sweep planned. What is over already, or begun by somebody else, is no failure.
* @throws ServiceError SWEEP_REFUSED
*/
async function askFor(client, name, action) {
	const what = action.kind === "cancel" ? "cancel" : "run again the failed jobs of";
	try {
		const given = {
			...name,
			run_id: action.run,
			request: { retries: 0 }
		};
		if (action.kind === "cancel") await client.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel", given);
		else await client.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs", given);
	} catch (cause) {
		const said = cause instanceof Error ? cause.message : String(cause);
		if (statusOf(cause) === 409 || /already running/i.test(said)) return;
		throw new ServiceError("SWEEP_REFUSED", `GitHub did not ${what} run ${action.run} (HTTP ${statusOf(cause) ?? "no answer"}): ${said}`, {
			hint: "Grant the calling job permissions: { actions: write }.",
			cause
		});
	}
}
function noWorkflow(workflows) {
	return new InputError("WORKFLOW_MISSING", `There is no workflow ${workflows.join(" or ")} here`, { hint: "Name the files of the workflows that train: with: { workflows: gatehouse.yml }." });
}

// core/report/sweep-issue.ts
/** Rows of a table that are shown; the rest is counted. */
const mostRows = 50;
/** What is wrong, one short text each, sorted: another one is news. Names of runners and jobs are data. */
function causesOf({ idle, unserved, stubborn }) {
	return [
		...idle.map(({ name }) => `runner ${name} is idle`),
		...unserved.map(({ job, run }) => `no runner takes job ${job} of run ${run}`),
		...stubborn.map(({ run }) => `run ${run} does not end`)
	].map((cause) => cause.toWellFormed().slice(0, 200)).sort();
}
function sweepTitle({ idle, unserved, stubborn }) {
	const parts = [
		...unserved.length > 0 ? [`${counted(unserved.length, "job")} without a runner`] : [],
		...stubborn.length > 0 ? [`${counted(stubborn.length, "run")} that ${stubborn.length === 1 ? "does" : "do"} not end`] : [],
		...idle.length > 0 ? [`${counted(idle.length, "idle runner")}`] : []
	];
	return `Training runners: ${parts.length === 0 ? "nothing to tell" : parts.join(", ")}`;
}
/** The whole issue. It says since when, never for how long: the same facts give the same text. */
function renderSweepIssue(state, sweep) {
	const hidden = writeSweepState(state);
	const room = bodyLimit - sweepMarker.length - hidden.length - 400;
	const body = fitSections(sectionsOf(sweep), room, "The summary of the sweep has the rest.");
	return [
		sweepMarker,
		body,
		"",
		hidden
	].join("\n");
}
/** A comment that says what is news. Its first line names the change, so that it is never posted twice. */
function renderSweepNote(change, sweep) {
	const { was, before, after } = change;
	const started = after.causes.filter((cause) => !before.causes.includes(cause));
	const ended = before.causes.filter((cause) => !after.causes.includes(cause));
	const opening = after.causes.length === 0 ? "Closed: " : was === "closed" ? "Open again: " : "";
	const blocks = [
		paragraph(opening, headline(sweep)),
		...listing("New", started),
		...listing("No longer", ended)
	];
	return `<!-- gatehouse:training-runners-note:${after.changes}; -->\n${renderMarkdown(blocks)}\n`;
}
const listing = (title, causes) => causes.length === 0 ? [] : [paragraph({ strong: title }), {
	kind: "list",
	items: causes.slice(0, mostRows).map((cause) => [cause])
}];
/** Job summary of a sweep: what was asked for, and the same tables as the issue. */
function renderSweepSummary(sweep) {
	const asked = sweep.actions.length === 0 ? [paragraph("No run had to be ended or tried again.")] : [{
		kind: "table",
		head: [
			"Run",
			"Asked for",
			"Why"
		],
		rows: sweep.actions.slice(0, mostRows).map(({ kind, run, url, because }) => [
			[linkRun(run, url)],
			[kind === "cancel" ? "end it" : "run its failed jobs again"],
			[because]
		])
	}];
	return `${renderMarkdown([...asked, ...sectionsOf(sweep).flatMap(({ blocks }) => blocks)])}\n`;
}
function sectionsOf(sweep) {
	return [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: [headline(sweep)]
			}]
		},
		{
			name: "jobs without a runner",
			rank: 1,
			blocks: unservedBlocks(sweep)
		},
		{
			name: "runs that do not end",
			rank: 1,
			blocks: stubbornBlocks(sweep)
		},
		{
			name: "idle runners",
			rank: 2,
			blocks: idleBlocks(sweep)
		},
		{
			name: "what is not told",
			rank: 0,
			blocks: untoldBlocks(sweep)
		}
	].filter(({ blocks }) => blocks.length > 0);
}
function headline({ idle, unserved, stubborn, runnersTold }) {
	if (unserved.length > 0) return `${verdictWords["not evaluated"]}: no runner takes ${counted(unserved.length, "training job")}`;
	if (stubborn.length > 0) return `${severityWords.warn}: ${counted(stubborn.length, "run")} asked to end, and still there`;
	if (idle.length > 0) return `${severityWords.warn}: ${counted(idle.length, "training runner")} idle`;
	return runnersTold ? `${verdictWords.pass}: no training waits for a runner, and no runner for a training` : `${verdictWords.pass}: no training waits for a runner`;
}
function unservedBlocks({ unserved }) {
	if (unserved.length === 0) return [];
	return [
		{
			kind: "table",
			head: [
				"Job",
				"Run",
				"Asks for",
				"Queued since",
				"What is missing"
			],
			rows: unserved.slice(0, mostRows).map((job) => [
				[{ code: job.job }],
				[linkRun(job.run, job.url)],
				codes(job.labels),
				[showTime(job.since)],
				missingPhrase(job)
			])
		},
		...more(unserved.length),
		paragraph("Start a runner with these labels, or change ", { code: "runs-on" }, " of the job and ", { code: "train.runs-on" }, " of the model. GitHub drops a job that is queued for 24 hours.")
	];
}
function missingPhrase({ missing }) {
	if (missing === null) return ["Runners are not told"];
	if (missing.length === 0) return ["A runner fits and is busy, or may not take jobs of this repository"];
	return ["No online runner that may be listed has ", ...codes(missing)];
}
function stubbornBlocks({ stubborn }) {
	if (stubborn.length === 0) return [];
	return [{
		kind: "table",
		head: ["Run", "Asked to end"],
		rows: stubborn.slice(0, mostRows).map(({ run, url, since }) => [[linkRun(run, url)], [showTime(since)]])
	}, paragraph("End it by hand: ", { code: "gh api -X POST repos/{owner}/{repo}/actions/runs/ID/force-cancel" })];
}
function idleBlocks({ idle }) {
	if (idle.length === 0) return [];
	return [
		{
			kind: "table",
			head: [
				"Runner",
				"Labels",
				"Idle since"
			],
			rows: idle.slice(0, mostRows).map(({ name, labels, since }) => [
				[{ code: name }],
				codes(labels),
				[showTime(since)]
			])
		},
		...more(idle.length),
		paragraph("Stop the machine if nothing is planned, or raise ", { code: "training.idle-minutes" }, " of the policy.")
	];
}
function untoldBlocks({ runnersTold }) {
	if (runnersTold) return [];
	return [paragraph("Idle runners are not told: the token may not list runners. One that may, given as the secret ", { code: "runners-token" }, ", needs nothing but reading: ", { code: "Administration: read" }, " of the repository, or ", { code: "Self-hosted runners: read" }, " of the organization.")];
}
const more = (count) => count > mostRows ? [paragraph(`And ${counted(count - mostRows, "more", "more")}.`)] : [];
const linkRun = (run, url) => ({
	link: `run ${run}`,
	to: url
});
const codes = (labels) => labels.slice(0, 20).flatMap((label, at) => at === 0 ? [{ code: label }] : [", ", { code: label }]);

// core/training/swept-run.ts
const minuteMs = 6e4;
/**
* Limits of one job: those of the model that the run trains, else of the models whose labels the job asks for, else of
* all. Waits are the longest and attempts the fewest of them, so that a guess never ends or repeats anybody's work.
* @returns null when there is no model at all
*/
function limitsOf(run, job, models) {
	const own = models.filter(({ model }) => model === run.model);
	const asking = models.filter(({ train: { runsOn } }) => runsOn.length > 0 && hasAll(job.labels, runsOn));
	const trains = (own.length > 0 ? own : asking.length > 0 ? asking : models).map(({ train }) => train);
	if (trains.length === 0) return null;
	const retries = trains.map(({ retry }) => retry.causes.includes("lost-runner") ? retry.attempts : 1);
	return {
		timeoutMinutes: Math.max(...trains.map(({ timeoutMinutes }) => timeoutMinutes)),
		queueMinutes: Math.max(...trains.map(({ queueMinutes }) => queueMinutes)),
		attempts: Math.min(...retries),
		backoffSeconds: Math.max(...trains.map(({ retry }) => retry.backoffSeconds))
	};
}
/** Labels are compared as GitHub does: without case. */
function hasAll(labels, wanted) {
	const has = new Set(labels.map((label) => label.toLowerCase()));
	return wanted.every((label) => has.has(label.toLowerCase()));
}
/** Jobs of the newest attempt. */
const newestJobs = ({ jobs, attempt }) => jobs.filter((job) => job.attempt === attempt);
/** Minutes from one instant to another; null when one of them is no instant, and then nothing may rest on it. */
function minutesBetween(from, to) {
	const [start, end] = [Date.parse(from ?? ""), Date.parse(to)];
	return Number.isFinite(start) && Number.isFinite(end) ? (end - start) / minuteMs : null;
}
/** Why a run is over the budget of the policy; null: it is not. */
function overBudget(run, { policy, now }) {
	const { budgetHours, budgetCost, prices } = policy;
	const machines = machinesOf(run, now);
	const hours = machines.reduce((sum, { ms }) => sum + ms, 0) / (60 * minuteMs);
	if (budgetHours !== void 0 && hours > budgetHours) return `Its jobs took ${hours.toFixed(1)} hours together; training.budget-hours of the policy allows ${budgetHours}.`;
	const cost = machines.reduce((sum, { labels, ms }) => sum + (priceRun(prices, labels, [ms])?.amount ?? 0), 0);
	if (budgetCost === void 0 || prices === void 0 || !(cost > budgetCost)) return null;
	const { currency } = prices;
	return `Its jobs cost ${cost.toFixed(2)} ${currency} together; training.budget-cost of the policy allows ${budgetCost}.`;
}
/** Time that each job of a run had a machine so far. A job that a later attempt took over counts once. */
function machinesOf({ jobs }, now) {
	return [...new Map(jobs.map((job) => [`${job.name} ${job.startedAt}`, job])).values()].flatMap(({ runner, labels, startedAt, completedAt }) => {
		const minutes = minutesBetween(startedAt, completedAt ?? now);
		return runner === null || minutes === null ? [] : [{
			labels,
			ms: Math.max(0, minutes) * minuteMs
		}];
	});
}

// core/report/sweep-plan.ts
/** While nothing else changes, that somebody looked is written down this often. */
const rememberedMinutes = 30;
/**
* What to do with the issue of the sweeper: one for ever, edited in place, open while there is something to tell. A
* comment only when something begins or ends.
* @param issue the oldest issue of ours with the marker; null: there is none
*/
function planSweepIssue(issue, sweep) {
	const known = issue === null ? null : parseSweepState(issue.body);
	const before = known ?? emptySweepState;
	const causes = causesOf(sweep);
	const state = causes.length > 0 ? "open" : "closed";
	const next = {
		...before,
		causes,
		memory: sweep.memory
	};
	if (issue === null) {
		const { idle, asked } = sweep.memory;
		if (causes.length === 0 && Object.keys(idle).length === 0 && asked.length === 0) return {
			kind: "nothing",
			because: "There is nothing to tell and nothing to remember."
		};
		return {
			kind: "open",
			title: sweepTitle(sweep),
			body: renderSweepIssue(next, sweep),
			state
		};
	}
	const isNews = state !== issue.state || causes.join("\n") !== before.causes.join("\n");
	const after = isNews ? {
		...next,
		changes: before.changes + 1
	} : next;
	const title = sweepTitle(sweep);
	if (known !== null && !isNews && isOld(known, after, issue, sweep)) return {
		kind: "nothing",
		because: `Issue ${issue.number} says it already.`
	};
	const note = isNews ? renderSweepNote({
		was: issue.state,
		before,
		after
	}, sweep) : null;
	return {
		kind: "edit",
		number: issue.number,
		state,
		title,
		body: renderSweepIssue(after, sweep),
		note
	};
}
/** True when the issue would read the same, and was written not long ago. */
function isOld(known, after, issue, sweep) {
	const minutes = minutesBetween(known.memory.seen, after.memory.seen);
	if (minutes === null || minutes < 0 || minutes >= rememberedMinutes) return false;
	const same = {
		...after,
		memory: {
			...after.memory,
			seen: known.memory.seen
		}
	};
	return renderSweepIssue(same, sweep).trimEnd() === issue.body.replaceAll("\r\n", "\n").trimEnd();
}

// core/training/sweep-runners.ts
/** Labels that every self-hosted runner has by itself: they tell no machine from another. */
const ownLabels = [
	"self-hosted",
	"linux",
	"windows",
	"macos",
	"x64",
	"arm",
	"arm64"
];
/** After a longer pause nobody knows what a runner did meanwhile: it counts as idle from now on. */
const longestGapMinutes = 180;
const mostRemembered = 300;
/** A runner that some model is trained on: it has every label of the model, and one that names more than a kind of system. */
function trainsOn({ labels }, models) {
	return models.some(({ train: { runsOn } }) => {
		return runsOn.filter((label) => !ownLabels.includes(label.toLowerCase())).length > 0 && hasAll(labels, runsOn);
	});
}
/** Since when each runner for training is idle: remembered, unless it worked for us since, or nobody looked for long. */
function idleSince({ runners, models, runs, memory, now }) {
	const gap = minutesBetween(memory.seen, now);
	const isFresh = gap !== null && gap >= 0 && gap <= longestGapMinutes;
	const idle = runners.filter((runner) => runner.online && !runner.busy && trainsOn(runner, models)).map(({ name }) => name);
	const jobs = runs.flatMap((run) => run.jobs);
	const since = [...new Set(idle)].sort().map((name) => {
		const known = Object.hasOwn(memory.idle, name) ? memory.idle[name] : void 0;
		const age = known === void 0 ? null : minutesBetween(known, now);
		if (known === void 0 || !isFresh || age === null || age < 0) return [name, now];
		return [name, jobs.flatMap(({ runner, completedAt }) => {
			const later = completedAt === null ? null : minutesBetween(known, completedAt);
			return runner === name && completedAt !== null && later !== null && later > 0 ? [completedAt] : [];
		}).sort().at(-1) ?? known];
	});
	return Object.fromEntries(since.slice(0, mostRemembered));
}
function listIdle({ policy, now }, runners, idle) {
	return Object.entries(idle).flatMap(([name, since]) => {
		const minutes = minutesBetween(since, now);
		const isLong = minutes !== null && minutes >= policy.idleMinutes;
		return runners.filter((runner) => isLong && runner.name === name).slice(0, 1).map(({ labels }) => ({
			name,
			labels,
			since
		}));
	});
}
/** Jobs that are queued for longer than their model waits, and what is missing. */
function listUnserved({ runs, runners, models, now }) {
	return runs.flatMap((run) => newestJobs(run).flatMap((job) => {
		if (run.status === "completed" || job.status !== "queued") return [];
		const minutes = minutesBetween(job.createdAt, now);
		const limits = limitsOf(run, job, models);
		if (minutes === null || limits === null || minutes < limits.queueMinutes) return [];
		const { id, url } = run;
		const missing = runners === null ? null : missingLabels(job.labels, runners);
		return [{
			run: id,
			url,
			job: job.name,
			labels: job.labels,
			since: job.createdAt,
			missing
		}];
	}));
}
/** What the nearest online runner lacks; all labels when none is online. */
function missingLabels(labels, runners) {
	return runners.filter(({ online }) => online).map((runner) => labels.filter((label) => !hasAll(runner.labels, [label]))).sort((a, b) => a.length - b.length)[0] ?? labels;
}

// core/training/sweep.ts
/** The job's own `timeout-minutes` and the action come first; the sweeper is for those that did not. */
const graceMinutes = 10;
/** A run that was asked to end this long ago and goes on needs a person. */
const stubbornMinutes = 15;
/**
* What to do about trainings: end those over their limit or budget, run those again whose runner was lost, tell of idle
* runners and of jobs that no runner takes. A second look at the same facts does nothing more.
*/
function planSweep(input) {
	const { runs, memory, now, runners } = input;
	const fresh = runs.flatMap((run) => planRun(run, input)).filter((action) => !wasAsked(memory, action));
	const asked = fresh.map(({ kind, run, attempt }) => ({
		what: kind,
		run,
		attempt,
		at: now
	}));
	const idle = runners === null ? {} : idleSince({
		...input,
		runners
	});
	return {
		actions: fresh,
		idle: runners === null ? [] : listIdle(input, runners, idle),
		unserved: listUnserved(input),
		stubborn: runs.flatMap((run) => findStubborn(run, input)),
		runnersTold: runners !== null,
		memory: {
			seen: now,
			idle,
			asked: [...memory.asked.filter((one) => isRecent(one, now)), ...asked].slice(-200)
		}
	};
}
function planRun(run, input) {
	const { id, attempt, url } = run;
	const frame = {
		run: id,
		attempt,
		url
	};
	if (run.status !== "completed") {
		const because = overLimit(run, input);
		return because === null ? [] : [{
			...frame,
			kind: "cancel",
			because
		}];
	}
	const because = lostRunner(run, input);
	return because === null ? [] : [{
		...frame,
		kind: "re-run",
		because
	}];
}
/** Why a run that goes on must end; null: it may go on. */
function overLimit(run, { models, policy, now }) {
	const trains = newestJobs(run).some(({ status }) => status === "in_progress");
	for (const job of newestJobs(run)) {
		if (job.status !== "in_progress") continue;
		const limit = limitsOf(run, job, models)?.timeoutMinutes;
		const minutes = minutesBetween(job.startedAt, now);
		if (limit !== void 0 && minutes !== null && minutes > limit + 10) return `It trains for ${Math.floor(minutes)} minutes; train.timeout-minutes allows ${limit}.`;
	}
	return trains ? overBudget(run, {
		policy,
		now
	}) : null;
}
/** Why a run that ended is tried again; null: it is not. A failure of the code never is. */
function lostRunner(run, { models, policy, now }) {
	if (run.conclusion !== "failure" || !run.isNewest) return null;
	const ended = newestJobs(run).map((job) => ({
		job,
		end: endOfJob(job)
	}));
	const lost = ended.filter(({ end }) => end === "lost runner");
	const [first] = lost;
	if (first === void 0 || ended.some(({ end }) => end !== "lost runner" && end !== "done")) return null;
	for (const { job } of lost) {
		const limits = limitsOf(run, job, models);
		const waited = minutesBetween(job.completedAt, now);
		if (limits === null || waited === null || run.attempt >= limits.attempts) return null;
		if (waited * 60 < limits.backoffSeconds * 2 ** (run.attempt - 1)) return null;
	}
	if (overBudget(run, {
		policy,
		now
	}) !== null) return null;
	return `The runner of ${lost.length} of its jobs was lost; train.retry allows attempt ${run.attempt + 1}.`;
}
const wasAsked = ({ asked }, { run, attempt, kind }) => asked.some((one) => one.run === run && one.attempt === attempt && one.what === kind);
function isRecent({ at }, now) {
	const minutes = minutesBetween(at, now);
	return minutes !== null && minutes < 1440;
}
function findStubborn(run, { memory, now }) {
	const { id, url, attempt } = run;
	if (run.status === "completed") return [];
	const one = memory.asked.find((asked) => asked.run === id && asked.attempt === attempt && asked.what === "cancel");
	const minutes = one === void 0 ? null : minutesBetween(one.at, now);
	if (one === void 0 || minutes === null || minutes < 15) return [];
	return [{
		run: id,
		url,
		since: one.at
	}];
}

// actions/sweep-runs/read-models.ts
/** Models of a commit, by name. One that cannot be read is left out and told: its runs have the limits of the others. */
async function readModels({ reader, say }, commit) {
	const models = [];
	for (const model of namesIn(await reader.tree(commit), modelOfFile)) {
		const path = modelPath(model);
		const text = new TextDecoder().decode(await reader.file(path, commit) ?? /* @__PURE__ */ new Uint8Array());
		try {
			models.push({
				model,
				train: parseModelConfig(text, path, model).train
			});
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
			say(`${path} cannot be read and sets no limit: ${error.message}`);
		}
	}
	return models;
}
/** Which model a pull request is about, as `validate-dataset` tells it to the training job; null when it cannot be told. */
async function readTrainedModel({ reader, readProposal, say }, pull) {
	const base = await reader.branchHead(pull.base.ref) ?? pull.base.sha;
	try {
		const { change } = await readProposal({
			baseRef: pull.base.ref,
			base,
			head: pull.head.sha
		});
		return change.kind === "request" ? change.model : null;
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		say(`Pull request ${pull.number} does not tell its model: ${error.message}`);
		return null;
	}
}

// actions/sweep-runs/run.ts
/**
* Looks at every training run and runner once. Configuration is the default branch's; no code of the repository runs.
* What is asked for is asked before it is remembered: asked twice does no harm, forgotten would.
* @throws InputError when the configuration cannot be read; ServiceError, after everything else was done
*/
async function run(deps) {
	const { defaultBranch } = await deps.reader.repository();
	const commit = await deps.reader.branchHead(defaultBranch);
	if (commit === null) throw noCommit(defaultBranch);
	const { training, prices } = await readPolicy(deps.reader, commit);
	const policy = {
		...training,
		...prices === void 0 ? {} : { prices }
	};
	const models = await readModels(deps, commit);
	const issue = await deps.issue?.find() ?? null;
	const memory = (issue === null ? null : parseSweepState(issue.body)?.memory) ?? emptyMemory;
	const runs = await readRuns(deps);
	const sweep = planSweep({
		now: deps.now,
		runs,
		runners: await deps.runners(),
		models,
		policy,
		memory
	});
	const { done, failures } = await carryOut(sweep, deps);
	const kept = {
		...sweep,
		memory: remember(sweep.memory, memory, done)
	};
	await deps.summarize(kept);
	const plan = planSweepIssue(issue, kept);
	if (plan.kind === "nothing") deps.say(plan.because);
	const address = deps.dryRun ? "" : await deps.issue?.apply(plan) ?? "";
	if (failures[0] !== void 0) throw failures[0];
	const asked = (kind) => done.filter((one) => one.kind === kind).map(({ run: id }) => id);
	return {
		verdict: causesOf(kept).length === 0 ? "pass" : "fail",
		cancelled: asked("cancel"),
		retried: asked("re-run"),
		issue: address
	};
}
async function readRuns(deps) {
	const listed = await deps.runs();
	const pulls = listed.length === 0 ? [] : await deps.reader.pulls({ state: "open" });
	const runs = [];
	for (const listedRun of listed) {
		const jobs = await deps.jobs(listedRun);
		if (jobs.length === 0) continue;
		const { id, attempt, status, conclusion, url, event, headSha } = listedRun;
		const isProposed = event === "pull_request";
		const pull = isProposed ? pulls.find(({ head }) => head.sha === headSha) : void 0;
		const model = pull === void 0 ? null : await readTrainedModel(deps, pull);
		const isNewest = !isProposed || pull !== void 0;
		runs.push({
			id,
			attempt,
			status,
			conclusion,
			url,
			model,
			isNewest,
			jobs
		});
	}
	return runs;
}
async function carryOut({ actions }, deps) {
	const done = [];
	const failures = [];
	for (const action of actions) {
		deps.say(`${deps.dryRun ? "Would ask" : "Asks"} to ${action.kind} run ${action.run}: ${action.because}`);
		if (deps.dryRun) continue;
		try {
			await deps.askFor(action);
			done.push(action);
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			failures.push(error);
		}
	}
	return {
		done,
		failures
	};
}
/** What GitHub refused was not asked for: the next sweep asks again. */
function remember(after, before, done) {
	const isDone = (run, attempt, what) => done.some((one) => one.run === run && one.attempt === attempt && one.kind === what);
	const asked = after.asked.filter((one) => before.asked.includes(one) || isDone(one.run, one.attempt, one.what));
	return {
		...after,
		asked
	};
}
function noCommit(branch) {
	return new InputError("BRANCH_MISSING", `The default branch "${branch}" has no commit`, { hint: "Push it first: the policy is read from there." });
}

// actions/sweep-runs/index.ts
await runAction(async () => {
	const { run: facts, client, reader } = openReader();
	const name = parseRepositoryName(facts.repository);
	const runnersToken = input("runners-token");
	if (runnersToken !== "") hide(runnersToken);
	const workflows = split(needInput("workflows"));
	const jobNames = split(needInput("jobs"));
	const now = (/* @__PURE__ */ new Date()).toISOString();
	const { verdict, cancelled, retried, issue } = await run({
		reader,
		now,
		say,
		readProposal: (commits) => readProposal(reader, commits),
		runs: () => readSweptRuns(client, name, workflows, now),
		jobs: (listed) => readTrainingJobs(client, name, listed, jobNames),
		runners: () => readSweptRunners(runnersToken === "" ? client : createTokenClient(facts.apiUrl, runnersToken), name),
		askFor: (action) => askFor(client, name, action),
		issue: input("issues") === "false" ? null : openSweepIssue(client, name),
		dryRun: input("dry-run") === "true",
		summarize: (sweep) => writeSummary(renderSweepSummary(sweep))
	});
	setOutputs({
		verdict,
		cancelled: cancelled.join(" "),
		retried: retried.join(" "),
		issue
	});
});
/** Parts of a text between commas. */
function split(text) {
	return text.split(",").map((part) => part.trim()).filter((part) => part !== "");
}

export {  };