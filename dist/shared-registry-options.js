import { n as renderText } from "./shared-text.js";
import { t as paragraph } from "./shared-block.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { n as showTime } from "./shared-time-text.js";
import { t as withLedgerOptions } from "./shared-ledger-options.js";

// core/report/ledger-trust.ts
/** A ledger is proven by what lies outside of it: both ways to an anchor, and the option that takes the same two. */
const toProve = "To prove it: gatehouse verify --github URL --app ID, or --anchor SIZE:ROOT from the check gatehouse of the newest merge commit; --prove here takes the same.";
/** One line below every answer: was the ledger verified, up to which entry is an anchor known, where was it read. */
function trustBlock({ proof, proven, size, ref, commit }) {
	const read = `Read from ${ref} at ${commit}.`;
	if (proof === "proven" && proven !== null) {
		const anchored = `${counted(proven.anchored, "entry", "entries")} of ${grouped(proven.size)} anchored`;
		return paragraph({ strong: "Proven" }, ` by gatehouse verify on ${showTime(proven.at)}: ${anchored}. ${read}`);
	}
	if (proof === "outgrown" && proven !== null) {
		const since = counted(Math.max(0, size - proven.size), "entry", "entries");
		return paragraph({ strong: "Not proven" }, `: ${grouped(proven.size)} entries were on ${showTime(proven.at)}, ${grouped(proven.anchored)} anchored; ${since} since then, and every file, are read as they lie there. ${toProve} ${read}`);
	}
	return paragraph({ strong: "Not proven" }, `: ${counted(size, "entry", "entries")} as they lie there, no anchor looked at. ${toProve} ${read}`);
}

// cli/registry-options.ts
/** Puts the options of every question to a registry on its command. */
const withRegistryOptions = (command) => withLedgerOptions(command).option("--prove", "verify the whole ledger first, as gatehouse verify does");
/** Prints an answer in one of its two forms, each with what is known of the ledger that it was read from. */
function printAnswer({ print }, { json }, { trust }, answer) {
	if (json === true) print(JSON.stringify({
		ledger: trust,
		...answer.json
	}, null, 2));
	else print(renderText([...answer.blocks(), trustBlock(trust)], { width: 140 }));
}

export { withRegistryOptions as n, trustBlock as r, printAnswer as t };