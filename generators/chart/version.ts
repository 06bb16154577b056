/** Version of the chart (https://semver.org): a breaking change of its values is a new major version. */
export const CHART_VERSION = '0.1.0';
