import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toYaml } from '../output/yaml.ts';
import { inTemporaryFolder } from '../tools/archive.ts';
import { runProgram } from '../tools/command.ts';
import type { AlertFailure } from './prove.ts';

const SECONDS = 60;

/**
 * Has the real blackbox exporter read the modules that it gets.
 *
 * @param configurations by environment, the configuration of its exporter.
 * @param exporter path of the program.
 */
export const proveModules = (
  configurations: ReadonlyMap<string, object>,
  exporter: string,
): Promise<AlertFailure[]> =>
  inTemporaryFolder(async (folder) => {
    const failures = [...configurations].map(async ([environment, configuration]) => {
      const file = join(folder, `${environment}.yaml`);
      writeFileSync(file, toYaml(configuration));
      const args = ['--config.check', `--config.file=${file}`];
      const { ok, stdout, stderr } = await runProgram(exporter, args, { env: process.env, seconds: SECONDS });
      return ok ? [] : [{ file: `${environment}/blackbox.yaml`, text: `${stdout}${stderr}`.trim() }];
    });
    return (await Promise.all(failures)).flat();
  });
