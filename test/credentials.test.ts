import { describe, expect, it } from 'vitest';
import { ENTROPY_RULE, entropy, secretsByKeyIn } from '../generators/credentials/entropy.ts';
import { FORMATS, formatsIn, withoutFormats } from '../generators/credentials/formats.ts';
import { suspicionsOf } from '../generators/credentials/suspicion.ts';
import { quote } from '../generators/problems/problem.ts';
import { parseLayer } from '../generators/read/layer.ts';
import { PLANTED, PRIVATE_KEYS, randomText } from './support/credentials.ts';
import { sealedText } from './support/sealed.ts';

const rulesOf = (text: string) => formatsIn(text).map(({ rule }) => rule);
const inEnv = (key: string, text: string) => suspicionsOf(['env', key], key, text).map(({ rule }) => rule);

/** The problems of a service's file, as `line:column: key: rule`. */
function scanned(text: string): string[] {
  const { problems } = parseLayer('shop.yaml', 'base', 'service', text);
  return problems.map(({ line, column, key, message }) => {
    const rule = /\(rule ([a-z-]+)\)/.exec(message)?.[1];
    return `${line}:${column}: ${key}: ${rule ?? message}`;
  });
}

describe('known formats', () => {
  it.each(PLANTED)('$rule is found, alone and inside a text', ({ rule, text }) => {
    for (const around of [text, `"${text}"`, `a=${text};`, `Bearer ${text}\n`, `x\n${text}`])
      expect(rulesOf(around)).toEqual([rule]);
  });

  it.each(PRIVATE_KEYS)('%s', (text) => {
    expect(rulesOf(`a\n${text}\n`)).toEqual(['private-key']);
  });

  it('all have a true positive here', () => {
    const proven = new Set([...PLANTED.map(({ rule }) => rule), 'private-key']);
    expect(FORMATS.map(({ rule }) => rule).filter((rule) => !proven.has(rule))).toEqual([]);
  });

  it.each([
    `AKIA${'IOSFODNN7'}EXAMPLE`,
    'MAKIA1234567890ABCDEF0',
    'ghp_short',
    'the glpat- prefix',
    'task-management-service-of-the-shop',
    'sk-there-are-no-digits-or-capitals-here',
    'eyJhbGciOiJub25lIn0',
    'https://hooks.slack.com/',
    'SG.x.y',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----',
    'postgres://shop@db.example.com/shop',
    'postgres://shop:$(DB_PASSWORD)@db.example.com/shop',
    'postgres://shop:${DB_PASSWORD}@db.example.com/shop',
    'postgres://shop:{{ .password }}@db.example.com/shop',
    'postgres://shop:<password>@db.example.com/shop',
    'http://catalog:9898/@me',
    'http://catalog:9898 or me@example.com',
    `sha256:${'0123456789abcdef'.repeat(4)}`,
    sealedText(7),
  ])('no credential: %s', (text) => {
    expect(rulesOf(text)).toEqual([]);
  });

  // A pattern that tries every start against every end would need minutes for these texts.
  it.each(['eyJ', '://a:', '-----BEGIN ', 'a', 'key', 'key: ', '_'])(
    'are looked for in linear time: %s',
    (part) => {
      const text = `@://${part.repeat(300_000)}`;
      expect(formatsIn(text)).toEqual([]);
      expect(secretsByKeyIn(text)).toEqual([]);
    },
  );
});

describe('values under keys that speak of secrets', () => {
  const token = randomText(24);
  it.each([
    ['API_TOKEN', token],
    ['TOKEN', token],
    ['apiKey', token],
    ['client-secret', token],
    ['SESSION_KEY', randomText(32, '0123456789abcdef')],
    ['AWS_SECRET_ACCESS_KEY', randomText(40, 'ABCDEFabcdef0123456789+/')],
    ['DB_PASSWORD', 'correct horse battery'],
    ['db.password', 'hunter2-hunter3'],
    ['GOOGLE_CREDENTIALS', token],
    ['VAULT_SECRET_ID', '3f2b8c1e-9a47-4d60-b5e1-7c09d2a8f614'],
  ])('%s', (key, text) => {
    expect(inEnv(key, text)).toEqual([ENTROPY_RULE]);
  });

  it.each([
    ['LOG_LEVEL', token],
    ['MONKEY', token],
    ['DB_PASSWORD', 'short'],
    ['DB_PASSWORD', 'aaaaaaaaaaaa'],
    ['DB_PASSWORD', '$(OTHER_VARIABLE)'],
    ['DB_PASSWORD', '${OTHER_VARIABLE}'],
    ['DB_PASSWORD', '<put the password here>'],
    ['DB_PASSWORD', '/run/secrets/db-password'],
    ['DB_PASSWORD_FILE', '/run/secrets/xK9mQ2vL'],
    ['SECRET_NAME', `tls-${token}`],
    ['TOKEN_URL', `https://auth.example.com/${token}`],
    ['PARTITION_KEY', 'customer-id-of-the-order'],
    ['ROUTING_KEY', 'orders.created.v2'],
    ['CACHE_KEY', 'PreferredCustomerCache2'],
    ['checksum/secret', randomText(64, '0123456789abcdef')],
    ['SECRET_HASH', randomText(64, '0123456789abcdef')],
    ['API_KEY', `sha256:${randomText(64, '0123456789abcdef')}`],
    ['API_TOKEN', 'a sentence with several words in it 123'],
  ])('no secret: %s', (key, text) => {
    expect(inEnv(key, text)).toEqual([]);
  });

  it('count bits as Shannon does', () => {
    expect(entropy('aaaa')).toBe(0);
    expect(entropy('abab')).toBe(1);
    expect(entropy('abcdefgh')).toBe(3);
  });
});

describe('an input file', () => {
  const token = randomText(24);
  it('is scanned wherever a text can stand', () => {
    const text = `# ${PLANTED[0]?.text}
env:
  API_TOKEN: ${token}
  URL: ${PLANTED.at(-1)?.text}
args: [--token, ${token}, "--password=${token}"]
command: [sh, -c, "API_KEY=${token} run"]
files:
  /etc/app.yaml: |
    a: b
    password: ${token}
    nested: { "client_secret": "${token}" }
  /etc/app.properties: |
    db.password = ${token}
patch:
  Deployment:
    metadata:
      annotations: { note: ${PLANTED[2]?.text} }
    spec:
      template:
        spec:
          containers:
            - name: shop
              env:
                - { name: DB_PASSWORD, value: ${token} }
`;
    expect(scanned(text)).toEqual([
      '3:14: env.API_TOKEN: secret-by-key',
      '4:16: env.URL: password-in-url',
      '5:17: args.1: secret-by-key',
      '5:55: args.2: secret-by-key',
      '6:28: command.2: secret-by-key',
      '10:15: files."/etc/app.yaml": secret-by-key',
      '11:33: files."/etc/app.yaml": secret-by-key',
      '13:19: files."/etc/app.properties": secret-by-key',
      '17:28: patch.Deployment.metadata.annotations.note: github-token',
      '24:47: patch.Deployment.spec.template.spec.containers.0.env.0.value: secret-by-key',
      '1:3: : aws-access-key-id',
    ]);
  });

  it('may refer to secrets by name, and hold them sealed', () => {
    const text = `image: { repository: a/b, digest: "sha256:${randomText(64, '0123456789abcdef')}" }
secrets:
  DATABASE_PASSWORD: { key: shop/checkout-2024-Q3x9, property: passwordOfX9Shop2024 }
sealed:
  API_KEY: ${sealedText(200)}
hooks:
  migrate: { secrets: [DATABASE_PASSWORD_Q3x9Zk27Lw], sealed: { API_KEY: ${sealedText(201)} } }
patch:
  Deployment:
    metadata:
      annotations: { checksum/secret: ${randomText(64, '0123456789abcdef')} }
`;
    expect(scanned(text)).toEqual([]);
  });

  it('allows by name and with a reason what only looks like a credential', () => {
    const value = `env: { SESSION_KEY: ${token} }\nfiles: { /etc/a.yaml: "token: ${token}" }\n`;
    const allow = (entries: string) => scanned(`${value}allowedSecrets:\n${entries}`);
    const reason = 'only names the session cookie';
    expect(allow(`  env.SESSION_KEY: ${reason}\n  files./etc/a.yaml: ${reason}\n`)).toEqual([]);
    expect(allow(`  env.SESSION_KEY: ${reason}\n  files."/etc/a.yaml": ${reason}\n`)).toEqual([]);
    expect(allow(`  env.SESSION_KEY: ${reason}\n`)).toEqual(['2:31: files."/etc/a.yaml": secret-by-key']);
  });

  it('allows nothing that is not there, and not without a reason', () => {
    expect(scanned('env: { A: b }\nallowedSecrets:\n  env.A: looks strange but is none\n')).toEqual([
      '3:3: allowedSecrets."env.A": allows nothing: no value of this file at this key looks like a credential; delete this line',
    ]);
    expect(scanned(`env: { API_KEY: ${token} }\nallowedSecrets:\n  env.API_KEY: none\n`)).toEqual([
      '3:16: allowedSecrets."env.API_KEY": "none" is not allowed; expected a reason of at least 10 characters',
    ]);
  });

  it('hides no credential behind an escape, a quote or a broken line', () => {
    const [{ text = '' } = {}] = PLANTED.slice(2);
    const escaped = `\\x${text.charCodeAt(0).toString(16)}${text.slice(1)}`;
    expect(scanned(`env: { A: "${escaped}" }\n`)).toEqual(['1:11: env.A: github-token']);
    expect(scanned(`env: { A: '${text}' }\n`)).toEqual(['1:12: env.A: github-token']);
    expect(scanned(`env: { A: [${text}\n`)).toContain('1:12: : github-token');
  });
});

describe('messages', () => {
  it.each(PLANTED)('never show $rule', ({ rule, text, secret }) => {
    for (const around of [text, 'x'.repeat(50) + text, { a: text }, [text]].filter(
      (value) => value !== `${'x'.repeat(50)}${text}`,
    )) {
      expect(quote(around)).toBe(`[not shown: ${rule}]`);
    }
    expect(withoutFormats(`key ${text} end`)).not.toContain(secret.slice(-8));
  });

  it('show what is no credential', () => {
    expect(quote('checkout')).toBe('"checkout"');
    expect(withoutFormats('see https://example.com/a@b')).toBe('see https://example.com/a@b');
  });
});
