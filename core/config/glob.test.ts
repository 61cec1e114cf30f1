import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from './glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['models/churn/**', ['models/churn/a.py', 'models/churn/.hidden/b', 'models/churn'], ['models/churn2/a']],
    ['data/f-*.csv', ['data/f-1.csv', 'data/f-.csv'], ['data/f-1/2.csv', 'data/F-1.csv']],
    ['**/*.csv', ['a.csv', 'x/y/a.csv', '.csv'], ['a.csv.dvc']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb']],
    ['{src,lib/{a,b}}/x?', ['src/x1', 'lib/b/x2'], ['lib/x1', 'src/x']],
    ['p[0-2x].bin', ['p0.bin', 'px.bin'], ['p3.bin', 'p-.bin']],
    ['literal[1].csv', ['literal[1].csv', 'literal1.csv'], ['literal.csv']],
  ])('%s names these paths and no others', (glob, named, others) => {
    expect(named.filter((path) => !matchesGlob([glob], path))).toEqual([]);
    expect(others.filter((path) => matchesGlob([glob], path))).toEqual([]);
  });

  it('names a path with a line break in it, which a regular expression would overlook', () => {
    expect(matchesGlob(['models/churn/**'], 'models/churn/a\nb.py')).toBe(true);
    expect(matchesGlob(['models/churn/*'], 'models/churn/a\u2028b.py')).toBe(true);
  });

  it.each([
    [`${'*a'.repeat(8)}b`, 'a'.repeat(4000)],
    [`${'**/a/'.repeat(4)}b`, 'a/'.repeat(2000)],
    [`${'{*a,*aa}'.repeat(4)}b`, 'a'.repeat(2000)],
    [`${'{a,aa,aaa,aaaa}'.repeat(26)}b`, 'a'.repeat(100)],
  ])('answers at once for a hostile glob', (glob, path) => {
    const started = performance.now();
    expect(matchesGlob([glob], path)).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });

  const part = fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '{a,b*}', 'ab');
  const segment = fc.oneof(
    fc.constant('**'),
    fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  );
  const plain = fc.array(fc.constantFrom('a', 'b', 'c', '.'), { minLength: 1, maxLength: 4 });
  const path = fc.array(
    plain.map((characters) => characters.join('')),
    { minLength: 1, maxLength: 4 },
  );
  it('agrees with picomatch where that has an opinion on a path of git', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), path, (segments, names) => {
        const [glob, tried] = [segments.join('/'), names.join('/')];
        fc.pre(!/\*{3}|\*\*[^/]|[^/]\*\*|\*\*\/\*\*/.test(glob));
        // It names the folder itself by "a/**", but not by "*/**".
        fc.pre(!glob.endsWith('/**') || /[^\]*?}]\/\*\*$/.test(glob));
        fc.pre(![...names, ...segments].some((name) => name === '.' || name === '..'));
        expect(matchesGlob([glob], tried)).toBe(picomatch.isMatch(tried, glob, { dot: true }));
      }),
      { numRuns: 5000, seed: 1 },
    );
  });
});
