import { describe, expect, it } from 'vitest';
import type { Change, Move } from '../../core/change/change.ts';
import { InputError } from '../../core/error/error.ts';
import { baseFiles, proposed } from '../../test/memory/flights.ts';
import { memoryProposal } from '../../test/memory/proposal.ts';
import { contractsOf, missingContracts, nextJobs } from './plan.ts';

type Request = Extract<Change, { kind: 'request' }>;

const path = 'datasets/flights.yml';
const base = baseFiles({ labelsSha256: 'a'.repeat(64) });
const proposal = memoryProposal(base, proposed(base), null);
if (proposal.change.kind !== 'request') throw new Error('no request');
const request: Request = proposal.change;
const move = (change: Partial<Extract<Move, { kind: 'stage' }>>): Move => ({
  kind: 'stage',
  model: 'flight-delay',
  version: 2,
  from: 'staging',
  to: 'production',
  endpoint: 'eu',
  rollback: false,
  ...change,
});
const asking = (...moves: readonly Move[]): Request => ({ ...request, proposal: false, moves });

describe('nextJobs', () => {
  it('trains and judges a proposal whose data is good', () => {
    expect(nextJobs(request, 'pass', false, null)).toEqual({ train: true, judge: true });
  });

  it.each(['data invalid', 'not evaluated'] as const)('starts nothing on data that is %s', (verdict) => {
    expect(nextJobs(request, verdict, false, null)).toEqual({ train: false, judge: false });
  });

  it('starts nothing for a fork, or for what was judged before', () => {
    const carried = { runId: 5 };
    expect(nextJobs(request, 'pass', true, null)).toEqual({ train: false, judge: false });
    expect(nextJobs(request, 'pass', false, carried)).toEqual({ train: false, judge: false });
  });

  it.each([
    ['a promotion is judged', move({}), true],
    ['a rollback is not', move({ from: 'archived', rollback: true }), false],
    ['a demotion is not', move({ from: 'production', to: 'archived' }), false],
    ['a version that nobody knows is not', move({ from: null }), false],
    ['registered to production is not', move({ from: 'registered' }), false],
    ['rejected to production is not', move({ from: 'rejected' }), false],
  ])('%s', (_, asked, judge) => {
    expect(nextJobs(asking(asked), 'pass', false, null)).toEqual({ train: false, judge });
  });

  it('one forbidden move stops the whole pull request', () => {
    const two = asking(move({}), move({ version: 3, from: 'rejected', endpoint: 'us' }));
    expect(nextJobs(two, 'pass', false, null)).toEqual({ train: false, judge: false });
  });

  it('asks for nothing when nothing moves', () => {
    expect(nextJobs(asking(), 'pass', false, null)).toEqual({ train: false, judge: false });
  });
});

describe('contracts', () => {
  it('governs by base, and gives head’s besides when it changed', () => {
    const changed = { ...request, configuration: [path] };
    const text = (base[path] ?? '').replace('min: 1', 'min: 2');
    expect(contractsOf(request, proposal, () => 'never read').map(({ from }) => from)).toEqual(['base']);
    const both = contractsOf(changed, proposal, () => text);
    expect(both.map(({ from, contract }) => [from, contract.rows.min])).toEqual([
      ['base', 1],
      ['head', 2],
    ]);
  });

  it('a contract that was removed leaves base’s alone; a broken one is an error', () => {
    const changed = { ...request, configuration: [path] };
    expect(contractsOf(changed, proposal, () => null).map(({ from }) => from)).toEqual(['base']);
    expect(() => contractsOf(changed, proposal, () => 'version: [')).toThrow(InputError);
  });

  it('names what has none, each once', () => {
    expect(missingContracts(request, proposal)).toEqual([]);
    const unknown = { ...request, datasets: ['flights', 'weather', 'weather', '__proto__'] };
    expect(missingContracts(unknown, proposal)).toEqual(['weather', '__proto__']);
    expect(contractsOf(unknown, proposal, () => null)).toHaveLength(1);
  });
});
