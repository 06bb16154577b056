import { CASCADE, cascades, PATHS, WAVE } from '../../../argocd/application.ts';
import {
  applicationName,
  applicationsFolder,
  projectsFolder,
  projectsName,
  rootName,
} from '../../../argocd/names.ts';
import type { ApplicationObject } from '../../../argocd/schemas.ts';
import { CHART_FOLDER } from '../../../chart/chart.ts';
import { overlayFolder, valuesFile } from '../../../emit/unit.ts';
import { deepEqual } from '../../../json/equal.ts';
import { quote } from '../../../problems/problem.ts';
import { IN_CLUSTER } from '../../../resolve/argocd.ts';
import type { CheckId } from '../../../schema/check-ids.ts';
import { type ArgocdHere, named } from '../../argocd/here.ts';
import type { Raw } from '../../finding.ts';
import { argocdOnly, DEFECT, nameOf } from './about.ts';

/** Every unit has one Application, which reads and deploys just what is generated for it. */
export const applications = argocdOnly((here) => [
  ...coverage(here),
  ...expectedOf(here).flatMap((expected) =>
    named(here, expected.name).flatMap((one) => compare(one, expected)),
  ),
  ...waves(here),
]);

/** What an Application must be, told from the outputs and not from how it was made. */
interface Expected {
  name: string;
  source: { path: string; valueFiles?: string[] };
  /** From the root of the repository. */
  reads: string[];
  destination: { server: string; namespace: string };
  mayCascade: boolean;
}

function expectedOf(here: ArgocdHere): Expected[] {
  const { scene } = here;
  const { environment, settings } = scene;
  const own = { server: IN_CLUSTER, namespace: settings.instance.namespace };
  const folder = (name: string, path: string): Expected => {
    return { name, source: { path }, reads: [path], destination: own, mayCascade: false };
  };
  return [
    folder(rootName(scene), applicationsFolder(environment)),
    folder(projectsName(scene), projectsFolder(environment)),
    ...[...scene.units].map(([unit, deployed]): Expected => {
      const { delivery, namespace } = deployed;
      const overlay = overlayFolder(environment, unit);
      const values = valuesFile(environment, unit);
      const base = scene.bases.has(unit) ? [`base/${unit}`] : [];
      return {
        name: applicationName(scene, unit),
        source:
          delivery === 'helm' ? { path: CHART_FOLDER, valueFiles: [`../../${values}`] } : { path: overlay },
        reads: delivery === 'helm' ? [CHART_FOLDER, values] : [overlay, ...base],
        destination: { server: settings.server, namespace },
        mayCascade: cascades(scene, deployed),
      };
    }),
  ];
}

/** Everything that is generated has one Application, and each Application is there for something. */
function coverage(here: ArgocdHere): Raw[] {
  const expected = new Set(expectedOf(here).map(({ name }) => name));
  const strange = here.applications.filter(({ metadata }) => !expected.has(metadata.name));
  return [
    ...[...expected].flatMap((name) => {
      const count = named(here, name).length;
      return count === 1
        ? []
        : [raw('application-missing', `there are ${count} Applications ${quote(name)}`)];
    }),
    ...strange.map((one) => raw('application-missing', `${nameOf(one)} deploys nothing that is generated`)),
  ];
}

function compare(application: ApplicationObject, expected: Expected): Raw[] {
  const { metadata, spec } = application;
  const { path, helm, targetRevision } = spec.source;
  const told = nameOf(application);
  const source = { path, ...(helm === undefined ? {} : { valueFiles: helm.valueFiles }) };
  const reads = (metadata.annotations[PATHS] ?? '').split(';');
  const must = expected.reads.map((one) => `/${one}`);
  return [
    ...rawUnless(
      deepEqual(source, expected.source),
      'application-source',
      () =>
        `${told} takes ${JSON.stringify(source)}; what is generated for it is ${JSON.stringify(expected.source)}`,
    ),
    ...rawUnless(
      /^(refs\/.+|[0-9a-f]{40})$/.test(targetRevision),
      'application-source',
      () =>
        `${told} takes the revision ${quote(targetRevision)}, which several things can mean; expected one in full, such as refs/heads/main`,
    ),
    ...rawUnless(
      deepEqual(spec.destination, expected.destination),
      'application-destination',
      () =>
        `${told} deploys to ${JSON.stringify(spec.destination)}; the environment is ${JSON.stringify(expected.destination)}`,
    ),
    ...rawUnless(
      deepEqual([...reads].sort(), [...must].sort()),
      'application-paths',
      () =>
        `${told} says in ${PATHS} that it reads ${quote(reads.join(';'))}; it reads ${quote(must.join(';'))}`,
    ),
    ...rawUnless(
      expected.mayCascade || !(metadata.finalizers ?? []).some((finalizer) => finalizer.startsWith(CASCADE)),
      'application-cascades',
      () => `${told} deletes all its objects when it goes, and it must not`,
    ),
  ];
}

/** Nothing is deployed before what it calls, unless they call each other. */
function waves(here: ArgocdHere): Raw[] {
  const { scene } = here;
  const waveOf = (unit: string) =>
    Number(named(here, applicationName(scene, unit))[0]?.metadata.annotations[WAVE] ?? Number.NaN);
  return [...scene.units].flatMap(([unit, { calls }]) =>
    calls
      .filter((callee) => scene.units.has(callee) && !(waveOf(callee) <= waveOf(unit)))
      .map((callee) =>
        raw(
          'application-wave',
          `${unit} calls ${callee}, and wave ${waveOf(unit)} comes before wave ${waveOf(callee)}`,
        ),
      ),
  );
}

const raw = (id: CheckId, message: string): Raw => ({ id, keys: [['argocd']], message, hint: DEFECT });

const rawUnless = (holds: boolean, id: CheckId, message: () => string): Raw[] =>
  holds ? [] : [raw(id, message())];
