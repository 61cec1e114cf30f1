import type { DesiredStages } from './model.ts';
import { stagesSchema } from './model-schema.ts';
import { parseFile, refuseProblems } from './parse.ts';
import type { Path } from './position.ts';
import { nameOf, type Problem } from './problem.ts';

/**
 * Reads `models/<model>/stages.yml`. An empty file asks for nothing.
 * @throws InputError CONFIG_INVALID with every problem as a finding; a version that is named in two stages is one.
 */
export function parseStages(text: string, source: string): DesiredStages {
  const parsed = parseFile(text, source, stagesSchema, {});
  const { production, staging = [], candidate = [], archived = [], rejected = [] } = parsed.value;
  const stages = { production: production ?? {}, staging, candidate, archived, rejected };
  refuseProblems(parsed.source, namedTwice(stages));
  return stages;
}

/** A version is in one stage; only production may name it again, at another endpoint. */
function namedTwice(stages: DesiredStages): readonly Problem[] {
  const places: [number, Path][] = (['staging', 'candidate', 'archived', 'rejected'] as const).flatMap(
    (stage) => stages[stage].map((version, at): [number, Path] => [version, [stage, at]]),
  );
  const first = new Map<number, Path>(
    Object.entries(stages.production).map(([endpoint, version]) => [version, ['production', endpoint]]),
  );
  return places.flatMap(([version, path]) => {
    const other = first.get(version);
    first.set(version, other ?? path);
    if (other === undefined) return [];
    return [
      {
        code: 'config/two-stages',
        message: `version ${version} is named in ${nameOf(other)} and in ${nameOf(path)}`,
        path,
        found: `version ${version} twice`,
        allowed: 'one stage for a version',
        fix: `Remove ${version} from one of the two.`,
      },
    ];
  });
}
