import { anchorFileName, maxAnchorBytes } from '../../core/audit/signed-anchor.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readOptional, writeGitHub } from '../github/failure.ts';
import { type AnchorFile, type AnchorPlace, newestAnchors, readAnchorText, stampPrefix } from './place.ts';

/** People's own releases lie between ours: so many are looked through. */
const maxPages = 3;
const pageSize = 100;

/**
 * Keeps anchors as assets of releases of the repository itself: whoever may write to it can take one away, nobody can make
 * one that is believed. Where releases are immutable, GitHub also attests that the asset was not replaced.
 * @see https://docs.github.com/rest/releases/releases
 */
export function openReleases(client: GitHubClient, name: RepositoryName): AnchorPlace {
  const title = `${name.owner}/${name.repo}`;
  return {
    name: `releases of ${title}`,
    read: () => readReleases(client, name),
    put: (stamp, text) => makeRelease(client, name, stamp, text),
  };
}

interface Asset {
  readonly id: number;
  readonly tag: string;
}

async function readReleases(client: GitHubClient, name: RepositoryName): Promise<readonly AnchorFile[]> {
  const assets: Asset[] = [];
  for (let page = 1; page <= maxPages && assets.length < newestAnchors; page += 1) {
    const found = await readPage(client, name, page);
    assets.push(...found.assets);
    if (found.isLast) break;
  }
  // GitHub lists by the time of the tagged commit: ours may all be of one, so their names decide.
  const newest = assets.sort((a, b) => (a.tag < b.tag ? 1 : -1)).slice(0, newestAnchors);
  const files: AnchorFile[] = [];
  for (const { id, tag } of newest) {
    const text = await readAsset(client, name, id);
    if (text !== null) files.push({ source: `release ${tag}`, text });
  }
  return files;
}

async function readPage(
  client: GitHubClient,
  name: RepositoryName,
  page: number,
): Promise<{ readonly assets: readonly Asset[]; readonly isLast: boolean }> {
  const releases = await readOptional('releases', async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/releases', {
      ...name,
      per_page: pageSize,
      page,
    });
    return data;
  });
  const assets = (releases ?? []).flatMap(({ tag_name: tag, draft, assets: held }) =>
    draft || !tag.startsWith(stampPrefix)
      ? []
      : held
          .filter((asset) => asset.name === anchorFileName && asset.size <= maxAnchorBytes)
          .map(({ id }) => ({ id, tag })),
  );
  return { assets, isLast: (releases ?? []).length < pageSize };
}

/** null: it was taken away meanwhile. */
async function readAsset(client: GitHubClient, name: RepositoryName, id: number): Promise<string | null> {
  return readOptional(`release asset ${id}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
      ...name,
      asset_id: id,
      headers: { accept: 'application/octet-stream' },
      request: { parseSuccessResponseBody: false },
    });
    return readAnchorText(data, `release asset ${id}`);
  });
}

/**
 * A draft first, published when its asset is there: an immutable release takes no asset afterwards, and no reader meets a
 * release without one. What a crash leaves is a draft that nobody reads.
 */
async function makeRelease(
  client: GitHubClient,
  name: RepositoryName,
  stamp: string,
  text: string,
): Promise<void> {
  await writeGitHub(`make release ${stamp}`, async () => {
    const { data: draft } = await client.request('POST /repos/{owner}/{repo}/releases', {
      ...name,
      tag_name: stamp,
      name: `Anchor of the ledger, ${stamp.slice(stampPrefix.length)}`,
      body,
      draft: true,
      prerelease: true,
      make_latest: 'false',
      request: { retries: 0 },
    });
    await client.request({
      method: 'POST',
      // GitHub names the address itself: uploads have a host of their own.
      url: draft.upload_url,
      name: anchorFileName,
      headers: { 'content-type': 'application/json' },
      data: text,
      request: { retries: 0 },
    });
    await client.request('PATCH /repos/{owner}/{repo}/releases/{release_id}', {
      ...name,
      release_id: draft.id,
      draft: false,
      make_latest: 'false',
    });
  });
}

const body = `Size and root of the ledger, signed by GitHub for the workflow anchor-ledger.yml. Keep a copy where the writers of this repository cannot reach it: \`gatehouse verify --anchor ${anchorFileName}\` compares the ledger with it.`;
