import { r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { i as isDigest } from "./shared-canonical.js";
import { f as normalQuantile, p as normalSf } from "./shared-floor.js";
import { A as literal, E as custom, F as strictObject, I as string, L as tuple, M as number, O as int, R as union, S as _enum, w as array } from "./shared-js-yaml.js";
import { t as datetime } from "./shared-iso.js";
import { t as computeWilsonInterval } from "./shared-proportion.js";
import { n as studentSf, t as studentQuantile } from "./shared-student-t.js";
import { a as mergeHistograms, i as highestUs, n as countOf, o as rankOf, s as valueAtRank, t as coarsenHistogram } from "./shared-histogram.js";
import { n as binomialQuantile } from "./shared-binomial.js";

// core/load/summary.ts
const usPerMs$1 = 1e3;
/**
* A quantile is told when at least so many requests are expected beyond it: fewer, and it is the luck of single requests.
* 20 requests for the median, 200 for p95, 1,000 for p99, 10,000 for p99.9.
*/
const fewestBeyond = 10;
const roundsOf = ({ rounds }, who) => rounds.filter((round) => round.who === who).sort((a, b) => a.round - b.round);
/** Latencies of all rounds, for pictures. @param most buckets of each, at least 32 */
function histogramsOf(record, most = 200) {
	const of = (who) => coarsenHistogram(mergeHistograms(roundsOf(record, who).map(({ latency }) => latency)), most);
	return {
		challenger: of("challenger"),
		champion: record.champion === null ? null : of("champion")
	};
}
/** Requests that a quantile needs. */
const fewestFor = (p) => Math.round(fewestBeyond / (1 - p));
/** @param roundSeconds of the counted part of a round, by the schedule */
function summarise(rounds, roundSeconds) {
	const latency = mergeHistograms(rounds.map((round) => round.latency));
	const count = countOf(latency);
	const [errors, timeouts, lateStarts, seconds] = [
		"errors",
		"timeouts",
		"lateStarts",
		"seconds"
	].map((key) => rounds.reduce((sum, round) => sum + round[key], 0));
	return {
		count,
		errors,
		timeouts,
		p50Ms: readQuantile(latency, .5),
		p95Ms: readQuantile(latency, .95),
		p99Ms: readQuantile(latency, .99),
		p999Ms: readQuantile(latency, .999),
		maxMs: highestUs(latency) / usPerMs$1,
		meanMs: count === 0 ? null : latency.sumUs / count / usPerMs$1,
		throughputPerSecond: seconds === 0 ? 0 : (count - errors - timeouts) / seconds,
		errorRate: count === 0 ? null : (errors + timeouts) / count,
		offeredPerSecond: rounds.length === 0 ? 0 : count / (roundSeconds * rounds.length),
		lateStarts
	};
}
/** In milliseconds; null for too few requests. */
function readQuantile(latency, p) {
	const count = countOf(latency);
	return count < fewestFor(p) ? null : valueAtRank(latency, rankOf(count, p)) / usPerMs$1;
}

// core/load/doubt.ts
/** Beyond this share the measuring side's own delay reaches p99. */
const mostLate = .01;
/** Below this share of the offered load a queue grows, and latency says how long the test was. */
const leastKept = .95;
const lateShare = (rounds) => rounds.reduce((sum, { lateStarts }) => sum + lateStarts, 0) / rounds.reduce((sum, { latency }) => sum + countOf(latency), 0);
const sidesOf = (record) => record.champion === null ? ["challenger"] : ["challenger", "champion"];
/** True when the schedule was not kept: latencies are then partly of the measuring side, and nothing is told of them. */
function isTooLate(record) {
	return sidesOf(record).some((who) => !(lateShare(roundsOf(record, who)) <= mostLate));
}
/** Why not all of a record can be told, and what to be careful with. */
function findDoubts(record) {
	return sidesOf(record).flatMap((who) => {
		const rounds = roundsOf(record, who);
		const share = lateShare(rounds);
		if (!(share <= mostLate)) return [lateFinding(who, share)];
		const { throughputPerSecond, offeredPerSecond } = summarise(rounds, record.roundSeconds);
		return throughputPerSecond >= leastKept * offeredPerSecond ? [] : [backlogFinding(who, throughputPerSecond, offeredPerSecond)];
	});
}
function lateFinding(who, share) {
	return {
		code: "latency/late-start",
		severity: "warn",
		message: Number.isFinite(share) ? `Of the requests to the ${who} ${percent(share)} were sent late by the measuring side: its latency is not evaluated` : `No request was due for the ${who}: its latency is not evaluated`,
		found: Number.isFinite(share) ? percent(share) : "no requests",
		allowed: `at most ${percent(mostLate)}`,
		fix: "Measure on a machine with a core to spare for the measuring side, or lower latency.arrival.rate."
	};
}
function backlogFinding(who, answered, offered) {
	return {
		code: "latency/overload",
		severity: "warn",
		message: `The ${who} answered ${digits(answered)} of ${digits(offered)} requests a second as expected: under more load than it carries, latency grows with the length of the test`,
		found: `${digits(answered)}/s`,
		allowed: `at least ${percent(leastKept)} of ${digits(offered)}/s`,
		fix: "Look at errors and timeouts, or declare a load that one server is meant to carry."
	};
}
const percent = (share) => `${Number((share * 100).toPrecision(3))} %`;
const digits = (value) => String(Number(value.toPrecision(3)));

// core/load/estimate.ts
const z = normalQuantile(.975);
/** Half the width of a 95 % interval, in standard errors. */
const reachOf = (freedom) => studentQuantile(.975, freedom);
/**
* 95 % interval of one model's value. Requests of one round share a process and its moment, so a round is the unit: t over
* their pseudo-values. It is never narrower than the interval within rounds: few rounds can agree by luck.
* @returns null with fewer than two rounds, or where a round has no value
* @see Kalibera and Jones 2013, Rigorous benchmarking in reasonable time (ISMM): repeat where the uncertainty arises
*/
function estimateInterval({ value, pseudo, within }) {
	const error = errorOfMean(pseudo);
	if (error === null) return null;
	const reach = reachOf(pseudo.length - 1) * error;
	return widest([value - reach, value + reach], within);
}
/**
* Difference of the two, paired by rounds: both servers ran one after the other on the same machine with the same
* requests, so what changes with time cancels out. Never narrower than what the requests within rounds allow.
* @see Zou and Donner 2008, Construction of confidence limits about effect measures, for the interval within rounds
*/
function estimateDifference(challenger, champion) {
	const value = challenger.value - champion.value;
	const paired = challenger.pseudo.map((each, at) => each - champion.pseudo[at]);
	const between = errorOfMean(paired);
	if (between === null) return {
		value,
		interval: null,
		standardError: null,
		pAbove: null,
		pBelow: null
	};
	const freedom = paired.length - 1;
	const reach = reachOf(freedom) * between;
	const within = differenceWithin(challenger, champion);
	const withinError = within === null ? 0 : (within[1] - within[0]) / (2 * z);
	return {
		value,
		interval: widest([value - reach, value + reach], within),
		standardError: Math.max(between, withinError),
		pAbove: upperTail(value, between, withinError, freedom),
		pBelow: upperTail(-value, between, withinError, freedom)
	};
}
/** Distances of both models' own bounds, added as squares. */
function differenceWithin(challenger, champion) {
	if (challenger.within === null || champion.within === null) return null;
	const value = challenger.value - champion.value;
	const [low, high] = challenger.within;
	const [otherLow, otherHigh] = champion.within;
	return [value - Math.hypot(challenger.value - low, otherHigh - champion.value), value + Math.hypot(high - challenger.value, champion.value - otherLow)];
}
/** Standard error of the mean of rounds; null: there is none. */
function errorOfMean(values) {
	if (values.length < 2 || !values.every(Number.isFinite)) return null;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return Math.sqrt(squares / (values.length - 1) / values.length);
}
/** The larger of both: neither spread alone may make a difference look sure. */
function upperTail(value, between, within, freedom) {
	return Math.max(studentSf(value === 0 ? 0 : value / between, freedom), normalSf(value === 0 ? 0 : value / within));
}
const widest = (one, other) => other === null ? one : [Math.min(one[0], other[0]), Math.max(one[1], other[1])];

// core/load/order-statistics.ts
const tail = .025;
/**
* Distribution-free 95 % interval of a quantile, as ranks: the number of values up to the quantile is binomial, whatever the
* latencies are distributed like. Of independent values.
* @param count values
* @param p in (0, 1)
* @see David and Nagaraja 2003, Order Statistics, 7.1
*/
function quantileRanks(count, p) {
	const share = Number((1 - p).toPrecision(12));
	const low = count - binomialQuantile(.975, count, share);
	const high = count + 1 - binomialQuantile(tail, count, share);
	return {
		low: low < 1 ? null : low,
		high: high > count ? null : high
	};
}

// core/load/measure.ts
const usPerMs = 1e3;
const secondsPerHour = 3600;
const fromZero = [0, Number.POSITIVE_INFINITY];
function loadMeasures({ costPerHour }) {
	return [
		quantileMeasure("latency-p50", .5),
		quantileMeasure("latency-p95", .95),
		quantileMeasure("latency-p99", .99),
		throughput,
		errorRate,
		...costPerHour === null ? [] : [costMeasure(costPerHour)]
	];
}
function quantileMeasure(metric, p) {
	return {
		metric,
		higherIsBetter: false,
		range: fromZero,
		method: "observed value (type 1) in ms; jackknife over rounds, not narrower than order statistics",
		estimate: (rounds) => {
			const all = mergeRounds(rounds);
			const value = readQuantile(all, p);
			if (value === null) return `it takes ${fewestFor(p)} requests, there were ${countOf(all)}`;
			const quantile = (each) => {
				const latency = mergeRounds(each);
				return valueAtRank(latency, rankOf(countOf(latency), p)) / usPerMs;
			};
			return {
				value,
				pseudo: leaveOut(rounds, value, quantile),
				within: quantileInterval(all, p)
			};
		}
	};
}
const mergeRounds = (rounds) => mergeHistograms(rounds.map((round) => round.latency));
/**
* What each round adds: the value of all rounds less that of the others, in the scale of the value (pseudo-values of the
* delete-a-group jackknife). Whole rounds are left out, so it holds for quantiles too.
* @see Shao and Wu 1989, A general theory for jackknife variance estimation; Kott 2001, The delete-a-group jackknife
*/
function leaveOut(rounds, value, measure) {
	const count = rounds.length;
	return rounds.map((left) => count * value - (count - 1) * measure(rounds.filter((round) => round !== left)));
}
function quantileInterval(all, p) {
	const { low, high } = quantileRanks(countOf(all), p);
	return [valueAtRank(all, low) / usPerMs, valueAtRank(all, high) / usPerMs];
}
const answeredPerSecond = (rounds) => (sumOf(rounds, sent) - sumOf(rounds, failed)) / sumOf(rounds, ({ seconds }) => seconds);
const throughput = {
	metric: "throughput",
	higherIsBetter: true,
	range: fromZero,
	method: "expected answers a second at the offered load; jackknife over rounds",
	estimate: (rounds) => spreadOverRounds(rounds, answeredPerSecond)
};
const errorRate = {
	metric: "error-rate",
	higherIsBetter: false,
	range: [0, 1],
	method: "errors and timeouts, share of requests; jackknife over rounds, not narrower than Wilson",
	estimate: (rounds) => {
		const value = failedShare(rounds);
		const within = computeWilsonInterval(sumOf(rounds, failed), sumOf(rounds, sent));
		return {
			value,
			pseudo: leaveOut(rounds, value, failedShare),
			within
		};
	}
};
const failed = ({ errors, timeouts }) => errors + timeouts;
const sent = ({ latency }) => countOf(latency);
const sumOf = (rounds, of) => rounds.reduce((sum, round) => sum + of(round), 0);
const failedShare = (rounds) => sumOf(rounds, failed) / sumOf(rounds, sent);
function costMeasure(costPerHour) {
	return {
		metric: "cost-per-1000",
		higherIsBetter: false,
		range: fromZero,
		method: `1,000 answers at the offered load for ${costPerHour} an hour; jackknife over rounds`,
		estimate: (rounds) => spreadOverRounds(rounds, (each) => costPerHour / secondsPerHour / answeredPerSecond(each) * 1e3)
	};
}
function spreadOverRounds(rounds, measure) {
	const value = measure(rounds);
	if (!Number.isFinite(value)) return "no request was answered as expected";
	return {
		value,
		pseudo: leaveOut(rounds, value, measure),
		within: null
	};
}

// core/load/latency-metrics.ts
/**
* Turns a record into metrics that gates can name: `latency-p50`, `latency-p95`, `latency-p99` (ms), `throughput` (expected
* answers a second), `error-rate`, `cost-per-1000`, `size-bytes`. All but the size are missing when the measuring side could
* not keep its schedule.
*/
function evaluateLatency(record) {
	const size = sizeMetric(record);
	const doubts = findDoubts(record);
	if (isTooLate(record)) return {
		metrics: [size],
		findings: doubts
	};
	const outcomes = loadMeasures(record).map((measure) => measureOne(measure, record));
	return {
		metrics: [...outcomes.flatMap((each) => "metric" in each ? [each] : []), size],
		findings: [...doubts, ...outcomes.flatMap((each) => "code" in each ? [each] : [])]
	};
}
const latencyFindings = (record) => evaluateLatency(record).findings;
function measureOne(measure, record) {
	const challenger = measure.estimate(roundsOf(record, "challenger"));
	const champion = record.champion && measure.estimate(roundsOf(record, "champion"));
	for (const [who, estimate] of [["challenger", challenger], ["champion", champion]]) if (typeof estimate === "string") return missing(measure.metric, `${estimate} (${who})`);
	return toResult(measure, challenger, champion);
}
function toResult(measure, challenger, champion) {
	const difference = champion && estimateDifference(challenger, champion);
	const { pAbove = null, pBelow = null } = difference ?? {};
	return {
		...frame(measure.metric, measure.higherIsBetter),
		challenger: round$1(challenger.value),
		challengerInterval: roundInterval(estimateInterval(challenger), measure.range),
		champion: champion && round$1(champion.value),
		difference: difference && round$1(difference.value),
		differenceInterval: roundInterval(difference?.interval ?? null, everything),
		standardError: roundOrNull(difference?.standardError),
		pWorse: roundOrNull(measure.higherIsBetter ? pBelow : pAbove),
		pBetter: roundOrNull(measure.higherIsBetter ? pAbove : pBelow),
		method: `${measure.method}, ${challenger.pseudo.length} rounds${champion === null ? "" : " in turns, paired"}`
	};
}
/** Two files have their sizes: the difference is what it is. */
function sizeMetric({ challenger, champion }) {
	const own = {
		...frame("size-bytes", false),
		challenger: challenger.sizeBytes,
		challengerInterval: [challenger.sizeBytes, challenger.sizeBytes],
		method: "size of the model file"
	};
	if (champion === null) {
		const nothing = {
			champion: null,
			difference: null,
			differenceInterval: null
		};
		return {
			...own,
			...nothing,
			standardError: null,
			pWorse: null,
			pBetter: null
		};
	}
	const difference = challenger.sizeBytes - champion.sizeBytes;
	return {
		...own,
		champion: champion.sizeBytes,
		difference,
		differenceInterval: [difference, difference],
		standardError: 0,
		pWorse: difference > 0 ? 0 : 1,
		pBetter: difference < 0 ? 0 : 1
	};
}
const frame = (metric, higherIsBetter) => ({
	metric,
	slice: null,
	set: "held-out",
	rows: 0,
	higherIsBetter,
	grade: "measured"
});
function missing(metric, because) {
	return {
		code: "latency/metric-missing",
		severity: "warn",
		message: `${metric} has no value: ${because}`,
		fix: "Raise latency.arrival.seconds, rate or rounds in model.yml until there are requests enough."
	};
}
const everything = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
function roundInterval(interval, [least, most]) {
	if (interval === null || !interval.every(Number.isFinite)) return null;
	const [low, high] = interval.map((bound) => round$1(Math.min(Math.max(bound, least), most)));
	return [low, high];
}
/** Four digits: a limit is met or missed by what people read. No -0. */
const round$1 = (value) => Number(value.toPrecision(4)) || 0;
const roundOrNull = (value) => value === null || value === void 0 || !Number.isFinite(value) ? null : Number(value.toPrecision(2));

// core/load/latency-record-schema.ts
/** Shapes of a record of a load test, closed and bounded: the job that writes it runs pull-request code. */
const words = (most) => string().min(1).max(most).refine((value) => value.isWellFormed(), "text with half a surrogate pair");
const count = int().nonnegative();
const amount = number().nonnegative().max(1e9);
const digest = custom(isDigest, "sha256: and 64 characters 0-9 a-f");
const commit = string().regex(/^[0-9a-f]{40}$/);
const histogram = strictObject({
	bins: array(tuple([int().positive().max(6e7), int().positive()])).max(3e3),
	sumUs: count
}).refine(({ bins }) => isAscending(bins), "buckets in ascending order").refine(isSumPossible, "a sum that these counts can have");
const round = strictObject({
	round: int().min(1).max(30),
	who: _enum(["challenger", "champion"]),
	turn: union([literal(1), literal(2)]),
	seconds: number().positive().max(7200),
	latency: histogram,
	errors: count,
	timeouts: count,
	lateStarts: count,
	readyMs: amount,
	peakMemoryMib: amount.nullable()
}).refine(({ latency, errors, timeouts, lateStarts }) => {
	const requests = countOf(latency);
	return errors + timeouts <= requests && lateStarts <= requests;
}, "no more errors, timeouts or late starts than requests");
const served = strictObject({
	version: int().positive().nullable(),
	commit,
	artifactDigest: digest,
	sizeBytes: count
});
const latencyRecordSchema = strictObject({
	v: literal(1),
	grade: literal("measured"),
	model: words(200),
	runId: count,
	runAttempt: count,
	startedAt: datetime(),
	engine: words(200),
	machine: strictObject({
		runner: words(500),
		os: words(500),
		cpu: words(500),
		cpus: count,
		memoryMib: amount,
		gpus: array(words(500)).max(64)
	}),
	configDigest: digest,
	configFrom: _enum(["base", "head"]),
	requestsDigest: digest.nullable(),
	traceDigest: digest.nullable(),
	pattern: _enum([
		"poisson",
		"constant",
		"recorded"
	]),
	roundSeconds: number().positive().max(1800),
	warmUpSeconds: number().nonnegative().max(600),
	timeoutMs: number().positive().max(6e4),
	costPerHour: number().positive().max(1e5).nullable(),
	challenger: served,
	champion: served.nullable(),
	rounds: array(round).min(1).max(60)
}).refine((record) => isComplete(record), {
	path: ["rounds"],
	error: "every round once for each model that is named"
}).refine(({ rounds, timeoutMs }) => rounds.every(({ latency }) => highestUs(latency) <= Math.ceil(timeoutMs * 1e3)), {
	path: ["rounds"],
	error: "no latency over the timeout"
});
function isAscending(bins) {
	return bins.every(([highest], at) => at === 0 || highest > (bins[at - 1]?.[0] ?? 0));
}
/** The buckets keep their highest value: the sum is not above that, and not below the highest of the bucket before. */
function isSumPossible({ bins, sumUs }) {
	const most = bins.reduce((sum, [highest, each]) => sum + highest * each, 0);
	return sumUs >= bins.reduce((sum, [highest, each], at) => {
		const floor = bins[at - 1]?.[0] ?? 0;
		return sum + highest + floor * (each - 1);
	}, 0) && sumUs <= most;
}
function isComplete({ champion, rounds }) {
	const sides = champion === null ? ["challenger"] : ["challenger", "champion"];
	const each = rounds.length / sides.length;
	const names = new Set(rounds.map(({ round: number, who }) => `${who} ${number}`));
	return names.size === rounds.length && sides.every((who) => Array.from({ length: each }, (_, at) => `${who} ${at + 1}`).every((name) => names.has(name)));
}

// core/load/latency-record.ts
/** Thirty rounds of two models with some hundred buckets each are some hundred kilobytes. */
const maxLatencyRecordBytes = 4194304;
/**
* Reads the record of a load test. The job that wrote it ran pull-request code: its shape is checked, and that its numbers
* can be those of one measurement.
* @throws InputError LATENCY_RECORD_INVALID, JSON_INVALID
*/
function parseLatencyRecord(content, source) {
	if (content.length > 4194304) throw refuse(source, `it has more than ${maxLatencyRecordBytes} bytes`);
	const result = latencyRecordSchema.safeParse(parseStrictJson(decode(content, source), source));
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const place = issue?.path.map(String).join("/").slice(0, 200) ?? "";
	const why = issue?.message.slice(0, 200) ?? "wrong shape";
	throw refuse(source, `at "/${place.toWellFormed()}": ${why.toWellFormed()}`);
}
function decode(content, source) {
	if (typeof content === "string") return content;
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(content);
	} catch {
		throw refuse(source, "it is not UTF-8 text");
	}
}
function refuse(source, why) {
	return new InputError("LATENCY_RECORD_INVALID", `${source} is no record of a load test: ${why}`, {
		hint: "Measure with the measure-latency action, which writes latency.json, and do not change the file afterwards.",
		where: { file: source }
	});
}

export { histogramsOf as a, latencyFindings as i, parseLatencyRecord as n, roundsOf as o, evaluateLatency as r, summarise as s, maxLatencyRecordBytes as t };