import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../generators/explain/explain.ts';
import { UnknownSubjectError } from '../generators/problems/refusal.ts';
import { slipway } from './support/command-line.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

let root = '';
beforeAll(() => {
  root = writeRepository({
    ...sampleInputs(),
    'environments/production-eu/platform.yaml':
      'extends: production\nnamespace: shop-eu\nargocd:\n  instance: { name: eu, url: https://argocd.eu.example.com }\n',
    'environments/production-eu/services/storefront.yaml': 'autoscaling:\n  max: 6\nowner:\n  slack: null\n',
  });
});
afterAll(() => removeRepository(root));

const about = (environment: string, service: string | undefined, key: string) =>
  explain(root, { environment, service, key });
const places = (environment: string, service: string | undefined, key: string) =>
  about(environment, service, key).statements.map(({ place, value, wins }) => [
    `${place.file}:${place.line}`,
    value,
    wins,
  ]);

describe('explain', () => {
  it('tells the chain of layers with file and line, and which one wins', () => {
    expect(places('production-eu', 'storefront', 'autoscaling.max')).toEqual([
      ['environments/base/services/storefront.yaml:20', 4, false],
      ['environments/production/services/storefront.yaml:4', 20, false],
      ['environments/production-eu/services/storefront.yaml:2', 6, true],
    ]);
    expect(about('production-eu', 'storefront', 'autoscaling.max').value).toBe(6);
  });

  it('knows values that a layer removes', () => {
    const { value, statements, carriers } = about('production-eu', 'storefront', 'owner.slack');
    expect(value).toBeUndefined();
    expect(statements.map((statement) => statement.value)).toEqual(['#shop-web', null]);
    expect(carriers).toEqual([]);
  });

  it('names what Argo CD gets, too', () => {
    expect(about('production', undefined, 'argocd.windows.working-hours.duration').carriers).toEqual([
      'argocd/projects/production/argocd.yaml',
      'argocd/projects/production/charts.yaml',
      'argocd/projects/production/platform.yaml',
      'argocd/projects/production/services.yaml',
    ]);
    const { carriers } = about('staging', undefined, 'argocd.sync');
    expect(carriers).toContain('argocd/roots/staging.yaml');
    expect(carriers).toContain('argocd/staging/storefront.yaml');
    expect(carriers).toContain('argocd/install/main/values.yaml');
    expect(carriers).toContain('environments/staging/overlays/platform/namespace/kustomization.yaml');
    expect(carriers.filter((file) => file.includes('production'))).toEqual([]);
  });

  it('names exactly the generated files that carry a value', () => {
    expect(about('production', 'storefront', 'autoscaling.min').carriers).toEqual([
      'environments/production/overlays/storefront/kustomization.yaml',
    ]);
    expect(about('production', 'storefront', 'ports.http').carriers).toEqual([
      'base/storefront/deployment.yaml',
      'base/storefront/httproute-www.yaml',
      'base/storefront/networkpolicy-storefront-smoke.yaml',
      'base/storefront/networkpolicy.yaml',
      'base/storefront/service.yaml',
    ]);
    expect(about('staging', 'storefront', 'image.tag').carriers).toEqual([
      'environments/staging/overlays/storefront/kustomization.yaml',
    ]);
    expect(about('production', undefined, 'routing.gateway.tls.secret').carriers).toEqual([
      'environments/production/overlays/platform/gateway/kustomization.yaml',
    ]);
  });

  it('finds keys with dots in them, and tells each value of a map', () => {
    const file = about('staging', 'catalog', 'files./etc/podinfo/products.json');
    expect(file.path).toEqual(['files', '/etc/podinfo/products.json']);
    expect(file.carriers).toEqual(['base/catalog/configmap.yaml', 'base/catalog/deployment.yaml']);
    const leaves = about('production', 'catalog', 'resources').leaves;
    expect(
      leaves.map(({ path, value, place }) => [path.join('.'), value, `${place.file}:${place.line}`]),
    ).toEqual([
      ['resources.limits.memory', '128Mi', 'environments/base/services/catalog.yaml:27'],
      ['resources.requests.cpu', '200m', 'environments/production/services/catalog.yaml:5'],
      ['resources.requests.memory', '64Mi', 'environments/base/services/catalog.yaml:25'],
    ]);
  });

  it('names what there is when an environment or service is not known', () => {
    expect(() => about('prod', 'storefront', '')).toThrow(UnknownSubjectError);
    expect(() => about('staging', 'constructor', '')).toThrow('no service "constructor" in staging');
  });
});

describe('npm run explain', () => {
  it('prints the chain, the winner and the carriers', async () => {
    const { status, stdout } = await slipway(
      'explain',
      'production/storefront',
      'autoscaling.min',
      '--root',
      root,
    );
    expect(status).toBe(0);
    expect(stdout).toBe(`production/storefront autoscaling.min = 3

  environments/base/services/storefront.yaml:19:3       2
  environments/production/services/storefront.yaml:3:3  3  ← wins

Carried by:
  environments/production/overlays/storefront/kustomization.yaml
`);
  });

  it.each([
    [['production/storefront', 'autoscaling.mni'], 1, 'did you mean "min"?'],
    [['prodction/storefront', 'kind'], 1, 'did you mean "production"?'],
    [['production/storfront', 'kind'], 1, 'did you mean "storefront"?'],
    [['production', 'domian'], 1, 'did you mean "domain"?'],
    [['a/b/c', 'kind'], 2, 'is not ENVIRONMENT/SERVICE'],
    [[], 2, 'name what to explain'],
  ])('says what is wrong with %j', async (args, expected, message) => {
    const { status, stderr } = await slipway('explain', ...args, '--root', root);
    expect(status).toBe(expected);
    expect(stderr).toContain(message);
  });
});
