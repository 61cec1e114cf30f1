import { generateKeyPairSync } from 'node:crypto';
import { type SealKey, sealKeyOf } from './seal-key.ts';

/** A private key as GitHub makes one for an app, and its public half as a policy names it. */
export interface AppKey {
  readonly pem: string;
  readonly key: SealKey;
}

const made = new Map<string, AppKey>();

/** Making one takes a while: one for each name. */
export function appKey(name = 'app'): AppKey {
  const known = made.get(name);
  if (known !== undefined) return known;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs1' }).toString();
  const fresh = { pem, key: sealKeyOf(pem) };
  made.set(name, fresh);
  return fresh;
}
