import { i as ServiceError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";

// adapters/oidc/jwks.ts
const maxBytes = 262144;
const timeoutMs = 1e4;
/** Issuer of the tokens of Actions on a server. @param serverUrl `https://github.com` or a GHES or sandbox address */
function issuerOf(serverUrl) {
	const url = serverUrl.replace(/\/+$/, "");
	if (url === "https://github.com") return "https://token.actions.githubusercontent.com";
	return `${url}/_services/token`;
}
/**
* Reads the issuer's public keys. No redirect is followed: only the issuer itself says what its keys are.
* @throws ServiceError OIDC_KEYS
*/
async function fetchKeys(issuer, request = fetch) {
	const url = `${issuer}/.well-known/jwks`;
	try {
		const answer = await request(url, {
			redirect: "error",
			signal: AbortSignal.timeout(timeoutMs)
		});
		if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
		const text = await answer.text();
		if (text.length > maxBytes) throw new Error(`more than ${maxBytes} characters`);
		return toKeys(parseStrictJson(text, url));
	} catch (cause) {
		throw new ServiceError("OIDC_KEYS", `The keys of ${issuer} could not be read: ${String(cause)}`, {
			hint: "No receipt can be checked without them; nothing was decided. The next look tries again.",
			cause
		});
	}
}
/** Keeps text fields only: a key is used by kty, kid, n and e, all of them text. */
function toKeys(value) {
	if (typeof value !== "object" || value === null || !("keys" in value) || !Array.isArray(value.keys)) throw new Error("it holds no list of keys");
	return value.keys.map((key) => {
		if (typeof key !== "object" || key === null) throw new Error("a key is not an object");
		const texts = Object.entries(key).filter((entry) => typeof entry[1] === "string");
		const { kty, ...rest } = Object.fromEntries(texts);
		if (kty === void 0) throw new Error("a key has no type");
		return {
			...rest,
			kty
		};
	});
}

export { issuerOf as n, fetchKeys as t };