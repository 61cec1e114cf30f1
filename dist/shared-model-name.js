// core/config/model-name.ts
/** One part of a name: of a model, a dataset, an endpoint, a role. */
const namePart = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/**
* Names that a file system, git, JavaScript or our own folders already use: `models/growth/versions` must not be both
* a model and the version records of `growth`.
*/
const reserved = /* @__PURE__ */ new Set([
	...[
		"con",
		"prn",
		"aux",
		"nul",
		"conin",
		"conout",
		"clock"
	],
	...[
		1,
		2,
		3,
		4,
		5,
		6,
		7,
		8,
		9
	].flatMap((port) => [`com${port}`, `lpt${port}`]),
	...[
		"git",
		"constructor",
		"prototype",
		"__proto__"
	],
	...[
		"versions",
		"audit",
		"ops",
		"head",
		"endpoints",
		"models",
		"datasets",
		"readme"
	],
	...[
		"model",
		"stages",
		"state",
		"status",
		"model-card"
	]
]);
/** `audit/<model>/000/` holds entries: a part of exactly three digits would be such a folder. */
const auditFolder = /^[0-9]{3}$/;
function isReservedName(part) {
	return reserved.has(part) || auditFolder.test(part);
}
/** True for a name of a dataset, an endpoint or a role: one part, not reserved. */
function isName(name) {
	return typeof name === "string" && namePart.test(name) && !isReservedName(name);
}
/** True for `churn` and `growth/churn`: at most one namespace, each part a plain name. No other text can reach a path. */
function isModelName(name) {
	if (typeof name !== "string") return false;
	const parts = name.split("/");
	return parts.length <= 2 && parts.every(isName);
}
/** What a name may look like, for messages. */
const nameRule = "a to z, 0 to 9 and \"-\" inside, 1 to 63 characters, none of the reserved names (con, nul, git, versions, audit, ops ...)";

export { nameRule as i, isName as n, namePart as r, isModelName as t };