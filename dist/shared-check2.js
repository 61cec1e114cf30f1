import { a as resolveRef, n as readFiles, r as readTree } from "./shared-read.js";
import { n as readWorkTree, t as findMergeBase } from "./shared-work-tree.js";
import { a as viewOf, d as textPaths, n as readMovedStates, o as planChange, t as readModelState, u as readCatalogue } from "./shared-model-state.js";
import { c as isChecked, x as policyPath, y as modelPath } from "./shared-layout.js";
import { t as parseModelConfig } from "./shared-model-file.js";
import { n as renderPolicy, t as parsePolicy } from "./shared-policy-file.js";
import { r as InputError } from "./shared-error.js";
import { c as ruleOnRequest, l as evidenceNeed, r as requiredApprovals, t as changedModelFields } from "./shared-requirement.js";
import { s as isTransactionPath } from "./shared-layout2.js";
import { c as emptyState } from "./shared-rollback-trigger.js";
import { t as checkRepositoryConfig } from "./shared-check.js";
import { t as readRepositoryConfig } from "./shared-repository.js";
import { t as checkWaivedGates } from "./shared-waived-gate-check.js";
import { t as counted } from "./shared-count-text.js";
import { t as findBase } from "./shared-base.js";
import { r as resolveModel } from "./shared-floor.js";
import { n as toLedgerFacts } from "./shared-ledger-facts.js";
import { t as paragraph } from "./shared-block.js";
import { a as verdictWords } from "./shared-icon.js";
import { t as renderFindings } from "./shared-terminal.js";
import { n as renderText } from "./shared-text.js";

// adapters/proposal/read-branch.ts
/**
* Reads what the commit that is checked out asks for, compared with a base branch.
* @returns null when base holds no policy: there Gatehouse judges nothing yet
* @throws InputError MERGE_BASE_MISSING, CONFIG_INVALID for base's policy, LEDGER_ENTRY_INVALID; ServiceError
*/
async function readBranch(dir, base, head) {
	const policy = await readBasePolicy(dir, base);
	if (policy === null) return null;
	const mergeBase = await findMergeBase(dir, base.commit, head);
	if (mergeBase === null) throw noMergeBase(base);
	const commits = {
		mergeBase,
		base: base.commit,
		head
	};
	const trees = {
		mergeBase: await readTree(dir, mergeBase),
		base: await readTree(dir, base.commit),
		head: await readTree(dir, head)
	};
	const text = await readTexts(dir, commits, trees);
	const ledger = await readLedger(dir, policy.ledger.branch);
	const states = await readMovedStates(ledger, trees);
	const change = planChange({
		...trees,
		text,
		ledger: (model) => viewOf(states.get(model) ?? emptyState(model)),
		ledgerOnBase: policy.ledger.branch === base.branch
	});
	const name = change.kind === "request" ? change.model : null;
	const model = name === null ? null : readCatalogue(trees.base, trees.head, text).models.get(name) ?? null;
	return {
		base,
		head,
		policy,
		change,
		model,
		modelFields: name === null ? null : fieldsOf(name, trees, model, text("head", modelPath(name))),
		ledgerBranch: policy.ledger.branch,
		ledgerFetched: ledger !== null,
		state: name === null ? null : await readModelState(ledger, name)
	};
}
async function readBasePolicy(dir, base) {
	const bytes = (await readFiles(dir, base.commit, policyPath, (path) => path === policyPath)).get(policyPath);
	return bytes === void 0 ? null : parsePolicy(new TextDecoder().decode(bytes), policyPath);
}
async function readTexts(dir, commits, trees) {
	const wanted = textPaths(trees);
	const texts = /* @__PURE__ */ new Map();
	for (const side of [
		"mergeBase",
		"base",
		"head"
	]) {
		const paths = new Set(wanted.filter((each) => each.side === side).map(({ path }) => path));
		const files = await readFiles(dir, commits[side], "", (path) => paths.has(path));
		for (const [path, bytes] of files) texts.set(`${side}:${path}`, new TextDecoder().decode(bytes));
	}
	return (side, path) => texts.get(`${side}:${path}`) ?? null;
}
/** The fetched branch is newer than a local one of the same name, which nobody keeps up to date. */
async function readLedger(dir, branch) {
	for (const ref of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
		const head = await resolveRef(dir, ref);
		if (head === null) continue;
		const files = await readFiles(dir, head, "audit/", isTransactionPath);
		const read = async (path) => {
			const bytes = files.get(path);
			return bytes === void 0 ? null : new TextDecoder().decode(bytes);
		};
		return {
			head,
			listing: await readTree(dir, head),
			read
		};
	}
	return null;
}
function fieldsOf(name, { mergeBase, head }, model, text) {
	const path = modelPath(name);
	if (mergeBase.get(path)?.blob === head.get(path)?.blob) return null;
	const before = model?.from === "base" ? parseModelConfig(model.text, path, name) : null;
	if (text === null) return changedModelFields(before, null);
	try {
		return changedModelFields(before, parseModelConfig(text, path, name));
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}
function noMergeBase({ ref, branch }) {
	return new InputError("MERGE_BASE_MISSING", `this branch and ${ref} share no commit in this clone`, { hint: `Fetch the history: git fetch --unshallow origin ${branch}. A branch of another history cannot be merged.` });
}

// cli/check-answer.ts
/** Says what a branch asks for, by the same rules as the app; what needs labels or reviews is left open. */
function toBranchAnswer(request) {
	const { change, base, head, policy, model: governed, modelFields } = request;
	const model = governed === null ? null : resolveModel(governed.config, policy).model;
	const asked = change.kind === "request" ? change : null;
	const facts = {
		pushersKnown: true,
		...modelFields === null ? {} : { modelFields }
	};
	const answer = {
		base: base.ref,
		baseCommit: base.commit,
		head,
		kind: change.kind,
		model: asked?.model ?? null,
		proposal: asked?.proposal ?? false,
		moves: asked?.moves ?? [],
		asks: asked === null ? [] : asksOf(asked, request),
		approvals: requiredApprovals(change, policy, model, facts),
		datasets: evidenceNeed({
			change,
			model
		}).datasets,
		heldOut: evidenceNeed({
			change,
			model
		}).judgement ? "not evaluated here" : null
	};
	const blind = asked?.moves.some(({ kind }) => kind === "stage") === true && !request.ledgerFetched;
	return {
		answer,
		findings: change.kind === "refused" ? change.findings : asked === null || blind ? [] : ruleOnRequest(asked, toDecisionInput(request, asked)).findings,
		notes: blind ? [`Where each version is now is not known here: git fetch origin ${request.ledgerBranch}. Moves are not checked.`] : []
	};
}
/** Only what the request itself is judged by: no evidence, review or run is there offline. */
function toDecisionInput(request, change) {
	return {
		repositoryId: 0,
		baseRef: request.base.branch,
		change,
		policy: request.policy,
		model: request.model?.config ?? null,
		rulesDigest: `sha256:${"0".repeat(64)}`,
		validation: null,
		judgement: null,
		refusals: [],
		runs: [],
		fork: false,
		reviews: [],
		exclusions: [],
		pushersKnown: true,
		canApprove: {},
		ledger: toLedgerFacts(change, request.state)
	};
}
function asksOf(change, { policy }) {
	const staged = policy.proposal.onMerge === "staging" ? " in staging" : "";
	const moves = change.moves.map((move) => sentenceOf(move, staged));
	const { configuration, newModel, newDatasets, datasets, model } = change;
	const asks = [
		...moves,
		...newModel ? [`brings the model ${model}, which the base branch does not know`] : [],
		...newDatasets.length > 0 ? [`brings the dataset ${newDatasets.join(", ")}`] : [],
		...configuration.length > 0 ? [`changes the rules of Gatehouse: ${configuration.join(", ")}`] : [],
		...moves.length + configuration.length > 0 || datasets.length === 0 ? [] : [`changes the data of ${datasets.join(", ")}`]
	];
	return asks.length > 0 ? asks : ["moves nothing: what it asks for is what the ledger says already"];
}
function sentenceOf(move, staged) {
	if (move.kind === "registration") return `registers a new version of ${move.model}${staged}`;
	const version = `${move.model} v${move.version}`;
	if (move.rollback) return `returns endpoint ${move.endpoint} to ${version}`;
	if (move.to === "production") return `puts ${version} into production at ${move.endpoint}`;
	const at = move.endpoint === null ? "" : ` at ${move.endpoint}`;
	return `moves ${version} from ${move.from ?? "an unknown stage"} to ${move.to}${at}`;
}
/** The answer for a terminal: what is wrong, what the branch asks for, who must approve, what is left to the judge. */
function renderCheck(answer) {
	const { verdict, files, findings, branch, notes } = answer;
	const headline = `${verdictWords[verdict]}: ${files} Gatehouse files read, ${countOf(findings)}`;
	const shown = renderFindings(findings).trimEnd();
	const rest = [
		...branch === null ? [] : branchBlocks(branch),
		...notes.map((note) => paragraph({ prose: note })),
		...branch?.heldOut == null ? [] : [paragraph(`held-out: ${branch.heldOut}`)]
	];
	return [
		renderText([paragraph({ strong: headline })]),
		...shown === "" ? [] : [shown],
		...rest.length === 0 ? [] : [renderText(rest)]
	].join("\n\n");
}
function countOf(findings) {
	const wrong = findings.filter(({ severity }) => severity === "fail").length;
	const advice = findings.length - wrong;
	const problems = wrong === 0 ? "nothing to mend" : `${wrong} ${wrong === 1 ? "problem" : "problems"} to mend`;
	return advice === 0 ? problems : `${problems}, ${advice} to consider`;
}
function branchBlocks(branch) {
	const { base, baseCommit, head, asks, approvals, datasets } = branch;
	const compared = `This branch (${head.slice(0, 7)}) compared with ${base} (${baseCommit.slice(0, 7)})`;
	if (branch.kind === "refused") return [paragraph(`${compared} cannot be judged as it stands.`)];
	if (branch.kind === "nothing") return [paragraph(`${compared} changes no model, data, stage or Gatehouse file.`)];
	const lines = approvals.map(({ role, count, because }) => `${count} × ${role}: ${because.join("; ")}`);
	return [
		paragraph(`${compared}, when it is merged:`),
		{
			kind: "list",
			items: asks.map((ask) => [ask])
		},
		paragraph(lines.length === 0 ? "Approvals: the policy asks for none." : "Approvals that it will need:"),
		...lines.length === 0 ? [] : [{
			kind: "list",
			items: lines.map((line) => [line])
		}],
		...datasets.length === 0 ? [] : [paragraph(`Checked by contract before anything trains: ${datasets.join(", ")}`)]
	];
}

// cli/commands/check.ts
/** `gatehouse check`: are Gatehouse's files right, and what will this branch ask for? Needs no network. */
const checkCommand = (program, context) => {
	program.command("check").description("Checks every Gatehouse file of this clone and says what this branch will ask for").option("--base <ref>", "branch to compare with (default: the remote's default branch, as fetched)").option("--print-policy", "print the policy with its preset resolved, and nothing else").option("--json", "print JSON").action((options) => context.run(async () => {
		const tree = await readWorkTree(context.cwd, isChecked);
		const policy = tree.texts.get(policyPath);
		if (policy === void 0) throw noPolicy(tree);
		if (options.printPolicy === true) return printPolicy(policy, options, context);
		const answer = await check(tree, options.base);
		context.print(options.json ? JSON.stringify(answer, null, 2) : renderCheck(answer));
		return answer.verdict === "pass" ? 0 : 1;
	}));
};
function printPolicy(text, { json }, context) {
	const policy = parsePolicy(text, policyPath);
	context.print(json ? JSON.stringify(policy, null, 2) : renderPolicy(policy).trimEnd());
	return 0;
}
async function check(tree, given) {
	const files = new Map(tree.paths.map((path) => [path, tree.texts.get(path) ?? ""]));
	for (const path of tree.links) files.delete(path);
	const own = [
		...tree.links.map(linked),
		...checkRepositoryConfig(files),
		...checkWaivedGates(readRepositoryConfig(files))
	];
	const branch = await readAnswer(tree, given);
	const known = new Set(own.map(identityOf));
	const findings = [...own, ...branch.findings.filter((finding) => !known.has(identityOf(finding)))];
	return {
		verdict: findings.some(({ severity }) => severity === "fail") ? "fail" : "pass",
		files: tree.texts.size,
		findings,
		branch: branch.answer,
		notes: [...branch.notes, ...notesOn(tree)]
	};
}
async function readAnswer(tree, given) {
	const unknown = (note) => ({
		answer: null,
		findings: [],
		notes: [note]
	});
	const base = await findBase(tree.root, given);
	if (base === null) return unknown("There is no default branch of origin here to compare with: fetch it, or name one with --base.");
	const head = await resolveRef(tree.root, "HEAD");
	if (head === null) return unknown("Nothing is committed here yet, so the branch asks for nothing.");
	const request = await readBranch(tree.root, base, head);
	if (request === null) return unknown(`${policyPath} is not on ${base.ref} yet: nothing is judged until it is merged there.`);
	return { ...toBranchAnswer(request) };
}
function notesOn({ uncommitted }) {
	if (uncommitted.length === 0) return [];
	const [first = ""] = uncommitted;
	return [`${counted(uncommitted.length, "changed file is", "changed files are")} not committed, first ${first}: the branch asks for what is committed.`];
}
/** The same mistake is found in the working tree and in the commit: it is said once. */
const identityOf = ({ code, message, where }) => JSON.stringify([
	code,
	message,
	where?.file,
	where?.line
]);
const linked = (path) => ({
	code: "config/link",
	severity: "fail",
	message: `${path} is a link or no file`,
	where: { file: path },
	fix: "Commit the file itself: Gatehouse reads content, not where a link points."
});
function noPolicy({ links }) {
	const why = links.includes(".github/gatehouse.yml") ? "is a link, which is not followed" : "is not there";
	return new InputError("POLICY_MISSING", `${policyPath} ${why}: nothing is governed here`, {
		hint: `Add ${policyPath}: gatehouse init proposes it, and the rest; a working one has under 15 lines (README).`,
		where: { file: policyPath }
	});
}

export { checkCommand };