import { downloadArtifact, uploadArtifact } from './artifact-step.ts';
import { findKey } from './call.ts';
import { checkout } from './checkout-step.ts';
import type { JobSession } from './job-session.ts';
import type { StepAnswer } from './step-process.ts';
import type { Mapping } from './workflow.ts';

/** Reads an input of a built-in action as a text; its default when it is not given. */
export type ReadInput = (name: string, fallback: string) => string;
export type Outputs = Readonly<Record<string, string>>;

/** Inputs that each built-in action heeds, or may ignore without doing something else than GitHub's. */
const INPUTS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'actions/checkout',
    [
      'ref',
      'repository',
      'token',
      'path',
      'clean',
      'fetch-depth',
      'fetch-tags',
      'persist-credentials',
      'show-progress',
    ],
  ],
  [
    'actions/upload-artifact',
    [
      ...['name', 'path', 'overwrite', 'if-no-files-found', 'retention-days', 'include-hidden-files'],
      'compression-level',
    ],
  ],
  [
    'actions/download-artifact',
    ['name', 'artifact-ids', 'path', 'pattern', 'merge-multiple', 'run-id', 'repository', 'github-token'],
  ],
  [
    'actions/setup-node',
    ['node-version', 'node-version-file', 'cache', 'package-manager-cache', 'check-latest'],
  ],
]);

/** Plays one of GitHub's own actions inside this process. @throws Error with the message that the action gives. */
export async function runBuiltIn(session: JobSession, name: string, inputs: Mapping): Promise<StepAnswer> {
  const unknown = Object.keys(inputs).find((input) => !INPUTS.get(name)?.includes(input.toLowerCase()));
  // Doing less than the workflow asks for would pass for success.
  if (unknown !== undefined) throw new Error(`The sandbox's ${name} does not know the input '${unknown}'`);
  const read: ReadInput = (input, fallback) => {
    const value = inputs[findKey(inputs, input) ?? ''];
    return value === undefined || value === null || value === '' ? fallback : String(value);
  };
  return { outputs: await play(session, name, read), code: 0, reason: 'exit' };
}

function play(session: JobSession, name: string, read: ReadInput): Promise<Outputs> {
  if (name === 'actions/checkout') return checkout(session, read);
  if (name === 'actions/upload-artifact') return uploadArtifact(session, read);
  if (name === 'actions/download-artifact') return downloadArtifact(session, read);
  return Promise.resolve({ 'node-version': process.version, 'cache-hit': 'false' });
}
