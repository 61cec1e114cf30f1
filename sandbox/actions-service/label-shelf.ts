import { readFileSync } from 'node:fs';
import { HubError } from '../hub/hub-error.ts';
import type { Hub } from '../hub/interface.ts';
import { bearerOf } from './identity.ts';
import type { Claims, Issuer } from './issuer.ts';

/** Who may read one file of held-out labels: all of it must hold together. */
export interface LabelRule {
  /** The repository whose runs may read. */
  readonly repositoryId: number;
  /** Under `<server>/labels/`, without a leading slash. */
  readonly path: string;
  /** File on this machine, read at each request. */
  readonly file: string;
  /** Audience that the token must name (`heldOut.labels.audience`). */
  readonly audience: string;
  readonly allow: {
    /** `owner/repo/.github/workflows/judge-model.yml`, compared whole with what stands before the `@`. */
    readonly jobWorkflow: string;
    readonly jobWorkflowShas: readonly string[];
    readonly events: readonly string[];
  };
}

export interface LabelReading {
  readonly path: string;
  readonly allowed: boolean;
  readonly claims: Claims | undefined;
}

/** Serves held-out labels to the judge's token only. */
export interface LabelShelf {
  /** @returns the URL of the file. */
  publish(rule: LabelRule): string;
  /** Every request and what came of it, for tests. */
  readonly readings: readonly LabelReading[];
}

/** Mounts `/labels/`: whoever does not fit a rule gets 403, whether the file exists or not. */
export function mountLabels(hub: Hub, issuer: Issuer): LabelShelf {
  const rules = new Map<string, LabelRule>();
  const readings: LabelReading[] = [];
  hub.routes.add('GET', '//labels/:rest*', (call) => {
    const path = call.params.rest ?? '';
    const token = bearerOf(call.headers.authorization);
    const claims = token === undefined ? undefined : issuer.read(token);
    const rule = rules.get(path);
    const allowed =
      rule !== undefined && claims !== undefined && fits(rule, claims, issuer.url, hub.clock.now());
    readings.push({ path, allowed, claims });
    if (!allowed) throw new HubError(403, 'Forbidden');
    return { status: 200, body: readFileSync(rule.file), headers: { 'content-type': 'text/csv' } };
  });
  return {
    publish: (rule) => {
      rules.set(rule.path, rule);
      return `${hub.url}/labels/${rule.path}`;
    },
    readings,
  };
}

function fits(rule: LabelRule, claims: Claims, issuer: string, now: string): boolean {
  const seconds = Date.parse(now) / 1000;
  const [nbf, exp] = [Number(claims.nbf), Number(claims.exp)];
  const inTime = Number.isFinite(nbf) && Number.isFinite(exp) && nbf <= seconds && seconds < exp;
  const workflow = /^([^@]+)@/.exec(String(claims.job_workflow_ref))?.[1];
  return (
    inTime &&
    claims.iss === issuer &&
    claims.aud === rule.audience &&
    claims.repository_id === String(rule.repositoryId) &&
    workflow === rule.allow.jobWorkflow &&
    rule.allow.jobWorkflowShas.includes(String(claims.job_workflow_sha)) &&
    rule.allow.events.includes(String(claims.event_name))
  );
}
