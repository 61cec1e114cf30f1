import type { Hub } from '../hub/interface.ts';
import { renderRun, renderWorkflow } from './render-run.ts';
import type { Run } from './run.ts';

/** Sends `workflow_run` webhooks in the order in which things happened, though rendering reads git. */
export interface RunAnnouncer {
  announce(run: Run, action: 'requested' | 'in_progress' | 'completed'): void;
  /** Waits until everything announced so far was emitted. */
  settle(): Promise<void>;
}

/** Creates an announcer for one hub. */
export function createAnnouncer(hub: Hub): RunAnnouncer {
  let last: Promise<void> = Promise.resolve();
  return {
    announce(run, action) {
      const { repository, workflow, triggeringActor } = run;
      // Rendered as it is now: the run has moved on when the earlier ones are out.
      const body = renderRun(hub, { ...run });
      last = last.then(async () => {
        const rendered = action === 'in_progress' ? toOlderShape(await body) : await body;
        const payload = {
          action,
          workflow_run: rendered,
          workflow: renderWorkflow(hub, repository, workflow),
        };
        hub.emit('workflow_run', action, payload, repository, triggeringActor);
      });
    },
    settle: () => last,
  };
}

// GitHub describes `in_progress` without members that came later, and allows no others.
function toOlderShape(body: unknown): unknown {
  const newer = ['display_title', 'user_view_type'];
  return JSON.parse(JSON.stringify(body, (key, value: unknown) => (newer.includes(key) ? undefined : value)));
}
