import { n as checkAppendOnly, r as isRewritable, t as blamesWriter } from "./shared-append-only.js";
import { n as readFiles, o as gitText, s as runGit, t as defaultBranch } from "./shared-read.js";
import { a as writeProofNote, i as readProofNotes, n as noteName, o as ObjectReader, t as findLedger } from "./shared-ledger-place.js";
import { t as isFailure } from "./shared-finding.js";
import { a as headPath, t as belongsToLedger } from "./shared-layout2.js";
import { n as proveLedger } from "./shared-ledger-proof.js";
import { t as parseAnchor } from "./shared-anchor.js";
import { a as parseSignedAnchor, n as anchorWorkflowOf, s as verifySignedAnchor } from "./shared-signed-anchor.js";
import { x as policyPath } from "./shared-layout.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { r as InputError } from "./shared-error.js";
import { resolve } from "node:path";
import { readFile } from "node:fs/promises";

// adapters/git/append-only.ts
/** More than these say no more. */
const maxFiles = 20;
const statuses = {
	M: "changed",
	D: "deleted",
	T: "made something else than a file"
};
/**
* Finds files of the audit trail that any commit of this history changed or deleted, oldest first. All parents of merges
* are followed: a forged history that takes the old one in as a second parent is a push without force.
* @returns at most 20; null: the clone has no whole history, so nothing can be said
* @see https://git-scm.com/docs/git-log --diff-filter, -m, --full-history
*/
async function findRewrittenFiles(dir, commit) {
	if (await gitText(dir, ["rev-parse", "--is-shallow-repository"], "say whether its history is whole") !== "false") return null;
	const changes = await logOf(dir, commit, "MDT", ["audit"]);
	const seen = /* @__PURE__ */ new Set();
	const first = changes.filter(({ path }) => !isRewritable(path) && !seen.has(path) && seen.add(path));
	return Promise.all(first.slice(0, maxFiles).map((change) => describe(dir, commit, change)));
}
/** The commit that last wrote a file, or took it away: what a finding about the file is blamed on. */
async function findLastWriter(dir, commit, path) {
	return (await logOf(dir, commit, "AMDT", [path], ["--max-count=1"])).at(-1) ?? null;
}
/** Oldest first. */
async function logOf(dir, commit, filter, paths, more = []) {
	const form = [
		"--format=%x01%H%x02%cI%x02%an",
		"--raw",
		"--no-abbrev",
		"--no-renames",
		"-z"
	];
	const walk = [
		"-m",
		"--full-history",
		"--topo-order",
		`--diff-filter=${filter}`,
		...more
	];
	return (await gitText(dir, [
		"--literal-pathspecs",
		"log",
		...form,
		...walk,
		commit,
		"--",
		...paths
	], "list the history of the ledger")).split("").slice(1).flatMap(parseCommit).reverse();
}
/** `hash, time, author, NUL, (:modes blobs status NUL path NUL)*`: names of files hold no NUL, names of people might. */
function parseCommit(block) {
	const [head = "", ...fields] = block.split("\0");
	const [commit = "", at = "", author = ""] = head.split("");
	return fields.flatMap((field, index) => {
		const [, blob, status] = /^\n?:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ([A-Z])\d*$/.exec(field) ?? [];
		const path = fields[index + 1];
		return blob === void 0 || status === void 0 || path === void 0 ? [] : [{
			commit,
			at,
			author: author.trim(),
			status,
			blob,
			path
		}];
	});
}
async function describe(dir, tip, change) {
	const { path, commit, at, author, status } = change;
	const added = await logOf(dir, tip, "A", [path]);
	const { stdout } = await runGit(dir, [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		`${tip}:${path}`
	]);
	const blob = stdout.toString().trim();
	return {
		path,
		status: statuses[status] ?? "changed",
		commit,
		addedBy: [...new Set(added.map((each) => each.commit))],
		at,
		author,
		now: blob === "" ? "nothing" : added.every((each) => each.blob === blob) ? "as it was added" : "something else"
	};
}

// cli/given-anchors.ts
/**
* Reads what a person holds against a ledger: size and root, or the file of an anchor that he kept.
* @param values of `--anchor`
* @param findIssuer asked only where a file is given
* @throws InputError ANCHOR_INVALID; ServiceError when the issuer does not answer
*/
async function readGivenAnchors(dir, values, findIssuer) {
	const anchors = [];
	const findings = [];
	for (const value of values) {
		const text = /^(?:anchor:)?\d+:/.test(value) ? null : await readOptionalFile(resolve(dir, value));
		if (text === null) anchors.push(parseAnchor(value));
		else findings.push(...await readAnchorFile(dir, {
			name: value,
			text
		}, await findIssuer(), anchors));
	}
	return {
		anchors,
		findings
	};
}
async function readAnchorFile(dir, { name, text }, issuer, anchors) {
	const signed = parseSignedAnchor(text, name);
	const keys = issuer === null ? [signed.jwk] : await issuer.keys();
	const wrong = verifySignedAnchor(signed, keys, await expectationsOf(dir, issuer), name);
	if (wrong !== null) return [wrong];
	const { size, root } = signed.statement;
	anchors.push({
		size,
		root,
		from: name
	});
	return issuer === null ? [unasked(name)] : [];
}
/** What the clone itself knows. Its number at GitHub it does not: the root is of one ledger alone. */
async function expectationsOf(dir, issuer) {
	const main = await defaultBranch(dir);
	const policy = await policyOf(dir, main);
	return {
		issuer: issuer?.issuer ?? null,
		repositoryId: null,
		ref: main === null ? null : `refs/heads/${main}`,
		workflow: policy === null ? null : anchorWorkflowOf(policy.trusted),
		runner: policy?.judgeRunner ?? null
	};
}
/** null: a clone of the ledger alone has none. */
async function policyOf(dir, main) {
	for (const ref of main === null ? ["HEAD"] : [`refs/remotes/origin/${main}`, main]) {
		const { code, stdout } = await runGit(dir, [
			"cat-file",
			"blob",
			`${ref}:${policyPath}`
		]);
		if (code === 0) return parsePolicy(stdout.toString(), policyPath);
	}
	return null;
}
async function readOptionalFile(path) {
	try {
		return await readFile(path, "utf8");
	} catch (cause) {
		const { code } = cause;
		if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
		throw new InputError("ANCHOR_INVALID", `${path} cannot be read`, {
			hint: "Give a file that you may read.",
			cause
		});
	}
}
const unasked = (name) => ({
	code: "ledger/anchor-key",
	severity: "warn",
	message: `The key under ${name} is the one in the file: it was not compared with those that GitHub publishes, and whoever made the file may have made the key`,
	where: { file: name },
	fix: "Fine for a file that you took from the release or the witness yourself and kept. Else add --github URL, and the key is compared."
});

// cli/ledger.ts
/**
* Reads the ledger of the clone that the command stands in, and proves it: by itself, by its history in git, by anchors,
* and by what was proven here before.
* @throws InputError LEDGER_NOT_FOUND, ANCHOR_INVALID, GIT_NO_REPOSITORY; ServiceError when anchors cannot be fetched
*/
async function readProvenLedger(context, options, fetchAnchors) {
	const { cwd, now } = context;
	const given = await readAllAnchors(context, options, fetchAnchors);
	const objects = new ObjectReader(cwd);
	const { ref, commit, layout } = await findLedger(cwd, objects, options).finally(() => objects.close());
	const files = await readFiles(cwd, commit, "", (path) => belongsToLedger(path, layout));
	const of = noteName(ref, layout);
	const remembered = (await readProofNotes(cwd)).filter((note) => note.of === of);
	const proven = proveLedger(files, given.anchors, layout, "refuse", remembered);
	const found = [
		...proven.findings,
		...given.findings,
		...await checkHistory(cwd, commit, proven)
	];
	const verdict = found.some(isFailure) ? "fail" : "pass";
	if (verdict === "pass") {
		const { root, anchored, head } = proven;
		await writeProofNote(cwd, {
			of,
			commit,
			size: head.size,
			root,
			anchored,
			at: now()
		});
	}
	const findings = verdict === "pass" ? found : await blame(cwd, commit, found);
	return {
		...proven,
		verdict,
		findings,
		read: {
			ref,
			commit
		}
	};
}
/** What a person gave, and what GitHub says where it is asked. */
async function readAllAnchors({ cwd, env }, { anchor, github, app }, fetchAnchors) {
	const told = [];
	const query = {
		dir: cwd,
		env,
		tell: (finding) => told.push(finding),
		...github ? { github } : {},
		...app ? { app } : {}
	};
	const given = await readGivenAnchors(cwd, anchor, async () => (await import("./shared-anchors.js")).findIssuer(query));
	const fetched = await fetchAnchors(query);
	return {
		anchors: [...given.anchors, ...fetched],
		findings: [...given.findings, ...told]
	};
}
async function checkHistory(dir, commit, proven) {
	const rewritten = await findRewrittenFiles(dir, commit);
	return rewritten === null ? [shallow] : checkAppendOnly(rewritten, proven);
}
/** Names the commit that last wrote what the first failure is about. */
async function blame(dir, commit, findings) {
	const first = findings.find(isFailure);
	const file = first?.where?.file;
	if (first === void 0 || file === void 0 || !blamesWriter(first)) return findings;
	const writer = await findLastWriter(dir, commit, file);
	if (writer === null) return findings;
	const by = writer.author === "" ? "" : ` by ${writer.author.slice(0, 60)}`;
	const message = `${first.message}; commit ${writer.commit.slice(0, 12)} of ${writer.at}${by} was the last to write ${file}`;
	return findings.map((finding) => finding === first ? {
		...first,
		message
	} : finding);
}
const shallow = {
	code: "ledger/history-unknown",
	severity: "warn",
	message: "This clone is shallow: that entries were only ever added cannot be seen in its history",
	where: { file: headPath },
	fix: "Fetch all of it: git fetch --unshallow."
};

export { readProvenLedger as n, readAllAnchors as t };