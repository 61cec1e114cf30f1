// node_modules/markdown-table/index.js
/**
* @typedef {Options} MarkdownTableOptions
*   Configuration.
*/
/**
* @typedef Options
*   Configuration.
* @property {boolean | null | undefined} [alignDelimiters=true]
*   Whether to align the delimiters (default: `true`);
*   they are aligned by default:
*
*   ```markdown
*   | Alpha | B     |
*   | ----- | ----- |
*   | C     | Delta |
*   ```
*
*   Pass `false` to make them staggered:
*
*   ```markdown
*   | Alpha | B |
*   | - | - |
*   | C | Delta |
*   ```
* @property {ReadonlyArray<string | null | undefined> | string | null | undefined} [align]
*   How to align columns (default: `''`);
*   one style for all columns or styles for their respective columns;
*   each style is either `'l'` (left), `'r'` (right), or `'c'` (center);
*   other values are treated as `''`, which doesn’t place the colon in the
*   alignment row but does align left;
*   *only the lowercased first character is used, so `Right` is fine.*
* @property {boolean | null | undefined} [delimiterEnd=true]
*   Whether to end each row with the delimiter (default: `true`).
*
*   > 👉 **Note**: please don’t use this: it could create fragile structures
*   > that aren’t understandable to some markdown parsers.
*
*   When `true`, there are ending delimiters:
*
*   ```markdown
*   | Alpha | B     |
*   | ----- | ----- |
*   | C     | Delta |
*   ```
*
*   When `false`, there are no ending delimiters:
*
*   ```markdown
*   | Alpha | B
*   | ----- | -----
*   | C     | Delta
*   ```
* @property {boolean | null | undefined} [fillRows=true]
*   Whether to fill rows with empty cells up to the most cells in a row
*   (default: `true`).
*
*   When `true`, all rows have as many cells as the longest row:
*
*   ```markdown
*   | Alpha | B    |   |
*   | ----- | ---- | - |
*   | C     |      |   |
*   | D     | Echo | F |
*   ```
*
*   When `false`, rows keep their cells,
*   and the delimiter row has as many cells as the header row:
*
*   ```markdown
*   | Alpha | B    |
*   | ----- | ---- |
*   | C     |
*   | D     | Echo | F |
*   ```
* @property {boolean | null | undefined} [delimiterStart=true]
*   Whether to begin each row with the delimiter (default: `true`).
*
*   > 👉 **Note**: please don’t use this: it could create fragile structures
*   > that aren’t understandable to some markdown parsers.
*
*   When `true`, there are starting delimiters:
*
*   ```markdown
*   | Alpha | B     |
*   | ----- | ----- |
*   | C     | Delta |
*   ```
*
*   When `false`, there are no starting delimiters:
*
*   ```markdown
*   Alpha | B     |
*   ----- | ----- |
*   C     | Delta |
*   ```
* @property {boolean | null | undefined} [padding=true]
*   Whether to add a space of padding between delimiters and cells
*   (default: `true`).
*
*   When `true`, there is padding:
*
*   ```markdown
*   | Alpha | B     |
*   | ----- | ----- |
*   | C     | Delta |
*   ```
*
*   When `false`, there is no padding:
*
*   ```markdown
*   |Alpha|B    |
*   |-----|-----|
*   |C    |Delta|
*   ```
* @property {((value: string) => number) | null | undefined} [stringLength]
*   Function to detect the length of table cell content (optional);
*   this is used when aligning the delimiters (`|`) between table cells;
*   full-width characters and emoji mess up delimiter alignment when viewing
*   the markdown source;
*   to fix this, you can pass this function,
*   which receives the cell content and returns its “visible” size;
*   note that what is and isn’t visible depends on where the text is displayed.
*
*   Without such a function, the following:
*
*   ```js
*   markdownTable([
*     ['Alpha', 'Bravo'],
*     ['中文', 'Charlie'],
*     ['👩‍❤️‍👩', 'Delta']
*   ])
*   ```
*
*   Yields:
*
*   ```markdown
*   | Alpha | Bravo |
*   | - | - |
*   | 中文 | Charlie |
*   | 👩‍❤️‍👩 | Delta |
*   ```
*
*   With [`string-width`](https://github.com/sindresorhus/string-width):
*
*   ```js
*   import stringWidth from 'string-width'
*
*   markdownTable(
*     [
*       ['Alpha', 'Bravo'],
*       ['中文', 'Charlie'],
*       ['👩‍❤️‍👩', 'Delta']
*     ],
*     {stringLength: stringWidth}
*   )
*   ```
*
*   Yields:
*
*   ```markdown
*   | Alpha | Bravo   |
*   | ----- | ------- |
*   | 中文  | Charlie |
*   | 👩‍❤️‍👩    | Delta   |
*   ```
*/
/**
* Get the length of a cell.
*
* @param {string} value
*   Cell value.
* @returns {number}
*   Cell size.
*/
function defaultStringLength(value) {
	return value.length;
}
/**
* Generate a markdown
* ([GFM](https://docs.github.com/en/github/writing-on-github/working-with-advanced-formatting/organizing-information-with-tables))
* table.
*
* @param {ReadonlyArray<ReadonlyArray<string | null | undefined>>} table
*   Table data (matrix of strings).
* @param {Readonly<Options> | null | undefined} [options]
*   Configuration (optional).
* @returns {string}
*   Result.
*/
function markdownTable(table, options) {
	const settings = options || {};
	const align = (settings.align || []).concat();
	const stringLength = settings.stringLength || defaultStringLength;
	/** @type {Array<number>} Character codes as symbols for alignment per column. */
	const alignments = [];
	/** @type {Array<Array<string>>} Cells per row. */
	const cellMatrix = [];
	/** @type {Array<Array<number>>} Sizes of each cell per row. */
	const sizeMatrix = [];
	/** @type {Array<number>} */
	const longestCellByColumn = [];
	let mostCellsPerRow = 0;
	let rowIndex = -1;
	while (++rowIndex < table.length) {
		/** @type {Array<string>} */
		const row = [];
		/** @type {Array<number>} */
		const sizes = [];
		let columnIndex = -1;
		if (table[rowIndex].length > mostCellsPerRow) mostCellsPerRow = table[rowIndex].length;
		while (++columnIndex < table[rowIndex].length) {
			const cell = serialize(table[rowIndex][columnIndex]);
			if (settings.alignDelimiters !== false) {
				const size = stringLength(cell);
				sizes[columnIndex] = size;
				if (longestCellByColumn[columnIndex] === void 0 || size > longestCellByColumn[columnIndex]) longestCellByColumn[columnIndex] = size;
			}
			row.push(cell);
		}
		cellMatrix[rowIndex] = row;
		sizeMatrix[rowIndex] = sizes;
	}
	let columnIndex = -1;
	if (typeof align === "object" && "length" in align) while (++columnIndex < mostCellsPerRow) alignments[columnIndex] = toAlignment(align[columnIndex]);
	else {
		const code = toAlignment(align);
		while (++columnIndex < mostCellsPerRow) alignments[columnIndex] = code;
	}
	columnIndex = -1;
	/** @type {Array<string>} */
	const row = [];
	/** @type {Array<number>} */
	const sizes = [];
	while (++columnIndex < mostCellsPerRow) {
		const code = alignments[columnIndex];
		let before = "";
		let after = "";
		if (code === 99) {
			before = ":";
			after = ":";
		} else if (code === 108) before = ":";
		else if (code === 114) after = ":";
		let size = settings.alignDelimiters === false ? 1 : Math.max(1, longestCellByColumn[columnIndex] - before.length - after.length);
		const cell = before + "-".repeat(size) + after;
		if (settings.alignDelimiters !== false) {
			size = before.length + size + after.length;
			if (size > longestCellByColumn[columnIndex]) longestCellByColumn[columnIndex] = size;
			sizes[columnIndex] = size;
		}
		row[columnIndex] = cell;
	}
	cellMatrix.splice(1, 0, row);
	sizeMatrix.splice(1, 0, sizes);
	rowIndex = -1;
	/** @type {Array<string>} */
	const lines = [];
	while (++rowIndex < cellMatrix.length) {
		const row = cellMatrix[rowIndex];
		const sizes = sizeMatrix[rowIndex];
		const cellsInRow = settings.fillRows === false ? Math.max(1, cellMatrix[rowIndex === 1 ? 0 : rowIndex].length) : mostCellsPerRow;
		columnIndex = -1;
		/** @type {Array<string>} */
		const line = [];
		while (++columnIndex < cellsInRow) {
			const cell = row[columnIndex] || "";
			let before = "";
			let after = "";
			if (settings.alignDelimiters !== false) {
				const size = longestCellByColumn[columnIndex] - (sizes[columnIndex] || 0);
				const code = alignments[columnIndex];
				if (code === 114) before = " ".repeat(size);
				else if (code === 99) {
					const half = size / 2;
					if (size % 2) {
						before = " ".repeat(half + .5);
						after = " ".repeat(half - .5);
					} else {
						before = " ".repeat(half);
						after = before;
					}
				} else after = " ".repeat(size);
			}
			if (settings.delimiterStart !== false && !columnIndex) line.push("|");
			if (settings.padding !== false && !(settings.alignDelimiters === false && cell === "") && (settings.delimiterStart !== false || columnIndex)) line.push(" ");
			if (settings.alignDelimiters !== false) line.push(before);
			line.push(cell);
			if (settings.alignDelimiters !== false) line.push(after);
			if (settings.padding !== false) line.push(" ");
			if (settings.delimiterEnd !== false || columnIndex !== cellsInRow - 1) line.push("|");
		}
		lines.push(settings.delimiterEnd === false ? line.join("").replace(/ +$/, "") : line.join(""));
	}
	return lines.join("\n");
}
/**
* Serialize a cell value.
*
* @param {string | null | undefined} [value]
*   Value to serialize.
* @returns {string}
*   Result.
*/
function serialize(value) {
	return value === null || value === void 0 ? "" : String(value);
}
/**
* Get the alignment character code from a value.
*
* @param {string | null | undefined} value
*   Value.
* @returns {number}
*   Alignment.
*/
function toAlignment(value) {
	const code = typeof value === "string" ? value.codePointAt(0) : 0;
	return code === 67 || code === 99 ? 99 : code === 76 || code === 108 ? 108 : code === 82 || code === 114 ? 114 : 0;
}

// core/report/icon.ts
/** An icon never stands alone: the word says it to whoever sees no colour or hears the page. */
const verdictWords = {
	pass: "✅ Pass",
	fail: "❌ Fail",
	"data invalid": "⛔ Data invalid",
	"not evaluated": "⚠️ Not evaluated",
	waiting: "⏳ Waiting"
};
const resultWords = {
	pass: "✅ pass",
	fail: "❌ fail",
	"not evaluated": "⚠️ not evaluated",
	skipped: "⚪ skipped"
};
const severityWords = {
	fail: "❌ fail",
	warn: "⚠️ warning only",
	note: "⚪ note"
};

// core/evaluation/number.ts
const mostDecimals = 12;
/** Writes numbers of one sentence with the same number of decimals: as many as the finest of them has. */
function showNumbers(...values) {
	const decimals = Math.max(...values.map(decimalsOf));
	return values.map((value) => {
		const text = value.toFixed(decimals);
		return Number(text) === 0 ? text.replace("-", "") : text;
	});
}
function decimalsOf(value) {
	if (!Number.isFinite(value)) return 0;
	const [mantissa = "", exponent = "0"] = String(Number(value.toPrecision(mostDecimals))).split("e");
	const fraction = mantissa.split(".")[1]?.length ?? 0;
	return Math.min(mostDecimals, Math.max(0, fraction - Number(exponent)));
}

// core/evaluation/difference-gate.ts
/**
* Holds the difference to the champion against a margin. The whole 95 % interval must lie on the right side:
* a difference that cannot be told from a worse one does not pass.
* @param champion as shown, for example `v1`
*/
function judgeDifference(requirement, result, champion) {
	const { difference, differenceInterval: interval } = result;
	const { kind, margin } = requirement;
	if (difference === null || interval === null || ![difference, ...interval].every(Number.isFinite)) return {
		result: "fail",
		found: "-",
		because: `The difference to ${champion} has no interval, so nothing can be said about it`
	};
	if (!Number.isFinite(margin) || margin < 0) return {
		result: "fail",
		found: "-",
		because: `The margin ${margin} is not a number from 0 up`
	};
	const worst = result.higherIsBetter ? interval[0] : -interval[1];
	const gain = result.higherIsBetter ? difference : -difference;
	const passes = kind === "better" ? worst > margin : worst >= -margin;
	return {
		result: passes ? "pass" : "fail",
		found: describeFound(difference, interval),
		because: describe({
			requirement,
			result,
			champion,
			difference,
			interval,
			uncertain: !passes && gain >= -margin
		})
	};
}
function describe({ requirement, result, champion, difference, interval, uncertain }) {
	const [gap, low, high] = showNumbers(Math.abs(difference), ...interval);
	const [value] = showNumbers(result.challenger);
	return `${value} is ${difference === 0 ? "equal to" : `${gap} ${difference < 0 ? "below" : "above"}`} ${champion} (95 % interval ${low} to ${high})${uncertain ? ", which may be chance" : ""}; ${describeAllowed(requirement, result.higherIsBetter)}`;
}
function describeAllowed({ kind, margin }, higherIsBetter) {
	const better = higherIsBetter ? "above" : "below";
	const worse = higherIsBetter ? "below" : "above";
	if (kind === "better") return margin === 0 ? `required: surely ${better}` : `required: more than ${margin} ${better}`;
	return margin === 0 ? `allowed: not ${worse}` : `allowed: not more than ${margin} ${worse}`;
}
function describeFound(difference, interval) {
	const [shown, low, high] = showNumbers(difference, ...interval);
	return `${difference > 0 ? "+" : ""}${shown} (${low} to ${high})`;
}

// core/evaluation/limit-gate.ts
/** Holds a value against an absolute limit. A value or limit that is not finite fails. */
function judgeLimit(requirement, result) {
	const { kind, limit } = requirement;
	const value = result.challenger;
	if (!Number.isFinite(value)) return {
		result: "fail",
		found: String(value),
		because: `${value} is not a number`
	};
	if (!Number.isFinite(limit)) return {
		result: "fail",
		found: String(value),
		because: `The limit ${limit} is not a number`
	};
	const passes = kind === "min" ? value >= limit : value <= limit;
	const [shown, bound, gap] = showNumbers(value, limit, Math.abs(value - limit));
	const distance = value === limit ? "is exactly" : `is ${gap} ${value < limit ? "below" : "above"}`;
	return {
		result: passes ? "pass" : "fail",
		found: shown,
		because: `${shown} ${distance} the ${kind === "min" ? "least" : "most"} allowed, ${bound}`
	};
}

// core/evaluation/requirement.ts
const isComparison = (requirement) => requirement.kind === "not-worse" || requirement.kind === "better";
/** Everything that one gate of the configuration asks for. */
function requirementsOf(gate, champion) {
	const { metric, min, max, versus, margin = 0 } = gate;
	const all = [];
	if (min !== void 0) all.push({
		kind: "min",
		metric,
		limit: min,
		gate: `${metric} min ${min}`,
		required: `at least ${min}`
	});
	if (max !== void 0) all.push({
		kind: "max",
		metric,
		limit: max,
		gate: `${metric} max ${max}`,
		required: `at most ${max}`
	});
	if (versus !== void 0) {
		const name = champion ?? "the champion";
		const required = versus === "better" ? `better than ${name}${by(" by more than", margin)}` : `not worse than ${name}${by(" by more than", margin)}`;
		all.push({
			kind: versus,
			metric,
			margin,
			gate: `${metric} ${versus}${by("", margin)}`,
			required
		});
	}
	return all.length > 0 ? all : [{
		kind: "nothing",
		metric,
		gate: metric,
		required: "min, max or versus"
	}];
}
function by(words, margin) {
	return margin === 0 ? "" : `${words} ${margin}`;
}

// core/evaluation/gate.ts
/**
* Holds the measured metrics against the gates. Pure: the app computes the same outcomes from the same evidence.
* One gate of the configuration gives one outcome for each thing it asks for (`min`, `max`, `versus`).
* @param metrics rounded as in evidence: what is shown is what is judged
* @param gates with the floor of the policy under them (`applyFloor`)
*/
function evaluateGates(metrics, gates, context) {
	return gates.flatMap((gate) => {
		const result = metrics.find((metric) => metric.metric === gate.metric);
		return requirementsOf(gate, championOf(context)).map((requirement) => decide(requirement, result, context));
	});
}
/** How sentences name the champion; null: there is none. */
function championOf({ against }) {
	if (against === null) return null;
	return against === "unnumbered" ? "the champion" : `v${against}`;
}
function decide(requirement, result, context) {
	const { metric, gate, required } = requirement;
	return {
		gate,
		metric,
		required,
		...rule(requirement, result, context)
	};
}
function rule(requirement, result, context) {
	const champion = championOf(context);
	if (requirement.kind === "nothing") return fail("-", `The gate on ${requirement.metric} asks for nothing: give it min, max or versus`);
	if (isComparison(requirement) && champion === null) return {
		result: "skipped",
		found: "-",
		because: "There is no champion to compare with"
	};
	if (!(Number.isFinite(context.rows) && context.rows >= context.minimumRows)) return tooFew(context);
	if (!result) return fail("-", `The metric ${requirement.metric} was not computed`);
	return isComparison(requirement) ? judgeDifference(requirement, result, champion ?? "") : judgeLimit(requirement, result);
}
function tooFew({ rows, minimumRows }) {
	const because = `${rows} held-out rows are too few: at least ${minimumRows} are needed`;
	return {
		result: "not evaluated",
		found: `${rows} rows`,
		because
	};
}
function fail(found, because) {
	return {
		result: "fail",
		found,
		because
	};
}

export { verdictWords as a, severityWords as i, showNumbers as n, markdownTable as o, resultWords as r, evaluateGates as t };