import { a as toRepositoryPath, c as withEngine, d as roundUp$1, f as profileFiles, i as toDataFiles, l as inferColumn, n as inferredPath, o as writeNew, r as findNamed, s as progressOf, t as inferContract, u as guessColumnPrivacy } from "./shared-infer.js";
import { t as parseContract } from "./shared-contract-file.js";
import { I as string, M as number, S as _enum, j as looseObject, s as load, t as CORE_SCHEMA, w as array, z as unknown } from "./shared-js-yaml.js";
import { F as keyText, I as sameValue, L as require_dist, k as openLocator } from "./shared-policy-resolution.js";
import { n as GatehouseError, r as InputError } from "./shared-error.js";
import { t as writeYaml } from "./shared-yaml-write.js";
import { i as toValueText, t as compareValues } from "./shared-value-text.js";
import { i as writeShare, n as writeCount, r as writeRows } from "./shared-wording.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { a as shareOf, i as sdOf, n as meanOf, r as quantileOf, t as countReadable } from "./shared-statistics.js";
import { n as findSimilar } from "./shared-judge.js";
import { t as paragraph } from "./shared-block.js";
import { n as renderText } from "./shared-text.js";
import { n as readFiles, r as readTree } from "./shared-read.js";
import { f as modelOfFile, o as contractPath, s as datasetOfFile, x as policyPath, y as modelPath } from "./shared-layout.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { r as requiredApprovals } from "./shared-requirement.js";
import { t as findBase } from "./shared-base.js";
import { r as resolveFiles } from "./shared-dataset.js";
import { n as mayRead, t as judgeGovernance } from "./shared-governance.js";
import { t as isFailure } from "./shared-finding.js";
import { t as parsePointer } from "./shared-pointer.js";
import { a as hashFile } from "./shared-safe-fetch.js";
import { a as ruleOf, d as acceptKnown, i as compareProfiles, l as toPublicProfile, n as measureDataset, o as findRenames, r as readRecordedProfile, s as privacyIn, u as Tables } from "./shared-measure.js";
import { a as sortFindings, c as exampleSections, o as observationBlocks } from "./shared-finding-list.js";
import { r as driftBlocks } from "./shared-summary.js";
import "./shared-facts.js";
import { a as verdictWords } from "./shared-icon.js";
import { t as renderFindings } from "./shared-terminal.js";
import { n as wholeNumber, t as shareUpTo } from "./shared-option.js";
import { n as readWorkTree } from "./shared-work-tree.js";
import { t as parseModelConfig } from "./shared-model-file.js";
import { r as networkOf } from "./shared-open-place.js";
import { t as suggest } from "./shared-suggestion.js";
import { n as renderProfile, r as toProfile, t as parseProfile } from "./shared-parse-profile.js";
import { t as computeWilsonInterval } from "./shared-proportion.js";
import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { n as readProvenLedger } from "./shared-ledger.js";
import { t as openStore } from "./shared-store.js";
import { t as requireVerified } from "./shared-resolve2.js";
import { a as toDriftRules } from "./shared-drift-file.js";
import { t as buildProductionLikeSet } from "./shared-production-like.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { basename, join, relative, resolve } from "node:path";
import { tmpdir } from "node:os";
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";

// core/config/yaml-edit.ts
var import_dist = require_dist();
/**
* Changes one value of a YAML text and leaves every other byte as it stands: comments, quotes, order, line ends.
* The answer is read again and compared with what was wanted.
* @throws InputError YAML_EDIT when the place has a form that this cannot change without touching more
*/
function editYaml(text, edit) {
	const mark = text.startsWith("﻿") ? "﻿" : "";
	const body = text.slice(mark.length);
	const splice = spliceOf(body, (0, import_dist.parseDocument)(body, {
		schema: "core",
		uniqueKeys: false
	}).contents, edit);
	const edited = `${body.slice(0, splice.start)}${splice.text}${body.slice(splice.end)}`;
	if (!isWanted(body, edited, edit)) throw refuse(edit);
	return `${mark}${edited}`;
}
function spliceOf(text, root, edit) {
	const { found, rest, pair } = walk(root, edit.path);
	if (edit.kind === "rename") {
		if (rest.length > 0 || pair === null || !(0, import_dist.isScalar)(pair.key)) throw refuse(edit);
		return replace(pair.key, writeYaml(edit.to), edit);
	}
	if (edit.kind === "set") return setAt(text, found, pair, rest, edit.value, edit);
	if (rest.length > 0 || !(0, import_dist.isSeq)(found)) return setAt(text, found, pair, rest, edit.values, edit);
	return appendTo(text, found, edit.values.map(writeYaml), edit);
}
function walk(root, path) {
	let place = {
		found: root,
		pair: null,
		rest: path
	};
	for (const [at, part] of path.entries()) {
		const { found } = place;
		const pair = (0, import_dist.isMap)(found) ? found.items.find((item) => keyText(item) === String(part)) : void 0;
		const item = (0, import_dist.isSeq)(found) ? itemOf(found, part) : void 0;
		if (pair === void 0 && item === void 0) break;
		place = {
			found: pair === void 0 ? item : pair.value,
			pair: pair ?? null,
			rest: path.slice(at + 1)
		};
	}
	return place;
}
const itemOf = (list, part) => typeof part === "number" ? list.items[part] : list.items.find((entry) => (0, import_dist.isMap)(entry) && entry.get("name") === part);
function setAt(text, found, pair, rest, value, edit) {
	const [key, ...below] = rest;
	if (key === void 0) return replaceValue(text, found, pair, writeYaml(value), edit);
	if (below.some((part) => typeof part === "number") || typeof key === "number") throw refuse(edit);
	const nested = below.reduceRight((inner, part) => ({ [part]: inner }), value);
	if ((0, import_dist.isMap)(found)) return insertPair(text, found, `${writeYaml(key)}: ${writeYaml(nested)}`, edit);
	if (!(found === null || (0, import_dist.isScalar)(found) && found.value === null) || pair === null) throw refuse(edit);
	return replaceValue(text, found, pair, writeYaml({ [key]: nested }), edit);
}
function replaceValue(text, found, pair, written, edit) {
	const [start, end] = rangeOf(found);
	if (start < end) return replace(found, written, edit);
	const key = rangeOf(pair?.key)[1];
	const colon = text.indexOf(":", key);
	if (pair === null || colon < 0 || text.slice(key, colon).trim() !== "") throw refuse(edit);
	return {
		start: colon + 1,
		end: colon + 1,
		text: ` ${written}`
	};
}
function replace(node, written, edit) {
	const [start, end] = rangeOf(node);
	const block = (0, import_dist.isScalar)(node) && (node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL");
	const open = ((0, import_dist.isMap)(node) || (0, import_dist.isSeq)(node)) && node.flow !== true;
	if (block || open || start >= end) throw refuse(edit);
	return {
		start,
		end,
		text: written
	};
}
function insertPair(text, map, written, edit) {
	const last = map.items.at(-1);
	if (map.flow === true) return insertFlow(text, map, last === void 0 ? null : endOf(last), written, "{ ", " }");
	const first = map.items[0];
	if (first === void 0 || last === void 0) throw refuse(edit);
	return insertLine(text, rangeOf(first.key)[0], endOf(last), written);
}
function appendTo(text, list, written, edit) {
	const last = list.items.at(-1);
	if (list.flow === true) return insertFlow(text, list, last === void 0 ? null : endOf(last), written.join(", "), "[", "]");
	if (last === void 0) throw refuse(edit);
	const dash = rangeOf(list)[0];
	if (text[dash] !== "-") throw refuse(edit);
	const [first = "", ...others] = written.map((item) => `- ${item}`);
	const splice = insertLine(text, dash, endOf(last), first);
	const lead = splice.text.slice(0, splice.text.indexOf("-"));
	const line = lead.startsWith("\n") || lead.startsWith("\r") ? lead : `${newlineOf(text)}${lead}`;
	const tail = others.map((item) => `${line}${item}`).join("");
	const body = splice.text.slice(0, splice.text.length - (splice.text.endsWith("\n") ? newlineOf(text).length : 0));
	return {
		...splice,
		text: `${body}${tail}${splice.text.slice(body.length)}`
	};
}
function insertFlow(text, node, end, written, open, close) {
	if (end !== null) return {
		start: end,
		end,
		text: `, ${written}`
	};
	const [from, to] = rangeOf(node);
	if (text.slice(from + 1, to - 1).trim() !== "") return {
		start: from + 1,
		end: from + 1,
		text: ` ${written}`
	};
	return {
		start: from,
		end: to,
		text: `${open}${written}${close}`
	};
}
/** Puts a line below the line on which something ends, as far in as something else begins. */
function insertLine(text, begin, end, written) {
	const indent = " ".repeat(begin - (text.lastIndexOf("\n", begin - 1) + 1));
	if (end > 0 && text[end - 1] === "\n") return {
		start: end,
		end,
		text: `${indent}${written}${newlineOf(text)}`
	};
	const at = end + (/\r?\n|$/.exec(text.slice(end))?.index ?? 0);
	return {
		start: at,
		end: at,
		text: `${newlineOf(text)}${indent}${written}`
	};
}
const newlineOf = (text) => /\r\n/.test(text) ? "\r\n" : "\n";
/** Where the last thing that was written of a node ends. */
function endOf(node) {
	if ((0, import_dist.isMap)(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
	if ((0, import_dist.isSeq)(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
	if ((0, import_dist.isNode)(node)) return rangeOf(node)[1];
	const { key, value } = node;
	const [start, end] = rangeOf(value);
	return start < end ? endOf(value) : rangeOf(key)[1] + 1;
}
function rangeOf(node) {
	const range = (0, import_dist.isNode)(node) ? node.range : null;
	return range ? [range[0], range[1]] : [0, 0];
}
/** Both readers of this project have to see exactly the change that was asked for. */
function isWanted(before, after, edit) {
	try {
		const options = {
			schema: CORE_SCHEMA,
			maxAliases: 0
		};
		const wanted = applyEdit(load(before, options), edit);
		const document = (0, import_dist.parseDocument)(after, { schema: "core" });
		return document.errors.length === 0 && sameValue(load(after, options), wanted) && sameValue(document.toJS(), wanted);
	} catch {
		return false;
	}
}
function applyEdit(value, edit, at = 0) {
	const part = edit.path[at];
	if (part === void 0) {
		if (edit.kind === "set") return edit.value;
		return edit.kind === "append" ? [...value ?? [], ...edit.values] : value;
	}
	if (Array.isArray(value)) {
		const index = typeof part === "number" ? part : value.findIndex((item) => item?.name === part);
		return value.map((item, each) => each === index ? applyEdit(item, edit, at + 1) : item);
	}
	const entries = Object.entries(value ?? {});
	if (edit.kind === "rename" && at === edit.path.length - 1) return Object.fromEntries(entries.map(([key, item]) => [key === part ? edit.to : key, item]));
	const all = entries.some(([key]) => key === String(part)) ? entries : [...entries, [String(part), void 0]];
	return Object.fromEntries(all.map(([key, item]) => [key, key === String(part) ? applyEdit(item, edit, at + 1) : item]));
}
function refuse(edit) {
	const place = edit.path.join(".");
	return new InputError("YAML_EDIT", `${place} stands in a form that is not changed by a machine`, { hint: `Change ${place} by hand; a plain value on one line can be changed here.` });
}

// core/dataset/acceptance.ts
const edits = (says, ...changes) => ({
	kind: "edits",
	edits: changes,
	says
});
const refused = (because, fix) => ({
	kind: "refused",
	because,
	fix
});
/** Where the rule of a finding stands: its own entry in `rules`, else the column. */
function placeOf({ rule, column }) {
	return rule === void 0 ? ["columns", column ?? ""] : ["rules", rule];
}

// core/dataset/accept-cells.ts
/** As many as a contract may list; far fewer are a list that somebody reads. */
const mostValues = 200;
/** Empty cells: allowed from now on. */
const acceptNulls = (finding, facts) => facts.tolerate ? acceptRows(finding, facts) : edits("cells may be empty", {
	kind: "set",
	path: [...placeOf(finding), "nullable"],
	value: true
});
/** Values outside: the limits move to the smallest and largest value that was seen. */
const acceptRange = (finding, facts) => {
	if (facts.tolerate) return acceptRows(finding, facts);
	const found = findColumn(finding, facts);
	if ("kind" in found) return found;
	const { column, profile } = found;
	const limits = limitsOf(finding, facts, column, "range");
	const sides = ["min", "max"].flatMap((side) => {
		const seen = toLimit(profile.type, profile[side]);
		const before = limits[side];
		if (before === void 0 || seen === null || !isOutside(side, seen, before)) return [];
		return [{
			kind: "set",
			path: [...placeOf(finding), side],
			value: seen
		}];
	});
	return sides.length === 0 ? refused("the values that are outside are not known here", byHand(finding)) : edits("the limits hold what was seen", ...sides);
};
const acceptLength = (finding, facts) => {
	if (facts.tolerate) return acceptRows(finding, facts);
	const found = findColumn(finding, facts);
	if ("kind" in found) return found;
	const { lengths } = found.profile;
	const limits = limitsOf(finding, facts, found.column, "length");
	const below = finding.rule === void 0 ? ["length"] : [];
	const sides = ["min", "max"].flatMap((side) => {
		const before = limits[side];
		if (lengths === null || typeof before !== "number" || !isOutside(side, lengths[side], before)) return [];
		return [{
			kind: "set",
			path: [
				...placeOf(finding),
				...below,
				side
			],
			value: lengths[side]
		}];
	});
	return sides.length === 0 ? refused("the lengths that are outside are not known here", byHand(finding)) : edits("the lengths hold what was seen", ...sides);
};
/** Values that are not listed: listed from now on, in the order of the data's values. */
const acceptAllowed = (finding, facts) => {
	if (facts.tolerate) return acceptRows(finding, facts);
	const found = findColumn(finding, facts);
	if ("kind" in found) return found;
	const { profile, column } = found;
	if (profile.distribution.kind !== "values") return refused("there are too many different values to list them", byHand(finding));
	const rule = facts.contract.rules.find(({ name }) => name === finding.rule);
	const listed = rule?.rule === "allowed" ? rule.values : column.allowed ?? [];
	const known = new Set(listed.map((value) => toValueText(profile.type, value) ?? value));
	const news = profile.distribution.values.map(([value]) => value).filter((value) => !known.has(value));
	if (news.length === 0) return refused("every value that is known here is listed", byHand(finding));
	if (news.length > mostValues || news.some((value) => value.length > 200)) return refused(`${writeCount(news.length)} new values are no list for people`, byHand(finding));
	const key = rule === void 0 ? "allowed" : "values";
	const values = news.map((value) => toListed$1(profile.type, value));
	return edits(`${news.length === 1 ? "one more value is" : `${news.length} more values are`} allowed`, {
		kind: "append",
		path: [...placeOf(finding), key],
		values
	});
};
const acceptPattern = (finding, facts) => facts.tolerate ? acceptRows(finding, facts) : refused("a pattern that holds for more is a person's decision", `${byHand(finding)} Or let so many rows break it: --tolerate.`);
const acceptUnique = (finding, facts) => {
	if (facts.tolerate) return acceptRows(finding, facts);
	if (finding.rule !== void 0) return refused("a key that repeats is no key", `${byHand(finding)} Or let so many rows repeat it: --tolerate.`);
	return edits("values may repeat", {
		kind: "set",
		path: [...placeOf(finding), "unique"],
		value: false
	});
};
/** As many rows as break the rule now may break it: for rules that count rows. */
const acceptRows = (finding) => {
	const { count } = finding;
	if (count === void 0 || !Number.isSafeInteger(count) || count < 0) return refused("how many rows break it is not known here", byHand(finding));
	const path = [...placeOf(finding), "tolerance"];
	const what = finding.rule === void 0 ? `each rule of the column "${finding.column}"` : "it";
	return edits(`${writeRows(count)} may break ${what}`, {
		kind: "set",
		path,
		value: { count }
	});
};
/** The column of a finding with its numbers; a private one has none that could be written into a file. */
function findColumn(finding, { contract, profile }) {
	const column = contract.columns.find(({ name }) => name === finding.column);
	if (column === void 0) return refused(`the contract has no column "${finding.column}"`, byHand(finding));
	if (column.privacy !== "none") return refused(`the column is ${column.privacy}: no machine writes its values into a file`, `${byHand(finding)} Or let so many rows break it: --tolerate.`);
	const found = profile?.columns.find(({ name }) => name === column.name);
	if (found === void 0) return refused("its values are not known here", "Run it where the data is.");
	return {
		column,
		profile: found
	};
}
const byHand = (finding) => `Change ${placeOf(finding).join(".")} of the contract by hand, if the data is right.`;
function limitsOf({ rule }, { contract }, column, kind) {
	const named = contract.rules.find(({ name }) => name === rule);
	if (named !== void 0) return named.rule === kind ? named.limits : {};
	if (kind === "length") return column.length ?? {};
	return {
		...column.min === void 0 ? {} : { min: column.min },
		...column.max === void 0 ? {} : { max: column.max }
	};
}
/** A limit as a contract has it; of a time its day, which holds all of the day on both sides. */
function toLimit(type, value) {
	if (value === null) return null;
	if (type === "timestamp") return value.slice(0, 10);
	const number = Number(value);
	return (type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number)) && type !== "text" && type !== "boolean" ? number : null;
}
function isOutside(side, seen, limit) {
	if (typeof seen === "number" && typeof limit === "number") return side === "min" ? seen < limit : seen > limit;
	const [a, b] = [seen, limit].map((time) => toValueText("timestamp", String(time)));
	if (a === null || b === null || a === void 0 || b === void 0) return false;
	return side === "min" ? compareValues("timestamp", a, b) < 0 : compareValues("timestamp", a, b) > 0;
}
function toListed$1(type, value) {
	const number = Number(value);
	return type === "integer" && Number.isSafeInteger(number) || type === "number" && String(number) === value ? number : value;
}

// core/dataset/accept-statistics.ts
/** Digits of a limit that is written down; rounded away from what is allowed already. */
const digits = 4;
/** A number of a whole column: its limit moves to what was measured, rounded outward. */
const acceptStatistic = (finding, facts) => {
	const rule = facts.contract.rules.find(({ name }) => name === finding.rule);
	if (rule === void 0 || !("limits" in rule)) return refused("it has no limits", byHand(finding));
	const found = findColumn(finding, facts);
	if ("kind" in found) return found;
	const value = measuredOf(rule, found.profile);
	if (value === null || !Number.isFinite(value)) return refused("its value is not known here", byHand(finding));
	return moveLimit(finding, rule.limits, value, rule.rule === "distinct");
};
/** A share of rows that may be so large: empty cells, repeated rows. */
const acceptShare = (finding) => {
	const { count, total } = finding;
	const share = count !== void 0 && total !== void 0 && total > 0 ? count / total : NaN;
	const max = share > 0 ? roundUp$1(share) : share;
	if (!(max >= 0 && max < 1)) return refused("the share is not known here, or it is all of them", byHand(finding));
	return edits("so large a share is right", {
		kind: "set",
		path: [...placeOf(finding), "max"],
		value: max
	});
};
/** Empty cells of a rule on them: counted in the profile. */
const acceptMissingRate = (finding, facts) => {
	const profile = facts.profile?.columns.find(({ name }) => name === finding.column);
	const rows = facts.profile?.rows;
	const counted = profile === void 0 || rows === void 0 ? {} : {
		count: profile.nulls,
		total: rows
	};
	return acceptShare({
		...finding,
		...counted
	}, facts);
};
/** Drift of a column: its limit moves above what was measured. */
const acceptDrift = (finding, { drift, contract }) => {
	const result = drift?.columns.find(({ column, result: is }) => column === finding.column && is === "drift");
	if (result === void 0 || result.effect === null || !Number.isFinite(result.effect)) return refused("how far it moved is not known here", byHand(finding));
	if ("by" in result && result.by === "model") return refused("the limit is that of the model, not of the contract", "Raise drift-limits in model.yml, with the approval that asks for.");
	const { column, test, effect } = result;
	const set = contract.drift.columns[column]?.test;
	const limit = roundUp$1(effect);
	return edits(`${test} up to ${limit} is no drift of "${column}"`, {
		kind: "set",
		path: [
			"drift",
			"columns",
			column,
			"limit"
		],
		value: limit
	}, ...set === void 0 ? [{
		kind: "set",
		path: [
			"drift",
			"columns",
			column,
			"test"
		],
		value: test
	}] : []);
};
function measuredOf(rule, profile) {
	switch (rule.rule) {
		case "mean": return meanOf(profile);
		case "standard-deviation": return sdOf(profile);
		case "quantile": return quantileOf(profile, rule.at)?.value ?? null;
		case "distinct": return profile.distinct;
		case "class-ratio": return shareOf(profile, rule.value);
		default: return null;
	}
}
function moveLimit(finding, { min, max }, value, whole) {
	const side = typeof max === "number" && value > max ? "max" : typeof min === "number" && value < min ? "min" : null;
	if (side === null) return refused("its value is allowed already", "Run the check again.");
	const limit = whole ? value : roundOutward(value, side);
	return edits("the limit holds what was measured", {
		kind: "set",
		path: [...placeOf(finding), side],
		value: limit
	});
}
function roundOutward(value, side) {
	if (value === 0) return 0;
	const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
	const rounded = Number(((side === "max" ? Math.ceil : Math.floor)(value / step) * step).toPrecision(12));
	return Number.isFinite(rounded) && (side === "max" ? rounded >= value : rounded <= value) ? rounded : value;
}

// core/dataset/accept-structure.ts
/** A column that is gone: called by its new name where it was renamed, else no longer required. */
const acceptMissing = (finding, facts) => {
	const { contract, headers } = facts;
	const name = finding.column ?? "";
	const names = contract.columns.map((column) => column.name);
	if (headers.includes(name)) return refused(`some files have a column "${name}" and some have none`, "Write the files again with one header.");
	const strangers = headers.filter((header) => !names.includes(header));
	const only = names.filter((each) => !headers.includes(each)).length === 1 && strangers.length === 1 ? strangers[0] : null;
	const renamed = findSimilar(name, strangers) ?? only ?? null;
	if (renamed === null) return edits(`the column "${name}" may be missing`, {
		kind: "set",
		path: [
			"columns",
			name,
			"required"
		],
		value: false
	});
	return rename$1(name, renamed, facts);
};
/** A column that the contract does not know: described as it was found. */
const acceptUnknown = (finding, { inferred }) => {
	const column = inferred.get(finding.column ?? "");
	if (column === void 0) return refused("what its values are is not known here", "Run it where the data is, or add the column by hand.");
	const { name, type, fields } = column;
	return edits(`the column "${name}" is described as it was found: ${column.because.join("; ")}`, {
		kind: "append",
		path: ["columns"],
		values: [{
			name,
			type,
			...fields
		}]
	});
};
const acceptTableSize = ({ count }, { contract }) => {
	const { min, max } = contract.rows;
	if (count === void 0 || !Number.isSafeInteger(count)) return refused("the number of rows is not known here", "Change rows of the contract by hand.");
	if (count < min) return edits("so few rows are enough", {
		kind: "set",
		path: ["rows", "min"],
		value: count
	});
	if (max !== void 0 && count > max) return edits("so many rows are right", {
		kind: "set",
		path: ["rows", "max"],
		value: count
	});
	return refused("the number of rows is allowed already", "Run the check again.");
};
function rename$1(from, to, { contract }) {
	const spoken = contract.rules.filter((rule) => rule.rule === "expression" && rule.keep.includes(from));
	if (spoken.length > 0) return refused(`the condition of rule "${spoken[0]?.name}" speaks of "${from}"`, `Rename "${from}" to "${to}" by hand, in the column and in the condition.`);
	return edits(`the column "${from}" is called "${to}"`, ...contract.rules.flatMap((rule) => renameInRule(rule, from, to)), ...contract.drift.ignore.flatMap((name, at) => name === from ? [{
		kind: "set",
		path: [
			"drift",
			"ignore",
			at
		],
		value: to
	}] : []), ...Object.hasOwn(contract.drift.columns, from) ? [{
		kind: "rename",
		path: [
			"drift",
			"columns",
			from
		],
		to
	}] : [], {
		kind: "set",
		path: [
			"columns",
			from,
			"name"
		],
		value: to
	});
}
function renameInRule(rule, from, to) {
	const base = ["rules", rule.name];
	const single = (key, value) => value === from ? [{
		kind: "set",
		path: [...base, key],
		value: to
	}] : [];
	const listed = (key, names) => (names ?? []).flatMap((name, at) => name === from ? [{
		kind: "set",
		path: [
			...base,
			key,
			at
		],
		value: to
	}] : []);
	return [
		..."column" in rule ? single("column", rule.column) : [],
		..."label" in rule ? single("label", rule.label) : [],
		..."columns" in rule ? listed("columns", rule.columns) : [],
		..."features" in rule ? listed("features", rule.features) : []
	];
}
/** Another type is no wider rule but another meaning: a person says which. */
const askType = (finding) => refused("another type changes what every rule of the column means", `Set type of columns.${finding.column} by hand (text takes everything), or let so many rows break it: --tolerate.`);

// core/dataset/accept.ts
/** What may be accepted at all; everything else stays with people. */
const byCode = {
	"data/nulls": acceptNulls,
	"data/range": acceptRange,
	"data/length": acceptLength,
	"data/allowed": acceptAllowed,
	"data/pattern": acceptPattern,
	"data/type": (finding, facts) => facts.tolerate ? acceptRows(finding, facts) : askType(finding),
	"data/unique": acceptUnique,
	"data/rows": acceptTableSize,
	"data/column-missing": acceptMissing,
	"data/column-unknown": acceptUnknown,
	"data/missing": acceptMissingRate,
	"data/duplicates": acceptShare,
	"data/mean": acceptStatistic,
	"data/standard-deviation": acceptStatistic,
	"data/quantile": acceptStatistic,
	"data/distinct": acceptStatistic,
	"data/class-ratio": acceptStatistic,
	"data/expression": acceptRows,
	"data/label-conflicts": acceptRows,
	"data/overlap": acceptRows,
	"data/drift": acceptDrift
};
const governance = "Who may use data, for how long and on what ground is no property of the data: ask the owner of the dataset.";
const others = {
	"data/access": governance,
	"data/expired": governance,
	"data/leakage": "A feature that gives the label away stays out of the data: drop it, or name the features without it.",
	"data/freshness": "Fetch newer data, or change max-age-hours of the contract by hand."
};
/** True when a change of the contract can let such a finding pass. */
const isAcceptable = (code) => Object.hasOwn(byCode, code);
/**
* Turns a finding into the change of the contract that lets the data pass. Decides nothing: whoever owns the contract
* has to approve the change (configuration under judgement).
* @returns `refused` for governance, for what no rule can hold, and for values of private columns
*/
function acceptFinding(finding, facts) {
	const accept = isAcceptable(finding.code) ? byCode[finding.code] : void 0;
	if (accept !== void 0) return accept(finding, facts);
	return refused("no rule of a contract would let it pass", others[finding.code] ?? finding.fix);
}

// core/report/line-diff.ts
/** Lines around a change that are shown with it. */
const context = 1;
/** Beyond it the middle is shown as one change: nobody reads more, and comparing costs its square. */
const mostLines = 1e3;
/**
* Compares two texts line by line, as `diff -u` does without its head.
* @returns lines that begin with `-`, `+` or a space; `...` stands between changes that are far from each other
*/
function diffLines(before, after) {
	const [a, b] = [before.split(/\r?\n/), after.split(/\r?\n/)];
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
	let end = 0;
	while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
	const middle = compare$1(a.slice(start, a.length - end), b.slice(start, b.length - end));
	return shorten([
		...a.slice(0, start).map(keep),
		...middle,
		...a.slice(a.length - end).map(keep)
	]);
}
const keep = (line) => ` ${line}`;
/** Longest common subsequence: what is in it stays, the rest goes and comes. */
function compare$1(a, b) {
	if (a.length > mostLines || b.length > mostLines) return [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)];
	const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
	const at = (i, j) => lengths[i]?.[j] ?? 0;
	for (let i = a.length - 1; i >= 0; i -= 1) {
		const row = lengths[i];
		for (let j = b.length - 1; row !== void 0 && j >= 0; j -= 1) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	}
	const lines = [];
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) if (i < a.length && j < b.length && a[i] === b[j]) {
		lines.push(keep(a[i] ?? ""));
		i += 1;
		j += 1;
	} else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
		lines.push(`-${a[i]}`);
		i += 1;
	} else {
		lines.push(`+${b[j]}`);
		j += 1;
	}
	return lines;
}
/** Only the changes and what stands beside them. */
function shorten(lines) {
	const near = (at) => lines.slice(Math.max(0, at - context), at + context + 1).some((line) => !line.startsWith(" "));
	const shown = [];
	let left = false;
	for (const [at, line] of lines.entries()) {
		if (!near(at)) {
			left = true;
			continue;
		}
		if (left && shown.length > 0) shown.push("...");
		left = false;
		shown.push(line);
	}
	return shown;
}

// core/policy/contract-change.ts
/**
* The approvals that a pull request needs which changes nothing but one contract, by the same rules as every other one.
* @param isNew base does not know the dataset: governors approve, since nobody owns it there yet
*/
function approvalsForContract(policy, dataset, isNew) {
	const change = {
		kind: "request",
		model: null,
		proposal: false,
		newModel: false,
		datasets: [dataset],
		newDatasets: isNew ? [dataset] : [],
		moves: [],
		configuration: [contractPath(dataset)],
		contentPaths: [],
		contentDigest: ""
	};
	return requiredApprovals(change, policy, null);
}

// cli/commands/data/approval.ts
/**
* Says whose approval a changed contract needs: what the base branch says decides, not what the change says.
* @returns sentences; one that says why nobody knows, when there is no base or no policy on it
*/
async function describeApprovals(root, dataset) {
	const base = await findBase(root, void 0).catch((error) => {
		if (error instanceof GatehouseError) return null;
		throw error;
	});
	if (base === null) return ["Whose approval it needs is not known here: there is no default branch of origin in this clone."];
	const path = contractPath(dataset);
	const files = await readFiles(root, base.commit, "", (each) => each === ".github/gatehouse.yml" || each === path);
	const policyText = textOf(files.get(policyPath));
	if (policyText === null) return [`${base.ref} has no ${policyPath}: there Gatehouse asks for no approval yet.`];
	const policy = parsePolicy(policyText, policyPath);
	const before = textOf(files.get(path));
	const owner = before === null ? null : parseContract(before, path).owner;
	const lines = approvalsForContract(policy, dataset, before === null);
	if (lines.length === 0) return ["The policy asks for no approval."];
	return lines.map(({ role, count, because }) => {
		const people = role === "owner" ? owner : policy.roles[role] ?? null;
		return `Needs ${count} × ${role}${people === null ? "" : ` (${listPeople(people)})`}, by ${base.ref}: ${because.join("; ")}.`;
	});
}
const textOf = (bytes) => bytes === void 0 ? null : new TextDecoder().decode(bytes);
const listPeople = ({ users, teams }) => [...users, ...teams.map((team) => `team ${team}`)].join(", ");

// adapters/dataset/local-tables.ts
/**
* Tables of a working tree: what lies on disk is read where it lies, of any size and without a copy; only pointers
* whose data is not checked out ask the remote.
*/
var LocalTables = class extends Tables {
	#root;
	#local = /* @__PURE__ */ new Map();
	/** What whoever runs it should know: data that is not what its pointer says. */
	notes = [];
	/** @param root folder that paths are relative to */
	constructor(root, source) {
		super({
			...source,
			readBlob: (file) => readLocal(root, file.path)
		});
		this.#root = root;
	}
	/** What is read where it lies. */
	get localFiles() {
		return [...this.#local.values()].flat();
	}
	async readFacts(files) {
		const facts = [];
		const failures = [];
		for (const file of files) {
			const found = await this.#findLocal(file).catch((error) => acceptKnown(error) && null);
			if (found !== null) facts.push(found);
			else {
				const read = await super.readFacts([file]);
				facts.push(...read.facts);
				failures.push(read);
			}
		}
		return {
			facts,
			findings: failures.flatMap(({ findings }) => findings),
			evaluated: failures.every(({ evaluated }) => evaluated)
		};
	}
	async fetch(facts) {
		const tables = [];
		for (const fact of facts) {
			const found = this.#local.get(fact.listed.path) ?? await super.fetch([fact]);
			if ("findings" in found) return found;
			tables.push(...found);
		}
		return tables;
	}
	async #findLocal(listed) {
		const { path, blob } = listed;
		if (!path.endsWith(".dvc")) {
			const sizeBytes = await this.#accept(path, path);
			if (sizeBytes === null) return null;
			return {
				fact: {
					path,
					md5: null,
					blob,
					sizeBytes
				},
				dataPath: path,
				pointer: null,
				source: null,
				listed
			};
		}
		const text = Buffer.from(await readLocal(this.#root, path)).toString("utf8");
		const pointer = parsePointer(text, path);
		const sizeBytes = await this.#accept(path, pointer.path);
		if (sizeBytes === null) return null;
		const { md5 } = pointer;
		if (pointer.kind !== "folder" && (await hashFile(resolve(this.#root, pointer.path), "md5")).hex !== md5) this.notes.push(`${pointer.path} is not what ${path} names: the file on disk was checked. Run "dvc add ${pointer.path}" before you commit.`);
		return {
			fact: {
				path,
				md5,
				blob,
				sizeBytes
			},
			dataPath: pointer.path,
			pointer,
			source: pointer.imported,
			listed
		};
	}
	/** Takes a file, or every file of a folder, where it lies. @returns its size, null when it is not there */
	async #accept(key, path) {
		const local = resolve(this.#root, path);
		const facts = await lstat(local).catch(() => null);
		if (facts?.isFile()) {
			this.#local.set(key, [{
				path,
				local
			}]);
			return facts.size;
		}
		if (!facts?.isDirectory()) return null;
		const files = (await readdir(local, {
			recursive: true,
			withFileTypes: true
		})).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
		this.#local.set(key, files.sort(byCodePoint).map((file) => ({
			path: `${path}${file.slice(local.length)}`,
			local: file
		})));
		return 0;
	}
};
const byCodePoint = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
async function readLocal(root, path) {
	const facts = await lstat(resolve(root, path)).catch(() => null);
	if (facts?.isFile()) return readFile(resolve(root, path));
	throw new InputError("FILE_MISSING", `${path} ${facts === null ? "is not there" : "is a link or no file, which is not followed"}`, {
		hint: "Name a file that lies here.",
		where: { file: path }
	});
}

// adapters/dataset/local.ts
/** Checks the data of a working tree by one contract: governance, contract, drift against a reference that lies here. */
async function checkLocal(inputs) {
	const { text, path, root, model } = inputs;
	const contract = withReference(inputs);
	const positions = openLocator(text, path);
	const listing = new Map(inputs.paths.map((each) => [each, toListed(each)]));
	const { files, findings } = resolveFiles(contract, listing, positions);
	const tables = new LocalTables(root, {
		...inputs.place,
		workdir: inputs.workdir
	});
	const read = await tables.readFacts(files);
	const before = [
		...judgeGovernance(contract, inputs.known, model?.model ?? null, inputs.now.slice(0, 10), positions),
		...findings,
		...read.findings
	];
	const notes = referenceNotes(contract);
	if (!mayRead(before)) return {
		verdict: read.evaluated ? "data invalid" : "not evaluated",
		findings: before,
		observations: [],
		measurement: null,
		notes: [...notes, ...tables.notes],
		localFiles: []
	};
	const { onProgress } = inputs;
	const outcome = await measureDataset({
		contract,
		facts: read.facts,
		positions,
		engine: inputs.engine,
		tables,
		listing,
		now: inputs.now,
		governing: null,
		limits: model?.driftLimits?.[contract.dataset] ?? {},
		references: contract.drift.reference.kind === "champion" ? null : localReferences(root),
		...onProgress ? { onProgress } : {}
	});
	const all = [...before, ...outcome.findings];
	return {
		verdict: outcome.evaluated ? all.some(isFailure) ? "data invalid" : "pass" : "not evaluated",
		findings: all,
		observations: outcome.observations,
		measurement: outcome.measurement,
		notes: [...notes, ...tables.notes],
		localFiles: tables.localFiles
	};
}
function withReference({ contract, reference }) {
	return reference === null ? contract : {
		...contract,
		drift: {
			...contract.drift,
			reference
		}
	};
}
/** The data of the champion is known to the ledger and the store, which a laptop need not reach. */
function referenceNotes({ drift }) {
	if (drift.reference.kind !== "champion") return [];
	return ["Drift was not looked at: the data of the champion is compared on the pull request. Compare here with --reference FILE."];
}
/** Nothing is known of a file on disk but its path: nobody takes it for a commit's. */
const toListed = (path) => ({
	path,
	mode: "100644",
	blob: path
});
function localReferences(root) {
	return {
		trainedVersions: async () => [],
		get: async () => {
			throw new InputError("REFERENCE_MISSING", "there is no store on this machine", { hint: "Compare with a file: --reference FILE." });
		},
		readFile: (path) => readFile(resolve(root, path)).catch(() => null)
	};
}

// core/report/data-check.ts
/**
* A check for a terminal: the consequence first, each finding with its place and its line, then what was measured, also
* where nothing is wrong.
* @param text of the contract: its lines are shown under the findings that point at them
*/
function renderDataCheck(check, text) {
	const { dataset, findings, observations, drift, notes } = check;
	const shown = renderFindings(sortFindings(findings).map((finding) => withLine(finding, check, text))).trimEnd();
	const rest = [
		...exampleSections(dataset, findings).flatMap(({ blocks }) => blocks),
		...drift === null ? [] : driftBlocks(dataset, drift),
		...observationBlocks(observations),
		...notes.map((note) => paragraph({ prose: note })),
		...acceptHint(check)
	];
	return [
		renderText([paragraph({ strong: headline(check) })]),
		...shown === "" ? [] : [shown],
		...rest.length === 0 ? [] : [renderText(rest, { width: 100 })]
	].join("\n\n");
}
function headline({ dataset, contractPath, verdict, rows, files, findings }) {
	const broken = findings.filter(isFailure).length;
	const advice = findings.filter(({ severity }) => severity === "warn").length;
	const size = rows === null ? "" : ` (${counted(rows, "row")} in ${counted(files, "file")})`;
	const said = {
		pass: `keeps ${contractPath}`,
		"data invalid": `may not be used: ${counted(broken, "finding")} by ${contractPath}`,
		"not evaluated": `could not be held against ${contractPath}. This says nothing about the data`
	}[verdict];
	const warnings = advice === 0 ? "" : `, ${counted(advice, "warning")}`;
	return `${verdictWords[verdict]}: ${dataset}${size} ${said}${warnings}`;
}
/** The line that a finding points at, with a mark under it, as compilers show it. */
function withLine(finding, { contractPath }, text) {
	const { where, excerpt, found, examples = [] } = finding;
	const shown = [...new Set(examples)].slice(0, 3).map((example) => `"${example}"`);
	const told = found === void 0 || shown.length === 0 ? finding : {
		...finding,
		found: `${found}, for example ${shown.join(", ")}`
	};
	if (where?.line === void 0 || where.file !== contractPath || excerpt !== void 0) return told;
	const line = text.split(/\r?\n/)[where.line - 1] ?? "";
	return line.trim() === "" ? told : {
		...told,
		excerpt: line.slice(0, 200)
	};
}
/** How to go on when the data is right and the contract is not. */
function acceptHint({ findings, dataset }) {
	if (findings.some(({ code }) => code === "data/empty" || code === "data/unreadable")) return [];
	const first = findings.find(({ code, severity }) => severity !== "note" && isAcceptable(code));
	if (first === void 0) return [];
	const column = first.column === void 0 ? "" : ` --column ${JSON.stringify(first.column)}`;
	const command = `gatehouse data accept ${first.code}${column} --dataset ${dataset}`;
	return [paragraph({ prose: `If the data is right and the contract is not: ${command}` })];
}

// cli/commands/data/repository.ts
/** Reads the clone that a folder lies in. A folder outside of any clone is a repository without files. */
async function readDataRepository(cwd) {
	const wanted = (path) => datasetOfFile(path) !== null || modelOfFile(path) !== null || path === ".github/gatehouse.yml";
	try {
		return await readWorkTree(cwd, wanted);
	} catch (error) {
		if (!(error instanceof InputError) || error.code !== "GIT_NO_WORK_TREE") throw error;
		return {
			root: cwd,
			paths: [],
			texts: /* @__PURE__ */ new Map()
		};
	}
}
/**
* Finds contracts by the name of the dataset or the path of the file; all of the repository when none is named.
* @throws InputError CONTRACT_MISSING with what was probably meant, CONFIG_INVALID
*/
async function findContracts(repository, cwd, named) {
	const { texts } = repository;
	const known = [...texts.keys()].filter((path) => datasetOfFile(path) !== null);
	if (named === void 0) {
		if (known.length === 0) throw unknownContract("datasets/*.yml", known);
		return known.map((path) => parse$1(path, texts.get(path) ?? "", resolve(repository.root, path)));
	}
	const path = contractPath(named);
	const inClone = texts.get(path);
	if (inClone !== void 0) return [parse$1(path, inClone, resolve(repository.root, path))];
	const text = await readFile(resolve(cwd, named), "utf8").catch(() => null);
	if (text === null) throw unknownContract(named, known);
	const inside = relative(repository.root, resolve(cwd, named));
	return [parse$1(inside.startsWith("..") ? named : inside.replaceAll("\\", "/"), text, resolve(cwd, named))];
}
const parse$1 = (path, text, local) => ({
	contract: parseContract(text, path),
	path,
	text,
	local
});
/** Every contract of the repository that can be read: constraints are inherited from them. */
function knownContracts({ texts }) {
	const found = /* @__PURE__ */ new Map();
	for (const [path, text] of texts) {
		const name = datasetOfFile(path);
		if (name === null) continue;
		try {
			found.set(name, parseContract(text, path));
		} catch (error) {
			if (!(error instanceof GatehouseError)) throw error;
		}
	}
	return found;
}
/** @throws InputError MODEL_UNKNOWN, CONFIG_INVALID */
function findModel({ texts }, name) {
	if (name === void 0) return null;
	const text = texts.get(modelPath(name));
	if (text !== void 0) return parseModelConfig(text, modelPath(name), name);
	const known = [...texts.keys()].flatMap((path) => modelOfFile(path) ?? []);
	const near = suggest(name, known);
	throw new InputError("MODEL_UNKNOWN", `there is no model "${name}" here`, { hint: near === null ? `Known: ${known.join(", ") || "none"}.` : `Did you mean "${near}"?` });
}
/** Where data lies that is not checked out. Without a policy nothing is fetched from anywhere. */
function dataPlace({ texts }) {
	const text = texts.get(policyPath);
	if (text === void 0) return {
		dataUrl: "",
		network: {
			hosts: [],
			privateHosts: []
		},
		openRemote: () => nowhere
	};
	const policy = parsePolicy(text, policyPath);
	return {
		dataUrl: policy.data,
		network: networkOf(policy)
	};
}
const notHere = (source) => new InputError("DATA_NOWHERE", `the data of ${source} is not checked out, and no policy says where it lies`, {
	hint: `Check it out ("dvc pull"), or set data in ${policyPath}.`,
	where: { file: source }
});
const nowhere = {
	fetch: async (_pointer, source) => {
		throw notHere(source);
	},
	fetchFolder: async (_pointer, source) => {
		throw notHere(source);
	},
	push: async (path) => {
		throw notHere(path);
	}
};
function unknownContract(named, known) {
	const names = known.flatMap((path) => datasetOfFile(path) ?? []);
	const near = suggest(named, [...names, ...known]);
	const list = names.length === 0 ? "There is none yet: gatehouse data infer FILE --name NAME writes a first one." : `Known: ${names.join(", ")}.`;
	return new InputError("CONTRACT_MISSING", `there is no contract "${named}"`, { hint: near === null ? list : `Did you mean "${near}"?` });
}

// cli/commands/data/check.ts
/** `gatehouse data check`: the checks of the pull request, on this machine. */
const checkDataCommand = (open) => (program, context) => {
	program.command("check").description("Checks data by its contract: governance, every rule, drift; prints what was measured").argument("[dataset]", "name or path of a contract; all of the repository when none is named").option("--data <files...>", "check these files instead of those that the contract names").option("--model <name>", "may this model train on it, and does it keep the limits of the model?").option("--reference <file>", "compare with this table, or with a profile (.json)").option("--examples <number>", "example rows for each finding, 0 to 20", wholeNumber(0, 20)).option("--json", "print JSON").action((dataset, options) => context.run(async () => {
		const checked = await checkData(context, open, dataset, options);
		const shown = checked.map(({ read, result }) => ({
			read,
			check: toDataCheck(read, result)
		}));
		context.print(options.json === true ? JSON.stringify(checked.map(toJson), null, 2) : shown.map(({ read, check }) => renderDataCheck(check, read.text)).join("\n\n"));
		return exitCodeOf(checked.map(({ result }) => result.verdict));
	}));
};
/** Checks the contracts that are named, one after the other, with one engine. */
async function checkData(context, open, dataset, options) {
	const repository = await readDataRepository(context.cwd);
	const contracts = await findContracts(repository, context.cwd, dataset);
	return withEngine(context, open, async (engine, workdir) => {
		const checked = [];
		for (const read of contracts) {
			const result = await checkOne(context, repository, read, options, engine, `${workdir}/${checked.length}`);
			checked.push({
				read,
				result
			});
		}
		return checked;
	});
}
async function checkOne(context, repository, { contract, path, text }, options, engine, workdir) {
	const place = (file) => findNamed(repository.root, context.cwd, file);
	const data = options.data === void 0 ? void 0 : await Promise.all(options.data.map(place));
	const reference = options.reference === void 0 ? null : toReference(await place(options.reference));
	const examples = options.examples ?? contract.examples;
	return checkLocal({
		root: repository.root,
		contract: {
			...contract,
			examples,
			...data === void 0 ? {} : { files: data }
		},
		path,
		text,
		engine,
		workdir,
		reference,
		known: knownContracts(repository),
		paths: [.../* @__PURE__ */ new Set([
			...repository.paths,
			...data ?? [],
			...reference === null ? [] : [reference.path]
		])],
		model: findModel(repository, options.model),
		place: dataPlace(repository),
		now: context.now(),
		...progressOf(context, contract.dataset)
	});
}
const toReference = (path) => ({
	kind: path.endsWith(".json") ? "profile" : "file",
	path
});
function toDataCheck({ contract, path }, result) {
	const { measurement, verdict, findings, observations, notes } = result;
	return {
		dataset: contract.dataset,
		contractPath: path,
		verdict,
		findings,
		observations,
		notes,
		rows: measurement?.measured.rows ?? null,
		files: measurement?.measured.files.length ?? 0,
		drift: measurement?.drift ?? null
	};
}
/** Everything but values of private columns: those do not leave the machine, not even into a file of its owner. */
function toJson({ read, result }) {
	const measured = result.measurement?.measured ?? null;
	const profile = measured?.profile ?? null;
	return {
		...toDataCheck(read, result),
		headers: headersOf(measured),
		profile: profile === null ? null : toPublicProfile(profile, privacyIn(read.contract))
	};
}
/** What `accept` acts on, without the way over a file. */
function toSaved({ read, result }) {
	const { measurement, findings, localFiles } = result;
	const measured = measurement?.measured ?? null;
	return {
		dataset: read.contract.dataset,
		findings,
		headers: headersOf(measured),
		profile: measured?.profile ?? null,
		drift: measurement?.drift ?? null,
		files: localFiles
	};
}
const headersOf = (measured) => [...new Set(measured?.files.flatMap(({ columns }) => columns) ?? [])];
/** The worst one decides: what was not evaluated is no pass. */
function exitCodeOf(verdicts) {
	if (verdicts.includes("data invalid")) return 1;
	return verdicts.includes("not evaluated") || verdicts.length === 0 ? 3 : 0;
}

// cli/commands/data/report-file.ts
const finding = looseObject({
	code: string(),
	severity: _enum([
		"fail",
		"warn",
		"note"
	]),
	message: string(),
	fix: string(),
	column: string().optional(),
	rule: string().optional(),
	count: number().optional(),
	total: number().optional()
});
const drifted = looseObject({
	column: string(),
	test: string(),
	result: string(),
	effect: number().nullable()
});
const saved = array(looseObject({
	dataset: string(),
	findings: array(finding),
	headers: array(string()),
	profile: unknown(),
	drift: looseObject({ columns: array(drifted) }).nullable()
}));
/** Reads what `gatehouse data check --json` wrote. @throws InputError REPORT_INVALID, PROFILE_INVALID */
async function readSavedChecks(cwd, path) {
	const text = await readFile(resolve(cwd, path), "utf8").catch((cause) => {
		throw invalid(path, "it cannot be read", cause);
	});
	const read = saved.safeParse(parse(text, path));
	if (!read.success) throw invalid(path, read.error.issues[0]?.message ?? "it has another form");
	return read.data.map(({ dataset, findings, headers, profile, drift }) => ({
		dataset,
		findings,
		headers,
		profile: profile === null || profile === void 0 ? null : toProfile(profile, path),
		drift,
		files: []
	}));
}
function parse(text, path) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw invalid(path, "it is not JSON", cause);
	}
}
const invalid = (path, why, cause) => new InputError("REPORT_INVALID", `${path} is not what "gatehouse data check --json" writes: ${why}`, {
	hint: "Write it again: gatehouse data check --json > report.json",
	cause
});

// cli/commands/data/accept.ts
/** `gatehouse data accept`: the data is right, so the contract changes; who owns it approves. */
const acceptDataCommand = (open) => (program, context) => {
	program.command("accept").description("Changes the contract so that a finding is none, one line and no byte more; says who must approve").argument("<finding>", "code of a finding (data/range) or name of a rule").option("--column <name>", "only the finding of this column").option("--dataset <dataset>", "name or path of the contract; needed when there are several").option("--from <file>", "what \"gatehouse data check --json\" wrote; else the check runs now").option("--data <files...>", "check these files instead of those that the contract names").option("--reference <file>", "compare with this table, or with a profile (.json)").option("--tolerate", "let as many rows break the rule as do now, instead of changing the rule").option("--dry-run", "show the change and write nothing").action((named, options) => context.run(async () => {
		await accept(context, open, named, options);
		return 0;
	}));
};
async function accept(context, open, named, options) {
	const repository = await readDataRepository(context.cwd);
	const dataset = options.dataset ?? await datasetOf(context, options);
	const read = onlyOne(await findContracts(repository, context.cwd, dataset));
	const saved = await findSaved(context, open, read, options);
	const finding = findFinding(saved.findings, named, options.column);
	const inferred = await inferUnknown(context, open, finding, saved, options);
	const { profile, headers, drift } = saved;
	const facts = {
		contract: read.contract,
		profile,
		headers,
		drift,
		inferred,
		tolerate: options.tolerate === true
	};
	const answer = acceptFinding(finding, facts);
	if (answer.kind === "refused") throw new InputError("NOT_ACCEPTED", `${finding.code} cannot be accepted: ${answer.because}`, { hint: answer.fix });
	const text = answer.edits.reduce(editYaml, read.text);
	parseContract(text, read.path);
	if (options.dryRun !== true) await writeFile(read.local, text);
	const done = options.dryRun === true ? "would change" : "is changed";
	const approvals = await describeApprovals(repository.root, read.contract.dataset);
	context.print(renderText([
		paragraph({ strong: `${read.path} ${done}: ` }, { prose: answer.says }),
		{
			kind: "fence",
			language: "diff",
			lines: diffLines(read.text, text)
		},
		...approvals.map((line) => paragraph({ prose: line }))
	]));
}
/** A file with one dataset says which; with several of them somebody has to. */
async function datasetOf(context, { from }) {
	const [only, second] = from === void 0 ? [] : await readSavedChecks(context.cwd, from);
	return second === void 0 ? only?.dataset : void 0;
}
async function findSaved(context, open, { contract, path }, options) {
	if (options.from === void 0) {
		const [checked] = await checkData(context, open, options.dataset ?? contract.dataset, options);
		if (checked !== void 0) return toSaved(checked);
	} else {
		const found = (await readSavedChecks(context.cwd, options.from)).find(({ dataset }) => dataset === contract.dataset);
		if (found !== void 0) return found;
	}
	throw new InputError("FINDING_UNKNOWN", `nothing was found about the dataset of ${path}`, { hint: "Check it first: gatehouse data check" });
}
function findFinding(findings, named, column) {
	const code = named.includes("/") ? named : `data/${named}`;
	const fitting = findings.filter((finding) => (finding.code === code || finding.rule === named) && (column === void 0 || finding.column === column));
	const [only, second] = fitting;
	if (only !== void 0 && second === void 0) return only;
	const list = (only === void 0 ? findings : fitting).filter((each) => isAcceptable(each.code)).map(({ code: each, column: of, rule }) => `${each}${of === void 0 ? "" : ` --column "${of}"`}${rule === void 0 ? "" : ` (rule ${rule})`}`);
	if (only !== void 0) throw new InputError("FINDING_AMBIGUOUS", `${fitting.length} findings are called "${named}"`, { hint: `Say which: ${list.join("; ")}.` });
	throw new InputError("FINDING_UNKNOWN", `the check found no "${named}"${column === void 0 ? "" : ` of column "${column}"`}`, { hint: list.length === 0 ? "Nothing was found that could be accepted." : `Found: ${list.join("; ")}.` });
}
/** A column that the contract does not know was not measured by it: it is looked at now. */
async function inferUnknown(context, open, finding, { files }, options) {
	if (finding.code !== "data/column-unknown" || files.length === 0) return /* @__PURE__ */ new Map();
	const data = options.data === void 0 ? files : toDataFiles(context.cwd, options.data);
	const profile = await withEngine(context, open, (engine) => profileFiles(engine, data));
	return new Map(profile.columns.map((column) => [column.name, inferColumn(column, profile.rows)]));
}
function onlyOne(contracts) {
	const [only, second] = contracts;
	if (only !== void 0 && second === void 0) return only;
	throw new InputError("DATASET_AMBIGUOUS", `there are ${contracts.length} contracts here`, { hint: `Say which: --dataset ${contracts.map(({ contract }) => contract.dataset).join(" or ")}.` });
}

// core/drift/calibrate.ts
/** A limit below it would be about nothing, however quiet the history. */
const leastLimit = .01;
/**
* Proposes a limit for every column from the dataset's own history: the smallest that this history exceeds no more
* often than asked, with the rate of false alarms that follows from it.
*
* Of n effects the k-th largest is exceeded by the next one with probability k / (n + 1), whatever their distribution:
* so a rate of 5 % takes 19 pairs.
*/
function calibrate(inputs) {
	const { history, target, rules } = inputs;
	const pairs = history.slice(1).map((current, at) => {
		return {
			current,
			reference: (inputs.against === "first" ? history[0] : history[at]) ?? current
		};
	});
	const last = pairs.at(-1);
	if (last === void 0) return {
		pairs: 0,
		target,
		columns: []
	};
	const today = fixTests(comparePair(last, rules, inputs.limits), rules, inputs.limits);
	const now = pairs.map((pair) => comparePair(pair, withLimits(rules, today), {}));
	const proposed = today.map((column) => ({
		...column,
		limit: chooseLimit(resultsOf(now, column), target)
	}));
	const then = pairs.map((pair) => comparePair(pair, withLimits(rules, proposed), {}));
	const columns = proposed.map((column, at) => {
		return toCalibration(column, (today[at] ?? column).limit ?? 0, resultsOf(now, column), resultsOf(then, column), target);
	});
	return {
		pairs: pairs.length,
		target,
		columns
	};
}
const comparePair = ({ current, reference }, rules, limits) => compareProfiles(current, reference, rules, {
	reference: "history",
	...limits === void 0 ? {} : { limits }
});
/** The chosen test and limit of every column. A limit of the model goes before the contract's. */
function fixTests(report, rules, limits = {}) {
	const tests = /* @__PURE__ */ new Map();
	for (const { column, test, limit, result, because } of report.columns) {
		const { bins } = ruleOf(limits, column) ?? ruleOf(rules.columns, column) ?? {};
		tests.set(column, {
			column,
			test,
			limit,
			...bins === void 0 ? {} : { bins },
			because: result === "not compared" ? because : null
		});
	}
	return [...tests.values()];
}
function withLimits(rules, tests) {
	const columns = tests.filter(({ because }) => because === null).map(({ column, test, bins, limit }) => [column, {
		test,
		...bins === void 0 ? {} : { bins },
		...limit === null ? {} : { limit }
	}]);
	return {
		...rules,
		columns: Object.fromEntries(columns)
	};
}
const resultsOf = (reports, { column }) => reports.flatMap(({ columns }) => columns.filter((result) => result.column === column && wasCompared(result)));
const wasCompared = ({ result }) => result === "drift" || result === "no drift";
const pairsNeededFor = (target) => Math.ceil(1 / target) - 1;
function chooseLimit(results, target) {
	if (results.length < Math.max(1, pairsNeededFor(target))) return null;
	const effects = results.map(({ effect }) => effect ?? 0).sort((left, right) => right - left);
	const rank = Math.max(1, Math.floor(target * (effects.length + 1)));
	return Math.max(leastLimit, roundUp(effects[rank - 1] ?? 0));
}
function toCalibration({ column, test, bins, limit, because }, limitToday, now, then, target) {
	const frame = {
		column,
		test,
		...bins === void 0 ? {} : { bins }
	};
	const today = {
		limit: limitToday,
		alarms: rateOf(now)
	};
	if (because !== null) return {
		...frame,
		today,
		result: "not compared",
		because
	};
	const alarms = rateOf(then);
	return limit === null || alarms === null ? {
		...frame,
		today,
		result: "not enough history",
		pairs: now.length,
		pairsNeeded: pairsNeededFor(target)
	} : {
		...frame,
		today,
		result: "proposed",
		limit,
		alarms
	};
}
/** Counted with the decision itself: the effect above the limit and the corrected p-value below alpha. */
function rateOf(compared) {
	if (compared.length === 0) return null;
	const pairs = compared.length;
	const alarms = compared.filter(({ result }) => result === "drift").length;
	return {
		alarms,
		pairs,
		rate: alarms / pairs,
		interval: computeWilsonInterval(alarms, pairs)
	};
}
/** Two digits, never below the effect: a limit that a person can read and that the effect does not exceed. */
function roundUp(effect) {
	if (effect === 0) return 0;
	const unit = 10 ** (Math.floor(Math.log10(effect)) - 1);
	const rounded = Number((Math.ceil(effect / unit) * unit).toPrecision(2));
	return rounded >= effect ? rounded : Number((rounded + unit).toPrecision(2));
}

// core/report/calibration-table.ts
/** Proposed limits with the rate of false alarms that each implies; what has not enough history says how much it needs. */
function calibrationBlocks(dataset, { pairs, target, columns }) {
	return [paragraph({ strong: "Limits for" }, " ", { code: dataset }, ` from ${counted(pairs, "comparison")} of its history, taken for data without drift. Asked for: false alarms in at most ${percent(target)} of comparisons.`), {
		kind: "table",
		head: [
			"Column",
			"Test",
			"Limit today",
			"False alarms today",
			"Proposed",
			"False alarms then",
			"Why"
		],
		align: [
			"l",
			"l",
			"r",
			"l",
			"r",
			"l",
			"l"
		],
		rows: columns.map(toRow$1)
	}];
}
function toRow$1(column) {
	const { today } = column;
	return [
		[{ code: column.column }],
		[column.test],
		[column.result === "not compared" ? "–" : String(today.limit)],
		[today.alarms === null ? "–" : describe(today.alarms)],
		[column.result === "proposed" ? String(column.limit) : "–"],
		[column.result === "proposed" ? describe(column.alarms) : "–"],
		[because(column)]
	];
}
function because(column) {
	switch (column.result) {
		case "proposed": return "proposed";
		case "not enough history": return `not enough history: ${column.pairs} of ${column.pairsNeeded} comparisons`;
		case "not compared": return `not compared: ${column.because}`;
	}
}
const describe = ({ alarms, pairs, rate, interval: [low, high] }) => `${percent(rate)} (${alarms} of ${pairs}; 95 %: ${percent(low)} to ${percent(high)})`;
const percent = (share) => `${Number((100 * share).toFixed(1))} %`;

// cli/commands/data/stored.ts
/**
* Reads the profiles of every version of a dataset that a model was trained on, oldest first, each once: from a proven
* ledger and the store of the policy.
* @throws InputError LEDGER_UNVERIFIED, POLICY_MISSING, STORE_ABSENT; ServiceError
*/
async function readStoredProfiles(context, { texts }, dataset, options, fetchAnchors) {
	const policyText = texts.get(policyPath);
	if (policyText === void 0) throw new InputError("POLICY_MISSING", `${policyPath} is not there: nobody knows where the store is`, { hint: "Give profiles that lie here: --history." });
	const proven = await readProvenLedger(context, options, fetchAnchors);
	requireVerified(proven);
	const used = [...proven.states.values()].flatMap(({ versions }) => [...versions.values()]).sort((a, b) => compare(a.record.registeredAt, b.record.registeredAt)).flatMap(({ record }) => record.lineage.datasets.filter((each) => each.dataset === dataset));
	const digests = new Set(used.flatMap(({ record }) => record === null ? [] : [record]));
	const policy = parsePolicy(policyText, policyPath);
	const store = await openStore(policy.store, networkOf(policy));
	const folder = await mkdtemp(join(tmpdir(), "gatehouse-records-"));
	try {
		const profiles = [];
		for (const digest of digests) {
			const text = await readFile(await store.get(digest, folder), "utf8");
			profiles.push(readRecordedProfile(text, `record of ${dataset}`).profile);
		}
		return profiles;
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
/** ISO instants of one form compare as text. */
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

// cli/commands/data/calibrate.ts
/** `gatehouse data calibrate`: limits of drift from the dataset's own history. */
const calibrateDataCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("calibrate").description("Proposes drift limits from a history of profiles, with the rate of false alarms that they imply").argument("<dataset>", "name or path of a contract").option("--history <profiles...>", "profiles in time order, oldest first (\"gatehouse data profile --out\")").option("--from-store", "profiles of everything that was trained on, from the ledger and the store").option("--model <name>", "with the limits of this model").option("--target <share>", "most false alarms a comparison", shareUpTo(.5), .05).option("--against <which>", "compare each with the previous one, or with the first one", "previous").option("--write", "write the limits into the contract");
	withLedgerOptions(command).action((dataset, options) => context.run(async () => {
		const repository = await readDataRepository(context.cwd);
		const [read] = await findContracts(repository, context.cwd, dataset);
		if (read === void 0) throw new TypeError("a named contract is found or refused");
		const name = read.contract.dataset;
		if (options.history === void 0 === (options.fromStore !== true)) throw noHistory();
		const history = options.history === void 0 ? await readStoredProfiles(context, repository, name, options, fetchAnchors) : await readHistory(context.cwd, options.history);
		const isPrivate = privacyIn(read.contract);
		const result = calibrate({
			history: history.map((profile) => toPublicProfile(profile, isPrivate)),
			rules: read.contract.drift,
			limits: findModel(repository, options.model)?.driftLimits?.[name] ?? {},
			target: options.target,
			against: toAgainst(options.against)
		});
		context.print(options.json === true ? JSON.stringify(result, null, 2) : renderText(calibrationBlocks(name, result), { width: 100 }));
		if (options.write === true) await write(context, repository.root, read, result);
		return 0;
	}));
};
const noHistory = () => new InputError("HISTORY_MISSING", "it is not said which history to learn from", { hint: "Give either --history PROFILE... or --from-store." });
async function readHistory(cwd, paths) {
	const profiles = [];
	for (const path of paths) {
		const text = await readFile(resolve(cwd, path), "utf8").catch((cause) => {
			throw new InputError("FILE_MISSING", `${path} cannot be read`, {
				hint: "Name profiles that \"gatehouse data profile --out\" wrote.",
				cause
			});
		});
		profiles.push(parseProfile(text, path));
	}
	return profiles;
}
function toAgainst(text) {
	if (text === "previous" || text === "first") return text;
	throw new InputError("AGAINST_UNKNOWN", `nothing is compared with "${text}"`, { hint: "Use --against previous or --against first." });
}
async function write(context, root, { contract, path, text, local }, { columns }) {
	const edited = columns.flatMap((column) => {
		if (column.result !== "proposed") return [];
		const at = [
			"drift",
			"columns",
			column.column
		];
		return [{
			kind: "set",
			path: [...at, "limit"],
			value: column.limit
		}, {
			kind: "set",
			path: [...at, "test"],
			value: column.test
		}];
	}).reduce(editYaml, text);
	parseContract(edited, path);
	await writeFile(local, edited);
	const approvals = edited === text ? [] : await describeApprovals(root, contract.dataset);
	context.complain(renderText([
		paragraph({ strong: edited === text ? `${path} stays as it is.` : `${path} is changed:` }),
		...edited === text ? [] : [{
			kind: "fence",
			language: "diff",
			lines: diffLines(text, edited)
		}],
		...approvals.map((line) => paragraph({ prose: line }))
	]));
}

// core/report/profile-diff.ts
/** Digits of a mean: enough to see a change, and what does not change reads the same. */
const shownDigits$1 = 5;
/**
* Two profiles column by column, old beside new: columns of the new one, then those that are gone.
* @param renames new name to old name
*/
function profileDiffTable(before, after, renames) {
	const old = new Map(before.columns.map((column) => [column.name, column]));
	const pairs = after.columns.map((column) => [old.get(renames.get(column.name) ?? column.name), column]);
	const paired = new Set(pairs.map(([column]) => column?.name));
	const gone = before.columns.filter(({ name }) => !paired.has(name)).map((column) => [column, void 0]);
	return {
		kind: "table",
		head: [
			"Column",
			"Type",
			"Empty",
			"Different",
			"Smallest",
			"Largest",
			"Mean",
			"Standard deviation"
		],
		align: [
			"l",
			"l",
			"r",
			"r",
			"l",
			"l",
			"r",
			"r"
		],
		rows: [...pairs, ...gone].map(([from, to]) => toRow(from, to, before.rows, after.rows))
	};
}
function toRow(from, to, rowsBefore, rowsAfter) {
	const name = to?.name ?? from?.name ?? "";
	const renamed = from !== void 0 && to !== void 0 && from.name !== to.name ? ` (was ${from.name})` : "";
	const state = from === void 0 ? " (new)" : to === void 0 ? " (gone)" : renamed;
	const both = (read) => [change(from && read(from, rowsBefore), to && read(to, rowsAfter))];
	return [
		[{ code: name }, state],
		both(({ type }) => type),
		both(({ nulls }, rows) => nulls === 0 ? "0" : writeShare(nulls, rows)),
		both(({ distinct }) => distinct === null ? "–" : grouped(distinct)),
		both(({ min }) => min ?? "–"),
		both(({ max }) => max ?? "–"),
		both((column) => short$1(meanOf(column))),
		both((column) => short$1(sdOf(column)))
	];
}
/** What stayed is said once. */
function change(from, to) {
	if (from === void 0 || to === void 0 || from === to) return to ?? from ?? "–";
	return `${from} → ${to}`;
}
const short$1 = (value) => value === null ? "–" : String(Number(value.toPrecision(shownDigits$1)));

// core/report/profile-table.ts
/** Values shown of one column. */
const topValues = 5;
const shownDigits = 6;
/**
* A profile for people: columns with their cells, then numbers, then the commonest values.
* @param hidden columns of which nothing is shown but the number of empty cells
*/
function profileBlocks({ rows, columns }, hidden) {
	const open = columns.filter(({ name }) => !hidden.has(name));
	const numbers = open.filter(({ moments }) => moments !== null);
	const valued = open.filter(({ distribution }) => distribution.kind === "values");
	return [
		paragraph({ strong: `${counted(rows, "row")}, ${counted(columns.length, "column")}` }),
		{
			kind: "table",
			head: [
				"Column",
				"Type",
				"Empty",
				"Different",
				"Smallest",
				"Largest"
			],
			align: [
				"l",
				"l",
				"r",
				"r",
				"l",
				"l"
			],
			rows: columns.map((column) => columnRow(column, rows, hidden.has(column.name)))
		},
		...numbers.length === 0 ? [] : [{
			kind: "table",
			head: [
				"Column",
				"Mean",
				"Standard deviation",
				"1 %",
				"25 %",
				"Median",
				"75 %",
				"99 %"
			],
			align: [
				"l",
				"r",
				"r",
				"r",
				"r",
				"r",
				"r",
				"r"
			],
			rows: numbers.map(numberRow)
		}],
		...valued.length === 0 ? [] : [{
			kind: "table",
			head: ["Column", "Commonest values"],
			rows: valued.map((column) => [[{ code: column.name }], [commonest(column)]])
		}],
		...numbers.some(({ distribution }) => distribution.kind === "buckets") ? [paragraph("~ is an estimate: the column has too many different values to keep each.")] : []
	];
}
function columnRow(column, rows, isHidden) {
	const { name, type, nulls, unreadable, distinct, min, max } = column;
	const empty = nulls === 0 ? "0" : `${grouped(nulls)} (${writeShare(nulls, rows)})`;
	const bad = unreadable === 0 ? "" : `, ${grouped(unreadable)} unreadable`;
	if (isHidden) return [
		[{ code: name }],
		[type],
		[`${empty}${bad}`],
		["hidden"],
		["hidden"],
		["hidden"]
	];
	return [
		[{ code: name }],
		[type],
		[`${empty}${bad}`],
		[distinct === null ? "many" : grouped(distinct)],
		[min ?? "–"],
		[max ?? "–"]
	];
}
function numberRow(column) {
	const quantiles = [
		.01,
		.25,
		.5,
		.75,
		.99
	].map((at) => {
		const answer = quantileOf(column, at);
		return [answer === null ? "–" : `${answer.exact ? "" : "~"}${short(answer.value)}`];
	});
	return [
		[{ code: column.name }],
		[short(meanOf(column))],
		[short(sdOf(column))],
		...quantiles
	];
}
const short = (value) => value === null ? "–" : String(Number(value.toPrecision(shownDigits)));
function commonest({ distribution }) {
	if (distribution.kind !== "values") return "–";
	const total = countReadable(distribution) ?? 0;
	const sorted = [...distribution.values].sort(([, a], [, b]) => b - a).slice(0, topValues);
	const left = distribution.values.length - sorted.length;
	return `${sorted.map(([value, count]) => `${value.slice(0, 40)} (${writeShare(count, total)})`).join(", ")}${left > 0 ? ` and ${grouped(left)} more` : ""}`;
}

// cli/commands/data/profile.ts
/** `gatehouse data profile`: what is in a table. */
const profileDataCommand = (open) => (program, context) => {
	program.command("profile").description("Says what is in a table: types, empty cells, numbers, commonest values").argument("<files...>", "tables that are read as one").option("--contract <dataset>", "types and privacy from this contract; else types are found and privacy is guessed").option("--out <file>", "write the profile as canonical JSON: later data is compared with it").option("--force", "write over a file that is there").option("--json", "print the profile as JSON").action((files, options) => context.run(async () => {
		const contract = await readContract(context.cwd, options.contract);
		const types = contract === null ? "find" : new Map(contract.columns.map(({ name, type }) => [name, type]));
		const { onProgress } = progressOf(context, "profile");
		const whole = await withEngine(context, open, (engine) => profileFiles(engine, toDataFiles(context.cwd, files), types, onProgress));
		const privacyOf = contract === null ? guessPrivacyIn(whole) : privacyIn(contract);
		const profile = toPublicProfile(whole, privacyOf);
		const json = renderProfile(profile);
		if (options.out !== void 0) await writeNew(resolve(context.cwd, options.out), json, options.force === true);
		const hidden = profile.columns.map(({ name }) => name).filter((name) => privacyOf(name) !== "none");
		const guessed = contract === null && hidden.length > 0 ? [guessNote(hidden)] : [];
		context.print(options.json === true ? json.trimEnd() : renderText([...profileBlocks(profile, new Set(hidden)), ...guessed.map((note) => paragraph({ prose: note }))], { width: 100 }));
		return 0;
	}));
};
async function readContract(cwd, named) {
	if (named === void 0) return null;
	const [read] = await findContracts(await readDataRepository(cwd), cwd, named);
	return read?.contract ?? null;
}
/** Without a contract nobody has said what is private: names and values decide, and rather too often than too seldom. */
function guessPrivacyIn({ columns }) {
	const guessed = new Map(columns.map((column) => [column.name, guessColumnPrivacy(column)?.privacy ?? "none"]));
	return (column) => guessed.get(column) ?? "secret";
}
const guessNote = (hidden) => `Hidden because of their names or values: ${hidden.join(", ")}. A contract says which columns are private: --contract.`;

// cli/commands/data/side.ts
const atRef = /^([^:]+):(datasets\/[^:/]+\.yml)$/;
/**
* Reads what a person named: a profile (.json), a dataset of a commit (`main:datasets/flights.yml`), or a table.
* @throws InputError PROFILE_INVALID, GIT_NO_REF, DATASET_UNREADABLE, DATA_UNREADABLE
*/
async function readSide(named, source) {
	const { cwd, engine, contract } = source;
	if (named.endsWith(".json")) {
		const text = await readFile(resolve(cwd, named), "utf8").catch((cause) => {
			throw new InputError("FILE_MISSING", `${named} cannot be read`, {
				hint: "Name a file that lies here.",
				cause
			});
		});
		return {
			profile: hide(parseProfile(text, named), contract),
			contract
		};
	}
	const [, ref, path] = atRef.exec(named) ?? [];
	if (ref !== void 0 && path !== void 0) return readCommitted(ref, path, source);
	const types = contract === null ? "find" : typesOf(contract);
	const profile = await profileFiles(engine, [{
		path: named,
		local: resolve(cwd, named)
	}], types);
	return {
		profile: hide(profile, contract),
		contract
	};
}
async function readCommitted(ref, path, source) {
	const { root } = source.repository;
	const bytes = (await readFiles(root, ref, path)).get(path);
	if (bytes === void 0) throw new InputError("CONTRACT_MISSING", `${ref} has no ${path}`, { hint: `Look: git ls-tree ${ref} datasets/` });
	const text = new TextDecoder().decode(bytes);
	const contract = parseContract(text, path);
	const files = await fetchCommitted(ref, contract, text, path, source);
	return {
		profile: hide(await profileFiles(source.engine, files, typesOf(contract)), contract),
		contract
	};
}
/** The data of a commit: files from git itself, pointers from the remote of the policy. */
async function fetchCommitted(ref, contract, text, path, { repository, workdir }) {
	const { root } = repository;
	const listing = await readTree(root, ref);
	const { files, findings } = resolveFiles(contract, listing, openLocator(text, path));
	const folder = join(workdir, ref.replace(/[^A-Za-z0-9]/g, "-"));
	await mkdir(folder, { recursive: true });
	const tables = new Tables({
		...dataPlace(repository),
		workdir: folder,
		readBlob: async (file) => (await readFiles(root, ref, file.path)).get(file.path) ?? /* @__PURE__ */ new Uint8Array()
	});
	const read = await tables.readFacts(files);
	const fetched = await tables.fetch(read.facts);
	const wrong = [
		...findings,
		...read.findings,
		..."findings" in fetched ? fetched.findings : []
	];
	if (wrong.length === 0 && !("findings" in fetched)) return fetched;
	throw new InputError("DATASET_UNREADABLE", `the data of ${contract.dataset} at ${ref} cannot be had`, {
		hint: wrong[0]?.fix ?? "Fetch the commit and its data.",
		findings: wrong
	});
}
const typesOf = ({ columns }) => new Map(columns.map(({ name, type }) => [name, type]));
const hide = (profile, contract) => toPublicProfile(profile, contract === null ? guessPrivacyIn(profile) : privacyIn(contract));

// cli/commands/data/diff.ts
/** `gatehouse data diff`: what changed from one version of a table to another one. */
const diffDataCommand = (open) => (program, context) => {
	program.command("diff").description("Compares two tables, profiles or committed datasets: shape, numbers, drift").argument("<old>", "a table, a profile (.json), or REF:datasets/NAME.yml").argument("<new>", "the same").option("--contract <dataset>", "types, privacy and drift limits from this contract").option("--min-rows <number>", "fewest rows of a comparison", wholeNumber(2, 1e9)).option("--json", "print JSON").action((old, now, options) => context.run(async () => {
		const repository = await readDataRepository(context.cwd);
		const [read] = options.contract === void 0 ? [] : await findContracts(repository, context.cwd, options.contract);
		const [before, after] = await withEngine(context, open, async (engine, workdir) => {
			const source = {
				cwd: context.cwd,
				repository,
				engine,
				workdir,
				contract: read?.contract ?? null
			};
			return [await readSide(old, source), await readSide(now, source)];
		});
		const rules = {
			...(read?.contract ?? after.contract ?? before.contract)?.drift ?? toDriftRules(void 0),
			...options.minRows === void 0 ? {} : { minRows: options.minRows }
		};
		const report = compareProfiles(after.profile, before.profile, rules, { reference: old });
		const renames = findRenames(after.profile, before.profile);
		context.print(options.json === true ? JSON.stringify({
			old,
			new: now,
			drift: report,
			before: before.profile,
			after: after.profile
		}, null, 2) : renderText([
			...driftBlocks(now, report),
			paragraph("Old and new:"),
			profileDiffTable(before.profile, after.profile, renames)
		], { width: 100 }));
		return 0;
	}));
};

// cli/commands/data/infer.ts
/** `gatehouse data infer`: a first contract from data. */
const inferDataCommand = (open) => (program, context) => {
	program.command("infer").description("Writes a first contract from data, with the reason of each rule as a comment").argument("<files...>", "tables that are read as one").requiredOption("--name <dataset>", "name of the dataset, for example flights").option("--out <file>", "where the contract goes (default: datasets/<dataset>.yml of the clone)").option("--force", "write over a contract that is there").option("--dry-run", "print it and write nothing").action((files, options) => context.run(async () => {
		const { root, paths } = await readDataRepository(context.cwd);
		const target = options.out === void 0 ? resolve(root, inferredPath(options.name)) : resolve(context.cwd, options.out);
		inferredPath(options.name);
		const { onProgress } = progressOf(context, options.name);
		const profile = await withEngine(context, open, (engine) => profileFiles(engine, toDataFiles(context.cwd, files), "find", onProgress));
		const named = files.map((file) => toRepositoryPath(root, context.cwd, file)).map((file) => paths.includes(`${file}.dvc`) ? `${file}.dvc` : file);
		const text = inferContract({
			dataset: options.name,
			files: named,
			profile
		});
		if (options.dryRun === true) {
			context.print(text.trimEnd());
			return 0;
		}
		await writeNew(target, text, options.force === true);
		context.print(`${toRepositoryPath(root, context.cwd, target)} is written. Fill in its seven empty fields, read every line, then: gatehouse data check ${options.name}`);
		return 0;
	}));
};

// cli/commands/data/production-like.ts
/** `gatehouse data production-like`: held-out rows spoiled as production spoils them, and the record of how. */
const productionLikeCommand = (program, context) => {
	program.command("production-like").description("Builds the production-like set of a model: held-out rows spoiled by its declared suite").argument("<model>", "name of the model").requiredOption("--features <file>", "held-out features as CSV").requiredOption("--out <folder>", "where the set and its record go").option("--json", "print the record as JSON").action((name, options) => context.run(async () => {
		const repository = await readDataRepository(context.cwd);
		const model = findModel(repository, name);
		const suite = model?.productionLike;
		if (model === null || suite === void 0) throw noSuite(name);
		const folder = resolve(context.cwd, options.out);
		await mkdir(folder, { recursive: true });
		const target = join(folder, basename(options.features));
		const recorded = suite.corruptions.flatMap((one) => one.kind === "recorded" ? [[one.file, resolve(repository.root, one.file)]] : []);
		const record = await buildProductionLikeSet({
			source: resolve(context.cwd, options.features),
			target,
			suite,
			key: model.heldOut.key,
			recorded: new Map(recorded)
		});
		await writeFile(join(folder, "record.json"), `${canonicalJson(record)}\n`, { flag: "wx" }).catch((cause) => {
			throw new InputError("PRODUCTION_LIKE_TARGET", `${join(options.out, "record.json")} cannot be written anew`, {
				hint: "Name an empty folder.",
				cause
			});
		});
		context.print(options.json === true ? JSON.stringify(record, null, 2) : renderText(recordBlocks(name, record, target)));
		return 0;
	}));
};
function recordBlocks(model, { rows, corruptions, result }, target) {
	return [
		paragraph({ strong: `Production-like set of ${model}` }, `: ${counted(rows, "row")} in `, { prose: target }),
		{
			kind: "table",
			head: [
				"Corruption",
				"Kind",
				"Rows",
				"Cells"
			],
			align: [
				"l",
				"l",
				"r",
				"r"
			],
			rows: corruptions.map((each) => [
				[each.name],
				[each.kind],
				[grouped(each.rows)],
				[grouped(each.cells)]
			])
		},
		paragraph("Digest: ", { code: result })
	];
}
const noSuite = (name) => new InputError("SUITE_MISSING", `the model ${name} declares no corruptions`, { hint: `Add production-like to models/${name}/model.yml: a seed and the corruptions.` });

// cli/commands/data.ts
/** `gatehouse data ...`: everything about data that needs no pull request. */
const dataCommand = (open, fetchAnchors) => (program, context) => {
	const data = program.command("data").description("Checks, describes and compares data on this machine");
	const commands = [
		checkDataCommand(open),
		profileDataCommand(open),
		inferDataCommand(open),
		acceptDataCommand(open),
		diffDataCommand(open),
		calibrateDataCommand(fetchAnchors),
		productionLikeCommand
	];
	for (const add of commands) add(data, context);
};

export { dataCommand };