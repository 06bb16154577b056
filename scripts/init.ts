import { applyEdits } from '../generators/edit/apply.ts';
import { init } from '../generators/edit/init.ts';
import { violationsOf } from '../generators/schema/validate.ts';
import { command, engineId, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { onOut, print } from './terminal.ts';

const HELP = `Makes this repository yours: writes name, domain and address into the platforms of all environments, and generates.

Usage: npm run init -- --name NAME --repo-url URL --domain DOMAIN [--clear] [--root DIR]

  --name NAME      name of your application; namespaces and the Gateway are called after it
  --repo-url URL   address of this repository, from which Argo CD clones it
  --domain DOMAIN  domain below which your hosts are
  --clear          also take the services of the sample away, the secret store that only they need, and who is told of
                   alerts
${ROOT_HELP}
  -h, --help       this text

Exit status: 0 done, 1 an input is wrong (nothing is changed then), 2 wrong usage.`;

/** `npm run init`: what to do first in a fork. */
export const run = command({
  name: 'init',
  help: HELP,
  options: {
    ...ROOT_OPTION,
    name: { type: 'string' },
    'repo-url': { type: 'string' },
    domain: { type: 'string' },
    clear: { type: 'boolean' },
  },
  async run({ name, 'repo-url': repository, domain, clear, ...values }, positionals) {
    noMore(positionals);
    if (name === undefined || repository === undefined || domain === undefined)
      throw new UsageError('--name, --repo-url and --domain are all needed');
    const said = { name, namespace: name, domain, argocd: { repository } };
    const wrong = violationsOf('platform', 'layer', said)[0];
    if (wrong !== undefined) throw new UsageError(`${wrong.path.join('.')}: ${wrong.message}`);
    const root = rootOf(values);
    const edits = init(root, { name, repository, domain }, clear === true);
    const { created, updated, removed } = await applyEdits(root, edits, engineId());
    for (const { file, after } of edits)
      print(`${after === undefined ? onOut('red', 'removed') : onOut('green', 'edited ')} ${file}`);
    print(`${created.length + updated.length + removed.length} generated files changed`);
    print('');
    print(
      'Next: look through environments/*/platform.yaml; accounts, channels and groups there are still of the sample.',
    );
    print('Then: npm run new -- service NAME');
    return 0;
  },
});
