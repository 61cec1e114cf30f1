import { encode, issuedAt, issuerKeys, jwkOf, signToken } from '../evidence/receipt.fixture.ts';
import type { LedgerEvent } from '../registry/ledger.ts';
import type { AnchorStatement } from './anchor-statement.ts';
import { emptyHead, extendHead } from './merkle.ts';
import { proveConsistency } from './proof.ts';
import { type AnchorExpectations, audienceOf, type SignedAnchor } from './signed-anchor.ts';

/** What the trusted workflow says and GitHub signs, and what somebody tries instead. */

export const anchorWorkflow = 'acme/gatehouse/.github/workflows/anchor-ledger.yml';
export const issuer = 'https://token.actions.githubusercontent.com';
/** 2026-11-21T09:20:00Z, when the token is issued. */
export const statedAt = new Date(issuedAt * 1000).toISOString();

export const expectations: AnchorExpectations = {
  issuer,
  repositoryId: 7001,
  ref: 'refs/heads/main',
  workflow: { path: anchorWorkflow, shas: ['b'.repeat(40)] },
  runner: 'github-hosted',
};

/** A statement over the first entries of a ledger. @param after size of the statement before it */
export function statementOf(
  events: readonly LedgerEvent[],
  fields: Partial<AnchorStatement> & { readonly after?: number } = {},
): AnchorStatement {
  const { after = 0, ...rest } = fields;
  const hashes = events.map(({ hash }) => hash);
  const { size, root, frontier } = extendHead(emptyHead, hashes);
  const before = extendHead(emptyHead, hashes.slice(0, after));
  return {
    kind: 'LedgerAnchor',
    v: 1,
    repository: 'acme/flights',
    repositoryId: 7001,
    branch: 'gatehouse-ledger',
    commit: 'c'.repeat(40),
    ...{ size, root, frontier, at: statedAt },
    previous: after === 0 ? null : { size: after, root: before.root, proof: proveConsistency(hashes, after) },
    ...rest,
  };
}

/** Claims of the job that signs, all right. */
export const claimsOf = (statement: AnchorStatement): Readonly<Record<string, unknown>> => ({
  iss: issuer,
  aud: audienceOf(statement),
  repository_id: String(statement.repositoryId),
  ref: 'refs/heads/main',
  event_name: 'schedule',
  runner_environment: 'github-hosted',
  job_workflow_ref: `${anchorWorkflow}@refs/tags/v1`,
  job_workflow_sha: 'b'.repeat(40),
  nbf: issuedAt - 600,
  iat: issuedAt,
  exp: issuedAt + 300,
});

export const issuerJwk = jwkOf(issuerKeys.publicKey, 'key-1');

/** Signs as the issuer does, but for the claims and the key that are given. */
export function signAnchor(
  statement: AnchorStatement,
  claims: Readonly<Record<string, unknown>> = {},
  key = issuerKeys.privateKey,
): SignedAnchor {
  const header = encode({ typ: 'JWT', alg: 'RS256', kid: 'key-1' });
  const token = signToken(header, encode({ ...claimsOf(statement), ...claims }), key);
  return { statement, token, jwk: issuerJwk };
}
