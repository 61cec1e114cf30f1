import type { GitHubReader } from '../adapters/github/reader.ts';
import { policyPath } from '../core/config/layout.ts';
import { parsePolicy } from '../core/config/policy-file.ts';
import { sealKeyOf } from '../core/config/seal-key.ts';
import { defaultAnswers } from '../core/onboarding/answers.ts';
import { contractDays } from '../core/onboarding/contract-text.ts';
import { findExisting, findSetup } from '../core/onboarding/find-setup.ts';
import { renderOnboarding } from '../core/onboarding/onboarding.ts';
import { proposeSetup } from '../core/onboarding/propose-setup.ts';
import { isSurveyed, type Survey } from '../core/onboarding/survey.ts';
import { bringPull } from './align-pull.ts';
import { type BotDeps, openSources } from './deps.ts';
import { toText } from './gather/text.ts';
import { readPastReplay } from './past-pulls.ts';

const branch = 'gatehouse/onboarding';
/** Files whose text is read: each is a call. */
const mostTexts = 40;

/**
 * Opens one pull request with a policy that only reports, in a repository that has a model and nothing of Gatehouse.
 * Once: whoever closes it has said no. It says what the last merged pull requests would have met. The workflow is in its description, since the app may write none; contracts and
 * models come with `gatehouse init`, which sees the data.
 */
export async function onboard(deps: BotDeps): Promise<void> {
  const { reader } = openSources(deps);
  const repository = await reader.repository();
  const tip = await reader.branchHead(repository.defaultBranch);
  if (tip === null) return;
  const paths = [...(await reader.tree(tip)).keys()].sort();
  // Also one that cannot be read, or under the other ending: it is somebody's.
  if (paths.some((path) => /^\.github\/gatehouse\.ya?ml$/.test(path)) || (await wasAsked(deps, reader)))
    return;
  const survey = await readSurvey(reader, { tip, paths, fullName: repository.fullName });
  const existing = findExisting(survey);
  const found = findSetup(survey, existing);
  if (found.models.length === 0) return;
  const [key] = deps.keys;
  const sealTo = key === undefined ? {} : { sealTo: sealKeyOf(key).spki };
  const answers = { ...defaultAnswers(found, existing, null), ...sealTo };
  const expires = new Date(Date.parse(deps.now()) + contractDays * 86_400_000).toISOString().slice(0, 10);
  const whole = proposeSetup({ survey, found, existing, answers, inferred: new Map(), expires });
  const policy = whole.files.find(({ path }) => path === policyPath);
  if (policy === undefined) return;
  const byHand = whole.files.filter(({ path }) => path.startsWith('.github/workflows/'));
  const past = await readPastReplay(deps, repository.defaultBranch, {
    ...{ policy: parsePolicy(policy.text, policyPath), found },
  });
  await bringPull(deps, reader, {
    ...{ branch, base: repository.defaultBranch, tip, path: policyPath, content: policy.text },
    title: 'Set up Gatehouse, report-only',
    body: renderOnboarding({
      found,
      answers,
      proposal: { ...whole, files: [policy] },
      byHand,
      past,
    }).trimEnd(),
  });
}

/** Open, merged or closed: it was seen. */
async function wasAsked({ name }: BotDeps, reader: GitHubReader): Promise<boolean> {
  const head = `${name.owner}:${branch}`;
  // One list: between two of them it could be closed, and be in neither.
  return (await reader.pulls({ state: 'all', head, limit: 1 })).length > 0;
}

interface Place {
  readonly tip: string;
  readonly paths: readonly string[];
  readonly fullName: string;
}

async function readSurvey(reader: GitHubReader, { tip, paths, fullName }: Place): Promise<Survey> {
  const texts = new Map<string, string>();
  for (const path of paths.filter(isSurveyed).slice(0, mostTexts)) {
    const bytes = await reader.file(path, tip);
    const text = bytes === null ? null : toText(bytes);
    if (text !== null) texts.set(path, text);
  }
  // Data stays where it is: the app reads no table.
  return { paths, texts, tables: new Set(), repository: fullName, folder: fullName };
}
