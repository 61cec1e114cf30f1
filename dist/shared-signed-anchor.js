import { p as parseInstant } from "./shared-layout2.js";
import { t as verifyJws } from "./shared-jws.js";
import { A as literal, F as strictObject, I as string, N as object, P as record, z as unknown } from "./shared-js-yaml.js";
import { n as digestBytes, t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { i as noAnchor, o as readStatement, s as renderStatement } from "./shared-anchor-statement.js";

// core/audit/signed-anchor.ts
/** A statement has some kilobytes, and a token as many. */
const maxAnchorBytes = 65536;
/** Name of the file in a release. */
const anchorFileName = "gatehouse-ledger-anchor.json";
/** Nobody but a schedule or a person who presses the button. */
const events = ["schedule", "workflow_dispatch"];
/** The statement names its time a moment before it asks for the token; the clock of a runner of one's own may be off. */
const maxDelaySeconds = 3600;
const jwk = record(string().max(40), string().max(4096)).and(object({ kty: string() }));
const fileSchema = strictObject({
	kind: literal("SignedLedgerAnchor"),
	v: literal(1),
	statement: unknown(),
	token: string().max(16384),
	jwk
});
/** The workflow that anchors lies beside the one that judges, and is trusted at the same commits. */
const anchorWorkflowOf = ({ judge }) => ({
	path: judge.path.replace(/[^/]+$/, "anchor-ledger.yml"),
	shas: judge.shas
});
/** What the job asks the token for: another word than evidence has, so that neither stands in for the other. */
const audienceOf = (statement) => `gatehouse-anchor:${digestBytes(renderStatement(statement))}`;
const renderSignedAnchor = ({ statement, token, jwk: key }) => `${canonicalJson({
	kind: "SignedLedgerAnchor",
	v: 1,
	statement,
	token,
	jwk: key
})}\n`;
/**
* Reads the file of an anchor; that it is signed says `verifySignedAnchor`.
* @param text whoever may write to the place that keeps it controls it
* @throws InputError ANCHOR_INVALID, JSON_INVALID
*/
function parseSignedAnchor(text, source) {
	if (text.length > 65536) throw noAnchor(source, `it is longer than ${maxAnchorBytes} characters`);
	const { success, data } = fileSchema.safeParse(parseStrictJson(text, source));
	if (!success) throw noAnchor(source, "it has another form");
	const { token } = data;
	return {
		statement: readStatement(data.statement, source),
		token,
		jwk: data.jwk
	};
}
/**
* Says whether GitHub signed an anchor for the trusted workflow on the default branch.
* @param keys of the issuer; the anchor's own key where nobody can be asked
* @returns the finding that says what is wrong with it; null: it is believed
*/
function verifySignedAnchor(signed, keys, expected, source) {
	const payload = verifyJws(signed.token, keys);
	if (typeof payload === "string") return refuse(source, payload);
	const wrong = wrongOrigin(payload, signed.statement, expected) ?? wrongWorkflow(payload, expected.workflow) ?? wrongTime(payload, signed.statement);
	return wrong === null ? null : refuse(source, wrong);
}
function wrongOrigin(payload, statement, expected) {
	const { issuer, repositoryId, ref, runner } = expected;
	if (repositoryId !== null && statement.repositoryId !== repositoryId) return `it is of repository ${statement.repositoryId}, not ${repositoryId}`;
	const runners = runner === "github-hosted" ? [runner] : ["github-hosted", "self-hosted"];
	const broken = [
		[
			"aud",
			"other bytes",
			[audienceOf(statement)]
		],
		[
			"repository_id",
			"another repository",
			[String(statement.repositoryId)]
		],
		[
			"event_name",
			"another event",
			events
		],
		...issuer === null ? [] : [[
			"iss",
			"another issuer",
			[issuer]
		]],
		...ref === null ? [] : [[
			"ref",
			"another branch",
			[ref]
		]],
		...runner === null ? [] : [[
			"runner_environment",
			"another runner",
			runners
		]]
	].find(([claim, , allowed]) => !allowed.includes(textOf(payload, claim)));
	return broken === void 0 ? null : `it was signed for ${broken[1]}: ${shown(payload, broken[0])}`;
}
function wrongWorkflow(payload, workflow) {
	if (workflow === null) return null;
	const [path, ...ref] = textOf(payload, "job_workflow_ref").split("@");
	if (path !== workflow.path || ref.length === 0) return `it was signed by another workflow: ${shown(payload, "job_workflow_ref")}`;
	if (workflow.shas.includes(textOf(payload, "job_workflow_sha"))) return null;
	return `it was signed by a commit of the workflow that trusted.shas does not list: ${shown(payload, "job_workflow_sha")}`;
}
/** Without a clock: the statement names its own time, and the token must be of that moment. */
function wrongTime(payload, { at }) {
	const [iat, stated] = [payload.get("iat"), parseInstant(at)];
	if (typeof iat !== "number" || !Number.isSafeInteger(iat) || stated === null) return "it has no readable time";
	const delay = iat - stated / 1e3;
	return Number.isFinite(delay) && delay >= -3600 && delay <= maxDelaySeconds ? null : `it says ${at} and was signed ${Math.round(Math.abs(delay))} seconds away from that`;
}
function textOf(payload, claim) {
	const value = payload.get(claim);
	return typeof value === "string" ? value : "";
}
const shown = (payload, claim) => textOf(payload, claim).slice(0, 160) || "it does not say";
function refuse(source, why) {
	return {
		code: "ledger/anchor-refused",
		severity: "fail",
		message: `The anchor ${source} is not believed: ${why}`,
		where: { file: source },
		fix: "Find out who put it there. The workflow anchor-ledger.yml, called on the default branch, leaves a new one."
	};
}

export { parseSignedAnchor as a, maxAnchorBytes as i, anchorWorkflowOf as n, renderSignedAnchor as o, audienceOf as r, verifySignedAnchor as s, anchorFileName as t };