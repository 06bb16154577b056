import { headerText } from '../../output/header.ts';
import { installFolder, projectsFolder, rootFile } from '../names.ts';
import type { ArgocdScene } from '../scene.ts';
import type { Installation } from './instance.ts';
import { CHART, RELEASE } from './release.ts';
import { NOTIFICATIONS_SECRET } from './values.ts';

/** How to install Argo CD for some environments: the commands, for this repository. */
export function installGuide(installation: Installation): string {
  const { instance, scenes } = installation;
  const names = scenes.map(({ environment }) => environment).join(', ');
  return `<!-- ${headerText(['environments'])} -->

# Argo CD \`${instance.name}\`

Deploys ${names}. Chart ${CHART.name} ${CHART.version}, which installs Argo CD ${CHART.appVersion}.

\`\`\`sh
${commands(installation).join('\n')}
\`\`\`

Secrets are not in Git: put them into the variables above from where you keep them. The last command starts the
deployment of ${names}; environments with \`sync: manual\` wait for a person.
`;
}

/** The commands that make an empty cluster deploy what this repository says. */
export function commands({ instance, scenes }: Installation): string[] {
  const folder = installFolder(instance.name);
  const inNamespace = `--namespace ${instance.namespace}`;
  const slack = scenes.some(({ settings }) => settings.slack !== undefined);
  const [first] = scenes;
  return [
    `helm upgrade --install ${RELEASE} ${CHART.name} --repo ${CHART.repository} --version ${CHART.version} \\`,
    `  ${inNamespace} --create-namespace --values ${folder}/values.yaml --wait`,
    ...(first === undefined ? [] : repositoryCommands(first, inNamespace)),
    ...(instance.sso === undefined
      ? []
      : secretCommands(instance.sso.secret, 'client-secret', '$SSO_CLIENT_SECRET', inNamespace)),
    ...(slack ? secretCommands(NOTIFICATIONS_SECRET, 'slack-token', '$SLACK_TOKEN', inNamespace) : []),
    `kubectl apply --filename ${folder}/default-project.yaml`,
    ...scenes.map(
      ({ environment }) =>
        `kubectl apply --filename ${projectsFolder(environment)} --filename ${rootFile(environment)}`,
    ),
  ];
}

/** A repository that is not public needs a key. https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories */
const repositoryCommands = ({ application, settings }: ArgocdScene, inNamespace: string): string[] => {
  const { repository } = settings;
  const secret = `repository-${application}`;
  const entry = repository.startsWith('https://')
    ? '--from-literal=username=git --from-literal=password="$GIT_TOKEN"'
    : '--from-file=sshPrivateKey="$GIT_KEY_FILE"';
  return [
    `kubectl create secret generic ${secret} ${inNamespace} \\`,
    `  --from-literal=type=git --from-literal=url=${repository} ${entry}`,
    `kubectl label secret ${secret} ${inNamespace} argocd.argoproj.io/secret-type=repository`,
  ];
};

/** Argo CD reads a Secret only if it is labelled as a part of it. */
const secretCommands = (name: string, key: string, value: string, inNamespace: string): string[] => [
  `kubectl create secret generic ${name} ${inNamespace} --from-literal=${key}="${value}"`,
  `kubectl label secret ${name} ${inNamespace} app.kubernetes.io/part-of=argocd`,
];
