import { HubError, notFound } from '../hub/hub-error.ts';
import type { Call } from '../hub/interface.ts';
import { readArtifact } from './artifact-shelf.ts';
import { answerPage } from './page.ts';
import { renderArtifact } from './render-run.ts';
import { redirect, runOf } from './routes-run.ts';
import type { Artifact } from './run.ts';
import type { ActionsService } from './service.ts';

const READ = { scope: 'actions', level: 'read' } as const;
const WRITE = { scope: 'actions', level: 'write' } as const;
const BASE = '/repos/:owner/:repo/actions';

/** Mounts artifacts and the blob links that their zips are fetched by. */
export function mountArtifactRoutes(service: ActionsService): void {
  const { hub, artifacts } = service;
  const { routes } = hub;
  const render = (artifact: Artifact) => renderArtifact(hub, artifact);
  const named = (call: Call, list: readonly Artifact[]) => {
    const name = call.query.get('name');
    return list.filter((artifact) => name === null || artifact.name === name).toReversed();
  };
  routes.add(
    'GET',
    `${BASE}/runs/:run/artifacts`,
    (call) => answerPage(call, 'artifacts', named(call, artifacts.listOf(runOf(service, call))), render),
    READ,
  );
  routes.add(
    'GET',
    `${BASE}/artifacts`,
    (call) => {
      const { id } = call.repository();
      const own = artifacts.list().filter((artifact) => artifact.run.repository.id === id);
      return answerPage(call, 'artifacts', named(call, own), render);
    },
    READ,
  );
  routes.add(
    'GET',
    `${BASE}/artifacts/:artifact`,
    (call) => ({ status: 200, body: render(artifactOf(service, call)) }),
    READ,
  );
  routes.add(
    'GET',
    `${BASE}/artifacts/:artifact/:format`,
    (call) => {
      const artifact = artifactOf(service, call);
      if (call.params.format !== 'zip') throw notFound();
      if (render(artifact).expired) throw new HubError(410, 'Artifact has expired');
      // A zip is public to nobody: GitHub asks for a login even where the repository is public.
      if (call.caller.kind === 'anonymous') throw new HubError(401, 'Requires authentication');
      return redirect(service, () => readArtifact(artifact), 'application/zip');
    },
    READ,
  );
  routes.add(
    'DELETE',
    `${BASE}/artifacts/:artifact`,
    (call) => {
      artifacts.remove(artifactOf(service, call).id);
      return { status: 204 };
    },
    WRITE,
  );
  routes.add('GET', '//_services/blobs/:key', async (call) => {
    const link = service.links.take(call.params.key ?? '');
    if (link === undefined) throw new HubError(403, 'Server failed to authenticate the request');
    return {
      status: 200,
      body: Buffer.from(await link.read()),
      headers: { 'content-type': link.contentType },
    };
  });
}

// Found by id only below its own repository: an id of another one does not exist here.
function artifactOf(service: ActionsService, call: Call): Artifact {
  const artifact = service.artifacts.find(Number(call.params.artifact));
  if (artifact === undefined || artifact.run.repository.id !== call.repository().id) throw notFound();
  return artifact;
}
