import { expect, test } from 'vitest';
import { parseAnchor, renderAnchor } from './anchor.ts';

const root = `sha256:${'a'.repeat(64)}` as const;

test('what a check run carries is read back', () => {
  expect(parseAnchor(renderAnchor({ size: 12, root }))).toEqual({ size: 12, root });
  expect(parseAnchor(`12:${root}`)).toEqual({ size: 12, root });
});

test.each([
  '',
  'anchor:',
  `anchor:-1:${root}`,
  `1e3:${root}`,
  `12:${root}0`,
  `12:${root.toUpperCase()}`,
  `12 :${root}`,
  `anchor:anchor:12:${root}`,
])('%j is no anchor', (text) => {
  expect(() => parseAnchor(text)).toThrow(expect.objectContaining({ code: 'ANCHOR_INVALID', kind: 'input' }));
});
