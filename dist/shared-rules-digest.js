import { r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { i as isDigest, n as digestBytes, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { A as literal, E as custom, F as strictObject, I as string, T as boolean, w as array } from "./shared-js-yaml.js";
import { t as traceAncestry } from "./shared-ancestry.js";

// core/evidence/envelope.ts
/** @param complete nothing was missing that another run may bring */
const hintOf = ({ origin, rulesDigest, champions }, complete) => ({
	contentDigest: origin.contentDigest,
	rulesDigest,
	champions: digestOf(champions),
	complete
});
/** Exactly these bytes: a header that could say something else would be one more thing to check. */
const header = toBase64url("{\"enc\":\"A256GCM\",\"typ\":\"gatehouse-evidence\"}");
const keyAlgorithm = "RSA-OAEP-256";
/** Evidence of 5 MiB, in base64. */
const maximumLength = 8e6;
const part = string().regex(/^[A-Za-z0-9_-]*$/, "base64url");
const digest = custom(isDigest, { error: "sha256: and 64 lower-case hex characters" });
const form = strictObject({
	protected: literal(header),
	recipients: array(strictObject({
		header: strictObject({
			alg: literal(keyAlgorithm),
			kid: string().regex(/^SHA256:[A-Za-z0-9+/]{43}=$/)
		}),
		encrypted_key: part.max(2e3)
	})).min(1).max(2),
	aad: part.max(2e3),
	iv: part.length(16),
	ciphertext: part,
	tag: part.length(22)
});
const hintForm = strictObject({
	contentDigest: digest,
	rulesDigest: digest,
	champions: digest,
	complete: boolean()
});
/**
* Reads an envelope: the general JSON form of a JWE, one algorithm for keys and one for content.
* @param text from an artifact: whoever runs a workflow can have written it
* @throws InputError JSON_INVALID; EVIDENCE_ENVELOPE for every other shape
* @see RFC 7516, sections 5.2 and 7.2.1
*/
function parseEnvelope(text) {
	if (text.length > maximumLength) throw refuse(`it is longer than ${maximumLength} characters`);
	const parsed = form.safeParse(parseStrictJson(text, "evidence.jwe"));
	if (!parsed.success) throw refuse(describe(parsed.error));
	const { aad, iv, ciphertext, tag, recipients } = parsed.data;
	return {
		recipients: recipients.map(({ header: { kid }, encrypted_key }) => ({
			id: kid,
			key: Buffer.from(encrypted_key, "base64url")
		})),
		hint: readHint(Buffer.from(aad, "base64url").toString("utf8")),
		aad: authenticated(aad),
		iv: Buffer.from(iv, "base64url"),
		ciphertext: Buffer.from(ciphertext, "base64url"),
		tag: Buffer.from(tag, "base64url")
	};
}
/** What the tag covers, for a hint that is about to be sealed in. @see RFC 7516, section 5.1, step 14 */
const authenticatedOf = (hint) => authenticated(toBase64url(canonicalJson(hint)));
/** Writes an envelope. */
function renderEnvelope({ recipients, hint, iv, ciphertext, tag }) {
	return canonicalJson({
		protected: header,
		recipients: recipients.map(({ id, key }) => ({
			header: {
				alg: keyAlgorithm,
				kid: id
			},
			encrypted_key: key.toString("base64url")
		})),
		aad: toBase64url(canonicalJson(hint)),
		iv: iv.toString("base64url"),
		ciphertext: ciphertext.toString("base64url"),
		tag: tag.toString("base64url")
	});
}
function readHint(text) {
	const parsed = hintForm.safeParse(parseStrictJson(text, "the outside of evidence.jwe"));
	if (!parsed.success) throw refuse(describe(parsed.error));
	return parsed.data;
}
const authenticated = (aad) => Buffer.from(`${header}.${aad}`, "ascii");
function toBase64url(text) {
	return Buffer.from(text, "utf8").toString("base64url");
}
function describe({ issues: [issue] }) {
	return `at /${issue?.path.map(String).join("/") ?? ""}: ${issue?.message ?? "another shape"}`;
}
function refuse(why) {
	return new InputError("EVIDENCE_ENVELOPE", `The sealed evidence cannot be read: ${why}`, {
		hint: "Run the workflow again with the trusted workflows at a commit that the policy lists.",
		where: { file: "evidence.jwe" }
	});
}

// core/change/inherited.ts
/** The contracts that a dataset inherits constraints from, by name: the job that checks data and the app agree by this. */
function inheritedContracts(contract, { datasets }) {
	const known = new Map([...datasets].map(([name, { config }]) => [name, config]));
	return traceAncestry(contract, known).ancestors.flatMap(({ dataset }) => {
		const governed = datasets.get(dataset);
		return governed === void 0 ? [] : [{
			dataset,
			contractDigest: digestBytes(governed.text)
		}];
	});
}

// core/evidence/rules-digest.ts
/**
* Names the rules that a request is judged and approved by: one recipe for the judge and for the app.
* It holds what the files say, not their bytes, and only what applies, so that a comment edited in the policy or a
* rule about something else does not void approvals. Who is in a role is read at decision time and is not in it; nor
* are the places where bytes lie, nor the trusted workflows, which the receipt is checked against.
*/
function rulesDigest({ policy, catalogue, change }) {
	const { defaults, proposal, stages, rollback, configuration, addWhen, judgeRunner } = policy;
	const model = change.model === null ? void 0 : catalogue.models.get(change.model);
	const contracts = change.datasets.flatMap((name) => {
		const contract = catalogue.datasets.get(name);
		return contract ? [{
			from: contract.from,
			contract: contract.config
		}] : [];
	});
	const inherited = contracts.map(({ contract }) => inheritedContracts(contract, catalogue));
	return digestOf({
		v: 1,
		policy: {
			defaults,
			proposal,
			rollback,
			configuration,
			addWhen,
			judgeRunner,
			stages: Object.fromEntries(Object.entries(stages).map(([name, { approvals }]) => [name, { approvals }]))
		},
		model: model ? {
			from: model.from,
			config: model.config
		} : null,
		contracts,
		inherited
	});
}

export { parseEnvelope as a, hintOf as i, inheritedContracts as n, renderEnvelope as o, authenticatedOf as r, rulesDigest as t };