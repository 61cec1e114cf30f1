/**
 * Whom GitHub knows nothing of in this repository. A member whose membership is private and who has no merged commit is
 * told as NONE as well, whatever rights a team gives: such a person makes the membership public, or is made a collaborator.
 * @see https://docs.github.com/graphql/reference/enums#commentauthorassociation
 */
const strange: ReadonlySet<string> = new Set(['NONE', 'FIRST_TIMER', 'FIRST_TIME_CONTRIBUTOR', 'MANNEQUIN']);

/**
 * Whether a signed body says that a stranger wrote something: then it is dropped before any call. It is believed only
 * to drop; who may do something is read from GitHub. In a private repository nobody is a stranger.
 */
export const isStranger = (
  association: string | undefined,
  repository: { readonly private: boolean } | undefined,
): boolean => repository?.private === false && association !== undefined && strange.has(association);
