import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import { digest, judgementOf, model, origin, policy, rulesDigest, v1AtEu } from './evidence.fixture.ts';
import type { JudgementEvidence, SealedEvidence } from './evidence.ts';
import type { JudgementFacts } from './facts.ts';
import type { Jwk } from './jwk.ts';
import type { ReceiptExpectations } from './receipt.ts';

const pair = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits });
export const issuerKeys = pair(2048);
export const strangerKeys = pair(2048);
export const shortKeys = pair(1024);

export const jwkOf = (key: KeyObject, kid: string): Jwk => ({
  ...(key.export({ format: 'jwk' }) as Jwk),
  kid,
});

/** 2026-11-21T09:20:00Z */
export const issuedAt = 1_795_252_800;
export const workflowRef = 'acme/gatehouse/.github/workflows/judge-model.yml@refs/tags/v1';
const trustedSha = 'b'.repeat(40);

/** Everything that one look at a receipt needs, before anything is signed. A row of a table changes one thing. */
export interface World {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly evidence: JudgementEvidence;
  /** Who really signs. */
  readonly signWith: KeyObject;
  readonly keys: readonly Jwk[];
  readonly expectations: ReceiptExpectations;
  readonly facts: JudgementFacts;
  /** What happens to the sealed evidence on its way. */
  readonly onTheWay: (sealed: SealedEvidence) => SealedEvidence;
}

/** v2 of flight-delay, judged against v1 at eu by the trusted workflow in run 501 of pull request 12. */
export function honestWorld(): World {
  return {
    header: { typ: 'JWT', alg: 'RS256', kid: 'key-1', x5t: 'key-1' },
    claims: {
      iss: 'https://token.actions.githubusercontent.com',
      sub: 'repo:acme/flights:pull_request',
      repository: 'acme/flights',
      repository_id: '7001',
      event_name: 'pull_request',
      run_id: '501',
      run_attempt: '1',
      runner_environment: 'github-hosted',
      job_workflow_ref: workflowRef,
      job_workflow_sha: trustedSha,
      sha: 'e'.repeat(40),
      nbf: issuedAt - 600,
      iat: issuedAt,
      exp: issuedAt + 300,
    },
    evidence: judgementOf({ champions: [v1AtEu] }),
    signWith: issuerKeys.privateKey,
    keys: [jwkOf(strangerKeys.publicKey, 'key-0'), jwkOf(issuerKeys.publicKey, 'key-1')],
    expectations: {
      issuer: 'https://token.actions.githubusercontent.com',
      repositoryId: 7001,
      workflow: { path: 'acme/gatehouse/.github/workflows/judge-model.yml', shas: [trustedSha] },
      events: ['pull_request'],
      run: {
        id: 501,
        attempt: 1,
        event: 'pull_request',
        startedAt: '2026-11-21T09:10:00Z',
        updatedAt: '2026-11-21T09:25:00Z',
      },
      judgeRunner: 'github-hosted',
    },
    facts: {
      repositoryId: 7001,
      repository: 'acme/flights',
      pullRequest: 12,
      headSha: origin.headSha,
      baseRef: 'main',
      baseShas: [origin.baseSha],
      governed: true,
      run: { id: 501, latestAttempt: 1 },
      contentDigest: origin.contentDigest,
      moves: [{ kind: 'registration', model: 'flight-delay', to: 'registered' }],
      model,
      policy,
      version: null,
      artifact: { ids: [9000, 9001], digest: digest('v2 bytes') },
      rulesDigest,
      champions: [v1AtEu],
      heldOut: { featuresDigest: digest('features'), labelsDigest: digest('labels') },
    },
    onTheWay: (sealed) => sealed,
  };
}

/** Signs as the issuer does: the audience is the digest of the text unless the claims name one. */
export function seal(world: World): SealedEvidence {
  const text = canonicalJson(world.evidence);
  const claims = { aud: `gatehouse:${digestBytes(text)}`, ...world.claims };
  return { text, token: signToken(encode(world.header), encode(claims), world.signWith) };
}

export const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signToken(header: string, payload: string, key: KeyObject, hash = 'RSA-SHA256'): string {
  const signature = sign(hash, Buffer.from(`${header}.${payload}`), key).toString('base64url');
  return `${header}.${payload}.${signature}`;
}

/** The oldest trick: the public key, which everybody has, as the secret of a symmetric signature. */
export function signWithSecret(header: string, payload: string, publicKey: KeyObject): string {
  const secret = publicKey.export({ type: 'spki', format: 'pem' });
  const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
  return `${header}.${payload}.${signature}`;
}
