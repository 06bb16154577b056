import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listInputs, serviceNameProblem } from '../generators/read/list.ts';
import { serviceFile, serviceScaffold } from '../generators/scaffold/service.ts';
import { SERVICE_KINDS, type ServiceKind, serviceKinds } from '../generators/schema/service-kinds.ts';
import { command, Failure, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { onOut, print } from './terminal.ts';

const kindsHelp = serviceKinds.map((kind) => `${kind}: ${SERVICE_KINDS[kind]}`).join('\n               ');
const HELP = `Writes the file of a new service.

Usage: npm run new -- service NAME [--kind ${serviceKinds.join('|')}] [--root DIR]

  --kind KIND  ${kindsHelp};
               web if left out
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 written, 1 the service exists already, 2 wrong usage.`;

/** `npm run new`: a service to start from. */
export const run = command({
  name: 'new',
  help: HELP,
  options: { ...ROOT_OPTION, kind: { type: 'string' } },
  run(values, positionals) {
    noMore(positionals, 2);
    const [what, name] = positionals;
    if (what !== 'service' || name === undefined) throw new UsageError('expected: service NAME');
    const problem = serviceNameProblem(name);
    if (problem !== undefined) throw new UsageError(problem);
    const kind = values.kind ?? 'web';
    if (!isKind(kind))
      throw new UsageError(`--kind ${JSON.stringify(kind)}: expected ${serviceKinds.join(' or ')}`);
    const root = rootOf(values);
    const existing = listInputs(root).files.find((file) => file.kind === 'service' && file.name === name);
    if (existing !== undefined) throw new Failure(`the service ${name} exists already: ${existing.file}`);
    const file = serviceFile(name);
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), serviceScaffold(name, kind), { flag: 'wx' });
    print(`${onOut('green', 'written:')} ${file}`);
    print('Next: set its image, ports and resources there, then: npm run generate');
    return 0;
  },
});

const isKind = (kind: string): kind is ServiceKind => Object.hasOwn(SERVICE_KINDS, kind);
