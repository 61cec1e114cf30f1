import { HubError } from '../hub/hub-error.ts';
import type { Json } from '../hub/interface.ts';
import { findKey } from './call.ts';
import { type Mapping, mappingOf } from './workflow.ts';

/**
 * Checks the inputs of a manual start and adds defaults; the event's payload carries them as texts.
 * @throws HubError 422 in the API's words.
 */
export function checkDispatchInputs(declared: Mapping, given: Json): Readonly<Record<string, string>> {
  const unexpected = Object.keys(given).filter((name) => findKey(declared, name) === undefined);
  if (unexpected.length > 0)
    throw new HubError(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  const inputs: Record<string, string> = {};
  for (const [name, spec] of Object.entries(declared)) {
    const { required, default: fallback, type, options } = mappingOf(spec);
    const value = given[findKey(given, name) ?? ''] ?? fallback;
    if (value === undefined && required === true)
      throw new HubError(422, `Required input '${name}' not provided`);
    const text = value === undefined ? (type === 'boolean' ? 'false' : '') : String(value);
    if (
      type === 'choice' &&
      value !== undefined &&
      Array.isArray(options) &&
      !options.map(String).includes(text)
    ) {
      throw new HubError(
        422,
        `Provided value '${text}' for input '${name}' not in the list of allowed values`,
      );
    }
    if (type === 'boolean' && text !== 'true' && text !== 'false') {
      throw new HubError(422, `Provided value '${text}' for input '${name}' is not a boolean`);
    }
    inputs[name] = text;
  }
  return inputs;
}
