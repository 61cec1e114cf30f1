import { X as ZodISODateTime, pt as _isoDateTime } from "./shared-contract-file.js";

// node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return _isoDateTime(ZodISODateTime, params);
}

export { datetime as t };