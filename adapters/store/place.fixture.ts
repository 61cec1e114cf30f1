import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { type Key, type PlaceServer, servePlace } from './server.fixture.ts';

/** One kind of place, running. */
export interface Bench {
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
  /** Puts bytes below the place behind our back. */
  plant(path: string, bytes: string): Promise<void>;
  /** What lies below the place; null: nothing. */
  look(path: string): Promise<string | null>;
  /** Present where requests can be made to fail. */
  readonly server?: PlaceServer;
  close(): Promise<void> | void;
}

const key: Key = { id: 'AKIDTEST', secret: 'secret+of/a=test', region: 'us-east-1' };

export async function startFolder(): Promise<Bench> {
  const root = await mkdtemp(join(tmpdir(), 'gatehouse place '));
  return {
    address: `file://${encodeURI(root)}`,
    env: {},
    plant: async (path, bytes) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await rm(join(root, path), { force: true });
      await writeFile(join(root, path), bytes);
    },
    look: (path) => readFile(join(root, path), 'utf8').catch(() => null),
    close: () => rm(root, { recursive: true }),
  };
}

export async function startServer(s3: boolean): Promise<Bench> {
  const server = await servePlace(s3 ? key : null);
  const prefix = s3 ? '/models/kept' : '/kept';
  return {
    address: `${s3 ? 's3+' : ''}${server.origin}${prefix}`,
    env: s3 ? { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret } : {},
    plant: async (path, bytes) => void server.kept.set(`${prefix}/${path}`, Buffer.from(bytes)),
    look: async (path) => server.kept.get(`${prefix}/${path}`)?.toString() ?? null,
    server,
    close: server.close,
  };
}

/** A server written by others, with its own idea of the protocol: it knows no conditional writes. */
export async function startS3rver(): Promise<Bench> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse s3rver '));
  const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (
    options: object,
  ) => { run(): Promise<{ readonly port: number }>; close(): Promise<void> };
  const configureBuckets = [{ name: 'models' }];
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets });
  const { port } = await server.run();
  const address = `s3+http://127.0.0.1:${port}/models/kept`;
  const env = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };
  const object = (path: string) => join(directory, 'models', 'kept', `${path}._S3rver_object`);
  return {
    address,
    env,
    plant: async (path, bytes) => {
      await mkdir(dirname(object(path)), { recursive: true });
      await writeFile(object(path), bytes);
      await writeFile(object(path).replace(/object$/, 'metadata.json'), '{}');
    },
    look: (path) => readFile(object(path), 'utf8').catch(() => null),
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

export const digest = digestBytes('model');
export const pathOf = (named: Digest) => `sha256/${named.slice(7, 9)}/${named.slice(9)}`;
/** Where the store keeps the bytes `model`. */
export const path = pathOf(digest);
