// core/finding/finding.ts
/** True for a finding that stands in the way: a warning is advice. */
const isFailure = (finding) => finding.severity === "fail";

export { isFailure as t };