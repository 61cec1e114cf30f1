import { c as withEngine, f as profileFiles, i as toDataFiles, t as inferContract } from "./shared-infer.js";
import { a as tableOf, i as isSurveyed, n as findExisting, r as findSetup, t as proposeSetup } from "./shared-propose-setup.js";
import { i as remoteUrl } from "./shared-read.js";
import { n as readWorkTree } from "./shared-work-tree.js";
import { i as parseRepositoryAddress } from "./shared-token-client.js";
import { c as sealKeyForm, s as parseSealKey } from "./shared-policy-resolution.js";
import { r as InputError } from "./shared-error.js";
import { f as defaultAnswers, g as questions, h as parsePin, n as renderOnboarding, t as onboardingBlocks } from "./shared-onboarding.js";
import { t as renderFindings } from "./shared-terminal.js";
import { n as renderText } from "./shared-text.js";
import { basename, dirname, join } from "node:path";
import { lstat, mkdir, open, writeFile } from "node:fs/promises";

// adapters/onboarding/survey.ts
/** A file that Git LFS did not fetch begins so. @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const lfsPointer = "version https://git-lfs";
/** Tables that are looked for: names only. */
const mostTables = 2e3;
/**
* Reads what a setup is proposed from. Nothing is run and nothing leaves the machine.
* @param dir the clone or a folder in it
* @throws InputError GIT_NO_WORK_TREE
*/
async function readSurvey(dir) {
	const { root, paths, texts } = await readWorkTree(dir, isSurveyed);
	const remote = await remoteUrl(root);
	const name = remote === null ? null : parseRepositoryAddress(remote)?.name ?? null;
	const tables = [...new Set(paths.flatMap((path) => tableOf(path) ?? []))].slice(0, mostTables);
	const present = await Promise.all(tables.map((path) => hasRows(join(root, path))));
	return {
		root,
		paths,
		texts,
		tables: new Set(tables.filter((_, at) => present[at])),
		repository: name === null ? null : `${name.owner}/${name.repo}`,
		folder: basename(root)
	};
}
/** True for a file with content of its own. */
async function hasRows(path) {
	const file = await open(path).catch(() => null);
	if (file === null) return false;
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(23), 0, 23, 0);
		return bytesRead > 0 && buffer.toString("latin1") !== lfsPointer;
	} catch {
		return false;
	} finally {
		await file.close();
	}
}

// cli/commands/init.ts
/** `gatehouse init`: proposes the files of a setup, report-only. Writes new files and touches none that is there. */
const initCommand = (world) => (program, context) => {
	program.command("init").description("Looks at this repository and proposes the files of Gatehouse, report-only").option("--yes", "ask nothing: take every default").option("--dry-run", "print the files and write nothing").option("--markdown", "print the description of the pull request that adds them").option("--preset <name>", "small-team, team or regulated").option("--from <owner/name@commit>", "your copy of Gatehouse and the commit that is trusted").option("--seal-to <key>", "public key of the app, as its log names it: results are sealed to it").action((options) => context.run(() => init(world, options, context)));
};
async function init(world, options, context) {
	const survey = await readSurvey(context.cwd);
	const existing = findExisting(survey);
	const found = findSetup(survey, existing);
	const defaults = {
		...applyOptions(defaultAnswers(found, existing, await world.findPin()), options),
		...readSealKey(options)
	};
	const answers = options.yes === true || options.dryRun === true || options.markdown === true ? defaults : await converse(world, defaults, context);
	const inferred = await inferAll(world, found, survey.root, context);
	const expires = addDays(context.now(), 90);
	const proposal = proposeSetup({
		survey,
		found,
		existing,
		answers,
		inferred,
		expires
	});
	if (options.markdown === true) context.print(renderOnboarding({
		found,
		answers,
		proposal
	}).trimEnd());
	else if (options.dryRun === true) printFiles(proposal, context);
	else {
		await writeAll(survey.root, proposal);
		context.print(renderText(onboardingBlocks({
			found,
			answers,
			proposal,
			written: true
		}).slice(2)));
	}
	return report(proposal, context);
}
function applyOptions(answers, { preset, from }) {
	const withPreset = preset === void 0 ? answers : questions[0]?.apply(answers, preset);
	if (withPreset === null || withPreset === void 0) throw new InputError("INIT_ANSWER", `"${preset}" is no preset`, { hint: "Write small-team, team or regulated." });
	if (from === void 0) return withPreset;
	const pin = parsePin(from);
	if (pin !== null) return {
		...withPreset,
		pin
	};
	throw new InputError("INIT_ANSWER", `"${from}" names no commit of a copy of Gatehouse`, { hint: "Write owner/name@ and the full commit id: a tag or a branch can be moved." });
}
function readSealKey({ sealTo: text }) {
	if (text === void 0) return {};
	const key = parseSealKey(text);
	if (key !== null) return { sealTo: key.spki };
	throw new InputError("INIT_ANSWER", "what --seal-to names is no public key", { hint: `Write ${sealKeyForm}.` });
}
/** Tries for one answer; then it is better to look the word up. */
const mostTries = 3;
async function converse({ ask: start }, defaults, context) {
	const { ask, close } = start();
	if (ask === null) throw new InputError("INIT_NOBODY", "there are questions, and no terminal to answer them on", { hint: "Take every default with: gatehouse init --yes. Look at them first with: gatehouse init --dry-run." });
	try {
		let answers = defaults;
		for (const question of questions) for (let left = mostTries;; left -= 1) {
			const text = (await ask(`${question.ask} [${question.shown(answers)}]: `)).trim();
			const next = text === "" ? answers : question.apply(answers, text);
			if (next !== null) {
				answers = next;
				break;
			}
			if (left === 1) throw new InputError("INIT_ANSWER", `"${text}" is no answer`, { hint: `Write ${question.allowed}.` });
			context.complain(`  That is not possible here. Write ${question.allowed}.`);
		}
		return answers;
	} finally {
		close();
	}
}
/** Contracts from data that is at hand; one that cannot be read is told and left out. */
async function inferAll({ open }, { datasets }, root, context) {
	const ready = datasets.filter(({ atHand }) => atHand);
	const texts = /* @__PURE__ */ new Map();
	if (ready.length === 0) return texts;
	await withEngine(context, open, async (engine) => {
		for (const { name, files, local } of ready) try {
			const profile = await profileFiles(engine, toDataFiles(root, local), "find");
			texts.set(name, inferContract({
				dataset: name,
				files,
				profile
			}));
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
			context.complain(`gatehouse: ${name} is passed over: ${error.message}`);
		}
	});
	return texts;
}
async function writeAll(root, { files }) {
	for (const { path, text } of files) {
		const target = join(root, path);
		if (await lstat(target).catch(() => null) !== null) continue;
		await mkdir(dirname(target), { recursive: true });
		await writeFile(target, text, { flag: "wx" });
	}
}
function printFiles({ files }, { print }) {
	print(files.map(({ path, text }) => `----- ${path}\n${text}`).join("\n").trimEnd());
}
/** What `gatehouse check` says of the result: what is written here passes it, what was there may not. */
function report({ files, findings }, { complain }) {
	const wrong = findings.filter(({ severity }) => severity === "fail");
	if (wrong.length > 0) complain(renderFindings(wrong).trimEnd());
	complain(`gatehouse: ${files.length === 0 ? "nothing new to propose" : `${files.length} new files`}; gatehouse check: ${wrong.length === 0 ? "pass" : `${wrong.length} to mend`}`);
	return wrong.length === 0 ? 0 : 1;
}
const addDays = (now, days) => new Date(Date.parse(now) + days * 24 * 3600 * 1e3).toISOString().slice(0, 10);

export { initCommand };