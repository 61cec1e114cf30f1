import { a as findingsOf, r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { r as digestOf } from "./shared-canonical.js";
import { f as normalQuantile, i as evaluateGates, o as adjustPValues, u as normalCdf } from "./shared-floor.js";
import { c as isServing, n as metricKey, o as isFairness } from "./shared-metric-name.js";
import { i as readMoment, n as isMoment } from "./shared-moment.js";
import { n as behaviourMetric, r as groupSlice } from "./shared-behaviour-gates.js";
import { t as RE2JS } from "./shared-build.js";
import { t as checkExpression } from "./shared-expression-type.js";
import { _ as readText, a as scanTable, c as placeOf, d as refuseHeader, g as readNumber, h as predictionKeyFaults, i as shapeOf, m as KeyColumn, n as predictionSinks, p as showNames, r as readPredicted, t as predictionHeaders, v as showCell$1, y as FaultTally } from "./shared-read-predicted.js";
import { _ as pickNumbers, a as orderByValue, c as collectPasses, d as readClasses, f as readProbabilities, g as widthOf, h as defaultThreshold, i as findMetric, l as confidenceOf, n as resampleRange, o as makeBinaryConfusion, p as readBinary, r as takePart, u as hitsOf, v as pickPredicted, y as pickTruth } from "./shared-resample.js";
import { n as refuseInput, t as refuse } from "./shared-refusal.js";
import { a as settle, c as estimateMean, d as alignPredicted, i as prepareComparison, l as toMetricResult, o as tryOr, r as finishComparison, u as roundForReport } from "./shared-read-truth.js";
import { a as planCases, i as planPermutation, n as permutedKeys, t as readFeatureTable } from "./shared-feature-table.js";
import { i as namesOfEdges, n as nameOfPair, r as nameOfValue } from "./shared-slice-name.js";
import { Worker } from "node:worker_threads";
import { availableParallelism } from "node:os";

// adapters/compare/compare-in-threads.ts
/** Fewer numbers than this (rows times resamples times values) are drawn sooner than a thread starts. */
const usualLeast = 5e7;
/**
* Compares two models as `compareModels` does, to the bit, with the resamples split over threads. Where a thread cannot
* start or dies, its part is made in this one.
* @param threads this one included; as many as the machine has processors when absent
* @param leastWork rows times resamples times values from which on threads are started
*/
async function compareInThreads(input, threads = availableParallelism(), leastWork = usualLeast) {
	const prepared = prepareComparison(input);
	const { plans, resamples, parts } = prepared;
	const count = parts.reduce((sum, part, at) => sum + part.rows * widthOf(plans[at]), 0) * resamples < leastWork ? 1 : Math.max(1, Math.min(threads, resamples));
	const models = toModels(input);
	const [own, ...others] = Array.from({ length: count }, (_, at) => {
		const from = Math.floor(at * resamples / count);
		return {
			models,
			plans,
			from,
			to: Math.floor((at + 1) * resamples / count)
		};
	});
	const waiting = others.map(drawInThread);
	const drawn = [draw(own), ...(await Promise.all(waiting)).map((values, at) => values ?? draw(others[at]))];
	return finishComparison(prepared, concatenate(drawn));
}
const draw = ({ models, plans, from, to }) => resampleRange(models, plans, from, to);
/** What a thread needs, and nothing of the shell's that cannot be sent. */
function toModels({ truth, challenger, champion, thresholds, weights, groups, context, slices, seed }) {
	return {
		truth,
		challenger,
		champion,
		...thresholds === void 0 ? {} : { thresholds },
		weights: weights ?? null,
		groups: groups ?? null,
		context,
		...slices === void 0 ? {} : { slices },
		seed
	};
}
/** In `dist` the thread's code lies beside this one, under a name of its own (scripts/build.ts). */
const workerFile = () => new URL(import.meta.url.endsWith(".ts") ? "./resample-worker.ts" : "./resample-worker.js", import.meta.url);
/** @returns null when the thread gave no answer: a bundle without its file, or no memory for it */
function drawInThread(task) {
	return new Promise((resolve) => {
		const worker = startWorker(task);
		if (worker === null) {
			resolve(null);
			return;
		}
		worker.once("message", (values) => resolve(values));
		worker.once("error", () => resolve(null));
		worker.once("exit", () => resolve(null));
	});
}
function startWorker(workerData) {
	try {
		return new Worker(workerFile(), { workerData });
	} catch {
		return null;
	}
}
function concatenate(parts) {
	const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

// core/behaviour/model-output.ts
/** The class that an output says; null where it says none. Of equal probabilities the first class counts. */
function classOf(output, { classes, threshold }) {
	switch (output.kind) {
		case "number":
			if (threshold === null) return null;
			return classes[output.value >= threshold ? 1 : 0] ?? null;
		case "probabilities": return classes[output.values.indexOf(Math.max(...output.values))] ?? null;
		case "class": return classes[output.index] ?? null;
		case "text": return null;
	}
}
/** The number that an output says, of one class where there are many; NaN where it says none. */
function numberOf(output, of, { classes }) {
	if (output.kind === "number") return output.value;
	if (output.kind !== "probabilities" || of === null) return NaN;
	return output.values[classes.indexOf(of)] ?? NaN;
}
/** How far two outputs lie apart: the largest difference of a number; infinite where they are not the same class or text. */
function distance(a, b) {
	if (a.kind === "number" && b.kind === "number") return Math.abs(a.value - b.value);
	if (a.kind === "probabilities" && b.kind === "probabilities") return Math.max(...a.values.map((value, at) => Math.abs(value - (b.values[at] ?? NaN))));
	if (a.kind === "class" && b.kind === "class") return a.index === b.index ? 0 : Number.POSITIVE_INFINITY;
	return a.kind === "text" && b.kind === "text" && a.text === b.text ? 0 : Number.POSITIVE_INFINITY;
}

// core/behaviour/text-check.ts
/**
* Holds the text and the actions of a model against a check. Texts and actions are compared without regard to case: a
* capital letter must not get a forbidden word through. Patterns are RE2: linear time, whatever the text.
* @param actions null: the model does not say what it did, so nothing shows that it did not do what is forbidden
*/
function holdsTextCheck(check, text, actions) {
	switch (check.kind) {
		case "contains": return check.texts.every((part) => includesText(text, part));
		case "not-contains": return !check.texts.some((part) => includesText(text, part));
		case "matches": return findsPattern(text, check.pattern);
		case "not-matches": return !findsPattern(text, check.pattern);
		case "refuses": return check.patterns.some((pattern) => findsPattern(text, pattern));
		case "forbidden-actions": {
			const forbidden = new Set(check.actions.map(fold));
			return actions !== null && !actions.some((action) => forbidden.has(fold(action)));
		}
	}
}
/** One text for all writings of it: compatibility forms (full-width letters) and case. */
const fold = (text) => text.normalize("NFKC").toLowerCase();
const includesText = (text, part) => fold(text).includes(fold(part));
const findsPattern = (text, pattern) => RE2JS.compile(pattern).matcher(text).find();

// core/behaviour/judge-case.ts
/** Numbers of files carry binary dust: 0.3 - 0.2 is below 0.1. */
const slack = 1e-9;
/** Holds an output against one check. Fails closed: what is missing or no number does not hold. @returns null: it holds */
function breaks(check, outputs, reading) {
	switch (check.kind) {
		case "class": {
			const found = classOf(outputs.now, reading);
			return found === check.class ? null : {
				required: `class ${check.class}`,
				found
			};
		}
		case "range": return breaksRange(check, numberOf(outputs.now, check.of, reading));
		case "same": return breaksDistance(check.within, outputs.now, outputs.before, "what it was before the change");
		case "equal-to": return breaksDistance(check.within, outputs.now, outputs.of(check.case), `that of "${check.case}"`);
		case "same-class": {
			const [now, then] = [classOf(outputs.now, reading), outputs.before && classOf(outputs.before, reading)];
			return now !== null && now === then ? null : {
				required: "the class of before the change",
				found: now
			};
		}
		case "same-text": {
			const { now, before } = outputs;
			return now.kind === "text" && before?.kind === "text" && now.text === before.text ? null : {
				required: "the text of before the change",
				found: null
			};
		}
		case "rise":
		case "fall": return breaksDirection(check, outputs, reading);
		default: return breaksText(check, outputs.now);
	}
}
function breaksRange({ min, max }, value) {
	if (Number.isFinite(value) && (min === null || value >= min) && (max === null || value <= max)) return null;
	return {
		required: [min === null ? [] : `at least ${min}`, max === null ? [] : `at most ${max}`].flat().join(" and "),
		found: show$1(value)
	};
}
function breaksDistance(within, now, other, whose) {
	const apart = other === null ? NaN : distance(now, other);
	if (Number.isFinite(apart) && apart <= within + slack) return null;
	return {
		required: within === 0 ? whose : `within ${within} of ${whose}`,
		found: Number.isFinite(apart) ? `${show$1(apart)} from it` : null
	};
}
function breaksDirection({ kind, of, by }, { now, before }, reading) {
	const moved = before === null ? NaN : numberOf(now, of, reading) - numberOf(before, of, reading);
	const toward = kind === "rise" ? moved : -moved;
	if (Number.isFinite(toward) && toward >= by - slack) return null;
	const words = kind === "rise" ? ["no fall", "a rise"] : ["no rise", "a fall"];
	return {
		required: (by === 0 ? words[0] : `${words[1]} of at least ${by}`) ?? "",
		found: Number.isFinite(moved) ? `moved by ${show$1(moved)}` : null
	};
}
function breaksText(check, now) {
	if (now.kind === "text" && holdsTextCheck(check, now.text, now.actions)) return null;
	return {
		required: describeTextCheck(check),
		found: null
	};
}
function describeTextCheck(check) {
	switch (check.kind) {
		case "contains": return `a text that contains ${quote(check.texts)}`;
		case "not-contains": return `a text without ${quote(check.texts)}`;
		case "matches": return `a text that matches ${check.pattern}`;
		case "not-matches": return `a text that does not match ${check.pattern}`;
		case "refuses": return "a refusal";
		case "forbidden-actions": return `none of the actions ${check.actions.join(", ")}, and a list of actions`;
	}
}
const quote = (texts) => texts.map((text) => `"${text}"`).join(", ");
const show$1 = (value) => Number.isFinite(value) ? String(Number(value.toPrecision(6))) : "no number";

// core/behaviour/judge-behaviour.ts
/**
* Holds what two models said against a suite. Every case counts: one without an output has failed.
* @param heldOutRows as the rows were made from
* @param champion null: there is none, or it was not asked
* @throws InputError BEHAVIOUR_SAMPLE
*/
function judgeBehaviour(suite, heldOutRows, challenger, champion) {
	const planned = planCases(suite, heldOutRows);
	const mine = judgeCases(planned, challenger);
	const theirs = champion && judgeCases(planned, champion);
	const groups = suite.groups.map((group, at) => {
		const here = planned.flatMap((one, place) => one.group === at ? [place] : []);
		return {
			group,
			here,
			...countGroup(group, here, planned, mine, theirs)
		};
	});
	const all = planned.map((_, place) => place);
	return {
		fact: {
			grade: "measured",
			suiteDigest: digestOf(suite),
			groups: groups.map(({ fact }) => fact)
		},
		metrics: [toMetric(null, all, mine, theirs), ...groups.map(({ group, here }) => toMetric(groupSlice(group.name), here, mine, theirs))],
		findings: [...groups.flatMap(({ fact, here }) => findGroup(fact, here, planned, mine)), ...findRegressions(all, planned, mine, theirs)]
	};
}
function judgeCases(planned, { outputs, reading }) {
	const written = planned.filter(({ heldOutRow }) => heldOutRow === null);
	const keyOf = new Map(written.map(({ name, key }) => [name, key]));
	const get = (key) => key == null ? null : outputs.get(key) ?? null;
	return planned.map(({ key, before, heldOutRow, expect }) => {
		const now = get(key);
		if (now === null) return "no output, or a malformed one";
		const beside = {
			now,
			before: get(before),
			of: (name) => get(keyOf.get(name))
		};
		for (const check of expect) {
			const broken = breaks(check, beside, reading);
			if (broken === null) continue;
			return `${heldOutRow === null && broken.found !== null ? `found ${broken.found}, ` : ""}required ${broken.required}`;
		}
		return null;
	});
}
const failedShown = 5;
const nameLength$2 = 200;
function countGroup({ name, kind, mustPass }, here, planned, mine, theirs) {
	const failed = here.filter((place) => mine[place] !== null);
	return { fact: {
		name,
		kind,
		cases: here.length,
		passed: here.length - failed.length,
		required: mustPass,
		championPassed: theirs && countPassed(here, theirs),
		failed: failed.slice(0, failedShown).map((place) => nameAt(planned, place))
	} };
}
const nameAt = (planned, place) => (planned[place]?.name ?? "").slice(0, nameLength$2).toWellFormed();
const countPassed = (here, results) => here.filter((place) => results[place] === null).length;
/** Four decimals, downward: as many as `must-pass` may have, so that what is shown decides alike. */
const shareOf = (passed, cases) => Math.floor(passed * 1e4 / cases) / 1e4;
function toMetric(slice, here, mine, theirs) {
	const passed = countPassed(here, mine);
	const challenger = shareOf(passed, here.length);
	const champion = theirs && shareOf(countPassed(here, theirs), here.length);
	return {
		metric: behaviourMetric,
		slice,
		set: "held-out",
		rows: 0,
		higherIsBetter: true,
		grade: "measured",
		challenger,
		challengerInterval: null,
		champion,
		difference: champion === null ? null : Math.round((challenger - champion) * 1e4) / 1e4,
		differenceInterval: null,
		standardError: null,
		pWorse: null,
		pBetter: null,
		method: `${passed} of ${here.length} cases`
	};
}
const examplesShown = 3;
function findGroup({ name, kind, cases, passed, required }, here, planned, mine) {
	const share = shareOf(passed, cases);
	if (Number.isFinite(share) && share >= required) return [];
	const failed = here.filter((place) => mine[place] !== null).slice(0, examplesShown);
	return [{
		code: "behaviour/group",
		severity: "fail",
		message: `The behaviour group "${name}" (${kind}) passed ${passed} of ${cases} cases`,
		found: String(share),
		allowed: `at least ${required}`,
		count: cases - passed,
		total: cases,
		examples: failed.map((place) => `${nameAt(planned, place)}: ${mine[place]}`.slice(0, 400).toWellFormed()),
		fix: "Mend the model for these cases; a case that asks for the wrong thing is corrected in behaviour.yml, whose owner approves that."
	}];
}
function findRegressions(all, planned, mine, theirs) {
	const lost = theirs === null ? [] : all.filter((place) => mine[place] !== null && theirs[place] === null);
	if (lost.length === 0) return [];
	return [{
		code: "behaviour/regression",
		severity: "warn",
		message: `${lost.length} behaviour ${lost.length === 1 ? "case fails" : "cases fail"} that the champion passes`,
		count: lost.length,
		total: all.length,
		examples: lost.slice(0, examplesShown).map((place) => nameAt(planned, place)),
		fix: "See whether users rely on them before the challenger takes over."
	}];
}

// core/explanation/importance.ts
/** The most features that a judgement shows. */
const mostFeatures = 50;
const nameLength$1 = 200;
/** Puts the features of a judgement in order: the most important of the challenger first, whatever its sign. */
function describeImportance(input) {
	const { grade, metric, round } = input;
	const shown = (of) => of === void 0 ? null : round(of.value, of.noise);
	const ranks = rankFeatures(input.champion ?? /* @__PURE__ */ new Map());
	return {
		grade,
		metric,
		features: [...rankFeatures(input.challenger)].slice(0, 50).map(([feature, rank]) => ({
			feature: feature.slice(0, nameLength$1).toWellFormed(),
			rank,
			challenger: shown(input.challenger.get(feature)) ?? 0,
			champion: shown(input.champion?.get(feature)),
			championRank: ranks.get(feature) ?? null
		}))
	};
}
/** Rank of every feature from 1, the largest number first, names deciding between equal ones. */
function rankFeatures(of) {
	const names = [...of.keys()].sort((a, b) => sizeOf(of.get(b)) - sizeOf(of.get(a)) || (a < b ? -1 : Number(a > b)));
	return new Map(names.map((name, at) => [name, at + 1]));
}
/** What is no number has no size. */
const sizeOf = (importance) => {
	const size = Math.abs(importance?.value ?? 0);
	return Number.isFinite(size) ? size : 0;
};

// core/explanation/compare-importance.ts
/** A feature among these is one that a model leans on. */
const topCount = 5;
/** A feature that was further down than this is new at the top: one place more or less is chance. */
const wasKnown = 10;
/** So many places are told. */
const placesTold = 3;
/** Standard errors beyond which a value is no chance. */
const noiseWidth = 2;
/** Of the largest value, where no standard error says what is dust. */
const dustShare = .01;
/**
* Compares what two models lean on. Warnings only: a better model may lean on other things, and somebody should know why.
* @returns `explanation/sign-flip`, `explanation/newcomer` and `explanation/rank-change`, each with its size; none without a champion
*/
function compareImportance(challenger, champion) {
	if (champion === null) return [];
	const counts = [clearOf(challenger), clearOf(champion)];
	return pairUp(challenger, champion).filter(({ rank, theirRank }) => isTop(rank) || isTop(theirRank)).flatMap((pair) => {
		const clear = [counts[0](pair.mine), counts[1](pair.theirs)];
		const finding = findFlip(pair, clear) ?? findNewcomer(pair, clear[0]) ?? findMove(pair, clear);
		return finding === null ? [] : [finding];
	});
}
const isTop = (rank) => rank !== null && rank <= topCount;
function pairUp(challenger, champion) {
	const [ranks, theirRanks] = [rankFeatures(challenger), rankFeatures(champion)];
	return [.../* @__PURE__ */ new Set([...ranks.keys(), ...theirRanks.keys()])].map((feature) => ({
		feature,
		mine: challenger.get(feature),
		theirs: champion.get(feature),
		rank: ranks.get(feature) ?? null,
		theirRank: theirRanks.get(feature) ?? null
	}));
}
/** Says which values of a model are more than chance, or than dust where the noise is not known. */
function clearOf(of) {
	const largest = Math.max(0, ...[...of.values()].map(sizeOf));
	return (importance) => {
		const size = sizeOf(importance);
		const noise = importance?.noise ?? null;
		return size > 0 && (noise === null ? size >= dustShare * largest : size > noiseWidth * noise);
	};
}
function findFlip(pair, [mine, theirs]) {
	const product = (pair.mine?.value ?? 0) * (pair.theirs?.value ?? 0);
	if (!mine || !theirs || !(product < 0)) return null;
	return tell("explanation/sign-flip", `${name(pair)} pulls the other way than in the champion`, pair, "Find out why the feature turned its sign: changed units, a swapped column, or another training set.");
}
function findNewcomer(pair, clear) {
	const unknown = pair.theirRank === null || pair.theirRank > wasKnown;
	if (!isTop(pair.rank) || !unknown || !clear) return null;
	return tell("explanation/newcomer", `${name(pair)} is new among the ${topCount} most important features`, pair, "See whether it is known when the model predicts: a newcomer at the top is often a leak of the answer.");
}
function findMove(pair, [mine, theirs]) {
	const { rank, theirRank } = pair;
	if (!mine && !theirs || theirRank === null) return null;
	if (rank !== null && Math.abs(rank - theirRank) < placesTold) return null;
	return tell("explanation/rank-change", rank === null ? `${name(pair)} is gone` : `${name(pair)} moved from rank ${theirRank} to ${rank}`, pair, "See whether the change of the model explains it.");
}
const nameLength = 80;
const name = ({ feature }) => `The feature "${feature.slice(0, nameLength).toWellFormed()}"`;
function tell(code, message, pair, fix) {
	return {
		code,
		severity: "warn",
		message,
		column: pair.feature.slice(0, nameLength).toWellFormed(),
		found: show(pair.mine, pair.rank),
		allowed: `champion: ${show(pair.theirs, pair.theirRank)}`,
		fix
	};
}
function show(importance, rank) {
	if (importance === void 0 || rank === null) return "not there";
	return `${Number(importance.value.toPrecision(2))}, rank ${rank}`;
}

// core/metric/report-step.ts
/** Nothing in a picture is finer, however many rows there are. */
const finestExponent = -3;
/** Cells of a table of counts are told in tens, or coarser. */
const coarsestStart = 1;
/**
* Rounds a share of some rows to a power of ten no finer than a tenth of its largest standard error: a curve of exact
* shares is a list of labels (GATE.md rule 17).
* @param rows that the share is taken of
*/
function roundShare(value, rows) {
	return roundTo(value, Math.max(finestExponent, Math.ceil(Math.log10(.5 / Math.sqrt(rows) / 10))));
}
/** Rounds a count of rows to tens, or to a tenth of its standard error where that is coarser. @param rows of the whole table */
function roundCount(count, rows) {
	const error = Math.sqrt(count * Math.max(0, 1 - count / rows));
	const exponent = error > 0 ? Math.ceil(Math.log10(error / 10)) : coarsestStart;
	return roundTo(count, Math.max(coarsestStart, exponent));
}
function roundTo(value, exponent) {
	if (exponent < 0) return Math.round(value * 10 ** -exponent) / 10 ** -exponent + 0;
	return Math.round(value / 10 ** exponent) * 10 ** exponent + 0;
}

// core/metric/score-bins.ts
/** Fewest rows of a bin of a picture (GATE.md rule 17). */
const leastBinRows = 100;
/**
* Cuts rows into bins of about equal count, none of fewer than a hundred rows; rows of one score are never parted.
* @param most bins
* @returns null with fewer than a hundred rows
*/
function cutByScore(scores, most) {
	if (scores.length < 100) return null;
	const order = orderByValue(scores).reverse();
	const size = Math.max(100, Math.ceil(order.length / most));
	const ends = [];
	let start = 0;
	for (let end = size; end < order.length; end++) {
		if (end - start < size || scores[order[end]] === scores[order[end - 1]]) continue;
		ends.push(end);
		start = end;
	}
	if (order.length - start < 100) ends.pop();
	return {
		order,
		ends: [...ends, order.length]
	};
}

// core/metric/calibration-bins.ts
const mostBins = 20;
/**
* Predicted against found shares in at most 20 bins of about equal count, lowest prediction first.
* @param probability of each row
* @param cameTrue 1 where what it was the probability of came
* @returns null with fewer than a hundred rows
*/
function binCalibration(probability, cameTrue) {
	const bins = cutByScore(probability, mostBins);
	if (bins === null) return null;
	let at = 0;
	return bins.ends.map((end) => {
		const rows = end - at;
		let [predicted, found] = [0, 0];
		for (; at < end; at++) {
			const row = bins.order[at];
			predicted += probability[row];
			found += cameTrue[row];
		}
		return {
			predicted: roundShare(predicted / rows, rows),
			found: roundShare(found / rows, rows),
			rows
		};
	}).reverse();
}

// core/metric/confusion-table.ts
/** A table of more is no picture. */
const mostClasses = 50;
/**
* The confusion matrix as it may be shown. Every count is rounded by itself: rows and columns need not add up.
* @returns null with fewer than a hundred rows, more than fifty classes, or no classes at all
*/
function tabulateConfusion(sample) {
	const { kind } = sample.truth;
	if (sample.rows < 100 || kind !== "binary" && kind !== "class") return null;
	const { classes, truth, predicted } = kind === "binary" ? readBoth(sample) : readClasses(sample, "a table");
	if (classes.length > mostClasses) return null;
	const counts = classes.map(() => classes.map(() => 0));
	for (let row = 0; row < sample.rows; row++) {
		const line = counts[truth[row]];
		const at = predicted[row];
		line[at] = line[at] + 1;
	}
	return {
		classes,
		counts: counts.map((line) => line.map((count) => roundCount(count, sample.rows)))
	};
}
function readBoth(sample) {
	const { labels, scores } = readBinary(sample, "a table");
	return {
		classes: ["0", "1"],
		truth: labels,
		predicted: Uint8Array.from(scores, (score) => score >= sample.threshold ? 1 : 0)
	};
}

// core/metric/curve.ts
/** Quantiles of scores at which a curve is looked at. */
const quantiles = 50;
/** Fewer rows give a curve of less than five points, and fewer of a class one that says where each of them lies. */
const least = {
	rows: 500,
	ofClass: 10
};
/**
* Both curves of two classes at quantiles of the scores, each step of at least a hundred rows, and each number rounded to
* what its rows can carry: less than the labels can be read from.
* @returns null where there are too few rows for one
* @throws InputError METRIC_UNDEFINED
*/
function drawCurves(sample) {
	const { labels, scores } = readBinary(sample, "a curve");
	const bins = cutByScore(scores, quantiles);
	const positives = labels.reduce((sum, label) => sum + label, 0);
	const negatives = labels.length - positives;
	if (bins === null || labels.length < least.rows) return null;
	if (positives < least.ofClass || negatives < least.ofClass) return null;
	const roc = [[0, 0]];
	const precisionRecall = [];
	let [found, at] = [0, 0];
	for (const end of bins.ends) {
		for (; at < end; at++) found += labels[bins.order[at]];
		const recall = roundShare(found / positives, positives);
		roc.push([roundShare((end - found) / negatives, negatives), recall]);
		precisionRecall.push([recall, roundShare(found / end, end)]);
	}
	return {
		roc,
		precisionRecall
	};
}

// core/metric/score-distribution.ts
const bins = 20;
/** A bin of fewer rows is shown as empty: a single far-off prediction is some row's. */
const leastShown = 10;
/** Shares of the rows beyond the ends of a range: one wild prediction must not press all others into one bin. */
const tail = .005;
/**
* Rows by predicted score in 20 bins of equal width; what lies beyond the ends is in the first and last bin, and bins of
* fewer than ten rows are shown as empty. No label has part in it.
* @param range both ends; null: nearly the whole range of both models, to round numbers
* @returns null with fewer than a hundred rows, or when there is no range
*/
function describeDistribution(challenger, champion, range) {
	if (challenger.length < 100) return null;
	const ends = range ?? findRange(champion === null ? [challenger] : [challenger, champion]);
	if (ends === null) return null;
	return {
		edges: Array.from({ length: 21 }, (_, at) => trim(ends[0] + at * (ends[1] - ends[0]) / bins)),
		challenger: countBins(challenger, ends),
		champion: champion === null ? null : countBins(champion, ends)
	};
}
function findRange(all) {
	const ends = all.map((values) => {
		const order = orderByValue(values);
		const beyond = Math.floor(values.length * tail);
		return [values[order[beyond]], values[order[values.length - 1 - beyond]]];
	});
	const low = Math.min(...ends.map(([end]) => end));
	const high = Math.max(...ends.map(([, end]) => end));
	const width = high - low;
	if (!(width > 0) || !Number.isFinite(width)) return null;
	const step = 10 ** Math.floor(Math.log10(width / bins));
	const rounded = [trim(Math.floor(low / step) * step), trim(Math.ceil(high / step) * step)];
	return rounded.every(Number.isFinite) ? rounded : null;
}
/** Without the last digits, which are rounding. */
function trim(value) {
	return Number(value.toPrecision(12));
}
function countBins(values, [low, high]) {
	const counts = new Array(bins).fill(0);
	for (const value of values) {
		const bin = Math.floor((value - low) / (high - low) * bins);
		const at = Math.min(19, Math.max(0, bin));
		if (!Number.isNaN(at)) counts[at] = counts[at] + 1;
	}
	return counts.map((count) => count < leastShown ? 0 : count);
}

// core/metric/comparison-detail.ts
/**
* The pictures of a judgement: aggregates only. What the task does not have is null, and so is what needs more rows.
* Of many classes, calibration and distribution are those of the class that was predicted.
* @param champion predictions for the same rows; null without a champion
* @param thresholdText where the threshold of class 1 comes from; null where there is none
*/
function describeComparison(challenger, champion, thresholdText) {
	const curves = ofBoth(challenger, champion, (sample) => isBinary(sample) ? drawCurves(sample) : null);
	const confusion = ofBoth(challenger, champion, tabulateConfusion);
	const scores = scoresOf(challenger);
	const distribution = scores === null ? null : describeDistribution(scores.values, champion && (scoresOf(champion)?.values ?? null), scores.range);
	return {
		roc: curves && mapBoth(curves, ({ roc }) => roc),
		precisionRecall: curves && mapBoth(curves, ({ precisionRecall }) => precisionRecall),
		calibration: ofBoth(challenger, champion, describeCalibration),
		distribution,
		confusion: confusion && {
			classes: confusion.challenger.classes,
			...mapBoth(confusion, ({ counts }) => counts)
		},
		threshold: thresholdText
	};
}
const isBinary = ({ truth, predicted }) => truth.kind === "binary" && predicted.kind === "score";
const hasProbabilities = ({ truth, predicted }) => truth.kind === "class" && predicted.kind === "probabilities";
function ofBoth(challenger, champion, describe) {
	const first = describe(challenger);
	return first === null ? null : {
		challenger: first,
		champion: champion && describe(champion)
	};
}
function mapBoth(both, map) {
	return {
		challenger: map(both.challenger),
		champion: both.champion === null ? null : map(both.champion)
	};
}
function describeCalibration(sample) {
	if (isBinary(sample)) {
		const { labels, scores } = readBinary(sample, "a calibration");
		return binCalibration(scores, labels);
	}
	if (!hasProbabilities(sample)) return null;
	const classes = readProbabilities(sample, "a calibration");
	return binCalibration(confidenceOf(classes), hitsOf(classes));
}
function scoresOf(sample) {
	const { predicted } = sample;
	if (isBinary(sample)) return {
		values: predicted.values,
		range: [0, 1]
	};
	if (hasProbabilities(sample)) return {
		values: confidenceOf(readProbabilities(sample, "a distribution")),
		range: [0, 1]
	};
	return predicted.kind === "number" || predicted.kind === "score" ? {
		values: predicted.values,
		range: null
	} : null;
}

// core/evaluation/group-column.ts
/** Takes out the gaps between groups of a column that the features do not have, and says so: their gates stay open. */
function withoutAbsent(wanted, { features }) {
	const absent = features === null ? [] : wanted.groupColumns.filter((name) => !features.columns.has(name));
	const there = (metric) => !absent.some((column) => metric.endsWith(` by ${column}`));
	const keep = (names) => absent.length === 0 ? names : names.filter(there);
	return {
		wanted: {
			whole: keep(wanted.whole),
			slices: keep(wanted.slices),
			productionLike: keep(wanted.productionLike),
			groupColumns: wanted.groupColumns.filter((name) => !absent.includes(name))
		},
		findings: absent.map((column) => ({
			code: "evaluation/group-column",
			severity: "fail",
			message: `The held-out features have no column ${column}, by which a gate compares groups`,
			column,
			allowed: showNames([...features?.columns.keys() ?? []]),
			fix: "Name a feature column in \"by\" of the gate."
		}))
	};
}

// core/evaluation/judged-metrics.ts
/** Shown of every model whatever its gates name; cheap, since their intervals have a closed form. */
const usual$2 = {
	"binary-classification": [
		"auc",
		"log-loss",
		"brier",
		"accuracy"
	],
	"multiclass-classification": ["accuracy", "log-loss"],
	regression: ["mae"],
	ranking: ["mrr"],
	"scored-examples": []
};
/** Gathers what gates, slices and the explanation ask for. Latency and its like are measured elsewhere. */
function judgedMetrics(config, gates) {
	const ofRows = gates.filter(({ metric }) => !isServing(metric));
	const names = (some) => [...new Set(some.map(metricKey))];
	const whole = ofRows.filter(({ slice, set }) => slice === void 0 && set === void 0);
	const sliced = ofRows.filter(({ slice, slices }) => slice !== void 0 || slices !== void 0);
	const spoiled = ofRows.filter(({ set, drop }) => set === "production-like" || drop !== void 0);
	const scorers = (config.scorers ?? []).map(({ name }) => `score:${name}`);
	const shown = config.task === "scored-examples" ? scorers : usual$2[config.task];
	const own = names(whole).filter((name) => !isFairness(name));
	return {
		whole: [.../* @__PURE__ */ new Set([
			...names(whole),
			...names(sliced),
			...names(spoiled),
			...shown
		])],
		slices: config.slices === void 0 ? [] : [.../* @__PURE__ */ new Set([...names(sliced), ...config.slices.metrics ?? own])],
		productionLike: config.productionLike === void 0 ? [] : [.../* @__PURE__ */ new Set([...names(spoiled), ...shown])],
		groupColumns: [...new Set(ofRows.flatMap(({ by }) => by ?? []))]
	};
}

// core/evaluation/measure-importance.ts
/** Where the truth has the sampled rows; null when it lacks one of them. @param features keys in the order of their file */
function placeSample({ sample }, features, truth) {
	const placeOf = new Map(truth.map((key, at) => [key, at]));
	const places = Array.from(sample, (row) => placeOf.get(features[row]) ?? -1);
	return places.includes(-1) ? null : Uint32Array.from(places);
}
/**
* Measures how much worse a metric gets when a column says nothing any more.
* @returns by feature the mean loss over the repeats, above 0 where the feature helps, with its standard error; a feature
* for which the metric has no value is left out
* @throws InputError METRIC_UNDEFINED when the predictions cannot have the metric
*/
function measureImportance(sample, model) {
	const { metric, rows, layout } = sample;
	const truth = pickTruth(sample.truth, rows);
	const weights = sample.weights && pickNumbers(sample.weights, rows);
	const blocks = toBlocks(truth, rows.length, weights);
	const evaluate = (predicted) => {
		const { threshold } = model;
		const evaluator = metric.prepare({
			truth,
			predicted,
			rows: rows.length,
			threshold
		});
		return [evaluator(weights), ...blocks.map((block) => evaluator(block))];
	};
	const before = evaluate(pickPredicted(model.predicted, rows));
	const found = layout.columns.map((feature, column) => {
		const losses = before.map(() => 0);
		for (let repeat = 0; repeat < layout.repeats; repeat++) {
			const at = column * layout.repeats + repeat;
			const after = evaluate(pickPredicted(model.permuted, rowsOf(at, rows.length)));
			for (const [place, value] of after.entries()) {
				const loss = before[place] - value;
				losses[place] = losses[place] + (metric.higherIsBetter ? loss : -loss) / layout.repeats;
			}
		}
		return [feature, toImportance(losses)];
	});
	return new Map(found.filter(([, { value }]) => Number.isFinite(value)));
}
const rowsOf = (part, rows) => Uint32Array.from({ length: rows }, (_, at) => part * rows + at);
/** Ten blocks tell the noise of the whole from the spread between them, for any metric. */
const blockCount = 10;
const fewestBlocks = 5;
/** Weights of each block by itself; rows of one query stay together. */
function toBlocks(truth, rows, weights) {
	const blockOf = (row) => (truth.kind === "relevance" ? truth.queries[row] : row) % blockCount;
	return Array.from({ length: blockCount }, (_, block) => Float64Array.from({ length: rows }, (_row, row) => blockOf(row) === block ? weights?.[row] ?? 1 : 0));
}
function toImportance([whole, ...blocks]) {
	const value = whole;
	const usable = blocks.filter(Number.isFinite);
	if (usable.length < fewestBlocks) return {
		value,
		noise: null
	};
	const mean = usable.reduce((sum, each) => sum + each, 0) / usable.length;
	const squares = usable.reduce((sum, each) => sum + (each - mean) ** 2, 0);
	return {
		value,
		noise: Math.sqrt(squares / (usable.length - 1) / usable.length)
	};
}

// core/evaluation/feature-column.ts
/** Code of a cell that is empty, or of a row that the table does not have. */
const missingCode = 4294967295;
/** More different numbers than this are told apart by edges, not one by one. */
const mostNumbers$1 = 1e3;
/** Looks at all cells of a column to tell what it is. */
var ColumnProbe = class {
	name;
	#declared;
	#distinct = /* @__PURE__ */ new Set();
	#isNumber = true;
	#isBoolean = true;
	#isTime = true;
	constructor(name, declared) {
		this.name = name;
		this.#declared = declared;
	}
	look(cell) {
		if (cell === "" || this.#distinct.size <= mostNumbers$1 && this.#distinct.has(cell)) return;
		if (this.#distinct.size <= mostNumbers$1) this.#distinct.add(cell);
		if (this.#isNumber && !Number.isFinite(readNumber(cell, "csv"))) this.#isNumber = false;
		if (this.#isBoolean && readBoolean(cell) === null) this.#isBoolean = false;
		if (this.#isTime && !isMoment(cell)) this.#isTime = false;
	}
	get type() {
		if (this.#declared !== null) return this.#declared;
		if (this.#distinct.size === 0) return "text";
		if (this.#isNumber) return "number";
		if (this.#isBoolean) return "boolean";
		return this.#isTime ? "timestamp" : "text";
	}
	get isMany() {
		return this.#distinct.size > mostNumbers$1;
	}
};
/** Takes the cells of a column, row by row in any order. */
var ColumnFill = class {
	#probe;
	#codeOf = /* @__PURE__ */ new Map();
	#codes;
	#numbers;
	constructor(probe, rows) {
		const isNumber = probe.type === "number" || probe.type === "integer";
		this.#probe = probe;
		this.#numbers = isNumber ? new Float64Array(rows).fill(NaN) : null;
		this.#codes = isNumber && probe.isMany ? null : new Uint32Array(rows).fill(missingCode);
	}
	set(row, cell) {
		if (cell === "") return;
		if (this.#numbers !== null) {
			const number = readNumber(cell, "csv");
			this.#numbers[row] = Number.isFinite(number) ? number : NaN;
		}
		if (this.#codes === null) return;
		const code = this.#codeOf.get(cell) ?? this.#codeOf.size;
		if (code === this.#codeOf.size) this.#codeOf.set(cell, code);
		this.#codes[row] = code;
	}
	finish() {
		const { name, type } = this.#probe;
		return {
			name,
			type,
			values: [...this.#codeOf.keys()],
			codes: this.#codes,
			numbers: this.#numbers
		};
	}
};
/** `true` and `false` in any case; null: neither. */
function readBoolean(cell) {
	const lower = cell.toLowerCase();
	if (lower === "true") return true;
	return lower === "false" ? false : null;
}

// core/evaluation/row-expression.ts
/**
* Numbers of the rows for which a condition is true, ascending: a row where it is unknown is not one of them.
* @returns a sentence instead when the expression does not fit the columns
*/
function findRows(condition, table) {
	const types = new Map([...table.columns.values()].map(({ name, type }) => [name, type]));
	const fault = checkExpression(condition, types, /* @__PURE__ */ new Map());
	if (fault !== null) return `${fault.message}; wanted: ${fault.expected}`;
	const read = compile(condition, table);
	const rows = [];
	for (let row = 0; row < table.rows; row++) if (read(row) === true) rows.push(row);
	return Uint32Array.from(rows);
}
function compile(part, table) {
	switch (part.kind) {
		case "column": return readColumn(demand(table, part.name));
		case "number":
		case "text":
		case "boolean": {
			const { value } = part;
			return () => value;
		}
		case "presence": {
			const isPresent = readPresence(demand(table, part.column));
			return (row) => isPresent(row) !== part.missing;
		}
		case "not": {
			const of = compile(part.of, table);
			return (row) => {
				const value = of(row);
				return value === null ? null : value !== true;
			};
		}
		case "negative": {
			const of = compile(part.of, table);
			return (row) => {
				const value = of(row);
				return typeof value === "number" ? -value : null;
			};
		}
		case "logic": return compileLogic(part.operator, compile(part.left, table), compile(part.right, table));
		case "comparison": return compileComparison(part, table);
		case "arithmetic": return compileArithmetic(part.operator, compile(part.left, table), compile(part.right, table));
		case "in": return compileList(part, table);
		case "call": return compileCall(part.name, compile(part.of, table));
	}
}
function demand(table, name) {
	const column = table.columns.get(name);
	if (column === void 0) throw new TypeError(`an expression on column ${name}, which is not in the table`);
	return column;
}
/** Cells that are unreadable for their type are unknown. */
function readColumn(column) {
	const { numbers, codes } = column;
	if (numbers !== null) return (row) => {
		const value = numbers[row];
		return Number.isNaN(value) ? null : value;
	};
	const values = column.values.map((text) => readCell(text, column));
	return (row) => values[codes[row]] ?? null;
}
function readCell(text, { type }) {
	if (type === "boolean") return readBoolean(text);
	if (type !== "timestamp") return text;
	const moment = readMoment(text);
	return Number.isNaN(moment) ? null : moment;
}
function readPresence({ numbers, codes }) {
	if (codes !== null) return (row) => codes[row] !== missingCode;
	return (row) => !Number.isNaN(numbers?.[row]);
}
function compileLogic(operator, left, right) {
	const decisive = operator === "or";
	return (row) => {
		const first = left(row);
		if (first === decisive) return decisive;
		const second = right(row);
		if (second === decisive) return decisive;
		return first === null || second === null ? null : !decisive;
	};
}
function compileComparison({ left, right, operator }, table) {
	const [first, second] = [compileBeside(left, right, table), compileBeside(right, left, table)];
	return (row) => {
		const [a, b] = [first(row), second(row)];
		if (a === null || b === null || typeof a !== typeof b) return null;
		const order = compareValues(a, b);
		switch (operator) {
			case "=": return order === 0;
			case "!=": return order !== 0;
			case "<": return order < 0;
			case "<=": return order <= 0;
			case ">": return order > 0;
			case ">=": return order >= 0;
		}
	};
}
/** A text beside a time is a time. */
function compileBeside(part, other, table) {
	if (part.kind !== "text" || !isTime(other, table)) return compile(part, table);
	const moment = readMoment(part.value);
	return () => Number.isNaN(moment) ? null : moment;
}
const isTime = (part, table) => part.kind === "column" && table.columns.get(part.name)?.type === "timestamp";
/** Texts in the order of their code points, as data engines have it; JavaScript orders by halves of pairs. */
function compareValues(a, b) {
	if (typeof a !== "string" || typeof b !== "string") return Number(a) - Number(b);
	if (a === b) return 0;
	let at = 0;
	while (a.charCodeAt(at) === b.charCodeAt(at)) at++;
	if (at > 0 && /[\uD800-\uDBFF]/.test(a.charAt(at - 1))) at--;
	return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}
function compileArithmetic(operator, left, right) {
	return (row) => {
		const [a, b] = [left(row), right(row)];
		if (typeof a !== "number" || typeof b !== "number") return null;
		const value = operator === "+" ? a + b : operator === "-" ? a - b : operator === "*" ? a * b : a / b;
		return Number.isFinite(value) ? value : null;
	};
}
function compileList({ of, values }, table) {
	const read = compile(of, table);
	const wanted = new Set(isTime(of, table) ? values.map((text) => readMoment(String(text))) : values);
	return (row) => {
		const value = read(row);
		return value === null ? null : wanted.has(value);
	};
}
function compileCall(name, of) {
	return (row) => {
		const value = of(row);
		if (value === null) return null;
		if (typeof value === "string") return name === "lower" ? value.toLowerCase() : [...value].length;
		return typeof value === "number" ? callNumber(name, value) : null;
	};
}
function callNumber(name, value) {
	if (name === "abs") return Math.abs(value);
	const time = new Date(value);
	switch (name) {
		case "year": return time.getUTCFullYear();
		case "month": return time.getUTCMonth() + 1;
		case "day": return time.getUTCDate();
		case "hour": return time.getUTCHours();
		case "weekday": return (time.getUTCDay() + 6) % 7 + 1;
		default: return null;
	}
}

// core/evaluation/slice-rule.ts
const mostValues = 50;
/** Cuts the rows by one declared rule; a finding says why it cannot be applied. */
function cutByRule(rule, table) {
	if (rule.kind === "where") return cutByExpression(rule, table);
	const column = table.columns.get(rule.column);
	if (column === void 0) return cannot(`The held-out features have no column "${rule.column}"`, rule.column);
	if (rule.kind === "values") return cutByValues(column, rule.values);
	if (column.numbers === null) return cannot(`The column "${rule.column}" cannot have edges: not every cell is a number`, rule.column);
	return cutByEdges(column.name, column.numbers, rule.edges);
}
function cutByExpression(rule, table) {
	const rows = findRows(rule.where, table);
	if (typeof rows === "string") return cannot(`The slice "${rule.name}" cannot be cut: ${rows}`);
	const ofRow = new Int32Array(table.rows).fill(-1);
	for (const row of rows) ofRow[row] = 0;
	return {
		names: [rule.name],
		ofRow
	};
}
/** One piece a value, the commonest first; of equally common ones the lesser text. */
function cutByValues(column, wanted) {
	const { codes, values, name } = column;
	if (codes === null) return cannot(`The column "${name}" has too many different numbers for one slice each`, name);
	const kept = wanted ?? pickCommonest(codes, values);
	const pieceOf = new Map(kept.map((value, piece) => [value, piece]));
	const pieces = values.map((value) => pieceOf.get(value) ?? -1);
	return {
		names: kept.map((value) => nameOfValue(name, value)),
		ofRow: Int32Array.from(codes, (code) => code === 4294967295 ? -1 : pieces[code])
	};
}
function pickCommonest(codes, values) {
	const counts = new Float64Array(values.length);
	for (const code of codes) if (code !== 4294967295) counts[code] = counts[code] + 1;
	return values.map((value, code) => ({
		value,
		rows: counts[code]
	})).sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1)).slice(0, mostValues).map(({ value }) => value);
}
/** One piece below, between and above the edges; an edge belongs to the piece above it. */
function cutByEdges(name, numbers, edges) {
	const ofRow = new Int32Array(numbers.length);
	for (let row = 0; row < ofRow.length; row++) {
		const value = numbers[row];
		let piece = Number.isNaN(value) ? -1 : 0;
		if (piece === 0) while (piece < edges.length && value >= edges[piece]) piece++;
		ofRow[row] = piece;
	}
	return {
		names: namesOfEdges(name, edges),
		ofRow
	};
}
function cannot(message, column) {
	return {
		code: "evaluation/slice-impossible",
		severity: "fail",
		message,
		...column === void 0 ? {} : { column },
		fix: "Correct the slices of model.yml: they are cut by columns of the held-out features."
	};
}

// core/evaluation/slices.ts
/** More slices than this make no report, and a long judgement. */
const mostSlices = 500;
/** Evidence holds so many numbers of slices; it has room for others besides. */
const mostSliceMetrics = 4e3;
/**
* Cuts the held-out rows by the declared rules, and by pairs of them where asked: features alone decide.
* @param metrics that each slice will have
*/
function makeSlices(config, table, metrics = 1) {
	const most = Math.min(mostSlices, Math.floor(mostSliceMetrics / Math.max(1, metrics)));
	const outcomes = config.declared.map((rule) => cutByRule(rule, table));
	const cuts = outcomes.filter((outcome) => "ofRow" in outcome);
	const findings = outcomes.filter((outcome) => "code" in outcome);
	const pairs = config.pairs ? cuts.flatMap((first, at) => cuts.slice(at + 1).map((second) => crossCuts(first, second))) : [];
	const { all, ambiguous } = nameOnce([...cuts.flatMap((cut) => gatherRows(cut, 0)), ...pairs.flatMap((cut) => gatherRows(cut, Math.max(1, config.minimumRows)))]);
	return {
		slices: all.slice(0, most),
		findings: [
			...findings,
			...foundAmbiguous(ambiguous),
			...foundMany(all.length, most),
			...foundUnread(table)
		]
	};
}
/** One slice a name. A cell may spell out the name of another slice: a gate on it would be answered by the rows of that cell. */
function nameOnce(slices) {
	const known = /* @__PURE__ */ new Map();
	const ambiguous = /* @__PURE__ */ new Set();
	for (const slice of slices) {
		const other = known.get(slice.name);
		if (other === void 0) known.set(slice.name, slice);
		else if (!haveSameRows(slice, other)) ambiguous.add(slice.name);
	}
	return {
		all: [...known.values()].filter(({ name }) => !ambiguous.has(name)),
		ambiguous: [...ambiguous]
	};
}
const haveSameRows = (one, other) => one.rows.length === other.rows.length && one.rows.every((row, at) => row === other.rows[at]);
const mostExamples = 5;
function foundAmbiguous(names) {
	if (names.length === 0) return [];
	const stand = names.length === 1 ? "name stands" : "names stand";
	return [{
		code: "evaluation/slice-ambiguous",
		severity: "warn",
		message: `${names.length} ${stand} for other rows in two slices: neither is judged`,
		count: names.length,
		examples: names.slice(0, mostExamples).map((name) => name.slice(0, 200).toWellFormed()),
		fix: "Look in the held-out features for values that are written like a condition, or differ after 120 characters only."
	}];
}
/** Pieces of both cuts at once. */
function crossCuts(first, second) {
	const width = second.names.length;
	return {
		names: first.names.flatMap((one) => second.names.map((other) => nameOfPair(one, other))),
		ofRow: first.ofRow.map((piece, row) => {
			const other = second.ofRow[row];
			return piece < 0 || other < 0 ? -1 : piece * width + other;
		})
	};
}
/** Row numbers of every piece that has at least so many rows. */
function gatherRows({ names, ofRow }, least) {
	const counts = new Uint32Array(names.length);
	for (const piece of ofRow) if (piece >= 0) counts[piece] = counts[piece] + 1;
	const rows = Array.from(counts, (count) => count >= least ? new Uint32Array(count) : null);
	counts.fill(0);
	for (let row = 0; row < ofRow.length; row++) {
		const piece = ofRow[row];
		const into = piece < 0 ? null : rows[piece];
		if (!into) continue;
		const at = counts[piece];
		into[at] = row;
		counts[piece] = at + 1;
	}
	return names.flatMap((name, piece) => {
		const of = rows[piece];
		return of ? [{
			name,
			rows: of
		}] : [];
	});
}
function foundMany(slices, most) {
	if (slices <= most) return [];
	return [{
		code: "evaluation/slices-many",
		severity: "warn",
		message: `${slices} slices are declared; the first ${most} are judged`,
		found: String(slices),
		allowed: String(most),
		fix: "Name the values that matter, or declare fewer pairs or fewer metrics."
	}];
}
function foundUnread({ missingRows, rows }) {
	if (missingRows === 0) return [];
	return [{
		code: "evaluation/features-missing",
		severity: "warn",
		message: `${missingRows} of ${rows} held-out rows have no features, and are in no slice`,
		count: missingRows,
		total: rows,
		fix: "Publish features and labels of the held-out set together, with the same keys."
	}];
}

// core/evaluation/segment-sums.ts
/** Rows in the order of their units, so that the rows of one unit stand together. */
function orderByUnit({ ofRow, count }) {
	if (ofRow === null) return null;
	const starts = new Uint32Array(count + 1);
	for (const unit of ofRow) starts[unit + 1] = starts[unit + 1] + 1;
	for (let unit = 0; unit < count; unit++) starts[unit + 1] = starts[unit + 1] + starts[unit];
	const order = new Uint32Array(ofRow.length);
	for (let row = 0; row < ofRow.length; row++) {
		const unit = ofRow[row];
		const place = starts[unit];
		order[place] = row;
		starts[unit] = place + 1;
	}
	return order;
}
/**
* Sums each segment in one walk over the rows.
* @param ofRow segment of each row, or -1
*/
function sumSegments(numbers, ofRow, segments) {
	const { values, weights, order, units } = numbers;
	const sums = Array.from({ length: segments }, emptySums);
	const weightOf = new Float64Array(segments);
	const sumOf = new Float64Array(segments);
	const touched = [];
	let last = -1;
	for (let at = 0; at < values.length; at++) {
		const row = order === null ? at : order[at];
		const unit = units.ofRow === null ? row : units.ofRow[row];
		if (unit !== last) closeUnit(sums, weightOf, sumOf, touched);
		last = unit;
		const segment = ofRow[row];
		const weight = weights === null ? 1 : weights[row];
		if (segment < 0 || !(weight > 0)) continue;
		if (!touched.includes(segment)) touched.push(segment);
		weightOf[segment] = weightOf[segment] + weight;
		sumOf[segment] = sumOf[segment] + weight * values[row];
		sums[segment].rows++;
	}
	closeUnit(sums, weightOf, sumOf, touched);
	return sums;
}
const emptySums = () => ({
	rows: 0,
	units: 0,
	weight: 0,
	value: 0,
	weightWeight: 0,
	weightValue: 0,
	valueValue: 0
});
function closeUnit(sums, weightOf, sumOf, touched) {
	for (const segment of touched) {
		const sum = sums[segment];
		const [weight, value] = [weightOf[segment], sumOf[segment]];
		sum.units++;
		sum.weight += weight;
		sum.value += value;
		sum.weightWeight += weight * weight;
		sum.weightValue += weight * value;
		sum.valueValue += value * value;
		weightOf[segment] = 0;
		sumOf[segment] = 0;
	}
	touched.length = 0;
}
/** Sums of everything that is not in a segment. */
function subtractSums(all, part) {
	const rest = emptySums();
	for (const key of Object.keys(rest)) rest[key] = all[key] - part[key];
	return rest;
}
/**
* Mean and its standard error: the spread of units around it.
* @returns NaN for both without weight, and for the error of fewer than two units
*/
function readMean(sums) {
	const mean = sums.value / sums.weight;
	const squares = sums.valueValue - 2 * mean * sums.weightValue + mean ** 2 * sums.weightWeight;
	const { units } = sums;
	const variance = units < 2 ? NaN : Math.max(0, squares) / sums.weight ** 2 * units / (units - 1);
	return {
		mean,
		standardError: Math.sqrt(variance)
	};
}

// core/evaluation/segment-search.ts
/** More looks than this cost power and time, and nobody reads them. */
const mostLooked = 2e3;
const reported = 3;
/** A column of numbers with no more different ones than this is taken value by value. */
const mostNumbers = 10;
const quarters = [
	.25,
	.5,
	.75
];
/**
* Looks through all values of columns (quartiles of numbers) and all pairs of them for the segments where the challenger
* falls most. Those are weakest whose fall is large beyond doubt: by the end of the corrected interval, not by the
* difference alone, which is largest in small segments by chance.
* @param gains of each row, more is better
* @param against `champion`: gains are differences to it; `rest`: values of the challenger alone, held against the other rows
* @param known names of slices that are judged anyway: looked at, but not reported again
* @see Benjamini and Hochberg 1995; Benjamini and Yekutieli 2005 for intervals of what was picked from many
*/
function searchSegments(search, table, gains, against, known = /* @__PURE__ */ new Set()) {
	const cuts = pickColumns(search, table).map(cutColumn);
	const all = sumSegments(gains, new Int32Array(table.rows), 1)[0];
	const found = [];
	let cutShort = false;
	for (const [cut, conditions] of eachCut(cuts)) {
		if (found.length >= mostLooked) {
			cutShort = true;
			break;
		}
		sumSegments(gains, cut.ofRow, cut.names.length).forEach((sums, piece) => {
			if (!(sums.rows >= search.minimumRows) || sums.rows === table.rows || found.length >= mostLooked) return;
			const { gain, standardError } = against === "champion" ? readGain(sums) : readAgainstRest(all, sums);
			if (!Number.isFinite(gain) || !Number.isFinite(standardError)) return;
			const raw = standardError > 0 ? normalCdf(gain / standardError) : gain < 0 ? 0 : 1;
			const name = cut.names[piece];
			found.push({
				name,
				conditions: conditions(piece),
				cut,
				piece,
				rows: sums.rows,
				gain,
				standardError,
				raw
			});
		});
	}
	const adjusted = adjustPValues(found.map(({ raw }) => raw));
	const reach = normalQuantile(1 - .025 * reported / Math.max(reported, found.length));
	return {
		weakest: pickApart(found.map(({ raw, ...segment }, at) => ({
			...segment,
			p: adjusted[at]
		})).sort((a, b) => endOf(a, reach) - endOf(b, reach) || b.rows - a.rows || (a.name < b.name ? -1 : 1)).filter(({ name }) => !known.has(name))),
		looked: found.length,
		reach,
		cutShort
	};
}
const endOf = ({ gain, standardError }, reach) => gain + reach * standardError;
function pickColumns({ columns }, table) {
	return (columns === "all" ? [...table.columns.keys()] : [...new Set(columns)]).flatMap((name) => table.columns.get(name) ?? []);
}
/** Values of a column, or quartiles of its numbers; rows without a value are a piece of their own. */
function cutColumn(column) {
	const cut = column.numbers !== null && (column.codes === null || column.values.length > mostNumbers) ? cutByEdges(column.name, column.numbers, quartilesOf(column.numbers)) : cutByValues(column, null);
	if ("code" in cut) return {
		names: [],
		ofRow: /* @__PURE__ */ new Int32Array(0)
	};
	const missing = cut.names.length;
	return {
		names: [...cut.names, `${column.name} is missing`],
		ofRow: cut.ofRow.map((piece, row) => piece < 0 && isMissing(column, row) ? missing : piece)
	};
}
function isMissing({ codes, numbers }, row) {
	return codes === null ? Number.isNaN(numbers?.[row]) : codes[row] === missingCode;
}
/** Numbers that occur, so that a name says exactly which rows are in. */
function quartilesOf(numbers) {
	const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
	const edges = quarters.map((share) => sorted[Math.floor(share * sorted.length)]);
	return [...new Set(edges)].filter((edge) => edge > sorted[0]);
}
/** Single columns first, then pairs of them in order. */
function* eachCut(cuts) {
	for (const cut of cuts) yield [cut, (piece) => [cut.names[piece]]];
	for (const [at, first] of cuts.entries()) for (const second of cuts.slice(at + 1)) {
		const width = second.names.length;
		const conditions = (piece) => [first.names[Math.floor(piece / width)], second.names[piece % width]];
		yield [crossCuts(first, second), conditions];
	}
}
function readGain(sums) {
	const { mean, standardError } = readMean(sums);
	return {
		gain: mean,
		standardError
	};
}
function readAgainstRest(all, sums) {
	const [inside, outside] = [readMean(sums), readMean(subtractSums(all, sums))];
	return {
		gain: inside.mean - outside.mean,
		standardError: Math.hypot(inside.standardError, outside.standardError)
	};
}
/** The same weakness found three times over says less than three weaknesses: no two share a condition. */
function pickApart(ranked) {
	const picked = [];
	for (const segment of ranked) {
		if (picked.length === reported) break;
		if (!picked.some((other) => other.rows === segment.rows && other.gain === segment.gain || other.conditions.some((condition) => segment.conditions.includes(condition)))) picked.push(segment);
	}
	return picked;
}

// core/evaluation/weakest-segments.ts
/** What is looked at where no metric of the gates is the mean of one number a row. */
const usual$1 = {
	"binary-classification": ["brier"],
	"multiclass-classification": ["accuracy"],
	regression: ["mae"],
	ranking: [],
	"scored-examples": []
};
/**
* Searches the segments where the challenger is weakest, against the champion or, without one, against the other rows.
* It looks at the first of `sliceMetrics` that is a mean of one number a row.
*/
function findWeakestSegments(input, search, table) {
	const part = takePart(input, null);
	const measure = pickMeasure(input, part);
	if (measure === null) return {
		metrics: [],
		findings: [notSearched]
	};
	const { metric, challenger, champion } = measure;
	const sign = metric.higherIsBetter ? 1 : -1;
	const gains = {
		values: challenger.map((value, row) => champion === null ? sign * value : sign * settle(value, champion[row])),
		weights: part.weights,
		units: part.units,
		order: orderByUnit(part.units)
	};
	const minimumRows = Math.max(search.minimumRows, input.minimumRows ?? search.minimumRows);
	const result = searchSegments({
		...search,
		minimumRows
	}, table, gains, champion === null ? "rest" : "champion", new Set(input.slices?.map(({ name }) => name)));
	return {
		metrics: result.weakest.flatMap((segment) => {
			const found = toResult(segment, result, measure, part, input.set ?? "held-out");
			return found === null ? [] : [found];
		}),
		findings: result.cutShort ? [cutShort(result.looked)] : []
	};
}
function pickMeasure(input, part) {
	const wanted = [...input.sliceMetrics ?? input.metrics, ...usual$1[input.context.task] ?? []];
	for (const name of wanted) {
		const metric = findMetric(name, input.context);
		if (metric?.estimate.kind !== "row-mean" || part.rows === 0) continue;
		const { rowValues } = metric.estimate;
		const take = (sample) => tryOr(() => rowValues(sample));
		const challenger = take(part.challenger);
		const champion = part.champion && take(part.champion);
		if (challenger === null || part.champion !== null && champion === null) continue;
		if (challenger.every(Number.isFinite)) return {
			metric,
			challenger,
			champion
		};
	}
	return null;
}
function toResult(segment, { looked, reach }, { metric, challenger, champion }, part, set) {
	const rows = Uint32Array.from([...segment.cut.ofRow.keys()].filter((row) => segment.cut.ofRow[row] === segment.piece));
	const meanOf = (values) => {
		const weights = part.weights && Float64Array.from(rows, (row) => part.weights?.[row]);
		return estimateMean(Float64Array.from(rows, (row) => values[row]), weights);
	};
	const value = segment.gain * (metric.higherIsBetter ? 1 : -1);
	const { standardError } = segment;
	const difference = {
		value,
		standardError,
		interval: [value - reach * standardError, value + reach * standardError],
		atLeastZero: segment.p,
		atMostZero: segment.p
	};
	const method = `weakest of ${looked} segments, interval and p corrected; ${champion === null ? "against the other rows, " : "paired "}mean, normal interval`;
	const measured = {
		metric,
		challenger: meanOf(challenger),
		champion: champion && meanOf(champion),
		difference: champion && difference,
		method: champion === null ? `${method}; corrected p ${segment.p.toPrecision(2)}` : method
	};
	const result = toMetricResult(measured, {
		slice: segment.name,
		set,
		rows: segment.rows
	});
	return result && {
		...result,
		pBetter: null
	};
}
const notSearched = {
	code: "evaluation/segments-not-searched",
	severity: "note",
	message: "No weakest segment was searched: no metric of these slices is a mean of one number a row",
	fix: "Name such a metric under metrics of the slices, for example accuracy, brier or mae."
};
const cutShort = (looked) => ({
	code: "evaluation/segments-cut-short",
	severity: "note",
	message: `The search for weak segments ended after ${looked}: single columns first, then pairs in order`,
	count: looked,
	fix: "Name the columns that matter under search, or ask for more rows a segment."
});

// core/evaluation/held-out-comparison.ts
/** Fixed, so that a second run of the same judgement finds the same numbers. */
const seed = 1;
/** Says what must be computed: the shell may do that in threads (`compareModels` does it in one). */
function planHeldOutComparison(input) {
	const { config, gates, rows, challenger, champion } = input;
	const { wanted, findings } = withoutAbsent(judgedMetrics(config, gates), rows);
	const context = contextOf(config, rows, wanted);
	const made = config.slices === void 0 || rows.features === null ? null : makeSlices(config.slices, rows.features, wanted.slices.length);
	const shared = {
		context,
		seed,
		weights: rows.truth.weights,
		groups: rows.truth.groups,
		truth: rows.truth.truth,
		thresholds: {
			challenger: challenger.threshold,
			champion: champion?.threshold ?? challenger.threshold
		}
	};
	const whole = {
		...shared,
		challenger: challenger.predicted,
		champion: champion?.predicted ?? null,
		metrics: wanted.whole,
		sliceMetrics: wanted.slices,
		slices: made?.slices ?? [],
		minimumRows: config.slices?.minimumRows ?? input.minimumRows
	};
	const spoiled = challenger.productionLike;
	const compare = [whole];
	if (spoiled !== null && wanted.productionLike.length > 0) {
		const theirs = champion?.productionLike ?? null;
		compare.push({
			...shared,
			challenger: spoiled,
			champion: theirs,
			metrics: wanted.productionLike,
			set: "production-like"
		});
	}
	return {
		input,
		compare,
		findings: [...findings, ...made?.findings ?? []]
	};
}
/** Puts together what was computed, and holds it against the gates. @param compared one for each of `plan.compare` */
function finishHeldOutComparison(plan, compared) {
	const { input } = plan;
	const { rows, challenger, champion, against, gates, minimumRows } = input;
	const findings = [...plan.findings, ...compared.flatMap((each) => each.findings)];
	const extra = [
		weakest(plan),
		behaviourOf(input),
		explanationOf(plan)
	];
	const behaviour = extra[1]?.behaviour ?? null;
	const explanation = extra[2]?.explanation ?? null;
	for (const each of extra) findings.push(...each?.findings ?? []);
	const metrics = [
		...compared.flatMap((each) => each.metrics),
		...extra.flatMap((each) => each?.metrics ?? []),
		...input.measured
	];
	const context = {
		against,
		rows: rows.truth.keys.length,
		minimumRows
	};
	return {
		comparison: {
			metrics: firstOfEach(metrics),
			gates: evaluateGates(firstOfEach(metrics), gates, context),
			detail: describeComparison(sampleOf(rows, challenger), champion && sampleOf(rows, champion), challenger.thresholdText),
			explanation,
			behaviour
		},
		findings
	};
}
const asWarning = (finding) => ({
	...finding,
	severity: "warn"
});
/** What cannot be computed costs itself alone, and says so: a gate that names it fails. */
function attempt(area, compute) {
	try {
		return compute();
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return { findings: findingsOf(area, error) };
	}
}
function weakest({ input, compare }) {
	const { slices } = input.config;
	const { features } = input.rows;
	const [whole] = compare;
	if (slices?.search == null || features === null) return null;
	const { search } = slices;
	return attempt("evaluation", () => findWeakestSegments(whole, search, features));
}
function behaviourOf({ config, rows, challenger, champion }) {
	const suite = config.behaviour;
	if (suite === void 0) return null;
	const reading = (model) => ({
		outputs: model.behaviour ?? /* @__PURE__ */ new Map(),
		reading: {
			classes: config.task === "binary-classification" ? ["0", "1"] : config.prediction?.classes ?? [],
			threshold: config.task === "binary-classification" ? model.threshold : null
		}
	});
	return attempt("behaviour", () => {
		const theirs = champion === null || champion.behaviour === null ? null : reading(champion);
		const { fact, metrics, findings } = judgeBehaviour(suite, rows.fileKeys.length, reading(challenger), theirs);
		return {
			behaviour: fact,
			metrics,
			findings: findings.map(asWarning)
		};
	});
}
function explanationOf({ input, compare }) {
	const { config, rows, challenger, champion, attributions } = input;
	if (attributions !== null) return toExplanation("claimed", null, attributions.challenger, attributions.champion);
	const [whole] = compare;
	const name = whole.metrics.find((one) => !isFairness(one));
	if (config.explain === void 0 || !("permutation" in config.explain) || name === void 0) return null;
	const { permutation } = config.explain;
	const { permuted } = challenger;
	return attempt("explanation", () => {
		const metric = findMetric(name, whole.context);
		if (metric === null || permuted === null) return null;
		const layout = planPermutation(permutation, rows.fileKeys.length, rows.fileColumns);
		const places = placeSample(layout, rows.fileKeys, rows.truth.keys);
		if (places === null) return null;
		const sample = {
			metric,
			layout,
			rows: places,
			truth: rows.truth.truth,
			weights: rows.truth.weights
		};
		const measure = ({ predicted, threshold }, said) => measureImportance(sample, {
			predicted,
			threshold,
			permuted: alignPredicted(permutedKeys(layout), said)
		});
		const mine = measure(challenger, permuted);
		const theirs = attempt("explanation", () => {
			return {
				importances: champion?.permuted == null ? null : measure(champion, champion.permuted),
				findings: []
			};
		});
		const told = toExplanation("measured", name, mine, theirs.importances ?? null);
		return {
			...told,
			findings: [...told.findings, ...theirs.findings.map(asWarning)]
		};
	});
}
function toExplanation(grade, metric, challenger, champion) {
	return {
		explanation: describeImportance({
			grade,
			metric,
			challenger,
			champion,
			round: roundForReport
		}),
		findings: compareImportance(challenger, champion)
	};
}
const sampleOf = (rows, model) => ({
	truth: rows.truth.truth,
	predicted: model.predicted,
	rows: rows.truth.keys.length,
	threshold: model.threshold
});
function contextOf(config, rows, { groupColumns }) {
	const groups = /* @__PURE__ */ new Map();
	for (const name of groupColumns) {
		const column = rows.features?.columns.get(name);
		if (column?.codes == null || column.values.length >= mostGroups) continue;
		const names = [...column.values, "missing"];
		const values = Uint16Array.from(column.codes, (code) => code < names.length ? code : names.length - 1);
		groups.set(name, {
			names,
			values
		});
	}
	return {
		task: config.task,
		custom: config.metrics ?? [],
		scorers: config.scorers ?? [],
		groups
	};
}
const mostGroups = 1e3;
/** The search may find a slice that is declared as well. */
function firstOfEach(metrics) {
	const known = /* @__PURE__ */ new Map();
	for (const one of metrics) {
		const key = JSON.stringify([
			one.metric,
			one.slice,
			one.set
		]);
		if (!known.has(key)) known.set(key, one);
	}
	return [...known.values()];
}

// core/metric/threshold.ts
/** What most models are trained to be cut at. */
const usual = .5;
/**
* Finds the score that makes a metric best when it is the least that says class 1; of equally good ones the nearest to
* 0.5, then the lower. Sorting takes longest: each candidate changes the counts by its own rows alone.
* @param validation rows that are no held-out rows: a threshold that was fitted on those flatters its model
* @param metric one of two classes that a threshold changes
* @throws InputError METRIC_UNDEFINED for another sample, THRESHOLD_UNDEFINED for a metric without threshold or without value
*/
function chooseThreshold(validation, metric) {
	const { labels, scores } = readBinary(validation, metric.name);
	const passes = collectPasses(validation);
	const read = metric.plan?.(passes);
	const planned = passes.all.length;
	const counts = passes.share(makeBinaryConfusion, makeBinaryConfusion);
	if (read === void 0 || passes.all.length > planned) throw refuseChoice(metric.name, "does not depend on one");
	const ones = new Uint16Array(validation.rows).fill(1);
	for (const pass of passes.all) pass.run(ones);
	const best = searchBest(labels, scores, counts, metric.higherIsBetter ? read : () => -read());
	if (best === null) throw refuseChoice(metric.name, "has no value at any score");
	return {
		threshold: best.threshold,
		value: metric.higherIsBetter ? best.value : -best.value
	};
}
function searchBest(labels, scores, counts, read) {
	const order = orderByValue(scores).reverse();
	const positives = counts.tp + counts.fn;
	const negatives = counts.tn + counts.fp;
	let [tp, fp] = [0, 0];
	let best = null;
	for (let at = 0; at < order.length; at++) {
		const row = order[at];
		if (labels[row] === 1) tp++;
		else fp++;
		const threshold = scores[row];
		const next = order[at + 1];
		if (next !== void 0 && scores[next] === threshold) continue;
		Object.assign(counts, {
			tp,
			fp,
			fn: positives - tp,
			tn: negatives - fp
		});
		const value = read();
		if (Number.isFinite(value) && isBetter({
			threshold,
			value
		}, best)) best = {
			threshold,
			value
		};
	}
	return best;
}
/** Candidates come in descending order: at the same distance from 0.5 the later one is the lower. */
function isBetter(candidate, best) {
	if (best === null || candidate.value > best.value) return true;
	return candidate.value === best.value && Math.abs(candidate.threshold - usual) <= Math.abs(best.threshold - usual);
}
function refuseChoice(name, why) {
	return new InputError("THRESHOLD_UNDEFINED", `no threshold can be chosen: ${name} ${why}`, { hint: "Name a metric of the confusion matrix, and use validation rows in which both classes occur." });
}

// core/evaluation/generated-text.ts
/** Longest output and most actions of one row: behaviour patterns are held against all of it. */
const textLimits = {
	characters: 2e4,
	actions: 1e3,
	actionCharacters: 200
};
const notText = {
	code: "evaluation/output-not-text",
	message: "have an output that is no text",
	fix: "Write the output as text; an empty answer is the empty text."
};
const tooLong = {
	code: "evaluation/output-too-long",
	message: `have an output of more than ${textLimits.characters} characters`,
	fix: "Limit how much the model writes."
};
const notActions = {
	code: "evaluation/actions-malformed",
	message: "have actions that are no list of names",
	fix: "Write a JSON list of names, for example [\"search\",\"answer\"]; [] where nothing was done."
};
/** How a table of texts begins. */
const textHeader = "key,output";
/** Opens a table of texts. @throws InputError PREDICTIONS_INVALID without the columns `key` and `output` */
function openTexts({ names, file, form }) {
	const { faults } = file;
	const [key, output] = [placeOf({
		names,
		file
	}, "key"), placeOf({
		names,
		file
	}, "output")];
	const action = names.indexOf("actions");
	const outputs = [];
	const actions = [];
	return {
		visit(cells, row) {
			const text = cells[output];
			if (typeof text !== "string") faults.add(notText, row, showCell$1(cells[key]));
			else if (text.length > textLimits.characters) faults.add(tooLong, row, showCell$1(cells[key]));
			outputs.push(typeof text === "string" ? text : "");
			if (action < 0) return;
			const done = readActions(cells[action], form);
			if (done === null) faults.add(notActions, row, showCell$1(cells[key]));
			actions.push(done ?? []);
		},
		finish: () => ({
			outputs,
			actions: action < 0 ? null : actions
		})
	};
}
function readActions(cell, form) {
	const list = form === "csv" ? parseList(cell) : cell;
	if (!Array.isArray(list) || list.length > textLimits.actions) return null;
	return list.every(isActionName) ? list : null;
}
const isActionName = (name) => typeof name === "string" && name !== "" && name.length <= textLimits.actionCharacters;
function parseList(text) {
	try {
		return parseStrictJson(text, "actions");
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return null;
	}
}

// core/evaluation/behaviour-outputs.ts
/**
* Reads what a model said of the rows of a suite: predictions of its task, or texts and actions of scored examples. A row
* at fault costs its own case and no other: edge cases are there to find such rows. The file is pull-request controlled.
* @param source path, as shown in findings
*/
function readBehaviourOutputs(content, source, shape) {
	const faults = new RowFaults(source);
	const file = {
		source,
		code: "PREDICTIONS_INVALID",
		header: shape.task === "scored-examples" ? textHeader : predictionHeaders[shape.task],
		faults
	};
	try {
		return readRows(content, file, shape, faults);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			outputs: /* @__PURE__ */ new Map(),
			findings: error.findings
		};
	}
}
/** Remembers which rows were at fault. */
var RowFaults = class extends FaultTally {
	rows = /* @__PURE__ */ new Set();
	add(kind, row, example) {
		super.add(kind, row, example);
		this.rows.add(row);
	}
};
function readRows(content, file, shape, faults) {
	const keys = new KeyColumn(faults, predictionKeyFaults);
	const rowOf = [];
	let sink = null;
	const total = scanTable(content, file, (names, form) => {
		const table = {
			file,
			shape,
			names,
			key: placeOf({
				names,
				file
			}, "key"),
			form
		};
		const opened = shape.task === "scored-examples" ? openTexts(table) : predictionSinks[shape.task](table);
		sink = opened;
		return (cells, row) => {
			keys.add(cells[table.key], row);
			rowOf.push(row);
			opened.visit(cells, row);
		};
	});
	keys.checkDoubled();
	const outputAt = toOutputs(sink.finish());
	const outputs = /* @__PURE__ */ new Map();
	const seen = /* @__PURE__ */ new Set();
	for (const [at, key] of keys.keys.entries()) {
		if (seen.has(key)) outputs.delete(key);
		else if (!faults.rows.has(rowOf[at])) outputs.set(key, outputAt(at));
		seen.add(key);
	}
	return {
		outputs,
		findings: faults.toFindings(total).map((finding) => ({
			...finding,
			severity: "warn"
		}))
	};
}
function toOutputs(read) {
	if ("outputs" in read) {
		const { outputs, actions } = read;
		return (at) => ({
			kind: "text",
			text: outputs[at],
			actions: actions?.[at] ?? null
		});
	}
	switch (read.kind) {
		case "score":
		case "number": return (at) => ({
			kind: "number",
			value: read.values[at]
		});
		case "class": return (at) => ({
			kind: "class",
			index: read.values[at]
		});
		case "probabilities": return (at) => ({
			kind: "probabilities",
			values: read.columns.map((column) => column[at])
		});
		case "columns": return () => ({
			kind: "number",
			value: NaN
		});
	}
}

// core/evaluation/scored-model.ts
/** Reads what one model scored. What the held-out rows lack is refused; what another set lacks costs that set alone. */
function readScoredModel(input) {
	const findings = [];
	const attempt = (severity, read) => {
		try {
			return read();
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
			findings.push(...findingsOf("judge", error).map((finding) => ({
				...finding,
				severity
			})));
			return null;
		}
	};
	const { files, who, config, keys } = input;
	const shape = shapeOf(config);
	const read = (content, name) => readPredicted(content, `${name}.csv (${who})`, shape);
	const predicted = attempt("fail", () => alignPredicted(keys, read(files.predictions, "predictions")));
	if (predicted === null) return {
		model: null,
		findings
	};
	const ofSet = (name, take) => {
		if (!input.sets.some((set) => set.name === name)) return null;
		const content = files.sets.get(name);
		const severity = severityOf(name, who);
		if (content !== void 0) return attempt(severity, () => take(content));
		findings.push({
			...notScored(name, who),
			severity
		});
		return null;
	};
	const cut = ofSet("validation", (content) => choose(read(content, "validation"), input)) ?? fixedThreshold(config);
	const behaviour = ofSet("behaviour", (content) => readBehaviourOutputs(content, `behaviour.csv (${who})`, shape));
	findings.push(...behaviour?.findings ?? []);
	return {
		model: {
			predicted,
			threshold: cut.threshold,
			thresholdText: config.task === "binary-classification" ? cut.text : null,
			productionLike: ofSet("production-like", (content) => alignPredicted(keys, read(content, "production-like"))),
			behaviour: behaviour?.outputs ?? null,
			permuted: ofSet("permuted", (content) => read(content, "permuted"))
		},
		findings
	};
}
function fixedThreshold({ decision }) {
	if (decision !== void 0 && "threshold" in decision) return {
		threshold: decision.threshold,
		text: `${decision.threshold}, as model.yml says`
	};
	return {
		threshold: defaultThreshold,
		text: `${defaultThreshold}, since ${decision === void 0 ? "model.yml names none" : "none could be chosen"}`
	};
}
const shownDigits = 4;
/** On validation rows alone. @throws InputError PREDICTIONS_INVALID, THRESHOLD_UNDEFINED */
function choose(file, { config, validation }) {
	const { decision, task } = config;
	if (decision === void 0 || !("choose" in decision) || validation === null) return fixedThreshold(config);
	const predicted = alignPredicted(validation.keys, file);
	const metric = findMetric(decision.choose, { task });
	if (metric === null) throw refuse("judge/threshold-metric", `There is no metric ${decision.choose}`, thresholdFix);
	const rows = validation.keys.length;
	const sample = {
		truth: validation.truth,
		predicted,
		rows,
		threshold: defaultThreshold
	};
	const { threshold } = chooseThreshold(sample, metric);
	return {
		threshold,
		text: `${Number(threshold.toPrecision(shownDigits))}, best ${decision.choose} on ${rows} validation rows`
	};
}
const thresholdFix = "Name one of the goals that decision.choose of model.yml allows.";
/**
* What a challenger did not score is missing: no pass. A champion may have been registered before the set was asked for;
* but a champion without its own threshold would be compared at one that does not suit it, and look worse than it is.
*/
const severityOf = (name, who) => who === "challenger" || name === "validation" ? "fail" : "warn";
/** A set that broke the command is a result about the model: what rests on it is missing, and nothing passes without it. */
function notScored(name, who) {
	return {
		code: "judge/set-not-scored",
		message: who === "challenger" ? `The predict command of the challenger did not score the set ${name}` : `The champion ${who} has no predictions of the set ${name}`,
		fix: "See the log of its predict job: the command must score rows with missing and strange values as well, or say so in its output."
	};
}

// core/evaluation/feature-columns.ts
/**
* Reads held-out features, CSV or JSON Lines, into columns in the order of the truth. Rows that the truth does not name
* are left out.
* @throws InputError FEATURES_INVALID
*/
function parseFeatures(content, file) {
	const faults = new FaultTally(file.source);
	const table = {
		source: file.source,
		code: "FEATURES_INVALID",
		header: `${file.key},...`,
		faults
	};
	const probes = [];
	let keyAt = -1;
	scanTable(content, table, (names) => {
		keyAt = names.indexOf(file.key);
		if (keyAt < 0) throw refuseHeader(table, `has no column "${file.key}"`);
		probes.push(...names.map((name) => new ColumnProbe(name, file.types?.get(name) ?? null)));
		return (cells) => {
			for (let at = 0; at < probes.length; at++) if (at !== keyAt) probes[at]?.look(showCell(cells[at]));
		};
	});
	const [first, ...rest] = faults.toFindings(file.keys.length);
	if (first) throw refuseInput("FEATURES_INVALID", [first, ...rest]);
	const fills = probes.map((probe) => new ColumnFill(probe, file.keys.length));
	const rowOf = new Map(file.keys.map((key, row) => [key, row]));
	const seen = new Uint8Array(file.keys.length);
	scanTable(content, {
		...table,
		faults: new FaultTally(file.source)
	}, () => (cells) => {
		const row = rowOf.get(readText(cells[keyAt]) ?? "");
		if (row === void 0 || seen[row] === 1) return;
		seen[row] = 1;
		for (let at = 0; at < fills.length; at++) if (at !== keyAt) fills[at]?.set(row, showCell(cells[at]));
	});
	const columns = fills.filter((_, at) => at !== keyAt).map((fill) => fill.finish());
	return {
		rows: file.keys.length,
		columns: new Map(columns.map((column) => [column.name, column])),
		missingRows: seen.reduce((sum, one) => sum + 1 - one, 0)
	};
}
/** JSON Lines has cells that are no texts; a missing one is null. */
function showCell(cell) {
	if (typeof cell === "string") return cell;
	return typeof cell === "number" || typeof cell === "boolean" ? String(cell) : "";
}

// core/evaluation/held-out-rows.ts
/** Columns of the label file that a model's configuration names. */
function truthColumnsOf({ heldOut, prediction, task }) {
	const { labels, key } = heldOut;
	const group = labels.group ?? null;
	return {
		key,
		label: labels.column ?? "label",
		weight: labels.weight ?? null,
		...task === "ranking" ? {
			query: group,
			group: null
		} : {
			query: null,
			group
		},
		classes: prediction?.classes ?? []
	};
}
/** Whether a judgement looks at features at all: they need not be fetched otherwise. */
function needsFeatures(config, gates) {
	return cutsRows(config, gates) || drawsRows(config);
}
const cutsRows = ({ slices }, gates) => slices !== void 0 || gates.some(({ metric, by }) => by !== void 0 || isFairness(metric));
const drawsRows = ({ behaviour, explain }) => behaviour !== void 0 || explain !== void 0 && "permutation" in explain;
/** @param content of the held-out features; null: not needed. @throws InputError FEATURES_INVALID */
function readHeldOutRows(truth, content, config, gates) {
	if (content === null) return {
		truth,
		features: null,
		fileKeys: [],
		fileColumns: []
	};
	const { features: source, key } = config.heldOut;
	const table = drawsRows(config) ? readFeatureTable(content, source, key, []) : null;
	return {
		truth,
		features: cutsRows(config, gates) ? parseFeatures(content, {
			source,
			key,
			keys: truth.keys
		}) : null,
		fileKeys: table?.keys ?? [],
		fileColumns: table?.names ?? []
	};
}

export { finishHeldOutComparison as a, compareInThreads as c, readScoredModel as i, readHeldOutRows as n, planHeldOutComparison as o, truthColumnsOf as r, judgedMetrics as s, needsFeatures as t };