import { HubError, notAccessible, notFound, validationFailed } from '../hub-error.ts';
import type { Access, Answer, Call, Json, Routes } from '../interface.ts';
import { latestChecks } from '../merge-rule.ts';
import { renderCheckRun, renderCheckRunPayload } from '../render/check.ts';
import type { Annotation, App, CheckRun, CheckSuite, Repository } from '../world.ts';
import { commitAt } from './commit.ts';
import { list, numberParam, optionalText, paginate, record, text } from './page.ts';

const read: Access = { scope: 'checks', level: 'read' };

const statuses = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'];
const conclusions = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'stale',
  'timed_out',
];

/** Checks belong to apps: a person's token creates none. */
function appOf(call: Call): App {
  const { caller } = call;
  if (caller.kind === 'anonymous') throw new HubError(401, 'Requires authentication');
  if (caller.kind === 'user') {
    call.repository();
    throw new HubError(403, 'You must authenticate via a GitHub App.');
  }
  if (caller.kind === 'app') throw notAccessible();
  call.hub.authorize(caller, call.repository(), { scope: 'checks', level: 'write' });
  return caller.app;
}

function suiteOf(call: Call, repository: Repository, app: App, sha: string): CheckSuite {
  const key = `${app.id} ${sha}`;
  const known = repository.checkSuites.get(key);
  if (known) return known;
  const pull = [...repository.pulls.values()].find(({ headSha }) => headSha === sha);
  const suite: CheckSuite = {
    id: call.hub.world.nextId(),
    app,
    headSha: sha,
    headBranch: pull?.headRef ?? repository.defaultBranch,
    createdAt: call.hub.clock.now(),
  };
  repository.checkSuites.set(key, suite);
  return suite;
}

const number = (entry: Json, field: string): number => {
  const value = entry[field];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new HubError(422, `Invalid request.\n\n"${field}" wasn't supplied.`);
};

function parseAnnotation(value: unknown): Annotation {
  const entry = record(value, 'annotations');
  const level = text(entry, 'annotation_level');
  if (!['notice', 'warning', 'failure'].includes(level)) {
    throw new HubError(
      422,
      `Invalid request.\n\n${level} is not a member of ["notice", "warning", "failure"].`,
    );
  }
  return {
    path: text(entry, 'path'),
    start_line: number(entry, 'start_line'),
    end_line: number(entry, 'end_line'),
    start_column: typeof entry.start_column === 'number' ? entry.start_column : null,
    end_column: typeof entry.end_column === 'number' ? entry.end_column : null,
    annotation_level: level,
    title: optionalText(entry, 'title') ?? null,
    message: text(entry, 'message'),
    raw_details: optionalText(entry, 'raw_details') ?? null,
  };
}

function limited(output: Json, field: string): string | null {
  const value = optionalText(output, field) ?? null;
  if (value !== null && [...value].length > 65_535) {
    throw new HubError(
      422,
      `Invalid request.\n\nOnly 65535 characters are allowed; ${[...value].length} were supplied.`,
    );
  }
  return value;
}

function applyOutput(run: CheckRun, value: unknown): void {
  if (value === undefined || value === null) return;
  const output = record(value, 'output');
  const annotations = list(output, 'annotations');
  if (annotations.length > 50) {
    throw new HubError(
      422,
      `Invalid request.\n\nNo more than 50 items are allowed; ${annotations.length} were supplied.`,
    );
  }
  run.title = output.title === undefined ? run.title : text(output, 'title');
  run.summary = limited(output, 'summary') ?? run.summary;
  run.text = limited(output, 'text') ?? run.text;
  // A later request adds annotations, it never replaces them.
  run.annotations.push(...annotations.map(parseAnnotation));
}

function applyState(call: Call, run: CheckRun, body: Json): void {
  const conclusion = optionalText(body, 'conclusion');
  const status = optionalText(body, 'status') ?? (conclusion === undefined ? run.status : 'completed');
  if (!statuses.includes(status))
    throw validationFailed('CheckRun', 'status', `${status} is not a status`, 'invalid');
  if (conclusion !== undefined && !conclusions.includes(conclusion)) {
    throw validationFailed('CheckRun', 'conclusion', `${conclusion} is not a conclusion`, 'invalid');
  }
  if (status === 'completed' && conclusion === undefined && run.conclusion === null) {
    throw new HubError(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.');
  }
  const done = status === 'completed' || conclusion !== undefined;
  run.status = done ? 'completed' : status;
  run.conclusion = done ? (conclusion ?? run.conclusion) : null;
  run.completedAt = done
    ? (optionalText(body, 'completed_at') ?? run.completedAt ?? call.hub.clock.now())
    : null;
}

function applyActions(run: CheckRun, value: unknown): void {
  if (value === undefined) return;
  const actions = list({ actions: value }, 'actions').map((entry) => {
    const action = record(entry, 'actions');
    return {
      label: text(action, 'label'),
      description: text(action, 'description'),
      identifier: text(action, 'identifier'),
    };
  });
  if (actions.length > 3)
    throw new HubError(
      422,
      `Invalid request.\n\nNo more than 3 items are allowed; ${actions.length} were supplied.`,
    );
  for (const { label, description, identifier } of actions) {
    if (label.length > 20 || description.length > 40 || identifier.length > 20) {
      throw new HubError(422, 'Invalid request.\n\nAn action has at most 20, 40 and 20 characters.');
    }
  }
  run.actions = actions;
}

function emitCheck(call: Call, repository: Repository, run: CheckRun, action: string): void {
  const sender = call.caller.kind === 'user' ? call.caller.account : run.app.bot;
  call.hub.emit(
    'check_run',
    action,
    { check_run: renderCheckRunPayload(call.hub, repository, run) },
    repository,
    sender,
  );
}

async function createCheck(call: Call): Promise<Answer> {
  const { hub } = call;
  const app = appOf(call);
  const body = call.json();
  const repository = call.repository();
  const sha = text(body, 'head_sha');
  const commit = await hub.git(repository).commit(sha);
  if (commit?.sha !== sha) throw new HubError(422, `No commit found for SHA: ${sha}`);
  const name = text(body, 'name');
  const run: CheckRun = {
    id: hub.world.nextId(),
    app,
    suite: suiteOf(call, repository, app, sha),
    headSha: sha,
    name,
    externalId: optionalText(body, 'external_id') ?? '',
    detailsUrl: optionalText(body, 'details_url') ?? null,
    status: 'queued',
    conclusion: null,
    startedAt: optionalText(body, 'started_at') ?? hub.clock.now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  applyState(call, run, body);
  applyOutput(run, body.output);
  applyActions(run, body.actions);
  repository.checkRuns.set(run.id, run);
  emitCheck(call, repository, run, 'created');
  if (run.status === 'completed') emitCheck(call, repository, run, 'completed');
  return { status: 201, body: renderCheckRun(hub, repository, run) };
}

function runOf(call: Call): CheckRun {
  const run = call.repository().checkRuns.get(numberParam(call, 'id'));
  if (!run) throw notFound();
  return run;
}

function patchCheck(call: Call): Answer {
  const app = appOf(call);
  const known = runOf(call);
  if (known.app.id !== app.id) {
    throw new HubError(
      403,
      `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`,
    );
  }
  const body = call.json();
  // A refused update changes nothing.
  const draft: CheckRun = { ...known, annotations: [...known.annotations] };
  applyState(call, draft, body);
  applyOutput(draft, body.output);
  applyActions(draft, body.actions);
  draft.name = optionalText(body, 'name') ?? draft.name;
  draft.externalId = optionalText(body, 'external_id') ?? draft.externalId;
  draft.detailsUrl = optionalText(body, 'details_url') ?? draft.detailsUrl;
  draft.startedAt = optionalText(body, 'started_at') ?? draft.startedAt;
  const completed = draft.status === 'completed' && known.status !== 'completed';
  Object.assign(known, draft);
  if (completed) emitCheck(call, call.repository(), known, 'completed');
  return { status: 200, body: renderCheckRun(call.hub, call.repository(), known) };
}

function filterRuns(call: Call, runs: readonly CheckRun[]): Answer {
  const name = call.query.get('check_name');
  const appId = call.query.get('app_id');
  const status = call.query.get('status');
  const found = runs.filter(
    (run) =>
      (name === null || run.name === name) &&
      (appId === null || String(run.app.id) === appId) &&
      (status === null || run.status === status),
  );
  const rendered = found
    .sort((a, b) => b.id - a.id)
    .map((run) => renderCheckRun(call.hub, call.repository(), run));
  return paginate(call, rendered, 'check_runs');
}

async function listChecks(call: Call): Promise<Answer> {
  const repository = call.repository();
  const { sha } = await commitAt(call, call.params.ref ?? '');
  const all = call.query.get('filter') === 'all';
  const runs = all
    ? [...repository.checkRuns.values()].filter(({ headSha }) => headSha === sha)
    : latestChecks(repository, sha);
  return filterRuns(call, runs);
}

function listAnnotations(call: Call): Answer {
  const run = runOf(call);
  const href = `${call.hub.url}/${call.repository().fullName}/blob/${run.headSha}`;
  return paginate(
    call,
    run.annotations.map((annotation) => ({ ...annotation, blob_href: `${href}/${annotation.path}` })),
  );
}

/** The re-run button: the app that owns the run is asked to run again. */
function rerequest(call: Call): Answer {
  call.hub.authorize(call.caller, call.repository(), { scope: 'checks', level: 'write' });
  emitCheck(call, call.repository(), runOf(call), 'rerequested');
  return { status: 201, body: {} };
}

export function mountChecks(routes: Routes): void {
  const path = '/repos/:owner/:repo';
  routes.add('POST', `${path}/check-runs`, createCheck);
  routes.add('PATCH', `${path}/check-runs/:id`, patchCheck);
  routes.add(
    'GET',
    `${path}/check-runs/:id`,
    (call) => ({ status: 200, body: renderCheckRun(call.hub, call.repository(), runOf(call)) }),
    read,
  );
  routes.add('GET', `${path}/check-runs/:id/annotations`, listAnnotations, read);
  routes.add('POST', `${path}/check-runs/:id/rerequest`, rerequest);
  routes.add('GET', `${path}/commits/:ref/check-runs`, listChecks, read);
}
