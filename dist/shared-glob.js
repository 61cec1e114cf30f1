// core/config/glob.ts
const parsed = /* @__PURE__ */ new WeakMap();
/**
* True when a path is named by one of the globs: `*`, `**`, `?`, `[abc]`, `{a,b}`. A name that begins with a dot is a
* name like any other.
*
* Globs and paths are pull-request controlled, and a regular expression tries `*a*a*a*b` in more ways than there is time
* for: here the work grows with the length of the glob times that of the path, whatever they say.
*/
function matchesGlob(globs, path) {
	const known = parsed.get(globs) ?? globs.map(parseGlob);
	parsed.set(globs, known);
	return globs.includes(path) || known.some((glob) => isMatch(glob, path));
}
/** True when a glob has wildcards: any other one names one path. */
const hasWildcard = (glob) => /[*?[{]/.test(glob);
function parseGlob(glob) {
	const steps = joinTexts(parse(glob, "", ""));
	const [first, last] = [steps[0], steps.at(-1)];
	const textOf = (step) => step?.kind === "text" ? step.text : "";
	return {
		steps,
		begin: textOf(first),
		end: textOf(last)
	};
}
function joinTexts(steps) {
	const joined = [];
	for (const step of steps) {
		const last = joined.at(-1);
		if (step.kind === "text" && last?.kind === "text") joined[joined.length - 1] = {
			kind: "text",
			text: last.text + step.text
		};
		else joined.push(step);
	}
	return joined;
}
function isMatch({ steps, begin, end }, path) {
	return path.startsWith(begin) && path.endsWith(end) && walk(steps, path, [0]).at(-1) === path.length;
}
/** @param before, after the characters around the text: `**` is special only as a whole part of a path */
function parse(text, before, after) {
	const steps = [];
	let at = 0;
	while (at < text.length) {
		const [step, length] = parseStep(text, at, before, after);
		steps.push(step);
		at += length;
	}
	return steps;
}
function parseStep(text, at, before, after) {
	const [mark = "", last] = [text[at], text[at - 1] ?? before];
	if (mark === "*") return parseStars(text, at, last, after);
	if (mark === "?") return [{
		kind: "one",
		fits: (character) => character !== "/"
	}, 1];
	if (mark === "/" && after === "" && text.slice(at) === "/**") return [{
		kind: "choice",
		options: [[], [{
			kind: "text",
			text: "/"
		}, { kind: "rest" }]]
	}, 3];
	if (mark === "[") return parseClass(text, at) ?? [{
		kind: "text",
		text: mark
	}, 1];
	if (mark === "{") return parseBraces(text, at, last, after) ?? [{
		kind: "text",
		text: mark
	}, 1];
	return [{
		kind: "text",
		text: mark
	}, 1];
}
function parseStars(text, at, last, after) {
	let end = at;
	while (text[end] === "*") end += 1;
	const next = text[end] ?? after;
	const whole = end - at === 2 && (last === "" || last === "/");
	if (whole && next === "") return [{ kind: "rest" }, 2];
	if (whole && text[end] === "/") return [{ kind: "folders" }, 3];
	return [{ kind: "some" }, end - at];
}
function parseClass(text, at) {
	const end = text.indexOf("]", at + 2);
	if (end < 0) return null;
	const inside = text.slice(at + 1, end);
	const ranges = [];
	for (let i = 0; i < inside.length; i += 1) {
		const [from = "", dash, to] = inside.slice(i, i + 3);
		const isRange = dash === "-" && to !== void 0;
		ranges.push([from, isRange ? to : from]);
		if (isRange) i += 2;
	}
	const fits = (character) => character !== "/" && ranges.some(([from, to]) => from <= character && character <= to);
	return [{
		kind: "one",
		fits
	}, end + 1 - at];
}
/** null: no closing brace, or nothing to choose from, and so the brace is text. */
function parseBraces(text, at, last, after) {
	const options = [];
	let [depth, start] = [0, at + 1];
	for (let end = at; end < text.length; end += 1) {
		const mark = text[end];
		if (mark === "{") depth += 1;
		else if (mark === "}") depth -= 1;
		if (depth > 1 || depth === 1 && mark !== ",") continue;
		options.push(text.slice(start, end));
		start = end + 1;
		if (depth > 0) continue;
		if (options.length < 2) return null;
		const next = text[end + 1] ?? after;
		return [{
			kind: "choice",
			options: options.map((option) => parse(option, last, next))
		}, end + 1 - at];
	}
	return null;
}
function walk(steps, path, from) {
	let places = from;
	for (const step of steps) {
		if (places.length === 0) return places;
		places = take(step, path, places);
	}
	return places;
}
function take(step, path, places) {
	switch (step.kind) {
		case "text": return places.flatMap((at) => path.startsWith(step.text, at) ? [at + step.text.length] : []);
		case "one": return places.flatMap((at) => at < path.length && step.fits(path[at] ?? "/") ? [at + 1] : []);
		case "some": return spread(path, places, (character) => character !== "/");
		case "rest": return spread(path, places.slice(0, 1), () => true);
		case "folders": {
			const all = spread(path, places.slice(0, 1), () => true);
			const here = new Set(places);
			return all.filter((at) => here.has(at) || path[at - 1] === "/");
		}
		case "choice": {
			const ends = step.options.flatMap((option) => walk(option, path, places));
			return [...new Set(ends)].sort((a, b) => a - b);
		}
	}
}
/** Every place that can be reached over characters that may be passed. */
function spread(path, places, mayPass) {
	const reached = [];
	for (const place of places) {
		if (place <= (reached.at(-1) ?? -1)) continue;
		reached.push(place);
		for (let at = place; at < path.length && mayPass(path[at] ?? "/"); at += 1) reached.push(at + 1);
	}
	return reached;
}

export { matchesGlob as n, hasWildcard as t };