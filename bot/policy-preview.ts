import { LimitError } from '../adapters/github/budget/limit-error.ts';
import { type PolicyPreview, type PreviewedPull, previewDecision } from '../core/audit/policy-preview.ts';
import { recordedDecisions } from '../core/audit/recorded-decision.ts';
import { isPromotion, replayPolicy } from '../core/audit/replay-policy.ts';
import { parseTransaction } from '../core/audit/transaction.ts';
import { policyPath } from '../core/config/layout.ts';
import type { Policy } from '../core/config/policy.ts';
import { parsePolicy } from '../core/config/policy-file.ts';
import { ConflictError, GatehouseError, InputError } from '../core/error/error.ts';
import { findLook } from '../core/registry/held-out-look.ts';
import { incidentsOf, isOpen } from '../core/registry/incident.ts';
import { isTransactionPath } from '../core/registry/layout.ts';
import type { LedgerEvent } from '../core/registry/ledger.ts';
import { type BotDeps, openSources } from './deps.ts';
import type { Facts } from './gather/facts.ts';
import { readBlobs, toText } from './gather/text.ts';
import { gather, type Sources } from './gather.ts';
import { maxLedgerFileBytes } from './ledger/ledger-files.ts';

/** Promotions that the ledger tells again: files of a ledger that was read to be proven. */
const mostPromotions = 20;
/** Pull requests that are read for it: each is a look of its own. */
const mostOpen = 10;
const mostRefused = 5;

/**
 * Says what the policy of a pull request would change. It decides nothing, and what of it cannot be read is said so.
 * @returns null: the pull request changes no policy, or none that can be read
 */
export async function readPolicyPreview(
  deps: BotDeps,
  { reader }: Sources,
  facts: Facts,
): Promise<PolicyPreview | null> {
  const { change } = facts.input;
  if (change.kind !== 'request' || !change.configuration.includes(policyPath)) return null;
  const bytes = await reader.file(policyPath, facts.commits.head);
  const policy = bytes === null ? null : readable(toText(bytes));
  if (policy === null) return null;
  const [before, base] = [await reader.tree(facts.commits.mergeBase), await reader.tree(facts.commits.base)];
  return {
    replay: await replayRecorded({ reader }, facts, policy),
    ...(await previewOpen(deps, facts, policy)),
    refused: await previewRefused(deps, facts, policy),
    enforces: policy.enforce !== false,
    outdated: before.get(policyPath)?.blob !== base.get(policyPath)?.blob,
  };
}

/** What cannot be read is refused elsewhere, with its line. */
function readable(text: string | null): Policy | null {
  try {
    return text === null ? null : parsePolicy(text, policyPath);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

async function replayRecorded(
  { reader }: Pick<Sources, 'reader'>,
  { ledger }: Facts,
  policy: Policy,
): Promise<PolicyPreview['replay']> {
  const promoted = ledger.events.filter(({ data }) => data.type === 'VersionPromoted');
  const listing = ledger.commit === null ? new Map() : await reader.tree(ledger.commit);
  // Two endpoints of one merge are one decision in several files.
  const wanted = filesOf(promoted.slice(-2 * mostPromotions), [...listing.keys()]);
  const texts = await readBlobs(
    reader,
    [...new Set(wanted.map((path) => listing.get(path)?.blob ?? ''))],
    maxLedgerFileBytes,
  );
  const transactions = wanted
    .map((path) => parseTransaction(texts.get(listing.get(path)?.blob ?? '') ?? '', path))
    .sort((a, b) => a.gfirst - b.gfirst);
  return replayPolicy(recordedDecisions(transactions).filter(isPromotion), policy, mostPromotions);
}

/** The files that hold these events: of each the last that begins at it or before it. */
function filesOf(events: readonly LedgerEvent[], paths: readonly string[]): readonly string[] {
  const firsts = new Map<string, { readonly path: string; readonly first: number }[]>();
  for (const path of paths.filter(isTransactionPath)) {
    const [, stream = '', first] = /^audit\/(.+)\/\d+\/(\d+)\.json$/.exec(path) ?? [];
    firsts.set(`model/${stream}`, [...(firsts.get(`model/${stream}`) ?? []), { path, first: Number(first) }]);
  }
  const found = events.flatMap(({ stream, seq }) => {
    const before = (firsts.get(stream) ?? []).filter(({ first }) => first <= seq);
    return before.sort((a, b) => b.first - a.first)[0]?.path ?? [];
  });
  return [...new Set(found)];
}

async function previewOpen(
  deps: BotDeps,
  { pull }: Facts,
  policy: Policy,
): Promise<Pick<PolicyPreview, 'open' | 'more'>> {
  const { reader } = openSources(deps);
  // Itself, those to look at, and one that says whether there are more.
  const listed = await reader.pulls({ state: 'open', base: pull.base.ref, limit: mostOpen + 2 });
  const others = listed.filter(({ number }) => number !== pull.number).map(({ number }) => number);
  const open = await previewEach(deps, others.slice(0, mostOpen), policy);
  return {
    open: open.filter((each) => each.kind === 'unread' || each.change.kind !== 'nothing'),
    more: others.length > mostOpen,
  };
}

async function previewRefused(
  deps: BotDeps,
  { ledger, pull }: Facts,
  policy: Policy,
): Promise<readonly PreviewedPull[]> {
  const numbers = incidentsOf(ledger.snapshot.states)
    .filter((incident) => isOpen(incident) && incident.baseRef === pull.base.ref)
    .filter(({ reason }) => reason === 'refused' || reason === 'waiting')
    .flatMap(({ pullRequest }) => pullRequest ?? []);
  return previewEach(deps, [...new Set(numbers)].reverse().slice(0, mostRefused), policy);
}

async function previewEach(
  deps: BotDeps,
  numbers: readonly number[],
  policy: Policy,
): Promise<readonly PreviewedPull[]> {
  const pulls: PreviewedPull[] = [];
  for (const number of numbers) pulls.push(await previewPull(deps, number, policy));
  return pulls.sort((a, b) => b.number - a.number);
}

/** Another pull request must not hold this one up: whoever opens one could. */
async function previewPull(deps: BotDeps, number: number, policy: Policy): Promise<PreviewedPull> {
  try {
    const sources = openSources(deps, number);
    const facts = await gather(sources, await sources.reader.pull(number));
    if (!isCounted(facts)) return { kind: 'unread', number, because: notCounted };
    return { kind: 'decided', number, ...previewDecision(facts.input, policy) };
  } catch (error) {
    // The ledger moved, or there is nothing left to ask with: this whole look is made again.
    if (error instanceof LimitError || error instanceof ConflictError) throw error;
    const code = error instanceof GatehouseError ? error.code : 'GATEHOUSE_FAULT';
    if (!(error instanceof InputError))
      deps.log.warn({ number, error }, 'a pull request could not be previewed');
    return { kind: 'unread', number, because: `It could not be read: ${code}. Its own check says more.` };
  }
}

const notCounted = 'Its result is not counted yet, and is told there first.';

/** What was read off held-out labels is counted before anybody is shown what follows from it (GATE.md rule 17). */
function isCounted({ evidence: { judgement }, input, ledger }: Facts): boolean {
  if (judgement === null) return true;
  const { evidence } = judgement;
  const look = findLook(evidence, input.repositoryId, ledger.snapshot.states.get(evidence.model) ?? null);
  return look === null || look.counted;
}
