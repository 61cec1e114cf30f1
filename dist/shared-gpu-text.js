// core/training/gpu-text.ts
/** The GPUs of a machine in a few words: `2 x NVIDIA H100 (81559 MiB)`; `none` when its tool lists none, else `unknown`. */
function showGpus({ gpus, gpuTool }) {
	const counts = /* @__PURE__ */ new Map();
	for (const { name, memoryMib } of gpus) {
		const text = memoryMib === null ? name : `${name} (${memoryMib} MiB)`;
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	if (counts.size === 0) return gpuTool === null ? "unknown" : "none";
	return [...counts].map(([text, count]) => count === 1 ? text : `${count} x ${text}`).join(", ");
}

export { showGpus as t };