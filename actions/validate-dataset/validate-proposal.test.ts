import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDb } from '../../adapters/engine/duckdb.ts';
import type { PullFacts } from '../../adapters/github/reader.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { baseFiles, proposed } from '../../test/memory/flights.ts';
import { baseSha, type Files, headSha, memoryProposal } from '../../test/memory/proposal.ts';
import { type ProposalDeps, validateProposal } from './validate-proposal.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-validate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const base: Files = { ...baseFiles({ labelsSha256: 'a'.repeat(64) }), 'data/flights-1.csv': 'row\n1\n2\n' };
const contract = 'datasets/flights.yml';

interface World {
  readonly fork?: boolean;
  readonly change?: Partial<ProposalDeps>;
}

async function validate(head: Files, { fork = false, change = {} }: World = {}) {
  const said: string[] = [];
  const sealed: SealedEvidence[] = [];
  const audiences: string[] = [];
  const summaries: string[] = [];
  const blobs = new Map(
    [...Object.values(base), ...Object.values(head)].map((text) => [
      createHash('sha1').update(text).digest('hex'),
      Buffer.from(text),
    ]),
  );
  const proposal = memoryProposal(base, head, null);
  const asked: unknown[] = [];
  const records: string[] = [];
  const deps: ProposalDeps = {
    reader: {
      pull: async () => ({ number: 3, base: { ref: 'main', sha: 'e'.repeat(40) } }) as PullFacts,
      branchHead: async () => baseSha,
      blob: async (id) => blobs.get(id) ?? Buffer.from(''),
      file: proposal.file,
    },
    now: '2026-11-21T12:00:00Z',
    openStore: async () => ({
      get: async () => Buffer.from(''),
      put: async (text) => {
        records.push(text);
        return digestBytes(text);
      },
    }),
    readRefused: async () => [],
    readProposal: async (commits) => {
      asked.push(commits);
      return { ...proposal, ledger: null };
    },
    findCarried: async () => null,
    openEngine: () => openDuckDb({ workdir: join(folder, 'spill') }),
    idToken: async (audience) => {
      audiences.push(audience);
      return 'token';
    },
    writeEvidence: async (evidence) => {
      sealed.push(evidence);
      return '/evidence';
    },
    writeSummary: async (markdown) => void summaries.push(markdown),
    say: (text) => void said.push(text),
    ...change,
  };
  const pull = { number: 3, headSha, fork };
  const workdir = mkdtempSync(join(folder, 'data-'));
  const outputs = await validateProposal({ pull, runId: 11, runAttempt: 1, workdir }, deps);
  return { outputs, said: said.join('\n'), sealed, audiences, summaries, asked };
}

describe('a proposal', () => {
  it('with good data trains and is judged, and its evidence is sealed by its own digest', async () => {
    const { outputs, sealed, audiences, summaries, asked } = await validate(proposed(base));
    expect(outputs).toEqual({
      verdict: 'pass',
      train: 'true',
      judge: 'true',
      model: 'flight-delay',
      'on-newer-push': 'cancel',
      'evidence-folder': '/evidence',
    });
    // The tip of the base branch governs, not the commit that the event names.
    expect(asked).toEqual([{ baseRef: 'main', base: baseSha, head: headSha }]);
    const [{ text = '' } = {}] = sealed;
    expect(audiences).toEqual([`gatehouse:${digestBytes(text)}`]);
    expect(parseEvidence(text)).toMatchObject({ kind: 'validation', origin: { headSha, runId: 11 } });
    expect(summaries).toHaveLength(1);
  });

  it('with bad data trains nothing', async () => {
    const { outputs, sealed } = await validate({ ...proposed(base), 'data/flights-1.csv': 'row\nx\n' });
    expect(outputs).toMatchObject({ verdict: 'data invalid', train: 'false', judge: 'false' });
    expect(sealed).toHaveLength(1);
  });

  it('without an engine is not evaluated, which is no pass', async () => {
    const openEngine = async () => {
      throw new ServiceError('ENGINE_MISSING', 'nowhere', { hint: 'engine-path' });
    };
    const { outputs } = await validate(proposed(base), { change: { openEngine } });
    expect(outputs).toMatchObject({ verdict: 'not evaluated', train: 'false', judge: 'false' });
  });

  it('from a fork is checked, trains nothing, signs nothing and says why', async () => {
    const { outputs, said, sealed } = await validate(proposed(base), {
      fork: true,
      change: { idToken: null },
    });
    expect(outputs).toMatchObject({ verdict: 'pass', train: 'false', judge: 'false', 'evidence-folder': '' });
    expect(said).toContain('comes from a fork');
    expect(sealed).toEqual([]);
  });

  it('that was judged before is not judged again', async () => {
    const carried = { runId: 5 };
    const { outputs, said } = await validate(proposed(base), {
      change: { findCarried: async () => carried },
    });
    expect(outputs).toMatchObject({ verdict: 'pass', train: 'false', judge: 'false' });
    expect(said).toContain('judged in run 5');
  });

  it('that changes its contract shows both results', async () => {
    const head = {
      ...base,
      [contract]: (base[contract] ?? '').replace('rows: { min: 1 }', 'rows: { min: 9 }'),
    };
    const { sealed } = await validate(head);
    const evidence = parseEvidence(sealed[0]?.text ?? '');
    const sides = evidence.kind === 'validation' ? evidence.datasets : [];
    expect(sides.map(({ contractFrom, verdict }) => [contractFrom, verdict])).toEqual([
      ['base', 'pass'],
      ['head', 'data invalid'],
    ]);
  });
});

describe('what is not validated', () => {
  it('a pull request that is about nothing', async () => {
    const { outputs, said, sealed } = await validate({ ...base, 'notes.md': 'x' });
    expect(outputs).toEqual({
      verdict: 'nothing to check',
      train: 'false',
      judge: 'false',
      model: '',
      'on-newer-push': '',
      'evidence-folder': '',
    });
    expect([sealed, said]).toEqual([[], expect.stringContaining('changes no model')]);
  });

  it('the pull request that sets Gatehouse up: base has no policy, and that is said in a sentence', async () => {
    const readProposal = async () => {
      throw new InputError('POLICY_MISSING', 'no policy', { hint: 'add it' });
    };
    const { outputs, said } = await validate(proposed(base), { change: { readProposal } });
    expect(outputs).toMatchObject({ verdict: 'nothing to check', train: 'false', judge: 'false' });
    expect(said).toContain('Gatehouse is not set up on the base branch yet');
  });

  it.each([
    new InputError('BASE_NOT_GOVERNED', 'a weaker branch', { hint: 'main' }),
    new InputError('CONFIG_INVALID', 'a broken policy', { hint: 'mend it' }),
    new ServiceError('GITHUB_READ_FAILED', 'no answer', { hint: 'again' }),
    new TypeError('a fault of ours'),
  ])('any other failure to read stays one: %s', async (error) => {
    const readProposal = async () => {
      throw error;
    };
    await expect(validate(proposed(base), { change: { readProposal } })).rejects.toBe(error);
  });

  it('a pull request that cannot be judged as it stands', async () => {
    const broken = { ...proposed(base), 'models/other/model.yml': 'version: 1\n' };
    await expect(validate(broken)).rejects.toMatchObject({
      code: 'CHANGE_REFUSED',
      findings: expect.arrayContaining([expect.objectContaining({ severity: 'fail' })]),
    });
  });

  it('a model whose dataset has no contract', async () => {
    const { [contract]: _, ...bare } = base;
    const proposal = memoryProposal(bare, proposed(bare), null);
    const readProposal = async () => ({ ...proposal, ledger: null });
    await expect(validate(proposed(base), { change: { readProposal } })).rejects.toMatchObject({
      code: 'CONTRACT_MISSING',
      where: { file: contract },
      hint: expect.stringContaining(contract),
    });
  });
});
