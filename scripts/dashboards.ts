import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IConfigMap } from 'kubernetes-models/v1';
import { DASHBOARDS } from '../generators/generate/dashboards.ts';
import { modelRepository } from '../generators/generate/repository.ts';
import { UnknownSubjectError } from '../generators/problems/refusal.ts';
import { replaceFile } from '../generators/write/replace.ts';
import { command, Failure, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { print } from './terminal.ts';

const HELP = `Writes the dashboards of an environment as JSON files, for a Grafana without the sidecar that finds ConfigMaps.

Usage: npm run dashboards -- ENVIRONMENT [--output DIR] [--root DIR]

  --output DIR   where the files go (default: dist/dashboards); others there are left alone
${ROOT_HELP}
  -h, --help     this text

Exit status: 0 written, 1 an input is wrong or the environment has no dashboards, 2 wrong usage.`;

/** `npm run dashboards`: dashboards for importing. */
export const run = command({
  name: 'dashboards',
  help: HELP,
  options: { ...ROOT_OPTION, output: { type: 'string' } },
  async run(values, positionals) {
    const [environment] = positionals;
    if (environment === undefined) throw new UsageError('name the environment');
    noMore(positionals, 1);
    const folder = resolve(process.env['INIT_CWD'] ?? process.cwd(), values.output ?? 'dist/dashboards');
    const texts = textsIn(rootOf(values), environment);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of texts) replaceFile(join(folder, file), text);
    print(`${texts.length} dashboards in ${folder}: ${texts.map(([file]) => file).join(', ')}`);
    return 0;
  },
});

/** The files of the ConfigMaps. */
function textsIn(root: string, environment: string): [file: string, text: string][] {
  const { scenes, units } = modelRepository(root);
  const names = scenes.map(({ name }) => name);
  if (!names.includes(environment)) throw new UnknownSubjectError('environment', environment, names);
  const state = units.find(({ folder }) => folder === DASHBOARDS)?.states.get(environment);
  if (state === undefined)
    throw new Failure(
      `${environment} has no dashboards; say monitoring.dashboards: true in its platform.yaml`,
    );
  return state.objects.flatMap((object) => Object.entries((object as unknown as IConfigMap).data ?? {}));
}
