import type { Position } from '../finding/finding.ts';

/** Where a value of the contract stands, by JSON pointer. */
export type Positions = (pointer: string) => Position;
