import { type PlannedApplication, planApplications } from '../argocd/emit.ts';
import { isPart } from '../argocd/scene.ts';
import { emitUnit } from '../emit/unit.ts';
import { deepEqual } from '../json/equal.ts';
import { compose, type OutputFile } from '../output/file.ts';
import type { InputList } from '../read/list.ts';
import { derivedNames } from '../resolve/derived-names.ts';
import type { WritePlan } from '../write/plan.ts';
import { type Stage, withStage } from '../write/stage.ts';
import { type Changes, filesFor } from './changes.ts';
import { DASHBOARDS, isDashboardOutput, measuredIn } from './dashboards.ts';
import { writeOutput } from './generate.ts';
import { type RepositoryInput, readFiles } from './input.ts';
import { type Memory, type RememberedService, type Stamps, writeMemory } from './memory.ts';
import { packed, unpacked } from './packed.ts';
import { type GenerateReport, reportOf } from './report.ts';
import { argocdOf, emitCommon, type KnownService, modelInput, type RepositoryModel } from './repository.ts';
import { resolveScenes } from './scene.ts';
import { type JoinedService, joinScenes } from './service.ts';
import { stampOf } from './stamp.ts';

/** Makes everything, and remembers it. */
export function makeAll(
  root: string,
  engine: string,
  repoUrl: string | undefined,
  list: InputList,
  inputs: Stamps,
): GenerateReport {
  const input = { environments: list.environments, ...readFiles(root, list.files, list.problems) };
  return make({ root, engine, repoUrl, environments: list.environments, inputs }, input, new Map());
}

/** Makes the services that have changed and those whose output depends on how they changed. */
export function makeSome(root: string, { memory, list, inputs, dirty }: Changes): GenerateReport {
  const services = new Map(Object.entries(memory.services));
  const read = (names: ReadonlySet<string>): RepositoryInput => ({
    environments: list.environments,
    ...readFiles(root, filesFor(list, names), list.problems),
  });
  const first = read(dirty);
  const dependents = dependentsOf(changedFacts(first, dirty, services), services);
  const all = new Set([...dirty, ...dependents]);
  const input = [...dependents].some((name) => !dirty.has(name)) ? read(all) : first;
  const deployed = unpacked(memory.deployed);
  const others = [...services].filter(([name]) => !all.has(name));
  const kept = new Map(
    others.map(([name, service]) => [name, { ...service, deployed: deployed.get(name) ?? {} }] as const),
  );
  const { engine, repoUrl, environments } = memory;
  return make({ root, engine, repoUrl, environments, inputs }, input, kept, memory);
}

/** Services that others now see in another way, in some environment. */
function changedFacts(
  input: RepositoryInput,
  dirty: ReadonlySet<string>,
  services: ReadonlyMap<string, RememberedService>,
): Set<string> {
  if (input.platformBroken) return new Set();
  const { scenes } = resolveScenes(input, [...services.keys()]);
  const changed = new Set<string>();
  for (const name of dirty) {
    const layers = input.services.get(name);
    const facts = layers === undefined ? {} : factsBy(joinScenes(name, layers, scenes));
    if (!deepEqual(facts, services.get(name)?.facts ?? {})) changed.add(name);
  }
  return changed;
}

function dependentsOf(
  changed: ReadonlySet<string>,
  services: ReadonlyMap<string, RememberedService>,
): Set<string> {
  const dependents = [...services].filter(([, { mentions }]) => mentions.some((name) => changed.has(name)));
  return new Set(dependents.map(([name]) => name));
}

/** A service that is not made again. */
type KeptService = RememberedService & KnownService;

interface Run {
  root: string;
  engine: string;
  repoUrl: string | undefined;
  environments: readonly string[];
  inputs: Stamps;
}

/** What the last run remembered, where its platforms are those of this one. */
type Before = Pick<Memory, 'common' | 'dashboards'>;

function make(
  run: Run,
  input: RepositoryInput,
  kept: ReadonlyMap<string, KeptService>,
  before?: Before,
): GenerateReport {
  const model = modelInput(input, kept, before?.dashboards);
  const plan = withStage(run.root, model.units.length, (stage) =>
    emitAndWrite(run, model, kept, stage, before),
  );
  return reportOf(model.services.length + kept.size, model.scenes.length, plan);
}

function emitAndWrite(
  run: Run,
  model: RepositoryModel,
  kept: ReadonlyMap<string, KeptService>,
  stage: Stage,
  before: Before | undefined,
): WritePlan {
  const argocd = argocdOf(model, run.repoUrl);
  const applications = planApplications(argocd);
  const fresh = applications.filter(({ unit, path, key }) => kept.get(unit)?.applications[path] !== key);
  const again = new Set(fresh.map(({ path }) => path));
  const units = new Map<string, readonly OutputFile[]>();
  for (const unit of model.units) {
    const files = emitUnit(unit);
    stage.add(files);
    units.set(unit.folder, files);
  }
  for (const { unit, file } of fresh) units.set(unit, [...(units.get(unit) ?? []), file()]);
  const outputs = compose([...[...units.values()].flat(), ...emitCommon(model, argocd)]);
  const boards = model.dashboards.kept ? dashboardStamps(before?.common ?? []) : [];
  const intact = [...kept.values()].flatMap(({ outputs }) => pathsOf(outputs));
  const plan = writeOutput(
    run.root,
    outputs,
    new Set([...intact.filter((path) => !again.has(path)), ...pathsOf(boards)]),
    stage,
  );
  remember(run, { model, units, applications, outputs, kept, boards });
  return plan;
}

interface Made {
  model: RepositoryModel;
  /** By unit, the files that were made. */
  units: ReadonlyMap<string, readonly OutputFile[]>;
  /** Applications of all units. */
  applications: readonly PlannedApplication[];
  outputs: readonly OutputFile[];
  kept: ReadonlyMap<string, KeptService>;
  /** Files of the dashboards that were not made again. */
  boards: Stamps;
}

const dashboardStamps = (common: Stamps): Stamps => common.filter(([path]) => isDashboardOutput(path));

const pathsOf = (stamps: Stamps): string[] => stamps.map(([path]) => path);

function remember(
  { root, engine, repoUrl, environments, inputs }: Run,
  { model, units, applications, outputs, kept, boards }: Made,
): void {
  const stamps = (files: readonly OutputFile[]): Stamps =>
    files.map(({ path }) => [path, stampOf(root, path) ?? '']);
  const keys = keysByUnit(applications);
  const services = new Map<string, RememberedService>();
  for (const [name, { deployed: _, ...service }] of kept) {
    const files = units.get(name);
    const own = { applications: keys.get(name) ?? {} };
    services.set(
      name,
      files === undefined
        ? service
        : { ...service, ...own, outputs: [...new Map([...service.outputs, ...stamps(files)])] },
    );
  }
  for (const service of model.services) {
    const { name } = service;
    services.set(name, {
      facts: factsBy(service),
      measured: measuredIn(service),
      mentions: mentionsOf(service),
      outputs: stamps(units.get(name) ?? []),
      applications: keys.get(name) ?? {},
    });
  }
  const owned = new Set(
    [...services.keys()].flatMap((name) => (units.get(name) ?? []).map(({ path }) => path)),
  );
  const common = [...boards, ...stamps(outputs.filter(({ path }) => !owned.has(path)))];
  const dashboards = { key: model.dashboards.key, deployed: model.deployed.get(DASHBOARDS) ?? {} };
  const deployed = packed(applications.length === 0 ? new Map() : servicesIn(model));
  const remembered = { inputs, services: Object.fromEntries(services), deployed, dashboards, common };
  writeMemory(root, { engine, repoUrl, environments, ...remembered });
}

/** What Argo CD needs to know of services; the parts of the platform are made each time. */
const servicesIn = ({ deployed }: RepositoryModel) =>
  new Map([...deployed].filter(([unit]) => !isPart(unit)));

/** By unit and path, what each Application was made of. */
function keysByUnit(applications: readonly PlannedApplication[]): Map<string, Record<string, string>> {
  const keys = new Map<string, Record<string, string>>();
  for (const { unit, path, key } of applications) {
    const own = keys.get(unit) ?? {};
    own[path] = key;
    keys.set(unit, own);
  }
  return keys;
}

const factsBy = ({ states }: JoinedService): KnownService['facts'] =>
  Object.fromEntries([...states].map(([environment, { facts }]) => [environment, facts]));

/** Services of which a service must know whether they are there, and what they are. */
const mentionsOf = ({ name, states }: JoinedService): string[] => {
  const names = [...states.values()].flatMap(({ resolved }) => {
    const { from = [], to = [] } = resolved.value.network ?? {};
    return [...from, ...to, ...derivedNames(name, resolved.value)];
  });
  return [...new Set(names)].sort();
};
