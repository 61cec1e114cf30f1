import { s as load } from "./shared-js-yaml.js";
import { X as login, ot as parsePlaceAddress, tt as team } from "./shared-policy-resolution.js";
import { t as writeYaml } from "./shared-yaml-write.js";

// core/onboarding/caller-text.ts
const callerPath = ".github/workflows/gatehouse.yml";
/**
* The team's own workflow: three jobs, each with no permission but those it needs.
* @param model what the schedule trains
*/
function callerText({ pin, labels }, model) {
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

// core/onboarding/find-people.ts
/**
* Who answers for the repository: of CODEOWNERS the line for everything, else all of its lines; without one the owner
* of the remote, who may be an organisation.
* @see https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
*/
function findOwners({ texts, repository }) {
	const from = [
		".github/CODEOWNERS",
		"CODEOWNERS",
		"docs/CODEOWNERS"
	].find((path) => texts.has(path));
	const lines = (from === void 0 ? "" : texts.get(from) ?? "").split(/\r?\n/).map((line) => line.replace(/#.*$/, "").trim().split(/\s+/)).filter(([pattern]) => pattern !== void 0 && pattern !== "");
	const whole = lines.filter(([pattern]) => pattern === "*");
	const names = (whole.length > 0 ? whole : lines).flatMap((words) => words.slice(1).filter((word) => word.startsWith("@")));
	const bare = [...new Set(names.map((name) => name.slice(1)))];
	const teams = bare.filter((name) => team.safeParse(name).success).slice(0, 20);
	const users = bare.filter((name) => login.safeParse(name).success).slice(0, 20);
	if (from !== void 0 && teams.length + users.length > 0) return {
		users,
		teams,
		from
	};
	const owner = repository?.split("/")[0];
	return owner !== void 0 && login.safeParse(owner).success ? {
		users: [owner],
		teams: [],
		from: "remote"
	} : null;
}
/** Labels of jobs that run on machines of the team, once each; those with a GPU first. */
function findRunners({ texts }) {
	const own = [...texts].flatMap(([file, text]) => file.startsWith(".github/workflows/") && file !== ".github/workflows/gatehouse.yml" ? labelsOf(text).map((labels) => ({
		labels,
		file
	})) : []).filter(({ labels }) => labels.includes("self-hosted"));
	const once = own.filter(({ labels }, at) => own.findIndex((other) => other.labels.join() === labels.join()) === at);
	const hasGpu = ({ labels }) => labels.some((each) => /gpu|cuda|a100|h100/i.test(each)) ? 0 : 1;
	return once.sort((a, b) => hasGpu(a) - hasGpu(b));
}
/** `runs-on` of every job that says it without an expression. */
function labelsOf(text) {
	const jobs = fieldOf(parseYaml(text), "jobs");
	if (typeof jobs !== "object" || jobs === null) return [];
	return Object.values(jobs).flatMap((job) => {
		const runsOn = fieldOf(job, "runs-on");
		const written = fieldOf(runsOn, "labels") ?? runsOn;
		const labels = typeof written === "string" ? [written] : written;
		if (!Array.isArray(labels) || labels.length === 0) return [];
		return labels.every((label) => typeof label === "string" && /^[A-Za-z0-9_][\w .:=/-]{0,99}$/.test(label)) ? [labels] : [];
	});
}
function parseYaml(text) {
	try {
		return load(text, { maxAliases: 100 });
	} catch {
		return null;
	}
}
function fieldOf(value, key) {
	if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
	return value[key];
}
/**
* Address of the default remote of DVC.
* @returns null when there is none, or one that a policy cannot name (ssh, gs, azure, a relative folder)
* @see https://dvc.org/doc/user-guide/project-structure/configuration
*/
function findRemote({ texts }) {
	let section = "";
	let chosen = null;
	const urls = /* @__PURE__ */ new Map();
	for (const line of (texts.get(".dvc/config") ?? "").split(/\r?\n/)) {
		section = /^\s*\[(.+?)\]\s*$/.exec(line)?.[1]?.replace(/^'|'$/g, "") ?? section;
		const [, key, value = ""] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
		if (section === "core" && key === "remote") chosen = value;
		const remote = /^remote "(.+)"$/.exec(section)?.[1];
		if (remote !== void 0 && key === "url") urls.set(remote, value);
	}
	const url = chosen === null ? [...urls.values()][0] : urls.get(chosen);
	if (url === void 0) return null;
	const address = url.startsWith("/") ? `file://${url}` : url.replace(/\/+$/, "");
	return parsePlaceAddress(address) === null ? null : address;
}

export { callerText as a, callerPath as i, findRemote as n, findRunners as r, findOwners as t };