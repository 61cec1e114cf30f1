import type { Contract } from '../config/contract.ts';
import { parseContract } from '../config/contract-file.ts';

/** A contract for tests, read as a person would write it. */
export const contract: Contract = parseContract(
  `version: 1
description: Flights with their delay.
owner: { users: [omar] }
source: the bureau
legal-basis: public data
approved-by: omar
expires: "2030-01-01"
access: [flight-delay]
files: [data/flights.csv]
rows: { min: 1 }
columns:
  - { name: tail, type: text }
  - { name: delay, type: integer }
`,
  'datasets/flights.yml',
);
