import { downloadArtifact, uploadArtifact } from './artifact-step.ts';
import { findKey } from './call.ts';
import { checkout } from './checkout-step.ts';
import type { JobSession } from './job-session.ts';
import type { StepAnswer } from './step-process.ts';
import type { Mapping } from './workflow.ts';

/** Reads an input of a built-in action as a text; its default when it is not given. */
export type ReadInput = (name: string, fallback: string) => string;
export type Outputs = Readonly<Record<string, string>>;

/** Plays one of GitHub's own actions inside this process. @throws Error with the message that the action gives. */
export async function runBuiltIn(session: JobSession, name: string, inputs: Mapping): Promise<StepAnswer> {
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
