import { notes, type ReleaseValues } from '../model/service/notes.ts';
import { SERVICE_OBJECTS } from '../model/service-objects.ts';
import { SymbolError, symbol } from '../model/symbol.ts';
import type { ServiceValues } from '../model/values.ts';
import type { OutputFile } from '../output/file.ts';
import { headerText, yamlHeader } from '../output/header.ts';
import { toYaml } from '../output/yaml.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { chartSchema } from './chart-schema.ts';
import { DEFAULTS } from './defaults.ts';
import { valuesTable, valuesText } from './documentation.ts';
import { notesText } from './notes.ts';
import { CHART_VERSION, changelog } from './releases.ts';
import { type SharedParts, templateText } from './template.ts';

/** Folder of the chart that has every service. */
export const CHART_FOLDER = 'charts/service';

const NAME = 'service';
const FROM = ['generators/model'];

/**
 * The Helm chart: the model functions of a service, read a second time on values that stand for
 * `$.Values.…`.
 *
 * @throws Error that names the kind whose model function cannot be read so.
 */
export function emitChart(): OutputFile[] {
  const schema = chartSchema();
  const files: Record<string, string> = {
    'Chart.yaml': yamlHeader(FROM) + toYaml(chartDocument()),
    'values.yaml': `${yamlHeader(FROM)}${valuesText(schema, DEFAULTS)}\n`,
    'values.schema.json': schemaText(schema),
    'README.md': readme(schema),
    'CHANGELOG.md': `<!-- ${headerText(['generators/chart/releases.json'])} -->\n\n# Changes of the chart\n\n${changelog()}`,
    ...templates(schema),
  };
  return Object.entries(files).map(([path, content]) => ({ path: `${CHART_FOLDER}/${path}`, content }));
}

const chartDocument = () => ({
  apiVersion: 'v2',
  name: NAME,
  description: 'One service: its pods, how they scale, who may reach them, and what watches them.',
  type: 'application',
  version: CHART_VERSION,
  kubeVersion: '>=1.29.0-0',
});

const schemaText = (schema: JsonSchema) =>
  `${JSON.stringify(
    { $comment: headerText(FROM), $schema: 'http://json-schema.org/draft-07/schema#', ...schema },
    undefined,
    2,
  )}\n`;

/** What Helm knows of the release. */
const RELEASE = symbol({
  code: '$.Release',
  schema: { type: 'object', properties: { Namespace: { type: 'string' } }, required: ['Namespace'] },
  presence: undefined,
}) as ReleaseValues;

/** By path in the chart, one template for each kind, the parts they share, and the notes. */
function templates(schema: JsonSchema): Record<string, string> {
  const values = symbol({ code: '$.Values', schema, presence: undefined }) as ServiceValues;
  const shared: SharedParts = new Map();
  const kinds = Object.entries(SERVICE_OBJECTS).map(([kind, make]) => {
    const text = naming(kind, () => templateText(make(values), shared));
    return [`templates/${kind.toLowerCase()}.yaml`, `${templateHeader()}\n${text}`] as const;
  });
  return {
    'templates/_helpers.tpl': helpers(shared),
    'templates/NOTES.txt': `{{- /* ${headerText(FROM)} */ -}}\n${naming('NOTES.txt', () => notesText(notes(values, RELEASE)))}`,
    ...Object.fromEntries(kinds),
  };
}

/** Runs `work`; what cannot be a template is told with the kind whose model function it is. */
function naming<T>(kind: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SymbolError)) throw error;
    throw new Error(`the model function of ${kind} cannot become a Helm template: it ${error.message}`);
  }
}

function helpers(shared: SharedParts): string {
  const defines = [...shared].map(([name, body]) => `{{- define "${name}" -}}\n${body}\n{{- end }}\n`);
  return [`${templateHeader()}\n`, ...defines].join('');
}

const templateHeader = () => `{{- /* ${headerText(FROM)} */}}`;

const readme = (schema: JsonSchema) => `<!-- ${headerText(FROM)} -->

# The chart \`${NAME}\`

One service of Slipway as a Helm chart. Every template is the second reading of the same model functions that give the
Kustomize bases and overlays, so both deliver the same objects. \`values.schema.json\` is closed: a key that is not in this
table is refused.

Text arrives literally: \`{{ }}\` and \`$\` in a value mean nothing to Helm or Kubernetes.

## Values

${valuesTable(schema, DEFAULTS)}
`;
