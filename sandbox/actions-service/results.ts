import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { HubError } from '../hub/hub-error.ts';
import type { Answer, Call, Hub } from '../hub/interface.ts';
import { type ArtifactShelf, checkName } from './artifact-shelf.ts';
import { bearerOf } from './identity.ts';
import { mountUploads, type Upload, type Uploads } from './results-blob.ts';
import type { Run } from './run.ts';

/** What the actions of a job are given to upload artifacts with. */
export interface RuntimeGrant {
  /** ACTIONS_RESULTS_URL */
  readonly url: string;
  /** ACTIONS_RUNTIME_TOKEN */
  readonly token: string;
  /** The job is over. */
  revoke(): void;
}

interface Holder {
  readonly run: Run;
  readonly attempt: number;
  readonly runBackendId: string;
  readonly jobBackendId: string;
  /** Artifacts that the job has created, finished or not. */
  created: number;
}

const PER_JOB = 500;
const SERVICE = '//twirp/github.actions.results.api.v1.ArtifactService';
const DAY_MS = 86_400_000;

/** A refusal in the form of Twirp: `{ code, msg }`. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Mounts the artifact service that actions use inside a job, version 4.
 * @returns how a job is given access to it
 * @see https://github.com/actions/toolkit/tree/main/packages/artifact
 */
export function mountResults(hub: Hub, shelf: ArtifactShelf): (run: Run) => RuntimeGrant {
  const holders = new Map<string, Holder>();
  // The name of an artifact that was begun is taken, whether it was finished or not.
  const begun = new Map<string, Upload>();
  const uploads = mountUploads(hub);
  const answer = (call: Call, act: (holder: Holder, body: Body) => Body): Answer => {
    try {
      const holder = holders.get(bearerOf(call.headers.authorization) ?? '');
      if (holder === undefined) throw new Refusal(401, 'unauthenticated', 'authentication failed');
      return { status: 200, body: { ok: true, ...act(holder, readBody(call, holder)) } };
    } catch (error) {
      if (error instanceof HubError)
        return { status: error.status, body: { code: 'malformed', msg: error.message } };
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { code: error.code, msg: error.message } };
    }
  };
  hub.routes.add('POST', `${SERVICE}/CreateArtifact`, (call) =>
    answer(call, (holder, body) => ({ signed_upload_url: create(holder, body, begun, shelf, uploads) })),
  );
  hub.routes.add('POST', `${SERVICE}/FinalizeArtifact`, (call) =>
    answer(call, (holder, body) => ({
      artifact_id: String(finalize(holder, body, begun, shelf, Date.parse(hub.clock.now()))),
    })),
  );
  hub.routes.add('POST', `${SERVICE}/DeleteArtifact`, (call) =>
    answer(call, (holder, body) => ({ artifact_id: String(remove(holder, body, begun, shelf)) })),
  );
  const runIds = new Map<string, string>();
  return (run) => {
    const key = `${run.id} ${run.attempt}`;
    const runBackendId = runIds.get(key) ?? randomUUID();
    runIds.set(key, runBackendId);
    const holder = { run, attempt: run.attempt, runBackendId, jobBackendId: randomUUID(), created: 0 };
    const token = makeToken(holder);
    holders.set(token, holder);
    return { url: `${hub.url}/`, token, revoke: () => holders.delete(token) };
  };
}

type Body = Readonly<Record<string, unknown>>;

function readBody(call: Call, holder: Holder): Body {
  const body = call.json();
  const own =
    body.workflow_run_backend_id === holder.runBackendId &&
    body.workflow_job_run_backend_id === holder.jobBackendId;
  if (!own) throw new Refusal(403, 'permission_denied', 'the token is of another job');
  return body;
}

const keyOf = (holder: Holder, body: Body): string => `${holder.runBackendId} ${String(body.name)}`;

function create(
  holder: Holder,
  body: Body,
  begun: Map<string, Upload>,
  shelf: ArtifactShelf,
  uploads: Uploads,
): string {
  const name = String(body.name ?? '');
  try {
    checkName(name);
  } catch (error) {
    throw new Refusal(400, 'invalid_argument', error instanceof Error ? error.message : String(error));
  }
  if (body.version !== 4) throw new Refusal(400, 'invalid_argument', 'only version 4 is taken');
  const expiresAt = body.expires_at === undefined ? null : Date.parse(String(body.expires_at));
  if (Number.isNaN(expiresAt)) throw new Refusal(400, 'invalid_argument', 'expires_at is no time');
  const taken =
    begun.has(keyOf(holder, body)) ||
    shelf.listOf(holder.run).some((one) => one.name === name && one.attempt === holder.attempt);
  if (taken) {
    throw new Refusal(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
  }
  if (holder.created >= PER_JOB)
    throw new Refusal(403, 'resource_exhausted', 'too many artifacts of this job');
  holder.created += 1;
  const { url, upload } = uploads.open(expiresAt);
  begun.set(keyOf(holder, body), upload);
  return url;
}

function finalize(
  holder: Holder,
  body: Body,
  begun: Map<string, Upload>,
  shelf: ArtifactShelf,
  nowMs: number,
): number {
  const upload = begun.get(keyOf(holder, body));
  if (upload?.bytes === undefined) throw new Refusal(404, 'not_found', 'no content was uploaded');
  const { bytes, expiresAt } = upload;
  const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (body.size !== String(bytes.length))
    throw new Refusal(400, 'invalid_argument', 'another size was uploaded');
  if (body.hash !== undefined && body.hash !== hash) {
    throw new Refusal(400, 'invalid_argument', 'other content was uploaded');
  }
  const days = expiresAt === null ? 90 : Math.min(90, Math.max(1, Math.round((expiresAt - nowMs) / DAY_MS)));
  begun.delete(keyOf(holder, body));
  return shelf.store({
    ...{ run: holder.run, name: String(body.name), bytes },
    overwrite: false,
    retentionDays: days,
  }).id;
}

function remove(holder: Holder, body: Body, begun: Map<string, Upload>, shelf: ArtifactShelf): number {
  const found = shelf
    .listOf(holder.run)
    .find((one) => one.name === body.name && one.attempt === holder.attempt);
  if (found === undefined) throw new Refusal(404, 'not_found', 'artifact not found');
  begun.delete(keyOf(holder, body));
  shelf.remove(found.id);
  return found.id;
}

/** Looks like GitHub's, which is a JWT; whoever holds it can read the claims, only the exact text counts here. */
function makeToken({ runBackendId, jobBackendId }: Holder): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const scp = `Actions.ExampleScope Actions.Results:${runBackendId}:${jobBackendId}`;
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ scp })}.${randomBytes(32).toString('base64url')}`;
}
