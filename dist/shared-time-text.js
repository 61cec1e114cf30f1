// core/report/time-text.ts
/** `2026-11-21 10:42 UTC`; a text that is no time is shown as it is. */
function showTime(iso) {
	const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(iso);
	return match ? `${match[1]} ${match[2]} UTC` : iso;
}
/** `9 s`, `12 min`, `3.5 h`, of milliseconds. */
function showDuration(milliseconds) {
	if (!Number.isFinite(milliseconds) || milliseconds < 0) return "an unknown time";
	const seconds = Math.round(milliseconds / 1e3);
	if (seconds < 120) return `${seconds} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

export { showTime as n, showDuration as t };