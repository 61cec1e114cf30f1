import { describe, expect, it } from 'vitest';
import { checkCase } from '../conformance/check.ts';
import { caseFiles } from './case-files.ts';

// Each case alone: scripts/conformance/conformance.test.ts answers all of them before its first test.
describe('the public cases', () => {
  it.each(caseFiles.map((files) => [files.name, files] as const))('%s', (_, files) => {
    expect(checkCase(files).differences).toEqual([]);
  });
});
