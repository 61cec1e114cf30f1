import type { GitHubReader } from '../../adapters/github/reader.ts';
import { stagesPath } from '../../core/config/layout.ts';
import type { DesiredStages } from '../../core/config/model.ts';
import { parseStages } from '../../core/config/stages-file.ts';
import { InputError } from '../../core/error/error.ts';
import type { Person } from '../../core/registry/ledger.ts';
import { findRollbackTargets, type RollbackTarget } from '../../core/registry/rollback-target.ts';
import type { ReplyPlace } from '../../core/report/command-reply.ts';
import { type RollbackAnswer, renderRollbackPull } from '../../core/report/rollback-reply.ts';
import type { Command } from '../../core/training/command.ts';
import { bringPull } from '../align-pull.ts';
import { type BotDeps, openSources } from '../deps.ts';
import { readDefaultPolicy } from '../gather/governance.ts';
import { toText } from '../gather/text.ts';
import { placeOf } from '../gather.ts';
import { writeStages } from '../stages-text.ts';
import { branchFor } from './asked-branch.ts';

/**
 * Opens a pull request that returns an endpoint to the version that the ledger recorded before. It is decided like every
 * other one; nothing moves by it, and whoever asked cannot approve it.
 */
export async function askRollback(
  deps: BotDeps,
  { endpoint, model }: Extract<Command, { kind: 'rollback' }>,
  asker: Person,
  place: ReplyPlace,
): Promise<RollbackAnswer> {
  if (endpoint === '') return { kind: 'no endpoint' };
  const { reader, identity, book } = openSources(deps);
  const repository = await reader.repository();
  const base = repository.defaultBranch;
  const policy = await readDefaultPolicy(reader, repository);
  const tip = await reader.branchHead(base);
  if (policy === null || tip === null) return { kind: 'no target', endpoint, model };
  const ledger = await book.read(reader, identity, placeOf(policy.ledger.branch, base));
  const [target, ...others] = findRollbackTargets(ledger.snapshot.states, endpoint, model);
  if (target === undefined) return { kind: 'no target', endpoint, model };
  if (others.length > 0)
    return { kind: 'several', endpoint, models: [target, ...others].map((one) => one.model) };
  const path = stagesPath(target.model);
  const file = await readStages(reader, path, tip);
  if (file === null) return { kind: 'no file', path };
  const branch = branchFor(target, asker);
  const content = writeStages(file.text, rolledBack(file.stages, target));
  const pull = await bringPull(deps, reader, {
    ...{ branch, base, tip, path, content },
    ...renderRollbackPull(target, asker.login, place),
  });
  return { kind: 'opened', target, pull };
}

/** Only production changes, and the version that returns is named nowhere else. */
function rolledBack(stages: DesiredStages, { endpoint, to }: RollbackTarget): DesiredStages {
  const without = (versions: readonly number[]) => versions.filter((version) => version !== to);
  return {
    staging: without(stages.staging),
    candidate: without(stages.candidate),
    archived: without(stages.archived),
    rejected: without(stages.rejected),
    production: { ...stages.production, [endpoint]: to },
  };
}

async function readStages(reader: GitHubReader, path: string, tip: string) {
  const bytes = await reader.file(path, tip);
  const text = bytes === null ? null : toText(bytes);
  if (text === null) return null;
  try {
    return { text, stages: parseStages(text, path) };
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
