import { parseImageVersion } from '../../generators/edit/bump.ts';
import {
  type Deployment,
  deploy,
  deployedLine,
  deployMessage,
  deployOnBranch,
  jitter,
} from '../../generators/pipeline/deploy.ts';
import { violationsOf } from '../../generators/schema/validate.ts';
import { command, engineId, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from '../command.ts';
import { print } from '../terminal.ts';
import { setOutput } from './actions.ts';
import { wholeNumber } from './options.ts';

const HELP = `Has an environment run another build of a service, on a branch that others push to at the same time: edits,
generates and commits on top of what the branch is now, pushes, and starts anew when somebody was faster.

Usage: npm run pipeline -- deploy ENVIRONMENT SERVICE TAG[@DIGEST] [OPTIONS]

  --branch NAME     the branch (default: main)
  --remote NAME     where it is (default: origin)
  --attempts N      pushes at most (default: 30), with pauses of random length in between
  --source TEXT     where the build comes from, for the commit: OWNER/NAME@COMMIT
  --run URL         the run that made it, for the commit
  --pull-request    nothing is pushed: the commit is left on a branch of this clone, for the step propose
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done, also if the environment runs that build already; 1 refused or too late each time; 2 wrong usage.`;

/** `npm run pipeline -- deploy`: what a service's own pipeline ends with. */
export const run = command({
  name: 'pipeline -- deploy',
  help: HELP,
  options: {
    ...ROOT_OPTION,
    branch: { type: 'string', default: 'main' },
    remote: { type: 'string', default: 'origin' },
    attempts: { type: 'string', default: '30' },
    source: { type: 'string' },
    run: { type: 'string' },
    'pull-request': { type: 'boolean' },
  },
  async run({ branch, remote, source, run, ...values }, positionals) {
    noMore(positionals, 3);
    const attempts = wholeNumber('--attempts', values.attempts, 1, 1000);
    const what = subjectOf(positionals);
    const message = deployMessage(what, { Source: source, Run: run });
    const deployment: Deployment = { ...what, message };
    const root = rootOf(values);
    const target = { remote, branch };
    if (values['pull-request'] === true) {
      const made = await deployOnBranch(root, deployment, target, engineId());
      print(made === undefined ? 'nothing to do: it runs already' : `branch ${made}`);
      setOutput('branch', made ?? '');
      return 0;
    }
    const deployed = await deploy(root, deployment, target, { attempts, pause: jitter }, engineId());
    print(deployedLine(deployed));
    setOutput('commit', deployed.commit ?? '');
    return 0;
  },
});

function subjectOf([environment, service, text]: readonly string[]): Omit<Deployment, 'message'> {
  if (environment === undefined || service === undefined || text === undefined)
    throw new UsageError('expected: ENVIRONMENT SERVICE TAG[@DIGEST]');
  const version = parseImageVersion(text);
  const { tag, digest } = version;
  const image = digest === undefined ? { tag } : { tag, digest };
  const [wrong] = violationsOf('service', 'layer', { image });
  if (wrong !== undefined) throw new UsageError(`${wrong.path.join('.')}: ${wrong.message}`);
  return { environment, service, version };
}
