import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clone, check, model, stages } from './clone.fixture.ts';

let clone: Clone;
beforeEach(() => {
  clone = new Clone();
});
afterEach(() => clone.remove());

describe('what a branch asks for', () => {
  test('a changed model: a version, its approvals, its data, and no word on the held-out rows', async () => {
    clone.write('models/flight-delay/params.json', '{"rounds":9}\n');
    clone.commit();
    const { code, out, err } = await check(clone.dir);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^✅ Pass: 7 Gatehouse files read, nothing to mend/);
    expect(out).toMatch(/compared with origin\/main \([0-9a-f]{7}\)/);
    expect(out).toContain('registers a new version of flight-delay');
    expect(out).toMatch(/Approvals that it will need:\n\n {2}- 1 × reviewer: the policy for proposals/);
    expect(out).toContain('Checked by contract before anything trains: flights');
    expect(out).toMatch(/\n\nheld-out: not evaluated here$/);
  });

  test('as JSON the same is said in fields', async () => {
    clone.write('models/flight-delay/params.json', '{"rounds":9}\n');
    clone.commit();
    const answer = JSON.parse((await check(clone.dir, '--json')).out);
    expect(answer).toMatchObject({
      verdict: 'pass',
      branch: {
        kind: 'request',
        base: 'origin/main',
        model: 'flight-delay',
        proposal: true,
        datasets: ['flights'],
        heldOut: 'not evaluated here',
        approvals: [{ role: 'reviewer', count: 1 }],
      },
    });
  });

  test('nothing: no approval, nothing left to the judge', async () => {
    clone.write('README.md', '# More words\n');
    clone.commit();
    const { code, out } = await check(clone.dir);
    expect(code).toBe(0);
    expect(out).toContain('changes no model, data, stage or Gatehouse file');
    expect(out).not.toContain('held-out');
  });

  test('a changed field that decides on what is judged asks governors besides owners', async () => {
    clone.edit(model, 'risk: limited', 'risk: high');
    clone.commit();
    const { out } = await check(clone.dir);
    expect(out).toMatch(/× governor: a change of risk in models\/flight-delay\/model\.yml/);
    expect(out).toMatch(/1 × owner: a change of models\/flight-delay\/model\.yml/);
  });

  test('what is not committed is checked, is not what the branch asks for, and is told', async () => {
    clone.write('models/flight-delay/params.json', '{"rounds":9}\n');
    const { code, out } = await check(clone.dir);
    expect(code).toBe(0);
    expect(out).toContain('1 changed file is not committed, first models/flight-delay/params.json');
    expect(out).not.toContain('registers');
    clone.edit(stages, 'production: {}', 'production: { us: 1 }');
    expect((await check(clone.dir)).out).toContain('config/unknown-endpoint');
  });

  test('from a folder inside the clone the answer is the same', async () => {
    clone.write('models/flight-delay/params.json', '{"rounds":9}\n');
    clone.commit();
    const whole = await check(clone.dir);
    expect(await check(join(clone.dir, 'models'))).toEqual(whole);
  });

  test('a link in a governed place cannot be judged and exits with 1', async () => {
    rmSync(join(clone.dir, 'models/flight-delay/params.json'));
    symlinkSync('/etc/passwd', join(clone.dir, 'models/flight-delay/params.json'));
    clone.commit();
    const { code, out } = await check(clone.dir);
    expect(code).toBe(1);
    expect(out).toContain('change/link');
    expect(out).toContain('cannot be judged as it stands');
  });
});

describe('moves between stages', () => {
  test('without a fetched ledger nobody knows from where, and the answer says how to fetch it', async () => {
    clone.edit(stages, 'production: {}', 'production: { eu: 2 }');
    clone.commit();
    const { code, out } = await check(clone.dir);
    expect(code).toBe(0);
    expect(out).toContain('git fetch origin gatehouse-ledger');
    expect(out).toMatch(/held-out: not evaluated here$/);
  });

  test('with the ledger a move that the table forbids is refused, with the fix', async () => {
    clone.fetchLedger();
    clone.edit(stages, 'production: {}', 'production: { eu: 99 }');
    clone.commit();
    const { code, out } = await check(clone.dir);
    expect(code).toBe(1);
    expect(out).toContain('The ledger knows no version 99 of flight-delay');
    expect(out).toContain('puts flight-delay v99 into production at eu');
  });

  test('what the ledger holds already is no move', async () => {
    clone.fetchLedger();
    clone.edit(stages, 'production: {}', 'production: { eu: 1 }');
    clone.commit();
    const { code, out } = await check(clone.dir, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).branch).toMatchObject({
      asks: ['moves nothing: what it asks for is what the ledger says already'],
      moves: [],
      heldOut: null,
    });
  });
});

describe('files of the working tree', () => {
  test('every mistake is shown with its line and fix, once, and exits with 1', async () => {
    clone.edit(model, 'risk: limited', 'rsik: limited');
    clone.commit();
    const { code, out } = await check(clone.dir);
    expect(code).toBe(1);
    expect(out).toMatch(/^❌ Fail: 7 Gatehouse files read, \d problems? to mend/);
    expect(out).toMatch(/models\/flight-delay\/model\.yml:6:\d+ ❌ fail config\//);
    expect(out.match(/rsik: limited/g)).toHaveLength(1);
    expect(out).toContain('Fix: ');
  });

  test('advice is shown and stops nobody', async () => {
    clone.edit('datasets/flights.yml', 'expires:', 'expires: 2030-01-01 #');
    const { code, out } = await check(clone.dir);
    expect(code).toBe(0);
    expect(out).toMatch(/^✅ Pass: 7 Gatehouse files read, nothing to mend, \d to consider/);
    expect(out).toContain('warning only config/ambiguous');
  });

  test('what people declare is read, too: a waiver of a gate, and one of a gate that is none', async () => {
    const waiver = (gate: string) =>
      `version: 1\nmodel: flight-delay\ngate: ${gate}\nuntil: '2030-01-01'\nreason: few rows\nby: omar\n`;
    clone.write('waivers/region.yml', waiver('auc min 0.6'));
    const good = await check(clone.dir);
    expect([good.code, good.out]).toEqual([
      0,
      expect.stringContaining('8 Gatehouse files read, nothing to mend'),
    ]);
    clone.write('waivers/region.yml', waiver('acu min 0.6'));
    const { code, out } = await check(clone.dir);
    expect(code).toBe(1);
    expect(out).toMatch(/waivers\/region\.yml:3:\d+ ❌ fail config\/unknown-gate/);
    expect(out).toContain('Fix: Write auc min 0.6.');
  });

  test('a file that is a link is not followed', async () => {
    rmSync(join(clone.dir, stages));
    symlinkSync('/etc/passwd', join(clone.dir, stages));
    const { code, out } = await check(clone.dir);
    expect(code).toBe(1);
    expect(out).toContain(`${stages} is a link or no file`);
    expect(out).not.toContain('root:');
  });

  test('an ignored file is not the repository’s', async () => {
    clone.write('.gitignore', 'datasets/draft.yml\n');
    clone.write('datasets/draft.yml', 'nonsense: [\n');
    expect((await check(clone.dir)).code).toBe(0);
    clone.write('datasets/other.yml', 'nonsense: [\n');
    expect((await check(clone.dir)).code).toBe(1);
  });

  test('text of a file cannot steer the terminal', async () => {
    clone.edit(model, 'risk: limited', 'risk: "\u001b[2J\u202e"');
    const { out } = await check(clone.dir);
    for (const mark of ['\u001b', '\u202e']) expect(out).not.toContain(mark);
  });
});
