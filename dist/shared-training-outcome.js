import { t as paragraph } from "./shared-block.js";
import { t as showDuration } from "./shared-time-text.js";
import { a as verdictWords } from "./shared-icon.js";
import "./shared-lineage-section.js";

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

export { outcomeBlocks as n, outcomeHint as r, attemptTable as t };