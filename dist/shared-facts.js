import { i as evaluateGates } from "./shared-floor.js";
import { r as waivedGates, t as resolveGates } from "./shared-gate-rule.js";
import { f as versionPath } from "./shared-layout2.js";

// core/report/facts.ts
/** `v6`; null: there is nobody to compare with. */
const championOf = ({ against, champion }) => champion ?? (against === null ? null : `v${against}`);
/** The same within a sentence: `the champion` where it has no number. */
const championText = (comparison) => comparison.champion === void 0 ? championOf(comparison) ?? "nobody" : `the ${comparison.champion}`;
function comparisonsOf({ input }) {
	const { judgement, policy } = input;
	if (judgement === null) return [];
	const gates = resolveGates(input);
	return judgement.comparisons.map(({ against, metrics, detail, explanation, behaviour }) => {
		const outcomes = evaluateGates(metrics, gates, {
			against,
			rows: judgement.heldOut.rows,
			minimumRows: policy.defaults.minimumRows
		});
		return {
			against,
			endpoints: judgement.champions.filter(({ version }) => version === against).map(({ endpoint }) => endpoint),
			metrics,
			detail,
			explanation,
			behaviour,
			outcomes,
			waived: waivedIn(outcomes, metrics, input)
		};
	});
}
/** As the decision rules on them. */
function waivedIn(outcomes, metrics, input) {
	const { now, model, declared } = input;
	if (now === void 0 || model === null) return /* @__PURE__ */ new Map();
	return waivedGates(outcomes, metrics, model.model, {
		waivers: declared?.waivers ?? [],
		now
	});
}
/** The day until which governors let this gate fail; null: they do not, or it does not fail. */
const waivedUntil = ({ waived }, { gate, result }) => result === "fail" ? waived?.get(gate) ?? null : null;
/** Datasets that break their contract, and those that could not be read. Not believed evidence is not shown. */
function invalidData({ input }) {
	return input.validation?.datasets.filter(({ verdict }) => verdict === "data invalid") ?? [];
}
const requestOf = ({ input }) => input.change.kind === "request" ? input.change : null;
const stageMovesOf = ({ decision }) => decision.moves.flatMap((move) => move.kind === "stage" ? [move] : []);
const modelOf = (report) => requestOf(report)?.model ?? report.input.model?.model ?? null;
/** The version that the merge registered, by the file that was written for it; null while nothing is recorded. */
function registeredVersion({ recorded }, model) {
	const folder = `models/${model}/versions/`;
	for (const file of recorded?.files ?? []) {
		const number = file.startsWith(folder) ? /^(\d{4,9})\.yml$/.exec(file.slice(folder.length))?.[1] : void 0;
		if (number !== void 0 && versionPath(model, Number(number)) === file) return Number(number);
	}
	return null;
}
/** Which comment a report belongs to. */
function markerFor(report) {
	const { change } = report.input;
	if (change.kind === "refused" && change.about) return {
		kind: change.about.proposal ? "proposal" : "promotion",
		model: change.about.model
	};
	const model = modelOf(report);
	if (model === null) return { kind: "configuration" };
	return {
		kind: stageMovesOf(report).length > 0 ? "promotion" : "proposal",
		model
	};
}
/** Refused evidence first: it is what a reader must see before anything else; every finding once. */
function findingsOf({ input, decision }) {
	const all = [...input.refusals, ...decision.findings];
	const seen = /* @__PURE__ */ new Set();
	return all.filter((finding) => {
		const key = JSON.stringify([
			finding.code,
			finding.message,
			finding.where?.file,
			finding.where?.line
		]);
		return !seen.has(key) && seen.add(key);
	});
}
const short = (commit) => commit.slice(0, 7);

export { invalidData as a, registeredVersion as c, stageMovesOf as d, waivedUntil as f, findingsOf as i, requestOf as l, championText as n, markerFor as o, comparisonsOf as r, modelOf as s, championOf as t, short as u };