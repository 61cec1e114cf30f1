import { t as paragraph } from "./shared-block.js";
import { x as policyPath } from "./shared-layout.js";
import { s as load } from "./shared-js-yaml.js";
import { Q as place, W as commit, X as login, ot as parsePlaceAddress, tt as team } from "./shared-policy-resolution.js";
import { t as counted } from "./shared-count-text.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { t as writeYaml } from "./shared-yaml-write.js";

// core/onboarding/answers.ts
const noCommit = "0".repeat(40);
/** Answered by nobody (RFC 6761): a store that nobody chose takes nothing. */
const nowhere = "https://storage.invalid";
/** The answers without any question: what is set up says it, else what was found, else what fails closed. */
function defaultAnswers(found, existing, pin) {
	const { policy } = existing;
	const owner = found.repository?.split("/")[0] ?? "acme";
	const { users = [], teams = [] } = found.owners ?? {};
	const named = users.length + teams.length > 0;
	const guess = found.owners === null || found.owners.from === "remote" ? { guessed: true } : {};
	const people = named ? {
		users,
		teams,
		...guess
	} : {
		users: [],
		teams: [`${owner}/gatehouse`],
		...guess
	};
	const preset = policy?.preset ?? (teams.length > 0 ? "team" : "small-team");
	const trusted = policy?.trusted.judge;
	const data = policy?.data ?? found.remote ?? `${nowhere}/dvc`;
	return {
		preset,
		pin: trusted === void 0 ? pin ?? {
			repository: `${owner}/gatehouse`,
			sha: noCommit
		} : {
			repository: trusted.path.split("/").slice(0, 2).join("/"),
			sha: trusted.shas.at(-1) ?? noCommit
		},
		reviewers: people,
		governors: people,
		labels: found.runners[0]?.labels ?? ["ubuntu-latest"],
		store: policy?.store ?? (found.remote === null ? `${nowhere}/store` : `${found.remote}/gatehouse-store`),
		data
	};
}
const isNowhere = (address) => address.startsWith(nowhere);
/** The questions, in order. An empty answer keeps what is shown. */
const questions = [
	{
		ask: "How strict: small-team, team or regulated",
		shown: ({ preset }) => preset,
		apply: (answers, text) => text === "small-team" || text === "team" || text === "regulated" ? {
			...answers,
			preset: text
		} : null,
		allowed: "small-team, team or regulated"
	},
	{
		ask: "Your copy of Gatehouse and its commit, as owner/name@commit",
		shown: ({ pin }) => `${pin.repository}@${pin.sha}`,
		apply: (answers, text) => {
			const pin = parsePin(text);
			return pin === null ? null : {
				...answers,
				pin
			};
		},
		allowed: "owner/name@ and a full commit id of 40 characters"
	},
	{
		ask: "Who reviews new versions (users and organization/team, with spaces)",
		shown: ({ reviewers }) => showPeople(reviewers),
		apply: (answers, text) => {
			const reviewers = parsePeople(text);
			return reviewers === null ? null : {
				...answers,
				reviewers
			};
		},
		allowed: "GitHub logins, or teams as organization/slug"
	},
	{
		ask: "Who approves changes of the rules",
		shown: ({ governors }) => showPeople(governors),
		apply: (answers, text) => {
			const governors = parsePeople(text);
			return governors === null ? null : {
				...answers,
				governors
			};
		},
		allowed: "GitHub logins, or teams as organization/slug"
	},
	{
		ask: "Labels of the machine that trains",
		shown: ({ labels }) => labels.join(" "),
		apply: (answers, text) => {
			const labels = text.split(/[\s,]+/).filter((label) => label !== "");
			return labels.length > 0 && labels.every((label) => /^[A-Za-z0-9_][\w.:=/-]{0,99}$/.test(label)) ? {
				...answers,
				labels
			} : null;
		},
		allowed: "labels of a runner, for example: self-hosted gpu"
	},
	{
		ask: "Where models are kept for good (file:///, https:// or s3://)",
		shown: ({ store }) => store,
		apply: (answers, text) => place.safeParse(text).success ? {
			...answers,
			store: text
		} : null,
		allowed: "file:///folder, https://host/path, s3://bucket/prefix or s3+https://host/bucket/prefix"
	},
	{
		ask: "The DVC remote with the data",
		shown: ({ data }) => data,
		apply: (answers, text) => place.safeParse(text).success ? {
			...answers,
			data: text
		} : null,
		allowed: "file:///folder, https://host/path, s3://bucket/prefix or s3+https://host/bucket/prefix"
	}
];
/** Reads `owner/name@commit`; null for anything else: a tag can be moved. */
function parsePin(text) {
	const [, repository = "", sha = ""] = /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100})@(\S+)$/.exec(text) ?? [];
	return repository !== "" && commit.safeParse(sha).success ? {
		repository,
		sha
	} : null;
}
const showPeople = ({ users, teams }) => [...users, ...teams].join(" ");
function parsePeople(text) {
	const words = text.split(/[\s,]+/).filter((word) => word !== "").map((word) => word.replace(/^@/, ""));
	const teams = words.filter((word) => team.safeParse(word).success);
	const users = words.filter((word) => login.safeParse(word).success);
	return words.length > 0 && teams.length + users.length === words.length ? {
		users,
		teams
	} : null;
}

// core/onboarding/find-metrics.ts
/** Most numbers of one file: it is read for the few that Gatehouse knows. */
const mostValues = 200;
/** Numbers of a JSON file by their last key, as every tool writes them somewhere below; a doubled key counts once. */
function readMetrics(path, text) {
	const values = /* @__PURE__ */ new Map();
	const walk = (value, depth) => {
		if (typeof value !== "object" || value === null || Array.isArray(value) || depth > 6) return;
		for (const [key, inner] of Object.entries(value)) {
			if (values.size >= mostValues) return;
			const name = nameOf(key);
			if (typeof inner !== "number") walk(inner, depth + 1);
			else if (Number.isFinite(inner) && !values.has(name)) values.set(name, inner);
		}
	};
	walk(parse(text), 0);
	return {
		path,
		values: Object.fromEntries(values)
	};
}
function parse(text) {
	if (text === void 0) return null;
	try {
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}
const nameOf = (key) => key.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^(?:test|val|valid|validation|eval|holdout)-/, "");
const known = [
	{
		task: "binary-classification",
		metric: "auc",
		names: [
			"auc",
			"roc-auc",
			"auroc",
			"rocauc",
			"auc-roc"
		]
	},
	{
		task: "binary-classification",
		metric: "log-loss",
		names: ["log-loss", "logloss"],
		lower: true
	},
	{
		task: "regression",
		metric: "rmse",
		names: ["rmse", "root-mean-squared-error"],
		lower: true
	},
	{
		task: "regression",
		metric: "mae",
		names: ["mae", "mean-absolute-error"],
		lower: true
	},
	{
		task: "binary-classification",
		metric: "accuracy",
		names: ["accuracy", "acc"]
	}
];
/** Below what is claimed by so much: the judge measures on other rows, and a first gate shall not stop what is good. */
const room = .03;
/** A first gate with some room below what the file claims; null: it claims nothing that is known. */
function proposeGate(metrics) {
	for (const { task, metric, names, lower } of known) {
		const name = names.find((each) => metrics !== null && Object.hasOwn(metrics.values, each));
		const today = name === void 0 ? void 0 : metrics?.values[name];
		if (today === void 0 || !Number.isFinite(today)) continue;
		if (lower === true) {
			if (today > 0) return {
				task,
				metric,
				limit: { max: Number((today * 1.1).toPrecision(3)) },
				today
			};
			continue;
		}
		if (today > 1 || today < .5) continue;
		return {
			task,
			metric,
			limit: { min: Math.max(.5, Math.floor((today - room) * 100) / 100) },
			today
		};
	}
	return null;
}

// core/onboarding/caller-text.ts
const callerPath = ".github/workflows/gatehouse.yml";
/**
* The team's own workflow: three jobs, each with no permission but those it needs.
* @param model what the schedule trains
*/
function callerText({ pin, labels }, model) {
	const { repository, sha } = pin;
	return `# The team's own workflow: Gatehouse checks and judges, training runs on the team's own machines.
name: gatehouse
on:
  pull_request:
  # Training without a pull request: its artifact can be looked at, compared and proposed later.
  workflow_dispatch:
    inputs:
      model: { description: Model to train, type: string, required: true }
      ref: { description: Branch or commit to train; empty trains the branch that the run is on, type: string }
  schedule: [{ cron: '0 3 1 * *' }]
permissions: {}
jobs:
  validate:
    if: github.event_name == 'pull_request'
    # id-token: write proves to the app which workflow at which commit made the evidence.
    permissions: { contents: read, pull-requests: read, checks: read, actions: read, issues: read, id-token: write }
    uses: ${repository}/.github/workflows/validate-data.yml@${sha}

  train:
    needs: validate
    # A courtesy, not the border: forks do not reach these machines without a maintainer's approval.
    if: \${{ !cancelled() && (needs.validate.result == 'success' && needs.validate.outputs.train == 'true' || github.event_name != 'pull_request') }}
    # A newer push ends this training, or waits for its end where train.on-newer-push of the model says finish.
    concurrency:
      group: gatehouse-train-\${{ github.event.pull_request.number || github.run_id }}
      cancel-in-progress: \${{ needs.validate.outputs.on-newer-push != 'finish' }}
    runs-on: ${writeYaml(labels)}
    # Longer than train.timeout-minutes, which ends the command in order.
    timeout-minutes: 400
    # actions: read fetches the checkpoint of an earlier attempt.
    permissions: { contents: read, actions: read }
    outputs:
      artifact-id: \${{ steps.upload.outputs.artifact-id }}
    steps:
      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1
        with:
          ref: \${{ github.event.pull_request.head.sha || inputs.ref || github.sha }}
          persist-credentials: false
      - id: train
        uses: ${repository}/actions/train-model@${sha}
        with:
          # The last name is what the schedule trains.
          model: \${{ needs.validate.outputs.model || inputs.model || '${model}' }}
      # Also when the training failed: its record says how.
      - id: upload
        if: \${{ !cancelled() && steps.train.outputs.folder != '' }}
        uses: actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0
        with:
          name: gatehouse-model
          path: \${{ steps.train.outputs.folder }}
          if-no-files-found: error
          overwrite: true

  judge:
    needs: [validate, train]
    if: \${{ !cancelled() && needs.validate.result == 'success' && needs.validate.outputs.judge == 'true' && contains(fromJSON('["success", "skipped"]'), needs.train.result) }}
    # id-token: write proves to the app which workflow at which commit made the evidence.
    permissions: { contents: read, pull-requests: read, checks: read, actions: read, id-token: write }
    uses: ${repository}/.github/workflows/judge-model.yml@${sha}
    with:
      model: \${{ needs.validate.outputs.model }}
      artifact-id: \${{ needs.train.outputs.artifact-id || '' }}
`;
}

// core/onboarding/find-people.ts
/**
* Who answers for the repository: of CODEOWNERS the line for everything, else all of its lines; without one the owner
* of the remote, who may be an organisation.
* @see https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
*/
function findOwners({ texts, repository }) {
	const from = [
		".github/CODEOWNERS",
		"CODEOWNERS",
		"docs/CODEOWNERS"
	].find((path) => texts.has(path));
	const lines = (from === void 0 ? "" : texts.get(from) ?? "").split(/\r?\n/).map((line) => line.replace(/#.*$/, "").trim().split(/\s+/)).filter(([pattern]) => pattern !== void 0 && pattern !== "");
	const whole = lines.filter(([pattern]) => pattern === "*");
	const names = (whole.length > 0 ? whole : lines).flatMap((words) => words.slice(1).filter((word) => word.startsWith("@")));
	const bare = [...new Set(names.map((name) => name.slice(1)))];
	const teams = bare.filter((name) => team.safeParse(name).success).slice(0, 20);
	const users = bare.filter((name) => login.safeParse(name).success).slice(0, 20);
	if (from !== void 0 && teams.length + users.length > 0) return {
		users,
		teams,
		from
	};
	const owner = repository?.split("/")[0];
	return owner !== void 0 && login.safeParse(owner).success ? {
		users: [owner],
		teams: [],
		from: "remote"
	} : null;
}
/** Labels of jobs that run on machines of the team, once each; those with a GPU first. */
function findRunners({ texts }) {
	const own = [...texts].flatMap(([file, text]) => file.startsWith(".github/workflows/") && file !== ".github/workflows/gatehouse.yml" ? labelsOf(text).map((labels) => ({
		labels,
		file
	})) : []).filter(({ labels }) => labels.includes("self-hosted"));
	const once = own.filter(({ labels }, at) => own.findIndex((other) => other.labels.join() === labels.join()) === at);
	const hasGpu = ({ labels }) => labels.some((each) => /gpu|cuda|a100|h100/i.test(each)) ? 0 : 1;
	return once.sort((a, b) => hasGpu(a) - hasGpu(b));
}
/** `runs-on` of every job that says it without an expression. */
function labelsOf(text) {
	const jobs = fieldOf(parseYaml(text), "jobs");
	if (typeof jobs !== "object" || jobs === null) return [];
	return Object.values(jobs).flatMap((job) => {
		const runsOn = fieldOf(job, "runs-on");
		const written = fieldOf(runsOn, "labels") ?? runsOn;
		const labels = typeof written === "string" ? [written] : written;
		if (!Array.isArray(labels) || labels.length === 0) return [];
		return labels.every((label) => typeof label === "string" && /^[A-Za-z0-9_][\w .:=/-]{0,99}$/.test(label)) ? [labels] : [];
	});
}
function parseYaml(text) {
	try {
		return load(text, { maxAliases: 100 });
	} catch {
		return null;
	}
}
function fieldOf(value, key) {
	if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
	return value[key];
}
/**
* Address of the default remote of DVC.
* @returns null when there is none, or one that a policy cannot name (ssh, gs, azure, a relative folder)
* @see https://dvc.org/doc/user-guide/project-structure/configuration
*/
function findRemote({ texts }) {
	let section = "";
	let chosen = null;
	const urls = /* @__PURE__ */ new Map();
	for (const line of (texts.get(".dvc/config") ?? "").split(/\r?\n/)) {
		section = /^\s*\[(.+?)\]\s*$/.exec(line)?.[1]?.replace(/^'|'$/g, "") ?? section;
		const [, key, value = ""] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
		if (section === "core" && key === "remote") chosen = value;
		const remote = /^remote "(.+)"$/.exec(section)?.[1];
		if (remote !== void 0 && key === "url") urls.set(remote, value);
	}
	const url = chosen === null ? [...urls.values()][0] : urls.get(chosen);
	if (url === void 0) return null;
	const address = url.startsWith("/") ? `file://${url}` : url.replace(/\/+$/, "");
	return parsePlaceAddress(address) === null ? null : address;
}

// core/onboarding/past-blocks.ts
/** What people would have seen in their last pull requests, had this policy been there. */
function pastBlocks({ pulls, unread, url }) {
	if (pulls.length + unread.length === 0) return [];
	const seen = pulls.filter(({ touches }) => touches.length > 0);
	const rows = seen.map((pull) => toRow(pull, url));
	return [
		{
			kind: "heading",
			level: 3,
			text: ["Your last merged pull requests under this policy"]
		},
		...pulls.length === 0 ? [] : [summary(pulls.length, seen)],
		...rows.length === 0 ? [] : [{
			kind: "table",
			head: [
				"Pull request",
				"Touches",
				"Approvals"
			],
			rows
		}],
		...unread.length === 0 ? [] : [paragraph("Not read, because GitHub did not tell all of it: ", ...listed(unread, url), ".")],
		...seen.some(({ judged }) => judged) ? [paragraph({ prose: noEvidence })] : []
	];
}
function summary(all, seen) {
	const held = seen.filter(({ missing }) => missing.length > 0).length;
	const last = `Of the last ${counted(all, "merged pull request")}`;
	if (seen.length === 0) return paragraph(`${last} none touches a model, data or rules: all of them would have passed at once.`);
	return paragraph(`${last} ${seen.length} ${seen.length === 1 ? "touches" : "touch"} a model, data or rules; any other passes at once. `, { strong: held === 0 ? "None would have lacked an approval" : `${held} would have lacked an approval` }, ". A policy that enforces holds such a merge up; with ", { code: "enforce: false" }, " the check says so and lets it pass.");
}
const noEvidence = "Nobody validated data or judged a model in them, so whether a contract or a gate would have held one up is not known: that is seen from the next pull request on. Approvals are counted as given, by who holds a role today.";
const linkPull = (number, url) => ({
	link: `#${number}`,
	to: `${url}/pull/${number}`
});
const listed = (numbers, url) => numbers.flatMap((number, at) => [...at === 0 ? [] : [", "], linkPull(number, url)]);
const toRow = ({ number, touches, missing, own }, url) => [
	[linkPull(number, url)],
	[touches.join(", ")],
	[missing.length === 0 ? "✅ enough" : `⏳ held up: ${missing.map(({ role, count }) => `${count} × ${role}`).join(", ")} missing`, own.length === 0 ? "" : `; ${own.join(", ")} approved own work, which does not count`]
];

// core/onboarding/onboarding.ts
/** Rows of a table: a description that nobody scrolls through. */
const mostRows = 30;
/** What the app may do, as bot/app.yml asks for it: a test holds the two against each other. */
const usedPermissions = {
	actions: "read: runs and their artifacts, where evidence comes from",
	checks: "write: the checks gatehouse and gatehouse evidence, and the anchors",
	contents: "write: commits of the ledger branch, and of branches of its own pull requests",
	members: "read: who is in a team at the moment of a decision",
	metadata: "read: GitHub asks for it",
	organization_self_hosted_runners: "read: which runners are there when none comes; optional",
	pull_requests: "write: the comment, requests for reviewers, pull requests that align stages.yml"
};
const unusedPermissions = [
	"administration",
	"secrets",
	"workflows"
];
/** The description of an onboarding pull request, as Markdown. Every text from the repository is escaped. */
const renderOnboarding = (onboarding) => `${renderMarkdown(onboardingBlocks(onboarding))}\n`;
/** The same for a terminal or a page. */
function onboardingBlocks(onboarding) {
	const { found, proposal } = onboarding;
	return [
		{
			kind: "heading",
			level: 2,
			text: ["Set up Gatehouse"]
		},
		paragraph("Nothing runs until this is merged; close it to say no. Found: ", { strong: summaryOf(found) }, ". The checks report only: no merge is held up until ", { code: "enforce: false" }, " is taken out of ", { code: ".github/gatehouse.yml" }, "."),
		...foundBlocks(found),
		{
			kind: "heading",
			level: 3,
			text: ["Proposed files"]
		},
		...proposal.files.length === 0 ? [paragraph("None: everything that can be proposed is there.")] : [{
			kind: "list",
			items: proposal.files.map(({ path, text }) => [{ code: path }, `, ${text.split("\n").length - 1} lines`])
		}],
		...found.kept.length === 0 ? [] : [paragraph("There already, and left as they are:"), {
			kind: "list",
			items: found.kept.slice(0, mostRows).map((path) => [{ code: path }])
		}],
		...byHandBlocks(onboarding.byHand ?? []),
		...onboarding.past === void 0 ? [] : pastBlocks(onboarding.past),
		...proposal.files.length === 0 ? [] : permissionBlocks(),
		{
			kind: "heading",
			level: 3,
			text: ["Left to do by hand"]
		},
		{
			kind: "list",
			items: leftToDo(onboarding)
		},
		paragraph({ prose: leaving })
	];
}
const leaving = `To leave again: take the required check out of the rules first, then remove ${policyPath} or uninstall the app. What was recorded stays as files on the branch gatehouse-ledger, and gatehouse registry and gatehouse verify read it in any clone.`;
function summaryOf({ models, datasets, runners }) {
	const machines = counted(runners.length, "kind of own runners", "kinds of own runners");
	return `${counted(models.length, "model")}, ${counted(datasets.length, "dataset")} and ${machines}`;
}
function foundBlocks({ models, datasets, runners, owners, remote, kept }) {
	const rows = [
		...models.map(modelRow),
		...datasets.map(datasetRow),
		...runners.map(({ labels, file }) => [
			["Runner ", { code: labels.join(", ") }],
			[{ code: file }],
			["trains there"]
		]),
		...owners === null || kept.includes(".github/gatehouse.yml") ? [] : [[
			["Owners"],
			owners.from === "remote" ? ["owner of the repository"] : [{ code: owners.from }],
			[{ code: [...owners.users, ...owners.teams].join(", ") }, owners.from === "remote" ? ": a guess, name people or teams" : " review and govern"]
		]],
		...remote === null ? [] : [[
			["DVC remote"],
			[{ code: ".dvc/config" }],
			[{ code: remote }]
		]]
	];
	if (rows.length === 0) return [];
	return [{
		kind: "table",
		head: [
			"Found",
			"Where",
			"Proposal"
		],
		rows: rows.slice(0, mostRows)
	}, ...rows.length > mostRows ? [paragraph(`And ${rows.length - mostRows} more.`)] : []];
}
function modelRow(model) {
	const gate = proposeGate(model.metrics);
	const limit = gate === null ? null : "min" in gate.limit ? `at least ${gate.limit.min}` : `at most ${gate.limit.max}`;
	return [
		["Model ", { code: model.name }],
		[{ code: model.from.join(", ") }],
		gate === null ? ["no known metrics found: the gate is a guess"] : [`${gate.metric} ${limit} (today ${gate.today})`]
	];
}
function datasetRow({ name, files, atHand }) {
	const shown = files.slice(0, 3).join(", ");
	return [
		["Dataset ", { code: name }],
		[{ code: files.length > 3 ? `${shown} and ${files.length - 3} more` : shown }],
		[atHand ? "contract inferred from its rows" : "not at hand: no contract yet"]
	];
}
/** The app holds no permission for workflows: what runs is for people to add. */
const byHandBlocks = (files) => files.flatMap(({ path, text }) => [paragraph("The app may not write workflows. Add ", { code: path }, " to this branch yourself:"), {
	kind: "fold",
	title: "The workflow",
	blocks: [{
		kind: "fence",
		language: "text",
		lines: text.trimEnd().split("\n")
	}]
}]);
function permissionBlocks() {
	return [
		{
			kind: "heading",
			level: 3,
			text: ["Permissions of the app"]
		},
		{
			kind: "list",
			items: Object.entries(usedPermissions).map(([name, why]) => [{ code: name }, ` ${why}`])
		},
		paragraph("Never asked for: ", { code: unusedPermissions.join(", ") }, ".")
	];
}
/** What no file can do. Read again by `gatehouse doctor`, which names each that is open. */
function leftToDo({ answers, proposal, found, byHand, written }) {
	const todos = proposal.files.reduce((sum, { text }) => sum + (text.match(/TODO/g) ?? []).length, 0);
	const policy = { code: policyPath };
	return [
		...proposal.notes.map((note) => [{ prose: note }]),
		...answers.pin.sha === noCommit ? [[
			"Write the commit of your copy of Gatehouse into ",
			policy,
			" and the workflow: zeros are believed by nobody"
		]] : [],
		...isNowhere(answers.store) ? [[
			"Say in ",
			policy,
			" where models are kept: ",
			{ code: "store" }
		]] : [],
		...isNowhere(answers.data) ? [[
			"Say in ",
			policy,
			" where the data lies: ",
			{ code: "data" }
		]] : [],
		...todos === 0 ? [] : [[`Fill in the ${counted(todos, "line")} with TODO`]],
		...answers.store.startsWith("s3") || answers.data.startsWith("s3") ? [["Pass the keys of the bucket to the called workflows as secrets (README, section 5)"]] : [],
		...written === true && proposal.files.length > 0 ? [["Commit the files on a branch and open a pull request: nothing is judged before it is merged"]] : [],
		...byHand === void 0 ? [["Install the app on this repository"]] : [],
		[
			"Require the check ",
			{ code: "gatehouse" },
			" on the default branch, with the app as its expected source, before you enforce"
		],
		[
			"Protect the branch ",
			{ code: "gatehouse-ledger" },
			": no creation, update, deletion or force push but by the app"
		],
		...found.runners.length === 0 ? [] : [["Put the training machines into a runner group that only this repository may use"]],
		[
			"Run ",
			{ code: "gatehouse doctor" },
			": it says which of these are open"
		]
	];
}

export { findOwners as a, callerPath as c, readMetrics as d, defaultAnswers as f, questions as g, parsePin as h, usedPermissions as i, callerText as l, noCommit as m, renderOnboarding as n, findRemote as o, isNowhere as p, unusedPermissions as r, findRunners as s, onboardingBlocks as t, proposeGate as u };