import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { profileFiles } from '../../../adapters/dataset/profile-files.ts';
import { Tables } from '../../../adapters/dataset/tables.ts';
import type { DataEngine, DataFile } from '../../../adapters/engine/engine.ts';
import { readFiles, readTree } from '../../../adapters/git/read.ts';
import type { Contract } from '../../../core/config/contract.ts';
import { parseContract } from '../../../core/config/contract-file.ts';
import { openLocator } from '../../../core/config/position.ts';
import { resolveFiles } from '../../../core/dataset/files.ts';
import { privacyIn } from '../../../core/dataset/record-maker.ts';
import { InputError } from '../../../core/error/error.ts';
import { parseProfile } from '../../../core/profile/parse-profile.ts';
import { toPublicProfile } from '../../../core/profile/private.ts';
import type { Profile } from '../../../core/profile/profile.ts';
import { guessPrivacyIn } from './profile.ts';
import { type DataRepository, dataPlace } from './repository.ts';

/** One side of a comparison: without anything of private columns. */
export interface Side {
  readonly profile: Profile;
  /** null: nobody said what its columns mean. */
  readonly contract: Contract | null;
}

export interface SideSource {
  readonly cwd: string;
  readonly repository: DataRepository;
  readonly engine: DataEngine;
  /** A folder of ours; made when it is needed. */
  readonly workdir: string;
  /** Whose types and privacy hold for files; null: types are found, privacy is guessed. */
  readonly contract: Contract | null;
}

const atRef = /^([^:]+):(datasets\/[^:/]+\.yml)$/;

/**
 * Reads what a person named: a profile (.json), a dataset of a commit (`main:datasets/flights.yml`), or a table.
 * @throws InputError PROFILE_INVALID, GIT_NO_REF, DATASET_UNREADABLE, DATA_UNREADABLE
 */
export async function readSide(named: string, source: SideSource): Promise<Side> {
  const { cwd, engine, contract } = source;
  if (named.endsWith('.json')) {
    const text = await readFile(resolve(cwd, named), 'utf8').catch((cause) => {
      throw new InputError('FILE_MISSING', `${named} cannot be read`, {
        hint: 'Name a file that lies here.',
        cause,
      });
    });
    return { profile: hide(parseProfile(text, named), contract), contract };
  }
  const [, ref, path] = atRef.exec(named) ?? [];
  if (ref !== undefined && path !== undefined) return readCommitted(ref, path, source);
  const types = contract === null ? 'find' : typesOf(contract);
  const profile = await profileFiles(engine, [{ path: named, local: resolve(cwd, named) }], types);
  return { profile: hide(profile, contract), contract };
}

async function readCommitted(ref: string, path: string, source: SideSource): Promise<Side> {
  const { root } = source.repository;
  const bytes = (await readFiles(root, ref, path)).get(path);
  if (bytes === undefined) {
    throw new InputError('CONTRACT_MISSING', `${ref} has no ${path}`, {
      hint: `Look: git ls-tree ${ref} datasets/`,
    });
  }
  const text = new TextDecoder().decode(bytes);
  const contract = parseContract(text, path);
  const files = await fetchCommitted(ref, contract, text, path, source);
  return { profile: hide(await profileFiles(source.engine, files, typesOf(contract)), contract), contract };
}

/** The data of a commit: files from git itself, pointers from the remote of the policy. */
async function fetchCommitted(
  ref: string,
  contract: Contract,
  text: string,
  path: string,
  { repository, workdir }: SideSource,
): Promise<readonly DataFile[]> {
  const { root } = repository;
  const listing = await readTree(root, ref);
  const { files, findings } = resolveFiles(contract, listing, openLocator(text, path));
  const folder = join(workdir, ref.replace(/[^A-Za-z0-9]/g, '-'));
  await mkdir(folder, { recursive: true });
  const tables = new Tables({
    ...dataPlace(repository),
    workdir: folder,
    readBlob: async (file) => (await readFiles(root, ref, file.path)).get(file.path) ?? new Uint8Array(),
  });
  const read = await tables.readFacts(files);
  const fetched = await tables.fetch(read.facts);
  const wrong = [...findings, ...read.findings, ...('findings' in fetched ? fetched.findings : [])];
  if (wrong.length === 0 && !('findings' in fetched)) return fetched;
  throw new InputError('DATASET_UNREADABLE', `the data of ${contract.dataset} at ${ref} cannot be had`, {
    hint: wrong[0]?.fix ?? 'Fetch the commit and its data.',
    findings: wrong,
  });
}

const typesOf = ({ columns }: Contract) => new Map(columns.map(({ name, type }) => [name, type]));

const hide = (profile: Profile, contract: Contract | null): Profile =>
  toPublicProfile(profile, contract === null ? guessPrivacyIn(profile) : privacyIn(contract));
