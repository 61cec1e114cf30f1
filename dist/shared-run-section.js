import { n as grouped, t as counted } from "./shared-count-text.js";
import { n as showCost } from "./shared-cost.js";
import { t as showDuration } from "./shared-time-text.js";
import { n as showGpus } from "./shared-lineage-section.js";
import { u as short } from "./shared-facts.js";
import { n as footer } from "./shared-summary-part.js";
import { n as outcomeBlocks, t as attemptTable } from "./shared-training-outcome.js";

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

export { trainingSections as t };