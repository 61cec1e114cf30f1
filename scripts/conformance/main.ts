import process from 'node:process';
import { GatehouseError } from '../../core/error/error.ts';
import { checkCase } from './check.ts';
import { readCases } from './folder.ts';

const [folder = '(no folder named)'] = process.argv.slice(2);
try {
  const outcomes = readCases(folder).map(checkCase);
  const failed = outcomes.filter(({ differences }) => differences.length > 0);
  for (const { name, about, differences } of failed) {
    console.log(`FAIL ${name}: ${about}`);
    for (const difference of differences) console.log(`     ${difference}`);
  }
  const refusals = outcomes.filter(({ mustRefuse }) => mustRefuse).length;
  console.log(`${outcomes.length} cases, ${refusals} of them must refuse`);
  console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
  if (failed.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof GatehouseError)) throw error;
  console.error(`${error.message}. ${error.hint}`);
  process.exitCode = 2;
}
