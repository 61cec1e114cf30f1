import { a as input, c as say, i as hide, l as setOutputs, m as runAction, p as readRunFacts, s as needInput } from "./shared-toolkit.js";
import { n as makeFolder } from "./shared-job.js";
import { a as resolveRef, r as readTree } from "./shared-read.js";
import { t as parseContract } from "./shared-contract-file.js";
import { o as contractPath } from "./shared-layout.js";
import { u as isName } from "./shared-js-yaml.js";
import { r as InputError } from "./shared-error.js";
import { n as listSecrets, r as pickEnvironment, t as hideSecrets } from "./shared-environment.js";
import { r as runTeamCommand } from "./shared-team-command.js";
import { n as isRepositoryPath, t as isBelow } from "./shared-ingest-record.js";
import { n as digestBytes, t as canonicalJson } from "./shared-canonical.js";
import { t as artifactLimitBytes } from "./shared-artifact.js";
import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { Transform } from "node:stream";
import { createHash } from "node:crypto";
import { pipeline as pipeline$1 } from "node:stream/promises";
import { lstat, readdir, realpath, writeFile } from "node:fs/promises";

// actions/ingest-dataset/written-files.ts
/** The command wrote something that cannot be passed on: `how` the ingest failed, as display text. */
var Unusable = class extends Error {};
/**
* Copies what the team's command wrote into a folder of ours, under our names, and digests what was copied: what a
* process that stayed behind changes later is noticed by whoever opens the artifact.
* @throws Unusable for links, for more than an artifact holds
*/
async function takeWritten(workspace, to, listing, folder) {
	const paths = await listFiles(workspace, to);
	const there = new Set(paths);
	const files = [];
	let total = 0;
	for (const path of paths) {
		if (/(^|\/)\.gitignore$/.test(path) || path.endsWith(".dvc") && there.has(path.slice(0, -4))) continue;
		if (await isUnchanged(workspace, path, listing)) continue;
		if (files.length === 500) throw new Unusable(`it wrote more than ${500} files`);
		const name = `${String(files.length + 1).padStart(4, "0")}.bin`;
		const copied = await copyDigested(join(workspace, path), join(folder, name), artifactLimitBytes - total);
		total += copied.sizeBytes;
		files.push({
			path,
			name,
			...copied
		});
	}
	return {
		files,
		removed: [...listing.keys()].filter((path) => isBelow(path, to) && !there.has(path)).sort()
	};
}
/** Every plain file at or below `to`, sorted. Links may lead anywhere, a folder above included. */
async function listFiles(workspace, to) {
	const root = await realpath(workspace);
	const place = await realpath(join(workspace, to)).catch(() => null);
	if (place === null) return [];
	if (place !== join(root, to)) throw new Unusable(`${to} is a link`);
	if ((await lstat(place)).isFile()) return [to];
	return (await readdir(place, {
		recursive: true,
		withFileTypes: true
	})).flatMap((entry) => {
		if (entry.isDirectory()) return [];
		const path = join(entry.parentPath, entry.name).slice(root.length + 1);
		if (!entry.isFile()) throw new Unusable(`${path} is no plain file`);
		return [path];
	}).sort();
}
/** Only what git itself holds can be unchanged; data that DVC keeps is not in the checkout. */
async function isUnchanged(workspace, path, listing) {
	const listed = listing.get(path);
	if (listed === void 0) return false;
	const file = join(workspace, path);
	const hash = createHash(listed.blob.length === 64 ? "sha256" : "sha1");
	hash.update(`blob ${(await lstat(file)).size}\0`);
	for await (const chunk of createReadStream(file)) hash.update(chunk);
	return hash.digest("hex") === listed.blob;
}
async function copyDigested(from, to, roomBytes) {
	const [sha256, md5] = [createHash("sha256"), createHash("md5")];
	let sizeBytes = 0;
	const measure = new Transform({ transform(chunk, _encoding, done) {
		sizeBytes += chunk.length;
		if (sizeBytes > roomBytes) return done(new Unusable("it wrote more than 2 GiB"));
		sha256.update(chunk);
		md5.update(chunk);
		done(null, chunk);
	} });
	await pipeline$1(createReadStream(from), measure, createWriteStream(to));
	return {
		sha256: `sha256:${sha256.digest("hex")}`,
		md5: md5.digest("hex"),
		sizeBytes
	};
}

// actions/ingest-dataset/run.ts
const recordName = "ingest.json";
const keptLines = 20;
const longestLine = 300;
/** Our own lines around the command's: they tell the runner to take no commands from it. */
const stopCommand = /^::(?:stop-commands::)?[0-9a-f-]{36}(?:::)?$/;
/**
* Runs the command that brings a new batch and records what it did. A command that fails is a result: the job that
* checks tells it in the issue of the dataset.
* @returns the record; it lies in the output folder as `ingest.json`, with the files that it names
* @throws InputError INGEST_NONE when the contract declares no command
*/
async function runIngest(inputs, deps) {
	const rule = needRule(inputs.contract);
	const { contract, workspace } = inputs;
	const secrets = [...listSecrets(inputs.env), ...inputs.credentials === "" ? [] : [inputs.credentials]];
	const hide = (text) => hideSecrets(text, secrets);
	const lines = [];
	const log = (line) => {
		deps.log(line);
		if (stopCommand.test(line)) return;
		lines.push(line);
		if (lines.length > keptLines) lines.shift();
	};
	const own = {
		GATEHOUSE_INGEST_TO: rule.to,
		...inputs.credentials === "" ? {} : { GATEHOUSE_SOURCE_CREDENTIALS: inputs.credentials }
	};
	const startedAt = deps.now().toISOString();
	const { end, written } = await take(await runTeamCommand({
		text: rule.command,
		folder: workspace,
		env: pickEnvironment(inputs.env, own),
		timeoutMs: rule.timeoutMinutes * 6e4,
		log
	}), rule, inputs);
	const record = {
		v: 1,
		grade: "claimed",
		dataset: contract.dataset,
		commit: inputs.commit,
		contractDigest: digestBytes(inputs.contractText),
		source: contract.source,
		command: rule.command,
		to: rule.to,
		runId: inputs.runId,
		runAttempt: inputs.runAttempt,
		runner: hide(inputs.runner || "unknown"),
		startedAt,
		endedAt: deps.now().toISOString(),
		end,
		...written,
		log: end.kind === "done" || hasPrivateColumns(contract) ? [] : lines.map(toLogLine).map(hide)
	};
	await writeFile(join(inputs.outputFolder, recordName), canonicalJson(record));
	return record;
}
async function take(ended, { to }, { workspace, listing, outputFolder }) {
	const nothing = {
		files: [],
		removed: []
	};
	if (ended.kind !== "done") return {
		end: ended,
		written: nothing
	};
	try {
		return {
			end: ended,
			written: await takeWritten(workspace, to, listing, outputFolder)
		};
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		return {
			end: {
				kind: "failed",
				how: error.message.toWellFormed().slice(0, 400)
			},
			written: nothing
		};
	}
}
function needRule({ dataset, ingest }) {
	const file = contractPath(dataset);
	if (ingest === void 0) throw new InputError("INGEST_NONE", `The contract of "${dataset}" declares no command that brings new data`, {
		hint: `Add "ingest: { command: ..., to: data/... }" to ${file}, or set ingest: false in the workflow.`,
		where: { file }
	});
	if (isRepositoryPath(ingest.to.replace(/\/$/, ""))) return {
		...ingest,
		to: ingest.to.replace(/\/$/, "")
	};
	throw new InputError("INGEST_PLACE", `"${ingest.to}" is no place inside the repository`, {
		hint: "Name a file or folder of the repository in ingest.to, for example data/flights.",
		where: {
			file,
			pointer: "/ingest/to"
		}
	});
}
/** The team's command may print rows. */
const hasPrivateColumns = ({ columns }) => columns.some(({ privacy }) => privacy !== "none");
/** One plain line: a log is no Markdown, and holds whatever the source said. */
const toLogLine = (line) => [...line.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, " ")].slice(0, longestLine).join("");

// actions/ingest-dataset/index.ts
await runAction(async () => {
	const { runId, runAttempt } = readRunFacts();
	const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
	const dataset = needInput("dataset");
	const credentials = input("credentials");
	if (credentials !== "") hide(credentials);
	const commit = await resolveRef(workspace, "HEAD");
	if (commit === null || !isName(dataset)) throw new InputError("CHECKOUT_MISSING", `${workspace} holds no commit with a dataset "${dataset}"`, { hint: "Put actions/checkout before this step, and name a dataset that has a contract." });
	const path = contractPath(dataset);
	const contractText = readFileSync(join(workspace, path), "utf8");
	const folder = makeFolder("ingest");
	const { end, files } = await runIngest({
		contract: parseContract(contractText, path),
		contractText,
		listing: await readTree(workspace, commit),
		commit,
		workspace,
		outputFolder: folder,
		runId,
		runAttempt,
		runner: process.env.RUNNER_NAME ?? "",
		env: process.env,
		credentials
	}, {
		now: () => /* @__PURE__ */ new Date(),
		log: say
	});
	const how = end.kind === "failed" ? end.how : end.kind;
	say(end.kind === "done" ? `${files.length} file(s) came in.` : `No batch came in: ${how}.`);
	setOutputs({
		verdict: end.kind === "done" ? "pass" : "fail",
		folder
	});
});

export {  };