import { z } from 'zod';
import type { Policy, TrustedWorkflow } from '../config/policy.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { Jwk } from '../evidence/jwk.ts';
import { type Payload, verifyJws } from '../evidence/jws.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import { type AnchorStatement, noAnchor, readStatement, renderStatement } from './anchor-statement.ts';

/**
 * A statement with GitHub's signature under it: a token that GitHub gave to one job for exactly these bytes. Whoever holds
 * the app's key can write check runs; a token of the trusted workflow on the default branch is not to be had with it.
 */
export interface SignedAnchor {
  readonly statement: AnchorStatement;
  readonly token: string;
  /** The issuer's key as it was published then. Whoever made the file may have made the key. */
  readonly jwk: Jwk;
}

/** What must be true of the run that signed. null: the reader does not know it, and says so. */
export interface AnchorExpectations {
  readonly issuer: string | null;
  readonly repositoryId: number | null;
  /** `refs/heads/main`: a workflow of any other branch is anybody's who may push. */
  readonly ref: string | null;
  readonly workflow: TrustedWorkflow | null;
  /** `github-hosted`; a runner group that the policy gives the judge lets machines of one's own sign too. */
  readonly runner: string | null;
}

/** A statement has some kilobytes, and a token as many. */
export const maxAnchorBytes = 64 * 1024;
/** Name of the file in a release. */
export const anchorFileName = 'gatehouse-ledger-anchor.json';
/** Nobody but a schedule or a person who presses the button. */
const events = ['schedule', 'workflow_dispatch'];
/** The statement names its time a moment before it asks for the token; the clock of a runner of one's own may be off. */
const maxDelaySeconds = 3600;

const jwk = z.record(z.string().max(40), z.string().max(4096)).and(z.object({ kty: z.string() }));
const fileSchema = z.strictObject({
  kind: z.literal('SignedLedgerAnchor'),
  v: z.literal(1),
  statement: z.unknown(),
  token: z.string().max(16_384),
  jwk,
});

/** The workflow that anchors lies beside the one that judges, and is trusted at the same commits. */
export const anchorWorkflowOf = ({ judge }: Policy['trusted']): TrustedWorkflow => ({
  path: judge.path.replace(/[^/]+$/, 'anchor-ledger.yml'),
  shas: judge.shas,
});

/** What the job asks the token for: another word than evidence has, so that neither stands in for the other. */
export const audienceOf = (statement: AnchorStatement): string =>
  `gatehouse-anchor:${digestBytes(renderStatement(statement))}`;

export const renderSignedAnchor = ({ statement, token, jwk: key }: SignedAnchor): string =>
  `${canonicalJson({ kind: 'SignedLedgerAnchor', v: 1, statement, token, jwk: key })}\n`;

/**
 * Reads the file of an anchor; that it is signed says `verifySignedAnchor`.
 * @param text whoever may write to the place that keeps it controls it
 * @throws InputError ANCHOR_INVALID, JSON_INVALID
 */
export function parseSignedAnchor(text: string, source: string): SignedAnchor {
  if (text.length > maxAnchorBytes) throw noAnchor(source, `it is longer than ${maxAnchorBytes} characters`);
  const { success, data } = fileSchema.safeParse(parseStrictJson(text, source));
  if (!success) throw noAnchor(source, 'it has another form');
  const { token } = data;
  return { statement: readStatement(data.statement, source), token, jwk: data.jwk };
}

/**
 * Says whether GitHub signed an anchor for the trusted workflow on the default branch.
 * @param keys of the issuer; the anchor's own key where nobody can be asked
 * @returns the finding that says what is wrong with it; null: it is believed
 */
export function verifySignedAnchor(
  signed: SignedAnchor,
  keys: readonly Jwk[],
  expected: AnchorExpectations,
  source: string,
): Finding | null {
  const payload = verifyJws(signed.token, keys);
  if (typeof payload === 'string') return refuse(source, payload);
  const wrong =
    wrongOrigin(payload, signed.statement, expected) ??
    wrongWorkflow(payload, expected.workflow) ??
    wrongTime(payload, signed.statement);
  return wrong === null ? null : refuse(source, wrong);
}

function wrongOrigin(
  payload: Payload,
  statement: AnchorStatement,
  expected: AnchorExpectations,
): string | null {
  const { issuer, repositoryId, ref, runner } = expected;
  if (repositoryId !== null && statement.repositoryId !== repositoryId)
    return `it is of repository ${statement.repositoryId}, not ${repositoryId}`;
  const runners = runner === 'github-hosted' ? [runner] : ['github-hosted', 'self-hosted'];
  const rules: readonly (readonly [string, string, readonly string[]])[] = [
    ['aud', 'other bytes', [audienceOf(statement)]],
    ['repository_id', 'another repository', [String(statement.repositoryId)]],
    ['event_name', 'another event', events],
    ...(issuer === null ? [] : [['iss', 'another issuer', [issuer]] as const]),
    ...(ref === null ? [] : [['ref', 'another branch', [ref]] as const]),
    ...(runner === null ? [] : [['runner_environment', 'another runner', runners] as const]),
  ];
  const broken = rules.find(([claim, , allowed]) => !allowed.includes(textOf(payload, claim)));
  return broken === undefined ? null : `it was signed for ${broken[1]}: ${shown(payload, broken[0])}`;
}

function wrongWorkflow(payload: Payload, workflow: TrustedWorkflow | null): string | null {
  if (workflow === null) return null;
  const [path, ...ref] = textOf(payload, 'job_workflow_ref').split('@');
  if (path !== workflow.path || ref.length === 0)
    return `it was signed by another workflow: ${shown(payload, 'job_workflow_ref')}`;
  if (workflow.shas.includes(textOf(payload, 'job_workflow_sha'))) return null;
  return `it was signed by a commit of the workflow that trusted.shas does not list: ${shown(payload, 'job_workflow_sha')}`;
}

/** Without a clock: the statement names its own time, and the token must be of that moment. */
function wrongTime(payload: Payload, { at }: AnchorStatement): string | null {
  const [iat, stated] = [payload.get('iat'), parseInstant(at)];
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat) || stated === null)
    return 'it has no readable time';
  const delay = iat - stated / 1000;
  const isNear = Number.isFinite(delay) && delay >= -maxDelaySeconds && delay <= maxDelaySeconds;
  return isNear ? null : `it says ${at} and was signed ${Math.round(Math.abs(delay))} seconds away from that`;
}

function textOf(payload: Payload, claim: string): string {
  const value = payload.get(claim);
  return typeof value === 'string' ? value : '';
}

const shown = (payload: Payload, claim: string): string =>
  textOf(payload, claim).slice(0, 160) || 'it does not say';

function refuse(source: string, why: string): Finding {
  return {
    code: 'ledger/anchor-refused',
    severity: 'fail',
    message: `The anchor ${source} is not believed: ${why}`,
    where: { file: source },
    fix: 'Find out who put it there. The workflow anchor-ledger.yml, called on the default branch, leaves a new one.',
  };
}
