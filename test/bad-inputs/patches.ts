import { append, STAGING_SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const patch = (text: string) => append(STAGING_SHOP, `patch:\n${text}`);

/** Patches that do not fit the objects. */
export const patches: readonly BadInput[] = [
  {
    title: 'a patch of what Helm delivers',
    files: patch('  Deployment:\n    spec: { paused: true }\ndelivery: helm\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:1: patch: cannot be delivered by Helm; delete it, or set delivery: kustomize in staging',
    ],
  },
  {
    title: 'a way of delivery that there is not',
    files: append(STAGING_SHOP, 'delivery: hlem\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:11: delivery: "hlem" is not allowed; did you mean "helm"? allowed: helm, kustomize',
    ],
  },
  {
    title: 'a kind that the service does not have',
    files: patch('  DaemonSet:\n    spec: {}\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: patch.DaemonSet: this service has no "DaemonSet"; allowed: Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount',
    ],
  },
  {
    title: 'a typo in a kind of object',
    files: patch('  Deploymnet:\n    spec: { paused: true }\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: patch.Deploymnet: this service has no "Deploymnet"; did you mean "Deployment"? allowed: Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount',
    ],
    cli: true,
  },
  {
    title: 'a text for a patch',
    files: patch('  Deployment: paused\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:15: patch.Deployment: "paused" is not allowed; expected a map: a strategic merge patch',
    ],
  },
  {
    title: 'a field that the kind does not have',
    files: patch('  Deployment:\n    spec:\n      pausd: true\n'),
    problems: [
      'environments/staging/services/shop.yaml:5:7: patch.Deployment.spec.pausd: unknown field; a Deployment has no such field here',
    ],
  },
  {
    title: 'a field that the kind does not have, in a list',
    files: patch(
      '  Deployment:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: shop\n              imagePullPolcy: Always\n',
    ),
    problems: [
      'environments/staging/services/shop.yaml:9:15: patch.Deployment.spec.template.spec.containers.0.imagePullPolcy: unknown field; a Deployment has no such field here',
    ],
  },
  {
    title: 'a value of the wrong type',
    files: patch('  Deployment:\n    spec:\n      paused: sometimes\n'),
    problems: [
      'environments/staging/services/shop.yaml:5:15: patch.Deployment.spec.paused: /spec/paused of the Deployment must be boolean',
    ],
  },
  {
    title: 'a value of the wrong type in a list',
    files: patch(
      '  Deployment:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: shop\n              stdin: maybe\n',
    ),
    problems: [
      'environments/staging/services/shop.yaml:8:13: patch.Deployment.spec.template.spec.containers: /spec/template/spec/containers/0/stdin of the Deployment must be boolean',
    ],
  },
  {
    title: 'the name of the object',
    files: patch('  Deployment:\n    metadata:\n      name: other\n'),
    problems: [
      'environments/staging/services/shop.yaml:5:7: patch.Deployment.metadata.name: names the object and cannot be patched; delete this key',
    ],
  },
  {
    title: 'the namespace of the object',
    files: patch('  Deployment:\n    metadata:\n      namespace: kube-system\n'),
    problems: [
      'environments/staging/services/shop.yaml:5:7: patch.Deployment.metadata.namespace: names the object and cannot be patched; delete this key',
    ],
  },
  {
    title: 'the API version of the object',
    files: patch('  Deployment:\n    apiVersion: apps/v1beta1\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:5: patch.Deployment.apiVersion: names the object and cannot be patched; delete this key',
    ],
  },
  {
    title: 'an unknown directive',
    files: patch('  Deployment:\n    spec:\n      $patch: explode\n'),
    problems: [
      'environments/staging/services/shop.yaml:5:15: patch.Deployment.spec.$patch: "explode" is not possible here; expected replace or merge',
    ],
  },
  {
    title: 'a directive that is not supported',
    files: patch(
      '  Deployment:\n    spec:\n      template:\n        spec:\n          $setElementOrder/containers: []\n',
    ),
    problems: [
      'environments/staging/services/shop.yaml:7:40: patch.Deployment.spec.template.spec.$setElementOrder/containers: this directive is not supported; use null, $patch: delete or $patch: replace',
    ],
  },
  {
    title: 'an element without its name',
    files: patch(
      '  Deployment:\n    spec:\n      template:\n        spec:\n          containers:\n            - image: other\n',
    ),
    problems: [
      'environments/staging/services/shop.yaml:8:15: patch.Deployment.spec.template.spec.containers.0: has no name, by which elements of this list are known; add it',
    ],
  },
  {
    title: 'deleting the whole object',
    files: patch('  Deployment:\n    $patch: delete\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:13: patch.Deployment.$patch: "delete" is not possible here; expected replace or merge',
    ],
  },
  {
    title: 'null for a field that is needed',
    files: patch('  Deployment:\n    spec:\n      selector: null\n'),
    problems: [
      'environments/staging/services/shop.yaml:5:7: patch.Deployment.spec: /spec of the Deployment must have required property selector',
    ],
  },
  {
    title: 'null for the whole patch',
    files: patch('  Deployment: null\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: patch.Deployment: has no value, and there is none to remove; give it one (an empty text is ""), or delete the line',
    ],
  },
];
