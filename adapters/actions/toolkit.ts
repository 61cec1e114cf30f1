import * as core from '@actions/core';
import { InputError, ServiceError } from '../../core/error/error.ts';

/** An input as the workflow gives it; empty when it gives none. */
export const input = (name: string): string => core.getInput(name);

/**
 * An input that must be there. GitHub does not enforce `required: true`.
 * @throws InputError INPUT_MISSING
 */
export function needInput(name: string): string {
  const value = core.getInput(name);
  if (value !== '') return value;
  throw new InputError('INPUT_MISSING', `The input "${name}" is empty`, {
    hint: `Give it in the workflow: with: { ${name}: ... }`,
  });
}

/** Lines of an input, without empty ones. */
export const inputLines = (name: string): readonly string[] =>
  core
    .getInput(name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}

/** One step's summary may hold 1 MiB; over that GitHub drops it whole. */
const maxSummaryBytes = 900 * 1024;

export async function writeSummary(markdown: string): Promise<void> {
  const fits = Buffer.byteLength(markdown) <= maxSummaryBytes;
  core.summary.addRaw(
    fits ? markdown : 'The report is too large for a job summary; it is in the evidence artifact.',
  );
  await core.summary.write();
}

/**
 * Writes a line of the log. Names of files and stages are the proposer's: the runner reads a command at the start of any
 * line, and one of its old form anywhere.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs TryParseV2, TryParse
 */
export const say = (text: string): void => core.info(withoutCommands(text));

/** Only a text that is one line, and begins with it, is a command of ours. */
function withoutCommands(text: string): string {
  return text.replace(/([\r\n][\s\u0085]*):(?=:)/g, '$1:\u200b').replace(/##(?=\[)/g, '##\u200b');
}

/** Text that must never show up in a log. */
export const hide = (secret: string): void => core.setSecret(secret);

export function failStep(message: string): void {
  core.setFailed(message);
}

/** Can this job ask GitHub for an identity token? A pull request from a fork cannot. */
export const canSign = (): boolean => (process.env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '') !== '';

/**
 * Asks for an identity token. A digest in the audience never shows up in a log: the toolkit writes the whole address as a
 * debug line, which whoever runs a job again may switch on, and a digest of evidence confirms a guess at its numbers.
 * @throws ServiceError IDENTITY_TOKEN when the job has no `id-token: write` or GitHub does not answer
 * @see https://github.com/actions/toolkit/blob/main/packages/core/src/oidc-utils.ts getIDToken
 */
export async function askIdentityToken(audience: string): Promise<string> {
  for (const digest of audience.match(/[0-9a-f]{64}/g) ?? []) hide(digest);
  try {
    return await core.getIDToken(audience);
  } catch (cause) {
    throw new ServiceError('IDENTITY_TOKEN', 'GitHub gave this job no identity token', {
      hint: 'Grant the calling job permissions: { id-token: write }. A pull request from a fork never gets one.',
      cause,
    });
  }
}
