import { a as isLedgerPath } from "./shared-layout.js";

// core/registry/layout.ts
const headPath = "audit/HEAD.json";
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

export { headPath as a, statePath as c, versionPath as d, frontPagePath as i, statusPath as l, cardPath as n, isTransactionPath as o, endpointPath as r, operationPath as s, belongsToLedger as t, transactionPath as u };