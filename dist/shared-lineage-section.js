import "./shared-facts.js";

// core/report/lineage-section.ts
function showDuration(milliseconds) {
	if (!Number.isFinite(milliseconds) || milliseconds < 0) return "an unknown time";
	const seconds = Math.round(milliseconds / 1e3);
	if (seconds < 120) return `${seconds} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

export { showDuration as t };