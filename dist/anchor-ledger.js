import { a as input, d as parseRepositoryName, i as hide, l as setOutputs, m as runAction, p as readRunFacts, r as failStep, t as askIdentityToken, u as writeSummary } from "./shared-toolkit.js";
import { n as makeFolder } from "./shared-job.js";
import { n as openLedgerSource, t as readProvenLedger } from "./shared-ledger-source.js";
import { i as ServiceError, r as InputError } from "./shared-error.js";
import { i as readOptional, o as writeGitHub, t as incomplete } from "./shared-failure.js";
import { n as stampOf, r as readSignedAnchors } from "./shared-releases.js";
import { n as createTokenClient } from "./shared-token-client.js";
import { a as parseSignedAnchor, o as renderSignedAnchor, r as audienceOf, s as verifySignedAnchor, t as anchorFileName } from "./shared-signed-anchor.js";
import { t as isFailure } from "./shared-finding.js";
import { l as proveConsistency } from "./shared-anchor-statement.js";
import { n as digestBytes } from "./shared-canonical.js";
import { a as verificationBlocks, t as anchorBlocks } from "./shared-ledger-blocks.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

// adapters/anchor/witness.ts
/**
* Keeps anchors as files of a second repository, which the people of the first cannot write to: the only place from which
* they cannot take one away.
* @param client with a token for the witness; the job's own token reaches no other repository
* @param title `owner/name`
* @param repositoryId of the repository whose ledger it is: one witness serves many
* @throws InputError WITNESS_INVALID
*/
function openWitness(client, title, repositoryId) {
	const name = toName(title);
	const folder = `gatehouse-anchors/${repositoryId}`;
	return {
		name: `witness ${title}`,
		read: () => readWitness(client, name, folder),
		put: async (stamp, text) => {
			await writeGitHub(`write ${stamp} to the witness ${title}`, () => client.request("PUT /repos/{owner}/{repo}/contents/{path}", {
				...name,
				path: `${folder}/${stamp}.json`,
				message: `Anchor of the ledger of repository ${repositoryId}: ${stamp}`,
				content: Buffer.from(text).toString("base64"),
				request: { retries: 0 }
			}));
		}
	};
}
function toName(title) {
	if (/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(title)) return parseRepositoryName(title);
	throw new InputError("WITNESS_INVALID", `"${title.slice(0, 80)}" names no repository`, { hint: "Write the witness as owner/name; leave it out for none." });
}
async function readWitness(client, name, folder) {
	const listed = await readContent(client, name, folder);
	if (listed === null) return [];
	if (!Array.isArray(listed)) throw incomplete(`anchors of the witness`, `${folder} is no folder`);
	const paths = listed.flatMap(({ path, type }) => type === "file" && path.endsWith(".json") ? [path] : []);
	const files = [];
	for (const path of paths.sort().reverse().slice(0, 4)) {
		const file = await readContent(client, name, path);
		if (file === null || Array.isArray(file) || !("content" in file) || file.encoding !== "base64") throw incomplete(`anchor ${path} of the witness`, "it has no content");
		const text = Buffer.from(file.content, "base64").toString("utf8");
		files.push({
			source: `${name.owner}/${name.repo}/${path}`,
			text
		});
	}
	return files;
}
/** null: there is none. */
const readContent = (client, name, path) => readOptional(`${path} of the witness`, async () => {
	const { data } = await client.request("GET /repos/{owner}/{repo}/contents/{path}", {
		...name,
		path
	});
	return data;
});

// core/audit/make-statement.ts
/**
* States what a proven ledger is, and proves that it contains the one of the statement before.
* @param events of the whole ledger, in order; a proven one: their hashes are taken as they stand
* @param previous the newest believed statement; null: this is the first. Proven to agree with the ledger by the caller
*/
function makeStatement({ size, root, frontier }, events, previous, origin) {
	const hashes = events.map(({ hash }) => hash);
	return {
		kind: "LedgerAnchor",
		v: 1,
		...origin,
		size,
		root,
		frontier,
		previous: previous === null ? null : {
			size: previous.size,
			root: previous.root,
			proof: proveConsistency(hashes, previous.size)
		}
	};
}

// actions/anchor-ledger/run.ts
/** An anchor of the same ledger that is younger is copied, not made again. */
const renewedAfterMs = 5184e5;
/**
* Leaves an anchor of the ledger outside the app's reach. First the ledger is proven, against the app's anchors and against
* every one that was left before: what does not verify, or does not contain what was anchored, is not anchored.
* @returns verdict `fail` with findings for a ledger that is not proven: the step must fail then
* @throws InputError ANCHOR_NOT_TRUSTED when this run is not one whose anchors are believed; ServiceError when a place,
* GitHub or the issuer does not answer
*/
async function run(deps) {
	const expected = await deps.expectations();
	const held = await readPlaces(deps);
	const all = held.flatMap(({ believed }) => believed);
	const refused = held.flatMap(({ refused: some }) => some);
	const source = {
		...deps.source,
		readSigned: async () => ({
			believed: all,
			refused
		})
	};
	const ledger = await readProvenLedger(source, "refuse");
	if (ledger.verdict === "fail" || ledger.head.size === 0) return toOutputs(deps, ledger, null, []);
	const newest = newestOf(all);
	const anchor = isFresh(newest, ledger, deps.source.now()) ? newest : await makeAnchor(deps, expected, ledger, newest);
	const made = [];
	for (const [at, { name, put }] of deps.places.entries()) {
		if (held[at]?.believed.some(({ token }) => token === anchor.token)) continue;
		await put(stampOf(anchor.statement.size, anchor.statement.at), renderSignedAnchor(anchor));
		made.push(name);
	}
	return toOutputs(deps, ledger, anchor, made);
}
async function readPlaces(deps) {
	const held = [];
	for (const place of deps.places) held.push(await readSignedAnchors([place], deps.expectations, deps.keys));
	return held;
}
/** Largest ledger first, then the latest statement of it. */
const newestOf = (anchors) => anchors.reduce((best, each) => {
	if (best === null) return each;
	const [a, b] = [each.statement, best.statement];
	return a.size > b.size || a.size === b.size && a.at > b.at ? each : best;
}, null);
function isFresh(anchor, { head }, now) {
	if (anchor === null || anchor.statement.size !== head.size) return false;
	const ageMs = now.getTime() - Date.parse(anchor.statement.at);
	return Number.isFinite(ageMs) && ageMs >= 0 && ageMs < renewedAfterMs;
}
async function makeAnchor({ source, repository, idToken, keys }, expected, { head, events, place }, newest) {
	const { id, fullName } = await repository();
	if (place === void 0) throw new TypeError("a ledger that was read has a branch and a commit");
	const statement = makeStatement(head, events, newest?.statement ?? null, {
		...place,
		repository: fullName,
		repositoryId: id,
		at: source.now().toISOString()
	});
	const token = await idToken(audienceOf(statement));
	const published = await keys();
	const jwk = published.find(({ kid }) => kid === keyIdOf(token));
	if (jwk === void 0) throw new ServiceError("OIDC_KEYS", "The issuer does not publish the key that signed the anchor", { hint: "Run the workflow again: the key may be newer than what was read." });
	const signed = parseSignedAnchor(renderSignedAnchor({
		statement,
		token,
		jwk
	}), "of this run");
	const wrong = verifySignedAnchor(signed, published, expected, "of this run");
	if (wrong === null) return signed;
	throw new InputError("ANCHOR_NOT_TRUSTED", wrong.message, {
		hint: "Call anchor-ledger.yml by schedule or by hand from the default branch, at a commit that trusted.shas in .github/gatehouse.yml lists.",
		findings: [wrong]
	});
}
function keyIdOf(token) {
	const header = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8"));
	return typeof header === "object" && header !== null && "kid" in header ? header.kid : void 0;
}
function toOutputs({ source }, ledger, anchor, made) {
	const file = anchor === null ? null : renderSignedAnchor(anchor);
	const body = renderMarkdown([
		{
			kind: "heading",
			level: 3,
			text: ["Anchor of the ledger"]
		},
		...anchor === null ? [] : anchorBlocks(anchor.statement, made),
		...verificationBlocks(ledger),
		{
			kind: "small",
			text: [`Read ${source.now().toISOString()}`]
		}
	]);
	return {
		verdict: ledger.verdict,
		size: ledger.head.size,
		digest: file === null ? "" : digestBytes(file),
		file,
		summary: `${body}\n`,
		findings: ledger.verdict === "fail" ? ledger.findings : []
	};
}

// actions/anchor-ledger/index.ts
await runAction(async () => {
	const { apiUrl, repositoryId } = readRunFacts();
	const access = openLedgerSource();
	const witness = {
		repository: input("witness"),
		token: input("witness-token")
	};
	if (witness.token !== "") hide(witness.token);
	const { releases, repository, expectations, keys } = access;
	const second = witness.repository === "" ? [] : [openWitness(createTokenClient(apiUrl, witness.token), witness.repository, repositoryId)];
	const { verdict, size, digest, file, summary, findings } = await run({
		source: access,
		places: [releases, ...second],
		repository,
		expectations,
		keys,
		idToken: askIdentityToken
	});
	const path = file === null ? "" : join(makeFolder("anchor"), anchorFileName);
	if (file !== null) writeFileSync(path, file);
	await writeSummary(summary);
	setOutputs({
		verdict,
		size: String(size),
		digest,
		path
	});
	const first = findings.find(isFailure);
	if (verdict === "fail") failStep(`${first?.message ?? "The ledger is not proven"}. ${first?.fix ?? ""}`);
});

export {  };