import { maxEvidenceZipBytes, readEvidenceZip } from '../../adapters/github/evidence-zip.ts';
import type { ArtifactFacts, GitHubReader, RunFacts } from '../../adapters/github/reader.ts';
import { InputError } from '../../core/error/error.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';

/** Evidence that lies in a run's artifact. Nothing of it is believed yet. */
export type Candidate =
  | {
      readonly kind: 'sealed';
      readonly artifact: ArtifactFacts;
      readonly run: RunFacts;
      readonly sealed: SealedEvidence;
    }
  | {
      readonly kind: 'refused';
      readonly artifact: ArtifactFacts;
      readonly run: RunFacts;
      readonly finding: Finding;
    };

/** Any job of a run can upload under these names: they say where to look, not what to believe. */
const names = ['gatehouse-evidence-validation', 'gatehouse-evidence-judgement'];

/** Evidence artifacts of one run, newest first. */
export async function readCandidates(reader: GitHubReader, run: RunFacts): Promise<readonly Candidate[]> {
  const artifacts = (await reader.artifacts(run.id)).filter(
    ({ name, expired }) => names.includes(name) && !expired,
  );
  const candidates: Candidate[] = [];
  for (const artifact of [...artifacts].sort((a, b) => b.id - a.id))
    candidates.push(await readCandidate(reader, run, artifact));
  return candidates;
}

async function readCandidate(
  reader: GitHubReader,
  run: RunFacts,
  artifact: ArtifactFacts,
): Promise<Candidate> {
  try {
    const zip = await readZip(reader, artifact);
    return { kind: 'sealed', artifact, run, sealed: readEvidenceZip(zip) };
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
    code: 'evidence/artifact',
    severity: 'fail',
    message: `${error.message} (run ${run.id})`,
    fix: error.hint,
  };
}
