import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { createReadStream } from "node:fs";
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { createRequire } from "module";

// adapters/artifact/results-service.ts
const service = "github.actions.results.api.v1.ArtifactService";
const usualDelaysMs = [
	1e3,
	4e3,
	16e3
];
const callLimitMs = 3e4;
/** 8 MiB at half a megabit a second. */
const putLimitMs = 15e4;
const answerLimit = 65536;
const later = [
	408,
	429,
	500,
	502,
	503,
	504
];
/**
* Finds the service in the environment that GitHub gives actions; a `run:` step is not given it.
* @returns why there is none, on GitHub Enterprise Server for one
* @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/util.ts backend ids
* @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/config.ts isGhes
*/
function findResultsService(env) {
	const none = (because) => ({
		kind: "none",
		because
	});
	const { ACTIONS_RESULTS_URL: url = "", ACTIONS_RUNTIME_TOKEN: token = "" } = env;
	if (url === "" || token === "") return none("this job was not given ACTIONS_RESULTS_URL and its token");
	const host = hostOf(env.GITHUB_SERVER_URL ?? "https://github.com");
	if (!/^(github\.com|.+\.ghe\.com|localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/i.test(host)) return none(`${host} is a GitHub Enterprise Server, which takes artifacts in another way`);
	const ids = readBackendIds(token);
	if (!URL.canParse(url) || ids === null) return none("the token or address of its artifact service is unknown");
	return {
		kind: "place",
		place: {
			origin: new URL(url).origin,
			token,
			...ids
		}
	};
}
const hostOf = (url) => URL.canParse(url) ? new URL(url).hostname : url;
/** `scp` of the token: `Actions.Results:<run>:<job>` among others. GitHub checks the signature, we only need the names. */
function readBackendIds(token) {
	try {
		const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
		const [, runId, jobId] = String(claims.scp).split(" ").map((scope) => /^Actions\.Results:([^:]+):([^:]+)$/.exec(scope)).find((found) => found) ?? [];
		return runId !== void 0 && jobId !== void 0 ? {
			runId,
			jobId
		} : null;
	} catch {
		return null;
	}
}
/** @see https://twitchtv.github.io/twirp/docs/spec_v7.html */
function openResultsService(place, options = {}) {
	const send = (what, url, limitMs, init) => sendAgain(what, url, limitMs, init, options);
	return {
		async call(method, body) {
			return parseAnswer(method, await send(method, `${place.origin}/twirp/${service}/${method}`, callLimitMs, {
				method: "POST",
				headers: {
					authorization: `Bearer ${place.token}`,
					"content-type": "application/json"
				},
				body: JSON.stringify({
					workflow_run_backend_id: place.runId,
					workflow_job_run_backend_id: place.jobId,
					...body
				})
			}));
		},
		async put(url, body, headers) {
			if (!(URL.canParse(url) && ["https:", new URL(place.origin).protocol].includes(new URL(url).protocol))) throw failed("the upload", "its address is not a secure one");
			await send("the upload", url, putLimitMs, {
				method: "PUT",
				headers,
				body: new Uint8Array(body)
			});
		}
	};
}
/** Sends until an answer is final. The address may carry a signature and is never told. */
async function sendAgain(what, url, limitMs, init, { cancel, delaysMs = usualDelaysMs }) {
	for (let attempt = 0;; attempt += 1) {
		const delayMs = delaysMs[attempt];
		try {
			const timeout = AbortSignal.timeout(limitMs);
			const signal = cancel === void 0 ? timeout : AbortSignal.any([timeout, cancel]);
			const answer = await fetch(url, {
				...init,
				signal,
				redirect: "error"
			});
			const text = await answer.text();
			if (answer.ok) return text;
			if (delayMs === void 0 || !later.includes(answer.status)) throw failed(what, `HTTP ${answer.status}${readReason(text)}`);
		} catch (error) {
			if (error instanceof GatehouseError) throw error;
			if (delayMs === void 0 || cancel?.aborted) throw failed(what, nameOf(error), error);
		}
		await setTimeout$1(delayMs, void 0, { signal: cancel }).catch((error) => {
			throw failed(what, "the job was cancelled", error);
		});
	}
}
function nameOf(error) {
	const { cause } = error;
	if (typeof cause?.code === "string") return cause.code;
	return error instanceof Error ? error.name : "it failed";
}
/** Twirp answers `{ code, msg }`. */
function readReason(text) {
	const message = /"msg"\s*:\s*"([^"\\]{1,200})"/.exec(text.slice(0, answerLimit))?.[1];
	return message === void 0 ? "" : `: ${message}`;
}
function parseAnswer(method, text) {
	try {
		const value = JSON.parse(text.slice(0, answerLimit));
		if (typeof value === "object" && value !== null && "ok" in value && value.ok === true) return value;
	} catch {}
	throw failed(method, "the service did not agree");
}
function failed(what, why, cause) {
	return new ServiceError("ARTIFACT_UPLOAD", `The artifact service of GitHub failed at ${what}: ${why}`, {
		hint: "Run the job again. If it stays so, see whether the repository has storage left for artifacts.",
		cause
	});
}

// node_modules/fflate/esm/index.mjs
var require = createRequire("/");
var _a;
var Worker;
var isMarkedAsUntransferable;
try {
	_a = require("worker_threads"), Worker = _a.Worker, isMarkedAsUntransferable = _a.isMarkedAsUntransferable;
} catch (e) {}
var u8 = Uint8Array;
var u16 = Uint16Array;
var i32 = Int32Array;
var fleb = new u8([
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	1,
	1,
	1,
	1,
	2,
	2,
	2,
	2,
	3,
	3,
	3,
	3,
	4,
	4,
	4,
	4,
	5,
	5,
	5,
	5,
	0,
	0,
	0,
	0
]);
var fdeb = new u8([
	0,
	0,
	0,
	0,
	1,
	1,
	2,
	2,
	3,
	3,
	4,
	4,
	5,
	5,
	6,
	6,
	7,
	7,
	8,
	8,
	9,
	9,
	10,
	10,
	11,
	11,
	12,
	12,
	13,
	13,
	0,
	0
]);
var clim = new u8([
	16,
	17,
	18,
	0,
	8,
	7,
	9,
	6,
	10,
	5,
	11,
	4,
	12,
	3,
	13,
	2,
	14,
	1,
	15
]);
var freb = function(eb, start) {
	var b = new u16(31);
	for (var i = 0; i < 31; ++i) b[i] = start += 1 << eb[i - 1];
	var r = new i32(b[30]);
	for (var i = 1; i < 30; ++i) for (var j = b[i]; j < b[i + 1]; ++j) r[j] = j - b[i] << 5 | i;
	return {
		b,
		r
	};
};
var _a = freb(fleb, 2);
var fl = _a.b;
var revfl = _a.r;
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0);
var fd = _b.b;
var revfd = _b.r;
var rev = new u16(32768);
for (var i = 0; i < 32768; ++i) {
	var x = (i & 43690) >> 1 | (i & 21845) << 1;
	x = (x & 52428) >> 2 | (x & 13107) << 2;
	x = (x & 61680) >> 4 | (x & 3855) << 4;
	rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
}
var flt = new u8(288);
for (var i = 0; i < 144; ++i) flt[i] = 8;
for (var i = 144; i < 256; ++i) flt[i] = 9;
for (var i = 256; i < 280; ++i) flt[i] = 7;
for (var i = 280; i < 288; ++i) flt[i] = 8;
var fdt = new u8(32);
for (var i = 0; i < 32; ++i) fdt[i] = 5;
var slc = function(v, s, e) {
	if (s == null || s < 0) s = 0;
	if (e == null || e > v.length) e = v.length;
	return new u8(v.subarray(s, e));
};
var ec = [
	"unexpected EOF",
	"invalid block type",
	"invalid length/literal",
	"invalid distance",
	"stream finished",
	"no stream handler",
	,
	"no callback",
	"invalid UTF-8 data",
	"extra field too long",
	"date not in range 1980-2099",
	"filename too long",
	"stream finishing",
	"invalid zip data"
];
var err = function(ind, msg, nt) {
	var e = new Error(msg || ec[ind]);
	e.code = ind;
	if (Error.captureStackTrace) Error.captureStackTrace(e, err);
	if (!nt) throw e;
	return e;
};
var et = /*#__PURE__*/ new u8(0);
var crct = /*#__PURE__*/ (function() {
	var t = /* @__PURE__ */ new Int32Array(256);
	for (var i = 0; i < 256; ++i) {
		var c = i, k = 9;
		while (--k) c = (c & 1 && -306674912) ^ c >>> 1;
		t[i] = c;
	}
	return t;
})();
var crc = function() {
	var c = -1;
	return {
		p: function(d) {
			var cr = c;
			for (var i = 0; i < d.length; ++i) cr = crct[cr & 255 ^ d[i]] ^ cr >>> 8;
			c = cr;
		},
		d: function() {
			return ~c;
		}
	};
};
var mrg = function(a, b) {
	var o = {};
	for (var k in a) o[k] = a[k];
	for (var k in b) o[k] = b[k];
	return o;
};
var wbytes = function(d, b, v) {
	for (; v; ++b) d[b] = v, v >>>= 8;
};
var te = typeof TextEncoder != "undefined" && /*#__PURE__*/ new TextEncoder();
var td = typeof TextDecoder != "undefined" && /*#__PURE__*/ new TextDecoder();
var tds = 0;
try {
	td.decode(et, { stream: true });
	tds = 1;
} catch (e) {}
/**
* Converts a string into a Uint8Array for use with compression/decompression methods
* @param str The string to encode
* @param latin1 Whether or not to interpret the data as Latin-1. This should
*               not need to be true unless decoding a binary string.
* @returns The string encoded in UTF-8/Latin-1 binary
*/
function strToU8(str, latin1) {
	if (latin1) {
		var ar_1 = new u8(str.length);
		for (var i = 0; i < str.length; ++i) ar_1[i] = str.charCodeAt(i);
		return ar_1;
	}
	if (te) return te.encode(str);
	var l = str.length;
	var ar = new u8(str.length + (str.length >> 1));
	var ai = 0;
	var w = function(v) {
		ar[ai++] = v;
	};
	for (var i = 0; i < l; ++i) {
		if (ai + 5 > ar.length) {
			var n = new u8(ai + 8 + (l - i << 1));
			n.set(ar);
			ar = n;
		}
		var c = str.charCodeAt(i);
		if (c < 128 || latin1) w(c);
		else if (c < 2048) w(192 | c >> 6), w(128 | c & 63);
		else if (c > 55295 && c < 57344) c = 65536 + (c & 1047552) | str.charCodeAt(++i) & 1023, w(240 | c >> 18), w(128 | c >> 12 & 63), w(128 | c >> 6 & 63), w(128 | c & 63);
		else w(224 | c >> 12), w(128 | c >> 6 & 63), w(128 | c & 63);
	}
	return slc(ar, 0, ai);
}
var exfl = function(ex) {
	var le = 0;
	if (ex) for (var k in ex) {
		var l = ex[k].length;
		if (l > 65535) err(9);
		le += l + 4;
	}
	return le;
};
var wzh = function(d, b, f, fn, u, c, ce, co) {
	var fl = fn.length, ex = f.extra, col = co && co.length;
	var exl = exfl(ex);
	wbytes(d, b, ce != null ? 33639248 : 67324752), b += 4;
	if (ce != null) d[b++] = 20, d[b++] = f.os;
	d[b] = 20, b += 2;
	d[b++] = f.flag << 1 | (c < 0 && 8), d[b++] = u && 8;
	d[b++] = f.compression & 255, d[b++] = f.compression >> 8;
	var dt = new Date(f.mtime == null ? Date.now() : f.mtime), y = dt.getFullYear() - 1980;
	if (y < 0 || y > 119) err(10);
	wbytes(d, b, y << 25 | dt.getMonth() + 1 << 21 | dt.getDate() << 16 | dt.getHours() << 11 | dt.getMinutes() << 5 | dt.getSeconds() >> 1), b += 4;
	if (c != -1) {
		wbytes(d, b, f.crc);
		wbytes(d, b + 4, c < 0 ? -c - 2 : c);
		wbytes(d, b + 8, f.size);
	}
	wbytes(d, b + 12, fl);
	wbytes(d, b + 14, exl), b += 16;
	if (ce != null) {
		wbytes(d, b, col);
		wbytes(d, b + 6, f.attrs);
		wbytes(d, b + 10, ce), b += 14;
	}
	d.set(fn, b);
	b += fl;
	if (exl) for (var k in ex) {
		var exf = ex[k], l = exf.length;
		wbytes(d, b, +k);
		wbytes(d, b + 2, l);
		d.set(exf, b + 4), b += 4 + l;
	}
	if (col) d.set(co, b), b += col;
	return b;
};
var wzf = function(o, b, c, d, e) {
	wbytes(o, b, 101010256);
	wbytes(o, b + 8, c);
	wbytes(o, b + 10, c);
	wbytes(o, b + 12, d);
	wbytes(o, b + 16, e);
};
/**
* A pass-through stream to keep data uncompressed in a ZIP archive.
*/
var ZipPassThrough = /* @__PURE__ */ function() {
	/**
	* Creates a pass-through stream that can be added to ZIP archives
	* @param filename The filename to associate with this data stream
	*/
	function ZipPassThrough(filename) {
		this.filename = filename;
		this.c = crc();
		this.size = 0;
		this.compression = 0;
	}
	/**
	* Processes a chunk and pushes to the output stream. You can override this
	* method in a subclass for custom behavior, but by default this passes
	* the data through. You must call this.ondata(err, chunk, final) at some
	* point in this method.
	* @param chunk The chunk to process
	* @param final Whether this is the last chunk
	*/
	ZipPassThrough.prototype.process = function(chunk, final) {
		this.ondata(null, chunk, final);
	};
	/**
	* Pushes a chunk to be added. If you are subclassing this with a custom
	* compression algorithm, note that you must push data from the source
	* file only, pre-compression.
	* @param chunk The chunk to push
	* @param final Whether this is the last chunk
	*/
	ZipPassThrough.prototype.push = function(chunk, final) {
		if (!this.ondata) err(5);
		this.c.p(chunk);
		this.size += chunk.length;
		if (final) this.crc = this.c.d();
		this.process(chunk, final || false);
	};
	return ZipPassThrough;
}();
/**
* A zippable archive to which files can incrementally be added
*/
var Zip = /* @__PURE__ */ function() {
	/**
	* Creates an empty ZIP archive to which files can be added
	* @param cb The callback to call whenever data for the generated ZIP archive
	*           is available
	*/
	function Zip(cb) {
		this.ondata = cb;
		this.u = [];
		this.d = 1;
	}
	/**
	* Adds a file to the ZIP archive
	* @param file The file stream to add
	*/
	Zip.prototype.add = function(file) {
		var _this = this;
		if (!this.ondata) err(5);
		if (this.d & 2) this.ondata(err(4 + (this.d & 1) * 8, 0, 1), null, false);
		else {
			var f = strToU8(file.filename), fl_1 = f.length;
			var com = file.comment, o = com && strToU8(com);
			var u = fl_1 != file.filename.length || o && com.length != o.length;
			var hl_1 = fl_1 + exfl(file.extra) + 30;
			if (fl_1 > 65535) this.ondata(err(11, 0, 1), null, false);
			var header = new u8(hl_1);
			wzh(header, 0, file, f, u, -1);
			var chks_1 = [header];
			var pAll_1 = function() {
				for (var _i = 0, chks_2 = chks_1; _i < chks_2.length; _i++) {
					var chk = chks_2[_i];
					_this.ondata(null, chk, false);
				}
				chks_1 = [];
			};
			var tr_1 = this.d;
			this.d = 0;
			var ind_1 = this.u.length;
			var uf_1 = mrg(file, {
				f,
				u,
				o,
				t: function() {
					if (file.terminate) file.terminate();
				},
				r: function() {
					pAll_1();
					if (tr_1) {
						var nxt = _this.u[ind_1 + 1];
						if (nxt) nxt.r();
						else _this.d = 1;
					}
					tr_1 = 1;
				}
			});
			var cl_1 = 0;
			file.ondata = function(err, dat, final) {
				if (err) {
					_this.ondata(err, dat, final);
					_this.terminate();
				} else {
					cl_1 += dat.length;
					chks_1.push(dat);
					if (final) {
						var dd = new u8(16);
						wbytes(dd, 0, 134695760);
						wbytes(dd, 4, file.crc);
						wbytes(dd, 8, cl_1);
						wbytes(dd, 12, file.size);
						chks_1.push(dd);
						uf_1.c = cl_1, uf_1.b = hl_1 + cl_1 + 16, uf_1.crc = file.crc, uf_1.size = file.size;
						if (tr_1) uf_1.r();
						tr_1 = 1;
					} else if (tr_1) pAll_1();
				}
			};
			this.u.push(uf_1);
		}
	};
	/**
	* Ends the process of adding files and prepares to emit the final chunks.
	* This *must* be called after adding all desired files for the resulting
	* ZIP file to work properly.
	*/
	Zip.prototype.end = function() {
		var _this = this;
		if (this.d & 2) {
			this.ondata(err(4 + (this.d & 1) * 8, 0, 1), null, true);
			return;
		}
		if (this.d) this.e();
		else this.u.push({
			r: function() {
				if (!(_this.d & 1)) return;
				_this.u.splice(-1, 1);
				_this.e();
			},
			t: function() {}
		});
		this.d = 3;
	};
	Zip.prototype.e = function() {
		var bt = 0, l = 0, tl = 0;
		for (var _i = 0, _a = this.u; _i < _a.length; _i++) {
			var f = _a[_i];
			tl += 46 + f.f.length + exfl(f.extra) + (f.o ? f.o.length : 0);
		}
		var out = new u8(tl + 22);
		for (var _b = 0, _c = this.u; _b < _c.length; _b++) {
			var f = _c[_b];
			wzh(out, bt, f, f.f, f.u, -f.c - 2, l, f.o);
			bt += 46 + f.f.length + exfl(f.extra) + (f.o ? f.o.length : 0), l += f.b;
		}
		wzf(out, bt, this.u.length, tl, l);
		this.ondata(null, out, true);
		this.d = 2;
	};
	/**
	* A method to terminate any internal workers used by the stream. Subsequent
	* calls to add() will fail.
	*/
	Zip.prototype.terminate = function() {
		for (var _i = 0, _a = this.u; _i < _a.length; _i++) _a[_i].t();
		this.d = 2;
	};
	return Zip;
}();

// adapters/artifact/zip-stream.ts
const readBytes = 1048576;
const firstMoment = new Date(1980, 0, 1);
/**
* Streams a zip of files as they are: models and checkpoints hardly become smaller, and packing would hold up the job.
* At most one piece of one file is in memory. No entry may reach 4 GiB.
* @see APPNOTE.TXT 6.3.10, section 4.3
*/
async function* streamZip(files) {
	const made = [];
	const zip = new Zip((error, chunk) => {
		if (error !== null) throw error;
		made.push(chunk);
	});
	for (const file of files) {
		const entry = new ZipPassThrough(file.name);
		entry.mtime = firstMoment;
		zip.add(entry);
		for await (const chunk of readFile(file)) {
			entry.push(chunk);
			yield* made.splice(0);
		}
		entry.push(/* @__PURE__ */ new Uint8Array(0), true);
	}
	zip.end();
	yield* made.splice(0);
}
async function* readFile(file) {
	if (file.kind === "text") yield new TextEncoder().encode(file.text);
	else for await (const chunk of createReadStream(file.path, { highWaterMark: readBytes })) yield chunk;
}

// adapters/artifact/upload.ts
const dayMs = 864e5;
/** 2 GiB: what our own download takes. */
const uploadLimitBytes = 2 * 1024 ** 3;
/** Version 4 of the artifacts: immutable, with a digest. */
const version = 4;
const usualBlockBytes = 8 * 1024 ** 2;
/** Blocks under way at the same time. */
const parallel = 4;
/**
* Opens the uploader of this job.
* @returns why there is none: that is no fault, artifacts are then uploaded by the workflow's own step alone
*/
function openArtifactUploader(env, options) {
	const found = findResultsService(env);
	if (found.kind === "none") return found;
	const service = openResultsService(found.place, options);
	return {
		kind: "uploader",
		uploader: {
			upload: (name, files) => upload(service, options, name, files),
			remove: async (name) => void await service.call("DeleteArtifact", { name })
		}
	};
}
/** @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/upload-artifact.ts */
async function upload(service, options, name, files) {
	checkName(name);
	const expiresAt = new Date(options.now().getTime() + options.retentionDays * dayMs).toISOString();
	const created = await service.call("CreateArtifact", {
		name,
		version,
		expires_at: expiresAt
	});
	const url = created.signed_upload_url ?? created.signedUploadUrl;
	if (typeof url !== "string") throw failed("CreateArtifact", "it gave no address");
	const { digest, sizeBytes } = await putBlocks(service, url, name, streamZip(files), options);
	const ended = await service.call("FinalizeArtifact", {
		name,
		size: String(sizeBytes),
		hash: digest
	});
	const id = Number(ended.artifact_id ?? ended.artifactId);
	if (!Number.isSafeInteger(id)) throw failed("FinalizeArtifact", "it gave no id");
	return {
		id,
		name,
		digest,
		sizeBytes
	};
}
/**
* Puts a stream as blocks and commits their list: what GitHub's own uploader does for every size.
* @see https://learn.microsoft.com/rest/api/storageservices/put-block
* @see https://learn.microsoft.com/rest/api/storageservices/put-block-list
*/
async function putBlocks(service, url, name, content, { limitBytes = uploadLimitBytes, blockBytes = usualBlockBytes }) {
	const hash = createHash("sha256");
	const prefix = randomUUID();
	const ids = [];
	const open = /* @__PURE__ */ new Set();
	const faults = [];
	let sizeBytes = 0;
	const query = (text) => `${url}${url.includes("?") ? "&" : "?"}${text}`;
	for await (const block of cutBlocks(content, blockBytes)) {
		hash.update(block);
		sizeBytes += block.length;
		if (sizeBytes > limitBytes) throw tooLarge(name, limitBytes);
		const id = Buffer.from(`${prefix}-${String(ids.length).padStart(6, "0")}`).toString("base64");
		ids.push(id);
		const sent = service.put(query(`comp=block&blockid=${encodeURIComponent(id)}`), block, msHeaders).catch((error) => faults.push(error)).finally(() => open.delete(sent));
		open.add(sent);
		if (open.size >= parallel) await Promise.race(open);
		if (faults.length > 0) break;
	}
	await Promise.all(open);
	if (faults.length > 0) throw faults[0];
	const body = `<?xml version="1.0" encoding="utf-8"?><BlockList>${ids.map((id) => `<Latest>${id}</Latest>`).join("")}</BlockList>`;
	await service.put(query("comp=blocklist"), Buffer.from(body), {
		...msHeaders,
		"content-type": "application/xml",
		"x-ms-blob-content-type": "application/zip"
	});
	return {
		digest: `sha256:${hash.digest("hex")}`,
		sizeBytes
	};
}
const msHeaders = {
	"content-type": "application/octet-stream",
	"x-ms-version": "2021-12-02"
};
/** Cuts a stream into blocks of one size, the last one smaller. */
async function* cutBlocks(content, size) {
	let parts = [];
	let held = 0;
	for await (const chunk of content) {
		let rest = chunk;
		while (held + rest.length >= size) {
			parts.push(rest.subarray(0, size - held));
			rest = rest.subarray(size - held);
			yield Buffer.concat(parts);
			parts = [];
			held = 0;
		}
		parts.push(rest);
		held += rest.length;
	}
	if (held > 0) yield Buffer.concat(parts);
}
/** @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts */
function checkName(name) {
	if (name !== "" && name.length <= 256 && !/["<>|*?:\r\n\\/]/.test(name)) return;
	throw new InputError("ARTIFACT_NAME", `GitHub takes no artifact with the name ${JSON.stringify(name.slice(0, 80))}`, { hint: "Use 1 to 256 characters without quotes, colons, slashes, line ends and < > | * ?." });
}
function tooLarge(name, limitBytes) {
	return new InputError("ARTIFACT_TOO_LARGE", `The artifact ${name} is larger than ${Math.floor(limitBytes / 1024 ** 2)} MiB`, { hint: "Keep data and old checkpoints out of the folder." });
}

export { uploadLimitBytes as n, openArtifactUploader as t };