import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import { judgementOf, v1AtEu, validation } from './evidence.fixture.ts';
import { parseEvidence } from './parse-evidence.ts';

const judgement = judgementOf({ champions: [v1AtEu] });
const text = canonicalJson(judgement);

function codeOf(content: string): string {
  try {
    parseEvidence(content);
    return 'accepted';
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
}

describe('parseEvidence', () => {
  it('reads both kinds back as they were', () => {
    expect(parseEvidence(text)).toEqual(judgement);
    expect(parseEvidence(canonicalJson(validation))).toEqual(validation);
  });

  it.each([
    ['empty', '', 'JSON_INVALID'],
    ['null', 'null', 'EVIDENCE_INVALID'],
    ['a list', '[]', 'EVIDENCE_INVALID'],
    ['another kind', '{"kind":"waiver","v":1}', 'EVIDENCE_INVALID'],
    ['a line end behind it', `${text}\n`, 'EVIDENCE_INVALID'],
    ['a space in it', text.replace('{', '{ '), 'EVIDENCE_INVALID'],
    ['a key twice', text.replace('{', '{"artifactId":1,'), 'JSON_INVALID'],
    ['a key out of order', `{"z":1,${text.slice(1)}`, 'EVIDENCE_INVALID'],
    ['NaN', text.replace('"rows":493000', '"rows":NaN'), 'JSON_INVALID'],
    ['infinity', text.replace('"rows":493000', '"rows":1e999'), 'JSON_INVALID'],
    ['another spelling of a number', text.replace('"rows":493000', '"rows":4.93e5'), 'EVIDENCE_INVALID'],
    ['an escape that was not needed', text.replace('"kind"', '"\\u006bind"'), 'EVIDENCE_INVALID'],
    ['an upper-case digest', text.replace('sha256:c', 'sha256:C'), 'EVIDENCE_INVALID'],
    [
      'a version of the format to come',
      text.replace('"v":1,"verdict"', '"v":2,"verdict"'),
      'EVIDENCE_INVALID',
    ],
    ['nine megabytes', `"${'x'.repeat(9_000_000)}"`, 'EVIDENCE_INVALID'],
  ])('refuses %s', (_, content, code) => {
    expect(content).not.toBe(text);
    expect(codeOf(content)).toBe(code);
  });

  it('refuses every text in which one character was changed, or reads it as something else', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        if (changed === text || codeOf(changed) !== 'accepted') return;
        expect(canonicalJson(parseEvidence(changed))).toBe(changed);
        expect(parseEvidence(changed)).not.toEqual(judgement);
      }),
      { numRuns: 300 },
    );
  });
});
