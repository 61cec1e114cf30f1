import { t as incomplete } from "./shared-failure.js";

// adapters/github/paging.ts
const pageSize = 100;
const maxPages = 100;
/**
* Reads every page of a list, or throws: a decision on part of a list is a wrong decision.
* @param what for messages
* @param read one page; `page` counts from 1, pages hold 100
* @throws ServiceError GITHUB_ANSWER_INCOMPLETE over 10,000 items or when fewer came than GitHub counts
*/
async function readAllPages(what, read) {
	const all = [];
	for (let page = 1; page <= maxPages; page += 1) {
		const answer = await read(page, pageSize);
		all.push(...answer.items);
		if (hasNext(answer.link) || answer.items.length >= pageSize) continue;
		if (answer.total !== void 0 && all.length < answer.total) throw incomplete(what, `${all.length} of ${answer.total} entries came`);
		return all;
	}
	throw incomplete(what, `more than 10000 entries`);
}
/** True when a `link` header names a next page. */
function hasNext(link) {
	return link !== void 0 && /rel="?next"?/.test(link);
}
/** The `after` cursor of the next page in a `link` header, null on the last page. */
function nextCursor(link) {
	const next = link?.split(",").find((part) => /rel="?next"?/.test(part));
	const url = next === void 0 ? void 0 : /<([^>]+)>/.exec(next)?.[1];
	return url === void 0 ? null : new URL(url).searchParams.get("after");
}

export { nextCursor as n, readAllPages as r, hasNext as t };