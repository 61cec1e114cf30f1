// core/config/layout.ts
/** Where things lie in a user's repository. */
const policyPath = ".github/gatehouse.yml";
const modelFile = /^models\/(.+)\/model\.yml$/;
const behaviourFile = /^models\/(.+)\/behaviour\.yml$/;
const readinessFile = /^models\/(.+)\/readiness\.yml$/;
const risksFile = /^models\/(.+)\/risks\.yml$/;
const withdrawnFile = /^models\/(.+)\/withdrawn\.yml$/;
const breakGlassFile = /^break-glass\/([^/.]+)\.yml$/;
const breakGlassReviewFile = /^break-glass\/([^/.]+)\.review\.yml$/;
const waiverFile = /^waivers\/([^/]+)\.yml$/;
const stagesFile = /^models\/(.+)\/stages\.yml$/;
const contractFile = /^datasets\/([^/]+)\.yml$/;
const modelPath = (model) => `models/${model}/model.yml`;
const behaviourPath = (model) => `models/${model}/behaviour.yml`;
const readinessPath = (model) => `models/${model}/readiness.yml`;
const risksPath = (model) => `models/${model}/risks.yml`;
const withdrawnPath = (model) => `models/${model}/withdrawn.yml`;
const breakGlassPath = (name) => `break-glass/${name}.yml`;
const breakGlassReviewPath = (name) => `break-glass/${name}.review.yml`;
const waiverPath = (name) => `waivers/${name}.yml`;
const stagesPath = (model) => `models/${model}/stages.yml`;
const contractPath = (dataset) => `datasets/${dataset}.yml`;
/** Name of the model whose `model.yml` this is, else null. Not yet checked to be a legal name. */
const modelOfFile = (path) => modelFile.exec(path)?.[1] ?? null;
const modelOfBehaviour = (path) => behaviourFile.exec(path)?.[1] ?? null;
const modelOfReadiness = (path) => readinessFile.exec(path)?.[1] ?? null;
const modelOfRisks = (path) => risksFile.exec(path)?.[1] ?? null;
const modelOfWithdrawn = (path) => withdrawnFile.exec(path)?.[1] ?? null;
/** Of either file that is read for every model: they say how it is judged. */
const modelOfJudging = (path) => modelOfFile(path) ?? modelOfBehaviour(path);
/** Of every file of a model that its owner answers for. */
const modelOfRules = (path) => modelOfJudging(path) ?? modelOfReadiness(path) ?? modelOfRisks(path) ?? modelOfWithdrawn(path);
/** Name of the waiver whose file this is. */
const waiverOfFile = (path) => waiverFile.exec(path)?.[1] ?? null;
/** Name of the request to break the glass whose file this is. */
const breakGlassOfFile = (path) => breakGlassFile.exec(path)?.[1] ?? null;
/** Name of the review of one whose file this is. */
const breakGlassReviewOfFile = (path) => breakGlassReviewFile.exec(path)?.[1] ?? null;
const modelOfStages = (path) => stagesFile.exec(path)?.[1] ?? null;
const datasetOfFile = (path) => contractFile.exec(path)?.[1] ?? null;
/** Files that decide how others are judged: policy, contracts, and everything that GitHub itself runs or asks. */
function isConfiguration(path) {
	return path === ".github/gatehouse.yml" || path.startsWith(".github/workflows/") || path.startsWith(".github/actions/") || /^(?:|docs\/|\.github\/)CODEOWNERS$/.test(path) || datasetOfFile(path) !== null || waiverOfFile(path) !== null || path.startsWith("break-glass/") || modelOfRules(path) !== null;
}
/**
* Files whose text `gatehouse check` and `gatehouse doctor` read. Also the ending that nobody else reads, so that it is
* named as a mistake instead of passed over.
*/
const isChecked = (path) => /^(?:\.github\/(?:gatehouse|workflows\/[^/]+)|datasets\/[^/]+|(?:waivers|break-glass)\/[^/]+|models\/.+\/(?:model|behaviour|readiness|risks|withdrawn|stages))\.ya?ml$/.test(path);
/** Paths that only the app writes, when the ledger lies on the same branch. */
function isLedgerPath(path) {
	return path.startsWith("audit/") || path.startsWith("endpoints/") || /^models\/.+\/(?:versions\/.*|state\.yml|status\.yml|MODEL_CARD\.md)$/.test(path);
}
/** Names by a pattern of path, sorted. */
function namesIn(files, nameOf) {
	return [...files.keys()].flatMap((path) => nameOf(path) ?? []).sort();
}

export { risksPath as C, withdrawnPath as D, waiverPath as E, readinessPath as S, waiverOfFile as T, modelOfStages as _, breakGlassReviewPath as a, namesIn as b, isChecked as c, modelOfBehaviour as d, modelOfFile as f, modelOfRules as g, modelOfRisks as h, breakGlassReviewOfFile as i, isConfiguration as l, modelOfReadiness as m, breakGlassOfFile as n, contractPath as o, modelOfJudging as p, breakGlassPath as r, datasetOfFile as s, behaviourPath as t, isLedgerPath as u, modelOfWithdrawn as v, stagesPath as w, policyPath as x, modelPath as y };