import { r as InputError } from "./shared-error.js";
import { t as parsePointer } from "./shared-pointer.js";

// adapters/dvc/feature-pointer.ts
/**
* Reads the pointer of held-out features.
* @returns null when the rows lie in git themselves
* @throws InputError DVC_POINTER, DVC_UNSUPPORTED for a folder
*/
function readFeaturePointer({ path, content }) {
	if (!path.endsWith(".dvc")) return null;
	const pointer = parsePointer(new TextDecoder().decode(content), path);
	if (pointer.kind === "file") return pointer;
	throw new InputError("DVC_UNSUPPORTED", `${path} holds a folder`, {
		hint: "Keep held-out features in one file.",
		where: { file: path }
	});
}

export { readFeaturePointer as t };