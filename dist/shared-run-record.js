import { r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { n as runRecordSchema } from "./shared-run-record-schema.js";

// core/evidence/run-record.ts
/** A record is some kilobytes, with many packages and a long history some hundred; one over this is not ours. */
const maxRunRecordBytes = 1048576;
/**
* Reads the run record that the training job wrote. Claimed and pull-request controlled: its shape and size are
* checked, what it says is not believed.
* @throws InputError RUN_RECORD_INVALID
*/
function parseRunRecord(content, source) {
	if (content.length > 1048576) throw refuse(source, `it has more than ${maxRunRecordBytes} bytes`);
	const result = runRecordSchema.safeParse(parse(content, source));
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw refuse(source, `at "/${(issue?.path.map(String).join("/").slice(0, 200) ?? "").toWellFormed()}": ${issue?.message.slice(0, 200).toWellFormed() ?? "wrong shape"}`);
}
function parse(content, source) {
	if (typeof content === "string") return parseStrictJson(content, source);
	try {
		return parseStrictJson(new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(content), source);
	} catch (cause) {
		if (cause instanceof InputError) throw cause;
		throw refuse(source, "it is not UTF-8 text");
	}
}
function refuse(source, why) {
	return new InputError("RUN_RECORD_INVALID", `${source} is no run record: ${why}`, {
		hint: "Train with the train-model action, which writes run.json, and do not change the file afterwards.",
		where: { file: source }
	});
}

export { parseRunRecord as n, maxRunRecordBytes as t };