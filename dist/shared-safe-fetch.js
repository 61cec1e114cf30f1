import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { at as isThisMachine } from "./shared-policy-resolution.js";
import { createReadStream } from "node:fs";
import { dirname } from "node:path";
import { BlockList, isIP } from "node:net";
import { Agent, request } from "node:http";
import { createHash, randomUUID } from "node:crypto";
import { Agent as Agent$1, request as request$1 } from "node:https";
import { pipeline } from "node:stream/promises";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { lookup } from "node:dns/promises";
import { setTimeout } from "node:timers/promises";

// adapters/process/deferred.ts
/** `Promise.withResolvers` does the same and is not there before Node 22; the command runs on Node 20. */
function makeDeferred() {
	let settle;
	return {
		promise: new Promise((resolve, reject) => {
			settle = {
				resolve,
				reject
			};
		}),
		...settle
	};
}

// adapters/store/transfer.ts
/** No model or data file is larger: GitHub artifacts and git hosts get slow far below it. */
const maxFileBytes = 2147483648;
/**
* Copies bytes into a new file while hashing them: what was hashed is what lies there, complete or not at all.
* @param maxBytes stops and removes the copy as soon as one byte more arrives
* @throws InputError FILE_TOO_LARGE, ServiceError STORE_FAILED when reading or writing breaks off
*/
async function copyHashed(bytes, to, algorithm, maxBytes = maxFileBytes) {
	await mkdir(dirname(to), { recursive: true });
	const draft = `${to}.${randomUUID()}`;
	const file = await open(draft, "wx");
	try {
		const copied = await pump(bytes, file, algorithm, maxBytes);
		await file.close();
		await rename(draft, to);
		return copied;
	} catch (error) {
		await file.close().catch(() => void 0);
		await rm(draft, { force: true });
		throw toTransferError(error, to);
	}
}
async function pump(bytes, file, algorithm, maxBytes) {
	const hash = createHash(algorithm);
	let sizeBytes = 0;
	for await (const chunk of bytes) {
		sizeBytes += chunk.byteLength;
		if (sizeBytes > maxBytes) throw refuseSize(`more than ${maxBytes} bytes arrived`);
		hash.update(chunk);
		await file.writev([chunk]);
	}
	return {
		hex: hash.digest("hex"),
		sizeBytes
	};
}
/** Hashes a file that lies on this machine, streaming. */
async function hashFile(path, algorithm) {
	const { size } = await stat(path);
	if (size > 2147483648) throw refuseSize(`${path} has ${size} bytes`);
	return hashBytes(createReadStream(path, { highWaterMark: 1 << 20 }), algorithm);
}
/** Hashes bytes that are not kept. */
async function hashBytes(bytes, algorithm) {
	const hash = createHash(algorithm);
	let sizeBytes = 0;
	for await (const chunk of bytes) {
		hash.update(chunk);
		sizeBytes += chunk.byteLength;
	}
	return {
		hex: hash.digest("hex"),
		sizeBytes
	};
}
/** The one refusal of files over 2 GiB. */
function refuseSize(what, limitBytes = maxFileBytes) {
	const limit = limitBytes === 2147483648 ? `${limitBytes} (2 GiB)` : String(limitBytes);
	return new InputError("FILE_TOO_LARGE", `A file is too large: ${what}, at most ${limit} are allowed`, { hint: "Split the data into several files, or make the model smaller (leave optimiser state and checkpoints out)." });
}
function toTransferError(error, to) {
	if (error instanceof InputError || error instanceof ServiceError) return error;
	const code = error instanceof Error && "code" in error ? String(error.code) : "broken off";
	return new ServiceError("STORE_FAILED", `Copying to ${to} failed (${code})`, {
		hint: "Check disk space, rights and the connection of the runner, then run the job again.",
		cause: error
	});
}
/** A place that answers in no documented way. The path never holds a secret; the address has no credentials. */
function fail(address, what, cause) {
	return new ServiceError("STORE_FAILED", `${address} failed: ${what}`, {
		hint: "Check that the runner reaches it and may read and write it, then run the job again.",
		cause
	});
}

// adapters/store/body.ts
/** Small enough to read and forget, so that its connection serves again. */
const forgettableBytes = 65536;
/**
* Hands on the bytes of an answer and counts them: the length that a server names beforehand is its own word.
* @throws InputError FILE_TOO_LARGE; ServiceError STORE_FAILED when it breaks off, is shorter than it said, or is packed
*/
async function* readBody(response, url, limitBytes) {
	const announced = announcedBytes(response);
	try {
		if ((response.headers["content-encoding"] ?? "identity") !== "identity") throw broken(url, "the answer is compressed, which was not asked for");
		if (announced !== null && announced > limitBytes) throw refuseSize(`${url.host} announces ${announced} bytes`, limitBytes);
		let sizeBytes = 0;
		for await (const chunk of response) {
			sizeBytes += chunk.byteLength;
			if (sizeBytes > limitBytes) throw refuseSize(`${url.host} sent more than ${limitBytes} bytes`, limitBytes);
			yield chunk;
		}
		if (!response.complete || announced !== null && announced !== sizeBytes) throw broken(url, `the answer broke off after ${sizeBytes} bytes`);
	} catch (error) {
		throw error instanceof Error && "code" in error && error.code === "ECONNRESET" ? broken(url, "the answer broke off", error) : error;
	} finally {
		if (!response.complete) response.destroy();
	}
}
/** Lets go of an answer that nobody reads. */
function skipBody(response) {
	response.on("error", () => void 0);
	const announced = announcedBytes(response);
	if (announced !== null && announced <= forgettableBytes) response.resume();
	else response.destroy();
}
function announcedBytes({ headers }) {
	const text = headers["content-length"];
	return text !== void 0 && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
function broken(url, what, cause) {
	return new ServiceError("STORE_FAILED", `${url.host} failed: ${what}`, {
		hint: "Run the job again; if it stays so, see what lies between the runner and this host.",
		cause
	});
}

// adapters/store/address.ts
function classifyAddress(address) {
	const version = address.includes("%") ? 0 : isIP(address);
	if (version === 4) return classifyIn(address, "ipv4");
	return version === 6 ? classifyIn(address, "ipv6") : "forbidden";
}
/** True for an address of this machine: 127.0.0.0/8 and ::1. */
function isLoopback(address) {
	const version = isIP(address);
	return version !== 0 && loopback.check(address, version === 4 ? "ipv4" : "ipv6");
}
function classifyIn(address, family) {
	if (family === "ipv6" && mapped.check(address, family) || forbidden.check(address, family)) return "forbidden";
	if (inside.check(address, family) || isLoopback(address)) return "private";
	return family === "ipv4" || global.check(address, family) ? "public" : "forbidden";
}
const loopback = listOf(["127.0.0.0/8"], ["::1/128"]);
const inside = listOf([
	"10.0.0.0/8",
	"100.64.0.0/10",
	"172.16.0.0/12",
	"192.168.0.0/16"
], ["fc00::/7"]);
const mapped = listOf([], ["::ffff:0:0/96"]);
const global = listOf([], ["2000::/3"]);
const forbidden = listOf([
	"0.0.0.0/8",
	"100.100.100.200/32",
	"169.254.0.0/16",
	"192.0.0.0/24",
	"192.0.2.0/24",
	"192.88.99.0/24",
	"198.18.0.0/15",
	"198.51.100.0/24",
	"203.0.113.0/24",
	"224.0.0.0/4",
	"240.0.0.0/4"
], [
	"2001::/23",
	"2001:db8::/32",
	"2002::/16",
	"3fff::/20",
	"fd00:ec2::254/128"
]);
function listOf(ipv4, ipv6) {
	const list = new BlockList();
	const add = (range, family) => {
		const [net = "", bits] = range.split("/");
		list.addSubnet(net, Number(bits), family);
	};
	for (const range of ipv4) add(range, "ipv4");
	for (const range of ipv6) add(range, "ipv6");
	return list;
}

// adapters/store/reach.ts
const resolveName = (name) => lookup(name, {
	all: true,
	verbatim: true
});
/**
* Holds an address of the web against the rule before anything is resolved or sent.
* @throws ServiceError HOST_REFUSED for a host that the rule does not name, ADDRESS_REFUSED for a spelled-out private one
*/
function requireReachable(url, network) {
	const isPlainLocal = url.protocol === "http:" && isThisMachine(url);
	if (url.protocol !== "https:" && !isPlainLocal) throw refuseHost(url, "only https is spoken to other machines");
	if (!network.hosts.includes(url.host)) throw refuseHost(url, "the policy does not name this host");
	const literal = url.hostname.replace(/^\[|\]$/g, "");
	if (isIP(literal) !== 0) requireAddress(literal, url, network);
}
/** The name resolution of one connection: it fails unless every address of the name may be reached. */
function toLookup(url, network, resolve) {
	return (name, options, callback) => {
		resolve(name).then((addresses) => {
			const wanted = addresses.filter(({ family }) => !options.family || options.family === family);
			const [first] = wanted;
			try {
				for (const { address } of addresses) requireAddress(address, url, network);
				if (first === void 0) throw refuseAddress(url, "it has no address");
			} catch (error) {
				callback(error, "", 0);
				return;
			}
			if (options.all) callback(null, [...wanted]);
			else callback(null, first.address, first.family);
		}, (error) => callback(error, "", 0));
	};
}
function requireAddress(address, url, network) {
	if (url.protocol === "http:") {
		if (isLoopback(address)) return;
		throw refuseAddress(url, `${address} is another machine, and plain http is for this one`);
	}
	const kind = classifyAddress(address);
	if (kind === "public" || kind === "private" && network.privateHosts.includes(url.host)) return;
	throw refuseAddress(url, kind === "private" ? `${address} is a private address` : `${address} is never a store`);
}
function refuseHost(url, why) {
	return new ServiceError("HOST_REFUSED", `${url.host} is not reached: ${why}`, { hint: `If it is meant, write "${url.host}" under hosts in .github/gatehouse.yml.` });
}
function refuseAddress(url, why) {
	return new ServiceError("ADDRESS_REFUSED", `${url.host} is not reached: ${why}`, { hint: `If it is a store inside your network, write "${url.host}" under private-hosts in .github/gatehouse.yml.` });
}

// adapters/store/redirect.ts
const redirects = [
	301,
	302,
	303,
	307,
	308
];
/**
* Decides where a redirect leads. Only to the same origin: whoever can answer for a host could else send the job, and
* what it carries, to the metadata of its cloud.
* @returns null when the answer is none
* @throws ServiceError REDIRECT_REFUSED, with both places named
*/
function followRedirect(answer, from, mayFollow) {
	if (!redirects.includes(answer.status)) return null;
	const location = answer.header("location");
	const to = location !== null && URL.canParse(location, from.href) ? new URL(location, from) : null;
	const isSame = to !== null && to.origin === from.origin && to.username === "" && to.password === "";
	if (isSame && mayFollow) return to;
	answer.skip();
	throw refuseRedirect(from, to, isSame, answer.header("x-amz-bucket-region"));
}
function refuseRedirect(from, to, isSame, region) {
	const named = /^[a-z0-9-]{1,32}$/.exec(region ?? "")?.[0];
	const where = to === null ? "an address that cannot be read" : to.protocol.startsWith("http") ? to.origin : to.protocol;
	const message = isSame ? `${from.origin} redirects once more, which is not followed` : `${from.origin} redirects to ${where}, which is not followed`;
	return new ServiceError("REDIRECT_REFUSED", message, { hint: named !== void 0 ? `The bucket is in region ${named}: set AWS_REGION (input s3-region) to it.` : isSame ? "Write the final address into .github/gatehouse.yml or model.yml." : `Write the final address, at ${where}, into .github/gatehouse.yml or model.yml if it is meant.` });
}

// adapters/store/retry.ts
/** Four attempts within some two seconds: longer troubles are for the next run of the job. */
const delaysMs = [
	100,
	400,
	1600
];
const longestWaitMs = 3e4;
/** A connection that broke, not one that was refused: the second has no listener. */
const passing = [
	"ECONNRESET",
	"EPIPE",
	"ETIMEDOUT",
	"EAI_AGAIN"
];
const later = [
	429,
	500,
	502,
	503,
	504
];
/**
* Says whether a request may be sent again: all of ours name their bytes by digest, so sending twice changes nothing.
* @returns null: no; else how long the server asked us to wait
*/
function mayTryAgain(method, outcome) {
	if ("error" in outcome) {
		const { error } = outcome;
		const code = error instanceof Error && "code" in error ? String(error.code) : "";
		return !(error instanceof GatehouseError) && passing.includes(code) ? { afterMs: 0 } : null;
	}
	if (!later.includes(outcome.status) && !(method === "PUT" && outcome.status === 409)) return null;
	const seconds = /^\d{1,6}$/.exec(outcome.header("retry-after") ?? "")?.[0];
	return { afterMs: Math.min(Number(seconds ?? 0) * 1e3, longestWaitMs) };
}
/** Waits, a little less or more for each job: those that failed together do not come back together. */
async function pause(ms, attempt) {
	const spread = (process.pid + attempt * 7) % 10 / 40;
	await setTimeout(ms * (.9 + spread));
}

// adapters/store/safe-fetch.ts
const defaultIdleMs = 6e4;
const defaultTimeoutMs = 36e5;
/**
* Opens a client that reaches the hosts of a rule and nothing else. Names are resolved once a connection, every address
* is checked, and the connection goes to what was checked: an answer that changes in between changes nothing.
*/
function openClient(network, options = {}) {
	const settings = {
		keepAlive: true,
		maxSockets: 8
	};
	const connection = {
		network,
		resolve: options.resolve ?? resolveName,
		idleMs: options.idleMs ?? defaultIdleMs,
		agents: {
			"http:": new Agent(settings),
			"https:": new Agent$1(settings)
		}
	};
	return { send: (request) => sendPatiently(connection, request, options.delaysMs ?? delaysMs) };
}
async function sendPatiently(connection, request, pausesMs) {
	const pauses = request.method === "POST" ? [] : pausesMs;
	for (const [attempt, pauseMs] of [...pauses, null].entries()) {
		const outcome = await sendFollowing(connection, request).catch((error) => ({ error }));
		const again = mayTryAgain(request.method, outcome);
		if (again === null || pauseMs === null) {
			if ("error" in outcome) throw toServiceError(outcome.error, request.url);
			return outcome;
		}
		if (!("error" in outcome)) outcome.skip();
		await pause(Math.max(pauseMs, again.afterMs), attempt);
	}
	throw new Error("unreachable: the last attempt returns or throws");
}
async function sendFollowing(connection, request) {
	let { url } = request;
	for (let hops = 0;; hops += 1) {
		const answer = await sendOnce(connection, request, url);
		const next = followRedirect(answer, url, hops < (request.redirects ?? 3));
		if (next === null) return answer;
		answer.skip();
		url = next;
	}
}
async function sendOnce(connection, request, url) {
	requireReachable(url, connection.network);
	const own = await request.headers?.(url) ?? {};
	const { body } = request;
	const response = await exchange(connection, url, {
		method: request.method,
		headers: {
			"accept-encoding": "identity",
			"user-agent": "gatehouse",
			...body === void 0 ? {} : { "content-length": String(bytesOf(body)) },
			...own
		},
		lookup: toLookup(url, connection.network, connection.resolve),
		signal: AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs)
	}, body);
	const limitBytes = request.limitBytes ?? 2147483648;
	return {
		status: response.statusCode ?? 0,
		header: (name) => {
			const value = response.headers[name];
			return typeof value === "string" ? value : null;
		},
		body: readBody(response, url, request.method === "HEAD" ? 0 : limitBytes),
		skip: () => skipBody(response)
	};
}
function exchange({ agents, idleMs }, url, options, body) {
	const { promise, resolve, reject } = makeDeferred();
	const sent = url.protocol === "https:" ? request$1(url, {
		...options,
		agent: agents["https:"]
	}) : request(url, {
		...options,
		agent: agents["http:"]
	});
	sent.on("response", resolve);
	sent.on("error", reject);
	sent.setTimeout(idleMs, () => sent.destroy(/* @__PURE__ */ new Error(`no byte for ${idleMs / 1e3} seconds`)));
	if (body === void 0 || bytesOf(body) === 0) sent.end();
	else if ("text" in body) sent.end(body.text);
	else pipeline(createReadStream(body.file, {
		start: 0,
		end: body.sizeBytes - 1
	}), sent).catch(reject);
	return promise;
}
function bytesOf(body) {
	return "text" in body ? Buffer.byteLength(body.text) : body.sizeBytes;
}
function toServiceError(error, url) {
	if (error instanceof GatehouseError) return error;
	const code = error instanceof Error && "code" in error ? error.code : error instanceof Error && error.message;
	return new ServiceError("STORE_FAILED", `${url.host} failed: no answer (${code || "broken off"})`, {
		hint: "Check that the runner reaches it, then run the job again.",
		cause: error
	});
}

export { hashFile as a, makeDeferred as c, hashBytes as i, copyHashed as n, maxFileBytes as o, fail as r, refuseSize as s, openClient as t };