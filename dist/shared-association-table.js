import { n as digestBytes } from "./shared-canonical.js";
import { b as coarsenKey } from "./shared-moments.js";

// core/dataset/association-table.ts
/** A label with more values is no label but a number. */
const maxLabels = 100;
/** Buckets or days of an ordered feature at most; above, neighbours share one. */
const maxPlaces = 1024;
/** A feature with more pairs of text and label is left out: memory is bounded by columns, not by rows. */
const maxTextPairs = 1e5;
const tooManyLabels = `the label has more than ${100} different values`;
const maxKeyLength = 32;
/** A short text for itself, else a digest of it: what a part leaves behind stays small however long texts are. */
function toTextKey(text) {
	if (text.length <= maxKeyLength && !text.startsWith("#")) return text;
	return `#${digestBytes(text).slice(7, 39)}`;
}
/** True for types whose values have a place in order of size: a bucket (`bucketKey`) or a UTC day. */
const hasOrder = (type) => type !== "text" && type !== "boolean";
/** The place of a value `steps` levels higher: half as many buckets, or days, for each. */
function coarsenPlace(type, place, steps) {
	if (typeof place !== "number" || steps === 0) return place;
	return type === "timestamp" ? Math.floor(place / 2 ** steps) : coarsenKey(place, steps);
}
/**
* The table of one feature and the label. Its places depend on the values alone, not on how often they occur or where the
* rows were cut, so that tables of parts add up to the table of the whole.
* @param level at which `pairs` stand; raised until the places fit
* @param shown false: a personal or secret column is part of it, and no value of it is kept
* @returns null for too many texts
*/
function toAssociation(feature, level, pairs, shown) {
	if (pairs.filter(([place]) => typeof place === "string").length > 1e5) return null;
	const fitted = fitPlaces(feature.type, level, pairs);
	const values = [...new Set(fitted.pairs.map(([place]) => place))].sort(comparePlaces);
	const labels = [...new Set(fitted.pairs.map(([, label]) => label))].sort();
	return {
		feature: feature.column,
		values: values.length,
		labels: labels.length,
		cells: countCells(fitted.pairs, values, labels),
		ordered: hasOrder(feature.type) && values.every((place) => typeof place !== "string"),
		keys: shown ? {
			level: fitted.level,
			values,
			labels
		} : null
	};
}
/** Raises the level until the places in order of size fit: the lowest such level, whatever was merged before. */
function fitPlaces(type, level, pairs) {
	let fitted = {
		level,
		pairs
	};
	while (countOrdered(fitted.pairs) > maxPlaces) {
		const higher = fitted.pairs.map(([place, label, rows]) => [
			coarsenPlace(type, place, 1),
			label,
			rows
		]);
		fitted = {
			level: fitted.level + 1,
			pairs: higher
		};
	}
	return fitted;
}
const countOrdered = (pairs) => new Set(pairs.flatMap(([place]) => typeof place === "number" ? [place] : [])).size;
function countCells(pairs, values, labels) {
	const [places, columns] = [toIndex(values), toIndex(labels)];
	const cells = /* @__PURE__ */ new Map();
	for (const [place, label, rows] of pairs) {
		const [value, column] = [places.get(place) ?? 0, columns.get(label) ?? 0];
		const key = value * labels.length + column;
		const cell = cells.get(key);
		if (cell === void 0) cells.set(key, [
			value,
			column,
			rows
		]);
		else cell[2] += rows;
	}
	return [...cells.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
const toIndex = (keys) => new Map(keys.map((key, at) => [key, at]));
/** Empty cells, then numbers by size, then texts. */
function comparePlaces(a, b) {
	if (typeof a === "number" && typeof b === "number") return a - b;
	if (typeof a === "string" && typeof b === "string") return a < b ? -1 : Number(a > b);
	return rankOf(a) - rankOf(b);
}
const rankOf = (place) => place === null ? 0 : typeof place === "number" ? 1 : 2;
/**
* The rule over all parts of a table.
* @param typeOf type of a column
*/
function mergeAssociations(name, parts, typeOf) {
	const tables = parts.flatMap((part) => part.kind === "association" ? [part.features] : []);
	if (new Set(tables.flat().flatMap(({ keys }) => keys?.labels ?? [])).size > 100) return {
		kind: "unmeasured",
		name,
		because: tooManyLabels
	};
	const [first = []] = tables;
	return {
		kind: "association",
		name,
		features: first.flatMap(({ feature }) => {
			const found = tables.flatMap((table) => table.find((each) => each.feature === feature) ?? []);
			if (found.length < parts.length) return [];
			return mergeFeature({
				column: feature,
				type: typeOf(feature)
			}, found) ?? [];
		})
	};
}
function mergeFeature(feature, parts) {
	const level = Math.max(...parts.map(({ keys }) => keys?.level ?? 0));
	const pairs = /* @__PURE__ */ new Map();
	for (const { keys, cells } of parts) {
		if (keys === null) return null;
		for (const [value, column, rows] of cells) {
			const place = coarsenPlace(feature.type, keys.values[value] ?? null, level - keys.level);
			const label = keys.labels[column] ?? "";
			const key = JSON.stringify([place, label]);
			pairs.set(key, [
				place,
				label,
				rows + (pairs.get(key)?.[2] ?? 0)
			]);
		}
	}
	return toAssociation(feature, level, [...pairs.values()], true);
}

export { toAssociation as a, mergeAssociations as i, maxPlaces as n, toTextKey as o, maxTextPairs as r, tooManyLabels as s, hasOrder as t };