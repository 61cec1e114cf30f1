import { ServiceError } from '../../core/error/error.ts';

/** Enough for a moved path; a longer chain is a loop. */
export const maxRedirects = 3;

const redirects: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Decides where a redirect leads. Only to the same origin: whoever can answer for a host could else send the job, and
 * what it carries, to the metadata of its cloud.
 * @returns null when the answer is none
 * @throws ServiceError REDIRECT_REFUSED, with both places named
 */
export function followRedirect(
  answer: { readonly status: number; header(name: string): string | null; skip(): void },
  from: URL,
  mayFollow: boolean,
): URL | null {
  if (!redirects.includes(answer.status)) return null;
  const location = answer.header('location');
  const to = location !== null && URL.canParse(location, from.href) ? new URL(location, from) : null;
  const isSame = to !== null && to.origin === from.origin && to.username === '' && to.password === '';
  if (isSame && mayFollow) return to;
  answer.skip();
  throw refuseRedirect(from, to, isSame, answer.header('x-amz-bucket-region'));
}

function refuseRedirect(from: URL, to: URL | null, isSame: boolean, region: string | null): ServiceError {
  const named = /^[a-z0-9-]{1,32}$/.exec(region ?? '')?.[0];

  // The origin only: an address in an answer may carry a signature of its own.
  const where =
    to === null ? 'an address that cannot be read' : to.protocol.startsWith('http') ? to.origin : to.protocol;
  const message = isSame
    ? `${from.origin} redirects once more, which is not followed`
    : `${from.origin} redirects to ${where}, which is not followed`;
  return new ServiceError('REDIRECT_REFUSED', message, {
    hint:
      named !== undefined
        ? `The bucket is in region ${named}: set AWS_REGION (input s3-region) to it.`
        : isSame
          ? 'Write the final address into .github/gatehouse.yml or model.yml.'
          : `Write the final address, at ${where}, into .github/gatehouse.yml or model.yml if it is meant.`,
  });
}
