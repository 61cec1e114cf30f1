import type { Answer, Call } from '../interface.ts';
import { paginate } from './page.ts';

/** Rules that are in force on a branch, as one ruleset of the repository; no rules, an empty list. */
export function listBranchRules(call: Call): Answer {
  const repository = call.repository();
  const rules = repository.protections.get(call.params.branch ?? '');
  const origin = { ruleset_source_type: 'Repository', ruleset_source: repository.fullName, ruleset_id: 1 };
  const found: { readonly type: string; readonly parameters?: object }[] = [];
  if (rules?.requiredChecks !== undefined) {
    const checks = rules.requiredChecks.map(({ name, appId }) => ({
      context: name,
      ...(appId === null ? {} : { integration_id: appId }),
    }));
    const parameters = { required_status_checks: checks, strict_required_status_checks_policy: false };
    found.push({ type: 'required_status_checks', parameters });
  }
  if (rules?.requirePullRequest === true) {
    const parameters = {
      dismiss_stale_reviews_on_push: false,
      require_code_owner_review: false,
      require_last_push_approval: false,
      required_approving_review_count: rules.requiredApprovals ?? 0,
      required_review_thread_resolution: false,
    };
    found.push({ type: 'pull_request', parameters });
  }
  if (rules?.forbidForcePush === true) found.push({ type: 'non_fast_forward' });
  if (rules?.onlyApps !== undefined) found.push({ type: 'update' });
  return paginate(
    call,
    found.map((each) => ({ ...each, ...origin })),
  );
}
