import { d as parseRepositoryName } from "./shared-toolkit.js";
import { a as findingsOf, n as GatehouseError, r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { i as openReader } from "./shared-job.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { E as readAnchors, a as downloadArtifact, t as createReader } from "./shared-octokit-reader.js";
import { a as statusOf, r as readGitHub } from "./shared-failure.js";
import { A as literal, F as strictObject, I as string, O as int } from "./shared-js-yaml.js";
import { t as isFailure } from "./shared-finding.js";
import { t as belongsToLedger } from "./shared-layout2.js";
import { a as objectId, c as subtrees, n as frontierFits, r as instant, t as digest } from "./shared-anchor-statement.js";
import { n as anchorWorkflowOf } from "./shared-signed-anchor.js";
import { t as readPlainZip } from "./shared-plain-zip.js";
import { i as toAnchors, r as readSignedAnchors, t as openReleases } from "./shared-releases.js";
import { t as openArtifactUploader } from "./shared-upload.js";
import { n as issuerOf, t as fetchKeys } from "./shared-jwks.js";
import { t as readPolicy } from "./shared-read-proposal.js";
import { n as inputNumber } from "./shared-input.js";
import { t as blamesWriter } from "./shared-append-only.js";
import { n as proveLedger } from "./shared-ledger-proof.js";

// core/audit/remembered.ts
const schema = strictObject({
	kind: literal("RememberedLedger"),
	v: literal(1),
	repositoryId: int().positive(),
	branch: string().min(1).max(255),
	commit: objectId,
	size: int().nonnegative(),
	root: digest,
	frontier: subtrees,
	at: instant
});
/** Name of the file in which a job leaves it. */
const rememberedFileName = "ledger-memory.json";
const renderRemembered = (head) => `${canonicalJson(head)}\n`;
/** @throws InputError LEDGER_MEMORY_INVALID, JSON_INVALID: an unreadable memory is not the same as none */
function parseRemembered(text, source) {
	const { success, data } = schema.safeParse(parseStrictJson(text, source));
	if (success && frontierFits(data)) return data;
	throw new InputError("LEDGER_MEMORY_INVALID", `${source} is no memory of a ledger that Gatehouse left`, {
		hint: `Find out who made it. Delete it, so that the next reader begins anew.`,
		where: { file: source }
	});
}

// adapters/anchor/memory.ts
/** Of every run that leaves one: GitHub finds artifacts of a repository by name. */
const memoryName = "gatehouse-ledger-memory";
/** A memory that grows old is left again, long before it expires. */
const renewedAfterMs = 2592e6;
const maxBytes = 65536;
/** All of them must agree: a newer memory that says less does not push out one that says more. */
const newestMemories = 3;
/**
* Remembers by artifacts of runs on the default branch. An artifact and not a cache entry: a cache gives the newest entry
* of a key and forgets by itself after seven days; artifacts are listed with the commit and branch of their run, so several
* can be held against the ledger, and those of a pull request are told apart.
* @see https://docs.github.com/rest/actions/artifacts
*/
function openMemory(place) {
	let newest = null;
	return {
		recall: async () => {
			const found = await recall(place);
			newest = found.remembered[0] ?? null;
			return found;
		},
		keep: (head) => keep(place, newest, head)
	};
}
async function recall(place) {
	const ids = await listMemories(place);
	if (ids === null) return {
		remembered: [],
		notes: [unread()]
	};
	const remembered = [];
	for (const id of ids) {
		const memory = await readMemory(place, id);
		if (memory.repositoryId === place.repositoryId) remembered.push(memory);
	}
	return {
		remembered,
		notes: []
	};
}
/** Newest first; null: the job's token may not list artifacts. */
async function listMemories({ client, name, repositoryId, defaultBranch, commits }) {
	const artifacts = await readGitHub("artifacts of the repository", async () => {
		try {
			const { data } = await client.request("GET /repos/{owner}/{repo}/actions/artifacts", {
				...name,
				name: memoryName,
				per_page: 100
			});
			return data.artifacts;
		} catch (error) {
			if (statusOf(error) === 403 || statusOf(error) === 404) return null;
			throw error;
		}
	});
	if (artifacts === null) return null;
	const ofBranch = artifacts.filter(({ name: called, expired, size_in_bytes: size, workflow_run: run }) => called === "gatehouse-ledger-memory" && !expired && size <= maxBytes && run?.repository_id === repositoryId && run.head_repository_id === repositoryId && run.head_branch === defaultBranch);
	if (ofBranch.length === 0) return [];
	const known = new Set(await commits());
	return ofBranch.filter(({ workflow_run: run }) => known.has(run?.head_sha ?? "")).map(({ id }) => id).sort((a, b) => b - a).slice(0, newestMemories);
}
/** @throws InputError LEDGER_MEMORY_INVALID: what cannot be read is not forgotten silently */
async function readMemory({ client, name }, id) {
	const source = `artifact ${id} (${memoryName})`;
	const refuse = (why, cause) => new InputError("LEDGER_MEMORY_INVALID", `${source} is not believed: ${why}`, {
		hint: "Find the run that left it, then delete the artifact: the next reader begins anew.",
		cause
	});
	const zip = await downloadArtifact(client, name, id, maxBytes);
	const texts = readPlainZip(zip, {
		names: [rememberedFileName],
		maxBytes,
		refuse
	});
	return parseRemembered(texts.get("ledger-memory.json") ?? "", source);
}
async function keep({ repositoryId, defaultBranch, ref, uploader, now }, newest, head) {
	const at = now();
	if (newest !== null && newest.size === head.size && newest.root === head.root && at.getTime() - Date.parse(newest.at) < renewedAfterMs) return null;
	if (ref !== `refs/heads/${defaultBranch}` || uploader === null) return null;
	const { size, root, frontier, commit, branch } = head;
	const text = renderRemembered({
		kind: "RememberedLedger",
		v: 1,
		repositoryId,
		branch,
		commit,
		size,
		root,
		frontier,
		at: at.toISOString()
	});
	try {
		await uploader.upload(memoryName, [{
			kind: "text",
			name: rememberedFileName,
			text
		}]);
		return null;
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return {
			...findingsOf("ledger", error)[0],
			severity: "note"
		};
	}
}
const unread = () => ({
	code: "ledger/memory-unread",
	severity: "warn",
	message: "This job may not read what earlier runs remember of the ledger: a ledger that was put back to an earlier state is told by anchors alone",
	fix: "Give the job permissions: { actions: read } beside contents: read and checks: read."
});

// adapters/actions/ledger-access.ts
/** Runs of as many commits of the default branch are listened to: as far as anchors are looked for. */
const maxCommits = 100;
/** @throws InputError APP_ID_MISSING: without the app's id nobody knows whose check runs are anchors */
function openLedgerSource() {
	const { client, run } = openReader();
	const appId = inputNumber("app-id");
	if (appId === null) throw new InputError("APP_ID_MISSING", "It is not known which app makes the anchors", { hint: "Give the input app-id: the number is on the app's page, under General." });
	const name = parseRepositoryName(run.repository);
	const reader = createReader(client, name, appId);
	const policy = once(() => readDefaultPolicy(reader));
	const issuer = issuerOf(run.serverUrl);
	const keys = () => fetchKeys(issuer);
	const expectations = async () => toExpectations(issuer, await reader.repository(), await policy());
	const releases = openReleases(client, name);
	return {
		repository: () => reader.repository(),
		expectations,
		keys,
		releases,
		readLedger: async () => readLedger(reader, await policy()),
		readAnchors: async () => readAnchors(reader, (await reader.repository()).defaultBranch),
		readSigned: () => readSignedAnchors([releases], expectations, keys),
		memory: openJobMemory(client, name, reader),
		findWriter: async (path) => findWriter(reader, (await policy()).ledger.branch, path),
		now: () => /* @__PURE__ */ new Date()
	};
}
/** Reads when it is first asked, and once. */
function once(read) {
	let reading;
	return () => {
		reading ??= read();
		return reading;
	};
}
async function readDefaultPolicy(reader) {
	const { defaultBranch } = await reader.repository();
	const tip = await reader.branchHead(defaultBranch);
	return readPolicy(reader, tip ?? defaultBranch);
}
const toExpectations = (issuer, { id, defaultBranch }, { trusted, judgeRunner }) => ({
	issuer,
	repositoryId: id,
	ref: `refs/heads/${defaultBranch}`,
	workflow: anchorWorkflowOf(trusted),
	runner: judgeRunner
});
/** The facts of the repository are asked for when the memory is. */
function openJobMemory(client, name, reader) {
	const found = openArtifactUploader(process.env, {
		now: () => /* @__PURE__ */ new Date(),
		retentionDays: 90
	});
	const open = once(async () => {
		const { id, defaultBranch } = await reader.repository();
		return openMemory({
			client,
			name,
			defaultBranch,
			repositoryId: id,
			ref: process.env.GITHUB_REF ?? "",
			commits: async () => (await reader.commitsOf(defaultBranch, maxCommits)).map(({ sha }) => sha),
			uploader: found.kind === "uploader" ? found.uploader : null,
			now: () => /* @__PURE__ */ new Date()
		});
	});
	return {
		recall: async () => (await open()).recall(),
		keep: async (head) => (await open()).keep(head)
	};
}
async function findWriter(reader, branch, path) {
	const head = await reader.branchHead(branch);
	if (head === null) return null;
	return (await reader.commitsOf(head, 1, path))[0]?.sha ?? null;
}
async function readLedger(reader, { ledger }) {
	const { defaultBranch } = await reader.repository();
	const layout = ledger.branch === defaultBranch ? "shared" : "own";
	const head = await reader.ledgerFiles(ledger.branch);
	if (head === null) throw new InputError("LEDGER_NOT_FOUND", `There is no branch "${ledger.branch}"`, { hint: "The app makes it when it records the first merge of a proposal." });
	const listed = [...head.listing.values()].filter(({ path }) => belongsToLedger(path, layout));
	const files = await Promise.all(listed.map(async ({ path, blob }) => [path, await reader.blob(blob)]));
	return {
		files: new Map(files),
		layout,
		place: {
			branch: ledger.branch,
			commit: head.head
		}
	};
}

// adapters/actions/ledger-source.ts
/**
* Reads the ledger, proves it against everything that outsiders and earlier runs know, and remembers what is proven.
* @throws InputError LEDGER_MEMORY_INVALID and others, ServiceError when ledger, anchors or memory cannot be read
*/
async function readProvenLedger(source, tail) {
	const anchors = await source.readAnchors();
	const signed = await source.readSigned?.() ?? {
		believed: [],
		refused: []
	};
	const recalled = await source.memory?.recall() ?? {
		remembered: [],
		notes: []
	};
	const { files, layout, place } = await source.readLedger();
	const known = [...anchors, ...toAnchors(signed.believed)];
	const proven = proveLedger(files, known, layout, tail, recalled.remembered);
	const findings = [
		...await blame(source, proven.findings),
		...signed.refused,
		...recalled.notes
	];
	const kept = await remember(source, proven, place);
	return {
		...proven,
		findings: [...findings, ...kept],
		...place === void 0 ? {} : { place }
	};
}
/** Only what an anchor covers is remembered: a stranger's entries must not become what later readers insist on. */
async function remember({ memory }, { verdict, head, anchored }, place) {
	if (memory === void 0 || place === void 0 || verdict === "fail" || anchored < head.size) return [];
	const note = await memory.keep({
		...head,
		...place
	});
	return note === null ? [] : [note];
}
/** Names the commit that last wrote what the first failure is about. */
async function blame({ findWriter }, findings) {
	const first = findings.find(isFailure);
	const file = first?.where?.file;
	if (findWriter === void 0 || first === void 0 || file === void 0) return findings;
	if (!blamesWriter(first)) return findings;
	const writer = await findWriter(file);
	if (writer === null) return findings;
	const message = `${first.message}; ${file} was last written by commit ${writer}`;
	return findings.map((finding) => finding === first ? {
		...first,
		message
	} : finding);
}

export { openLedgerSource as n, readProvenLedger as t };