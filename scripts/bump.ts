import { bump, parseImageVersion } from '../generators/edit/bump.ts';
import { violationsOf } from '../generators/schema/validate.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { carryOut } from './edit/report.ts';
import { onOut, print } from './terminal.ts';

const HELP = `Has an environment run another build of a service: edits one value in place, then generates.

Usage: npm run bump -- ENVIRONMENT SERVICE TAG[@DIGEST] [--root DIR]

  TAG[@DIGEST]  such as 1.4.2 or 1.4.2@sha256:…; without a digest, one that was stated goes away
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done, also if the environment runs that build already; 1 no such environment or service, or
an input is wrong (nothing is changed then); 2 wrong usage.`;

/** `npm run bump`: what a pipeline calls when it has built an image. */
export const run = command({
  name: 'bump',
  help: HELP,
  options: { ...ROOT_OPTION },
  async run(values, positionals) {
    noMore(positionals, 3);
    const [environment, service, text] = positionals;
    if (environment === undefined || service === undefined || text === undefined)
      throw new UsageError('expected: ENVIRONMENT SERVICE TAG[@DIGEST]');
    const { tag, digest } = parseImageVersion(text);
    const image = digest === undefined ? { tag } : { tag, digest };
    const wrong = violationsOf('service', 'layer', { image })[0];
    if (wrong !== undefined) throw new UsageError(`${wrong.path.join('.')}: ${wrong.message}`);
    const root = rootOf(values);
    const edit = bump(root, environment, service, { tag, digest });
    if (edit === undefined) print(`${onOut('green', 'nothing to do')}: ${environment} runs ${text} already`);
    else await carryOut(root, [edit]);
    return 0;
  },
});
