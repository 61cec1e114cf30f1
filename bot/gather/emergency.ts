import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import type { Store } from '../../adapters/store/store.ts';
import type { Declared } from '../../core/change/declared.ts';
import { type EmergencyFiles, isEmergencyFile, readEmergencyFiles } from '../../core/change/emergency.ts';
import { diffTrees } from '../../core/change/tree.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { BreakGlassFacts } from '../../core/policy/break-glass.ts';
import type { DecisionInput } from '../../core/policy/decision.ts';
import { type Bars, barredProposal, barredVersions } from '../../core/registry/barred.ts';
import { usesBefore } from '../../core/registry/break-glass.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import type { EvidenceFacts } from './facts.ts';
import type { Request, Rules } from './rules.ts';
import { readBlobs } from './text.ts';

export interface EmergencySource {
  readonly reader: GitHubReader;
  openStore(): Promise<Pick<Store, 'has'>>;
}

interface Scope {
  readonly proposal: Proposal;
  readonly change: Request;
  readonly rules: Rules;
  readonly evidence: EvidenceFacts;
  readonly state: ModelState | null;
  /** Every model of the ledger: emergencies are counted over all of them. */
  readonly states: ReadonlyMap<string, ModelState>;
  /** Time of the decision. */
  readonly now: string;
}

/** What a decision needs besides about emergencies and about versions that must not serve; absent keys: nothing of it. */
export async function readEmergency(
  source: EmergencySource,
  scope: Scope,
): Promise<Pick<DecisionInput, 'barred' | 'stored' | 'breakGlass'>> {
  const files = await readFiles(source.reader, scope);
  const barred = readBarred(scope);
  const stored = await readStored(source, scope, files.asked.length > 0);
  const facts = toFacts(files, scope);
  return {
    ...(barred.length === 0 ? {} : { barred }),
    ...(stored.length === 0 ? {} : { stored }),
    ...(facts === null ? {} : { breakGlass: facts }),
  };
}

/** What the pull request adds: read at its head, since it is about this pull request alone. */
async function readFiles(
  reader: EmergencySource['reader'],
  { proposal: { trees } }: Scope,
): Promise<EmergencyFiles> {
  const changed = diffTrees(trees.mergeBase, trees.head).filter(({ path }) => isEmergencyFile(path));
  const blobs = changed.flatMap(({ after }) => after ?? []);
  if (blobs.length === 0) return { asked: [], reviews: [] };
  const texts = await readBlobs(reader, [...new Set(blobs)]);
  return readEmergencyFiles(changed, (path) => texts.get(trees.head.get(path)?.blob ?? '') ?? null);
}

function toFacts({ asked, reviews }: EmergencyFiles, { states, now }: Scope): BreakGlassFacts | null {
  const uses = usesBefore(states.values(), now);
  const [ask] = asked;
  if (ask === undefined && reviews.length === 0 && uses.length === 0) return null;
  return {
    ...(ask === undefined ? {} : { asked: toAsk(ask) }),
    ...(reviews.length === 0 ? {} : { reviews: reviews.map(toReview) }),
    uses,
  };
}

/** No text of people gets into the chain: a digest stands for it, the words stay in the pull request. */
function toAsk({ reason, ...ask }: EmergencyFiles['asked'][number]): NonNullable<BreakGlassFacts['asked']> {
  return { ...ask, reason: digestBytes(reason) };
}

const toReview = ({ name, model, pullRequest, found }: EmergencyFiles['reviews'][number]) => ({
  ...{ name, model, pullRequest },
  digest: digestBytes(found),
});

function readBarred({ proposal, change, rules, evidence, state }: Scope): DecisionInput['barred'] & object {
  const { model } = change;
  if (model === null) return [];
  const bars: Bars = {
    model,
    withdrawn: rules.declared?.withdrawn ?? { kind: 'missing' },
    revoked: new Map(
      [...proposal.catalogue.datasets].map(([name, { config }]) => [name, config.revoked ?? []]),
    ),
  };
  const up = change.moves.flatMap((move) =>
    move.kind === 'stage' && ['staging', 'candidate', 'production'].includes(move.to) ? [move.version] : [],
  );
  const { validation, judgement } = evidence;
  const artifact = judgement?.evidence.artifact.digest ?? null;
  const proposed = change.proposal ? barredProposal(validation?.evidence ?? null, artifact, bars, state) : [];
  return [...proposed, ...barredVersions(up, bars, state)];
}

/** Bytes that no judge reads for this pull request: those of a rollback, and of an emergency. */
async function readStored(
  source: EmergencySource,
  { change, state }: Scope,
  isAsked: boolean,
): Promise<DecisionInput['stored'] & object> {
  const versions = change.moves.flatMap((move) =>
    move.kind === 'stage' && move.to === 'production' && (move.rollback || isAsked) ? [move.version] : [],
  );
  const found: { version: number; present: boolean }[] = [];
  for (const version of [...new Set(versions)].sort((a, b) => a - b)) {
    const digest = state?.versions.get(version)?.record.artifact.digest;
    if (digest === undefined) continue;
    found.push({ version, present: await (await source.openStore()).has(digest) });
  }
  return found;
}

/** Which versions were withdrawn is stored by itself, without the words of people. */
export const asStored = ({ withdrawn: _, ...declared }: Declared): Declared => declared;
