import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { t as readProvenLedger } from "./shared-ledger2.js";

export { readProvenLedger, withLedgerOptions };