import {
  createHash,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

export type Claims = Readonly<Record<string, string | number>>;

/** The OIDC issuer: signs RS256 tokens and publishes its key. */
export interface Issuer {
  /** `<server>/_services/token` */
  readonly url: string;
  sign(claims: Claims): string;
  /** The claims when signature, algorithm and key are this issuer's; undefined otherwise. Does not look at times. */
  read(token: string): Claims | undefined;
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** Creates an issuer with a fresh 2048-bit key. */
export function createIssuer(serverUrl: string): Issuer {
  const url = `${serverUrl}/_services/token`;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 40);
  return {
    url,
    sign: (claims) => signToken(claims, kid, privateKey),
    read: (token) => readToken(token, kid, publicKey),
    jwks: {
      keys: [
        {
          ...createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' }),
          kid,
          use: 'sig',
          alg: 'RS256',
        },
      ],
    },
    configuration: {
      issuer: url,
      jwks_uri: `${url}/.well-known/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
      claims_supported: CLAIMS,
    },
  };
}

// As the configuration of github.com lists them.
const CLAIMS = [
  ...['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'ref', 'sha', 'repository', 'repository_id'],
  ...[
    'repository_owner',
    'repository_owner_id',
    'enterprise',
    'enterprise_id',
    'run_id',
    'run_number',
    'run_attempt',
  ],
  ...[
    'actor',
    'actor_id',
    'workflow',
    'workflow_ref',
    'workflow_sha',
    'head_ref',
    'base_ref',
    'event_name',
    'ref_type',
  ],
  ...['ref_protected', 'environment', 'environment_node_id', 'job_workflow_ref', 'job_workflow_sha'],
  ...['repository_visibility', 'runner_environment', 'issuer_scope', 'check_run_id'],
];

function signToken(claims: Claims, kid: string, key: KeyObject): string {
  const header = encode({ typ: 'JWT', alg: 'RS256', x5t: kid.slice(0, 27), kid });
  const input = `${header}.${encode(claims)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(key).toString('base64url')}`;
}

function readToken(token: string, kid: string, key: KeyObject): Claims | undefined {
  const [header, body, signature, ...more] = token.split('.');
  if (header === undefined || body === undefined || signature === undefined || more.length > 0)
    return undefined;
  const head = decode(header);
  if (head?.alg !== 'RS256' || head.kid !== kid) return undefined;
  const bytes = Buffer.from(signature, 'base64url');
  // Another spelling of the same signature is not the same token.
  if (bytes.toString('base64url') !== signature) return undefined;
  if (!createVerify('RSA-SHA256').update(`${header}.${body}`).verify(key, bytes)) return undefined;
  return decode(body);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}
