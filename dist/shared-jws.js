import { r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { createPublicKey, verify } from "node:crypto";

// core/evidence/base64url.ts
/**
* Decodes base64url without padding, in its one canonical spelling.
* @returns null when the text is anything else. Decoders ignore spare bits and foreign characters, so that several texts
* would carry one signature: only the text that encoding gives back is accepted.
* @see RFC 4648 section 3.5 and RFC 7515 section 2
*/
function decodeBase64url(text) {
	if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
	const bytes = Buffer.from(text, "base64url");
	return bytes.toString("base64url") === text ? bytes : null;
}

// core/evidence/jwk.ts
const minimumBits = 2048;
/**
* Finds the one RSA key with this id. A Map, not an object: `__proto__` as an id finds nothing.
* @returns the key, or the sentence why there is none
*/
function findKey(keys, kid) {
	const named = /* @__PURE__ */ new Map();
	for (const key of keys) if (typeof key.kid === "string") named.set(key.kid, [...named.get(key.kid) ?? [], key]);
	const [jwk, ...more] = named.get(kid) ?? [];
	if (!jwk) return `the issuer has no key ${kid}`;
	if (more.length > 0) return `the issuer lists key ${kid} more than once`;
	return toKey(jwk);
}
function toKey(jwk) {
	if (jwk.kty !== "RSA") return `key ${jwk.kid} is of type ${jwk.kty}, not RSA`;
	if (jwk.alg !== void 0 && jwk.alg !== "RS256") return `key ${jwk.kid} is for ${jwk.alg}, not RS256`;
	if (jwk.use !== void 0 && jwk.use !== "sig") return `key ${jwk.kid} is not for signatures`;
	const key = readKey(jwk);
	if (key === null || key.asymmetricKeyType !== "rsa") return `key ${jwk.kid} is not a readable RSA key`;
	const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
	return bits >= minimumBits ? key : `key ${jwk.kid} has ${bits} bits, fewer than ${minimumBits}`;
}
function readKey({ n, e }) {
	if (typeof n !== "string" || typeof e !== "string") return null;
	try {
		return createPublicKey({
			key: {
				kty: "RSA",
				n,
				e
			},
			format: "jwk"
		});
	} catch {
		return null;
	}
}

// core/evidence/jws.ts
/** No token of GitHub comes near it; a longer one is not parsed. */
const maximumLength = 16384;
/**
* Verifies a compact JWS: RS256 and nothing else, one key by id, canonical spelling, strict JSON.
* @returns the payload's members, or the sentence why the token is not believed
* @see RFC 7515, RFC 7518 section 3.3, RFC 8725
*/
function verifyJws(token, keys) {
	if (token.length > maximumLength) return `it is longer than ${maximumLength} characters`;
	const parts = token.split(".");
	if (parts.length !== 3) return `it has ${parts.length} parts, not 3`;
	const [headerText = "", payloadText = "", signatureText = ""] = parts;
	const header = readObject(headerText, "header");
	if (typeof header === "string") return header;
	const refusal = checkHeader(header);
	if (refusal !== null) return refusal;
	const key = findKey(keys, String(header.get("kid")));
	if (typeof key === "string") return key;
	const signature = decodeBase64url(signatureText);
	if (signature === null) return "its signature is not canonical base64url";
	const signed = Buffer.from(`${headerText}.${payloadText}`, "ascii");
	if (!verify("RSA-SHA256", signed, key, signature)) return "its signature does not verify";
	return readObject(payloadText, "payload");
}
function checkHeader(header) {
	const alg = header.get("alg");
	if (alg !== "RS256") return `its algorithm is ${String(alg)}, not RS256`;
	if (typeof header.get("kid") !== "string") return "its header names no key";
	if (header.has("crit")) return "its header asks for an extension (crit)";
	const typ = header.get("typ");
	return typ === void 0 || typ === "JWT" ? null : `its type is ${String(typ)}, not JWT`;
}
function readObject(text, part) {
	const bytes = decodeBase64url(text);
	if (bytes === null) return `its ${part} is not canonical base64url`;
	const json = bytes.toString("utf8");
	if (!Buffer.from(json, "utf8").equals(bytes)) return `its ${part} is not UTF-8`;
	try {
		const value = parseStrictJson(json, part);
		if (typeof value !== "object" || value === null || Array.isArray(value)) return `its ${part} is not an object`;
		return new Map(Object.entries(value));
	} catch (error) {
		if (error instanceof InputError) return `its ${part} is not strict JSON: ${error.message}`;
		throw error;
	}
}

export { verifyJws as t };