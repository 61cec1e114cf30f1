import { $t as GatehouseError, nn as findingsOf } from "./shared-canonical.js";
import { t as hideColumn } from "./shared-merge.js";
import { n as readFacts, t as fetchData } from "./shared-dataset.js";
import { t as openRemote } from "./shared-remote.js";
import { join } from "node:path";

// adapters/dataset/tables.ts
/** Tables of one job: every file is fetched once, however many contracts read it. */
var Tables = class {
	#source;
	#fetched = /* @__PURE__ */ new Map();
	constructor(source) {
		this.#source = source;
	}
	/** Reads what files of a tree stand for; of a pointer only the pointer is read, not the data. */
	async readFacts(files) {
		const facts = [];
		const errors = [];
		for (const file of files) {
			const read = await readFacts(file, this.#source.readBlob).catch(acceptKnown);
			if (read instanceof GatehouseError) errors.push(read);
			else facts.push(read);
		}
		return {
			facts,
			...toFailure(errors)
		};
	}
	/** Brings the data here, verified by its digests; all of it or none. */
	async fetch(facts) {
		const remote = this.#openRemote();
		if (remote instanceof GatehouseError) return {
			...toFailure([remote]),
			evaluated: false
		};
		const tables = [];
		const errors = [];
		for (const fact of facts) {
			const fetched = await this.#fetchOnce(remote, fact).catch(acceptKnown);
			if (fetched instanceof GatehouseError) errors.push(fetched);
			else tables.push(...fetched);
		}
		return errors.length > 0 ? toFailure(errors) : tables;
	}
	#openRemote() {
		try {
			const { dataUrl, network } = this.#source;
			return (this.#source.openRemote ?? openRemote)(dataUrl, network);
		} catch (error) {
			return acceptKnown(error);
		}
	}
	#fetchOnce(remote, facts) {
		const key = `${facts.listed.path}\0${facts.listed.blob}`;
		const known = this.#fetched.get(key);
		if (known !== void 0) return known;
		const local = join(this.#source.workdir, `data-${this.#fetched.size + 1}`);
		const fetched = fetchData(facts, local, remote, this.#source.readBlob, "numbers");
		this.#fetched.set(key, fetched);
		return fetched;
	}
};
/** What known errors say, for evidence. */
function toFailure(errors) {
	return {
		findings: errors.flatMap((error) => findingsOf("data", error)),
		evaluated: errors.every(({ kind }) => kind === "input")
	};
}
/** An error that names who must act becomes a finding; any other one is a fault of ours and ends the job. */
function acceptKnown(error) {
	if (error instanceof GatehouseError) return error;
	throw error;
}

// core/profile/private.ts
/**
* The profile that may leave the machine: of a personal or secret column it keeps the numbers of empty and unreadable
* cells and nothing of its values.
*/
function toPublicProfile(profile, privacyOf) {
	const columns = profile.columns.map((column) => privacyOf(column.name) === "none" ? column : hideColumn(column));
	return {
		...profile,
		columns
	};
}

// core/dataset/record-maker.ts
/** Writes down what is known of one version of a dataset; nothing of a private column but its number of cells. */
function toDatasetRecord(contract, given) {
	const { source, legalBasis, approvedBy, expires, access, derivedFrom } = contract;
	return {
		v: 1,
		dataset: contract.dataset,
		contractDigest: given.contractDigest,
		dataDigest: given.dataDigest,
		files: given.files,
		rows: given.profile.rows,
		engine: given.engine,
		profile: toPublicProfile(given.profile, privacyIn(contract)),
		observations: given.observations,
		governance: {
			source,
			legalBasis,
			approvedBy,
			expires,
			access,
			derivedFrom,
			privacy: privacyOf(contract)
		}
	};
}
/** How private a column is; one that the contract does not name counts as secret. */
function privacyIn({ columns }) {
	const known = new Map(columns.map(({ name, privacy }) => [name, privacy]));
	return (column) => known.get(column) ?? "secret";
}
function privacyOf({ columns }) {
	return Object.fromEntries(columns.flatMap(({ name, privacy }) => privacy === "none" ? [] : [[name, privacy]]));
}

export { acceptKnown as a, Tables as i, toDatasetRecord as n, toFailure as o, toPublicProfile as r, privacyIn as t };