import { readFileSync } from 'node:fs';
import { InputError } from '../../core/error/error.ts';
import { parseStrictJson } from '../../core/json/strict.ts';

/** What the runner itself says of the run that this step belongs to. Pull-request code cannot write these. */
export interface RunFacts {
  readonly repository: string;
  readonly repositoryId: number;
  readonly runId: number;
  readonly runAttempt: number;
  readonly event: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly actor: string;
}

export interface PullRequestEvent {
  readonly number: number;
  readonly headSha: string;
  readonly fork: boolean;
}

/** @throws InputError RUN_FACTS when a variable that every runner sets is missing. */
export function readRunFacts(env: NodeJS.ProcessEnv = process.env): RunFacts {
  return {
    repository: need(env, 'GITHUB_REPOSITORY'),
    repositoryId: needNumber(env, 'GITHUB_REPOSITORY_ID'),
    runId: needNumber(env, 'GITHUB_RUN_ID'),
    runAttempt: needNumber(env, 'GITHUB_RUN_ATTEMPT'),
    event: need(env, 'GITHUB_EVENT_NAME'),
    serverUrl: need(env, 'GITHUB_SERVER_URL'),
    apiUrl: need(env, 'GITHUB_API_URL'),
    actor: need(env, 'GITHUB_ACTOR'),
  };
}

/**
 * Reads the pull request from the event file.
 * @throws InputError EVENT_UNREADABLE; EVENT_NOT_SUPPORTED for any other event: the trusted workflows judge pull requests alone.
 */
export function readPullRequestEvent(env: NodeJS.ProcessEnv = process.env): PullRequestEvent {
  const name = need(env, 'GITHUB_EVENT_NAME');
  if (name !== 'pull_request') {
    throw new InputError(
      'EVENT_NOT_SUPPORTED',
      `This workflow was started by "${name}", not by pull_request.`,
      {
        hint: 'Start it with "on: pull_request" (pull_request_target is never safe here).',
      },
    );
  }
  const path = need(env, 'GITHUB_EVENT_PATH');
  const event = parseStrictJson(readEvent(path), 'event.json');
  const pull = at(event, 'pull_request');
  const number = at(pull, 'number');
  const headSha = at(at(pull, 'head'), 'sha');
  const headRepository = at(at(at(pull, 'head'), 'repo'), 'id');
  const baseRepository = at(at(at(pull, 'base'), 'repo'), 'id');
  if (!isNumber(number) || !isSha(headSha) || typeof baseRepository !== 'number') {
    throw unreadable('The event file names no pull request with number, head and base.');
  }
  // A deleted fork has no repository: not ours, hence a fork.
  return { number, headSha, fork: headRepository !== baseRepository };
}

function readEvent(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable('The event file cannot be read.', cause);
  }
}

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
const isSha = (value: unknown): value is string =>
  typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);

function unreadable(message: string, cause?: unknown): InputError {
  return new InputError('EVENT_UNREADABLE', message, {
    hint: 'Start the workflow by a pull request; do not change GITHUB_EVENT_PATH.',
    cause,
  });
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function need(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new InputError('RUN_FACTS', `The variable ${name} is not set.`, {
      hint: 'Run this action in a GitHub Actions job; the runner sets the variable.',
    });
  }
  return value;
}

function needNumber(env: NodeJS.ProcessEnv, name: string): number {
  const value = Number(need(env, name));
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new InputError('RUN_FACTS', `The variable ${name} is no positive whole number.`, {
      hint: 'Run this action in a GitHub Actions job; the runner sets the variable.',
    });
  }
  return value;
}
