import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { CHART_FOLDER } from '../chart/chart.ts';
import type { KubernetesObject } from '../model/object.ts';
import { toYaml } from '../output/yaml.ts';
import { runProgram } from '../tools/command.ts';
import type { Build } from './build.ts';

/** What Helm rendered: objects by release; or what it said when it could not. */
export type Rendered =
  | { objects: ReadonlyMap<string, KubernetesObject[]>; error?: undefined }
  | { error: string };

/** Renders the chart for several releases, by name with the text of their values, in one process of the real Helm. */
export type Render = (releases: ReadonlyMap<string, string>) => Promise<Rendered>;

/** Nothing of the user's own Helm takes part. */
const ENVIRONMENT = { ...process.env, HELM_NO_PLUGINS: '1' };

/**
 * One process renders many releases: a chart around them has the chart as a dependency once for each.
 *
 * @param helm path of the program.
 * @param chart folder of the chart.
 * @param scratch a folder of our own.
 */
export function helmTemplate(helm: string, chart: string, scratch: string): Render {
  let count = 0;
  return async (releases) => {
    const around = join(scratch, `chart-${count++}`);
    const names = [...releases.keys()].map((name, index) => [`r${index}`, name] as const);
    mkdirSync(join(around, 'charts'), { recursive: true });
    cpSync(chart, join(around, 'charts/service'), { recursive: true });
    const dependencies = names.map(([alias]) => ({ name: 'service', version: '>=0.0.0-0', alias }));
    const document = { apiVersion: 'v2', name: 'around', version: '0.0.0', dependencies };
    writeFileSync(join(around, 'Chart.yaml'), toYaml(document));
    const values = names.map(([alias, name]) => `${alias}:\n${indented(releases.get(name) ?? '')}`);
    writeFileSync(join(around, 'values.yaml'), values.join(''));
    const outcome = await runProgram(helm, ['template', 'release', around], {
      env: ENVIRONMENT,
      seconds: 300,
    });
    rmSync(around, { recursive: true });
    if (!outcome.ok) return { error: withNames(outcome.stderr.trim() || outcome.problem, names) };
    return { objects: objectsByRelease(outcome.stdout, new Map(names)) };
  };
}

/**
 * Builds what Helm delivers: files of values, in one process.
 *
 * @param helm path of the program.
 * @param root the repository.
 * @param scratch a folder of our own.
 */
export function helmBuild(helm: string, root: string, scratch: string): Build {
  const render = helmTemplate(helm, join(root, CHART_FOLDER), scratch);
  return async (files) => {
    const rendered = await render(
      new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])),
    );
    return rendered.error === undefined ? { objects: [...rendered.objects.values()].flat() } : rendered;
  };
}

const indented = (yaml: string) => yaml.replace(/^(?=.)/gm, '  ');

type Names = readonly (readonly [alias: string, name: string])[];

/** What Helm says, with the names of the releases instead of the aliases. */
const withNames = (message: string, names: Names): string =>
  names.reduceRight(
    (text, [alias, name]) => text.replaceAll(new RegExp(`\\b${alias}\\b`, 'g'), name),
    message,
  );

/** Helm writes before each document which template of which chart it comes from. */
function objectsByRelease(
  output: string,
  names: ReadonlyMap<string, string>,
): Map<string, KubernetesObject[]> {
  const objects = new Map([...names.values()].map((name): [string, KubernetesObject[]] => [name, []]));
  for (const document of output.split(/^---$/m)) {
    const alias = /^# Source: around\/charts\/(r[0-9]+)\//m.exec(document)?.[1] ?? '';
    const found = loadAll(document).filter((one) => one !== null) as KubernetesObject[];
    objects.get(names.get(alias) ?? '')?.push(...found);
  }
  return objects;
}
