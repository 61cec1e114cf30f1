// core/config/train.ts
/** Ends of an attempt after which another one may help. `failed` (the command said so itself) is never among them. */
const retryCauses = [
	"lost-runner",
	"killed",
	"out-of-memory",
	"gpu-out-of-memory",
	"out-of-disk",
	"service"
];

export { retryCauses as t };