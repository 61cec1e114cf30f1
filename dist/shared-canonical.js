import { r as InputError } from "./shared-error.js";
import { createHash } from "node:crypto";

// core/config/layout.ts
/** Where things lie in a user's repository. */
const policyPath = ".github/gatehouse.yml";
const modelFile = /^models\/(.+)\/model\.yml$/;
const behaviourFile = /^models\/(.+)\/behaviour\.yml$/;
const readinessFile = /^models\/(.+)\/readiness\.yml$/;
const risksFile = /^models\/(.+)\/risks\.yml$/;
const waiverFile = /^waivers\/([^/]+)\.yml$/;
const stagesFile = /^models\/(.+)\/stages\.yml$/;
const contractFile = /^datasets\/([^/]+)\.yml$/;
const modelPath = (model) => `models/${model}/model.yml`;
const behaviourPath = (model) => `models/${model}/behaviour.yml`;
const readinessPath = (model) => `models/${model}/readiness.yml`;
const risksPath = (model) => `models/${model}/risks.yml`;
const waiverPath = (name) => `waivers/${name}.yml`;
const stagesPath = (model) => `models/${model}/stages.yml`;
const contractPath = (dataset) => `datasets/${dataset}.yml`;
/** Name of the model whose `model.yml` this is, else null. Not yet checked to be a legal name. */
const modelOfFile = (path) => modelFile.exec(path)?.[1] ?? null;
const modelOfBehaviour = (path) => behaviourFile.exec(path)?.[1] ?? null;
const modelOfReadiness = (path) => readinessFile.exec(path)?.[1] ?? null;
const modelOfRisks = (path) => risksFile.exec(path)?.[1] ?? null;
/** Of either file that is read for every model: they say how it is judged. */
const modelOfJudging = (path) => modelOfFile(path) ?? modelOfBehaviour(path);
/** Of every file of a model that its owner answers for. */
const modelOfRules = (path) => modelOfJudging(path) ?? modelOfReadiness(path) ?? modelOfRisks(path);
/** Name of the waiver whose file this is. */
const waiverOfFile = (path) => waiverFile.exec(path)?.[1] ?? null;
const modelOfStages = (path) => stagesFile.exec(path)?.[1] ?? null;
const datasetOfFile = (path) => contractFile.exec(path)?.[1] ?? null;
/** Files that decide how others are judged: policy, contracts, and everything that GitHub itself runs or asks. */
function isConfiguration(path) {
	return path === ".github/gatehouse.yml" || path.startsWith(".github/workflows/") || path.startsWith(".github/actions/") || /^(?:|docs\/|\.github\/)CODEOWNERS$/.test(path) || datasetOfFile(path) !== null || waiverOfFile(path) !== null || modelOfRules(path) !== null;
}
/** Paths that only the app writes, when the ledger lies on the same branch. */
function isLedgerPath(path) {
	return path.startsWith("audit/") || path.startsWith("endpoints/") || /^models\/.+\/(?:versions\/.*|state\.yml|status\.yml|MODEL_CARD\.md)$/.test(path);
}
/** Names by a pattern of path, sorted. */
function namesIn(files, nameOf) {
	return [...files.keys()].flatMap((path) => nameOf(path) ?? []).sort();
}

// core/json/canonical.ts
/**
* Writes a value as canonical JSON, so that equal values have equal bytes.
* @throws InputError CANONICAL_JSON for undefined, functions, symbols, bigints, non-finite numbers and lone surrogates:
* dropping or coercing them silently would let two different values share one digest.
* @see RFC 8785
*/
function canonicalJson(value) {
	return write(value, "");
}
/** SHA-256 over the canonical JSON of a value. */
function digestOf(value) {
	return digestBytes(canonicalJson(value));
}
/** SHA-256 over bytes; text is read as UTF-8. */
function digestBytes(bytes) {
	return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
/** True for `sha256:` followed by 64 lower-case hex characters. */
function isDigest(text) {
	return typeof text === "string" && /^sha256:[0-9a-f]{64}$/.test(text);
}
function write(value, pointer) {
	if (value === null || typeof value === "boolean") return String(value);
	if (typeof value === "number") {
		if (!Number.isFinite(value)) throw refuse(pointer, `the number ${value}`);
		return JSON.stringify(value);
	}
	if (typeof value === "string") return writeString(value, pointer);
	if (Array.isArray(value)) return `[${value.map((item, at) => write(item, `${pointer}/${at}`)).join(",")}]`;
	if (isPlainObject(value)) return writeObject(value, pointer);
	throw refuse(pointer, typeof value === "object" ? `an object of class ${value.constructor?.name}` : `a value of type ${typeof value}`);
}
function writeObject(value, pointer) {
	return `{${Object.keys(value).sort().map((key) => `${writeString(key, pointer)}:${write(value[key], `${pointer}/${key}`)}`).join(",")}}`;
}
function writeString(text, pointer) {
	if (!text.isWellFormed()) throw refuse(pointer, "text with half a surrogate pair");
	return JSON.stringify(text);
}
function isPlainObject(value) {
	if (typeof value !== "object" || value === null) return false;
	const prototype = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
function refuse(pointer, what) {
	return new InputError("CANONICAL_JSON", `${what} at "${pointer || "/"}" has no canonical JSON form`, {
		hint: "Leave the field out or write a finite number, text, true, false or null.",
		where: {
			file: "(value)",
			pointer
		}
	});
}

export { waiverOfFile as C, stagesPath as S, modelPath as _, behaviourPath as a, readinessPath as b, isConfiguration as c, modelOfFile as d, modelOfJudging as f, modelOfStages as g, modelOfRules as h, isDigest as i, isLedgerPath as l, modelOfRisks as m, digestBytes as n, contractPath as o, modelOfReadiness as p, digestOf as r, datasetOfFile as s, canonicalJson as t, modelOfBehaviour as u, namesIn as v, waiverPath as w, risksPath as x, policyPath as y };