import type { ContractText } from '../../adapters/dataset/validate.ts';
import type { Carried } from '../../adapters/proposal/carried.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import type { Change } from '../../core/change/change.ts';
import { isAllowedMove } from '../../core/change/transition.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { needsJudgement } from '../../core/evidence/comparison-need.ts';
import type { DatasetValidation } from '../../core/evidence/evidence.ts';

type Request = Extract<Change, { kind: 'request' }>;

/** What the caller's next jobs have to do. */
export interface NextJobs {
  readonly train: boolean;
  readonly judge: boolean;
}

/**
 * Contracts to check by: the governing one of every dataset and, where the pull request changes it, head's besides, so
 * that both results are shown (DESIGN: configuration under judgement).
 */
export function contractsOf(
  change: Request,
  proposal: Pick<Proposal, 'catalogue'>,
  headText: (path: string) => string | null,
) {
  return change.datasets.flatMap((name): readonly ContractText[] => {
    const governed = proposal.catalogue.datasets.get(name);
    if (!governed) return [];
    const { config, path, text, from } = governed;
    const own: ContractText = { contract: config, path, text, from };
    const changed = from === 'base' && change.configuration.includes(path) ? headText(path) : null;
    return changed === null
      ? [own]
      : [own, { contract: parseContract(changed, path), path, text: changed, from: 'head' }];
  });
}

/** Every contract that governs, by dataset. */
export const contractsKnown = ({ catalogue }: Pick<Proposal, 'catalogue'>) =>
  new Map([...catalogue.datasets].map(([name, { config, text }]) => [name, { contract: config, text }]));

/** Datasets that the request needs and that neither base nor head has a contract for. */
export function missingContracts(change: Request, proposal: Pick<Proposal, 'catalogue'>): readonly string[] {
  const model = change.model === null ? undefined : proposal.catalogue.models.get(change.model);
  const wanted = [...change.datasets, ...(change.proposal ? (model?.config.datasets ?? []) : [])];
  return [...new Set(wanted)].filter((name) => !proposal.catalogue.datasets.has(name));
}

/** Nothing trains on data that failed, for a fork, or for content that was judged before. */
export function nextJobs(
  change: Request,
  verdict: DatasetValidation['verdict'],
  fork: boolean,
  carried: Carried | null,
): NextJobs {
  const free = verdict === 'pass' && !fork && carried === null && !change.moves.some(isForbidden);
  return { train: free && change.proposal, judge: free && change.moves.some(needsJudgement) };
}

/** A move that the table never allows is refused before any GPU time is spent on the rest of the pull request. */
function isForbidden(move: Request['moves'][number]): boolean {
  if (move.kind === 'registration') return false;
  return !isAllowedMove(move.from, move.to);
}
