import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCurrentPolicy } from '../../adapters/reproduce/current-policy.ts';
import { reproduceVersion } from '../../adapters/reproduce/reproduce.ts';
import { parseEnvelope } from '../../core/evidence/envelope.ts';
import { parseRunRecord } from '../../core/evidence/run-record.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { readArtifact } from '../../sandbox/actions-service/artifact-shelf.ts';
import { type PullView, viewPull } from '../../sandbox/demo/github-view.ts';
import { silent } from '../../sandbox/demo/narrator.ts';
import { writeOutput } from '../../sandbox/demo/output.ts';
import { attack } from '../../sandbox/demo/story/attacks.ts';
import {
  damageData,
  promoteBetter,
  proposeBetter,
  proposeWorse,
  tightenPolicy,
} from '../../sandbox/demo/story/challengers.ts';
import { proposeFirst, setUp } from '../../sandbox/demo/story/first-version.ts';
import { numberOf, type Stage } from '../../sandbox/demo/story/stage.ts';
import { rollBack, tamper } from '../../sandbox/demo/story/tampering.ts';
import { flights, startWorld } from '../../sandbox/demo/world.ts';
import { judgementsOf, secretsOf, shownByRuns } from './leak-scan.ts';

const minute = 60_000;

/**
 * The story of the demo, each step checked. One row of forty of the real table: about 12,500 flights a month.
 * @param ledgerBranch where the ledger lies; undefined: a branch of its own
 * @param options `short`: set up, and the first version into production
 */
export function checkStory(ledgerBranch: string | undefined, { short = false } = {}): void {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-story-'));
  let stage: Stage;

  beforeAll(async () => {
    const world = await startWorld({
      folder: join(folder, 'world'),
      every: 40,
      ...(ledgerBranch ? { ledgerBranch } : {}),
    });
    stage = {
      world,
      tell: silent,
      pulls: new Map(),
      verifications: new Map(),
      seen: new Map(),
      // As the demo does: pages must render at every moment.
      afterStep: (now) => (short ? Promise.resolve() : writeOutput(now, join(folder, 'out'))),
    };
  }, minute);

  afterAll(async () => {
    await stage?.world.close();
    rmSync(folder, { recursive: true, force: true });
  }, minute);

  const view = (name: string): PullView => viewPull(stage.world, numberOf(stage, name));
  const state = async () => (await stage.world.ledger()).state('flight-delay');
  const runsOf = (name: string) =>
    [...stage.world.actions.runs.values()].filter((run) => run.pullNumber === numberOf(stage, name));
  const jobsOf = (name: string) =>
    runsOf(name).map((run) =>
      [...stage.world.actions.service.jobs.values()].filter((job) => job.run.id === run.id),
    );
  const sectionsOf = (name: string, heading: string) =>
    (stage.seen.get(name) ?? []).flatMap(({ comment }) => comment.split(`**${heading}**`)[1] ?? []);
  const ran = (name: string) =>
    jobsOf(name).map((jobs) =>
      jobs.filter(({ conclusion }) => conclusion === 'success').map((job) => job.name),
    );

  it(
    '0: is set up by a pull request, and an unrelated one is green at once without a comment',
    async () => {
      await setUp(stage);
      expect(view('setup')).toMatchObject({ merged: true, comment: '' });
      expect(view('unrelated')).toMatchObject({
        comment: '',
        check: { status: 'completed', conclusion: 'success' },
      });
      expect(stage.world.actions.movingRefs.filter(({ uses }) => uses.startsWith('acme/'))).toEqual([]);
    },
    minute,
  );

  it(
    'a: registers and stages v1 by absolute gates, and promotes it to eu by the owner',
    async () => {
      await proposeFirst(stage);
      const { versions, endpoints } = await state();
      expect(versions.get(1)).toMatchObject({
        stage: 'production',
        record: { version: 1, quality: 'judged' },
      });
      expect(endpoints.get('eu')).toMatchObject({ champion: 1, previous: null });
      expect(versions.get(1)?.record.approvals.map(({ reviewer }) => reviewer.login)).toEqual(['rita']);
      expect(view('v1').comment).toMatch(/^<!-- gatehouse:proposal:flight-delay; -->\n### ✅ Recorded/);
      expect(view('v1').comment).toContain('skipped: There is no champion to compare with');
      expect(view('promote-v1').comment).toContain('`omar` | `owner`');
      // A promotion is judged from stored bytes: nothing trains and nothing predicts.
      expect(
        ran('promote-v1')
          .flat()
          .filter((job) => /train|predict/.test(job)),
      ).toEqual([]);
    },
    minute,
  );

  it.skipIf(short)(
    'b: stops before training when the data breaks its contract, and says which rule, where and how many',
    async () => {
      await damageData(stage);
      const { comment, check } = view('damaged');
      expect(comment).toContain('### ⛔ Data invalid: training did not start');
      for (const [code, column] of [
        ['data/column-missing', 'distance'],
        ['data/nulls', 'origin'],
        ['data/range', 'delay'],
      ]) {
        expect(comment).toMatch(new RegExp(`${code}.*${column}|${column}.*${code}`));
      }
      expect(comment).toMatch(/datasets\/flights\.yml#L\d+/);
      expect(comment).toContain('distance\\_miles');
      expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
      expect(ran('damaged').flat()).not.toContain('train');
    },
    minute,
  );

  it.skipIf(short)(
    'c: blocks the worse challenger on the same held-out rows, with the difference and its interval',
    async () => {
      await proposeWorse(stage);
      const { comment, check } = view('worse');
      expect(comment).toContain('### ❌ Fail: merging records nothing. `flight-delay` fails 2 of 3 gates');
      expect(comment).toMatch(
        /`auc not-worse 0\.002` \| 0\.\d+ \| 0\.\d+ \| −0\.0\d+ \(−0\.\d+ to −0\.\d+\) ▼ worse/,
      );
      expect(check).toMatchObject({ conclusion: 'failure' });
      expect((await state()).versions.size).toBe(1);
    },
    minute,
  );

  it.skipIf(short)(
    'the governors change the policy under the old one',
    async () => {
      await tightenPolicy(stage);
      expect(view('policy')).toMatchObject({ merged: true, check: { conclusion: 'success' } });
    },
    minute,
  );

  it.skipIf(short)(
    'd: counts the right approvals only, keeps them over a README push, and trains no third time',
    async () => {
      await proposeBetter(stage);
      const { comment } = view('v2');
      const record = (await state()).versions.get(2)?.record;
      expect(record?.approvals.map(({ reviewer }) => reviewer.login)).toEqual(['rita']);
      expect(comment).toContain('### ✅ Recorded');
      const uncounted = sectionsOf('v2', 'Approvals that do not count');
      expect(uncounted.some((text) => /`eve`.*a committer in this pull request/.test(text))).toBe(true);
      expect(uncounted.some((text) => /`rita`.*params\.json changed since/.test(text))).toBe(true);
      expect(ran('v2').map((jobs) => jobs.includes('train'))).toEqual([true, true, false]);
      const comments = (stage.seen.get('v2') ?? []).map((seen) => seen.comment);
      expect(comments.some((text) => text.includes('Trainings of this pull request: 2'))).toBe(true);
      // Its first training lost its machine; the second attempt went on from the checkpoint.
      const [run] = runsOf('v2');
      const left = stage.world.actions.service.artifacts.list().filter((one) => one.run.id === run?.id);
      const model = left.findLast(({ name }) => name === 'gatehouse-model');
      if (model === undefined) throw new Error('The first training left nothing.');
      const trained = parseRunRecord(unzipSync(readArtifact(model))['run.json'] ?? '', 'run.json');
      expect(trained.attempts).toMatchObject([
        { number: 1, runAttempt: 1, outcome: 'lost-runner', resumedFrom: null },
        { number: 2, runAttempt: 2, outcome: 'done', resumedFrom: expect.stringMatching(/^sha256:/) },
      ]);
      expect(record?.metrics.find(({ metric }) => metric === 'auc')).toMatchObject({
        against: 1,
        grade: 'judged',
      });
    },
    2 * minute,
  );

  // Once is enough: where the ledger lies changes nothing about it.
  it.skipIf(short || ledgerBranch !== undefined)(
    'd: trains v1 and v2 again from their records alone, byte for byte the same',
    async () => {
      const clone = join(folder, 'somebody');
      execFileSync('git', ['clone', '--quiet', stage.world.hub.gitDir(flights), clone]);
      const policy = await readCurrentPolicy(clone);
      const { versions } = await state();
      for (const version of [1, 2]) {
        const record = versions.get(version)?.record;
        if (record === undefined) throw new Error(`There is no v${version}.`);
        const found = await reproduceVersion(
          {
            repository: clone,
            record,
            policy,
            tolerance: 0,
            predictions: true,
            env: { PATH: process.env.PATH },
          },
          { log: () => {}, now: () => new Date() },
        );
        expect(found).toMatchObject({
          ...{ version, outcome: 'equal', artifact: { is: record.artifact.digest } },
          scores: { changed: 0, unmatched: 0 },
        });
        // The same machine; another environment than the runner's, and nothing that is lost on the way.
        const about = found.causes.filter(({ kind }) => kind === 'differs').map((cause) => cause.about);
        expect(about.filter((name) => !/^(?:runtime|packages|variable|attempts)/.test(name))).toEqual([]);
      }
    },
    minute,
  );

  it.skipIf(short)(
    'd: refuses registered to production in one move, then goes through staging; v1 is remembered',
    async () => {
      await promoteBetter(stage);
      const { versions, endpoints } = await state();
      expect(endpoints.get('eu')).toMatchObject({ champion: 2, previous: 1 });
      expect(versions.get(1)?.stage).toBe('archived');
      const { files } = await stage.world.ledger();
      expect(files.get('models/flight-delay/MODEL_CARD.md')).toMatch(
        /^---\n[\s\S]*\n---\n[\s\S]*Learned on January to April 2001/,
      );
      expect(files.get('models/flight-delay/status.yml')).toContain('drift: not measured');
      expect(files.get('endpoints/eu/flight-delay.yml')).toContain('champion: 2');
      const said = [...stage.world.hub.repository(flights).checkRuns.values()].map(
        ({ title }) => title ?? '',
      );
      expect(said.some((title) => title.includes('registered to production in one move is refused'))).toBe(
        true,
      );
    },
    2 * minute,
  );

  // Once is enough, as above.
  it.skipIf(short || ledgerBranch !== undefined)(
    'e: gives a fork neither GPU runner, secret nor labels, and says what a maintainer can do',
    async () => {
      await attack(stage);
      expect(view('fork').comment).toContain('🔒 Waiting for a maintainer');
      expect(view('fork').comment).toContain('A maintainer reads the diff');
      expect(ran('fork').flat()).not.toContain('train');
      const readers = stage.world.actions.service.labels.readings.filter(({ allowed }) => allowed);
      expect(
        new Set(readers.map(({ claims }) => claims?.job_workflow_ref?.toString().split('@')[0])),
      ).toEqual(new Set(['acme/gatehouse/.github/workflows/judge-model.yml']));
    },
    2 * minute,
  );

  it.skipIf(ledgerBranch !== undefined).each([
    ['other-artifact', /Artifact \d+ belongs to run \d+, not to this run/],
    ['forged-evidence', /The receipt names another workflow/],
    ['spoiled-store', /The store holds other bytes than their digest says/],
  ])('e: refuses %s with its reason', (name, reason) => {
    expect(view(name).comment).toMatch(reason);
    expect(view(name).check?.conclusion).not.toBe('success');
  });

  it.skipIf(short || ledgerBranch !== undefined)('e: refuses a base that is not governed', () => {
    expect(view('weak-base').check).toMatchObject({
      conclusion: 'action_required',
      title: expect.stringContaining('Not governed'),
    });
  });

  it.skipIf(short)(
    'f: names the edited byte, and the full re-hash by the anchor that only the app can make',
    async () => {
      await tamper(stage);
      const said = (name: string) => stage.verifications.get(name);
      expect(said('untouched')).toMatchObject({
        code: 0,
        text: expect.stringContaining('its anchor agrees'),
      });
      expect(said('one byte of a version record')).toMatchObject({
        code: 1,
        text: expect.stringMatching(
          /ledger\/file-edited.*models\/flight-delay\/versions\/0002\.yml was edited: line \d+/,
        ),
      });
      expect(said('the whole chain, with every hash made right again')).toMatchObject({
        code: 1,
        text: expect.stringMatching(/its own hashes agree with each other, the anchor does not/),
      });
    },
    2 * minute,
  );

  it.skipIf(short)(
    'f: one line rolls production back to v1 without a new judgement',
    async () => {
      await rollBack(stage);
      expect((await state()).endpoints.get('eu')).toMatchObject({ champion: 1, previous: null });
      expect(
        ran('rollback')
          .flat()
          .filter((job) => /judge/.test(job)),
      ).toEqual([]);
      expect(stage.verifications.get('after the rollback')?.code).toBe(0);
    },
    minute,
  );

  it.skipIf(short)(
    'leaves on disk what a person would see',
    async () => {
      const out = join(folder, 'out');
      await writeOutput(stage, out);
      const number = numberOf(stage, 'worse');
      for (const name of ['comment.md', 'check.md', 'summary.md'])
        expect(existsSync(join(out, 'pulls', String(number), name))).toBe(true);
      const run = runsOf('v2')[0]?.id;
      const left = join(out, 'runs', String(run));
      expect(
        parseEnvelope(readFileSync(join(left, 'judgement.evidence.jwe'), 'utf8')).recipients,
      ).toMatchObject([{ id: stage.world.bot.sealKey.id }]);
      expect(readFileSync(join(left, 'validation.receipt.jwt'), 'utf8').split('.')).toHaveLength(3);
      const v2 = join(out, 'pulls', String(numberOf(stage, 'v2')));
      expect(readdirSync(v2).filter((name) => /^report-\d+\.html$/.test(name))).not.toEqual([]);
    },
    minute,
  );

  it(
    'shows no number, verdict or digest of a result on the pages of its run: the app tells it when it has counted it',
    async () => {
      const judgements = await judgementsOf(stage.world);
      const secrets = judgements.flatMap((each) => secretsOf(each, canonicalJson(each)));
      expect(secrets.length).toBeGreaterThan(4 * judgements.length);
      // She hands in what the ledger says of v2: everybody could read it by then.
      const copied = stage.pulls.has('forged-evidence') ? runsOf('forged-evidence') : [];
      const shown = shownByRuns(stage.world, new Set(copied.map(({ id }) => id)));
      const leaks = shown.flatMap(({ where, text }) =>
        secrets.filter((secret) => text.includes(secret)).map((secret) => `${where}: ${secret}`),
      );
      expect(leaks).toEqual([]);
      // The scan would find them: the comments have them.
      const comments = [...stage.pulls.keys()].map((name) => view(name).comment).join('\n');
      expect(judgements.flatMap(({ comparisons }) => comparisons).length).toBeGreaterThan(0);
      expect(secrets.some((secret) => comments.includes(secret.slice(0, 5)))).toBe(true);
      const files = shown.filter(({ where }) => where.startsWith('gatehouse-evidence-judgement/'));
      expect(files.length).toBeGreaterThan(0);
      expect(files.filter(({ where }) => !where.includes('/evidence.jwe '))).toEqual([]);
      expect(shown.filter(({ where }) => where.startsWith('gatehouse-report'))).toEqual([]);
      // One that fails looks like one that passes.
      const judges = (name: string) =>
        jobsOf(name)
          .flat()
          .filter((job) => /judge$/.test(job.name))
          .map(({ conclusion }) => conclusion);
      if (!short) expect(judges('worse')).toEqual(['success']);
      expect(judges('v1')).toEqual(['success']);
    },
    minute,
  );

  it.skipIf(short)('says nothing on the way that GitHub would not say', () => {
    expect(stage.world.hub.violations).toEqual([]);
  });
}
