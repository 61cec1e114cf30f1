import { n as downloadArtifact } from "./shared-artifact.js";
import { a as openBatchIssues, c as parseBatchState, d as writeBatchState, i as openRecordStore, l as subjects, n as runValidation, r as digestRefusal, s as emptyBatchState, t as readTrainedVersions, u as writeBatchMarker } from "./shared-dataset-history.js";
import { a as input, c as say, d as parseRepositoryName, l as setOutputs, m as runAction, u as writeSummary } from "./shared-toolkit.js";
import { i as ServiceError, r as InputError } from "./shared-error.js";
import { n as inputNumber, t as inputDigest } from "./shared-input.js";
import { i as openReader, n as makeFolder } from "./shared-job.js";
import { a as writeManifest, i as parseManifest, r as digestManifest, t as openRemote } from "./shared-remote.js";
import { t as openEngine } from "./shared-open.js";
import { p as parseInstant } from "./shared-layout2.js";
import { t as counted } from "./shared-count-text.js";
import { t as isFailure } from "./shared-finding.js";
import { i as dataSections, n as placeText, t as findingSections } from "./shared-finding-list.js";
import { a as verdictWords, r as severityWords } from "./shared-icon.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { t as renderSummary } from "./shared-summary.js";
import { n as matchesGlob } from "./shared-glob.js";
import { i as parseIngestRecord, r as maxIngestRecordBytes, t as isBelow } from "./shared-ingest-record.js";
import { n as showTime } from "./shared-time-text.js";
import { n as writePointer } from "./shared-pointer.js";
import { n as copyHashed } from "./shared-safe-fetch.js";
import { a as listArchive, i as readWhole, n as withFile, r as readEntry } from "./shared-source.js";
import { O as locate } from "./shared-policy-resolution.js";
import { n as digestBytes, r as digestOf } from "./shared-canonical.js";
import { r as networkOf } from "./shared-open-place.js";
import "./shared-approval-sections.js";
import { t as paragraph } from "./shared-block.js";
import { n as fitSections, t as bodyLimit } from "./shared-budget.js";
import { u as short } from "./shared-facts.js";
import { r as requireGoverned, t as readPolicy } from "./shared-read-proposal.js";
import { t as parseContract } from "./shared-contract-file.js";
import { b as namesIn, o as contractPath, s as datasetOfFile } from "./shared-layout.js";
import { t as describeProgress } from "./shared-progress-line.js";
import { createReadStream, createWriteStream } from "node:fs";
import { dirname, join, posix } from "node:path";
import { Readable, Transform } from "node:stream";
import { createHash } from "node:crypto";
import { pipeline as pipeline$1 } from "node:stream/promises";
import { cp, link, mkdir, readFile, writeFile } from "node:fs/promises";

// adapters/actions/branch-event.ts
/**
* Reads what the runner itself says; no event body is believed.
* @throws InputError EVENT_NOT_SUPPORTED for a pull request, a tag and whatever else is no branch: files of the commit
* are going to govern
*/
function readBranchEvent(env = process.env) {
	const branch = /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? "")?.[1];
	const commit = env.GITHUB_SHA ?? "";
	if (branch !== void 0 && /^[0-9a-f]{40}$/.test(commit)) return {
		commit,
		branch
	};
	throw new InputError("EVENT_NOT_SUPPORTED", `This workflow was started by "${env.GITHUB_EVENT_NAME ?? "nothing"}" on ${env.GITHUB_REF ?? "no ref"}, not on a branch.`, { hint: "Start it with schedule, workflow_dispatch or push of a governed branch." });
}

// core/report/batch-look.ts
/** A retention that ends within so many days is told beforehand. */
const retentionNoticeDays = 30;
function findingsOfLook({ result }) {
	return result.kind === "checked" ? result.validation.findings : result.findings;
}
/** True when nothing may train on what was looked at. Only a clear pass is none. */
function isFailing({ result }) {
	return result.kind === "nothing came" || result.validation.verdict !== "pass";
}
/** Each rule that fails, once, sorted: code, column and rule, never a value. */
function failingRules(look) {
	const rules = findingsOfLook(look).filter(isFailure).map(({ code, column, rule }) => [
		code,
		...column === void 0 ? [] : [column],
		...rule === void 0 ? [] : [`(${rule})`]
	].join(" "));
	return [...new Set(rules)].sort();
}
/** Under what the batch is remembered when it is refused; null when no row of it was read, which its next check tells as well. */
function refusalOf({ result }) {
	if (result.kind === "nothing came" || result.validation.rows === null) return null;
	return digestRefusal(result.validation.files, result.validation.contractDigest);
}
/** Whole days that the retention has left, null when there are more than thirty or it has ended: that is a finding. */
function daysLeft({ at, expires }) {
	const [end, today] = [expires, at.slice(0, 10)].map((day) => parseInstant(`${day}T00:00:00Z`));
	if (end == null || today == null) return null;
	const days = Math.round((end - today) / 864e5);
	return days >= 0 && days <= 30 ? days : null;
}

// core/report/batch-summary.ts
/** Job summary of a watch run to which no batch came. */
function renderNothingCame(look) {
	const sections = findingSections(findingsOfLook(look), (finding) => finding.where === void 0 ? "–" : { code: placeText(finding) });
	const heading = {
		kind: "heading",
		level: 3,
		text: [
			`${verdictWords.fail}: no new batch of `,
			{ code: look.dataset },
			" came in"
		]
	};
	return `${renderMarkdown([heading, ...sections.flatMap(({ blocks }) => blocks)])}\n`;
}

// adapters/dataset/incoming-folder.ts
/**
* Puts the files of an ingest together as the folder that they are.
* @param path of the folder in the repository, above every file
* @param into a folder that is not there yet
* @throws InputError DVC_MANIFEST for names that no manifest can hold
*/
async function gatherFolder(path, files, into) {
	const entries = files.map(({ file, local }) => ({
		relpath: file.path.slice(path.length + 1),
		md5: file.md5,
		sizeBytes: file.sizeBytes,
		local
	}));
	const listed = parseManifest(writeManifest(entries), `${path}.dvc`);
	const md5 = digestManifest(entries);
	const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
	for (const { relpath, local } of entries) {
		const target = join(into, relpath);
		await mkdir(dirname(target), { recursive: true });
		await link(local, target);
	}
	return {
		md5,
		pointer: writePointer({
			out: posix.basename(path),
			md5,
			sizeBytes,
			files: entries.length
		}),
		local: into,
		fetch: (pointer, name) => Promise.all(listed.map(async (entry, index) => {
			const to = name(entry, index);
			await copyHashed(createReadStream(join(into, entry.relpath)), to, "md5");
			return {
				path: `${pointer.path}/${entry.relpath}`,
				local: to
			};
		}))
	};
}

// adapters/dataset/incoming.ts
/**
* Lays the files of an ingest over a tree. A table that the contract knows by its pointer gets the pointer that
* `dvc add` would write.
* @param files each file of the record with the place where its verified bytes lie
*/
async function layOver(tree, contract, record, files) {
	const folder = await findFolder(contract, record, files);
	const placed = folder === null ? [] : [placeFolder(record, folder)];
	const outside = [];
	for (const { file, local } of folder === null ? files : []) {
		const place = await placeFile(tree.listing, contract, file, local);
		if (place === null) outside.push(file.path);
		else placed.push(place);
	}
	const removed = record.removed.filter((path) => isBelow(path, record.to) && tree.listing.has(path));
	const listing = new Map(tree.listing);
	for (const path of removed) listing.delete(path);
	for (const { path, blob } of placed) listing.set(path, {
		path,
		blob,
		mode: "100644"
	});
	const contents = new Map(placed.map(({ path, content }) => [path, content]));
	const blobs = new Map(placed.map(({ path, blob }) => [path, blob]));
	const data = placed.flatMap(({ md5, local }) => md5 === null ? [] : [{
		md5,
		local
	}]);
	const local = new Map(data.map((each) => [each.md5, each.local]));
	return {
		listing,
		readBlob: async (listed) => {
			const content = contents.get(listed.path);
			if (content === void 0 || blobs.get(listed.path) !== listed.blob) return tree.readBlob(listed);
			return "text" in content ? Buffer.from(content.text) : readFile(content.local);
		},
		openRemote: (open) => (url, network) => withLocal(open(url, network), local, folder),
		data,
		commit: contents,
		removed: removed.filter((path) => !contents.has(path)),
		findings: outside.length === 0 ? [] : [toOutside(contract, outside, placed.length === 0)]
	};
}
const isNamed = ({ files }, path) => files.includes(path) || matchesGlob(files, path);
/** null: the dataset has a pointer for each file, not one for the folder that the command writes. */
async function findFolder(contract, { to }, files) {
	const [first] = files;
	const isOwn = ({ path }) => isNamed(contract, path) || isNamed(contract, `${path}.dvc`);
	if (first === void 0 || !isNamed(contract, `${to}.dvc`)) return null;
	if (files.some(({ file }) => file.path === to || isOwn(file))) return null;
	return gatherFolder(to, files, join(dirname(first.local), "folder"));
}
function placeFolder({ to }, { md5, pointer, local }) {
	return {
		path: `${to}.dvc`,
		blob: blobOfText(pointer),
		content: { text: pointer },
		md5,
		local
	};
}
/** null: the file is no part of the dataset. */
async function placeFile(listing, contract, file, local) {
	const { path, md5, sizeBytes } = file;
	const pointer = `${path}.dvc`;
	if (isNamed(contract, path) && (!isNamed(contract, pointer) || listing.has(path))) return {
		path,
		blob: await blobOf(local, sizeBytes),
		content: { local },
		md5: null,
		local
	};
	if (!isNamed(contract, pointer)) return null;
	const text = writePointer({
		out: posix.basename(path),
		md5,
		sizeBytes
	});
	return {
		path: pointer,
		blob: blobOfText(text),
		content: { text },
		md5,
		local
	};
}
const blobOfText = (text) => createHash("sha1").update(`blob ${Buffer.byteLength(text)}\0${text}`).digest("hex");
async function blobOf(local, sizeBytes) {
	const hash = createHash("sha1").update(`blob ${sizeBytes}\0`);
	for await (const chunk of createReadStream(local)) hash.update(chunk);
	return hash.digest("hex");
}
function withLocal(remote, local, folder) {
	return {
		...remote,
		fetchFolder: (pointer, source, name) => folder !== null && pointer.md5 === folder.md5 ? folder.fetch(pointer, name) : remote.fetchFolder(pointer, source, name),
		fetch: async (pointer, source, to) => {
			const own = pointer.hash === "md5" ? local.get(pointer.md5) : void 0;
			if (own === void 0) return remote.fetch(pointer, source, to);
			const { hex, sizeBytes } = await copyHashed(createReadStream(own), to, "md5");
			if (hex === pointer.md5) return sizeBytes;
			throw changed(source);
		}
	};
}
function toOutside({ dataset }, paths, all) {
	const more = paths.length > 5 ? ` and ${paths.length - 5} more` : "";
	return {
		code: "data/ingest-outside",
		severity: all ? "fail" : "warn",
		message: all ? `Nothing that the ingest command wrote belongs to the dataset "${dataset}".` : `The ingest command wrote files that do not belong to the dataset "${dataset}".`,
		found: `${paths.slice(0, 5).join(", ")}${more}`,
		allowed: "files that \"files\" of the contract names, as they are or by their .dvc pointer",
		fix: "Name them in \"files\" of the contract (one pointer for each file), or let the command write them elsewhere."
	};
}
/**
* Unpacks one file of an artifact and holds its bytes against the record.
* @throws InputError INGEST_CHANGED
*/
async function unpackIngested(bytes, file, folder) {
	const [sha256, md5] = [createHash("sha256"), createHash("md5")];
	let sizeBytes = 0;
	const measure = new Transform({ transform(chunk, _encoding, done) {
		sizeBytes += chunk.length;
		sha256.update(chunk);
		md5.update(chunk);
		done(null, chunk);
	} });
	const local = join(folder, file.name);
	await pipeline$1(Readable.from(bytes), measure, createWriteStream(local));
	if (`sha256:${sha256.digest("hex")}` === file.sha256 && md5.digest("hex") === file.md5 && sizeBytes === file.sizeBytes) return local;
	throw changed(file.path);
}
function changed(path) {
	return new InputError("INGEST_CHANGED", `${path} is not what the ingest record says`, { hint: "Run the job again; if it stays so, see which process of the ingest command goes on after its end." });
}

// adapters/dataset/ingest-artifact.ts
const recordName = "ingest.json";
/** 2 GiB, as an artifact may have. */
const entryBytes = 2 * 1024 ** 3;
/**
* Opens the zip of an ingest job. It was made beside the team's own command: names are ours or refused, bytes are
* digested again, and what the record says of contract and run is compared with what we know ourselves.
* @throws InputError ARCHIVE_REFUSED, INGEST_RECORD, INGEST_FOREIGN, INGEST_CHANGED
*/
async function openIngest(zip, expected, folder) {
	return withFile(zip, async (source) => {
		const entries = await listArchive(source, {
			entries: 500 + 1,
			entryBytes
		});
		const byName = new Map(entries.map((entry) => [entry.name, entry]));
		const own = byName.get(recordName);
		if (own === void 0 || own.sizeBytes > 1048576) throw refuse$1("it holds no ingest.json");
		const bytes = await readWhole(source, own);
		const record = parseIngestRecord(bytes, recordName);
		requireSame(record, expected);
		if (entries.length !== record.files.length + 1) throw refuse$1("it holds files that its record does not name");
		if (!(record.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) <= entryBytes)) throw refuse$1("its files have more than 2 GiB together");
		const files = [];
		for (const file of record.files) {
			const entry = byName.get(file.name);
			if (entry?.sizeBytes !== file.sizeBytes) throw refuse$1(`${file.name} is not in it with the size that it has`);
			files.push({
				file,
				local: await unpackIngested(readEntry(source, entry), file, folder)
			});
		}
		return {
			record,
			text: bytes.toString("utf8"),
			files
		};
	});
}
function requireSame(record, { contract, contractDigest, commit, runId }) {
	const { ingest } = contract;
	const wrong = [
		[
			"dataset",
			record.dataset,
			contract.dataset
		],
		[
			"contract",
			record.contractDigest,
			contractDigest
		],
		[
			"source",
			record.source,
			contract.source
		],
		[
			"command",
			record.command,
			ingest?.command
		],
		[
			"place",
			record.to,
			ingest?.to.replace(/\/$/, "")
		],
		[
			"commit",
			record.commit,
			commit
		],
		[
			"run",
			record.runId,
			runId
		]
	].find(([, found, allowed]) => found !== allowed);
	if (wrong !== void 0) throw refuse$1(`it was made for another ${wrong[0]}`);
	const stray = [...record.files.map(({ path }) => path), ...record.removed].find((path) => !isBelow(path, record.to));
	if (stray !== void 0) throw refuse$1(`${JSON.stringify(stray.slice(0, 80))} does not lie below ${record.to}`);
}
function refuse$1(why) {
	return new InputError("INGEST_FOREIGN", `The artifact of the ingest job is refused: ${why}`, { hint: "Pass the artifact of the ingest-dataset action of this same run on unchanged." });
}

// actions/watch-dataset/incoming-batch.ts
/**
* Which batch is to be looked at. An ingest that handed nothing over must not turn into a look at what is there already.
* @throws InputError INGEST_MISSING
*/
function readIngest(wanted, id, digest) {
	if (id !== null && digest !== null) return {
		id,
		digest
	};
	if (!wanted && id === null && digest === null) return null;
	throw new InputError("INGEST_MISSING", "The ingest job handed over no artifact with its digest", { hint: "Pass artifact-id and artifact-digest of the upload step of the ingest job; see its log if they are empty." });
}
/**
* Takes the batch over from the job that ran the team's command: by artifact id and digest, of this run, each byte
* digested again.
* @throws InputError INGEST_FOREIGN, INGEST_RECORD, INGEST_CHANGED, ARCHIVE_REFUSED; ServiceError
*/
async function takeIncoming(artifact, text, tree, at, deps) {
	const facts = await deps.artifact(artifact.id);
	const zip = join(deps.makeFolder("ingest"), "ingest.zip");
	if (!(facts !== null && !facts.expired && facts.runId === at.runId) || facts.digest !== null && facts.digest !== artifact.digest) throw foreign(artifact.id);
	const { digest } = await deps.download(artifact.id, zip);
	if (digest !== artifact.digest) throw foreign(artifact.id);
	const expected = {
		contract: text.contract,
		contractDigest: digestBytes(text.text),
		...at
	};
	const ingest = await openIngest(zip, expected, deps.makeFolder("batch"));
	if (ingest.record.end.kind !== "done") return {
		kind: "nothing came",
		findings: [toFailed(ingest.record, text)]
	};
	return {
		kind: "came",
		ingest,
		incoming: await layOver(tree, text.contract, ingest.record, ingest.files)
	};
}
function toFailed({ end, to }, { contract, path, text }) {
	const minutes = contract.ingest?.timeoutMinutes ?? 0;
	const how = end.kind === "failed" ? end.how : `no end within ${minutes} minutes`;
	return {
		code: "data/ingest-failed",
		severity: "fail",
		message: `The ingest command of the dataset "${contract.dataset}" brought no batch.`,
		where: locate(text, "/ingest/command", path),
		found: how,
		allowed: `exit code 0, with the batch below ${to}`,
		fix: "Read the log of the ingest job; the same command runs on a laptop. Data that is there already is not touched."
	};
}
function foreign(id) {
	return new InputError("INGEST_FOREIGN", `Artifact ${id} is not what the ingest job of this run uploaded`, { hint: "Pass artifact-id and artifact-digest of the upload step of the ingest job of this same run." });
}

// core/report/batch-issue.ts
/** Title of the issue: plain text, without a number that changes from run to run. */
function batchTitle({ causes }, look) {
	const { dataset } = look;
	if (causes.repository) return `Dataset ${dataset}: nothing trains on it as it stands`;
	if (causes.ingest) return `Dataset ${dataset}: no new batch came in`;
	if (causes.retention) return `Dataset ${dataset}: its retention ends soon`;
	return `Dataset ${dataset}: keeps its contract`;
}
/** The whole issue: marker, what was found and what it means, what to do, and the state in its last line. */
function renderBatchIssue(state, look) {
	const marker = writeBatchMarker(look.dataset);
	const hidden = writeBatchState(state);
	const owner = ownerLine(look.owner);
	const room = bodyLimit - marker.length - hidden.length - owner.length - 400;
	return [
		marker,
		fitSections(sectionsOf(state, look), room, "The summary of the run has the rest."),
		"",
		owner,
		"",
		hidden
	].join("\n");
}
/** A comment that says what is news. Its first line names the change, so that it is never posted twice. */
function renderBatchNote(change, look) {
	const { was, before, after } = change;
	const rules = (state) => subjects.flatMap((subject) => state.causes[subject]?.rules ?? []);
	const [old, now] = [rules(before), rules(after)];
	const started = now.filter((rule) => !old.includes(rule));
	const ended = old.filter((rule) => !now.includes(rule));
	const opening = !(Object.keys(after.causes).length > 0) ? "Closed: " : was === "closed" ? "Open again: " : "";
	const blocks = [
		paragraph(opening, ...headline(after, look)),
		...started.length === 0 ? [] : [paragraph("Fails now: ", ...listed(started))],
		...ended.length === 0 ? [] : [paragraph("No longer fails: ", ...listed(ended))],
		{
			kind: "small",
			text: footer(look)
		}
	];
	return `${noteMarker(look.dataset, after.changes)}\n${renderMarkdown(blocks)}\n`;
}
const noteMarker = (dataset, change) => writeBatchMarker(dataset).replace("dataset:", "dataset-note:").replace("; ", `:${change}; `);
function sectionsOf(state, look) {
	const heading = {
		name: "headline",
		rank: 0,
		blocks: [{
			kind: "heading",
			level: 3,
			text: headline(state, look)
		}]
	};
	const others = subjects.filter((subject) => subject !== look.subject);
	return [
		heading,
		...resultSections(state, look),
		...others.flatMap((subject) => otherSections(subject, state.causes[subject], look)),
		nextSection(state, look),
		{
			name: "footer",
			rank: 0,
			blocks: [{
				kind: "small",
				text: footer(look)
			}]
		}
	].filter(({ blocks }) => blocks.length > 0);
}
/** Verdict in a word, and what it means for whoever wants to train. */
function headline({ causes }, look) {
	const name = { code: look.dataset };
	const nothingCame = look.subject === "ingest" && look.result.kind === "nothing came";
	if (causes.repository) return [
		`${verdictWords["data invalid"]}: nothing trains on `,
		name,
		` as it stands on `,
		{ code: look.branch }
	];
	if (causes.ingest && nothingCame) return [
		`${verdictWords.fail}: no new batch of `,
		name,
		" came in"
	];
	if (causes.ingest) return [
		`${verdictWords["data invalid"]}: the new batch of `,
		name,
		" is refused. Nothing trains on this batch"
	];
	if (causes.retention) return [
		`${severityWords.warn}: the retention of `,
		name,
		` ends on ${look.expires}`
	];
	return [
		`${verdictWords.pass}: `,
		name,
		" keeps its contract"
	];
}
/** What this run found. */
function resultSections(state, look) {
	const cause = state.causes[look.subject];
	const since = cause === void 0 ? [] : [sinceSection(look.subject, cause)];
	const { result } = look;
	const showPlace = (finding) => placeOf(finding, look);
	const found = result.kind === "checked" ? dataSections(result.validation, showPlace) : findingSections(result.findings, showPlace);
	return [...since, ...found];
}
const failingText = {
	repository: "The data on the branch fails",
	ingest: "What was to come in fails"
};
const sinceSection = (subject, { since, looks }) => ({
	name: "since when",
	rank: 1,
	blocks: [paragraph(`${failingText[subject]} since ${showTime(since)}${looks > 1 ? `, in ${counted(looks, "run")} in a row` : ""}.`)]
});
const openFor = {
	repository: "The data on the branch fails besides",
	ingest: "What was to come in failed besides",
	retention: "The retention ends soon besides"
};
/** What another run found, that this one did not look at. */
function otherSections(subject, cause, look) {
	if (cause === void 0) return [];
	if (subject === "retention") {
		const days = daysLeft(look);
		const left = days === null ? "" : ` (${counted(days, "day")} left)`;
		return [toSection(subject, [paragraph(`The retention of this dataset ends on ${look.expires}${left}: after it nothing may train on it.`)])];
	}
	const run = linkRun(look, cause.run);
	return [toSection(subject, [paragraph(`${openFor[subject]}, since ${showTime(cause.since)} (`, run, "): ", ...listed(cause.rules))])];
}
const toSection = (name, blocks) => ({
	name,
	rank: 1,
	blocks
});
function nextSection(state, look) {
	const { causes } = state;
	const failing = isFailing(look) ? findingsOfLook(look).filter(isFailure) : [];
	const fixes = [...new Set(failing.map(({ fix }) => fix))].slice(0, 5).map((fix) => [fix]);
	const last = [
		...causes.repository ? [[
			`Merge mended data into `,
			{ code: look.branch },
			", or go back to the last good version: the next watch run closes this issue."
		]] : [],
		...causes.ingest ? [["See the run, and the source. The next batch that passes closes this issue."]] : [],
		...causes.retention ? [[
			"Have the owner renew ",
			{ code: "expires" },
			" in ",
			{ code: look.contractPath },
			", or train on other data."
		]] : [],
		...causes.repository || causes.ingest ? [[
			"If a rule is wrong, change ",
			{ code: look.contractPath },
			" in a pull request that its owner approves."
		]] : []
	];
	const items = [...fixes, ...last];
	if (items.length === 0) return {
		name: "next steps",
		rank: 0,
		blocks: []
	};
	return {
		name: "next steps",
		rank: 0,
		blocks: [paragraph({ strong: "Next" }), {
			kind: "steps",
			items
		}]
	};
}
function footer(look) {
	const { commit, run, repositoryUrl, result } = look;
	const data = result.kind === "checked" ? [" · data ", { code: result.validation.dataDigest }] : [];
	return [
		"Commit ",
		{
			link: short(commit),
			code: true,
			to: `${repositoryUrl}/commit/${commit}`
		},
		" · ",
		linkRun(look, run.id),
		run.attempt > 1 ? `, attempt ${run.attempt}` : "",
		...data,
		` · ${showTime(look.at)}`
	];
}
function placeOf({ where }, { repositoryUrl, commit }) {
	if (where === void 0) return "–";
	const path = where.file.split("/").map(encodeURIComponent).join("/");
	const line = where.line === void 0 ? "" : `#L${where.line}`;
	return {
		link: where.line === void 0 ? where.file : `${where.file} line ${where.line}`,
		to: `${repositoryUrl}/blob/${commit}/${path}${line}`
	};
}
const linkRun = ({ repositoryUrl }, id) => ({
	link: `run ${id}`,
	to: `${repositoryUrl}/actions/runs/${id}`
});
const listed = (rules) => rules.flatMap((rule, at) => at === 0 ? [{ code: rule }] : [", ", { code: rule }]);
const mostMentions = 5;
/**
* The owner of the contract, asked to look: the only mention. GitHub tells whom it names when the issue is opened, and
* stays silent when the same line is edited in again. What is no login or team is shown as text.
*/
function ownerLine({ users, teams }) {
	const names = [...teams.filter((team) => /^[A-Za-z0-9-]{1,39}\/[\w.-]{1,100}$/.test(team)), ...users.filter((user) => /^[A-Za-z0-9-]{1,39}$/.test(user))].slice(0, mostMentions);
	return names.length === 0 ? "Owner of the contract: nobody" : `Owner of the contract: ${names.map((name) => `@${name}`).join(", ")}`;
}

// core/report/batch-plan.ts
/** How many rules the state keeps as text, and how much of each. */
const mostRules = 20;
const longestRule = 120;
/**
* What to do with the issue of a dataset after a watch run looked at it: one issue for ever, edited in place; a comment
* only when another rule fails than before, and when it closes or opens again.
* @param issue the oldest issue of ours with the dataset's marker; null: there is none
*/
function planBatchIssue(issue, look) {
	const known = issue === null ? null : parseBatchState(issue.body);
	const before = known ?? emptyBatchState(look.dataset);
	if (before.seen[look.subject] > look.run.id) return {
		kind: "nothing",
		because: `A later run (${before.seen[look.subject]}) has looked already.`
	};
	const next = advance(before, look);
	const failing = Object.keys(next.causes).length > 0;
	if (issue === null) {
		if (!failing) return {
			kind: "nothing",
			because: "There is nothing to report, and no issue."
		};
		return {
			kind: "open",
			title: batchTitle(next, look),
			body: renderBatchIssue(next, look)
		};
	}
	if (known !== null && !failing && issue.state === "closed" && sameRefused(before, next)) return {
		kind: "nothing",
		because: `Issue ${issue.number} is closed, and stays so.`
	};
	const state = failing ? "open" : "closed";
	const isNews = state !== issue.state || keysOf(before) !== keysOf(next);
	const after = isNews ? {
		...next,
		changes: before.changes + 1
	} : next;
	const note = isNews ? renderBatchNote({
		was: issue.state,
		before,
		after
	}, look) : null;
	const title = batchTitle(after, look);
	return {
		kind: "edit",
		number: issue.number,
		state,
		title,
		body: renderBatchIssue(after, look),
		note
	};
}
function advance(before, look) {
	const { subject, run } = look;
	const failing = isFailing(look);
	const soon = daysLeft(look) !== null;
	const found = {
		[subject]: failing ? toCause(before.causes[subject], look, failingRules(look)) : void 0,
		retention: soon ? toCause(before.causes.retention, look, ["data/expires-soon"]) : void 0
	};
	const causes = Object.fromEntries(subjects.flatMap((each) => {
		const cause = Object.hasOwn(found, each) ? found[each] : before.causes[each];
		return cause === void 0 ? [] : [[each, cause]];
	}));
	const seen = {
		...before.seen,
		[subject]: run.id,
		retention: run.id
	};
	return {
		...before,
		seen,
		causes,
		refused: refuse(before.refused, refusalOf(look), failing)
	};
}
function toCause(before, { at, run }, rules) {
	return {
		since: before?.since ?? at,
		looks: (before?.looks ?? 0) + 1,
		run: run.id,
		key: digestOf(rules),
		rules: rules.slice(0, mostRules).map((rule) => [...rule.toWellFormed()].slice(0, longestRule).join(""))
	};
}
/** A batch leaves the list when a later run passes it, and in no other way but a changed contract. */
function refuse(list, refusal, failing) {
	if (refusal === null) return list;
	const others = list.filter((each) => each !== refusal);
	return failing ? [...others, refusal].slice(-300) : others;
}
const sameRefused = (a, b) => a.refused.join() === b.refused.join();
const keysOf = ({ causes }) => subjects.map((subject) => `${subject} ${causes[subject]?.key ?? ""}`).join("\n");

// actions/watch-dataset/read-watched.ts
/**
* Reads policy and contracts of the commit that the event names. They govern: the branch must be one that people reach
* through reviewed pull requests only.
* @param dataset null: every dataset that has a contract
* @throws InputError BASE_NOT_GOVERNED, POLICY_MISSING, CONTRACT_MISSING, CONFIG_INVALID
*/
async function readWatched(reader, at, dataset) {
	const repository = await reader.repository();
	await requireGoverned(reader, repository, at.branch);
	const policy = await readPolicy(reader, at.commit);
	const listing = await reader.tree(at.commit);
	const names = namesIn(listing, datasetOfFile);
	const known = /* @__PURE__ */ new Map();
	for (const name of names) known.set(name, await readContract(reader, at.commit, name));
	const contracts = (dataset === null ? names : [dataset]).map((name) => {
		const found = known.get(name);
		if (found === void 0) throw missing(name);
		return found;
	});
	if (contracts.length === 0) throw missing("...");
	return {
		repository,
		policy,
		listing,
		contracts,
		known,
		ledger: await reader.ledgerFiles(policy.ledger.branch)
	};
}
async function readContract(reader, commit, name) {
	const path = contractPath(name);
	const text = new TextDecoder().decode(await reader.file(path, commit) ?? /* @__PURE__ */ new Uint8Array());
	return {
		contract: parseContract(text, path),
		path,
		text,
		from: "base"
	};
}
function missing(name) {
	const file = contractPath(name);
	return new InputError("CONTRACT_MISSING", `There is no contract ${file} on this commit`, {
		hint: `Add it ("gatehouse data infer" writes a first one), or correct the name in the workflow.`,
		where: { file }
	});
}

// actions/watch-dataset/ready-files.ts
/** Lists what has to go with the new files; beside them in the artifact, never a path of the repository. */
const removedName = "removed.txt";
/**
* Writes what a commit of the new batch holds: a folder to copy over a checkout.
* @returns the folder; empty when the batch changes nothing
*/
async function writeReady({ commit, removed }, makeFolder) {
	if (commit.size === 0 && removed.length === 0) return "";
	const folder = makeFolder();
	for (const [path, content] of commit) {
		const target = join(folder, "files", path);
		await mkdir(dirname(target), { recursive: true });
		if ("text" in content) await writeFile(target, content.text);
		else await cp(content.local, target);
	}
	if (removed.length > 0) await writeFile(join(folder, removedName), `${removed.join("\n")}\n`);
	return folder;
}

// actions/watch-dataset/run.ts
/**
* Looks at datasets of a governed branch, or at a batch that is to come in, and keeps the issue of each. Runs no code of
* the repository.
* @throws InputError when what is to be looked at cannot be read; ServiceError: not evaluated, no issue is opened
*/
async function run(inputs, deps) {
	const watched = await readWatched(deps.reader, inputs, inputs.dataset);
	const tree = {
		listing: watched.listing,
		readBlob: ({ blob }) => deps.reader.blob(blob)
	};
	const [first] = watched.contracts;
	const outcome = inputs.ingest === null || first === void 0 ? null : await takeIncoming(inputs.ingest, first, tree, {
		commit: inputs.commit,
		runId: inputs.run.id
	}, deps);
	const result = outcome?.kind === "nothing came" ? null : await deps.validate(toWork(inputs, deps, watched, outcome));
	const evidence = result === null ? null : withIngest(result.evidence, outcome);
	const looks = toLooks(inputs, deps, watched, evidence, outcome);
	await deps.summarize(result === null || evidence === null ? null : {
		...result,
		evidence
	}, looks);
	const kept = outcome?.kind === "came" && isPass(evidence) ? await keep(outcome, watched, deps) : null;
	const issue = await report(looks, deps);
	const [only, ...more] = evidence?.datasets ?? [];
	return {
		verdict: evidence === null ? "fail" : worst(evidence),
		batch: only !== void 0 && more.length === 0 ? only.dataDigest : "",
		record: kept?.record ?? "",
		issue,
		ready: kept?.ready ?? ""
	};
}
function toWork(inputs, deps, watched, outcome) {
	const incoming = outcome?.kind === "came" ? outcome.incoming : null;
	return {
		watched,
		contracts: watched.contracts,
		listing: incoming?.listing ?? watched.listing,
		readBlob: incoming?.readBlob ?? (({ blob }) => deps.reader.blob(blob)),
		openRemote: incoming === null ? null : incoming.openRemote(deps.openRemote),
		origin: {
			repositoryId: inputs.run.repositoryId,
			repository: watched.repository.fullName,
			pullRequest: 0,
			headSha: inputs.commit,
			baseRef: inputs.branch,
			baseSha: inputs.commit,
			runId: inputs.run.id,
			runAttempt: inputs.run.attempt,
			contentDigest: digestBytes(inputs.commit)
		}
	};
}
/** What the ingest itself did wrong counts as the rules do. */
function withIngest(evidence, outcome) {
	if (outcome?.kind !== "came" || outcome.incoming.findings.length === 0) return evidence;
	const { findings } = outcome.incoming;
	const datasets = evidence.datasets.map((dataset) => {
		const verdict = dataset.verdict === "pass" && findings.some(isFailure) ? "data invalid" : dataset.verdict;
		return {
			...dataset,
			verdict,
			findings: [...dataset.findings, ...findings]
		};
	});
	return {
		...evidence,
		datasets
	};
}
function toLooks(inputs, deps, { repository, contracts }, evidence, outcome) {
	return contracts.flatMap(({ contract, path }) => {
		const validation = evidence?.datasets.find(({ dataset }) => dataset === contract.dataset);
		const frame = {
			dataset: contract.dataset,
			owner: contract.owner,
			contractPath: path,
			expires: contract.expires,
			at: deps.now,
			run: inputs.run,
			branch: inputs.branch,
			commit: inputs.commit,
			repositoryUrl: repository.url
		};
		if (outcome?.kind === "nothing came") return [{
			...frame,
			subject: "ingest",
			result: outcome
		}];
		if (validation === void 0 || validation.verdict === "not evaluated") return [];
		const subject = outcome === null ? "repository" : "ingest";
		return [{
			...frame,
			subject,
			result: {
				kind: "checked",
				validation
			}
		}];
	});
}
/** Data first, then its record: what the store names is there. */
async function keep({ incoming, ingest }, watched, deps) {
	const remote = deps.openRemote(watched.policy.data, networkOf(watched.policy));
	for (const { md5, local } of incoming.data) if ((await remote.push(local)).md5 !== md5) throw damaged();
	return {
		record: await deps.store(watched, ingest.text),
		ready: await writeReady(incoming, () => deps.makeFolder("ready"))
	};
}
async function report(looks, { issues, say }) {
	if (issues === null) return "";
	const urls = [];
	for (const look of looks) {
		const plan = planBatchIssue(await issues.find(look.dataset), look);
		if (plan.kind === "nothing") say(`${look.dataset}: ${plan.because}`);
		const url = await issues.apply(plan);
		if (url !== "") say(`${look.dataset}: ${url}`);
		urls.push(url);
	}
	return urls.find((url) => url !== "") ?? "";
}
const isPass = (evidence) => evidence !== null && worst(evidence) === "pass";
/** Invalid data is told before data that could not be checked; no dataset at all is not evaluated. */
function worst({ datasets }) {
	const verdicts = datasets.map(({ verdict }) => verdict);
	if (verdicts.includes("data invalid")) return "data invalid";
	return verdicts.length > 0 && verdicts.every((verdict) => verdict === "pass") ? "pass" : "not evaluated";
}
function damaged() {
	return new ServiceError("REMOTE_CORRUPT", "The remote took other bytes than those that were checked", { hint: "Run the job again; find out who else writes to the remote if it stays so." });
}

// actions/watch-dataset/validate-work.ts
/** The same checks as in a pull request, with the champion's data as reference. What was refused before is judged anew. */
function validateWork(work, deps) {
	const { watched, origin } = work;
	return runValidation({
		contracts: work.contracts,
		known: watched.known,
		listing: work.listing,
		origin,
		model: null,
		dataUrl: watched.policy.data,
		network: networkOf(watched.policy),
		workdir: deps.workdir,
		now: deps.now,
		governing: watched.listing
	}, {
		openEngine: deps.openEngine,
		readBlob: work.readBlob,
		references: {
			trainedVersions: (dataset) => readTrainedVersions(watched.ledger, dataset),
			get: async (digest) => (await deps.records()).get(digest),
			readFile: (path) => deps.reader.file(path, origin.headSha)
		},
		putRecord: async (text) => (await deps.records()).put(text),
		refused: [],
		onProgress: (dataset, progress) => deps.say(describeProgress(dataset, progress)),
		...work.openRemote ? { openRemote: work.openRemote } : {}
	});
}

// actions/watch-dataset/index.ts
await runAction(async () => {
	const { run: facts, token, client, reader } = openReader();
	const event = readBranchEvent();
	const engine = {
		path: input("engine-path"),
		toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
		registry: input("engine-registry"),
		offline: input("offline") === "true"
	};
	const ingest = readIngest(input("ingest") === "true", inputNumber("ingest-id"), inputDigest("ingest-digest"));
	const now = (/* @__PURE__ */ new Date()).toISOString();
	const folder = makeFolder("store");
	const { verdict, batch, record, issue, ready } = await run({
		dataset: input("dataset") || null,
		ingest,
		run: {
			id: facts.runId,
			attempt: facts.runAttempt,
			repositoryId: facts.repositoryId
		},
		...event
	}, {
		reader,
		now,
		artifact: (artifact) => reader.artifact(artifact),
		download: (artifact, file) => downloadArtifact({
			...facts,
			token
		}, artifact, file),
		makeFolder,
		validate: (work) => validateWork(work, {
			reader,
			now,
			say,
			workdir: makeFolder("data"),
			records: () => openRecordStore(work.watched.policy, folder),
			openEngine: () => openEngine(engine, { workdir: makeFolder("engine") })
		}),
		openRemote,
		store: async ({ policy }, text) => (await openRecordStore(policy, folder)).put(text),
		issues: input("issues") === "false" ? null : openBatchIssues(client, parseRepositoryName(facts.repository)),
		summarize: (result, looks) => writeSummary(result === null ? looks.map(renderNothingCame).join("\n") : summaryOf(result)),
		say
	});
	setOutputs({
		verdict,
		batch,
		record,
		issue,
		ready
	});
});
function summaryOf({ evidence, results }) {
	const details = results.map(({ observations, measurement }) => ({
		observations,
		drift: measurement?.drift ?? null
	}));
	return renderSummary(evidence, details);
}

export {  };