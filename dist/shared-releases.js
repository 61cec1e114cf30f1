import { a as findingsOf, r as InputError } from "./shared-error.js";
import { i as readOptional, o as writeGitHub, t as incomplete } from "./shared-failure.js";
import { a as parseSignedAnchor, i as maxAnchorBytes, s as verifySignedAnchor, t as anchorFileName } from "./shared-signed-anchor.js";

// adapters/anchor/read-signed.ts
/**
* Reads the signed anchors of some places and believes those that the trusted workflow signed.
* @param expectations of the repository, and `keys` of the issuer: asked for only where there is something to check
* @throws ServiceError when a place or the issuer does not answer: that is not the same as no anchor
*/
async function readSignedAnchors(places, expectations, keys) {
	const files = [];
	for (const place of places) files.push(...await place.read());
	if (files.length === 0) return {
		believed: [],
		refused: []
	};
	const [expected, published] = [await expectations(), await keys()];
	const outcomes = files.map((file) => believe(file, expected, published));
	return {
		believed: outcomes.flatMap((outcome) => "token" in outcome ? [outcome] : []).sort((a, b) => a.statement.size - b.statement.size || (a.statement.at < b.statement.at ? -1 : 1)),
		refused: outcomes.flatMap((outcome) => "token" in outcome ? [] : [outcome])
	};
}
function believe({ source, text }, expected, keys) {
	try {
		const signed = parseSignedAnchor(text, source);
		const wrong = verifySignedAnchor(signed, keys, expected, source);
		return wrong === null ? {
			...signed,
			source,
			text
		} : {
			...wrong,
			severity: "warn"
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			...findingsOf("ledger", error)[0],
			severity: "warn"
		};
	}
}
const toAnchors = (believed) => believed.map(({ statement: { size, root }, source }) => ({
	size,
	root,
	from: source
}));

// adapters/anchor/place.ts
/** Begins the tag of every release that holds an anchor. */
const stampPrefix = "gatehouse-ledger-";
/** @param at ISO 8601 UTC @returns `gatehouse-ledger-000000000012-20261121`: names sort as the ledgers grew */
const stampOf = (size, at) => `${stampPrefix}${String(size).padStart(12, "0")}-${at.slice(0, 10).replaceAll("-", "")}`;
/** Reads a body up to what an anchor may have. @throws ServiceError GITHUB_ANSWER_INCOMPLETE beyond it */
async function readAnchorText(body, what) {
	if (!(body instanceof ReadableStream)) throw incomplete(what, "there is no body");
	const parts = [];
	let size = 0;
	for await (const part of body) {
		size += part.byteLength;
		if (size > 65536) throw incomplete(what, `it has more than ${maxAnchorBytes} bytes`);
		parts.push(part);
	}
	return Buffer.concat(parts).toString("utf8");
}

// adapters/anchor/releases.ts
/** People's own releases lie between ours: so many are looked through. */
const maxPages = 3;
const pageSize = 100;
/**
* Keeps anchors as assets of releases of the repository itself: whoever may write to it can take one away, nobody can make
* one that is believed. Where releases are immutable, GitHub also attests that the asset was not replaced.
* @see https://docs.github.com/rest/releases/releases
*/
function openReleases(client, name) {
	return {
		name: `releases of ${`${name.owner}/${name.repo}`}`,
		read: () => readReleases(client, name),
		put: (stamp, text) => makeRelease(client, name, stamp, text)
	};
}
async function readReleases(client, name) {
	const assets = [];
	for (let page = 1; page <= maxPages && assets.length < 4; page += 1) {
		const found = await readPage(client, name, page);
		assets.push(...found.assets);
		if (found.isLast) break;
	}
	const newest = assets.sort((a, b) => a.tag < b.tag ? 1 : -1).slice(0, 4);
	const files = [];
	for (const { id, tag } of newest) {
		const text = await readAsset(client, name, id);
		if (text !== null) files.push({
			source: `release ${tag}`,
			text
		});
	}
	return files;
}
async function readPage(client, name, page) {
	const releases = await readOptional("releases", async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/releases", {
			...name,
			per_page: pageSize,
			page
		});
		return data;
	});
	return {
		assets: (releases ?? []).flatMap(({ tag_name: tag, draft, assets: held }) => draft || !tag.startsWith("gatehouse-ledger-") ? [] : held.filter((asset) => asset.name === "gatehouse-ledger-anchor.json" && asset.size <= 65536).map(({ id }) => ({
			id,
			tag
		}))),
		isLast: (releases ?? []).length < pageSize
	};
}
/** null: it was taken away meanwhile. */
async function readAsset(client, name, id) {
	return readOptional(`release asset ${id}`, async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
			...name,
			asset_id: id,
			headers: { accept: "application/octet-stream" },
			request: { parseSuccessResponseBody: false }
		});
		return readAnchorText(data, `release asset ${id}`);
	});
}
/**
* A draft first, published when its asset is there: an immutable release takes no asset afterwards, and no reader meets a
* release without one. What a crash leaves is a draft that nobody reads.
*/
async function makeRelease(client, name, stamp, text) {
	await writeGitHub(`make release ${stamp}`, async () => {
		const { data: draft } = await client.request("POST /repos/{owner}/{repo}/releases", {
			...name,
			tag_name: stamp,
			name: `Anchor of the ledger, ${stamp.slice(stampPrefix.length)}`,
			body,
			draft: true,
			prerelease: true,
			make_latest: "false",
			request: { retries: 0 }
		});
		await client.request({
			method: "POST",
			url: draft.upload_url,
			name: anchorFileName,
			headers: { "content-type": "application/json" },
			data: text,
			request: { retries: 0 }
		});
		await client.request("PATCH /repos/{owner}/{repo}/releases/{release_id}", {
			...name,
			release_id: draft.id,
			draft: false,
			make_latest: "false"
		});
	});
}
const body = `Size and root of the ledger, signed by GitHub for the workflow anchor-ledger.yml. Keep a copy where the writers of this repository cannot reach it: \`gatehouse verify --anchor ${anchorFileName}\` compares the ledger with it.`;

export { toAnchors as i, stampOf as n, readSignedAnchors as r, openReleases as t };