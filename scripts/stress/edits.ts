import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../../generators/edit/apply.ts';
import { bump } from '../../generators/edit/bump.ts';
import { editService, type InputEdit } from '../../generators/edit/input-edit.ts';
import { promote } from '../../generators/edit/promote.ts';
import { readServices, statedIn } from '../../generators/edit/stated.ts';
import type { Json } from '../../generators/json/json.ts';
import { benchInputs, benchServiceFile, benchServiceName } from '../bench/repository.ts';
import { writeInputs } from './disk.ts';
import { pick, type Random } from './world.ts';

/** How many services the repository of a history has. */
export const SERVICES = 4;

const ENGINE = 'the engine of this history';
const ENVIRONMENTS = ['base', 'staging', 'production'];
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Keys that people edit, with what they may become; null takes the key away. */
const VALUES: readonly (readonly [path: readonly string[], values: readonly Json[]])[] = [
  [
    ['env', 'GREETING'],
    ['hello', '{{ .Values.x }} # "no"', 'two\nlines\n', '', null],
  ],
  [
    ['autoscaling', 'max'],
    [10, 11, 30],
  ],
  [
    ['resources', 'limits', 'memory'],
    ['256Mi', '512Mi', '1Mi'],
  ],
  [['files'], [{ '/etc/app/more.txt': 'more\n' }, null]],
  [['enabled'], [false, null]],
  [
    ['network', 'to'],
    [['internet'], [benchServiceName(0)], []],
  ],
  [
    ['network', 'from'],
    [[benchServiceName(1)], null],
  ],
  [['promote'], [['env.GREETING', 'autoscaling'], null]],
];

/**
 * Changes the inputs of a repository in one random way, and generates.
 *
 * @throws ProblemsError or Refusal when the change is not possible.
 */
export async function changeSomething(root: string, random: Random): Promise<void> {
  const service = benchServiceName(Math.floor(random() * SERVICES));
  const environment = pick(ENVIRONMENTS, random);
  const kind = random();
  if (kind < 0.3) await apply(root, bump(root, environment, service, anyImage(random)));
  else if (kind < 0.5) {
    const only = random() < 0.5 ? service : undefined;
    await apply(root, ...promote(root, { from: 'staging', to: 'production', service: only }));
  } else if (kind < 0.8) await apply(root, anyEdit(root, environment, service, random));
  else await changeFiles(root, random);
}

const apply = (root: string, ...edits: (InputEdit | undefined)[]) =>
  applyEdits(
    root,
    edits.filter((edit) => edit !== undefined),
    ENGINE,
  );

const anyImage = (random: Random) => ({
  tag: pick(['1.2.0', '1.10', '2.0.0-rc.1', 'no'], random),
  digest: random() < 0.3 ? DIGEST : undefined,
});

function anyEdit(root: string, environment: string, service: string, random: Random): InputEdit | undefined {
  const [path, values] = pick(VALUES, random);
  const stated = statedIn(readServices(root, service), environment, service);
  return editService(stated, [{ path, value: pick(values, random) ?? undefined }]);
}

/** A platform that changes, or a service that comes or goes. */
async function changeFiles(root: string, random: Random): Promise<void> {
  const last = SERVICES - 1;
  const base = benchServiceFile('base', last);
  if (random() < 0.5) {
    const platform = join(root, 'environments/staging/platform.yaml');
    const others = readFileSync(platform, 'utf8').replace(/^domain: .*\n/m, '');
    writeFileSync(platform, `${others}domain: ${pick(['one', 'two'], random)}.example.com\n`);
  } else if (existsSync(join(root, base))) {
    for (const environment of ENVIRONMENTS)
      rmSync(join(root, benchServiceFile(environment, last)), { force: true });
  } else writeInputs(root, new Map([[base, benchInputs(SERVICES).get(base) ?? '']]), new Map());
  await apply(root);
}
