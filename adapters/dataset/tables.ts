import { join } from 'node:path';
import type { NetworkRule } from '../../core/config/network.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { type DataFileFacts, fetchData, type ReadBlob, readFacts } from '../dvc/dataset.ts';
import { type DvcRemote, openRemote } from '../dvc/remote.ts';
import type { DataFile } from '../engine/engine.ts';

/** Where the tables of a repository come from. */
export interface TableSource {
  /** `data` of the policy, and which hosts may be reached for it. */
  readonly dataUrl: string;
  readonly network: NetworkRule;
  /** An empty folder of ours with room for the data. */
  readonly workdir: string;
  readonly readBlob: ReadBlob;
  /** Another remote than that of the address: data that is about to come in lies on this machine. */
  readonly openRemote?: (url: string, network: NetworkRule) => DvcRemote;
}

/** What could not be had, as findings. `evaluated` false: the infrastructure failed, which says nothing about the data. */
export interface Failure {
  readonly findings: readonly Finding[];
  readonly evaluated: boolean;
}

/** Tables of one job: every file is fetched once, however many contracts read it. */
export class Tables {
  readonly #source: TableSource;
  readonly #fetched = new Map<string, Promise<readonly DataFile[]>>();

  constructor(source: TableSource) {
    this.#source = source;
  }

  /** Reads what files of a tree stand for; of a pointer only the pointer is read, not the data. */
  async readFacts(
    files: readonly ListedFile[],
  ): Promise<Failure & { readonly facts: readonly DataFileFacts[] }> {
    const facts: DataFileFacts[] = [];
    const errors: GatehouseError[] = [];
    for (const file of files) {
      const read = await readFacts(file, this.#source.readBlob).catch(acceptKnown);
      if (read instanceof GatehouseError) errors.push(read);
      else facts.push(read);
    }
    return { facts, ...toFailure(errors) };
  }

  /** Brings the data here, verified by its digests; all of it or none. */
  async fetch(facts: readonly DataFileFacts[]): Promise<readonly DataFile[] | Failure> {
    const remote = this.#openRemote();
    if (remote instanceof GatehouseError) return { ...toFailure([remote]), evaluated: false };
    const tables: DataFile[] = [];
    const errors: GatehouseError[] = [];
    for (const fact of facts) {
      const fetched = await this.#fetchOnce(remote, fact).catch(acceptKnown);
      if (fetched instanceof GatehouseError) errors.push(fetched);
      else tables.push(...fetched);
    }
    return errors.length > 0 ? toFailure(errors) : tables;
  }

  #openRemote(): DvcRemote | GatehouseError {
    try {
      const { dataUrl, network } = this.#source;
      return (this.#source.openRemote ?? openRemote)(dataUrl, network);
    } catch (error) {
      return acceptKnown(error);
    }
  }

  #fetchOnce(remote: DvcRemote, facts: DataFileFacts): Promise<readonly DataFile[]> {
    const key = `${facts.listed.path}\0${facts.listed.blob}`;
    const known = this.#fetched.get(key);
    if (known !== undefined) return known;
    // Our own name: names of the proposer never reach the engine's file patterns.
    const local = join(this.#source.workdir, `data-${this.#fetched.size + 1}`);
    const fetched = fetchData(facts, local, remote, this.#source.readBlob, 'numbers');
    this.#fetched.set(key, fetched);
    return fetched;
  }
}

/** What known errors say, for evidence. */
export function toFailure(errors: readonly GatehouseError[]): Failure {
  return {
    findings: errors.flatMap((error) => findingsOf('data', error)),
    evaluated: errors.every(({ kind }) => kind === 'input'),
  };
}

/** An error that names who must act becomes a finding; any other one is a fault of ours and ends the job. */
export function acceptKnown(error: unknown): GatehouseError {
  if (error instanceof GatehouseError) return error;
  throw error;
}
