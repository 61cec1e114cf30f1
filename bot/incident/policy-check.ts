import { checkName } from '../../adapters/github/anchors.ts';
import type { PullFacts } from '../../adapters/github/reader.ts';
import type { CheckContent } from '../../adapters/github/writer.ts';
import { policyPath } from '../../core/config/layout.ts';
import type { InputError } from '../../core/error/error.ts';
import { type Block, paragraph } from '../../core/report/block.ts';
import { plainText } from '../../core/report/cell.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import type { UnreadablePolicy } from '../gather/last-policy.ts';

const most = 5;

/** Above everything that is said of a pull request which the last readable policy judged. */
export function judgedByLast({ since, last }: UnreadablePolicy): readonly Block[] {
  if (last === null) return [];
  return [
    paragraph(
      '⚠️ ',
      { strong: 'Judged by the last readable policy' },
      ', that of commit ',
      { code: last.commit.slice(0, 7) },
      `: since commit `,
      { code: since.sha.slice(0, 7) },
      ` ${policyPath} on the base branch cannot be read. This pull request changes configuration alone.`,
    ),
  ];
}

/** A pull request that waits until the policy of its base can be read: which file, which line, since when, who can mend it. */
export function unreadableCheck(
  pull: PullFacts,
  { fault, since, last }: UnreadablePolicy,
  governors: readonly string[],
): CheckContent {
  const line = fault.where?.line === undefined ? '' : ` line ${fault.where.line}`;
  const who =
    governors.length > 0 ? governors.slice(0, most).join(', ') : 'an administrator of the repository';
  const by = since.author === null ? '' : ` by ${since.author.login}`;
  const how =
    last === null
      ? 'No earlier policy of this branch can be read: an administrator merges the repair past the check.'
      : `A pull request that changes ${policyPath} and at most other configuration is judged by the policy of `;
  return waiting(
    pull,
    `error:POLICY_UNREADABLE`,
    `Waiting: ${policyPath}${line} on ${pull.base.ref} cannot be read`,
    [
      paragraph({ strong: `${policyPath}${line} on ${pull.base.ref} cannot be read.` }, ` ${fault.message}`),
      {
        kind: 'list',
        items: [
          ['Since commit ', { code: since.sha.slice(0, 7) }, `${by}.`],
          ['Who can mend it: ', who, '.'],
          ['How: ', { prose: fault.hint }],
          last === null
            ? [how]
            : [how, { code: last.commit.slice(0, 7) }, ', the last one that can be read.'],
          ['This pull request waits until then, and is looked at again by itself.'],
        ],
      },
    ],
  );
}

/** The repair of a policy whose governors nobody can name. */
export function bypassCheck(pull: PullFacts, fault: InputError): CheckContent {
  return waiting(pull, 'error:GOVERNORS_UNKNOWN', 'Waiting: nobody can say who the governors are', [
    paragraph({ strong: 'Nobody can approve this.' }, ` ${fault.message}.`),
    {
      kind: 'list',
      items: [
        ['Who can mend it: an administrator of the repository, by merging this pull request past the check.'],
        [
          'That is the documented way. It is kept as an incident, which closes when the governors are known again.',
        ],
        ['When the name comes back on GitHub, this pull request is judged as any other.'],
      ],
    },
  ]);
}

function waiting(pull: PullFacts, externalId: string, title: string, blocks: readonly Block[]): CheckContent {
  return {
    name: checkName,
    headSha: pull.head.sha,
    externalId,
    conclusion: 'action_required',
    output: { title: plainText(title, 120), summary: renderMarkdown(blocks), text: '', annotations: [] },
  };
}
