/** Where things lie in a user's repository. */
export const policyPath = '.github/gatehouse.yml';

const modelFile = /^models\/(.+)\/model\.yml$/;
const behaviourFile = /^models\/(.+)\/behaviour\.yml$/;
const stagesFile = /^models\/(.+)\/stages\.yml$/;
const contractFile = /^datasets\/([^/]+)\.yml$/;

export const modelPath = (model: string): string => `models/${model}/model.yml`;
export const behaviourPath = (model: string): string => `models/${model}/behaviour.yml`;
export const stagesPath = (model: string): string => `models/${model}/stages.yml`;
export const contractPath = (dataset: string): string => `datasets/${dataset}.yml`;

/** Name of the model whose `model.yml` this is, else null. Not yet checked to be a legal name. */
export const modelOfFile = (path: string): string | null => modelFile.exec(path)?.[1] ?? null;
export const modelOfBehaviour = (path: string): string | null => behaviourFile.exec(path)?.[1] ?? null;
/** Of either file that says how a model is judged. */
export const modelOfRules = (path: string): string | null => modelOfFile(path) ?? modelOfBehaviour(path);
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
    modelOfRules(path) !== null
  );
}

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
