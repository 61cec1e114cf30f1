import { describe, expect, it } from 'vitest';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import type { Change, Move } from '../../core/change/change.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { requestOf, stageMove } from '../../core/policy/decision.fixture.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { after, recordOf } from '../../core/registry/registry.fixture.ts';
import { readEmergency } from './emergency.ts';
import type { EvidenceFacts } from './facts.ts';
import type { Rules } from './rules.ts';

const request = `version: 1
model: flight-delay
production: { eu: 1 }
until: "2026-11-21T18:00:00Z"
reason: eu answers nothing
by: ben
`;
const state = after(() => ({ kind: 'register', record: recordOf('flight-delay', 'v1'), stage: 'staging' }));
const data = digestBytes('data');

/** What is read for a pull request that adds these files and asks for these moves. */
function read(
  files: Readonly<Record<string, string>>,
  moves: readonly Move[],
  more: {
    readonly has?: boolean;
    readonly withdrawn?: readonly number[];
    readonly states?: ModelState[];
  } = {},
) {
  const asked: string[] = [];
  const head = new Map(Object.keys(files).map((path) => [path, { path, mode: '100644', blob: path }]));
  const proposal = {
    trees: { mergeBase: new Map(), base: new Map(), head },
    catalogue: { models: new Map(), datasets: new Map([['flights', { config: { revoked: [data] } }]]) },
  } as unknown as Proposal;
  const reader = { blob: async (blob: string) => Buffer.from(files[blob] ?? '') } as unknown as GitHubReader;
  const versions = (more.withdrawn ?? []).map((version) => ({
    version,
    reason: 'leaks a column',
    by: 'omar',
  }));
  const rules = { declared: { withdrawn: { kind: 'read', value: { versions } } } } as unknown as Rules;
  const evidence = { validation: null } as unknown as EvidenceFacts;
  const change = requestOf({ moves }) as Change & { readonly kind: 'request' };
  const states = new Map((more.states ?? []).map((each) => [each.model, each]));
  const openStore = async () => ({
    has: async (digest: string) => {
      asked.push(digest);
      return more.has ?? true;
    },
  });
  const scope = { proposal, change, rules, evidence, state, states, now: '2026-11-21T16:00:00Z' };
  return readEmergency({ reader, openStore }, scope).then((found) => ({ found, asked }));
}

const back = stageMove({ version: 1, from: 'archived', rollback: true });
const up = stageMove({ version: 1 });
const bytes = state.versions.get(1)?.record.artifact.digest;

describe('what a decision is told of emergencies', () => {
  it('of an ordinary promotion nothing, and no byte is looked for', async () => {
    expect(await read({}, [up])).toEqual({ found: {}, asked: [] });
  });

  it('whether the bytes of a rollback and of an emergency are in the store', async () => {
    expect(await read({}, [back])).toEqual({
      found: { stored: [{ version: 1, present: true }] },
      asked: [bytes],
    });
    const gone = await read({ 'break-glass/outage.yml': request }, [up], { has: false });
    expect(gone.found.stored).toEqual([{ version: 1, present: false }]);
  });

  it('the request by the digest of its reason', async () => {
    const { found } = await read({ 'break-glass/outage.yml': request }, [up]);
    expect(found.breakGlass).toMatchObject({
      asked: { name: 'outage', production: { eu: 1 }, by: 'ben', reason: digestBytes('eu answers nothing') },
      uses: [],
    });
    expect(JSON.stringify(found)).not.toContain('eu answers nothing');
  });

  it('a review by the digest of what was found', async () => {
    const text = 'version: 1\nmodel: flight-delay\npull-request: 4\nfound: a bad deploy\nby: ben\n';
    const { found } = await read({ 'break-glass/outage.review.yml': text }, []);
    expect(found.breakGlass?.reviews).toEqual([
      { name: 'outage', model: 'flight-delay', pullRequest: 4, digest: digestBytes('a bad deploy') },
    ]);
  });

  it('every emergency of the ledger, whichever model it was of', async () => {
    const use = {
      ...{ model: 'churn', version: 2, endpoint: 'eu', pullRequest: 3, reviewed: true },
      ...{ at: '2026-11-01T10:00:00Z', reviewBy: '2026-11-02T10:00:00Z' },
    };
    const old = { ...use, pullRequest: 2, at: '2026-10-01T10:00:00Z' };
    const open = { ...old, pullRequest: 1, reviewed: false };
    const churn = { ...state, model: 'churn', breakGlass: [open, old, use] };
    const { found } = await read({}, [up], { states: [churn] });
    expect(found.breakGlass?.uses.map(({ pullRequest }) => pullRequest)).toEqual([1, 3]);
  });

  it('that a version was withdrawn, where it moves up', async () => {
    expect((await read({}, [up], { withdrawn: [1] })).found.barred).toMatchObject([{ kind: 'withdrawn' }]);
    expect((await read({}, [up], { withdrawn: [2] })).found.barred).toBeUndefined();
    const down = stageMove({ version: 1, from: 'production', to: 'archived' });
    expect((await read({}, [down], { withdrawn: [1] })).found.barred).toBeUndefined();
  });
});
