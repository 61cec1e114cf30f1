import { i as linkRun, n as linkFile, r as linkLedgerFile, t as linkCommit } from "./shared-address.js";
import { n as namesOf, t as approvalSections } from "./shared-approval-sections.js";
import { n as fitSections, t as bodyLimit } from "./shared-budget.js";
import { d as isOpen, i as dataSections, t as findingSections } from "./shared-finding-list.js";
import { i as reviewHeadline, n as isByBreakGlass, t as emergencySections } from "./shared-emergency-section.js";
import { a as invalidData, c as registeredVersion, d as stageMovesOf, f as waivedUntil, i as findingsOf, l as requestOf, o as markerFor, r as comparisonsOf, s as modelOf, u as short } from "./shared-facts.js";
import { t as isFailure } from "./shared-finding.js";
import { a as verdictWords, t as decisionWords } from "./shared-icon.js";
import { w as stagesPath, x as policyPath } from "./shared-layout.js";
import { n as foldedSections, r as historyOf, s as viewSections } from "./shared-judged-sections.js";
import { t as lineageSections } from "./shared-lineage-section.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { a as writeState, i as writeMarker, t as bodyDigest } from "./shared-marker.js";
import { t as paragraph } from "./shared-block.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { i as whatText } from "./shared-decision-blocks.js";
import { n as showTime } from "./shared-time-text.js";
import { n as renderRunTable } from "./shared-run-table.js";
import { a as headPath, f as versionPath, i as frontPagePath, l as statePath, n as cardPath, r as endpointPath, u as statusPath } from "./shared-layout2.js";

// core/report/report-only.ts
/**
* True for a result that would hold up a merge, under a policy that does not (`enforce: false`). What is allowed is a
* success under any policy.
*/
function isReportOnly({ input, decision, recorded }) {
	if (recorded !== null || decision.kind === "allowed" || decision.kind === "nothing") return false;
	return input.policy.enforce === false;
}
const reportOnlyNote = `This check holds up no merge, because ${policyPath} says enforce: false. A merge that is not allowed still records nothing.`;

// core/report/headline.ts
/** The first line: verdict in a word, and what merging does. */
function headlineOf(report) {
	const { decision, recorded } = report;
	if (recorded !== null) return [isByBreakGlass(report) ? "⚠️ Recorded, by break-glass: " : "✅ Recorded: ", ...consequence(report, "done")];
	if (report.merged && decision.kind === "allowed" && decision.moves.length === 0) return ["✅ Merged: ", ...consequence(report, "done")];
	if (decision.kind === "nothing") return ["⚪ Nothing to check: merging this pull request moves no model"];
	if (isReportOnly(report)) return ["Report only: ", ...verdictOf(report)];
	return verdictOf(report);
}
function verdictOf(report) {
	const { decision } = report;
	if (isForkHeld(report)) return ["🔒 Waiting for a maintainer: a pull request from a fork gets no GPU runner, secret or label"];
	return [wordOf(report), ...sentences[decision.verdict](report)];
}
function wordOf(report) {
	if (isByBreakGlass(report)) return "⚠️ By break-glass: ";
	return isWaived(report) ? "⚠️ Waived: " : `${verdictWords[report.decision.verdict]}: `;
}
/** Allowed, though a gate fails that governors let fail for a while: no pass. */
const isWaived = ({ decision }) => decision.kind === "allowed" && decision.rules.some(({ state }) => state === "waived");
/** A headline has one line: a longer sentence stands below it. */
const mostWords = 92;
/** A fork's evidence cannot come: what helps is a maintainer, not another push. */
function isForkHeld({ input, decision }) {
	return input.fork && decision.findings.some(({ code }) => code === "request/fork");
}
const sentences = {
	pass: (report) => ["merging this pull request ", ...consequence(report, "will")],
	fail: failed,
	"data invalid": invalid,
	"not evaluated": (report) => tooFewRows(report) ?? [...notEvaluated(report), ". This says nothing about the model"],
	waiting
};
function failed(report) {
	const comparisons = comparisonsOf(report);
	const outcomes = comparisons.flatMap((each) => each.outcomes);
	const failures = comparisons.flatMap((each) => each.outcomes.filter((outcome) => outcome.result === "fail" && waivedUntil(each, outcome) === null)).length;
	const name = { code: aboutOf(report) };
	if (failures > 0) return [
		"merging records nothing. ",
		name,
		` fails ${failures} of ${counted(outcomes.length, "gate")}`
	];
	return ["merging records nothing. ", oneLine(findingsOf(report)[0]?.message ?? "")];
}
/** The message, or its first clause: what comes after "and" says why. */
function oneLine(message) {
	return ([message, message.split(", and ")[0] ?? ""].find((text) => text.length <= mostWords) || "See what stands in the way").replace(/\.$/, "");
}
function invalid(report) {
	const bad = invalidData(report);
	const broken = bad.flatMap(({ findings }) => findings.filter(isFailure));
	const stopped = report.input.judgement === null && requestOf(report)?.proposal === true;
	const [first] = bad;
	return [stopped ? "training did not start" : "this data may not be used", ...first === void 0 ? [] : [
		". ",
		{ code: first.dataset },
		` breaks ${counted(broken.length, "rule")} of its contract`
	]];
}
function notEvaluated(report) {
	const because = report.decision.rules.find(({ state }) => state === "not evaluated")?.because.replace(/\.?\s*This says nothing about the model\.?/, "").replace(/\.$/, "");
	const [first] = findingsOf(report);
	return [[first?.message, because].find((text) => text !== void 0 && text.length <= mostWords) ?? "evidence is missing"];
}
/** Judged, and still open: more rows would tell. Null: it is about something else. */
function tooFewRows(report) {
	const open = comparisonsOf(report).flatMap(({ outcomes }) => outcomes).filter(isOpen);
	if (open.length === 0) return null;
	const rows = grouped(report.input.judgement?.heldOut.rows ?? 0);
	const needed = Math.max(...open.map(({ rowsNeeded }) => rowsNeeded ?? 0));
	const would = needed === 0 ? "" : `, about ${grouped(needed)} would`;
	return [`${counted(open.length, "gate")} cannot be decided on ${rows} held-out rows${would}`];
}
function waiting(report) {
	const { decision, headSha } = report;
	const pending = decision.rules.find(({ rule, state }) => state === "waiting" && rule !== "approvals" && !isHeldBy(rule));
	const held = heldUntil(report);
	const missing = decision.missing.reduce((sum, { count }) => sum + count, 0);
	if (pending !== void 0 && missing === 0) return [
		"running for ",
		{ code: short(headSha) },
		": no result yet"
	];
	if (pending === void 0 && missing === 0 && held !== null) return [held.replace(/\.$/, "")];
	const all = missing + decision.counted.length;
	if (pending !== void 0 || missing === 0) return ["for evidence on ", { code: short(headSha) }];
	return [`${decision.counted.length} of ${counted(all, "approval")} to `, ...consequence(report, "infinitive")];
}
/** What only time can meet, in words; null: nothing of the kind holds it up. */
const heldUntil = ({ decision }) => decision.rules.find(({ rule, state }) => isHeldBy(rule) && state === "waiting")?.because ?? null;
/** Rules that only time can meet. */
const isHeldBy = (rule) => rule === "time" || rule === "break-glass";
/** What the merge does to the registry, in words; the first move speaks, the others are counted. */
function consequence(report, tense) {
	const [first, ...others] = report.decision.moves.length > 0 ? report.decision.moves : requestOf(report)?.moves ?? [];
	const request = requestOf(report);
	if (first === void 0) return request === null ? [verb(tense, "change"), " nothing"] : withoutMove(request, tense, reviewHeadline(report.input));
	const more = others.length === 0 ? [] : [` and ${counted(others.length, "more move")}`];
	return [...ofMove(first, tense, report), ...more];
}
function ofMove(move, tense, report) {
	const model = { code: move.model };
	if (move.kind === "registration") {
		const staged = report.input.policy.proposal.onMerge === "staging" ? " in staging" : "";
		const version = registeredVersion(report, move.model);
		const what = version === null ? ["a new version of ", model] : [{ code: `${move.model} v${version}` }];
		return [
			verb(tense, "register"),
			" ",
			...what,
			staged
		];
	}
	const version = { code: `${move.model} v${move.version}` };
	if (move.rollback) return [
		verb(tense, "return"),
		" endpoint ",
		{ code: move.endpoint ?? "" },
		" to ",
		version
	];
	if (move.to === "production") return [
		verb(tense, "put"),
		" ",
		version,
		" into production at ",
		{ code: move.endpoint ?? "" }
	];
	const at = move.endpoint === null ? [] : [" at ", { code: move.endpoint }];
	return [
		verb(tense, "move"),
		" ",
		version,
		` from ${move.from ?? "nowhere"} to ${move.to}`,
		...at
	];
}
function withoutMove(request, tense, review) {
	if (review !== null) return [verb(tense, "record"), ` ${review}`];
	if (request.configuration.length > 0) return [verb(tense, "change"), ` the rules of Gatehouse (${counted(request.configuration.length, "file")})`];
	const names = [.../* @__PURE__ */ new Set([...request.datasets, ...request.newDatasets])];
	if (names.length === 0) return [verb(tense, "change"), " nothing that is governed"];
	return [
		verb(tense, "change"),
		" the data of ",
		{ code: names.slice(0, 3).join(", ") }
	];
}
const forms = {
	register: ["registers", "registered"],
	return: ["returns", "returned"],
	put: ["puts", "put"],
	move: ["moves", "moved"],
	change: ["changes", "changed"],
	record: ["records", "recorded"]
};
function verb(tense, word) {
	const [present, past] = forms[word] ?? [word, word];
	return tense === "infinitive" ? word : tense === "will" ? present : past;
}
/** Names of what a pull request is about, for small print. */
function aboutOf(report) {
	const versions = stageMovesOf(report).map(({ version }) => `v${version}`);
	return [modelOf(report) ?? "configuration", ...new Set(versions)].join(" ");
}

// core/report/next-steps.ts
const most = 5;
/** What to do now: numbered, copyable, and always there while anything can be done. */
function nextSteps(report) {
	const items = stepsOf(report).slice(0, most);
	return {
		name: "next steps",
		rank: 0,
		blocks: items.length === 0 ? [] : [{
			kind: "paragraph",
			text: [{ strong: "Next" }]
		}, {
			kind: "steps",
			items
		}]
	};
}
function stepsOf(report) {
	const { decision, recorded } = report;
	if (recorded !== null) return afterRecord(report);
	if (decision.kind === "nothing" || report.merged && decision.kind === "allowed") return [];
	if (isForkHeld(report)) return forFork(report);
	if (decision.kind === "allowed") return [[`Merge this pull request: ${mergeNote(report)}${deployNote(report)}`]];
	if (decision.verdict === "waiting") return whileWaiting(report);
	if (decision.verdict === "not evaluated") return moreRows(report) ?? afterFault(report);
	const own = fixes(report);
	const says = (words) => (step) => typeof step[0] === "string" && words.test(step[0]);
	const steps = own.length > 0 && own.every(says(/\bin a pull request of its own\b/)) || own.some(says(/\bpush again\b/i)) ? own : [...own, pushed];
	const held = heldUntil(report);
	return held === null ? steps : [...steps, [`Then it waits all the same: ${held}`]];
}
const pushed = ["Push the fix to this branch: everything is judged again on every push."];
/** Rules and data alone move no model: nothing is written for them. */
function mergeNote({ decision, input: { change } }) {
	return decision.moves.length + (change.kind === "request" ? change.moves.length : 0) === 0 ? "no model moves by it." : "Gatehouse decides once more and writes the ledger.";
}
/** A registration alone serves nobody: said because it is the first question of every reader. */
function deployNote(report) {
	return requestOf(report)?.proposal === true ? " Nothing is deployed by merging: production is a request of its own." : "";
}
/** The fixes of what was found, each once, worst first; the place where it stands is linked. */
function fixes(report) {
	const data = invalidData(report).flatMap(({ findings }) => findings.filter(isFailure));
	const all = [...findingsOf(report).filter(isFailure), ...data];
	const seen = /* @__PURE__ */ new Set();
	return all.filter(({ fix }) => !seen.has(fix) && seen.add(fix)).slice(0, 3).map((finding) => [finding.fix, ...place(report, finding)]);
}
function place(report, { where }) {
	return where?.line === void 0 ? [] : [
		" (",
		linkFile(report, where),
		")"
	];
}
function whileWaiting(report) {
	const steps = approvers(report);
	const pending = report.decision.rules.find(({ rule, state }) => state === "waiting" && rule !== "approvals" && !isHeldBy(rule));
	const wait = pending === void 0 ? [] : [[pending.because, " This page follows by itself."]];
	const before = steps.length > 0 && pending !== void 0 ? [["Approve after the result is here: an approval counts only for a result that was there to see."]] : steps;
	const held = heldUntil(report);
	const all = [
		...wait,
		...before,
		...held === null ? [] : [[held, " This page follows by itself."]]
	];
	return all.length > 0 ? all : [["Wait: this page follows by itself."]];
}
function approvers({ decision, headSha }) {
	return decision.missing.map(({ role, count, candidates }) => [
		`${count === 1 ? "One approving review" : `${count} approving reviews`} as `,
		{ code: role },
		" on ",
		{ code: short(headSha) },
		": ",
		...namesOf(candidates),
		"."
	]);
}
/** Running the same rows again would answer the same. Null: it is about something else. */
function moreRows(report) {
	const open = comparisonsOf(report).flatMap(({ outcomes }) => outcomes.filter(isOpen));
	if (open.length === 0) return null;
	const needed = Math.max(...open.map(({ rowsNeeded }) => rowsNeeded ?? 0));
	return [[`${needed === 0 ? "Enlarge the held-out set" : `Enlarge the held-out set to about ${grouped(needed)} rows`}: what these rows say may be chance, and running them again says the same.`], ["Or push a challenger that differs more, or have the owners accept a larger margin in model.yml."]];
}
function afterFault(report) {
	const stopped = findingsOf(report).filter(({ code }) => code.endsWith("/stopped"));
	const own = stopped.length === 0 ? fixes(report) : [["Mend what stopped the job, as the column \"Fix\" says."]];
	if (stopped.length > 0 && stopped.every(({ fix }) => !/\b(?:again|re-run|log)\b/i.test(fix))) return [...own, pushed];
	const retry = [
		"Open ",
		linkRun(report),
		" and choose \"Re-run failed jobs\"; a re-run keeps approvals that count."
	];
	return [...own, retry];
}
function forFork(report) {
	const branch = `gatehouse/pull-${report.pullRequest}`;
	return [
		[
			"A maintainer reads the diff of ",
			{ code: short(report.headSha) },
			": it runs on your machines once it is in a branch."
		],
		["Fetch it: ", { code: `git fetch origin pull/${report.pullRequest}/head:${branch}` }],
		[
			"Push it: ",
			{ code: `git push origin ${branch}` },
			" and open a pull request from that branch."
		],
		[
			"Or write ",
			{ code: `/gatehouse run ${short(report.headSha)}` },
			" here: the answer has the commands for exactly this commit, should a newer one come."
		],
		["Its author stays the author: whoever wrote a commit cannot approve it."]
	];
}
/** What serves the new version: production, and staging before it when the merge only registered it. */
function afterRecord(report) {
	const model = modelOf(report);
	const version = model === null ? null : registeredVersion(report, model);
	if (model === null || version === null || requestOf(report)?.proposal !== true) return [];
	const endpoint = report.input.model?.endpoints[0];
	const production = endpoint === void 0 ? [] : [": ", { code: `production: { ${endpoint}: ${version} }` }];
	const file = { code: stagesPath(model) };
	if (report.input.policy.proposal.onMerge === "staging") return [[
		"To serve it, open a pull request that asks in ",
		file,
		` for v${version} in production`,
		...production,
		"."
	]];
	return [[
		"It is registered only. To serve it, first open a pull request that asks in ",
		file,
		` for v${version} in staging: `,
		{ code: `staging: [${version}]` },
		"."
	], [
		"After that is merged, open another one that asks for production",
		...production,
		"."
	]];
}

// core/report/policy-preview-section.ts
/** Reasons of one line: the rest stand in the check of that pull request. */
const mostReasons = 3;
/** What the changed policy would have blocked, would let pass, and makes of what is open. */
function policyPreviewSections({ policyPreview: preview, repositoryUrl }) {
	if (preview === void 0) return [];
	const link = (number) => ({
		link: `#${number}`,
		to: `${repositoryUrl}/pull/${number}`
	});
	return [
		{
			name: "what this policy would block",
			rank: 2,
			blocks: [...title(preview), ...replayBlocks(preview, link)]
		},
		{
			name: "open pull requests under this policy",
			rank: 2,
			blocks: openBlocks(preview, link)
		},
		{
			name: "refused merges under this policy",
			rank: 3,
			blocks: refusedBlocks(preview, link)
		},
		{
			name: "what the replay rests on",
			rank: 3,
			blocks: noteBlocks(preview)
		}
	].filter(({ blocks }) => blocks.length > 0);
}
function title({ outdated }) {
	const head = paragraph({ strong: "What this policy would change" });
	if (!outdated) return [head];
	return [head, paragraph({ code: policyPath }, " on the base branch changed since this branch left it: update the branch to see what the merge says.")];
}
function replayBlocks({ replay }, link) {
	const { decisions, blocked } = replay;
	if (decisions.length === 0) return [paragraph("The ledger holds no promotion to try it on.")];
	const total = counted(decisions.length, "promotion");
	if (blocked === 0) return [paragraph(`It would have blocked none of the last ${total}.`)];
	return [paragraph(`It would have blocked ${blocked} of the last ${total}:`), {
		kind: "table",
		head: [
			"Pull request",
			"When",
			"What",
			"With this policy",
			"Because"
		],
		rows: decisions.filter((each) => each.blocked).map((each) => replayRow(each, link))
	}];
}
const replayRow = (each, link) => [
	[link(each.pullRequest)],
	[showTime(each.at)],
	[`${each.model}: ${whatText(each.what)}`],
	[decisionWords[each.kind]],
	reasons(each.by)
];
function openBlocks({ open, more, enforces }, link) {
	const rest = more ? [paragraph(`Only the ${open.length} that changed last were looked at.`)] : [];
	if (open.length === 0) return [paragraph("No other open pull request asks for anything."), ...rest];
	const other = open.filter((each) => each.kind === "decided" && each.before !== each.after).length;
	const all = counted(open.length, "other open pull request");
	return [
		paragraph(other === 0 ? `It decides ${all} as now:` : `It decides ${other} of ${all} otherwise:`),
		pullTable(open, link),
		...rest,
		...enforces ? [] : [paragraph("It only reports: none of this would hold up a merge.")]
	];
}
function refusedBlocks({ refused }, link) {
	if (refused.length === 0) return [];
	const passes = refused.filter((each) => each.kind === "decided" && each.after === "allowed").length;
	return [paragraph(`Of ${counted(refused.length, "merge")} that the ledger does not hold, it would let ${passes} pass. Nothing of them is promoted by this: they have to be asked for again.`), pullTable(refused.map((each) => each.kind === "decided" ? {
		...each,
		anew: false
	} : each), link)];
}
const pullTable = (pulls, link) => ({
	kind: "table",
	head: [
		"Pull request",
		"About",
		"Now",
		"With this policy",
		"Because"
	],
	rows: pulls.map((each) => each.kind === "unread" ? [
		[link(each.number)],
		["–"],
		["–"],
		["not known"],
		[each.because]
	] : [
		[link(each.number)],
		[aboutText(each.change)],
		[decisionWords[each.before]],
		[decisionWords[each.after]],
		because(each)
	])
});
/** What stands as before has its reasons in its own check. */
function because({ before, after, by, anew }) {
	const why = before === after ? [] : reasons(by);
	return anew ? [...why, `${why.length === 0 ? "" : " "}${newRules}`] : why;
}
const newRules = "Rules that apply to it change: results and approvals are asked for again.";
function reasons(by) {
	const more = by.length - mostReasons;
	return [by.slice(0, mostReasons).map(({ rule, because }) => `${rule}: ${because.replace(/(?<![.…])$/, ".")}`).join(" "), more > 0 ? ` And ${counted(more, "more rule")}.` : ""];
}
function aboutText(change) {
	if (change.kind === "nothing") return "nothing";
	if (change.kind === "refused") return change.about?.model ?? "nothing that can be read";
	const moves = change.moves.map((move) => move.kind === "registration" ? "a new version" : `v${move.version} to ${move.to}${move.endpoint === null ? "" : ` at ${move.endpoint}`}`);
	const what = moves.length > 0 ? moves : change.configuration.length > 0 ? ["rules"] : change.datasets;
	return `${change.model === null ? "" : `${change.model}: `}${[...new Set(what)].slice(0, 3).join(", ") || "data"}`;
}
function noteBlocks({ replay, open, refused }) {
	const unknown = [...open, ...refused].flatMap((each) => each.kind === "decided" ? each.unknown : []);
	const sentences = [.../* @__PURE__ */ new Set([...replay.unknown, ...unknown])];
	return [...sentences.length === 0 ? [] : [{
		kind: "list",
		items: sentences.slice(0, 10).map((sentence) => [sentence])
	}], {
		kind: "small",
		text: ["From recorded facts: approvals are taken as given for the same change, evidence as it was judged. Try another text, offline: ", { code: "gatehouse policy replay --policy FILE" }]
	}];
}

// core/report/written-section.ts
const filesShown = 30;
/** What the merge writes into the ledger; after it was recorded, links to the files. */
function writtenSections(report) {
	if (report.recorded !== null) return [recordedSection(report.recorded)];
	const { decision, input } = report;
	const registers = decision.moves.some(({ kind }) => kind === "registration");
	const moves = stageMovesOf(report);
	if (!(decision.kind === "allowed" || decision.kind === "waiting") || moves.length === 0 && !registers) return [];
	const model = requestOf(report)?.model ?? "";
	const files = [
		...registers ? [versionPath(model, 0).replace("0000", "NNNN")] : [],
		...moves.flatMap(({ endpoint }) => endpoint === null ? [] : [endpointPath(endpoint, model)]),
		...[
			statePath(model),
			statusPath(model),
			cardPath(model),
			`audit/${model}/`,
			headPath
		]
	];
	return [{
		name: "what merging writes",
		rank: 5,
		blocks: [{
			kind: "fold",
			title: "If it is merged now",
			blocks: [
				{
					kind: "paragraph",
					text: [
						"One commit on branch ",
						{ code: input.policy.ledger.branch },
						" writes:"
					]
				},
				{
					kind: "list",
					items: [...new Set(files)].map((file) => [{ code: file }])
				},
				...diffOf(report, moves, registers)
			]
		}]
	}];
}
/** Stage lines as the ledger has them and will have them. */
function diffOf(report, moves, registers) {
	const staged = report.input.policy.proposal.onMerge;
	const lines = moves.flatMap((move) => diffMove(move, report));
	const all = registers ? [`+ vN (the next number): ${staged}`, ...lines] : lines;
	return all.length === 0 ? [] : [{
		kind: "fence",
		language: "diff",
		lines: all
	}];
}
function diffMove(move, { input }) {
	const champion = input.ledger.champions.find(({ endpoint }) => endpoint === move.endpoint);
	const stages = [`- v${move.version}: ${move.from ?? "unknown"}`, `+ v${move.version}: ${move.to}`];
	if (move.to !== "production" || move.endpoint === null) return stages;
	return [
		...stages,
		`- ${move.endpoint}: champion ${champion === void 0 ? "none" : `v${champion.version}`}`,
		`+ ${move.endpoint}: champion v${move.version}${champion === void 0 || move.rollback ? "" : `, previous v${champion.version}`}`
	];
}
/**
* Commands that work as they stand, whatever was written since: the ledger as of this commit, with the anchor that the
* app left for it.
*/
function verifyLines({ ledgerUrl, files, size, root }) {
	const [, commit] = /\/commit\/([0-9a-f]{40,64})$/.exec(ledgerUrl) ?? [];
	return ["git fetch origin", `gatehouse verify${commit === void 0 ? "" : ` --ledger ${commit}`}${files.includes(frontPagePath("shared")) ? " --shared" : ""} --anchor ${size}:${root}`];
}
/** Name of the decision, and of what carries an anchor. */
const checkName = "gatehouse";
function recordedSection(recorded) {
	const { ledgerUrl, size } = recorded;
	const files = recorded.files.filter((file) => !file.includes("/ops/"));
	const shown = files.slice(0, filesShown).map((file) => [linkLedgerFile(ledgerUrl, file)]);
	const more = files.length - shown.length;
	return {
		name: "written files",
		rank: 1,
		blocks: [
			{
				kind: "paragraph",
				text: [
					{ strong: "Written to the ledger" },
					" in ",
					{
						link: "one commit",
						to: ledgerUrl
					},
					":"
				]
			},
			{
				kind: "list",
				items: more > 0 ? [...shown, [`and ${counted(more, "file")} more`]] : shown
			},
			{
				kind: "paragraph",
				text: [
					`The ledger has ${counted(size, "entry", "entries")} now. Check it in a clone, offline; the anchor stands in the check `,
					{ code: checkName },
					" of the merge commit too, which the app alone can write:"
				]
			},
			{
				kind: "fence",
				language: "text",
				lines: verifyLines(recorded)
			}
		]
	};
}

// core/report/comment.ts
/**
* Renders the one comment of a pull request.
* @returns Markdown of at most 60,000 characters: marker, headline (what merging does), what failed, what to do next,
* the rest, state. Parts are left out whole, never cut.
*/
function renderComment(report) {
	const marker = writeMarker(markerFor(report));
	const footer = renderMarkdown([footerOf(report)]);
	const elsewhere = `The check "gatehouse" of this commit has the rest.`;
	const room = bodyLimit - marker.length - footer.length - 400;
	const body = fitSections(commentSections(report), room, elsewhere);
	const history = historyOf(report);
	return [
		marker,
		body,
		"",
		footer,
		writeState({
			v: 1,
			head: report.headSha,
			run: report.run?.id ?? 0,
			attempt: report.run?.attempt ?? 0,
			body: bodyDigest(body),
			...history.length === 0 ? {} : { history }
		})
	].join("\n");
}
/** Everything that a reader may want, in the order in which it matters: verdict, what failed, what to do, the rest. */
function commentSections(report) {
	return [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: headlineOf(report)
			}]
		},
		...emergencySections(report),
		...resultSections(report),
		nextSteps(report),
		...approvalSections(report),
		...policyPreviewSections(report),
		...foldedSections(report),
		...triedSections(report),
		...writtenSections(report),
		...lineageSections(report)
	].filter(({ blocks }) => blocks.length > 0);
}
function triedSections({ tried }) {
	const blocks = renderRunTable(tried);
	if (blocks.length === 0) return [];
	return [{
		name: "trainings",
		rank: 6,
		blocks: [{
			kind: "fold",
			title: `Trainings of this pull request: ${tried.length}`,
			blocks
		}]
	}];
}
/** What was found: invalid data, or gates, or whatever else stands in the way. What explains it is folded, further down. */
function resultSections(report) {
	const showPlace = (finding) => {
		if (finding.where === void 0) return "–";
		return isAbsent(finding) ? { code: finding.where.file } : linkFile(report, finding.where);
	};
	const bad = invalidData(report);
	const shownInTables = new Set(bad.flatMap(({ findings }) => findings.map(({ message }) => message)));
	const others = findingsOf(report).filter(({ code, message }) => code !== "gate/failed" && code !== "request/fork" && !shownInTables.has(message));
	return [
		...isForkHeld(report) ? [forkSection] : [],
		...bad.flatMap((dataset) => dataSections(dataset, showPlace)),
		...findingSections(others.filter(({ severity }) => severity !== "note"), showPlace),
		...viewSections(report),
		...findingSections(others.filter(({ severity }) => severity === "note"), showPlace)
	];
}
const isAbsent = ({ code, where, sample }) => code.endsWith("/missing") && sample?.file === where?.file && where?.pointer === void 0;
const forkSection = {
	name: "forks",
	rank: 1,
	blocks: [{
		kind: "paragraph",
		text: ["Nothing of this pull request ran on your training machines, and nothing was judged. Merging it records nothing."]
	}]
};
function footerOf(report) {
	const { judgement } = report.input;
	const champions = (judgement?.champions ?? []).map(({ endpoint, version }) => `v${version} at ${endpoint}`);
	return {
		kind: "small",
		text: [
			"Commit ",
			linkCommit(report, report.headSha),
			" · ",
			linkRun(report),
			report.run === null ? "" : `, attempt ${report.run.attempt}`,
			champions.length === 0 ? "" : ` · compared with ${champions.slice(0, 5).join(", ")}`,
			" · rules of ",
			linkCommit(report, report.baseSha),
			` · updated ${showTime(report.updatedAt)}`
		]
	};
}

export { nextSteps as a, reportOnlyNote as c, policyPreviewSections as i, resultSections as n, headlineOf as o, writtenSections as r, isReportOnly as s, renderComment as t };