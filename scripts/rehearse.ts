import { resolve } from 'node:path';
import { subjectsOf } from '../generators/alerts/subjects.ts';
import { modelRepository } from '../generators/generate/repository.ts';
import { castOf } from '../generators/rehearse/cast.ts';
import { rehearse } from '../generators/rehearse/rehearse.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf } from './command.ts';
import { onOut, print } from './terminal.ts';
import { toolOrSkip } from './tool.ts';

const HELP = `Rehearses an outage: a real Prometheus and a real Alertmanager run on this machine with the generated rules and
routes. A service fails, another one loses a pod; who is told must be who the inputs say, in the right words, and be
told again when it is over. Minutes last seconds; it takes about a minute, and nothing leaves this machine.

Usage: npm run rehearse [-- --environment NAME] [-- --app DIR] [-- --root DIR]

  --environment NAME   whose rules and routes; those of an environment that pages if left out
  --app DIR            an application that plays the service that fails, such as test/app; it must count requests by the
                       metric of that service's slo. A counter plays it if left out
${ROOT_HELP}
  -h, --help           this text

Without the programs it is skipped, and said to be; where CI is set that is an error.
Exit status: 0 all went well or was skipped, 1 something did not, or an input is wrong, 2 wrong usage.`;

const SKIPPED = 'nothing was rehearsed';

/** `npm run rehearse`: the whole way from a request that fails to a message, with the real programs. */
export const run = command({
  name: 'rehearse',
  help: HELP,
  options: { ...ROOT_OPTION, environment: { type: 'string' }, app: { type: 'string' } },
  async run(values, positionals) {
    noMore(positionals);
    const model = modelRepository(rootOf(values));
    const cast = castOf(model.alerting, subjectsOf(model), values.environment);
    const prometheus = await toolOrSkip('prometheus', SKIPPED);
    const alertmanager = prometheus && (await toolOrSkip('alertmanager', SKIPPED));
    if (prometheus === undefined || alertmanager === undefined) return 0;
    print(
      `${cast.scene.environment} with Prometheus ${prometheus.version} and Alertmanager ${alertmanager.version}; a minute lasts a second`,
    );
    const failures = await untilStopped((signal) =>
      rehearse(cast, {
        prometheus: prometheus.path,
        alertmanager: alertmanager.path,
        app: values.app && resolve(process.env['INIT_CWD'] ?? process.cwd(), values.app),
        signal,
        tell: (line, seconds) => print(`${onOut('dim', `${seconds.toFixed(1).padStart(5)} s`)}  ${line}`),
      }),
    );
    for (const failure of failures) process.stderr.write(`${failure}\n`);
    print(
      failures.length === 0
        ? `${onOut('green', 'passed')}: everybody was told what they must, and nobody else`
        : onOut('red', 'failed'),
    );
    return failures.length === 0 ? 0 : 1;
  },
});

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lets work end in order when somebody stops this process. */
async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of STOPS) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of STOPS) process.off(signal, stop);
  }
}
