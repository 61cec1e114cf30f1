import { createHash } from 'node:crypto';
import { actorOf, authenticate } from '../access.ts';
import { notFound, validationFailed } from '../hub-error.ts';
import type { Access, Answer, Call, Hub, Routes } from '../interface.ts';
import { renderUser } from '../render/account.ts';
import { repositoryUrl, webUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Account, Repository } from '../world.ts';
import { numberParam, optionalText, paginate, text } from './page.ts';

const read: Access = { scope: 'contents', level: 'read' };
const write: Access = { scope: 'contents', level: 'write' };

interface Asset {
  readonly id: number;
  readonly name: string;
  readonly bytes: Buffer;
  readonly uploader: Account;
  readonly createdAt: string;
}

interface Release {
  readonly id: number;
  readonly tag: string;
  readonly name: string | null;
  readonly body: string | null;
  readonly author: Account;
  readonly createdAt: string;
  readonly prerelease: boolean;
  draft: boolean;
  publishedAt: string | null;
  readonly assets: Asset[];
}

/** Releases of each repository, oldest first: nothing else of the hub looks at them. */
const shelves = new WeakMap<Repository, Release[]>();

function releasesOf(repository: Repository): Release[] {
  const known = shelves.get(repository) ?? [];
  shelves.set(repository, known);
  return known;
}

/** Drafts are seen by those who may write. */
function listReleases(call: Call): Answer {
  const repository = call.repository();
  const seen = releasesOf(repository).filter(({ draft }) => !draft || mayWrite(call, repository));
  return paginate(
    call,
    seen.toReversed().map((release) => renderRelease(call.hub, repository, release)),
  );
}

function mayWrite({ hub, caller }: Call, repository: Repository): boolean {
  try {
    hub.authorize(caller, repository, write);
    return true;
  } catch {
    return false;
  }
}

async function createRelease(call: Call): Promise<Answer> {
  const { hub } = call;
  const repository = call.repository();
  const body = call.json();
  const tag = text(body, 'tag_name');
  const draft = body.draft === true;
  if (!draft && releasesOf(repository).some((one) => !one.draft && one.tag === tag))
    throw validationFailed('Release', 'tag_name', 'tag_name already exists', 'already_exists');
  const release: Release = {
    ...{ id: hub.world.nextId(), tag, draft, assets: [], createdAt: hub.clock.now() },
    name: optionalText(body, 'name') ?? null,
    body: optionalText(body, 'body') ?? null,
    author: actorOf(call.caller),
    prerelease: body.prerelease === true,
    publishedAt: null,
  };
  releasesOf(repository).push(release);
  if (!draft) await publish(call, repository, release);
  return { status: 201, body: renderRelease(hub, repository, release) };
}

async function updateRelease(call: Call): Promise<Answer> {
  const repository = call.repository();
  const id = numberParam(call, 'id');
  const release = releasesOf(repository).find((one) => one.id === id);
  if (release === undefined) throw notFound();
  if (call.json().draft === false && release.draft) await publish(call, repository, release);
  return { status: 200, body: renderRelease(call.hub, repository, release) };
}

/** A tag that is not there is made at the default branch. */
async function publish({ hub }: Call, repository: Repository, release: Release): Promise<void> {
  const git = hub.git(repository);
  const sha = await git.resolve(`refs/heads/${repository.defaultBranch}`);
  if (sha === null) throw validationFailed('Release', 'tag_name', 'Repository is empty.', 'custom');
  await git.updateRef(`refs/tags/${release.tag}`, sha, '0'.repeat(40));
  release.draft = false;
  release.publishedAt = hub.clock.now();
}

/** Uploads have an address beside the API, and the same credentials. */
function uploadAsset(call: Call): Answer {
  const { hub, params, bytes, query } = call;
  const repository = hub.repository(`${params.owner}/${params.repo}`);
  const header = call.headers.authorization;
  const caller = authenticate(hub.world, typeof header === 'string' ? header : undefined);
  hub.authorize(caller, repository, write);
  const release = releasesOf(repository).find(({ id }) => id === numberParam(call, 'id'));
  if (release === undefined) throw notFound();
  const name = query.get('name') ?? '';
  if (name === '' || release.assets.some((asset) => asset.name === name))
    throw validationFailed('ReleaseAsset', 'name', 'name already exists', 'already_exists');
  const asset: Asset = {
    ...{ id: hub.world.nextId(), name, bytes, uploader: actorOf(caller), createdAt: hub.clock.now() },
  };
  release.assets.push(asset);
  return { status: 201, body: renderAsset(hub, repository, release, asset) };
}

function readAsset(call: Call): Answer {
  const repository = call.repository();
  const id = numberParam(call, 'id');
  for (const release of releasesOf(repository)) {
    const asset = release.assets.find((one) => one.id === id);
    if (asset === undefined || (release.draft && !mayWrite(call, repository))) continue;
    if (call.headers.accept?.includes('application/octet-stream')) return { status: 200, body: asset.bytes };
    return { status: 200, body: renderAsset(call.hub, repository, release, asset) };
  }
  throw notFound();
}

/** `release`. */
function renderRelease(hub: Hub, repository: Repository, release: Release) {
  const { id, tag, name, body, draft, prerelease, author, createdAt, publishedAt, assets } = release;
  const url = `${repositoryUrl(hub, repository)}/releases/${id}`;
  const upload = `${hub.url}/api/uploads/repos/${repository.fullName}/releases/${id}/assets`;
  return {
    ...{ id, url, name, body, draft, prerelease, tag_name: tag, target_commitish: repository.defaultBranch },
    ...{ assets_url: `${url}/assets`, upload_url: `${upload}{?name,label}` },
    html_url: `${webUrl(hub, repository)}/releases/tag/${encodeURIComponent(tag)}`,
    tarball_url: draft ? null : `${repositoryUrl(hub, repository)}/tarball/${tag}`,
    zipball_url: draft ? null : `${repositoryUrl(hub, repository)}/zipball/${tag}`,
    node_id: nodeId('Release', id),
    author: renderUser(hub, author),
    created_at: createdAt,
    published_at: publishedAt,
    assets: assets.map((asset) => renderAsset(hub, repository, release, asset)),
  };
}

/** `release-asset`. */
function renderAsset(hub: Hub, repository: Repository, { tag }: Release, asset: Asset) {
  const { id, name, bytes, uploader, createdAt } = asset;
  return {
    ...{ id, name, label: null, state: 'uploaded', size: bytes.length, download_count: 0 },
    url: `${repositoryUrl(hub, repository)}/releases/assets/${id}`,
    browser_download_url: `${webUrl(hub, repository)}/releases/download/${encodeURIComponent(tag)}/${name}`,
    node_id: nodeId('ReleaseAsset', id),
    content_type: 'application/json',
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    uploader: renderUser(hub, uploader),
    created_at: createdAt,
    updated_at: createdAt,
  };
}

export function mountReleases(routes: Routes): void {
  const path = '/repos/:owner/:repo/releases';
  routes.add('GET', path, listReleases, read);
  routes.add('POST', path, createRelease, write);
  routes.add('PATCH', `${path}/:id`, updateRelease, write);
  routes.add('GET', `${path}/assets/:id`, readAsset, read);
  routes.add('POST', '//api/uploads/repos/:owner/:repo/releases/:id/assets', uploadAsset);
}
