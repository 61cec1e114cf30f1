import { t as openEngine } from "./shared-open.js";
import { join } from "node:path";

// cli/engine.ts
/** The engine of this installation, else the one that the environment names, else the pinned package. */
const openInstalled = ({ env }, workdir) => openEngine({
	path: env.GATEHOUSE_ENGINE_PATH ?? "",
	toolCache: env.RUNNER_TOOL_CACHE ?? null,
	registry: "",
	offline: env.GATEHOUSE_OFFLINE === "true"
}, { workdir: join(workdir, "engine") });

export { openInstalled };