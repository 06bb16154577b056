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
    problems: ['environments/staging/services/shop.yaml:1:1: is a folder; a file is expected here'],
    cli: true,
  },
  {
    title: 'a folder where a platform should be',
    files: { [STAGING]: { folder: true } },
    problems: ['environments/staging/platform.yaml:1:1: is a folder; a file is expected here'],
  },
  {
    title: 'a file where the folder of services should be',
    files: { [STAGING_SHOP]: undefined, 'environments/staging/services': 'replicas: 1\n' },
    problems: [
      'environments/staging/services:1:1: is not a folder; expected one with a file <service>.yaml for each service',
    ],
  },
  {
    title: 'a link',
    files: { [STAGING_SHOP]: { link: '../../base/services/shop.yaml' } },
    problems: ['environments/staging/services/shop.yaml:1:1: is a symbolic link; put the file itself here'],
  },
  {
    title: 'a link to a device that never ends',
    files: { [STAGING_SHOP]: { link: '/dev/zero' } },
    problems: ['environments/staging/services/shop.yaml:1:1: is a symbolic link; put the file itself here'],
  },
  {
    title: 'a link that leads nowhere',
    files: { [STAGING_SHOP]: { link: 'nowhere.yaml' } },
    problems: ['environments/staging/services/shop.yaml:1:1: is a symbolic link; put the file itself here'],
  },
  {
    title: 'a link to a folder outside as an environment',
    files: { 'environments/canary': { link: '../base' } },
    problems: ['environments/canary:1:1: is a symbolic link; put the folder itself here'],
  },
  {
    title: 'a link to a folder outside as the folder of services',
    files: { 'environments/production/services': { link: '../staging/services' } },
    problems: ['environments/production/services:1:1: is a symbolic link; put the folder itself here'],
  },
  {
    title: 'a named pipe',
    files: { [STAGING_SHOP]: { pipe: true } },
    problems: ['environments/staging/services/shop.yaml:1:1: is not a regular file'],
    cli: true,
  },
  {
    title: 'a file of 50 MB',
    files: { [STAGING_SHOP]: { size: 50 * MIB } },
    problems: [
      'environments/staging/services/shop.yaml:1:1: has 52428800 bytes; at most 1048576 are allowed',
    ],
    cli: true,
  },
  {
    title: 'one byte more than 1 MiB',
    files: { [STAGING_SHOP]: `replicas: 1\n#${'x'.repeat(MIB - 13)}\n` },
    problems: ['environments/staging/services/shop.yaml:1:1: has 1048577 bytes; at most 1048576 are allowed'],
  },
  {
    title: 'Latin-1',
    files: { [STAGING_SHOP]: latin1 },
    problems: [
      'environments/staging/services/shop.yaml:2:12: is not UTF-8 from here on; save the file as UTF-8',
    ],
    cli: true,
  },
  {
    title: 'UTF-16',
    files: { [STAGING_SHOP]: utf16 },
    problems: [
      'environments/staging/services/shop.yaml:1:1: is not UTF-8 from here on; save the file as UTF-8',
    ],
  },
  {
    title: 'a character cut in half at the end',
    files: { [STAGING_SHOP]: Buffer.from([0x61, 0x3a, 0x20, 0xe2, 0x82]) },
    problems: [
      'environments/staging/services/shop.yaml:1:4: is not UTF-8 from here on; save the file as UTF-8',
    ],
  },
  {
    title: 'bad UTF-8 after a replacement character that is meant',
    files: {
      [STAGING_SHOP]: Buffer.concat([Buffer.from('env:\n  A: "\ufffd"\n  B: '), Buffer.from([0xff, 0x0a])]),
    },
    problems: [
      'environments/staging/services/shop.yaml:3:6: is not UTF-8 from here on; save the file as UTF-8',
    ],
  },
  {
    title: 'a service file that ends in .yml',
    files: { 'environments/staging/services/cart.yml': 'replicas: 1\n' },
    problems: [
      'environments/staging/services/cart.yml:1:1: is not an input; a service is a file <service>.yaml',
    ],
  },
  {
    title: 'a service file in capitals',
    files: { 'environments/base/services/Cart.YAML': 'replicas: 1\n' },
    problems: [
      'environments/base/services/Cart.YAML:1:1: is not an input; a service is a file <service>.yaml',
    ],
  },
  {
    title: 'a folder among the services',
    files: { 'environments/base/services/more': { folder: true } },
    problems: ['environments/base/services/more:1:1: is not an input; a service is a file <service>.yaml'],
  },
  {
    title: 'a platform file that ends in .yml',
    files: { [STAGING]: undefined, 'environments/staging/platform.yml': SAMPLE[STAGING] },
    problems: [
      'environments/staging/platform.yml:1:1: is not part of an environment; did you mean "platform.yaml"? allowed: platform.yaml, services',
    ],
  },
  {
    title: 'a typo in the name of the platform file',
    files: { 'environments/staging/plattform.yaml': SAMPLE[STAGING] },
    problems: [
      'environments/staging/plattform.yaml:1:1: is not part of an environment; did you mean "platform.yaml"? allowed: platform.yaml, services',
    ],
  },
  {
    title: 'a typo in the name of the folder of services',
    files: { 'environments/staging/service/cart.yaml': 'replicas: 1\n' },
    problems: [
      'environments/staging/service:1:1: is not part of an environment; did you mean "services"? allowed: platform.yaml, services',
    ],
  },
  {
    title: 'a service file outside of any environment',
    files: { 'environments/cart.yaml': 'replicas: 1\n' },
    problems: [
      'environments/cart.yaml:1:1: does not belong here; inputs stand in a folder of an environment',
    ],
  },
  {
    title: 'an environment with a bad name',
    files: { 'environments/Canary_1/platform.yaml': 'namespace: canary\n' },
    problems: [
      'environments/Canary_1:1:1: "Canary_1" is not an environment name; expected lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'an environment with the name of a device',
    files: { 'environments/con/platform.yaml': 'namespace: canary\n' },
    problems: ['environments/con:1:1: "con" is a device name on Windows; choose another name'],
  },
  {
    title: 'an environment named like an option',
    files: { 'environments/-n/platform.yaml': 'namespace: canary\n' },
    problems: [
      'environments/-n:1:1: "-n" is not an environment name; expected lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'an environment with a line break in its name',
    files: { 'environments/a\nb/platform.yaml': 'namespace: canary\n' },
    problems: [
      'environments/a\\u000ab:1:1: "a\\nb" is not an environment name; expected lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'an environment with a name of 64 characters',
    files: { [`environments/${'e'.repeat(64)}/platform.yaml`]: 'namespace: canary\n' },
    problems: [
      'environments/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee:1:1: "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee…" is not an environment name; expected lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'a service named after a device',
    files: { 'environments/base/services/con.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/con.yaml:1:1: "con" is a device name on Windows; choose another name',
    ],
    cli: true,
  },
  {
    title: 'a service named like an option',
    files: { 'environments/base/services/-n.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/-n.yaml:1:1: "-n" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'a service with a name of 64 characters',
    files: { [`environments/base/services/${'s'.repeat(64)}.yaml`]: SAMPLE[CART] },
    problems: [
      'environments/base/services/ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss.yaml:1:1: "sssssssssssssssssssssssssssssssssssssssssssssssssssssssss…" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'a service with capitals in its name',
    files: { 'environments/base/services/MyShop.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/MyShop.yaml:1:1: "MyShop" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'a service that starts with a digit',
    files: { 'environments/base/services/2048.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/2048.yaml:1:1: "2048" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'a service with a dot in its name',
    files: { 'environments/base/services/shop.v2.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/shop.v2.yaml:1:1: "shop.v2" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'a service that ends with a dash',
    files: { 'environments/base/services/shop-.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/shop-.yaml:1:1: "shop-" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'a service named platform',
    files: { 'environments/base/services/platform.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/platform.yaml:1:1: "platform" is a word of Slipway\'s own; choose another name',
    ],
  },
  {
    title: 'a service named internet',
    files: { 'environments/base/services/internet.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/internet.yaml:1:1: "internet" is a word of Slipway\'s own; choose another name',
    ],
  },
  {
    title: 'a service named __proto__',
    files: { 'environments/base/services/__proto__.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/__proto__.yaml:1:1: "__proto__" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'a service with $(…) in its name',
    files: { 'environments/base/services/$(id).yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/$(id).yaml:1:1: "$(id)" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'a service with escape codes and a line break in its name',
    files: { 'environments/base/services/\u001b[31m\n.yaml': SAMPLE[CART] },
    problems: [
      'environments/base/services/\\u001b[31m\\u000a.yaml:1:1: "\\u001b[31m\\n" is not a service name; expected lower-case letters, digits and \'-\', starting with a letter, at most 63 long',
    ],
  },
  {
    title: 'no base',
    files: { [PLATFORM]: undefined, [SHOP]: undefined, [CART]: undefined, [STAGING_SHOP]: undefined },
    problems: ['environments/base/platform.yaml:1:1: is missing; it holds what all environments share'],
  },
  {
    title: 'base without a platform',
    files: { [PLATFORM]: undefined },
    problems: ['environments/base/platform.yaml:1:1: is missing; it holds what all environments share'],
  },
  {
    title: 'a service that only an environment has, not in full',
    files: { 'environments/staging/services/extra.yaml': 'replicas: 1\n' },
    problems: [
      'environments/staging/services/extra.yaml:1:1: image: is missing; expected a map of repository, tag, digest',
      'environments/staging/services/extra.yaml:1:1: kind: is missing; expected one of: web, worker, cron, stateful',
      'environments/staging/services/extra.yaml:1:1: resources: is missing; expected a map of requests, limits',
    ],
  },
];
