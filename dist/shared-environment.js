// adapters/process/environment.ts
/**
* Variables that a training command may need and that hold no secret of the run. RUNNER_TRACKING_ID is for the runner: it
* ends what carries it when the job is over.
* @see https://github.com/actions/runner/issues/598
*/
const allowed = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TERM|TMPDIR|TEMP|TMP|CI|LD_LIBRARY_PATH|VIRTUAL_ENV|CONDA_[A-Z_]+|PYTHON(PATH|HOME|UNBUFFERED|HASHSEED)|CUDA_[A-Z_]+|NVIDIA_[A-Z_]+|HIP_[A-Z_]+|ROC[MR]?_[A-Z_]+|GPU_DEVICE_ORDINAL|RUNNER_TRACKING_ID|NCCL_[A-Z_]+|OMP_[A-Z_]+|MKL_[A-Z_]+|HF_HOME|TORCH_HOME|XDG_[A-Z_]+|SSL_CERT_(FILE|DIR)|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy)$/;
const secretName = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|KEY|AUTH/i;
/**
* The environment of the team's command: an allow-list, so that no token of the job is in reach by default.
* @param env environment of the action
* @param own what the action adds, for example GATEHOUSE_DATA
*/
function pickEnvironment(env, own) {
	const kept = Object.entries(env).filter(([name]) => allowed.test(name) && !isSecret(name));
	return {
		...Object.fromEntries(kept),
		...own
	};
}
/** Values that must never appear in a record: of variables that sound like a secret, and credentials in addresses. */
function listSecrets(env) {
	const values = Object.entries(env).flatMap(([name, value]) => {
		if (value === void 0) return [];
		const inAddress = /:\/\/[^/\s@]*@/.exec(value);
		return [...isSecret(name) ? [value, ...linesOf(name, value)] : [], ...inAddress ? [inAddress[0].slice(3, -1)] : []];
	});
	return [...new Set(values)].filter((value) => value.length >= 8);
}
/** A key of several lines comes one line at a time in a log, as GitHub masks it too. Inputs are lists of plain words. */
const linesOf = (name, value) => name.startsWith("INPUT_") ? [] : value.split(/[\r\n]+/).map((line) => line.trim());
/** Replaces every secret in a text by `***`, and whatever has the form of a GitHub, cloud or bearer token. */
function hideSecrets(text, secrets) {
	return secrets.toSorted((a, b) => b.length - a.length).reduce((hidden, secret) => hidden.replaceAll(secret, "***"), text).replace(tokenForm, "***");
}
const tokenForm = /gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|(AKIA|ASIA)[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+|hf_[A-Za-z0-9]{20,}|(?<=:\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g;
function isSecret(name) {
	return secretName.test(name) || name.startsWith("INPUT_") && name !== "INPUT_MODEL" && name !== "INPUT_DATASET" || name.startsWith("ACTIONS_");
}

export { listSecrets as n, pickEnvironment as r, hideSecrets as t };