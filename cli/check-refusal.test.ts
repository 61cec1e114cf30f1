import { rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clone, check, policy } from './clone.fixture.ts';

let clone: Clone;
beforeEach(() => {
  clone = new Clone();
});
afterEach(() => clone.remove());

describe('--print-policy', () => {
  test('prints the preset resolved, which reads back as a policy', async () => {
    const { code, out } = await check(clone.dir, '--print-policy');
    expect(code).toBe(0);
    expect(out).toMatch(/^version: 1$/m);
    expect(out).toMatch(/^proposal:/m);
    clone.write(policy, out);
    expect((await check(clone.dir, '--print-policy')).out).toBe(out);
    expect(JSON.parse((await check(clone.dir, '--print-policy', '--json')).out)).toHaveProperty('proposal');
  });

  test('a policy with mistakes is wrong input', async () => {
    clone.edit(policy, 'small-team', 'huge-team');
    expect(await check(clone.dir, '--print-policy')).toMatchObject({ code: 2, out: '' });
  });
});

describe('wrong input exits with 2 and says how to mend it', () => {
  test('no policy', async () => {
    rmSync(join(clone.dir, policy));
    const { code, out, err } = await check(clone.dir);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/POLICY_MISSING[\s\S]*fix: Add \.github\/gatehouse\.yml/);
  });

  test('a policy that is a link', async () => {
    rmSync(join(clone.dir, policy));
    symlinkSync('/etc/passwd', join(clone.dir, policy));
    expect((await check(clone.dir)).err).toMatch(/POLICY_MISSING.*is a link/);
  });

  test.each([['nope'], ['--upload-pack=x'], ['refs/heads/nope']])('an unknown base %s', async (base) => {
    const { code, err } = await check(clone.dir, `--base=${base}`);
    expect(code).toBe(2);
    expect(err).toContain('BASE_NOT_FOUND');
  });

  test('a base of another history', async () => {
    clone.git('checkout', '--quiet', '--orphan', 'other');
    clone.git('commit', '--quiet', '-m', 'other');
    const { code, err } = await check(clone.dir);
    expect(code).toBe(2);
    expect(err).toContain('MERGE_BASE_MISSING');
  });

  test('no clone', async () => {
    const { code, err } = await check(tmpdir());
    expect(code).toBe(2);
    expect(err).toContain('GIT_NO_WORK_TREE');
  });
});

describe('what cannot be compared is said', () => {
  test('a base without a policy judges nothing', async () => {
    clone.git('checkout', '--quiet', 'main');
    clone.git('rm', '-q', policy);
    clone.git('commit', '--quiet', '-m', 'before Gatehouse');
    clone.git('branch', '-q', '-f', 'old');
    clone.git('revert', '--no-edit', 'HEAD');
    const { code, out } = await check(clone.dir, '--base', 'old');
    expect(code).toBe(0);
    expect(out).toContain('is not on old yet: nothing is judged until it is merged there');
  });

  test('a clone without a remote, and one without a commit', async () => {
    clone.git('symbolic-ref', '--delete', 'refs/remotes/origin/HEAD');
    clone.git('update-ref', '-d', 'refs/remotes/origin/main');
    expect((await check(clone.dir)).out).toContain('name one with --base');
    expect((await check(clone.dir, '--base', 'main')).out).toContain('changes no model');
    rmSync(join(clone.dir, '.git'), { recursive: true });
    clone.git('init', '--quiet');
    const fresh = await check(clone.dir);
    expect(fresh.code).toBe(0);
    expect(fresh.out).toContain('7 Gatehouse files read');
  });
});
