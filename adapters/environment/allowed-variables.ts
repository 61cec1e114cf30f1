/**
 * Values of the variables that model.yml names and that are set: what the command gets and the record shows. The schema
 * of model.yml refuses names that sound like a secret; values are cleaned with the record.
 */
export function pickVariables(
  env: Readonly<NodeJS.ProcessEnv>,
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(env, name) ? env[name] : undefined;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
