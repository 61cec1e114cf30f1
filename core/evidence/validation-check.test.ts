import { describe, expect, it } from 'vitest';
import { digest, origin, validation } from './evidence.fixture.ts';
import type { DatasetValidation, ValidationEvidence } from './evidence.ts';
import type { ValidationFacts } from './facts.ts';
import { checkValidation } from './validation-check.ts';

const facts: ValidationFacts = {
  repositoryId: 7001,
  repository: 'acme/flights',
  pullRequest: 12,
  headSha: origin.headSha,
  baseRef: 'main',
  baseShas: ['0'.repeat(40), origin.baseSha],
  governed: true,
  run: { id: 501, latestAttempt: 1 },
  contentDigest: origin.contentDigest,
  datasets: validation.datasets,
};

const edited = (fields: Partial<DatasetValidation>): ValidationEvidence => ({
  ...validation,
  datasets: validation.datasets.map((dataset) => ({ ...dataset, ...fields })),
});
const files = validation.datasets[0]?.files ?? [];
const failure = { code: 'data/nulls', severity: 'fail', message: 'm', fix: 'f' } as const;

describe('checkValidation', () => {
  it('finds nothing to say about the untouched original', () => {
    expect(checkValidation(validation, facts)).toEqual([]);
  });

  it.each<[string, ValidationEvidence, string]>([
    [
      'another repository',
      { ...validation, origin: { ...origin, repositoryId: 1 } },
      'receipt/repository-id',
    ],
    [
      'another pull request',
      { ...validation, origin: { ...origin, pullRequest: 1 } },
      'receipt/pull-request',
    ],
    ['another head', { ...validation, origin: { ...origin, headSha: '1'.repeat(40) } }, 'receipt/head'],
    ['another base', { ...validation, origin: { ...origin, baseRef: 'weak' } }, 'receipt/base-ref'],
    [
      'another base commit',
      { ...validation, origin: { ...origin, baseSha: '1'.repeat(40) } },
      'receipt/base-commit',
    ],
    ['an earlier attempt', { ...validation, origin: { ...origin, runAttempt: 2 } }, 'receipt/attempt'],
    [
      'other content',
      { ...validation, origin: { ...origin, contentDigest: digest('x') } },
      'receipt/content',
    ],
    ['a dataset left out', { ...validation, datasets: [] }, 'receipt/datasets'],
    ['another dataset', edited({ dataset: 'easy' }), 'receipt/datasets'],
    ['the contract of the other side', edited({ contractFrom: 'head' }), 'receipt/datasets'],
    ['another contract file', edited({ contractPath: 'datasets/easy.yml' }), 'receipt/contract-path'],
    ['another contract', edited({ contractDigest: digest('lax') }), 'receipt/contract'],
    [
      'a contract that it does not inherit from',
      edited({ inherited: [{ dataset: 'raw', contractDigest: digest('raw') }] }),
      'receipt/inherited',
    ],
    [
      'another md5',
      edited({ files: files.map((file) => ({ ...file, md5: '0'.repeat(32) })) }),
      'receipt/files',
    ],
    [
      'another pointer',
      edited({ files: files.map((file) => ({ ...file, blob: '0'.repeat(40) })) }),
      'receipt/files',
    ],
    [
      'another path',
      edited({ files: files.map((file) => ({ ...file, path: 'data/easy.csv.dvc' })) }),
      'receipt/files',
    ],
    ['a file left out', edited({ files: [] }), 'receipt/files'],
    ['another data digest', edited({ dataDigest: digest('x') }), 'receipt/data'],
    ['a pass beside a failure', edited({ findings: [failure] }), 'receipt/verdict'],
    ['a pass that read no row count', edited({ rows: null }), 'receipt/verdict'],
    ['a record that the store does not have', edited({ record: digest('gone') }), 'receipt/record'],
    ['a pass without a record', edited({ record: null }), 'receipt/record'],
    ['invalid for no reason', edited({ verdict: 'data invalid' }), 'receipt/verdict'],
  ])('%s', (_, evidence, code) => {
    const findings = checkValidation(evidence, facts);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.every((finding) => finding.severity === 'fail' && finding.fix !== '')).toBe(true);
  });

  it('says what the evidence says and what was found', () => {
    const [finding] = checkValidation({ ...validation, origin: { ...origin, pullRequest: 1 } }, facts);
    expect(finding).toMatchObject({
      message: 'The evidence says another pull request: 1; found: 12',
      found: '1',
      allowed: '12',
    });
  });

  it('cuts long values short', () => {
    const long = edited({ files: Array.from({ length: 90 }, () => files[0] as never) });
    expect(checkValidation(long, facts).every((finding) => finding.message.length < 400)).toBe(true);
  });

  it('believes failing data when it says why', () => {
    expect(checkValidation(edited({ verdict: 'data invalid', findings: [failure] }), facts)).toEqual([]);
    expect(
      checkValidation(edited({ verdict: 'not evaluated', findings: [failure], rows: null }), facts),
    ).toEqual([]);
  });
});
