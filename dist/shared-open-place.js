import { it as hostOf, ot as parsePlaceAddress, rt as amazonS3Host, st as placeRule } from "./shared-policy-resolution.js";
import { i as ServiceError, r as InputError } from "./shared-error.js";
import { n as copyHashed, r as fail, t as openClient } from "./shared-safe-fetch.js";
import { createReadStream } from "node:fs";
import { dirname, join } from "node:path";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { chmod, link, mkdir, rm, stat } from "node:fs/promises";

// core/config/network.ts
/** What base's policy lets a job reach: the hosts of `store` and `data`, and those that it lists. */
function networkOf(policy) {
	const own = [policy.store, policy.data].flatMap(hostsOf);
	return {
		hosts: [.../* @__PURE__ */ new Set([
			...own,
			...policy.hosts,
			...policy.privateHosts
		])],
		privateHosts: policy.privateHosts
	};
}
/** The narrowest rule, and the one where none is given: the place's own host, at a public address. */
function ownNetwork(address) {
	return {
		hosts: hostsOf(address),
		privateHosts: []
	};
}
/**
* What may be reached for held-out labels: their own host as `model.yml` of the base branch names it; a policy that
* lists `hosts` has said all of them, so labels must lie on one of those.
*/
function labelNetwork(policy, url) {
	const allowed = networkOf(policy);
	if (policy.hosts.length > 0) return allowed;
	return {
		...allowed,
		hosts: [...allowed.hosts, ...hostsOf(url)]
	};
}
function hostsOf(address) {
	const parsed = parsePlaceAddress(address);
	const host = parsed === null ? null : hostOf(parsed);
	return host === null ? [] : [host];
}

// node_modules/aws4fetch/dist/aws4fetch.esm.mjs
/**
* @license MIT <https://opensource.org/licenses/MIT>
* @copyright Michael Hart 2024
*/
const encoder = new TextEncoder();
const HOST_SERVICES = {
	appstream2: "appstream",
	cloudhsmv2: "cloudhsm",
	email: "ses",
	marketplace: "aws-marketplace",
	mobile: "AWSMobileHubService",
	pinpoint: "mobiletargeting",
	queue: "sqs",
	"git-codecommit": "codecommit",
	"mturk-requester-sandbox": "mturk-requester",
	"personalize-runtime": "personalize"
};
const UNSIGNABLE_HEADERS = /* @__PURE__ */ new Set([
	"authorization",
	"content-type",
	"content-length",
	"user-agent",
	"presigned-expires",
	"expect",
	"x-amzn-trace-id",
	"range",
	"connection"
]);
var AwsV4Signer = class {
	constructor({ method, url, headers, body, accessKeyId, secretAccessKey, sessionToken, service, region, cache, datetime, signQuery, appendSessionToken, allHeaders, singleEncode }) {
		if (url == null) throw new TypeError("url is a required option");
		if (accessKeyId == null) throw new TypeError("accessKeyId is a required option");
		if (secretAccessKey == null) throw new TypeError("secretAccessKey is a required option");
		this.method = method || (body ? "POST" : "GET");
		this.url = new URL(url);
		this.headers = new Headers(headers || {});
		this.body = body;
		this.accessKeyId = accessKeyId;
		this.secretAccessKey = secretAccessKey;
		this.sessionToken = sessionToken;
		let guessedService, guessedRegion;
		if (!service || !region) [guessedService, guessedRegion] = guessServiceRegion(this.url, this.headers);
		this.service = service || guessedService || "";
		this.region = region || guessedRegion || "us-east-1";
		this.cache = cache || /* @__PURE__ */ new Map();
		this.datetime = datetime || (/* @__PURE__ */ new Date()).toISOString().replace(/[:-]|\.\d{3}/g, "");
		this.signQuery = signQuery;
		this.appendSessionToken = appendSessionToken || this.service === "iotdevicegateway";
		this.headers.delete("Host");
		if (this.service === "s3" && !this.signQuery && !this.headers.has("X-Amz-Content-Sha256")) this.headers.set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
		const params = this.signQuery ? this.url.searchParams : this.headers;
		params.set("X-Amz-Date", this.datetime);
		if (this.sessionToken && !this.appendSessionToken) params.set("X-Amz-Security-Token", this.sessionToken);
		this.signableHeaders = ["host", ...this.headers.keys()].filter((header) => allHeaders || !UNSIGNABLE_HEADERS.has(header)).sort();
		this.signedHeaders = this.signableHeaders.join(";");
		this.canonicalHeaders = this.signableHeaders.map((header) => header + ":" + (header === "host" ? this.url.host : (this.headers.get(header) || "").replace(/\s+/g, " "))).join("\n");
		this.credentialString = [
			this.datetime.slice(0, 8),
			this.region,
			this.service,
			"aws4_request"
		].join("/");
		if (this.signQuery) {
			if (this.service === "s3" && !params.has("X-Amz-Expires")) params.set("X-Amz-Expires", "86400");
			params.set("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
			params.set("X-Amz-Credential", this.accessKeyId + "/" + this.credentialString);
			params.set("X-Amz-SignedHeaders", this.signedHeaders);
		}
		if (this.service === "s3") try {
			this.encodedPath = decodeURIComponent(this.url.pathname.replace(/\+/g, " "));
		} catch (e) {
			this.encodedPath = this.url.pathname;
		}
		else this.encodedPath = this.url.pathname.replace(/\/+/g, "/");
		if (!singleEncode) this.encodedPath = encodeURIComponent(this.encodedPath).replace(/%2F/g, "/");
		this.encodedPath = encodeRfc3986(this.encodedPath);
		const seenKeys = /* @__PURE__ */ new Set();
		this.encodedSearch = [...this.url.searchParams].filter(([k]) => {
			if (!k) return false;
			if (this.service === "s3") {
				if (seenKeys.has(k)) return false;
				seenKeys.add(k);
			}
			return true;
		}).map((pair) => pair.map((p) => encodeRfc3986(encodeURIComponent(p)))).sort(([k1, v1], [k2, v2]) => k1 < k2 ? -1 : k1 > k2 ? 1 : v1 < v2 ? -1 : v1 > v2 ? 1 : 0).map((pair) => pair.join("=")).join("&");
	}
	async sign() {
		if (this.signQuery) {
			this.url.searchParams.set("X-Amz-Signature", await this.signature());
			if (this.sessionToken && this.appendSessionToken) this.url.searchParams.set("X-Amz-Security-Token", this.sessionToken);
		} else this.headers.set("Authorization", await this.authHeader());
		return {
			method: this.method,
			url: this.url,
			headers: this.headers,
			body: this.body
		};
	}
	async authHeader() {
		return [
			"AWS4-HMAC-SHA256 Credential=" + this.accessKeyId + "/" + this.credentialString,
			"SignedHeaders=" + this.signedHeaders,
			"Signature=" + await this.signature()
		].join(", ");
	}
	async signature() {
		const date = this.datetime.slice(0, 8);
		const cacheKey = [
			this.secretAccessKey,
			date,
			this.region,
			this.service
		].join();
		let kCredentials = this.cache.get(cacheKey);
		if (!kCredentials) {
			kCredentials = await hmac(await hmac(await hmac(await hmac("AWS4" + this.secretAccessKey, date), this.region), this.service), "aws4_request");
			this.cache.set(cacheKey, kCredentials);
		}
		return buf2hex(await hmac(kCredentials, await this.stringToSign()));
	}
	async stringToSign() {
		return [
			"AWS4-HMAC-SHA256",
			this.datetime,
			this.credentialString,
			buf2hex(await hash(await this.canonicalString()))
		].join("\n");
	}
	async canonicalString() {
		return [
			this.method.toUpperCase(),
			this.encodedPath,
			this.encodedSearch,
			this.canonicalHeaders + "\n",
			this.signedHeaders,
			await this.hexBodyHash()
		].join("\n");
	}
	async hexBodyHash() {
		let hashHeader = this.headers.get("X-Amz-Content-Sha256") || (this.service === "s3" && this.signQuery ? "UNSIGNED-PAYLOAD" : null);
		if (hashHeader == null) {
			if (this.body && typeof this.body !== "string" && !("byteLength" in this.body)) throw new Error("body must be a string, ArrayBuffer or ArrayBufferView, unless you include the X-Amz-Content-Sha256 header");
			hashHeader = buf2hex(await hash(this.body || ""));
		}
		return hashHeader;
	}
};
async function hmac(key, string) {
	const cryptoKey = await crypto.subtle.importKey("raw", typeof key === "string" ? encoder.encode(key) : key, {
		name: "HMAC",
		hash: { name: "SHA-256" }
	}, false, ["sign"]);
	return crypto.subtle.sign("HMAC", cryptoKey, encoder.encode(string));
}
async function hash(content) {
	return crypto.subtle.digest("SHA-256", typeof content === "string" ? encoder.encode(content) : content);
}
const HEX_CHARS = [
	"0",
	"1",
	"2",
	"3",
	"4",
	"5",
	"6",
	"7",
	"8",
	"9",
	"a",
	"b",
	"c",
	"d",
	"e",
	"f"
];
function buf2hex(arrayBuffer) {
	const buffer = new Uint8Array(arrayBuffer);
	let out = "";
	for (let idx = 0; idx < buffer.length; idx++) {
		const n = buffer[idx];
		out += HEX_CHARS[n >>> 4 & 15];
		out += HEX_CHARS[n & 15];
	}
	return out;
}
function encodeRfc3986(urlEncodedStr) {
	return urlEncodedStr.replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
}
function guessServiceRegion(url, headers) {
	const { hostname, pathname } = url;
	if (hostname.endsWith(".on.aws")) {
		const match = hostname.match(/^[^.]{1,63}\.lambda-url\.([^.]{1,63})\.on\.aws$/);
		return match != null ? ["lambda", match[1] || ""] : ["", ""];
	}
	if (hostname.endsWith(".r2.cloudflarestorage.com")) return ["s3", "auto"];
	if (hostname.endsWith(".backblazeb2.com")) {
		const match = hostname.match(/^(?:[^.]{1,63}\.)?s3\.([^.]{1,63})\.backblazeb2\.com$/);
		return match != null ? ["s3", match[1] || ""] : ["", ""];
	}
	const match = hostname.replace("dualstack.", "").match(/([^.]{1,63})\.(?:([^.]{0,63})\.)?amazonaws\.com(?:\.cn)?$/);
	let service = match && match[1] || "";
	let region = match && match[2];
	if (region === "us-gov") region = "us-gov-west-1";
	else if (region === "s3" || region === "s3-accelerate") {
		region = "us-east-1";
		service = "s3";
	} else if (service === "iot") {
		if (hostname.startsWith("iot.")) service = "execute-api";
		else if (hostname.startsWith("data.jobs.iot.")) service = "iot-jobs-data";
		else service = pathname === "/mqtt" ? "iotdevicegateway" : "iotdata";
	} else if (service === "autoscaling") {
		const targetPrefix = (headers.get("X-Amz-Target") || "").split(".")[0];
		if (targetPrefix === "AnyScaleFrontendService") service = "application-autoscaling";
		else if (targetPrefix === "AnyScaleScalingPlannerFrontendService") service = "autoscaling-plans";
	} else if (region == null && service.startsWith("s3-")) {
		region = service.slice(3).replace(/^fips-|^external-1/, "");
		service = "s3";
	} else if (service.endsWith("-fips")) service = service.slice(0, -5);
	else if (region && /-\d$/.test(service) && !/-\d$/.test(region)) [service, region] = [region, service];
	return [HOST_SERVICES[service] || service, region || ""];
}

// adapters/store/credentials.ts
const parts = [
	"ACCESS_KEY_ID",
	"SECRET_ACCESS_KEY",
	"SESSION_TOKEN"
];
/**
* Reads credentials from the environment of the job: GATEHOUSE_STORE_ACCESS_KEY_ID (or GATEHOUSE_DATA_...) and its
* companions where they are set, else AWS_ACCESS_KEY_ID and its companions.
* @returns null when there are none: requests go unsigned, as to a public bucket
* @throws InputError STORE_CREDENTIALS when half of them are there; names variables, never values
*/
function readCredentials(env, use) {
	return readFrom(env, `GATEHOUSE_${use.toUpperCase()}`) ?? readFrom(env, "AWS");
}
/**
* Reads the region that Amazon S3 is asked in and that signatures name.
* @returns `us-east-1` where nothing is said: what S3-compatible services take
* @throws InputError STORE_REGION: it becomes part of a host name
*/
function readRegion(env) {
	const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || "us-east-1";
	if (/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(region)) return region;
	throw new InputError("STORE_REGION", "AWS_REGION is not the name of a region", { hint: "Set it to a name such as eu-central-1." });
}
function readFrom(env, prefix) {
	const [accessKeyId, secretAccessKey, sessionToken] = parts.map((part) => env[`${prefix}_${part}`]?.trim() ?? "");
	if (!accessKeyId && !secretAccessKey) return null;
	const broken = parts.filter((part) => !/^[\x21-\x7e]*$/.test(env[`${prefix}_${part}`]?.trim() ?? ""));
	const named = [...parts.slice(0, 2).filter((part) => !env[`${prefix}_${part}`]?.trim()), ...broken].map((part) => `${prefix}_${part}`);
	if (!accessKeyId || !secretAccessKey || broken.length > 0) throw new InputError("STORE_CREDENTIALS", `${named.join(", ")} cannot be used: absent or not one word`, { hint: `Set ${prefix}_ACCESS_KEY_ID and ${prefix}_SECRET_ACCESS_KEY as secrets of the repository, both or none.` });
	return {
		accessKeyId,
		secretAccessKey,
		sessionToken: sessionToken || null
	};
}

// adapters/store/places/web.ts
/** A web server that answers GET, HEAD, and PUT with `If-None-Match: *` (RFC 9110). */
function openWeb(address, network, options) {
	const client = openClient(network, options);
	const at = (path) => new URL(`${address}/${encodePath(path)}`);
	return {
		address,
		open: (path) => open$3(client, address, at(path)),
		has: (path) => has$1(client, address, at(path)),
		put: (path, file) => put$2(client, address, at(path), file),
		require: async () => void 0
	};
}
async function open$3(client, address, url) {
	const answer = await client.send({
		method: "GET",
		url
	});
	if (answer.status === 200) return answer.body;
	answer.skip();
	if (answer.status === 404) return null;
	throw fail(address, `HTTP ${answer.status} for ${url.pathname}`);
}
async function has$1(client, address, url) {
	const answer = await client.send({
		method: "HEAD",
		url
	});
	answer.skip();
	if (answer.status === 404) return false;
	if (isSuccess(answer.status)) return true;
	throw fail(address, `HTTP ${answer.status} for HEAD ${url.pathname}`);
}
async function put$2(client, address, url, body) {
	const headers = async () => ({
		"if-none-match": "*",
		"content-type": "application/octet-stream"
	});
	const answer = await client.send({
		method: "PUT",
		url,
		headers,
		body
	});
	answer.skip();
	if (answer.status === 412) return "taken";
	if (isSuccess(answer.status)) return "written";
	throw fail(address, `HTTP ${answer.status} for PUT ${url.pathname}`);
}
const isSuccess = (status) => status >= 200 && status < 300;
/** Percent-encodes everything but A-Z a-z 0-9 - . _ ~ and the slashes (RFC 3986): what SigV4 signs, too. */
function encodePath(path) {
	return path.split("/").map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)).join("/");
}

// adapters/store/places/bucket.ts
/** A digest of no bytes: every request names that of its body. */
const emptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/**
* A bucket of Amazon S3 or of a service that speaks its protocol: GetObject, HeadObject, PutObject, signed with
* Signature Version 4 where the environment has credentials.
* @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
*/
function openBucket(parsed, use, network, options) {
	const env = options.env ?? process.env;
	const region = readRegion(env);
	const root = rootOf(parsed, region);
	const bucket = {
		address: parsed.address,
		client: openClient(withAmazon(network, parsed, root), options),
		credentials: readCredentials(env, use),
		region,
		at: (path) => new URL(`${root}/${encodePath(parsed.prefix === "" ? path : `${parsed.prefix}/${path}`)}`)
	};
	return {
		address: parsed.address,
		open: (path) => open$2(bucket, path),
		has: async (path) => await sizeOf(bucket, path) !== null,
		put: (path, file) => put$1(bucket, path, file),
		require: async () => void 0
	};
}
/**
* Virtual-hosted style for Amazon S3, as it asks for; path style for names with a dot, which its certificate does not
* cover, and for every other service.
* @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
*/
function rootOf({ endpoint, bucket }, region) {
	if (endpoint !== null) return `${endpoint}/${bucket}`;
	const host = `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
	return bucket.includes(".") ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}
/** "s3.amazonaws.com" in a list of hosts means the bucket of the address, in whatever region. */
function withAmazon(network, { endpoint }, root) {
	if (endpoint !== null || !network.hosts.includes("s3.amazonaws.com")) return network;
	return {
		...network,
		hosts: [...network.hosts, new URL(root).host]
	};
}
async function open$2(bucket, path) {
	const answer = await send(bucket, "GET", path);
	if (answer.status === 200) return answer.body;
	answer.skip();
	if (answer.status === 404) return null;
	throw refuse(bucket, answer, `GET ${path}`);
}
/** @returns bytes of the object; NaN when the service does not say; null when there is none */
async function sizeOf(bucket, path) {
	const answer = await send(bucket, "HEAD", path);
	answer.skip();
	if (answer.status === 404) return null;
	if (answer.status !== 200) throw refuse(bucket, answer, `HEAD ${path}`);
	return Number(answer.header("content-length") ?? NaN);
}
async function put$1(bucket, path, body) {
	if (await sizeOf(bucket, path) !== null) return "taken";
	const answer = await send(bucket, "PUT", path, body);
	answer.skip();
	if (answer.status === 412) return "taken";
	if (answer.status !== 200) throw refuse(bucket, answer, `PUT ${path}`);
	const kept = await sizeOf(bucket, path);
	if (kept !== body.sizeBytes) throw fail(bucket.address, `${path} has ${kept ?? "no"} bytes after ${body.sizeBytes} were written`);
	return "written";
}
function send(bucket, method, path, body) {
	const own = {
		"x-amz-content-sha256": body?.sha256 ?? emptySha256,
		...body === void 0 ? {} : {
			"if-none-match": "*",
			"content-type": "application/octet-stream"
		}
	};
	const { credentials, region } = bucket;
	const headers = async (url) => credentials === null ? own : signHeaders(url, method, own, {
		...credentials,
		region
	});
	return bucket.client.send({
		method,
		url: bucket.at(path),
		headers,
		...body && { body }
	});
}
/** Adds date and signature. @param at time of the request, now where nothing is said */
async function signHeaders(url, method, headers, key, at = /* @__PURE__ */ new Date()) {
	const signed = await new AwsV4Signer({
		method,
		url: url.href,
		headers,
		service: "s3",
		region: key.region,
		accessKeyId: key.accessKeyId,
		secretAccessKey: key.secretAccessKey,
		...key.sessionToken === null ? {} : { sessionToken: key.sessionToken },
		datetime: at.toISOString().replace(/[:-]|\.\d{3}/g, ""),
		allHeaders: true
	}).sign();
	return Object.fromEntries(signed.headers);
}
/** Status and region only: the body of a refusal repeats the key's id and what was signed. */
function refuse({ address, credentials }, answer, what) {
	const region = /^[a-z0-9-]{1,32}$/.exec(answer.header("x-amz-bucket-region") ?? "")?.[0];
	const why = answer.status === 401 || answer.status === 403 ? `, ${credentials === null ? "asked without credentials" : "the credentials do not allow it"} (absent objects need the right to list the bucket)` : "";
	return fail(address, `HTTP ${answer.status} for ${what}${why}${region ? `; the bucket is in region ${region}` : ""}`);
}

// adapters/store/places/folder.ts
const chunkBytes = 1 << 20;
/** A folder of this machine, local or mounted. */
function openFolder(url) {
	const root = fileURLToPath(url);
	return {
		address: url,
		open: (path) => open$1(root, path),
		has: (path) => has(root, path),
		put: (path, file) => put(root, path, file),
		require: () => requireFolder(root)
	};
}
async function open$1(root, path) {
	await requireFolder(root);
	const file = join(root, path);
	const found = await stat(file).catch((error) => {
		if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
		throw fail(root, `${path} cannot be read (${error.code})`, error);
	});
	if (found === null) return null;
	if (!found.isFile()) throw fail(root, `${path} is not a file`);
	return createReadStream(file, { highWaterMark: chunkBytes });
}
async function has(root, path) {
	await requireFolder(root);
	return stat(join(root, path)).then((found) => found.isFile(), () => false);
}
async function put(root, path, { file, sha256 }) {
	await requireFolder(root);
	const draft = join(root, "incoming", randomUUID());
	const target = join(root, path);
	try {
		const { hex } = await copyHashed(createReadStream(file), draft, "sha256");
		if (hex !== sha256) throw refuseChanged(file);
		await chmod(draft, 292);
		await mkdir(dirname(target), { recursive: true });
		return await link(draft, target).then(() => "written", (error) => {
			if (error.code === "EEXIST") return "taken";
			throw error;
		});
	} catch (error) {
		if (error instanceof ServiceError || error instanceof InputError) throw error;
		throw fail(root, `${path} could not be written`, error);
	} finally {
		await rm(draft, { force: true });
	}
}
function refuseChanged(file) {
	return new InputError("FILE_CHANGED", `${file} changed while it was stored`, { hint: "Store it again when nothing writes to it any more." });
}
async function requireFolder(root) {
	if ((await stat(root).catch(() => null))?.isDirectory()) return;
	throw new ServiceError("STORE_MISSING", `The folder ${root} is not there`, { hint: `Create ${root} (or mount it) on this runner, or correct store and data in .github/gatehouse.yml.` });
}

// adapters/store/open-place.ts
/**
* Opens a place by its address in the policy.
* @param network what base's policy lets the job reach (`networkOf`); without it the place's own host at a public
* address, so that a caller who forgets it reaches less, never more
* @throws InputError STORE_URL for any other address, credentials in it included: they would reach logs
*/
function openPlace(address, use, network = ownNetwork(address), options = {}) {
	const parsed = parsePlaceAddress(address);
	if (parsed === null) throw refuseAddress(address, use);
	if (parsed.kind === "folder") return openFolder(parsed.url);
	if (parsed.kind === "http") return openWeb(parsed.url, network, options);
	return openBucket({
		...parsed,
		address
	}, use, network, options);
}
function refuseAddress(address, use) {
	const scheme = URL.canParse(address) ? new URL(address).protocol : "without a scheme";
	return new InputError("STORE_URL", `The ${use} "${scheme.slice(0, 40)}" is not supported as it is written`, { hint: `Set ${use} in .github/gatehouse.yml to ${placeRule}.` });
}

export { labelNetwork as n, networkOf as r, openPlace as t };