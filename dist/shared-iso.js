import { O as _isoDateTime, i as ZodISODateTime } from "./shared-schemas.js";

// node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return _isoDateTime(ZodISODateTime, params);
}

export { datetime as t };