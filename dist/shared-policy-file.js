import { a as dump } from "./shared-js-yaml.js";
import { C as parseFile, E as nameOf, _ as presets, g as approvedStages, i as renderStageRule, n as resolvePolicy, r as renderFreeze, w as refuseProblems, x as renderBreakGlassRule, z as leastGovernors } from "./shared-policy-resolution.js";
import { t as checkGates } from "./shared-gate-check.js";
import { t as suggest } from "./shared-suggestion.js";
import { t as policySchema } from "./shared-policy-schema.js";

// core/config/policy-check.ts
/** `owner` is read from model.yml or the contract, whichever is at stake. */
const ownerRole = "owner";
/** What the schema cannot see: roles that exist nowhere, fewer approvals than the preset. */
function checkPolicy(written, policy) {
	const quorums = quorumsOf(written, policy);
	return [
		...Object.hasOwn(written.roles, "owner") ? [writtenOwner] : [],
		...quorums.flatMap(belowPreset),
		...written.training?.["budget-cost"] !== void 0 && written.prices === void 0 ? [budgetWithoutPrices] : [],
		...checkGates(written.defaults?.gates ?? [], ["defaults", "gates"], { task: null }),
		...unknownRoles(quorums, policy)
	];
}
const writtenOwner = {
	code: "config/owner-role",
	message: "the role \"owner\" is not written here",
	path: ["roles", ownerRole],
	at: "key",
	found: "roles.owner",
	allowed: "owners in models/<model>/model.yml, owner in datasets/<dataset>.yml",
	fix: "Remove it: an approval of \"owner\" needs whom the file at stake names."
};
const budgetWithoutPrices = {
	code: "config/budget-without-prices",
	message: "a budget in money needs prices, and there are none",
	path: ["training", "budget-cost"],
	at: "key",
	allowed: "prices with the hourly price of the labels of your runners",
	fix: "Add to the policy: prices: { currency: USD, hourly: { gpu: 2.5 } }, or write budget-hours."
};
function quorumsOf(written, policy) {
	const preset = presets[written.preset];
	const named = (key) => ({
		path: [key, "approvals"],
		preset: preset[key].approvals,
		resolved: policy[key].approvals,
		written: written[key]?.approvals
	});
	return [
		named("proposal"),
		...approvedStages.map((stage) => ({
			path: [
				"stages",
				stage,
				"approvals"
			],
			preset: preset.stages[stage].approvals,
			resolved: policy.stages[stage].approvals,
			written: written.stages?.[stage]?.approvals
		})),
		named("rollback"),
		named("configuration"),
		...policy.breakGlass === void 0 ? [] : [{
			path: ["break-glass", "approvals"],
			preset: leastGovernors,
			resolved: policy.breakGlass.approvals,
			written: written["break-glass"]?.approvals
		}],
		...policy.addWhen.map(({ approvals }, at) => {
			const own = at - (policy.addWhen.length - (written["add-when"]?.length ?? 0));
			return {
				path: [
					"add-when",
					own,
					"approvals"
				],
				preset: [],
				resolved: approvals,
				written: written["add-when"]?.[own]?.approvals
			};
		})
	];
}
/** A smaller number in the file would read as if it held. It does not, so it must not stand there. */
function belowPreset(quorum) {
	return quorum.preset.flatMap(({ role, count }) => {
		const own = quorum.written?.[role];
		if (own === void 0 || own >= count) return [];
		return [{
			code: "config/below-preset",
			message: `${nameOf(quorum.path)} asks for ${own} of role "${role}", the preset for ${count}`,
			path: [...quorum.path, role],
			found: String(own),
			allowed: `${count} or more`,
			fix: `Write ${count} or more, leave the line out, or choose a smaller preset.`
		}];
	});
}
/** One problem a role: a role that a preset needs is missing at one place, however many quorums name it. */
function unknownRoles(quorums, policy) {
	const known = [...Object.keys(policy.roles), ownerRole];
	const seen = /* @__PURE__ */ new Set();
	return quorums.flatMap((quorum) => quorum.resolved.flatMap(({ role }) => {
		if (known.includes(role)) return [];
		if (quorum.written !== void 0 && Object.hasOwn(quorum.written, role)) return [unknownRole([...quorum.path, role], role, known)];
		if (seen.has(role)) return [];
		seen.add(role);
		return [missingRole(role, policy.preset, nameOf(quorum.path))];
	}));
}
function unknownRole(path, role, known) {
	const meant = suggest(role, known);
	return {
		code: "config/unknown-role",
		message: `no role "${role}" is defined${meant === null ? "" : `. Did you mean "${meant}"?`}`,
		path,
		at: "key",
		found: role,
		allowed: known.join(", "),
		fix: meant === null ? `Define roles.${role} or use one of the roles above.` : `Write "${meant}".`
	};
}
function missingRole(role, preset, where) {
	return {
		code: "config/missing-role",
		message: `the preset "${preset}" needs a role "${role}" (${where}), and none is defined`,
		path: ["roles"],
		at: "key",
		allowed: `roles.${role} with at least one user or team`,
		fix: `Add to roles: ${role}: { users: [login] }`
	};
}

// core/config/policy-file.ts
/**
* Reads `.github/gatehouse.yml` and resolves its preset: every field of the answer is there.
* @param source path of the file, for messages
* @throws InputError CONFIG_INVALID with every problem as a finding: position, what is allowed, the fix
*/
function parsePolicy(text, source) {
	const parsed = parseFile(text, source, policySchema);
	const policy = resolvePolicy(parsed.value);
	refuseProblems(parsed.source, checkPolicy(parsed.value, policy));
	return policy;
}
/**
* Prints a policy in full, with its preset resolved, in the written form.
* @returns YAML; `parsePolicy` of it gives the same policy again.
*/
function renderPolicy(policy) {
	const written = {
		version: policy.version,
		preset: policy.preset,
		...policy.enforce === false ? { enforce: false } : {},
		...policy.branches.length === 0 ? {} : { branches: [...policy.branches] },
		ledger: { ...policy.ledger },
		store: policy.store,
		data: policy.data,
		...policy.hosts.length === 0 ? {} : { hosts: [...policy.hosts] },
		...policy.privateHosts.length === 0 ? {} : { "private-hosts": [...policy.privateHosts] },
		trusted: renderTrusted(policy.trusted),
		...policy.evidence === void 0 ? {} : { evidence: { "seal-to": policy.evidence.sealTo.map(({ spki }) => spki) } },
		"judge-runner": policy.judgeRunner,
		roles: Object.fromEntries(Object.entries(policy.roles).map(([name, role]) => [name, renderRole(role)])),
		proposal: {
			...quorum(policy.proposal),
			"on-merge": policy.proposal.onMerge
		},
		stages: {
			staging: stage(policy.stages.staging),
			candidate: stage(policy.stages.candidate),
			production: stage(policy.stages.production),
			archived: stage(policy.stages.archived),
			rejected: stage(policy.stages.rejected)
		},
		...policy.freeze === void 0 ? {} : { freeze: policy.freeze.map(renderFreeze) },
		...policy.production === void 0 ? {} : { production: { require: [...policy.production.require] } },
		rollback: quorum(policy.rollback),
		...policy.breakGlass === void 0 ? {} : { "break-glass": renderBreakGlassRule(policy.breakGlass) },
		configuration: quorum(policy.configuration),
		defaults: {
			gates: policy.defaults.gates.map((gate) => ({ ...gate })),
			"minimum-rows": policy.defaults.minimumRows,
			comparison: { ...policy.defaults.comparison },
			...renderBudget(policy.defaults)
		},
		training: {
			...policy.training.budgetHours === void 0 ? {} : { "budget-hours": policy.training.budgetHours },
			...policy.training.budgetCost === void 0 ? {} : { "budget-cost": policy.training.budgetCost },
			"idle-minutes": policy.training.idleMinutes
		},
		...policy.prices === void 0 ? {} : { prices: {
			currency: policy.prices.currency,
			hourly: { ...policy.prices.hourly }
		} },
		"add-when": policy.addWhen.map(({ risk, to, paths, endpoints, privacy, approvals }) => ({
			...risk === void 0 ? {} : { risk: [...risk] },
			...to === void 0 ? {} : { to: [...to] },
			...paths === void 0 ? {} : { paths: [...paths] },
			...endpoints === void 0 ? {} : { endpoints: [...endpoints] },
			...privacy === void 0 ? {} : { privacy: [...privacy] },
			...quorum({ approvals })
		}))
	};
	return dump(written, {
		noRefs: true,
		lineWidth: -1
	});
}
function renderBudget({ heldOutBudget: model, heldOutBudgets }) {
	if (heldOutBudgets === void 0) return model === void 0 ? {} : { "held-out-budget": model };
	return { "held-out-budget": {
		...model === void 0 ? {} : { model },
		...heldOutBudgets
	} };
}
const quorum = ({ approvals }) => ({ approvals: Object.fromEntries(approvals.map(({ role, count }) => [role, count])) });
const stage = (rule) => ({
	...quorum(rule),
	...renderStageRule(rule)
});
const renderRole = (role) => ({
	...role.users.length === 0 ? {} : { users: [...role.users] },
	...role.teams.length === 0 ? {} : { teams: [...role.teams] }
});
function renderTrusted(trusted) {
	const [owner, repository] = trusted.judge.path.split("/");
	const fileOf = (workflow) => workflow.path.split("/").at(-1) ?? "";
	return {
		repository: `${owner}/${repository}`,
		shas: [...trusted.judge.shas],
		"validate-workflow": fileOf(trusted.validate),
		"judge-workflow": fileOf(trusted.judge),
		...trusted.monitor === void 0 ? {} : { "monitor-workflow": fileOf(trusted.monitor) }
	};
}

export { renderPolicy as n, ownerRole as r, parsePolicy as t };