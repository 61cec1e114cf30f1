import {
  type LedgerSource,
  type ReadVerification,
  readProvenLedger,
} from '../../adapters/actions/ledger-source.ts';
import { type AnchorPlace, stampOf } from '../../adapters/anchor/place.ts';
import {
  type BelievedAnchor,
  readSignedAnchors,
  type SignedAnchors,
} from '../../adapters/anchor/read-signed.ts';
import { makeStatement } from '../../core/audit/make-statement.ts';
import {
  type AnchorExpectations,
  audienceOf,
  parseSignedAnchor,
  renderSignedAnchor,
  type SignedAnchor,
  verifySignedAnchor,
} from '../../core/audit/signed-anchor.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { Jwk } from '../../core/evidence/jwk.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { anchorBlocks, verificationBlocks } from '../../core/report/ledger-blocks.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';

export interface AnchorDeps {
  readonly source: LedgerSource;
  /** Where anchors are kept: the repository's own releases, and the witness if there is one. */
  readonly places: readonly AnchorPlace[];
  readonly repository: () => Promise<{ readonly id: number; readonly fullName: string }>;
  readonly expectations: () => Promise<AnchorExpectations>;
  readonly keys: () => Promise<readonly Jwk[]>;
  /** A token of this job for that audience. @throws ServiceError */
  readonly idToken: (audience: string) => Promise<string>;
}

export interface AnchorOutputs {
  readonly verdict: 'pass' | 'fail';
  readonly size: number;
  /** SHA-256 of the signed file; empty when nothing was anchored. */
  readonly digest: string;
  /** The signed file; null when nothing was anchored. */
  readonly file: string | null;
  /** Markdown for the job summary. */
  readonly summary: string;
  /** What stands in the way; none when it passed. */
  readonly findings: readonly Finding[];
}

/** An anchor of the same ledger that is younger is copied, not made again. */
const renewedAfterMs = 6 * 86_400_000;

/**
 * Leaves an anchor of the ledger outside the app's reach. First the ledger is proven, against the app's anchors and against
 * every one that was left before: what does not verify, or does not contain what was anchored, is not anchored.
 * @returns verdict `fail` with findings for a ledger that is not proven: the step must fail then
 * @throws InputError ANCHOR_NOT_TRUSTED when this run is not one whose anchors are believed; ServiceError when a place,
 * GitHub or the issuer does not answer
 */
export async function run(deps: AnchorDeps): Promise<AnchorOutputs> {
  const expected = await deps.expectations();
  const held = await readPlaces(deps);
  const all = held.flatMap(({ believed }) => believed);
  const refused = held.flatMap(({ refused: some }) => some);
  const source = { ...deps.source, readSigned: async () => ({ believed: all, refused }) };
  const ledger = await readProvenLedger(source, 'refuse');
  if (ledger.verdict === 'fail' || ledger.head.size === 0) return toOutputs(deps, ledger, null, []);
  const newest = newestOf(all);
  const anchor = isFresh(newest, ledger, deps.source.now())
    ? newest
    : await makeAnchor(deps, expected, ledger, newest);
  const made: string[] = [];
  for (const [at, { name, put }] of deps.places.entries()) {
    if (held[at]?.believed.some(({ token }) => token === anchor.token)) continue;
    await put(stampOf(anchor.statement.size, anchor.statement.at), renderSignedAnchor(anchor));
    made.push(name);
  }
  return toOutputs(deps, ledger, anchor, made);
}

async function readPlaces(deps: AnchorDeps): Promise<readonly SignedAnchors[]> {
  const held: SignedAnchors[] = [];
  for (const place of deps.places) held.push(await readSignedAnchors([place], deps.expectations, deps.keys));
  return held;
}

/** Largest ledger first, then the latest statement of it. */
const newestOf = (anchors: readonly BelievedAnchor[]): BelievedAnchor | null =>
  anchors.reduce<BelievedAnchor | null>((best, each) => {
    if (best === null) return each;
    const [a, b] = [each.statement, best.statement];
    return a.size > b.size || (a.size === b.size && a.at > b.at) ? each : best;
  }, null);

function isFresh(
  anchor: BelievedAnchor | null,
  { head }: ReadVerification,
  now: Date,
): anchor is BelievedAnchor {
  if (anchor === null || anchor.statement.size !== head.size) return false;
  const ageMs = now.getTime() - Date.parse(anchor.statement.at);
  return Number.isFinite(ageMs) && ageMs >= 0 && ageMs < renewedAfterMs;
}

async function makeAnchor(
  { source, repository, idToken, keys }: AnchorDeps,
  expected: AnchorExpectations,
  { head, events, place }: ReadVerification,
  newest: BelievedAnchor | null,
): Promise<SignedAnchor> {
  const { id, fullName } = await repository();
  if (place === undefined) throw new TypeError('a ledger that was read has a branch and a commit');
  const statement = makeStatement(head, events, newest?.statement ?? null, {
    ...place,
    repository: fullName,
    repositoryId: id,
    at: source.now().toISOString(),
  });
  const token = await idToken(audienceOf(statement));
  const published = await keys();
  const jwk = published.find(({ kid }) => kid === keyIdOf(token));
  if (jwk === undefined) {
    throw new ServiceError('OIDC_KEYS', 'The issuer does not publish the key that signed the anchor', {
      hint: 'Run the workflow again: the key may be newer than what was read.',
    });
  }
  // As it will be read: what nobody would believe is not left anywhere.
  const signed = parseSignedAnchor(renderSignedAnchor({ statement, token, jwk }), 'of this run');
  const wrong = verifySignedAnchor(signed, published, expected, 'of this run');
  if (wrong === null) return signed;
  throw new InputError('ANCHOR_NOT_TRUSTED', wrong.message, {
    hint: 'Call anchor-ledger.yml by schedule or by hand from the default branch, at a commit that trusted.shas in .github/gatehouse.yml lists.',
    findings: [wrong],
  });
}

function keyIdOf(token: string): unknown {
  const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'));
  return typeof header === 'object' && header !== null && 'kid' in header ? header.kid : undefined;
}

function toOutputs(
  { source }: AnchorDeps,
  ledger: ReadVerification,
  anchor: SignedAnchor | null,
  made: readonly string[],
): AnchorOutputs {
  const file = anchor === null ? null : renderSignedAnchor(anchor);
  const body = renderMarkdown([
    { kind: 'heading', level: 3, text: ['Anchor of the ledger'] },
    ...(anchor === null ? [] : anchorBlocks(anchor.statement, made)),
    ...verificationBlocks(ledger),
    { kind: 'small', text: [`Read ${source.now().toISOString()}`] },
  ]);
  return {
    verdict: ledger.verdict,
    size: ledger.head.size,
    digest: file === null ? '' : digestBytes(file),
    file,
    summary: `${body}\n`,
    findings: ledger.verdict === 'fail' ? ledger.findings : [],
  };
}
