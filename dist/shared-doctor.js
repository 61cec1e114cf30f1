import { i as remoteUrl, s as runGit } from "./shared-read.js";
import { n as readWorkTree } from "./shared-work-tree.js";
import { i as parseRepositoryAddress, r as needRepositoryAddress, t as createQuietClient } from "./shared-token-client.js";
import { a as statusOf, r as readGitHub } from "./shared-failure.js";
import { r as readAllPages } from "./shared-paging.js";
import { n as readRepositoryConfig, t as checkRepositoryConfig } from "./shared-check.js";
import { r as InputError } from "./shared-error.js";
import { i as callerPath, r as findRunners } from "./shared-find-people.js";
import { s as load } from "./shared-js-yaml.js";
import { b as policyPath } from "./shared-layout.js";
import { t as paragraph } from "./shared-block.js";
import { n as renderText } from "./shared-text.js";

// adapters/onboarding/allowed.ts
/** A read that a token may not be allowed: its refusal is an answer, everything else is not. */
async function readAllowed(what, read) {
	return readGitHub(what, async () => {
		try {
			return {
				kind: "read",
				value: await read()
			};
		} catch (error) {
			const status = statusOf(error);
			if (status === null || ![
				401,
				403,
				404,
				409,
				422
			].includes(status) || isRateLimit(error)) throw error;
			return {
				kind: "hidden",
				why: `${what}: HTTP ${status}`
			};
		}
	});
}
/** A refusal that passes with time says nothing about what the token may read. */
const isRateLimit = (error) => error instanceof Error && /rate limit/i.test(error.message);

// adapters/onboarding/runner-groups.ts
/** Runners that are registered at the repository itself. */
const readRepositoryRunners = (client, name) => readAllowed("runners of the repository", () => readAllPages("runners of the repository", async (page, per_page) => {
	const { data, headers } = await client.request("GET /repos/{owner}/{repo}/actions/runners", {
		...name,
		page,
		per_page
	});
	return {
		items: data.runners.map(toRunner),
		total: data.total_count,
		link: headers.link
	};
}));
/**
* Runner groups that the repository may use, with their runners.
* @see https://docs.github.com/rest/actions/self-hosted-runner-groups
*/
async function readRunnerGroups(client, { owner, repo }) {
	const listed = await readAllowed("runner groups", () => readAllPages("runner groups", async (page, per_page) => {
		const { data, headers } = await client.request("GET /orgs/{org}/actions/runner-groups", {
			org: owner,
			visible_to_repository: repo,
			page,
			per_page
		});
		return {
			items: data.runner_groups,
			total: data.total_count,
			link: headers.link
		};
	}));
	if (listed.kind === "hidden") return listed;
	const groups = [];
	for (const group of listed.value) groups.push({
		name: group.name,
		visibility: group.visibility,
		publicRepositories: group.allows_public_repositories,
		restrictedToWorkflows: group.restricted_to_workflows === true,
		workflows: group.selected_workflows ?? [],
		runners: await readMembers(client, owner, group.id)
	});
	return {
		kind: "read",
		value: groups
	};
}
const readMembers = (client, org, runner_group_id) => readAllowed("runners of a group", () => readAllPages("runners of a group", async (page, per_page) => {
	const { data, headers } = await client.request("GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners", {
		org,
		runner_group_id,
		page,
		per_page
	});
	return {
		items: data.runners.map(toRunner),
		total: data.total_count,
		link: headers.link
	};
}));
const toRunner = ({ name, status, labels, version }) => ({
	name,
	labels: labels.map((label) => label.name),
	online: status === "online",
	version: version ?? null
});

// adapters/onboarding/settings.ts
/**
* Reads the settings that the gate rests on. Nothing is changed.
* @throws ServiceError when GitHub does not answer at all, or with an error of its own; what it refuses is `hidden`
*/
async function readSettings(client, query) {
	const { name, appId } = query;
	const full = `${name.owner}/${name.repo}`;
	const repository = await readGitHub(`repository ${full}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}", { ...name });
		return data;
	});
	const isOrganization = repository.owner.type === "Organization";
	const names = query.branches.length === 0 ? [repository.default_branch] : query.branches;
	const governed = [];
	for (const branch of names) governed.push(await readBranch(client, name, branch));
	const ledger = await readBranch(client, name, query.ledgerBranch);
	return {
		repository: repository.full_name,
		isPrivate: repository.private,
		isOrganization,
		appId,
		governed,
		ledger,
		rulesets: await readRulesets(client, name, [...governed, ledger]),
		...await readActions(client, name, repository.private),
		...await readSecretNames(client, name, isOrganization),
		repositoryRunners: await readRepositoryRunners(client, name),
		groups: isOrganization ? await readRunnerGroups(client, name) : {
			kind: "read",
			value: []
		},
		people: await readPeople(client, query.people)
	};
}
/** Each is a call: a policy names few. */
const mostPeople = 50;
async function readPeople(client, names) {
	const people = [];
	for (const [at, name] of [...new Set(names)].entries()) {
		const exists = at < mostPeople ? await readAllowed(name, () => readExists(client, name)) : {
			kind: "hidden",
			why: `only ${mostPeople} names are asked for`
		};
		people.push({
			name,
			exists
		});
	}
	return people;
}
/** A team that GitHub does not show may be secret: only of a person 404 says that there is none. */
async function readExists(client, name) {
	const [org = "", team_slug] = name.split("/");
	if (team_slug !== void 0) {
		await client.request("GET /orgs/{org}/teams/{team_slug}", {
			org,
			team_slug
		});
		return true;
	}
	try {
		const { data } = await client.request("GET /users/{username}", { username: name });
		return data.type === "User";
	} catch (error) {
		if (statusOf(error) === 404) return false;
		throw error;
	}
}
async function readBranch(client, name, branch) {
	return {
		name: branch,
		rules: await readAllowed(`rules of ${branch}`, () => readRules(client, name, branch)),
		protection: await readAllowed(`protection of ${branch}`, () => readProtection(client, name, branch))
	};
}
/** @see https://docs.github.com/rest/repos/rules#get-rules-for-a-branch */
async function readRules(client, name, branch) {
	return (await readAllPages(`rules of ${branch}`, async (page, per_page) => {
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
	})).map((rule) => ({
		type: rule.type,
		rulesetId: rule.ruleset_id ?? null,
		checks: rule.type === "required_status_checks" ? (rule.parameters?.required_status_checks ?? []).map(({ context, integration_id }) => ({
			context,
			appId: integration_id ?? null
		})) : []
	}));
}
/**
* Classic protection; null: the branch has none, or is not there.
* @see https://docs.github.com/rest/branches/branch-protection#get-branch-protection
*/
async function readProtection(client, name, branch) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/branches/{branch}/protection", {
			...name,
			branch
		});
		return {
			checks: (data.required_status_checks?.checks ?? []).map(({ context, app_id }) => ({
				context,
				appId: app_id === null || app_id < 0 ? null : app_id
			})),
			pullRequests: data.required_pull_request_reviews !== void 0,
			forcePushes: data.allow_force_pushes?.enabled !== false,
			deletions: data.allow_deletions?.enabled !== false,
			admins: data.enforce_admins?.enabled === true
		};
	} catch (error) {
		const said = error instanceof Error ? error.message : "";
		if (statusOf(error) === 404 && /^Branch not (?:protected|found)/i.test(said)) return null;
		throw error;
	}
}
/** @see https://docs.github.com/rest/repos/rules#get-a-repository-ruleset */
async function readRulesets(client, name, branches) {
	const rules = branches.flatMap((branch) => branch.rules.kind === "read" ? branch.rules.value : []);
	const ids = [...new Set(rules.flatMap(({ rulesetId }) => rulesetId ?? []))];
	const read = [];
	for (const ruleset_id of ids) read.push(await readAllowed(`ruleset ${ruleset_id}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", {
			...name,
			ruleset_id,
			includes_parents: true
		});
		const actors = data.bypass_actors?.map(({ actor_type, actor_id, bypass_mode }) => ({
			type: actor_type,
			id: actor_id ?? null,
			mode: bypass_mode ?? "always"
		}));
		return {
			id: data.id,
			name: data.name,
			bypass: actors ?? null
		};
	}));
	return read;
}
/** @see https://docs.github.com/rest/actions/permissions */
async function readActions(client, name, isPrivate) {
	return {
		actions: await readAllowed("permissions of Actions", async () => {
			const { data } = await client.request("GET /repos/{owner}/{repo}/actions/permissions", { ...name });
			return {
				enabled: data.enabled,
				allowed: data.allowed_actions ?? "all"
			};
		}),
		token: await readAllowed("permissions of workflows", async () => {
			const { data } = await client.request("GET /repos/{owner}/{repo}/actions/permissions/workflow", { ...name });
			return {
				write: data.default_workflow_permissions !== "read",
				approves: data.can_approve_pull_request_reviews
			};
		}),
		forks: await readAllowed("settings for forks", () => readForks(client, name, isPrivate))
	};
}
async function readForks(client, name, isPrivate) {
	if (isPrivate) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos", { ...name });
		const runs = data.run_workflows_from_fork_pull_requests;
		return {
			approval: !runs || data.require_approval_for_fork_pr_workflows ? "all" : "none",
			writeTokens: runs && data.send_write_tokens_to_workflows,
			secrets: runs && data.send_secrets_and_variables
		};
	}
	const { data } = await client.request("GET /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval", { ...name });
	return {
		approval: data.approval_policy === "all_external_contributors" ? "all" : "first-time",
		writeTokens: false,
		secrets: false
	};
}
/** @see https://docs.github.com/rest/actions/secrets */
async function readSecretNames(client, name, isOrganization) {
	const list = (route) => readAllowed(route, () => readAllPages(route, async (page, per_page) => {
		const { data, headers } = await client.request(`GET /repos/{owner}/{repo}/actions/${route}`, {
			...name,
			page,
			per_page
		});
		return {
			items: data.secrets.map((secret) => secret.name),
			total: data.total_count,
			link: headers.link
		};
	}));
	return {
		repositorySecrets: await list("secrets"),
		organizationSecrets: isOrganization ? await list("organization-secrets") : {
			kind: "read",
			value: []
		}
	};
}

// core/onboarding/diagnosis.ts
const ok = (code, what) => ({
	code,
	health: "ok",
	what,
	why: "",
	fix: ""
});
const mend = (code, what, why, fix) => ({
	code,
	health: "mend",
	what,
	why,
	fix
});
const advise = (code, what, why, fix) => ({
	code,
	health: "advice",
	what,
	why,
	fix
});
/** What could not be read, and which permission reads it. */
const unknown = (code, what, why) => ({
	code,
	health: "not checked",
	what,
	why: `This token may not read it (${why}).`,
	fix: "Run it again with a token of an admin that may read administration, actions, secrets and organization runners."
});
/** Judges what was read; what was not is not checked. */
const judge = (reading, code, subject, look) => reading.kind === "read" ? look(reading.value) : [unknown(code, `${subject} is not known`, reading.why)];

// core/onboarding/diagnose-actions.ts
/** Names under which people keep the key of an app. */
const keyNames = /^(?:GATEHOUSE_)?(?:(?:GITHUB_|GH_)?APP_)?PRIVATE_KEY(?:_PATH)?$|GATEHOUSE.*KEY$/i;
/** What workflows may do in this repository, and where the key of the app lies. */
function diagnoseActions(settings, given) {
	const where = `Settings > Actions > General of ${settings.repository}`;
	return [
		...diagnosePermissions(settings, given.trustedRepository, where),
		...diagnoseForks(settings, where),
		...diagnoseKey(settings.repositorySecrets, "repository", settings, given.keySecrets),
		...settings.isOrganization ? diagnoseKey(settings.organizationSecrets, "organization", settings, given.keySecrets) : []
	];
}
function diagnosePermissions({ actions, token, repository }, trusted, where) {
	return [...judge(actions, "actions/enabled", "Whether Actions may run", ({ enabled, allowed }) => {
		const code = "actions/enabled";
		if (!enabled) return [mend(code, "Actions are switched off", "Nothing is validated or judged.", `${where}: allow actions and reusable workflows.`)];
		if (allowed === "local_only" && trusted.split("/")[0] !== repository.split("/")[0]) return [mend(code, `Only workflows of ${repository.split("/")[0]} may run, and ${trusted} is not one of them`, "The run of every pull request fails at its start.", `${where}: allow ${trusted} as well.`)];
		return [allowed === "selected" ? advise(code, "Only selected actions may run", `A run fails at its start if ${trusted}, actions/checkout or actions/upload-artifact is not among them.`, `${where}: look that ${trusted}/* and actions by GitHub are allowed.`) : ok(code, "Actions and reusable workflows may run")];
	}), ...judge(token, "actions/token", "What the token of a workflow may do by default", ({ write, approves }) => [write ? mend("actions/token", "The token of every workflow may write by default", "A workflow that names no permissions can push, and make checks.", `${where}: Workflow permissions: "Read repository contents and packages permissions".`) : ok("actions/token", "The token of a workflow reads only by default"), approves ? advise("actions/approvals", "Workflows may create and approve pull requests", "Gatehouse counts no approval of a bot, but a rule of GitHub does.", `${where}: take the mark off "Allow GitHub Actions to create and approve pull requests".`) : ok("actions/approvals", "Workflows approve no pull request")])];
}
function diagnoseForks({ forks, isPrivate }, where) {
	const code = "actions/forks";
	return judge(forks, code, "What runs for pull requests from forks", ({ approval, writeTokens, secrets }) => {
		if (writeTokens || secrets) return [mend(code, `Pull requests from forks get ${[writeTokens ? "a token that may write" : "", secrets ? "secrets" : ""].filter((word) => word !== "").join(" and ")}`, "A stranger runs code with them.", `${where}: Fork pull request workflows: send neither write tokens nor secrets.`)];
		if (approval === "all") return [ok(code, "A workflow of a fork waits for a maintainer")];
		return [mend(code, approval === "none" ? "Workflows of forks run without approval" : "Only newcomers wait for approval before their workflow runs", "A pull request can change the workflow: whoever opens one runs code on your training machines.", isPrivate ? `${where}: Fork pull request workflows: "Require approval for fork pull request workflows".` : `${where}: Approval for running fork pull request workflows: "Require approval for all external contributors".`)];
	});
}
/** A quorum of people who do not exist waits for ever. */
function diagnosePeople({ people }) {
	const code = "policy/people";
	const found = people.flatMap(({ name, exists }) => judge(exists, code, `Whether there is a ${name.includes("/") ? "team" : "person"} ${name}`, (is) => is ? [] : [mend(code, `There is no ${name.includes("/") ? "team" : "person"} ${name} on this GitHub`, "Who does not exist approves nothing, and a role that cannot be resolved lets nothing pass.", `Name others under roles in the policy, or under owners of the model or contract.`)]));
	return found.length === 0 ? [ok(code, "Everybody who is named exists")] : found;
}
/** Whoever may push a branch can print such a secret (GATE.md rule 24). */
function diagnoseKey(secrets, level, { repository }, used) {
	const code = `key/${level}`;
	return judge(secrets, code, `Which secrets the ${level} has`, (names) => {
		const found = names.filter((name) => keyNames.test(name) || used.includes(name));
		if (found.length === 0) return [ok(code, `No secret of the ${level} has the name of the app's key`)];
		return [mend(code, `The ${level} has the secret ${found.join(", ")}`, "Whoever may push a branch can print it, and with the key of the app write the ledger and its anchors.", `Make a new key on the page of the app, delete the old one and the secret (gh secret delete ${found[0]} ${level === "repository" ? `--repo ${repository}` : `--org ${repository.split("/")[0]}`}), and keep the new one with the server, or in an environment that only the default branch may use.`)];
	});
}

// core/onboarding/diagnose-branches.ts
/** Name of the check that decides. */
const required = "gatehouse";
/** What holds the branches: the required check with its source, force pushes, deletion, who may pass by. */
function diagnoseBranches(settings, policy) {
	const where = `Settings > Rules > Rulesets of ${settings.repository}`;
	return [...settings.governed.flatMap((branch) => [
		...diagnoseCheck(branch, settings, policy.enforced, where),
		...diagnoseHold(branch, "branch", where),
		...diagnosePulls(branch, where),
		...diagnoseBypass(branch, settings, where)
	]), ...policy.ledgerOnBase ? [] : diagnoseLedger(settings, where)];
}
const hasRule = ({ rules }, type) => rules.kind === "read" && rules.value.some((rule) => rule.type === type);
const classicOf = ({ protection }) => protection.kind === "read" ? protection.value : null;
/** Reads both kinds of rules; what neither shows is not known as long as one of them is hidden. */
function hiddenOf({ rules, protection }) {
	if (rules.kind === "hidden") return rules.why;
	return protection.kind === "hidden" ? protection.why : null;
}
function diagnoseCheck(branch, { appId }, enforced, where) {
	const code = "branch/required-check";
	const checks = [...(branch.rules.kind === "read" ? branch.rules.value : []).flatMap(({ checks }) => checks), ...classicOf(branch)?.checks ?? []].filter(({ context }) => context === required);
	const from = appId === null ? "the app Gatehouse" : `the app with id ${appId}`;
	const fix = `${where}: require the status check "${required}" on ${branch.name}, with ${from} as its source. The app can be chosen once it has made its first check.`;
	if (checks.length === 0) {
		const hidden = hiddenOf(branch);
		if (hidden !== null) return [unknown(code, `Whether ${branch.name} requires the check is not known`, hidden)];
		const what = `${branch.name} does not require the check "${required}"`;
		return enforced ? [mend(code, what, "Every pull request can be merged whatever Gatehouse decides.", fix)] : [advise(code, `${what}; the policy only reports`, "Without it nothing is held up once you enforce.", fix)];
	}
	const bound = checks.flatMap((check) => check.appId ?? []);
	if (bound.length === 0) return [mend(code, `${branch.name} takes the check "${required}" from anybody`, "Every workflow of the repository can make a green check of that name.", fix)];
	if (appId === null) return [{
		code,
		health: "not checked",
		what: `${branch.name} takes the check "${required}" from the app with id ${bound.join(", ")}`,
		why: "It is not known which app is yours.",
		fix: "Run it again with --app ID or GATEHOUSE_APP_ID: the number is on the page of the app, under General."
	}];
	return bound.includes(appId) ? [ok(code, `${branch.name} requires the check "${required}" from the app ${appId}`)] : [mend(code, `${branch.name} takes the check "${required}" from the app with id ${bound.join(", ")}, not from ${appId}`, "Another app decides what is merged.", fix)];
}
/** Nobody rewrites or removes the branch. */
function diagnoseHold(branch, area, where) {
	const classic = classicOf(branch);
	return [{
		rule: "non_fast_forward",
		words: "force pushes",
		classic: classic !== null && !classic.forcePushes
	}, {
		rule: "deletion",
		words: "deletion",
		classic: classic !== null && !classic.deletions
	}].map(({ rule, words, classic: byClassic }) => {
		const code = `${area}/${rule === "deletion" ? "deletion" : "force-push"}`;
		if (hasRule(branch, rule) || byClassic) return ok(code, `${branch.name} refuses ${words}`);
		const hidden = hiddenOf(branch);
		if (hidden !== null) return unknown(code, `Whether ${branch.name} refuses ${words} is not known`, hidden);
		return mend(code, `${branch.name} allows ${words}`, area === "ledger" ? "The audit trail can be replaced; it would be noticed, and everything would stand still until it is mended." : "What was merged by approval can be replaced without one.", `${where}: for ${branch.name} switch on "${rule === "deletion" ? "Restrict deletions" : "Block force pushes"}".`);
	});
}
function diagnosePulls(branch, where) {
	const code = "branch/pull-requests";
	if (hasRule(branch, "pull_request") || classicOf(branch)?.pullRequests === true) return [ok(code, `${branch.name} changes by pull request only`)];
	const hidden = hiddenOf(branch);
	if (hidden !== null) return [unknown(code, `Whether ${branch.name} takes direct pushes is not known`, hidden)];
	return [mend(code, `${branch.name} takes pushes without a pull request`, "Policy, contracts and gates are read from it: whoever may push can change them unseen.", `${where}: for ${branch.name} switch on "Require a pull request before merging".`)];
}
/** Rulesets with a rule on this branch, as far as they could be read. */
function rulesetsOf(branch, { rulesets }) {
	const ids = new Set(branch.rules.kind === "read" ? branch.rules.value.map(({ rulesetId }) => rulesetId) : []);
	return rulesets.flatMap((reading) => reading.kind === "read" && ids.has(reading.value.id) ? [reading.value] : []);
}
function hiddenBypass(branch, settings) {
	const ids = new Set(branch.rules.kind === "read" ? branch.rules.value.flatMap(({ rulesetId }) => rulesetId ?? []) : []);
	const seen = rulesetsOf(branch, settings);
	return seen.length < ids.size || seen.some(({ bypass }) => bypass === null);
}
const describe = ({ type, id, mode }) => `${type}${id === null ? "" : ` ${id}`}${mode === "always" ? "" : ` (${mode})`}`;
/** Who may merge past the check: told, because somebody must be able to when the app is down. */
function diagnoseBypass(branch, settings, where) {
	const code = "branch/bypass";
	if (hiddenBypass(branch, settings) || branch.rules.kind === "hidden") return [unknown(code, `Who may pass by the rules of ${branch.name} is not known`, "bypass lists")];
	const actors = rulesetsOf(branch, settings).flatMap(({ bypass }) => bypass ?? []);
	const classic = classicOf(branch);
	const admins = classic !== null && !classic.admins;
	if (actors.length === 0 && !admins) return [ok(code, `Nobody may pass by the rules of ${branch.name}`)];
	const names = [...actors.map(describe), ...admins ? ["admins (classic protection)"] : []];
	return [advise(code, `The rules of ${branch.name} may be passed by: ${names.join(", ")}`, "A merge past the check promotes nothing, but its code is on the branch.", `${where}: keep this list to the few who act when the app is down, with the mode "for pull requests only".`)];
}
/** The branch that only the app writes. */
function diagnoseLedger(settings, where) {
	const { ledger, appId } = settings;
	const closed = ["creation", "update"].filter((type) => !hasRule(ledger, type));
	const code = "ledger/writers";
	const fix = `${where}: a ruleset for ${ledger.name} with "Restrict creations", "Restrict updates", "Restrict deletions" and "Block force pushes", and the app ${appId ?? "Gatehouse"} alone in its bypass list.`;
	return [...diagnoseHold(ledger, "ledger", where), ...judge(ledger.rules, code, `Who may write ${ledger.name}`, () => {
		if (closed.length > 0) return [mend(code, `${ledger.name} has no rule against ${closed.join(" and ")}`, "Whoever may push can write to the ledger: it would be frozen, and nothing is promoted until it is mended.", fix)];
		if (hiddenBypass(ledger, settings)) return [unknown(code, `Who may write ${ledger.name} is not known`, "bypass lists")];
		return diagnoseWriters(settings, code, fix);
	})];
}
function diagnoseWriters(settings, code, fix) {
	const { ledger, appId } = settings;
	const writers = rulesetsOf(ledger, settings).flatMap(({ bypass }) => bypass ?? []);
	const apps = writers.filter(({ type, id }) => type === "Integration" && (appId === null || id === appId));
	const others = writers.filter((writer) => !apps.includes(writer));
	if (others.length > 0) {
		const names = others.map(describe).join(", ");
		return [mend(code, `${ledger.name} may also be written by: ${names}`, "Only the app may write the ledger.", fix)];
	}
	if (apps.length === 0) return [mend(code, `The app may not write ${ledger.name}`, "It can record nothing: every merge stays unpromoted.", fix)];
	if (appId === null) return [{
		code,
		health: "not checked",
		what: `${ledger.name} may be written by: ${apps.map(describe).join(", ")}`,
		why: "It is not known which app is yours.",
		fix: "Run it again with --app ID or GATEHOUSE_APP_ID."
	}];
	return [ok(code, `Only the app ${appId} may write ${ledger.name}`)];
}

// core/onboarding/diagnose-caller.ts
/** Permissions without which a called workflow fails at its start. @see reusable-workflows */
const needed = {
	validate: [
		"contents: read",
		"pull-requests: read",
		"checks: read",
		"actions: read",
		"issues: read",
		"id-token: write"
	],
	judge: [
		"contents: read",
		"pull-requests: read",
		"checks: read",
		"actions: read",
		"id-token: write"
	]
};
/** Events with the secrets and the token of the base, whoever opened the pull request. */
const dangerous = [
	"pull_request_target",
	"workflow_run",
	"issue_comment"
];
/** How the workflows of a repository call Gatehouse, and what runs on machines of the team. */
function diagnoseCallers(files, policy) {
	return [...files].flatMap(([path, text]) => {
		const value = /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) ? read(text) : null;
		return value === null ? [] : [[path, value]];
	}).flatMap(([path, workflow]) => [...diagnoseCalls(path, workflow, policy), ...diagnoseExposure(path, workflow)]);
}
/** Secrets that a workflow hands on as the key of the app. */
function keySecretsOf(files) {
	return [...files].flatMap(([path, text]) => path.startsWith(".github/workflows/") ? [...text.matchAll(/(?:private-key|PRIVATE_KEY)\s*:\s*['"]?\$\{\{\s*secrets\.([A-Za-z0-9_]+)/g)].map(([, name = ""]) => name) : []);
}
function diagnoseCalls(path, workflow, { trusted }) {
	const calls = Object.entries(fieldsOf(workflow.jobs)).flatMap(([name, job]) => {
		const uses = fieldsOf(job).uses;
		const called = typeof uses === "string" ? uses.split("@")[0] : void 0;
		const kind = called === trusted.validate.path ? "validate" : called === trusted.judge.path ? "judge" : null;
		return kind === null ? [] : [{
			name,
			kind,
			job: fieldsOf(job)
		}];
	});
	if (calls.length === 0) return [];
	return [...diagnoseTop(path, workflow), ...calls.flatMap(({ name, kind, job }) => diagnoseJob(path, name, job.permissions ?? workflow.permissions, needed[kind]))];
}
function diagnoseTop(path, { permissions }) {
	const code = "caller/permissions";
	if (typeof permissions === "object" && permissions !== null && Object.keys(permissions).length === 0) return [ok(code, `${path} grants no permission but job by job`)];
	return [mend(code, `${path} has no "permissions: {}" at its top`, "A job that names none gets those of the repository; training runs code of the pull request.", `Write "permissions: {}" above "jobs:" of ${path}.`)];
}
function diagnoseJob(path, name, permissions, wanted) {
	const code = "caller/permissions";
	const has = fieldsOf(permissions);
	const missing = wanted.filter((line) => {
		const [key = "", level] = line.split(": ");
		return has[key] !== level && has[key] !== "write";
	});
	const all = permissions === "write-all" || permissions === "read-all";
	const more = Object.entries(has).filter(([key, level]) => level === "write" && key !== "id-token");
	if (missing.length > 0 && !all) return [mend(code, `Job ${name} of ${path} lacks ${missing.join(", ")}`, "A called workflow gets no more than its caller grants: the run fails at its start.", `Write permissions: { ${wanted.join(", ")} } at the job ${name}.`)];
	if (all || more.length > 0) return [mend(code, `Job ${name} of ${path} grants more than is needed: ${all ? String(permissions) : more.map(([key]) => `${key}: write`).join(", ")}`, "What is not granted cannot be misused.", `Write permissions: { ${wanted.join(", ")} } at the job ${name}.`)];
	return [ok(code, `Job ${name} of ${path} grants what is needed and no more`)];
}
/** Code of a stranger must not meet machines of the team, or the token of the base. */
function diagnoseExposure(path, workflow) {
	const events = eventsOf(workflow).filter((event) => dangerous.includes(event));
	return Object.entries(fieldsOf(workflow.jobs)).flatMap(([name, value]) => {
		const job = fieldsOf(value);
		if (!isOwnMachine(job["runs-on"])) return [];
		if (events.length > 0) return [mend("caller/exposed", `Job ${name} of ${path} runs on your own machines for ${events.join(", ")}`, "That event runs with the token and the secrets of the base, also for a stranger.", `Let ${path} run on pull_request, or the job on a hosted runner.`)];
		if (!(Array.isArray(job.steps) ? job.steps.map(fieldsOf) : []).some((step) => typeof step.uses === "string" && step.uses.startsWith("actions/checkout@") && String(fieldsOf(step.with)["persist-credentials"]) !== "false") || !eventsOf(workflow).includes("pull_request")) return [];
		return [mend("caller/credentials", `Job ${name} of ${path} leaves a token in the checkout of your own machine`, "Code of the pull request can read it, and the next job on that machine as well.", "Write \"with: { persist-credentials: false }\" at actions/checkout.")];
	});
}
function eventsOf(workflow) {
	const on = workflow.on;
	if (typeof on === "string") return [on];
	return Array.isArray(on) ? on.filter((event) => typeof event === "string") : Object.keys(fieldsOf(on));
}
function isOwnMachine(runsOn) {
	const labels = typeof runsOn === "string" ? [runsOn] : Array.isArray(runsOn) ? runsOn : fieldsOf(runsOn).labels;
	if (fieldsOf(runsOn).group !== void 0) return true;
	return [labels].flat().some((label) => label === "self-hosted");
}
function read(text) {
	try {
		return fieldsOf(load(text, { maxAliases: 100 }));
	} catch {
		return null;
	}
}
const fieldsOf = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

// core/onboarding/diagnose-files.ts
/** Most findings and gaps that are named one by one. */
const mostNamed = 20;
/**
* What the files of the clone say: mistakes, placeholders, gaps that `gatehouse init` left, and whether it enforces.
* @param files every path with the text of Gatehouse's files and workflows
*/
function diagnoseFiles(files) {
	const findings = checkRepositoryConfig(files).filter(({ severity, code }) => severity === "fail" || code === "config/placeholder");
	const pins = findings.filter(({ code }) => code.startsWith("config/caller-"));
	const others = findings.filter((finding) => !pins.includes(finding));
	return [
		...others.length === 0 ? [ok("files/check", "gatehouse check passes")] : named(others.map((finding) => fromFinding("files/check", finding)), "files/check"),
		...pins.length === 0 ? files.has(".github/gatehouse.yml") ? [ok("files/pins", "The workflows are called at commits that the policy trusts")] : [] : pins.map((finding) => fromFinding("files/pins", finding)),
		...named([...files].flatMap(gapsOf), "files/todo")
	];
}
/** What the policy itself says about how much of it holds. */
function diagnosePolicy(policy, models, server) {
	const places = ["store", "data"].filter((key) => /\.invalid(?:[:/]|$)/.test(policy[key]));
	const labels = models.filter(({ heldOut }) => /\.invalid(?:[:/]|$)/.test(heldOut.labels.url));
	const isGhes = server !== null && !/^https:\/\/(?:github\.com|[\w-]+\.ghe\.com)\/?$/.test(server);
	return [
		policy.enforce === false ? advise("policy/enforce", "The policy only reports (enforce: false)", "No merge is held up. The ledger takes only what is allowed all the same.", `Take the line "enforce: false" out of ${policyPath}.`) : ok("policy/enforce", "The policy enforces"),
		diagnoseSeal(policy),
		...places.map((key) => mend(`policy/${key}`, `${key} is ${policy[key]}, which answers nobody`, "Nothing can be kept or read.", `Write the address into ${policyPath}.`)),
		...labels.map(({ model }) => mend("model/labels", `The labels of ${model} are at an address that answers nobody`, "No version of it can be judged.", `Publish them where the judge alone reads them, and write address and SHA-256 into models/${model}/model.yml.`)),
		...isGhes && policy.judgeRunner === "github-hosted" ? [mend("policy/judge-runner", `${server} has no hosted runners, and judge-runner names no runner group`, "Nothing is judged.", `Make a runner group that only judge-model.yml may use, and write its name as judge-runner into ${policyPath}.`)] : []
	];
}
/** Whether somebody can see a result on held-out labels before the app has counted the look. */
function diagnoseSeal({ evidence }) {
	if (evidence === void 0) return advise("policy/evidence", "Evidence is not sealed: the policy names no key (evidence.seal-to)", "Results on held-out labels stand in the run's summary before the app has counted the look.", `Write the public key of the app, which its log names when it starts, under evidence.seal-to into ${policyPath}.`);
	const ids = evidence.sealTo.map(({ id }) => id).join(" and ");
	return ok("policy/evidence", `Evidence is sealed to ${ids}: the settings page of the app shows the same for its private key`);
}
const fromFinding = (code, { message, where, fix, severity }) => {
	const at = where === void 0 ? "" : `${[where.file, where.line].filter((part) => part !== void 0).join(":")}: `;
	const why = severity === "fail" ? "Nothing passes while it is so." : "Nothing is believed with it.";
	return mend(code, `${at}${message}`, why, fix);
};
/** Lines that somebody was to fill in. */
function gapsOf([path, text]) {
	if (!/^(?:\.github\/gatehouse\.yml|datasets\/|models\/.+\/(?:model|stages)\.yml$)/.test(path)) return [];
	const lines = text.split("\n").flatMap((line, at) => /\bTODO\b/.test(line) ? [at + 1] : []);
	if (lines.length === 0) return [];
	return [mend("files/todo", `${path} has TODO in line ${lines.slice(0, mostNamed).join(", ")}`, "Guesses and gaps that nobody has looked at.", "Say what is right there, and take the word TODO out.")];
}
function named(all, code) {
	if (all.length <= mostNamed) return all;
	const rest = mend(code, `And ${all.length - mostNamed} more of the kind`, "As above.", "Mend those above, and run it again.");
	return [...all.slice(0, mostNamed), rest];
}

// core/onboarding/diagnose-machine.ts
/** `merge-tree --write-tree` came with it. @see https://github.com/git/git/blob/master/Documentation/RelNotes/2.38.0.txt */
const leastGit = [2, 38];
const leastNode = 20;
/** Tools of this machine, and whether it is one that reaches no network. */
function diagnoseMachine({ git, node, offline, enginePath }) {
	return [
		diagnoseGit(git),
		Number(/^v?(\d+)\./.exec(node)?.[1] ?? NaN) >= leastNode ? ok("machine/node", `Node ${node}`) : mend("machine/node", `Node ${node}`, "Gatehouse runs on Node 20 or newer.", "Install Node 24: https://nodejs.org"),
		...offline ? [enginePath === "" ? mend("machine/engine", "GATEHOUSE_OFFLINE is set, and no data engine is named", "Data can be checked only where the engine lies in the tool cache of the runner already.", "Set GATEHOUSE_ENGINE_PATH to the folder of the engine (README of validate-dataset, \"The engine\").") : ok("machine/engine", `Offline, with the engine in ${enginePath}`)] : []
	];
}
function diagnoseGit(git) {
	const [, major, minor] = /(\d+)\.(\d+)/.exec(git ?? "") ?? [];
	if (git === null || major === void 0 || minor === void 0) return unknown("machine/git", "The version of git is not known", "git did not tell it");
	const [least, leastMinor] = leastGit;
	return Number(major) > least || Number(major) === least && Number(minor) >= leastMinor ? ok("machine/git", git) : advise("machine/git", git, `Older than ${leastGit.join(".")}: the demo and its tests do not run.`, "Update git.");
}

// core/onboarding/diagnose-runners.ts
/**
* First runner that runs actions on Node 24.
* @see https://github.com/actions/checkout/releases/tag/v5.0.0
*/
const leastRunner = [
	2,
	327,
	1
];
const hosted = /^(?:ubuntu|windows|macos)-/i;
/** The machines that train: there, new enough, and in a group that lets nobody else in. */
function diagnoseRunners(settings, uses, judgeGroup) {
	const own = uses.filter(({ labels }) => labels.length > 0 && !labels.some((label) => hosted.test(label)));
	const groups = settings.groups.kind === "read" ? settings.groups.value : [];
	const inGroups = groups.flatMap(({ runners }) => runners.kind === "read" ? runners.value : []);
	const direct = settings.repositoryRunners.kind === "read" ? settings.repositoryRunners.value : [];
	const hidden = settings.repositoryRunners.kind === "hidden" || settings.isOrganization && (settings.groups.kind === "hidden" || groups.some(({ runners }) => runners.kind === "hidden"));
	return [
		...own.filter((use, at) => own.findIndex((other) => other.labels.join() === use.labels.join()) === at).flatMap((use) => diagnoseLabels(use, [...direct, ...inGroups], hidden)),
		...own.length === 0 ? [] : diagnoseGroups(settings, own),
		...judgeGroup === null ? [] : diagnoseJudge(settings, judgeGroup)
	];
}
/** Labels are compared without regard to case, as GitHub does. */
const fits = ({ labels }, wanted) => {
	const has = new Set(labels.map((label) => label.toLowerCase()));
	return wanted.every((label) => has.has(label.toLowerCase()));
};
function diagnoseLabels({ file, labels }, runners, hidden) {
	const code = "runner/labels";
	const shown = `[${labels.join(", ")}]`;
	const found = runners.filter((runner) => fits(runner, labels));
	const online = found.filter((runner) => runner.online);
	const why = "A job waits a day for a runner, and is then cancelled.";
	if (online.length > 0) return [ok(code, `${online.length} of ${found.length} runners with ${shown} are online`), ...diagnoseVersion(online)];
	if (hidden) return [unknown(code, `Whether a runner has ${shown}, as ${file} asks, is not known`, "self-hosted runners")];
	if (found.length > 0) {
		const names = found.map(({ name }) => name).slice(0, 5).join(", ");
		return [mend(code, `No runner with ${shown} is online: ${names}`, why, "Start the runner service on that machine: sudo ./svc.sh start.")];
	}
	return [mend(code, `No runner has ${shown}, which ${file} asks for`, why, `Register one under Settings > Actions > Runners with these labels, or change them in ${file} and in train.runs-on of the model.`)];
}
function diagnoseVersion(runners) {
	const code = "runner/version";
	const least = leastRunner.join(".");
	const old = runners.filter(({ version }) => version !== null && isOlder(version));
	if (old.length > 0) return [mend(code, `Too old: ${old.map(({ name, version }) => `${name} ${version}`).join(", ")}`, "Its runner software cannot start actions on Node 24.", `Update it to ${least} or newer: download it again under Settings > Actions > Runners > New runner.`)];
	if (runners.some(({ version }) => version === null)) return [unknown(code, `Whether each runner is ${least} or newer is not known`, "GitHub does not tell its version")];
	return [ok(code, `Each of them is ${least} or newer`)];
}
function isOlder(version) {
	const parts = version.split(".").map(Number);
	for (const [at, least] of leastRunner.entries()) {
		const part = parts[at];
		if (part === void 0 || !Number.isFinite(part) || part < least) return true;
		if (part > least) return false;
	}
	return false;
}
function diagnoseGroups(settings, uses) {
	const code = "runner/group";
	const trains = (runner) => uses.some(({ labels }) => fits(runner, labels));
	const direct = judge(settings.repositoryRunners, code, "Which runners the repository has itself", (runners) => runners.some(trains) ? [advise(code, "A training machine is registered at the repository", "Every workflow of every branch can run on it.", "Register it in a runner group of the organization that only this repository may use.")] : []);
	if (!settings.isOrganization) return direct;
	return [...direct, ...judge(settings.groups, code, "Who may use the runner groups", (groups) => groups.flatMap((group) => judge(group.runners, code, `Which runners the group ${group.name} has`, (runners) => runners.some(trains) ? diagnoseGroup(group, settings) : [])))];
}
function diagnoseGroup(group, { repository, isPrivate }) {
	const code = "runner/group";
	const where = `Settings > Actions > Runner groups of ${repository.split("/")[0]}, group ${group.name}`;
	if (group.visibility !== "selected") return [mend(code, `Every repository may use the runner group ${group.name}`, "Whoever may push to any of them runs code on the training machines.", `${where}: Repository access: only ${repository}.`)];
	if (group.publicRepositories && isPrivate) return [advise(code, `Public repositories may use the runner group ${group.name}`, "A fork of a public one could reach the machines.", `${where}: take the mark off "Allow public repositories".`)];
	if (!group.restrictedToWorkflows) return [advise(code, `Every workflow of the selected repositories may use the runner group ${group.name}`, "The conditions in a workflow are a courtesy: a pull request can edit them.", `${where}: Workflow access: only propose-model.yml of your copy of Gatehouse at its commit, if you call that one.`)];
	return [ok(code, `The runner group ${group.name} is for selected repositories and workflows`)];
}
/** Labels and signature meet on this machine: nothing but the judge may run there. */
function diagnoseJudge(settings, name) {
	const code = "runner/judge";
	return judge(settings.groups, code, `The runner group ${name} of the judge`, (groups) => {
		const group = groups.find((each) => each.name === name);
		const where = `Settings > Actions > Runner groups of ${settings.repository.split("/")[0]}`;
		if (group === void 0) return [mend(code, `There is no runner group "${name}" for the judge`, "Nothing is judged.", `${where}: make it, or change judge-runner in the policy.`)];
		return [group.restrictedToWorkflows && group.workflows.length > 0 && group.workflows.every((path) => /\/judge-model\.yml@[0-9a-f]{40}$/.test(path)) ? ok(code, `Only the judge runs in the runner group ${name}`) : mend(code, `Other workflows may use the runner group ${name} of the judge`, "Code of a pull request could read labels, or sign.", `${where}, group ${name}: Workflow access: judge-model.yml at its full commit alone.`)];
	});
}

// core/onboarding/diagnosis-blocks.ts
const icons = {
	mend: "❌ mend",
	"not checked": "⚪ not checked",
	advice: "⚠️ advice",
	ok: "✅ ok"
};
const order = [
	"mend",
	"not checked",
	"advice",
	"ok"
];
/** Worst first: what is to be mended with its reason and fix, what is well in one line each. */
function diagnosisBlocks(diagnoses) {
	const count = (health) => diagnoses.filter((each) => each.health === health).length;
	const headline = count("mend") > 0 ? `❌ ${count("mend")} to mend` : count("not checked") > 0 ? "⚪ Nothing to mend in what could be checked" : "✅ Nothing to mend";
	const sorted = order.flatMap((health) => diagnoses.filter((each) => each.health === health));
	return [paragraph({ strong: `${headline}: ${count("ok")} ok, ${count("advice")} to consider, ${count("not checked")} not checked` }), ...sorted.flatMap(({ health, code, what, why, fix }) => [paragraph({ prose: `${icons[health]} ${code}: ${what}` }), ...health === "ok" ? [] : [{
		kind: "list",
		items: [[{ prose: `Why: ${why}` }], [{ prose: `Fix: ${fix}` }]]
	}]])];
}

// cli/commands/doctor.ts
/** `gatehouse doctor`: what stands between this repository and a gate that holds, each with its fix. Changes nothing. */
const doctorCommand = (program, context) => {
	program.command("doctor").description("Looks for what the gate rests on: files, workflows, rulesets, runners, secrets; each with its fix").option("--github <url>", "ask this repository (default: the remote of the clone, with GITHUB_TOKEN set)").option("--app <id>", "number of your app (default: GATEHOUSE_APP_ID)").option("--offline", "look at this clone alone").option("--json", "print JSON").action((options) => context.run(async () => {
		const diagnoses = await examine(options, context);
		context.print(options.json === true ? JSON.stringify({ diagnoses }, null, 2) : renderText(diagnosisBlocks(diagnoses)));
		return diagnoses.some(({ health }) => health === "mend") ? 1 : 0;
	}));
};
/** What the clone says, then what GitHub says. */
async function examine(options, context) {
	const tree = await readWorkTree(context.cwd, isWanted);
	const files = new Map(tree.paths.map((path) => [path, tree.texts.get(path) ?? ""]));
	for (const path of tree.links) files.delete(path);
	const config = readRepositoryConfig(files);
	const policy = config.policy?.value ?? null;
	const models = [...config.models.values()].map(({ value }) => value);
	const address = await findAddress(options, tree.root);
	return [...[
		...diagnoseMachine({
			git: await gitVersion(tree.root),
			node: process.version,
			offline: context.env.GATEHOUSE_OFFLINE === "true",
			enginePath: context.env.GATEHOUSE_ENGINE_PATH ?? ""
		}),
		...diagnoseFiles(files),
		...policy === null ? [] : diagnosePolicy(policy, models, serverOf(address)),
		...policy === null ? [] : diagnoseCallers(files, policy)
	], ...await examineOnline(options, context, {
		address,
		policy,
		models,
		files
	})];
}
const isWanted = (path) => /^(?:\.github\/(?:gatehouse|workflows\/[^/]+)|datasets\/[^/]+|models\/.+\/(?:model|behaviour|stages))\.ya?ml$/.test(path);
async function examineOnline({ app, offline, github }, { env }, { address, policy, models, files }) {
	if (offline === true) return [notAsked("--offline was given")];
	if (address === null) return [notAsked("the remote of this clone is no GitHub")];
	if (!env.GITHUB_TOKEN && github === void 0) return [notAsked("GITHUB_TOKEN is not set")];
	const settings = await readSettings(createQuietClient(address.apiUrl, env.GITHUB_TOKEN), {
		name: address.name,
		appId: parseAppId(app ?? env.GATEHOUSE_APP_ID),
		branches: policy?.branches ?? [],
		ledgerBranch: policy?.ledger.branch ?? "gatehouse-ledger",
		people: [...Object.values(policy?.roles ?? {}), ...models.map(({ owners }) => owners)].flatMap(({ users, teams }) => [...users, ...teams])
	});
	const ledgerOnBase = settings.governed.some(({ name }) => name === settings.ledger.name);
	const judgeRunner = policy?.judgeRunner ?? "github-hosted";
	return [
		...diagnoseBranches(settings, {
			enforced: policy?.enforce !== false,
			ledgerOnBase
		}),
		...diagnoseActions(settings, {
			trustedRepository: policy?.trusted.judge.path.split("/").slice(0, 2).join("/") ?? "",
			keySecrets: keySecretsOf(files)
		}),
		...diagnosePeople(settings),
		...diagnoseRunners(settings, labelUses(models, files), judgeRunner === "github-hosted" ? null : judgeRunner)
	];
}
const notAsked = (why) => ({
	...unknown("github/settings", "The settings on GitHub were not looked at", why),
	why: `Rulesets, runners and secrets decide whether the gate holds (${why}).`,
	fix: "GITHUB_TOKEN=$(gh auth token) gatehouse doctor --app ID, by an admin of the repository."
});
/** Labels that models name, and those of the job that trains. */
function labelUses(models, files) {
	return [...models.map(({ model, train }) => ({
		file: `models/${model}/model.yml`,
		labels: train.runsOn
	})), ...findRunners({ texts: /* @__PURE__ */ new Map([[".github/workflows/caller.yml", files.get(".github/workflows/gatehouse.yml") ?? ""]]) }).map(({ labels }) => ({
		file: callerPath,
		labels
	}))];
}
async function findAddress({ github }, root) {
	if (github !== void 0) return needRepositoryAddress(github);
	const remote = await remoteUrl(root);
	return remote === null ? null : parseRepositoryAddress(remote);
}
/** `https://github.com` of an API address: a server of one's own has it below the same host. */
const serverOf = (address) => address === null ? null : address.apiUrl === "https://api.github.com" ? "https://github.com" : address.apiUrl.replace(/\/api\/v3$/, "");
async function gitVersion(root) {
	const { code, stdout } = await runGit(root, ["--version"]);
	return code === 0 ? stdout.toString().trim() : null;
}
function parseAppId(text) {
	if (text === void 0 || text === "") return null;
	const id = Number(text);
	if (Number.isSafeInteger(id) && id > 0) return id;
	throw new InputError("APP_ID_MISSING", `"${text}" is no id of an app`, { hint: "Write the number on the app's page, under General." });
}

export { doctorCommand };