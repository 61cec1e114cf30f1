import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryLog, type DeliveryLogOptions } from './delivery-log.ts';
import { readRecords, renderRecord } from './record.ts';

const host = hostname().replaceAll(/[^A-Za-z0-9.-]/g, '-');
/** No process has this number: it is above what Linux gives. */
const dead = 2 ** 22 + 1;

describe('DeliveryLog', () => {
  let folder: string;
  let warnings: string[];
  let opened: DeliveryLog[] = [];
  const open = async (options: Partial<DeliveryLogOptions> = {}) => {
    const log = await DeliveryLog.open({
      folder,
      now: () => '2026-01-05T10:00:00.000Z',
      warn: (_, message) => warnings.push(message),
      ...options,
    });
    opened.push(log);
    return log;
  };
  const files = () => readdirSync(folder).sort();
  const only = () => path.join(folder, files()[0] ?? '');
  const values = (entries: readonly { readonly value: unknown }[]) => entries.map(({ value }) => value);
  /** What a process that was killed leaves: its file, under the name of a process that is gone. */
  const kill = (file = only()) =>
    renameSync(file, path.join(folder, `${host}~${dead}~${'0'.repeat(11)}a~1.log`));

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'delivery-log-'));
    warnings = [];
  });
  afterEach(async () => {
    for (const log of opened) await log.close();
    opened = [];
    rmSync(folder, { recursive: true });
  });

  it('gives a later process what an earlier one took and did not finish, in order and with its time', async () => {
    const before = await open({ now: () => '2026-01-01T00:00:00.000Z' });
    const [, second] = await Promise.all(['a', 'b', 'c'].map((value) => before.append(value)));
    before.done(second?.number ?? 0);
    await before.beat();
    kill();
    const after = await open();
    const adopted = await after.adopt();
    expect(values(adopted)).toEqual(['a', 'c']);
    expect(after.state()).toEqual({ pending: 2, oldestAt: '2026-01-01T00:00:00.000Z', failure: null });
    expect(files()).toHaveLength(1);
    expect(await after.adopt()).toEqual([]);
  });

  it('ignores a last line that a crash tore, wherever, and keeps every whole one', () => {
    const whole = ['a', 'b'].map((value, number) => renderRecord({ kind: 'taken', number, at: 'x', value }));
    const torn = renderRecord({ kind: 'taken', number: 2, at: 'x', value: 'c' });
    for (let end = 0; end < torn.length; end += 1) {
      const read = readRecords(whole.join('') + torn.slice(0, end));
      expect(values(read.open)).toEqual(['a', 'b']);
      expect(read.damaged).toBe(0);
    }
  });

  it('reads whatever a disk makes of a log, without a throw, and counts what it cannot read', async () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readRecords(text).open.length).toBeLessThanOrEqual(text.split('\n').length);
      }),
    );
    const before = await open();
    await before.append('a');
    appendFileSync(only(), 'no record\n{"kind":"taken","number":"1"}\n');
    kill();
    expect(values(await (await open()).adopt())).toEqual(['a']);
    expect(warnings).toEqual(['lines of a delivery log could not be read']);
  });

  it('loses nothing when another process takes its file for one of a dead process', async () => {
    const slow = await open();
    await slow.append('before');
    const past = new Date(Date.now() - 120_000);
    utimesSync(only(), past, past);
    renameSync(only(), path.join(folder, `other-host~7~${'0'.repeat(12)}~1.log`));
    utimesSync(only(), past, past);
    const other = await open();
    expect(values(await other.adopt())).toEqual(['before']);
    // It lives after all: what it takes from now on is in a file that somebody will find.
    await slow.append('after');
    const found = files().map((file) => readFileSync(path.join(folder, file), 'utf8'));
    expect(found.join('')).toContain('"after"');
  });

  it('leaves alone what a process that lives writes, on this host and on another', async () => {
    const line = renderRecord({ kind: 'taken', number: 1, at: 'x', value: 'theirs' });
    writeFileSync(path.join(folder, `${host}~1~${'0'.repeat(12)}~1.log`), line);
    writeFileSync(path.join(folder, `other-host~${dead}~${'0'.repeat(12)}~1.log`), line);
    expect(await (await open()).adopt()).toEqual([]);
    expect(files()).toHaveLength(3);
  });

  it('takes its own number over: a container starts again as process 1', async () => {
    const line = renderRecord({ kind: 'taken', number: 1, at: 'x', value: 'mine' });
    writeFileSync(path.join(folder, `${host}~${process.pid}~${'0'.repeat(12)}~1.log`), line);
    expect(values(await (await open()).adopt())).toEqual(['mine']);
  });

  it('writes the file anew when most of it is done, and keeps what is open', async () => {
    const log = await open({ compactAboveBytes: 10_000 });
    await log.append('kept');
    const first = only();
    for (let batch = 0; batch < 20; batch += 1) {
      const entries = await Promise.all(Array.from({ length: 20 }, () => log.append('x'.repeat(50))));
      for (const { number } of entries) log.done(number);
    }
    await log.beat();
    expect(files()).toHaveLength(1);
    expect(only()).not.toBe(first);
    expect(readFileSync(only(), 'utf8').length).toBeLessThan(20_000);
    kill();
    expect(values(await (await open()).adopt())).toEqual(['kept']);
  });

  it('says that it cannot write, takes nothing meanwhile, keeps what it took, and goes on when it can', async () => {
    const log = await open();
    await log.append('before');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    await expect(log.append('meanwhile')).rejects.toThrow(
      expect.objectContaining({ code: 'DELIVERY_LOG_NOT_WRITABLE' }),
    );
    expect(log.state()).toMatchObject({ pending: 1, failure: expect.stringContaining('ENOTDIR') });
    rmSync(folder);
    mkdirSync(folder);
    await log.append('after');
    expect(log.state()).toMatchObject({ pending: 2, failure: null });
    kill();
    expect(values(await (await open()).adopt())).toEqual(['before', 'after']);
  });

  it('refuses a folder that it cannot write', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    await expect(open({ folder: path.join(file, 'state') })).rejects.toThrow(
      expect.objectContaining({ code: 'DELIVERY_LOG_NOT_WRITABLE', kind: 'service' }),
    );
    if (process.getuid?.() === 0) return;
    chmodSync(folder, 0o500);
    await expect(open()).rejects.toThrow(expect.objectContaining({ code: 'DELIVERY_LOG_NOT_WRITABLE' }));
    chmodSync(folder, 0o700);
  });

  it('leaves no file behind when everything is done', async () => {
    const log = await open();
    const { number } = await log.append('a');
    log.done(number);
    await log.close();
    expect(files()).toEqual([]);
  });
});
