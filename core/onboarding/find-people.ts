import { load } from 'js-yaml';
import { login, team } from '../config/field.ts';
import { parsePlaceAddress } from '../config/place-address.ts';
import { callerPath } from './caller-text.ts';
import type { FoundOwners, FoundRunner } from './found.ts';
import type { Survey } from './survey.ts';

/**
 * Who answers for the repository: of CODEOWNERS the line for everything, else all of its lines; without one the owner
 * of the remote, who may be an organisation.
 * @see https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function findOwners({ texts, repository }: Pick<Survey, 'texts' | 'repository'>): FoundOwners | null {
  // GitHub takes the first of these three.
  const from = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'].find((path) => texts.has(path));
  const lines = (from === undefined ? '' : (texts.get(from) ?? ''))
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, '').trim().split(/\s+/))
    .filter(([pattern]) => pattern !== undefined && pattern !== '');
  const whole = lines.filter(([pattern]) => pattern === '*');
  const names = (whole.length > 0 ? whole : lines).flatMap((words) =>
    words.slice(1).filter((word) => word.startsWith('@')),
  );
  const bare = [...new Set(names.map((name) => name.slice(1)))];
  const teams = bare.filter((name) => team.safeParse(name).success).slice(0, 20);
  const users = bare.filter((name) => login.safeParse(name).success).slice(0, 20);
  if (from !== undefined && teams.length + users.length > 0) return { users, teams, from };
  const owner = repository?.split('/')[0];
  return owner !== undefined && login.safeParse(owner).success
    ? { users: [owner], teams: [], from: 'remote' }
    : null;
}

/** Labels of jobs that run on machines of the team, once each; those with a GPU first. */
export function findRunners({ texts }: Pick<Survey, 'texts'>): readonly FoundRunner[] {
  const found = [...texts].flatMap(([file, text]): FoundRunner[] =>
    file.startsWith('.github/workflows/') && file !== callerPath
      ? labelsOf(text).map((labels) => ({ labels, file }))
      : [],
  );
  const own = found.filter(({ labels }) => labels.includes('self-hosted'));
  const once = own.filter(
    ({ labels }, at) => own.findIndex((other) => other.labels.join() === labels.join()) === at,
  );
  const hasGpu = ({ labels }: FoundRunner): number =>
    labels.some((each) => /gpu|cuda|a100|h100/i.test(each)) ? 0 : 1;
  return once.sort((a, b) => hasGpu(a) - hasGpu(b));
}

/** `runs-on` of every job that says it without an expression. */
function labelsOf(text: string): readonly (readonly string[])[] {
  const jobs = fieldOf(parseYaml(text), 'jobs');
  if (typeof jobs !== 'object' || jobs === null) return [];
  return Object.values(jobs).flatMap((job) => {
    const runsOn = fieldOf(job, 'runs-on');
    const written = fieldOf(runsOn, 'labels') ?? runsOn;
    const labels = typeof written === 'string' ? [written] : written;
    if (!Array.isArray(labels) || labels.length === 0) return [];
    return labels.every((label) => typeof label === 'string' && /^[A-Za-z0-9_][\w .:=/-]{0,99}$/.test(label))
      ? [labels as readonly string[]]
      : [];
  });
}

function parseYaml(text: string): unknown {
  try {
    return load(text, { maxAliases: 100 });
  } catch {
    // A workflow that cannot be read says nothing; GitHub tells its author.
    return null;
  }
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
    return null;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/**
 * Address of the default remote of DVC.
 * @returns null when there is none, or one that a policy cannot name (ssh, gs, azure, a relative folder)
 * @see https://dvc.org/doc/user-guide/project-structure/configuration
 */
export function findRemote({ texts }: Pick<Survey, 'texts'>): string | null {
  let section = '';
  let chosen: string | null = null;
  const urls = new Map<string, string>();
  for (const line of (texts.get('.dvc/config') ?? '').split(/\r?\n/)) {
    section = /^\s*\[(.+?)\]\s*$/.exec(line)?.[1]?.replace(/^'|'$/g, '') ?? section;
    const [, key, value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === 'core' && key === 'remote') chosen = value;
    const remote = /^remote "(.+)"$/.exec(section)?.[1];
    if (remote !== undefined && key === 'url') urls.set(remote, value);
  }
  const url = chosen === null ? [...urls.values()][0] : urls.get(chosen);
  if (url === undefined) return null;
  const address = url.startsWith('/') ? `file://${url}` : url.replace(/\/+$/, '');
  return parsePlaceAddress(address) === null ? null : address;
}
