import type { Look } from '../look.ts';

export function mergeGroupLooks(payload: {
  readonly merge_group: { readonly head_sha: string };
}): readonly Look[] {
  return [{ kind: 'merge group', headSha: payload.merge_group.head_sha }];
}
