import type { Finding } from '../finding/finding.ts';
import { at } from './finding-at.ts';
import type { ModelConfig } from './model.ts';
import { checkModelData } from './model-check.ts';
import type { Policy } from './policy.ts';
import type { Entry, RepositoryConfig } from './repository.ts';

/** Metrics that lie between 0 and 1, whatever the model. */
const shares: ReadonlySet<string> = new Set(['auc', 'accuracy', 'brier']);

/** Values that every parser takes and that cannot be meant: placeholders, and gates that nothing can ever pass. */
export function checkValues({ policy, models, contracts }: RepositoryConfig): readonly Finding[] {
  return [
    ...(policy === null ? [] : checkTrusted(policy)),
    ...[...models.values()].flatMap((model) => [
      ...checkLabels(model),
      ...checkGates(model),
      ...checkModelData(model, contracts),
    ]),
  ];
}

function checkTrusted(policy: Entry<Policy>): readonly Finding[] {
  return policy.value.trusted.judge.shas.flatMap((sha, index) =>
    /^0+$/.test(sha)
      ? [placeholder(policy, `/trusted/shas/${index}`, 'a commit of the repository with the workflows')]
      : [],
  );
}

function checkLabels(model: Entry<ModelConfig>): readonly Finding[] {
  if (!/^0+$/.test(model.value.heldOut.labels.sha256)) return [];
  return [placeholder(model, '/held-out/labels/sha256', 'the SHA-256 of the label file')];
}

function placeholder<T>(entry: Entry<T>, pointer: string, wanted: string): Finding {
  return at(entry, pointer, {
    code: 'config/placeholder',
    severity: 'warn',
    message: 'only zeros: this is a placeholder, and nothing will be believed with it',
    allowed: wanted,
    fix: `Write ${wanted}.`,
  });
}

function checkGates(model: Entry<ModelConfig>): readonly Finding[] {
  return model.value.gates.flatMap((gate, index): Finding[] => {
    if (!shares.has(gate.metric)) return [];
    const [low, high] = [gate.max, gate.min];
    if (!(high !== undefined && high > 1) && !(low !== undefined && low < 0)) return [];
    return [
      at(model, `/gates/${index}`, {
        code: 'config/gate-impossible',
        message: `no model can pass this gate: ${gate.metric} lies between 0 and 1`,
        found: String(high ?? low),
        allowed: '0 to 1',
        fix: 'Write a share, not a percentage: 0.6 and not 60.',
      }),
    ];
  });
}
