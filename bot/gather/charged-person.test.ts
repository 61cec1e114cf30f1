import { expect, it } from 'vitest';
import type { Person } from '../../core/registry/ledger.ts';
import { chargedPerson } from './charged-person.ts';

const user = (id: number): Person => ({ id, login: `user${id}`, kind: 'User' });
const bot: Person = { id: 41898282, login: 'github-actions[bot]', kind: 'Bot' };

it.each([
  ['whoever started the attempt', user(2), user(1), user(3), user(2)],
  [
    'whoever started the run, when GitHub does not say who started the attempt',
    null,
    user(1),
    user(3),
    user(1),
  ],
  ['the author, when GitHub names nobody', null, null, user(3), user(3)],
  // A workflow of one's own branch may run the judge again with the token of its job.
  ['no bot that started the run again', bot, user(1), user(3), user(1)],
  ['no bot that pushed and started it', bot, bot, user(3), user(3)],
  ['a bot, where nobody else had a part in it', bot, bot, bot, bot],
])('a look is charged to %s', (_, triggeringActor, actor, author, charged) => {
  expect(chargedPerson({ triggeringActor, actor }, { author })).toEqual(charged);
});
