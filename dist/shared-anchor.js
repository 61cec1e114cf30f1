import { r as InputError } from "./shared-error.js";
import { i as isDigest } from "./shared-canonical.js";

// core/audit/anchor.ts
/** External id of the check run that carries an anchor. */
const renderAnchor = ({ size, root }) => `anchor:${size}:${root}`;
/**
* Reads an anchor.
* @param text `anchor:<size>:sha256:<hex>` (external id of a check run) or `<size>:sha256:<hex>` (typed by a person)
* @throws InputError ANCHOR_INVALID
*/
function parseAnchor(text) {
	const [, digits, root] = /^(?:anchor:)?(\d{1,15}):(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
	if (digits === void 0 || !isDigest(root)) throw new InputError("ANCHOR_INVALID", `"${text.slice(0, 120)}" is no anchor`, { hint: "Write it as size:root, for example 12:sha256:0123... (64 hex digits), from the check run on the merge commit." });
	return {
		size: Number(digits),
		root
	};
}

export { renderAnchor as n, parseAnchor as t };