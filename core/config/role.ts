import type { Role } from './policy.ts';
import type { WrittenRole } from './policy-schema.ts';

export const toRole = (written: WrittenRole): Role => ({
  users: written.users ?? [],
  teams: written.teams ?? [],
});
