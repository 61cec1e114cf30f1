import { t as isFailure } from "./shared-finding.js";
import { t as traceAncestry } from "./shared-ancestry.js";
import { A as pointTo } from "./shared-moments.js";

// core/dataset/inheritance.ts
/**
* Joins the constraints of a contract with those of its ancestors: access is what all allow, expiry the earliest, privacy
* the highest class that a column of the same name has.
* @param known every contract that governs, by dataset
*/
function inheritConstraints(contract, known) {
	const { ancestors, missing, circular } = traceAncestry(contract, known);
	const all = [contract, ...ancestors];
	const first = all.reduce((earliest, each) => endOf(each) < endOf(earliest) ? each : earliest);
	return {
		ancestors,
		missing,
		circular,
		access: all.map(({ access }) => access).reduce(intersect),
		expires: first.expires,
		expiresOf: first.dataset,
		privacy: joinPrivacy(ancestors)
	};
}
/** Dates of one form compare as text; anything else is no date and has ended. */
const endOf = ({ expires }) => isDate(expires) ? expires : "";
function isDate(text) {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
function intersect(some, others) {
	if (some.includes("*")) return others;
	return others.includes("*") ? some : some.filter((model) => others.includes(model));
}
/** The higher, the more private. */
const privacyRank = {
	none: 0,
	personal: 1,
	secret: 2
};
function joinPrivacy(ancestors) {
	const joined = /* @__PURE__ */ new Map();
	for (const { dataset, columns } of ancestors) for (const { name, privacy } of columns) {
		const before = joined.get(name)?.privacy ?? "none";
		if (privacyRank[privacy] > privacyRank[before]) joined.set(name, {
			privacy,
			dataset
		});
	}
	return joined;
}

// core/dataset/governance.ts
/**
* Checks that a model may train on a dataset today, by its contract and by those of all datasets that it was made from.
* @param known every contract that governs, by dataset: one that is missing in it fails
* @param model null when no model is proposed: access is then not asked
* @param today ISO date, UTC
*/
function judgeGovernance(contract, known, model, today, positions) {
	const inherited = inheritConstraints(contract, known);
	return [
		...judgeLineage(contract, inherited, positions),
		...judgeAccess(contract, inherited, model, positions),
		...judgeExpiry(contract, inherited, today, positions),
		...judgePrivacy(contract, inherited, positions)
	];
}
/** Data that may not be used, or that is not whole, is not even read; a warning stops nothing. */
const mayRead = (before) => !before.some(isFailure);
const shownNames = 20;
function judgeLineage(contract, { missing, circular }, positions) {
	const where = positions("/derived-from");
	const unknown = missing.slice(0, shownNames).map((name) => {
		const direct = contract.derivedFrom.indexOf(name);
		return {
			code: "data/ancestor-missing",
			severity: "fail",
			message: `The dataset "${contract.dataset}" was made from "${name}"${direct < 0 ? ", over others" : ""}, which has no contract: nobody knows what allows its use.`,
			where: direct < 0 ? where : positions(`/derived-from/${direct}`),
			found: `no contract of "${name}"`,
			allowed: `datasets/${name}.yml`,
			fix: `Write a contract for "${name}", or correct derived-from.`
		};
	});
	if (!circular) return unknown;
	const circle = {
		code: "data/ancestor-circular",
		severity: "fail",
		message: `The dataset "${contract.dataset}" was made from itself, by derived-from of its contract and of those it names.`,
		where,
		found: contract.derivedFrom.join(", "),
		allowed: "a line of datasets that ends",
		fix: "Take one of the names out of derived-from, so that the first dataset has none."
	};
	return [...unknown, circle];
}
function judgeAccess(contract, { ancestors, access }, model, positions) {
	if (model === null || access.includes("*") || access.includes(model)) return [];
	const refusing = [contract, ...ancestors].filter((each) => !each.access.includes("*") && !each.access.includes(model));
	const names = [...new Set(refusing.map(({ dataset }) => dataset))];
	const upstream = names.filter((name) => name !== contract.dataset);
	const because = upstream.length === 0 ? "" : `; it was made from ${quote(upstream)}, ${whose(upstream, refusing)}`;
	return [{
		code: "data/access",
		severity: "fail",
		message: `Model "${model}" may not train on the dataset "${contract.dataset}"${because}.`,
		where: positions("/access"),
		found: model,
		allowed: access.length === 0 ? "no model" : access.join(", "),
		fix: `Ask the owner of ${quote(names)} to add "${model}" to access in the contract.`
	}];
}
/** On what basis the data upstream is used: who asks for more must ask there. */
function whose(upstream, contracts) {
	const [first] = contracts.filter(({ dataset }) => upstream.includes(dataset));
	return first === void 0 ? "which does not allow it" : `which does not allow it (legal basis: ${first.legalBasis}; approved by ${first.approvedBy})`;
}
function quote(names) {
	const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : "";
	return `${names.slice(0, shownNames).map((name) => `"${name}"`).join(", ")}${more}`;
}
function judgeExpiry(contract, { expires, expiresOf }, today, positions) {
	if (isDate(expires) && isDate(today) && today <= expires) return [];
	const source = expiresOf === contract.dataset ? "" : `, from which "${contract.dataset}" was made,`;
	return [{
		code: "data/expired",
		severity: "fail",
		message: `The retention of the dataset "${expiresOf}"${source} ended on ${expires}.`,
		where: positions(source === "" ? "/expires" : "/derived-from"),
		found: `today is ${today}`,
		allowed: `until ${expires}`,
		fix: `Ask the owner of "${expiresOf}" to renew it (expires), or train on a dataset that is still kept.`
	}];
}
/** Data does not become less private by being copied. */
function judgePrivacy(contract, { privacy }, positions) {
	return contract.columns.flatMap((column) => {
		const source = privacy.get(column.name);
		if (source === void 0 || privacyRank[column.privacy] >= privacyRank[source.privacy]) return [];
		return [{
			code: "data/privacy-inherited",
			severity: "fail",
			message: `Column "${column.name}" is ${source.privacy} in "${source.dataset}", from which "${contract.dataset}" was made, and ${column.privacy} here.`,
			where: positions(pointTo("columns", column.name, "privacy")),
			column: column.name,
			found: `privacy: ${column.privacy}`,
			allowed: `privacy: ${source.privacy}${source.privacy === "personal" ? " or secret" : ""}`,
			fix: `Write privacy: ${source.privacy} for the column "${column.name}"; if it no longer holds what it held in "${source.dataset}", give it a name of its own.`
		}];
	});
}

export { mayRead as n, privacyRank as r, judgeGovernance as t };