import { $ as prose, B as approvalsSchema, G as count, H as columnName, J as glob, Q as place, R as breakGlassRuleSchema, T as asksNothing, V as branch, W as commit, X as login, Y as host, Z as name, a as minuteOfWeek, c as sealKeyForm, p as productionNeeds, q as finite, s as parseSealKey, tt as team } from "./shared-policy-resolution.js";
import { A as literal, F as strictObject, I as string, M as number, P as record, R as union, S as _enum, T as boolean, w as array } from "./shared-js-yaml.js";
import { o as isFairness } from "./shared-metric-name.js";
import { t as stages } from "./shared-stage.js";
import { i as readMoment, n as isMoment, r as momentRule } from "./shared-moment.js";

// core/config/gate-schema.ts
/** Asks for a champion's value and 2 % of it, as a gate of its own. */
const gatePresets = ["baseline-plus-2-percent"];
const marginRule = "a number of 0 or more, in units of the metric";
const positive = (allowed) => number(allowed).refine((value) => Number.isFinite(value) && value > 0, { error: allowed });
const change = (what) => finite.min(0, "a number of 0 or more").optional().describe(what);
const higher = boolean().optional();
const ownKeys = {
	metric: columnName.describe("Name of the metric: auc, f-beta@2, recall:late, latency-p99."),
	by: columnName.optional().describe("Column of the groups; fairness metrics need it and no other has it."),
	slice: string().min(1, "the name of a slice, for example carrier=AA").max(500, "the name of a slice, at most 500 characters").optional().describe("Only this slice, by the name it has in the report: carrier=AA. Absent: all rows."),
	set: literal("production-like").optional().describe("The rows as production would send them. Absent: the held-out rows."),
	min: finite.optional().describe("Lowest value that passes."),
	max: finite.optional().describe("Highest value that passes."),
	at: _enum(["value", "bound"]).optional().describe("What min and max speak of: the value (so when absent), or the bad end of its 95 % interval."),
	versus: _enum(["not-worse", "better"]).optional().describe("Compare with the champion on the same held-out rows: not worse than margin, or better by margin."),
	margin: finite.min(0, marginRule).optional().describe("Margin of the comparison, in units of the metric; with relative a share."),
	relative: boolean().optional().describe("The margin is a share of the champion's value: 0.02 is 2 % of it."),
	ratio: positive("a number above 0").optional().describe("Challenger divided by champion: at most this, or at least this where higher is better."),
	slices: strictObject({ margin: finite.min(0, marginRule).describe("How far a slice may fall.") }).optional().describe("No slice falls below the champion by more than the margin."),
	drop: finite.min(0, marginRule).optional().describe("How much worse it may be on the production-like rows than on the held-out ones."),
	grade: _enum(["judged", "measured"]).optional().describe("Lowest grade of its numbers. Absent: judged, and measured for what can only be measured (latency)."),
	preset: _enum(gatePresets).optional().describe("baseline-plus-2-percent: better than the champion by more than 2 % of its value.")
};
const foreignKeys = {
	threshold: finite.optional().describe("MLflow: lowest value, or highest where greater is not better."),
	"min-absolute-change": change("MLflow: better than the champion by this, in units of the metric."),
	min_absolute_change: change("The same, as MLflow writes it."),
	"min-relative-change": change("MLflow: better than the champion by this share of the champion's value."),
	min_relative_change: change("The same, as MLflow writes it."),
	"greater-is-better": higher.describe("MLflow: direction of the metric; threshold needs it."),
	greater_is_better: higher.describe("The same, as MLflow writes it.")
};
/**
* One gate as people write it. The keys of MLflow are taken as `toGates` says.
* @see https://mlflow.org/docs/latest/api_reference/_modules/mlflow/models/evaluation/validation.html
*/
const gateSchema = strictObject({
	...ownKeys,
	...foreignKeys
}).superRefine((gate, context) => {
	for (const { key, allowed } of faultsOf(gate)) {
		const params = allowed === askingRule ? { params: { says: asksNothing } } : {};
		context.addIssue({
			code: "custom",
			path: key === null ? [] : [key],
			message: allowed,
			input: gate,
			...params
		});
	}
}).describe("One gate: a limit on a metric, or a comparison with the champion.");
const asking = [
	"min",
	"max",
	"versus",
	"ratio",
	"slices",
	"drop",
	"preset",
	"threshold"
];
const askingRule = "min, max, versus, ratio, slices, drop or preset";
const changes = [
	["min-absolute-change", "min_absolute_change"],
	["min-relative-change", "min_relative_change"],
	["greater-is-better", "greater_is_better"]
];
/** What one key alone does not tell: a gate that asks for nothing, or for two things at once. */
function faultsOf(gate) {
	const has = (...keys) => keys.some((key) => gate[key] !== void 0);
	const faults = [];
	const when = (wrong, key, allowed) => {
		if (wrong) faults.push({
			key,
			allowed
		});
	};
	const changed = has("min-absolute-change", "min_absolute_change", "min-relative-change", "min_relative_change");
	when(!has(...asking) && !changed, null, askingRule);
	when(has("margin") && !has("versus"), "margin", "\"margin\" only beside \"versus\"");
	when(has("relative") && !has("margin"), "relative", "\"relative\" only beside \"margin\"");
	when(has("at") && !has("min", "max", "threshold"), "at", "\"at\" only beside \"min\" or \"max\"");
	when(has("slices") && has("slice", "set", "by"), "slices", "\"slices\" without \"slice\", \"set\" and \"by\"");
	when(has("drop") && has("set"), "drop", "\"drop\" without \"set\": it speaks of both sets");
	const { min, max } = gate;
	when(typeof min === "number" && typeof max === "number" && min > max, "min", "\"min\" not above \"max\": nothing could pass");
	const groups = isFairness(gate.metric);
	when(groups && !has("by"), null, "\"by\": the column of the groups, since this metric compares groups");
	when(!groups && has("by"), "by", "no \"by\": this metric does not compare groups");
	when(has("preset") && (has("versus") || changed), "preset", "\"preset\" without another comparison");
	when(changed && has("versus"), "versus", "no \"versus\" beside the changes of MLflow: one comparison a gate");
	for (const [kebab, snake] of changes) when(has(kebab) && has(snake), snake, `one of "${kebab}" and "${snake}"`);
	return [...faults, ...thresholdFaults(has, changed)];
}
function thresholdFaults(has, changed) {
	const direction = has("greater-is-better", "greater_is_better");
	return [
		...has("threshold") && !direction ? [{
			key: null,
			allowed: "\"greater-is-better\" beside \"threshold\", or min or max instead"
		}] : [],
		...has("threshold") && has("min", "max") ? [{
			key: "threshold",
			allowed: "one of \"threshold\" and \"min\" or \"max\""
		}] : [],
		...direction && !has("threshold") && !changed ? [{
			key: null,
			allowed: "a direction only beside \"threshold\" or a change"
		}] : []
	];
}

// core/config/stage-rule-schema.ts
const stage = _enum(stages);
const promotesFrom = array(stage).max(stages.length).describe("Stages from which a version may come; of the moves that can be made, only these.");
/** Keys of one stage besides its approvals. */
const stageRuleShape = {
	"soak-hours": count(1, 8760).optional().describe("Least hours that a version has been in the stage before: it waits until then."),
	"expires-days": count(1, 3650).optional().describe("An approval that is older than so many days does not count."),
	promotes_from: promotesFrom.optional()
};
const only = strictObject({ promotes_from: promotesFrom }).optional().describe("A stage and where its versions may come from.");
/**
* The order of stages as GTO's users wrote it down: a list of names, or of one name with `promotes_from`.
* @see https://github.com/iterative/gto/issues/321
*/
const stageOrderSchema = array(union([stage, strictObject({
	staging: only,
	candidate: only,
	production: only,
	archived: only,
	rejected: only
}).refine((item) => Object.keys(item).length === 1, { error: "one stage an item" })], { error: "the name of a stage, or { production: { promotes_from: [candidate] } }" })).max(20).describe("Order of stages in the shape of iterative/gto#321: the same as promotes_from under stages.");
const moment = string().refine((text) => isMoment(text) || minuteOfWeek(text) !== null, { error: `${momentRule}, or of every week fri 16:00 (UTC)` });
const isWeekly = (text) => minuteOfWeek(text) !== null;
const freezeSchema = strictObject({
	from: moment.describe("A date, a time, or a moment of every week: 2026-12-20, fri 16:00. UTC."),
	until: moment.describe("Its last day, or the time or moment of the week at which moves go on. UTC."),
	to: array(stage).min(1, "at least one stage").default(["production"]).describe("Stages that cannot be entered meanwhile. Absent: production."),
	reason: prose.describe("Why: shown to whoever waits.")
}).refine(({ from, until }) => isWeekly(from) === isWeekly(until), {
	error: "the same kind as \"from\": two dates or times, or two moments of the week",
	path: ["until"]
}).refine(({ from, until }) => isWeekly(from) || !(readMoment(until) < readMoment(from)), {
	error: "not before \"from\"",
	path: ["until"]
}).refine(({ from, until }) => !isWeekly(from) || from !== until, {
	error: "another moment than \"from\"",
	path: ["until"]
});
const freezesSchema = array(freezeSchema).max(50).describe("Times in which moves into named stages wait. A rollback never waits.");

// core/config/policy-schema.ts
/** People of a role, as written. */
const roleSchema = strictObject({
	users: array(login).max(200).optional().describe("GitHub logins of people, without \"@\"."),
	teams: array(team).max(50).optional().describe("Teams as organization/slug; members are read when deciding.")
}).refine(({ users, teams }) => (users?.length ?? 0) + (teams?.length ?? 0) > 0, { error: "at least one user or team: a role of nobody can approve nothing" }).describe("Who belongs to it: users, teams, or both.");
const riskSchema = _enum([
	"minimal",
	"limited",
	"high"
]);
const approved = strictObject({ approvals: approvalsSchema.optional() }).optional();
const stageRule = strictObject({
	approvals: approvalsSchema.optional(),
	...stageRuleShape
}).optional();
const stageNames = _enum(stages);
const conditionSchema = strictObject({
	risk: array(riskSchema).min(1, "at least one risk class").optional().describe("Only for models of these risk classes."),
	to: array(stageNames).min(1, "at least one stage").optional().describe("Only for moves into these stages."),
	paths: array(glob).min(1, "at least one path").max(50).optional().describe("Only when a file that one of these matches changes."),
	endpoints: array(name).min(1, "at least one endpoint").max(100).optional().describe("Only for moves at these endpoints."),
	privacy: array(_enum([
		"none",
		"personal",
		"secret"
	])).min(1, "at least one privacy class").optional().describe("Only when the data has a column of one of these classes."),
	approvals: approvalsSchema
});
const workflowFile = string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\.ya?ml$/, "the name of a workflow file, for example judge-model.yml");
const trustedSchema = strictObject({
	repository: string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/, "a repository as owner/name").describe("Repository of the trusted workflows: owner/name."),
	shas: array(commit).min(1, "at least one commit id: without one nothing is believed").max(20).describe("Commits of that repository that are believed, in full."),
	"validate-workflow": workflowFile.default("validate-data.yml").describe("File of the workflow that validates data."),
	"judge-workflow": workflowFile.default("judge-model.yml").describe("File of the workflow that judges."),
	"monitor-workflow": workflowFile.optional().describe("File of the workflow that watches production. Absent: nothing is rolled back by itself.")
}).describe("Which workflows, at which commits, may say that data is valid and how good a model is.");
const trainingSchema = strictObject({
	"budget-hours": finite.gt(0, "a number of hours above 0").max(1e5, "at most 100000 hours").optional().describe("Most hours that the training jobs of one run may take together; the sweeper ends what takes more."),
	"budget-cost": finite.gt(0, "an amount above 0, in the currency of prices").max(1e8, "at most 100000000").optional().describe("Most that they may cost by prices, in its currency."),
	"idle-minutes": count(5, 10080).optional().describe("A runner for training that is idle for longer is told. Absent: 30.")
}).describe("Limits that the sweeper of training runs keeps.");
const pricesSchema = strictObject({
	currency: string().regex(/^[A-Z]{3}$/, "a currency of ISO 4217: three capitals, for example USD").describe("Currency of all prices, for example USD."),
	hourly: record(string().regex(/^[A-Za-z0-9_][\w .:=/-]{0,99}$/, "a label of a runner"), finite.min(0, "a price of 0 or more").max(1e6, "at most 1000000 an hour")).refine((hourly) => Object.keys(hourly).length > 0 && Object.keys(hourly).length <= 200, { error: "one to 200 labels with the price of one hour, for example { gpu: 2.5 }" }).describe("Label of a runner to the price of one hour. Of several labels the dearest counts.")
}).describe("What runners cost: the cost of each training run is told by it. Absent: no cost is told.");
const looks = count(1, 1e6);
const budgetSchema = union([looks, strictObject({
	model: looks.optional().describe("Of one model."),
	labels: looks.optional().describe("Of all models together that name the same labels."),
	actor: looks.optional().describe("Of one person, over all models.")
}).refine((budget) => Object.keys(budget).length > 0, { error: "a number, or at least one of model, labels and actor" })]).describe("Most different results that one model may get on one held-out set; as { model, labels, actor } also of all models and of one person. Beyond it a governor approves as well. Absent: they are counted, not limited.");
const evidenceSchema = strictObject({ "seal-to": array(string().refine((text) => parseSealKey(text) !== null, { error: sealKeyForm })).min(1, "one key, or two while it is being changed").max(2, "one key, or two while it is being changed").describe("Public keys of the app: results on held-out labels are sealed to them and seen when the app has counted them. Absent: they stand in the run's summary at once.") }).describe("How the judge hands over what it found.");
/** `.github/gatehouse.yml` as people write it. */
const policySchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	preset: _enum([
		"small-team",
		"team",
		"regulated"
	]).describe("A complete policy to start from. The keys below change it; approvals can only be added."),
	enforce: boolean().optional().describe("False: the check \"gatehouse\" reports and holds up no merge. The ledger stays a gate. Absent: true."),
	branches: array(branch).max(20).optional().describe("Branches that are governed. Absent: the default branch."),
	ledger: strictObject({ branch: branch.optional().describe("Branch that only the app writes.") }).optional().describe("Where registry and audit trail are kept."),
	store: place.describe("Where models and predictions are kept for good."),
	data: place.describe("The DVC remote that holds the data."),
	hosts: array(host).max(50).optional().describe("Hosts that jobs may reach besides those of store and data, exact names. When given, held-out labels lie on one of all these."),
	"private-hosts": array(host).max(50).optional().describe("Hosts that may have a private address, for a store inside your network. All others are refused there."),
	trusted: trustedSchema,
	evidence: evidenceSchema.optional(),
	"judge-runner": string().regex(/^[A-Za-z0-9][\w .-]{0,99}$/, "github-hosted, or the name of a runner group").optional().describe("Where judging runs: github-hosted, or the name of a runner group (GHES)."),
	roles: record(name, roleSchema).describe("Who may approve. \"owner\" is not written here: each file names its owners."),
	proposal: strictObject({
		approvals: approvalsSchema.optional(),
		"on-merge": _enum(["registered", "staging"]).optional().describe("Stage of a new version after the merge.")
	}).optional().describe("A pull request that proposes a new version."),
	stages: strictObject({
		staging: stageRule.describe("A version may be tried."),
		candidate: stageRule.describe("A version may go to production next."),
		production: stageRule.describe("A version serves at an endpoint."),
		archived: stageRule.describe("A version stops serving."),
		rejected: stageRule.describe("A version may never serve.")
	}).optional().describe("What a move into each stage needs."),
	STAGES: stageOrderSchema.optional(),
	freeze: freezesSchema.optional(),
	production: strictObject({ require: array(_enum(productionNeeds)).max(productionNeeds.length).optional().describe("Added to what the preset requires, never below it.") }).optional().describe("What must be declared for a model before one of its versions goes to production."),
	rollback: approved.describe("A return to the recorded previous version."),
	"break-glass": breakGlassRuleSchema.optional(),
	configuration: approved.describe("Approvals besides, when configuration or a workflow changes."),
	defaults: strictObject({
		gates: array(gateSchema).max(50).optional().describe("A floor under the gates of every model."),
		"minimum-rows": count(1, 1e9).optional().describe("Fewest held-out rows that a result may rest on."),
		"held-out-budget": budgetSchema.optional(),
		comparison: strictObject({
			versus: _enum(["not-worse", "better"]).optional().describe("Kind of comparison."),
			margin: finite.min(0, "a number of 0 or more").optional().describe("In units of the metric.")
		}).optional().describe("What a model without a comparison of its own gets on its first metric.")
	}).optional().describe("What holds for every model."),
	training: trainingSchema.optional(),
	prices: pricesSchema.optional(),
	"add-when": array(conditionSchema).max(50).optional().describe("Conditions that add approvals. Nothing takes any away.")
}).describe("Gatehouse policy: .github/gatehouse.yml");

export { gateSchema as i, riskSchema as n, roleSchema as r, policySchema as t };