import { emitUnit } from '../emit/unit.ts';
import { deepEqual } from '../json/equal.ts';
import { compose, type OutputFile } from '../output/file.ts';
import type { InputList } from '../read/list.ts';
import { derivedNames } from '../resolve/derived-names.ts';
import type { WritePlan } from '../write/plan.ts';
import { type Changes, filesFor } from './changes.ts';
import { writeOutput } from './generate.ts';
import { type RepositoryInput, readFiles } from './input.ts';
import { type RememberedService, type Stamps, writeMemory } from './memory.ts';
import { type GenerateReport, reportOf } from './report.ts';
import { emitCommon, type KnownService, modelInput, type RepositoryModel } from './repository.ts';
import { resolveScenes } from './scene.ts';
import { type JoinedService, joinScenes } from './service.ts';
import { stampOf } from './stamp.ts';

/** Makes everything, and remembers it. */
export function makeAll(root: string, engine: string, list: InputList, inputs: Stamps): GenerateReport {
  const input = { environments: list.environments, ...readFiles(root, list.files, list.problems) };
  return make({ root, engine, environments: list.environments, inputs }, input, new Map());
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
  const kept = new Map([...services].filter(([name]) => !all.has(name)));
  return make({ root, engine: memory.engine, environments: memory.environments, inputs }, input, kept);
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

interface Run {
  root: string;
  engine: string;
  environments: readonly string[];
  inputs: Stamps;
}

function make(
  run: Run,
  input: RepositoryInput,
  kept: ReadonlyMap<string, RememberedService>,
): GenerateReport {
  const { root } = run;
  const known = new Map([...kept].map(([name, { facts }]) => [name, facts]));
  const model = modelInput(input, known);
  const made = new Map(model.units.map((unit) => [unit.folder, emitUnit(unit)]));
  const outputs = compose([...[...made.values()].flat(), ...emitCommon(model)]);
  const intact = new Set([...kept.values()].flatMap((service) => Object.keys(service.outputs)));
  const plan = writeOutput(root, outputs, intact);
  remember(run, model, made, outputs, kept);
  return report(model, kept, plan);
}

function remember(
  { root, engine, environments, inputs }: Run,
  model: RepositoryModel,
  made: ReadonlyMap<string, readonly OutputFile[]>,
  outputs: readonly OutputFile[],
  kept: ReadonlyMap<string, RememberedService>,
): void {
  const stamps = (files: readonly OutputFile[]): Stamps =>
    Object.fromEntries(files.map(({ path }) => [path, stampOf(root, path) ?? '']));
  const services = new Map<string, RememberedService>(kept);
  const owned = new Set<string>();
  for (const service of model.services) {
    const files = made.get(service.name) ?? [];
    for (const { path } of files) owned.add(path);
    services.set(service.name, {
      facts: factsBy(service),
      mentions: mentionsOf(service),
      outputs: stamps(files),
    });
  }
  const common = stamps(outputs.filter(({ path }) => !owned.has(path)));
  writeMemory(root, { engine, environments, inputs, services: Object.fromEntries(services), common });
}

function report(
  model: RepositoryModel,
  kept: ReadonlyMap<string, RememberedService>,
  plan: WritePlan,
): GenerateReport {
  return reportOf(model.services.length + kept.size, model.scenes.length, plan);
}

const factsBy = ({ states }: JoinedService): KnownService =>
  Object.fromEntries([...states].map(([environment, { facts }]) => [environment, facts]));

/** Services of which a service must know whether they are there, and what they are. */
const mentionsOf = ({ name, states }: JoinedService): string[] => {
  const names = [...states.values()].flatMap(({ resolved }) => {
    const { from = [], to = [] } = resolved.value.network ?? {};
    return [...from, ...to, ...derivedNames(name, resolved.value)];
  });
  return [...new Set(names)].sort();
};
