import { r as InputError } from "./shared-error.js";
import { a as servedAt, i as lineOf, n as readModel, o as servingStays, t as needState } from "./shared-model-answer.js";
import { t as paragraph } from "./shared-block.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { t as stages } from "./shared-stage.js";
import { n as showTime, t as showDuration } from "./shared-time-text.js";
import { t as stayText } from "./shared-stay-text.js";
import { n as withRegistryOptions, t as printAnswer } from "./shared-registry-options.js";
import { a as withRegistry, n as parseVersion, t as parseModelVersion } from "./shared-registry-source.js";
import { c as showValues } from "./shared-metric-text.js";
import { n as incidentBlocks } from "./shared-incident-blocks.js";

// core/report/registry-blocks.ts
/** `gatehouse registry list`: one line a model. */
function listBlocks(models) {
	if (models.length === 0) return [paragraph("No model is registered.")];
	const versions = models.reduce((sum, line) => sum + line.versions, 0);
	const served = models.reduce((sum, { serving }) => sum + serving.length, 0);
	return [paragraph({ strong: counted(models.length, "model") }, `, ${counted(versions, "version")}, ${counted(served, "endpoint")} served`), {
		kind: "table",
		head: [
			"model",
			"newest",
			"serves",
			"stages",
			"last change"
		],
		rows: models.map((line) => [
			[line.model],
			[`v${line.newest}`],
			[line.serving.map(({ endpoint, version }) => `${endpoint} v${version}`).join(", ")],
			[stagesText(line)],
			[showTime(line.lastChange)]
		])
	}];
}
const stagesText = ({ stages: counts }) => stages.flatMap((stage) => counts[stage] === void 0 ? [] : [`${counts[stage]} ${stage}`]).join(", ");
/** What served where: who it was, since when, who approved it. @param title says where, or as of when */
function servedBlocks(title, lines) {
	if (lines.length === 0) return [{
		kind: "paragraph",
		text: [...title, ": nothing."]
	}];
	return [{
		kind: "paragraph",
		text: title
	}, {
		kind: "table",
		head: [
			"endpoint",
			"model",
			"version",
			"from",
			"until",
			"pull request",
			"approved by"
		],
		align: [
			"l",
			"l",
			"l",
			"l",
			"l",
			"r",
			"l"
		],
		rows: lines.map(({ endpoint, model, version, from, until, how, pullRequest, approvals }) => [
			[endpoint],
			[model],
			[`v${version}${how === "promoted" ? "" : ` (${how})`}`],
			[showTime(from)],
			[until === null ? "serves now" : showTime(until)],
			[`#${pullRequest}`],
			[approvalsText(approvals)]
		])
	}];
}
/** `rita (reviewer), omar (owner)` */
const approvalsText = (approvals) => approvals.map(({ login, role }) => `${login} (${role})`).join(", ") || "nobody";
/** `gatehouse registry diff`: the facts of two versions, side by side. */
function diffBlocks(model, [a, b], facts) {
	const differing = facts.filter(({ differs }) => differs).length;
	return [paragraph({ strong: model }, `, v${a} against v${b}: ${differing === 0 ? "no fact" : counted(differing, "fact")} differ${differing < 2 ? "s" : ""}`), ...facts.length === 0 ? [] : [{
		kind: "table",
		head: [
			"part",
			"fact",
			`v${a}`,
			`v${b}`
		],
		rows: facts.map(({ part, name, values }) => [
			[part],
			[name],
			[values[0] ?? "–"],
			[values[1] ?? "–"]
		])
	}]];
}

// core/report/model-answer-blocks.ts
const mostVersions = 20;
/**
* `gatehouse registry show`: what serves where, trained on what, approved by whom, since when, how well.
* @param asOf instant that the answer is about; null: now
*/
function modelAnswerBlocks(answer, asOf) {
	const { model, version, stage, record } = answer;
	const when = asOf === null ? "" : ` as of ${asOf}`;
	return [
		paragraph({ strong: `${model} v${version}` }, ` is in ${stage}${when}`),
		paragraph({ prose: record.description }),
		...servingBlocks(answer),
		factsTable(record),
		metricTable(record),
		gateTable(record),
		versionsBlock(answer)
	];
}
function servingBlocks({ serving, model }) {
	if (serving.length === 0) return [paragraph(`${model} serves nowhere.`)];
	return [{
		kind: "table",
		head: [
			"serves at",
			"version",
			"since",
			"pull request",
			"approved by",
			"returns to"
		],
		align: [
			"l",
			"l",
			"l",
			"r",
			"l",
			"l"
		],
		rows: serving.map((each) => [
			[each.endpoint],
			[`v${each.version}${stayText(each.how)}`],
			[showTime(each.since)],
			[`#${each.pullRequest}`],
			[approvalsText(each.approvals)],
			[each.previous === null ? `fallback: ${each.fallback}` : `v${each.previous}`]
		])
	}];
}
function factsTable(record) {
	const { lineage, owners, artifact } = record;
	const approvals = record.approvals.map(({ reviewer, role }) => ({
		login: reviewer.login,
		role
	}));
	return {
		kind: "table",
		head: ["what", "value"],
		rows: [
			["registered", [`${showTime(record.registeredAt)}, pull request #${lineage.pullRequest}`]],
			["approved by", [approvalsText(approvals)]],
			["owners", [[...owners.users, ...owners.teams].join(", ") || "unknown"]],
			["risk class", [record.risk]],
			...trainedOn(record),
			["held-out rows", [grouped(lineage.heldOut.rows)]],
			["code", [{ code: lineage.codeCommit }, ` in ${lineage.repository}`]],
			["training run", [`${lineage.trainedBy.runId}.${lineage.trainedBy.runAttempt}, ${showDuration(lineage.run.durationMs)} on ${lineage.run.runner} (claimed)`]],
			["model file", [{ code: artifact.digest }, ` ${artifact.name}, ${grouped(artifact.sizeBytes)} bytes`]],
			["feature version", [record.featureVersion]],
			["serving image", [record.servingImage]],
			["limits", [{ prose: record.limitations.trim() || "unknown: nobody has stated them" }]]
		].map(([what, value]) => [[what], value])
	};
}
function trainedOn({ lineage, validation }) {
	return lineage.datasets.map(({ dataset, rows, dataDigest, source }) => {
		const verdict = validation.find((each) => each.dataset === dataset)?.verdict ?? "validation unknown";
		return ["trained on", [`${dataset}, ${rows === null ? "rows unknown" : `${grouped(rows)} rows`}, ${verdict}, from ${source}, `, { code: dataDigest }]];
	});
}
function metricTable({ metrics }) {
	if (metrics.length === 0) return paragraph("No metric was recorded.");
	return {
		kind: "table",
		head: [
			"metric",
			"held-out",
			"95 % interval",
			"grade"
		],
		align: [
			"l",
			"r",
			"l",
			"l"
		],
		rows: metrics.map(({ metric, slice, challenger, challengerInterval, grade }) => [
			[slice == null ? metric : `${metric}, ${slice}`],
			[String(challenger)],
			[challengerInterval === null ? "–" : `${challengerInterval[0]} to ${challengerInterval[1]}`],
			[grade]
		])
	};
}
function gateTable({ gates }) {
	if (gates.length === 0) return paragraph("No gate was asked for.");
	return {
		kind: "table",
		head: [
			"gate",
			"against",
			"found",
			"required",
			"result"
		],
		rows: gates.map(({ gate, against, found, required, result }) => [
			[gate],
			[against == null ? "no champion" : `v${against}`],
			[found],
			[required],
			[result]
		])
	};
}
function versionsBlock({ stages, lastEvent }) {
	const newest = [...stages].reverse().slice(0, mostVersions);
	const left = stages.length - newest.length;
	const shown = newest.map(({ version, stage }) => `v${version} ${stage}`).join(", ");
	const more = left > 0 ? `, and ${grouped(left)} older ones` : "";
	return paragraph(`${counted(stages.length, "version")}: ${shown}${more}. Last change ${showTime(lastEvent.at)}.`);
}

// cli/commands/registry/at.ts
/** `gatehouse registry at`: the same answers as of a date. */
const atCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("at").description("Says what served where on a date; with a model, everything about it as of then").argument("<date>", "2026-11-21 (its last moment, UTC) or 2026-11-21T10:30:00Z").argument("[model]", "name of the model");
	withRegistryOptions(command).action((date, model, options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const asOf = parseDate(date);
		const answer = model === void 0 ? await servedThen(source, asOf) : await modelThen(source, asOf, model);
		printAnswer(context, options, source, answer);
		return 0;
	})));
};
async function servedThen({ reader }, asOf) {
	const served = [];
	await reader.eachState("all", (state) => served.push(...servedAt(state, Date.parse(asOf))));
	served.sort((a, b) => a.endpoint < b.endpoint ? -1 : a.endpoint > b.endpoint ? 1 : 0);
	return {
		json: {
			asOf,
			served
		},
		blocks: () => servedBlocks([{ strong: "Served" }, ` as of ${asOf}`], served)
	};
}
async function modelThen({ reader }, asOf, model) {
	const { readPast } = await import("./shared-model-history.js");
	const answer = await readPast(reader, model, asOf);
	return {
		json: {
			asOf,
			...answer
		},
		blocks: () => modelAnswerBlocks(answer, asOf)
	};
}
/** @throws InputError DATE_INVALID */
function parseDate(text) {
	const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
	const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/.test(text);
	const instant = Date.parse(isDay ? `${text}T23:59:59.999Z` : text);
	if ((isDay || isInstant) && Number.isFinite(instant)) {
		const iso = new Date(instant).toISOString();
		if (iso.startsWith(text.slice(0, 10))) return iso;
	}
	throw new InputError("DATE_INVALID", `"${text.slice(0, 40)}" is no date`, { hint: "Write 2026-11-21, or an instant in UTC: 2026-11-21T10:30:00Z." });
}

// core/registry/version-diff.ts
/** What differs first in a reader's mind; the other parts follow by name. */
const order$1 = [
	"artifact",
	"metrics",
	"gates",
	"lineage",
	"validation",
	"approvals",
	"contributors",
	"owners"
];
/** What every version has of its own. */
const identity = /* @__PURE__ */ new Set([
	"v",
	"model",
	"version"
]);
/** Fields that tell one item of a list from the next, wherever it stands. */
const keys = [
	"metric",
	"gate",
	"dataset",
	"set",
	"slice",
	"login",
	"role"
];
/** Lays the records of two versions side by side: every fact that either of them has. */
function diffVersions(a, b) {
	const [left, right] = [factsOf(a), factsOf(b)];
	return [.../* @__PURE__ */ new Set([...left.keys(), ...right.keys()])].map((path) => {
		const [part = "", ...rest] = path.split("\0");
		const values = [left.get(path) ?? null, right.get(path) ?? null];
		return {
			part,
			name: rest.join("."),
			values,
			differs: values[0] !== values[1]
		};
	}).sort((one, other) => rankOf(one.part) - rankOf(other.part) || compareText(one.part, other.part));
}
/** path -> value, in the order of the record. */
function factsOf(record) {
	const facts = /* @__PURE__ */ new Map();
	for (const [part, value] of Object.entries(record)) if (!identity.has(part)) collect(part, value, facts);
	return facts;
}
function collect(path, value, facts) {
	if (Array.isArray(value)) collectList(path, value, facts);
	else if (typeof value === "object" && value !== null) for (const [name, member] of Object.entries(value)) collect(`${path}\0${name}`, member, facts);
	else if (value !== null && value !== void 0) facts.set(path, String(value));
}
function collectList(path, items, facts) {
	if (items.every((item) => typeof item !== "object" || item === null)) {
		if (items.length > 0) facts.set(path, items.map(String).join(", "));
		return;
	}
	const seen = /* @__PURE__ */ new Map();
	items.forEach((item, at) => {
		const name = nameOf(item) || String(at + 1);
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		collect(`${path}\0${count === 1 ? name : `${name} (${count})`}`, item, facts);
	});
}
function nameOf(item) {
	if (typeof item !== "object" || item === null) return "";
	const fields = {
		...item,
		..."reviewer" in item ? item.reviewer : {}
	};
	return keys.flatMap((key) => {
		const value = fields[key];
		return typeof value === "string" && !(key === "set" && value === "held-out") ? [value] : [];
	}).join(" ");
}
function rankOf(part) {
	const at = order$1.indexOf(part);
	return at < 0 ? order$1.length : at;
}
const compareText = (a, b) => a < b ? -1 : a > b ? 1 : 0;

// core/report/version-difference.ts
/**
* `gatehouse registry diff`: what a person asks first of two versions (parameters, data, features, metrics, gates,
* approvals), of which only what differs; how much else differs is counted.
* @param facts of both records, as `diffVersions` tells them
*/
function versionDifferenceBlocks(model, [left, right], facts) {
	const [a, b] = [linesOf(left), linesOf(right)];
	const rows = [.../* @__PURE__ */ new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).map((key) => {
		const [part = "", name = ""] = key.split("\0");
		return [
			[part],
			[name],
			[a.get(key) ?? "–"],
			[b.get(key) ?? "–"]
		];
	});
	const all = facts.filter(({ differs }) => differs).length;
	const head = [
		"part",
		"what",
		`v${left.version}`,
		`v${right.version}`
	];
	return [
		paragraph({ strong: model }, `, v${left.version} against v${right.version}: ${rows.length === 0 ? "nothing of parameters, data, metrics, gates or approvals differs" : "what differs"}`),
		...rows.length === 0 ? [] : [{
			kind: "table",
			head,
			rows: sortParts(rows)
		}],
		...all === 0 ? [] : [paragraph(`${counted(all, "fact")} of the records differ${all === 1 ? "s" : ""} in all, digests, times and numbers of runs among them: --all lists every one.`)]
	];
}
/** part and name -> value */
const linesOf = (record) => new Map([
	...madeWith(record),
	...measured(record),
	...answeredFor(record)
].map(([part, name, value]) => [`${part}\0${name}`, value]));
const order = [
	"parameter",
	"data",
	"features",
	"metric",
	"gate",
	"approval",
	"people",
	"rules",
	"made from"
];
function sortParts(rows) {
	const rankOf = (row) => order.indexOf(row[0]?.[0] ?? "");
	return [...rows].sort((one, other) => rankOf(one) - rankOf(other));
}
function madeWith({ lineage, featureVersion, predictCommand, artifact }) {
	const { run, datasets, heldOut } = lineage;
	return [
		...Object.entries(run.parameters).map(([name, value]) => [
			"parameter",
			name,
			String(value)
		]),
		...run.seed === null ? [] : [[
			"parameter",
			"seed",
			String(run.seed)
		]],
		...datasets.flatMap(({ dataset, rows, dataDigest, contractDigest }) => [[
			"data",
			dataset,
			`${rows === null ? "rows unknown" : `${grouped(rows)} rows`}, ${short(dataDigest)}`
		], [
			"data",
			`contract of ${dataset}`,
			short(contractDigest)
		]]),
		[
			"data",
			"held-out rows",
			`${grouped(heldOut.rows)} rows, ${short(heldOut.featuresDigest)}`
		],
		[
			"features",
			"feature version",
			featureVersion
		],
		[
			"made from",
			"pull request",
			`#${lineage.pullRequest}`
		],
		[
			"made from",
			"code",
			lineage.codeCommit.slice(0, 12)
		],
		[
			"made from",
			"model file",
			`${short(artifact.digest)}, ${grouped(artifact.sizeBytes)} bytes`
		],
		[
			"made from",
			"predict command",
			predictCommand
		]
	];
}
/** Of all rows; what slices say is among the rest. A result stands there once for each champion, with one own value. */
function measured({ metrics, gates }) {
	const whole = metrics.filter(({ slice }) => slice === null);
	const results = /* @__PURE__ */ new Map();
	for (const { gate, result } of gates) results.set(gate, /* @__PURE__ */ new Set([...results.get(gate) ?? [], result]));
	return [...whole.map(({ metric, set, challenger, challengerInterval }) => {
		const [value = "–", low, high] = showValues(metric, [challenger, ...challengerInterval ?? []]);
		return [
			"metric",
			set === "held-out" ? metric : `${metric}, ${set}`,
			low === void 0 ? value : `${value} (${low} to ${high})`
		];
	}), ...[...results].map(([gate, all]) => [
		"gate",
		gate,
		[...all].sort().join(", ")
	])];
}
function answeredFor(record) {
	const roles = /* @__PURE__ */ new Map();
	for (const { role, reviewer } of record.approvals) roles.set(role, [...roles.get(role) ?? [], reviewer.login]);
	const { users, teams } = record.owners;
	return [
		...[...roles].map(([role, logins]) => [
			"approval",
			`as ${role}`,
			listed(logins)
		]),
		[
			"people",
			"contributors",
			listed(record.contributors.map(({ login }) => login))
		],
		[
			"people",
			"owners",
			listed([...users, ...teams])
		],
		[
			"rules",
			"task",
			record.task
		],
		[
			"rules",
			"risk class",
			record.risk
		],
		[
			"rules",
			"endpoints",
			listed(record.endpoints)
		],
		[
			"rules",
			"fallback",
			record.fallback
		],
		[
			"rules",
			"serving image",
			record.servingImage
		],
		[
			"rules",
			"description",
			record.description
		],
		[
			"rules",
			"limits",
			record.limitations
		]
	];
}
const listed = (names) => [...new Set(names)].sort().join(", ") || "nobody";
/** Enough of a digest to see that it is another one. */
const short = (digest) => digest.replace(/^sha256:/, "").slice(0, 12);

// cli/commands/registry/diff.ts
/** `gatehouse registry diff`: what differs between two versions of a model. */
const diffVersionsCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("diff").description("Lays two versions side by side: parameters, data, metrics, gates, approvals, code").argument("<model>", "name of the model").argument("<a>", "for example v6").argument("<b>", "for example v7").option("--all", "every fact of both records: digests and times too, and what is equal");
	withRegistryOptions(command).action((model, a, b, options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const [one, other] = [parseVersion(model, a), parseVersion(model, b)];
		const left = await readModel(source.reader, model, one);
		const right = await readModel(source.reader, model, other);
		const all = diffVersions(left.record, right.record);
		const facts = options.all === true ? all : all.filter(({ differs }) => differs);
		printAnswer(context, options, source, {
			json: {
				model,
				versions: [one, other],
				facts
			},
			blocks: () => options.all === true ? diffBlocks(model, [one, other], facts) : versionDifferenceBlocks(model, [left.record, right.record], facts)
		});
		return 0;
	})));
};

// cli/commands/registry/history.ts
/** `gatehouse registry history`: who approved what, when, why. */
const registryHistoryCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("history").description("Tells what happened to a model: who approved what, when and why").argument("<model>", "name of the model");
	withRegistryOptions(command).action((model, options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const { readHistory, historyBlocks } = await import("./shared-model-history.js");
		const lines = await readHistory(source.reader, model);
		printAnswer(context, options, source, {
			json: {
				model,
				events: lines
			},
			blocks: () => historyBlocks(model, lines)
		});
		return 0;
	})));
};

// cli/commands/registry/incidents.ts
/** `gatehouse registry incidents`: what stands on the base branch and not in the ledger, and who mends it. */
const incidentsCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("incidents").description("Lists what went past the gate and is not mended yet, and corrections of the ledger").option("--all", "those that are closed too");
	withRegistryOptions(command).action((options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const { incidents, corrections } = await source.reader.incidents();
		const all = options.all === true;
		const shown = all ? incidents : incidents.filter(({ closed }) => closed === null);
		printAnswer(context, options, source, {
			json: {
				incidents: shown,
				corrections
			},
			blocks: () => incidentBlocks(incidents, corrections, all)
		});
		return 0;
	})));
};

// cli/commands/registry/list.ts
/** `gatehouse registry list`: every model, what of it serves where, and how many versions stand in which stage. */
const listModelsCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("list").description("Lists every model: versions, stages, what serves where");
	withRegistryOptions(command).action((options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const models = [];
		await source.reader.eachState("serving", (state) => models.push(lineOf(state)));
		printAnswer(context, options, source, {
			json: { models },
			blocks: () => listBlocks(models)
		});
		return 0;
	})));
};

// cli/commands/registry/show.ts
/** `gatehouse registry show`: one model, or one version of it. */
const showModelCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("show").description("Shows a model: what serves, made from what, approved by whom, since when, how well").argument("<model>", "flight-delay, or one version of it: flight-delay@v7");
	withRegistryOptions(command).action((text, options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const { model, version } = parseModelVersion(text);
		const answer = await readModel(source.reader, model, version);
		printAnswer(context, options, source, {
			json: {
				asOf: null,
				...answer
			},
			blocks: () => modelAnswerBlocks(answer, null)
		});
		return 0;
	})));
};

// cli/commands/registry/who.ts
const mostKnown = 20;
/** `gatehouse registry who`: what serves at an endpoint. */
const whoCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("who").description("Says what serves at an endpoint; with a model, everything about what serves").argument("<endpoint>", "eu, or of one model: eu/flight-delay");
	withRegistryOptions(command).action((text, options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const slash = text.indexOf("/");
		const answer = slash < 0 ? await servedThere(source, text) : await champion(source, text.slice(0, slash), text.slice(slash + 1));
		printAnswer(context, options, source, answer);
		return 0;
	})));
};
async function servedThere({ reader }, endpoint) {
	const served = [];
	await reader.eachState("serving", (state) => {
		for (const stay of servingStays(state)) if (stay.endpoint === endpoint) served.push({
			model: state.model,
			...stay
		});
	});
	if (served.length === 0) await needEndpoint(reader, endpoint);
	return {
		json: {
			endpoint,
			served
		},
		blocks: () => servedBlocks(["Serves at ", { strong: endpoint }], served)
	};
}
/** Nothing serves there: was that ever otherwise? */
async function needEndpoint(reader, endpoint) {
	const known = /* @__PURE__ */ new Set();
	await reader.eachState("all", (state) => {
		for (const stay of state.deployments) known.add(stay.endpoint);
	});
	if (!known.has(endpoint)) throw unknownEndpoint("nothing was ever", endpoint, known);
}
async function champion({ reader }, endpoint, model) {
	const state = await needState(reader, model);
	const stay = servingStays(state).find((each) => each.endpoint === endpoint);
	if (stay === void 0) {
		const known = new Set(state.deployments.map((each) => each.endpoint));
		if (!known.has(endpoint)) throw unknownEndpoint(`${model} was never`, endpoint, known);
		throw new InputError("LEDGER_NO_CHAMPION", `nothing of ${model} serves at ${endpoint}`, { hint: `What served there before says gatehouse registry history ${model}.` });
	}
	const answer = await readModel(reader, model, stay.version);
	return {
		json: {
			endpoint,
			asOf: null,
			...answer
		},
		blocks: () => modelAnswerBlocks(answer, null)
	};
}
function unknownEndpoint(subject, endpoint, known) {
	const listed = [...known].sort().slice(0, mostKnown).join(", ") || "none";
	const message = `${subject} in production at ${JSON.stringify(endpoint.slice(0, 80))}`;
	return new InputError("LEDGER_UNKNOWN_ENDPOINT", message, { hint: `Known: ${listed}.` });
}

// cli/commands/registry.ts
/** `gatehouse registry ...`: what serves where, trained on what, approved by whom, since when, how well; from a clone alone. */
const registryCommand = (fetchAnchors) => (program, context) => {
	const registry = program.command("registry").description("Answers what serves where, made from what, approved by whom, since when, how well");
	const commands = [
		listModelsCommand,
		showModelCommand,
		registryHistoryCommand,
		atCommand,
		whoCommand,
		diffVersionsCommand,
		incidentsCommand
	];
	for (const add of commands) add(fetchAnchors)(registry, context);
};

export { registryCommand };