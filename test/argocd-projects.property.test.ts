import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { applicationName, projectName, roleOf } from '../generators/argocd/names.ts';
import { argocdObjects } from '../generators/argocd/objects.ts';
import { type ArgocdScene, groupKind, partsOf } from '../generators/argocd/scene.ts';
import type { AppProjectObject } from '../generators/argocd/schemas.ts';
import { argocdProblems } from '../generators/argocd/validate.ts';
import {
  type Candidate,
  permitsDestination,
  permitsObject,
  permitsSource,
} from '../generators/check/argocd/permits.ts';
import { checkWorld } from '../generators/check/check.ts';
import { readWorld } from '../generators/check/world.ts';
import { generate } from '../generators/generate/generate.ts';
import { argocdOf, emitRepository, modelRepository } from '../generators/generate/repository.ts';
import type { KubernetesObject } from '../generators/model/object.ts';
import { ProblemsError } from '../generators/problems/problem.ts';
import { applicationFailures } from '../generators/verify/applications.ts';
import { targetsOf } from '../generators/verify/target.ts';
import { repositoryInputs, yamlFiles } from './support/arbitrary/repository.ts';
import { writeFiles } from './support/random-repositories.ts';
import { numberFromEnv, samples } from './support/seed.ts';

const RUNS = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 100);

const top = mkdtempSync(join(tmpdir(), 'slipway-argocd-'));
afterAll(() => rmSync(top, { recursive: true }));

/** What an object is to a project: one that stands in no namespace belongs to the cluster. */
const candidateOf = (object: KubernetesObject, namespace: string): Candidate => ({
  ...partsOf(groupKind(object)),
  name: object.metadata.name,
  namespace: object.kind === 'Namespace' ? undefined : namespace,
});

interface Permission {
  scene: ArgocdScene;
  project: AppProjectObject;
  candidate: Candidate;
}

const repositories = samples(repositoryInputs, RUNS).flatMap(({ number, value }) => {
  const root = join(top, String(number));
  writeFiles(root, yamlFiles(value));
  try {
    return [{ root, model: modelRepository(root) }];
  } catch (error) {
    if (error instanceof ProblemsError) return [];
    throw error;
  }
});

/** Every generated object with the project that it is deployed by, as the Applications on disk would have it. */
const permissions: Permission[] = repositories.flatMap(({ model }) =>
  argocdOf(model, undefined).flatMap((scene) => {
    const { projects, applications } = argocdObjects(scene);
    return model.units.flatMap(({ folder, states }) => {
      const state = states.get(scene.environment);
      const application = applications.find(
        ({ metadata }) => metadata.name === applicationName(scene, folder),
      );
      const project = projects.find(({ metadata }) => metadata.name === application?.spec.project);
      if (state === undefined || project === undefined) return [];
      return state.objects.map((object) => ({
        scene,
        project,
        candidate: candidateOf(object, state.namespace),
      }));
    });
  }),
);

const permitted = ({ scene, project }: Permission, candidate: Candidate, server = scene.settings.server) =>
  permitsObject(project.spec, server, candidate);

describe('projects of random repositories', () => {
  it('are about many objects of many kinds, in several environments', () => {
    expect(permissions.length).toBeGreaterThan(RUNS * 10);
    const kinds = new Set(permissions.map(({ candidate: { kind } }) => kind));
    expect(kinds.size).toBeGreaterThan(12);
    expect(new Set(permissions.map(({ scene }) => scene.settings.server)).size).toBe(2);
  });

  it('permit every object that is generated', () => {
    const refused = permissions.filter((one) => !permitted(one, one.candidate));
    expect(refused.map(({ candidate, project }) => [project.metadata.name, candidate])).toEqual([]);
    for (const { scene, project } of permissions) {
      const { server, repository } = scene.settings;
      expect(permitsSource(project.spec, repository)).toBe(true);
      expect(permitsDestination(project.spec, { server, namespace: scene.namespace })).toBe(true);
    }
  });

  it.each<[string, (one: Permission) => boolean]>([
    [
      'another kind',
      (one) => permitted(one, { ...one.candidate, kind: 'Role', group: 'rbac.authorization.k8s.io' }),
    ],
    [
      'a kind of the same name in another group',
      (one) => permitted(one, { ...one.candidate, group: 'example.com' }),
    ],
    [
      'a kind of the cluster',
      (one) => permitted(one, { ...one.candidate, kind: 'ClusterRole', namespace: undefined }),
    ],
    [
      'a kind that stands in a namespace, without one',
      (one) =>
        permitted(one, {
          ...one.candidate,
          kind: one.candidate.kind.replace('Namespace', 'Node'),
          namespace: undefined,
        }),
    ],
    [
      'another namespace',
      (one) =>
        permitted(
          one,
          one.candidate.namespace === undefined
            ? { ...one.candidate, name: `${one.candidate.name}-x` }
            : { ...one.candidate, namespace: `${one.candidate.namespace}-x` },
        ),
    ],
    [
      'the namespace of Argo CD',
      (one) =>
        permitted(one, { ...one.candidate, name: 'argocd', namespace: one.candidate.namespace && 'argocd' }),
    ],
    [
      'another cluster',
      (one) =>
        one.candidate.namespace !== undefined &&
        permitted(one, one.candidate, 'https://elsewhere.example.com'),
    ],
    ['another repository', ({ project }) => permitsSource(project.spec, 'https://github.com/acme/shop2.git')],
    ['a repository inside', ({ project: { spec } }) => permitsSource(spec, `${spec.sourceRepos[0]}/more`)],
    [
      'another destination',
      ({ scene, project }) =>
        permitsDestination(project.spec, { server: scene.settings.server, namespace: 'kube-system' }),
    ],
  ])('refuse %s', (_, isPermitted) => {
    expect(permissions.filter(isPermitted)).toEqual([]);
  });

  it('keep services and the platform of an environment apart', () => {
    const scenes = [...new Set(permissions.map(({ scene }) => scene))];
    for (const scene of scenes) {
      const units = [...scene.units.keys()];
      expect(
        units.filter((unit) => roleOf(unit) === 'platform').every((unit) => unit.startsWith('platform/')),
      ).toBe(true);
      const services = argocdObjects(scene).projects.find(
        ({ metadata }) => metadata.name === projectName.services(scene),
      );
      expect(services?.spec.clusterResourceWhitelist).toBeUndefined();
    }
  });
});

describe('what Argo CD gets for random repositories', () => {
  it('has only fields that are known, and that the kind allows', () => {
    let objects = 0;
    for (const { model } of repositories) {
      for (const { path, content } of emitRepository(model, undefined)) {
        if (!path.startsWith('argocd/') || path.endsWith('/values.yaml') || path.endsWith('.md')) continue;
        objects++;
        expect(argocdProblems(load(content)), path).toEqual([]);
      }
    }
    expect(objects).toBeGreaterThan(RUNS * 5);
  });

  it('is on disk so that every Application takes what is generated, each folder once', () => {
    let applications = 0;
    for (const { root, model } of repositories.slice(0, 25)) {
      generate(root, false);
      const targets = model.units.flatMap((unit) => targetsOf(root, unit, { kustomize: 'k', helm: 'h' }));
      for (const scene of argocdOf(model, undefined)) {
        applications += scene.units.size;
        expect(applicationFailures(root, scene, targets)).toEqual([]);
      }
    }
    expect(applications).toBeGreaterThan(25);
  });

  it('passes all checks that are about it', () => {
    const found = repositories
      .slice(0, 30)
      .flatMap(({ root }) => checkWorld(readWorld(root), '2030-01-01').findings);
    const ids = found.map(({ id }) => id).filter((id) => /^(project|application|confirmation)-/.test(id));
    expect(ids.filter((id) => id !== 'application-automated')).toEqual([]);
  });
});

describe('a schema of ours', () => {
  const good = () => {
    const { applications, projects } = argocdObjects(permissions[0]?.scene as ArgocdScene);
    return structuredClone({ application: applications[1], project: projects[0] }) as unknown as {
      application: Record<string, Record<string, Record<string, unknown>>>;
      project: Record<string, Record<string, unknown>>;
    };
  };

  it('refuses a field that it does not know, wherever it stands', () => {
    const { application, project } = good();
    expect(argocdProblems(application)).toEqual([]);
    expect(argocdProblems(project)).toEqual([]);
    expect(argocdProblems({ ...application, more: 1 })[0]).toContain('more');
    (application['spec']?.['source'] as Record<string, unknown>)['ref'] = 'values';
    expect(argocdProblems(application).join()).toContain('ref');
    (project['spec'] as Record<string, unknown>)['sourceNamespaces'] = ['*'];
    expect(argocdProblems(project).join()).toContain('sourceNamespaces');
    expect(argocdProblems({ kind: 'ApplicationSet' })[0]).toContain('ApplicationSet');
    expect(argocdProblems(undefined)[0]).toContain('is no Application');
  });
});
