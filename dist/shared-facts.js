import "./shared-gate-rule.js";

// core/report/facts.ts
/** `v6`; null: there is nobody to compare with. */
const championOf = ({ against, champion }) => champion ?? (against === null ? null : `v${against}`);
/** The same within a sentence: `the champion` where it has no number. */
const championText = (comparison) => comparison.champion === void 0 ? championOf(comparison) ?? "nobody" : `the ${comparison.champion}`;
/** The day until which governors let this gate fail; null: they do not, or it does not fail. */
const waivedUntil = ({ waived }, { gate, result }) => result === "fail" ? waived?.get(gate) ?? null : null;
const short = (commit) => commit.slice(0, 7);

export { waivedUntil as i, championText as n, short as r, championOf as t };