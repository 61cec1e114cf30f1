import { r as InputError } from "./shared-error.js";
import { a as parseEnvelope } from "./shared-rules-digest.js";
import { n as digestBytes } from "./shared-canonical.js";
import { t as readPlainZip } from "./shared-plain-zip.js";

// adapters/github/evidence-zip.ts
/** Evidence is some kilobytes; a zip over this is not ours. Sealed, 5 MiB of it are 7. */
const maxEvidenceZipBytes = 8388608;
const expected = ["evidence.json", "receipt.jwt"];
const envelopeName = "evidence.jwe";
/**
* Reads the zip of an evidence artifact, in either of its two forms.
* @param zip bytes of the artifact, pull-request controlled
* @throws InputError EVIDENCE_ZIP
*/
function readEvidenceFile(zip) {
	const envelope = readEnvelope(zip);
	return envelope === null ? {
		kind: "open",
		sealed: readEvidenceZip(zip)
	} : {
		kind: "envelope",
		text: envelope
	};
}
/** @returns null when the zip is anything else than one envelope: the other form says what is wrong with it */
function readEnvelope(zip) {
	try {
		return readPlainZip(zip, {
			names: [envelopeName],
			maxBytes: 8388608,
			refuse
		}).get(envelopeName) || null;
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}
/**
* Reads the zip of an evidence artifact: exactly `evidence.json` and `receipt.jwt`.
* @param zip bytes of the artifact, pull-request controlled
* @throws InputError EVIDENCE_ZIP
*/
function readEvidenceZip(zip) {
	const texts = readPlainZip(zip, {
		names: expected,
		maxBytes: maxEvidenceZipBytes,
		refuse
	});
	const [text, token] = expected.map((name) => texts.get(name));
	if (!text || !token) throw refuse("a file in it is empty");
	return {
		text,
		token: token.trim()
	};
}
function refuse(why, cause) {
	return new InputError("EVIDENCE_ZIP", `The evidence artifact is not believed: ${why}`, {
		hint: `An evidence artifact holds exactly ${expected.join(" and ")}, or ${envelopeName} alone, as the judge writes it.`,
		cause
	});
}

// adapters/proposal/candidates.ts
/** Any job of a run can upload under these names: they say where to look, not what to believe. */
const ofProposals = /^gatehouse-evidence-(?:validation|judgement)$/;
/** One a model and endpoint that a run watched: what follows the name keeps them apart. */
const ofTriggers = /^gatehouse-evidence-rollback-trigger(?:-[\w.-]{1,100})?$/;
/** Evidence artifacts of one run, newest first. */
async function readCandidates(reader, run, open, wanted = ofProposals) {
	const artifacts = (await reader.artifacts(run.id)).filter(({ name, expired }) => wanted.test(name) && !expired);
	const candidates = [];
	for (const artifact of [...artifacts].sort((a, b) => b.id - a.id)) candidates.push(await readCandidate(reader, run, artifact, open));
	return candidates;
}
async function readCandidate(reader, run, artifact, open) {
	try {
		const file = readEvidenceFile(await readZip(reader, artifact));
		if (file.kind === "open") return {
			kind: "sealed",
			artifact,
			run,
			sealed: file.sealed,
			enveloped: false
		};
		if (open === null) return {
			kind: "closed",
			artifact,
			run,
			hint: parseEnvelope(file.text).hint
		};
		return {
			kind: "sealed",
			artifact,
			run,
			sealed: open(file.text),
			enveloped: true
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			kind: "refused",
			artifact,
			run,
			finding: toFinding(error, run)
		};
	}
}
async function readZip(reader, artifact) {
	if (artifact.sizeBytes > 8388608) throw notOurs(`it has ${artifact.sizeBytes} bytes`);
	const zip = await reader.artifactZip(artifact.id, maxEvidenceZipBytes);
	if (artifact.digest !== null && artifact.digest !== digestBytes(zip)) throw notOurs(`its bytes are not those of ${artifact.digest}`);
	return zip;
}
function notOurs(why) {
	return new InputError("EVIDENCE_ZIP", `The evidence artifact is not believed: ${why}`, { hint: "An evidence artifact is written by the trusted workflow alone. Run it again." });
}
function toFinding(error, run) {
	return {
		code: error.code === "EVIDENCE_SEALED" ? "evidence/sealed" : "evidence/artifact",
		severity: "fail",
		message: `${error.message} (run ${run.id})`,
		fix: error.hint
	};
}

export { readCandidates as n, ofTriggers as t };