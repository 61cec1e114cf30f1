import { InputError } from '../../core/error/error.ts';
import type { PlaceUse } from './place.ts';

/** A key of an S3 service. It is used for a signature and never leaves this process, in messages and logs neither. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken: string | null;
}

const parts = ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'] as const;

/**
 * Reads credentials from the environment of the job: GATEHOUSE_STORE_ACCESS_KEY_ID (or GATEHOUSE_DATA_...) and its
 * companions where they are set, else AWS_ACCESS_KEY_ID and its companions.
 * @returns null when there are none: requests go unsigned, as to a public bucket
 * @throws InputError STORE_CREDENTIALS when half of them are there; names variables, never values
 */
export function readCredentials(env: Readonly<NodeJS.ProcessEnv>, use: PlaceUse): Credentials | null {
  return readFrom(env, `GATEHOUSE_${use.toUpperCase()}`) ?? readFrom(env, 'AWS');
}

/**
 * Reads the region that Amazon S3 is asked in and that signatures name.
 * @returns `us-east-1` where nothing is said: what S3-compatible services take
 * @throws InputError STORE_REGION: it becomes part of a host name
 */
export function readRegion(env: Readonly<NodeJS.ProcessEnv>): string {
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1';
  if (/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(region)) return region;
  throw new InputError('STORE_REGION', 'AWS_REGION is not the name of a region', {
    hint: 'Set it to a name such as eu-central-1.',
  });
}

function readFrom(env: Readonly<NodeJS.ProcessEnv>, prefix: string): Credentials | null {
  // A secret that a caller does not give arrives as an empty text; one that was pasted has a line end.
  const [accessKeyId, secretAccessKey, sessionToken] = parts.map(
    (part) => env[`${prefix}_${part}`]?.trim() ?? '',
  );
  if (!accessKeyId && !secretAccessKey) return null;
  const broken = parts.filter((part) => !/^[\x21-\x7e]*$/.test(env[`${prefix}_${part}`]?.trim() ?? ''));
  const absent = parts.slice(0, 2).filter((part) => !env[`${prefix}_${part}`]?.trim());
  const named = [...absent, ...broken].map((part) => `${prefix}_${part}`);
  if (!accessKeyId || !secretAccessKey || broken.length > 0) {
    throw new InputError('STORE_CREDENTIALS', `${named.join(', ')} cannot be used: absent or not one word`, {
      hint: `Set ${prefix}_ACCESS_KEY_ID and ${prefix}_SECRET_ACCESS_KEY as secrets of the repository, both or none.`,
    });
  }
  return { accessKeyId, secretAccessKey, sessionToken: sessionToken || null };
}
