import { r as InputError } from "./shared-error.js";
import { r as digestOf } from "./shared-canonical.js";
import { a as scanTable, d as refuseHeader, m as KeyColumn, y as FaultTally } from "./shared-read-predicted.js";
import { n as refuseInput } from "./shared-refusal.js";
import { t as seedGenerator } from "./shared-mulberry32.js";

// core/statistics/sample-rows.ts
/**
* Draws row numbers without replacement, each set of that size as likely as any other.
* @param rows how many there are, numbered from 0
* @param take how many are drawn; all of them when there are no more
* @returns ascending; the same for the same seed
* @see Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S
*/
function sampleRows(rows, take, seed) {
	const size = Math.min(rows, take);
	const drawn = new Uint32Array(size);
	const next = seedGenerator(seed);
	let found = 0;
	for (let row = 0; found < size; row++) if (next() * (rows - row) < size - found) drawn[found++] = row;
	return drawn;
}

// core/behaviour/plan-cases.ts
/**
* Lays out the cases of a suite: which row has which key. Keys are whole numbers from 1, which commands read that take keys
* for numbers as well as those that take them for text.
* @param heldOutRows how many rows the held-out features have
* @throws InputError BEHAVIOUR_SAMPLE when a sample is larger than that
*/
function planCases(suite, heldOutRows) {
	let keys = 0;
	const planOne = (group, source, name, heldOutRow) => {
		const before = source.change.length > 0 ? String(++keys) : null;
		return {
			group,
			name,
			key: String(++keys),
			before,
			heldOutRow,
			source,
			expect: source.expect
		};
	};
	return suite.groups.flatMap(({ cases }, group) => cases.flatMap((source) => {
		if (source.input.kind === "row") return [planOne(group, source, source.name, null)];
		const rows = drawRows(suite, source.name, source.input.sample, heldOutRows);
		return Array.from(rows, (row, at) => planOne(group, source, `${source.name} #${at + 1}`, row));
	}));
}
/** Which rows are drawn depends on the seed and the name of the case alone: other cases may come and go. */
function drawRows(suite, name, sample, rows) {
	if (sample > rows) throw new InputError("BEHAVIOUR_SAMPLE", `The case "${name}" samples ${sample} held-out rows, and there are ${rows}`, { hint: `Write "sample: ${Math.max(1, rows)}" or less in behaviour.yml.` });
	const digest = digestOf({
		seed: suite.seed,
		case: name
	});
	return sampleRows(rows, sample, Number.parseInt(digest.slice(7, 15), 16));
}

// core/explanation/permuted-table.ts
/** Rows of the permuted set: columns times repeats times rows of the sample. */
const mostPermutedRows = 1e6;
/** Columns that are permuted at most. */
const mostPermutedColumns = 50;
/**
* Draws the held-out rows that importance is measured on: the same for every column, fewer than model.yml asks where the
* set would pass its limit.
* @param heldOutRows of the features
* @returns row numbers in the order of the features' file, ascending
*/
function permutedSample(config, heldOutRows) {
	const columns = config.columns?.length ?? 50;
	const room = Math.floor(mostPermutedRows / (columns * config.repeats));
	return sampleRows(heldOutRows, Math.min(config.rows, room), seedOf({
		seed: config.seed,
		drawn: "rows"
	}));
}
/**
* Lays out the permuted set.
* @param columns of the features, without the key
* @throws InputError EXPLAIN_COLUMN for a column of model.yml that the features do not have
*/
function planPermutation(config, heldOutRows, columns) {
	const missing = config.columns?.find((column) => !columns.includes(column));
	if (missing !== void 0) {
		const message = `"explain" of model.yml names the column "${missing}", which the held-out features do not have`;
		throw new InputError("EXPLAIN_COLUMN", message, { hint: "Correct the name in model.yml; the key is no feature." });
	}
	const chosen = config.columns ?? columns.slice(0, 50);
	const sample = permutedSample(config, heldOutRows);
	const { repeats } = config;
	return {
		columns: chosen,
		repeats,
		sample,
		rows: chosen.length * repeats * sample.length
	};
}
/**
* Keys of the permuted set in the order of its rows: whole numbers from 1, which commands read that take keys for numbers
* as well as those that take them for text.
*/
const permutedKeys = ({ rows }) => Array.from({ length: rows }, (_, at) => String(at + 1));
/**
* Makes the permuted set: for each column and repeat the sampled rows, with the cells of that column dealt out anew among
* them. What a model loses by that is what it had from the column.
* @param key name of the key column; keys are those of `permutedKeys`
* @throws InputError EXPLAIN_COLUMN
* @see Breiman, Random Forests, 2001, section 10
*/
function permutedTable(features, key, config) {
	const layout = planPermutation(config, features.keys.length, [...features.columns.keys()]);
	const tables = layout.columns.map((column) => shuffleColumn(features, key, column, config));
	const each = layout.repeats * layout.sample.length;
	return {
		columns: [key, ...features.columns.keys()],
		rows: layout.rows,
		rowAt: (at) => [String(at + 1), ...tables[Math.floor(at / each)].rowAt(at % each).slice(1)]
	};
}
/** The part of the set that one column has: all its repeats, keys from 1. */
function shuffleColumn(features, key, column, config) {
	const sample = permutedSample(config, features.keys.length);
	const columns = [...features.columns];
	const orders = Array.from({ length: config.repeats }, (_, repeat) => shuffle(sample, seedOf({
		seed: config.seed,
		column,
		repeat
	})));
	return {
		columns: [key, ...columns.map(([name]) => name)],
		rows: sample.length * config.repeats,
		rowAt(at) {
			const place = at % sample.length;
			const order = orders[Math.floor(at / sample.length)];
			return [String(at + 1), ...columns.map(([name, cells]) => cells[(name === column ? order : sample)[place]])];
		}
	};
}
/** Another column, another repeat, other draws: hashed, since neighbouring seeds give neighbouring numbers. */
const seedOf = (from) => Number.parseInt(digestOf(from).slice(7, 15), 16);
/** @see Fisher and Yates; Durstenfeld, Algorithm 235 */
function shuffle(rows, seed) {
	const next = seedGenerator(seed);
	const order = Uint32Array.from(rows);
	for (let at = order.length - 1; at > 0; at--) {
		const other = Math.floor(next() * (at + 1));
		const row = order[at];
		order[at] = order[other];
		order[other] = row;
	}
	return order;
}

// core/evaluation/feature-table.ts
const fix = "The owner of the held-out set publishes one row with a key of its own for each held-out row.";
const keyFaults = {
	empty: {
		code: "features/key",
		message: "have no key",
		fix
	},
	doubled: {
		code: "features/key-doubled",
		message: "repeat a key",
		fix
	}
};
/**
* Reads columns of the held-out features, CSV or JSON Lines.
* @param source path, as shown
* @param key name of the key column, which is never one of the columns
* @param wanted names, or all; one that is not there is left out
* @throws InputError FEATURES_INVALID
*/
function readFeatureTable(content, source, key, wanted) {
	const faults = new FaultTally(source);
	const file = {
		source,
		code: "FEATURES_INVALID",
		header: `${key},...`,
		faults
	};
	const keys = new KeyColumn(faults, keyFaults);
	const columns = /* @__PURE__ */ new Map();
	const all = [];
	const rows = scanTable(content, file, (names) => {
		const keyAt = names.indexOf(key);
		if (keyAt < 0) throw refuseHeader(file, `has no column "${key}"`);
		all.push(...names.filter((_, at) => at !== keyAt));
		const taken = names.flatMap((name, at) => {
			if (at === keyAt || wanted !== "all" && !wanted.includes(name)) return [];
			const cells = [];
			columns.set(name, cells);
			return [{
				at,
				cells
			}];
		});
		return (cells, row) => {
			keys.add(cells[keyAt], row);
			for (const { at, cells: into } of taken) into.push(showValue(cells[at]));
		};
	});
	keys.checkDoubled();
	const [first, ...rest] = faults.toFindings(rows);
	if (first) throw refuseInput("FEATURES_INVALID", [first, ...rest]);
	return {
		names: all,
		keys: keys.keys,
		columns
	};
}
/** JSON has values that are no texts: a missing one is null. */
function showValue(cell) {
	if (typeof cell === "string") return cell;
	if (cell === null || cell === void 0) return "";
	return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

export { planCases as a, planPermutation as i, permutedKeys as n, permutedTable as r, readFeatureTable as t };