// core/dataset/ancestry.ts
/** Follows `derived-from` upwards. @param byName contracts that govern, by dataset */
function traceAncestry(contract, byName) {
	const seen = /* @__PURE__ */ new Set();
	const waiting = [...contract.derivedFrom];
	for (let name = waiting.pop(); name !== void 0; name = waiting.pop()) {
		if (seen.has(name)) continue;
		seen.add(name);
		waiting.push(...byName.get(name)?.derivedFrom ?? []);
	}
	const names = [...seen].sort();
	return {
		ancestors: names.flatMap((name) => byName.get(name) ?? []),
		missing: names.filter((name) => !byName.has(name)),
		circular: seen.has(contract.dataset)
	};
}

export { traceAncestry as t };