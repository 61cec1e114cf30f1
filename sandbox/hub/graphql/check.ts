import type { Hub } from '../interface.ts';
import { latestChecks } from '../merge-rule.ts';
import { webUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Caller, CheckRun, CheckSuite, Repository } from '../world.ts';
import type { Node } from './actor.ts';
import { connect, type PageArguments } from './connection.ts';
import { need } from './need.ts';

function toCheckRun(hub: Hub, repository: Repository, run: CheckRun): Node {
  const url = `${webUrl(hub, repository)}/runs/${run.id}`;
  return {
    __typename: 'CheckRun',
    id: nodeId('CheckRun', run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    externalId: run.externalId,
    detailsUrl: run.detailsUrl,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    title: run.title,
    summary: run.summary,
    text: run.text,
    annotations: (page: PageArguments) => connect(run.annotations, page, toAnnotation),
    url,
    permalink: url,
  };
}

const toAnnotation = ({ path, message }: CheckRun['annotations'][number]): Node => ({
  __typename: 'CheckAnnotation',
  path,
  message,
});

interface RunArguments extends PageArguments {
  readonly filterBy?: {
    readonly appId?: number | null;
    readonly checkName?: string | null;
    readonly checkType?: 'ALL' | 'LATEST' | null;
  } | null;
}

function toSuite(hub: Hub, repository: Repository, suite: CheckSuite): Node {
  return {
    __typename: 'CheckSuite',
    id: nodeId('CheckSuite', suite.id),
    databaseId: suite.id,
    createdAt: suite.createdAt,
    app: { databaseId: suite.app.id, slug: suite.app.slug },
    checkRuns: ({ filterBy, ...page }: RunArguments) => {
      // Without a type GitHub tells the latest run of each name alone.
      const all =
        filterBy?.checkType === 'ALL'
          ? [...repository.checkRuns.values()]
          : latestChecks(repository, suite.headSha);
      const runs = all.filter(
        (run) =>
          run.suite.id === suite.id &&
          (filterBy?.appId == null || run.app.id === filterBy.appId) &&
          (filterBy?.checkName == null || run.name === filterBy.checkName),
      );
      return connect(runs, page, (run) => toCheckRun(hub, repository, run));
    },
  };
}

interface SuiteArguments extends PageArguments {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null;
}

/** Check suites of a commit. */
export function suitesOf(hub: Hub, caller: Caller, repository: Repository, sha: string) {
  return ({ filterBy, ...page }: SuiteArguments) => {
    need(caller, repository, 'checks');
    const named = (suite: CheckSuite) =>
      filterBy?.checkName == null ||
      [...repository.checkRuns.values()].some(
        (run) => run.suite.id === suite.id && run.name === filterBy.checkName,
      );
    const suites = [...repository.checkSuites.values()].filter(
      (suite) =>
        suite.headSha === sha && (filterBy?.appId == null || suite.app.id === filterBy.appId) && named(suite),
    );
    return connect(suites, page, (suite) => toSuite(hub, repository, suite));
  };
}
