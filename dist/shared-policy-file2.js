import { n as renderPolicy, t as parsePolicy } from "./shared-policy-file.js";

export { parsePolicy };