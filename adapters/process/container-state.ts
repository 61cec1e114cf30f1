import { readFile } from 'node:fs/promises';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { EndFacts } from '../../core/training/outcome.ts';
import type { ContainerEnd } from './container.ts';
import { askEngine, type ContainerEngine } from './container-engine.ts';

/** Codes by which engines say that it was they who failed, not the command. */
const engineCodes: readonly (number | null)[] = [125, 126, 127];

/** Completes the end of a container's client by what the engine knows of the container. */
export async function readContainerEnd(
  engine: ContainerEngine,
  name: string,
  image: string,
  end: EndFacts,
): Promise<ContainerEnd> {
  const format = '{{.Image}} {{.State.OOMKilled}} {{.State.StartedAt}}';
  const answer = await askEngine(engine, ['inspect', '--type', 'container', '--format', format, name]);
  const [, id, killed, startedAt] =
    /^((?:sha256:)?[0-9a-f]{64}) (true|false) (\S+)/.exec(answer.ok ? answer.text : '') ?? [];
  // The zero time of Go: it was made and never ran.
  const ran = id !== undefined && startedAt !== undefined && !startedAt.startsWith('0001-');
  if (!ran) return { end: { ...end, startFault: describeFault(engine, end) }, image: null };
  const oomKills = killed === 'true' ? Math.max(1, end.oomKills ?? 0) : end.oomKills;
  return { end: { ...end, oomKills }, image: await confirmImage(engine, id, image) };
}

function describeFault(engine: ContainerEngine, end: EndFacts): string {
  if (end.startFault !== null) return `${engine.file} did not start: ${end.startFault}`;
  const code = end.exitCode === null ? `signal ${end.signal}` : `exit code ${end.exitCode}`;
  return engineCodes.includes(end.exitCode)
    ? `${engine.file} did not start the container (${code}); the last lines of the log say why`
    : `${engine.file} tells nothing of the container (${code})`;
}

/** The digest that model.yml names, once the engine has it for what ran. */
async function confirmImage(
  engine: ContainerEngine,
  id: string,
  image: string,
): Promise<ContainerEnd['image']> {
  const digest = image.slice(image.indexOf('@') + 1) as Digest;
  const answer = await askEngine(engine, ['image', 'inspect', '--format', '{{json .RepoDigests}}', id]);
  const known = answer.ok && answer.text.includes(`@${digest}"`);
  return known ? { id: id.startsWith('sha256:') ? id : `sha256:${id}`, digest } : null;
}

/**
 * The process of this machine that is the container's first one.
 * @returns null while there is none, or where the number is another machine's: an engine beside a runner in a container
 */
export async function readRunningPid(
  engine: ContainerEngine,
  name: string,
  text: string,
): Promise<number | null> {
  const answer = await askEngine(engine, [
    ...['inspect', '--type', 'container', '--format', '{{.State.Pid}}', name],
  ]);
  const pid = Number(answer.ok ? answer.text : 0);
  if (!Number.isSafeInteger(pid) || pid < 2) return null;
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.split('\0').includes(text) ? pid : null;
}
