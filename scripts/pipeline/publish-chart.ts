import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHART_VERSION, releaseNotes } from '../../generators/chart/releases.ts';
import { publishChart } from '../../generators/pipeline/chart-registry.ts';
import { reasonOf } from '../../generators/tools/command.ts';
import { resolveTool } from '../../generators/tools/resolve.ts';
import { command, Failure, noMore, UsageError } from '../command.ts';
import { print } from '../terminal.ts';
import { annotate, setOutput } from './actions.ts';
import { needed } from './options.ts';

const HELP = `Pushes the chart that npm run chart has packaged to a registry, unless this version is there already, and writes
what the version brings.

Usage: npm run pipeline -- publish-chart REPOSITORY [--from DIR] [--notes FILE]

  REPOSITORY    such as oci://ghcr.io/acme/charts; capital letters become small ones
  --from DIR    where the package is (default: dist)
  --notes FILE  where the notes of the version go
  -h, --help    this text

Outputs: version; published, true where it was pushed; name and digest of what was pushed; package, its file.
Exit status: 0 done, 1 helm failed, 2 wrong usage.`;

/** `npm run pipeline -- publish-chart`: a version of the chart, for others to use. */
export const run = command({
  name: 'pipeline -- publish-chart',
  help: HELP,
  options: { from: { type: 'string', default: 'dist' }, notes: { type: 'string' } },
  async run({ from, notes }, positionals) {
    noMore(positionals, 1);
    const repository = needed('REPOSITORY', positionals[0]).toLowerCase();
    if (!/^oci:\/\/[a-z0-9.:/_-]+$/.test(repository))
      throw new UsageError(`${JSON.stringify(repository)}: expected oci://HOST/PATH`);
    const file = join(process.env['SLIPWAY_HOME'] ?? process.cwd(), from, `service-${CHART_VERSION}.tgz`);
    if (!existsSync(file)) throw new Failure(`${file} is not there; run: npm run chart`);
    if (notes !== undefined) writeFileSync(notes, releaseNotes());
    setOutput('version', CHART_VERSION);
    setOutput('package', file);
    const helm = await resolveTool('helm');
    const chart = { name: 'service', version: CHART_VERSION, file };
    const made = await publishChart(helm.path, chart, repository, process.env).catch((error: unknown) => {
      throw new Failure(reasonOf(error));
    });
    setOutput('published', String(made !== undefined));
    if (made === undefined) {
      annotate('notice', `Version ${CHART_VERSION} of the chart is in the registry already.`);
      return 0;
    }
    setOutput('name', made.name);
    setOutput('digest', made.digest);
    print(`${made.name}:${CHART_VERSION}@${made.digest}`);
    return 0;
  },
});
