import { existsSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import type { JobSession } from './job-session.ts';
import { findRepository } from './source.ts';
import { type Mapping, mappingOf, parseStep, type Step } from './workflow.ts';

/** An action, read from its action.yml. */
export type Action = NodeAction | CompositeAction | BuiltInAction;

interface ActionBase {
  readonly name: string;
  /** Folder of action.yml. */
  readonly folder: string;
  /** `owner/repo` and ref of a remote action, '' for a local one. */
  readonly repository: string;
  readonly ref: string;
  readonly inputs: Mapping;
}

export interface NodeAction extends ActionBase {
  readonly kind: 'node';
  readonly main: string;
  readonly pre: string | undefined;
  readonly preIf: unknown;
  readonly post: string | undefined;
  readonly postIf: unknown;
}

export interface CompositeAction extends ActionBase {
  readonly kind: 'composite';
  readonly steps: readonly Step[];
  readonly outputs: Mapping;
}

/** An action of GitHub's own that the sandbox plays itself: nothing can be downloaded here. */
export interface BuiltInAction extends ActionBase {
  readonly kind: 'built-in';
}

export const BUILT_IN: readonly string[] = [
  'actions/checkout',
  'actions/upload-artifact',
  'actions/download-artifact',
  'actions/setup-node',
];

/** Finds the action that a step uses. @throws Error in GitHub's words. */
export async function findAction(session: JobSession, uses: string): Promise<Action> {
  if (uses.startsWith('docker://'))
    throw new Error(`Docker actions are not supported by this runner: ${uses}`);
  if (uses.startsWith('./')) return readAction(resolveInside(session.workspace, uses), '', '');
  const match = /^([^/@]+\/[^/@]+)((?:\/[^@]+)?)@([^@]+)$/.exec(uses);
  if (match === null) throw new Error(`Expected format {org}/{repo}[/path]@ref. Actual '${uses}'`);
  const [, fullName = '', path = '', ref = ''] = match;
  if (BUILT_IN.includes(fullName.toLowerCase())) {
    return {
      kind: 'built-in',
      name: fullName.toLowerCase(),
      folder: '',
      repository: fullName,
      ref,
      inputs: {},
    };
  }
  const folder = await unpackAction(session, uses, fullName, ref);
  return readAction(resolveInside(folder, `.${path}`), fullName, ref);
}

async function unpackAction(
  session: JobSession,
  uses: string,
  fullName: string,
  ref: string,
): Promise<string> {
  const { service, reader, onMoving } = session.deps;
  const repository = findRepository(service.hub, fullName, session.task.plan.run.repository);
  if (repository === undefined) throw new Error(`Unable to resolve action ${fullName}, repository not found`);
  const git = service.hub.git(repository);
  const found = await reader.resolve(git, ref);
  if (found === undefined)
    throw new Error(`Unable to resolve action \`${fullName}@${ref}\`, unable to find version \`${ref}\``);
  if (found.sha !== ref) onMoving({ uses, sha: found.sha });
  return reader.unpack(git, repository.fullName, found.sha);
}

function readAction(folder: string, repository: string, ref: string): Action {
  const file = ['action.yml', 'action.yaml']
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  if (file === undefined) {
    throw new Error(
      `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. Did you forget to run actions/checkout before running your local action?`,
    );
  }
  const text: unknown = parse(readFileSync(file, 'utf8'));
  const action = mappingOf(text);
  const runs = mappingOf(action.runs);
  const base = {
    name: String(action.name ?? ''),
    folder,
    repository,
    ref,
    inputs: mappingOf(action.inputs),
  };
  const using = String(runs.using);
  if (using === 'node20' || using === 'node24') return { ...base, ...readNode(runs) };
  if (using === 'composite') return { ...base, ...readComposite(runs, mappingOf(action.outputs), file) };
  throw new Error(`'using: ${using}' is not supported: node20, node24 and composite are`);
}

function readNode(runs: Mapping): Omit<NodeAction, keyof ActionBase> {
  const optional = (name: string) => (runs[name] === undefined ? undefined : String(runs[name]));
  return {
    kind: 'node',
    main: String(runs.main),
    pre: optional('pre'),
    preIf: runs['pre-if'] ?? 'always()',
    post: optional('post'),
    postIf: runs['post-if'] ?? 'always()',
  };
}

function readComposite(
  runs: Mapping,
  outputs: Mapping,
  file: string,
): Omit<CompositeAction, keyof ActionBase> {
  const steps = Array.isArray(runs.steps) ? runs.steps : [];
  const parsed = steps.map((step, index) =>
    parseStep(step, ['runs', 'steps', String(index)], (place, message) => {
      throw new Error(`${file} ${place.join('.')}: ${message}`);
    }),
  );
  const bare = parsed.find((step) => step.run !== undefined && step.shell === undefined);
  if (bare !== undefined) throw new Error(`${file}: Required property is missing: shell`);
  return { kind: 'composite', steps: parsed, outputs };
}

/** A path below a folder. @throws Error when it leads out of it. */
export function resolveInside(folder: string, path: string): string {
  const full = resolve(folder, path);
  if (full !== folder && !full.startsWith(`${folder}${sep}`))
    throw new Error(`The path '${path}' leads out of the folder`);
  return full;
}
