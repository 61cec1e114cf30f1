import { n as readFacts, r as resolveFiles, t as fetchData } from "./shared-dataset.js";
import { n as findSimilar, t as judgeDataset } from "./shared-judge.js";
import { A as pointTo, E as planChecks, c as toBuckets, p as toMonths, u as toDays, v as bucketRange, y as coarsen } from "./shared-moments.js";
import { t as hideColumn } from "./shared-merge.js";
import { i as sdOf, n as meanOf, t as countReadable } from "./shared-statistics.js";
import { o as adjustPValues, p as normalSf } from "./shared-floor.js";
import { r as largeTestOf } from "./shared-drift-file.js";
import { i as writeShare, n as writeCount, r as writeRows } from "./shared-wording.js";
import { n as showP, t as showEffect } from "./shared-number.js";
import { a as stirlingError, i as halfDeviance, n as testShares, o as refuseStatistic } from "./shared-proportion.js";
import { t as binomialPmf } from "./shared-binomial.js";
import { a as findingsOf, n as GatehouseError, r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { r as toProfile, t as parseProfile } from "./shared-parse-profile.js";
import { t as openRemote } from "./shared-remote.js";
import { join } from "node:path";

// adapters/dataset/tables.ts
/** Tables of one job: every file is fetched once, however many contracts read it. */
var Tables = class {
	#source;
	#fetched = /* @__PURE__ */ new Map();
	constructor(source) {
		this.#source = source;
	}
	/** Reads what files of a tree stand for; of a pointer only the pointer is read, not the data. */
	async readFacts(files) {
		const facts = [];
		const errors = [];
		for (const file of files) {
			const read = await readFacts(file, this.#source.readBlob).catch(acceptKnown);
			if (read instanceof GatehouseError) errors.push(read);
			else facts.push(read);
		}
		return {
			facts,
			...toFailure(errors)
		};
	}
	/** Brings the data here, verified by its digests; all of it or none. */
	async fetch(facts) {
		const remote = this.#openRemote();
		if (remote instanceof GatehouseError) return {
			...toFailure([remote]),
			evaluated: false
		};
		const tables = [];
		const errors = [];
		for (const fact of facts) {
			const fetched = await this.#fetchOnce(remote, fact).catch(acceptKnown);
			if (fetched instanceof GatehouseError) errors.push(fetched);
			else tables.push(...fetched);
		}
		return errors.length > 0 ? toFailure(errors) : tables;
	}
	#openRemote() {
		try {
			const { dataUrl, network } = this.#source;
			return (this.#source.openRemote ?? openRemote)(dataUrl, network);
		} catch (error) {
			return acceptKnown(error);
		}
	}
	#fetchOnce(remote, facts) {
		const key = `${facts.listed.path}\0${facts.listed.blob}`;
		const known = this.#fetched.get(key);
		if (known !== void 0) return known;
		const local = join(this.#source.workdir, `data-${this.#fetched.size + 1}`);
		const fetched = fetchData(facts, local, remote, this.#source.readBlob, "numbers");
		this.#fetched.set(key, fetched);
		return fetched;
	}
};
/** What known errors say, for evidence. */
function toFailure(errors) {
	return {
		findings: errors.flatMap((error) => findingsOf("data", error)),
		evaluated: errors.every(({ kind }) => kind === "input")
	};
}
/** An error that names who must act becomes a finding; any other one is a fault of ours and ends the job. */
function acceptKnown(error) {
	if (error instanceof GatehouseError) return error;
	throw error;
}

// core/profile/private.ts
/**
* The profile that may leave the machine: of a personal or secret column it keeps the numbers of empty and unreadable
* cells and nothing of its values.
*/
function toPublicProfile(profile, privacyOf) {
	const columns = profile.columns.map((column) => privacyOf(column.name) === "none" ? column : hideColumn(column));
	return {
		...profile,
		columns
	};
}

// core/dataset/record-maker.ts
/** Writes down what is known of one version of a dataset; nothing of a private column but its number of cells. */
function toDatasetRecord(contract, given) {
	const { source, legalBasis, approvedBy, expires, access, derivedFrom } = contract;
	return {
		v: 1,
		dataset: contract.dataset,
		contractDigest: given.contractDigest,
		dataDigest: given.dataDigest,
		files: given.files,
		rows: given.profile.rows,
		engine: given.engine,
		profile: toPublicProfile(given.profile, privacyIn(contract)),
		observations: given.observations,
		governance: {
			source,
			legalBasis,
			approvedBy,
			expires,
			access,
			derivedFrom,
			privacy: privacyOf(contract)
		}
	};
}
/** How private a column is; one that the contract does not name counts as secret. */
function privacyIn({ columns }) {
	const known = new Map(columns.map(({ name, privacy }) => [name, privacy]));
	return (column) => known.get(column) ?? "secret";
}
function privacyOf({ columns }) {
	return columns.flatMap(({ name, privacy }) => privacy === "none" ? [] : [[name, privacy]]);
}

// core/dataset/file-order.ts
/** The columns as the first file has them, so that a later comparison sees when their order changes. */
function inFileOrder(profile, files) {
	const header = files.find(({ columns }) => columns.length > 0)?.columns ?? [];
	const places = new Map(header.map((name, at) => [name, at]));
	const placed = profile.columns.map((column) => ({
		column,
		at: places.get(column.name) ?? header.length
	}));
	return {
		...profile,
		columns: placed.sort((a, b) => a.at - b.at).map(({ column }) => column)
	};
}

// core/drift/choice.ts
/**
* Limits where nobody set one, in the unit of each test. A shift of a normal column by a third of its standard
* deviation lies near all of them: PSI 0.11, D 0.13, Wasserstein 0.33, mean shift 0.33, Jensen-Shannon 0.12.
*/
const defaultLimits = {
	psi: .1,
	ks: .1,
	"jensen-shannon": .1,
	kl: .1,
	"chi-square": .1,
	wasserstein: .3,
	"mean-shift": .3
};
const defaultBins = 10;
/** With fewer rows on either side the tests without bins lose less: KS and chi-square. */
const largeFrom = 1e3;
/**
* Chooses what is not set, by type and size: PSI for numbers and the Jensen-Shannon distance for everything else; with
* fewer than 1,000 rows on either side KS and chi-square. A limit without a test is in the unit of the former.
* @param rows of the smaller side
*/
function chooseTest(type, rows, rule) {
	const large = largeTestOf(type);
	const small = large === "psi" ? "ks" : "chi-square";
	const free = rows < 1e3 && rule.limit === void 0 && rule.bins === void 0;
	const test = rule.test ?? (free && type !== "timestamp" ? small : large);
	return {
		test,
		limit: rule.limit ?? defaultLimits[test],
		bins: rule.bins ?? 10
	};
}

// core/drift/decision.ts
/**
* Decides about one column: the only place where drift is told from no drift.
* @param adjustedP corrected over the columns of the table; NaN where the column takes no part
*/
function decide(measured, adjustedP, rules) {
	const { effect, enough, because, ...frame } = measured;
	const none = {
		effect: null,
		pValue: null,
		adjustedP: null,
		method: ""
	};
	if (effect === null) return {
		...frame,
		...none,
		result: "not compared",
		because
	};
	if (!Number.isFinite(effect.effect) || !Number.isFinite(effect.pValue)) return {
		...frame,
		...none,
		result: "not compared",
		because: "the test gave no number"
	};
	const numbers = {
		effect: effect.effect,
		pValue: effect.pValue,
		method: effect.method
	};
	if (!enough) {
		const words = describeLack(effect, rules.minRows);
		return {
			...frame,
			...numbers,
			adjustedP: null,
			result: "not enough rows",
			because: words
		};
	}
	const above = effect.effect > frame.limit;
	const drift = above && adjustedP < rules.alpha;
	return {
		...frame,
		...numbers,
		adjustedP,
		result: drift ? "drift" : "no drift",
		because: explain({
			effect: effect.effect,
			limit: frame.limit,
			above,
			drift
		}, adjustedP, rules.alpha)
	};
}
function describeLack({ rows, referenceRows }, least) {
	return `${[...rows < least ? [`${writeRows(rows)}, ${writeCount(least - rows)} more are needed`] : [], ...referenceRows < least ? [`${writeRows(referenceRows)} in the reference, ${writeCount(least - referenceRows)} more are needed`] : []].join("; ")} (drift.min-rows is ${writeCount(least)})`;
}
function explain({ effect, limit, above, drift }, adjustedP, alpha) {
	const [shown, allowed] = showEffect(effect, limit);
	if (!above) return `${shown} is not above ${allowed}`;
	const chance = `adjusted p ${showP(adjustedP)}, alpha ${alpha}`;
	return drift ? `${shown} is above ${allowed}, and chance does not explain it (${chance})` : `${shown} is above ${allowed}, but chance alone may give as much (${chance})`;
}

// core/statistics/divergence.ts
/**
* Kullback-Leibler divergence of `p` from `q`, natural logarithm; both are normalised.
* @param p, q counts or shares of the same categories
* @returns Infinity where `q` has nothing and `p` has something
* @throws InputError STATISTICS_EMPTY
*/
function computeKl(p, q) {
	const [ofP, ofQ] = [normalise(p), normalise(q)];
	let sum = 0;
	for (let at = 0; at < ofP.length; at++) sum += entropyTerm(ofP[at], ofQ[at]);
	return Math.max(0, sum);
}
/**
* Jensen-Shannon divergence and distance, logarithm of base 2; both are normalised. Needs no floor: the mean of both
* is never zero where one of them is not.
* @throws InputError STATISTICS_EMPTY
* @see Lin 1991
*/
function computeJensenShannon(p, q) {
	const [ofP, ofQ] = [normalise(p), normalise(q)];
	let sum = 0;
	for (let at = 0; at < ofP.length; at++) {
		const [left, right] = [ofP[at], ofQ[at]];
		const middle = (left + right) / 2;
		sum += entropyTerm(left, middle) + entropyTerm(right, middle);
	}
	const divergence = Math.min(1, Math.max(0, sum / 2 / Math.LN2));
	return {
		distance: Math.sqrt(divergence),
		divergence
	};
}
const entropyTerm = (p, q) => p === 0 ? 0 : p * Math.log(p / q);
function normalise(counts) {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (!(total > 0)) throw refuseStatistic("empty", "a divergence");
	return counts.map((count) => count / total);
}

// core/statistics/gamma.ts
const mostSteps = 1e7;
/**
* Upper regularised incomplete gamma function Q(a, x). Far out it is computed directly and keeps its digits: 1 - P would be 0.
* @param a above 0
* @param x at least 0
*/
function gammaUpper(a, x) {
	if (!(a > 0) || !(x >= 0)) return NaN;
	if (x === 0) return 1;
	if (x === Number.POSITIVE_INFINITY) return 0;
	return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}
function lowerSeries(a, x) {
	let term = 1 / a;
	let sum = term;
	for (let k = 1; k < mostSteps && term > sum * 1e-17; k++) {
		term *= x / (a + k);
		sum += term;
	}
	return Math.min(1, sum * scale(a, x));
}
/** Lentz's method on the continued fraction. */
function upperFraction(a, x) {
	let b = x + 1 - a;
	let c = 1e300;
	let d = 1 / b;
	let value = d;
	for (let k = 1; k < mostSteps; k++) {
		const numerator = -k * (k - a);
		b += 2;
		d = 1 / (numerator * d + b);
		c = b + numerator / c;
		const factor = c * d;
		value *= factor;
		if (Math.abs(factor - 1) < 2 ** -52) break;
	}
	return value * scale(a, x);
}
/** x^a e^-x / Γ(a) */
const scale = (a, x) => Math.sqrt(a / (2 * Math.PI)) * Math.exp(-stirlingError(a) - halfDeviance(a, x));

// core/statistics/chi-square.ts
/** Upper tail of the chi-square distribution. @param df degrees of freedom, above 0 */
function chiSquareSf(statistic, df) {
	return statistic < 0 ? 1 : gammaUpper(df / 2, statistic / 2);
}

// core/statistics/homogeneity.ts
/**
* Pearson's chi-square test: do all rows of the table have the same shares?
* @param table one row of counts a sample, one column a category
* @throws InputError STATISTICS_EMPTY without rows or categories, STATISTICS_ZERO_COLUMN when a row or column is all zero
*/
function testHomogeneity(table, settings = {}) {
	const expected = expectCounts(table, "the chi-square test");
	const { df, statistic } = sumCells(table, expected, settings, (seen, wanted) => (seen - wanted) ** 2 / wanted);
	const total = table.reduce((whole, row) => whole + sum$2(row), 0);
	return {
		statistic,
		df,
		p: df === 0 ? 1 : chiSquareSf(statistic, df),
		expected,
		...effectOf(statistic / total, table.length, table[0].length, total)
	};
}
function expectCounts(table, what) {
	const categories = table[0]?.length ?? 0;
	if (table.length === 0 || categories === 0) throw refuseStatistic("empty", what);
	const rowSums = table.map(sum$2);
	const columnSums = Float64Array.from({ length: categories }, (_, at) => table.reduce((total, row) => total + row[at], 0));
	if (rowSums.includes(0) || columnSums.includes(0)) throw refuseStatistic("zero_column", what);
	const total = sum$2(columnSums);
	return rowSums.map((rowSum) => columnSums.map((columnSum) => rowSum / total * columnSum));
}
function sumCells(table, expected, { yates = false }, termOf) {
	const df = (table.length - 1) * (table[0].length - 1);
	let statistic = 0;
	table.forEach((row, at) => {
		row.forEach((count, to) => {
			const wanted = expected[at][to];
			const gap = wanted - count;
			const moved = yates && df === 1 ? count + Math.sign(gap) * Math.min(.5, Math.abs(gap)) : count;
			statistic += termOf(moved, wanted);
		});
	});
	return {
		df,
		statistic: df === 0 ? 0 : statistic
	};
}
function effectOf(phi2, rows, columns, total) {
	const least = Math.min(rows, columns) - 1;
	const cramersV = least === 0 ? 0 : Math.sqrt(phi2 / least);
	const corrected = Math.max(0, phi2 - (rows - 1) * (columns - 1) / (total - 1));
	const shorter = (size) => size - (size - 1) ** 2 / (total - 1);
	const room = Math.min(shorter(rows), shorter(columns)) - 1;
	return {
		cramersV,
		cramersVCorrected: room > 0 ? Math.sqrt(corrected / room) : 0
	};
}
const sum$2 = (counts) => counts.reduce((total, count) => total + count, 0);

// core/statistics/kolmogorov.ts
/**
* Upper tail of the two-sided one-sample Kolmogorov-Smirnov statistic: P(D >= d) with n values.
* The two-sample test of scipy ("asymp") takes it with n = round(n1 n2 / (n1 + n2)).
* @param n whole number; below 1 there is no value: NaN
* @see Simard and L'Ecuyer 2011, Computing the two-sided Kolmogorov-Smirnov distribution
*/
function kolmogorovSampleSf(n, d) {
	if (!(n >= 1) || Number.isNaN(d)) return NaN;
	const reach = n * d;
	if (d >= 1) return 0;
	if (reach <= .5) return 1;
	if (reach >= n - 1) return 2 * (1 - d) ** n;
	const squared = reach * d;
	if (squared >= 370) return 0;
	if (d >= .5 || squared >= (n <= 140 ? 4 : 2.2)) return Math.min(1, 2 * smirnovSf(n, d));
	const cdf = n <= 140 || n <= 1e5 && n * d ** 1.5 <= 1.4 ? matrixCdf(n, d) : pelzGoodCdf(n, d);
	return Math.min(1, Math.max(0, 1 - cdf));
}
/** From here on the expansion is right to 1e-3 of any p-value above 1e-20, and the sum takes a tenth of a second. */
const expansionStart$1 = 1e6;
/** One-sided tail. @see Smirnov 1944; for very many values the expansion to first order in 1 / sqrt(n) */
function smirnovSf(n, d) {
	if (n > expansionStart$1) return Math.exp(-((6 * n * d + 1) ** 2) / (18 * n));
	let sum = 0;
	for (let j = 0; j <= Math.floor(n * (1 - d)); j++) {
		const share = d + j / n;
		if (share < 1) sum += binomialPmf(j, n, share) / share;
	}
	return d * sum;
}
/** Durbin's matrix. @see Marsaglia, Tsang and Wang 2003, Evaluating Kolmogorov's distribution */
function matrixCdf(n, d) {
	const k = Math.floor(n * d) + 1;
	const size = 2 * k - 1;
	const power = raise(durbinMatrix(size, k - n * d), size, n);
	let value = power.matrix[(k - 1) * size + k - 1];
	let exponent = power.exponent;
	for (let i = 1; i <= n; i++) {
		value = value * i / n;
		if (value < 1e-140) {
			value *= 1e140;
			exponent -= 140;
		}
	}
	return value * 10 ** exponent;
}
function durbinMatrix(size, h) {
	const matrix = new Float64Array(size * size);
	for (let i = 0; i < size; i++) for (let j = 0; j < Math.min(size, i + 2); j++) {
		let value = 1;
		if (j === 0) value -= h ** (i + 1);
		if (i === size - 1) value -= h ** (size - j);
		if (i === size - 1 && j === 0 && 2 * h > 1) value += (2 * h - 1) ** size;
		for (let factor = 2; factor <= i - j + 1; factor++) value /= factor;
		matrix[i * size + j] = value;
	}
	return matrix;
}
function raise(matrix, size, n) {
	if (n === 1) return {
		matrix,
		exponent: 0
	};
	const half = raise(matrix, size, Math.floor(n / 2));
	const square = multiply(half.matrix, half.matrix, size);
	const full = n % 2 === 0 ? square : multiply(square, matrix, size);
	const exponent = 2 * half.exponent;
	const middle = (size - 1) / 2;
	if (full[middle * size + middle] <= 1e140) return {
		matrix: full,
		exponent
	};
	return {
		matrix: full.map((value) => value * 1e-140),
		exponent: exponent + 140
	};
}
function multiply(left, right, size) {
	const product = new Float64Array(size * size);
	for (let i = 0; i < size; i++) for (let k = 0; k < size; k++) {
		const factor = left[i * size + k];
		if (factor === 0) continue;
		for (let j = 0; j < size; j++) product[i * size + j] = product[i * size + j] + factor * right[k * size + j];
	}
	return product;
}
/** Kolmogorov's limit with three correction terms. @see Pelz and Good 1976, as in scipy 1.10 */
function pelzGoodCdf(n, d) {
	const z = Math.sqrt(n) * d;
	const pi2 = Math.PI ** 2;
	const root = Math.sqrt(2 * Math.PI);
	const terms = [
		0,
		0,
		0,
		0
	];
	let second = 0;
	let third = 0;
	for (let k = 1; k <= Math.ceil(16 * z / Math.PI); k++) {
		const m2 = (2 * k - 1) ** 2;
		const odd = Math.exp(-m2 * pi2 / 8 / z ** 2);
		terms[0] += odd;
		terms[1] += odd * (-(z ** 2) + pi2 / 4 * m2);
		const b2 = (2 * z ** 4 - 5 * z ** 2) * pi2 / 4;
		const c2 = pi2 ** 2 * (1 - 2 * z ** 2) / 16;
		terms[2] += odd * (6 * z ** 6 + 2 * z ** 4 + b2 * m2 + c2 * m2 ** 2);
		const b3 = pi2 * (135 * z ** 4 - 96 * z ** 6) / 4;
		const c3 = pi2 ** 2 * (-60 * z ** 2 + 212 * z ** 4) / 16;
		const d3 = pi2 ** 3 * (5 - 30 * z ** 2) / 64;
		terms[3] += odd * (-30 * z ** 6 - 90 * z ** 8 + b3 * m2 + c3 * m2 ** 2 + d3 * m2 ** 3);
		const every = k * k * Math.exp(-k * k * pi2 / 2 / z ** 2);
		second += every;
		third += (3 * z ** 2 - pi2 * k * k) * every;
	}
	const k2 = terms[2] * root / (72 * z ** 7) - second * pi2 * root / (36 * z ** 3);
	const k3 = terms[3] * root / (6480 * z ** 10) + third * pi2 * root / (216 * z ** 6);
	const k1 = terms[1] * root / (6 * z ** 4);
	return terms[0] * root / z + k1 / Math.sqrt(n) + k2 / n + k3 / n ** 1.5;
}

// core/statistics/kolmogorov-smirnov.ts
/** Up to so many pairs of rows the exact distribution of the statistic is counted. */
const exactPairs = 1e4;
/**
* Two-sample Kolmogorov-Smirnov test: exact up to 10,000 pairs of rows, else asymptotic.
* With ties the p-value is too large rather than too small.
* @throws InputError STATISTICS_EMPTY
*/
function testKolmogorovSmirnov(first, second) {
	const statistic = computeKsDistance(first, second);
	const [n, m] = [first.total, second.total];
	return n * m <= exactPairs ? {
		statistic,
		p: exactKsSf(statistic, n, m),
		method: "exact"
	} : {
		statistic,
		p: asymptoticKsSf(statistic, n, m),
		method: "asymptotic"
	};
}
/**
* Largest distance of two distribution functions, in one walk over the different values.
* @param alternative `greater`: how far the first lies above the second
* @throws InputError STATISTICS_EMPTY
*/
function computeKsDistance(first, second, alternative = "two-sided") {
	if (first.total === 0 || second.total === 0) throw refuseStatistic("empty", "the distance of two samples");
	let above = 0;
	let below = 0;
	let i = 0;
	let j = 0;
	let seenFirst = 0;
	let seenSecond = 0;
	while (i < first.values.length && j < second.values.length) {
		const a = first.values[i];
		const b = second.values[j];
		if (a <= b) seenFirst += first.counts[i++];
		if (b <= a) seenSecond += second.counts[j++];
		const gap = seenFirst / first.total - seenSecond / second.total;
		if (gap > above) above = gap;
		if (-gap > below) below = -gap;
	}
	if (alternative === "greater") return above;
	return alternative === "less" ? below : Math.max(above, below);
}
/**
* P(D >= statistic) counted over all orders of the pooled rows, upper tail directly. Takes n times m steps.
* @see Hodges 1958; the recursion of R's psmirnov
*/
function exactKsSf(statistic, n, m, alternative = "two-sided") {
	const threshold = statistic - .5 / (n * m);
	const reaches = (i, j) => {
		const gap = i / n - j / m;
		return (alternative === "two-sided" ? Math.abs(gap) : alternative === "greater" ? gap : -gap) >= threshold;
	};
	let row = new Float64Array(m + 1);
	for (let i = 0; i <= n; i++) {
		const next = new Float64Array(m + 1);
		for (let j = 0; j <= m; j++) if (reaches(i, j)) next[j] = 1;
		else if (i + j > 0) {
			const left = j === 0 ? 0 : next[j - 1];
			const up = i === 0 ? 0 : row[j];
			next[j] = (i * up + j * left) / (i + j);
		}
		row = next;
	}
	return row[m];
}
/**
* Large samples, two-sided: the one-sample distribution with the effective number of rows, as scipy's "asymp";
* one-sided: Hodges' approximation 5.3. NaN where the effective number rounds to 0.
*/
function asymptoticKsSf(statistic, n, m, alternative = "two-sided") {
	const effective = n / (n + m) * m;
	if (alternative === "two-sided") return kolmogorovSampleSf(roundHalfEven(effective), statistic);
	const [more, fewer] = [Math.max(n, m), Math.min(n, m)];
	const z = Math.sqrt(effective) * statistic;
	const shift = 2 * z * (more + 2 * fewer) / Math.sqrt(more * fewer * (more + fewer)) / 3;
	return Math.min(1, Math.exp(-2 * z * z - shift));
}
/** As numpy rounds: 0.5 to 0, 1.5 to 2. */
function roundHalfEven(value) {
	const whole = Math.floor(value);
	const rest = value - whole;
	return rest > .5 || rest === .5 && whole % 2 === 1 ? whole + 1 : whole;
}

// core/statistics/value-counts.ts
/** Values and counts that are known already: ascending, each value once. */
function toValueCounts(pairs) {
	const counts = Float64Array.from(pairs, ([, count]) => count);
	let total = 0;
	for (const count of counts) total += count;
	return {
		values: Float64Array.from(pairs, ([value]) => value),
		counts,
		total
	};
}
/**
* Quantiles with linear interpolation (type 7) of a counted sample.
* @param levels ascending, each in [0, 1]
* @throws InputError STATISTICS_EMPTY
* @see Hyndman and Fan 1996
*/
function computeQuantiles({ values, counts, total }, levels) {
	if (total === 0) throw refuseStatistic("empty", "a quantile");
	let at = 0;
	let upTo = counts[0];
	const valueOfRank = (rank) => {
		while (upTo <= rank) upTo += counts[++at];
		return values[at];
	};
	return levels.map((level) => {
		const position = level * (total - 1);
		const rank = Math.floor(position);
		const low = valueOfRank(rank);
		const part = position - rank;
		if (part === 0) return low;
		const high = valueOfRank(Math.min(rank + 1, total - 1));
		if (high !== low) {
			upTo -= counts[at];
			at--;
		}
		return interpolate(low, high, part);
	});
}
/** As numpy's lerp, so that edges agree to the last bit. */
function interpolate(low, high, part) {
	const difference = high - low;
	return part >= .5 ? high - difference * (1 - part) : low + difference * part;
}
/** Mean and variance (n in the denominator for `population`, n - 1 for `sample`), in two passes. */
function computeMoments({ values, counts, total }) {
	if (total === 0) throw refuseStatistic("empty", "the mean");
	let sum = 0;
	for (let at = 0; at < values.length; at++) sum += values[at] * counts[at];
	const mean = sum / total;
	let squares = 0;
	for (let at = 0; at < values.length; at++) squares += (values[at] - mean) ** 2 * counts[at];
	return {
		mean,
		population: squares / total,
		sample: squares / (total - 1)
	};
}

// core/statistics/psi.ts
/** Share that an empty bin counts as: the logarithm of 0 has no value. Evidently's number; other tools take 0.01. */
const psiFloor = 1e-4;
/**
* Bins both samples by the quantiles of the reference (type 7). With at most `bins` different values in the reference,
* each is a bin, and what the reference never had is one more. Missing cells are a bin where either side has some.
* @throws InputError STATISTICS_EMPTY without rows on one side or without a value in the reference
*/
function binByReference(reference, current, bins) {
	if ([reference, current].map(({ counts, missing }) => counts.total + missing).includes(0) || reference.counts.total === 0) throw refuseStatistic("empty", "the PSI");
	const few = reference.counts.values.length <= bins;
	const edges = few ? [] : quantileEdges(reference.counts, bins);
	const [ofReference, ofCurrent] = few ? countByValue(reference.counts, current.counts) : [countByEdge(reference.counts, edges), countByEdge(current.counts, edges)];
	if (reference.missing + current.missing > 0) {
		ofReference.push(reference.missing);
		ofCurrent.push(current.missing);
	}
	return {
		reference: Float64Array.from(ofReference),
		current: Float64Array.from(ofCurrent),
		edges
	};
}
function quantileEdges(reference, bins) {
	const levels = Array.from({ length: bins - 1 }, (_, at) => (at + 1) / bins);
	return [...new Set(computeQuantiles(reference, levels))];
}
function countByEdge({ values, counts }, edges) {
	const rows = new Array(edges.length + 1).fill(0);
	let bin = 0;
	for (let at = 0; at < values.length; at++) {
		while (bin < edges.length && values[at] > edges[bin]) bin++;
		rows[bin] = rows[bin] + counts[at];
	}
	return rows;
}
function countByValue(reference, current) {
	const known = new Map([...reference.values].map((value, at) => [value, at]));
	const ofCurrent = new Array(known.size).fill(0);
	let other = 0;
	current.values.forEach((value, at) => {
		const bin = known.get(value);
		const count = current.counts[at];
		if (bin === void 0) other += count;
		else ofCurrent[bin] = count;
	});
	return other === 0 ? [[...reference.counts], ofCurrent] : [[...reference.counts, 0], [...ofCurrent, other]];
}
/**
* Population stability index: sum of (q - p) ln(q / p) over the bins, natural logarithm.
* @throws InputError STATISTICS_EMPTY
*/
function computePsi({ reference, current }, smoothing = {
	kind: "floor",
	least: psiFloor
}) {
	const p = toShares(reference, smoothing);
	const q = toShares(current, smoothing);
	let psi = 0;
	for (let at = 0; at < p.length; at++) {
		const [before, after] = [p[at], q[at]];
		psi += (after - before) * Math.log(after / before);
	}
	return psi;
}
function toShares(counts, smoothing) {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (!(total > 0)) throw refuseStatistic("empty", "the PSI");
	if (smoothing.kind === "floor") return counts.map((count) => Math.max(count / total, smoothing.least));
	const { alpha } = smoothing;
	return counts.map((count) => (count + alpha) / (total + alpha * counts.length));
}

// core/statistics/psi-bias.ts
/**
* PSI without the part that chance adds.
*
* Under one population with shares s, (q - p) ln(q / p) is (q - p)^2 / s to first order, and p and q have variance
* s (1 - s) / n and s (1 - s) / m. Summed over B bins that is (B - 1)(1/n + 1/m): 0.6 for 10 bins and 30 rows on each
* side, above any usual limit with no drift at all. The floor adds to it in rare bins, so the expectation is taken
* over the binomial counts themselves, with s from both samples together.
* @see Yurdakul 2018, Statistical properties of the population stability index: the same first-order term
* @throws InputError STATISTICS_EMPTY
*/
function computeCorrectedPsi(samples) {
	const plain = computePsi(samples);
	const bias = expectPsi(samples.reference, samples.current);
	return {
		plain,
		bias,
		corrected: Math.max(0, plain - bias)
	};
}
/** Expected PSI (floor 0.0001) of two samples with these sizes when both come from their pooled shares. */
function expectPsi(reference, current) {
	const [n, m] = [sum$1(reference), sum$1(current)];
	let expected = 0;
	for (let at = 0; at < reference.length; at++) {
		const share = (reference[at] + current[at]) / (n + m);
		const p = expectShare(n, share);
		const q = expectShare(m, share);
		expected += p.shareLog + q.shareLog - p.share * q.log - q.share * p.log;
	}
	return Math.max(0, expected);
}
/** From so many expected rows on, two terms of the expansion give the bias to four digits. */
const expansionStart = 1e4;
/** Relative weight below which a count no longer matters. */
const least = 1e-18;
/** Expectations of p, ln p and p ln p for p = max(count / rows, floor), count binomial. */
function expectShare(rows, share) {
	if (share <= 0) return atCount(0, 1);
	if (share >= 1) return atCount(1, 1);
	if (rows * share > expansionStart) {
		const spread = (1 - share) / (2 * rows);
		const log = Math.log(share);
		return {
			share,
			log: log - spread / share,
			shareLog: share * log + spread
		};
	}
	const mode = Math.floor((rows + 1) * share);
	const odds = share / (1 - share);
	const total = {
		weight: 0,
		share: 0,
		log: 0,
		shareLog: 0
	};
	const add = (count, weight) => {
		const value = atCount(count, rows);
		total.weight += weight;
		total.share += weight * value.share;
		total.log += weight * value.log;
		total.shareLog += weight * value.shareLog;
	};
	for (let count = mode, weight = 1; count <= rows && weight > least; count++) {
		add(count, weight);
		weight *= (rows - count) / (count + 1) * odds;
	}
	for (let count = mode, weight = 1; count > 0 && weight > least; count--) {
		weight *= count / (rows - count + 1) / odds;
		add(count - 1, weight);
	}
	const { weight } = total;
	return {
		share: total.share / weight,
		log: total.log / weight,
		shareLog: total.shareLog / weight
	};
}
function atCount(count, rows) {
	const share = Math.max(count / rows, psiFloor);
	const log = Math.log(share);
	return {
		share,
		log,
		shareLog: share * log
	};
}
const sum$1 = (counts) => counts.reduce((total, count) => total + count, 0);

// core/statistics/wasserstein.ts
/** Evidently's least standard deviation: a constant reference has no spread to measure in. */
const evidentlyDeviation = .001;
/**
* First Wasserstein distance: the area between the two distribution functions, in one walk over the different values.
* @param leastDeviation the deviation counts as at least so much, in the unit of the values
* @throws InputError STATISTICS_EMPTY
*/
function computeWasserstein(reference, current, leastDeviation = evidentlyDeviation) {
	if (reference.total === 0 || current.total === 0) throw refuseStatistic("empty", "the distance of two samples");
	let i = 0;
	let j = 0;
	let seenReference = 0;
	let seenCurrent = 0;
	let before = NaN;
	let distance = 0;
	while (i < reference.values.length || j < current.values.length) {
		const a = reference.values[i] ?? Number.POSITIVE_INFINITY;
		const b = current.values[j] ?? Number.POSITIVE_INFINITY;
		const value = Math.min(a, b);
		const gap = Math.abs(seenReference / reference.total - seenCurrent / current.total);
		if (gap > 0) distance += gap * (value - before);
		if (a === value) seenReference += reference.counts[i++];
		if (b === value) seenCurrent += current.counts[j++];
		before = value;
	}
	const deviation = Math.sqrt(computeMoments(reference).population);
	const normed = distance === 0 ? 0 : distance / Math.max(deviation, leastDeviation);
	return {
		distance,
		normed
	};
}

// core/statistics/mean-shift.ts
/** Compares two means, current minus reference. @throws InputError STATISTICS_EMPTY */
function testMeanShift(reference, current) {
	if (reference.count === 0 || current.count === 0) throw refuseStatistic("empty", "a mean shift");
	const difference = current.mean - reference.mean;
	const [n, m] = [reference.count, current.count];
	const z = difference / Math.sqrt(reference.variance / n + current.variance / m);
	const pooled = ((n - 1) * reference.variance + (m - 1) * current.variance) / (n + m - 2);
	return {
		z,
		p: 2 * normalSf(Math.abs(z)),
		zVsReference: difference / (Math.sqrt(reference.variance) / Math.sqrt(m)),
		cohensD: difference / Math.sqrt(pooled)
	};
}

// core/drift/mean-effect.ts
/** Standard deviations beyond which a number no longer says anything; a constant that moved is infinitely many. */
const mostDeviations = 1e9;
const method = "Cohen's d: difference of the means in pooled sample standard deviations, without its sign; p: z test, two-sided";
/** The mean shift from the exact sums of a profile: it needs no distribution. */
function measureMeanShift({ current, reference }) {
	const sizes = {
		rows: current.moments?.count ?? 0,
		referenceRows: reference.moments?.count ?? 0,
		method
	};
	const [now, before] = [toMoments(current), toMoments(reference)];
	if (now === null || before === null) return {
		effect: 0,
		pValue: 1,
		...sizes
	};
	if (now.mean === before.mean) return {
		effect: 0,
		pValue: 1,
		...sizes
	};
	const { p, cohensD } = testMeanShift(before, now);
	return {
		effect: Math.min(mostDeviations, Math.abs(cohensD)),
		pValue: p,
		...sizes
	};
}
function toMoments(column) {
	const mean = meanOf(column);
	const deviation = sdOf(column);
	if (mean === null || deviation === null) return null;
	return {
		mean,
		variance: deviation ** 2,
		count: column.moments?.count ?? 0
	};
}

// core/drift/effect.ts
/**
* Measures one test.
* @param bins quantile bins of the reference, for ordered values
* @param columns exact moments, for the mean shift
*/
function measureEffect(test, pair, bins, columns) {
	if (test === "mean-shift") return measureMeanShift(columns);
	if (pair.kind === "ordered" && (test === "ks" || test === "wasserstein")) return measureOrdered(test, pair);
	return measureBinned(test, binPair(pair, bins));
}
function measureOrdered(test, { reference, current, unit, blur }) {
	const rows = current.counts.total;
	const referenceRows = reference.counts.total;
	if (rows === 0) return {
		effect: 0,
		pValue: 1,
		rows,
		referenceRows,
		method: "no value to compare"
	};
	const { p, method: kind } = testKolmogorovSmirnov(reference.counts, current.counts);
	const resolution = unit === "values" ? "exact values" : `on ${unit}`;
	if (test === "wasserstein") {
		const { normed } = computeWasserstein(reference.counts, current.counts, 0);
		return {
			effect: Math.min(mostDeviations, normed),
			pValue: p,
			rows,
			referenceRows,
			method: `Wasserstein-1 distance over the population standard deviation of the reference, ${resolution}; p: two-sample Kolmogorov-Smirnov, ${kind}`
		};
	}
	const bound = blur === 0 ? "" : `, D at most ${blur.toPrecision(2)} too small`;
	return {
		effect: computeKsDistance(reference.counts, current.counts),
		pValue: p,
		rows,
		referenceRows,
		method: `two-sample Kolmogorov-Smirnov D, ${resolution}${bound}; p: ${kind}`
	};
}
function binPair(pair, bins) {
	if (pair.kind === "categories") {
		const pooled = poolRare(pair, leastForEffect);
		const rest = pooled.pooled === 0 ? "" : `, ${pooled.pooled} rare ones as one`;
		return {
			...pooled,
			words: `${pooled.reference.length} categories${rest}`
		};
	}
	const binned = binByReference(pair.reference, pair.current, bins);
	const missing = pair.reference.missing + pair.current.missing > 0 ? ", empty cells are a bin" : "";
	const own = binned.edges.length === 0 ? "bins, one for each value" : "quantile bins of the reference (type 7)";
	const count = binned.reference.length - (missing === "" ? 0 : 1);
	const unit = pair.unit === "values" ? "" : ` on ${pair.unit}`;
	return {
		...binned,
		words: `${count} ${own}${unit}${missing}`
	};
}
function measureBinned(test, bins) {
	const sizes = {
		rows: sum(bins.current),
		referenceRows: sum(bins.reference)
	};
	const homogeneity = testBins(bins);
	const pValue = homogeneity.p;
	const tail = "p: chi-square on the same bins";
	switch (test) {
		case "jensen-shannon": {
			const { divergence } = computeJensenShannon(bins.current, bins.reference);
			const { effect, chance } = lessChance(divergence, chanceOf(bins) / 8 / Math.LN2);
			const method = `Jensen-Shannon distance, base 2, root of the divergence less what chance alone gives (${chance}), ${bins.words}; ${tail}`;
			return {
				effect: Math.sqrt(effect),
				pValue,
				...sizes,
				method
			};
		}
		case "kl": {
			const { effect, chance } = lessChance(computeKl(floorShares(bins.current), floorShares(bins.reference)), chanceOf(bins) / 2);
			const method = `Kullback-Leibler divergence of the data from the reference less what chance alone gives (${chance}), natural logarithm, floor ${psiFloor}, ${bins.words}; ${tail}`;
			return {
				effect,
				pValue,
				...sizes,
				method
			};
		}
		case "chi-square": {
			const method = `Cramér's V as of samples of equal size (root of the sum of (p - q)^2 / (2 (p + q)) less what chance alone gives), ${bins.words}; p: chi-square`;
			return {
				effect: homogeneity.effect,
				pValue,
				...sizes,
				method
			};
		}
		default: {
			const { corrected, bias } = computeCorrectedPsi(bins);
			const method = `PSI less what chance alone gives (${bias.toPrecision(2)}), ${bins.words}, floor ${psiFloor}, natural logarithm; ${tail}`;
			return {
				effect: corrected,
				pValue,
				...sizes,
				method
			};
		}
	}
}
/**
* (B - 1)(1/n + 1/m): what chance alone gives in PSI. To second order both divergences are the same sum of squared
* differences, KL half and Jensen-Shannon an eighth of it (in nats). Many categories would be "drift" by it alone.
*/
function chanceOf({ reference, current }) {
	return (reference.filter((count, at) => count + current[at] > 0).length - 1) * (1 / sum(reference) + 1 / sum(current));
}
function lessChance(found, expected) {
	return {
		effect: Math.max(0, found - expected),
		chance: expected.toPrecision(2)
	};
}
/** Rows that a category should have in the smaller sample: fewer, and it goes with the other rare ones. */
const leastForEffect = 5;
/** Below it the chi-square distribution is too far from that of the statistic. @see Cochran 1954 */
const leastForP = 1;
function testBins(bins) {
	const { reference, current } = poolRare(bins, leastForP);
	const [n, m] = [sum(reference), sum(current)];
	if (reference.length < 2 || n === 0 || m === 0) return {
		p: 1,
		effect: 0
	};
	let phi2 = 0;
	for (let at = 0; at < reference.length; at++) {
		const [before, now] = [reference[at] / n, current[at] / m];
		phi2 += (now - before) ** 2 / (2 * (now + before));
	}
	const chance = (reference.length - 1) * (1 / n + 1 / m) / 4;
	return {
		p: testHomogeneity([reference, current]).p,
		effect: Math.sqrt(Math.max(0, phi2 - chance))
	};
}
/**
* Joins categories that both samples together promise too few rows of. By the mean of both shares: a value that is
* new and frequent stays a category of its own, however large the reference is.
*/
function poolRare({ reference, current }, least) {
	const [n, m] = [sum(reference), sum(current)];
	const fewer = Math.min(n, m);
	const kept = [];
	const rest = [0, 0];
	let pooled = 0;
	for (let at = 0; at < reference.length; at++) {
		const pair = [reference[at], current[at]];
		if (fewer * (pair[0] / (n || 1) + pair[1] / (m || 1)) / 2 >= least) kept.push(pair);
		else {
			pooled += 1;
			rest[0] += pair[0];
			rest[1] += pair[1];
		}
	}
	const all = rest[0] + rest[1] > 0 ? [...kept, rest] : kept;
	return {
		reference: Float64Array.from(all, ([before]) => before),
		current: Float64Array.from(all, ([, now]) => now),
		pooled
	};
}
function floorShares(counts) {
	const total = sum(counts);
	return counts.map((count) => Math.max(count / total, psiFloor));
}
const sum = (counts) => counts.reduce((total, count) => total + count, 0);

// core/drift/pair.ts
/** Brings both sides of a column into one form; what cannot be compared says why. */
function pairColumns(current, reference) {
	const obstacle = findObstacle(current, reference);
	if (obstacle !== null) return {
		kind: "not comparable",
		because: obstacle
	};
	if (current.type === "text" || current.type === "boolean") return pairCategories(current, reference);
	return current.type === "timestamp" ? pairTimes(current, reference) : pairNumbers(current, reference);
}
function findObstacle(current, reference) {
	const kinds = [current.distribution.kind, reference.distribution.kind];
	if (kinds.includes("hidden")) return "the column is private: nothing of its values is kept";
	if (familyOf(current) !== familyOf(reference)) return `the column is ${current.type}, and ${reference.type} in the reference`;
	if (kinds.includes("many")) return "it has too many different values to keep them";
	return reference.distribution.kind === "none" ? "the reference has no value in this column" : null;
}
/** Whole and other numbers compare. */
const familyOf = ({ type }) => type === "integer" ? "number" : type;
const missingOf = ({ nulls, unreadable }) => nulls + unreadable;
function pairCategories(current, reference) {
	const [now, before] = [countsOf(current.distribution), countsOf(reference.distribution)];
	const values = [.../* @__PURE__ */ new Set([...before.keys(), ...now.keys()])];
	const missing = missingOf(current) + missingOf(reference) > 0;
	const count = (counts, column) => Float64Array.from([...values.map((value) => counts.get(value) ?? 0), ...missing ? [missingOf(column)] : []]);
	return {
		kind: "categories",
		reference: count(before, reference),
		current: count(now, current)
	};
}
function countsOf(distribution) {
	return new Map(distribution.kind === "values" ? distribution.values : []);
}
function pairNumbers(current, reference) {
	const distributions = [current.distribution, reference.distribution];
	if (!distributions.some(({ kind }) => kind === "buckets")) return toOrdered(current, reference, numbersOf, "values");
	const level = Math.max(...distributions.map((each) => toBuckets(each)?.level ?? 0));
	const blur = Math.max(...distributions.map((each) => largestShare(each, level)));
	return {
		...toOrdered(current, reference, (each) => middlesOf(each, level), widthOf(level)),
		blur
	};
}
/** A bucket keeps seven bits of the mantissa at level 0, and one bit fewer for each level: then of the exponent. */
const widthOf = (level) => level <= 7 ? `buckets of 1/${2 ** (7 - level)} of the value` : `buckets of ${2 ** (level - 7)} powers of two`;
function pairTimes(current, reference) {
	const months = [current, reference].map(({ distribution }) => toDays(distribution)).some((days) => days?.unit === "month");
	const read = (distribution) => {
		const days = toDays(distribution);
		if (days === null) return [];
		return (months ? toMonths(days) : days).days;
	};
	return toOrdered(current, reference, read, months ? "months" : "days");
}
function toOrdered(current, reference, read, unit) {
	const toSample = (column) => ({
		counts: toValueCounts(addEqual(read(column.distribution))),
		missing: missingOf(column)
	});
	return {
		kind: "ordered",
		reference: toSample(reference),
		current: toSample(current),
		unit,
		blur: 0
	};
}
function numbersOf(distribution) {
	if (distribution.kind !== "values") return [];
	return distribution.values.map(([text, count]) => [Number(text), count]);
}
/** A bucket is shown by its middle: the same one on both sides. */
function middlesOf(distribution, level) {
	return bucketsAt(distribution, level).map(([key, count]) => {
		const { low, high } = bucketRange(key, level);
		return [low + (high - low) / 2, count];
	});
}
function bucketsAt(distribution, level) {
	const found = toBuckets(distribution);
	return found === null ? [] : coarsen(found.buckets, found.level, level);
}
function largestShare(distribution, level) {
	const total = countReadable(distribution) ?? 0;
	const most = bucketsAt(distribution, level).reduce((max, [, count]) => Math.max(max, count), 0);
	return total === 0 ? 0 : most / total;
}
/** Integers above 2^53 that are different as text may be one double. */
function addEqual(counted) {
	const added = [];
	for (const [value, count] of counted) {
		const last = added.at(-1);
		if (last !== void 0 && last[0] === value) last[1] += count;
		else added.push([value, count]);
	}
	return added;
}

// core/drift/rename.ts
/** Headers are the proposer's: their number must not decide how long this takes. */
const mostColumns = 100;
/** Distance (Jensen-Shannon, base 2, less what chance gives) up to which two columns are taken for the same one. */
const nearest = .1;
/** Or up to twice as far where chance gives as much in one of 20 tables. */
const plausible = .05;
/** The second-best candidate must be so much farther away: two columns of zeros tell nothing. */
const clearly = .1;
/** Different values that a column needs to be known by them. */
const leastValues = 3;
/**
* Pairs columns that are new with columns that are gone: by a similar name, else by the same type and values that lie
* alike, where there is no second candidate nearly as near.
* @returns new name to name in the reference
*/
function findRenames(current, reference) {
	const added = findStrangers(current, reference);
	const dropped = findStrangers(reference, current);
	const renames = /* @__PURE__ */ new Map();
	const taken = /* @__PURE__ */ new Set();
	const pairUp = (column, match) => {
		if (match === null || taken.has(match)) return;
		renames.set(column.name, match);
		taken.add(match);
	};
	for (const column of added) {
		const same = dropped.filter((other) => familyOf(other) === familyOf(column) && !taken.has(other.name));
		pairUp(column, findSimilar(column.name, same.map(({ name }) => name)));
	}
	const [newer, older] = [added.filter(({ name }) => !renames.has(name)), dropped.filter(({ name }) => !taken.has(name))];
	for (const column of newer) {
		const match = findAlike(column, older);
		const back = older.find(({ name }) => name === match);
		if (back !== void 0 && findAlike(back, newer) === column.name) pairUp(column, match);
	}
	return renames;
}
/** Columns that only the first table has. */
function findStrangers(these, those) {
	const names = new Set(those.columns.map(({ name }) => name));
	return these.columns.filter(({ name }) => !names.has(name)).slice(0, mostColumns);
}
function findAlike(column, candidates) {
	const [best, second] = candidates.map((other) => ({
		name: other.name,
		...compareValues(column, other)
	})).sort((left, right) => left.distance - right.distance);
	if (best === void 0 || !best.alike) return null;
	return second !== void 0 && second.distance - best.distance < clearly ? null : best.name;
}
/** Other types, private columns, and those that nothing could tell apart are infinitely far from each other. */
function compareValues(current, reference) {
	const pair = pairColumns(current, reference);
	if (pair.kind === "not comparable" || tellsLittle(current) || tellsLittle(reference)) return {
		distance: Number.POSITIVE_INFINITY,
		alike: false
	};
	const { effect, pValue } = measureEffect("jensen-shannon", pair, 10, {
		current,
		reference
	});
	return {
		distance: effect,
		alike: effect <= nearest || effect <= 2 * nearest && pValue > plausible
	};
}
/** Two flags, or two columns of zeros, are alike by chance. */
function tellsLittle({ distribution }) {
	if (distribution.kind === "values") return distribution.values.length < leastValues;
	return distribution.kind === "none";
}

// core/drift/categories.ts
/** Categories in view. */
const inView = 10;
/**
* Finds values of a text or boolean column that the reference never had, and values of the reference that are gone,
* where chance does not explain it. Private columns are never looked at: their profile has no values.
*/
function compareCategories(column, other, alpha) {
	const categorical = column.type === "text" || column.type === "boolean";
	const known = [column, other].every(({ distribution }) => distribution.kind === "values");
	if (!categorical || !known || column.type !== other.type) return [];
	const [now, before] = [toSide(column), toSide(other)];
	const added = findNew(now, before, alpha);
	const gone = findVanished(now, before, alpha);
	return [...added.length === 0 ? [] : [toChange("new category", column.name, added, now)], ...gone.length === 0 ? [] : [toChange("vanished category", column.name, gone, before)]];
}
function toSide({ distribution }) {
	const counts = countsOf(distribution);
	return {
		counts,
		total: [...counts.values()].reduce((sum, count) => sum + count, 0)
	};
}
/**
* A column of names has new values in every batch: how many rows of them to expect is told by the values that the
* reference has once. @see Good 1953, the chance that the next row is something new
*/
function findNew(now, before, alpha) {
	const added = [...now.counts].filter(([value]) => !before.counts.has(value));
	const rows = added.reduce((sum, [, count]) => sum + count, 0);
	const once = [...before.counts.values()].filter((count) => count === 1).length;
	const expected = now.total * once / before.total;
	if (rows > 0 && poissonAtLeast(rows, expected) < alpha) return added;
	const side = now.total / (now.total + before.total);
	return added.filter(([, count]) => side ** count < alpha / added.length);
}
/** Probability of at least so many rows when `expected` are expected. */
const poissonAtLeast = (rows, expected) => expected === 0 ? 0 : 1 - gammaUpper(rows, expected);
/** A value of the reference is missed when, at its share there, it would have been here almost certainly. */
function findVanished(now, before, alpha) {
	const each = alpha / before.counts.size;
	return [...before.counts].filter(([value, count]) => !now.counts.has(value) && (1 - count / before.total) ** now.total < each);
}
function toChange(kind, column, categories, { total }) {
	const sorted = [...categories].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	const shown = sorted.slice(0, inView).map(([value, count]) => `"${value}" (${writeShare(count, total)})`);
	const more = sorted.length > inView ? ` and ${sorted.length - inView} more` : "";
	const list = `${shown.join(", ")}${more}`;
	return kind === "new category" ? {
		kind,
		column,
		found: list,
		allowed: "values of the reference"
	} : {
		kind,
		column,
		found: `none of ${list}`,
		allowed: "the values of the reference, at the share named"
	};
}

// core/drift/schema.ts
/**
* Compares the shape of two tables: columns, their order and types, empty cells, categories.
* @param renames new name to name in the reference
*/
function compareSchemas(current, reference, rules, renames) {
	const before = new Map(reference.columns.map((column) => [column.name, column]));
	const shared = current.columns.flatMap((column) => {
		const other = before.get(renames.get(column.name) ?? column.name);
		return other === void 0 ? [] : [{
			column,
			other
		}];
	});
	const compared = shared.filter(({ column }) => !rules.ignore.includes(column.name));
	return [
		...compareColumns(current, reference, shared),
		...shared.flatMap(compareTypes),
		...compareOrder(shared, reference),
		...compareNulls(compared, rules, current.rows, reference.rows),
		...compared.flatMap(({ column, other }) => compareCategories(column, other, rules.alpha))
	];
}
function compareColumns(current, reference, shared) {
	const known = new Set(shared.map(({ column }) => column.name));
	const found = new Set(shared.map(({ other }) => other.name));
	const renamed = shared.filter(({ column, other }) => column.name !== other.name).map(({ column, other }) => ({
		kind: "renamed",
		column: column.name,
		before: other.name,
		found: `"${column.name}"`,
		allowed: `"${other.name}", as in the reference`
	}));
	const dropped = reference.columns.filter(({ name }) => !found.has(name)).map(({ name, type }) => ({
		kind: "dropped",
		column: name,
		found: "no such column",
		allowed: type
	}));
	const added = current.columns.filter(({ name }) => !known.has(name)).map(({ name, type }) => ({
		kind: "added",
		column: name,
		found: type,
		allowed: "no such column"
	}));
	return [
		...dropped,
		...renamed,
		...added
	];
}
function compareTypes({ column, other }) {
	if (column.type === other.type) return [];
	const wider = familyOf(column) === familyOf(other) ? " (both are compared as numbers)" : "";
	return [{
		kind: "retyped",
		column: column.name,
		found: `${column.type}${wider}`,
		allowed: other.type
	}];
}
/** Names in view: an order of 5,000 columns is no sentence. */
const namesInView = 8;
function compareOrder(shared, reference) {
	const place = new Map(reference.columns.map(({ name }, at) => [name, at]));
	const wanted = [...shared].sort((left, right) => (place.get(left.other.name) ?? 0) - (place.get(right.other.name) ?? 0));
	const first = shared.findIndex((each, at) => each !== wanted[at]);
	const moved = shared[first];
	if (moved === void 0) return [];
	const list = (columns) => {
		return `${columns.slice(first, first + namesInView).map(({ column }) => `"${column.name}"`).join(", ")}${columns.length > first + namesInView ? ", ..." : ""}`;
	};
	return [{
		kind: "reordered",
		column: moved.column.name,
		found: list(shared),
		allowed: list(wanted)
	}];
}
/** A share of empty cells that moved by less is nobody's concern, however certain it is. */
const leastMove = .01;
function compareNulls(shared, rules, rows, referenceRows) {
	if (Math.min(rows, referenceRows) < rules.minRows) return [];
	const adjusted = adjustPValues(shared.map(({ column, other }) => testShares(column.nulls, rows, other.nulls, referenceRows).p));
	return shared.flatMap(({ column, other }, at) => {
		const move = column.nulls / rows - other.nulls / referenceRows;
		const certain = (adjusted[at] ?? 1) < rules.alpha;
		const vanished = column.nulls === 0 && -move >= leastMove;
		if (!certain || !(move >= leastMove || vanished)) return [];
		return [{
			kind: vanished ? "vanished nulls" : "new nulls",
			column: column.name,
			found: `${writeShare(column.nulls, rows)} empty`,
			allowed: `${writeShare(other.nulls, referenceRows)} empty in the reference`
		}];
	});
}

// core/drift/compare.ts
/**
* Holds the profile of some data against that of its reference: every column of both, and the shape of the table.
* Comment, check, terminal and JSON all show `result` of what is returned; nothing is decided again later.
* @param current, reference profiles that may leave the machine (`toPublicProfile`): categories are listed by name
*/
function compareProfiles(current, reference, rules, { reference: name, limits = {} }) {
	const renames = findRenames(current, reference);
	const before = new Map(reference.columns.map((column) => [column.name, column]));
	const attempts = current.columns.flatMap((column) => {
		const other = before.get(renames.get(column.name) ?? column.name);
		if (other === void 0) return [];
		return rulesFor(column.name, rules, limits).map((rule) => attempt(column, other, rule, rules));
	});
	const adjusted = adjustPValues(attempts.map(({ effect, enough }) => effect !== null && enough ? effect.pValue : NaN));
	return {
		reference: name,
		referenceRows: reference.rows,
		rows: current.rows,
		columns: attempts.map((measured, at) => decide(measured, adjusted[at] ?? NaN, rules)),
		schema: compareSchemas(current, reference, rules, renames)
	};
}
/** One of the contract, and one of the model where it has a limit of its own. */
function rulesFor(column, rules, limits) {
	const own = {
		by: void 0,
		rule: ruleOf(rules.columns, column) ?? {},
		ignored: rules.ignore.includes(column)
	};
	const model = ruleOf(limits, column);
	return model === void 0 ? [own] : [own, {
		by: "model",
		rule: model,
		ignored: false
	}];
}
/** The rule of a column; it may be called `constructor`. */
const ruleOf = (rules, column) => Object.hasOwn(rules, column) ? rules[column] : void 0;
function attempt(current, reference, { by, rule, ignored }, rules) {
	const rows = cellsOf(current);
	const referenceRows = cellsOf(reference);
	const chosen = chooseTest(current.type, Math.min(rows, referenceRows), rule);
	const frame = {
		column: current.name,
		type: current.type,
		...chosen,
		rows,
		referenceRows,
		severity: rule.severity ?? rules.severity,
		...by === void 0 ? {} : { by }
	};
	const measured = ignored ? {
		effect: null,
		because: "the contract ignores it (drift.ignore)"
	} : measure(current, reference, rule, chosen);
	const { effect } = measured;
	if (effect === null) return {
		...frame,
		...measured,
		enough: false
	};
	const enough = Math.min(effect.rows, effect.referenceRows) >= rules.minRows;
	return {
		...frame,
		...measured,
		rows: effect.rows,
		referenceRows: effect.referenceRows,
		enough
	};
}
function measure(current, reference, rule, { test, bins }) {
	if (current.type === "timestamp" && rule.test === void 0) return {
		effect: null,
		because: "time moves on by itself: name a test to compare it"
	};
	if (rule.test === void 0 && rule.limit === void 0 && [current, reference].every(isRowNumber)) return {
		effect: null,
		because: "it numbers the rows: name a test to compare it"
	};
	const pair = pairColumns(current, reference);
	if (pair.kind === "not comparable") return {
		effect: null,
		because: pair.because
	};
	const rows = cellsOf(current);
	if (rows === 0) return {
		effect: {
			effect: 0,
			pValue: 1,
			rows,
			referenceRows: cellsOf(reference),
			method: "no row to compare"
		},
		because: ""
	};
	return {
		effect: measureEffect(test, pair, bins, {
			current,
			reference
		}),
		because: ""
	};
}
/** Values that all differ and lie next to each other: in the next batch they are others, and that says nothing. */
function isRowNumber({ type, distinct, min, max, distribution }) {
	const count = countReadable(distribution) ?? 0;
	if (type !== "integer" || count < 2 || distinct !== count) return false;
	return Number(max) - Number(min) < rowNumberSpread * count;
}
/** Numbers of a sample of rows have gaps. */
const rowNumberSpread = 4;
/** Every cell of a column, empty ones too; of a hidden one only those. */
const cellsOf = ({ nulls, unreadable, distribution }) => nulls + unreadable + (countReadable(distribution) ?? 0);

// core/drift/findings.ts
/**
* Says what a comparison means for the data: a finding for what drifted, changed, or should have been compared and
* could not; an observation for every column and change, also when nothing drifted. Decides nothing again.
*/
function judgeDrift(report, rules, positions) {
	return {
		findings: [
			...report.columns.flatMap((result) => toFindings(result, report, rules, positions)),
			...toRowsNote(report, rules, positions),
			...report.schema.map((change) => toSchemaFinding(change, report, rules, positions))
		],
		observations: [...report.columns.map(toObservation), ...report.schema.map((change) => toSchemaObservation(change, report, rules))]
	};
}
function toFindings(result, { reference }, rules, positions) {
	const { column, severity } = result;
	const where = positions(placeOf(result, rules));
	if (result.result === "drift") return [{
		code: "data/drift",
		severity,
		message: `Column "${column}" has moved away from ${reference}: ${result.because}.`,
		where,
		column,
		found: foundText(result),
		allowed: allowedText(result),
		fix: `Find out what changed "${column}" at its source. If the change is right, raise its limit in the contract, with the approval that asks for.`
	}];
	if (result.result !== "not compared" || !isNamed(result, rules)) return [];
	return [{
		code: "data/drift-not-compared",
		severity,
		message: `Column "${column}" could not be compared with ${reference}: ${result.because}.`,
		where,
		column,
		found: result.because,
		allowed: allowedText(result),
		fix: `Mend the column, or take "${column}" out of drift.columns.`
	}];
}
function toRowsNote(report, rules, positions) {
	const few = report.columns.filter(({ result }) => result === "not enough rows");
	const [first] = few;
	if (first === void 0) return [];
	return [{
		code: "data/drift-rows",
		severity: "note",
		message: `${few.length === 1 ? `Column "${first.column}"` : `${few.length} columns`} could not be compared with ${report.reference}, not enough rows: ${first.because}.`,
		where: positions("/drift/min-rows"),
		found: `${writeRows(first.rows)}, ${writeCount(first.referenceRows)} in the reference`,
		allowed: `at least ${writeCount(rules.minRows)} on both sides`,
		fix: "Compare a larger batch. A lower drift.min-rows finds only large changes."
	}];
}
const isNamed = ({ column, by }, rules) => by === "model" || Object.hasOwn(rules.columns, column);
function placeOf({ column, by }, rules) {
	return by === void 0 && Object.hasOwn(rules.columns, column) ? pointTo("drift", "columns", column, "limit") : pointTo("columns", column);
}
function foundText({ test, effect, limit, adjustedP, rows, referenceRows }) {
	const [shown] = showEffect(effect ?? NaN, limit);
	return `${test} ${shown}${adjustedP === null ? "" : `, p ${showP(adjustedP)}`}; ${writeCount(rows)} of ${writeCount(referenceRows)} rows compared`;
}
function allowedText({ test, limit, by }) {
	return `${test} at most ${limit}${by === "model" ? " (limit of the model)" : ""}`;
}
const observed = {
	drift: "broken",
	"no drift": "kept",
	"not enough rows": "not enough rows",
	"not compared": "not measured"
};
function toObservation(result) {
	const { column, severity, rows, method } = result;
	return {
		code: "data/drift",
		column,
		severity,
		rows,
		result: observed[result.result],
		found: result.effect === null ? result.because : foundText(result),
		allowed: allowedText(result),
		...method === "" ? {} : { method }
	};
}
const sentences = {
	added: ({ column }) => `Column "${column}" is new`,
	dropped: ({ column }) => `Column "${column}" is gone`,
	renamed: ({ column, before }) => `Column "${before}" seems to be called "${column}" now`,
	retyped: ({ column, found, allowed }) => `Column "${column}" is ${found}, and was ${allowed}`,
	reordered: ({ column }) => `The columns stand in another order from "${column}" on`,
	"new nulls": ({ column, found, allowed }) => `Column "${column}" is ${found}, and was ${allowed}`,
	"vanished nulls": ({ column, allowed }) => `Column "${column}" is never empty any more: ${allowed}`,
	"new category": ({ column, found }) => `Column "${column}" has values that it never had: ${found}`,
	"vanished category": ({ column, found }) => `Column "${column}" has lost values: ${found}`
};
/** These stand in the way of any code that reads the table by what it knew. */
const pointers = {
	dropped: "/columns",
	reordered: "/columns"
};
function toSchemaFinding(change, { reference }, rules, positions) {
	const { kind, column, found, allowed } = change;
	return {
		code: "data/schema-change",
		severity: rules.schema,
		message: `${sentences[kind](change)}, compared with ${reference}.`,
		where: positions(pointers[kind] ?? pointTo("columns", column)),
		column,
		found: `${kind}: ${found}`,
		allowed,
		fix: "Undo it at the source. If it is right, say so in the contract and retrain: the data of the new version becomes the reference."
	};
}
function toSchemaObservation(change, { rows }, rules) {
	const { kind, column, found, allowed } = change;
	return {
		code: "data/schema-change",
		column,
		severity: rules.schema,
		rows,
		allowed,
		result: "broken",
		found: `${kind}: ${found}`
	};
}

// core/dataset/parse-record.ts
/**
* Reads the profile out of a dataset record of the store, for a comparison with newer data.
* @param text bytes that have the digest which the ledger names
* @throws InputError RECORD_INVALID, PROFILE_INVALID
*/
function readRecordedProfile(text, source) {
	const value = parseStrictJson(text, source);
	if (typeof value === "object" && value !== null && "v" in value && value.v === 1) {
		if ("profile" in value && "dataset" in value && typeof value.dataset === "string") return {
			dataset: value.dataset,
			profile: toProfile(value.profile, source, "/profile")
		};
	}
	throw new InputError("RECORD_INVALID", `${source} is no dataset record of version 1`, {
		hint: "Restore the record in the store, or validate the data of the champion again.",
		where: { file: source }
	});
}

// adapters/dataset/reference.ts
/**
* Finds what the drift rules of a contract name: the data of the champion (else of the version accepted last), a stored
* profile, or a reference file.
* @returns null: nothing was accepted yet, so there is nothing to compare with
* @throws InputError REFERENCE_MISSING, RECORD_INVALID, PROFILE_INVALID; STORE_ABSENT when the recorded bytes are gone
*/
async function findReference(contract, source) {
	const { reference } = contract.drift;
	if (reference.kind === "champion") return findAccepted(contract.dataset, source);
	if (reference.kind === "file") return {
		kind: "tables",
		name: reference.path,
		path: reference.path
	};
	const bytes = await source.readFile(reference.path);
	if (bytes === null) throw missing(contract, reference.path);
	const profile = parseProfile(new TextDecoder().decode(bytes), reference.path);
	return {
		kind: "profile",
		name: reference.path,
		profile
	};
}
async function findAccepted(dataset, source) {
	for (const { model, version, champion, data } of await source.trainedVersions(dataset)) {
		if (data.record === null) continue;
		const text = new TextDecoder().decode(await source.get(data.record));
		const { profile } = readRecordedProfile(text, `record of ${dataset}`);
		return {
			kind: "profile",
			name: `data of ${model} v${version}${champion ? ", champion" : ""}`,
			profile
		};
	}
	return null;
}
function missing({ dataset }, path) {
	return new InputError("REFERENCE_MISSING", `The reference ${path} of the dataset "${dataset}" is not there`, {
		hint: "Commit it (\"gatehouse data profile\" writes one), or compare with the champion (drift.reference: champion).",
		where: {
			file: `datasets/${dataset}.yml`,
			pointer: "/drift/reference"
		}
	});
}

// adapters/dataset/measure.ts
/** Fetches the data of a contract, measures it in one go and judges it by its rules and against its reference. */
async function measureDataset(inputs) {
	const { contract, engine, positions } = inputs;
	const files = await inputs.tables.fetch(inputs.facts);
	if ("findings" in files) return unmeasured(files);
	try {
		const plan = planChecks(contract);
		const others = await fetchOthers(inputs, plan);
		if ("findings" in others) return unmeasured(others);
		const { onProgress } = inputs;
		const counted = await engine.profile(plan, files, {
			others,
			...onProgress ? { onProgress } : {}
		});
		const measured = {
			...counted,
			profile: counted.profile === null ? null : inFileOrder(counted.profile, counted.files)
		};
		const judged = judgeDataset(contract, measured, positions, inputs.now);
		const drift = measured.profile === null ? noDrift : await judgeAgainstReference(inputs, measured.profile);
		return {
			findings: [...judged.findings, ...drift.findings],
			observations: [...judged.observations, ...drift.observations],
			measurement: {
				measured,
				drift: drift.report
			},
			evaluated: drift.evaluated
		};
	} catch (error) {
		return unmeasured(toFailure([acceptKnown(error)]));
	}
}
const noDrift = {
	findings: [],
	observations: [],
	report: null,
	evaluated: true
};
async function judgeAgainstReference(inputs, profile) {
	const { contract, positions, limits } = inputs;
	if (inputs.references === null) return noDrift;
	const reference = await findReference(contract, inputs.references).then((found) => found === null ? null : readReference(inputs, found)).catch(acceptKnown);
	if (reference === null) return noDrift;
	if (reference instanceof GatehouseError) return {
		...noDrift,
		...toFailure([reference])
	};
	if ("findings" in reference) return {
		...noDrift,
		...reference
	};
	const isPrivate = privacyIn(contract);
	const current = toPublicProfile(profile, isPrivate);
	const before = toPublicProfile(reference.profile, isPrivate);
	const report = compareProfiles(current, before, contract.drift, {
		reference: reference.name,
		limits
	});
	return {
		...judgeDrift(report, contract.drift, positions),
		report,
		evaluated: true
	};
}
/** Measures a reference file by the same plan, without the rules of the table. */
async function readReference(inputs, reference) {
	if (reference.kind === "profile") return reference;
	const [listing] = listingsOf(inputs, reference.path);
	const files = await fetchPath(inputs, reference.path, "/drift/reference", listing);
	if ("findings" in files) return files;
	const plan = {
		...planChecks(inputs.contract),
		rules: [],
		distinct: []
	};
	const { profile, problems } = await inputs.engine.profile(plan, files);
	if (profile !== null) return {
		name: reference.name,
		profile
	};
	return toFailing(inputs, "/drift/reference", reference.path, problems[0]?.because ?? "it was not measured");
}
/** Tables that rules compare with: a row of either tree's table is one that the data must not have. */
async function fetchOthers(inputs, plan) {
	const others = /* @__PURE__ */ new Map();
	for (const rule of plan.rules) {
		if (rule.kind !== "overlap") continue;
		const tables = [];
		for (const listing of listingsOf(inputs, rule.other)) {
			const files = await fetchPath(inputs, rule.other, `/rules/${rule.name}/with`, listing);
			if ("findings" in files) return files;
			tables.push(...files);
		}
		others.set(rule.other, tables);
	}
	return others;
}
/**
* Where a table is read that data is compared with: the governing tree first, the data's own where it says something else.
* What the governing tree lacks is missing: deleted there, it must not come back as the proposer likes it.
*/
function listingsOf({ listing, governing }, path) {
	const [before, now] = [governing?.get(path), listing.get(path)];
	if (governing === null) return [listing];
	return now === void 0 || before === void 0 || now.blob === before.blob ? [governing] : [governing, listing];
}
async function fetchPath(inputs, path, pointer, listing) {
	const named = {
		...inputs.contract,
		files: [path]
	};
	const { files, findings } = resolveFiles(named, listing, () => inputs.positions(pointer));
	if (findings.length > 0) return {
		findings,
		evaluated: true
	};
	const read = await inputs.tables.readFacts(files);
	return read.findings.length > 0 ? read : inputs.tables.fetch(read.facts);
}
function toFailing({ positions }, pointer, path, because) {
	return {
		findings: [{
			code: "data/reference-unreadable",
			severity: "fail",
			message: `The reference ${path} cannot be compared with: ${because}.`,
			where: positions(pointer),
			fix: "Name a whole table with the columns of the contract, or compare with the champion (drift.reference: champion)."
		}],
		evaluated: true
	};
}
const unmeasured = ({ findings, evaluated }) => ({
	findings,
	observations: [],
	measurement: null,
	evaluated
});

export { ruleOf as a, toDatasetRecord as c, acceptKnown as d, toFailure as f, compareProfiles as i, toPublicProfile as l, measureDataset as n, findRenames as o, readRecordedProfile as r, privacyIn as s, listingsOf as t, Tables as u };