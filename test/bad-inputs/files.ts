import { CART, PLATFORM, SAMPLE, SHOP, STAGING, STAGING_SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const MIB = 1024 * 1024;
const latin1 = Buffer.from('env:\n  NAME: caf\u00e9\n', 'latin1');
const utf16 = Buffer.from('\ufeffreplicas: 3\n', 'utf16le');

/** What stands at the place of an input is not a file, not readable, or not an input. */
export const files: readonly BadInput[] = [
  {
    title: 'a folder where a service should be',
    files: { [STAGING_SHOP]: { folder: true } },
    problems: [],
    cli: true,
  },
  { title: 'a folder where a platform should be', files: { [STAGING]: { folder: true } }, problems: [] },
  {
    title: 'a file where the folder of services should be',
    files: { [STAGING_SHOP]: undefined, 'environments/staging/services': 'replicas: 1\n' },
    problems: [],
  },
  { title: 'a link', files: { [STAGING_SHOP]: { link: '../../base/services/shop.yaml' } }, problems: [] },
  {
    title: 'a link to a device that never ends',
    files: { [STAGING_SHOP]: { link: '/dev/zero' } },
    problems: [],
  },
  { title: 'a link that leads nowhere', files: { [STAGING_SHOP]: { link: 'nowhere.yaml' } }, problems: [] },
  {
    title: 'a link to a folder outside as an environment',
    files: { 'environments/canary': { link: '../base' } },
    problems: [],
  },
  {
    title: 'a link to a folder outside as the folder of services',
    files: { 'environments/production/services': { link: '../staging/services' } },
    problems: [],
  },
  { title: 'a named pipe', files: { [STAGING_SHOP]: { pipe: true } }, problems: [], cli: true },
  { title: 'a file of 50 MB', files: { [STAGING_SHOP]: { size: 50 * MIB } }, problems: [], cli: true },
  {
    title: 'one byte more than 1 MiB',
    files: { [STAGING_SHOP]: `replicas: 1\n#${'x'.repeat(MIB - 13)}\n` },
    problems: [],
  },
  { title: 'Latin-1', files: { [STAGING_SHOP]: latin1 }, problems: [], cli: true },
  { title: 'UTF-16', files: { [STAGING_SHOP]: utf16 }, problems: [] },
  {
    title: 'a character cut in half at the end',
    files: { [STAGING_SHOP]: Buffer.from([0x61, 0x3a, 0x20, 0xe2, 0x82]) },
    problems: [],
  },
  {
    title: 'bad UTF-8 after a replacement character that is meant',
    files: {
      [STAGING_SHOP]: Buffer.concat([Buffer.from('env:\n  A: "\ufffd"\n  B: '), Buffer.from([0xff, 0x0a])]),
    },
    problems: [],
  },
  {
    title: 'a service file that ends in .yml',
    files: { 'environments/staging/services/cart.yml': 'replicas: 1\n' },
    problems: [],
  },
  {
    title: 'a service file in capitals',
    files: { 'environments/base/services/Cart.YAML': 'replicas: 1\n' },
    problems: [],
  },
  {
    title: 'a folder among the services',
    files: { 'environments/base/services/more': { folder: true } },
    problems: [],
  },
  {
    title: 'a platform file that ends in .yml',
    files: { [STAGING]: undefined, 'environments/staging/platform.yml': SAMPLE[STAGING] },
    problems: [],
  },
  {
    title: 'a typo in the name of the platform file',
    files: { 'environments/staging/plattform.yaml': SAMPLE[STAGING] },
    problems: [],
  },
  {
    title: 'a typo in the name of the folder of services',
    files: { 'environments/staging/service/cart.yaml': 'replicas: 1\n' },
    problems: [],
  },
  {
    title: 'a service file outside of any environment',
    files: { 'environments/cart.yaml': 'replicas: 1\n' },
    problems: [],
  },
  {
    title: 'an environment with a bad name',
    files: { 'environments/Canary_1/platform.yaml': 'namespace: canary\n' },
    problems: [],
  },
  {
    title: 'an environment with the name of a device',
    files: { 'environments/con/platform.yaml': 'namespace: canary\n' },
    problems: [],
  },
  {
    title: 'an environment named like an option',
    files: { 'environments/-n/platform.yaml': 'namespace: canary\n' },
    problems: [],
  },
  {
    title: 'an environment with a line break in its name',
    files: { 'environments/a\nb/platform.yaml': 'namespace: canary\n' },
    problems: [],
  },
  {
    title: 'an environment with a name of 64 characters',
    files: { [`environments/${'e'.repeat(64)}/platform.yaml`]: 'namespace: canary\n' },
    problems: [],
  },
  {
    title: 'a service named after a device',
    files: { 'environments/base/services/con.yaml': SAMPLE[CART] },
    problems: [],
    cli: true,
  },
  {
    title: 'a service named like an option',
    files: { 'environments/base/services/-n.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service with a name of 64 characters',
    files: { [`environments/base/services/${'s'.repeat(64)}.yaml`]: SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service with capitals in its name',
    files: { 'environments/base/services/MyShop.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service that starts with a digit',
    files: { 'environments/base/services/2048.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service with a dot in its name',
    files: { 'environments/base/services/shop.v2.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service that ends with a dash',
    files: { 'environments/base/services/shop-.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service named platform',
    files: { 'environments/base/services/platform.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service named internet',
    files: { 'environments/base/services/internet.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service named __proto__',
    files: { 'environments/base/services/__proto__.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service with $(…) in its name',
    files: { 'environments/base/services/$(id).yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'a service with escape codes and a line break in its name',
    files: { 'environments/base/services/\u001b[31m\n.yaml': SAMPLE[CART] },
    problems: [],
  },
  {
    title: 'no base',
    files: { [PLATFORM]: undefined, [SHOP]: undefined, [CART]: undefined, [STAGING_SHOP]: undefined },
    problems: [],
  },
  { title: 'base without a platform', files: { [PLATFORM]: undefined }, problems: [] },
  {
    title: 'a service that only an environment has, not in full',
    files: { 'environments/staging/services/extra.yaml': 'replicas: 1\n' },
    problems: [],
  },
];
