import { n as at } from "./shared-check.js";
import { a as gateNames, r as resolveModel } from "./shared-floor.js";
import { y as modelPath } from "./shared-layout.js";
import { t as suggest } from "./shared-suggestion.js";

// core/policy/waived-gate-check.ts
/** Gates that are named to choose from. */
const mostNamed = 20;
/**
* Finds waivers whose gate their model does not have: a report names a gate by all that it asks, and a waiver of any other
* words lets nothing fail. Gates of the policy's floor count.
* @returns nothing where the policy or the model cannot be read: that is told already
*/
function checkWaivedGates({ policy, models, waivers }) {
	return [...waivers.values()].flatMap((entry) => {
		const model = models.get(entry.value.model)?.value;
		if (policy === null || model === void 0) return [];
		const names = gateNames(resolveModel(model, policy.value).model.gates);
		const { gate } = entry.value;
		if (names.includes(gate)) return [];
		const meant = suggest(gate, names);
		return [at(entry, "/gate", {
			code: "config/unknown-gate",
			message: `model "${model.model}" has no gate "${gate}"${meant === null ? "" : `. Did you mean "${meant}"?`}`,
			found: gate,
			allowed: names.slice(0, mostNamed).join("; "),
			fix: meant === null ? `Name a gate as the report does, or remove this file: the gates are those of ${modelPath(model.model)} and of the policy's floor.` : `Write ${meant}.`
		})];
	});
}

export { checkWaivedGates as t };