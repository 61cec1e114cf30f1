import { t as suggest } from "./shared-suggestion.js";

// core/config/slice-name.ts
/** Longest value within a name. */
const valueLength = 120;
/** `carrier=AA` */
const nameOfValue = (column, value) => `${column}=${value.slice(0, valueLength).toWellFormed()}`;
/** One name below, between and above the edges: `distance<500`, `500<=distance<1000`, `distance>=1000`. */
function namesOfEdges(column, edges) {
	return [...edges, Number.POSITIVE_INFINITY].map((high, at) => {
		const low = edges[at - 1];
		if (low === void 0) return `${column}<${high}`;
		return high === Number.POSITIVE_INFINITY ? `${column}>=${low}` : `${low}<=${column}<${high}`;
	});
}
const pairSign = " & ";
/** `carrier=AA & distance>=1000` */
const nameOfPair = (first, second) => `${first}${pairSign}${second}`;
/**
* Holds the name of a slice against the declared rules.
* @returns null: one of them can give it; a column without values gives a slice of any value
*/
function checkSliceName(name, { declared, pairs }) {
	if (declared.some((rule) => gives(rule, name))) return null;
	const parts = pairs ? partsOf(name, declared) : [];
	if (parts.some(([first, second]) => inOrder(first, second, declared))) return null;
	const names = declared.flatMap(namesOf);
	const turned = parts.find(([first, second]) => inOrder(second, first, declared));
	const meant = turned === void 0 ? suggest(name, names) : nameOfPair(turned[1], turned[0]);
	return {
		allowed: showSome(declared.flatMap((rule) => isOpen(rule) ? [`${rule.column}=<value>`] : namesOf(rule))),
		meant
	};
}
const shownNames = 20;
function showSome(names) {
	const more = names.length - shownNames;
	return `${names.slice(0, shownNames).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
/** Its values are those of the rows. */
const isOpen = (rule) => rule.kind === "values" && rule.values === null;
const gives = (rule, name) => isOpen(rule) ? name.startsWith(`${rule.column}=`) : namesOf(rule).includes(name);
function namesOf(rule) {
	if (rule.kind === "where") return [rule.name];
	if (rule.kind === "edges") return namesOfEdges(rule.column, rule.edges);
	return (rule.values ?? []).map((value) => nameOfValue(rule.column, value));
}
/** Every way to cut a name in two, of which both halves are slices: a value may hold the sign as well. */
function partsOf(name, declared) {
	const words = name.split(pairSign);
	return words.slice(1).flatMap((_, at) => {
		const halves = [words.slice(0, at + 1), words.slice(at + 1)].map((half) => half.join(pairSign));
		const [first = "", second = ""] = halves;
		return halves.every((half) => declared.some((rule) => gives(rule, half))) ? [[first, second]] : [];
	});
}
/** A pair is named in the order in which its rules are declared. */
const inOrder = (first, second, declared) => declared.some((rule, at) => gives(rule, first) && declared.slice(at + 1).some((other) => gives(other, second)));

export { namesOfEdges as i, nameOfPair as n, nameOfValue as r, checkSliceName as t };