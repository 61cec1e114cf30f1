import { r as InputError } from "./shared-error.js";
import { i as remoteUrl, s as runGit } from "./shared-read.js";
import { i as parseRepositoryAddress } from "./shared-token-client.js";

// adapters/onboarding/own-pin.ts
/**
* The copy of Gatehouse that this program was started from, where that is a clone with a release in it.
* @param dir folder of the program
* @returns null for an installed package, and for a clone that nobody pushed anywhere
*/
async function findOwnPin(dir) {
	try {
		const released = await runGit(dir, [
			"cat-file",
			"-e",
			"HEAD:.github/workflows/judge-model.yml"
		]);
		const head = await runGit(dir, [
			"rev-parse",
			"--verify",
			"--end-of-options",
			"HEAD^{commit}"
		]);
		const remote = await remoteUrl(dir);
		const name = remote === null ? null : parseRepositoryAddress(remote)?.name ?? null;
		if (released.code !== 0 || head.code !== 0 || name === null) return null;
		return {
			repository: `${name.owner}/${name.repo}`,
			sha: head.stdout.toString().trim()
		};
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}

export { findOwnPin };