import { writeYaml } from '../config/yaml-write.ts';
import type { Answers } from './answers.ts';

export const callerPath = '.github/workflows/gatehouse.yml';

/**
 * The team's own workflow: three jobs, each with no permission but those it needs.
 * @param model what the schedule trains
 */
export function callerText({ pin, labels }: Pick<Answers, 'pin' | 'labels'>, model: string): string {
  const { repository, sha } = pin;
  return `# The team's own workflow: Gatehouse checks and judges, training runs on the team's own machines.
name: gatehouse
on:
  pull_request:
  # Training without a pull request: its artifact can be looked at, compared and proposed later.
  workflow_dispatch:
    inputs:
      model: { description: Model to train, type: string, required: true }
      ref: { description: Branch or commit to train; empty trains the branch that the run is on, type: string }
  schedule: [{ cron: '0 3 1 * *' }]
permissions: {}
jobs:
  validate:
    if: github.event_name == 'pull_request'
    # id-token: write proves to the app which workflow at which commit made the evidence.
    permissions: { contents: read, pull-requests: read, checks: read, actions: read, issues: read, id-token: write }
    uses: ${repository}/.github/workflows/validate-data.yml@${sha}

  train:
    needs: validate
    # A courtesy, not the border: forks do not reach these machines without a maintainer's approval.
    if: \${{ !cancelled() && (needs.validate.result == 'success' && needs.validate.outputs.train == 'true' || github.event_name != 'pull_request') }}
    # A newer push ends this training, or waits for its end where train.on-newer-push of the model says finish.
    concurrency:
      group: gatehouse-train-\${{ github.event.pull_request.number || github.run_id }}
      cancel-in-progress: \${{ needs.validate.outputs.on-newer-push != 'finish' }}
    runs-on: ${writeYaml(labels)}
    # Longer than train.timeout-minutes, which ends the command in order.
    timeout-minutes: 400
    # actions: read fetches the checkpoint of an earlier attempt.
    permissions: { contents: read, actions: read }
    outputs:
      artifact-id: \${{ steps.upload.outputs.artifact-id }}
    steps:
      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1
        with:
          ref: \${{ github.event.pull_request.head.sha || inputs.ref || github.sha }}
          persist-credentials: false
      - id: train
        uses: ${repository}/actions/train-model@${sha}
        with:
          # The last name is what the schedule trains.
          model: \${{ needs.validate.outputs.model || inputs.model || '${model}' }}
      # Also when the training failed: its record says how.
      - id: upload
        if: \${{ !cancelled() && steps.train.outputs.folder != '' }}
        uses: actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0
        with:
          name: gatehouse-model
          path: \${{ steps.train.outputs.folder }}
          if-no-files-found: error
          overwrite: true

  judge:
    needs: [validate, train]
    if: \${{ !cancelled() && needs.validate.result == 'success' && needs.validate.outputs.judge == 'true' && contains(fromJSON('["success", "skipped"]'), needs.train.result) }}
    # id-token: write proves to the app which workflow at which commit made the evidence.
    permissions: { contents: read, pull-requests: read, checks: read, actions: read, id-token: write }
    uses: ${repository}/.github/workflows/judge-model.yml@${sha}
    with:
      model: \${{ needs.validate.outputs.model }}
      artifact-id: \${{ needs.train.outputs.artifact-id || '' }}
`;
}
