import { u as isOpen } from "./shared-incident.js";
import { t as paragraph } from "./shared-block.js";
import { t as counted } from "./shared-count-text.js";
import { n as showTime } from "./shared-time-text.js";

// core/report/incident-words.ts
const askAgain = "Ask again in a new pull request with the approvals that were missing, or take the change back. For stages.yml Gatehouse opens a pull request that brings the file in line.";
const words = {
	refused: {
		what: "merged although a rule refused it",
		who: "the governors and the owner",
		how: askAgain
	},
	waiting: {
		what: "merged before it was approved, or before its time",
		who: "the governors and the owner",
		how: askAgain
	},
	"not evaluated": {
		what: "merged while nobody could judge it",
		who: "the owner",
		how: "Have the run of the merged head repeated: when its result comes, Gatehouse decides by itself. Else ask again in a new pull request."
	},
	"policy unreadable": {
		what: "merged onto a policy that cannot be read",
		who: "the governors",
		how: "Mend .github/gatehouse.yml in a pull request that changes nothing else: the last readable policy judges it. What was merged meanwhile is asked for again in a new pull request."
	},
	"governors unknown": {
		what: "merged past the check while the governors could not be told",
		who: "an administrator of the repository, then the governors",
		how: "Name governors that GitHub knows in .github/gatehouse.yml. An administrator merges that past the check; this record closes when they are known."
	},
	"pushed past": {
		what: "pushed to the base branch without a pull request",
		who: "the governors and whoever pushed",
		how: "Revert the commit in a pull request, or propose the same change in one so that it is judged. Require pull requests on the branch."
	}
};
const incidentWords = (reason) => words[reason];
const ends = {
	recorded: "the ledger holds it now",
	"taken back": "it no longer stands on the base branch",
	aligned: "the file says what the ledger says",
	mended: "policy and governors can be read again"
};
const incidentEndWords = (end) => ends[end];

// core/report/incident-blocks.ts
/** `gatehouse registry incidents`: what went past the gate, and what was put back. @param all closed ones too */
function incidentBlocks(incidents, corrections, all) {
	const open = incidents.filter(isOpen);
	const shown = all ? incidents : open;
	return [
		paragraph({ strong: open.length === 0 ? "No open incident" : counted(open.length, "open incident") }, `, ${incidents.length - open.length} closed, ${counted(corrections.length, "correction")} of the ledger`),
		...shown.length === 0 ? [] : [incidentTable(shown)],
		...open.slice(0, 1).map(({ reason }) => paragraph(incidentWords(reason).how)),
		...corrections.map(correctionBlock)
	];
}
function incidentTable(incidents) {
	return {
		kind: "table",
		head: [
			"incident",
			"since",
			"what",
			"model",
			"pull request",
			"by",
			"commit",
			"who mends it"
		],
		align: [
			"r",
			"l",
			"l",
			"l",
			"r",
			"l",
			"l",
			"l"
		],
		rows: incidents.map((incident) => {
			const { what, who } = incidentWords(incident.reason);
			const end = incident.closed;
			return [
				[`${incident.number}`],
				[showTime(incident.at)],
				[what],
				[incident.model ?? "–"],
				[incident.pullRequest === null ? "none" : `#${incident.pullRequest}`],
				[incident.by.login],
				[{ code: incident.commit.slice(0, 12) }],
				[end === null ? who : `closed on ${showTime(end.at)}: ${incidentEndWords(end.because)}`]
			];
		})
	};
}
/** One line for each time that the ledger was put back. */
function correctionBlock({ number, at, size, restored, foreign }) {
	const others = foreign.map((sha) => sha.slice(0, 12)).join(", ");
	return paragraph({ strong: `Correction ${number}` }, ` on ${showTime(at)}: the content of `, { code: restored.slice(0, 12) }, ` (${counted(size, "entry", "entries")}) was put back. `, others === "" ? "The branch had been set back or deleted." : `Not written by the app: ${others}.`);
}

export { incidentWords as a, incidentEndWords as i, incidentBlocks as n, incidentTable as r, correctionBlock as t };