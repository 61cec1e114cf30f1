import { r as InvalidArgumentError } from "./shared-esm.js";

// cli/commands/data/option.ts
/** Reads an option as a whole number. */
const wholeNumber = (least, most) => (text) => {
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= least && value <= most) return value;
	throw new InvalidArgumentError(`it has to be a whole number from ${least} to ${most}.`);
};
/** Reads an option as a share, above 0 and at most `most`. */
const shareUpTo = (most) => (text) => {
	const value = Number(text);
	if (text.trim() !== "" && Number.isFinite(value) && value > 0 && value <= most) return value;
	throw new InvalidArgumentError(`it has to be a share above 0, at most ${most}: 0.05 and not 5.`);
};

export { wholeNumber as n, shareUpTo as t };