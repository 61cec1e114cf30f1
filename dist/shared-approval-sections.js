import "./shared-address.js";
import "./shared-facts.js";

// core/report/approval-sections.ts
/** `2026-11-21 10:42 UTC`; a text that is no time is shown as it is. */
function showTime(iso) {
	const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(iso);
	return match ? `${match[1]} ${match[2]} UTC` : iso;
}

export { showTime as t };