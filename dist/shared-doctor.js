import { i as remoteUrl, s as runGit } from "./shared-read.js";
import { n as readWorkTree } from "./shared-work-tree.js";
import { i as parseRepositoryAddress, r as needRepositoryAddress, t as createQuietClient } from "./shared-token-client.js";
import { a as statusOf, r as readGitHub } from "./shared-failure.js";
import { r as readAllPages } from "./shared-paging.js";
import { c as isChecked, x as policyPath, y as modelPath } from "./shared-layout.js";
import { t as readRepositoryConfig } from "./shared-repository.js";
import { r as InputError } from "./shared-error.js";
import { c as callerPath, i as usedPermissions, r as unusedPermissions, s as findRunners } from "./shared-onboarding.js";
import { D as toFinding, M as readSource, N as excerptOf, P as isRecord, j as positionOf } from "./shared-policy-resolution.js";
import { t as isFailure } from "./shared-finding.js";
import { s as load } from "./shared-js-yaml.js";
import { t as checkRepositoryConfig } from "./shared-check.js";
import { t as checkWaivedGates } from "./shared-waived-gate-check.js";
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

// adapters/onboarding/environment.ts
/**
* Reads which branches may use an environment.
* @see https://docs.github.com/rest/deployments/environments#list-environments
*/
const readEnvironment = async (client, repository, name) => ({
	name,
	found: await readAllowed(`environment ${name}`, () => read(client, repository, name))
});
async function read(client, { owner, repo, defaultBranch }, environment_name) {
	const place = {
		owner,
		repo,
		environment_name
	};
	const policy = await readPolicy(client, place);
	if (policy === void 0) return null;
	if (policy === null) return {
		defaultBranch,
		branches: { kind: "all" }
	};
	if (!policy.custom_branch_policies) return {
		defaultBranch,
		branches: { kind: "protected" }
	};
	return {
		defaultBranch,
		branches: {
			kind: "selected",
			names: await readAllPages(`branches of ${environment_name}`, async (page, per_page) => {
				const { data, headers } = await client.request("GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies", {
					...place,
					page,
					per_page
				});
				return {
					items: data.branch_policies.map(({ name, type }) => type === "tag" ? `tag ${name}` : name ?? "?"),
					total: data.total_count,
					link: headers.link
				};
			})
		}
	};
}
/** By the list, which says what is not there; null: every branch, undefined: there is no such environment. */
async function readPolicy(client, place) {
	const found = (await readAllPages("environments", async (page, per_page) => {
		const { data, headers } = await client.request("GET /repos/{owner}/{repo}/environments", {
			owner: place.owner,
			repo: place.repo,
			page,
			per_page
		});
		return {
			items: data.environments ?? [],
			total: data.total_count ?? 0,
			link: headers.link
		};
	})).find(({ name }) => name.toLowerCase() === place.environment_name.toLowerCase());
	return found === void 0 ? void 0 : found.deployment_branch_policy ?? null;
}

// adapters/onboarding/installed-app.ts
/**
* Finds an app among those that an organisation installed; its owners alone may read that.
* @see https://docs.github.com/rest/orgs/orgs#list-app-installations-for-an-organization
*/
const readInstalledApp = (client, org, appId) => readAllowed("installed apps", async () => {
	const found = (await readAllPages("installed apps", async (page, per_page) => {
		const { data, headers } = await client.request("GET /orgs/{org}/installations", {
			org,
			page,
			per_page
		});
		return {
			items: data.installations,
			total: data.total_count,
			link: headers.link
		};
	})).find(({ app_id }) => app_id === appId);
	if (found === void 0) return null;
	const permissions = Object.entries(found.permissions).flatMap(([name, level]) => typeof level === "string" ? [[name, level]] : []);
	return {
		suspended: typeof found.suspended_at === "string",
		permissions: Object.fromEntries(permissions)
	};
});

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
		app: await readApp(client, name.owner, isOrganization ? appId : null),
		rulesets: await readRulesets(client, name, [...governed, ledger]),
		...await readActions(client, name, repository.private),
		...await readSecretNames(client, name, isOrganization),
		repositoryRunners: await readRepositoryRunners(client, name),
		groups: isOrganization ? await readRunnerGroups(client, name) : {
			kind: "read",
			value: []
		},
		people: await readPeople(client, query.people),
		environments: await Promise.all(query.environments.map((each) => readEnvironment(client, {
			...name,
			defaultBranch: repository.default_branch
		}, each)))
	};
}
/** A person's account does not tell what is installed there. */
const readApp = async (client, org, appId) => appId === null ? {
	kind: "hidden",
	why: "GitHub tells it of organizations, and of the app that --app names"
} : readInstalledApp(client, org, appId);
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
		...diagnosePermissions$1(settings, given.trustedRepository, where),
		...diagnoseForks(settings, where),
		...diagnoseKey(settings.repositorySecrets, "repository", settings, given.keySecrets),
		...settings.isOrganization ? diagnoseKey(settings.organizationSecrets, "organization", settings, given.keySecrets) : []
	];
}
function diagnosePermissions$1({ actions, token, repository }, trusted, where) {
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

// core/onboarding/diagnose-app.ts
/** Asked for to show more, never needed. */
const optional = ["organization_self_hosted_runners"];
/** The app as it is installed: there, awake, with what it needs and nothing that it must never hold. */
function diagnoseApp({ app, appId, repository }) {
	const owner = repository.split("/")[0];
	const where = `Settings > GitHub Apps of ${owner}`;
	return judge(app, "app/installed", `Whether the app ${appId ?? ""} is installed`, (installed) => {
		if (installed === null) return [mend("app/installed", `The app ${appId} is not installed for ${owner}`, "Nobody decides, and nothing is recorded.", `Install it from its page, under "Install App", for ${repository}; or name another one with --app ID.`)];
		if (installed.suspended) return [mend("app/installed", `The app ${appId} is suspended`, "Nobody decides, and nothing is recorded.", `${where}: Configure, "Unsuspend".`)];
		return [ok("app/installed", `The app ${appId} is installed`), ...diagnosePermissions(installed, where)];
	});
}
function diagnosePermissions({ permissions }, where) {
	const code = "app/permissions";
	const lacks = Object.entries(usedPermissions).filter(([name]) => !optional.includes(name)).map(([name, why]) => ({
		name,
		level: why.split(":")[0] ?? ""
	})).filter(({ name, level }) => permissions[name] !== level && permissions[name] !== "write");
	const more = unusedPermissions.filter((name) => Object.hasOwn(permissions, name));
	const found = [...lacks.length === 0 ? [] : [mend(code, `The app lacks ${lacks.map(({ name, level }) => `${name}: ${level}`).join(", ")}`, "What it may not read or write ends in a check that says so.", `Grant them on the page of the app, under Permissions, then accept them: ${where}.`)], ...more.length === 0 ? [] : [mend(code, `The app may touch ${more.join(", ")}, which Gatehouse never asks for`, "With its key somebody could change rules, secrets or workflows, and so the gate itself.", "Take them away on the page of the app, under Permissions.")]];
	return found.length > 0 ? found : [ok(code, "The app has the permissions that it needs, and none that it must not have")];
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
	return bound.includes(appId) ? [ok(code, `${branch.name} requires the check "${required}" from the app ${appId}: every pull request to it waits for the app, also one that touches no model`)] : [mend(code, `${branch.name} takes the check "${required}" from the app with id ${bound.join(", ")}, not from ${appId}`, "Another app decides what is merged.", fix)];
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

// core/workflow-lint/workflow.ts
/** Any value as a map; one that is none has no keys. */
const fieldsOf$1 = (value) => isRecord(value) ? value : {};
/** Reads jobs and steps out of a file. @returns null for what is neither a workflow nor an action */
function readWorkflow$1(source, isPublic) {
	const fields = fieldsOf$1(source.value);
	const common = {
		source,
		fields,
		isPublic
	};
	if (isRecord(fields.jobs)) {
		const jobs = Object.entries(fields.jobs).map(([name, job]) => readJob(name, fieldsOf$1(job)));
		const steps = jobs.flatMap((job) => job.steps);
		return {
			kind: "workflow",
			...common,
			events: eventsOf$1(fields.on),
			jobs,
			steps
		};
	}
	if (!isRecord(fields.runs)) return null;
	const steps = readSteps(fields.runs.steps, ["runs", "steps"]);
	return {
		kind: "action",
		...common,
		events: [],
		jobs: [],
		steps
	};
}
function readJob(name, fields) {
	const path = ["jobs", name];
	return {
		name,
		path,
		fields,
		calls: textOf(fields.uses),
		steps: readSteps(fields.steps, [...path, "steps"])
	};
}
function readSteps(value, path) {
	if (!Array.isArray(value)) return [];
	return value.map((step, at) => {
		const fields = fieldsOf$1(step);
		return {
			path: [...path, at],
			fields,
			uses: textOf(fields.uses),
			run: textOf(fields.run)
		};
	});
}
const textOf = (value) => typeof value === "string" ? value : "";
function eventsOf$1(on) {
	if (typeof on === "string") return [on];
	return Array.isArray(on) ? on.map(String) : Object.keys(fieldsOf$1(on));
}

// core/workflow-lint/job.ts
/** Names that GitHub gives. A larger machine has a name that its organisation gave, as a machine of its own has. */
const hosted$1 = /^(?:ubuntu|windows|macos)-(?:latest|\d+(?:\.\d+)?)(?:-(?:arm|large|xlarge))?$/;
/** @see https://docs.github.com/actions/how-tos/write-workflows/choose-where-workflows-run/choose-the-runner-for-a-job */
function machineOf({ "runs-on": runsOn }) {
	const group = fieldsOf$1(runsOn);
	const labels = [group.labels ?? (Array.isArray(runsOn) || typeof runsOn === "string" ? runsOn : [])].flat();
	if (labels.some((label) => String(label).includes("${{"))) return "expression";
	return group.group === void 0 && labels.length === 1 && hosted$1.test(String(labels[0])) ? "hosted" : "own";
}
/** Scopes that a job may write; `write-all` counts as one. */
function writesOf({ permissions }) {
	if (permissions === "write-all") return ["write-all"];
	return Object.entries(fieldsOf$1(permissions)).flatMap(([scope, level]) => level === "write" ? [scope] : []);
}
/** True for a job that may ask for an identity of the run, with steps of its own. */
const canSign = (job) => job.calls === "" && writesOf(job.fields).includes("id-token");
const isCheckout = ({ uses }) => /^actions\/checkout(?:@|$)/i.test(uses);
/** Code that a script brings in itself. */
const fetching = /\bgit\s+(?:-\S+\s+|-C\s+\S+\s+)*(?:fetch|clone|checkout|switch|pull|worktree)\b|\bgh\s+(?:pr|repo)\s+(?:checkout|clone)\b/;
/**
* True for a job on whose machine code of a pull request may run. What lies at the commit of the run itself is governed
* where a workflow runs on a schedule and on pushes only.
*/
const runsProposed = ({ steps }) => steps.some((step) => isCheckout(step) && fieldsOf$1(step.fields.with).ref !== "${{ github.sha }}" || /\/actions\/(?:train|predict)-model@/.test(step.uses) || fetching.test(step.run));

// core/workflow-lint/rules/artipacked.ts
/**
* A checkout leaves the token of the job in `.git/config`, where every later step and every uploaded folder has it.
* @see https://docs.zizmor.sh/audits/#artipacked
*/
const artipacked = {
	name: "artipacked",
	find: ({ steps }) => steps.filter((step) => isCheckout(step) && !isFalse(fieldsOf$1(step.fields.with)["persist-credentials"])).map(({ path }) => ({
		path: [...path, "uses"],
		message: "checkout keeps its credentials: any later step can read the token of the job",
		fix: "Write \"persist-credentials: false\" under \"with:\"."
	}))
};
/** GitHub hands every input on as text. */
const isFalse = (value) => value === false || value === "false";

// core/workflow-lint/text.ts
/** Every text below a value, in the order of the file. */
function textsIn(value, path) {
	if (typeof value === "string") return [{
		path,
		text: value
	}];
	if (Array.isArray(value)) return value.flatMap((item, at) => textsIn(item, [...path, at]));
	return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key])) : [];
}
/**
* Texts that GitHub evaluates: those with `${{`, and every condition. Names are compared without case there, so every
* pattern held against them must be too.
* @see https://docs.github.com/actions/reference/workflows-and-actions/expressions
*/
const expressionsOf = (workflow) => textsIn(workflow.fields, []).filter(({ path, text }) => text.includes("${{") || path.at(-1) === "if");
/** Conditions of jobs and steps. */
const conditionsOf = ({ jobs, steps }) => [...jobs, ...steps].flatMap(({ path, fields }) => typeof fields.if === "string" ? [{
	path: [...path, "if"],
	text: fields.if
}] : []);
/** True when an expression below a value names a secret. What stands in a string of an expression counts, too. */
const namesSecret = (value) => textsIn(value, []).some(({ text }) => text.includes("${{") && /\bsecrets\b/i.test(text));

// core/workflow-lint/rules/bot-conditions.ts
/** Who acted last, which is not who proposed the code: anybody can have a bot push last to a branch of his. */
const actor = /\bgithub\s*(?:\.|\[\s*')\s*(?:triggering_)?actor(?:_id)?\b|\bevent(?:\.pull_request)?\.sender\.(?:login|id)\b/i;
/**
* A condition on who triggered the run can be met by others than the one that is meant.
* @see https://docs.zizmor.sh/audits/#bot-conditions
*/
const botConditions = {
	name: "bot-conditions",
	find: (workflow) => conditionsOf(workflow).flatMap(({ path, text }) => {
		const [found] = actor.exec(text) ?? [];
		return found === void 0 ? [] : [{
			path,
			needle: found,
			message: `a condition trusts ${found}, which names who acted last and not who proposed the code`,
			found,
			fix: "Ask for github.event.pull_request.user.login, or better for nobody: let rules of the branch decide."
		}];
	})
};

// core/workflow-lint/rules/cache-poisoning.ts
/**
* A cache is written by whoever runs code with the token of a run, and what is taken from it is executed: no cache in a
* job that may write, sign or read a secret, and none where something is released.
* @see https://docs.zizmor.sh/audits/#cache-poisoning
*/
const cachePoisoning = {
	name: "cache-poisoning",
	find: (workflow) => workflow.jobs.filter((job) => isPrivileged(workflow, job)).flatMap(({ name, steps }) => steps.filter(usesCache).map(({ path, uses }) => ({
		path: [...path, "uses"],
		message: `job ${name} may write, sign, release or read a secret, and takes files from a cache`,
		found: uses,
		fix: "Remove the cache, or move what needs it to a job without secrets and with reading permissions only."
	})))
};
const isPrivileged = ({ events, fields }, job) => writesOf(job.fields).length > 0 || namesSecret(job.fields) || events.includes("release") || fieldsOf$1(fieldsOf$1(fields.on).push).tags !== void 0;
const caching = /^(?:actions\/cache(?:\/|@)|Swatinem\/rust-cache@)/i;
const switches = [
	"cache",
	"enable-cache",
	"bundler-cache",
	"package-manager-cache"
];
/** setup-node takes a cache on its own where package.json names a package manager, unless it is told not to. */
function usesCache({ uses, fields }) {
	const given = fieldsOf$1(fields.with);
	const off = (key) => [
		"",
		"false",
		"undefined"
	].includes(String(given[key]));
	if (/^actions\/setup-node@/i.test(uses) && String(given["package-manager-cache"]) !== "false") return true;
	return caching.test(uses) || /\/setup-/i.test(uses) && switches.some((key) => !off(key));
}

// core/workflow-lint/rules/concurrency-limits.ts
/**
* Runs of one workflow go side by side unless it says otherwise: they race where they write, and they fill machines of
* the team. Narrower than its model, which asks every workflow: hosted jobs that only read harm nobody.
* @see https://docs.zizmor.sh/audits/#concurrency-limits
*/
const concurrencyLimits = {
	name: "concurrency-limits",
	find: (workflow) => [...missing(workflow), ...unclear(workflow)]
};
function missing(workflow) {
	if (workflow.fields.concurrency !== void 0 || workflow.events.every((name) => name === "workflow_call")) return [];
	const unasked = workflow.events.some((event) => event === "schedule" || event === "push");
	return workflow.jobs.filter((job) => job.fields.concurrency === void 0).filter((job) => isOnOwnMachine(job) || unasked && writesOf(job.fields).some((scope) => scope !== "id-token")).map(({ name, path }) => ({
		path,
		at: "key",
		message: `job ${name} can run many times at once, where it writes or holds a machine of the team`,
		fix: "Write \"concurrency: { group: ..., cancel-in-progress: ... }\" at the job, or above \"jobs:\"."
	}));
}
const isOnOwnMachine = (job) => job.calls === "" && machineOf(job.fields) !== "hosted";
function unclear({ fields, jobs }) {
	return [...ofGroup([], fields.concurrency), ...jobs.flatMap(({ path, fields: job }) => ofGroup(path, job.concurrency))];
}
function ofGroup(above, value) {
	if (value === void 0) return [];
	const place = {
		path: [...above, "concurrency"],
		at: "key"
	};
	const { group = value, "cancel-in-progress": cancel } = fieldsOf$1(value);
	if (cancel === void 0) return [{
		...place,
		message: "a newer run neither ends the older one nor is said to wait for it",
		fix: "Write \"cancel-in-progress: true\", or false where the older run must come to its end."
	}];
	if (cancel === false || !/head_ref|head\.ref/i.test(String(group))) return [];
	return [{
		...place,
		message: "the group is called like a branch, which a fork may call as it likes: its run ends those of others",
		found: String(group),
		fix: "Use github.event.pull_request.number in the group."
	}];
}

// core/workflow-lint/rules/dangerous-triggers.ts
const refused = ["pull_request_target", "workflow_run"];
/** Written by strangers, run with the token and the secrets of the base: safe only as long as no code of theirs runs. */
const ofStrangers = [
	"issue_comment",
	"issues",
	"discussion",
	"discussion_comment"
];
/**
* Events that give the token and the secrets of the base to a run that a stranger starts.
* @see https://docs.zizmor.sh/audits/#dangerous-triggers
* @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
*/
const dangerousTriggers = {
	name: "dangerous-triggers",
	find: (workflow) => [...workflow.events.filter((event) => refused.includes(event)).map((event) => ({
		path: isNamed(workflow, event) ? ["on", event] : ["on"],
		at: "key",
		message: `${event} runs with the secrets and the token of the base, also for a stranger`,
		found: event,
		fix: "Use pull_request, or have a workflow called by workflow_call."
	})), ...workflow.events.some((event) => ofStrangers.includes(event)) ? meetings(workflow) : []]
};
const isNamed = ({ fields }, event) => event in fieldsOf$1(fields.on);
function meetings({ jobs }) {
	return jobs.flatMap(({ name, path, fields, calls, steps }) => [...steps.filter((step) => isCheckout(step) && fieldsOf$1(step.fields.with).ref !== void 0).map((step) => ({
		path: [
			...step.path,
			"with",
			"ref"
		],
		message: `job ${name} runs for a stranger with the token of the base, and checks out what is asked for`,
		fix: "Check out nothing but the default branch, without \"ref\"."
	})), ...calls === "" && machineOf(fields) !== "hosted" ? [{
		path: [...path, "runs-on"],
		message: `job ${name} lets a stranger start a run on a machine of the team`,
		fix: "Run it on a hosted machine."
	}] : []]);
}

// core/workflow-lint/rules/excessive-permissions.ts
/** What a job of ours, or one that calls us, may write. Into branches, packages and deployments only the app writes. */
const writable = /* @__PURE__ */ new Set([
	"id-token",
	"issues",
	"pull-requests",
	"checks",
	"actions",
	"attestations"
]);
/** GitHub has one permission for branches and releases: the job that leaves the ledger's anchor in a release needs it. */
const anchoring = /\/(?:\.github\/workflows\/anchor-ledger\.yml|actions\/anchor-ledger)@/;
/** Nothing else may run where that permission is. */
const isAnchoring = ({ calls, steps }) => steps.length === 0 ? anchoring.test(calls) : steps.length === 1 && steps.every(({ uses }) => anchoring.test(uses));
/**
* Nothing is granted to all jobs, and each job says what it needs.
* @see https://docs.zizmor.sh/audits/#excessive-permissions
*/
const excessivePermissions = {
	name: "excessive-permissions",
	find: ({ kind, fields, jobs }) => kind === "action" ? [] : [...top(fields.permissions), ...jobs.flatMap(ofJob$2)]
};
function top(permissions) {
	if (isRecord(permissions) && Object.keys(permissions).length === 0) return [];
	return [{
		path: permissions === void 0 ? [] : ["permissions"],
		at: "key",
		message: "permissions at the top are not {}: a job that names none gets them",
		fix: "Write \"permissions: {}\" above \"jobs:\"."
	}];
}
function ofJob$2(job) {
	const { name, path, fields } = job;
	const { permissions } = fields;
	if (!isRecord(permissions)) {
		const found = permissions === void 0 ? "nothing" : String(permissions);
		return [{
			path: permissions === void 0 ? path : [...path, "permissions"],
			at: "key",
			message: `job ${name} has no permissions of its own, scope by scope`,
			found,
			fix: "Write \"permissions: { contents: read }\" at the job, and what else it needs."
		}];
	}
	return writesOf(fields).filter((scope) => !writable.has(scope) && !(scope === "contents" && isAnchoring(job))).map((scope) => ({
		path: [
			...path,
			"permissions",
			scope
		],
		message: `job ${name} may write ${scope}, which only the app does`,
		found: `${scope}: write`,
		fix: `Write "${scope}: read", or remove the line.`
	}));
}

// core/workflow-lint/rules/exposed-secrets.ts
const ours = /^gatehouse\/gatehouse\/(?:actions\/[a-z-]+|bot)@/;
/** Pull-request code may read what its machine holds, also what an earlier step was given: secrets stay out of its job. */
const exposedSecrets = {
	name: "exposed-secrets",
	find: (workflow) => workflow.jobs.flatMap((job) => ofJob$1(job, workflow))
};
function ofJob$1(job, { isPublic }) {
	const isProposed = runsProposed(job);
	return job.steps.flatMap(({ path, fields, uses }) => {
		const key = ["env", "with"].find((name) => namesSecret(fields[name]));
		if (key === void 0) return [];
		if (isProposed) return [{
			path: [...path, key],
			at: "key",
			message: `job ${job.name} gives a secret to a job that runs code of the pull request`,
			fix: "Move the step that needs the secret to a job of its own, which checks nothing out."
		}];
		if (!isPublic || ours.test(uses)) return [];
		return [{
			path: [...path, key],
			at: "key",
			message: `job ${job.name} gives a secret of the caller to a step that is not ours`,
			fix: "Give it to actions of Gatehouse only."
		}];
	});
}

// core/workflow-lint/rules/github-env.ts
const written = /\bGITHUB_(?:ENV|PATH)\b|\b(?:exportVariable|addPath)\b/;
/**
* What a step writes there is in the environment of every later step: a variable such as LD_PRELOAD or NODE_OPTIONS, or
* another program of the same name, runs code with their secrets. Nothing of ours needs it, so it is refused altogether.
* @see https://docs.zizmor.sh/audits/#github-env
*/
const githubEnv = {
	name: "github-env",
	find: ({ steps }) => steps.flatMap(({ path, run, fields }) => [{
		at: [...path, "run"],
		text: run
	}, {
		at: [
			...path,
			"with",
			"script"
		],
		text: String(fieldsOf$1(fields.with).script ?? "")
	}].flatMap(({ at, text }) => {
		const [found] = written.exec(text) ?? [];
		return found === void 0 ? [] : [{
			path: at,
			needle: found,
			message: `a step changes the environment of all later steps (${found})`,
			found,
			fix: "Hand the value on as an output, in \"$GITHUB_OUTPUT\", and name it where it is needed."
		}];
	}))
};

// core/workflow-lint/rules/hardcoded-credentials.ts
const secretName = /(?:password|passwd|secret|token|api[-_]?key|access[-_]?key(?:[-_]?id)?|private[-_]?key)$/i;
/** Beginnings that issuers give to their keys so that they can be found. @see https://docs.github.com/code-security */
const issued = /\bgh[pousr]_\w{20}|\bgithub_pat_\w{20}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY/;
/**
* A password, token or key that stands in the file itself: whoever reads the repository has it.
* @see https://docs.zizmor.sh/audits/#hardcoded-container-credentials
*/
const hardcodedCredentials = {
	name: "hardcoded-credentials",
	find: (workflow) => [...textsIn(workflow.fields, []).filter(({ text }) => issued.test(text)).map(({ path, text }) => ({
		...flawAt(path),
		needle: (issued.exec(text)?.[0] ?? "").slice(0, 4)
	})), ...named$2(workflow)]
};
function named$2({ fields, jobs, steps }) {
	return [
		[["env"], fields.env],
		...jobs.flatMap(({ path, fields: job }) => [
			[[...path, "env"], job.env],
			[[...path, "with"], job.with],
			[[...path, "secrets"], job.secrets],
			[[
				...path,
				"container",
				"credentials"
			], fieldsOf$1(fieldsOf$1(job.container).credentials)],
			...Object.entries(fieldsOf$1(job.services)).map(([name, service]) => [[
				...path,
				"services",
				name,
				"credentials"
			], fieldsOf$1(fieldsOf$1(service).credentials)])
		]),
		...steps.flatMap(({ path, fields: step }) => [[[...path, "env"], step.env], [[...path, "with"], step.with]])
	].flatMap(([path, map]) => Object.entries(fieldsOf$1(map)).filter(([key, value]) => secretName.test(key) && isLiteral(value)).map(([key]) => flawAt([...path, key])));
}
const isLiteral = (value) => typeof value === "string" && value !== "" && !value.includes("${{") || typeof value === "number";
const flawAt = (path) => ({
	path,
	isHidden: true,
	message: `${String(path.at(-1))} stands in the file, for everybody who can read the repository`,
	fix: "Revoke it, keep the new one as a secret and write \"${{ secrets.NAME }}\"."
});

// core/workflow-lint/rules/insecure-commands.ts
const opening = "ACTIONS_ALLOW_UNSECURE_COMMANDS";
const old = /::(?:set-env|add-path|set-output|save-state)\b/;
/**
* Commands in what a program prints: text of a stranger that reaches the log would be obeyed.
* @see https://docs.zizmor.sh/audits/#insecure-commands
*/
const insecureCommands = {
	name: "insecure-commands",
	find: ({ fields, jobs, steps }) => [...[
		{
			path: [],
			fields
		},
		...jobs,
		...steps
	].flatMap((place) => Object.keys(fieldsOf$1(place.fields.env)).some((key) => key.toUpperCase() === opening) ? [{
		path: [...place.path, "env"],
		at: "key",
		needle: opening,
		message: "commands that anybody can print are obeyed again",
		found: opening,
		fix: `Remove ${opening}: write to "$GITHUB_OUTPUT" instead.`
	}] : []), ...steps.flatMap(({ path, fields: step }) => textsIn({
		run: step.run,
		with: step.with
	}, path).flatMap(({ path: at, text }) => {
		const [found] = old.exec(text) ?? [];
		return found === void 0 ? [] : [{
			path: at,
			needle: found,
			message: `the command ${found} is printed, which GitHub no longer obeys because anybody could print it`,
			found,
			fix: "Write to \"$GITHUB_OUTPUT\" instead."
		}];
	}))]
};

// core/workflow-lint/rules/overprovisioned-secrets.ts
/** All secrets at once, or one whose name is known only when it runs: the runner is then given every one. */
const everySecret = /\btojson\s*\(\s*secrets\s*\)|\bsecrets\s*\.\s*\*|\bsecrets\s*\[\s*(?!')/i;
/**
* A secret goes to the step that needs it, by its name.
* @see https://docs.zizmor.sh/audits/#overprovisioned-secrets
*/
const overprovisionedSecrets = {
	name: "overprovisioned-secrets",
	find: (workflow) => [
		...everything(workflow),
		...ofEnvironment([], workflow.fields, "every job"),
		...workflow.jobs.flatMap(({ path, fields, name }) => ofEnvironment(path, fields, `every step of job ${name}`))
	]
};
const everything = (workflow) => expressionsOf(workflow).flatMap(({ path, text }) => {
	const [found] = everySecret.exec(text) ?? [];
	return found === void 0 ? [] : [{
		path,
		needle: found,
		message: "the machine is given every secret, not the one that is needed",
		found,
		fix: "Name the one secret: ${{ secrets.NAME }}."
	}];
});
const ofEnvironment = (path, { env }, who) => namesSecret(env) ? [{
	path: [...path, "env"],
	at: "key",
	message: `${who} gets a secret`,
	fix: "Move it to the env of the step that needs it."
}] : [];

// core/workflow-lint/rules/ref-confusion.ts
const branch = /\bgithub\.(?:head_ref|ref_name|base_ref)\b|\b(?:head|base)\.ref\b/i;
/**
* A name of a branch may be the name of a tag as well, and moves between two jobs of one run: what was checked and what
* runs can differ. A commit says one thing. An action that one file uses at two commits has one that nobody looked at.
* @see https://docs.zizmor.sh/audits/#ref-confusion
*/
const refConfusion = {
	name: "ref-confusion",
	find: (workflow) => [...checkouts(workflow), ...twice(workflow)]
};
function checkouts({ steps }) {
	return steps.filter(isCheckout).flatMap((step) => {
		const ref = String(fieldsOf$1(step.fields.with).ref ?? "");
		const [found] = branch.exec(ref) ?? [];
		return found === void 0 ? [] : [{
			path: [
				...step.path,
				"with",
				"ref"
			],
			message: `a branch is checked out by its name (${found}), which can move while the run goes on`,
			found: ref,
			fix: "Name the commit: github.event.pull_request.head.sha or github.sha."
		}];
	});
}
function twice({ steps, jobs }) {
	const first = /* @__PURE__ */ new Map();
	return [...steps, ...jobs.map(({ path, calls }) => ({
		path,
		uses: calls
	}))].flatMap(({ path, uses: text }) => {
		const [action = "", ref] = text.split("@");
		const name = action.split("/").slice(0, 2).join("/").toLowerCase();
		if (ref === void 0 || text.startsWith("docker://")) return [];
		const known = first.get(name) ?? ref;
		first.set(name, known);
		return known === ref ? [] : [{
			path: [...path, "uses"],
			message: `${name} is used at two commits in one file`,
			found: ref,
			fix: `Use ${known} in both places, or the newer of the two.`
		}];
	});
}

// core/workflow-lint/rules/secrets-inherit.ts
/**
* A called workflow is given the secrets that it asks for, by name, and no others.
* @see https://docs.zizmor.sh/audits/#secrets-inherit
*/
const secretsInherit = {
	name: "secrets-inherit",
	find: ({ jobs }) => jobs.filter(({ fields }) => fields.secrets === "inherit").map(({ name, path }) => ({
		path: [...path, "secrets"],
		message: `job ${name} inherits every secret`,
		fix: "Name each secret under \"secrets:\"."
	}))
};

// core/workflow-lint/rules/self-hosted-runner.ts
/**
* A machine of the team outlives the job: what pull-request code leaves there meets the next one. So no job on it may
* write, and a workflow that others call uses one only where an input says so.
* @see https://docs.zizmor.sh/audits/#self-hosted-runner
*/
const selfHostedRunner = {
	name: "self-hosted-runner",
	find: (workflow) => workflow.jobs.filter(({ calls }) => calls === "").flatMap((job) => ofJob(job, workflow))
};
function ofJob({ name, path, fields }, workflow) {
	const machine = machineOf(fields);
	if (machine === "hosted") return [];
	const place = {
		path: fields["runs-on"] === void 0 ? path : [...path, "runs-on"],
		at: "key"
	};
	const writes = writesOf(fields);
	if (writes.length > 0) return [{
		...place,
		message: `job ${name} may write ${writes.join(", ")} on a machine that is not named literally as a hosted one`,
		fix: "Write \"runs-on: ubuntu-latest\", or give it reading permissions only."
	}];
	if (!(workflow.isPublic && workflow.events.includes("workflow_call")) || machine === "expression" && isChosenByCaller(fields, workflow)) return [];
	return [{
		...place,
		message: `job ${name} of a workflow that others call runs on a machine that the caller did not choose`,
		fix: "Let an input say it, with a hosted machine as its default."
	}];
}
/** `${{ inputs.x }}` or `${{ fromJSON(inputs.x) }}`. For a job with secrets a hosted machine must be its default. */
function isChosenByCaller(job, { fields }) {
	const runsOn = job["runs-on"];
	const [, name] = /^\$\{\{\s*(?:fromJSON\(\s*)?inputs\.([\w-]+)\s*\)?\s*\}\}$/.exec(typeof runsOn === "string" ? runsOn : "") ?? [];
	if (name === void 0 || !namesSecret(job)) return name !== void 0;
	const call = fieldsOf$1(fieldsOf$1(fields.on).workflow_call);
	const text = String(fieldsOf$1(fieldsOf$1(call.inputs)[name]).default ?? "");
	const [, label = text] = /^\["([^"]*)"\]$/.exec(text) ?? [];
	return machineOf({ "runs-on": label }) === "hosted";
}

// core/workflow-lint/rules/signer-isolation.ts
/** Programs that run whatever lies in the folder: a shell of its own, an interpreter, a build tool, a path. */
const program = /\b(?:node|npm|npx|python3?|pip|uv|bash|sh|make|docker)\b|\.\//;
/**
* A job that can ask for the identity of the run proves what was judged. It runs nothing but our bundled actions and the
* upload of what they made, on a machine of GitHub.
*/
const signerIsolation = {
	name: "signer-isolation",
	find: ({ jobs }) => jobs.filter(canSign).flatMap(ofSigner)
};
function ofSigner({ name, path, fields, steps }) {
	return [...machineOf(fields) === "hosted" ? [] : [{
		path: fields["runs-on"] === void 0 ? path : [...path, "runs-on"],
		at: "key",
		message: `job ${name} signs on a machine that is not named literally as a hosted one`,
		fix: "Write \"runs-on: ubuntu-latest\"."
	}], ...steps.flatMap((step) => ofStep(name, step))];
}
function ofStep(name, step) {
	const what = isCheckout(step) ? "checks out code" : /^actions\/(?:cache|setup-)/i.test(step.uses) ? `uses ${step.uses}` : program.test(step.run) ? "runs a program" : null;
	if (what === null) return [];
	return [{
		path: [...step.path, step.uses === "" ? "run" : "uses"],
		message: `job ${name} signs and ${what}`,
		fix: "Move the step to a job without \"id-token: write\"."
	}];
}

// core/workflow-lint/rules/template-injection.ts
/**
* GitHub puts the value of an expression into a script before any shell reads it, so a value with a quote or a `;` in it
* becomes code. Stricter than its model: no expression at all, so that nobody has to know which values are harmless.
* @see https://docs.zizmor.sh/audits/#template-injection
* @see https://securitylab.github.com/resources/github-actions-untrusted-input/
*/
const templateInjection = {
	name: "template-injection",
	find: ({ steps }) => steps.flatMap(({ path, fields }) => [
		{
			at: [...path, "run"],
			text: fields.run
		},
		{
			at: [...path, "shell"],
			text: fields.shell
		},
		{
			at: [
				...path,
				"with",
				"script"
			],
			text: fieldsOf$1(fields.with).script
		}
	].filter(({ text }) => typeof text === "string" && text.includes("${{")).map(({ at }) => ({
		path: at,
		needle: "${{",
		message: "an expression inside run: its value becomes code of the script",
		fix: "Give the value to \"env:\" of the step and write \"$NAME\" in the script."
	})))
};

// core/workflow-lint/rules/time-limits.ts
/** A job without a limit holds a machine for six hours, and one of the team for five days. @see https://docs.github.com/actions/reference/limits */
const timeLimits = {
	name: "time-limits",
	find: ({ jobs }) => jobs.filter(({ calls, fields }) => calls === "" && fields["timeout-minutes"] === void 0).map(({ name, path }) => ({
		path,
		at: "key",
		message: `job ${name} has no time limit`,
		fix: "Write \"timeout-minutes: ...\" at the job."
	}))
};

// core/workflow-lint/rules/undocumented-permissions.ts
/**
* A permission to write says in a comment what it is for, so that the next person knows when it can go. Narrower than its
* model, which asks for reading too: the jobs of ours that read are many, and what they read harms nobody.
* @see https://docs.zizmor.sh/audits/#undocumented-permissions
*/
const undocumentedPermissions = {
	name: "undocumented-permissions",
	find: (workflow) => workflow.jobs.flatMap((job) => writesOf(job.fields).filter((scope) => scope !== "write-all" && !isDocumented(workflow, job, scope)).map((scope) => ({
		path: [
			...job.path,
			"permissions",
			scope
		],
		at: "key",
		message: `job ${job.name} may write ${scope}, and nothing says why`,
		found: `${scope}: write`,
		fix: `Write a comment behind or above "${scope}: write".`
	})))
};
/** On its line, directly above it, or directly above the permissions. */
function isDocumented({ source }, { path }, scope) {
	const lineOf = (...keys) => positionOf(source, [...path, ...keys], "key").line ?? 0;
	const [key, above] = [lineOf("permissions", scope), lineOf("permissions") - 1];
	const text = (line) => source.lines[line - 1] ?? "";
	const isComment = (line) => /^\s*#\s*\S/.test(text(line));
	return /\s#\s*\S/.test(text(key)) || isComment(key - 1) || isComment(above);
}

// core/workflow-lint/rules/unpinned-uses.ts
/**
* A tag or a branch can be moved to other code; a commit and a digest cannot. A commit of a stranger's fork looks like
* one of the action itself, so a pin also says the version that it is held to be, for the person who compares the two.
* @see https://docs.zizmor.sh/audits/#unpinned-uses
* @see https://docs.zizmor.sh/audits/#impostor-commit
*/
const unpinnedUses = {
	name: "unpinned-uses",
	find: (workflow) => [...usesOf(workflow).flatMap(({ path, uses }) => ofUse(workflow, path, uses)), ...imagesOf(workflow).filter(({ image }) => !isDigest(image)).map(({ path, image }) => ({
		path,
		message: `the image ${image} is not pinned by digest`,
		found: image,
		fix: "Write image@sha256:<digest>."
	}))]
};
const usesOf = ({ steps, jobs }) => [...steps, ...jobs.map(({ path, calls }) => ({
	path,
	uses: calls
}))].filter(({ uses }) => uses !== "").map(({ path, uses }) => ({
	path: [...path, "uses"],
	uses
}));
function ofUse({ source }, path, uses) {
	if (uses.startsWith("./")) return [];
	const isImage = uses.startsWith("docker://");
	if (isImage ? !isDigest(uses) : !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses)) return [{
		path,
		message: `${uses} is not pinned by ${isImage ? "digest" : "commit"}`,
		found: uses,
		fix: isImage ? "Write docker://image@sha256:<digest>." : "Write the whole commit, 40 digits in lower case."
	}];
	const line = source.lines[(positionOf(source, path, "value").line ?? 1) - 1] ?? "";
	if (isImage || /^[\w.-]+\/gatehouse[/@]/.test(uses) || /#\s*v?\d/.test(line)) return [];
	return [{
		path,
		message: `${uses} does not say which version it is: a commit of a fork looks the same`,
		found: uses,
		fix: "Write the version behind it, as \"# v6.0.1\"."
	}];
}
const isDigest = (image) => /@sha256:[0-9a-f]{64}$/.test(image);
function imagesOf({ kind, fields, jobs }) {
	const { using, image } = fieldsOf$1(fields.runs);
	return [...kind === "action" && using === "docker" && image !== "Dockerfile" ? [{
		path: ["runs", "image"],
		image: String(image)
	}] : [], ...jobs.flatMap(({ path, fields: job }) => [...placed([...path, "container"], job.container), ...Object.entries(fieldsOf$1(job.services)).flatMap(([name, service]) => placed([
		...path,
		"services",
		name
	], service))])];
}
function placed(path, container) {
	if (typeof container === "string") return [{
		path,
		image: container
	}];
	const { image } = fieldsOf$1(container);
	return image === void 0 ? [] : [{
		path: [...path, "image"],
		image: String(image)
	}];
}

// core/workflow-lint/rules/unredacted-secrets.ts
/**
* Logs hide a secret as it is written. A part taken out of one is another text, and stays readable.
* @see https://docs.zizmor.sh/audits/#unredacted-secrets
*/
const unredactedSecrets = {
	name: "unredacted-secrets",
	find: (workflow) => expressionsOf(workflow).filter(({ text }) => /\bfromjson\s*\(\s*secrets\b/i.test(text)).map(({ path }) => ({
		path,
		message: "a part of a secret is taken out, which logs do not hide",
		fix: "Keep each part as a secret of its own."
	}))
};

// core/workflow-lint/rules/unsound-condition.ts
/**
* A condition with anything outside of its one `${{ }}`, be it the line break at the end of a block, is a text, and
* every text is true.
* @see https://docs.zizmor.sh/audits/#unsound-condition
*/
const unsoundCondition = {
	name: "unsound-condition",
	find: (workflow) => conditionsOf(workflow).filter(({ text }) => text.includes("${{") && !isOne(text)).map(({ path, text }) => ({
		path,
		message: "the condition is always true: there is text outside of ${{ }}",
		found: text.trim().slice(0, 200),
		fix: "Write the whole condition inside one ${{ }}, in a block with \">-\" and not with \"|\"."
	}))
};
const isOne = (text) => /^\$\{\{[\s\S]*\}\}$/.test(text) && text.lastIndexOf("${{") === 0;

// core/workflow-lint/rules/unsound-contains.ts
const inText = /\bcontains\s*\(\s*'(?:[^']|'')*'\s*,/i;
/**
* `contains` of a text asks for a part of it: a branch called `mai` is in 'main develop', and so is an empty value.
* @see https://docs.zizmor.sh/audits/#unsound-contains
*/
const unsoundContains = {
	name: "unsound-contains",
	find: (workflow) => expressionsOf(workflow).flatMap(({ path, text }) => {
		const [found] = inText.exec(text) ?? [];
		return found === void 0 ? [] : [{
			path,
			needle: found,
			message: "contains asks whether the value is a part of a text, not whether it is in a list",
			found,
			fix: `Write contains(fromJSON('["one", "two"]'), ...).`
		}];
	})
};

// core/workflow-lint/rules.ts
/** Every rule, by name. */
const rules = [
	artipacked,
	botConditions,
	cachePoisoning,
	concurrencyLimits,
	dangerousTriggers,
	excessivePermissions,
	exposedSecrets,
	githubEnv,
	hardcodedCredentials,
	insecureCommands,
	overprovisionedSecrets,
	refConfusion,
	secretsInherit,
	selfHostedRunner,
	signerIsolation,
	templateInjection,
	timeLimits,
	undocumentedPermissions,
	unpinnedUses,
	unredactedSecrets,
	unsoundCondition,
	unsoundContains
];

// core/workflow-lint/workflow-lint.ts
/**
* Finds what is unsafe in a workflow or in the metadata of an action. Stricter than GitHub: what cannot be read, or what
* two YAML readers understand differently, is a finding too.
* @param file path for the findings
* @param options.isPublic other repositories call this workflow
* @returns no finding for a file that breaks no rule
* @see https://docs.zizmor.sh/audits/ whose names the rules bear where they mean the same
*/
function lintWorkflow(text, file, { isPublic = false } = {}) {
	const read = readSource(text, file);
	if (read.kind === "unreadable") return read.findings;
	const unclear = read.findings.filter((finding) => isFailure(finding) && !isEventKey(finding));
	const workflow = readWorkflow$1(read.source, isPublic);
	if (workflow === null) return [...unclear, neither(file)];
	return [...unclear, ...rules.flatMap((rule) => rule.find(workflow).map((flaw) => findingOf(read.source, rule, flaw)))];
}
/** YAML 1.1 takes the key `on` for true. GitHub reads YAML 1.2 and gave the key its name. */
const isEventKey = ({ code, where }) => code === "config/ambiguous" && where?.pointer === "/on";
const neither = (file) => ({
	code: "workflow/shape",
	severity: "fail",
	message: `${file} is neither a workflow nor an action: it has no map "jobs" and no map "runs"`,
	where: {
		file,
		line: 1,
		column: 1,
		pointer: ""
	},
	fix: "Write \"jobs:\" with a map of jobs."
});
function findingOf(source, rule, { needle, isHidden, ...flaw }) {
	const { excerpt, ...finding } = toFinding(source, {
		code: `workflow/${rule.name}`,
		...flaw
	});
	const line = needle === void 0 ? null : lineOf(source, finding.where, needle);
	if (line === null) return {
		...finding,
		...isHidden || excerpt === void 0 ? {} : { excerpt }
	};
	const column = (source.lines[line - 1] ?? "").indexOf(needle ?? "") + 1;
	return {
		...finding,
		where: {
			file: source.file,
			...finding.where,
			line,
			column
		},
		...isHidden ? {} : { excerpt: excerptOf(source.lines, line) }
	};
}
/** First line from the beginning of a value on which a text of it stands. */
function lineOf({ lines }, where, needle) {
	const from = (where?.line ?? 1) - 1;
	const at = lines.findIndex((line, index) => index >= from && line.includes(needle));
	return at < 0 ? null : at + 1;
}

// core/onboarding/diagnose-workflows.ts
/** Most findings that are named one by one. */
const mostNamed$1 = 20;
/** What keeps a workflow readable and cheap; nobody gets past the gate by it. */
const matters = /* @__PURE__ */ new Set([
	"concurrency-limits",
	"time-limits",
	"undocumented-permissions"
]);
/**
* Holds the team's own workflows against the rules that ours keep. What calls Gatehouse is to be mended: it hands on
* artifacts, and grants the permissions that the gate rests on. Everything else is advice.
* @param repository whose workflows and actions are Gatehouse's, as the policy names it: `acme/gatehouse`
* @see https://docs.zizmor.sh/audits/ whose names the rules bear where they mean the same
*/
function diagnoseWorkflows(files, repository) {
	const workflows = [...files].filter(([path]) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
	const found = workflows.flatMap(([path, text]) => groupFindings(lintWorkflow(text, path)).map((same) => toDiagnosis(same, callsOurs(text, repository))));
	if (found.length > 0) return named$1(found);
	if (workflows.length === 0) return [];
	return [ok("workflow/rules", `${workflows.length === 1 ? "1 workflow breaks" : `${workflows.length} workflows break`} no rule of workflow safety`)];
}
/** Case does not matter to GitHub in the name of a repository. */
const callsOurs = (text, repository) => repository !== "" && text.toLowerCase().includes(`${repository.toLowerCase()}/`);
/** One rule that is broken the same way in several lines of a file is one fault. */
function groupFindings(findings) {
	const groups = /* @__PURE__ */ new Map();
	for (const finding of findings) {
		const key = [
			finding.code,
			finding.message,
			finding.found,
			finding.fix
		].join("\0");
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [finding]);
		else group.push(finding);
	}
	return [...groups.values()];
}
function toDiagnosis([{ code, message, where, fix, found }, ...more], isCaller) {
	const place = [where?.file, where?.line].filter((part) => part !== void 0).join(":");
	const lines = more.flatMap((each) => each.where?.line ?? []);
	const also = lines.length === 0 ? "" : `; also in line ${lines.slice(0, mostNamed$1).join(", ")}`;
	const what = `${place}: ${message}${found === void 0 ? "" : ` (${found})`}${also}`;
	const rule = code.replace(/^workflow\//, "");
	const about = {
		about: aboutRule(where?.file ?? "", rule),
		precise: true
	};
	if (isCaller && !matters.has(rule)) return {
		...mend(code, what, "This workflow calls Gatehouse: the gate rests on what it grants and runs.", fix),
		...about
	};
	return {
		...advise(code, what, "Workflows are code that runs with the rights of the repository.", fix),
		...about
	};
}
/** What a rule of workflow safety finds in a file; a look of another kind may find the same. */
const aboutRule = (path, rule) => `${path} ${rule}`;
/** What is to be mended comes first, so that a long list of advice does not hide it. */
function named$1(all) {
	const sorted = ["mend", "advice"].flatMap((health) => all.filter((each) => each.health === health));
	const rest = sorted.slice(mostNamed$1);
	if (rest.length === 0) return sorted;
	const more = rest.some(({ health }) => health === "mend") ? mend : advise;
	return [...sorted.slice(0, mostNamed$1), more("workflow/more", `And ${rest.length} more of the kind`, "As above.", "Mend those above, and run it again.")];
}

// core/onboarding/workflow-fields.ts
/** A workflow of the repository as GitHub reads it; null: no workflow, or one that cannot be read. */
function readWorkflow(path, text) {
	if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return null;
	try {
		return fieldsOf(load(text, { maxAliases: 100 }));
	} catch {
		return null;
	}
}
const fieldsOf = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
/** What starts a workflow. */
function eventsOf({ on }) {
	if (typeof on === "string") return [on];
	return Array.isArray(on) ? on.filter((event) => typeof event === "string") : Object.keys(fieldsOf(on));
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
		const value = readWorkflow(path, text);
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
	return [{
		...mend(code, `${path} has no "permissions: {}" at its top`, "A job that names none gets those of the repository; training runs code of the pull request.", `Write "permissions: {}" above "jobs:" of ${path}.`),
		about: aboutRule(path, "excessive-permissions")
	}];
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
		if (events.length > 0) return [{
			...mend("caller/exposed", `Job ${name} of ${path} runs on your own machines for ${events.join(", ")}`, "Your own machines then run it with the token and the secrets of the base, also for a stranger.", `Let ${path} run on pull_request, or the job on a hosted runner.`),
			about: aboutRule(path, "dangerous-triggers")
		}];
		if (!(Array.isArray(job.steps) ? job.steps.map(fieldsOf) : []).some((step) => typeof step.uses === "string" && step.uses.startsWith("actions/checkout@") && String(fieldsOf(step.with)["persist-credentials"]) !== "false") || !eventsOf(workflow).includes("pull_request")) return [];
		return [{
			...mend("caller/credentials", `Job ${name} of ${path} leaves a token in the checkout of your own machine`, "On your own machine code of the pull request can read it, and the next job there as well.", "Write \"with: { persist-credentials: false }\" at actions/checkout."),
			about: aboutRule(path, "artipacked")
		}];
	});
}
function isOwnMachine(runsOn) {
	const labels = typeof runsOn === "string" ? [runsOn] : Array.isArray(runsOn) ? runsOn : fieldsOf(runsOn).labels;
	if (fieldsOf(runsOn).group !== void 0) return true;
	return [labels].flat().some((label) => label === "self-hosted");
}

// core/onboarding/diagnose-files.ts
/** Most findings and gaps that are named one by one. */
const mostNamed = 20;
/**
* What the files of the clone say: mistakes, placeholders, gaps that `gatehouse init` left, and whether it enforces.
* @param files every path with the text of Gatehouse's files and workflows
*/
function diagnoseFiles(files) {
	const findings = [...checkRepositoryConfig(files), ...checkWaivedGates(readRepositoryConfig(files))].filter(({ severity, code }) => severity === "fail" || code === "config/placeholder");
	const pins = findings.filter(({ code }) => code.startsWith("config/caller-"));
	const others = findings.filter((finding) => !pins.includes(finding));
	return [
		...others.length === 0 ? [ok("files/check", "gatehouse check passes")] : named(others.map((finding) => fromFinding("files/check", finding)), "files/check"),
		...pins.length === 0 ? files.has(".github/gatehouse.yml") && !others.some(isPlaceholderPin) ? [ok("files/pins", "The workflows are called at commits that the policy trusts")] : [] : pins.map((finding) => fromFinding("files/pins", finding)),
		...named([...files].flatMap(gapsOf), "files/todo")
	];
}
/** A workflow at a commit of zeros is at the one that the policy names, and that is none. */
const isPlaceholderPin = ({ code, where }) => code === "config/placeholder" && where?.file === ".github/gatehouse.yml";
/** What the policy itself says about how much of it holds. */
function diagnosePolicy(policy, models, server) {
	const places = ["store", "data"].filter((key) => /\.invalid(?:[:/]|$)/.test(policy[key]));
	const labels = models.filter(({ heldOut }) => /\.invalid(?:[:/]|$)/.test(heldOut.labels.url));
	const isGhes = server !== null && !/^https:\/\/(?:github\.com|[\w-]+\.ghe\.com)\/?$/.test(server);
	return [
		policy.enforce === false ? advise("policy/enforce", "The policy only reports (enforce: false)", "No merge is held up. The ledger takes only what is allowed all the same.", `Take the line "enforce: false" out of ${policyPath}.`) : ok("policy/enforce", "The policy enforces"),
		diagnoseSeal(policy),
		...places.map((key) => mend(`policy/${key}`, `${key} is ${policy[key]}, which answers nobody`, "Nothing can be kept or read.", `Write the address into ${policyPath}.`)),
		...labels.map(({ model }) => ({
			...mend("model/labels", `The labels of ${model} are at an address that answers nobody`, "No version of it can be judged.", `Publish them where the judge alone reads them, and write address and SHA-256 into ${modelPath(model)}.`),
			about: aboutLabels(modelPath(model)),
			precise: true
		})),
		...isGhes && policy.judgeRunner === "github-hosted" ? [mend("policy/judge-runner", `${server} has no hosted runners, and judge-runner names no runner group`, "Nothing is judged.", `Make a runner group that only judge-model.yml may use, and write its name as judge-runner into ${policyPath}.`)] : []
	];
}
/** Whether somebody can see a result on held-out labels before the app has counted the look. */
function diagnoseSeal({ evidence }) {
	if (evidence === void 0) return advise("policy/evidence", "Evidence is not sealed: the policy names no key (evidence.seal-to)", "Results on held-out labels stand in the run's summary before the app has counted the look.", `Write the public key of the app, which its log names when it starts, under evidence.seal-to into ${policyPath}.`);
	const ids = evidence.sealTo.map(({ id }) => id).join(" and ");
	return ok("policy/evidence", `Evidence is sealed to ${ids}: the settings page of the app shows the same for its private key`);
}
/** The address that answers nobody and the digest of zeros beside it are mended by one look at them. */
const aboutLabels = (file) => `${file} labels`;
const fromFinding = (code, finding) => {
	const { message, where, fix, severity } = finding;
	const at = where === void 0 ? "" : `${[where.file, where.line].filter((part) => part !== void 0).join(":")}: `;
	const why = severity === "fail" ? "Nothing passes while it is so." : "Nothing is believed with it.";
	const isLabels = finding.code === "config/placeholder" && where !== void 0 && where.file !== ".github/gatehouse.yml";
	return {
		...mend(code, `${at}${message}`, why, fix),
		...isLabels ? { about: aboutLabels(where.file) } : {}
	};
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

// core/onboarding/diagnose-standby.ts
/**
* What heals while the app's server is down, and what still proves the ledger when the app's key is stolen: both are
* workflows on a schedule.
* @param repository whose workflows are Gatehouse's: `acme/gatehouse`
*/
function diagnoseStandby(files, repository) {
	return [diagnoseSchedule(callsOf(files, repository, "reconcile"), {
		code: "standby/reconcile",
		name: "reconcile.yml",
		absent: "Nothing stands in for the app while its server is down",
		why: "Merges wait to be recorded then, and where the check is required a new head of any pull request waits, also of one that touches no model.",
		fix: `Set up the scheduled reconcile: docs/guides/hosting.md of ${repository}, "Without a server"; the workflow to copy is fixtures/callers/reconcile.yml there.`,
		well: "A scheduled reconcile heals while the app is down"
	}), diagnoseSchedule(callsOf(files, repository, "anchor-ledger"), {
		code: "standby/anchor",
		name: "anchor-ledger.yml",
		absent: "No workflow leaves anchors of the ledger that the key of the app cannot make",
		why: "Whoever has that key could write the ledger anew together with all of its anchors.",
		fix: `Call anchor-ledger.yml of ${repository} by a weekly schedule: actions/anchor-ledger/README.md there.`,
		well: "GitHub signs an anchor of the ledger by schedule"
	})];
}
/** Environments whose secrets are the key of the app, by the workflows that call the reconcile. */
const keyEnvironments = (files, repository) => [...new Set(callsOf(files, repository, "reconcile").map(({ inputs }) => typeof inputs.environment === "string" && inputs.environment !== "" ? inputs.environment : "gatehouse"))];
/** Of an environment that any branch may use whoever may push can print the key (GATE.md rule 24). */
const diagnoseEnvironments = ({ environments, repository, governed }) => environments.flatMap(({ name, found }) => judge(found, "key/environment", `Which branches may use the environment ${name}`, (environment) => [diagnoseEnvironment(name, environment, {
	where: `Settings > Environments > ${name} of ${repository}`,
	governed: governed.map((branch) => branch.name)
})]));
function diagnoseEnvironment(name, environment, { where, governed }) {
	const code = "key/environment";
	if (environment === null) return mend(code, `There is no environment ${name}, which a workflow takes the key of the app from`, "It gets no key and heals nothing.", `${where}: make it, with the secret GATEHOUSE_PRIVATE_KEY and one deployment branch, the default one.`);
	const { branches, defaultBranch } = environment;
	const fix = `${where}: Deployment branches and tags: "Selected branches and tags", ${defaultBranch} alone.`;
	const why = "Whoever may push such a branch can print the key of the app, and with it write the ledger.";
	if (branches.kind === "all") return mend(code, `Every branch may use the environment ${name}`, why, fix);
	if (branches.kind === "protected") return advise(code, `Every protected branch may use the environment ${name}`, why, fix);
	const others = branches.names.filter((branch) => branch !== defaultBranch);
	if (others.length > 0) return mend(code, `Other branches than ${defaultBranch} may use the environment ${name}: ${others.join(", ")}`, why, fix);
	if (branches.names.length === 0) return mend(code, `No branch may use the environment ${name}`, "It gets no key and heals nothing.", fix);
	return governed.includes(defaultBranch) ? ok(code, `Only ${defaultBranch} may use the environment ${name}`) : advise(code, `Only ${defaultBranch} may use the environment ${name}, and the policy governs other branches`, "What is merged to it unseen can print the key.", `Name ${defaultBranch} under branches in the policy as well, and protect it.`);
}
function diagnoseSchedule(calls, { code, name, absent, why, fix, well }) {
	const [first] = calls;
	if (first === void 0) return advise(code, absent, why, fix);
	const scheduled = calls.find((call) => call.scheduled);
	return scheduled === void 0 ? advise(code, `${first.path} calls ${name}, and has no schedule`, why, `Add a schedule under "on:" of ${first.path}.`) : ok(code, `${well} (${scheduled.path})`);
}
function callsOf(files, repository, name) {
	const wanted = (uses) => {
		const [place = ""] = uses.split("@");
		const end = `/.github/workflows/${name}.yml`;
		return place.endsWith(end) && place.slice(0, -end.length).toLowerCase() === repository.toLowerCase();
	};
	return [...files].flatMap(([path, text]) => {
		const workflow = readWorkflow(path, text);
		if (workflow === null) return [];
		const scheduled = eventsOf(workflow).includes("schedule");
		return Object.values(fieldsOf(workflow.jobs)).flatMap((job) => {
			const { uses, with: inputs } = fieldsOf(job);
			return typeof uses === "string" && wanted(uses) ? [{
				path,
				scheduled,
				inputs: fieldsOf(inputs)
			}] : [];
		});
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

// core/onboarding/tell-once.ts
/**
* Several looks can come upon one fault, each from its side: it is told once. Whoever names the line of it keeps it, and
* gives the reasons of both; the graver of the two words stands.
* @param all in the order of the looks; those without `about` stay as they are
* @returns without `about`, which is of no use to a reader
*/
function tellOnce(all) {
	const kept = new Set(all.flatMap(({ about, precise }) => precise === true && about ? [about] : []));
	const others = /* @__PURE__ */ new Map();
	for (const each of all) if (each.about !== void 0 && each.precise !== true && !others.has(each.about)) others.set(each.about, each);
	return all.flatMap(({ about, precise, ...diagnosis }) => {
		if (about === void 0 || !kept.has(about)) return [diagnosis];
		if (precise !== true) return [];
		const other = others.get(about);
		if (other === void 0) return [diagnosis];
		const health = other.health === "mend" ? "mend" : diagnosis.health;
		return [{
			...diagnosis,
			health,
			why: `${diagnosis.why} ${other.why}`
		}];
	});
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
	const tree = await readWorkTree(context.cwd, isChecked);
	const files = new Map(tree.paths.map((path) => [path, tree.texts.get(path) ?? ""]));
	for (const path of tree.links) files.delete(path);
	const config = readRepositoryConfig(files);
	const policy = config.policy?.value ?? null;
	const models = [...config.models.values()].map(({ value }) => value);
	const address = await findAddress(options, tree.root);
	const offline = [
		...diagnoseMachine({
			git: await gitVersion(tree.root),
			node: process.version,
			offline: context.env.GATEHOUSE_OFFLINE === "true",
			enginePath: context.env.GATEHOUSE_ENGINE_PATH ?? ""
		}),
		...diagnoseFiles(files),
		...policy === null ? [] : diagnosePolicy(policy, models, serverOf(address)),
		...policy === null ? [] : diagnoseCallers(files, policy),
		...diagnoseWorkflows(files, trustedRepository(policy)),
		...policy === null ? [] : diagnoseStandby(files, trustedRepository(policy))
	];
	const online = await examineOnline(options, context, {
		address,
		policy,
		models,
		files
	});
	return tellOnce([...offline, ...online]);
}
async function examineOnline({ app, offline, github }, { env }, { address, policy, models, files }) {
	if (offline === true) return [notAsked("--offline was given")];
	if (address === null) return [notAsked("the remote of this clone is no GitHub")];
	if (!env.GITHUB_TOKEN && github === void 0) return [notAsked("GITHUB_TOKEN is not set")];
	const settings = await readSettings(createQuietClient(address.apiUrl, env.GITHUB_TOKEN), {
		name: address.name,
		appId: parseAppId(app ?? env.GATEHOUSE_APP_ID),
		branches: policy?.branches ?? [],
		ledgerBranch: policy?.ledger.branch ?? "gatehouse-ledger",
		people: [...Object.values(policy?.roles ?? {}), ...models.map(({ owners }) => owners)].flatMap(({ users, teams }) => [...users, ...teams]),
		environments: keyEnvironments(files, trustedRepository(policy))
	});
	const ledgerOnBase = settings.governed.some(({ name }) => name === settings.ledger.name);
	const judgeRunner = policy?.judgeRunner ?? "github-hosted";
	return [
		...diagnoseBranches(settings, {
			enforced: policy?.enforce !== false,
			ledgerOnBase
		}),
		...diagnoseActions(settings, {
			trustedRepository: trustedRepository(policy),
			keySecrets: keySecretsOf(files)
		}),
		...diagnoseApp(settings),
		...diagnoseEnvironments(settings),
		...diagnosePeople(settings),
		...diagnoseRunners(settings, labelUses(models, files), judgeRunner === "github-hosted" ? null : judgeRunner)
	];
}
/** `acme/gatehouse`, empty without a policy. */
const trustedRepository = (policy) => policy?.trusted.judge.path.split("/").slice(0, 2).join("/") ?? "";
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