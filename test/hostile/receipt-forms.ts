import { encode } from '../../core/evidence/receipt.fixture.ts';

export { honestWorld, issuerKeys, signToken, signWithSecret } from '../../core/evidence/receipt.fixture.ts';

/** A token of these parts, signed or not; the header alone where there are no others. */
export const sealWith = (header: unknown, ...parts: readonly string[]): string =>
  [encode(header), ...parts].join('.');
