import { checkName } from '../../adapters/github/anchors.ts';
import type { CheckContent } from '../../adapters/github/writer.ts';
import type { GatehouseError } from '../../core/error/error.ts';
import { cell, plainText } from '../../core/report/cell.ts';
import type { RenderedCheck } from '../../core/report/check.ts';
import type { Governance } from '../gather/governance.ts';

const none: readonly never[] = [];

/** The decision's check of a head, as rendered. External id: the subject, so that it can be found again. */
export function toCheck(headSha: string, subject: string | null, rendered: RenderedCheck): CheckContent {
  const { title, summary, text, annotations } = rendered;
  const common = {
    name: checkName,
    headSha,
    externalId: subject ?? 'no subject',
    output: { title, summary, text, annotations },
  };
  if (rendered.conclusion === null)
    return { ...common, status: 'in_progress', buttons: [lookButton, requestButton] };
  const buttons = rendered.conclusion === 'success' ? [] : [lookButton];
  return { ...common, conclusion: rendered.conclusion, buttons };
}

const lookButton = {
  identifier: 'look',
  label: 'Look again',
  description: 'Reads everything again from GitHub',
};
/** Pressing it asks again those who were asked, and looked at an earlier commit. */
const requestButton = {
  identifier: 'request',
  label: 'Ask reviewers',
  description: 'Requests those whose approval helps',
};

/** While a run may still bring the result: what it says of its progress stays above what the decision says. */
export const keepProgress = (check: CheckContent): CheckContent =>
  'conclusion' in check ? check : { ...check, keepsProgress: true };

/** Shown at once, before anything was read. */
export function startedCheck(headSha: string): CheckContent {
  return {
    name: checkName,
    headSha,
    externalId: 'started',
    status: 'in_progress',
    output: {
      title: 'Looking at this pull request',
      summary: 'Gatehouse reads what this pull request asks for. This takes some seconds.',
      text: '',
      annotations: none,
    },
  };
}

/**
 * Never a success: the same commit may be the head of another pull request, whose base is governed.
 * Without any policy there is no gate to pass, and nothing to hold.
 */
export function ungovernedCheck(
  headSha: string,
  baseRef: string,
  governance: Exclude<Governance, { kind: 'governed' }>,
): CheckContent {
  const notSetUp = governance.kind === 'not set up';
  const branches = notSetUp ? '' : governance.branches.map((branch) => cell(branch)).join(', ');
  return {
    name: checkName,
    headSha,
    externalId: 'not governed',
    conclusion: notSetUp ? 'neutral' : 'action_required',
    output: {
      title: plainText(notSetUp ? 'Not set up: there is no policy yet' : `Not governed: ${baseRef}`, 120),
      summary: notSetUp
        ? 'The default branch has no `.github/gatehouse.yml`. Nothing was checked, nothing is held up and nothing is recorded. To begin, add the policy in a pull request: `gatehouse init` writes it. To leave for good, take this check out of the rules of the branch.'
        : `Gatehouse governs ${branches} and not this base branch, so nothing was checked. Change the base of this pull request, or have the governors add the branch to \`branches\` in \`.github/gatehouse.yml\`.`,
      text: '',
      annotations: none,
    },
  };
}

/**
 * Ends the check when a look failed. A fault of the user's files is a failure that says where; GitHub or a service not
 * answering says nothing about the model, and still is no pass.
 * @param reportOnly the policy of the base says `enforce: false`
 */
export function failedCheck(headSha: string, error: GatehouseError, reportOnly = false): CheckContent {
  const input = error.kind === 'input';
  const where = error.where === undefined ? '' : ` (${cell(error.where.file, 200)})`;
  const problems = error.findings.map(({ message, fix }) => `- ${cell(message, 500)} ${cell(fix, 500)}`);
  const lines = [
    `**${error.code}**: ${cell(error.message, 1000)}${where}`,
    '',
    cell(error.hint, 1000),
    '',
    ...problems.slice(0, 50),
  ];
  return {
    name: checkName,
    headSha,
    externalId: `error:${error.code}`,
    conclusion: reportOnly ? 'neutral' : input ? 'failure' : 'action_required',
    output: {
      title: plainText(
        `${reportOnly ? 'Report only: ' : ''}${input ? 'Fail' : 'Not evaluated'}: ${error.message}`,
        120,
      ),
      summary: lines.join('\n').trim(),
      text: '',
      annotations: none,
    },
  };
}

/** Ends a check that GitHub would soon give up; the one that follows says the same as it did. */
export function renewedCheck(headSha: string): CheckContent {
  return {
    name: checkName,
    headSha,
    externalId: 'renewed',
    conclusion: 'cancelled',
    output: {
      title: 'Renewed: a newer check goes on',
      summary: 'GitHub gives up a check that waits for two weeks, so a newer one waits in its place.',
      text: '',
      annotations: none,
    },
  };
}

export function closedCheck(headSha: string): CheckContent {
  return {
    name: checkName,
    headSha,
    externalId: 'closed',
    conclusion: 'cancelled',
    output: {
      title: 'Closed without merging',
      summary: 'Nothing was recorded. Reopen the pull request to have it looked at again.',
      text: '',
      annotations: none,
    },
  };
}
