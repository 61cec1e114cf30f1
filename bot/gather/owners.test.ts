import { expect, it } from 'vitest';
import type { Role } from '../../core/config/policy.ts';
import { model, policy } from '../../core/evidence/evidence.fixture.ts';
import { person, requestOf, stageMove } from '../../core/policy/decision.fixture.ts';
import { readOwners } from './owners.ts';

const change = requestOf({ moves: [stageMove()] });
const asking = { ...policy, production: { require: ['owners'] } } as const;
const permissions = new Map([
  ['ada', 'admin'],
  ['omar', 'write'],
  ['gone', 'read'],
] as const);
const asked: string[] = [];
const reader = {
  permission: async (login: string) => {
    asked.push(login);
    return permissions.get(login as 'ada') ?? ('none' as const);
  },
  membersOf: async ({ teams }: Role) => teams.map((team, at) => person(60 + at, `of ${team}`)),
};

it('says who of the owners may still write, and who may not', async () => {
  const qualityOwner = { users: ['omar', 'gone', 'nobody'], teams: [] };
  const infrastructureOwner = { users: ['ada'], teams: ['acme/sre'] };
  const { owners } = await readOwners(
    reader,
    { change, policy: asking },
    { ...model, qualityOwner, infrastructureOwner },
  );
  expect(owners).toEqual({
    qualityOwner: { members: ['omar'], absent: ['gone', 'nobody'] },
    infrastructureOwner: { members: ['ada', 'of acme/sre'], absent: [] },
  });
});

it('asks nobody where nothing requires it', async () => {
  asked.length = 0;
  const owned = { ...model, qualityOwner: { users: ['omar'], teams: [] } };
  const staging = requestOf({ moves: [stageMove({ to: 'candidate', endpoint: null })] });
  expect(await readOwners(reader, { change, policy }, owned)).toEqual({});
  expect(await readOwners(reader, { change: staging, policy: asking }, owned)).toEqual({});
  expect(await readOwners(reader, { change, policy: asking }, null)).toEqual({});
  expect(await readOwners(reader, { change, policy: asking }, model)).toEqual({ owners: {} });
  expect(asked).toEqual([]);
});
