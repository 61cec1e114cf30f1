import { n as __esmMin, r as __exportAll } from "./shared-rolldown-runtime.js";
import { join } from "node:path";
import process from "node:process";

// adapters/engine/engine-folder.ts
/** Names the folder of the native engine (`duckdb.node` and its library) before the engine is first used. */
function setEngineFolder(folder) {
	chosen = folder;
}
/** The folder of the native engine, null when none was named. */
function getEngineFolder() {
	return chosen;
}
var chosen;
var init_engine_folder = __esmMin((() => {
	chosen = null;
}));

// adapters/engine/native-shim.ts
var native_shim_exports = /* @__PURE__ */ __exportAll({
	default: () => native_shim_default,
	double_to_hugeint: () => double_to_hugeint,
	double_to_uhugeint: () => double_to_uhugeint,
	hugeint_to_double: () => hugeint_to_double,
	uhugeint_to_double: () => uhugeint_to_double
});
function load() {
	const folder = getEngineFolder();
	if (folder === null) throw new Error("the data engine was used before its folder was chosen");
	if (loaded === null) {
		const holder = { exports: {} };
		process.dlopen(holder, join(folder, "duckdb.node"));
		loaded = holder.exports;
	}
	return loaded;
}
function call(name, value) {
	const native = load()[name];
	if (typeof native !== "function") throw new Error(`the data engine has no ${name}`);
	return native(value);
}
var loaded, native_shim_default, double_to_hugeint, double_to_uhugeint, hugeint_to_double, uhugeint_to_double;
var init_native_shim = __esmMin((() => {
	init_engine_folder();
	loaded = null;
	native_shim_default = new Proxy({}, { get: (_, name) => typeof name === "string" ? load()[name] : void 0 });
	double_to_hugeint = (value) => call("double_to_hugeint", value);
	double_to_uhugeint = (value) => call("double_to_uhugeint", value);
	hugeint_to_double = (value) => call("hugeint_to_double", value);
	uhugeint_to_double = (value) => call("uhugeint_to_double", value);
}));

export { setEngineFolder as a, init_engine_folder as i, native_shim_default as n, native_shim_exports as r, init_native_shim as t };