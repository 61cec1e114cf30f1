import { randomBytes } from 'node:crypto';
import { notFound } from '../hub-error.ts';
import type { Access, Answer, Call, Routes } from '../interface.ts';

const read: Access = { scope: 'contents', level: 'read' };

/** @see https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar */
export function mountArchives(routes: Routes): void {
  // A link holds no credentials but itself, and holds once: those of codeload.github.com live five minutes.
  const links = new Map<string, () => Promise<Buffer>>();
  const link = async (call: Call): Promise<Answer> => {
    const repository = call.repository();
    const git = call.hub.git(repository);
    const commit = await git.commit(call.params.ref ?? '');
    if (commit === null) throw notFound();
    const prefix = `${repository.fullName.replace('/', '-')}-${commit.sha.slice(0, 7)}/`;
    const token = randomBytes(12).toString('hex');
    links.set(token, async () => {
      const { stdout } = await git.run(['archive', '--format=tar.gz', `--prefix=${prefix}`, commit.sha]);
      return stdout;
    });
    return { status: 302, headers: { location: `${call.hub.url}/_codeload/${token}` } };
  };
  const give = async ({ params: { token = '' } }: Call): Promise<Answer> => {
    const make = links.get(token);
    if (make === undefined) throw notFound();
    links.delete(token);
    return { status: 200, body: await make(), headers: { 'content-type': 'application/x-gzip' } };
  };
  routes.add('GET', '/repos/:owner/:repo/tarball/:ref*', link, read);
  routes.add('GET', '//_codeload/:token', give);
}
