/** Prints the job's own token, so that the test can try what it may do: a real job could do the same. */
export const SHOW_TOKEN = `echo "token $(printf '%s' "$TOKEN" | base64 -w0 | base64 -w0)"`;
/** Reads a token that `SHOW_TOKEN` printed. */
export const readToken = (log: string): string => {
  const twice = /Z token (\S+)$/m.exec(log)?.[1] ?? '';
  return Buffer.from(Buffer.from(twice, 'base64').toString(), 'base64').toString();
};
/** A job's steps that make API calls with the job's token and print the answers' status. */
export const tryCalls = (calls: string): string => {
  const script = `(async () => { for (const [name, method, path, body] of [${calls}]) {
    const headers = { authorization: 'token ' + process.env.TOKEN };
    const answer = await fetch(process.env.GITHUB_API_URL + path, { method, headers, body: body && JSON.stringify(body) });
    console.log('try ' + name + ' ' + answer.status); } })();`;
  const env = "env: { TOKEN: '${{ github.token }}' }";
  return `${env}, steps: [{ run: ${JSON.stringify(SHOW_TOKEN)} }, { shell: 'node {0}', run: ${JSON.stringify(script)} }]`;
};
/** What `tryCalls` printed: name to status. */
export const triesOf = (log: string) =>
  Object.fromEntries(
    [...log.matchAll(/Z try (\w+) (\d+)$/gm)].map(([, name, status]) => [name, Number(status)]),
  );
