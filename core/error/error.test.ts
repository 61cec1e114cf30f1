import { describe, expect, it } from 'vitest';
import { ConflictError, findingsOf, InputError, ServiceError } from './error.ts';

describe('findingsOf', () => {
  it('makes one finding of an error, coded by its area', () => {
    const error = new ServiceError('STORE_MISSING', 'The store has no \ud800', {
      hint: 'Push it \udc00.',
      where: { file: 'data/a.csv.dvc', line: 2 },
    });
    expect(findingsOf('data', error)).toEqual([
      {
        code: 'data/store-missing',
        severity: 'fail',
        message: 'The store has no \ufffd',
        where: { file: 'data/a.csv.dvc', line: 2 },
        fix: 'Push it \ufffd.',
      },
    ]);
    const [plain] = findingsOf('judge', new ConflictError('MOVED', 'x', { hint: 'y' }));
    expect(Object.hasOwn(plain, 'where')).toBe(false);
  });

  it('keeps the findings that an error has', () => {
    const findings = ['a', 'b'].map((code) => ({ code, severity: 'fail', message: 'm', fix: 'f' }) as const);
    expect(findingsOf('judge', new InputError('X', 'x', { hint: 'y', findings }))).toEqual(findings);
  });
});
