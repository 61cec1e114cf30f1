import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { ServiceError } from '../../core/error/error.ts';
import { type EnginePin, enginePin } from './engine-pin.ts';
import { askNpmRegistry } from './npm-registry.ts';
import { readTarball } from './tarball.ts';

/** Where the native engine may come from. */
export interface EngineSearch {
  /** Input `engine-path`: a folder with `duckdb.node` and its library; empty: not given. */
  readonly path: string;
  /** RUNNER_TOOL_CACHE; null off a runner: a download is then not kept. */
  readonly toolCache: string | null;
  /** Input `engine-registry`; empty: the registry that npm on this machine is set up with. */
  readonly registry: string;
  /** Input `offline`: nothing is downloaded. */
  readonly offline: boolean;
}

export interface EngineLocation {
  readonly folder: string;
  readonly from: 'engine-path' | 'node_modules' | 'tool cache' | 'download';
}

const binding = 'duckdb.node';
const nativeFiles = new Set([binding, 'libduckdb.so', 'libduckdb.dylib', 'duckdb.dll']);

/**
 * Finds the engine: the input, the checkout's own node_modules, the runner's tool cache, the pinned package.
 * @param pin version and SHA-512 compiled in from the lock file; another one in tests
 * @param askRegistry who is asked for a registry when the input names none
 * @throws ServiceError ENGINE_MISSING with what was tried; the verdict is then "not evaluated"
 */
export async function locateEngine(
  search: EngineSearch,
  pin: EnginePin = enginePin,
  platform: string = describePlatform(),
  askRegistry: typeof askNpmRegistry = askNpmRegistry,
): Promise<EngineLocation> {
  if (search.path !== '') return locateGiven(search.path);
  const installed = pin === enginePin ? findInstalled(platform) : null;
  if (installed !== null) return { folder: installed, from: 'node_modules' };
  const cached = search.toolCache === null ? null : toolCacheFolder(search.toolCache, platform, pin);
  if (cached !== null && existsSync(join(cached, binding))) return { folder: cached, from: 'tool cache' };
  if (search.offline) {
    throw refuse('offline is true and the tool cache does not hold it', pin, platform, search);
  }
  const target = cached ?? join(await mkdtemp(join(tmpdir(), 'gatehouse-engine-')), 'engine');
  const wanted = { search, pin, platform };
  const integrity = integrityOf(wanted);
  await download(wanted, await registryOf(wanted, askRegistry), integrity, target);
  return { folder: target, from: 'download' };
}

/** `linux-x64`, `linux-x64-musl`, `darwin-arm64`, ...: the ending of the engine's package name. */
export function describePlatform(): string {
  const name = `${process.platform}-${process.arch}`;
  if (process.platform !== 'linux') return name;
  const report = process.report.getReport() as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  return report.header?.glibcVersionRuntime === undefined ? `${name}-musl` : name;
}

function locateGiven(folder: string): EngineLocation {
  if (existsSync(join(folder, binding))) return { folder, from: 'engine-path' };
  throw new ServiceError('ENGINE_MISSING', `The engine-path ${folder} holds no ${binding}`, {
    hint: `Give the folder in which ${binding} and its library lie, or leave engine-path out.`,
  });
}

/** Only sources find node_modules; a bundle must never depend on what lies beside it. */
function findInstalled(platform: string): string | null {
  if (!import.meta.url.endsWith('.ts')) return null;
  try {
    const require = createRequire(import.meta.url);
    return dirname(require.resolve(`@duckdb/node-bindings-${platform}/${binding}`));
  } catch {
    return null; // Not a checkout with its packages: the search goes on.
  }
}

/** The folder of the engine in a tool cache, laid out as the runner's own tools are: tool, version, architecture. */
export function toolCacheFolder(toolCache: string, platform: string, pin: EnginePin = enginePin): string {
  return join(toolCache, 'gatehouse-duckdb', pin.version, platform.slice(platform.indexOf('-') + 1));
}

interface Wanted {
  readonly search: EngineSearch;
  readonly pin: EnginePin;
  readonly platform: string;
}

function integrityOf({ search, pin, platform }: Wanted): string {
  const integrity = Object.hasOwn(pin.platforms, platform) ? pin.platforms[platform] : undefined;
  if (integrity !== undefined) return integrity;
  throw refuse('there is no package for this platform', pin, platform, search);
}

async function registryOf(
  { search, pin, platform }: Wanted,
  askRegistry: typeof askNpmRegistry,
): Promise<string> {
  if (search.registry !== '') return search.registry;
  const answer = await askRegistry();
  if ('address' in answer) return answer.address;
  throw refuse(`engine-registry is empty, and ${answer.why}`, pin, platform, search);
}

async function download(
  { search, pin, platform }: Wanted,
  registry: string,
  integrity: string,
  target: string,
): Promise<void> {
  const name = `node-bindings-${platform}`;
  const url = `${registry.replace(/\/+$/, '')}/@duckdb/${name}/-/${name}-${pin.version}.tgz`;
  const bytes = await fetchBytes(url, (why, cause) => refuse(why, pin, platform, search, cause));
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (found !== integrity) {
    throw refuse(`${url} is not the pinned package (its SHA-512 differs)`, pin, platform, search);
  }
  await unpack(bytes, target);
}

async function fetchBytes(url: string, fail: (why: string, cause: unknown) => ServiceError): Promise<Buffer> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(120_000) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  } catch (cause) {
    throw fail(`${url} could not be read (${cause instanceof Error ? cause.message : cause})`, cause);
  }
}

/** Complete or not at all: two jobs of one runner may do this at the same time. */
async function unpack(bytes: Buffer, target: string): Promise<void> {
  const draft = `${target}.${randomUUID()}`;
  await mkdir(draft, { recursive: true });
  for (const [name, content] of readTarball(bytes)) {
    if (nativeFiles.has(name)) await writeFile(join(draft, name), content);
  }
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true });
    if (!existsSync(join(target, binding))) throw error;
  }
}

function refuse(
  why: string,
  pin: EnginePin,
  platform: string,
  search: EngineSearch,
  cause?: unknown,
): ServiceError {
  const folder = toolCacheFolder(search.toolCache ?? 'RUNNER_TOOL_CACHE', platform, pin);
  return new ServiceError(
    'ENGINE_MISSING',
    `The data engine ${pin.version} for ${platform} is missing: ${why}`,
    {
      hint: `Unpack @duckdb/node-bindings-${platform}@${pin.version} into ${folder}, name a folder by engine-path, or set engine-registry to a registry that the runner reaches.`,
      cause,
    },
  );
}
