import { n as summarySections, t as renderSummary } from "./shared-summary.js";

export { summarySections };