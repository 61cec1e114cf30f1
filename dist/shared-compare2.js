import { n as compareCommand, t as collect } from "./shared-compare.js";

export { compareCommand };