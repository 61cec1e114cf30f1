import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CaseOutcome, checkCase } from './check.ts';
import { readCases } from './folder.ts';

const folder = join(import.meta.dirname, '..', '..', 'conformance');
const outcomes = readCases(folder).map(checkCase);
const scratch = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A copy of one case with some of its files replaced. */
function copyOf(name: string, files: Readonly<Record<string, string>>): CaseOutcome {
  const to = mkdtempSync(join(scratch, 'case-'));
  cpSync(join(folder, name), to, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(to, file), text);
  return checkCase(readCases(to)[0] as never);
}

const textOf = (name: string, file: string): string => readFileSync(join(folder, name, file), 'utf8');

describe('the public cases', () => {
  it('all pass', () => {
    const failed = outcomes.filter(({ differences }) => differences.length > 0);
    expect(failed.map(({ name, differences }) => [name, ...differences])).toEqual([]);
  });

  it('are many, most of them must refuse, and each says what it is about and why', () => {
    expect(outcomes.length).toBeGreaterThanOrEqual(120);
    expect(outcomes.filter(({ mustRefuse }) => mustRefuse).length).toBeGreaterThanOrEqual(75);
    for (const { name, about, rule } of outcomes) {
      expect(about, name).toMatch(/^\S.{10,160}[.?]$/);
      expect(rule, name).toMatch(/^\S.{10,160}\.$/);
    }
    expect(new Set(outcomes.map(({ asks }) => asks)).size).toBe(8);
  });

  it('are not told apart by their expectation alone: each area has cases that pass and cases that must not', () => {
    for (const area of [
      'people',
      'reviews',
      'subject',
      'moves',
      'rollback',
      'evidence',
      'arrival',
      'plan',
      'shared',
    ]) {
      const own = outcomes.filter(({ name }) => name.startsWith(`${area}/`));
      expect(
        own.some(({ mustRefuse }) => mustRefuse) && own.some(({ mustRefuse }) => !mustRefuse),
        area,
      ).toBe(true);
    }
  });
});

describe('a run', () => {
  const simple = 'people/promotion-by-reviewer-and-owner';

  it('names what differs', () => {
    const expected = textOf(simple, 'expected.json').replace('"allowed"', '"refused"');
    expect(copyOf(simple, { 'expected.json': expected }).differences).toEqual([
      'decision: expected "refused", found "allowed"',
    ]);
  });

  it('fails a case whose expectation is silent or has a key that nobody answers', () => {
    expect(copyOf(simple, { 'expected.json': '{}' }).differences).not.toEqual([]);
    const more = textOf(simple, 'expected.json').replace('{', '{ "mood": "good",');
    expect(copyOf(simple, { 'expected.json': more }).differences).toEqual([
      'mood: expected "good", found nothing',
    ]);
  });

  it.each([
    ['request.json', '{}'],
    ['reviews.json', '{ "reviews": [], "reviews": [] }'],
    ['evidence.json', 'no JSON'],
    ['case.json', '{ "about": "x", "rule": "y", "asks": "tea" }'],
    ['expected.json', '[]'],
    ['ledger.json', '{ "champions": [], "versions": [], "more": 1 }'],
  ])('fails a case with a bad %s', (file, text) => {
    expect(copyOf(simple, { [file]: text }).differences).not.toEqual([]);
  });

  it('fails a case with a file missing', () => {
    const to = mkdtempSync(join(scratch, 'case-'));
    cpSync(join(folder, simple), to, { recursive: true });
    rmSync(join(to, 'policy.yml'));
    expect(checkCase(readCases(to)[0] as never).differences[0]).toContain('policy.yml is missing');
  });

  it('is an error for a folder that is not there, has no case, or has a folder without one', () => {
    expect(() => readCases(join(scratch, 'gone'))).toThrow(/cannot be read/);
    const empty = mkdtempSync(join(scratch, 'empty-'));
    expect(() => readCases(empty)).toThrow(/has no case/);
    mkdirSync(join(empty, 'half'));
    writeFileSync(join(empty, 'half', 'expected.json'), '{}');
    expect(() => readCases(empty)).toThrow(/half has no case.json/);
  });
});
