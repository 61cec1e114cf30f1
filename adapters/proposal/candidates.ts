import { InputError } from '../../core/error/error.ts';
import { type EnvelopeHint, parseEnvelope } from '../../core/evidence/envelope.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { maxEvidenceZipBytes, readEvidenceFile } from '../github/evidence-zip.ts';
import type { ArtifactFacts, GitHubReader, RunFacts } from '../github/reader.ts';

interface Place {
  readonly artifact: ArtifactFacts;
  readonly run: RunFacts;
}

/** Evidence that lies in a run's artifact. Nothing of it is believed yet. */
export type Candidate = Place &
  (
    | {
        readonly kind: 'sealed';
        readonly sealed: SealedEvidence;
        /** It came in an envelope: nobody but the app has read it. */
        readonly enveloped: boolean;
      }
    /** An envelope that is not ours to open; the hint on its outside is pull-request controlled. */
    | { readonly kind: 'closed'; readonly hint: EnvelopeHint }
    | { readonly kind: 'refused'; readonly finding: Finding }
  );

/**
 * Opens an envelope. null: whoever reads has no key, and makes do with what stands on the outside.
 * @throws InputError when it does not open
 */
export type OpenEnvelope = ((text: string) => SealedEvidence) | null;

/** Any job of a run can upload under these names: they say where to look, not what to believe. */
const ofProposals = /^gatehouse-evidence-(?:validation|judgement)$/;
/** One a model and endpoint that a run watched: what follows the name keeps them apart. */
export const ofTriggers = /^gatehouse-evidence-rollback-trigger(?:-[\w.-]{1,100})?$/;

/** Evidence artifacts of one run, newest first. */
export async function readCandidates(
  reader: GitHubReader,
  run: RunFacts,
  open: OpenEnvelope,
  wanted: RegExp = ofProposals,
): Promise<readonly Candidate[]> {
  const artifacts = (await reader.artifacts(run.id)).filter(
    ({ name, expired }) => wanted.test(name) && !expired,
  );
  const candidates: Candidate[] = [];
  for (const artifact of [...artifacts].sort((a, b) => b.id - a.id))
    candidates.push(await readCandidate(reader, run, artifact, open));
  return candidates;
}

async function readCandidate(
  reader: GitHubReader,
  run: RunFacts,
  artifact: ArtifactFacts,
  open: OpenEnvelope,
): Promise<Candidate> {
  try {
    const file = readEvidenceFile(await readZip(reader, artifact));
    if (file.kind === 'open') return { kind: 'sealed', artifact, run, sealed: file.sealed, enveloped: false };
    if (open === null) return { kind: 'closed', artifact, run, hint: parseEnvelope(file.text).hint };
    return { kind: 'sealed', artifact, run, sealed: open(file.text), enveloped: true };
  } catch (error) {
    // What the pull request may have put there is its fault; GitHub not answering is not.
    if (!(error instanceof InputError)) throw error;
    return { kind: 'refused', artifact, run, finding: toFinding(error, run) };
  }
}

async function readZip(reader: GitHubReader, artifact: ArtifactFacts): Promise<Uint8Array> {
  if (artifact.sizeBytes > maxEvidenceZipBytes) throw notOurs(`it has ${artifact.sizeBytes} bytes`);
  const zip = await reader.artifactZip(artifact.id, maxEvidenceZipBytes);
  // Absent only on servers older than the digest: the receipt binds the content in any case.
  if (artifact.digest !== null && artifact.digest !== digestBytes(zip))
    throw notOurs(`its bytes are not those of ${artifact.digest}`);
  return zip;
}

function notOurs(why: string): InputError {
  return new InputError('EVIDENCE_ZIP', `The evidence artifact is not believed: ${why}`, {
    hint: 'An evidence artifact is written by the trusted workflow alone. Run it again.',
  });
}

function toFinding(error: InputError, run: RunFacts): Finding {
  return {
    // A key that the app does not hold is no forgery: it is told only while there is nothing better.
    code: error.code === 'EVIDENCE_SEALED' ? 'evidence/sealed' : 'evidence/artifact',
    severity: 'fail',
    message: `${error.message} (run ${run.id})`,
    fix: error.hint,
  };
}
