import { randomBytes, randomUUID } from 'node:crypto';
import { HubError } from '../hub/hub-error.ts';
import type { Hub } from '../hub/interface.ts';
import type { Claims, Issuer } from './issuer.ts';
import type { Run } from './run.ts';

/** What the issuer knows about one job. */
export interface JobIdentity {
  readonly run: Run;
  readonly jobId: number;
  /** `owner/repo/.github/workflows/f.yml@ref` of the file that defines the job: the called one, when called. */
  readonly jobWorkflowRef: string;
  readonly jobWorkflowSha: string;
  readonly workflowName: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly environment: string | undefined;
  readonly runnerEnvironment: 'github-hosted' | 'self-hosted';
}

/** What a job with id-token: write finds in its environment. */
export interface IdentityGrant {
  readonly requestUrl: string;
  readonly requestToken: string;
  /** The job is over: no more tokens. */
  revoke(): void;
}

/** Seconds before and after iat, as in the example that GitHub documents. */
const [NOT_BEFORE, LIFETIME] = [600, 300];

/** Mounts the issuer's pages and the token request endpoint. @returns how a job is given access to it. */
export function mountIdentity(hub: Hub, issuer: Issuer): (identity: JobIdentity) => IdentityGrant {
  const grants = new Map<string, JobIdentity>();
  const base = '//_services/token';
  hub.routes.add('GET', `${base}/.well-known/openid-configuration`, () => ({
    status: 200,
    body: issuer.configuration,
  }));
  hub.routes.add('GET', `${base}/.well-known/jwks`, () => ({ status: 200, body: issuer.jwks }));
  hub.routes.add('GET', '//_services/pipelines/jobs/:job/idtoken', (call) => {
    const token = bearerOf(call.headers.authorization);
    const identity = token === undefined ? undefined : grants.get(token);
    if (identity === undefined || String(identity.jobId) !== call.params.job) {
      throw new HubError(401, 'The job may not request an ID token');
    }
    const audience = call.query.get('audience') || `${hub.url}/${identity.run.repository.owner.login}`;
    const value = issuer.sign(makeClaims(identity, audience, issuer.url, hub.clock.now()));
    return { status: 200, body: { count: value.length, value } };
  });
  return (identity) => {
    const requestToken = randomBytes(32).toString('base64url');
    grants.set(requestToken, identity);
    return {
      requestToken,
      requestUrl: `${hub.url}/_services/pipelines/jobs/${identity.jobId}/idtoken?api-version=2.0`,
      revoke: () => grants.delete(requestToken),
    };
  };
}

/** The token of an Authorization header. */
export function bearerOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? /^bearer (\S+)$/i.exec(header)?.[1] : undefined;
}

/**
 * The claims of one job's token; ids are texts.
 * @see https://docs.github.com/actions/reference/openid-connect-reference
 */
export function makeClaims(identity: JobIdentity, audience: string, issuer: string, now: string): Claims {
  const { run } = identity;
  const { repository } = run;
  const iat = Math.floor(Date.parse(now) / 1000);
  return {
    jti: randomUUID(),
    sub: `repo:${repository.fullName}:${subjectOf(identity)}`,
    aud: audience,
    ref: run.ref,
    sha: run.sha,
    repository: repository.fullName,
    repository_owner: repository.owner.login,
    repository_owner_id: String(repository.owner.id),
    run_id: String(run.id),
    run_number: String(run.number),
    run_attempt: String(run.attempt),
    repository_visibility: repository.private ? 'private' : 'public',
    repository_id: String(repository.id),
    actor_id: String(run.actor.id),
    actor: run.actor.login,
    workflow: identity.workflowName,
    head_ref: identity.headRef,
    base_ref: identity.baseRef,
    event_name: run.event,
    ref_protected: repository.protections.has(run.ref.replace('refs/heads/', '')) ? 'true' : 'false',
    ref_type: run.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    workflow_ref: `${repository.fullName}/${run.workflow.path}@${run.ref}`,
    workflow_sha: run.sha,
    job_workflow_ref: identity.jobWorkflowRef,
    job_workflow_sha: identity.jobWorkflowSha,
    runner_environment: identity.runnerEnvironment,
    check_run_id: String(identity.jobId),
    ...(identity.environment === undefined ? {} : { environment: identity.environment }),
    iss: issuer,
    nbf: iat - NOT_BEFORE,
    exp: iat + LIFETIME,
    iat,
  };
}

function subjectOf({ run, environment }: JobIdentity): string {
  if (environment !== undefined) return `environment:${environment}`;
  return run.event === 'pull_request' ? 'pull_request' : `ref:${run.ref}`;
}
