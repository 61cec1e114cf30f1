// core/config/yaml-write.ts
/** Plain in every YAML that reads it: begins with a letter, and no later reader makes a number or a switch of it. */
const plain = /^[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/;
const word = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Writes a value in one line, so that it fits between braces as well as after a key. */
function writeYaml(value) {
	if (typeof value === "string") return plain.test(value) && !word.test(value) ? value : quote(value);
	if (Object.is(value, -0)) return "-0.0";
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	if (isList(value)) return `[${value.map(writeYaml).join(", ")}]`;
	return `{ ${Object.entries(value).map(([key, item]) => `${writeYaml(key)}: ${writeYaml(item)}`).join(", ")} }`;
}
const isList = (value) => Array.isArray(value);
/** JSON is YAML, except for what YAML does not print: it stays escaped. */
function quote(text) {
	return JSON.stringify(text.toWellFormed()).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export { writeYaml as t };