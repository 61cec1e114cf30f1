import type { Path } from '../config/position.ts';
import { isRecord, type Source } from '../config/yaml-node.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** One step of a job or of a composite action, with its place in the file. */
export interface Step {
  readonly path: Path;
  readonly fields: Fields;
  /** The action that it uses, empty when it uses none. */
  readonly uses: string;
  /** The script that it runs, empty when it runs none. */
  readonly run: string;
}

/** One job of a workflow. A call of another workflow has no steps. */
export interface Job {
  readonly name: string;
  readonly path: Path;
  readonly fields: Fields;
  /** The workflow that it calls, empty when it has steps of its own. */
  readonly calls: string;
  readonly steps: readonly Step[];
}

/** A workflow, or the metadata of an action: what the rules look at. */
export interface Workflow {
  readonly kind: 'workflow' | 'action';
  readonly source: Source;
  readonly fields: Fields;
  readonly events: readonly string[];
  readonly jobs: readonly Job[];
  /** Steps of all jobs, or of the composite action. */
  readonly steps: readonly Step[];
  /** Workflows of other repositories call this one, so that nobody here chooses its machines and secrets. */
  readonly isPublic: boolean;
}

/** Any value as a map; one that is none has no keys. */
export const fieldsOf = (value: unknown): Fields => (isRecord(value) ? value : {});

/** Reads jobs and steps out of a file. @returns null for what is neither a workflow nor an action */
export function readWorkflow(source: Source, isPublic: boolean): Workflow | null {
  const fields = fieldsOf(source.value);
  const common = { source, fields, isPublic };
  if (isRecord(fields.jobs)) {
    const jobs = Object.entries(fields.jobs).map(([name, job]) => readJob(name, fieldsOf(job)));
    const steps = jobs.flatMap((job) => job.steps);
    return { kind: 'workflow', ...common, events: eventsOf(fields.on), jobs, steps };
  }
  if (!isRecord(fields.runs)) return null;
  const steps = readSteps(fields.runs.steps, ['runs', 'steps']);
  return { kind: 'action', ...common, events: [], jobs: [], steps };
}

function readJob(name: string, fields: Fields): Job {
  const path = ['jobs', name];
  return {
    name,
    path,
    fields,
    calls: textOf(fields.uses),
    steps: readSteps(fields.steps, [...path, 'steps']),
  };
}

function readSteps(value: unknown, path: Path): readonly Step[] {
  if (!Array.isArray(value)) return [];
  return value.map((step: unknown, at) => {
    const fields = fieldsOf(step);
    return { path: [...path, at], fields, uses: textOf(fields.uses), run: textOf(fields.run) };
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function eventsOf(on: unknown): readonly string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(fieldsOf(on));
}
