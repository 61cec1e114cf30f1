import { r as digestOf } from "./shared-canonical.js";

// core/dataset/digest.ts
/** The digest that names a version of a dataset: over its files, in contract order. */
function digestDataset(files) {
	return digestOf(files.map(({ path, md5, blob, sizeBytes }) => ({
		path,
		md5,
		blob,
		sizeBytes
	})));
}

export { digestDataset as t };