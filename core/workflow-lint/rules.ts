import type { Rule } from './rule.ts';
import { artipacked } from './rules/artipacked.ts';
import { botConditions } from './rules/bot-conditions.ts';
import { cachePoisoning } from './rules/cache-poisoning.ts';
import { concurrencyLimits } from './rules/concurrency-limits.ts';
import { dangerousTriggers } from './rules/dangerous-triggers.ts';
import { excessivePermissions } from './rules/excessive-permissions.ts';
import { exposedSecrets } from './rules/exposed-secrets.ts';
import { githubEnv } from './rules/github-env.ts';
import { hardcodedCredentials } from './rules/hardcoded-credentials.ts';
import { insecureCommands } from './rules/insecure-commands.ts';
import { overprovisionedSecrets } from './rules/overprovisioned-secrets.ts';
import { refConfusion } from './rules/ref-confusion.ts';
import { secretsInherit } from './rules/secrets-inherit.ts';
import { selfHostedRunner } from './rules/self-hosted-runner.ts';
import { signerIsolation } from './rules/signer-isolation.ts';
import { templateInjection } from './rules/template-injection.ts';
import { timeLimits } from './rules/time-limits.ts';
import { undocumentedPermissions } from './rules/undocumented-permissions.ts';
import { unpinnedUses } from './rules/unpinned-uses.ts';
import { unredactedSecrets } from './rules/unredacted-secrets.ts';
import { unsoundCondition } from './rules/unsound-condition.ts';
import { unsoundContains } from './rules/unsound-contains.ts';

/** Every rule, by name. */
export const rules: readonly Rule[] = [
  artipacked,
  botConditions,
  cachePoisoning,
  concurrencyLimits,
  dangerousTriggers,
  excessivePermissions,
  exposedSecrets,
  githubEnv,
  hardcodedCredentials,
  insecureCommands,
  overprovisionedSecrets,
  refConfusion,
  secretsInherit,
  selfHostedRunner,
  signerIsolation,
  templateInjection,
  timeLimits,
  undocumentedPermissions,
  unpinnedUses,
  unredactedSecrets,
  unsoundCondition,
  unsoundContains,
];
