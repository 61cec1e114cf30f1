import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
}

const prefix = 'node_modules/@duckdb/node-bindings-';

/**
 * Writes the module that pins the data engine: its version, and for each platform the SHA-512 of its package.
 * Runners may download only these bytes.
 * @param lockText the whole package-lock.json
 */
export function renderEnginePin(lockText: string): string {
  const lock = JSON.parse(lockText) as { readonly packages?: Readonly<Record<string, LockedPackage>> };
  const platforms = Object.entries(lock.packages ?? {})
    .filter(([path]) => path.startsWith(prefix))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const versions = [...new Set(platforms.map(([, { version }]) => version))];
  const [version] = versions;
  if (versions.length !== 1 || version === undefined) {
    throw new Error(`package-lock.json names ${versions.length} versions of the engine, not one`);
  }
  const lines = platforms.map(([path, { integrity }]) => {
    if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')) throw new Error(`${path} has no SHA-512`);
    return `    '${path.slice(prefix.length)}':\n      '${integrity}',`;
  });
  return `/** The data engine that runners may use. Generated from package-lock.json by scripts/generate-engine-pin.ts. */
export interface EnginePin {
  readonly version: string;
  /** Platform -> SHA-512 of the package in base64, as npm writes it. */
  readonly platforms: Readonly<Record<string, string>>;
}

export const enginePin: EnginePin = {
  version: '${version}',
  platforms: {
${lines.join('\n')}
  },
};
`;
}

/** Makes adapters/engine/engine-pin.ts again. */
export function writeEnginePin(root: string): void {
  const text = renderEnginePin(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  writeFileSync(join(root, 'adapters', 'engine', 'engine-pin.ts'), text);
}

if (import.meta.main) writeEnginePin(join(import.meta.dirname, '..'));
