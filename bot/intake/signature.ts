import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether somebody who knows one of the secrets signed these bytes: the current one, or the one before it while it is
 * being changed.
 * @param header `x-hub-signature-256`: `sha256=` and 64 hexadecimal digits
 * @see https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function isSigned(body: Uint8Array, header: string | undefined, secrets: readonly string[]): boolean {
  if (header === undefined || !/^sha256=[0-9a-f]{64}$/.test(header)) return false;
  const given = Buffer.from(header.slice('sha256='.length), 'hex');
  // Each is compared whole, and an empty secret would let anybody sign.
  return secrets.some(
    (secret) => secret !== '' && timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given),
  );
}
