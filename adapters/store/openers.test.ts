import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const sources = ['actions', 'adapters', 'bot', 'cli'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(path))
    .map((path) => join(folder, path)),
);

/** Calls with one argument, not methods and not declarations: an address, and no word on what may be reached. */
const withoutRule =
  /(?<![.\w#]|function )(?:openStore|openRemote|openPlace)\((?:[^(),]|\([^()]*\))+\)(?!\s*[:{])/g;
const globalFetch = /(?:await|return|[=(?:]|=>)\s*fetch\(/;
/** They ask GitHub, its token service and its artifact store, or the package registry: addresses of the runner, not of a file. */
const ownFetch = [
  'adapters/actions/artifact.ts',
  'adapters/artifact/results-service.ts',
  'adapters/checkpoint/run-artifacts.ts',
  'adapters/engine/locate.ts',
];

describe('whoever opens a place', () => {
  it('says what the policy lets it reach', () => {
    const found = sources.flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(withoutRule)].map(([call]) => `${path}: ${call}`),
    );
    expect(sources.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  it('goes through the client that checks addresses', () => {
    const found = sources.filter((path) => globalFetch.test(readFileSync(join(root, path), 'utf8')));
    expect(found.filter((path) => !ownFetch.includes(path))).toEqual([]);
  });

  it.each([
    ['const store = openStore(url);', true],
    ['await openRemote(pathToFileURL(folder).href).push(file);', true],
    ['openPlace(policy.data)', true],
    ['openStore(policy.store, networkOf(policy))', false],
    ['openRemote(data, network).fetch(pointer)', false],
    ['export async function openStore(url: string): Promise<Store> {', false],
    ['openStore(policy: Policy): Promise<RecordStore>;', false],
    ['deps.openStore(proposal.policy)', false],
  ])('the rule reads %s as it is meant', (line, isForgotten) => {
    expect(line.match(withoutRule) !== null).toBe(isForgotten);
  });
});
