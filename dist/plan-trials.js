import { a as input, c as say, l as setOutputs, m as runAction, s as needInput } from "./shared-toolkit.js";
import { n as makeFolder } from "./shared-job.js";
import { i as renderPlan, t as digestSearch } from "./shared-search-plan.js";
import { i as openBoard, n as nextTrials, o as readFinished, r as openRungs, s as readSearch, t as countPoints } from "./shared-next-trials.js";
import { r as InputError } from "./shared-error.js";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

// core/search/round-width.ts
/** GitHub starts no more jobs of one matrix. */
const mostJobs = 256;
/**
* How many trainings the next round holds, so that the rounds that are left suffice if all goes well. Never fewer than
* run at once: what is above that waits for its turn (`max-parallel`).
* @param roundsLeft with the next one, 1 or more
*/
function roundWidth(search, finished, roundsLeft) {
	const { parallel } = search;
	if (search.budget !== void 0 && finished.length === 0) return parallel;
	const points = countPoints(search);
	if (openRungs(search, points) === null) {
		const settled = [...openBoard(finished).trials.values()].filter((rungs) => rungs.get(0)?.kind !== "lost");
		const needed = Math.ceil((points - settled.length) / roundsLeft);
		return Math.min(Math.max(parallel, needed), mostJobs);
	}
	let [least, most] = [parallel, mostJobs];
	while (least < most) {
		const middle = Math.floor((least + most) / 2);
		if (suffices(search, finished, middle, roundsLeft)) most = middle;
		else least = middle + 1;
	}
	return least;
}
/** Plays the rounds that are left, as if every training ended well: rungs wait for each other. */
function suffices({ budget: _, ...search }, finished, width, roundsLeft) {
	const played = [...finished];
	const later = Math.max(0, ...finished.map(({ round }) => round));
	for (let round = 1; round <= roundsLeft; round++) played.push(...nextTrials(search, played, width).trials.map((trial) => endWell(trial, later + round)));
	return nextTrials(search, played, width).done;
}
function endWell(trial, round) {
	const { number, rung, parameters, resource } = trial;
	return {
		number,
		rung,
		round,
		parameters,
		resource,
		state: "done",
		how: "done",
		value: 0,
		hours: 0,
		cost: null
	};
}

// actions/plan-trials/run.ts
const mostRounds = 100;
/** UTF-16 counts twice: half of GitHub's limit, with room for `round`. */
const mostOutputCharacters = 45e4;
/**
* Plans the next round of a search. Runs no code of the repository and reads no metric but what trials claimed.
* @throws InputError SEARCH_ROUND, SEARCH_MISSING, SEARCH_PLAN, MODEL_NAME, FILE_MISSING, CONFIG_INVALID
*/
async function run(inputs) {
	const rounds = parseRound("rounds", inputs.rounds, mostRounds);
	const round = parseRound("round", inputs.round, rounds);
	const { model } = inputs;
	const search = readSearch(model, inputs.read);
	const finished = await readFinished({
		folder: inputs.folder,
		model,
		search,
		before: round
	});
	const width = roundWidth(search, finished, rounds - round + 1);
	const { trials: wanted, why } = nextTrials(search, finished, width);
	const trials = fitOutput(wanted);
	return {
		plan: {
			v: 1,
			model,
			searchDigest: digestSearch(search),
			round,
			trials
		},
		matrix: trials.map((trial) => ({
			round,
			...trial
		})),
		parallel: search.parallel,
		said: why === null ? `Round ${round} of ${rounds}: ${trials.length} trials, ${search.parallel} at once.` : `Round ${round} of ${rounds}: nothing to train, ${why}.`
	};
}
/**
* What does not fit into an output waits for the next round.
* @see https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idoutputs (1 MB a job)
*/
function fitOutput(trials) {
	let left = mostOutputCharacters;
	const over = trials.findIndex((trial) => {
		left -= JSON.stringify(trial).length;
		return left < 0;
	});
	return over < 0 ? trials : trials.slice(0, Math.max(over, 1));
}
function parseRound(name, text, most) {
	const round = /^\d{1,3}$/.test(text) ? Number(text) : 0;
	if (round >= 1 && round <= most) return round;
	throw new InputError("SEARCH_ROUND", `The input "${name}" is "${text}"`, { hint: `Give a whole number from 1 to ${most}.` });
}

// actions/plan-trials/index.ts
await runAction(async () => {
	const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
	const { plan, matrix, parallel, said } = await run({
		model: needInput("model"),
		round: needInput("round"),
		rounds: needInput("rounds"),
		folder: resolve(workspace, input("trials-folder") || "gatehouse-trials"),
		read: (path) => readFileSync(join(workspace, path), "utf8")
	});
	say(said);
	const folder = plan.trials.length === 0 ? "" : makeFolder("plan");
	if (folder !== "") writeFileSync(join(folder, "plan.json"), renderPlan(plan));
	setOutputs({
		verdict: folder === "" ? "done" : "planned",
		trials: JSON.stringify(matrix),
		parallel: String(parallel),
		"plan-folder": folder
	});
});

export {  };