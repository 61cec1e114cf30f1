// core/report/stay-text.ts
/** How a version came to an endpoint, where that was not the usual way: ` (by break-glass)`. */
function stayText(how) {
	const [, means] = / by (.+)$/.exec(how) ?? [];
	return means === void 0 ? "" : ` (by ${means})`;
}

export { stayText as t };