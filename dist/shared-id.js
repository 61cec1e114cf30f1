import { i as ServiceError } from "./shared-error.js";

// adapters/github/id.ts
/** @throws ServiceError GITHUB_ID when the id does not fit a number exactly: two ids must never become one */
function toId(id) {
	const number = Number(id);
	if (Number.isSafeInteger(number)) return number;
	throw new ServiceError("GITHUB_ID", `GitHub gave the id ${id}, which cannot be kept exactly`, { hint: "Report this: ids must be read as text from here on." });
}

export { toId as t };