import { i as ServiceError, r as InputError } from "./shared-error.js";
import { a as statusOf, r as readGitHub } from "./shared-failure.js";
import { r as readAllPages } from "./shared-paging.js";

// adapters/actions/kept-issues.ts
/** Issues by GITHUB_TOKEN are written by this account; nobody can register a name with brackets. */
const actionsBot = "github-actions[bot]";
/**
* The issues that our jobs wrote and that have a marker, oldest first. The author alone narrows them: labels can be taken
* away by anybody with triage. None where the repository has issues turned off.
* @param markerOf what the marker in the first line names; null: none of ours
* @throws ServiceError GITHUB_READ_FAILED
*/
async function listKeptIssues(client, name, what, markerOf) {
	return (await readGitHub(what, () => readAllPages(what, async (page, perPage) => {
		try {
			const { data, headers } = await client.request("GET /repos/{owner}/{repo}/issues", {
				...name,
				state: "all",
				creator: actionsBot,
				sort: "created",
				direction: "asc",
				per_page: perPage,
				page
			});
			return {
				items: data,
				link: headers.link
			};
		} catch (error) {
			if (statusOf(error) === 410) return { items: [] };
			throw error;
		}
	}))).flatMap((issue) => {
		const body = issue.body ?? "";
		const marker = markerOf(body);
		const ours = issue.user?.login === actionsBot && issue.user.type === "Bot";
		if (marker === null || !ours || issue.pull_request !== void 0) return [];
		const state = issue.state === "open" ? "open" : "closed";
		return [{
			marker,
			number: issue.number,
			state,
			body
		}];
	}).sort((a, b) => a.number - b.number);
}
/**
* Carries a plan out.
* @returns address of the issue; empty when nothing was to do
* @throws InputError ISSUES_OFF, ServiceError ISSUE_REFUSED
*/
async function applyIssuePlan(client, name, plan) {
	if (plan.kind === "nothing") return "";
	if (plan.kind === "open") {
		const { title, body } = plan;
		const { data } = await write("open the issue", () => client.request("POST /repos/{owner}/{repo}/issues", {
			...name,
			title,
			body,
			request: { retries: 0 }
		}));
		if (plan.state === "closed") await close(client, name, data.number);
		return data.html_url;
	}
	const { number, state, title, body, note } = plan;
	if (note !== null) await postOnce(client, name, number, note);
	const { data } = await write(`edit issue ${number}`, () => client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
		...name,
		issue_number: number,
		title,
		body,
		state,
		...state === "closed" ? { state_reason: "completed" } : {}
	}));
	return data.html_url;
}
/** A run that broke off between comment and edit finds its comment there. */
async function postOnce(client, name, number, note) {
	const what = `comments of issue ${number}`;
	const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
	if ((await readGitHub(what, () => readAllPages(what, async (page, perPage) => {
		const { data, headers } = await client.request(route, {
			...name,
			issue_number: number,
			per_page: perPage,
			page
		});
		return {
			items: data,
			link: headers.link
		};
	}))).some(({ user, body }) => user?.login === actionsBot && firstLine(body ?? "") === firstLine(note))) return;
	await write(`comment on issue ${number}`, () => client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
		...name,
		issue_number: number,
		body: note,
		request: { retries: 0 }
	}));
}
/** An issue cannot be opened closed. */
const close = (client, name, number) => write(`close issue ${number}`, () => client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
	...name,
	issue_number: number,
	state: "closed",
	state_reason: "completed"
}));
/** Two runs at once opened two: the older one stays, the other says where to look. */
async function retireIssue(client, name, double, kept) {
	await write(`close the doubled issue ${double}`, () => client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
		...name,
		issue_number: double,
		body: `Opened twice: see #${kept}.`,
		state: "closed",
		state_reason: "not_planned"
	}));
}
/** @throws InputError ISSUES_OFF, ServiceError ISSUE_REFUSED */
async function write(what, run) {
	try {
		return await run();
	} catch (cause) {
		const status = statusOf(cause);
		if (status === 410) throw new InputError("ISSUES_OFF", `GitHub did not ${what}: issues are turned off in this repository`, {
			hint: "Turn issues on (Settings, General, Features), or set issues: false in the workflow.",
			cause
		});
		const said = cause instanceof Error ? cause.message : String(cause);
		throw new ServiceError("ISSUE_REFUSED", `GitHub did not ${what} (HTTP ${status ?? "no answer"}): ${said}`, {
			hint: "Grant the calling job permissions: { issues: write }.",
			cause
		});
	}
}
const firstLine = (body) => body.split(/\r?\n/, 1)[0] ?? "";

export { listKeptIssues as n, retireIssue as r, applyIssuePlan as t };