import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLANTED, type Planted, randomText } from './support/credentials.ts';
import { type Files, problemsOf, removeRepository, writeRepository } from './support/repository.ts';
import { append, edit, PLATFORM, SAMPLE, SHOP, STAGING, STAGING_SHOP } from './support/sample.ts';

const CLI = join(import.meta.dirname, '..', 'scripts', 'slipway.mjs');

const staging = (text: string): Files => ({ [STAGING_SHOP]: text });
const q = (text: string) => JSON.stringify(text);

/** Inputs with a mistake, or none, that hold a credential. */
const MISTAKES: Readonly<Record<string, (credential: string) => Files>> = {
  'a variable': (c) => staging(`env:\n  A: ${q(c)}\n`),
  'a variable as a list': (c) => staging(`env:\n  A: [${q(c)}]\n`),
  'text instead of a map': (c) => staging(`image: ${q(c)}\n`),
  'text instead of a number': (c) => staging(`replicas: ${q(c)}\n`),
  'a word that is not among the allowed': (c) => staging(`kind: ${q(c)}\n`),
  'a value of the wrong form': (c) => staging(`image:\n  tag: ${q(c)}\n`),
  'a value of the wrong form, cut in its middle': (c) =>
    staging(`image:\n  tag: ${q(`${'!'.repeat(50)} ${c}`)}\n`),
  'a value that is too long': (c) => staging(`image:\n  repository: ${q(`${c} ${'a'.repeat(300)}`)}\n`),
  'a service that does not exist': (c) => staging(`network:\n  to: [${q(c)}]\n`),
  'twice in a list': (c) => staging(`network:\n  to: [${q(c)}, ${q(c)}]\n`),
  'an argument': (c) => staging(`args: [a, ${q(c)}]\n`),
  'a file': (c) => staging(`files:\n  /etc/a.yaml: |\n    a: 1\n    b: ${c}\n`),
  'an unknown key': (c) => staging(`${q(c)}: 1\n`),
  'a name of a variable': (c) => staging(`env:\n  ${q(c)}: a\n`),
  'a name of a port': (c) => staging(`ports:\n  ${q(c)}: 80\n`),
  'a path of a file': (c) => staging(`files:\n  ${q(c)}: a\n`),
  'a host': (c) => staging(`route:\n  hosts:\n    ${q(c)}: /\n`),
  'a kind that is patched': (c) => staging(`patch:\n  ${q(c)}: {}\n`),
  'an unknown field of a patch': (c) => staging(`patch:\n  Deployment:\n    spec:\n      ${q(c)}: 1\n`),
  'a value of a patch': (c) => staging(`patch:\n  Deployment:\n    spec:\n      replicas: ${q(c)}\n`),
  'a directive of a patch': (c) => staging(`patch:\n  Deployment:\n    spec:\n      $patch: ${q(c)}\n`),
  'instead of the name of a secret': (c) => staging(`secrets:\n  A: ${q(c)}\n`),
  'as the name of a secret': (c) =>
    staging(`secrets:\n  A: { key: ${q(`${c} !`)}, property: ${q(`${c} `)} }\n`),
  'not sealed': (c) => staging(`sealed:\n  A: ${q(c)}\n`),
  'not sealed, and long': (c) => staging(`sealed:\n  A: ${q(c.repeat(100).replace(/[^A-Za-z0-9]/g, ''))}\n`),
  'not sealed, in a hook': (c) => staging(`hooks:\n  run: { sealed: { A: ${q(c)} } }\n`),
  'as a secret that a hook chooses': (c) => staging(`hooks:\n  run: { secrets: [${q(c)}] }\n`),
  'as a secret that a container chooses': (c) => staging(`init:\n  wait: { secrets: [${q(c)}] }\n`),
  'a hook': (c) => staging(`hooks:\n  ${q(c)}: {}\n`),
  'an amount': (c) => staging(`resources:\n  limits:\n    memory: ${q(c)}\n`),
  'an owner': (c) => staging(`owner:\n  team: ${q(c)}\n  runbook: ${q(c)}\n  slack: ${q(c)}\n`),
  'a comment': (c) => staging(`# ${c}\nreplicas: 1\n`),
  'an alias': (c) => staging(`env:\n  A: *${c}\n`),
  'an anchor': (c) => staging(`env:\n  A: &${c} b\n`),
  'a tag': (c) => staging(`env:\n  A: !${c} b\n`),
  'a quote that is not closed': (c) => staging(`env:\n  A: "${c}\n`),
  'a bracket that is not closed': (c) => staging(`env: { A: ${c}\n`),
  'a file of nothing else': (c) => staging(c),
  'a duplicate key': (c) => staging(`env:\n  ${q(c)}: a\n  ${q(c)}: a\n`),
  'a second document': (c) => staging(`replicas: 1\n---\n${c}\n`),
  'a reason to allow another': (c) => staging(`allowedSecrets:\n  env.A: ${q(c)}\n`),
  'a key to be allowed': (c) => staging(`allowedSecrets:\n  ${q(c)}: it is not even there\n`),
  'null, and none to remove': (c) => staging(`env:\n  ${q(c)}: null\n`),
  'the domain': (c) => edit(PLATFORM, 'domain: demo.example.com', `domain: ${q(c)}`),
  'the namespace': (c) => ({ [STAGING]: `namespace: ${q(c)}\n` }),
  'an environment to start from': (c) => ({ [STAGING]: `extends: ${q(c)}\n` }),
  'a quota': (c) => append(PLATFORM, `quota:\n  pods: ${q(c)}\n  ${q(c)}: 1\n`),
  'a peer': (c) => append(PLATFORM, `network:\n  peers:\n    db: { cidrs: [${q(c)}], ports: [1] }\n`),
  'a secret store': (c) =>
    append(PLATFORM, `secretStore:\n  vault: { server: ${q(c)}, path: ${q(c)}, role: ${q(c)} }\n`),
};

/** Where a secret is only known by its key. */
const BY_KEY: Readonly<Record<string, (secret: string) => Files>> = {
  'a variable': (c) => staging(`env:\n  DB_PASSWORD: ${c}\n`),
  'a port': (c) => staging(`ports:\n  DB_PASSWORD: ${c}\n`),
  'a field of an image': (c) => staging(`image:\n  DB_PASSWORD: ${c}\n`),
  'an amount': (c) => append(PLATFORM, `quota:\n  db.password: ${c}\n`),
  'instead of the name of a secret': (c) => staging(`secrets:\n  DB_PASSWORD: ${c}\n`),
  'as the name of a secret': (c) => staging(`secrets:\n  DB_PASSWORD: { key: "${c}!", property: "${c} " }\n`),
  'not sealed': (c) => staging(`sealed:\n  DB_PASSWORD: ${c}\n`),
  'a variable of a hook': (c) => staging(`hooks:\n  run: { env: { DB_PASSWORD: "${c}" } }\n`),
  'not sealed, in a hook': (c) => staging(`hooks:\n  run: { sealed: { DB_PASSWORD: "${c}" } }\n`),
  'an argument': (c) => staging(`args: [--db-password, ${c}]\nreplicas: [${c}]\n`),
  'a file': (c) => staging(`files:\n  /etc/app.ini: |\n    password = ${c}\n`),
  'a line instead of a map': (c) => edit(SHOP, 'env:\n  LOG_LEVEL: info', `env: password=${c}`),
};

/** Parts of the secret that a text shows. */
function shownParts(secret: string, text: string): string[] {
  const parts = Array.from({ length: Math.max(1, secret.length - 7) }, (_, start) =>
    secret.slice(start, start + 8),
  );
  return parts.filter((part) => text.includes(part));
}

function problemsWith(files: Files): string {
  const root = writeRepository({ ...SAMPLE, ...files });
  try {
    return problemsOf(root).join('\n');
  } finally {
    removeRepository(root);
  }
}

describe.each(Object.entries(MISTAKES))('a credential as %s', (_title, make) => {
  it.each(PLANTED)('$rule fails, and is not shown', ({ text, secret }: Planted) => {
    const problems = problemsWith(make(text));
    expect(problems).not.toBe('');
    expect(shownParts(secret, problems), problems).toEqual([]);
  });
});

describe('a credential as the name of a file', () => {
  const names = PLANTED.filter(({ text }) => !text.includes('/'));
  it.each(names)('$rule fails, and is not shown', ({ text, secret }) => {
    const problems = problemsWith({ [`environments/base/services/${text}.yaml`]: 'a: b\n' });
    expect(problems).not.toBe('');
    expect(shownParts(secret, problems), problems).toEqual([]);
  });
});

describe.each(Object.entries(BY_KEY))('a secret by its key as %s', (_title, make) => {
  it.each([
    'short but secret'.replaceAll(' ', ''),
    randomText(11),
    randomText(40),
    '9'.concat(randomText(13, '0123456789')),
  ])('fails, and is not shown: number %#', (secret) => {
    const problems = problemsWith(make(secret));
    expect(problems).not.toBe('');
    expect(shownParts(secret, problems), problems).toEqual([]);
  });
});

describe('commands', () => {
  const [{ text, secret } = { text: '', secret: '' }] = PLANTED.slice(2);
  it.each([['generate'], ['verify'], ['explain', 'staging/shop', 'env'], ['explain', 'staging/shop']])(
    '%s %s %s shows no credential and writes nothing',
    (...args) => {
      const root = writeRepository({ ...SAMPLE, ...staging(`env:\n  A: ${text}\nargs: [${text}, x]\n`) });
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [CLI, ...args.filter(Boolean), '--root', root],
        {
          encoding: 'utf8',
          env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, INIT_CWD: undefined },
        },
      );
      removeRepository(root);
      expect(status).toBe(1);
      expect(stderr).toContain('env.A: looks like a credential (rule github-token)');
      expect(shownParts(secret, stdout + stderr)).toEqual([]);
    },
  );
});
