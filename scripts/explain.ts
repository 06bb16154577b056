import { type Explanation, explain, type Statement } from '../generators/explain/explain.ts';
import { suggestion } from '../generators/problems/nearest.ts';
import { unknownStep } from '../generators/resolve/key.ts';
import { command, Failure, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { printDifferences } from './explain/differences.ts';
import { onOut, print } from './terminal.ts';

const HELP = `Says where a value comes from: every layer with file:line, which one wins, which generated files carry it.

Usage: npm run explain -- ENVIRONMENT/SERVICE [KEY] [--root DIR]
       npm run explain -- ENVIRONMENT [KEY] [--root DIR]         (a key of the platform)
       npm run explain -- --diff ENVIRONMENT ENVIRONMENT [--root DIR]

  KEY          such as autoscaling.min or env.LOG_LEVEL; all keys if left out
  --diff       how the objects of two environments differ, each difference with the input that causes it
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done, 1 no such environment, service or key, 2 wrong usage.`;

const MOST_CARRIERS = 20;

/** `npm run explain`: nobody should have to guess what wins. */
export const run = command({
  name: 'explain',
  help: HELP,
  options: { ...ROOT_OPTION, diff: { type: 'boolean' } },
  run(values, positionals) {
    noMore(positionals, 2);
    const [subject, key = ''] = positionals;
    if (values.diff === true) return printDifferences(rootOf(values), subject, positionals[1]);
    if (subject === undefined) throw new UsageError('name what to explain: ENVIRONMENT/SERVICE and a key');
    const [environment = '', service, extra] = subject.split('/');
    if (extra !== undefined) throw new UsageError(`${JSON.stringify(subject)} is not ENVIRONMENT/SERVICE`);
    const explanation = explain(rootOf(values), {
      environment,
      service: service === 'platform' ? undefined : service,
      key,
    });
    const unknown = unknownStep(explanation.schema, explanation.path);
    if (explanation.value === undefined && explanation.statements.length === 0 && unknown !== undefined) {
      throw new Failure(
        `no key ${JSON.stringify(unknown.step)}; ${suggestion(unknown.step, unknown.allowed)}`,
      );
    }
    printExplanation(subject, explanation);
    return 0;
  },
});

function printExplanation(subject: string, { path, value, statements, leaves, carriers }: Explanation): void {
  const key = path.join('.');
  const shown =
    value === undefined ? onOut('dim', 'not set: no layer says it, or the last one removes it') : show(value);
  print(`${onOut('bold', `${subject}${key === '' ? '' : ` ${key}`}`)} = ${shown}`);
  print('');
  if (leaves.length > 0) printLeaves(leaves, path.length);
  else for (const line of aligned(statements)) print(line);
  if (carriers.length === 0) return;
  print('');
  print('Carried by:');
  for (const file of carriers.slice(0, MOST_CARRIERS)) print(`  ${file}`);
  if (carriers.length > MOST_CARRIERS) print(`  … and ${carriers.length - MOST_CARRIERS} more`);
}

function aligned(statements: readonly Statement[]): string[] {
  const places = statements.map(({ place }) => placeText(place));
  const width = Math.max(0, ...places.map((place) => place.length));
  return statements.map(({ value, wins }, index) => {
    const what = value === null ? 'null (removes it)' : show(value);
    return `  ${(places[index] ?? '').padEnd(width)}  ${what}${wins ? onOut('green', '  ← wins') : ''}`;
  });
}

function printLeaves(leaves: Explanation['leaves'], depth: number): void {
  const names = leaves.map(({ path }) => path.slice(depth).join('.'));
  const width = Math.max(...names.map((name) => name.length));
  leaves.forEach(({ value, place }, index) => {
    print(`  ${(names[index] ?? '').padEnd(width)}  ${show(value)}  ${onOut('dim', placeText(place))}`);
  });
}

const placeText = ({ file, line, column }: { file: string; line: number; column: number }) =>
  `${file}:${line}:${column}`;

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
