import { mountArtifactRoutes } from './routes-artifact.ts';
import { mountRunRoutes } from './routes-run.ts';
import { mountRunnerRoutes } from './routes-runner.ts';
import { mountWorkflowRoutes } from './routes-workflow.ts';
import type { ActionsService } from './service.ts';

/** Mounts the REST pages of Actions on the hub. */
export function mountRoutes(service: ActionsService): void {
  mountRunRoutes(service);
  mountRunnerRoutes(service);
  mountArtifactRoutes(service);
  mountWorkflowRoutes(service);
}
