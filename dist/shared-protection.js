import { r as rule } from "./shared-rule.js";

// core/policy/protection.ts
const baseGaps = [
	["requiresCheck", "the check \"gatehouse\" of this app is not required"],
	["requiresPullRequest", "direct pushes are open"],
	["blocksForcePush", "force-pushes are open"]
];
const ledgerGaps = [
	["restrictsUpdates", "others than the app may write"],
	["blocksForcePush", "force-pushes are open"],
	["blocksDeletion", "deletion is open"]
];
/** What was open around a promotion, in words; empty: nothing. */
function protectionGaps({ base, ledger }, baseRef) {
	return [...gapsOf(base, baseGaps, `base branch ${baseRef}`), ...gapsOf(ledger, ledgerGaps, "ledger branch")];
}
function gapsOf(guard, asked, branch) {
	if (guard === null) return [`${branch} (GitHub does not tell which rules are in force)`];
	const open = asked.filter(([name]) => !guard[name]).map(([, words]) => words);
	return open.length === 0 ? [] : [`${branch} (${open.join(", ")})`];
}
/**
* Notes what stood around a promotion when it was recorded. It refuses nothing: whoever can open a branch can also close
* it again before anybody looks, so the decision never rests on it (threat B19). Hence what is open is not asked for
* here, and only what is closed is met.
* @returns null when nothing was read, or nothing goes to production
*/
function ruleOnProtection({ moves }, { protection, baseRef }) {
	if (protection === void 0 || !moves.some(({ to }) => to === "production")) return null;
	const gaps = protectionGaps(protection, baseRef);
	if (gaps.length === 0) return rule("protection", "met", "Rulesets keep both branches.");
	const { result } = rule("protection", "skipped", `Decides nothing, only noted. Not kept by rulesets: ${gaps.join(", ")}.`);
	return {
		result,
		findings: [toNote(gaps)]
	};
}
/** One note, however many branches: they are closed in one place. */
const toNote = (gaps) => ({
	code: "protection/gap",
	severity: "note",
	message: `Not kept by rulesets: ${gaps.join(", ")}. It is noted and decides nothing`,
	fix: "Let rulesets require the check from this app, and let only the app write to the ledger branch; gatehouse doctor says how."
});

export { ruleOnProtection as n, protectionGaps as t };