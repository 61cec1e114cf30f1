/**
 * A page of the ledger without what would steer a terminal or turn the direction of its text. A page that the app wrote
 * has none of it, and comes out byte by byte.
 */
export function plainMarkdown(page: string): string {
  return page.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    sign === '\n' || sign === '\t' ? sign : '',
  );
}
