import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Permissions } from '../hub/hub.ts';

/** What the app asks for when it is registered: `bot/app.yml`, as GitHub reads it. */
export interface Manifest {
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

export function readManifest(): Manifest {
  const file = join(import.meta.dirname, '..', '..', 'bot', 'app.yml');
  const { default_permissions: permissions, default_events: events } = load(readFileSync(file, 'utf8')) as {
    readonly default_permissions: Permissions;
    readonly default_events: readonly string[];
  };
  return { permissions, events };
}
