import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOomKills } from './oom-kills.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cgroup-'));
});
afterEach(() => rmSync(root, { recursive: true }));
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const events = (count: number) => `low 0\nhigh 0\nmax 4\noom 1\noom_kill ${count}\noom_group_kill 0\n`;

describe('readOomKills', () => {
  it('reads the control group of this process', async () => {
    put('proc/self/cgroup', '0::/system.slice/runner.service\n');
    put('sys/fs/cgroup/system.slice/runner.service/memory.events', events(3));
    put('sys/fs/cgroup/memory.events', events(9));
    expect(await readOomKills(root)).toBe(3);
  });

  it("reads the root where the path is the host's", async () => {
    put('proc/self/cgroup', '0::/../docker/abc\n');
    put('sys/fs/cgroup/memory.events', events(2));
    expect(await readOomKills(root)).toBe(2);
  });

  it('reads the older form', async () => {
    put('proc/self/cgroup', '9:name=systemd:/\n4:cpuset,memory:/jobs/7\n0::/\n');
    put('sys/fs/cgroup/memory/jobs/7/memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n');
    expect(await readOomKills(root)).toBe(1);
  });

  it('says nothing where nothing is told', async () => {
    expect(await readOomKills(root)).toBe(null);
    put('proc/self/cgroup', '0::/x\n');
    put('sys/fs/cgroup/memory.events', 'oom_kill many\n');
    expect(await readOomKills(root)).toBe(null);
  });
});
