/** `npm run bench`: what generate and verify cost, beside other tools, on this machine. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reasonOf } from '../generators/tools/command.ts';
import { type Cdk8s, installCdk8s } from './bench/cdk8s.ts';
import { measureGenerate } from './bench/generate.ts';
import { measurePlain } from './bench/plain.ts';
import { measureSlipway } from './bench/process.ts';
import { reportText } from './bench/report.ts';
import { writeBenchRepository } from './bench/repository.ts';
import type { Results, SizeResults } from './bench/results.ts';
import { repeat } from './bench/spread.ts';
import { measureVerify } from './bench/verify.ts';
import { command, noMore, UsageError } from './command.ts';
import { print } from './terminal.ts';

const HELP = `Measures generate and verify on repositories that it makes, and plain Node and cdk8s with the same objects.

Usage: npm run bench [-- --sizes 10,100,1000] [-- --runs N] [-- --no-cdk8s] [-- --no-verify] [-- --argocd]
                     [-- --json FILE]

  --sizes LIST   numbers of services (default: 10,100,1000)
  --runs N       how often each case counts (default: 5)
  --no-cdk8s     leave out cdk8s, which is installed into a scratch folder
  --no-verify    leave out verify and Kustomize
  --argocd       let Argo CD deploy staging and production: two more files for each service
  --json FILE    write all figures to a file as well
  -h, --help     this text

Exit status: 0 measured, whether goals are met or not; 1 a program failed; 2 wrong usage.`;

/** The size at which verify is compared: one Kustomize process per overlay takes minutes beyond it. */
const VERIFY_SIZE = 100;
/** From here on cdk8s runs once: it takes more than a minute for 1,000 services. */
const CDK8S_ONCE = 300;

const OPTIONS = {
  sizes: { type: 'string', default: '10,100,1000' },
  runs: { type: 'string', default: '5' },
  'no-cdk8s': { type: 'boolean', default: false },
  'no-verify': { type: 'boolean', default: false },
  argocd: { type: 'boolean', default: false },
  json: { type: 'string' },
} as const;

const run = command({
  name: 'bench',
  help: HELP,
  options: OPTIONS,
  async run(values, positionals) {
    noMore(positionals);
    const sizes = values.sizes.split(',').map((size) => numberOf('sizes', size));
    const runs = numberOf('runs', values.runs);
    const skipped: string[] = [];
    const bench = {
      sizes: sizes.sort((a, b) => a - b),
      runs,
      verify: !values['no-verify'],
      argocd: values.argocd,
      cdk8s: values['no-cdk8s'] ? undefined : await cdk8sOr(skipped),
      skipped,
    };
    const results = await measureAll(bench);
    print(reportText(results, skipped));
    if (values.json !== undefined) writeJson(values.json, results);
    return 0;
  },
});

interface Bench {
  sizes: readonly number[];
  runs: number;
  verify: boolean;
  argocd: boolean;
  cdk8s: Cdk8s | undefined;
  /** Reasons for what is left out. */
  skipped: string[];
}

async function cdk8sOr(skipped: string[]): Promise<Cdk8s | undefined> {
  say('installing cdk8s into a scratch folder');
  const installed = await installCdk8s();
  if (!('missing' in installed)) return installed;
  skipped.push(`cdk8s cannot be installed: ${installed.missing}`);
  return undefined;
}

async function measureAll(bench: Bench): Promise<Results> {
  say('measuring start-up');
  const startUp = await repeat(bench.runs, () => measureSlipway('generate', '--help'));
  const sizes: SizeResults[] = [];
  let verify: Results['verify'];
  for (const services of bench.sizes) {
    await inRepository(services, bench.argocd, async (root) => {
      sizes.push(await measureSize(bench, root, services));
      if (bench.verify && services === VERIFY_SIZE) verify = await verifyOr(bench, root, services);
    });
  }
  if (bench.verify && verify === undefined && bench.skipped.length === 0)
    bench.skipped.push(`verify is measured with ${VERIFY_SIZE} services only`);
  return { machine: machine(), runs: bench.runs, startUp, sizes, ...(verify && { verify }) };
}

async function measureSize({ runs, cdk8s }: Bench, root: string, services: number): Promise<SizeResults> {
  say(`measuring generate with ${services} services`);
  const generate = await measureGenerate(root, runs);
  const plain = await measurePlain(root, runs);
  if (cdk8s === undefined) return { services, generate, plain };
  say(`measuring cdk8s with ${services} services`);
  const times = services > CDK8S_ONCE ? 1 : runs;
  const environment = await cdk8s.measure(root, 'environment', times);
  const service = await cdk8s.measure(root, 'service', times);
  return { services, generate, plain, cdk8s: { environment, service } };
}

async function verifyOr(bench: Bench, root: string, services: number): Promise<Results['verify']> {
  say(`measuring verify with ${services} services, and one Kustomize process per overlay`);
  try {
    return { services, costs: await measureVerify(root, bench.runs) };
  } catch (error) {
    bench.skipped.push(`verify: ${reasonOf(error)}`);
    return undefined;
  }
}

/** Makes a repository of inputs, and removes it with all that was generated. */
async function inRepository(
  services: number,
  argocd: boolean,
  use: (root: string) => Promise<void>,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    writeBenchRepository(root, services, argocd);
    await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const machine = (): Results['machine'] => ({
  node: process.version,
  system: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? 'unknown processor',
});

function writeJson(file: string, results: Results): void {
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
  writeFileSync(path, `${JSON.stringify(results, undefined, 2)}\n`);
}

function numberOf(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UsageError(`--${option} ${text}: expected whole numbers from 1 on`);
  return number;
}

const say = (line: string) => process.stderr.write(`${line}\n`);

process.exitCode = await run(process.argv.slice(2));
