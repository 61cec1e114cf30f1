import { t as retryCauses } from "./shared-train.js";
import { A as literal, E as custom, F as strictObject, I as string, L as tuple, M as number, P as record, R as union, S as _enum, T as boolean, w as array } from "./shared-js-yaml.js";
import { t as datetime } from "./shared-iso.js";
import { i as isDigest } from "./shared-canonical.js";

// core/evidence/run-record-schema.ts
/** Shapes of a run record, closed and bounded: the job that writes it runs pull-request code. Every number is finite. */
const wellFormed = (most, least = 1) => string().min(least).max(most).refine((value) => value.isWellFormed(), "text with half a surrogate pair");
const text = wellFormed(2e3);
const name = wellFormed(200);
const path = wellFormed(1e3);
const count = number().int().nonnegative();
const amount = number().nonnegative();
const share = number().min(0).max(1);
const digest = custom(isDigest, "sha256: and 64 characters 0-9 a-f");
const map = (value, most) => record(name, value).refine((record) => Object.keys(record).length <= most, `at most ${most} entries`);
const machine = strictObject({
	os: text,
	cpu: text,
	cpus: count,
	memoryMib: amount,
	diskFreeMib: amount.nullable(),
	gpus: array(strictObject({
		name,
		memoryMib: amount.nullable(),
		usedMib: amount.nullable(),
		capability: name.nullable()
	})).max(64),
	gpuDriver: name.nullable(),
	gpuRuntime: name.nullable(),
	gpuTool: _enum(["nvidia-smi", "rocm-smi"]).nullable(),
	gpuFault: text.exactOptional()
});
const usage = strictObject({
	samples: count,
	peakMemoryMib: amount.nullable(),
	gpuUtilisation: share.nullable(),
	gpuPeakMemoryMib: amount.nullable(),
	gpuEnergyWh: amount.nullable()
});
const point = strictObject({
	at: datetime(),
	epoch: number().nullable(),
	epochs: number().nullable(),
	step: number().nullable(),
	steps: number().nullable(),
	metrics: map(number(), 50)
});
const outcome = _enum([
	"done",
	"failed",
	"cancelled",
	"timed-out",
	...retryCauses
]);
const attempt = strictObject({
	number: count.min(1),
	runAttempt: count,
	runner: text,
	startedAt: datetime(),
	durationMs: amount,
	outcome,
	how: wellFormed(2e3, 0),
	resumedFrom: digest.nullable()
});
/** What a run record and its copy in evidence have in common. */
const common = {
	grade: literal("claimed"),
	model: name,
	commit: string().regex(/^[0-9a-f]{40}$/),
	changedFiles: array(path).max(100),
	runId: count,
	runAttempt: count,
	trigger: name,
	command: wellFormed(4e3),
	image: text.nullable(),
	startedAt: datetime(),
	durationMs: amount,
	runner: text,
	machine,
	seed: count.nullable(),
	parameters: map(union([
		wellFormed(500, 0),
		number(),
		boolean()
	]), 300),
	metrics: map(number(), 200),
	cost: strictObject({
		amount,
		currency: string().regex(/^[A-Z]{3}$/),
		hourly: amount
	}).nullable(),
	datasets: array(strictObject({
		dataset: name,
		dataDigest: digest
	})).max(100)
};
const artifact = strictObject({
	digest,
	sizeBytes: count,
	name
});
const runRecordSchema = strictObject({
	v: literal(2),
	...common,
	runtimes: map(name, 20),
	packages: array(tuple([name, name])).max(3e3),
	lockFiles: array(strictObject({
		path,
		digest
	})).max(50),
	environment: map(wellFormed(1e3, 0), 50),
	history: array(point).max(200),
	phases: array(strictObject({
		name,
		durationMs: amount
	})).max(50),
	usage: usage.nullable(),
	attempts: array(attempt).max(100),
	outcome,
	featureVersion: text,
	artifact: artifact.nullable(),
	outputs: array(strictObject({
		path,
		digest,
		sizeBytes: count
	})).max(200)
}).refine((record) => record.outcome === "done" === (record.artifact !== null), {
	path: ["artifact"],
	error: "a model file exactly when the outcome is \"done\""
});
const claimedRunSchema = strictObject({
	...common,
	artifact,
	attempts: count
});

export { runRecordSchema as n, claimedRunSchema as t };