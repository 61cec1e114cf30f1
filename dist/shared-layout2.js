import { u as isLedgerPath } from "./shared-layout.js";

// core/registry/layout.ts
const headPath = "audit/HEAD.json";
/** What went past the gate, open and closed; only there once something did. */
const incidentsPath = "audit/incidents.yml";
const frontPagePath = (layout) => layout === "own" ? "README.md" : "audit/README.md";
const versionPath = (model, version) => `models/${model}/versions/${String(version).padStart(4, "0")}.yml`;
const statePath = (model) => `models/${model}/state.yml`;
const statusPath = (model) => `models/${model}/status.yml`;
const cardPath = (model) => `models/${model}/MODEL_CARD.md`;
const endpointPath = (endpoint, model) => `endpoints/${endpoint}/${model}.yml`;
/** Number of its first event in the stream, so that two writers collide in git instead of forking the chain. */
function transactionPath(model, first) {
	return `audit/${model}/${String(Math.floor(first / 1e3)).padStart(3, "0")}/${String(first).padStart(6, "0")}.json`;
}
const operationPath = (model, operation) => `audit/${model}/ops/${operation}`;
/** True for `audit/<model>/000/000042.json`. */
const isTransactionPath = (path) => /^audit\/.+\/\d{3,}\/\d{6,}\.json$/.test(path);
/** True for every path that the app alone writes in this layout; on a branch of its own that is everything. */
const belongsToLedger = (path, layout) => layout === "own" || isLedgerPath(path);

export { headPath as a, operationPath as c, transactionPath as d, versionPath as f, frontPagePath as i, statePath as l, cardPath as n, incidentsPath as o, endpointPath as r, isTransactionPath as s, belongsToLedger as t, statusPath as u };