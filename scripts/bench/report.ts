import { onOut } from '../terminal.ts';
import { goalsOf, type Results } from './results.ts';
import { countText, megabytesText, secondsText, short, table, timesText } from './table.ts';

const ENVIRONMENTS = 3;
const OBJECTS = 9;

/** The results as text for a person. */
export function reportText(results: Results, skipped: readonly string[]): string {
  const sections = [
    head(results),
    generateSection(results),
    plainSection(results),
    cdk8sSection(results),
    verifySection(results),
  ];
  const notes = skipped.map((reason) => onOut('yellow', `skipped: ${reason}`));
  return [...sections, notes, goalsSection(results)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function head({ machine, runs, startUp }: Results): string[] {
  const { node, system, cores, processor } = machine;
  return [
    `Node ${node}, ${system}, ${cores} cores, ${processor}`,
    `Whole processes; medians of ${runs} runs after a warm-up (least–most); peak memory of the process.`,
    `Start-up alone (generate --help): ${secondsText(startUp.seconds)} s, ${megabytesText(startUp.megabytes)} MB`,
  ];
}

function generateSection({ sizes }: Results): string[] {
  const rows = sizes.map(({ services, generate: { cold, unchanged, changed, disk, files } }) => [
    countText(services),
    countText(services * ENVIRONMENTS * OBJECTS),
    countText(files),
    secondsText(cold.seconds),
    secondsText(unchanged.seconds),
    secondsText(changed.seconds),
    secondsText(disk),
    [cold, unchanged, changed].map(({ megabytes }) => megabytesText(megabytes)).join(' / '),
  ]);
  const columns = [
    'services',
    'objects',
    'files',
    'cold s',
    'no change s',
    'one changed s',
    'disk alone s',
    'peak MB',
  ];
  return [
    onOut('bold', `generate: ${ENVIRONMENTS} environments, ${OBJECTS} objects for each service in each`),
    ...table([columns, ...rows]),
    'Peak MB: cold / no change / one changed. Disk alone: the same files copied to a new folder, nothing else.',
  ];
}

function plainSection({ sizes }: Results): string[] {
  const rows = sizes.map(({ services, generate, plain }) => [
    countText(services),
    short(generate.cold.seconds.median),
    secondsText(plain.seconds),
    timesText(generate.cold.seconds.median / plain.seconds.median),
    megabytesText(plain.megabytes),
  ]);
  return [
    onOut(
      'bold',
      'plain Node: the inputs read by js-yaml, the finished objects validated by kubernetes-models and dumped',
    ),
    'No rules, no overlays, one file for each service in each environment: what every generator has to pay.',
    ...table([['services', 'generate cold s', 'plain s', 'of that', 'peak MB'], ...rows]),
  ];
}

function cdk8sSection({ sizes }: Results): string[] {
  const rows = sizes.flatMap(({ services, generate, cdk8s }) => {
    if (cdk8s === undefined) return [];
    const ours = generate.cold.seconds.median;
    const cells = [cdk8s.environment, cdk8s.service].flatMap(({ seconds, megabytes }) => [
      secondsText(seconds),
      timesText(seconds.median / ours),
      megabytesText(megabytes),
    ]);
    return [[countText(services), short(ours), ...cells]];
  });
  if (rows.length === 0) return [];
  const columns = ['by environment s', 'slower', 'peak MB', 'by service s', 'slower', 'peak MB'];
  return [
    onOut('bold', 'cdk8s synth: the default application (ts-node), given the finished objects; no overlays'),
    'By environment: three charts, so three files. By service: a chart for each service in each environment,',
    'as Argo CD needs them. Above 300 services one run without a warm-up.',
    ...table([['services', 'generate cold s', ...columns], ...rows]),
  ];
}

function verifySection({ verify, machine }: Results): string[] {
  if (verify === undefined) return [];
  const { verify: ours, overlays, oneByOne, together } = verify.costs;
  const row = (what: string, time: string, seconds: number) => [
    what,
    time,
    timesText(seconds / ours.seconds.median),
  ];
  return [
    onOut('bold', `verify: ${verify.services} services, ${overlays} overlays, built with the real Kustomize`),
    ...table([
      ['', 's', 'slower'],
      ['verify --all', secondsText(ours.seconds), ''],
      row('kubectl kustomize for each overlay, one by one', short(oneByOne), oneByOne),
      row(`the same, ${machine.cores} at a time`, short(together), together),
    ]),
  ];
}

function goalsSection(results: Results): string[] {
  const goals = goalsOf(results);
  const rows = goals.map(({ what, limit, value, met }) => [what, limit, value, met ? 'met' : 'missed']);
  return [onOut('bold', 'Goals'), ...table([['', 'goal', 'measured', ''], ...rows])];
}
