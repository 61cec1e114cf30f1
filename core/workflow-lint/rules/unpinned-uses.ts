import type { Path } from '../../config/position.ts';
import { positionOf } from '../../config/position.ts';
import type { Flaw, Rule } from '../rule.ts';
import { fieldsOf, type Workflow } from '../workflow.ts';

/**
 * A tag or a branch can be moved to other code; a commit and a digest cannot. A commit of a stranger's fork looks like
 * one of the action itself, so a pin also says the version that it is held to be, for the person who compares the two.
 * @see https://docs.zizmor.sh/audits/#unpinned-uses
 * @see https://docs.zizmor.sh/audits/#impostor-commit
 */
export const unpinnedUses: Rule = {
  name: 'unpinned-uses',
  find: (workflow) => [
    ...usesOf(workflow).flatMap(({ path, uses }) => ofUse(workflow, path, uses)),
    ...imagesOf(workflow)
      .filter(({ image }) => !isDigest(image))
      .map(({ path, image }) => ({
        path,
        message: `the image ${image} is not pinned by digest`,
        found: image,
        fix: 'Write image@sha256:<digest>.',
      })),
  ],
};

const usesOf = ({ steps, jobs }: Workflow) =>
  [...steps, ...jobs.map(({ path, calls }) => ({ path, uses: calls }))]
    .filter(({ uses }) => uses !== '')
    .map(({ path, uses }) => ({ path: [...path, 'uses'], uses }));

function ofUse({ source }: Workflow, path: Path, uses: string): readonly Flaw[] {
  // What lies in the same repository is at the same commit.
  if (uses.startsWith('./')) return [];
  const isImage = uses.startsWith('docker://');
  if (isImage ? !isDigest(uses) : !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses)) {
    return [
      {
        path,
        message: `${uses} is not pinned by ${isImage ? 'digest' : 'commit'}`,
        found: uses,
        fix: isImage
          ? 'Write docker://image@sha256:<digest>.'
          : 'Write the whole commit, 40 digits in lower case.',
      },
    ];
  }
  const line = source.lines[(positionOf(source, path, 'value').line ?? 1) - 1] ?? '';
  // Of Gatehouse itself the policy says which commits it believes.
  if (isImage || /^[\w.-]+\/gatehouse[/@]/.test(uses) || /#\s*v?\d/.test(line)) return [];
  return [
    {
      path,
      message: `${uses} does not say which version it is: a commit of a fork looks the same`,
      found: uses,
      fix: 'Write the version behind it, as "# v6.0.1".',
    },
  ];
}

const isDigest = (image: string): boolean => /@sha256:[0-9a-f]{64}$/.test(image);

function imagesOf({
  kind,
  fields,
  jobs,
}: Workflow): readonly { readonly path: Path; readonly image: string }[] {
  const { using, image } = fieldsOf(fields.runs);
  const own = kind === 'action' && using === 'docker' && image !== 'Dockerfile';
  return [
    ...(own ? [{ path: ['runs', 'image'], image: String(image) }] : []),
    ...jobs.flatMap(({ path, fields: job }) => [
      ...placed([...path, 'container'], job.container),
      ...Object.entries(fieldsOf(job.services)).flatMap(([name, service]) =>
        placed([...path, 'services', name], service),
      ),
    ]),
  ];
}

function placed(path: Path, container: unknown): readonly { readonly path: Path; readonly image: string }[] {
  if (typeof container === 'string') return [{ path, image: container }];
  const { image } = fieldsOf(container);
  return image === undefined ? [] : [{ path: [...path, 'image'], image: String(image) }];
}
