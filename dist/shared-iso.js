import { B as _isoDateTime, g as ZodISODateTime } from "./shared-js-yaml.js";

// node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return _isoDateTime(ZodISODateTime, params);
}

export { datetime as t };