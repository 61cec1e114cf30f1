import type { DvcEntryFacts } from './entry.ts';
import type { LockedStage } from './lock.ts';
import { overlaps } from './path.ts';
import type { RunnableStage, StageOutput } from './stage-list.ts';
import type { OrderedStage } from './stage-order.ts';
import { judgeStage, type Md5Recipe, type StageState, type WorkspaceFacts } from './stage-state.ts';

/** What is to happen to one stage. */
export interface PlannedStage {
  readonly name: string;
  readonly action: 'run' | 'skip';
  /** In words; of a skipped stage why it need not run. */
  readonly reasons: readonly string[];
  /** Outputs of a skipped stage that are not there: the remote has them by digest. */
  readonly fetch: readonly { readonly output: StageOutput; readonly entry: DvcEntryFacts }[];
}

/**
 * Says which stages run again, and why. It is what can be told beforehand: a stage that ran may make what it made before,
 * and then those behind it need not run.
 * @param ordered stages, each behind those it reads from
 * @param locked stages of dvc.lock by name
 */
export function planStages(
  ordered: readonly OrderedStage[],
  locked: ReadonlyMap<string, LockedStage>,
  facts: WorkspaceFacts,
): readonly PlannedStage[] {
  const planned = new Map<string, PlannedStage>();
  for (const { stage, upstream } of ordered) {
    const state = judgeStage(stage, locked.get(stage.name), facts);
    const before = [...planned.values()].filter(({ name }) => upstream.includes(name));
    const running = before.filter(({ action }) => action === 'run').map(({ name }) => name);
    const coming = before.flatMap(({ fetch }) => fetch);
    planned.set(stage.name, planOne(stage, state, running, coming));
  }
  return [...planned.values()];
}

function planOne(
  stage: RunnableStage,
  state: StageState,
  running: readonly string[],
  coming: PlannedStage['fetch'],
): PlannedStage {
  if (stage.frozen) {
    return { name: stage.name, action: 'skip', reasons: ['frozen'], fetch: state.missingOutputs };
  }
  // What is fetched is what the stage before made, which has not changed.
  const missing = state.missingDependencies.flatMap(({ path, at, md5 }) => {
    const found = coming.find(({ output }) => overlaps(output.at, at));
    if (found === undefined) return [`deps ${path} missing`];
    const differs = found.output.at === at && found.entry.hash?.value !== md5;
    return differs ? [`deps ${path} changed`] : [];
  });
  const reasons = [...state.reasons, ...missing, ...running.map((name) => `upstream stage ${name} runs`)];
  if (reasons.length > 0) return { name: stage.name, action: 'run', reasons, fetch: [] };
  return { name: stage.name, action: 'skip', reasons: ['nothing changed'], fetch: state.missingOutputs };
}

/** Everything whose digest the plan asks for, so that it can be hashed beforehand. */
export function listWanted(
  ordered: readonly OrderedStage[],
  locked: ReadonlyMap<string, LockedStage>,
): readonly { readonly at: string; readonly recipe: Md5Recipe }[] {
  return ordered.flatMap(({ stage }) => {
    const old = locked.get(stage.name);
    const entries = new Map([...(old?.dependencies ?? []), ...(old?.outputs ?? [])].map((e) => [e.path, e]));
    return [...stage.dependencies, ...stage.outputs].flatMap(({ path, at }) => {
      const kind = entries.get(path)?.hash?.kind;
      return kind === 'md5' || kind === 'md5-dos2unix' ? [{ at, recipe: kind }] : [];
    });
  });
}
