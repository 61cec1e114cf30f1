import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stages } from '../config/stage.ts';
import { GatehouseError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { LedgerCommand } from './command.ts';
import { commandOf } from './command.ts';
import { foldEvents } from './evolve.ts';
import type { LedgerEvent, ModelState } from './ledger.ts';
import { propose } from './propose.ts';
import { artifactOf, moveIn, register, write } from './registry.fixture.ts';
import { type LedgerRenderers, renderModelFiles } from './render.ts';
import { emptyState } from './stream.ts';

type Step = (state: ModelState, at: number) => LedgerCommand;

const version = fc.integer({ min: 1, max: 8 });
// Production most often: a history of rejections proves little.
const target = fc.constantFrom(
  'staging',
  'candidate',
  'production',
  'production',
  'production',
  'archived',
  'rejected',
);
const endpoint = fc.constantFrom('eu', 'us');
const registration = fc.constantFrom('registered' as const, 'staging' as const).map(
  (stage): Step =>
    (_, at) =>
      register('flight-delay', `bytes ${at}`, stage),
);
/** What a decision that read the ledger just now would ask for; mostly legal. */
const fresh = fc
  .record({
    version,
    endpoint,
    to: target,
  })
  .map(
    ({ version, endpoint, to }): Step =>
      (state) => {
        const needs = to === 'production' || state.versions.get(version)?.stage === 'production';
        const rollback = to === 'production' && state.endpoints.get(endpoint)?.previous === version;
        return moveIn(state, { version, to: to as 'staging', rollback, endpoint: needs ? endpoint : null });
      },
  );
const goBack = endpoint.map(
  (at): Step =>
    (state) => {
      return moveIn(state, { version: state.endpoints.get(at)?.previous ?? 1, endpoint: at, rollback: true });
    },
);
/** Anything at all: stale baselines, wrong stages, endpoints where none belong. */
const wild = fc
  .record({
    kind: fc.constant('move' as const),
    version,
    from: fc.constantFrom(...stages),
    to: target,
    endpoint: fc.option(endpoint),
    replaced: fc.option(version),
    fallback: fc.constant('previous'),
    rollback: fc.boolean(),
  })
  .map(
    (command): Step =>
      () =>
        command as LedgerCommand,
  );
const look = fc.constantFrom('june', 'july').map(
  (labels): Step =>
    (_, at) => ({
      kind: 'use-held-out',
      heldOut: artifactOf(labels),
      result: artifactOf(`result ${at}`),
    }),
);
const step = fc.oneof(
  { weight: 2, arbitrary: look },
  { weight: 3, arbitrary: registration },
  { weight: 8, arbitrary: fresh },
  { weight: 2, arbitrary: goBack },
  { weight: 1, arbitrary: wild },
);
const history = fc.array(step, { maxLength: 60, size: 'max' });

interface Told {
  readonly state: ModelState;
  readonly events: readonly LedgerEvent[];
}

function tell(
  steps: readonly Step[],
  each: (before: ModelState, after: ModelState, events: readonly LedgerEvent[]) => void,
): Told {
  let state = emptyState('flight-delay');
  const events: LedgerEvent[] = [];
  for (const [at, step] of steps.entries()) {
    try {
      const written = write(state, step(state, at), at + 1);
      each(state, written.state, written.events);
      state = written.state;
      events.push(...written.events);
    } catch (error) {
      // A refusal is coded and leaves everything as it was; any other error fails the test.
      if (!(error instanceof GatehouseError) || error.code === 'LEDGER_EVENT_ILLEGAL') throw error;
    }
  }
  return { state, events };
}

function requireInvariants(before: ModelState, after: ModelState, events: readonly LedgerEvent[]): void {
  const champions = [...after.endpoints.values()].map(({ champion }) => champion);
  for (const [number, { stage, deployments }] of after.versions) {
    expect(stage === 'production').toBe(champions.includes(number));
    const open = deployments.filter(({ until }) => until === null).map((stay) => stay.endpoint);
    const serves = [...after.endpoints.values()].filter(({ champion }) => champion === number);
    expect(open.sort()).toEqual(serves.map((each) => each.endpoint).sort());
  }
  for (const serving of after.endpoints.values()) {
    const record = after.versions.get(serving.champion ?? 0)?.record;
    expect(serving.artifactDigest).toBe(record?.artifact.digest ?? null);
    if (serving.previous !== null) expect(serving.previous).not.toBe(serving.champion);
  }
  for (const { data } of events) {
    if (data.type === 'HeldOutUsed') {
      expect(data.look).toBe((before.heldOut.get(data.heldOut)?.looks ?? 0) + 1);
      expect([after.versions, after.endpoints]).toEqual([before.versions, before.endpoints]);
    }
    if (data.type === 'VersionPromoted' || data.type === 'VersionRolledBack') {
      expect(data.replaced).toBe(before.endpoints.get(data.endpoint)?.champion ?? null);
      expect(data.from).not.toBe('registered');
    }
    if (data.type === 'VersionRolledBack') {
      expect(data.version).toBe(before.endpoints.get(data.endpoint)?.previous);
      expect(after.endpoints.get(data.endpoint)?.previous).toBeNull();
    }
  }
}

test('whatever is asked for: one champion an endpoint, pointer and stage agree, no stale baseline, no untold rollback', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(history, (steps) => {
      for (const { data } of tell(steps, requireInvariants).events)
        seen.set(data.type, (seen.get(data.type) ?? 0) + 1);
    }),
    { numRuns: 300 },
  );
  // The law says something only if histories really move.
  for (const type of [
    'VersionPromoted',
    'VersionRolledBack',
    'VersionArchived',
    'VersionRejected',
    'HeldOutUsed',
  ]) {
    expect([type, seen.get(type) ?? 0]).toEqual([type, expect.toSatisfy((count) => count > 20)]);
  }
});

const renderers: Pick<LedgerRenderers, 'modelCard'> = {
  modelCard: (state, shown) => `${state.model} ${shown}\n`,
};

test('folding the events again, from what JSON keeps of them, gives the same state and the same bytes', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { state, events } = tell(steps, () => undefined);
      const read = JSON.parse(canonicalJson(events)) as LedgerEvent[];
      const again = foldEvents('flight-delay', read);
      expect(again).toEqual(state);
      expect(renderModelFiles(again, renderers)).toEqual(renderModelFiles(state, renderers));
    }),
    { numRuns: 100 },
  );
});

test('the command read back from its events gives exactly these events', () => {
  fc.assert(
    fc.property(history, (steps) => {
      tell(steps, (before, _, events) => {
        const written = events.map(({ data }) => data);
        const command = commandOf(written);
        expect(command && propose(command, before)).toEqual(written);
      });
    }),
    { numRuns: 100 },
  );
});
