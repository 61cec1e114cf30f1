import { n as showCost } from "./shared-cost.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { t as showGpus } from "./shared-gpu-text.js";
import { r as short } from "./shared-facts.js";
import "./shared-lineage-section.js";
import { n as footer } from "./shared-summary-part.js";
import { t as paragraph } from "./shared-block.js";
import { t as showDuration } from "./shared-time-text.js";
import { i as verdictWords } from "./shared-icon.js";

// core/report/training-outcome.ts
/** Every end in its own words: who reads them must know whether the code, the machine or a person ended it. */
const texts = {
	done: {
		what: "the training ended well",
		fix: "Nothing to do."
	},
	failed: {
		what: "the training command said that it failed",
		fix: "Read the lines below and mend the code: the same command runs on a laptop."
	},
	cancelled: {
		what: "the training was cancelled",
		fix: "Re-run the workflow if that was not meant."
	},
	"timed-out": {
		what: "the training was stopped at its time limit",
		fix: "Raise train.timeout-minutes in model.yml, train less, or keep checkpoints to go on from."
	},
	"lost-runner": {
		what: "the runner was lost",
		fix: "See whether the machine is on and reaches GitHub. train.retry of model.yml tries again by itself."
	},
	killed: {
		what: "the training was killed from outside",
		fix: "See who ends processes on the machine: its memory guard, its scheduler or a person."
	},
	"out-of-memory": {
		what: "the machine ran out of memory",
		fix: "Take a machine with more memory (train.needs.memory-gib), or smaller batches."
	},
	"gpu-out-of-memory": {
		what: "the GPU ran out of memory",
		fix: "Take a GPU with more memory (train.needs.gpu-memory-gib), or smaller batches."
	},
	"out-of-disk": {
		what: "the disk of the machine is full",
		fix: "Free the disk of the runner, or ask for more (train.needs.disk-gib)."
	},
	service: {
		what: "a service that the training needs did not answer",
		fix: "Re-run the workflow when it answers again."
	}
};
/** What to do after such an end. */
const outcomeHint = (outcome) => texts[outcome].fix;
/** The first line about an attempt that ended: only the command's own word is about the model. */
function outcomeHeadline({ outcome, durationMs }) {
	const said = `${texts[outcome].what} after ${showDuration(durationMs)}`;
	if (outcome === "done") return `${verdictWords.pass}: ${said}`;
	if (outcome === "failed") return `${verdictWords.fail}: ${said}. This is about the code`;
	return `${verdictWords["not evaluated"]}: ${said}. This says nothing about the model`;
}
/** What happened to an attempt, where, what comes next, and the last lines of its log. */
function outcomeBlocks({ attempt, attempts, again, lines }) {
	const { number, runner, how, outcome, resumedFrom } = attempt;
	const from = resumedFrom === null ? "" : ", which went on from a checkpoint";
	const next = again ? `Attempt ${number + 1} of ${attempts} starts by itself.` : number < attempts && outcome !== "done" ? `It is not tried again after such an end. ${texts[outcome].fix}` : texts[outcome].fix;
	const shown = lines.slice(-20);
	return [
		{
			kind: "heading",
			level: 3,
			text: [outcomeHeadline(attempt)]
		},
		paragraph(`Attempt ${number} of ${attempts} on runner `, { code: runner }, `${from}: `, how, ". ", { prose: next }),
		...shown.length === 0 ? [] : [{
			kind: "fold",
			title: "Last lines of the log",
			blocks: [{
				kind: "fence",
				language: "text",
				lines: shown
			}]
		}]
	];
}
/** Every attempt in a line. */
function attemptTable(attempts) {
	return {
		kind: "table",
		head: [
			"Attempt",
			"Runner",
			"Time",
			"How it ended",
			"Began at"
		],
		rows: attempts.map(({ number, runner, durationMs, outcome, how, resumedFrom }) => [
			[String(number)],
			[{ code: runner }],
			[showDuration(durationMs)],
			[
				`${texts[outcome].what} (`,
				how,
				")"
			],
			[resumedFrom === null ? "the beginning" : "a checkpoint"]
		])
	};
}

// core/report/run-section.ts
/** The summary of a training job: what the run says about itself. */
function trainingSections(record, lastLines = []) {
	const done = record.outcome === "done";
	const heading = [
		done ? "Trained: " : "Not trained: ",
		{ code: record.model },
		done ? ". What this job says is claimed and gates nothing" : ""
	];
	const table = {
		kind: "table",
		head: ["What", "Claimed"],
		rows: runRows(record)
	};
	return [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: heading
			}]
		},
		...endSections(record, lastLines),
		{
			name: "run record",
			rank: 1,
			blocks: [table]
		},
		footer(["Commit ", { code: short(record.commit) }])
	];
}
/** How it ended, when it did not end well, and every attempt when there were several. */
function endSections({ attempts, outcome }, lines) {
	const last = attempts.at(-1);
	if (last === void 0) return [];
	const blocks = [...outcome === "done" ? [] : outcomeBlocks({
		attempt: last,
		attempts: attempts.length,
		again: false,
		lines
	}), ...attempts.length < 2 ? [] : [attemptTable(attempts)]];
	return blocks.length === 0 ? [] : [{
		name: "end",
		rank: 1,
		blocks
	}];
}
const row = (what, ...phrase) => [[what], phrase];
function runRows(record) {
	const { machine, artifact, changedFiles, image, cost, usage } = record;
	return [
		row("Command", { code: record.command }),
		...artifact === null ? [] : [row("Model file", { code: artifact.name }, ` ${grouped(artifact.sizeBytes)} bytes, `, { code: artifact.digest })],
		row("Time", showDuration(record.durationMs)),
		...record.attempts.length < 2 ? [] : [row("Attempts", String(record.attempts.length))],
		...cost === null ? [] : [row("Cost", showCost(cost))],
		row("Machine", { code: record.runner }, `, ${machine.os}, ${machine.cpu}, GPU `, { code: showGpus(machine) }),
		row("Software", ...showSoftware(record)),
		...image === null ? [] : [row("Image", { code: image })],
		...usage === null ? [] : [row("Use", showUsage(usage))],
		...changedFiles.length === 0 ? [] : [row("Not as in the commit", `${counted(changedFiles.length, "file")}: `, { code: changedFiles.join(", ") })],
		...record.seed === null ? [] : [row("Seed", { code: String(record.seed) })],
		...namedRows("Metric", record.metrics),
		...namedRows("Parameter", record.parameters)
	];
}
/** The first fifty: the record has them all. */
const namedRows = (what, values) => Object.entries(values).slice(0, 50).map(([name, value]) => row(`${what} ${name}`, { code: String(value) }));
function showSoftware({ runtimes, packages }) {
	const names = Object.entries(runtimes).map(([name, version]) => `${name} ${version}`);
	const listed = packages.length === 0 ? "no packages listed" : counted(packages.length, "package");
	return names.length === 0 ? [listed] : [{ code: names.join(", ") }, `, ${listed}`];
}
function showUsage(usage) {
	const { peakMemoryMib, gpuUtilisation, gpuPeakMemoryMib, gpuEnergyWh } = usage;
	const parts = [
		...peakMemoryMib === null ? [] : [`memory up to ${grouped(Math.round(peakMemoryMib))} MiB`],
		...gpuUtilisation === null ? [] : [`GPU ${Math.round(gpuUtilisation * 100)} % busy`],
		...gpuPeakMemoryMib === null ? [] : [`GPU memory up to ${grouped(Math.round(gpuPeakMemoryMib))} MiB`],
		...gpuEnergyWh === null ? [] : [`${gpuEnergyWh.toFixed(1)} Wh`]
	];
	return parts.length === 0 ? "not told" : parts.join(", ");
}

export { outcomeHint as n, trainingSections as t };