import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../bot/evaluate.ts';
import { type BotBench, startBotBench } from '../bot/bench.ts';
import { playJudge } from '../bot/judge.ts';

const model = 'models/flight-delay';

/** The owner of one file approves what somebody else owns, because both changed in one pull request. */
describe('an owner', () => {
  let bench: BotBench;
  const look = (number: number) => evaluate(bench.newDeps(), number);
  const checkOf = async (number: number) =>
    (await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1);
  const textOf = async (path: string) =>
    Buffer.from(
      (await bench.reader.file(path, (await bench.reader.branchHead('main')) ?? '')) ?? [],
    ).toString();
  /** The contract of Omar's data again, for another dataset, owned by Eve. */
  const eves = async () =>
    (await textOf('datasets/flights.yml'))
      .replace('users: [omar]', 'users: [eve]')
      .replace('data/flights-*.csv', 'data/eves.csv')
      .replace('access: [flight-delay]', 'access: []');

  beforeAll(async () => {
    bench = await startBotBench();
    await bench.push('ben', 'v1', { [`${model}/params.json`]: '{"v":1}\n' });
    const number = await bench.openPull('ben', 'v1');
    await playJudge(bench, number);
    await look(number);
    await bench.approve('rita', number);
    await bench.merge('ada', number);
    await look(number);
    await bench.push('ben', 'stage', { [`${model}/stages.yml`]: 'staging: [1]\n' });
    const staged = await bench.openPull('ben', 'stage');
    await playJudge(bench, staged);
    await look(staged);
    await bench.approve('rita', staged);
    await bench.merge('ada', staged);
    await look(staged);
    await bench.push('ada', 'main', {
      'datasets/eves.yml': await eves(),
      'data/eves.csv': 'row,delay\n1,3\n2,20\n',
    });
  });
  afterAll(() => bench.close());

  it('of a dataset does not approve production of a model, only because the contract changed with it', async () => {
    await bench.push('ben', 'sneak', {
      [`${model}/stages.yml`]: 'production: { eu: 1 }\n',
      'datasets/eves.yml': `${await eves()}# a comment\n`,
    });
    const number = await bench.openPull('ben', 'sneak');
    await playJudge(bench, number);
    await look(number);
    await bench.approve('eve', number);
    await look(number);
    // Nobody owns both, so it has to be two pull requests.
    const summary = expect.stringContaining('different owners');
    expect(await checkOf(number)).toMatchObject({ conclusion: 'failure', output: { summary } });
    await bench.merge('ada', number);
    await look(number);
    const files = await bench.reader.ledgerFiles('gatehouse-ledger');
    expect(await files?.read('endpoints/eu/flight-delay.yml')).toBeNull();
  });

  it('whom a new contract names does not approve the change of an old one', async () => {
    const old = await textOf('datasets/flights.yml');
    await bench.push('ben', 'weaker', {
      'datasets/flights.yml': old.replace('rows: { min: 1 }', 'rows: { min: 0 }'),
      'datasets/more.yml': (await eves()).replace('data/eves.csv', 'data/more.csv'),
      'data/more.csv': 'row,delay\n1,3\n2,20\n',
    });
    const number = await bench.openPull('ben', 'weaker');
    await playJudge(bench, number);
    await look(number);
    await bench.approve('ada', number);
    await bench.approve('eve', number);
    await look(number);
    expect(await checkOf(number)).toMatchObject({ status: 'in_progress' });
    await bench.approve('omar', number);
    await look(number);
    expect(await checkOf(number)).toMatchObject({ conclusion: 'success' });
  });
});
