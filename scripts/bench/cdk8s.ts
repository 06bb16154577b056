import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { $ } from 'zx';
import { type Charts, objectsOf } from './objects.ts';
import { type Cost, measure } from './process.ts';
import { type Costs, repeat, spreadOf } from './spread.ts';

/** Kept from one bench to the next, so that cdk8s is installed once. */
const FOLDER = join(tmpdir(), 'slipway-bench-cdk8s');

/** What `cdk8s init typescript-app` of this version installs, but for its tests and its import of an API schema. */
const PACKAGE = {
  private: true,
  dependencies: { cdk8s: '2.70.106', constructs: '10.8.1' },
  devDependencies: {
    'cdk8s-cli': '2.207.60',
    '@types/node': '^14',
    typescript: '5.9.x',
    'ts-node': '^10',
  },
};

/** The application that the same command makes runs so. */
const CONFIG = 'language: typescript\napp: npx ts-node main.ts\n';

/** Objects that are made already become charts: none of the time is spent on making them. */
const MAIN = `import { readFileSync } from 'fs';
import { ApiObject, ApiObjectProps, App, Chart } from 'cdk8s';

const charts: Record<string, ApiObjectProps[]> = JSON.parse(readFileSync('objects.json', 'utf8'));
const app = new App();
for (const [name, objects] of Object.entries(charts)) {
  const chart = new Chart(app, name);
  objects.forEach((object, index) => new ApiObject(chart, \`object-\${index}\`, object));
}
app.synth();
`;

/** The cdk8s command, once it is installed. */
export interface Cdk8s {
  /** Measures how long the objects of all services and environments of a repository take. */
  measure(root: string, charts: Charts, runs: number): Promise<Costs>;
}

/** Installs cdk8s into a scratch folder; says why when that cannot be done, as without a network. */
export async function installCdk8s(): Promise<Cdk8s | { missing: string }> {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), `${JSON.stringify(PACKAGE, undefined, 2)}\n`);
  writeFileSync(join(FOLDER, 'cdk8s.yaml'), CONFIG);
  writeFileSync(join(FOLDER, 'main.ts'), MAIN);
  const options = { cwd: FOLDER, quiet: true, nothrow: true };
  const install = await $(options)`npm install --no-audit --no-fund --prefer-offline`;
  if (!install.ok) return { missing: lastLine(install.stderr) };
  const template = 'node_modules/cdk8s-cli/templates/typescript-app/tsconfig.json';
  await $(options)`cp ${template} tsconfig.json`;
  return { measure: measureCdk8s };
}

async function measureCdk8s(root: string, charts: Charts, runs: number): Promise<Costs> {
  writeFileSync(join(FOLDER, 'objects.json'), JSON.stringify(objectsOf(root, charts)));
  const command = join(FOLDER, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
  const once = (): Promise<Cost> => {
    rmSync(join(FOLDER, 'dist'), { recursive: true, force: true });
    return measure(process.execPath, [command, 'synth'], FOLDER);
  };
  if (runs > 1) return repeat(runs, once);
  const { seconds, megabytes } = await once();
  return { seconds: spreadOf([seconds]), megabytes: spreadOf([megabytes]) };
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';
