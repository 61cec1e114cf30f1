import { r as InputError } from "./shared-error.js";
import { dirname, resolve } from "node:path";
import { access, constants, stat } from "node:fs/promises";

// cli/writable.ts
/**
* Finds the place of a file that will be written, before anything is computed for it.
* @param path as it was typed
* @returns the absolute path
* @throws InputError FILE_UNWRITABLE
*/
async function findWritable(cwd, path) {
	const place = resolve(cwd, path);
	const there = await stat(place).catch(() => null);
	if (there?.isDirectory() === true) throw unwritable(path, "is a folder");
	if ((await stat(dirname(place)).catch(() => null))?.isDirectory() !== true) throw unwritable(path, "is in no folder that exists");
	await access(there === null ? dirname(place) : place, constants.W_OK).catch(() => {
		throw unwritable(path, "may not be written");
	});
	return place;
}
const unwritable = (path, why) => new InputError("FILE_UNWRITABLE", `${path} ${why}`, {
	hint: "Name a file in a folder that exists and that you may write.",
	where: { file: path }
});

export { findWritable as t };