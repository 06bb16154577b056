import { append, edit, PLATFORM, SHOP, STAGING, STAGING_SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

/** Keys that are unknown, missing, or not possible as a name. */
export const keys: readonly BadInput[] = [
  { title: 'a typo at the top', files: edit(SHOP, 'replicas: 2', 'replcas: 2'), problems: [], cli: true },
  { title: 'a typo at the top, in capitals', files: edit(SHOP, 'replicas: 2', 'Replicas: 2'), problems: [] },
  { title: 'a key that resembles none', files: edit(SHOP, 'replicas: 2', 'zzzzzzzz: 2'), problems: [] },
  { title: 'a typo one level down', files: edit(SHOP, '  tag: 1.0.0', '  tga: 1.0.0'), problems: [] },
  { title: 'a typo two levels down', files: edit(SHOP, '    cpu: 100m', '    cpus: 100m'), problems: [] },
  {
    title: 'a typo in the long form of a port',
    files: edit(SHOP, 'http: 8080', 'http: { prot: 8080 }'),
    problems: [],
  },
  {
    title: 'a typo in the long form of a probe',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { path: /ready, perod: 5s }'),
    problems: [],
  },
  { title: 'a typo in a platform', files: append(STAGING, 'domian: staging.example.com\n'), problems: [] },
  { title: 'a key of a service in a platform', files: append(STAGING, 'replicas: 3\n'), problems: [] },
  {
    title: 'a key of a Deployment in a service',
    files: append(STAGING_SHOP, 'spec:\n  replicas: 3\n'),
    problems: [],
  },
  { title: 'a number as a key', files: append(STAGING_SHOP, '8080: http\n'), problems: [] },
  { title: 'no key at all', files: append(STAGING_SHOP, ': http\n'), problems: [] },
  { title: 'null as a key', files: append(STAGING_SHOP, '~: http\n'), problems: [] },
  { title: '__proto__ as a key', files: append(STAGING_SHOP, '__proto__:\n  replicas: 3\n'), problems: [] },
  {
    title: '__proto__ in quotes as a variable',
    files: append(STAGING_SHOP, 'env:\n  "__proto__": x\n'),
    problems: [],
  },
  { title: 'constructor as a key', files: append(STAGING_SHOP, 'constructor: x\n'), problems: [] },
  {
    title: 'a key of 10,000 characters',
    files: append(STAGING_SHOP, `? ${'k'.repeat(10_000)}\n: x\n`),
    problems: [],
  },
  {
    title: 'a key with a line break and an escape code',
    files: append(STAGING_SHOP, '"re\\nplicas\\u001b[31m": 3\n'),
    problems: [],
  },
  { title: 'no kind', files: edit(SHOP, 'kind: web\n', ''), problems: [] },
  {
    title: 'no image',
    files: edit(SHOP, 'image:\n  repository: ghcr.io/acme/shop\n  tag: 1.0.0\n', ''),
    problems: [],
  },
  { title: 'no memory limit', files: edit(SHOP, '  limits:\n    memory: 128Mi\n', ''), problems: [] },
  {
    title: 'no requests',
    files: edit(SHOP, '  requests:\n    cpu: 100m\n    memory: 64Mi\n', ''),
    problems: [],
  },
  { title: 'no domain', files: edit(PLATFORM, 'domain: demo.example.com\n', ''), problems: [] },
  {
    title: 'no port in the long form',
    files: edit(SHOP, 'http: 8080', 'http: { service: 80 }'),
    problems: [],
  },
  {
    title: 'autoscaling without a maximum',
    files: { [STAGING_SHOP]: 'replicas: null\nautoscaling: { min: 2 }\n' },
    problems: [],
  },
  {
    title: 'a required key that an environment removes',
    files: { [STAGING_SHOP]: 'image: null\n' },
    problems: [],
  },
  {
    title: 'a bad name of a variable',
    files: append(STAGING_SHOP, 'env:\n  LOG-LEVEL: debug\n'),
    problems: [],
  },
  {
    title: 'a variable that starts with a digit',
    files: append(STAGING_SHOP, 'env:\n  1ST: x\n'),
    problems: [],
  },
  { title: 'an empty name of a variable', files: append(STAGING_SHOP, 'env:\n  "": x\n'), problems: [] },
  {
    title: 'a name of a variable that YAML 1.1 takes for true',
    files: append(STAGING_SHOP, 'ports:\n  ON: 80\n'),
    problems: [],
  },
  {
    title: 'a port name of 16 characters',
    files: edit(SHOP, 'http: 8080', 'http: 8080\n  abcdefghijklmnop: 9090'),
    problems: [],
  },
  {
    title: 'a port name without a letter',
    files: edit(SHOP, 'http: 8080', 'http: 8080\n  8081: 8081'),
    problems: [],
  },
  {
    title: 'a file path that leads out',
    files: append(STAGING_SHOP, 'files:\n  /etc/../../x: text\n'),
    problems: [],
  },
  {
    title: 'a file path that is relative',
    files: append(STAGING_SHOP, 'files:\n  ../../x: text\n'),
    problems: [],
  },
  {
    title: 'a file path that ends in a slash',
    files: append(STAGING_SHOP, 'files:\n  /etc/app/: text\n'),
    problems: [],
  },
  {
    title: 'a file path of 10,000 characters',
    files: append(STAGING_SHOP, `files:\n  ? ${'/x'.repeat(5000)}\n  : text\n`),
    problems: [],
  },
  {
    title: 'a host with a space',
    files: append(STAGING_SHOP, 'route:\n  hosts:\n    my shop: /\n'),
    problems: [],
  },
  {
    title: 'a host with a wildcard',
    files: append(STAGING_SHOP, 'route:\n  hosts:\n    "*.example.com": /\n'),
    problems: [],
  },
  {
    title: 'a volume with a bad name',
    files: append(STAGING_SHOP, 'volumes:\n  Data_1: { path: /data, size: 1Gi }\n'),
    problems: [],
  },
  {
    title: 'a resource of a quota with a bad name',
    files: append(STAGING, 'quota:\n  Requests CPU: 2\n'),
    problems: [],
  },
  {
    title: 'a kind of a patch that cannot be one',
    files: append(STAGING_SHOP, 'patch:\n  apps/v1.Deployment: { spec: {} }\n'),
    problems: [],
  },
];
