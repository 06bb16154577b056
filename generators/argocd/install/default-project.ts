import type { DefaultProjectObject } from '../schemas.ts';

/**
 * The project that every Argo CD has and nobody can delete. As it comes, it permits everything everywhere.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#the-default-project
 */
export const defaultProject = (namespace: string): DefaultProjectObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'default', namespace },
  spec: {
    description: 'Nothing is permitted here: every Application names a project of its own.',
    sourceRepos: [],
    destinations: [],
    clusterResourceBlacklist: [{ group: '*', kind: '*' }],
    namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
  },
});
