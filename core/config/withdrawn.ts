/** `models/<model>/withdrawn.yml`: versions that must not serve any more, whatever they once passed. */
export interface Withdrawn {
  readonly versions: readonly { readonly version: number; readonly reason: string; readonly by: string }[];
}
