import { $ as hostOf, Q as amazonS3Host, Rt as parseStrictJson, Z as openClient, at as hashFile, et as parsePlaceAddress, it as hashBytes, nt as copyHashed, ot as maxFileBytes, rt as fail, st as refuseSize, tt as placeRule } from "./shared-parse.js";
import { f as InputError, p as ServiceError } from "./shared-metric-name.js";
import { a as quotePython, i as compareCodePoints } from "./shared-pointer.js";
import { n as Dos2UnixHash, t as digestFile } from "./shared-file.js";
import { i as matchesGlob } from "./shared-contract-file.js";
import { createReadStream } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Worker } from "node:worker_threads";
import { createHash, randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { availableParallelism, tmpdir } from "node:os";
import { chmod, link, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";

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
	throw refuse$1(bucket, answer, `GET ${path}`);
}
/** @returns bytes of the object; NaN when the service does not say; null when there is none */
async function sizeOf(bucket, path) {
	const answer = await send(bucket, "HEAD", path);
	answer.skip();
	if (answer.status === 404) return null;
	if (answer.status !== 200) throw refuse$1(bucket, answer, `HEAD ${path}`);
	return Number(answer.header("content-length") ?? NaN);
}
async function put$1(bucket, path, body) {
	if (await sizeOf(bucket, path) !== null) return "taken";
	const answer = await send(bucket, "PUT", path, body);
	answer.skip();
	if (answer.status === 412) return "taken";
	if (answer.status !== 200) throw refuse$1(bucket, answer, `PUT ${path}`);
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
function refuse$1({ address, credentials }, answer, what) {
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

// core/dvc/manifest.ts
/** More files than this belong into fewer, larger tables. */
const maxManifestFiles = 1e5;
/** 100,000 entries with long paths, each character of them escaped. */
const maxManifestBytes = 67108864;
/** The bytes of a `.dir` manifest, exactly as DVC writes them. */
function writeManifest(entries) {
	return `[${[...entries].sort((a, b) => compareCodePoints(a.relpath, b.relpath)).map(({ md5, relpath }) => `{"md5": "${md5}", "relpath": ${quotePython(relpath)}}`).join(", ")}]`;
}
/** What names a folder in pointers: the MD5 of its manifest and `.dir`. */
function digestManifest(entries) {
	return `${createHash("md5").update(writeManifest(entries)).digest("hex")}.dir`;
}
/**
* Reads a `.dir` manifest.
* @param text what the remote holds, its MD5 already verified; whoever pushed it chose the names
* @param source path of the pointer, for messages
* @returns entries by relpath in code-point order, whose paths stay below the folder and do not stand in each other's way
* @throws InputError DVC_MANIFEST
*/
function parseManifest(text, source) {
	const list = readJson(text, source);
	if (!Array.isArray(list)) throw refuse(source, "it is no list");
	if (list.length > 1e5) throw refuse(source, `it names ${list.length} files, ${maxManifestFiles} are allowed`);
	const entries = list.map((value) => readEntry(value, source));
	entries.sort((a, b) => compareCodePoints(a.relpath, b.relpath));
	requireDistinct(entries, source);
	return entries;
}
function readJson(text, source) {
	try {
		return parseStrictJson(text, source);
	} catch (cause) {
		throw refuse(source, "it is no JSON", cause);
	}
}
function readEntry(value, source) {
	if (typeof value !== "object" || value === null) throw refuse(source, "an entry is no map");
	const { md5, relpath, ...rest } = value;
	const [extra] = Object.keys(rest);
	if (extra !== void 0) throw refuse(source, `an entry has the unknown key ${JSON.stringify(extra)}`);
	if (typeof md5 !== "string" || !/^[0-9a-f]{32}$/.test(md5)) throw refuse(source, "an md5 is not 32 hex characters");
	if (typeof relpath !== "string" || !isBelow(relpath)) throw refuse(source, `the path ${JSON.stringify(relpath ?? null).slice(0, 200)} leads out of the folder`);
	return {
		relpath,
		md5
	};
}
/** Whether a path names something below a folder on every system: no "..", no root, drive, backslash or control. */
function isBelow(relpath) {
	if (!relpath.isWellFormed() || /[\\\p{Cc}]|^[a-zA-Z]:/u.test(relpath)) return false;
	return relpath.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
function requireDistinct(entries, source) {
	const files = new Set(entries.map(({ relpath }) => relpath));
	if (files.size < entries.length) throw refuse(source, "a path stands twice");
	for (const { relpath } of entries) for (let at = relpath.indexOf("/"); at !== -1; at = relpath.indexOf("/", at + 1)) {
		const parent = relpath.slice(0, at);
		if (files.has(parent)) throw refuse(source, `${JSON.stringify(parent)} is a file and a folder`);
	}
}
function refuse(source, why, cause) {
	return new InputError("DVC_MANIFEST", `The list of files that ${source} names is not valid: ${why}`, {
		hint: "Write it again with \"dvc add\" and \"dvc push\".",
		where: { file: source },
		cause
	});
}

// adapters/dvc/object.ts
/** Where DVC 3 keeps an object below the root of a remote, and where DVC 2 kept it. */
function locateObject({ hash, md5 }) {
	const path = `${md5.slice(0, 2)}/${md5.slice(2)}`;
	return hash === "md5" ? `files/md5/${path}` : path;
}
/**
* Copies one object to a local file; what is not what its digest and size say is removed again.
* @returns its size in bytes
* @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, FILE_TOO_LARGE; ServiceError STORE_MISSING, STORE_FAILED
*/
async function fetchObject(place, wanted, to) {
	const { md5, path, sizeBytes, maxBytes = maxFileBytes } = wanted;
	if (sizeBytes !== null && sizeBytes > maxBytes) throw refuseSize(`${path} has ${sizeBytes} bytes`);
	const bytes = await place.open(locateObject(wanted));
	if (bytes === null) throw refuseMissing(place, wanted);
	const legacy = wanted.hash === "md5-dos2unix" ? new Dos2UnixHash() : null;
	const copied = await copyHashed(legacy === null ? bytes : tap(bytes, legacy), to, "md5", maxBytes);
	const found = legacy?.digest() ?? copied.hex;
	const sameSize = sizeBytes === null || sizeBytes === copied.sizeBytes;
	if (found === md5.slice(0, 32) && sameSize) return copied.sizeBytes;
	await rm(to, { force: true });
	throw refuseDigest(wanted, sameSize ? `MD5 ${found}` : `${copied.sizeBytes} bytes, the pointer says ${sizeBytes}`);
}
async function* tap(bytes, hash) {
	for await (const chunk of bytes) {
		hash.update(chunk);
		yield chunk;
	}
}
function refuseMissing(place, { source, path, imported }) {
	return new InputError("DVC_OBJECT_MISSING", `The data of ${source} is not in the remote ${place.address}`, {
		hint: imported ? `DVC does not push imported data: take ${path} over with "dvc add" and "dvc push ${source}", and start the job again.` : `Run "dvc push ${source}" and start the job again.`,
		where: { file: source }
	});
}
function refuseDigest({ source, path }, found) {
	return new InputError("DVC_DIGEST", `What the remote holds for ${source} is not what the pointer names: ${found}`, {
		hint: `Remove the damaged object from the remote, run "dvc add ${path}" and "dvc push ${source}" again.`,
		where: { file: source }
	});
}

// adapters/dvc/folder.ts
/** Files that are fetched at the same time: small ones wait for the remote, not for this machine. */
const parallelFetches = 8;
/** A folder without a size could fill every disk. */
const maxFolderBytes = 32 * maxFileBytes;
/**
* Copies every file of a folder that lies in a remote, each verified by its MD5, the list of them by the pointer's.
* @param name where each file goes; the names in a manifest are pull-request controlled, and stay below the folder
* @returns files by relpath in code-point order
* @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, DVC_MANIFEST, FILE_TOO_LARGE; ServiceError
*/
async function fetchFolder(place, pointer, source, name) {
	const limit = pointer.sizeBytes ?? maxFolderBytes;
	if (limit > maxFolderBytes) throw refuseSize(`the folder ${pointer.path} has ${pointer.sizeBytes} bytes`);
	const entries = await fetchManifest(place, pointer, source);
	if (pointer.files !== null && pointer.files !== entries.length) throw refuseDigest({
		source,
		path: pointer.path
	}, `${entries.length} files, nfiles is ${pointer.files}`);
	const found = new Array(entries.length);
	let sizeBytes = 0;
	await inParallel(entries, async (entry, index) => {
		const path = `${pointer.path}/${entry.relpath}`;
		const local = name(entry, index);
		const wanted = {
			...toWanted(pointer, source),
			md5: entry.md5,
			path,
			sizeBytes: null
		};
		const copied = await fetchObject(place, wanted, local);
		sizeBytes += copied;
		found[index] = {
			path,
			local
		};
		if (sizeBytes > limit) throw refuseSum(pointer, source, `more than ${limit} bytes`);
	});
	if (pointer.sizeBytes !== null && pointer.sizeBytes !== sizeBytes) throw refuseSum(pointer, source, `${sizeBytes} bytes in all, the pointer says ${pointer.sizeBytes}`);
	return found;
}
async function fetchManifest(place, pointer, source) {
	const scratch = await mkdtemp(join(tmpdir(), "gatehouse-dvc-"));
	try {
		const file = join(scratch, "manifest");
		const wanted = {
			...toWanted(pointer, source),
			sizeBytes: null,
			maxBytes: maxManifestBytes
		};
		await fetchObject(place, wanted, file);
		return parseManifest(await readFile(file, "utf8"), source);
	} finally {
		await rm(scratch, {
			recursive: true,
			force: true
		});
	}
}
function toWanted({ hash, md5, path, imported }, source) {
	return {
		hash,
		md5,
		path,
		source,
		imported: imported !== null
	};
}
function refuseSum(pointer, source, found) {
	return refuseDigest({
		source,
		path: pointer.path
	}, found);
}
/** Stops at the first failure; what is under way then is waited for, so that nothing is written afterwards. */
async function inParallel(items, work) {
	let next = 0;
	let failed = false;
	const run = async () => {
		while (!failed && next < items.length) {
			const index = next++;
			try {
				await work(items[index], index);
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	};
	const broken = (await Promise.allSettled(Array.from({ length: parallelFetches }, run))).find((outcome) => outcome.status === "rejected");
	if (broken !== void 0) throw broken.reason;
}

// adapters/dvc/ignore.ts
const fileName = ".dvcignore";
/**
* Reads the `.dvcignore` files that hold for a folder: its own and those above it, up to the root of the repository.
* The last rule that matches decides, as in `.gitignore`.
* @throws InputError DVC_UNSUPPORTED for a file inside the data, as DVC refuses it, and for backslashes and braces
*/
async function readIgnoreRules(folder) {
	const top = resolve(folder);
	const rules = [];
	for (const place of await listPlaces(top)) {
		const text = await readFile(join(place, fileName), "utf8").catch(() => "");
		const below = relative(place, top).split(sep).join("/");
		rules.push(...parseRules(text, below === "" ? "" : `${below}/`, join(place, fileName)));
	}
	return (relpath, isFolder) => {
		if (relpath === fileName || relpath.endsWith(`/${fileName}`)) throw refuseInside(join(top, relpath));
		const last = rules.findLast(({ globs, foldersOnly, prefix }) => (isFolder || !foldersOnly) && matchesGlob(globs, `${prefix}${relpath}`));
		return last !== void 0 && !last.restores;
	};
}
/** Folders from the root of the repository down to the parent of the data; the parent alone outside of any repository. */
async function listPlaces(folder) {
	const places = [];
	for (let place = dirname(folder);; place = dirname(place)) {
		places.unshift(place);
		if (await isRoot(place)) return places;
		if (place === dirname(place)) return [dirname(folder)];
	}
}
async function isRoot(place) {
	return (await Promise.all([".dvc", ".git"].map((name) => stat(join(place, name)).catch(() => null)))).some((entry) => entry !== null);
}
function parseRules(text, prefix, file) {
	return text.split(/\r?\n/).flatMap((line, at) => {
		const rule = line.trimEnd();
		if (rule === "" || rule.startsWith("#")) return [];
		if (/[\\{}]/.test(rule)) throw refuseRule(file, at + 1);
		const restores = rule.startsWith("!");
		const pattern = restores ? rule.slice(1) : rule;
		const body = pattern.replace(/\/$/, "");
		if (body === "") return [];
		const glob = body.includes("/") ? body.replace(/^\//, "") : `**/${body}`;
		return [{
			globs: [glob.endsWith("/**") ? `${glob}/*` : glob],
			foldersOnly: pattern.endsWith("/"),
			restores,
			prefix
		}];
	});
}
function refuseInside(file) {
	return new InputError("DVC_UNSUPPORTED", `${file} lies inside the data`, { hint: "Move its rules to the .dvcignore at the root of the repository: DVC refuses it here, too." });
}
function refuseRule(file, line) {
	return new InputError("DVC_UNSUPPORTED", `${file} has a rule with a backslash or a brace`, {
		hint: "Write the rule without them: folders are not hashed while it is not sure what belongs to them.",
		where: {
			file,
			line
		}
	});
}

// adapters/dvc/tree-worker.ts
/**
* Hashes files until none is left. Runs in several threads: its text is sent to them, so it names nothing outside itself.
* Synchronous on purpose: for small files a promise costs more than the read.
*/
function hashBatches(batch) {
	const { closeSync, openSync, readSync } = process.getBuiltinModule("node:fs");
	const { createHash } = process.getBuiltinModule("node:crypto");
	const filesPerTurn = 64;
	const buffer = Buffer.allocUnsafe(1048576);
	const next = new Int32Array(batch.next);
	const done = [];
	const hash = (path) => {
		const md5 = createHash("md5");
		let sizeBytes = 0;
		const file = openSync(path, "r");
		try {
			for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
				md5.update(buffer.subarray(0, read));
				sizeBytes += read;
			}
		} finally {
			closeSync(file);
		}
		return {
			md5: md5.digest("hex"),
			sizeBytes,
			error: null
		};
	};
	for (;;) {
		const start = Atomics.add(next, 0, filesPerTurn);
		if (start >= batch.paths.length) return done;
		for (let at = start; at < Math.min(start + filesPerTurn, batch.paths.length); at += 1) try {
			done.push({
				at,
				file: hash(batch.paths[at] ?? "")
			});
		} catch (error) {
			const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
			done.push({
				at,
				file: {
					md5: "",
					sizeBytes: 0,
					error: code
				}
			});
		}
	}
}

// adapters/dvc/tree.ts
/** Below this number of files a second thread costs more than it gives. */
const filesForThreads = 500;
/** Reading and hashing wait for each other: more threads than this gave nothing. */
const maxThreads = 4;
/** Folders of version control that DVC never takes for data. */
const never = /* @__PURE__ */ new Set([
	".git",
	".hg",
	".dvc"
]);
/**
* Hashes a folder as `dvc add` does. Empty folders do not count; a file that changes meanwhile gets the digest of what was
* read of it.
* @param folder absolute
* @param hash the recipe: of DVC 3, or of DVC 2
* @throws InputError DVC_UNSUPPORTED for links and special files, which may lead anywhere, DVC_TREE for names that no
* manifest can hold and files that cannot be read
*/
async function digestTree(folder, hash = "md5") {
	const relpaths = await listFiles(folder);
	const paths = relpaths.map((relpath) => join(folder, relpath));
	const entries = (hash === "md5" ? await hashAll(paths) : await hashAllLegacy(paths)).map(({ md5, sizeBytes }, at) => ({
		relpath: relpaths[at] ?? "",
		md5,
		sizeBytes
	}));
	return {
		md5: digestManifest(entries),
		sizeBytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0),
		entries
	};
}
async function listFiles(folder) {
	const ignored = await readIgnoreRules(folder);
	const files = [];
	const waiting = [""];
	for (let below = waiting.pop(); below !== void 0; below = waiting.pop()) {
		for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
			const relpath = below === "" ? entry.name : `${below}/${entry.name}`;
			if (never.has(entry.name) || ignored(relpath, entry.isDirectory())) continue;
			if (entry.isDirectory()) waiting.push(relpath);
			else files.push(requirePlain(relpath, entry.isFile(), folder));
		}
		if (files.length > 1e5) throw refuseCount(folder);
	}
	return files;
}
function requirePlain(relpath, isFile, folder) {
	if (!isFile) throw new InputError("DVC_UNSUPPORTED", `${join(folder, relpath)} is a link or a special file`, { hint: "Put the file itself there: a link may lead anywhere." });
	if (isBelow(relpath)) return relpath;
	throw new InputError("DVC_TREE", `${JSON.stringify(relpath)} in ${folder} is no name for data`, { hint: "Rename it, without backslashes, control characters and drive letters." });
}
function refuseCount(folder) {
	return new InputError("DVC_TREE", `${folder} holds more than ${maxManifestFiles} files`, { hint: "Join the data into fewer, larger tables." });
}
/** One after the other: data of DVC 2 is read here and there, and never written. */
async function hashAllLegacy(paths) {
	const all = [];
	for (const path of paths) all.push({
		...await digestFile(path, "md5-dos2unix"),
		error: null
	});
	return all;
}
async function hashAll(paths) {
	const threads = paths.length < filesForThreads ? 1 : Math.min(maxThreads, availableParallelism());
	const shared = {
		paths,
		next: new SharedArrayBuffer(4)
	};
	const parts = await Promise.all([...Array.from({ length: threads - 1 }, () => runWorker(shared)), Promise.resolve().then(() => hashBatches(shared))]);
	const all = new Array(paths.length);
	for (const { at, file } of parts.flat()) all[at] = file;
	const broken = all.findIndex((file) => file.error !== null);
	if (broken === -1) return all;
	throw new InputError("DVC_TREE", `${paths[broken]} cannot be read (${all[broken]?.error})`, { hint: "Check its rights, and that nothing writes the folder meanwhile." });
}
/** The code travels as text, so that a bundle needs no second file. */
function runWorker(batch) {
	const code = `const { workerData, parentPort } = require('node:worker_threads');
parentPort.postMessage((${hashBatches.toString()})(workerData));`;
	return new Promise((resolve, reject) => {
		const worker = new Worker(code, {
			eval: true,
			workerData: batch
		});
		worker.once("message", resolve);
		worker.once("error", reject);
		worker.once("exit", () => reject(/* @__PURE__ */ new Error("a hashing thread ended without an answer")));
	});
}

// adapters/dvc/push.ts
/**
* Copies a file or folder into the remote; a folder's manifest last, so that what is named is there.
* @throws InputError DVC_UNSUPPORTED for trees with links, DVC_DIGEST when data changes on the way or when other bytes lie
* there already; ServiceError STORE_MISSING, STORE_FAILED
*/
async function push(place, path) {
	await place.require();
	const keep = place.address.startsWith("file:") ? keepInFolder(fileURLToPath(place.address)) : keepIn(place);
	return (await stat(path)).isDirectory() ? pushFolder(keep, path) : pushFile(keep, path);
}
/** On a server or in a bucket, where nothing is ever replaced: what lies there must be what is pushed. */
function keepIn(place) {
	return async (file, md5, sizeBytes) => {
		const path = locateObject({
			hash: "md5",
			md5
		});
		const { hex: sha256 } = await hashFile(file, "sha256");
		if (await place.put(path, {
			file,
			sha256,
			sizeBytes
		}) === "written") return;
		const bytes = await place.open(path);
		if ((bytes === null ? null : (await hashBytes(bytes, "md5")).hex) === md5.slice(0, 32)) return;
		throw new InputError("DVC_DIGEST", `The remote ${place.address} holds other bytes as ${path}`, { hint: "Remove this damaged object from the remote and push again." });
	};
}
async function pushFile(keep, file) {
	const { hex, sizeBytes } = await hashFile(file, "md5");
	await keep(file, hex, sizeBytes);
	return {
		md5: hex,
		sizeBytes,
		files: null
	};
}
async function pushFolder(keep, folder) {
	const tree = await digestTree(folder);
	for (const { relpath, md5, sizeBytes } of tree.entries) await keep(join(folder, relpath), md5, sizeBytes);
	const scratch = await mkdtemp(join(tmpdir(), "gatehouse-dvc-"));
	try {
		const manifest = join(scratch, "manifest");
		const text = writeManifest(tree.entries);
		await writeFile(manifest, text);
		await keep(manifest, tree.md5, Buffer.byteLength(text));
	} finally {
		await rm(scratch, {
			recursive: true,
			force: true
		});
	}
	return {
		md5: tree.md5,
		sizeBytes: tree.sizeBytes,
		files: tree.entries.length
	};
}
function keepInFolder(root) {
	return async (file, md5, sizeBytes) => {
		const target = join(root, locateObject({
			hash: "md5",
			md5
		}));
		const taken = await stat(target).catch(() => null);
		if (taken !== null && taken.size === sizeBytes) return;
		if ((await copyHashed(createReadStream(file), target, "md5")).hex === md5.slice(0, 32)) return;
		await rm(target, { force: true });
		throw new InputError("DVC_DIGEST", `${file} changed while it was pushed`, { hint: "Push it again." });
	};
}

// adapters/dvc/remote.ts
/**
* Opens a remote by its address; a folder that is not there is told when it is first used.
* @param network what base's policy lets the job reach; without it the remote's own host at a public address
* @throws InputError STORE_URL
*/
function openRemote(url, network, options) {
	const place = openPlace(url, "data", network, options);
	return {
		fetch: ({ hash, md5, sizeBytes, path, imported }, source, to) => fetchObject(place, {
			hash,
			md5,
			sizeBytes,
			path,
			source,
			imported: imported !== null
		}, to),
		fetchFolder: (pointer, source, name) => fetchFolder(place, pointer, source, name),
		push: (path) => push(place, path)
	};
}

export { writeManifest as a, networkOf as c, parseManifest as i, digestTree as n, openPlace as o, digestManifest as r, labelNetwork as s, openRemote as t };