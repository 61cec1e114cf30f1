import type { TrustedWorkflow } from '../config/policy.ts';
import type { Finding } from '../finding/finding.ts';
import { digestBytes } from '../json/canonical.ts';
import type { SealedEvidence } from './evidence.ts';
import { parseInstant } from './instant.ts';
import type { Jwk } from './jwk.ts';
import { type Payload, verifyJws } from './jws.ts';

/** What the app knows by itself about the run that must have made the evidence. All of it comes from GitHub's API. */
export interface ReceiptExpectations {
  /** `https://token.actions.githubusercontent.com`, or `<server url>/_services/token`. */
  readonly issuer: string;
  readonly repositoryId: number;
  readonly workflow: TrustedWorkflow;
  /** Events on which the workflow may have run, for example `pull_request`. */
  readonly events: readonly string[];
  /** The only ref on which it may have run: `refs/heads/main`. Absent: any, its content is bound otherwise. */
  readonly ref?: string;
  readonly run: {
    readonly id: number;
    /** Latest attempt of the run. */
    readonly attempt: number;
    readonly event: string;
    /** ISO 8601 UTC: when this attempt started, and when the run was last updated. */
    readonly startedAt: string;
    readonly updatedAt: string;
  };
  /** `policy.judgeRunner`: `github-hosted`, or the name of a runner group of the organisation. */
  readonly judgeRunner: string;
}

/** The claims that were checked, each as the token says it. */
export interface ReceiptClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly repositoryId: string;
  readonly workflowRef: string;
  readonly workflowSha: string;
  readonly event: string;
  readonly runId: string;
  readonly runAttempt: string;
  readonly runnerEnvironment: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Clocks of GitHub's own services may differ by this much. */
const leewaySeconds = 60;
/** GitHub's tokens live minutes; one that says it lives longer is not one of them. */
const maximumLifetimeSeconds = 3600;

/**
 * Verifies that the trusted workflow, in the run that we know, put its name under exactly this evidence.
 * Purely offline and without a clock: the token has long expired when the app looks, so its time of issue must lie
 * within the run.
 * @returns the claims, or the finding that says which one is wrong
 */
export function verifyReceipt(
  sealed: SealedEvidence,
  keys: readonly Jwk[],
  expected: ReceiptExpectations,
): { readonly claims: ReceiptClaims } | Finding {
  const payload = verifyJws(sealed.token, keys);
  if (typeof payload === 'string') return refuse('signature', `The receipt is not believed: ${payload}`);
  const texts = checkTexts(payload, sealed, expected);
  if (texts !== null) return texts;
  const times = checkTimes(payload, expected);
  return times ?? { claims: toClaims(payload) };
}

interface TextRule {
  readonly claim: string;
  readonly what: string;
  readonly allowed: readonly string[];
}

function checkTexts(payload: Payload, sealed: SealedEvidence, expected: ReceiptExpectations): Finding | null {
  const { run, workflow } = expected;
  const hosted = expected.judgeRunner === 'github-hosted' ? 'github-hosted' : 'self-hosted';
  const origin: readonly TextRule[] = [
    { claim: 'iss', what: 'issuer', allowed: [expected.issuer] },
    { claim: 'aud', what: 'audience', allowed: [`gatehouse:${digestBytes(sealed.text)}`] },
    { claim: 'repository_id', what: 'repository', allowed: [String(expected.repositoryId)] },
  ];
  const rest: readonly TextRule[] = [
    { claim: 'job_workflow_sha', what: 'workflow commit', allowed: workflow.shas },
    { claim: 'event_name', what: 'event', allowed: expected.events.filter((event) => event === run.event) },
    ...(expected.ref === undefined ? [] : [{ claim: 'ref', what: 'branch', allowed: [expected.ref] }]),
    { claim: 'run_id', what: 'run', allowed: [String(run.id)] },
    { claim: 'run_attempt', what: 'run attempt', allowed: [String(run.attempt)] },
    { claim: 'runner_environment', what: 'runner', allowed: [hosted] },
  ];
  // Who signed is told before at which commit: a job of one's own is another mistake than a moved workflow.
  return checkExact(payload, origin) ?? checkSigner(payload, workflow.path) ?? checkExact(payload, rest);
}

function checkExact(payload: Payload, rules: readonly TextRule[]): Finding | null {
  for (const rule of rules) {
    const found = payload.get(rule.claim);
    if (typeof found !== 'string' || !rule.allowed.includes(found)) return wrong(rule, found);
  }
  return null;
}

function checkSigner(payload: Payload, path: string): Finding | null {
  const ref = payload.get('job_workflow_ref');
  if (isRefOf(ref, path)) return null;
  return wrong({ claim: 'job_workflow_ref', what: 'workflow', allowed: [`${path}@…`] }, ref);
}

/** The path must be the whole text before `@`; what follows is a ref or a commit, whose sha is checked by itself. */
function isRefOf(found: unknown, path: string): boolean {
  if (typeof found !== 'string' || !found.startsWith(`${path}@`)) return false;
  return /^(?:refs\/[^\s]+|[0-9a-f]{40})$/.test(found.slice(path.length + 1));
}

function checkTimes(payload: Payload, { run }: ReceiptExpectations): Finding | null {
  const [iat, exp, nbf] = ['iat', 'exp', 'nbf'].map((claim) => payload.get(claim));
  if (!isSeconds(iat) || !isSeconds(exp)) return refuse('time', 'The receipt has no readable times');
  if (!(exp > iat && exp - iat <= maximumLifetimeSeconds)) {
    return refuse('time', `The receipt says that it lives ${exp - iat} seconds`);
  }
  if (nbf !== undefined && !(isSeconds(nbf) && nbf <= iat)) {
    return refuse('time', 'The receipt was not valid yet when it was issued');
  }
  const [started, updated] = [parseInstant(run.startedAt), parseInstant(run.updatedAt)];
  if (started === null || updated === null) return refuse('time', 'The times of the run could not be read');
  const within = iat * 1000 >= started - leewaySeconds * 1000 && iat * 1000 <= updated + leewaySeconds * 1000;
  if (within) return null;
  return refuse('time', `The receipt was issued outside run ${run.id}`, {
    found: `second ${iat} since 1970`,
    allowed: `${run.startedAt} to ${run.updatedAt}`,
  });
}

const isSeconds = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

function toClaims(payload: Payload): ReceiptClaims {
  const text = (claim: string) => String(payload.get(claim));
  return {
    issuer: text('iss'),
    audience: text('aud'),
    repositoryId: text('repository_id'),
    workflowRef: text('job_workflow_ref'),
    workflowSha: text('job_workflow_sha'),
    event: text('event_name'),
    runId: text('run_id'),
    runAttempt: text('run_attempt'),
    runnerEnvironment: text('runner_environment'),
    issuedAt: Number(payload.get('iat')),
    expiresAt: Number(payload.get('exp')),
  };
}

function wrong({ what, claim, allowed }: TextRule, found: unknown): Finding {
  const said =
    typeof found === 'string' ? found : found === undefined ? 'nothing' : 'something else than text';
  const fix = fixes.get(claim) ?? rerun;
  const display = allowed.join(', ') || 'none';
  return {
    ...refuse(what.replaceAll(' ', '-'), `The receipt names another ${what}${short(said, display)}`, {
      found: said,
      allowed: display,
    }),
    fix,
  };
}

/** Long values stand in the columns for what was found and what is allowed. */
function short(said: string, display: string): string {
  return said.length + display.length > 50 ? '' : `: ${said}, not ${display}`;
}

const rerun =
  'Run the workflow again on the newest commit; if it stays, ask a governor to compare the policy with the run.';

const fixes: ReadonlyMap<string, string> = new Map([
  [
    'aud',
    'The evidence was changed after it was signed, or belongs to another receipt: run the workflow again.',
  ],
  ['run_attempt', 'Only the latest attempt counts: look at that one, or run all jobs again.'],
  [
    'job_workflow_sha',
    'Call the trusted workflow at a commit that trusted.shas in .github/gatehouse.yml lists; a governor adds one.',
  ],
  ['job_workflow_ref', 'Call the trusted workflow itself; a copy, or a job of your own, cannot sign for it.'],
  ['runner_environment', 'Let the judge run where judge-runner in .github/gatehouse.yml says.'],
]);

function refuse(check: string, message: string, more: { found?: string; allowed?: string } = {}): Finding {
  return { code: `receipt/${check}`, severity: 'fail', message, ...more, fix: rerun };
}
