/** Where things lie in a user's repository. */
export const policyPath = '.github/gatehouse.yml';

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

export const modelPath = (model: string): string => `models/${model}/model.yml`;
export const behaviourPath = (model: string): string => `models/${model}/behaviour.yml`;
export const readinessPath = (model: string): string => `models/${model}/readiness.yml`;
export const risksPath = (model: string): string => `models/${model}/risks.yml`;
export const withdrawnPath = (model: string): string => `models/${model}/withdrawn.yml`;
export const breakGlassPath = (name: string): string => `break-glass/${name}.yml`;
export const breakGlassReviewPath = (name: string): string => `break-glass/${name}.review.yml`;
export const waiverPath = (name: string): string => `waivers/${name}.yml`;
export const stagesPath = (model: string): string => `models/${model}/stages.yml`;
export const contractPath = (dataset: string): string => `datasets/${dataset}.yml`;

/** Name of the model whose `model.yml` this is, else null. Not yet checked to be a legal name. */
export const modelOfFile = (path: string): string | null => modelFile.exec(path)?.[1] ?? null;
export const modelOfBehaviour = (path: string): string | null => behaviourFile.exec(path)?.[1] ?? null;
export const modelOfReadiness = (path: string): string | null => readinessFile.exec(path)?.[1] ?? null;
export const modelOfRisks = (path: string): string | null => risksFile.exec(path)?.[1] ?? null;
export const modelOfWithdrawn = (path: string): string | null => withdrawnFile.exec(path)?.[1] ?? null;
/** Of either file that is read for every model: they say how it is judged. */
export const modelOfJudging = (path: string): string | null => modelOfFile(path) ?? modelOfBehaviour(path);
/** Of every file of a model that its owner answers for. */
export const modelOfRules = (path: string): string | null =>
  modelOfJudging(path) ?? modelOfReadiness(path) ?? modelOfRisks(path) ?? modelOfWithdrawn(path);
/** Name of the waiver whose file this is. */
export const waiverOfFile = (path: string): string | null => waiverFile.exec(path)?.[1] ?? null;
/** Name of the request to break the glass whose file this is. */
export const breakGlassOfFile = (path: string): string | null => breakGlassFile.exec(path)?.[1] ?? null;
/** Name of the review of one whose file this is. */
export const breakGlassReviewOfFile = (path: string): string | null =>
  breakGlassReviewFile.exec(path)?.[1] ?? null;
export const modelOfStages = (path: string): string | null => stagesFile.exec(path)?.[1] ?? null;
export const datasetOfFile = (path: string): string | null => contractFile.exec(path)?.[1] ?? null;

/** Files that decide how others are judged: policy, contracts, and everything that GitHub itself runs or asks. */
export function isConfiguration(path: string): boolean {
  return (
    path === policyPath ||
    path.startsWith('.github/workflows/') ||
    path.startsWith('.github/actions/') ||
    /^(?:|docs\/|\.github\/)CODEOWNERS$/.test(path) ||
    datasetOfFile(path) !== null ||
    waiverOfFile(path) !== null ||
    path.startsWith('break-glass/') ||
    modelOfRules(path) !== null
  );
}

/**
 * Files whose text `gatehouse check` and `gatehouse doctor` read. Also the ending that nobody else reads, so that it is
 * named as a mistake instead of passed over.
 */
export const isChecked = (path: string): boolean =>
  /^(?:\.github\/(?:gatehouse|workflows\/[^/]+)|datasets\/[^/]+|(?:waivers|break-glass)\/[^/]+|models\/.+\/(?:model|behaviour|readiness|risks|withdrawn|stages))\.ya?ml$/.test(
    path,
  );

/** Paths that only the app writes, when the ledger lies on the same branch. */
export function isLedgerPath(path: string): boolean {
  return (
    path.startsWith('audit/') ||
    path.startsWith('endpoints/') ||
    /^models\/.+\/(?:versions\/.*|state\.yml|status\.yml|MODEL_CARD\.md)$/.test(path)
  );
}

/** Names by a pattern of path, sorted. */
export function namesIn(
  files: ReadonlyMap<string, unknown>,
  nameOf: (path: string) => string | null,
): readonly string[] {
  return [...files.keys()].flatMap((path) => nameOf(path) ?? []).sort();
}
