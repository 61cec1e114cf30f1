import { n as resolveChampion, r as stateOf, t as requireVerified } from "./shared-resolve2.js";

export { requireVerified, resolveChampion, stateOf };