import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import { parseAttributions } from '../../core/evaluation/attributions.ts';
import type { Importances } from '../../core/explanation/importance.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';
import type { JudgeDeps } from './deps.ts';

export interface ReadAttributions {
  /** What the team says its model leans on, at that commit; null: it says nothing. Claimed. */
  readonly importances: Importances | null;
  readonly findings: readonly Finding[];
}

/** Reads the team's own attributions as they lie at one commit: of the head, or of the code of a version. */
export async function readAttributions(
  { model }: JudgementPlan,
  commit: string,
  { github }: Pick<JudgeDeps, 'github'>,
): Promise<ReadAttributions> {
  const { explain } = model.config;
  if (explain === undefined || !('attributions' in explain)) return { importances: null, findings: [] };
  try {
    const content = await github.file(explain.attributions, commit);
    if (content === null) return { importances: null, findings: [absent(explain.attributions)] };
    return { importances: parseAttributions(content, explain.attributions), findings: [] };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    const findings = findingsOf('explanation', error).map(
      (finding): Finding => ({ ...finding, severity: 'warn' }),
    );
    return { importances: null, findings };
  }
}

const absent = (path: string): Finding => ({
  code: 'explanation/missing',
  severity: 'warn',
  message: `${path}, which "explain" of model.yml names, is not there`,
  where: { file: path },
  fix: 'Let the training write it and commit it, or take "explain" out of model.yml.',
});
