import { append, STAGING_SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const patch = (text: string) => append(STAGING_SHOP, `patch:\n${text}`);

/** Patches that do not fit the objects. */
export const patches: readonly BadInput[] = [
  {
    title: 'a kind that the service does not have',
    files: patch('  DaemonSet:\n    spec: {}\n'),
    problems: [],
  },
  {
    title: 'a typo in a kind',
    files: patch('  Deploymnet:\n    spec: { paused: true }\n'),
    problems: [],
    cli: true,
  },
  { title: 'a text for a patch', files: patch('  Deployment: paused\n'), problems: [] },
  {
    title: 'a field that the kind does not have',
    files: patch('  Deployment:\n    spec:\n      pausd: true\n'),
    problems: [],
  },
  {
    title: 'a field that the kind does not have, in a list',
    files: patch(
      '  Deployment:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: shop\n              imagePullPolcy: Always\n',
    ),
    problems: [],
  },
  {
    title: 'a value of the wrong type',
    files: patch('  Deployment:\n    spec:\n      paused: sometimes\n'),
    problems: [],
  },
  {
    title: 'a value of the wrong type in a list',
    files: patch(
      '  Deployment:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: shop\n              stdin: maybe\n',
    ),
    problems: [],
  },
  {
    title: 'the name of the object',
    files: patch('  Deployment:\n    metadata:\n      name: other\n'),
    problems: [],
  },
  {
    title: 'the namespace of the object',
    files: patch('  Deployment:\n    metadata:\n      namespace: kube-system\n'),
    problems: [],
  },
  {
    title: 'the API version of the object',
    files: patch('  Deployment:\n    apiVersion: apps/v1beta1\n'),
    problems: [],
  },
  {
    title: 'an unknown directive',
    files: patch('  Deployment:\n    spec:\n      $patch: explode\n'),
    problems: [],
  },
  {
    title: 'a directive that is not supported',
    files: patch(
      '  Deployment:\n    spec:\n      template:\n        spec:\n          $setElementOrder/containers: []\n',
    ),
    problems: [],
  },
  {
    title: 'an element without its name',
    files: patch(
      '  Deployment:\n    spec:\n      template:\n        spec:\n          containers:\n            - image: other\n',
    ),
    problems: [],
  },
  { title: 'deleting the whole object', files: patch('  Deployment:\n    $patch: delete\n'), problems: [] },
  {
    title: 'null for a field that is needed',
    files: patch('  Deployment:\n    spec:\n      selector: null\n'),
    problems: [],
  },
  { title: 'null for the whole patch', files: patch('  Deployment: null\n'), problems: [] },
];
