import { n as CommanderError, t as Command } from "./shared-esm.js";
import { n as GatehouseError } from "./shared-error.js";
import { i as plainText } from "./shared-cell.js";

// cli/catalogue.ts
/** Asking GitHub takes a large library: it is loaded when somebody asks. */
const fetchAnchors = async (query) => (await import("./shared-anchors.js")).fetchAnchors(query);
/** Every command in the order of the help, each loaded when it is called: nobody waits for the others. */
const catalogue = [
	{
		usage: "init [options]",
		summary: "Looks at this repository and proposes the files of Gatehouse, report-only",
		load: async () => {
			const { initCommand } = await import("./shared-init.js");
			const { startConversation } = await import("./shared-conversation.js");
			const { openInstalled } = await import("./shared-engine.js");
			const { findOwnPin } = await import("./shared-own-pin.js");
			return initCommand({
				open: openInstalled,
				ask: startConversation,
				findPin: () => findOwnPin(import.meta.dirname)
			});
		}
	},
	{
		usage: "doctor [options]",
		summary: "Looks for what the gate rests on: files, workflows, rulesets, runners, secrets; each with its fix",
		load: async () => (await import("./shared-doctor.js")).doctorCommand
	},
	{
		usage: "check [options]",
		summary: "Checks every Gatehouse file of this clone and says what this branch will ask for",
		load: async () => (await import("./shared-check2.js")).checkCommand
	},
	{
		usage: "compare [options] [a] [b]",
		summary: "Compares two models on the same rows: is challenger B better than champion A, or worse?",
		load: async () => (await import("./shared-compare2.js")).compareCommand
	},
	{
		usage: "noise-floor [options] <predictions...>",
		summary: "Measures how far trainings of one model with other seeds lie apart: a gain must exceed it",
		load: async () => (await import("./shared-noise-floor.js")).noiseFloorCommand
	},
	{
		usage: "verify [options]",
		summary: "Proves the ledger: every hash, move, decision, file and anchor; names the first bad entry",
		load: async () => (await import("./shared-verify.js")).verifyCommand(fetchAnchors)
	},
	{
		usage: "resolve [options] <model>",
		summary: "Says which version serves at an endpoint, with its digest, from a proven ledger",
		load: async () => (await import("./shared-resolve3.js")).resolveCommand(fetchAnchors)
	},
	{
		usage: "registry",
		summary: "Answers what serves where, made from what, approved by whom, since when, how well",
		load: async () => (await import("./shared-registry.js")).registryCommand(fetchAnchors)
	},
	{
		usage: "policy",
		summary: "Explains recorded decisions, and tries other approvals and policies on them",
		load: async () => (await import("./shared-policy.js")).policyCommand(fetchAnchors)
	},
	{
		usage: "card [options] <model>",
		summary: "Prints the model card: what it does, its data, limits, figures, who approved it",
		load: async () => (await import("./shared-card3.js")).cardCommand(fetchAnchors)
	},
	{
		usage: "report [options] <model>",
		summary: "Shows a judged result that the ledger counted, or writes its page with charts",
		load: async () => (await import("./shared-report3.js")).reportCommand(fetchAnchors)
	},
	{
		usage: "export [options]",
		summary: "Writes what happened, or every version, as CSV or JSON Lines",
		load: async () => (await import("./shared-export.js")).exportCommand(fetchAnchors)
	},
	{
		usage: "history [options] <model>",
		summary: "Tells what happened to a model: who approved what, when and why, from a proven ledger",
		load: async () => (await import("./shared-history3.js")).historyCommand(fetchAnchors)
	},
	{
		usage: "lineage [options] [entity]",
		summary: "Follows a dataset, source, run, version or endpoint to its origins and to what uses it",
		load: async () => (await import("./shared-lineage.js")).lineageCommand(fetchAnchors)
	},
	{
		usage: "reproduce [options] <model> <version>",
		summary: "Trains a version again from its record, in a checkout of its own: equal, or what differs",
		load: async () => (await import("./shared-reproduce.js")).reproduceCommand(fetchAnchors)
	},
	{
		usage: "runs",
		summary: "Lists, shows and compares training runs",
		load: async () => (await import("./shared-runs.js")).runsCommand
	},
	{
		usage: "data",
		summary: "Checks, describes and compares data on this machine",
		load: async () => {
			const { dataCommand } = await import("./shared-data.js");
			const { openInstalled } = await import("./shared-engine.js");
			return dataCommand(openInstalled, fetchAnchors);
		}
	}
];
/**
* Says which commands these arguments need: the one that is named, else a line of help for each of them.
* @param args what follows `gatehouse`
*/
async function selectCommands(args) {
	const names = args.filter((arg) => !arg.startsWith("-"));
	const name = names[0] === "help" ? names[1] : names[0];
	const found = catalogue.find(({ usage }) => usage.split(" ", 1)[0] === name);
	return found === void 0 ? catalogue.map(addHelpLine) : [await found.load()];
}
/** A command that can only be listed; also what a mistyped name is compared with. */
function addHelpLine({ usage, summary }) {
	return (program) => {
		const command = program.command(usage.replace(" [options]", "")).description(summary);
		if (usage.includes("[options]")) command.option("--any");
	};
}

// cli/boundary.ts
const unproven = /* @__PURE__ */ new Set([
	"LEDGER_UNVERIFIED",
	"LEDGER_UNANCHORED",
	"LEDGER_REWRITTEN",
	"LEDGER_FILE_INVALID",
	"LEDGER_ENTRY_INVALID"
]);
/** Longest line of an error: paths and digests fit, a pasted file does not. */
const longest = 600;
/**
* The one place where an error becomes text and an exit code.
* @param complain writes one line to standard error
* @returns 1 for a ledger that is not proven, 2 for what the user can mend, 3 for everything that did not answer
*/
function handleError(error, complain) {
	if (!(error instanceof GatehouseError)) {
		complain(`gatehouse: a fault of Gatehouse itself: ${error instanceof Error ? error.stack : String(error)}`);
		return 3;
	}
	const at = error.where ? ` (${placeOf(error.where)})` : "";
	complain(`gatehouse: ${error.code}: ${plainText(error.message, longest)}${plainText(at, longest)}`);
	for (const line of linesOf(error)) complain(line);
	return exitCodeOf(error);
}
function exitCodeOf(error) {
	if (unproven.has(error.code)) return 1;
	return error.kind === "input" ? 2 : 3;
}
/** Each of several findings says its own fix; one says what the error has not said. */
function linesOf({ message, hint, findings, where }) {
	const [only] = findings;
	if (findings.length > 1) return findings.map((finding) => `  - ${describe(finding)}`);
	const facts = only === void 0 ? [] : factsOf(only);
	const known = only === void 0 || message.includes(only.message);
	const place = where === void 0 && only?.where !== void 0 ? [placeOf(only.where)] : [];
	const told = [
		...known ? [] : [only.message],
		...place,
		...facts
	].join("; ");
	const fixes = only === void 0 || only.fix === hint ? [hint] : [only.fix, hint];
	return [...told === "" ? [] : [`  - ${plainText(told, longest * 2)}`], ...fixes.map((fix) => `  fix: ${plainText(fix, longest)}`)];
}
function describe(finding) {
	const { message, where, fix } = finding;
	const facts = [
		...where ? [placeOf(where)] : [],
		...factsOf(finding),
		fix
	];
	return plainText([message, ...facts.filter((fact) => fact !== "")].join("; "), longest * 2);
}
const factsOf = ({ message, found, allowed }) => [...found && !message.includes(found) ? [`is ${found}`] : [], ...allowed && !message.includes(allowed) ? [`should be ${allowed}`] : []];
function placeOf({ file, line, column }) {
	return [
		file,
		line,
		column
	].filter((part) => part !== void 0).join(":");
}

// package.json
var version$1 = "0.1.0";

// cli/version.ts
/** Version of this release; a bundle carries the one that it was built from. */
const version = version$1;

// cli/program.ts
/**
* Runs the command line once.
* @param args what follows `gatehouse`
* @returns exit code: 0 pass, 1 gate failed, 2 wrong input, 3 service failed
*/
async function runProgram(args, world, commands) {
	let code = 0;
	const context = {
		now: () => (/* @__PURE__ */ new Date()).toISOString(),
		showProgress: null,
		...world,
		run: async (work) => {
			try {
				code = await work();
			} catch (error) {
				code = handleError(error, world.complain);
			}
		}
	};
	const program = newProgram(world);
	for (const add of commands) add(program, context);
	quietAll(program, world);
	try {
		await program.parseAsync([...args], { from: "user" });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		return error.exitCode === 0 ? 0 : 2;
	}
	return code;
}
function newProgram(world) {
	return quiet(new Command("gatehouse").description("The same answers as on the pull request, on this machine").version(version, "--version", "print the version of Gatehouse").showHelpAfterError("Run \"gatehouse help\" to see all commands."), world);
}
function quietAll({ commands }, world) {
	for (const command of commands) quietAll(quiet(command, world), world);
}
function quiet(command, { print, complain }) {
	return command.exitOverride().configureOutput({
		writeOut: (text) => print(text.trimEnd()),
		writeErr: (text) => complain(text.trimEnd())
	});
}

// cli/main.ts
const args = process.argv.slice(2);
process.stdout.on("error", (error) => {
	if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
});
process.exitCode = await runProgram(args, {
	cwd: process.cwd(),
	env: process.env,
	print: (text) => process.stdout.write(`${text}\n`),
	complain: (text) => process.stderr.write(`${text}\n`),
	showProgress: process.stderr.isTTY ? (line) => process.stderr.write(`\r\u001b[K${line}`) : null
}, await selectCommands(args));

export {  };