import { createReadStream } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { handedNames } from '../scoring/handed-files.ts';
import { copyHashed } from '../store/transfer.ts';

export interface HandedModel {
  /** Where the artifact of the training job or of the storing job was unpacked. */
  readonly folder: string;
  /** Name of the model file in the artifact of a training job. */
  readonly name: string;
  /** Of the ledger for a version, of the job that made or stored it for a new one. */
  readonly digest: Digest;
  /** For messages. */
  readonly who: string;
}

const fix =
  'Download the artifact of the training job or of the storing job of this run by its id, and pass the digest that the same job gave.';

/**
 * Takes the model out of an artifact. Any job of a run can upload, and a server of an earlier round can write where it
 * likes: the bytes are held against the digest on their way, each time.
 * @returns its size in bytes
 * @throws InputError LATENCY_MODEL_MISSING, LATENCY_MODEL_OTHER
 */
export async function takeServedModel(
  { folder, name, digest, who }: HandedModel,
  to: string,
): Promise<number> {
  const from = await findPlain(folder, [handedNames.model, name]);
  if (from === null) {
    const message = `The folder of the ${who} holds no plain file ${name} or ${handedNames.model}`;
    throw refuse('latency/model-missing', message, fix);
  }
  await rm(to, { force: true });
  const { hex, sizeBytes } = await copyHashed(createReadStream(from), to, 'sha256');
  const found = `sha256:${hex}`;
  if (found === digest) return sizeBytes;
  // Bytes that are not the right ones do not stay where a server would find them.
  await rm(to, { force: true });
  throw refuse(
    'latency/model-other',
    `The model file of the ${who} is not the one that its digest names`,
    fix,
    {
      found,
      allowed: digest,
    },
  );
}

async function findPlain(folder: string, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const file = join(folder, name);
    const facts = await lstat(file).catch(() => null);
    if (facts?.isFile()) return file;
  }
  return null;
}
