import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { createHash } from "node:crypto";
import { pipeline as pipeline$1 } from "node:stream/promises";

// adapters/actions/artifact.ts
/** 2 GiB: larger models belong into the store by their own tool, not through an Actions artifact. */
const artifactLimitBytes = 2 * 1024 ** 3;
/**
* Downloads an artifact's zip into a file, hashing on the way and never holding it in memory.
* @param id artifact id of GitHub Actions, digits; named by the caller workflow, so pull-request controlled
* @param limitBytes what is refused beyond; 2 GiB but in tests
* @throws InputError ARTIFACT_TOO_LARGE over the limit, ARTIFACT_MISSING when there is none; ServiceError ARTIFACT_DOWNLOAD
*/
async function downloadArtifact(api, id, file, limitBytes = artifactLimitBytes) {
	try {
		return await download(api, id, file, limitBytes);
	} catch (error) {
		if (error instanceof GatehouseError) throw error;
		throw failed(id, error instanceof Error ? error.message : String(error), error);
	}
}
async function download(api, id, file, limitBytes) {
	const url = `${api.apiUrl}/repos/${api.repository}/actions/artifacts/${id}/zip`;
	const answer = await fetch(url, {
		headers: {
			authorization: `Bearer ${api.token}`,
			accept: "application/vnd.github+json"
		},
		redirect: "manual"
	});
	const location = answer.headers.get("location");
	const blob = answer.status === 302 && location ? await fetch(location) : answer;
	if (answer.status === 404 || answer.status === 410 || blob.status === 404) throw missing(id);
	if (!blob.ok || blob.body === null) throw failed(id, `HTTP ${blob.status}`);
	const hash = createHash("sha256");
	let sizeBytes = 0;
	const measure = new Transform({ transform(chunk, _encoding, done) {
		sizeBytes += chunk.length;
		if (sizeBytes > limitBytes) return done(tooLarge(id));
		hash.update(chunk);
		done(null, chunk);
	} });
	await pipeline$1(Readable.fromWeb(blob.body), measure, createWriteStream(file));
	return {
		file,
		digest: `sha256:${hash.digest("hex")}`,
		sizeBytes
	};
}
function missing(id) {
	return new InputError("ARTIFACT_MISSING", `There is no artifact ${id} in this repository, or it has expired.`, { hint: "Pass the output artifact-id of the upload step of the training job of this same run." });
}
function tooLarge(id) {
	return new InputError("ARTIFACT_TOO_LARGE", `Artifact ${id} is larger than 2 GiB.`, { hint: "Leave checkpoints and data out of the artifact; it holds the model file alone." });
}
function failed(id, what, cause) {
	return new ServiceError("ARTIFACT_DOWNLOAD", `Artifact ${id} could not be downloaded: ${what}.`, {
		hint: "Run the job again. If it stays so, see whether the job may read Actions (permissions: actions: read).",
		cause
	});
}

export { downloadArtifact as n, artifactLimitBytes as t };