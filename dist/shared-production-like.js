import { r as InputError } from "./shared-error.js";
import { r as digestOf } from "./shared-canonical.js";
import { t as seedGenerator } from "./shared-mulberry32.js";
import { n as writeRecord, t as CsvReader } from "./shared-csv-reader.js";
import { createReadStream } from "node:fs";
import { TextDecoder } from "node:util";
import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";

// core/production-like/format.ts
const dateForm = /^(\d{4})-(\d{2})-(\d{2})([T ].+)?$/;
const numberForm = /^([-+]?)(\d+)(\.\d+)?$/;
const instantForm = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z?)?$/;
/**
* Writes a cell in another format, as another source would.
* @returns the cell as it is when it is not of the kind that the format is for
*/
function reformat(cell, as) {
	switch (as) {
		case "day-first": return cell.replace(dateForm, "$3.$2.$1$4");
		case "month-first": return cell.replace(dateForm, "$2/$3/$1$4");
		case "compact": return cell.replace(dateForm, "$1$2$3$4");
		case "unix-seconds": return toUnixSeconds(cell);
		case "decimal-comma": return numberForm.test(cell) ? cell.replace(".", ",") : cell;
		case "thousands": return cell.replace(numberForm, (_, sign, whole, rest = "") => `${sign}${group(whole)}${rest}`);
		case "upper": return cell.toUpperCase();
		case "lower": return cell.toLowerCase();
		case "spaces": return cell === "" ? cell : ` ${cell} `;
	}
}
const group = (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",");
/** Without an offset it is UTC: the machine's own time zone must not come in. */
function toUnixSeconds(cell) {
	if (!instantForm.test(cell)) return cell;
	const time = cell.length === 10 ? `${cell}T00:00:00Z` : cell.replace(" ", "T").replace(/Z?$/, "Z");
	const milliseconds = Date.parse(time);
	return Number.isNaN(milliseconds) ? cell : String(Math.floor(milliseconds / 1e3));
}
/** A number times a factor, with at most 12 digits: binary dust is no unit. What is no number stays as it is. */
function rescale(cell, factor) {
	if (cell.trim() === "") return cell;
	const value = Number(cell) * factor;
	return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : cell;
}
/** The first characters (Unicode code points) of a cell. */
function truncate(cell, characters) {
	return cell.length <= characters ? cell : [...cell].slice(0, characters).join("");
}

// core/production-like/corrupt.ts
/**
* Holds a suite against the header of the held-out features.
* @param key the key column: it joins rows with labels and predictions, so no corruption may touch it
* @param recorded tables by the path that the suite names
* @throws InputError PRODUCTION_LIKE_COLUMN, PRODUCTION_LIKE_KEY, PRODUCTION_LIKE_RECORDED
*/
function planCorruptions(suite, header, key, recorded) {
	return {
		steps: suite.corruptions.map((corruption) => {
			const { name, columns } = corruption;
			if (columns.includes(key)) throw new InputError("PRODUCTION_LIKE_KEY", `The corruption "${name}" touches the key column "${key}"`, { hint: "Take it out: the key joins rows with labels, and every row must be found again." });
			return {
				corruption,
				seed: mix(suite.seed ^ hashText(name)),
				places: columns.map((column) => placeOf(header, column, `The corruption "${name}"`)),
				rows: corruption.kind === "recorded" ? pickCells(corruption, recorded.get(corruption.file)) : []
			};
		}),
		key: placeOf(header, key, "The held-out set")
	};
}
function placeOf(header, column, who) {
	const place = header.indexOf(column);
	if (place >= 0 && header.lastIndexOf(column) === place) return place;
	throw new InputError("PRODUCTION_LIKE_COLUMN", `${who} names the column "${column}", which ${place < 0 ? "the held-out features do not have" : "stands twice in the held-out features"}`, { hint: "Correct the name under production-like in model.yml, or the features." });
}
function pickCells({ name, columns, file }, table) {
	const places = columns.map((column) => table?.columns.indexOf(column) ?? -1);
	if (table === void 0 || table.rows.length === 0 || places.includes(-1)) throw new InputError("PRODUCTION_LIKE_RECORDED", `The corruption "${name}" needs rows of ${file}`, { hint: `Commit a table with at least one row and the columns ${columns.join(", ")}.` });
	return table.rows.map((row) => places.map((place) => row[place] ?? ""));
}
/**
* Spoils one row. Depends on its key, its cells and the suite, and on nothing else: not on other rows or their order.
* @param cells in the order of the header that the plan was made for
*/
function corruptRow(cells, plan) {
	const key = hashText(cells[plan.key] ?? "");
	const now = [...cells];
	return {
		cells: now,
		changed: plan.steps.map((step) => {
			const next = seedGenerator(mix(step.seed ^ key));
			if (next() >= step.corruption.share) return 0;
			return replaceCells(now, step, next);
		})
	};
}
function replaceCells(cells, step, next) {
	const before = step.places.map((place) => cells[place] ?? "");
	const after = spoil(before, step, next);
	step.places.forEach((place, at) => {
		cells[place] = after[at] ?? "";
	});
	return after.filter((cell, at) => cell !== before[at]).length;
}
function spoil(cells, { corruption, rows }, next) {
	switch (corruption.kind) {
		case "missing": return cells.map(() => "");
		case "format": return cells.map((cell) => reformat(cell, corruption.as));
		case "units": return cells.map((cell) => rescale(cell, corruption.factor));
		case "truncate": return cells.map((cell) => truncate(cell, corruption.characters));
		case "categories": return cells.map(() => corruption.value);
		case "swap": return [...cells].reverse();
		case "recorded": return rows[Math.floor(next() * rows.length)] ?? cells;
	}
}
/** FNV-1a over UTF-16 units. */
function hashText(text) {
	let hash = 2166136261;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
	return hash >>> 0;
}
/** Spreads every bit over the word: keys 1, 2, 3 must not give neighbouring seeds. @see MurmurHash3, fmix32 */
function mix(word) {
	let mixed = word | 0;
	mixed = Math.imul(mixed ^ mixed >>> 16, 2246822507);
	mixed = Math.imul(mixed ^ mixed >>> 13, 3266489909);
	return (mixed ^ mixed >>> 16) >>> 0;
}

// adapters/dataset/production-like.ts
/** Characters that are kept before they are written. */
const flushCharacters = 262144;
/** Recorded rows are held in memory: a sample, not a table of millions. */
const mostRecordedRows = 1e5;
/**
* Writes the production-like set: the held-out rows in their order, with their keys, spoiled as the suite says.
* The same inputs give the same bytes. Memory is that of a few records, whatever the number of rows.
* @throws InputError CSV_RECORD, CSV_ENCODING, CSV_RAGGED, CSV_EMPTY, CSV_TOO_LARGE for files that are no such table;
* PRODUCTION_LIKE_TARGET; those of `planCorruptions`. A file that was begun is taken away again.
*/
async function buildProductionLikeSet(inputs) {
	const { suite, target } = inputs;
	const recorded = /* @__PURE__ */ new Map();
	for (const file of recordedFiles(suite)) {
		const path = inputs.recorded.get(file);
		if (path !== void 0) recorded.set(file, await readRecorded(path, file));
	}
	const output = await open(target, "wx").catch(refuseTarget(target));
	try {
		const written = await spoilRows(inputs, recorded, output);
		return {
			v: 1,
			suite: digestOf(suite),
			source: written.source,
			recorded: Object.fromEntries([...recorded].map(([file, { digest }]) => [file, digest])),
			result: written.result,
			rows: written.rows,
			corruptions: suite.corruptions.map(({ name, kind }, at) => ({
				name,
				kind,
				cells: written.cells[at] ?? 0,
				rows: written.hits[at] ?? 0
			}))
		};
	} catch (error) {
		await rm(target, { force: true });
		throw error;
	} finally {
		await output.close();
	}
}
const recordedFiles = ({ corruptions }) => new Set(corruptions.flatMap((one) => one.kind === "recorded" ? [one.file] : []));
async function spoilRows({ source, suite, key }, recorded, output) {
	const read = createHash("sha256");
	const result = createHash("sha256");
	const cells = suite.corruptions.map(() => 0);
	const hits = suite.corruptions.map(() => 0);
	let plan = null;
	let [rows, buffer] = [0, ""];
	const flush = async () => {
		result.update(buffer);
		await output.appendFile(buffer);
		buffer = "";
	};
	for await (const record of readRecords(source, source, read)) {
		if (plan === null) {
			plan = planCorruptions(suite, record, key, recorded);
			buffer += writeRecord(record);
			continue;
		}
		const spoiled = corruptRow(record, plan);
		spoiled.changed.forEach((count, at) => {
			cells[at] = (cells[at] ?? 0) + count;
			if (count > 0) hits[at] = (hits[at] ?? 0) + 1;
		});
		rows += 1;
		buffer += writeRecord(spoiled.cells);
		if (buffer.length > flushCharacters) await flush();
	}
	if (rows === 0) throw empty(source);
	await flush();
	return {
		source: toDigest(read),
		result: toDigest(result),
		rows,
		cells,
		hits
	};
}
async function readRecorded(path, name) {
	const hash = createHash("sha256");
	const records = [];
	for await (const record of readRecords(path, name, hash)) {
		records.push(record);
		if (records.length <= 100001) continue;
		throw new InputError("CSV_TOO_LARGE", `${name} has more than ${mostRecordedRows} recorded rows`, { hint: "Record a sample: every spoiled row draws one of them." });
	}
	const [columns, ...rows] = records;
	if (columns === void 0) throw empty(name);
	return {
		columns,
		rows,
		digest: toDigest(hash)
	};
}
/** Records of a file, header first, all of the header's length. @param name as shown in errors */
async function* readRecords(path, name, hash) {
	const reader = new CsvReader(name);
	const decoder = new TextDecoder("utf-8", {
		fatal: true,
		ignoreBOM: true
	});
	let [columns, row] = [0, 0];
	const check = (record) => {
		if (row === 0) columns = record.length;
		else if (record.length !== columns) throw ragged(name, row, record.length, columns);
		row += 1;
		return record;
	};
	for await (const chunk of createReadStream(path)) {
		hash.update(chunk);
		for (const record of reader.push(decode(decoder, name, chunk))) yield check(record);
	}
	for (const record of reader.push(decode(decoder, name))) yield check(record);
	for (const record of reader.end()) yield check(record);
}
function decode(decoder, name, chunk) {
	try {
		return chunk === void 0 ? decoder.decode() : decoder.decode(chunk, { stream: true });
	} catch (cause) {
		throw new InputError("CSV_ENCODING", `${name} is not UTF-8`, {
			hint: "Write the file as UTF-8.",
			cause
		});
	}
}
const ragged = (name, row, found, columns) => new InputError("CSV_RAGGED", `Row ${row} of ${name} has ${found} fields, and its header has ${columns}`, { hint: "Write as many fields in every row as the header has." });
const empty = (name) => new InputError("CSV_EMPTY", `${name} has no rows`, { hint: "Give a header and at least one row." });
const refuseTarget = (target) => (cause) => {
	throw new InputError("PRODUCTION_LIKE_TARGET", `${target} cannot be written anew`, {
		hint: "Name a file that is not there yet, in a folder that is.",
		cause
	});
};
const toDigest = (hash) => `sha256:${hash.digest("hex")}`;

export { buildProductionLikeSet as t };