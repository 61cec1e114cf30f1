import { join } from 'node:path';
import { readCases } from '../conformance/folder.ts';

/** The public cases as they lie on the disk; no mutant changes them, so they are read once. */
export const caseFiles = readCases(join(import.meta.dirname, '..', '..', 'conformance'));
