import type { Look } from '../look.ts';

export function reviewLooks(payload: {
  readonly pull_request: { readonly number: number };
}): readonly Look[] {
  return [{ kind: 'pull', number: payload.pull_request.number }];
}
