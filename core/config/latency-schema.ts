import { z } from 'zod';
import { columnName, command, count, filePath } from './field.ts';

/** Requests a second. One process that sends keeps no schedule beyond it. */
export const mostRate = 5_000;
/** Requests of one round: they are held in memory. */
export const mostRequests = 2_000_000;
/** Load on both models in all rounds, starts of the servers left out. */
const mostSeconds = 3_600;

const pathRule = 'a path that begins with "/": printable characters without spaces, at most 500';
const urlPath = z.string().regex(/^\/[\x21-\x7e]{0,499}$/, pathRule);
const above = (most: number) => {
  const allowed = `a number above 0, at most ${most}`;
  return z.number(allowed).refine((value) => value > 0 && value <= most, { error: allowed });
};

const serveSchema = z
  .strictObject({
    command: command.describe(
      'Serves GATEHOUSE_MODEL over HTTP on GATEHOUSE_HOST and GATEHOUSE_PORT until it is ended.',
    ),
    ready: urlPath
      .default('/')
      .describe('Path that answers with a status from 200 to 299 once the model is loaded.'),
    'ready-seconds': count(1, 600).default(60).describe('It must be ready after this long.'),
  })
  .describe('How a version is served.');

const requestSchema = z
  .strictObject({
    path: urlPath.describe('Path that predicts.'),
    method: z.enum(['POST', 'PUT', 'GET']).default('POST').describe('HTTP method.'),
    body: z
      .enum(['rows', 'file', 'none'])
      .default('rows')
      .describe(
        'rows: held-out rows as JSON objects, without the key; file: lines of a file; none: no body.',
      ),
    'rows-under': z
      .string()
      .regex(/^[A-Za-z_][\w-]{0,99}$/, 'a name of letters, digits, "_" and "-"')
      .optional()
      .describe('The row goes as a list of one under this name, for example instances.'),
    file: filePath.optional().describe('File of the repository with one body a line, for example .jsonl.'),
    'content-type': z
      .string()
      .regex(
        /^[\w.+-]{1,100}\/[\w.+-]{1,100}(?:; ?[\w-]+=[\w.-]+)?$/,
        'a media type such as application/json',
      )
      .default('application/json')
      .describe('Media type of the body.'),
    'expected-status': z
      .array(count(100, 599))
      .min(1, 'at least one status')
      .max(20)
      .default([200])
      .describe('Any other status is an error.'),
  })
  .superRefine(({ body, file, method, 'rows-under': under }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if ((body === 'file') !== (file !== undefined)) refuse('file', 'a file exactly where body is "file"');
    if (under !== undefined && body !== 'rows') refuse('rows-under', 'a name only where body is "rows"');
    if (method === 'GET' && body !== 'none') refuse('body', '"none", since a GET has no body');
  })
  .describe('What is asked.');

const rate = above(mostRate).describe('Requests a second.');
const seconds = count(1, 1800).describe('How long each round lasts.');

const arrivalSchema = z
  .discriminatedUnion('pattern', [
    z.strictObject({
      pattern: z.literal('poisson').describe('Independent users: gaps vary as they do in production.'),
      rate,
      seconds,
    }),
    z.strictObject({ pattern: z.literal('constant').describe('Every gap is the same.'), rate, seconds }),
    z.strictObject({
      pattern: z.literal('recorded').describe('As it came in production.'),
      file: filePath.describe('CSV file of the repository with one line a request.'),
      column: columnName.describe('Column with the time: seconds, or 2026-12-31T23:59:00.250Z.'),
      speed: above(1000).default(1).describe('2: twice as fast as it was recorded.'),
      seconds: count(1, 1800).default(60).describe('How much of it is played, after the speed.'),
    }),
  ])
  .describe('When requests arrive. They are sent on time, whether or not earlier ones were answered.');

/** `latency` of `models/<model>/model.yml`. */
export const latencySchema = z
  .strictObject({
    serve: serveSchema,
    request: requestSchema,
    arrival: arrivalSchema,
    'warm-up-seconds': count(0, 600).default(10).describe('Load before each round that is not counted.'),
    rounds: count(3, 30)
      .default(5)
      .describe('How often each model is started and measured, in turns. More rounds: narrower intervals.'),
    'timeout-ms': count(10, 60_000)
      .default(2_000)
      .describe('A request that takes longer, or fails, counts as this long.'),
    seed: count(0, 4_294_967_295).default(1).describe('Another seed: other random arrivals.'),
    'cost-per-hour': above(100_000)
      .optional()
      .describe('Price of the serving machine for an hour: gives the cost of 1,000 predictions.'),
  })
  .superRefine((latency, context) => {
    const { arrival, rounds } = latency;
    const total = 2 * rounds * (latency['warm-up-seconds'] + arrival.seconds);
    if (total > mostSeconds) {
      const message = `at most ${mostSeconds} seconds for both models together, 2 x rounds x (warm-up-seconds + seconds); this is ${total}`;
      context.addIssue({ code: 'custom', path: ['rounds'], message, input: rounds });
    }
    if (arrival.pattern !== 'recorded' && arrival.rate * arrival.seconds > mostRequests) {
      const message = `at most ${mostRequests} requests a round`;
      context.addIssue({ code: 'custom', path: ['arrival', 'rate'], message, input: arrival.rate });
    }
  })
  .describe('How latency is measured, by the action measure-latency.');

export type WrittenLatency = z.infer<typeof latencySchema>;
