import { n as resampleRange } from "./shared-resample.js";
import { parentPort, workerData } from "node:worker_threads";

// adapters/compare/resample-worker.ts
const { models, plans, from, to } = workerData;
const values = resampleRange(models, plans, from, to);
parentPort?.postMessage(values, [values.buffer]);

export {  };