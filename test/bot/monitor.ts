import type { RollbackTrigger } from '../../core/config/rollback-trigger.ts';
import { buildTriggerEvidence, type Observation } from '../../core/evidence/trigger-evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { makeClaims } from '../../sandbox/actions-service/identity.ts';
import { type BotBench, fullName, trustedSha } from './bench.ts';
import { upload } from './judge.ts';

export interface MonitorOptions {
  readonly event?: string;
  /** Changes what was observed before it is signed. */
  readonly observed?: Partial<Observation>;
  /** Changes the claims that are signed. */
  readonly claims?: Readonly<Record<string, string>>;
  /** Replaces the text in the artifact after it was signed. */
  readonly swapText?: (text: string) => string;
}

const windowMinutes = 10;
export const errors: RollbackTrigger = { name: 'errors', metric: 'error-rate', above: 0.02, windowMinutes };

/** Plays a run by schedule that watches v2 at eu: an honest observation, really signed, in a real artifact. */
export async function playMonitor(bench: BotBench, options: MonitorOptions = {}): Promise<number> {
  const { hub, service } = bench;
  const repository = hub.repository(fullName);
  const tip = (await bench.reader.branchHead('main')) ?? '';
  const run = service.createRun({
    ...{ repository, headRepository: repository, actor: hub.account('ada') },
    workflow: service.workflow(repository, '.github/workflows/watch.yml', 'Watch'),
    ...{ event: options.event ?? 'schedule', headBranch: 'main', headSha: tip, pullNumber: undefined },
    ...{ title: 'Watch', ref: 'refs/heads/main', sha: tip },
  });
  hub.clock.advance(windowMinutes * 60);
  service.moveRun(run, 'in_progress');
  const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
  const endpoint = (await ledger?.read('endpoints/eu/flight-delay.yml')) ?? '';
  const until = hub.clock.now();
  const from = new Date(Date.parse(until) - windowMinutes * 60_000).toISOString().replace('.000Z', 'Z');
  const text = buildTriggerEvidence({
    ...{ repositoryId: repository.id, runId: run.id, runAttempt: run.attempt, headSha: tip },
    ...{ model: 'flight-delay', endpoint: 'eu', version: Number(/champion: (\d+)/.exec(endpoint)?.[1]) },
    artifactDigest: /artifactDigest: (sha256:[0-9a-f]{64})/.exec(endpoint)?.[1] as `sha256:${string}`,
    ...{ trigger: errors, observed: 0.031, from, until, measurements: digestBytes('1,000 requests') },
    ...options.observed,
  });
  const identity = {
    ...{ run, jobId: 1, workflowName: 'Watch', headRef: '', baseRef: '', environment: undefined },
    jobWorkflowRef: `acme/gatehouse/.github/workflows/monitor-model.yml@${trustedSha}`,
    ...{ jobWorkflowSha: trustedSha, runnerEnvironment: 'github-hosted' as const },
  };
  const claims = makeClaims(identity, `gatehouse:${digestBytes(text)}`, service.issuer.url, hub.clock.now());
  await upload(bench, run, 'gatehouse-evidence-rollback-trigger', {
    'evidence.json': options.swapText?.(text) ?? text,
    'receipt.jwt': service.issuer.sign({ ...claims, ...options.claims }),
  });
  hub.clock.advance(5);
  service.moveRun(run, 'completed', 'success');
  return run.id;
}
