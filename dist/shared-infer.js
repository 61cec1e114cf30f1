import { r as InputError } from "./shared-error.js";
import { o as contractPath } from "./shared-layout.js";
import { u as isName } from "./shared-js-yaml.js";
import { H as columnName } from "./shared-policy-resolution.js";
import { i as toValueText } from "./shared-value-text.js";
import { t as findSeparator } from "./shared-separator.js";
import { n as writeCount } from "./shared-wording.js";
import { t as describeProgress } from "./shared-progress-line.js";
import { t as writeYaml } from "./shared-yaml-write.js";
import { dirname, join, relative, resolve } from "node:path";
import { tmpdir } from "node:os";
import { lstat, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";

// core/dataset/infer-type.ts
/** Narrowest first. 1 and 0 are numbers: only words are taken for booleans. */
const order = [
	"boolean",
	"integer",
	"number",
	"timestamp"
];
/**
* Which types all values of a column could have, from its profile as text.
* @returns best first, `text` last; the first one is certain when every value is kept, else the engine has to say
* whether a cell is unreadable
*/
function guessTypes(asText) {
	const { distribution, min, max } = asText;
	const seen = distribution.kind === "values" ? distribution.values.map(([value]) => value) : [min, max].flatMap((value) => value ?? []);
	if (seen.length === 0) return ["text"];
	return [...order.filter((type) => seen.every((value) => isOf(type, value))), "text"];
}
function isOf(type, value) {
	if (type === "boolean") return /^(?:true|false)$/i.test(value);
	if (/^[+-]?0[0-9]/.test(value) && type !== "timestamp") return false;
	return toValueText(type, value) !== null;
}

// adapters/dataset/profile-files.ts
/**
* Profiles files without the rules of a contract.
*
* Types are found in passes: all columns as text, then by the narrowest type that fits what was seen; a column with a
* cell that is no value of it goes to its next type. Text takes everything, so this ends.
* @returns the profile in file order, private columns whole: it stays on this machine
* @throws InputError DATA_UNREADABLE; ServiceError ENGINE_FAILED
*/
async function profileFiles(engine, files, types = "find", onProgress) {
	const run = async (columns, distinct) => {
		return requireProfile(await engine.profile(toPlan(columns, distinct), files, onProgress ? { onProgress } : {}));
	};
	const headers = requireHeaders(await engine.profile(toPlan(/* @__PURE__ */ new Map(), []), files));
	if (types !== "find") {
		const known = headers.filter((name) => types.has(name));
		return run(new Map(known.map((name) => [name, types.get(name) ?? "text"])), []);
	}
	const asText = await run(new Map(headers.map((name) => [name, "text"])), []);
	let left = new Map(asText.columns.map((column) => [column.name, candidatesOf(column)]));
	for (;;) {
		const now = new Map([...left].map(([name, [type]]) => [name, type ?? refuseColumn(name)]));
		const profile = await run(now, [...now].filter(([, type]) => type === "integer" || type === "text").map(([name]) => name));
		const wrong = new Set(profile.columns.filter(({ unreadable }) => unreadable > 0).map(({ name }) => name));
		if (wrong.size === 0) return profile;
		left = new Map([...left].map(([name, types]) => [name, wrong.has(name) ? types.slice(1) : types]));
	}
}
/** Files with types of their own (Parquet) have columns that are no text at all. */
function candidatesOf(asText) {
	return asText.unreadable > 0 ? [
		"integer",
		"number",
		"timestamp",
		"boolean"
	] : guessTypes(asText);
}
function refuseColumn(name) {
	throw new InputError("DATA_UNREADABLE", `the cells of the column "${name}" are of no one type that a contract knows`, { hint: "Write all of them as whole numbers, numbers, texts, timestamps or booleans: in JSON lines 1776 is a number and \"1776\" a text. Lists and structures are not checked." });
}
/** Every cell is read as it is: no rule, no example. */
function toPlan(columns, distinct) {
	return {
		columns: [...columns].map(([column, type]) => ({
			column,
			type,
			showValues: true
		})),
		rules: [],
		examples: 0,
		distinct
	};
}
function requireHeaders({ files, problems }) {
	const [first, ...others] = files;
	const [problem] = problems;
	if (problem !== void 0 || first === void 0) throw unreadable(problem);
	const names = [...new Set(first.columns)];
	const odd = others.find(({ columns }) => names.some((name) => !columns.includes(name)));
	if (odd === void 0 && names.length === first.columns.length) return names;
	const because = odd === void 0 ? "its header names a column twice" : `it lacks a column that ${first.path} has`;
	throw unreadable({
		path: (odd ?? first).path,
		line: 1,
		because
	});
}
function requireProfile({ profile, problems }) {
	if (profile !== null) return profile;
	throw unreadable(problems[0]);
}
function unreadable(problem) {
	const { path, line, because } = problem ?? {
		path: "the data",
		line: null,
		because: "nothing was measured"
	};
	const at = line === null ? "" : ` at line ${line}`;
	return new InputError("DATA_UNREADABLE", `${path} cannot be read${at}: ${because}`, {
		hint: "Name whole tables with one header: CSV, JSON Lines or Parquet.",
		where: {
			file: path,
			...line === null ? {} : { line }
		}
	});
}

// core/dataset/infer-range.ts
/** Share of the span that is added on each side. */
const marginShare = .1;
/**
* Chooses limits that hold for what was seen and leave room for the next batch.
* @returns null when there is nothing to choose from: no value, one value only, integers beyond the doubles
*/
function inferRange({ type, min, max }) {
	if (min === null || max === null) return null;
	if (type === "timestamp") {
		const seen = `seen ${min} to ${max}`;
		return {
			limits: { min: min.slice(0, 10) },
			because: `${seen}; from its first day, and no end: later data is later`
		};
	}
	if (type !== "integer" && type !== "number") return null;
	const [least, most] = [Number(min), Number(max)];
	if (!(least < most) || !Number.isFinite(most - least)) return null;
	if (type === "integer" && !(Number.isSafeInteger(least) && Number.isSafeInteger(most))) return null;
	const seen = `seen ${min} to ${max}`;
	if (type === "number" && least >= 0 && most <= 1) return {
		limits: {
			min: 0,
			max: 1
		},
		because: `${seen}; all from 0 to 1, like a share`
	};
	return {
		limits: widen(least, most, type === "integer" ? 1 : 0),
		because: `${seen}; a tenth of the span added on each side, rounded outward${least >= 0 ? ", and nothing below 0" : ""}`
	};
}
/** Rounded outward to two digits of the span; never inside what was seen, whatever the rounding of doubles does. */
function widen(least, most, leastStep) {
	const span = most - least;
	const step = Math.max(leastStep, 10 ** (Math.floor(Math.log10(span)) - 1));
	const outer = (value, round) => Number((round(value / step) * step).toPrecision(12));
	const low = outer(least - marginShare * span, Math.floor);
	const high = outer(most + marginShare * span, Math.ceil);
	const min = Number.isFinite(low) && low <= least ? low : least;
	return {
		min: least >= 0 ? Math.max(0, min) : min,
		max: Number.isFinite(high) && high >= most ? high : most
	};
}
/** Rounds a positive number up to two digits: 0.00312 becomes 0.0032. */
function roundUp(value) {
	const step = 10 ** (Math.floor(Math.log10(value)) - 1);
	const rounded = Number((Math.ceil(value / step) * step).toPrecision(12));
	return rounded >= value ? rounded : value;
}

// core/dataset/infer-pattern.ts
/** Longer texts are sentences, whose common length is chance. */
const mostCharacters = 40;
/** Fewer different codes than this say nothing about the next one. */
const fewestCodes = 5;
const classes = [
	["[0-9]", /^[0-9]$/],
	["[A-Z]", /^[A-Z]$/],
	["[a-z]", /^[a-z]$/],
	["[0-9a-f]", /^[0-9a-f]$/],
	["[A-Z0-9]", /^[A-Z0-9]$/],
	["[a-z0-9]", /^[a-z0-9]$/],
	["[A-Za-z]", /^[A-Za-z]$/],
	["[A-Za-z0-9]", /^[A-Za-z0-9]$/]
];
/**
* Finds what uniform codes have in common: `JFK`, `LAX` give `[A-Z]{3}`; `AB-12`, `XY-34` give `[A-Z]{2}-[0-9]{2}`.
* @param values every different value
* @returns an RE2 pattern that all of them match as a whole; null when they are not uniform
*/
function inferPattern(values) {
	const length = values[0]?.length ?? 0;
	if (values.length < fewestCodes || length === 0 || length > mostCharacters) return null;
	if (values.some((value) => value.length !== length || !/^[\x21-\x7e]+$/.test(value))) return null;
	const parts = [];
	for (let at = 0; at < length; at += 1) {
		const part = partAt(values, at);
		if (part === null) return null;
		const last = parts.at(-1);
		if (last?.text === part) last.count += 1;
		else parts.push({
			text: part,
			count: 1
		});
	}
	return parts.map(({ text, count }) => count === 1 ? text : `${text}{${count}}`).join("");
}
/** The narrowest class of the characters at a place; a mark that is always the same stands for itself. */
function partAt(values, at) {
	const found = [...new Set(values.map((value) => value[at] ?? ""))];
	const only = found.length === 1 ? found[0] ?? "" : "";
	if (only !== "" && !/[A-Za-z0-9]/.test(only)) return /[-_/: ]/.test(only) ? only : `\\x{${only.charCodeAt(0).toString(16)}}`;
	return classes.find(([, form]) => found.every((character) => form.test(character)))?.[0] ?? null;
}

// core/dataset/infer-privacy.ts
const secretWords = /* @__PURE__ */ new Set([
	"password",
	"passwd",
	"pwd",
	"secret",
	"token",
	"apikey",
	"credential",
	"pin",
	"cvv"
]);
const personalWords = /* @__PURE__ */ new Set([
	...[
		"email",
		"mail",
		"phone",
		"telephone",
		"tel",
		"mobile",
		"fax",
		"name",
		"firstname",
		"lastname",
		"surname"
	],
	...[
		"forename",
		"fullname",
		"username",
		"login",
		"ssn",
		"passport",
		"iban",
		"birth",
		"birthday",
		"birthdate",
		"dob"
	],
	...[
		"address",
		"street",
		"zip",
		"zipcode",
		"postcode",
		"postal",
		"ip",
		"person",
		"patient",
		"gender",
		"religion"
	],
	...[
		"ethnicity",
		"race",
		"health",
		"diagnosis",
		"salary",
		"income",
		"latitude",
		"longitude",
		"nationality"
	]
]);
/**
* Guesses from the name of a column whether its values are about a person. A wrong guess hides too much, a missing one
* shows too much: in doubt it is personal.
* @returns null when no word of the name says so
*/
function guessPrivacy(column) {
	const words = wordsOf(column);
	const pairs = words.map((word, at) => `${word}${words[at + 1] ?? ""}`);
	const secret = [...words, ...pairs].find((word) => secretWords.has(word));
	if (secret !== void 0) return {
		privacy: "secret",
		from: `"${secret}" in its name`
	};
	const personal = [...words, ...pairs].find((word) => personalWords.has(word));
	return personal === void 0 ? null : {
		privacy: "personal",
		from: `"${personal}" in its name`
	};
}
/** Share of different values that look like it. Not all of them: one "unknown" among addresses must not show the others. */
const personalShare = .1;
/** Of whatever name: these are of persons. */
const personalForms = [
	["e-mail addresses", /^[^@\s]+@[^@\s]+\.[^@\s]+$/],
	["IP addresses", /^\d{1,3}(?:\.\d{1,3}){3}$/],
	["phone numbers", /^\+\d[\d ()-]{6,20}\d$/],
	["account numbers", /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/]
];
/**
* Guesses from the name of a column, then from its values.
* @param column as text, or by its type: only texts have such forms
*/
function guessColumnPrivacy(column) {
	const byName = guessPrivacy(column.name);
	if (byName !== null) return byName;
	const { distribution, min, max } = column;
	const seen = distribution.kind === "values" ? distribution.values.map(([value]) => value) : [min, max].flatMap((value) => value ?? []);
	const form = personalForms.find(([, shape]) => {
		const count = seen.filter((value) => shape.test(value)).length;
		return count > 0 && count >= personalShare * seen.length;
	});
	return form === void 0 ? null : {
		privacy: "personal",
		from: `its values, which look like ${form[0]}`
	};
}
/** `customerEmail2`, `CUSTOMER_EMAIL` and `customer e-mail` have the word `email` (or `e`, `mail`). */
function wordsOf(column) {
	return column.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2").toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== "");
}

// core/dataset/infer-column.ts
/** Up to so many different texts are a list; each has to be seen so often on average. */
const mostCategories = 20;
const fewestRowsEach = 20;
/** With fewer rows "all different" is chance. */
const fewestKeyRows = 20;
/** Characters of one value in a list. */
const longestCategory = 60;
/**
* Describes one column so that the data it was made from keeps it.
* @param profile of the column by its type, without unreadable cells
* @param rows of the table
*/
function inferColumn(profile, rows) {
	const { name, type, nulls } = profile;
	const guess = guessColumnPrivacy(profile);
	const present = rows - nulls;
	const key = inferKey(profile, present);
	const values = guess === null ? inferValues(profile, present, key) : none;
	const fields = {
		...nulls > 0 ? { nullable: true } : {},
		...key === null ? {} : { unique: true },
		...values.fields,
		...guess === null ? {} : { privacy: guess.privacy }
	};
	const because = [
		describeNulls(nulls, rows),
		...key === null ? [] : [`${writeCount(present)} values, all different: ${key}`],
		...values.because,
		...guess === null ? [] : [`privacy: GUESSED from ${guess.from}, to be on the safe side: nothing of its values is written here; correct it if they are of no person`]
	];
	const missing = nulls > 0 && nulls < rows ? missingLimit(nulls / rows) : null;
	return {
		name,
		type,
		privacy: guess?.privacy ?? "none",
		fields,
		because,
		missing,
		isKey: key !== null
	};
}
const none = {
	fields: {},
	because: []
};
function describeNulls(nulls, rows) {
	if (nulls === 0) return `none of ${writeCount(rows)} empty`;
	if (nulls === rows) return `all ${writeCount(rows)} empty: the type is not known`;
	return `${writeCount(nulls)} of ${writeCount(rows)} empty`;
}
/** Twice what was seen, above a half the middle of what is left: always below 1, which nothing could break. */
const missingLimit = (share) => {
	const limit = roundUp(share < .25 ? 2 * share : (1 + share) / 2);
	return limit < 1 ? limit : share;
};
/** @returns what makes it a key, or null */
function inferKey({ name, type, distinct, min, max }, present) {
	if (distinct === null || distinct !== present || present < fewestKeyRows) return null;
	if (type !== "integer" && type !== "text") return null;
	if ((type === "integer" ? Number(max) - Number(min) + 1 : null) === present) return "a row number";
	return name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2").toLowerCase().split(/[^\p{L}]+/u).some((word) => [
		"id",
		"key",
		"uuid",
		"guid",
		"number",
		"no",
		"code",
		"hash"
	].includes(word)) ? "a key by its name" : null;
}
function inferValues(profile, present, key) {
	if (profile.type === "text") return inferText(profile, present);
	if (key === "a row number") {
		const min = Number(profile.min);
		return Number.isSafeInteger(min) && min >= 0 ? {
			fields: { min: Math.min(min, 1) },
			because: [`counted from ${min}, and no end: later data goes on`]
		} : none;
	}
	const range = inferRange(profile);
	if (range === null) return profile.min !== null && profile.min === profile.max ? {
		fields: {},
		because: [`always ${profile.min}: one value gives no range`]
	} : none;
	return {
		fields: { ...range.limits },
		because: [range.because]
	};
}
function inferText({ distribution, lengths }, present) {
	const values = distribution.kind === "values" ? distribution.values.map(([value]) => value) : [];
	if (values.length > 0 && values.length <= mostCategories && present >= fewestRowsEach * values.length && values.every((value) => isWritable(value))) return {
		fields: { allowed: values },
		because: [`only ${values.length} different ${values.length === 1 ? "value" : "values"} in ${writeCount(present)} cells: a new one is a finding`]
	};
	const pattern = inferPattern(values);
	if (pattern !== null) return {
		fields: { pattern },
		because: [`all ${writeCount(values.length)} different values have this form`]
	};
	if (lengths === null || lengths.max === 0 || lengths.max > 5e5) return none;
	const { min, max } = lengths;
	const same = min === max;
	return {
		fields: { length: same ? {
			min,
			max
		} : {
			min: Math.min(min, 1),
			max: 2 * max
		} },
		because: [same ? `always ${max} characters` : `${writeCount(min)} to ${writeCount(max)} characters; twice the longest allowed`]
	};
}
/** NUL is refused by every contract, and what nobody sees is no list for people. */
const isWritable = (value) => value !== "" && value.length <= longestCategory && !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(value);

// cli/commands/data/engine.ts
/** Runs work with an engine and an empty folder; both are gone afterwards, whatever happens. */
async function withEngine(context, open, work) {
	const workdir = await mkdtemp(join(tmpdir(), "gatehouse-data-"));
	try {
		const engine = await open(context, workdir);
		try {
			return await work(engine, workdir);
		} finally {
			engine.close();
		}
	} finally {
		context.showProgress?.("");
		await rm(workdir, {
			recursive: true,
			force: true
		});
	}
}
/** Shows how far long work has come, where a person watches. */
function progressOf({ showProgress }, name) {
	return showProgress === null ? {} : { onProgress: (progress) => showProgress(describeProgress(name, progress)) };
}

// cli/commands/data/files.ts
/** Files that a person named, as the engine takes them. */
const toDataFiles = (cwd, files) => files.map((path) => ({
	path,
	local: resolve(cwd, path)
}));
/** How a file is called in the repository: from its root, with `/`; as it was typed when it lies outside. */
function toRepositoryPath(root, cwd, path) {
	const inside = relative(root, resolve(cwd, path)).replaceAll("\\", "/");
	return inside.startsWith("..") ? path : inside;
}
/**
* A file that a person named: from the root of the repository where it lies inside, else its whole path.
* @throws InputError FILE_MISSING: what is not there says nothing about the data
*/
async function findNamed(root, cwd, path) {
	const local = resolve(cwd, path);
	if (await lstat(local).catch(() => null) === null) throw new InputError("FILE_MISSING", `${path} is not there`, { hint: "Name a file that lies on this machine." });
	const inside = toRepositoryPath(root, cwd, path);
	return resolve(root, inside) === local ? inside : local;
}
/**
* Writes a new file.
* @throws InputError FILE_EXISTS when it is there and nobody said that it may go
*/
async function writeNew(path, text, force) {
	if (!force && await lstat(path).catch(() => null) !== null) throw new InputError("FILE_EXISTS", `${path} is there already`, { hint: "Name another file with --out, or write over it with --force." });
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, text);
}

// core/dataset/infer.ts
/** Comments of more columns than this would make the file too long to be read (`limits` of core/config/source.ts). */
const mostCommented = 1500;
/** Share of the rows that a later batch must have. */
const rowsShare = .5;
/**
* Writes a first contract from data. The data keeps it; what only a person knows stands as an empty field, which every
* check names until it is filled.
* @returns YAML text of `datasets/<dataset>.yml`
* @throws InputError INFER_DATA when there is no row, no column, or a header that no contract can name
*/
function inferContract({ dataset, files, profile }) {
	requireTable(profile);
	const columns = profile.columns.map((column) => inferColumn(column, profile.rows));
	const commented = columns.length <= mostCommented;
	const ignored = columns.filter(({ isKey, privacy }) => isKey && privacy === "none");
	return [
		`# First contract of "${dataset}", written by "gatehouse data infer" from ${writeCount(profile.rows)} rows.`,
		"# It says what was seen, with some room; what is right only you know. Read every line before you commit it.",
		"version: 1",
		"",
		...governance,
		"",
		`files: ${writeYaml(files)}`,
		"",
		`# ${writeCount(profile.rows)} rows seen; half of them must be there in later data.`,
		`rows: { min: ${Math.max(1, Math.floor(profile.rows * rowsShare))} }`,
		"",
		"columns:",
		...columns.flatMap((column) => [...commented ? [`  # ${commentOf(column)}`] : [], `  - ${writeColumn(column)}`]),
		...rulesOf(columns),
		...ignored.length === 0 ? [] : [
			"",
			"# Keys and row numbers differ in every batch: they are not compared.",
			`drift: { ignore: ${writeYaml(ignored.map(({ name }) => name))} }`
		],
		""
	].join("\n");
}
/** Left empty: a missing owner, date or legal basis fails every check, by name and line. */
const governance = [
	"# TODO: fill in these seven lines. Until then every check fails and names them.",
	"description: # TODO what one row is",
	"owner: # TODO who answers for the data: { users: [login] } or { teams: [organization/team] }",
	"source: # TODO where the data comes from",
	"legal-basis: # TODO what allows its use",
	"approved-by: # TODO who approved its use",
	"expires: # TODO the day after which nothing may train on it: \"2030-12-31\"",
	"access: # TODO models that may train on it: [flight-delay], or [\"*\"] for all"
];
/** One line of `columns` as it is written: for a whole contract, and for a column that comes to one. */
function writeColumn({ name, type, fields }) {
	return writeYaml({
		name,
		type,
		...fields
	});
}
function commentOf({ because }) {
	return because.join("; ").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
}
function rulesOf(columns) {
	const taken = /* @__PURE__ */ new Set();
	const rules = columns.flatMap(({ name, missing }) => {
		if (missing === null) return [];
		const rule = {
			name: nameOf(`missing-${name}`, taken),
			rule: "missing",
			column: name,
			max: missing
		};
		return [`  - ${writeYaml(rule)}`];
	});
	return rules.length === 0 ? [] : [
		"",
		"# Twice the share of empty cells that was seen; above a quarter, half of what is left.",
		"rules:",
		...rules
	];
}
/** A legal name that is not taken: `missing-tail-number`. */
function nameOf(text, taken) {
	const slug = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 50).replace(/^-+|-+$/g, "");
	const base = isName(slug) ? slug : "missing";
	let name = base;
	for (let at = 2; taken.has(name); at += 1) name = `${base}-${at}`;
	taken.add(name);
	return name;
}
function requireTable({ rows, columns }) {
	const names = columns.map(({ name }) => name);
	const odd = names.findIndex((name) => !columnName.safeParse(name).success);
	const doubled = names.find((name, at) => names.indexOf(name) !== at);
	const separator = names.length === 1 ? findSeparator(names[0] ?? "") : null;
	if (separator !== null) throw new InputError("INFER_DATA", `no contract can be written from these files: their only column is "${names[0]}", so their cells are separated by ${separator}`, { hint: "Write them with commas between the cells." });
	const because = names.length === 0 ? "they have no column" : rows === 0 ? "they have no row: nothing can be learnt from a header" : odd >= 0 ? `column ${odd + 1} has no name on one line of at most 200 characters` : doubled === void 0 ? null : `the column "${doubled}" is there twice`;
	if (because === null) return;
	throw new InputError("INFER_DATA", `no contract can be written from these files: ${because}`, { hint: "Mend the header or name other files." });
}
/** Where a contract of a dataset goes unless somebody says otherwise. @throws InputError INFER_NAME */
function inferredPath(dataset) {
	if (isName(dataset)) return contractPath(dataset);
	throw new InputError("INFER_NAME", `"${dataset}" cannot be the name of a dataset`, { hint: "Use small letters, digits and \"-\": gatehouse data infer FILE --name flights." });
}

export { toRepositoryPath as a, withEngine as c, roundUp as d, profileFiles as f, toDataFiles as i, inferColumn as l, inferredPath as n, writeNew as o, findNamed as r, progressOf as s, inferContract as t, guessColumnPrivacy as u };