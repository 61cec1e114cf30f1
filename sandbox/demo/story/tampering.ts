import { forge } from '../../../core/audit/forgery.fixture.ts';
import type { Transaction } from '../../../core/registry/ledger.ts';
import { ledgerRenderersFor } from '../../../core/report/ledger-renderers.ts';
import { verifyClone } from '../command.ts';
import { flights } from '../world.ts';
import { stages, stagesPath } from './files.ts';
import { merge, openPull, review, type Stage } from './stage.ts';

/** f: somebody with push rights changes the ledger, twice; then production returns to v1 by one line. */
export async function tamper(stage: Stage): Promise<void> {
  const { world, tell } = stage;
  tell.heading('f. Somebody with push rights changes the ledger; gatehouse verify is asked each time');
  await verify(stage, 'untouched');
  const before = await world.ledger();
  const record = 'models/flight-delay/versions/0002.yml';
  await overwrite(stage, 'one byte of a version record', {
    [record]: (before.files.get(record) ?? '').replace('difference: 0', 'difference: 1'),
  });
  const forged = forge(before.transactions.map(rename), ledgerRenderersFor(world.layout), world.layout);
  await overwrite(stage, 'the whole chain, with every hash made right again', Object.fromEntries(forged));
  await stage.afterStep(stage);
}

/** f, continued: a one-line pull request rolls production back; the owner approves and nothing is judged again. */
export async function rollBack(stage: Stage): Promise<void> {
  stage.tell.heading('   One line rolls production back to v1');
  await openPull(stage, {
    name: 'rollback',
    by: 'ben',
    title: 'Return to v1',
    edit: { [stagesPath]: stages('production: { eu: 1 }') },
  });
  await review(stage, 'rollback', 'omar');
  await merge(stage, 'rollback', 'omar');
  await verify(stage, 'after the rollback');
  await stage.afterStep(stage);
}

/**
 * eve pushes over the ledger branch, somebody verifies, ada puts the app's commit back. Told of the push, the app would put
 * it back within moments: its deliveries are dropped, so that a reader is seen to find it alone.
 */
async function overwrite(stage: Stage, what: string, files: Readonly<Record<string, string>>): Promise<void> {
  const { world, tell } = stage;
  const before = await world.ledger();
  const clone = await world.people.ada.clone(flights);
  await clone.git('fetch', '--quiet', 'origin');
  world.hub.setFaults({ drop: () => true });
  await world.people.eve.push(flights, world.ledgerBranch, 'Tidy up', files, world.ledgerBranch);
  tell.say(`eve changes ${what}`);
  await world.settle();
  await verify(stage, what);
  await clone.git(
    'push',
    '--quiet',
    '--force',
    'origin',
    `${before.commit}:refs/heads/${world.ledgerBranch}`,
  );
  tell.say('ada puts the commit of the app back');
  await world.settle();
  world.hub.setFaults({});
}

async function verify(stage: Stage, name: string): Promise<void> {
  const verification = await verifyClone(stage.world);
  stage.verifications.set(name, verification);
  for (const line of verification.text.split('\n').slice(0, 4))
    if (line.trim() !== '') stage.tell.say(`  gatehouse verify: ${line}`);
}

/** What a forger would want: the same history, with her own name under it. */
function rename(transaction: Transaction): Transaction {
  const events = transaction.events.map((event) => ({ ...event, actor: { ...event.actor, login: 'eve' } }));
  return { ...transaction, events };
}
