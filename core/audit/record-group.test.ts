import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatehouseError } from '../error/error.ts';
import { options, renderers } from './ledger.fixture.ts';
import { emptyHead } from './merkle.ts';
import { promotionOf, registrationOf, type Waiting } from './promotion.fixture.ts';
import { type LedgerSnapshot, recordRequests } from './record.ts';
import { type GroupMember, recordGroup } from './record-group.ts';
import { verifyLedger } from './verify.ts';

const models = ['churn', 'flight-delay', 'growth/churn'];
const versions = 3;
const roomy = { members: 33, textLength: 10_000_000 };

/** Three models with three versions in staging each, nothing in production. */
function staged(): { readonly snapshot: LedgerSnapshot; readonly files: Map<string, string> } {
  let snapshot: LedgerSnapshot = { head: emptyHead, states: new Map() };
  const files = new Map<string, string>();
  let pull = 1000;
  for (const model of models) {
    for (let version = 1; version <= versions; version += 1) {
      pull += 1;
      const { requests } = registrationOf(snapshot.states.get(model), model, { pull });
      const recorded = recordRequests(snapshot, requests, 'own', renderers);
      snapshot = recorded.snapshot;
      for (const [path, text] of recorded.files) files.set(path, text);
    }
  }
  return { snapshot, files };
}

const start = staged();
const group = <M extends GroupMember>(members: readonly M[], limit = roomy, snapshot = start.snapshot) =>
  recordGroup(snapshot, members, limit, 'own', renderers);

function promote(model: string, version: number, pull: number, endpoint = 'eu'): Waiting {
  const state = start.snapshot.states.get(model);
  if (state === undefined) throw new Error(model);
  return promotionOf(state, version, { pull }, endpoint);
}

const codeOf = (error: unknown): string => (error instanceof GatehouseError ? error.code : String(error));
const broken: GroupMember = {
  plan: () => {
    throw new Error('a fault of our own');
  },
};

describe('a group of pull requests', () => {
  it('is one commit that verifies, each with an entry and an operation of its own', () => {
    const members = models.map((model, at) => promote(model, 1, at + 1));
    const { written, recorded } = group(members);
    expect(written).toEqual(members);
    const files = new Map([...start.files, ...(recorded?.files ?? [])]);
    const operations = [...(recorded?.files.keys() ?? [])].filter((path) => path.includes('/ops/'));
    expect(operations).toHaveLength(3);
    const anchor = recorded === null ? emptyHead : recorded.snapshot.head;
    expect(verifyLedger(files, [anchor], options)).toMatchObject({ verdict: 'pass', findings: [] });
  });

  it('records one of two promotions of a model at an endpoint, and sends the other back by name', () => {
    const { written, sentBack } = group([promote('churn', 1, 41), promote('churn', 2, 42)]);
    expect(written.map(({ pull }) => pull)).toEqual([41]);
    expect(sentBack.map(({ member, error }) => [member.pull, codeOf(error)])).toEqual([
      [42, 'LEDGER_CHAMPION_MOVED'],
    ]);
    expect(String(sentBack[0]?.error)).toContain(
      'v1 serves eu since pull request 41; this was decided when nothing served there',
    );
  });

  it('sends back a version that an earlier one moved, whose decision saw it elsewhere', () => {
    const { written, sentBack } = group([promote('churn', 1, 1), promote('churn', 1, 2, 'us')]);
    expect(written.map(({ pull }) => pull)).toEqual([1]);
    expect(codeOf(sentBack[0]?.error)).toBe('LEDGER_CHAMPION_MOVED');
  });

  it('takes two registrations of one model, since neither depends on the other', () => {
    const [first, second] = [1, 2].map((pull) =>
      registrationOf(start.snapshot.states.get('churn'), 'churn', { pull }),
    );
    const { written, recorded } = group([first, second].filter((each) => each !== undefined));
    expect(written).toHaveLength(2);
    expect(recorded?.snapshot.states.get('churn')?.versions.size).toBe(5);
  });

  it('writes nothing of a pull request that is in the ledger, not even twice in one group', () => {
    const one = promote('churn', 1, 1);
    const { written, known, recorded } = group([one, one]);
    expect([written.length, known.length]).toEqual([1, 1]);
    const again = group([one], roomy, recorded?.snapshot);
    expect([again.known.length, again.recorded]).toEqual([1, null]);
  });

  it('is not spoiled by one that cannot be written, whatever it throws', () => {
    const { written, sentBack, recorded } = group<GroupMember>([
      promote('churn', 1, 1),
      broken,
      promote('flight-delay', 1, 2),
    ]);
    expect([written.length, sentBack.length]).toEqual([2, 1]);
    expect(recorded?.events.map(({ gseq }) => gseq)).toEqual([18, 19]);
  });

  it('leaves for the next commit what has no room, in order, and takes the first whatever its size', () => {
    const members = models.map((model, at) => promote(model, 1, at + 1));
    expect(group(members, { ...roomy, members: 2 }).left).toEqual(members.slice(2));
    const small = group(members, { ...roomy, textLength: 1 });
    expect([small.written, small.left]).toEqual([members.slice(0, 1), members.slice(1)]);
  });

  it('writes what each would have written alone, one after the other', () => {
    const member = fc.record({
      model: fc.constantFrom(...models),
      version: fc.integer({ min: 1, max: versions }),
      endpoint: fc.constantFrom('eu', 'us'),
      pull: fc.integer({ min: 1, max: 9 }),
    });
    let sentBack = 0;
    fc.assert(
      fc.property(fc.array(member, { maxLength: 6 }), (asked) => {
        const members = asked.map(({ model, version, endpoint, pull }) =>
          promote(model, version, pull, endpoint),
        );
        const together = group(members);
        let { snapshot } = start;
        const files = new Map<string, string>();
        for (const each of members) {
          const { recorded } = group([each], roomy, snapshot);
          snapshot = recorded?.snapshot ?? snapshot;
          for (const [path, text] of recorded?.files ?? []) files.set(path, text);
        }
        expect(together.recorded?.snapshot ?? start.snapshot).toEqual(snapshot);
        expect(new Map(together.recorded?.files)).toEqual(files);
        const all = [...together.written, ...together.known, ...together.sentBack.map((each) => each.member)];
        expect(all).toHaveLength(members.length);
        sentBack += together.sentBack.length;
      }),
      { numRuns: 30, seed: 6 },
    );
    // The cases hold what the rule is about.
    expect(sentBack).toBeGreaterThan(10);
  });
});
