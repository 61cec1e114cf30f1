import { describe, expect, it } from 'vitest';
import { baseFiles, modelText, proposed } from '../../test/memory/flights.ts';
import { type Files, memoryProposal } from '../../test/memory/proposal.ts';
import { digestBytes } from '../json/canonical.ts';
import { digestFeatures } from './held-out-features.ts';
import { rulesDigest } from './rules-digest.ts';

const texts = { labelsSha256: 'f'.repeat(64) };
const base = baseFiles(texts);
const policyFile = '.github/gatehouse.yml';

function digest(files: Files, branch: (files: Files) => Files = proposed): string {
  const proposal = memoryProposal(files, branch(files), null);
  if (proposal.change.kind !== 'request') throw new Error(JSON.stringify(proposal.change));
  return rulesDigest({ ...proposal, change: proposal.change });
}

const edit = (path: string, from: string, to: string): Files => {
  const text = base[path] ?? '';
  if (!text.includes(from)) throw new Error(`${from} is not in ${path}`);
  return { ...base, [path]: text.replace(from, to) };
};

describe('rulesDigest', () => {
  it.each<readonly [string, Files]>([
    ['a comment in the policy', edit(policyFile, 'version: 1', '# hello\nversion: 1')],
    ['who is a reviewer', edit(policyFile, '[rita]', '[rita, ben]')],
    ['where bytes lie', edit(policyFile, 'file:///srv/store', 'file:///srv/other')],
    [
      'an unrelated model',
      {
        ...base,
        'models/other/model.yml': modelText(texts).replace('models/flight-delay/**', 'models/other/**'),
      },
    ],
  ])('stays with %s', (_, files) => expect(digest(files)).toBe(digest(base)));

  it.each<readonly [string, Files]>([
    ['another preset', edit(policyFile, 'small-team', 'team')],
    ['a floor', { ...base, [policyFile]: `${base[policyFile]}defaults: { minimum-rows: 5000 }\n` }],
    [
      'a gate',
      {
        ...base,
        'models/flight-delay/model.yml': modelText({ ...texts, gates: '[{ metric: auc, min: 0.61 }]' }),
      },
    ],
    [
      'other labels',
      { ...base, 'models/flight-delay/model.yml': modelText({ labelsSha256: 'e'.repeat(64) }) },
    ],
    ['the contract of its data', edit('datasets/flights.yml', 'rows: { min: 1 }', 'rows: { min: 2 }')],
  ])('moves with %s', (_, files) => expect(digest(files)).not.toBe(digest(base)));

  it('does not move with what the branch says about its own gates', () => {
    const weaker = (files: Files): Files => ({
      ...proposed(files),
      'models/flight-delay/model.yml': modelText({ ...texts, gates: '[{ metric: auc, min: 0.1 }]' }),
    });
    expect(digest(base, weaker)).toBe(digest(base));
  });

  it('names a change of configuration alone as well', () => {
    const policyOnly = (files: Files): Files => ({
      ...files,
      [policyFile]: `${files[policyFile]}# a comment\n`,
    });
    expect(digest(base, policyOnly)).toMatch(/^sha256:/);
  });
});

describe('digestFeatures', () => {
  it('is the digest of the file', () => {
    expect(digestFeatures('data/x.csv', Buffer.from('abc'))).toBe(digestBytes('abc'));
  });

  it('refuses what is not there', () => {
    const refused = expect.objectContaining({ code: 'JUDGE_HELD_OUT_MISSING' });
    expect(() => digestFeatures('data/x.csv', null)).toThrow(refused);
    expect(() => digestFeatures('data/x.csv', new Uint8Array(0))).toThrow(refused);
  });
});
