import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registrationOf } from '../../core/audit/promotion.fixture.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { ApiCall } from '../../sandbox/hub/traffic.ts';
import { type BotBench, startBotBench } from '../../test/bot/bench.ts';
import { countLedger } from '../../test/bot/ledger-count.ts';
import { runWriters } from '../../test/bot/soak-writers.ts';
import { place } from '../../test/bot/writers.ts';
import { type BotDeps, openSources } from '../deps.ts';
import { LedgerBook } from '../ledger/ledger-book.ts';
import type { LedgerJob } from './ledger-job.ts';

let bench: BotBench;
let anchorOn = '';
beforeAll(async () => {
  bench = await startBotBench();
  anchorOn = (await bench.reader.branchHead('main')) ?? '';
});
afterAll(() => bench.close());

/** Wants to register the first version of a model that no other job is about. */
function job(model: string, pull: number, fields: Partial<LedgerJob> = {}): LedgerJob {
  const waiting = registrationOf(undefined, model, { pull, mergeSha: anchorOn });
  const headline = `Record pull request ${pull}`;
  return {
    place,
    headline,
    url: `pull ${pull}`,
    anchorOn,
    plan: (snapshot) => waiting.plan(snapshot),
    ...fields,
  };
}

const writeAll = (deps: BotDeps, jobs: readonly LedgerJob[]) =>
  Promise.allSettled(jobs.map((each) => deps.ledgerWriter.write(deps, each)));
const count = () => countLedger(bench.hub.gitDir('acme/flights'), place.branch);
const anchors = async () =>
  (await bench.checks(anchorOn)).flatMap(({ external_id }) => /^anchor:(\d+)/.exec(external_id)?.[1] ?? []);
const isCommit = ({ path, mutates }: ApiCall): boolean => mutates && path === '/graphql';

describe('the writer of a ledger', () => {
  it('makes one commit and one anchor of what waits together, and needs no second proof', async () => {
    const deps = bench.newDeps();
    const ended = await writeAll(
      deps,
      ['a', 'b', 'c'].map((model, at) => job(model, at + 1)),
    );
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(await count()).toMatchObject({ commits: 1, entries: 6, faults: [] });
    expect(await anchors()).toEqual(['6']);
    bench.hub.log.take();
    const { reader, identity, book } = openSources(deps);
    const ledger = await book.read(reader, identity, place);
    // The heads of two branches.
    expect(bench.hub.log.take()).toHaveLength(2);
    expect([ledger.anchored, ledger.events.length, ledger.anchors.length]).toEqual([6, 6, 1]);
    const again = await new LedgerBook().read(reader, identity, place);
    expect(again.snapshot).toEqual(ledger.snapshot);
  });

  it('finds what it wrote when the answer was lost, and tells nobody that it failed', async () => {
    let isLost = false;
    bench.hub.traffic.set({
      fault: (call) => {
        if (isLost || !isCommit(call)) return null;
        isLost = true;
        return 'answer lost';
      },
    });
    const ended = await writeAll(bench.newDeps(), [job('d', 4), job('e', 5)]);
    bench.hub.traffic.set({});
    expect(isLost).toBe(true);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await count()).toMatchObject({ commits: 2, entries: 10, faults: [] });
  });

  it('says so when GitHub wrote nothing, and writes the next one', async () => {
    bench.hub.traffic.set({ fault: (call) => (isCommit(call) ? 'not carried out' : null) });
    const deps = bench.newDeps();
    const [failed] = await writeAll(deps, [job('f', 6)]);
    bench.hub.traffic.set({});
    expect(failed).toMatchObject({ status: 'rejected', reason: { kind: 'service' } });
    const [written] = await writeAll(deps, [job('f', 6)]);
    expect(written?.status).toBe('fulfilled');
    expect(await count()).toMatchObject({ commits: 3, entries: 12, faults: [] });
  });

  it('parts a commit that GitHub refuses until only the one at fault is refused', async () => {
    const deps = bench.newDeps();
    const { writer } = deps;
    const picky: BotDeps = {
      ...deps,
      writer: {
        ...writer,
        commitOnBranch: async (commit) => {
          if (commit.files.some(({ path }) => path.includes('/poison/')))
            throw new ServiceError('GITHUB_WRITE_FAILED', 'no', { hint: '', cause: { status: 422 } });
          return writer.commitOnBranch(commit);
        },
      },
    };
    const ended = await writeAll(picky, [job('g', 7), job('poison', 8), job('h', 9), job('i', 10)]);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((await count()).entries).toBe(18);
  });

  it('writes in the order of the merges, whichever look ends first', async () => {
    const deps = bench.newDeps();
    const handedOver = deps.ledgerWriter.beginMerge('1 first');
    const later = deps.ledgerWriter.write(deps, job('k', 12, { order: '2 second' }));
    const between = deps.ledgerWriter.write(deps, job('l', 13));
    await between;
    const earlier = deps.ledgerWriter.write(deps, job('j', 11, { order: '1 first' }));
    handedOver();
    const ended = await Promise.all([earlier, later]);
    const sizes = ended.map(({ ledger }) => ledger.events.map(({ stream }) => stream));
    expect(sizes[0]?.slice(-5)).toEqual(['model/l', 'model/j', 'model/j', 'model/k', 'model/k']);
  });
});

it('several instances lose nothing, double nothing and meet no champion that is not there', async () => {
  const { lost, doubled, faults, inLedger, sentBack } = await runWriters(bench, 3, 3, 2);
  expect({ lost, doubled, faults, inLedger }).toEqual({ lost: 0, doubled: 0, faults: [], inLedger: 9 });
  // They did get in each other's way.
  expect(sentBack).toBeGreaterThan(0);
});
