import { type Incident, repositoryBook } from './incident.ts';
import {
  cardPath,
  endpointPath,
  frontPagePath,
  incidentsPath,
  type LedgerLayout,
  statePath,
  statusPath,
  versionPath,
} from './layout.ts';
import type { ModelState, VersionState } from './ledger.ts';
import { finish, type Steps } from './steps.ts';
import { renderYaml } from './yaml.ts';

/** Markdown pages come from core/report, which is above this layer. Both must be pure: `verify` renders them again. */
export interface LedgerRenderers {
  readonly modelCard: (state: ModelState, version: number) => string;
  readonly readme: (states: readonly ModelState[]) => string;
}

/**
 * Renders every registry file of the whole ledger: what must lie there byte by byte.
 * @returns path -> text, sorted by path; audit/ is not in it
 */
export const renderLedgerFiles = (
  ...ledger: Parameters<typeof renderEachModel>
): ReadonlyMap<string, string> => finish(renderEachModel(...ledger));

/** The same, a step for each model. */
export function* renderEachModel(
  states: readonly ModelState[],
  layout: LedgerLayout,
  renderers: LedgerRenderers,
): Steps<ReadonlyMap<string, string>> {
  const sorted = [...states].sort((a, b) => (a.model < b.model ? -1 : 1));
  const files: [string, string][] = [];
  for (const state of sorted) {
    files.push(...renderModelFiles(state, renderers));
    yield;
  }
  files.push([frontPagePath(layout), renderers.readme(sorted)]);
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Renders the registry files of one model: version records, state, status, card, endpoints. */
export function renderModelFiles(
  state: ModelState,
  renderers: Pick<LedgerRenderers, 'modelCard'>,
): ReadonlyMap<string, string> {
  const { model } = state;
  if (model === repositoryBook) return new Map([[incidentsPath, renderIncidents(state)]]);
  const files = new Map<string, string>();
  for (const [number, { record }] of state.versions) {
    files.set(versionPath(model, number), renderYaml(record));
  }
  for (const endpoint of state.endpoints.values()) {
    files.set(endpointPath(endpoint.endpoint, model), renderYaml({ v: 1, model, ...endpoint }));
  }
  files.set(statePath(model), renderState(state));
  files.set(statusPath(model), renderStatus(state));
  const shown = cardVersion(state);
  if (shown !== null) files.set(cardPath(model), renderers.modelCard(state, shown));
  return files;
}

/** The version that a model's card is about: what serves (first endpoint by name), else the newest. */
export function cardVersion(state: ModelState): number | null {
  const serving = sortedEndpoints(state).find(({ champion }) => champion !== null)?.champion;
  return serving ?? ([...state.versions.keys()].sort((a, b) => b - a)[0] || null);
}

function renderState(state: ModelState): string {
  const versions = [...state.versions].sort(([a], [b]) => a - b);
  return renderYaml({
    v: 1,
    model: state.model,
    stages: Object.fromEntries(versions.map(([number, { stage }]) => [number, stage])),
    deployments: versions.flatMap(([version, each]) => deploymentsOf(version, each)),
    ...renderHeldOut(state),
    lastEvent: { seq: state.lastSeq, hash: state.lastHash, at: state.lastAt },
  });
}

/** One line for each set of labels, however often it was used; absent while none was. */
function renderHeldOut({ heldOut }: ModelState): { readonly heldOut?: readonly object[] } {
  if (heldOut.size === 0) return {};
  const sets = [...heldOut].sort(([a], [b]) => (a < b ? -1 : 1));
  return { heldOut: sets.map(([labels, { looks, lastAt }]) => ({ labels, looks, lastAt })) };
}

function deploymentsOf(version: number, { deployments }: VersionState): readonly object[] {
  return deployments.map(({ approvals, until, ...stay }) => ({
    version,
    ...stay,
    until: until ?? 'serving',
    approvals: approvals.map(({ reviewer, role, submittedAt }) => ({
      id: reviewer.id,
      login: reviewer.login,
      role,
      submittedAt,
    })),
  }));
}

/** What is known of the served version now. Live figures come with monitoring: until then they are not measured. */
function renderStatus(state: ModelState): string {
  return renderYaml({
    v: 1,
    model: state.model,
    asOf: state.lastAt,
    endpoints: sortedEndpoints(state).map(({ endpoint, champion, since }) => ({
      endpoint,
      champion: champion ?? 'none',
      since,
      metrics: metricsOf(champion === null ? undefined : state.versions.get(champion)),
      drift: 'not measured',
      live: 'not measured',
    })),
  });
}

function metricsOf(version: VersionState | undefined): readonly object[] {
  const measured = new Map(version?.record.metrics.map((each) => [each.metric, each]));
  return [...measured.values()].map(({ metric, challenger, grade }) => ({
    metric,
    value: challenger,
    grade,
    measuredAt: version?.record.registeredAt,
  }));
}

/** A person's number and login, never a word of theirs. */
function renderIncidents({ incidents, corrections, lastSeq, lastHash, lastAt }: ModelState): string {
  return renderYaml({
    v: 1,
    incidents: [...(incidents?.values() ?? [])].map(renderIncident),
    corrections: corrections ?? [],
    lastEvent: { seq: lastSeq, hash: lastHash, at: lastAt },
  });
}

const renderIncident = ({ by, codes, closed, ...incident }: Incident): object => ({
  ...incident,
  by: { id: by.id, login: by.login },
  codes: [...codes],
  closed: closed ?? 'open',
});

const sortedEndpoints = (state: ModelState) =>
  [...state.endpoints.values()].sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
