import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InputError } from '../core/error/error.ts';

/** Everything that the app needs to start. */
export interface BotConfig {
  readonly appId: number;
  readonly privateKey: string;
  /** The private key before that one, while it is being changed: evidence may still be sealed to it. */
  readonly earlierPrivateKey: string | null;
  /** The current one first; the one before it as well while it is being changed. Each has at least 32 characters. */
  readonly webhookSecrets: readonly string[];
  /** Folder that keeps deliveries until they were worked. */
  readonly stateFolder: string;
  /** `https://github.com` or the GHES server. */
  readonly serverUrl: string;
  /** null: Octokit's own, api.github.com. */
  readonly apiUrl: string | null;
  /** Address to listen on. */
  readonly host: string;
  readonly port: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the app's configuration from environment variables.
 * @throws InputError BOT_APP_ID, BOT_PRIVATE_KEY, BOT_WEBHOOK_SECRET, BOT_GHE_HOST, BOT_PORT
 */
export function readConfig(environment: Environment, readFile = readText): BotConfig {
  const host = environment.GHE_HOST;
  if (host !== undefined && !/^[a-z0-9.-]+(?::\d+)?$/i.test(host))
    throw refuse(
      'BOT_GHE_HOST',
      `GHE_HOST is ${JSON.stringify(host)}`,
      'Give the host name alone: github.example.com',
    );
  const protocol = environment.GHE_PROTOCOL === 'http' ? 'http' : 'https';
  return {
    appId: readAppId(environment.APP_ID),
    privateKey: readPrivateKey(environment, readFile),
    earlierPrivateKey: readEarlierKey(environment, readFile),
    webhookSecrets: readSecrets(environment),
    serverUrl: host === undefined ? 'https://github.com' : `${protocol}://${host}`,
    apiUrl: host === undefined ? null : `${protocol}://${host}/api/v3`,
    host: environment.HOST ?? 'localhost',
    port: readPort(environment.PORT),
    stateFolder: environment.GATEHOUSE_STATE ?? './state',
  };
}

function readAppId(text: string | undefined): number {
  const id = Number(text);
  if (text !== undefined && Number.isSafeInteger(id) && id > 0) return id;
  throw refuse(
    'BOT_APP_ID',
    text === undefined ? 'APP_ID is not set' : `APP_ID is ${JSON.stringify(text)}`,
    "Set APP_ID to the number on the app's settings page, under General.",
  );
}

function readPrivateKey(environment: Environment, readFile: ReadFile): string {
  const key = readKey('PRIVATE_KEY', environment, readFile);
  if (key === null)
    throw refuse('BOT_PRIVATE_KEY', 'Neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set', keyHint);
  return key;
}

/** A key is changed without lost evidence: what was sealed to the one before it opens as well. */
function readEarlierKey(environment: Environment, readFile: ReadFile): string | null {
  return readKey('PRIVATE_KEY_PREVIOUS', environment, readFile);
}

type ReadFile = (path: string) => string | null;

/** @returns null when neither the variable nor its file is named */
function readKey(
  name: 'PRIVATE_KEY' | 'PRIVATE_KEY_PREVIOUS',
  environment: Environment,
  readFile: ReadFile,
): string | null {
  const path = environment[`${name}_PATH`];
  const given = environment[name] ?? (path === undefined ? undefined : readFile(path));
  if (given === null)
    throw refuse('BOT_PRIVATE_KEY', `${name}_PATH names ${path}, which cannot be read`, keyHint);
  if (given === undefined) return null;
  return parsePrivateKey(name, given);
}

/**
 * @param name where the text came from, for the message
 * @throws InputError BOT_PRIVATE_KEY
 */
export function parsePrivateKey(name: string, text: string): string {
  // Many hosts keep variables on one line.
  const key = text.replaceAll('\\n', '\n').trim();
  if (isPrivateKey(key)) return key;
  throw refuse('BOT_PRIVATE_KEY', `${name} is no private key in PEM form`, keyHint);
}

/** In the form of a key, and one: the app signs with it, and opens what was sealed. */
function isPrivateKey(key: string): boolean {
  if (!/^-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+-----END (?:RSA )?PRIVATE KEY-----$/.test(key))
    return false;
  try {
    return createPrivateKey(key).asymmetricKeyType === 'rsa';
  } catch {
    return false; // said by the caller, with the fix
  }
}

const keyHint = "Set PRIVATE_KEY_PATH to the .pem file that the app's settings page gave you.";

/** A secret is changed without a lost delivery: both count until GitHub has the new one. */
function readSecrets(environment: Environment): readonly string[] {
  const { WEBHOOK_SECRET: current, WEBHOOK_SECRET_PREVIOUS: previous } = environment;
  if (current === undefined || current === '')
    throw refuse('BOT_WEBHOOK_SECRET', 'WEBHOOK_SECRET is not set', secretHint);
  requireStrong('WEBHOOK_SECRET', current);
  if (previous === undefined || previous === '' || previous === current) return [current];
  requireStrong('WEBHOOK_SECRET_PREVIOUS', previous);
  return [current, previous];
}

const secretHint = 'Make one with "openssl rand -hex 32" and set it in the app as well.';

/** Anybody who guesses the secret can send us any event. */
function requireStrong(name: string, text: string): void {
  if (text.length < 32)
    throw refuse('BOT_WEBHOOK_SECRET', `${name} has ${text.length} characters, 32 are needed`, secretHint);
  if (new Set(text).size < 8)
    throw refuse('BOT_WEBHOOK_SECRET', `${name} repeats a few characters`, secretHint);
}

function readPort(text: string | undefined): number {
  const port = text === undefined ? 3000 : Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw refuse(
    'BOT_PORT',
    `PORT is ${JSON.stringify(text)}`,
    'Set PORT to a number from 0 to 65535, or leave it out.',
  );
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // said by the caller, with the fix
  }
}

function refuse(code: string, message: string, hint: string): InputError {
  return new InputError(code, message, { hint });
}
