import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classifyEnd } from '../../core/training/outcome.ts';
import { type ContainerCommand, containerName, runInContainer } from './container.ts';
import { findContainerEngine } from './container-engine.ts';

const hex = 'a'.repeat(64);
const image = `ghcr.io/acme/train@sha256:${hex}`;
const id = `sha256:${'b'.repeat(64)}`;

/** A stand-in engine: it runs the command on this machine, with nothing but what `--env` gives it. */
const standIn = (state: string, version: string): string => `#!/bin/bash
printf '%s\\n' "$*" >> ${state}/calls
case "$1" in
  version) echo '${version}' ;;
  run)
    envs=()
    for ((i = 1; i <= $#; i++)); do [ "\${!i}" = --env ] && { j=$((i + 1)); envs+=("\${!j}"); }; done
    [ -e ${state}/refuses ] && { echo 'denied: no such image' >&2; exit 125; }
    touch ${state}/ran
    setsid env -i PATH=/usr/bin:/bin "\${envs[@]}" bash -eo pipefail -c "\${@: -1}" &
    echo $! > ${state}/pid
    wait $! ;;
  kill) [ -e ${state}/pid ] && kill -s "$3" -- "-$(cat ${state}/pid)" ;;
  inspect)
    [ -e ${state}/ran ] || exit 1
    case "$5" in
      *Pid*) cat ${state}/pid ;;
      *) echo "$(cat ${state}/state 2> /dev/null || echo '${id} false 2026-06-01T10:00:00.1Z')" ;;
    esac ;;
  image) cat ${state}/digests 2> /dev/null || echo '["ghcr.io/acme/train@sha256:${hex}"]' ;;
  rm) touch ${state}/removed ;;
esac
`;

let state: string;
let lines: string[];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'engine-'));
  lines = [];
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

function install(file: 'docker' | 'podman', version: string = file): void {
  writeFileSync(join(state, file), standIn(state, version));
  chmodSync(join(state, file), 0o755);
}
const note = (name: string, text = '') => writeFileSync(join(state, name), text);
const calls = () => readFileSync(join(state, 'calls'), 'utf8');
const env = () => ({ PATH: `${state}:/usr/bin:/bin`, GITHUB_TOKEN: 't', ACTIONS_RUNTIME_TOKEN: 'r' });

async function run(text: string, more: Partial<ContainerCommand> = {}) {
  return runInContainer({
    ...{ text, image, engine: await findContainerEngine(env()), folder: state, mounts: [state], home: state },
    ...{ env: { GATEHOUSE_SEED: '7', PATH: '/runner', HOME: '/runner' }, timeoutMs: 20_000, graceMs: 200 },
    ...{
      gpus: 'none',
      name: containerName(5, 1, 2, 'ab-cd'),
      runId: 5,
      log: (line: string) => lines.push(line),
    },
    ...more,
  });
}

describe('runInContainer', () => {
  it('runs the command with its own environment and says which image ran', async () => {
    install('docker');
    const { end, image: ran } = await run('echo "seed $GATEHOUSE_SEED $PATH $HOME [$GITHUB_TOKEN]"');
    expect(ran).toEqual({ id, digest: `sha256:${hex}` });
    expect(classifyEnd(end)).toEqual({ outcome: 'done', how: 'exit code 0' });
    expect(end.lastLines).toEqual([`seed 7 /usr/bin:/bin ${state} []`]);
    expect(lines[0]).toMatch(/^::stop-commands::/);
    const started = calls().split('\n')[1];
    for (const part of [
      'run --init --pull missing',
      '--name gatehouse-5-1-2-abcd --label gatehouse.run=5',
      `--user ${process.getuid?.()}:${process.getgid?.()}`,
      `--mount type=bind,source=${state},target=${state}`,
      `--entrypoint bash ${image} -eo pipefail -c`,
    ]) {
      expect(started).toContain(part);
    }
    expect(started).not.toMatch(/--gpus|--network|--privileged|TOKEN=/);
    expect(existsSync(join(state, 'removed'))).toBe(true);
  });

  it.each([
    ['docker', 'docker', 'nvidia', '--gpus all'],
    ['docker', 'podman version 5', 'nvidia', '--device nvidia.com/gpu=all'],
    ['podman', 'podman', 'nvidia', '--device nvidia.com/gpu=all'],
    ['podman', 'podman', 'amd', '--device /dev/kfd --device /dev/dri'],
  ] as const)('%s (%s) gives GPUs of %s by %s', async (file, version, gpus, part) => {
    install(file, version);
    await run('true', { gpus });
    expect(calls()).toContain(part);
  });

  it('tells the process id of what works, not of the client', async () => {
    install('docker');
    const pids: number[] = [];
    await run('sleep 0.8; true', { started: (pid) => pids.push(pid) });
    expect(pids).toEqual([Number(readFileSync(join(state, 'pid'), 'utf8'))]);
  });

  it('ends it at the time limit and on cancel, and removes it', async () => {
    install('docker');
    expect((await run('trap "" TERM; sleep 20; sleep 20', { timeoutMs: 200 })).end).toMatchObject({
      timedOut: true,
      cancelled: false,
    });
    const cancel = new AbortController();
    const running = run('sleep 20', { cancel: cancel.signal });
    await wait(300);
    cancel.abort();
    expect(classifyEnd((await running).end).outcome).toBe('cancelled');
    expect(calls()).toMatch(/kill --signal TERM gatehouse-5-1-2-abcd/);
    expect(calls()).toMatch(/kill --signal KILL gatehouse-5-1-2-abcd/);
    expect(() => process.kill(Number(readFileSync(join(state, 'pid'), 'utf8')), 0)).toThrow(/ESRCH/);
  });

  it('tells the fault of the engine from the fault of the command', async () => {
    install('docker');
    note('refuses');
    const { end, image: ran } = await run('true');
    expect(ran).toBe(null);
    expect(classifyEnd(end)).toEqual({
      outcome: 'service',
      how: 'docker did not start the container (exit code 125); the last lines of the log say why',
    });
    expect(end.lastLines).toEqual(['denied: no such image']);
    rmSync(join(state, 'refuses'));
    expect(classifyEnd((await run('exit 125')).end)).toEqual({ outcome: 'failed', how: 'exit code 125' });
    note('state', 'nonsense');
    expect(classifyEnd((await run('exit 3')).end).how).toBe(
      'docker tells nothing of the container (exit code 3)',
    );
  });

  it('believes the engine about memory', async () => {
    install('docker');
    note('state', `${id} true 2026-06-01T10:00:00Z`);
    expect(classifyEnd((await run('exit 137')).end).outcome).toBe('out-of-memory');
  });

  it('names no image that the engine does not confirm', async () => {
    install('docker');
    note('digests', `["ghcr.io/acme/train@sha256:${'c'.repeat(64)}"]`);
    expect((await run('true')).image).toBe(null);
  });

  it('refuses tags and paths that would add to the mount', async () => {
    install('docker');
    for (const bad of ['ghcr.io/acme/train:latest', `--privileged@sha256:${hex}`, `a b@sha256:${hex}`]) {
      await expect(run('true', { image: bad })).rejects.toMatchObject({ code: 'CONTAINER_IMAGE' });
    }
    for (const bad of ['/data,readonly', 'data', '/a"b', '/a\nb']) {
      await expect(run('true', { mounts: [bad] })).rejects.toMatchObject({ code: 'CONTAINER_PATH' });
    }
    expect(calls()).not.toContain('run ');
  });
});

describe('findContainerEngine', () => {
  it('takes podman where docker does not answer, and tells what is missing where none does', async () => {
    install('podman');
    note('docker', '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2; exit 1\n');
    chmodSync(join(state, 'docker'), 0o755);
    expect(await findContainerEngine(env())).toMatchObject({ kind: 'podman', file: 'podman' });
    rmSync(join(state, 'podman'));
    await expect(findContainerEngine({ PATH: state })).rejects.toMatchObject({
      kind: 'service',
      code: 'CONTAINER_ENGINE',
      message: expect.stringMatching(/docker: .*(daemon|No such file|ENOENT).*podman: .*ENOENT/),
    });
  });

  it('hands the engine no token of the job', async () => {
    install('docker');
    const engine = await findContainerEngine({ ...env(), DOCKER_HOST: 'unix:///x' });
    expect(Object.keys(engine.env).sort()).toEqual(['DOCKER_HOST', 'PATH']);
  });
});
