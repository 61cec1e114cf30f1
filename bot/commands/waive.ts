import type { PullFacts } from '../../adapters/github/reader.ts';
import { waiverPath } from '../../core/config/layout.ts';
import { suggest } from '../../core/config/suggestion.ts';
import type { Waiver } from '../../core/config/waiver.ts';
import { renderWaiver, waiverNameOf } from '../../core/config/waiver-file.ts';
import { gateNames } from '../../core/evaluation/gate.ts';
import type { DecisionInput } from '../../core/policy/decision.ts';
import type { Person } from '../../core/registry/ledger.ts';
import type { ReplyPlace } from '../../core/report/command-reply.ts';
import { renderWaiverPull, type WaiveAnswer } from '../../core/report/waive-reply.ts';
import type { WaiverWish } from '../../core/training/command.ts';
import { bringPull } from '../align-pull.ts';
import { type BotDeps, openSources } from '../deps.ts';
import { gather } from '../gather.ts';
import { waiverBranch } from './asked-branch.ts';

/**
 * Opens a pull request with the waiver that somebody asked for. It is decided like every other one; nothing is waived by
 * it, and whoever asked cannot approve it.
 * @throws InputError CONFIG_INVALID when a day, reason or name is none that a waiver may have
 */
export async function askWaiver(
  deps: BotDeps,
  wish: WaiverWish | null,
  pull: PullFacts,
  asker: Person,
  place: ReplyPlace,
): Promise<WaiveAnswer> {
  if (wish === null) return { kind: 'how' };
  const sources = openSources(deps);
  const { input } = await gather(sources, pull);
  const model = wish.model ?? (input.change.kind === 'request' ? input.change.model : null);
  if (model === null) return { kind: 'no model' };
  const gates = gatesOf(input, model);
  if (gates !== null && !gates.includes(wish.gate))
    return { kind: 'no gate', gate: wish.gate, gates, meant: suggest(wish.gate, gates) };
  const name = waiverNameOf(model, wish.gate);
  const waiver: Waiver = { name, ...wish, model, by: asker.login };
  const path = waiverPath(name);
  const content = renderWaiver(waiver, path);
  const tip = await sources.reader.branchHead(pull.base.ref);
  if (tip === null) return { kind: 'not opened' };
  const branch = waiverBranch(name, asker);
  const opened = await bringPull(deps, sources.reader, {
    ...{ branch, base: pull.base.ref, tip, path, content },
    ...renderWaiverPull(waiver, asker.login, place),
  });
  return { kind: 'opened', waiver, pull: opened };
}

/** Gates as the report names them; null: of another model, which is not read here. A wrong name then waives nothing. */
function gatesOf({ model, judgement }: DecisionInput, wanted: string): readonly string[] | null {
  if (model === null || model.model !== wanted) return null;
  const judged = (judgement?.comparisons ?? []).flatMap(({ gates }) => gates.map(({ gate }) => gate));
  return [...new Set([...judged, ...gateNames(model.gates)])];
}
