import { r as InputError } from "./shared-error.js";
import { o as contractPath } from "./shared-layout.js";
import { k as openLocator } from "./shared-policy-resolution.js";
import { t as parseContract } from "./shared-contract-file.js";
import { t as readPolicy } from "./shared-read-proposal.js";
import { C as valueRules } from "./shared-moments.js";
import { i as toValueText, t as compareValues } from "./shared-value-text.js";
import { i as mergeAssociations } from "./shared-association-table.js";
import { n as mergeProfiles } from "./shared-merge.js";

// adapters/dataset/shard-dataset.ts
/**
* Reads what a sharded validation is about. No data is read yet.
* @throws InputError CONTRACT_MISSING, CONFIG_INVALID, POLICY_MISSING; ServiceError
*/
async function readShardedDataset(reader, plan) {
	const text = await readContract(reader, plan.dataset, plan.rulesAt);
	if (text === null) {
		const file = contractPath(plan.dataset);
		throw new InputError("CONTRACT_MISSING", `There is no contract for the dataset ${plan.dataset}`, {
			hint: `Merge ${file} first: a sharded validation takes contracts from the base branch alone.`,
			where: { file }
		});
	}
	return {
		policy: await readPolicy(reader, plan.rulesAt),
		text,
		known: await readAncestors(reader, text, plan.rulesAt),
		positions: openLocator(text.text, text.path),
		listing: await reader.tree(plan.dataAt),
		governing: plan.rulesAt === plan.dataAt ? null : await reader.tree(plan.rulesAt),
		readBlob: rememberBlobs(reader)
	};
}
async function readContract(reader, dataset, commit) {
	const path = contractPath(dataset);
	const bytes = await reader.file(path, commit);
	if (bytes === null) return null;
	const text = new TextDecoder().decode(bytes);
	return {
		contract: parseContract(text, path),
		path,
		text,
		from: "base"
	};
}
async function readAncestors(reader, first, commit) {
	const known = /* @__PURE__ */ new Map([[first.contract.dataset, first]]);
	const waiting = [first.contract];
	for (let contract = waiting.pop(); contract !== void 0; contract = waiting.pop()) for (const dataset of contract.derivedFrom.filter((name) => !known.has(name))) {
		const text = await readContract(reader, dataset, commit);
		if (text === null) continue;
		known.set(dataset, text);
		waiting.push(text.contract);
	}
	return known;
}
/** Pointers are read twice, by us and by the validation. */
function rememberBlobs(reader) {
	const pointers = /* @__PURE__ */ new Map();
	return async ({ path, blob }) => {
		const bytes = pointers.get(blob) ?? await reader.blob(blob);
		if (path.endsWith(".dvc")) pointers.set(blob, bytes);
		return bytes;
	};
}

// core/dataset/merge-tally.ts
/** Cells shown of one rule, as an engine shows them. */
const mostCells = 3;
/**
* The tally of several parts of a table as one pass would have it: numbers of rows are moved to the whole table.
* @param before rows before each part
* @param mostRows example rows of the plan
*/
function mergeTallies(tallies, before, mostRows) {
	const moved = tallies.map((tally, at) => moveTally(tally, before[at] ?? 0));
	return {
		count: tallies.reduce((sum, { count }) => sum + count, 0),
		firstRow: moved.find(({ firstRow }) => firstRow !== null)?.firstRow ?? null,
		examples: moved.flatMap(({ examples }) => examples).slice(0, mostCells),
		rows: moved.flatMap(({ rows }) => rows).slice(0, mostRows)
	};
}
/** The same tally in a table that has `before` rows in front. */
function moveTally(tally, before) {
	return {
		...tally,
		firstRow: tally.firstRow === null ? null : tally.firstRow + before,
		rows: tally.rows.map(({ row, cells }) => ({
			row: row + before,
			cells
		}))
	};
}
/**
* The smallest or largest of values that an engine wrote as text in its own spelling.
* @returns null where there is none, and when one of them is no value of the type: nobody knows its place
*/
function pickExtreme(type, texts, side) {
	const found = texts.flatMap((text) => text === null ? [] : [{
		text,
		value: toValueText(type, text)
	}]);
	const [first, ...rest] = found;
	if (first === void 0 || found.some(({ value }) => value === null)) return null;
	return rest.reduce((best, next) => {
		const order = compareValues(type, next.value ?? "", best.value ?? "");
		return (side === "smallest" ? order < 0 : order > 0) ? next : best;
	}, first).text;
}

// core/dataset/merge-measured.ts
/** Name of the question how many different values a column has; no rule can be called like it. */
const distinctName = (column) => `distinct:${column}`;
/**
* What one pass over a table would have measured, from measurements of its parts.
* @param parts consecutive parts of the table, in its order, each measured by the same plan
* @param keyed what rules that compare rows with all other rows came to; without an answer such a rule is `unmeasured`,
* never kept
*/
function mergeMeasured(plan, parts, keyed = /* @__PURE__ */ new Map()) {
	const files = parts.flatMap((part) => part.files);
	const problems = parts.flatMap((part) => part.problems);
	const before = addRows(parts);
	if (problems.length > 0 || before === null || parts.length === 0) return {
		files,
		problems,
		rows: null,
		columns: [],
		rules: [],
		profile: null
	};
	const [only] = parts;
	if (parts.length === 1 && only !== void 0) return only;
	const work = {
		plan,
		parts: keepCommon(plan, parts),
		before,
		keyed
	};
	return {
		files,
		problems,
		rows: parts.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
		columns: plan.columns.flatMap((check) => mergeColumn(check, work) ?? []),
		rules: plan.rules.map((rule) => mergeRule(rule, work)),
		profile: mergePartProfiles(work)
	};
}
/** Rows before each part; null when one was not measured. */
function addRows(parts) {
	const before = [];
	let rows = 0;
	for (const part of parts) {
		if (part.rows === null) return null;
		before.push(rows);
		rows += part.rows;
	}
	return before;
}
function mergeColumn(check, { plan, parts, before }) {
	const found = parts.flatMap(({ columns }) => columns.find(({ column }) => column === check.column) ?? []);
	const [first] = found;
	if (first === void 0 || found.length < parts.length) return null;
	const tallies = mapTallies(first.tallies, (_, rule) => mergeTallies(found.map((column) => column.tallies[rule]), before, plan.examples));
	const extreme = (side) => pickExtreme(check.type, found.map((column) => column[side]), side);
	return {
		column: check.column,
		tallies,
		smallest: extreme("smallest"),
		largest: extreme("largest")
	};
}
function mergeRule(rule, work) {
	const { name } = rule;
	const found = work.parts.map(({ rules }) => rules.find((measured) => measured.name === name));
	const missing = found.find((measured) => measured === void 0 || measured.kind === "unmeasured");
	if (missing?.kind === "unmeasured") return missing;
	if (found.includes(void 0)) return unmeasured(name, "a part of the data was measured without it");
	switch (rule.kind) {
		case "cells":
		case "expression":
		case "overlap": return addTallies(name, found, work);
		case "repeated":
		case "conflicts": {
			const answer = work.keyed.get(name);
			return answer === void 0 ? unmeasured(name, "rows of several files were not compared with each other") : {
				kind: "tally",
				name,
				tally: answer.tally
			};
		}
		case "association": return addAssociations(name, rule.label, found, work);
	}
}
function addTallies(name, found, { plan, before }) {
	const tallies = found.flatMap((measured) => measured?.kind === "tally" ? [measured.tally] : []);
	if (tallies.length < found.length) return unmeasured(name, "a part of the data holds another measure");
	return {
		kind: "tally",
		name,
		tally: mergeTallies(tallies, before, plan.examples)
	};
}
function addAssociations(name, label, found, { plan }) {
	const tables = found.flatMap((measured) => measured?.kind === "association" ? [measured] : []);
	if (tables.length < found.length) return unmeasured(name, "a part of the data holds another measure");
	const checkOf = (name) => plan.columns.find(({ column }) => column === name);
	if (checkOf(label)?.showValues !== true) return unmeasured(name, `values of the private column "${label}" of several files do not meet`);
	return mergeAssociations(name, tables, (column) => checkOf(column)?.type ?? "text");
}
const unmeasured = (name, because) => ({
	kind: "unmeasured",
	name,
	because
});
/** The profile of all parts; null when a part has none. */
function mergePartProfiles({ plan, parts, keyed }) {
	const profiles = parts.flatMap(({ profile }) => profile ?? []);
	if (profiles.length < parts.length) return null;
	const merged = mergeProfiles(profiles);
	const columns = merged.columns.map((column) => {
		const counted = plan.distinct.includes(column.name) ? keyed.get(distinctName(column.name)) : void 0;
		const hidden = column.distribution.kind === "hidden";
		return counted === void 0 || hidden ? column : {
			...column,
			distinct: counted.distinct
		};
	});
	return {
		...merged,
		columns
	};
}
/** The parts without columns that one of them lacks: one pass would not have looked into them. */
function keepCommon(plan, parts) {
	const rare = plan.columns.map(({ column }) => column).filter((name) => !parts.every(({ columns }) => columns.some(({ column }) => column === name)));
	if (rare.length === 0) return parts;
	const keepRows = (tally) => ({
		...tally,
		rows: tally.rows.map(({ row, cells }) => ({
			row,
			cells: cells.filter(([name]) => !rare.includes(name))
		}))
	});
	return parts.map((part) => ({
		...part,
		columns: part.columns.filter(({ column }) => !rare.includes(column)).map((column) => ({
			...column,
			tallies: mapTallies(column.tallies, keepRows)
		})),
		rules: part.rules.map((rule) => rule.kind === "tally" ? {
			...rule,
			tally: keepRows(rule.tally)
		} : rule),
		profile: part.profile && {
			...part.profile,
			columns: part.profile.columns.filter(({ name }) => !rare.includes(name))
		}
	}));
}
function mapTallies(tallies, change) {
	return Object.fromEntries(valueRules.map((rule) => [rule, change(tallies[rule], rule)]));
}

// core/dataset/key-question.ts
/**
* The rules of a plan that compare every row with all others, as questions to the second round.
* @returns none on personal and secret columns: also hashes of their values would tell who guesses well
*/
function listKeyQuestions(plan) {
	const shown = new Map(plan.columns.map(({ column, showValues }) => [column, showValues]));
	const isOpen = ({ columns, ...rest }) => [...columns, ..."label" in rest ? [rest.label] : []].every((column) => shown.get(column) === true);
	const rules = plan.rules.flatMap((rule) => {
		const { name } = rule;
		if (rule.kind === "repeated") return [{
			name,
			kind: "repeated",
			columns: rule.columns,
			nulls: rule.nulls
		}];
		if (rule.kind !== "conflicts") return [];
		return [{
			name,
			kind: "conflicts",
			columns: rule.features,
			label: rule.label
		}];
	});
	const distinct = plan.distinct.map((column) => ({
		name: distinctName(column),
		kind: "distinct",
		columns: [column]
	}));
	return [...rules, ...distinct].filter(isOpen);
}
/**
* True for a plan with a rule on personal or secret columns that compares rows with each other: parts of one file could not
* answer it, the whole file can.
*/
function needsWholeFiles(plan) {
	const hidden = new Set(plan.columns.filter(({ showValues }) => !showValues).map(({ column }) => column));
	return [...plan.rules.flatMap((rule) => {
		if (rule.kind === "repeated") return rule.columns;
		return rule.kind === "conflicts" || rule.kind === "association" ? [rule.label, ...rule.features] : [];
	}), ...plan.distinct].some((column) => hidden.has(column));
}

// core/dataset/shard-plan.ts
/** Every slice is fetched as a whole file: below 256 MiB cutting does not pay. */
const leastSliceBytes = 256 * 1024 ** 2;
/**
* Cuts files that are larger than a fair share of a machine.
* @param files in the order of the dataset; `isCuttable` for those whose records can be told apart
* @param most shards at most
* @param leastBytes of a slice
*/
function cutFiles(files, most, leastBytes = leastSliceBytes) {
	const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	const share = Math.max(leastBytes, total / most);
	return files.flatMap(({ path, sizeBytes, isCuttable }) => {
		const of = isCuttable ? Math.min(most, Math.ceil(sizeBytes / share)) : 1;
		if (!(of > 1)) return [{
			path,
			sizeBytes,
			slice: null
		}];
		return Array.from({ length: of }, (_, at) => ({
			number: at + 1,
			of
		})).map((slice) => ({
			path,
			sizeBytes: sizeBytes / of,
			slice
		}));
	});
}
/**
* Deals whole files out to shards of about equal size: the largest file first, always to the smallest shard.
* The same files give the same shards, so that every job finds its own without being told.
* @param files in the order of the dataset
* @param most shards at most, 1 to `mostShards`
* @returns as many shards as files at most, none empty; files of a shard in the order of the dataset
*/
function planShards(files, most) {
	const shards = Array.from({ length: Math.min(most, files.length) }, () => ({
		bytes: 0,
		at: []
	}));
	const largestFirst = files.map((file, at) => ({
		at,
		bytes: Number.isFinite(file.sizeBytes) ? file.sizeBytes : 0
	})).sort((a, b) => b.bytes - a.bytes || a.at - b.at);
	for (const { at, bytes } of largestFirst) {
		const smallest = shards.reduce((least, shard) => shard.bytes < least.bytes || shard.bytes === least.bytes && shard.at.length < least.at.length ? shard : least);
		smallest.bytes += bytes;
		smallest.at.push(at);
	}
	return shards.map((shard) => shard.at.sort((a, b) => a - b).map((at) => files[at]));
}

export { needsWholeFiles as a, listKeyQuestions as i, leastSliceBytes as n, mergeMeasured as o, planShards as r, readShardedDataset as s, cutFiles as t };