import { r as InputError } from "./shared-error.js";
import { i as isDigest } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { A as literal, D as discriminatedUnion, E as custom, F as strictObject, I as string, M as number, w as array } from "./shared-js-yaml.js";
import { t as datetime } from "./shared-iso.js";

// core/dataset/ingest-record.ts
/** A record names at most a thousand files; one over this is not ours. */
const maxIngestRecordBytes = 1048576;
/** As many as one artifact holds. */
const maxIngestedFiles = 500;
const text = (most) => string().max(most).refine((value) => value.isWellFormed());
const count = number().int().nonnegative();
const digest = custom(isDigest, "sha256: and 64 characters 0-9 a-f");
const path = text(500).refine(isRepositoryPath, "a path inside the repository");
const schema = strictObject({
	v: literal(1),
	grade: literal("claimed"),
	dataset: text(63),
	commit: string().regex(/^[0-9a-f]{40}$/),
	contractDigest: digest,
	source: text(4e3),
	command: text(4e3),
	to: path,
	runId: count,
	runAttempt: count,
	runner: text(200),
	startedAt: datetime(),
	endedAt: datetime(),
	end: discriminatedUnion("kind", [
		strictObject({ kind: literal("done") }),
		strictObject({
			kind: literal("failed"),
			how: text(500)
		}),
		strictObject({ kind: literal("timeout") })
	]),
	files: array(strictObject({
		path,
		name: string().regex(/^\d{4}\.bin$/),
		sha256: digest,
		md5: string().regex(/^[0-9a-f]{32}$/),
		sizeBytes: count
	})).max(500).refine((files) => isUnique(files.map((file) => file.path)) && isUnique(files.map((file) => file.name)), "a file twice"),
	removed: array(path).max(1e4),
	log: array(text(400)).max(50)
});
/**
* Reads the record that the ingest job wrote. Claimed: shape and size are checked, what it says is not believed.
* @throws InputError INGEST_RECORD
*/
function parseIngestRecord(bytes, source) {
	if (bytes.length > 1048576) throw refuse(source, `it has more than ${maxIngestRecordBytes} bytes`);
	const result = schema.safeParse(parseStrictJson(decode(bytes, source), source));
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw refuse(source, `at "/${(issue?.path.map(String).join("/").slice(0, 200) ?? "").toWellFormed()}": ${issue?.message.slice(0, 200).toWellFormed() ?? "wrong shape"}`);
}
/** True for `data/flights/06.csv`: no absolute path, nothing that leaves the repository or reaches git's own folder. */
function isRepositoryPath(candidate) {
	if (candidate === "" || /[\\\p{Cc}]/u.test(candidate)) return false;
	return candidate.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !/^\.git$/i.test(part));
}
/** True for `to` itself and for what lies below it. */
const isBelow = (candidate, to) => candidate === to || candidate.startsWith(`${to.replace(/\/$/, "")}/`);
const isUnique = (values) => new Set(values.map((value) => value.toLowerCase())).size === values.length;
function decode(bytes, source) {
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch {
		throw refuse(source, "it is not UTF-8");
	}
}
function refuse(source, why) {
	return new InputError("INGEST_RECORD", `${source} is no ingest record: ${why}`, { hint: "Pass the artifact of the ingest-dataset action on unchanged." });
}

export { parseIngestRecord as i, isRepositoryPath as n, maxIngestRecordBytes as r, isBelow as t };