import { r as InputError } from "./shared-error.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { d as normalDensity, f as normalQuantile, m as groupBy, u as normalCdf } from "./shared-floor.js";
import { y as modelPath } from "./shared-layout.js";
import { l as isModelName } from "./shared-js-yaml.js";
import { a as countSteps, t as parseModelConfig } from "./shared-model-file.js";
import { n as parseRunRecord, t as maxRunRecordBytes } from "./shared-run-record.js";
import { n as parsePlan, t as digestSearch } from "./shared-search-plan.js";
import { join } from "node:path";
import { lstat, readFile, readdir } from "node:fs/promises";

// core/search/trial.ts
const trialArtifact = (round, number) => `gatehouse-trial-${round}-${number}`;

// adapters/search/search-declared.ts
/**
* Reads `train.search` of a model from the checkout.
* @param read text of a file of the checkout
* @throws InputError MODEL_NAME, FILE_MISSING, CONFIG_INVALID, SEARCH_MISSING
*/
function readSearch(model, read) {
	if (!isModelName(model)) throw new InputError("MODEL_NAME", `${JSON.stringify(model)} is no model name`, { hint: "Give the name of a folder under models/, for example churn or growth/churn." });
	const file = modelPath(model);
	const { search } = parseModelConfig(readText(file, read), file, model).train;
	if (search !== void 0) return search;
	throw new InputError("SEARCH_MISSING", `${file} has no train.search`, {
		hint: "Add train.search with method, space, trials, metric and goal.",
		where: {
			file,
			pointer: "/train"
		}
	});
}
function readText(file, read) {
	try {
		return read(file);
	} catch (cause) {
		throw new InputError("FILE_MISSING", `${file} is not in the checkout`, {
			hint: `Add ${file}, or put actions/checkout before this step.`,
			where: { file },
			cause
		});
	}
}

// core/search/trial-end.ts
const hourMs = 36e5;
/** Ends that come again with the same parameters; all others say nothing about them. */
const ownFault = /* @__PURE__ */ new Set([
	"failed",
	"timed-out",
	"out-of-memory",
	"gpu-out-of-memory"
]);
/**
* Says how a planned training ended, by the record that it left. The value is the command's own, claimed, of its
* validation data: nothing of the judge is read here.
* @param metric name of the metric that the search compares
*/
function endTrial(planned, round, remains, metric) {
	const { number, rung, parameters, resource } = planned;
	const frame = {
		number,
		rung,
		round,
		parameters,
		resource
	};
	if (remains.kind === "nothing") return {
		...frame,
		state: "lost",
		how: "left no result",
		value: null,
		hours: 0,
		cost: null
	};
	if (remains.kind === "unreadable") return {
		...frame,
		state: "failed",
		how: remains.why,
		value: null,
		hours: 0,
		cost: null
	};
	const { outcome, metrics, durationMs, cost } = remains.record;
	const spent = {
		hours: durationMs / hourMs,
		cost: cost?.amount ?? null
	};
	const value = Object.hasOwn(metrics, metric) ? metrics[metric] ?? NaN : NaN;
	if (outcome !== "done") return {
		...frame,
		...spent,
		state: stateOf(outcome),
		how: outcome,
		value: null
	};
	if (!Number.isFinite(value)) return {
		...frame,
		...spent,
		state: "failed",
		how: `did not claim the metric ${metric}`,
		value: null
	};
	return {
		...frame,
		...spent,
		state: "done",
		how: "done",
		value
	};
}
const stateOf = (outcome) => ownFault.has(outcome) ? "failed" : "lost";

// adapters/search/search-folder.ts
/**
* Reads how the trainings of earlier rounds ended. What was planned and left nothing is lost.
* @throws InputError SEARCH_PLAN for a plan that is none, of another search, or of a round that is there twice or missing
*/
async function readFinished(inputs) {
	const plans = await readPlans(inputs);
	const finished = [];
	for (const { round, trials } of plans) for (const planned of trials) {
		const remains = await readRemains(inputs, round, planned);
		finished.push(endTrial(planned, round, remains, inputs.search.metric));
	}
	return finished;
}
async function readPlans({ folder, model, search, before }) {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const names = entries.filter((entry) => entry.isDirectory() && /^gatehouse-trial-plan-\d{1,3}$/.test(entry.name)).map(({ name }) => name);
	const sources = entries.some(({ name }) => name === "plan.json") ? [".", ...names] : names;
	const plans = [];
	for (const name of sources) {
		const source = `${name}/plan.json`;
		const plan = parsePlan(await readFile(join(folder, source), "utf8").catch(() => ""), source);
		if (plan.model !== model || plan.searchDigest !== digestSearch(search)) throw refuse(`${source} is of another search than train.search of ${model}`);
		if (plan.round < before) plans.push(plan);
	}
	plans.sort((a, b) => a.round - b.round);
	const wrong = plans.findIndex(({ round }, at) => round !== at + 1);
	if (wrong >= 0) throw refuse(`The plan of round ${wrong + 1} is missing, or one is there twice`);
	return plans;
}
async function readRemains({ folder, model }, round, { number }) {
	const source = `${trialArtifact(round, number)}/run.json`;
	const file = join(folder, source);
	const found = await lstat(file).catch(() => null);
	if (found === null) return { kind: "nothing" };
	if (!found.isFile() || found.size > 1048576) return {
		kind: "unreadable",
		why: "left no run record that can be read"
	};
	try {
		const record = parseRunRecord(await readFile(file), source);
		if (record.model === model) return {
			kind: "record",
			record
		};
		return {
			kind: "unreadable",
			why: "left the run record of another model"
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			kind: "unreadable",
			why: "left no run record that can be read"
		};
	}
}
const refuse = (message) => new InputError("SEARCH_PLAN", message, { hint: "Run the workflow again from its start: all rounds of a search belong to one run." });

// core/search/space.ts
/** How many values a dimension has; Infinity: every number between two. */
function sizeOf(dimension) {
	if (dimension.kind === "list") return dimension.values.length;
	return isStepped(dimension) || dimension.whole ? countSteps(dimension) : Number.POSITIVE_INFINITY;
}
const spaceSize = (space) => space.reduce((product, dimension) => product * sizeOf(dimension), 1);
/** Equal points have equal keys. */
const keyOf = (parameters) => canonicalJson(parameters);
/** The point of a grid; the last dimension changes fastest. @param index from 0, below the size of the space */
function gridPoint(space, index) {
	let rest = index;
	const values = [];
	for (const dimension of space.toReversed()) {
		const size = sizeOf(dimension);
		values.push([dimension.name, valueAt(dimension, (rest % size + .5) / size)]);
		rest = Math.floor(rest / size);
	}
	return Object.fromEntries(values.reverse());
}
/** A point, each of its values equally likely on its scale. */
const drawPoint = (space, draw) => Object.fromEntries(space.map((dimension) => [dimension.name, valueAt(dimension, draw())]));
/** The value at a place of the dimension laid out from 0 to 1, on its scale. @param unit in [0, 1] */
function valueAt(dimension, unit) {
	if (dimension.kind === "list") {
		const at = Math.min(Math.floor(unit * dimension.values.length), dimension.values.length - 1);
		return dimension.values[Math.max(at, 0)] ?? "";
	}
	const { from, to, whole, step = 1 } = dimension;
	if (isStepped(dimension)) {
		const size = countSteps(dimension);
		const at = Math.min(Math.max(Math.floor(unit * size), 0), size - 1);
		return clamp(Number((from + at * step).toPrecision(12)), from, to);
	}
	const [low, high] = endsOf(dimension);
	const value = Math.exp(Math.log(low) + unit * (Math.log(high) - Math.log(low)));
	if (whole) return clamp(Math.round(value), from, to);
	if (dimension.scale === "log") return clamp(to / from < 1.01 ? value : Number(value.toPrecision(6)), from, to);
	return clamp(roundWithin(from + unit * (to - from), to - from), from, to);
}
/** Values are read and copied by people: a millionth of the range is near enough. */
function roundWithin(value, width) {
	const digits = Math.ceil(6 - Math.log10(width));
	return Number(value.toFixed(Math.min(Math.max(digits, 0), 100)));
}
/** The other way round: the middle of the places that give this value. */
function unitOf(dimension, value) {
	if (isStepped(dimension)) {
		const size = countSteps(dimension);
		return (Math.round((value - dimension.from) / (dimension.step ?? 1)) + .5) / size;
	}
	const [low, high] = endsOf(dimension);
	return dimension.scale === "log" ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low)) : (value - dimension.from) / (dimension.to - dimension.from);
}
/** Even distances between its values: a range with a step, or of whole numbers on a linear scale. */
const isStepped = ({ step, whole, scale }) => step !== void 0 || whole && scale === "linear";
/** A whole number stands for everything that is rounded to it. */
const endsOf = ({ from, to, whole }) => whole ? [from - .5, to + .5] : [from, to];
const clamp = (value, from, to) => Math.min(Math.max(value, from), to);

// core/search/board.ts
function openBoard(finished) {
	const ordered = dropDoubled(finished);
	const trials = /* @__PURE__ */ new Map();
	for (const [, tries] of groupBy(ordered, ({ number, rung }) => `${number}/${rung}`)) {
		const settled = settle(tries);
		const rungs = trials.get(settled.by.number) ?? /* @__PURE__ */ new Map();
		trials.set(settled.by.number, rungs.set(settled.by.rung, settled));
	}
	const costs = ordered.flatMap(({ cost, state }) => state === "lost" && cost === null ? [] : [cost]);
	return {
		trials,
		hours: sumOf(ordered.map(({ hours }) => hours)),
		cost: costs.includes(null) ? null : sumOf(costs.map((cost) => cost ?? 0)),
		most: {
			hours: Math.max(0, ...ordered.map(({ hours }) => hours)),
			cost: Math.max(0, ...costs.map((cost) => cost ?? 0))
		}
	};
}
/** The point of a trial, as it was first trained. */
const pointOf = (rungs) => rungs.values().next().value?.by.parameters;
function settle(tries) {
	const done = tries.find(({ state, value }) => state === "done" && Number.isFinite(value));
	if (done !== void 0) return {
		kind: "done",
		value: done.value ?? NaN,
		by: done
	};
	const failed = tries.find(({ state }) => state !== "lost");
	if (failed !== void 0) return {
		kind: "failed",
		by: failed
	};
	const last = tries.at(-1);
	return {
		kind: tries.length >= 3 ? "failed" : "lost",
		by: last
	};
}
/** One result a round and trial, in one order: sums of fractions depend on it. */
function dropDoubled(finished) {
	return [...new Map(finished.map((trial) => [canonicalJson(trial), trial]).sort(([a], [b]) => a < b ? -1 : 1)).values()].sort((a, b) => a.number - b.number || a.rung - b.rung || a.round - b.round);
}
const sumOf = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

// core/search/random.ts
const multipliers = [3528531795, 3449720151];
/** Golden ratio and root of 3 less 1, each times 2^32. */
const steps = [2654435769, 3144134277];
const rounds = 10;
/**
* Opens numbers that are a function of seed and stream alone: trial 7 draws the same whether trial 6 was lost or not.
* Not for secrets.
* @param stream what the numbers are for: other streams are independent of it
* @see Philox4x32-10: Salmon, Moraes, Dror, Shaw, Parallel Random Numbers: As Easy as 1, 2, 3 (SC 2011)
*/
function openDraws(seed, stream) {
	let block = 0;
	let words = [];
	return () => {
		if (words.length < 2) words = philox([
			block++,
			stream[0],
			stream[1],
			0
		], [seed, 0]);
		const [high = 0, low = 0, ...rest] = words;
		words = rest;
		return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
	};
}
/** Four words of 32 bits from a counter and a key. */
function philox(counter, key) {
	let [a, b, c, d] = counter;
	let [first, second] = key;
	for (let round = 0; round < rounds; round++) {
		const [highA, lowA] = multiply(multipliers[0], a >>> 0);
		const [highC, lowC] = multiply(multipliers[1], c >>> 0);
		[a, b, c, d] = [
			(highC ^ b ^ first) >>> 0,
			lowC,
			(highA ^ d ^ second) >>> 0,
			lowA
		];
		first = first + steps[0] | 0;
		second = second + steps[1] | 0;
	}
	return [
		a,
		b,
		c,
		d
	];
}
/** Product of two 32-bit words as two words; halves of 16 bits keep every sum exact. */
function multiply(x, y) {
	const [highX, lowX, highY, lowY] = [
		x >>> 16,
		x & 65535,
		y >>> 16,
		y & 65535
	];
	const middle = highX * lowY + (lowX * lowY >>> 16);
	const other = lowX * highY + middle % 2 ** 16;
	return [highX * highY + Math.floor(middle / 2 ** 16) + Math.floor(other / 2 ** 16) >>> 0, Math.imul(x, y) >>> 0];
}

// core/search/fresh-point.ts
const mostRedraws = 100;
/**
* Draws a random point that was not taken yet.
* @param taken keys of points; fewer than the space has
*/
function drawFresh(space, seed, number, taken) {
	for (let redraw = 0; redraw < mostRedraws; redraw++) {
		const point = drawPoint(space, openDraws(seed, [number, redraw]));
		if (!taken.has(keyOf(point))) return point;
	}
	return firstFree(space, taken);
}
/** Nearly all of a small space is taken: the first that is not, in the order of the grid. */
function firstFree(space, taken) {
	const size = spaceSize(space);
	for (let index = 0; index < size; index++) {
		const point = gridPoint(space, index);
		if (!taken.has(keyOf(point))) return point;
	}
	throw new RangeError("every point of the space is taken");
}
/** The points 1 to `count`, no two alike. More of them begin with the same ones. @param count not above the space's size */
function drawPoints(space, seed, count) {
	const taken = /* @__PURE__ */ new Set();
	return Array.from({ length: count }, (_, at) => {
		const point = drawFresh(space, seed, at + 1, taken);
		taken.add(keyOf(point));
		return point;
	});
}

// core/search/bracket.ts
/**
* The brackets of a search with rungs. Halving has one, with all trials and as many rungs as they fill. Hyperband goes
* through its table again and again until `trials` points are used; the last bracket takes what is left.
*/
function bracketsOf(search, trials) {
	const { resource } = search;
	const deepest = deepestRung(resource);
	if (search.method === "halving") return [{
		first: 1,
		rungs: rungsOf(resource, trials, deepest)
	}];
	const brackets = [];
	let first = 1;
	for (let depth = deepest; first <= trials; depth = depth === 0 ? deepest : depth - 1) {
		const size = Math.min(bracketSize(resource, depth), trials - first + 1);
		brackets.push({
			first,
			rungs: rungsOf(resource, size, depth)
		});
		first += size;
	}
	return brackets;
}
/** s_max of the paper: how often the resource can be multiplied. A hair is added: log(243) / log(3) is below 5. */
const deepestRung = ({ least, most, reduction }) => Math.floor(Math.log(most / least) / Math.log(reduction) + 1e-9);
/**
* Trials of a bracket so that every bracket costs about the same.
* The paper's algorithm rounds up (34, 15, 8 in its example), its table takes whole shares (27, 9, 6), with which every
* rung is divided without a rest: we take the table's.
* @see Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar, Hyperband, JMLR 18 (2018), algorithm 1 and table 1
*/
const bracketSize = (resource, depth) => Math.floor((deepestRung(resource) + 1) / (depth + 1)) * resource.reduction ** depth;
/** Fewer trials than the rungs need: the first rungs are left out, so that one always reaches all of the resource. */
function rungsOf(resource, trials, depth) {
	const { reduction, most } = resource;
	const rungs = Math.min(depth, Math.floor(Math.log(trials) / Math.log(reduction) + 1e-9));
	return Array.from({ length: rungs + 1 }, (_, at) => ({
		trials: Math.floor(trials / reduction ** at),
		resource: roundResource(resource, most / reduction ** (rungs - at))
	}));
}
/** Epochs are whole; what is given in fractions stays so. */
function roundResource({ least, most }, value) {
	return Math.min(Math.max(Number.isInteger(least) && Number.isInteger(most) ? Math.round(value) : value, least), most);
}

// core/search/rungs.ts
/** @returns null for the other methods */
function openRungs(search, points) {
	const { resource, method } = search;
	if (resource === void 0 || method !== "halving" && method !== "hyperband") return null;
	return bracketsOf({
		...search,
		resource
	}, points);
}
/** The rung of a trial by its number. */
function asRungs(rungs, number, rung) {
	const found = rungs.findLast(({ first }) => first <= number)?.rungs[rung];
	if (found === void 0) throw new RangeError(`trial ${number} has no rung ${rung}`);
	return found;
}
/**
* What can be trained now and was not asked for: of every bracket the first rung that is not full. A rung begins when
* all of the one below it is settled, so that it is the best that go on.
*/
function askRungs(rungs, board, goal) {
	return rungs.flatMap((bracket) => askBracket(bracket, board, goal));
}
function askBracket({ first, rungs }, { trials }, goal) {
	let members = Array.from({ length: rungs[0]?.trials ?? 0 }, (_, at) => first + at);
	for (const [rung] of rungs.entries()) {
		const open = members.filter((number) => trials.get(number)?.get(rung) === void 0);
		if (open.length > 0) return open.map((number) => ({
			number,
			rung
		}));
		const settled = members.map((number) => [number, trials.get(number)?.get(rung)]);
		if (settled.some(([, one]) => one?.kind === "lost")) return [];
		members = keepBest(settled, rungs[rung + 1]?.trials ?? 0, goal);
	}
	return [];
}
/** The best go on, of equals the one with the lower number; one that failed never does. */
function keepBest(settled, count, goal) {
	const sign = goal === "maximize" ? -1 : 1;
	return settled.flatMap(([number, one]) => one?.kind === "done" ? [{
		number,
		value: one.value
	}] : []).sort((a, b) => sign * (a.value - b.value) || a.number - b.number).slice(0, count).map(({ number }) => number);
}

// core/search/parzen.ts
/** Points that the prior of a choice counts for. */
const priorCount = 2;
/**
* Estimates a density over [0, 1] by one normal kernel a point, cut off at the ends, and one wide kernel over all of it
* as prior. A kernel is as wide as the way to the farther of its neighbours, so it is narrow where points are dense.
* @see Bergstra, Bardenet, Bengio, Kegl, Algorithms for Hyper-Parameter Optimization (NIPS 2011), section 4.2
*/
function estimateNumbers(points) {
	const sorted = [...points, .5].sort((a, b) => a - b);
	const prior = sorted.indexOf(.5);
	const least = 1 / Math.min(100, 1 + sorted.length);
	const kernels = sorted.map((middle, at) => {
		const way = Math.max(middle - (sorted[at - 1] ?? 0), (sorted[at + 1] ?? 1) - middle);
		return makeKernel(middle, at === prior ? 1 : Math.min(Math.max(way, least), 1));
	});
	return {
		draw(draw) {
			const { middle, width, below, mass } = kernels[Math.floor(draw() * kernels.length)];
			return Math.min(Math.max(middle + width * normalQuantile(below + draw() * mass), 0), 1);
		},
		density: (value) => kernels.reduce((sum, { middle, width, mass }) => sum + normalDensity((value - middle) / width) / (width * mass), 0) / kernels.length
	};
}
function makeKernel(middle, width) {
	const below = normalCdf(-middle / width);
	return {
		middle,
		width,
		below,
		mass: normalCdf((1 - middle) / width) - below
	};
}
/** Estimates how likely each of `size` values is: its share among the points, with some counts spread over all as prior. */
function estimateChoices(points, size) {
	const counts = new Array(size).fill(priorCount / size);
	for (const point of points) counts[point] = (counts[point] ?? 0) + 1;
	const total = points.length + priorCount;
	return {
		draw(draw) {
			let rest = draw() * total;
			const found = counts.findIndex((count) => {
				rest -= count;
				return rest < 0;
			});
			return found < 0 ? size - 1 : found;
		},
		density: (value) => (counts[value] ?? 0) / total
	};
}

// core/search/tpe.ts
/**
* So many points are drawn from the good ones for each dimension; the best ratio wins. Measured over 100 seeds on Branin
* and a mixed space with 16 and 40 trials: 24, as others have it, settles on a wrong choice too soon.
*/
const candidates = 8;
/** The best share of the points counts as good. */
const goodShare = .2;
const mostGood = 25;
const mostRetries = 20;
/** Trials that are drawn at random before there is anything to learn from. */
const randomStart = (trials) => Math.min(10, Math.max(4, Math.floor(trials / 4)));
/**
* Suggests the next point by the tree-structured Parzen estimator: where points that turned out good are dense and bad
* ones are not. Each dimension by itself, on its own scale.
* @param observed in any fixed order; points that are asked for in the same round among them, without a value
* @see Bergstra, Bardenet, Bengio, Kegl, Algorithms for Hyper-Parameter Optimization (NIPS 2011), section 4;
* waiting points as bad ones: https://optuna.readthedocs.io/en/stable/reference/samplers/generated/optuna.samplers.TPESampler.html (constant_liar)
*/
function suggestPoint(search, observed, number) {
	const { space, seed, trials } = search;
	const taken = new Set(observed.map(({ parameters }) => keyOf(parameters)));
	const known = observed.filter(({ value }) => value !== null);
	if (known.length < randomStart(trials)) return drawFresh(space, seed, number, taken);
	const [good, bad] = splitPoints(search, observed, known.length);
	for (let retry = 0; retry < mostRetries; retry++) {
		const draw = openDraws(seed, [number, 1e3 + retry]);
		const point = Object.fromEntries(space.map((dimension) => [dimension.name, chooseValue(dimension, good, bad, draw)]));
		if (!taken.has(keyOf(point))) return point;
	}
	return drawFresh(space, seed, number, taken);
}
function splitPoints({ goal }, observed, known) {
	const sign = goal === "maximize" ? -1 : 1;
	const rankOf = ({ value }) => value === null ? Number.POSITIVE_INFINITY : sign * value;
	const points = observed.toSorted((a, b) => rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b)).map(({ parameters }) => parameters);
	const good = Math.min(Math.ceil(goodShare * known), mostGood);
	return [points.slice(0, good), points.slice(good)];
}
function chooseValue(dimension, good, bad, draw) {
	const placeOf = placesOf(dimension);
	const places = (points) => points.map((point) => placeOf(point[dimension.name]));
	const estimate = (points) => dimension.kind === "list" ? estimateChoices(places(points), dimension.values.length) : estimateNumbers(places(points));
	const [likely, unlikely] = [estimate(good), estimate(bad)];
	let best = {
		place: 0,
		ratio: Number.NEGATIVE_INFINITY
	};
	for (let at = 0; at < candidates; at++) {
		const place = likely.draw(draw);
		const ratio = Math.log(likely.density(place)) - Math.log(unlikely.density(place));
		if (ratio > best.ratio) best = {
			place,
			ratio
		};
	}
	if (dimension.kind === "range") return valueAt(dimension, best.place);
	return dimension.values[best.place] ?? "";
}
/** Where a value lies: from 0 to 1 on its scale, or which of the list it is. */
function placesOf(dimension) {
	if (dimension.kind === "range") return (value) => unitOf(dimension, Number(value));
	return (value) => Math.max(value === void 0 ? -1 : dimension.values.indexOf(value), 0);
}

// core/search/next-trials.ts
/**
* Says which trainings come next: a pure function, so that a search goes on from what its artifacts say.
* @param finished all that was planned before and runs no more, in any order; what was lost is asked for again
* @param width trainings of one answer at most
*/
function nextTrials(search, finished, width = search.parallel) {
	const board = openBoard(finished);
	const spent = whatIsSpent(search, board);
	if (spent !== null) return {
		trials: [],
		done: true,
		why: spent
	};
	const trials = chooseTrials(search, board, Math.min(width, affordable(search, board)));
	return trials.length > 0 ? {
		trials,
		done: false,
		why: null
	} : {
		trials,
		done: true,
		why: "complete"
	};
}
/** Points that are tried: a small space has fewer than `trials`. */
const countPoints = ({ space, trials }) => Math.min(trials, spaceSize(space));
function chooseTrials(search, board, width) {
	const rungs = openRungs(search, countPoints(search));
	const again = [...board.trials.values()].flatMap((settled) => [...settled.values()]).filter(({ kind }) => kind === "lost").map(({ by }) => toPlanned(board, rungs, by.number, by.rung, by.parameters)).slice(0, width);
	return [...again, ...askFresh(search, board, rungs, width - again.length)];
}
function askFresh(search, board, rungs, width) {
	if (width <= 0) return [];
	const { space, seed, method } = search;
	const count = countPoints(search);
	if (rungs !== null) {
		const points = drawPoints(space, seed, count);
		return askRungs(rungs, board, search.goal).slice(0, width).map(({ number, rung }) => toPlanned(board, rungs, number, rung, points[number - 1] ?? {}));
	}
	const numbers = Array.from({ length: count }, (_, at) => at + 1).filter((number) => !board.trials.has(number)).slice(0, width);
	if (method === "tpe") return suggestAll(search, board, numbers);
	const points = method === "random" ? drawPoints(space, seed, count) : null;
	return numbers.map((number) => toPlanned(board, null, number, 0, points?.[number - 1] ?? gridPoint(space, number - 1)));
}
/** Each sees those suggested before it in the same round, as points without a value. */
function suggestAll(search, board, numbers) {
	const observed = [...board.trials].sort(([a], [b]) => a - b).flatMap(([, rungs]) => {
		const settled = rungs.get(0);
		if (settled === void 0) return [];
		return [{
			parameters: settled.by.parameters,
			value: settled.kind === "done" ? settled.value : null
		}];
	});
	return numbers.map((number) => {
		const parameters = suggestPoint(search, observed, number);
		observed.push({
			parameters,
			value: null
		});
		return toPlanned(board, null, number, 0, parameters);
	});
}
function toPlanned(board, rungs, number, rung, parameters) {
	const settled = board.trials.get(number);
	const below = settled?.get(rung - 1);
	return {
		number,
		rung,
		parameters: (settled && pointOf(settled)) ?? parameters,
		resource: rungs === null ? null : asRungs(rungs, number, rung).resource,
		resumeFrom: below === void 0 ? null : trialArtifact(below.by.round, number)
	};
}
function whatIsSpent({ budget }, { hours, cost }) {
	if (budget?.hours !== void 0 && !(hours < budget.hours)) return "budget";
	if (budget?.cost === void 0) return null;
	if (cost === null) return "cost unknown";
	return cost < budget.cost ? null : "budget";
}
/** How many trainings as long and dear as the worst so far fit into what is left; one always does, while there is any. */
function affordable({ budget }, { hours, cost, most }) {
	const shares = [((budget?.hours ?? Number.POSITIVE_INFINITY) - hours) / most.hours, ((budget?.cost ?? Number.POSITIVE_INFINITY) - (cost ?? 0)) / most.cost];
	return Math.max(1, Math.floor(Math.min(...shares.map((share) => Number.isNaN(share) ? Infinity : share))));
}

export { unitOf as a, trialArtifact as c, openBoard as i, nextTrials as n, readFinished as o, openRungs as r, readSearch as s, countPoints as t };