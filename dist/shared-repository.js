import { r as InputError } from "./shared-error.js";
import { c as parseBehaviour, n as parseWithdrawn, o as parseRisks, r as parseWaiver, s as parseReadiness, t as parseStages } from "./shared-stages-file.js";
import { M as readSource, b as parseBreakGlassReview, y as parseBreakGlass } from "./shared-policy-resolution.js";
import { t as parseContract } from "./shared-contract-file.js";
import { T as waiverOfFile, _ as modelOfStages, d as modelOfBehaviour, f as modelOfFile, h as modelOfRisks, i as breakGlassReviewOfFile, m as modelOfReadiness, n as breakGlassOfFile, s as datasetOfFile, v as modelOfWithdrawn, x as policyPath } from "./shared-layout.js";
import { t as parseModelConfig } from "./shared-model-file.js";
import { t as parsePolicy } from "./shared-policy-file.js";

// core/config/repository.ts
/** Reads every configuration file of a repository. */
function readRepositoryConfig(files) {
	const findings = [];
	const readAll = (nameOf, parse) => {
		const found = [...files].flatMap(([path, text]) => {
			const name = nameOf(path);
			return name === null ? [] : [[name, readEntry(path, text, findings, () => parse(text, path, name))]];
		});
		return {
			read: new Map(found.flatMap(([name, entry]) => entry === null ? [] : [[name, entry]])),
			names: new Set(found.map(([name]) => name))
		};
	};
	const models = readAll(modelOfFile, parseModelConfig);
	const contracts = readAll(datasetOfFile, parseContract);
	const stages = readAll(modelOfStages, parseStages);
	const suites = readAll(modelOfBehaviour, (content, path, name) => parseBehaviour(content, path, models.read.get(name)?.value ?? null));
	readAll(modelOfReadiness, parseReadiness);
	readAll(modelOfRisks, parseRisks);
	readAll(modelOfWithdrawn, parseWithdrawn);
	const breakGlass = readAll(breakGlassOfFile, parseBreakGlass);
	const breakGlassReviews = readAll(breakGlassReviewOfFile, parseBreakGlassReview);
	const waivers = readAll(waiverOfFile, parseWaiver);
	const text = files.get(policyPath);
	return {
		policy: text === void 0 ? null : readEntry(policyPath, text, findings, () => parsePolicy(text, policyPath)),
		models: models.read,
		contracts: contracts.read,
		stages: stages.read,
		suites: suites.read,
		waivers: waivers.read,
		breakGlass: breakGlass.read,
		breakGlassReviews: breakGlassReviews.read,
		named: {
			models: models.names,
			contracts: contracts.names,
			suites: suites.names
		},
		findings
	};
}
function readEntry(path, text, findings, parse) {
	try {
		const value = parse();
		findings.push(...readSource(text, path).findings);
		return {
			path,
			text,
			value
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		findings.push(...error.findings);
		return null;
	}
}

export { readRepositoryConfig as t };