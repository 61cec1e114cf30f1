import type { Conclusion, Run, WorkflowFile } from '../actions-service/run.ts';
import { HubError } from '../hub/hub-error.ts';
import type { Json } from '../hub/interface.ts';
import type { Account, Repository } from '../hub/world.ts';
import { loadTree, typeInputs, type WorkflowTree } from './call.ts';
import { parseConcurrency } from './concurrency.ts';
import { checkDispatchInputs } from './dispatch-input.ts';
import { dispatchOccasion, type Occasion } from './event.ts';
import { interpolate, resolveValue, type Scope } from './expression.ts';
import { makeGithubContext } from './github-context.ts';
import type { LauncherDeps } from './job-launcher.ts';
import type { JobOutcome, RepositorySettings } from './job-task.ts';
import { defaultPermissions } from './permission.ts';
import { RunMachine } from './run-machine.ts';
import type { Source } from './source.ts';
import { isTriggered } from './trigger.ts';
import { type Mapping, mappingOf, parseWorkflow, type Workflow, WorkflowError } from './workflow.ts';

/** A run that may still be started, again or for the first time. */
interface Prepared {
  readonly run: Run;
  readonly occasion: Occasion;
  readonly tree: WorkflowTree;
  readonly inputs: Mapping;
  machine: RunMachine | undefined;
  outcomes: ReadonlyMap<string, JobOutcome>;
}

const SETTINGS: RepositorySettings = { secrets: {}, vars: {}, defaultPermissions: 'read', environments: {} };
const POLL_MS = 15;

/** Turns events into runs and keeps track of them. */
export class Dispatcher {
  readonly #deps: LauncherDeps;
  readonly #settings = new Map<number, RepositorySettings>();
  readonly #prepared = new Map<number, Prepared>();
  readonly #active = new Set<Prepared>();
  readonly #listeners = new Set<(run: Run) => void>();
  #last: Promise<void> = Promise.resolve();
  #pending = 0;
  #closed = false;

  constructor(deps: LauncherDeps) {
    this.#deps = deps;
  }

  configure(repository: Repository, settings: Partial<RepositorySettings>): void {
    this.#settings.set(repository.id, { ...this.#settingsOf(repository), ...settings });
  }

  onRun(listener: (run: Run) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks at an event's workflows, in the order in which events came. */
  take(occasion: Occasion): void {
    void this.#enqueue(() => this.#startTriggered(occasion));
  }

  /** Starts a workflow by hand. @throws HubError 404 or 422, as the API answers. */
  async dispatch(file: WorkflowFile, ref: string, inputs: Json, sender: Account): Promise<Run> {
    const { reader, service } = this.#deps;
    const repository = service.hub.world.repositories.get(file.repositoryId);
    if (repository === undefined) throw new HubError(404, 'Not Found');
    const git = service.hub.git(repository);
    const found = /^[0-9a-f]{40}$/.test(ref) ? undefined : await reader.resolve(git, ref);
    if (found === undefined) throw new HubError(422, `No ref found for: ${ref}`);
    const text = await reader.readText(git, found.sha, file.path);
    if (text === undefined) throw new HubError(404, 'Not Found');
    const workflow = parseWorkflow(text, file.path);
    const trigger = workflow.on.workflow_dispatch;
    if (trigger === undefined) throw new HubError(422, "Workflow does not have 'workflow_dispatch' trigger");
    const given = checkDispatchInputs(mappingOf(trigger.inputs), inputs);
    const occasion = dispatchOccasion(repository, found.ref, found.sha, given, file.path, sender);
    return this.#enqueue(() => this.#prepare(occasion, text, workflow, file.path));
  }

  /** Runs a completed run again. @throws HubError 403 while it is still running. */
  rerun(run: Run, onlyFailed: boolean, sender: Account): void {
    const prepared = this.#prepared.get(run.id);
    if (prepared === undefined || run.status !== 'completed')
      throw new HubError(403, 'This workflow is already running');
    const keep = [...prepared.outcomes].filter(([, outcome]) => outcome.result === 'success');
    this.#deps.service.nextAttempt(run, sender);
    this.#execute(prepared, new Map(onlyFailed ? keep : []));
  }

  /** Lets a run from a fork start. @throws HubError 403 when it waits for nothing. */
  approve(run: Run, _sender: Account): void {
    const prepared = this.#prepared.get(run.id);
    if (prepared === undefined || run.conclusion !== 'action_required') {
      throw new HubError(403, 'This run is not from a fork pull request or queued for approval');
    }
    this.#deps.service.moveRun(run, 'queued');
    this.#execute(prepared, new Map());
  }

  cancel(run: Run): void {
    const machine = this.#prepared.get(run.id)?.machine;
    if (machine === undefined || run.status === 'completed')
      throw new HubError(409, 'Cannot cancel a workflow run that is completed.');
    machine.cancel();
  }

  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const moving =
        this.#pending > 0 ||
        [...this.#active].some(({ machine }) => machine === undefined || !machine.isStuck());
      quiet = moving ? 0 : quiet + 1;
    }
    await this.#deps.service.settle();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    this.#deps.processes.close();
    for (const { machine } of this.#active) machine?.cancel(true);
    while (this.#active.size > 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    await this.#deps.service.settle();
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    this.#pending += 1;
    const result = this.#last.then(work).finally(() => {
      this.#pending -= 1;
    });
    this.#last = result.then(
      () => {},
      // An event that cannot be read must not stop the ones behind it.
      (error: unknown) => {
        if (!(error instanceof HubError)) process.stderr.write(`actions: ${String(error)}\n`);
      },
    );
    return result;
  }

  async #startTriggered(occasion: Occasion): Promise<void> {
    if (this.#closed) return;
    const { reader, service } = this.#deps;
    const files = await reader.readWorkflows(service.hub.git(occasion.repository), occasion.sha);
    for (const [path, text] of files) {
      try {
        const workflow = parseWorkflow(text, path);
        if (await isTriggered(workflow.on, occasion.happening))
          await this.#prepare(occasion, text, workflow, path);
      } catch (error) {
        if (!(error instanceof WorkflowError)) throw error;
        this.#refuse(this.#createRun(occasion, path, path), error.message);
      }
    }
  }

  async #prepare(occasion: Occasion, text: string, workflow: Workflow, path: string): Promise<Run> {
    const { service, reader, onMoving } = this.#deps;
    const { repository, sha, ref } = occasion;
    const source: Source = { repository, path, sha, ref };
    const run = this.#createRun(occasion, path, workflow.name ?? path);
    const settings = this.#settingsOf(repository);
    try {
      const defaults = defaultPermissions(settings.defaultPermissions);
      const tree = await loadTree(text, source, { hub: service.hub, reader, defaults, onMoving });
      run.referenced = listReferenced(tree);
      const declared = mappingOf(mappingOf(workflow.on.workflow_dispatch).inputs);
      const isManual = occasion.happening.event === 'workflow_dispatch';
      const inputs = isManual ? typeInputs(declared, mappingOf(occasion.payload.inputs)) : {};
      const prepared: Prepared = { run, occasion, tree, inputs, machine: undefined, outcomes: new Map() };
      this.#prepared.set(run.id, prepared);
      if (this.#needsApproval(occasion)) this.#finish(run, 'action_required');
      else this.#execute(prepared, new Map());
    } catch (error) {
      if (!(error instanceof WorkflowError)) throw error;
      this.#refuse(run, error.message);
    }
    return run;
  }

  #createRun(occasion: Occasion, path: string, name: string): Run {
    const { repository, headRepository, happening, ref, sha, headSha, headBranch, pull, sender, title } =
      occasion;
    const workflow = this.#deps.service.workflow(repository, path, name);
    const run = this.#deps.service.createRun({
      ...{
        repository,
        headRepository,
        workflow,
        event: happening.event,
        headBranch,
        headSha,
        ref,
        sha,
        title,
      },
      ...{ pullNumber: pull?.number, actor: sender },
    });
    this.#tell(run);
    return run;
  }

  // GitHub asks for approval when somebody outside opens a pull request from a fork.
  #needsApproval({ repository, headRepository, pull, sender }: Occasion): boolean {
    if (pull === undefined || headRepository.id === repository.id) return false;
    const trusted = (account: Account) =>
      ['write', 'maintain', 'admin'].includes(this.#deps.service.hub.roleOf(account, repository));
    return !(trusted(pull.author) && trusted(sender));
  }

  #execute(prepared: Prepared, keep: ReadonlyMap<string, JobOutcome>): void {
    const { run, occasion, inputs } = prepared;
    const github = makeGithubContext(this.#deps.service.hub, run, occasion.payload, occasion.pull);
    const restricted = occasion.headRepository.id !== occasion.repository.id;
    const settings = this.#settingsOf(occasion.repository);
    const plan = { run, attempt: run.attempt, github, settings, restricted };
    const machine = new RunMachine(plan, this.#deps, keep);
    prepared.machine = machine;
    this.#active.add(prepared);
    const scope: Scope = {
      contexts: new Map<string, unknown>([
        ['github', github],
        ['inputs', inputs],
        ['vars', settings.vars],
      ]),
      functions: new Map(),
    };
    void this.#drive(prepared, machine, scope)
      .catch((error: unknown): Conclusion => {
        run.message = error instanceof Error ? error.message : String(error);
        return 'failure';
      })
      .then((conclusion) => {
        prepared.outcomes = machine.outcomes;
        this.#finish(run, conclusion);
        this.#active.delete(prepared);
      });
  }

  async #drive(prepared: Prepared, machine: RunMachine, scope: Scope): Promise<Conclusion> {
    const { run, tree, inputs } = prepared;
    const title = tree.workflow.runName;
    if (title !== undefined) run.title = interpolate(title, scope);
    const group = parseConcurrency(resolveValue(tree.workflow.concurrency, scope));
    if (group === undefined) return machine.execute(tree, inputs);
    const key = `run ${run.repository.id} ${group.group}`;
    machine.waiting = true;
    const leave = await this.#deps.groups.enter(key, group.cancel, () => machine.cancel());
    machine.waiting = false;
    if (leave === undefined) return 'cancelled';
    try {
      return await machine.execute(tree, inputs);
    } finally {
      leave();
    }
  }

  #refuse(run: Run, message: string): void {
    run.message = message;
    this.#finish(run, 'startup_failure');
  }

  #finish(run: Run, conclusion: Conclusion): void {
    this.#deps.service.moveRun(run, 'completed', conclusion);
    this.#tell(run);
  }

  #tell(run: Run): void {
    for (const listener of this.#listeners) listener(run);
  }

  #settingsOf(repository: Repository): RepositorySettings {
    return this.#settings.get(repository.id) ?? SETTINGS;
  }
}

function listReferenced(tree: WorkflowTree): Run['referenced'] {
  return [...tree.called.values()].flatMap((inner) => {
    const { source } = inner;
    const path = `${source.repository.fullName}/${source.path}@${source.ref}`;
    const ref = source.ref.startsWith('refs/') ? source.ref : undefined;
    return [{ path, sha: source.sha, ref }, ...listReferenced(inner)];
  });
}
