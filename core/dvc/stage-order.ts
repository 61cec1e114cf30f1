import { InputError } from '../error/error.ts';
import { overlaps } from './path.ts';
import type { RunnableStage } from './stage-list.ts';

/** A stage with the names of those whose outputs it reads. */
export interface OrderedStage {
  readonly stage: RunnableStage;
  readonly upstream: readonly string[];
}

/**
 * Puts stages into an order in which each stands behind all that it reads from; the order of the file decides else.
 * @throws InputError DVC_PIPELINE for a cycle, and for outputs that two stages write
 * @see https://github.com/iterative/dvc dvc/repo/graph.py build_graph
 */
export function orderStages(stages: readonly RunnableStage[], file: string): readonly OrderedStage[] {
  const writers = listWriters(stages, file);
  const waiting = new Map(
    stages.map((stage) => [stage.name, { stage, upstream: findUpstream(stage, writers) }]),
  );
  const ordered: OrderedStage[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ upstream }) => !upstream.some((name) => waiting.has(name)));
    if (ready.length === 0) throw refuse(file, `${[...waiting.keys()].join(', ')} wait for each other`);
    for (const one of ready) {
      ordered.push(one);
      waiting.delete(one.stage.name);
    }
  }
  return ordered;
}

interface Writer {
  readonly at: string;
  readonly name: string;
}

/** Every output with its stage; what lies below another stands right behind it, so one look back is enough. */
function listWriters(stages: readonly RunnableStage[], file: string): ReadonlyMap<string, Writer> {
  const writers = new Map<string, Writer>();
  for (const { name, outputs } of stages) {
    for (const { at } of outputs) {
      const taken = writers.get(at);
      if (taken !== undefined) throw refuse(file, `${at} is written by ${taken.name} and by ${name}`);
      writers.set(at, { at, name });
    }
  }
  for (const { at, name } of writers.values()) {
    const above = parentsOf(at).find((parent) => writers.has(parent));
    if (above !== undefined) {
      throw refuse(file, `${at} of ${name} lies in ${above} of ${writers.get(above)?.name}`);
    }
  }
  return writers;
}

function findUpstream(stage: RunnableStage, writers: ReadonlyMap<string, Writer>): readonly string[] {
  const found = new Set<string>();
  for (const { at } of [...stage.dependencies, ...stage.parameters]) {
    const above = [at, ...parentsOf(at)].flatMap((path) => writers.get(path) ?? []);
    // Outputs inside a folder that is read: few stages read whole folders of others.
    const near = above.length > 0 ? above : [...writers.values()].filter((writer) => overlaps(writer.at, at));
    for (const { name } of near) found.add(name);
  }
  return [...found];
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function refuse(file: string, why: string): InputError {
  return new InputError('DVC_PIPELINE', `The stages of ${file} have no order: ${why}`, {
    hint: 'Let each output be written by one stage, and no stage read what it writes.',
    where: { file },
  });
}
