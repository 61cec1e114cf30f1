import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchAnchors } from '../../cli/anchors.ts';
import { readArtifact } from '../../sandbox/actions-service/artifact-shelf.ts';
import { pointTo } from '../../sandbox/demo/flights-repository.ts';
import { silent } from '../../sandbox/demo/narrator.ts';
import { callerPath, params, paramsPath, stages, stagesPath } from '../../sandbox/demo/story/files.ts';
import { proposeFirst, setUp } from '../../sandbox/demo/story/first-version.ts';
import { merge, numberOf, openPull, review, type Stage } from '../../sandbox/demo/story/stage.ts';
import { flights, startWorld } from '../../sandbox/demo/world.ts';

const minute = 60_000;

/** The whole job in one called workflow, as an organisation with its own copy of Gatehouse writes it. */
const allInOne = (sha: string): string => `name: gatehouse
on: pull_request
permissions: {}
jobs:
  gatehouse:
    permissions: { contents: read, pull-requests: read, checks: read, actions: read, issues: read, id-token: write }
    uses: acme/gatehouse/.github/workflows/propose-model.yml@${sha}
`;

/** What a deployment asks before it deploys, and what checks the ledger. */
const deploy = (sha: string, app: number): string => `name: deploy
on: { push: { branches: [release] } }
permissions: {}
jobs:
  verify:
    permissions: { contents: read, checks: read, actions: read }
    uses: acme/gatehouse/.github/workflows/verify-ledger.yml@${sha}
    with: { app-id: '${app}' }
  resolve:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: { contents: read, checks: read, actions: read }
    steps:
      - id: champion
        uses: acme/gatehouse/actions/resolve-model@${sha}
        with: { model: flight-delay, endpoint: eu, app-id: '${app}' }
      - env:
          VERSION: \${{ steps.champion.outputs.version }}
          DIGEST: \${{ steps.champion.outputs.artifact-digest }}
        run: echo "deploy v$VERSION $DIGEST"
`;

/** What leaves an anchor outside of the app's reach; started by hand here, by schedule as well where it is used. */
const anchor = (sha: string, app: number): string => `name: anchor
on: workflow_dispatch
permissions: {}
concurrency: { group: anchor-ledger, cancel-in-progress: false }
jobs:
  anchor:
    permissions: { contents: write, checks: read, actions: read, id-token: write }
    uses: acme/gatehouse/.github/workflows/anchor-ledger.yml@${sha}
    with: { app-id: '${app}' }
`;

/** As fixtures/callers has it, and as somebody writes it who would like to have the key. */
const healer = (sha: string, app: number, on: string): string => `name: heal
on: { ${on} }
permissions: {}
jobs:
  reconcile:
    permissions: {}
    uses: acme/gatehouse/.github/workflows/reconcile.yml@${sha}
    with: { app-id: '${app}' }
    secrets: { GATEHOUSE_PRIVATE_KEY: '\${{ secrets.GATEHOUSE_PRIVATE_KEY }}' }
`;
const healPath = '.github/workflows/heal.yml';

describe('the other public workflows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-workflows-'));
  let stage: Stage;

  beforeAll(async () => {
    const world = await startWorld({ folder: join(folder, 'world'), every: 200 });
    const { gatehouseSha, bot } = world;
    world.actions.configure(flights, {
      environments: {
        gatehouse: { branches: ['main'], secrets: { GATEHOUSE_PRIVATE_KEY: bot.privateKey } },
      },
    });
    const setup = {
      [healPath]: healer(gatehouseSha, bot.appId, "schedule: [{ cron: '*/20 * * * *' }]"),
      ...world.setup,
      [callerPath]: allInOne(world.gatehouseSha),
      '.github/workflows/anchor.yml': anchor(world.gatehouseSha, world.bot.appId),
    };
    const tell = silent;
    stage = {
      world: { ...world, setup },
      tell,
      pulls: new Map(),
      verifications: new Map(),
      seen: new Map(),
      afterStep: async () => {},
    };
    await setUp(stage);
    await proposeFirst(stage);
  }, 2 * minute);

  afterAll(async () => {
    await stage?.world.close();
    rmSync(folder, { recursive: true, force: true });
  }, minute);

  const pushRelease = async (name: string) => {
    const { world } = stage;
    const text = deploy(world.gatehouseSha, world.bot.appId);
    await world.people.ada.push(flights, 'release', name, {
      '.github/workflows/deploy.yml': text,
      'release.txt': name,
    });
    await world.settle();
    const run = [...world.actions.runs.values()].filter((one) => one.event === 'push').at(-1);
    return { run, logs: world.actions.logsOf(run?.id ?? 0) };
  };

  it('propose-model.yml proposes, trains, judges and promotes as the three jobs do', async () => {
    const state = (await stage.world.ledger()).state('flight-delay');
    expect(state.endpoints.get('eu')).toMatchObject({ champion: 1 });
    expect(state.versions.get(1)?.record).toMatchObject({
      quality: 'judged',
      lineage: { run: { grade: 'claimed' } },
    });
  });

  it(
    'scores the champion again when the held-out rows moved, from what the storing job handed over',
    async () => {
      const { world } = stage;
      const [header, ...rows] = readFileSync(world.files.heldOutFeatures, 'utf8').trimEnd().split('\n');
      const sorted = [header, ...rows.reverse(), ''].join('\n');
      writeFileSync(join(folder, 'sorted.csv'), sorted);
      const remote = join(world.folder, 'dvc-remote');
      const pointer = await pointTo(join(folder, 'sorted.csv'), 'held-out-features.csv', remote);
      const edit = { 'data/held-out-features.csv.dvc': pointer };
      await openPull(stage, { name: 'rows', by: 'ada', title: 'Sort the held-out rows', edit });
      await merge(stage, 'rows', 'ada');
      const { comment } = await openPull(stage, {
        name: 'v2',
        by: 'ben',
        title: 'Propose hour and weekday',
        edit: { [paramsPath]: params(['hour', 'weekday']) },
      });
      expect(comment).toMatch(/`auc not-worse 0\.002` \| 0\.\d+ \| 0\.\d+ \|/);
      const run = [...world.actions.runs.values()].find(
        ({ pullNumber }) => pullNumber === numberOf(stage, 'v2'),
      );
      const jobs = [...world.actions.service.jobs.values()].filter((job) => job.run.id === run?.id);
      expect(jobs.find(({ name }) => name.endsWith('predict-champion'))?.conclusion).toBe('success');
      // What is handed over is a model and the rows: never a label.
      const handed = world.actions.service.artifacts
        .list()
        .filter(({ name, run: owner }) => owner.id === run?.id && name.startsWith('gatehouse-scoring-'));
      expect(handed.map(({ name }) => name).sort()).toEqual([
        'gatehouse-scoring-challenger',
        'gatehouse-scoring-champion',
      ]);
      for (const artifact of handed) {
        const files = unzipSync(readArtifact(artifact));
        expect(Object.keys(files).sort()).toEqual(['features.csv', 'model.bin']);
        expect(Buffer.from(files['features.csv'] ?? '').toString()).toBe(sorted);
      }
      await review(stage, 'v2', 'rita');
    },
    minute,
  );

  const strike = async () => {
    const { world } = stage;
    await world.actions.strike(flights, 'ada');
    await world.actions.idle();
    const run = [...world.actions.runs.values()].filter((one) => one.event === 'schedule').at(-1);
    return { run, log: [...world.actions.logsOf(run?.id ?? 0).values()].join('\n') };
  };
  /** Everything that people see of it, one text each. */
  const written = () => {
    const { checkRuns, comments, pulls } = stage.world.hub.repository(flights);
    return [
      ...[...checkRuns.values()]
        .filter(({ app }) => app.id === stage.world.bot.appId)
        .map(({ id, headSha, externalId, status, conclusion }) =>
          [id, headSha, externalId, status, conclusion].join(' '),
        ),
      ...[...comments.values()].map(({ id, body }) => `${id} ${body}`),
      ...[...pulls.keys()].map((number) => `pull request ${number}`),
    ];
  };

  it(
    'reconcile.yml records a merge that nobody recorded, without a server, and a second run changes nothing',
    async () => {
      const { world } = stage;
      // The server is down: it hears of nothing.
      world.hub.setFaults({ drop: () => true });
      world.hub.clock.advance(90);
      await world.people.ben.merge(flights, numberOf(stage, 'v2'));
      const before = await world.ledger();
      expect(before.state('flight-delay').versions.has(2)).toBe(false);
      const { run, log } = await strike();
      expect([run?.conclusion, log.includes('BEGIN')]).toEqual(['success', false]);
      const after = await world.ledger();
      expect(after.state('flight-delay').versions.has(2)).toBe(true);
      const shown = written();
      expect((await strike()).run?.conclusion).toBe('success');
      expect((await world.ledger()).commit).toBe(after.commit);
      expect(written()).toEqual(shown);
      world.hub.setFaults({});
      await world.settle();
    },
    minute,
  );

  it(
    'gives the key to no other branch and to no pull request',
    async () => {
      const { world } = stage;
      const text = healer(
        world.gatehouseSha,
        world.bot.appId,
        'push: { branches: [mine] }, pull_request: {}',
      );
      await world.people.eve.push(flights, 'mine', 'Take the key', { [healPath]: text }, 'main');
      const opened = await world.people.eve.openPull(flights, 'mine', 'Take the key', 'main');
      await world.settle();
      const runs = [...world.actions.runs.values()].filter(({ workflow }) => workflow.path === healPath);
      const tried = runs.filter(({ event }) => event !== 'schedule');
      expect(tried.map(({ event, conclusion }) => [event, conclusion])).toEqual([
        ['push', 'failure'],
        ['pull_request', 'failure'],
      ]);
      for (const { id } of tried)
        expect([...world.actions.logsOf(id).values()].join('\n')).not.toContain('reconcile');
      await world.people.eve.close(flights, opened);
      await world.settle();
    },
    minute,
  );

  it(
    'verify-ledger.yml passes, and resolve-model gives a deployment its version and digest',
    async () => {
      const digest = (await stage.world.ledger()).state('flight-delay').endpoints.get('eu')?.artifactDigest;
      const { run, logs } = await pushRelease('first');
      expect(run?.conclusion).toBe('success');
      expect(logs.get('resolve')).toContain(`deploy v1 ${digest}`);
    },
    minute,
  );

  it(
    'anchor-ledger.yml leaves an anchor that GitHub signed, once a week, and the readers take it',
    async () => {
      const { world } = stage;
      const { actions } = world;
      const start = async () => {
        const path = `/repos/${flights}/actions/workflows/anchor.yml/dispatches`;
        await world.people.ada.ask('POST', path, { ref: 'main' });
        await world.settle();
        const run = [...actions.runs.values()].filter(({ event }) => event === 'workflow_dispatch').at(-1);
        return { run, summary: actions.summaryOf(run?.id ?? 0) };
      };
      const first = await start();
      const signed = expect.stringContaining('signed by GitHub');
      expect([first.run?.conclusion, first.summary]).toEqual(['success', signed]);
      expect(first.summary).toContain('Left in: releases of acme/flights');
      expect((await start()).summary).toContain('nothing was written');
      const artifacts = actions.service.artifacts.list();
      // The next run on the default branch knows what this one saw.
      expect(artifacts.filter(({ name }) => name === 'gatehouse-ledger-memory')).toHaveLength(1);
      const { run } = await pushRelease('anchored');
      expect(run?.conclusion).toBe('success');
      expect(actions.summaryOf(run?.id ?? 0)).not.toMatch(/is not believed|memory-unread/);
      const told: string[] = [];
      const found = await fetchAnchors({
        ...{ dir: folder, github: `${world.hub.url}/${flights}`, app: String(world.bot.appId) },
        env: { GITHUB_TOKEN: world.people.ada.token },
        tell: ({ code }) => told.push(code),
      });
      const inReleases = found.filter(({ from }) => from?.startsWith('release gatehouse-ledger-'));
      expect([inReleases.length, told]).toEqual([1, []]);
    },
    minute,
  );

  it(
    'both refuse a ledger that somebody edited',
    async () => {
      const { world } = stage;
      const before = await world.ledger();
      const endpoint = 'endpoints/eu/flight-delay.yml';
      const edited = (before.files.get(endpoint) ?? '').replace('champion: 1', 'champion: 9');
      // Told of it, the app would put the ledger back: here the reader is alone.
      world.hub.setFaults({ drop: () => true });
      await world.people.eve.push(
        flights,
        world.ledgerBranch,
        'Tidy up',
        { [endpoint]: edited },
        world.ledgerBranch,
      );
      const { run, logs } = await pushRelease('second');
      world.hub.setFaults({});
      expect(run?.conclusion).toBe('failure');
      expect([...logs.values()].join('\n')).toContain('endpoints/eu/flight-delay.yml was edited');
      expect(logs.get('resolve')).not.toContain('deploy v');
    },
    minute,
  );

  it(
    'the app puts back a ledger that somebody edited, and says so in it',
    async () => {
      const before = await stage.world.ledger();
      const edit = { [stagesPath]: stages('production: {}') };
      const view = await openPull(stage, {
        name: 'demote',
        by: 'ben',
        title: 'Take v1 out of production',
        edit,
      });
      expect(view.check?.conclusion).not.toBe('success');
      const after = await stage.world.ledger();
      expect(before.files.get('endpoints/eu/flight-delay.yml')).toContain('champion: 9');
      expect(after.files.get('endpoints/eu/flight-delay.yml')).toContain('champion: 1');
      expect(after.files.get('audit/incidents.yml')).toContain(`found: ${before.commit}`);
    },
    minute,
  );
});
