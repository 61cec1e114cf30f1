import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { n as readProvenLedger, t as readAllAnchors } from "./shared-ledger.js";

export { readAllAnchors, readProvenLedger, withLedgerOptions };