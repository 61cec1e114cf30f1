import { t as isFailure } from "./shared-finding.js";
import { A as pointTo, C as valueRules, D as toColumnRule, O as uniqueRuleName, T as featuresOf, w as columnsOfRule } from "./shared-moments.js";
import { t as findSeparator } from "./shared-separator.js";
import { i as writeShare, n as writeCount, r as writeRows, t as spellName } from "./shared-wording.js";
import { i as readMoment, n as isMoment } from "./shared-moment.js";
import { a as shareOf, i as sdOf, n as meanOf, r as quantileOf } from "./shared-statistics.js";

// core/dataset/judged.ts
const nothingJudged = {
	observations: [],
	findings: []
};
function joinJudged(parts) {
	return {
		observations: parts.flatMap(({ observations }) => observations),
		findings: parts.flatMap(({ findings }) => findings)
	};
}
/**
* Answers for a rule that could not be measured. It fails whatever the severity of the rule: nobody looked, so nobody
* knows that it is only worth a warning.
*/
function toUnmeasured$1({ positions }, frame, because, allowed) {
	const subject = frame.rule === void 0 ? `Column "${frame.column}"` : `Rule "${frame.rule}"`;
	return {
		observations: [{
			...nameOf(frame),
			result: "not measured",
			severity: "fail",
			found: because,
			allowed,
			rows: 0
		}],
		findings: [{
			...nameOf(frame),
			severity: "fail",
			message: `${subject} could not be measured: ${because}.`,
			where: positions(frame.pointer),
			found: because,
			allowed,
			...reasonOf(frame),
			fix: "Correct the rule in the contract so that it can be applied, or the data that it asks for. If neither is at fault, report this with the log of the job."
		}]
	};
}
/** The fields that a finding and an observation have in common. */
function nameOf({ code, rule, column }) {
	return {
		code,
		...rule === void 0 ? {} : { rule },
		...column === void 0 ? {} : { column }
	};
}
/** The reason that the contract gives for a rule, as a field of a finding. */
function reasonOf({ reason }) {
	return reason === void 0 ? {} : { reason };
}

// core/dataset/similarity.ts
/**
* Finds the candidate that a name was probably meant to be.
* @returns the nearest candidate within 2 edits or 30 % of the name's length (whichever is more), or null.
*/
function findSimilar(name, candidates) {
	const limit = Math.max(2, Math.floor(name.length * .3));
	let best = null;
	for (const candidate of candidates.slice(0, maxCandidates)) {
		const edits = countEdits(name.toLowerCase().slice(0, maxLength), candidate.toLowerCase().slice(0, maxLength));
		if (edits <= limit && edits < Math.max(name.length, candidate.length) && (best === null || edits < best.edits)) best = {
			candidate,
			edits
		};
	}
	return best?.candidate ?? null;
}
/** Headers are the proposer's: their number and length must not decide how long this takes. */
const maxCandidates = 500;
const maxLength = 100;
/** Edit distance with swaps of neighbours: optimal string alignment. */
function countEdits(from, to) {
	let before = [];
	let row = Array.from({ length: to.length + 1 }, (_, at) => at);
	for (let i = 1; i <= from.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= to.length; j += 1) {
			const swap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
			next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1), swap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY);
		}
		before = row;
		row = next;
	}
	return row[to.length] ?? 0;
}

// core/dataset/structure.ts
/** Headers are the proposer's: their number must not decide how long this takes, nor how long the report is. */
const mostSuggestions = 10;
const mostUnknown = 100;
const mostListed = 20;
/**
* Compares the headers with the contract: missing, unknown and doubled columns. These fail whatever the severity of a
* column says. A column that is not required may be missing from all files; from some of them it may not.
*/
function judgeColumnNames(contract, measured, positions) {
	const known = new Set(contract.columns.map(({ name }) => name));
	const all = measured.files.filter(({ columns }) => columns.length > 0).map(({ path, columns }) => ({
		path,
		columns,
		names: new Set(columns)
	}));
	const unsplit = all.filter(({ columns }) => separatorOf(columns) !== null && !columns.some((name) => known.has(name)));
	const headers = all.filter((header) => !unsplit.includes(header));
	const isAbsent = ({ name, required }) => !required && headers.length > 0 && headers.every(({ names }) => !names.has(name));
	const missing = contract.columns.filter((rule) => !isAbsent(rule) && headers.some(({ names }) => !names.has(rule.name)));
	const strangers = [...new Set(headers.flatMap(({ columns }) => columns))].filter((name) => !known.has(name));
	const shape = {
		headers,
		missing: missing.map(({ name }) => name),
		strangers,
		positions
	};
	return {
		findings: [
			...unsplit.map((header) => toUnsplit(header, positions)),
			...missing.map((rule, at) => toMissing(rule, at, shape)),
			...judgeUnknown([...known], shape),
			...judgeDoubled(shape)
		],
		observations: contract.columns.filter(isAbsent).map(({ name }) => ({
			code: "data/column-missing",
			column: name,
			result: "kept",
			severity: "note",
			found: "in no file",
			allowed: "it may be missing from all files",
			rows: measured.rows ?? 0
		}))
	};
}
const separatorOf = (columns) => columns.length === 1 ? findSeparator(columns[0] ?? "") : null;
/** One finding instead of one for every column of the contract: the table was not read as it was meant. */
function toUnsplit({ path, columns }, positions) {
	return {
		code: "data/unreadable",
		severity: "fail",
		message: `${path} has one column only: its cells are separated by ${separatorOf(columns) ?? "another sign"}, not by commas.`,
		where: positions("/files"),
		found: `a column "${columns[0]}"`,
		allowed: "CSV with a comma between two cells",
		fix: `Write ${path} with commas between the cells.`
	};
}
function toMissing(rule, at, { headers, missing, strangers, positions }) {
	const without = headers.filter(({ names }) => !names.has(rule.name));
	const likely = missing.length === 1 && strangers.length === 1 ? strangers[0] : null;
	const renamed = (at < mostSuggestions ? findSimilar(rule.name, strangers) : null) ?? likely;
	const optional = rule.required ? "" : ", though other files have it";
	const hint = renamed ? `; was it renamed to "${spellName(renamed)}"?` : ".";
	return {
		code: "data/column-missing",
		severity: "fail",
		message: `Column "${rule.name}" is missing in ${listPaths(without)}${optional}${hint}`,
		where: positions(pointTo("columns", rule.name)),
		column: rule.name,
		found: renamed ? `no "${rule.name}", but "${spellName(renamed)}"` : "no such column",
		allowed: rule.required ? `a column "${rule.name}"` : `a column "${rule.name}" in all files or in none`,
		...reasonOf(rule),
		fix: renamed ? `Name the column "${rule.name}" again in the data, or rename it in the contract and in the code that reads it.` : `Put the column "${rule.name}" back into the data, or take it out of the contract.`
	};
}
function judgeUnknown(known, { headers, strangers, positions }) {
	const more = known.length > mostListed ? ` and ${known.length - mostListed} more` : "";
	const allowed = `${known.slice(0, mostListed).map((name) => `"${name}"`).join(", ")}${more}`;
	const unknown = strangers.slice(0, mostUnknown).map((name, at) => {
		const near = at < mostSuggestions ? findSimilar(name, known) : null;
		return {
			code: "data/column-unknown",
			severity: "fail",
			message: `Column "${spellName(name)}" in ${listPaths(headers.filter(({ names }) => names.has(name)))} is not in the contract${near ? `; was "${near}" meant?` : "."}`,
			where: positions("/columns"),
			column: name,
			found: `a column "${spellName(name)}"`,
			allowed,
			fix: `Drop the column "${name}" from the data, or describe it in the contract.`
		};
	});
	const rest = strangers.length - unknown.length;
	return rest === 0 ? unknown : [...unknown, toRest(rest, allowed, positions)];
}
const toRest = (rest, allowed, positions) => ({
	code: "data/column-unknown",
	severity: "fail",
	message: `${writeCount(rest)} more columns of the data are not in the contract.`,
	where: positions("/columns"),
	found: `${writeCount(rest + mostUnknown)} such columns in all`,
	allowed,
	fix: "Drop these columns from the data, or describe them in the contract."
});
function judgeDoubled({ headers, positions }) {
	return headers.flatMap(({ path, columns, names }) => {
		if (names.size === columns.length) return [];
		const counts = /* @__PURE__ */ new Map();
		for (const name of columns) counts.set(name, (counts.get(name) ?? 0) + 1);
		return [...counts].filter(([, count]) => count > 1).slice(0, mostUnknown).map(([name, count]) => ({
			code: "data/column-doubled",
			severity: "fail",
			message: `The header of ${path} names the column "${name}" more than once.`,
			where: positions("/columns"),
			column: name,
			found: `"${name}" ${count} times`,
			allowed: "every column once",
			fix: `Give every column in ${path} a name of its own.`
		}));
	});
}
function listPaths(files) {
	const shown = files.slice(0, 3).map(({ path }) => path);
	const more = files.length - shown.length;
	return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

// core/dataset/cell-words.ts
/** @param holder what the contract calls the place that sets the rule: `the column "a"`, `the rule "b"` */
function describeCells(rule, name, holder) {
	const correct = "Correct these values at the source";
	switch (name) {
		case "nulls": return {
			what: "is empty",
			allowed: rule.nullable ? "empty cells are allowed" : "no empty cell",
			key: "nullable",
			fix: `Fill or drop the rows without ${rule.name} at the source, or set nullable: true for ${holder} if empty is right.`
		};
		case "type": return {
			what: `is no ${typeNames[rule.type]}`,
			allowed: typeNames[rule.type],
			key: "type",
			fix: `Correct these cells at the source, or change the type of ${holder} in the contract.`
		};
		case "range": return {
			what: "is out of range",
			allowed: describeLimits(rule),
			key: rule.min === void 0 ? "max" : "min",
			fix: `${correct}, or widen min and max of ${holder} if they are right.`
		};
		case "length": return {
			what: "has the wrong length",
			allowed: `${describeLimits(rule.length ?? {})} characters`,
			key: "length",
			fix: `${correct}, or widen the length of ${holder} if they are right.`
		};
		case "allowed": return {
			what: "has values that are not listed",
			allowed: (rule.allowed ?? []).join(", "),
			key: "allowed",
			fix: `${correct}, or add the new ones to those allowed by ${holder}.`
		};
		case "pattern": return {
			what: "does not match its pattern",
			allowed: `the pattern ${rule.pattern ?? ""}`,
			key: "pattern",
			fix: `${correct}, or change the pattern of ${holder}.`
		};
	}
}
const typeNames = {
	integer: "integer (digits, 64-bit)",
	number: "finite number",
	text: "text",
	timestamp: "time as YYYY-MM-DD or YYYY-MM-DD hh:mm:ss (UTC)",
	boolean: "boolean (true, false, 1, 0)"
};
function describeLimits({ min, max }) {
	if (min === void 0) return `at most ${max}`;
	return max === void 0 ? `at least ${min}` : `${min} to ${max}`;
}

// core/dataset/association.ts
/**
* How much a feature alone tells of a label: 0 nothing, 1 everything.
*
* The larger of two measures, both zero on average when feature and label have nothing to do with each other, however
* many values the feature has and however few rows there are:
* - Goodman and Kruskal's tau, leave-one-out: how much more often a row's label is drawn from the other rows with its
*   value than from all other rows. A value that occurs once tells nothing, so a row number or an id is 0 and not 1,
*   as it would be with mutual information or Cramer's V.
* - for an ordered feature and two labels, the Gini coefficient |2 AUC - 1|, less what chance alone makes of its square.
*   It sees a measurement of which no value occurs twice.
* @returns NaN when the counts are no counts; 0 when all rows have one label
* @see Goodman and Kruskal 1954, Measures of Association for Cross Classifications, section 9 (tau)
* @see Mann and Whitney 1947 (variance under the null hypothesis, corrected for ties)
*/
function associate(association) {
	const table = readTable(association);
	if (table === null) return NaN;
	const gini = association.ordered && table.labels.size === 2 ? computeGini(table) : 0;
	return Math.min(1, Math.max(0, computeTau(table), gini));
}
function readTable({ cells }) {
	const labels = /* @__PURE__ */ new Map();
	const values = /* @__PURE__ */ new Map();
	let rows = 0;
	for (const [value, label, count] of cells) {
		if (!Number.isSafeInteger(count) || count < 0) return null;
		if (count === 0) continue;
		rows += count;
		labels.set(label, (labels.get(label) ?? 0) + count);
		const row = values.get(value) ?? /* @__PURE__ */ new Map();
		row.set(label, (row.get(label) ?? 0) + count);
		values.set(value, row);
	}
	return {
		rows,
		labels,
		values
	};
}
function computeTau({ rows, labels, values }) {
	if (rows < 2 || labels.size < 2) return 0;
	const base = drawSame([...labels.values()], rows) / rows;
	const same = [...values.values()].reduce((sum, row) => {
		const counts = [...row.values()];
		const total = counts.reduce((all, count) => all + count, 0);
		return sum + (total === 1 ? base : drawSame(counts, total));
	}, 0);
	return base < 1 ? (same / rows - base) / (1 - base) : 0;
}
/** Expected number of rows whose label another row, drawn at random from the same ones, also has. */
function drawSame(counts, total) {
	return counts.reduce((sum, count) => sum + count * (count - 1) / (total - 1), 0);
}
function computeGini({ rows, labels, values }) {
	const [first = 0] = labels.keys();
	const positives = labels.get(first) ?? 0;
	const negatives = rows - positives;
	let below = 0;
	let wins = 0;
	let ties = 0;
	for (const [, row] of [...values].sort(([a], [b]) => a - b)) {
		const positive = row.get(first) ?? 0;
		const total = [...row.values()].reduce((sum, count) => sum + count, 0);
		wins += positive * (below + (total - positive) / 2);
		below += total - positive;
		ties += (total - 1) * total * (total + 1);
	}
	const gini = 2 * wins / (positives * negatives) - 1;
	const chance = (rows + 1 - ties / (rows * (rows - 1))) / (3 * positives * negatives);
	return chance >= 1 ? 0 : Math.sqrt(Math.max(0, (gini ** 2 - chance) / (1 - chance)));
}

// core/dataset/leakage.ts
/** Nobody reads more features that give a label away. */
const mostFeatures = 20;
/** Judges how much single features tell of a label. A feature without an answer is a fault, never a pass. */
function judgeLeakage(given, rule, frame) {
	const allowed = `no feature above ${rule.max}`;
	const measured = given.rules.get(rule.name);
	if (measured?.kind !== "association") {
		const because = measured?.kind === "unmeasured" ? measured.because : "its features were not compared with the label";
		return toUnmeasured$1(given, frame, because, allowed);
	}
	const answers = new Map(measured.features.map((association) => [association.feature, association]));
	const wanted = featuresOf(given.contract, rule).filter((feature) => given.counted.has(feature));
	const missing = wanted.find((feature) => !answers.has(feature));
	if (missing !== void 0) return toUnmeasured$1(given, frame, `the feature "${missing}" was not compared with the label`, allowed);
	return judgeFeatures(given, rule, frame, wanted.flatMap((feature) => {
		const association = answers.get(feature);
		return association === void 0 ? [] : [{
			feature,
			score: associate(association)
		}];
	}).sort((a, b) => toOrder(b.score) - toOrder(a.score)), allowed);
}
/** What is no number comes first: it is broken. */
const toOrder = (score) => Number.isFinite(score) ? score : 2;
const isKept = (score, max) => Number.isFinite(score) && Number.isFinite(max) && score <= max;
function judgeFeatures(given, rule, frame, told, allowed) {
	const broken = told.filter(({ score }) => !isKept(score, rule.max));
	const found = told.slice(0, 3).map(({ feature, score }) => `"${feature}" ${writeScore(score, rule.max)}`).join(", ");
	const observation = {
		...nameOf(frame),
		result: broken.length === 0 ? "kept" : "broken",
		severity: rule.severity,
		found: told.length === 0 ? "no feature" : found,
		allowed,
		rows: given.measured.rows ?? 0,
		method
	};
	const more = broken.length > mostFeatures ? ` (${broken.length} features do)` : "";
	const findings = broken.slice(0, mostFeatures).map(({ feature, score }) => ({
		...nameOf({
			...frame,
			column: feature
		}),
		severity: rule.severity,
		message: `Rule "${rule.name}": column "${feature}" alone gives "${rule.label}" away${more}.`,
		where: given.positions(frame.pointer),
		found: Number.isFinite(score) ? `${writeScore(score, rule.max)} of 1` : "not a number",
		allowed: `at most ${rule.max}`,
		...reasonOf(frame),
		fix: `Drop the column "${feature}" if it is known only after "${rule.label}" or made from it; else raise max of the rule.`
	}));
	return {
		observations: [observation],
		findings
	};
}
const method = "the larger of Goodman and Kruskal's tau, leave-one-out, and, for ordered features of two labels, the Gini coefficient |2 AUC - 1| corrected for chance";
/** Three digits, and all of them where three would hide that the limit is broken. */
function writeScore(score, max) {
	const short = Number(score.toFixed(3));
	return String(short <= max === score <= max ? short : score);
}

// core/dataset/statistic-rules.ts
/**
* Judges a rule on a number of a whole column, from the profile.
* @returns null for rules of another kind
*/
function judgeStatistic(given, rule, frame) {
	if (!("column" in rule)) return null;
	const column = given.columns.get(rule.column);
	const measured = given.counted.get(rule.column);
	const profile = given.profiles.get(rule.column);
	if (column === void 0 || measured === void 0) return null;
	const statistic = measure(given, rule, measured, profile);
	return statistic === null ? null : judgeNumber(given, frame, column, statistic);
}
function measure(given, rule, measured, profile) {
	if (rule.rule === "missing") return measureMissing(given, rule, measured);
	if (profile === void 0) return isOfProfile(rule) ? {
		...unknown,
		limits: {}
	} : null;
	const present = (given.measured.rows ?? 0) - profile.nulls;
	switch (rule.rule) {
		case "mean": return {
			...ofNumbers(profile),
			what: "the mean",
			value: meanOf(profile),
			limits: rule.limits,
			method: "mean of the values that are there"
		};
		case "standard-deviation": return {
			...ofNumbers(profile),
			what: "the standard deviation",
			value: sdOf(profile),
			because: "there are fewer than two values",
			limits: rule.limits,
			method: "sample standard deviation (n - 1) of the values that are there"
		};
		case "quantile": return measureQuantile(rule, profile);
		case "distinct": return {
			...unknown,
			what: "the number of different values",
			value: profile.distinct,
			because: "the different values were not counted",
			limits: rule.limits,
			write: writeCount,
			rows: present,
			method: "exact count of different values",
			fix: "Check the source for values that are new, merged or cut off, or change the limits of the rule if they are right."
		};
		case "class-ratio": return {
			...unknown,
			what: `the share of "${rule.value}"`,
			value: shareOf(profile, rule.value),
			because: "there is no value, or there are too many different ones to keep",
			limits: rule.limits,
			rows: present,
			method: "share of the cells that are not empty",
			fix: "Check how these rows were selected, or change the limits of the rule if this share is right."
		};
		case "freshness": return measureFreshness(given, rule.maxAgeHours, profile);
		default: return null;
	}
}
const statistics = [
	"mean",
	"standard-deviation",
	"quantile",
	"distinct",
	"class-ratio",
	"freshness"
];
const isOfProfile = ({ rule }) => statistics.includes(rule);
/** What is told when nothing was measured. */
const unknown = {
	what: "it",
	value: null,
	because: "the column has no profile",
	write: writePlain,
	rows: 0,
	method: "",
	revealing: false,
	fix: "Run the check again."
};
const ofNumbers = ({ moments }) => ({
	...unknown,
	because: "there is no value that is a finite number",
	rows: moments?.count ?? 0,
	revealing: true,
	fix: "Check the source for a changed unit or scale, missing parts or typing errors, or change the limits of the rule if the data is right."
});
function measureMissing({ measured }, rule, { tallies }) {
	const rows = measured.rows ?? 0;
	return {
		...unknown,
		what: "the share of empty cells",
		value: tallies.nulls.count / rows,
		because: "there is no row",
		limits: { max: rule.max },
		allowed: `at most ${rule.max} (${Number((100 * rule.max).toPrecision(4))} %)`,
		write: (value) => value === 0 ? "0 %" : `${writeShare(tallies.nulls.count, rows)}, ${writeCount(tallies.nulls.count)} of ${writeCount(rows)}`,
		rows,
		method: "empty cells of all rows",
		fix: `Fill these cells at the source, or raise max of the rule if so many may be empty.`
	};
}
function measureQuantile(rule, profile) {
	const answer = quantileOf(profile, rule.at);
	const between = answer === null ? "" : `${writePlain(answer.low)} and ${writePlain(answer.high)}`;
	return {
		...ofNumbers(profile),
		what: `the quantile at ${rule.at}`,
		value: answer?.value ?? null,
		limits: rule.limits,
		method: "type 7 (linear interpolation)",
		...answer === null || answer.exact ? {} : { bounds: `an estimate: certainly between ${between}` }
	};
}
const hourMs = 36e5;
function measureFreshness({ now }, maxAgeHours, profile) {
	const newest = profile.max === null ? NaN : readMoment(profile.max);
	const ageHours = (readNow(now) - newest) / hourMs;
	const future = ageHours < -24;
	return {
		...unknown,
		what: "the newest value",
		value: future ? null : ageHours,
		because: future ? `the newest value, ${profile.max}, lies in the future` : "there is no readable time",
		limits: { max: maxAgeHours },
		allowed: `at most ${maxAgeHours} hours before the check`,
		above: "older than",
		write: () => profile.max ?? "",
		rows: 0,
		method: "hours from the newest value to the check",
		revealing: true,
		fix: "Fetch the newest batch, or raise max-age-hours if older data will do."
	};
}
const readNow = (now) => isMoment(now) ? readMoment(now) : NaN;
function judgeNumber(given, frame, column, statistic) {
	const { value, limits, what } = statistic;
	const allowed = statistic.allowed ?? describeLimits(limits);
	const hidden = statistic.revealing && column.privacy !== "none";
	if (value === null || !Number.isFinite(value)) return toUnmeasured$1(given, frame, hidden ? "it has no readable value" : statistic.because, allowed);
	const kept = isWithin(value, limits);
	const bounds = hidden || statistic.bounds === void 0 ? [] : [statistic.bounds];
	const found = hidden ? `not shown: the column is ${column.privacy}` : writeWithin(value, statistic);
	const observation = {
		...nameOf(frame),
		result: kept ? "kept" : "broken",
		severity: frame.severity,
		found,
		allowed,
		rows: statistic.rows,
		method: [statistic.method, ...bounds].join(", ")
	};
	if (kept) return {
		observations: [observation],
		findings: []
	};
	const side = limits.max !== void 0 && !(value <= limits.max) ? statistic.above ?? "above" : "below";
	const finding = {
		...nameOf(frame),
		severity: frame.severity,
		message: `Rule "${frame.rule}": ${what} of column "${column.name}" is ${hidden ? "" : `${found}, `}${side} what is allowed (${[allowed, ...bounds].join("; ")}).`,
		where: given.positions(frame.pointer),
		found,
		allowed,
		...reasonOf(frame),
		fix: statistic.fix
	};
	return {
		observations: [observation],
		findings: [finding]
	};
}
function isWithin(value, { min, max }) {
	return (min === void 0 || Number.isFinite(min) && value >= min) && (max === void 0 || Number.isFinite(max) && value <= max);
}
/** Six digits, and all of them where six would look as if the limit were kept. */
function writeWithin(value, { limits, write }) {
	const short = Number(value.toPrecision(6));
	return write(isWithin(short, limits) === isWithin(value, limits) ? short : value);
}
function writePlain(value) {
	return String(value === 0 ? 0 : value);
}

// core/dataset/tally.ts
/**
* Judges rows at fault by a tolerance.
* @param hidden true when a column of the rule is private: no cell is shown then
*/
function judgeTally(given, frame, tally, words, tolerance, hidden) {
	const total = given.measured.rows ?? 0;
	const { count, firstRow } = tally;
	const allowed = `${words.allowed}${describeTolerance(tolerance)}`;
	if (!isCount(count) || !isCount(total) || count > total) return toUnmeasured$1(given, frame, "the number of rows at fault is no number", allowed);
	const broken = count > 0 && !tolerates(tolerance, count, total);
	const found = describeFound(words, count, total);
	const observation = {
		...nameOf(frame),
		result: broken ? "broken" : "kept",
		severity: frame.severity,
		found,
		allowed,
		rows: total,
		...words.method === void 0 ? {} : { method: words.method }
	};
	if (!broken) return {
		observations: [observation],
		findings: []
	};
	const first = firstRow === null ? "" : `, first at ${locateRow(given.measured, firstRow)}`;
	const over = tolerance === void 0 || toleratesNothing(tolerance) ? "" : `: more than ${writeTolerance(tolerance)}`;
	const finding = {
		...nameOf(frame),
		severity: frame.severity,
		message: `${subjectOf(frame)} ${words.what} in ${writeCount(count)} of ${writeRows(total)} (${writeShare(count, total)})${first}${over}.`,
		where: given.positions(frame.pointer),
		found,
		allowed,
		count,
		total,
		...firstRow === null ? {} : { firstRow },
		...hidden || tally.examples.length === 0 ? {} : { examples: tally.examples },
		...showRows(given, tally.rows),
		...reasonOf(frame),
		fix: words.fix
	};
	return {
		observations: [observation],
		findings: [finding]
	};
}
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
/** Never true of a tolerance that is no number: every comparison with NaN is false. */
function tolerates(tolerance, count, total) {
	if (tolerance === void 0) return false;
	return tolerance.kind === "count" ? count <= tolerance.count : count / total <= tolerance.share;
}
function describeTolerance(tolerance) {
	return tolerance === void 0 || toleratesNothing(tolerance) ? "" : `; up to ${writeTolerance(tolerance)} may break it`;
}
const toleratesNothing = (tolerance) => (tolerance.kind === "count" ? tolerance.count : tolerance.share) === 0;
function writeTolerance(tolerance) {
	if (tolerance.kind === "count") return writeRows(tolerance.count);
	return `${Number((100 * tolerance.share).toPrecision(6))} % of all rows`;
}
function subjectOf({ rule, column }) {
	if (rule === void 0) return `Column "${column}"`;
	return column === void 0 ? `Rule "${rule}":` : `Rule "${rule}": column "${column}"`;
}
function describeFound({ extent }, count, total) {
	const rows = count === 0 ? "no row" : `${writeRows(count)} (${writeShare(count, total)})`;
	if (extent === void 0) return rows;
	return count === 0 ? extent : `${extent}; ${rows} outside`;
}
/** The engine reads no private cell; this is the second lock on the same door. */
function showRows({ contract, columns }, rows) {
	const open = (name) => columns.get(name)?.privacy === "none";
	const shown = rows.slice(0, contract.examples).map(({ row, cells }) => ({
		row,
		cells: cells.filter(([name]) => open(name))
	}));
	return shown.length === 0 ? {} : { rows: shown };
}
/** Names a row by the file that a person would open, when there are several. */
function locateRow(measured, row) {
	let before = 0;
	for (const { path, rows } of measured.files) {
		if (rows === null) break;
		if (row <= before + rows) {
			const inFile = `row ${writeCount(row - before)} of ${path}`;
			return measured.files.length === 1 ? `row ${writeCount(row)}` : `row ${writeCount(row)} (${inFile})`;
		}
		before += rows;
	}
	return `row ${writeCount(row)}`;
}

// core/dataset/values.ts
/** Judges the cells of every column by its rules. A column that a file lacks is `data/column-missing`, told elsewhere. */
function judgeValues(given) {
	const { contract, measured } = given;
	if (measured.rows === null) return nothingJudged;
	return joinJudged(contract.columns.map((rule) => {
		const column = given.counted.get(rule.name);
		if (column === void 0) return judgeUnmeasured(given, rule);
		const cells = valueRules.filter((name) => isSet(rule, name, column)).map((name) => judgeCells(given, rule, name, column));
		return joinJudged(rule.unique ? [...cells, judgeUnique(given, rule)] : cells);
	}));
}
/** A rule that the contract does not set and that nothing breaks is not worth a line. */
function isSet(rule, name, { tallies }) {
	if (name === "nulls" || name === "type" || tallies[name].count !== 0) return true;
	if (name === "range") return rule.min !== void 0 || rule.max !== void 0;
	return rule[name] !== void 0;
}
function judgeUnmeasured(given, rule) {
	if (given.measured.files.some(({ columns }) => columns.length > 0 && !columns.includes(rule.name))) return nothingJudged;
	const frame = frameOf$1(rule, "data/unreadable", pointTo("columns", rule.name));
	return toUnmeasured$1(given, frame, "it is there and was not measured", `a column "${rule.name}"`);
}
function judgeCells(given, rule, name, column) {
	const { key, ...words } = describeCells(rule, name, `the column "${rule.name}"`);
	const frame = frameOf$1(rule, `data/${name}`, pointTo("columns", rule.name, key));
	const hidden = rule.privacy !== "none";
	const extent = name === "range" ? extentOf(rule, column) : {};
	const open = name === "nulls" && rule.nullable;
	const tolerance = open ? void 0 : rule.tolerance;
	const judged = judgeTally(given, frame, column.tallies[name], {
		...words,
		...extent
	}, tolerance, hidden);
	if (!open) return judged;
	return {
		observations: judged.observations.map((observation) => observation.result === "broken" ? {
			...observation,
			result: "kept"
		} : observation),
		findings: judged.findings.filter(({ count }) => count === void 0)
	};
}
/** The extremes of a personal column are values of persons. */
function extentOf({ privacy }, { smallest, largest }) {
	return privacy !== "none" || smallest === null || largest === null ? {} : { extent: `${smallest} to ${largest}` };
}
function judgeUnique(given, rule) {
	const name = uniqueRuleName(rule.name);
	const frame = frameOf$1(rule, "data/unique", pointTo("columns", rule.name, "unique"));
	const measured = given.rules.get(name);
	const allowed = "every value once";
	if (measured?.kind !== "tally") {
		const because = measured?.kind === "unmeasured" ? measured.because : "its values were not compared";
		return toUnmeasured$1(given, frame, because, allowed);
	}
	const words = {
		what: "repeats the value of an earlier row",
		allowed,
		fix: `Drop the repeated rows at the source, or set unique: false for the column "${rule.name}" if they are right.`
	};
	return judgeTally(given, frame, measured.tally, words, rule.tolerance, rule.privacy !== "none");
}
const frameOf$1 = (rule, code, pointer) => ({
	code,
	column: rule.name,
	severity: rule.severity,
	...reasonOf(rule),
	pointer
});

// core/dataset/table-rules.ts
/** Judges the named rules of a contract, in its order. */
function judgeRules(given) {
	if (given.measured.rows === null) return nothingJudged;
	return joinJudged(given.contract.rules.map((rule) => judgeRule(given, rule)));
}
function judgeRule(given, rule) {
	const frame = frameOf(rule);
	const absent = findAbsent(given, rule);
	if (absent !== null) return judgeAbsent(given, frame, absent);
	if (rule.rule === "leakage") return judgeLeakage(given, rule, frame);
	return judgeStatistic(given, rule, frame) ?? judgeRows$1(given, rule, frame);
}
function frameOf(rule) {
	return {
		code: `data/${rule.rule}`,
		rule: rule.name,
		..."column" in rule ? { column: rule.column } : {},
		severity: rule.severity,
		...reasonOf(rule),
		pointer: pointTo("rules", rule.name)
	};
}
/** A column that the rule needs and that the files lack. Rules over all columns do without optional ones. */
function findAbsent({ contract, measured, columns, counted }, rule) {
	const names = columnsOfRule(contract, rule);
	const whole = "features" in rule && rule.features === null || "columns" in rule && rule.columns === null;
	const absent = names.flatMap((column) => {
		if (counted.has(column)) return [];
		const optional = columns.get(column)?.required === false;
		const somewhere = measured.files.some((file) => file.columns.includes(column));
		if (whole && optional && !somewhere && !("label" in rule && rule.label === column)) return [];
		return [{
			column,
			told: !optional || somewhere,
			allowed: optional && !somewhere && names.length === 1
		}];
	});
	return absent.find(({ told }) => told) ?? absent.find(({ allowed }) => !allowed) ?? absent[0] ?? null;
}
function judgeAbsent(given, frame, { column, told, allowed }) {
	const judged = toUnmeasured$1(given, frame, `the column "${column}" is missing`, `a column "${column}" in every file`);
	return told || allowed ? {
		...judged,
		findings: []
	} : judged;
}
function judgeRows$1(given, rule, frame) {
	const words = describeRows(given, rule);
	const measured = given.rules.get(rule.name);
	if (measured?.kind !== "tally") {
		const because = measured?.kind === "unmeasured" ? measured.because : "its rows were not counted";
		return toUnmeasured$1(given, frame, because, words.allowed);
	}
	const tolerance = rule.rule === "duplicates" ? {
		kind: "share",
		share: rule.max
	} : rule.tolerance;
	const hidden = columnsOfRule(given.contract, rule).some((name) => given.columns.get(name)?.privacy !== "none");
	return judgeTally(given, frame, measured.tally, words, tolerance, hidden);
}
const cellRules = {
	range: "range",
	length: "length",
	allowed: "allowed",
	pattern: "pattern"
};
function describeRows(given, rule) {
	switch (rule.rule) {
		case "range":
		case "length":
		case "allowed":
		case "pattern": return describeCellRule(given, rule);
		case "unique": return {
			what: `the key ${listNames(rule.columns)} of an earlier row is repeated`,
			allowed: `every key ${listNames(rule.columns)} once`,
			fix: "Drop the repeated rows at the source, or add the column to the key that tells them apart."
		};
		case "duplicates": return {
			what: `${rule.columns === null ? "an earlier row" : `${listNames(rule.columns)} of an earlier row`} is repeated`,
			allowed: "no repeated row",
			fix: "Check whether a file or batch was read twice, and drop the repeated rows at the source."
		};
		case "expression": return {
			what: `the condition ${rule.keep} is false`,
			allowed: rule.keep,
			fix: "Correct these rows at the source, or change the condition in the contract if they are right."
		};
		case "label-conflicts": return {
			what: `the same features stand elsewhere with another "${rule.label}"`,
			allowed: `one "${rule.label}" for equal features`,
			fix: "Correct the labels of these rows, drop the repeated ones, or add the feature that tells them apart."
		};
		case "overlap": return {
			what: `${listNames(rule.columns)} also stands in ${rule.with}`,
			allowed: `no row of ${rule.with}`,
			fix: `Take these rows out of the data: what a model is judged on must not be what it was trained on.`
		};
		default: return {
			what: "is broken",
			allowed: "no such row",
			fix: "Correct these rows at the source."
		};
	}
}
function describeCellRule(given, rule) {
	const column = given.columns.get(rule.column);
	const name = cellRules[rule.rule];
	if (column === void 0 || name === void 0) return {
		what: "is broken",
		allowed: "no such row",
		fix: "Correct these rows at the source."
	};
	const { key: _, ...words } = describeCells(toColumnRule(rule, column), name, `the rule "${rule.name}"`);
	const extremes = given.counted.get(rule.column);
	return name === "range" && extremes !== void 0 ? {
		...words,
		...extentOf(column, extremes)
	} : words;
}
function listNames(names) {
	const shown = names.slice(0, 5).map((name) => `"${name}"`);
	const more = names.length - shown.length;
	return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

// core/dataset/judge.ts
/**
* Judges what an engine measured by a contract.
* @param now ISO instant, UTC: only the age of the newest value is held against it
* @returns every finding, files first, then columns and rules in contract order; none means that the data keeps the
* contract. Data that could not be measured always has a failing one. And what each rule came to, also when it was kept.
*/
function judgeDataset(contract, measured, positions, now) {
	const given = toCase(contract, measured, positions, now);
	const { findings, observations } = joinJudged([
		judgeFiles(measured, positions),
		judgeColumnNames(contract, measured, positions),
		judgeRows(contract, measured, positions),
		judgeValues(given),
		judgeRules(given)
	]);
	return {
		findings: (measured.rows === null || measured.files.length === 0) && !findings.some(isFailure) ? [...findings, toUnmeasured(contract, positions)] : findings,
		observations
	};
}
function toCase(contract, measured, positions, now) {
	return {
		contract,
		measured,
		positions,
		now,
		columns: new Map(contract.columns.map((column) => [column.name, column])),
		counted: new Map(measured.columns.map((column) => [column.column, column])),
		rules: new Map(measured.rules.map((rule) => [rule.name, rule])),
		profiles: new Map((measured.profile?.columns ?? []).map((column) => [column.name, column]))
	};
}
const judgeFiles = (measured, positions) => ({
	findings: [...judgeProblems(measured, positions), ...judgeEmptyFiles(measured, positions)],
	observations: []
});
function judgeProblems(measured, positions) {
	return measured.problems.map(({ path, line, because }) => {
		return {
			code: because.startsWith("it is empty") ? "data/empty" : "data/unreadable",
			severity: "fail",
			message: `${path} cannot be read${line === null ? "" : ` at line ${writeCount(line)}`}: ${because}.`,
			where: positions("/files"),
			found: line === null ? because : `line ${writeCount(line)}: ${because}`,
			allowed: "CSV (UTF-8, comma, header, every row as wide as the header), JSON lines (one flat object a line) or Parquet",
			fix: howToMend(path, because)
		};
	});
}
/** @param because words of the engine; what none of them fits gets the general advice */
function howToMend(path, because) {
	return `${because === "it is not UTF-8" ? `Save ${path} as UTF-8, for example with iconv -t UTF-8` : /^[\d,]+ cells? where the header has/.test(because) ? `Give every row of ${path} as many cells as its header; a cell with a comma in it stands in double quotes` : `Write ${path} again as a whole table`}, and update its pointer where it has one.`;
}
function judgeEmptyFiles(measured, positions) {
	return measured.files.filter(({ rows }) => rows === 0).map(({ path }) => ({
		code: "data/empty",
		severity: "fail",
		message: `${path} has a header and no rows.`,
		where: positions("/files"),
		found: "0 rows",
		allowed: "at least 1 row in every file",
		count: 0,
		total: 0,
		fix: `Fill ${path}, or take it out of the files of the contract.`
	}));
}
function judgeRows(contract, measured, positions) {
	const { rows } = measured;
	const { min, max } = contract.rows;
	if (rows === null) return nothingJudged;
	const enough = Number.isFinite(min) && rows >= min;
	const within = max === void 0 || Number.isFinite(max) && rows <= max;
	const allowed = max === void 0 ? `at least ${writeCount(min)}` : `${writeCount(min)} to ${writeCount(max)}`;
	const kept = enough && within;
	return {
		observations: [{
			code: "data/rows",
			result: kept ? "kept" : "broken",
			severity: "fail",
			found: writeRows(rows),
			allowed,
			rows
		}],
		findings: kept ? [] : [toWrongSize(rows, enough, allowed, positions)]
	};
}
function toWrongSize(rows, enough, allowed, positions) {
	return {
		code: "data/rows",
		severity: "fail",
		message: `The dataset has ${writeRows(rows)}, ${enough ? "more" : "fewer"} than the contract allows.`,
		where: positions(`/rows/${enough ? "max" : "min"}`),
		found: writeRows(rows),
		allowed,
		count: rows,
		total: rows,
		fix: enough ? "Check for doubled files or rows, or raise rows.max in the contract if the data has grown." : "Check for a file that is missing or cut off, or lower rows.min in the contract if fewer rows are right."
	};
}
function toUnmeasured(contract, positions) {
	return {
		code: "data/unreadable",
		severity: "fail",
		message: `The dataset "${contract.dataset}" was not measured, and nothing says why.`,
		where: positions("/files"),
		fix: "Run the check again; if this stays, report it with the log of the job."
	};
}

export { findSimilar as n, judgeDataset as t };